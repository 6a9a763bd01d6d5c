// Why this file: the words of findings about dividing service pools (docs/service-items.md).
#include "server/cli/finding_words.hpp"

namespace yuanliu::cli {

FindingWords words_of_item_tables(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case unknown_item_driver:
            return {"no item has a value of item driver {0}; add rows to item_drivers.csv",
                    "没有项目带动因 {0} 的值; 请在 item_drivers.csv 中补充"};
        case unknown_activity:
            return {
                "department {0} has no activity {1}; add it to activities.csv, or name a charge "
                "category if it is a service unit",
                "科室 {0} 没有作业 {1}; 请在 activities.csv 中补充, 若为服务单元请写收费类别"};
        case item_not_service:
            return {
                "{0} is of kind {1}; cost of drugs and materials follows their lines, so name a "
                "service item",
                "{0} 属于 {1}; 药品和材料成本随其明细, 此处请写医疗服务项目"};
        case ward_stay_not_inpatient:
            return {"encounter {0} is outpatient and has no ward days; remove the row",
                    "就诊 {0} 为门急诊, 没有住院床日; 请删除本行"};
        case item_rows_unused:
            return {
                "{1} rows of {0} are used by no [[method]], so they change nothing; name the "
                "method in costing.toml, or leave the rows out",
                "{0} 的 {1} 行没有任何 [[method]] 使用, 不影响结果; 请在 costing.toml 中指定方法, "
                "或不再报送"};
        default:
            return {};
    }
}

FindingWords words_of_activities(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case resource_driver_missing:
            return {
                "cost item {1} of department {0} can't reach its activities: resource drivers "
                "\"{2}\" are zero for all of them, or no [[resource]] matches; send "
                "activity_readings.csv or add a rule",
                "科室 {0} 的成本项目 {1} 无法归集到作业: 资源动因 \"{2}\" 对各作业均为零, 或没有"
                "匹配的 [[resource]]; 请补 activity_readings.csv 或规则"};
        case resource_driver_fell_back:
            return {
                "cost item {1} of department {0} went by resource driver {3}, because {2} is zero "
                "over its activities",
                "科室 {0} 的成本项目 {1} 改按资源动因 {3}, 因为 {2} 对其各作业均为零"};
        case traced_cost_exceeds:
            return {
                "traced cost of department {0}, cost item {1}, {2}, is {3}, but its direct cost is "
                "{4}; correct traced_costs.csv or the ledger",
                "科室 {0} 成本项目 {1} ({2}) 直接计入项目的成本 {3} 超过其直接成本 {4}; "
                "请更正 traced_costs.csv 或总账"};
        case activity_without_use:
            return {
                "activity {1} of department {0} has cost of {2} but no use this month; it stays "
                "unallocated. Send charge lines, item driver values or ward days of it",
                "科室 {0} 的作业 {1} 有成本 {2}, 但本月无用量, 记为未分配; "
                "请补报其明细、项目动因或床日"};
        case item_without_measure:
            return {
                "item {1} was used {2} times in department {0}, but no activity there measures it: "
                "it bears no cost. Give it an item driver value",
                "科室 {0} 的项目 {1} 用量 {2}, 但没有作业计量它, 不承担成本; 请补项目动因的值"};
        case capacity_exceeded:
            return {
                "activity {1} of department {0} used {2}, above its practical capacity {3}; its "
                "cost is borne by use. Check the capacity",
                "科室 {0} 的作业 {1} 用量 {2} 超过实际产能 {3}, 成本由用量承担; 请核对产能"};
        default:
            return {};
    }
}

}  // namespace yuanliu::cli
