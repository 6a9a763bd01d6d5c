// Ledger to direct cost: which lines are excluded and what the others are cost of.
#include <fmt/format.h>

#include <set>

#include "allocation.hpp"
#include "fields.hpp"
#include "moves.hpp"

namespace yuanliu_verify {

namespace {

constexpr const char* kLedger = "month ledger.csv";

// The account of a ledger line, or nothing after naming what is wrong.
const Account* account_of(const Books& books, std::string_view code, Report& report) {
    const std::uint32_t id = known(books.accounts, code, kLedger, "account", report);
    if (id == CodeBook::kUnknown) {
        return nullptr;
    }
    const Account& account = books.account[id];
    if (!account.usable || !account.mapped) {
        report.difference(kLedger, fmt::format("account {} is not valid or not mapped", code));
        return nullptr;
    }
    if (!account.excluded &&
        (account.cost_item == CodeBook::kUnknown || !books.cost_item[account.cost_item].usable)) {
        report.difference(kLedger, fmt::format("account {} has no valid cost item", code));
        return nullptr;
    }
    return &account;
}

class Reader {
  public:
    Reader(const Books& books, Derived& derived, Report& report)
        : books_(books), derived_(derived), report_(report) {}

    // Rows of the ledger, or (sign -1) of what the month takes back of the month before.
    void take(const Table& table, const std::string& period, const std::string& mark, Fen sign) {
        Fields fields;
        for (const std::string_view row : table.rows()) {
            fields.split(row);
            if (fields[2] != period) {
                report_.difference(kLedger,
                                   fmt::format("booking period {} is not {}", fields[2], period));
            }
            take_line(fields, mark + std::string(fields[0]), sign * fields.amount(7));
        }
    }

    std::vector<CostLine> lines;

  private:
    void take_line(const Fields& fields, const std::string& voucher, Fen amount) {
        const std::uint32_t department =
            known(books_.departments, fields[5], kLedger, "department", report_);
        const Account* account = account_of(books_, fields[4], report_);
        if (department == CodeBook::kUnknown || account == nullptr) {
            return;
        }
        if (!books_.department[department].usable) {
            report_.difference(kLedger, fmt::format("department {} is not valid", fields[5]));
        }
        add_to(derived_.figures.ledger, amount);
        const bool by_department = books_.department[department].department_class == "excluded";
        if (account->excluded || by_department) {
            RowSet& excluded = derived_.tables["excluded.csv"];
            add_to(derived_.figures.excluded, amount);
            excluded.text(voucher).text(fields[1]).text(fields[4]).text(fields[5]);
            excluded.text(fields[6]).amount(amount);
            excluded.text(account->excluded ? "account" : "department").end_row();
            return;
        }
        lines.push_back({voucher, std::string(fields[1]), std::string(fields[4]), department,
                         account->cost_item, index_of(kFunds, fields[6]), amount});
    }

    const Books& books_;
    Derived& derived_;
    Report& report_;
};

// The ledger lines that the month calls estimates, for the next one to take back.
void write_estimates(const MonthFolder& month, RowSet& closing, Report& report) {
    std::set<std::string_view> named;
    for (const std::string_view row : month.table("estimates.csv").rows()) {
        named.insert(row);
    }
    Fields fields;
    for (const std::string_view row : month.table("ledger.csv").rows()) {
        fields.split(row);
        std::string key;
        append_field(key, fields[0]);
        key.push_back(',');
        append_field(key, fields[1]);
        if (named.erase(key) > 0) {
            for (std::size_t i = 0; i < 9; ++i) {
                closing.text(fields[i]);
            }
            closing.end_row();
        }
    }
    if (!named.empty()) {
        report.difference("month estimates.csv",
                          "the ledger has no line " + std::string(*named.begin()));
    }
}

}  // namespace

Balances derive_direct(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                       Derived& derived, Report& report) {
    Reader reader(books, derived, report);
    reader.take(month.table("ledger.csv"), books.period, "", 1);
    reader.take(month.prior.at("estimates.csv"), month.period_before, "~", -1);
    write_estimates(month, derived.tables["closing/estimates.csv"], report);
    if (rules.collection) {
        return derive_moves(month, books, rules, reader.lines, derived, report);
    }
    Balances direct(books.departments.size());
    for (const CostLine& line : reader.lines) {
        add_to(derived.figures.direct, line.amount);
        add_to(direct[line.department][{line.item, line.fund, kDirect}], line.amount);
    }
    return direct;
}

}  // namespace yuanliu_verify
