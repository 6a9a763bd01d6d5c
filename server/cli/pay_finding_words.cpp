// Why this file: the words of findings about payment policies, payment tables and cases to be paid
// (docs/payment.md).
#include "server/cli/finding_words.hpp"

namespace yuanliu::cli {

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
            return {};
    }
}

}  // namespace yuanliu::cli
