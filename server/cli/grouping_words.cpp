// Why this file: the words of statuses, reasons and shortfalls of grouping, once, and those of its
// findings (docs/grouping.md §1, §7).
#include <array>

#include "server/cli/finding_words.hpp"
#include "server/cli/grouping_text.hpp"
#include "server/cli/summary.hpp"

namespace yuanliu::cli {
namespace {

struct GroupingWord {
    const char* en;
    const char* zh;
};

constexpr std::array<GroupingWord, 4> kStatuses{
    GroupingWord{"grouped", "已入组"}, GroupingWord{"ungrouped", "未入组"},
    GroupingWord{"ambiguous", "歧义病案"}, GroupingWord{"failed checks", "校验不通过"}};
constexpr std::array<GroupingWord, 8> kLevels{GroupingWord{"", ""},
                                              GroupingWord{"DRG", "DRG"},
                                              GroupingWord{"first stage", "先期分组"},
                                              GroupingWord{"merged", "并项"},
                                              GroupingWord{"diagnosis-refined", "诊断辅助细分"},
                                              GroupingWord{"basic", "基础规则"},
                                              GroupingWord{"core", "核心病种"},
                                              GroupingWord{"composite", "综合病种"}};
constexpr std::array<GroupingWord, 13> kReasons{
    GroupingWord{"", ""},
    GroupingWord{"no MDC takes the main diagnosis", "没有 MDC 接收该主要诊断"},
    GroupingWord{"no rule holds", "没有规则成立"},
    GroupingWord{"the group has no level for this severity", "该 ADRG 没有对应严重程度的细分组"},
    GroupingWord{"the main diagnosis is excluded from grouping", "主要诊断不纳入分组"},
    GroupingWord{"the main procedure is unrelated to the main diagnosis",
                 "主要手术操作与主要诊断无关"},
    GroupingWord{"rows of different groups fit equally", "多个病种同等匹配"},
    GroupingWord{"there is no main diagnosis", "缺少主要诊断"},
    GroupingWord{"the main diagnosis is not in the code table", "主要诊断编码不在编码库中"},
    GroupingWord{"the main diagnosis is a grey code", "主要诊断为灰码"},
    GroupingWord{"this code may not be a main diagnosis", "该编码不可作主要诊断"},
    GroupingWord{"a diagnosis contradicts the sex", "诊断与性别不符"},
    GroupingWord{"a diagnosis contradicts the age", "诊断与年龄不符"}};
constexpr std::array<GroupingWord, 17> kShortfalls{
    GroupingWord{"", ""},
    GroupingWord{"the sex is another", "性别不符"},
    GroupingWord{"the age is outside or unknown", "年龄不符或未知"},
    GroupingWord{"the weight is outside or unknown", "体重不符或未知"},
    GroupingWord{"too few different body sites are injured", "创伤部位数不足"},
    GroupingWord{"the main procedure is no valid operation", "主要手术操作不在有效手术表中"},
    GroupingWord{"there is a valid operation", "存在有效手术"},
    GroupingWord{"the main diagnosis is not in its list", "主要诊断不在表中"},
    GroupingWord{"no diagnosis is in its list", "没有诊断在表中"},
    GroupingWord{"the main procedure is not in its list", "主要手术操作不在表中"},
    GroupingWord{"no procedure is in its list", "没有手术操作在表中"},
    GroupingWord{"no other diagnosis fits", "没有其他诊断匹配"},
    GroupingWord{"no procedure fits", "没有手术操作匹配"},
    GroupingWord{"no related procedure fits", "没有相关手术匹配"},
    GroupingWord{"it is for cases without procedures", "仅用于保守治疗"},
    GroupingWord{"the case is of another class", "病例的操作类别不同"},
    GroupingWord{"none of its ADRGs holds", "没有 ADRG 成立"}};

template <std::size_t N, class E>
std::string pick(const std::array<GroupingWord, N>& words, E value, Language language) {
    const GroupingWord& word = words[static_cast<std::size_t>(value)];
    return say(language, word.en, word.zh);
}

}  // namespace

std::string words_of(costing::group::GroupingStatus status, Language language) {
    return pick(kStatuses, status, language);
}

std::string words_of(costing::group::GroupLevel level, Language language) {
    return pick(kLevels, level, language);
}

std::string words_of(costing::group::GroupingReason reason, Language language) {
    return pick(kReasons, reason, language);
}

std::string words_of(costing::group::Shortfall why, Language language) {
    return pick(kShortfalls, why, language);
}

std::string reason_in_words(const std::string& reason, Language language) {
    const auto known = parse_word<costing::group::GroupingReason>(reason);
    return known ? words_of(*known, language) : reason;
}

FindingWords words_of_grouping(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case medical_code_malformed:
            return {
                "\"{0}\" is no code of ICD-10 or ICD-9-CM-3; write 1 to 20 characters of digits, "
                "capitals, x . + * (a cell: at most 8 codes joined by +, docs/grouping.md)",
                "\"{0}\" 不是 ICD-10 或 ICD-9-CM-3 编码; 请写 1 至 20 个数字、大写字母、x . + * "
                "(单元格内用 + 连接的编码至多 8 个, 见 docs/grouping.md)"};
        case catalogue_line_unknown:
            return {
                "\"{0}\" is no line that such a file is written with; correct it "
                "(docs/grouping.md)",
                "\"{0}\" 不是此类文件允许的行; 请更正 (见 docs/grouping.md)"};
        case catalogue_code_unknown:
            return {
                "the catalogue names {0}, which the code table doesn't have; correct the code, "
                "or name the right edition of the table",
                "目录中的 {0} 不在编码库中; 请更正编码, 或换用对应版本的编码库"};
        case catalogue_rows_overlap:
            return {
                "group {0} asks for exactly what group {1} of row {2} asks for; tell them "
                "apart, or let first_row or another key of priority decide",
                "病种 {0} 的条件与第 {2} 行病种 {1} 完全相同; 请加以区分, 或在 priority 中加入 "
                "first_row 等排序键"};
        case catalogue_rule_missing:
            return {"{0} has no rules in this catalogue; add them, or take the name out",
                    "本目录没有 {0} 的规则; 请补充, 或删去该名称"};
        case case_code_unknown:
            return {"{0} is not in the code table; correct the code (the case is grouped)",
                    "{0} 不在编码库中; 请更正编码 (病例仍参与分组)"};
        case case_code_grey:
            return {"the main procedure {0} is a grey code; choose a code that may be settled",
                    "主要手术操作 {0} 为灰码; 请改用可结算的编码"};
        case case_check_failed:
            return {"encounter {0} is not grouped: {1} {2}; correct the record",
                    "就诊 {0} 未分组: {1} {2}; 请更正病案"};
        case open_stay_not_in_hospital:
            return {"stay {0} is in open_stays.csv but is {1}; the row is not used",
                    "就诊 {0} 在 open_stays.csv 中, 但状态为 {1}; 该行未使用"};
        case detail_without_row:
            return {
                "stay {0} {1} has details but no row that they belong to; add the row (the detail "
                "is not used)",
                "就诊 {0} {1} 有补充信息, 但没有所属的行; 请补充该行 (补充信息未使用)"};
        case catalogue_path_outside:
            return {
                "{0} lies outside the rules folder; put the file into the catalogue's own folder, "
                "so that it is hashed and kept with the rules",
                "{0} 在规则文件夹之外; 请把文件放进目录自己的文件夹, 以便与规则一起计算哈希并保存"};
        case catalogue_groups_clash:
            return {
                "group {0} stands with different name, score, charge or days in catalogues {1} "
                "and {2}; make them equal, or give the groups different codes",
                "病组 {0} 在目录 {1} 与 {2} 中的名称、分值、费用或天数不同; 请统一, "
                "或改用不同编码"};
        case payer_without_catalogue:
            return {"no catalogue of grouping.toml is for payer {0}; name it, or \"*\"",
                    "grouping.toml 没有适用于付费方 {0} 的目录; 请写明该付费方或 \"*\""};
        case group_without_score:
            return {
                "{1} cases are in group {0}, which has no {2}; complete the catalogue's groups or "
                "its scores file",
                "有 {1} 例进入病组 {0}, 但该病组没有 {2}; 请在目录的病组表或 scores 文件中补全"};
        default:
            return {};
    }
}

}  // namespace yuanliu::cli
