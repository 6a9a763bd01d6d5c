// Why this file: the account map and the ledger (账套), and the readings that cost is shared by.
// Every account that the ledger uses needs exactly one map in force in the month.
#include <algorithm>
#include <tuple>

#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {
namespace {

struct MapRow {
    std::uint32_t account = CodeIndex::kNone;
    std::uint32_t cost_item = CodeIndex::kNone;
    MapTreatment treatment{};
    std::string reason;
    bool in_force = false;
    std::uint32_t number = 0;
};

namespace map_column {
enum : std::size_t { account, valid_from, valid_to, treatment, cost_item, reason };
}

/// A map must say what it maps to.
void check_treatment(const Row& row, FindingList& findings) {
    using namespace map_column;
    if (!row[treatment].is_valid) {
        return;
    }
    const bool is_cost = row[treatment].word<MapTreatment>() == MapTreatment::cost;
    if (row[is_cost ? cost_item : reason].is_blank()) {
        findings.add(FindingCode::value_missing,
                     {.row = row.number, .column = is_cost ? "cost_item" : "reason"}, {});
    }
}

MapRow make_map_row(const MonthDraft& draft, const Row& row, FindingList& findings) {
    using namespace map_column;
    check_treatment(row, findings);
    MapRow made{.treatment = row[treatment].word<MapTreatment>(),
                .reason = row[reason].string(),
                .in_force = draft.in_force(row[valid_from], row[valid_to]),
                .number = row.number};
    const FindingList::Place account_place{.row = row.number, .column = "account"};
    made.account = draft.accounts.index.find(row[account].text);
    if (made.account == CodeIndex::kNone && row[account].is_valid &&
        draft.can_judge(tables::accounts)) {
        findings.add(FindingCode::unknown_account, account_place, {row[account].string()});
    }
    if (!row[cost_item].is_valid || row[cost_item].is_blank()) {
        return made;
    }
    // A map of another time may name a cost item of another time.
    made.cost_item = draft.cost_items.index.find(row[cost_item].text);
    if (made.cost_item == CodeIndex::kNone || made.in_force) {
        check_reference(draft, draft.cost_items,
                        {cost_item, "cost_item", FindingCode::unknown_cost_item}, row,
                        made.cost_item, findings);
    }
    return made;
}

/// Fills the accounts from the maps in force; the second map of an account is kept for `twice`.
struct Maps {
    std::vector<MapRow> rows;
    std::vector<std::uint32_t> row_of;  ///< by account: index into rows, or kNone
    std::vector<std::pair<std::uint32_t, std::uint32_t>> twice;  ///< (later row, first row)
};

Maps read_maps(MonthDraft& draft) {
    Maps maps;
    maps.rows = read_rows<MapRow>(draft, tables::account_map, [&](const Row& row, FindingList& f) {
        return make_map_row(draft, row, f);
    });
    auto& accounts = draft.month().accounts;
    maps.row_of.assign(accounts.size(), CodeIndex::kNone);
    for (std::size_t i = 0; i < maps.rows.size(); ++i) {
        const MapRow& row = maps.rows[i];
        if (!row.in_force || row.account == CodeIndex::kNone) {
            continue;
        }
        std::uint32_t& first = maps.row_of[row.account];
        if (first != CodeIndex::kNone) {
            maps.twice.emplace_back(static_cast<std::uint32_t>(i), first);
            continue;
        }
        first = static_cast<std::uint32_t>(i);
        Account& account = accounts[row.account];
        account.treatment = row.treatment;
        account.cost_item = CostItemId(row.cost_item);
        account.reason = row.reason;
    }
    return maps;
}

namespace ledger_column {
enum : std::size_t {
    voucher,
    line,
    booking_period,
    attribution_period,
    account,
    department,
    fund_source,
    amount,
    summary
};
}

/// What happened may have happened earlier, but not later; year-end entries belong to December.
void check_periods(const Period month, const Row& row, FindingList& findings) {
    using namespace ledger_column;
    if (row[booking_period].is_valid && row[booking_period].period() != month) {
        findings.add(FindingCode::booking_period_differs,
                     {.row = row.number, .column = "booking_period"},
                     {row[booking_period].string(), month.text()});
    }
    const Period latest(month.year(), month.month() == 12 ? 13 : month.month());
    if (row[attribution_period].is_valid && row[attribution_period].period() > latest) {
        findings.add(FindingCode::attribution_in_future,
                     {.row = row.number, .column = "attribution_period"},
                     {row[attribution_period].string(), month.text()});
    }
}

LedgerLine make_ledger_line(const MonthDraft& draft, const Maps& maps, const Row& row,
                            FindingList& findings) {
    using namespace ledger_column;
    check_periods(draft.loaded.month.period, row, findings);
    const std::uint32_t account_id = refer(
        draft, draft.accounts, {account, "account", FindingCode::unknown_account}, row, findings);
    const std::uint32_t department_id =
        refer(draft, draft.departments, {department, "department", FindingCode::unknown_department},
              row, findings);
    if (account_id != CodeIndex::kNone && maps.row_of[account_id] == CodeIndex::kNone &&
        draft.can_judge(tables::account_map)) {
        findings.add(FindingCode::account_not_mapped, {.row = row.number, .column = "account"},
                     {row[account].string(), draft.loaded.month.period.text()});
    }
    return {.voucher = row[voucher].string(),
            .line = row[line].string(),
            .attribution_period = row[attribution_period].period(),
            .account = AccountId(account_id),
            .department = DepartmentId(department_id),
            .fund = row[fund_source].word<FundSource>(),
            .amount = row[amount].money(),
            .summary = row[summary].string(),
            .source_row = row.number};
}

/// Only an account that the ledger uses must have one map; each further one is named.
void report_mapped_twice(MonthDraft& draft, const Maps& maps) {
    std::vector<bool> is_used(draft.month().accounts.size(), false);
    for (const LedgerLine& line : draft.month().ledger) {
        if (line.account.is_valid()) {
            is_used[line.account.index()] = true;
        }
    }
    FindingList& findings = draft.book.of(tables::account_map.file);
    for (const auto& [later, first] : maps.twice) {
        const std::uint32_t account = maps.rows[later].account;
        if (is_used[account]) {
            findings.add(
                FindingCode::account_mapped_twice,
                {.row = maps.rows[later].number, .column = "account"},
                {draft.month().accounts[account].code, std::to_string(maps.rows[first].number)});
        }
    }
}

}  // namespace

void read_account_map_and_ledger(MonthDraft& draft) {
    const Maps maps = read_maps(draft);
    auto& ledger = draft.month().ledger;
    ledger = read_rows<LedgerLine>(draft, tables::ledger, [&](const Row& row, FindingList& f) {
        return make_ledger_line(draft, maps, row, f);
    });
    std::stable_sort(ledger.begin(), ledger.end(), [](const LedgerLine& a, const LedgerLine& b) {
        return std::tie(a.voucher, a.line) < std::tie(b.voucher, b.line);
    });
    AmountSum sum;
    for (const LedgerLine& line : ledger) {
        sum.add(line.amount);
    }
    sum.checked("amount", draft.book.of(tables::ledger.file));
    report_mapped_twice(draft, maps);
}

LedgerLine make_estimate_line(const MonthDraft& draft, const Row& row, FindingList& findings) {
    using namespace ledger_column;
    const Period before = draft.loaded.month.period.previous();
    if (row[booking_period].is_valid && row[booking_period].period() != before) {
        findings.add(FindingCode::booking_period_differs,
                     {.row = row.number, .column = "booking_period"},
                     {row[booking_period].string(), before.text()});
    }
    const std::uint32_t account_id = refer(
        draft, draft.accounts, {account, "account", FindingCode::unknown_account}, row, findings);
    if (account_id != CodeIndex::kNone && draft.can_judge(tables::account_map)) {
        const Account& mapped = draft.loaded.month.accounts[account_id];
        if (mapped.treatment == MapTreatment::excluded && mapped.reason.empty()) {
            findings.add(FindingCode::account_not_mapped, {.row = row.number, .column = "account"},
                         {row[account].string(), draft.loaded.month.period.text()});
        }
    }
    return {.voucher = std::string(kReversalMark) + row[voucher].string(),
            .line = row[line].string(),
            .attribution_period = row[attribution_period].period(),
            .account = AccountId(account_id),
            .department = DepartmentId(
                refer(draft, draft.departments,
                      {department, "department", FindingCode::unknown_department}, row, findings)),
            .fund = row[fund_source].word<FundSource>(),
            .amount = -row[amount].money(),
            .summary = row[summary].string(),
            .source_row = row.number,
            .is_reversal = true};
}

void add_reversals(MonthDraft& draft, std::vector<LedgerLine> estimates) {
    auto& ledger = draft.month().ledger;
    ledger.insert(ledger.end(), std::make_move_iterator(estimates.begin()),
                  std::make_move_iterator(estimates.end()));
    std::stable_sort(ledger.begin(), ledger.end(), [](const LedgerLine& a, const LedgerLine& b) {
        return std::tie(a.voucher, a.line) < std::tie(b.voucher, b.line);
    });
    AmountSum sum;
    for (const LedgerLine& line : ledger) {
        sum.add(line.amount);
    }
    sum.checked("amount", draft.book.of(tables::ledger.file));
}

void read_driver_readings(MonthDraft& draft) {
    enum : std::size_t { driver, sender, department, value };
    const Reference to_driver{driver, "driver", FindingCode::unknown_driver};
    const Reference to_sender{sender, "sender", FindingCode::unknown_department};
    const Reference to_department{department, "department", FindingCode::unknown_department};
    const auto make = [&](const Row& row, FindingList& findings) {
        return DriverReading{
            .driver = DriverId(refer(draft, draft.drivers, to_driver, row, findings)),
            .sender = DepartmentId(refer(draft, draft.departments, to_sender, row, findings)),
            .department =
                DepartmentId(refer(draft, draft.departments, to_department, row, findings)),
            .value = row[value].quantity()};
    };
    auto& readings = draft.month().driver_readings;
    readings = read_rows<DriverReading>(draft, tables::driver_readings, make);
    // A blank sender comes before every sender, as blank text comes before every code.
    const auto key = [](const DriverReading& reading) {
        return std::tuple(reading.driver, reading.sender.value() + 1U, reading.department);
    };
    std::stable_sort(readings.begin(), readings.end(),
                     [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

void read_quality_readings(MonthDraft& draft) {
    enum : std::size_t { department, indicator, numerator, denominator };
    const Reference to_department{department, "department", FindingCode::unknown_department};
    const auto make = [&](const Row& row, FindingList& findings) {
        return QualityReading{.department = DepartmentId(
                                  refer(draft, draft.departments, to_department, row, findings)),
                              .indicator = row[indicator].string(),
                              .numerator = row[numerator].quantity(),
                              .denominator = row[denominator].quantity()};
    };
    auto& readings = draft.month().quality_readings;
    readings = read_rows<QualityReading>(draft, tables::quality_readings, make);
    std::stable_sort(readings.begin(), readings.end(), [](const auto& a, const auto& b) {
        return std::tie(a.department, a.indicator) < std::tie(b.department, b.indicator);
    });
}

}  // namespace yuanliu::intake
