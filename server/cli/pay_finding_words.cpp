// Why this file: the words of findings about payment policies, payment tables and cases to be paid
// (docs/payment.md).
#include "server/cli/finding_words.hpp"

namespace yuanliu::cli {

namespace {

/// Of months with policies (docs/payment.md §6).
FindingWords words_of_paid_month(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case special_review_unused:
            return {
                "{2} cases of payer {1}, the first {0}, have the outcome of a special review, "
                "which "
                "this payer's method doesn't pay; pay the payer by a policy with points, or take "
                "the outcome out",
                "付费方 {1} 有 {2} 例 (首例 {0}) 填了特例单议结果, 但该付费方的支付方式不使用它; "
                "请改用按分值的政策 (method = \"policy\"), 或删去该结果"};
        case leave_not_stated:
            return {
                "policy {1} asks for the way of leaving, which {2} of its cases lack, the first "
                "{0}: for them no exception by way of leaving holds; fill in discharge_way",
                "政策 {1} 按离院方式判断, 但有 {2} 例未填离院方式 (首例 {0}): "
                "这些病例不适用按离院方式"
                "的例外; 请填写 discharge_way"};
        case patient_part_cut:
            return {
                "{1} cases, the first {0}, state that the patient bears more than is paid, in all "
                "{2} yuan more: the patient's part is the payment there (0 of a payment below 0) "
                "and the fund's the rest; correct patient_paid, or the case if its payment is "
                "wrong",
                "有 {1} 例 (首例 {0}) 填报的个人负担大于该病例的支付, 合计多出 {2} 元: "
                "这些病例的个人负担以支付为限 (支付为负时为 0), 其余归基金; "
                "请更正 patient_paid, 或核对支付有误的病例"};
        case special_points_without_value:
            return {
                "{3} cases of policy {2}, the first {0} of payer {1}, have points of a special "
                "review, "
                "but no point value; fill in special_amount instead, or give a value "
                "(point_value of the payer; a fixed amount has none)",
                "政策 {2} 有 {3} 例 (首例 {0}, 付费方 {1}) 填了特例单议核定分值, 但没有点值; "
                "请改填 special_amount, 或填写点值 (付费方的 point_value; 定额付费没有点值)"};
        case case_level_unknown:
            return {
                "{2} cases, the first {1}, have the level {0}, which no band of the auxiliary "
                "catalogue {3} names (it names: {4}): it changes no coefficient; correct the word, "
                "or leave it if the level has no band",
                "有 {2} 例 (首例 {1}) 的分级为 {0}, 但辅助目录 {3} 的各档均无此分级 (现有: {4}), "
                "不影响系数; 请更正写法, 如该分级本就不分档可保留"};
        case split_without_charges:
            return {
                "policy {0} divides {1} by charge, but none of its {2} cases, the first {3}, has a "
                "charge above 0; look for refunds without their charges or a wrong payer, or give "
                "the payer another policy for this month",
                "政策 {0} 按费用分配 {1} 元, 但其 {2} 例 (首例 {3}) 的费用都不大于 0; "
                "请检查是否只有退费而无原费用、付费方是否有误, 或本月为该付费方另选政策"};
        case split_without_cases:
            return {
                "policy {0} divides {1} by charge, but no case of the month is of its payers: the "
                "sum is in no payment of this month; if there should be cases, correct the payers "
                "in encounters.csv",
                "政策 {0} 按费用分配 {1} 元, 但本月没有其付费方的病例: 该金额未计入本月任何支付; "
                "如应有病例, 请更正 encounters.csv 的付费方"};
        default:
            return {};
    }
}

}  // namespace

FindingWords words_of_payment(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case policy_ends_broken:
            return {"gap or overlap: {0}", "区间有空隙或重叠: {0}"};
        case table_column_missing:
            return {
                "row {1} has no column \"{0}\", it has: {2}; correct the name in [columns], or "
                "header_row",
                "第 {1} 行没有列 \"{0}\", 现有: {2}; 请更正配置文件的 [columns] 或 header_row"};
        case table_encoding_broken:
            return {
                "byte {1} is not {0}; set `encoding` of the profile to what the table is written "
                "in (utf-8 or gb18030)",
                "第 {1} 字节不是 {0}; 请把配置文件的 encoding 改为该表实际的编码 (utf-8 或 "
                "gb18030)"};
        case table_is_empty:
            return {
                "no row is left of the table ({0} rows passed over); look at header_row, "
                "skip_rows and [skip] of the profile",
                "该表没有可用的行 (略过 {0} 行); 请检查配置文件的 header_row、skip_rows 和 [skip]"};
        case payment_standard_differs:
            return {
                "group {0}: {1}, published {2}, difference {3}; check the rate, the coefficient or "
                "the row",
                "病组 {0}: {1}, 公布标准 {2}, 相差 {3}; 请核对费率、系数或该行"};
        case group_not_in_table:
            return {
                "case {0}: group {1} is not in {2}; give score and class in the case, or correct "
                "the group",
                "病例 {0}: 病组 {1} 不在 {2} 中; 请在病例中填写分值和类别, 或更正病组"};
        case case_not_payable:
            return {"case {0} can't be paid: {1}", "病例 {0} 无法计算支付: {1}"};
        case policy_unknown:
            return {
                "payer {0} is paid by policy \"{1}\", which no policy.toml or policy_NAME.toml of "
                "the "
                "rules has as id (there are: {2}); add the file, or correct the id",
                "付费方 {0} 按政策 \"{1}\" 支付, 但规则文件夹的 policy.toml 或 policy_NAME.toml "
                "中没有此 "
                "id (现有: {2}); 请补充文件或更正 id"};
        case policy_id_twice:
            return {"the id {0} is that of {1} already; give each policy an id of its own",
                    "id {0} 已用于 {1}; 每个政策请用不同的 id"};
        default:
            return words_of_paid_month(code);
    }
}

}  // namespace yuanliu::cli
