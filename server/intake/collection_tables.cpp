// Why this file: the optional tables that moves of direct cost are divided by (docs/collection.md
// §4): payroll, time of staff and departments, asset cards.
#include <algorithm>
#include <tuple>

#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {
namespace {

void read_payroll(MonthDraft& draft) {
    enum : std::size_t { staff, department, pay_kind, fund_source, amount };
    const Reference to_department{department, "department", FindingCode::unknown_department};
    auto& rows = draft.month().payroll;
    rows = read_rows<PayrollRow>(draft, tables::payroll, [&](const Row& row, FindingList& f) {
        return PayrollRow{
            .staff = row[staff].string(),
            .department = DepartmentId(refer(draft, draft.departments, to_department, row, f)),
            .pay_kind = row[pay_kind].string(),
            .fund = row[fund_source].word<FundSource>(),
            .amount = row[amount].money()};
    });
    AmountSum sum;
    for (const PayrollRow& row : rows) {
        sum.add(row.amount);
    }
    sum.checked("amount", draft.book.of(tables::payroll.file));
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return std::tie(a.staff, a.department, a.pay_kind, a.fund) <
               std::tie(b.staff, b.department, b.pay_kind, b.fund);
    });
}

/// Only what is dispatched may have no place; a department's own code must be one.
void check_time(const MonthDraft& draft, const Row& row, FindingList& findings) {
    enum : std::size_t { unit, code, department, activity, minutes };
    if (row[department].is_blank() && row[activity].is_valid &&
        row[activity].word<TimeActivity>() != TimeActivity::dispatched) {
        findings.add(FindingCode::value_missing, {.row = row.number, .column = "department"}, {});
    }
    if (row[unit].is_valid && row[unit].word<TimeUnit>() == TimeUnit::department) {
        refer(draft, draft.departments, {code, "code", FindingCode::unknown_department}, row,
              findings);
    }
}

void read_staff_time(MonthDraft& draft) {
    enum : std::size_t { unit, code, department, activity, minutes };
    const Reference to_department{department, "department", FindingCode::unknown_department};
    auto& rows = draft.month().staff_time;
    rows = read_rows<TimeRow>(draft, tables::staff_time, [&](const Row& row, FindingList& f) {
        check_time(draft, row, f);
        return TimeRow{
            .unit = row[unit].word<TimeUnit>(),
            .code = row[code].string(),
            .department = DepartmentId(refer(draft, draft.departments, to_department, row, f)),
            .activity = row[activity].word<TimeActivity>(),
            .minutes = row[minutes].quantity()};
    });
    // A blank department comes before every department, as blank text comes before every code.
    const auto key = [](const TimeRow& row) {
        return std::tuple(row.unit, std::string_view(row.code), row.department.value() + 1U,
                          row.activity);
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

void read_assets(MonthDraft& draft) {
    enum : std::size_t { asset, name, department, kind, depreciation, paid };
    const Reference to_department{department, "department", FindingCode::unknown_department};
    auto& rows = draft.month().assets;
    rows = read_rows<Asset>(draft, tables::assets, [&](const Row& row, FindingList& f) {
        Asset made{
            .code = row[asset].string(),
            .name = row[name].string(),
            .department = DepartmentId(refer(draft, draft.departments, to_department, row, f)),
            .kind = row[kind].word<AssetKind>(),
            .depreciation = row[depreciation].money()};
        for (std::size_t fund = 0; fund < kFundSources; ++fund) {
            made.paid[fund] = row[paid + fund].money();
        }
        return made;
    });
    AmountSum sum;
    for (const Asset& row : rows) {
        sum.add(row.depreciation);
    }
    sum.checked("depreciation", draft.book.of(tables::assets.file));
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.code < b.code; });
}

/// Estimates are lines of the ledger, which stand in the order of voucher and line.
void read_estimates(MonthDraft& draft) {
    enum : std::size_t { voucher, line };
    auto& ledger = draft.month().ledger;
    const auto mark = [&](const Row& row, FindingList& findings) {
        const auto key = std::pair(row[voucher].text, row[line].text);
        const auto key_of = [](const LedgerLine& one) {
            return std::pair(std::string_view(one.voucher), std::string_view(one.line));
        };
        const auto found = std::lower_bound(
            ledger.begin(), ledger.end(), key,
            [&](const LedgerLine& one, const auto& wanted) { return key_of(one) < wanted; });
        if (found != ledger.end() && key_of(*found) == key) {
            found->is_estimate = true;
        } else if (row[voucher].is_valid && row[line].is_valid && draft.can_judge(tables::ledger)) {
            findings.add(FindingCode::unknown_ledger_line, {.row = row.number, .column = "voucher"},
                         {row[voucher].string(), row[line].string()});
        }
        return 0;
    };
    read_rows<int>(draft, tables::estimates, mark);
}

}  // namespace

void read_collection_tables(MonthDraft& draft) {
    read_estimates(draft);
    read_payroll(draft);
    read_staff_time(draft);
    read_assets(draft);
}

}  // namespace yuanliu::intake
