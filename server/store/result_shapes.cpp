// Why this file: the columns of the tables of a result, as docs/result-folder.md lists them and
// sql/migrations keeps them.
#include <algorithm>
#include <stdexcept>

#include "server/store/stored_table.hpp"

namespace yuanliu::store {
namespace {

constexpr StoredColumn words(std::string_view name) {
    return {.name = name};
}
constexpr StoredColumn fixed(std::string_view name, int scale) {
    return {.name = name, .type = StoredType::decimal, .scale = scale, .is_trimmed = false};
}
constexpr StoredColumn amount(std::string_view name) {
    return fixed(name, 2);
}
constexpr StoredColumn trimmed(std::string_view name, int scale) {
    return {.name = name, .type = StoredType::decimal, .scale = scale};
}
constexpr StoredColumn whole(std::string_view name) {
    return trimmed(name, 0);
}
constexpr StoredColumn day(std::string_view name) {
    return {.name = name, .type = StoredType::date};
}
constexpr StoredColumn or_null(StoredColumn column) {
    column.blank_is_null = true;
    return column;
}

}  // namespace

const std::vector<StoredTable>& stored_result_tables() {
    // clang-format off
    static const std::vector<StoredTable> kTables{
        {"excluded.csv", "result.excluded", {words("voucher"), words("line"), words("account"), words("department"), words("fund_source"), amount("amount"), words("reason")}},
        {"department_cost.csv", "result.department_cost", {words("department"), words("kind"), words("cost_item"), words("fund_source"), words("origin"), amount("cost")}},
        {"transfers.csv", "result.transfers", {whole("stage"), words("sender"), words("receiver"), words("cost_item"), words("fund_source"), words("origin"), words("driver"), trimmed("base", 4), trimmed("base_total", 4), amount("pool"), amount("cost"), whole("pass")}},
        {"pools.csv", "result.pools", {words("department"), words("pool"), amount("cost"), whole("weight"), whole("entries"), amount("unallocated")}},
        {"pool_components.csv", "result.pool_components", {words("department"), words("pool"), words("cost_category"), words("fund_source"), words("origin"), amount("cost")}},
        {"service_item_cost.csv", "result.service_item_cost", {words("department"), words("pool"), words("service_item"), trimmed("quantity", 4), whole("weight"), amount("charge"), amount("cost"), or_null(fixed("unit_cost", 6))}},
        {"patients.csv", "result.patients", {words("encounter"), words("kind"), words("status"), words("department"), amount("opening_charge"), amount("month_charge"), amount("charge"), amount("opening_cost"), amount("month_cost"), amount("cost")}},
        {"patient_cost.csv", "result.patient_cost", {words("encounter"), words("cost_category"), words("fund_source"), words("origin"), amount("cost")}},
        {"parked.csv", "result.parked", {words("encounter"), words("line"), day("charged_on"), words("service_item"), words("executing_department"), trimmed("quantity", 4), amount("charge")}},
        {"parked_cost.csv", "result.parked_cost", {words("cost_category"), words("fund_source"), words("origin"), amount("cost")}},
        {"cases.csv", "result.cases", {words("encounter"), words("department"), or_null(words("attending")), words("payer"), words("status"), or_null(words("group")), or_null(words("level")), or_null(words("deciding_codes")), or_null(trimmed("rw", 7)), whole("days"), or_null(trimmed("score", 4)), or_null(words("deviation")), trimmed("points", 4), words("basis"), amount("charge"), amount("payment"), amount("cost"), amount("policy_margin"), amount("real_margin")}},
        {"group_profit.csv", "result.group_profit", {words("basis"), words("group"), whole("cases"), trimmed("rw_total", 7), trimmed("points", 4), amount("charge"), amount("payment"), amount("cost"), amount("policy_margin"), amount("real_margin")}},
        {"department_profit.csv", "result.department_profit", {words("department"), words("basis"), whole("cases"), trimmed("rw_total", 7), trimmed("points", 4), amount("charge"), amount("payment"), amount("cost"), amount("policy_margin"), amount("real_margin")}},
        {"physician_profit.csv", "result.physician_profit", {words("attending"), words("department"), words("basis"), whole("cases"), trimmed("rw_total", 7), trimmed("points", 4), amount("charge"), amount("payment"), amount("cost"), amount("policy_margin"), amount("real_margin")}},
        {"indicators.csv", "result.indicators", {words("department"), words("indicator"), or_null(trimmed("numerator", 7)), or_null(trimmed("denominator", 7)), or_null(trimmed("value", 4)), or_null(trimmed("score", 4))}},
        {"gates.csv", "result.gates", {words("department"), words("gate"), words("indicator"), or_null(trimmed("value", 4)), trimmed("threshold", 4), words("outcome"), trimmed("factor", 4)}},
        {"bonus_departments.csv", "result.bonus_departments", {words("department"), trimmed("index", 4), whole("size"), whole("weight"), amount("share"), amount("withheld"), amount("paid")}},
        {"bonus_persons.csv", "result.bonus_persons", {words("staff"), words("department"), whole("weight"), amount("paid")}},
        {"activities.csv", "result.activities", {words("department"), words("activity"), words("measure"), or_null(words("item_driver")), amount("cost"), trimmed("use", 8), or_null(trimmed("practical_capacity", 4)), amount("used_cost"), amount("idle_cost"), amount("unallocated_cost")}, true},
        {"hospital_item_cost.csv", "result.hospital_item_cost", {words("service_item"), whole("departments"), trimmed("quantity", 4), amount("charge"), amount("cost"), or_null(fixed("unit_cost", 6))}, true},
        {"case_policies.csv", "result.case_policies", {words("encounter"), words("policy"), words("basis"), whole("rule"), or_null(words("rule_name")), or_null(trimmed("ratio", 6)), or_null(trimmed("score", 6)), or_null(trimmed("coefficient", 6)), or_null(trimmed("value", 6)), or_null(amount("standard")), or_null(trimmed("points", 6)), amount("payment"), or_null(amount("adjustment")), whole("capped"), whole("review")}, true},
        {"grouping.csv", "result.grouping", {words("encounter"), words("status"), or_null(words("reason")), or_null(words("level")), or_null(words("group")), or_null(words("deciding_codes")), words("catalogue")}, true},
        {"auxiliary.csv", "result.auxiliary", {words("encounter"), trimmed("coefficient", 4), or_null(words("kind")), or_null(words("band")), or_null(words("decided_by")), whole("hits"), whole("points"), words("catalogue")}, true},
        {"fund_parts.csv", "result.fund_parts", {words("encounter"), amount("payment"), amount("patient_paid"), amount("fund_payment")}, true},
        {"moves.csv", "result.moves", {whole("rule"), words("voucher"), words("line"), words("entry"), words("department"), words("cost_item"), words("fund_source"), words("to_department"), words("to_cost_item"), words("to_fund_source"), words("reason"), words("by"), or_null(words("driver")), trimmed("base", 4), trimmed("base_total", 4), amount("pool"), amount("amount")}, true},
        {"collected.csv", "result.collected", {words("department"), words("cost_item"), words("fund_source"), amount("booked"), amount("moved_out"), amount("moved_in"), amount("direct"), amount("calculated")}, true},
        {"cost_attributes.csv", "result.cost_attributes", {words("department"), words("cost_item"), words("fund_source"), amount("full"), amount("fixed"), amount("variable"), amount("controllable"), amount("capital")}, true},
        {"cost_scopes.csv", "result.cost_scopes", {words("department"), words("kind"), words("cost_category"), amount("medical_business"), amount("medical"), amount("medical_full"), amount("hospital")}, true},
        {"closing/estimates.csv", "result.closing_estimates", {words("voucher"), words("line"), {.name = "booking_period", .type = StoredType::period}, {.name = "attribution_period", .type = StoredType::period}, words("account"), words("department"), words("fund_source"), amount("amount"), or_null(words("summary"))}, true},
        {"closing/in_hospital.csv", "result.closing_in_hospital", {words("encounter"), words("cost_category"), words("fund_source"), words("origin"), amount("cost")}},
        {"closing/in_hospital_charges.csv", "result.closing_in_hospital_charges", {words("encounter"), amount("charge")}},
        {"closing/carried_pools.csv", "result.closing_carried_pools", {words("pool"), words("name"), amount("amount")}},
    };
    // clang-format on
    return kTables;
}

const StoredTable& stored_result_table(std::string_view file) {
    const auto& all = stored_result_tables();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const StoredTable& table) { return table.file == file; });
    if (found == all.end()) {
        throw std::logic_error("no stored table for " + std::string(file));
    }
    return *found;
}

const StoredTable& stored_group_names() {
    static const StoredTable kNames{
        "group_names.csv", "result.group_names", {words("group"), words("name")}};
    return kNames;
}

}  // namespace yuanliu::store
