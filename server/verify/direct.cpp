// Ledger to direct cost: which lines are excluded and what the others are cost of.
#include <fmt/format.h>

#include "allocation.hpp"
#include "fields.hpp"
#include "moves.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::uint8_t kDirect = 0;
constexpr const char* kWhere = "month ledger.csv";

// The account of a ledger line, or nothing after naming what is wrong.
const Account* account_of(const Books& books, std::string_view code, Report& report) {
    const std::uint32_t id = known(books.accounts, code, kWhere, "account", report);
    if (id == CodeBook::kUnknown) {
        return nullptr;
    }
    const Account& account = books.account[id];
    if (!account.usable || !account.mapped) {
        report.difference(kWhere, fmt::format("account {} is not valid or not mapped", code));
        return nullptr;
    }
    if (!account.excluded &&
        (account.cost_item == CodeBook::kUnknown || !books.cost_item[account.cost_item].usable)) {
        report.difference(kWhere, fmt::format("account {} has no valid cost item", code));
        return nullptr;
    }
    return &account;
}

}  // namespace

Balances derive_direct(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                       Derived& derived, Report& report) {
    const Table& ledger = month.table("ledger.csv");
    RowSet& excluded = derived.tables["excluded.csv"];
    Figures& figures = derived.figures;
    std::vector<CostLine> lines;
    Fields fields;
    for (const std::string_view row : ledger.rows()) {
        fields.split(row);
        const std::uint32_t department =
            known(books.departments, fields[5], kWhere, "department", report);
        const Account* account = account_of(books, fields[4], report);
        if (fields[2] != books.period) {
            report.difference(kWhere, fmt::format("booking period {} is not the month", fields[2]));
        }
        if (department == CodeBook::kUnknown || account == nullptr) {
            continue;
        }
        if (!books.department[department].usable) {
            report.difference(kWhere, fmt::format("department {} is not valid", fields[5]));
        }
        const Fen amount = fields.amount(7);
        add_to(figures.ledger, amount);
        const bool by_department = books.department[department].department_class == "excluded";
        if (account->excluded || by_department) {
            add_to(figures.excluded, amount);
            excluded.text(fields[0]).text(fields[1]).text(fields[4]).text(fields[5]);
            excluded.text(fields[6]).amount(amount);
            excluded.text(account->excluded ? "account" : "department").end_row();
            continue;
        }
        lines.push_back({std::string(fields[0]), std::string(fields[1]), std::string(fields[4]),
                         department, account->cost_item, index_of(kFunds, fields[6]), amount});
    }
    if (rules.collection) {
        return derive_moves(month, books, rules, lines, derived, report);
    }
    Balances direct(books.departments.size());
    for (const CostLine& line : lines) {
        add_to(figures.direct, line.amount);
        add_to(direct[line.department][{line.item, line.fund, kDirect}], line.amount);
    }
    return direct;
}

}  // namespace yuanliu_verify
