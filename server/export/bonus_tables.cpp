// Why this file: tables of indicators, gates, shares and persons' pay, and the pools that are
// carried on.
#include "server/export/result_tables.hpp"

namespace yuanliu::exporting {
namespace {

template <class Value>
void number_or_blank(TableText& table, const std::optional<Value>& value) {
    if (value) {
        table.number(*value);
    } else {
        table.blank();
    }
}

FinishedTable indicators_table(const Month& month, const BonusResult& bonus) {
    TableText table("indicators.csv", "department,indicator,numerator,denominator,value,score");
    for (const IndicatorRow& row : bonus.indicators) {
        table.text(month.departments[row.department.index()].code).text(row.indicator);
        number_or_blank(table, row.numerator);
        number_or_blank(table, row.denominator);
        number_or_blank(table, row.value);
        number_or_blank(table, row.score);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable gates_table(const Month& month, const BonusResult& bonus) {
    TableText table("gates.csv", "department,gate,indicator,value,threshold,outcome,factor");
    for (const GateRow& row : bonus.gates) {
        table.text(month.departments[row.department.index()].code)
            .text(row.gate)
            .text(row.indicator);
        number_or_blank(table, row.value);
        table.number(row.threshold).word(row.outcome).number(row.factor);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable units_table(const Month& month, const BonusResult& bonus) {
    TableText table("bonus_departments.csv", "department,index,size,weight,share,withheld,paid");
    for (const BonusUnitRow& row : bonus.units) {
        table.text(month.departments[row.department.index()].code)
            .number(row.index)
            .count(row.size)
            .count(row.weight)
            .amount(row.share)
            .amount(row.withheld)
            .amount(row.paid);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable persons_table(const Month& month, const BonusResult& bonus) {
    TableText table("bonus_persons.csv", "staff,department,weight,paid");
    for (const BonusPersonRow& row : bonus.persons) {
        const StaffMember& member = month.staff[row.staff.index()];
        table.text(member.code)
            .text(month.departments[member.department.index()].code)
            .count(row.weight)
            .amount(row.paid);
        table.end_row();
    }
    return std::move(table).finish();
}

}  // namespace

std::vector<FinishedTable> bonus_tables(const Month& month, const BonusResult& bonus) {
    TableText pools("closing/carried_pools.csv", "pool,name,amount");
    for (const CarriedPool& pool : bonus.closing_pools) {
        pools.text(pool.code).text(pool.name).amount(pool.amount);
        pools.end_row();
    }
    std::vector<FinishedTable> tables;
    tables.push_back(indicators_table(month, bonus));
    tables.push_back(gates_table(month, bonus));
    tables.push_back(units_table(month, bonus));
    tables.push_back(persons_table(month, bonus));
    tables.push_back(std::move(pools).finish());
    return tables;
}

}  // namespace yuanliu::exporting
