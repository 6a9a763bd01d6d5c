// Why this file: tables of department cost, transfers and pools.
#include "server/export/department_tables.hpp"

namespace yuanliu::exporting {

FinishedTable excluded_table(const Month& month, const CostingResult& costing) {
    TableText table("excluded.csv", "voucher,line,account,department,fund_source,amount,reason");
    for (const ExcludedLine& excluded : costing.excluded) {
        const LedgerLine& line = month.ledger[excluded.ledger_row];
        table.text(line.voucher)
            .text(line.line)
            .text(month.accounts[line.account.index()].code)
            .text(month.departments[line.department.index()].code)
            .word(line.fund)
            .amount(line.amount)
            .text(excluded.by_account ? "account" : "department");
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable department_cost_table(const Month& month, const CostingResult& costing) {
    TableText table("department_cost.csv", "department,kind,cost_item,fund_source,origin,cost");
    for (const DepartmentCostRow& row : costing.department_costs) {
        table.text(month.departments[row.department.index()].code)
            .word(row.kind)
            .text(month.cost_items[row.cost_item.index()].code)
            .word(row.fund)
            .word(row.origin)
            .amount(row.cost);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable transfers_table(const Month& month, const CostingResult& costing) {
    TableText table(
        "transfers.csv",
        "stage,sender,receiver,cost_item,fund_source,origin,driver,base,base_total,pool,cost,pass");
    for (const TransferRow& row : costing.transfers) {
        table.count(row.stage)
            .text(month.departments[row.sender.index()].code)
            .text(month.departments[row.receiver.index()].code)
            .text(month.cost_items[row.cost_item.index()].code)
            .word(row.fund)
            .word(row.origin)
            .text(driver_of(month, costing, row.driver).code)
            .number(row.base)
            .number(row.base_total)
            .amount(row.pool)
            .amount(row.cost)
            .count(row.pass);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable pools_table(const Month& month, const CostingResult& costing) {
    TableText table("pools.csv", "department,pool,cost,weight,entries,unallocated");
    for (const PoolResult& pool : costing.pools) {
        table.text(month.departments[pool.department.index()].code)
            .word(pool.kind)
            .amount(pool.cost)
            .count(pool.weight)
            .count(pool.entries)
            .amount(pool.unallocated());
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable pool_components_table(const Month& month, const CostingResult& costing) {
    TableText table("pool_components.csv", "department,pool,cost_category,fund_source,origin,cost");
    for (const PoolResult& pool : costing.pools) {
        for (std::size_t k = 0; k < pool.component_ranks.size(); ++k) {
            const Component component = component_at(pool.component_ranks[k]);
            table.text(month.departments[pool.department.index()].code)
                .word(pool.kind)
                .word(component.category)
                .word(component.fund)
                .word(component.origin)
                .amount(pool.component_costs[k]);
            table.end_row();
        }
    }
    return std::move(table).finish();
}

FinishedTable service_item_cost_table(const Month& month, const CostingResult& costing) {
    TableText table("service_item_cost.csv",
                    "department,pool,service_item,quantity,weight,charge,cost,unit_cost");
    for (const PoolResult& pool : costing.pools) {
        for (const ServiceItemCost& item : pool.items) {
            table.text(month.departments[pool.department.index()].code)
                .word(pool.kind)
                .text(item.stays ? "~" + std::string(word_of(*item.stays))
                                 : month.service_items[item.service_item.index()].code)
                .number(item.quantity)
                .count(item.weight)
                .amount(item.charge)
                .amount(item.cost)
                .text(item.unit_cost ? item.unit_cost->text() : std::string());
            table.end_row();
        }
    }
    return std::move(table).finish();
}

FinishedTable activities_table(const Month& month, const CostingResult& costing) {
    TableText table("activities.csv",
                    "department,activity,measure,item_driver,cost,use,practical_capacity,used_cost,"
                    "idle_cost,unallocated_cost");
    for (const ActivityResult& activity : costing.activities) {
        if (activity.kind == PoolKind::service) {
            table.text(month.departments[activity.department.index()].code)
                .text(activity.code)
                .word(activity.measure)
                .text(activity.item_driver)
                .amount(activity.cost)
                .text(format_decimal_trimmed(activity.use, 8))
                .text(activity.capacity ? activity.capacity->trimmed() : std::string())
                .amount(activity.used_cost())
                .amount(activity.idle_cost)
                .amount(activity.unallocated());
            table.end_row();
        }
    }
    return std::move(table).finish();
}

FinishedTable hospital_item_cost_table(const Month& month, const CostingResult& costing) {
    TableText table("hospital_item_cost.csv",
                    "service_item,departments,quantity,charge,cost,unit_cost");
    for (const HospitalItemCost& item : costing.hospital_items) {
        table.text(month.service_items[item.service_item.index()].code)
            .count(item.departments)
            .number(item.quantity)
            .amount(item.charge)
            .amount(item.cost)
            .text(item.unit_cost ? item.unit_cost->text() : std::string());
        table.end_row();
    }
    return std::move(table).finish();
}

}  // namespace yuanliu::exporting
