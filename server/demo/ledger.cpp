// Why this file: turns the planned cost of departments into vouchers and lines, with the marks of
// a real ledger: fund sources, late items, accounts and departments that are kept out of cost.
#include "server/demo/ledger.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <string>
#include <utility>

#include "server/demo/accounts.hpp"
#include "server/demo/cost_plan.hpp"

namespace yuanliu::demo {
namespace {

constexpr std::string_view kReagents = "2004";

using Shares = std::array<std::int64_t, kCostCategories>;

/// Per mille of a department's cost of services by category; drugs are always traced.
Shares shares_of(const Department& department) {
    switch (department.department_class) {
        case DepartmentClass::public_cost:
            return {0,
                    0,
                    0,
                    department.role == Role::property ? 300 : 0,
                    0,
                    0,
                    department.role == Role::property ? 700 : 1000};
        case DepartmentClass::administrative:
            return {690, 12, 0, 68, 60, 0, 170};
        case DepartmentClass::auxiliary:
            return {620, 100, 0, 85, 5, 0, 190};
        case DepartmentClass::medical_technology:
            return {600, 130, 0, 160, 15, 10, 85};
        case DepartmentClass::clinical:
            return {800, 25, 0, 58, 8, 16, 93};
        case DepartmentClass::excluded:
            return {500, 300, 0, 50, 0, 0, 150};
    }
    return {};
}

class LedgerWriter {
  public:
    LedgerWriter(const World& world, const MonthSpan& month, const std::filesystem::path& folder)
        : world_(world),
          month_(month),
          period_(period_text(month)),
          random_(key_of(key_of(world.seed, 0x1ED6), static_cast<std::uint64_t>(month.first))),
          table_(folder, "ledger.csv",
                 "voucher,line,booking_period,attribution_period,account,department,fund_source,"
                 "amount,summary"),
          line_numbers_(cost_items().size() + 1),
          reagents_(world.layout.departments.size()) {}

    std::vector<Fen> write(const Tally& tally, RowCounts& counts) {
        const auto plan = plan_costs(world_, month_, tally);
        for (std::size_t i = 0; i < plan.size(); ++i) {
            at_ = i;
            const auto& department = world_.layout.departments[i];
            const auto shares = shares_of(department);
            for (std::size_t category = 0; category < kCostCategories; ++category) {
                const auto share = of_season(shares, category);
                book_category(department, static_cast<CostCategory>(category), "",
                              plan[i].services * share / 1000000);
            }
            book_category(department, CostCategory::drugs, "drug", plan[i].drugs);
            book_category(department, CostCategory::materials, "material", plan[i].materials);
        }
        book_excluded(tally.charges);
        table_.write(counts);
        return std::move(reagents_);
    }

    /// The trial balance (科目余额表) that such a hospital's ledger system prints beside it.
    void write_balances(const std::filesystem::path& folder, RowCounts& counts) const {
        SortedTable table(folder, "account_balances.csv", "account,fund_source,debit,credit");
        for (const auto& [key, sum] : debits_) {
            table.add(fmt::format("{},{},{},0.00", key.first, key.second, amount_text(sum)));
        }
        table.write(counts);
    }

  private:
    /// Millionths of the cost of services. Salaries do not shrink with February, and December
    /// carries the year-end pay; the other spending gives way, for the hospital keeps its budget.
    [[nodiscard]] std::int64_t of_season(const Shares& shares, std::size_t category) const {
        const bool heavy = month_.month == 2 || month_.month == 12;
        const auto staff = heavy ? shares[0] * 1100 : shares[0] * 1000;
        if (category == 0) {
            return staff;
        }
        return shares[0] == 1000 ? 0 : shares[category] * (1000000 - staff) / (1000 - shares[0]);
    }

    [[nodiscard]] std::int64_t weight_of(const CostItem& item, const Department& department) const {
        if (department.department_class == DepartmentClass::public_cost &&
            item.category == CostCategory::other_operating) {
            const std::string_view own = department.role == Role::water   ? "7001"
                                         : department.role == Role::power ? "7002"
                                                                          : "7003";
            return own == item.code ? 1 : 0;
        }
        const std::string_view code = item.code;
        if (code == "2002") {
            const bool implants =
                department.role == Role::ward && department.specialty >= Specialty::general_surgery;
            return implants || department.specialty == Specialty::cardiology ? item.weight : 0;
        }
        if (code == "1003" && month_.month == 12) {
            return item.weight * 3 / 2;  // the year-end pay is accrued
        }
        if (code == kReagents) {
            return department.role == Role::laboratory ? item.weight * 4 : 0;
        }
        return item.weight;
    }

    void book_category(const Department& department, CostCategory category,
                       std::string_view traced_to, Fen amount) {
        std::int64_t sum = 0;
        for (const auto& item : cost_items()) {
            sum += item.category == category && traced_to == item.traced_to
                       ? weight_of(item, department)
                       : 0;
        }
        if (sum == 0 || amount <= 0) {
            return;
        }
        std::int64_t running = 0;
        for (std::size_t i = 0; i < cost_items().size(); ++i) {
            const auto& item = cost_items()[i];
            if (item.category == category && traced_to == item.traced_to) {
                const auto before = amount * running / sum;
                running += weight_of(item, department);
                book_item(department, i, amount * running / sum - before);
            }
        }
    }

    /// Mostly one line of the hospital's own money; now and then a part from another source.
    void book_item(const Department& department, std::size_t item, Fen amount) {
        if (amount == 0) {
            return;
        }
        const auto& entry = cost_items()[item];
        const bool patients = department.department_class == DepartmentClass::clinical ||
                              department.department_class == DepartmentClass::medical_technology;
        const char* other = nullptr;
        if (entry.category == CostCategory::depreciation && random_.chance(450)) {
            other = "fiscal_project";
        } else if (patients && entry.traced_to[0] == '\0' && random_.chance(120)) {
            other = random_.chance(600) ? "research" : "teaching";
        } else if (entry.category == CostCategory::other_operating && random_.chance(20)) {
            other = "other_fiscal_project";
        }
        if (other != nullptr) {
            const auto part = amount * random_.between(150, 450) / 1000;
            book(department, item, other, part);
            amount -= part;
        }
        book(department, item, "basic", amount);
        reagents_[at_] += entry.code == kReagents ? amount : 0;
    }

    void book(const Department& department, std::size_t item, const char* fund_source, Fen amount) {
        const auto& entry = cost_items()[item];
        const bool late = random_.chance(8);
        debits_[{account_of(entry, department.department_class), fund_source}] += amount;
        const auto attributed = late ? period_text(add_months(month_, -1)) : period_;
        table_.add(fmt::format(
            "J{:04},{:04},{},{},{},{},{},{},{}{}", item + 1, ++line_numbers_[item], period_,
            attributed, account_of(entry, department.department_class), department.code,
            fund_source, amount_text(amount), late ? "补记上月" : "计提", entry.name));
    }

    void book_excluded(Fen charges) {
        const auto& office = world_.layout.departments[world_.layout.with_role(Role::office)[0]];
        for (const auto& account : excluded_accounts()) {
            const Fen amount = charges / 10000 * random_.between(1, 9);
            debits_[{account.code, "basic"}] += amount;
            table_.add(fmt::format("J9001,{:04},{},{},{},{},basic,{},{}", ++line_numbers_.back(),
                                   period_, period_, account.code, office.code, amount_text(amount),
                                   account.name));
        }
    }

    const World& world_;
    MonthSpan month_;
    std::string period_;
    Random random_;
    SortedTable table_;
    std::vector<int> line_numbers_;
    std::map<std::pair<std::string, std::string>, Fen> debits_;  ///< by account, fund source
    std::size_t at_ = 0;                                         ///< the department that is booked
    std::vector<Fen> reagents_;  ///< by department, of fund source basic
};

}  // namespace

std::vector<Fen> write_ledger(const World& world, const MonthSpan& month, const Tally& tally,
                              const std::filesystem::path& folder, RowCounts& counts) {
    LedgerWriter writer(world, month, folder);
    auto reagents = writer.write(tally, counts);
    writer.write_balances(folder, counts);
    return reagents;
}

}  // namespace yuanliu::demo
