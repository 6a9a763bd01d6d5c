// Why this file: what became of every ledger line, and what every department booked, gave and got
// (docs/collection.md §5).
#include "server/export/department_tables.hpp"

namespace yuanliu::exporting {

FinishedTable moves_table(const Month& month, const CostingResult& costing) {
    TableText table("moves.csv",
                    "rule,voucher,line,entry,department,cost_item,fund_source,to_department,"
                    "to_cost_item,to_fund_source,reason,by,driver,base,base_total,pool,amount");
    for (const MoveRow& row : costing.collection.moves) {
        const LedgerLine& line = month.ledger[row.ledger_row];
        table.count(row.rule)
            .text(line.voucher)
            .text(line.line)
            .word(row.entry)
            .text(month.departments[row.department.index()].code)
            .text(month.cost_items[row.cost_item.index()].code)
            .word(row.fund)
            .text(row.to_department.is_valid() ? month.departments[row.to_department.index()].code
                                               : std::string())
            .text(month.cost_items[row.to_cost_item.index()].code)
            .word(row.to_fund)
            .text(row.reason)
            .word(row.by)
            .text(row.driver.is_valid() ? month.drivers[row.driver.index()].code : std::string())
            .number(row.base)
            .number(row.base_total)
            .amount(row.pool)
            .amount(row.amount);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable collected_table(const Month& month, const CostingResult& costing) {
    TableText table("collected.csv",
                    "department,cost_item,fund_source,booked,moved_out,moved_in,direct,calculated");
    for (const CollectedRow& row : costing.collection.collected) {
        table.text(month.departments[row.department.index()].code)
            .text(month.cost_items[row.cost_item.index()].code)
            .word(row.fund)
            .amount(row.booked)
            .amount(row.moved_out)
            .amount(row.moved_in)
            .amount(row.direct)
            .amount(row.calculated);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable cost_attributes_table(const Month& month, const CostingResult& costing) {
    TableText table("cost_attributes.csv",
                    "department,cost_item,fund_source,full,fixed,variable,controllable,capital");
    for (const AttributeRow& row : costing.collection.attributes) {
        table.text(month.departments[row.department.index()].code)
            .text(month.cost_items[row.cost_item.index()].code)
            .word(row.fund)
            .amount(row.full)
            .amount(row.fixed)
            .amount(row.variable)
            .amount(row.controllable)
            .amount(row.capital);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable cost_scopes_table(const Month& month, const CostingResult& costing) {
    TableText table("cost_scopes.csv",
                    "department,kind,cost_category,medical_business,medical,medical_full,hospital");
    for (const ScopeRow& row : costing.collection.scopes) {
        table
            .text(row.department.is_valid() ? month.departments[row.department.index()].code
                                            : std::string())
            .word(row.kind)
            .text(row.category ? word_of(*row.category) : std::string_view());
        for (const Money scope : row.scopes) {
            table.amount(scope);
        }
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable closing_estimates_table(const Month& month) {
    TableText table("closing/estimates.csv",
                    "voucher,line,booking_period,attribution_period,account,department,fund_source,"
                    "amount,summary");
    for (const LedgerLine& line : month.ledger) {
        if (line.is_estimate) {
            table.text(line.voucher)
                .text(line.line)
                .text(month.period.text())
                .text(line.attribution_period.text())
                .text(month.accounts[line.account.index()].code)
                .text(month.departments[line.department.index()].code)
                .word(line.fund)
                .amount(line.amount)
                .text(line.summary);
            table.end_row();
        }
    }
    return std::move(table).finish();
}

}  // namespace yuanliu::exporting
