// Why this file: the words of findings of code tables, quality rules and catalogue conversion
// (docs/codes.md, docs/quality.md).
#include <array>

#include "server/cli/finding_words.hpp"

namespace yuanliu::cli {
namespace {

struct Misuse {
    std::string_view name;
    std::string_view en;
    std::string_view zh;
};

constexpr std::array<Misuse, 9> kMisuses{
    Misuse{"field_has_no_codes", "codes can only be asked of a field of codes",
           "只有编码类字段可以用 codes"},
    Misuse{"field_is_no_number", "bounds can only be asked of a count or an amount",
           "只有数量或金额字段可以用 min、max"},
    Misuse{"one_condition_each",
           "a condition says exactly one of values, codes, min and max, given",
           "每个条件只能写 values、codes、min/max、given 之一"},
    Misuse{"wrong_number_of_fields", "this kind of rule needs another number of fields",
           "此类规则的字段个数不对"},
    Misuse{"field_of_wrong_type", "this kind of rule doesn't fit a field of this type",
           "此类规则不适用于该类型的字段"},
    Misuse{"codes_missing", "this kind of rule needs codes", "此类规则必须写 codes"},
    Misuse{"field_is_no_list", "several columns can only make a list field",
           "多个列只能组成列表字段"},
    Misuse{"band_unit", "a band of this kind is bounded by numbers, or named by a level",
           "此类区间应写数值范围或级别名称"},
    Misuse{"unknown_placeholder", "the pattern has a placeholder that isn't known",
           "样式中有不识别的占位符"}};

}  // namespace

std::string misuse_in_words(const std::string& what, Language language) {
    for (const Misuse& misuse : kMisuses) {
        if (misuse.name == what) {
            return std::string(language == Language::zh ? misuse.zh : misuse.en);
        }
    }
    return what;
}

FindingWords words_of_quality(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case crosswalk_missing:
            return {"{0} is not in the cross-walk {1}; it gets no class in the other edition",
                    "{0} 不在版本对照 {1} 中; 在对照后的版本里没有类别"};
        case code_class_differs:
            return {
                "{0} is {1} by an earlier row and {2} by this one; {3} is taken, correct the "
                "table if that is wrong",
                "{0} 在前面的行为 {1}, 本行为 {2}; 取 {3}, 若不对请更正该表"};
        case quality_rule_misused:
            return {"the rule can't be used: {0}; see docs/quality.md",
                    "规则无法使用: {0}; 见 docs/quality.md"};
        case quality_column_missing:
            return {
                "there is no column {0}, without which nothing can be judged; export it, or name "
                "it in a layout",
                "缺少列 {0}, 无法质控; 请导出该列, 或在列对照文件中指明"};
        case quality_opening_missing:
            return {
                "{0} stays were admitted before the month and have no charge there, the first is "
                "{1}; their charge lines are not complete, so detail_charge is not checked (M03, "
                "M04); copy closing/ of the month before to prior/",
                "有 {0} 次住院在本月之前入院而此处没有其费用 (首例 {1}); 其收费明细不全, "
                "不核对明细合计 "
                "(M03、M04); 请将上月结果的 closing/ 复制为 prior/"};
        case records_uncoded:
            return {
                "{0} of {1} records ({2}) have no main diagnosis and are set aside, charges {3}",
                "{1} 份病案中有 {0} 份 ({2}) 没有主要诊断, 已挂起, 费用 {3}"};
        case uncoded_share_exceeded:
            return {
                "{0} of {1} records are uncoded: {2}, above the allowed {4}; code them before the "
                "indicators are handed over",
                "{1} 份病案中 {0} 份未编码: {2}, 超过允许的 {4}; 请先完成编码再提交指标"};
        case group_code_unreadable:
            return {
                "\"{0}\" is not written as the profile's pattern {1}; correct the one or the other",
                "\"{0}\" 不符合对照文件的样式 {1}; 请更正其一"};
        case group_code_differs:
            return {
                "the group code {0} says {1}, the column {2}; the column is taken, correct the row",
                "病种编码 {0} 表示 {1}, 而列中为 {2}; 以列为准, 请核对该行"};
        case auxiliary_malformed:
            return {"the auxiliary catalogue can't be used here: {0} {1}; see docs/codes.md",
                    "辅助目录此处无法使用: {0} {1}; 见 docs/codes.md"};
        default:
            return {};
    }
}

}  // namespace yuanliu::cli
