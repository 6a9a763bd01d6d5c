// Why this file: turns the planned cost of departments into vouchers and lines, with the marks of
// a real ledger: fund sources, late items, accounts and departments that are kept out of cost.
#include "server/demo/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "server/demo/accounts.hpp"
#include "server/demo/odd_costs.hpp"
#include "server/demo/pay.hpp"

namespace yuanliu::demo {
namespace {

constexpr std::string_view kReagents = "2004";

using Shares = std::array<std::int64_t, kCostCategories>;

/// Per mille of a department's cost of services by category; drugs are always traced.
/// Only in a `small` house do offices buy little for all (licences, energy, training).
Shares shares_of(const Department& department, bool small) {
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
            return small ? Shares{690, 12, 0, 68, 60, 0, 170} : Shares{560, 12, 0, 68, 60, 0, 300};
        case DepartmentClass::auxiliary:
            return {620, 100, 0, 85, 5, 0, 190};
        case DepartmentClass::medical_technology:
            return {600, 130, 0, 160, 15, 10, 85};
        case DepartmentClass::clinical:
            return small ? Shares{800, 25, 0, 58, 8, 16, 93} : Shares{850, 25, 0, 58, 8, 16, 43};
        case DepartmentClass::excluded:
            return {500, 300, 0, 50, 0, 0, 150};
    }
    return {};
}

/// One line of the ledger.
struct Posting {
    std::string voucher;
    std::string account;
    std::string_view department;
    const char* fund_source;
    Fen amount;
    std::string summary;
};

class LedgerWriter {
  public:
    LedgerWriter(const World& world, const MonthSpan& month, const std::filesystem::path& folder)
        : world_(world),
          month_(month),
          folder_(folder),
          period_(period_text(month)),
          random_(key_of(key_of(world.seed, 0x1ED6), static_cast<std::uint64_t>(month.first))),
          table_(folder, "ledger.csv",
                 "voucher,line,booking_period,attribution_period,account,department,fund_source,"
                 "amount,summary"),
          pay_(world, month) {
        outcome_.reagents.resize(world.layout.departments.size());
    }

    LedgerOutcome write(const Tally& tally, bool first, RowCounts& counts) {
        auto plan = plan_costs(world_, month_, tally);
        if (collects(world_.scale)) {
            const auto odd = take_odd_costs(world_, month_, tally, first, plan);
            std::vector<std::int64_t> staff_shares;
            for (const auto& department : world_.layout.departments) {
                staff_shares.push_back(shares_of(department, false)[0]);
            }
            level_to_heads(world_, staff_shares, plan);
            plan_pay(plan);
            book_odd_costs(odd, counts);
            outcome_.consigned = odd.consigned;
        }
        for (std::size_t i = 0; i < plan.size(); ++i) {
            at_ = i;
            book_department(plan[i]);
        }
        if (collects(world_.scale)) {
            book_nurses();
            pay_.write(folder_, counts);
            write_assets(counts);
        }
        book_excluded(tally.charges);
        table_.write(counts);
        write_balances(counts);
        return std::move(outcome_);
    }

  private:
    [[nodiscard]] const Department& here() const { return world_.layout.departments[at_]; }

    /// Whether depreciation of the department is that of its cards.
    [[nodiscard]] bool has_cards(std::size_t at) const {
        return !world_.assets.cards.empty() &&
               world_.layout.departments[at].department_class != DepartmentClass::excluded;
    }

    /// The amount of a category. Salaries do not shrink with February, and December carries the
    /// year-end pay; depreciation is what the cards say; the other spending gives way.
    [[nodiscard]] Fen amount_of(std::size_t at, CostCategory category, Fen services) const {
        const auto shares =
            shares_of(world_.layout.departments[at], world_.scale.size == Size::clinic);
        const bool heavy = month_.month == 2 || month_.month == 12;
        const auto staff = heavy ? shares[0] * 1100 : shares[0] * 1000;
        const auto millionths = [&](CostCategory which) {
            return which == CostCategory::staff ? staff
                   : shares[0] == 1000          ? 0
                                                : shares[static_cast<std::size_t>(which)] *
                                             (1000000 - staff) / (1000 - shares[0]);
        };
        if (!has_cards(at)) {
            return services * millionths(category) / 1000000;
        }
        const Fen worn = world_.assets.of(at);
        if (category == CostCategory::depreciation) {
            return worn;
        }
        return std::max<Fen>(0, services - worn) * millionths(category) /
               (1000000 - millionths(CostCategory::depreciation));
    }

    void plan_pay(const std::vector<DepartmentCost>& plan) {
        std::vector<Fen> wanted(plan.size());
        for (std::size_t i = 0; i < plan.size(); ++i) {
            if (world_.layout.departments[i].department_class == DepartmentClass::clinical) {
                wanted[i] = amount_of(i, CostCategory::staff, plan[i].services);
            }
        }
        PayByItem weights{};
        for (std::size_t item = 0; item < kPayItems; ++item) {
            weights[item] = weight_of(cost_items()[item], world_.layout.departments[0]);
        }
        pay_.plan(wanted, weights);
    }

    void book_department(const DepartmentCost& plan) {
        const bool by_person =
            collects(world_.scale) && here().department_class == DepartmentClass::clinical;
        for (std::size_t which = 0; which < kCostCategories; ++which) {
            const auto category = static_cast<CostCategory>(which);
            if (category == CostCategory::staff && by_person) {
                for (std::size_t item = 0; item < kPayItems; ++item) {
                    book(item, "basic", pay_.doctors(at_)[item]);
                }
            } else if (category == CostCategory::depreciation && has_cards(at_)) {
                const auto& worn = world_.assets.depreciation[at_];
                for (std::size_t item = 0; item < cost_items().size(); ++item) {
                    if (cost_items()[item].category == category) {
                        book(item, "basic", worn[static_cast<std::size_t>(kind_of(item))]);
                    }
                }
            } else {
                book_category(category, "", amount_of(at_, category, plan.services));
            }
        }
        book_category(CostCategory::drugs, "drug", plan.drugs);
        book_category(CostCategory::materials, "material", plan.materials);
    }

    /// Which cards an item of depreciation is made of.
    [[nodiscard]] static AssetKind kind_of(std::size_t item) {
        const std::string_view code = cost_items()[item].code;
        return code == "4001"   ? AssetKind::building
               : code == "4002" ? AssetKind::special
                                : AssetKind::general;
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
            return uses_implants(department) ? item.weight : 0;
        }
        if (code == "1003" && month_.month == 12) {
            return item.weight * 3 / 2;  // the year-end pay is accrued
        }
        if (code == kReagents) {
            return department.role == Role::laboratory ? item.weight * 4 : 0;
        }
        return item.weight;
    }

    void book_category(CostCategory category, std::string_view traced_to, Fen amount) {
        std::int64_t sum = 0;
        for (const auto& item : cost_items()) {
            sum += item.category == category && traced_to == item.traced_to
                       ? weight_of(item, here())
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
                running += weight_of(item, here());
                book_item(i, amount * running / sum - before);
            }
        }
    }

    /// Mostly one line of the hospital's own money; now and then a part from another source.
    void book_item(std::size_t item, Fen amount) {
        if (amount == 0) {
            return;
        }
        const auto& entry = cost_items()[item];
        const bool patients = here().department_class == DepartmentClass::clinical ||
                              here().department_class == DepartmentClass::medical_technology;
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
            book(item, other, part);
            amount -= part;
        }
        book(item, "basic", amount);
        outcome_.reagents[at_] += entry.code == kReagents ? amount : 0;
    }

    void book(std::size_t item, const char* fund_source, Fen amount) {
        if (amount == 0) {
            return;
        }
        const auto& entry = cost_items()[item];
        const bool late = random_.chance(8);
        post({.voucher = fmt::format("J{:04}", item + 1),
              .account = account_of(entry, here().department_class),
              .department = here().code,
              .fund_source = fund_source,
              .amount = amount,
              .summary = fmt::format("{}{}", late ? "补记上月" : "计提", entry.name)},
             late ? period_text(add_months(month_, -1)) : period_);
        if (collects(world_.scale) && item < kPayItems && here().headcount > 0 &&
            here().department_class != DepartmentClass::clinical) {
            pay_.stay(at_, item, fund_source, amount);
        }
    }

    std::string post(const Posting& posting, const std::string& attributed) {
        debits_[{posting.account, posting.fund_source}] += posting.amount;
        auto line = fmt::format("{:04}", ++line_numbers_[posting.voucher]);
        table_.add(fmt::format("{},{},{},{},{},{},{},{},{}", posting.voucher, line, period_,
                               attributed, posting.account, posting.department, posting.fund_source,
                               amount_text(posting.amount), posting.summary));
        return line;
    }

    /// Nurses' pay comes as one list for the whole hospital, and is booked on the nursing office.
    void book_nurses() {
        const auto sum = pay_.nurses();
        for (std::size_t item = 0; item < kPayItems; ++item) {
            post({.voucher = fmt::format("N{:04}", item + 1),
                  .account = account_of(cost_items()[item], DepartmentClass::clinical),
                  .department = world_.layout.named("护理部").code,
                  .fund_source = "basic",
                  .amount = sum[item],
                  .summary = fmt::format("病区与门诊护士{}", cost_items()[item].name)},
                 period_);
        }
    }

    void post_odd(const char* voucher, const char* account, const char* office, Fen amount,
                  const char* summary) {
        if (amount != 0) {
            post({.voucher = voucher,
                  .account = account,
                  .department = world_.layout.named(office).code,
                  .fund_source = "basic",
                  .amount = amount,
                  .summary = summary},
                 period_);
        }
    }

    /// What two wards and the first laboratory spend of research money (objects.cpp has projects).
    void book_research() {
        const auto& layout = world_.layout;
        const auto spend = [&](std::size_t at, const char* account, const char* summary) {
            post({.voucher = "KY001",
                  .account = account,
                  .department = layout.departments[at].code,
                  .fund_source = "research",
                  .amount = random_.between(300000, 900000),
                  .summary = summary},
                 period_);
        };
        spend(layout.with_role(Role::ward)[0], "5001.07.06", "课题差旅费");
        spend(layout.with_role(Role::ward)[1], "5001.02.03", "课题耗材");
        spend(layout.with_role(Role::laboratory)[0], "5001.02.03", "课题耗材");
    }

    void book_odd_costs(const OddCosts& odd, RowCounts& counts) {
        const auto& layout = world_.layout;
        const auto& ward = layout.departments[layout.with_role(Role::ward)[0]];
        post_odd("CS001", "5001.02.02", "采购中心", odd.consigned_sum, "寄售高值耗材按使用结算");
        post_odd("SO001", "5001.07.08", "医务科", odd.sent_out, "外送检验服务费");
        post_odd("TJ001", "5001.07.08", "医务科", odd.check_ups, "外出团体体检劳务与车辆");
        post_odd("NET01", "5101.07.07", "信息中心", odd.platform, "互联网医院平台服务费");
        post_odd("GCP01", "5001.02.03", ward.name.c_str(), odd.trial, "药物临床试验用耗材");
        book_research();
        SortedTable estimates(folder_, "estimates.csv", "voucher,line");
        const Posting power{.voucher = "E0001",
                            .account = "5101.07.02",
                            .department = layout.departments[layout.with_role(Role::power)[0]].code,
                            .fund_source = "basic",
                            .amount = odd.power,
                            .summary = "本月电费暂估（账单未到）"};
        estimates.add(fmt::format("{},{}", power.voucher, post(power, period_)));
        if (odd.power_before) {
            auto invoice = power;
            invoice.voucher = "E0002";
            invoice.amount = *odd.power_before;
            invoice.summary = "上月电费账单";
            post(invoice, period_text(add_months(month_, -1)));
        }
        estimates.write(counts);
    }

    void write_assets(RowCounts& counts) {
        SortedTable table(folder_, "assets.csv",
                          "asset,name,department,kind,depreciation,paid_basic,paid_fiscal_project,"
                          "paid_other_fiscal_project,paid_research,paid_teaching");
        constexpr const char* kCardKinds[] = {"building", "general", "special"};
        for (const auto& card : world_.assets.cards) {
            if (has_cards(card.department)) {
                const auto& paid = card.paid;
                table.add(fmt::format("{},{},{},{},{},{},{},{},{},{}", card.code, card.name,
                                      world_.layout.departments[card.department].code,
                                      kCardKinds[static_cast<std::size_t>(card.kind)],
                                      amount_text(card.depreciation), amount_text(paid[0]),
                                      amount_text(paid[1]), amount_text(paid[2]),
                                      amount_text(paid[3]), amount_text(paid[4])));
            }
        }
        table.write(counts);
    }

    void book_excluded(Fen charges) {
        const auto& office = world_.layout.departments[world_.layout.with_role(Role::office)[0]];
        for (const auto& account : excluded_accounts()) {
            post({.voucher = "J9001",
                  .account = account.code,
                  .department = office.code,
                  .fund_source = "basic",
                  .amount = charges / 10000 * random_.between(1, 9),
                  .summary = account.name},
                 period_);
        }
    }

    /// The trial balance (科目余额表) that such a hospital's ledger system prints beside it.
    void write_balances(RowCounts& counts) const {
        SortedTable table(folder_, "account_balances.csv", "account,fund_source,debit,credit");
        for (const auto& [key, sum] : debits_) {
            table.add(fmt::format("{},{},{},0.00", key.first, key.second, amount_text(sum)));
        }
        table.write(counts);
    }

    const World& world_;
    MonthSpan month_;
    std::filesystem::path folder_;
    std::string period_;
    Random random_;
    SortedTable table_;
    PayBook pay_;
    std::map<std::string, int> line_numbers_;                    ///< by voucher
    std::map<std::pair<std::string, std::string>, Fen> debits_;  ///< by account, fund source
    std::size_t at_ = 0;                                         ///< the department that is booked
    LedgerOutcome outcome_;
};

}  // namespace

LedgerOutcome write_ledger(const World& world, const MonthSpan& month, const Tally& tally,
                           bool first, const std::filesystem::path& folder, RowCounts& counts) {
    return LedgerWriter(world, month, folder).write(tally, first, counts);
}

}  // namespace yuanliu::demo
