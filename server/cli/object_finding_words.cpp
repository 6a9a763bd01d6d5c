// Why this file: the words of findings about other cost objects and about results side by side
// (docs/objects.md).
#include "server/cli/finding_words.hpp"

namespace yuanliu::cli {

FindingWords words_of_objects(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case validity_reversed:
            return {"valid_from {0} is after valid_to {1}; exchange them or correct one",
                    "生效期 {0} 晚于失效期 {1}; 请对调或更正其一"};
        case attending_grouped_twice:
            return {
                "physician {0} is in a group by row {1} already; end one of the rows with valid_to",
                "医师 {0} 已在第 {1} 行编入主诊组; 请用 valid_to 结束其中一行"};
        case group_name_differs:
            return {"group {0} is called \"{1}\" here and \"{2}\" in row {3}; give it one name",
                    "主诊组 {0} 此处名称为 \"{1}\", 第 {3} 行为 \"{2}\"; 请统一名称"};
        case unknown_asset:
            return {"asset {0} is not in assets.csv; add its card or correct the code",
                    "资产 {0} 不在 assets.csv 中; 请补资产卡片或更正编码"};
        case unknown_project:
            return {"project {0} is not in research_projects.csv; add it or correct the code",
                    "课题 {0} 不在 research_projects.csv 中; 请补充或更正编码"};
        case equipment_share_exceeds:
            return {"the shares of {0} sum to {1}, more than 1; no part of it is of two machines",
                    "{0} 的份额合计为 {1}, 超过 1; 同一份额不能归属两台设备, 请更正"};
        case equipment_cost_not_traceable:
            return {
                "ledger line {0},{1} is depreciation, which the asset card states already, or is "
                "kept out of cost; delete the row",
                "总账行 {0},{1} 是折旧 (资产卡片已含) 或不计入成本; 请删除本行"};
        case bed_department_not_ward:
            return {
                "department {0} is not a clinical department of care setting inpatient; state the "
                "beds of wards",
                "科室 {0} 不是住院类临床科室; 请按病区填列床位"};
        case result_of_other_hospital:
            return {"this result is of hospital {0}, the newest one of {1}; take results of one",
                    "此结果属于医院 {0}, 最新结果属于 {1}; 请只用同一家医院的结果"};
        case result_period_twice:
            return {"month {0} is given twice, also by {1}; leave one out",
                    "月份 {0} 出现两次 (另见 {1}); 请去掉其一"};
        case result_period_missing:
            return {"month {0} is missing between the oldest and the newest; compute and add it",
                    "最早与最新月份之间缺少 {0}; 请计算并补入"};
        case successor_chained:
            return {"{0} has successors itself; name the last ones here",
                    "{0} 自身又有后续科室; 此处请写最终的科室"};
        case successor_shares_not_one:
            return {"the shares of {0} sum to {1}; make them sum to 1",
                    "科室 {0} 的份额合计为 {1}; 应合计为 1"};
        case results_too_many:
            return {"{0} results are given; at most 12 months are taken together",
                    "共给出 {0} 个结果; 最多合并 12 个月"};
        default:
            return {};
    }
}

}  // namespace yuanliu::cli
