// Why this file: some findings carry an inner code (what exactly is wrong with a manifest or a
// rule); people must read words in its place, in their language. An inner code without words is
// shown as it is; tests/e2e/bad_input_test.py finds those.
#include <algorithm>
#include <array>
#include <span>

#include "server/cli/finding_report.hpp"
#include "server/cli/finding_words.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::cli {
namespace {

struct Phrase {
    std::string_view code;
    std::string_view en;
    std::string_view zh;
};

// {1} is the second argument of the finding: the value or type that was found.
// clang-format off
constexpr std::array kManifestPhrases{
    Phrase{"key_missing", "this key is missing; add it", "缺少此项, 请补充"},
    Phrase{"key_unknown", "there is no key \"{1}\"; correct its name or remove it", "没有名为 \"{1}\" 的项, 请更正名称或删除"},
    Phrase{"string_expected", "a text in double quotes belongs here, not {1}", "此处应为双引号括起的文本, 而不是 {1}"},
    Phrase{"integer_expected", "a whole number belongs here, not {1}", "此处应为整数, 而不是 {1}"},
    Phrase{"object_expected", "an object in braces belongs here", "此处应为大括号括起的对象"},
    Phrase{"value_malformed", "\"{1}\" is not written as this key needs it", "\"{1}\" 不符合此项的写法"},
    Phrase{"schema_unknown", "the schema \"{1}\" is not the one that this program reads", "本程序不识别 schema \"{1}\""},
    Phrase{"not_json", "the text is not JSON from here on ({1}); look for a missing comma or quote", "从此处起不是 JSON ({1}), 请检查逗号和引号"},
    Phrase{"table_unknown", "there is no table \"{1}\"; write a file name without .csv", "没有名为 \"{1}\" 的表, 请写不带 .csv 的文件名"},
    Phrase{"feed_state_unknown", "{1} is no state; write \"final\", \"estimated\" or \"not_arrived\"", "{1} 不是来源状态, 请写 \"final\"、\"estimated\" 或 \"not_arrived\""},
};
constexpr std::array kRulePhrases{
    Phrase{"schema_unknown", "the schema \"{1}\" is not the one that this program reads", "本程序不识别 schema \"{1}\""},
    Phrase{"not_toml", "the text is not TOML here ({1}); look for a missing quote or bracket", "此处不是 TOML ({1}), 请检查引号和括号"},
    Phrase{"string_expected", "a text in double quotes belongs here, not {1}", "此处应为双引号括起的文本, 而不是{1}"},
    Phrase{"decimal_expected", "a decimal in double quotes belongs here, not {1}", "此处应为双引号括起的小数, 而不是{1}"},
    Phrase{"array_expected", "a list in square brackets belongs here, not {1}", "此处应为方括号括起的列表, 而不是{1}"},
    Phrase{"months_rising_expected", "the ends of the buckets are whole months, rising; \"{1}\" is not above the one before", "账龄分段须为递增的整月数, \"{1}\" 不大于前一项"},
    Phrase{"profile_unknown", "there is no [[profile]] \"{1}\" above; add it or correct the name", "前面没有名为 \"{1}\" 的 [[profile]], 请补充或更正名称"},
    Phrase{"array_empty", "the list is empty; name at least one", "列表为空, 请至少列出一项"},
    Phrase{"boolean_expected", "true or false belongs here, without quotes, not {1}", "此处应为不带引号的 true 或 false, 而不是{1}"},
    Phrase{"table_expected", "a table belongs here, not {1}", "此处应为表, 而不是{1}"},
    Phrase{"array_of_tables_expected", "this is written as sections in double brackets, one for each entry, not as {1}", "应写成双方括号的小节, 每项一节, 而不是{1}"},
    Phrase{"type_not_allowed", "{1} can't stand here; write a text in double quotes", "此处不能写{1}, 请写双引号括起的文本"},
    Phrase{"value_blank", "the text is blank; fill it in", "文本为空, 请填写"},
    Phrase{"control_character", "\"{1}\" has a control character; remove it", "\"{1}\" 含控制字符, 请删除"},
    Phrase{"full_at_equals_zero_at", "full_at and zero_at are both {1}, so no value can be scored; set one of them apart", "full_at 与 zero_at 同为 {1}, 无法计分, 请改其一"},
    Phrase{"integer_expected", "a whole number belongs here, without quotes, not {1}", "此处应为不带引号的整数, 而不是{1}"},
    Phrase{"until_before_from", "until ({1}) is before from, so the rule would never hold; correct one of them", "until ({1}) 早于 from, 规则永不生效, 请更正其一"},
    Phrase{"tier_count", "{1} values stand here for {2} tiers; write one value, or one for each tier", "此处有 {1} 个值, 而分档为 {2} 档; 请写一个值, 或每档一个"},
    Phrase{"exception_without_condition", "it has no condition, so nothing else would ever hold; write days, leave or ratio", "没有任何条件, 其余规则将永不生效; 请写 days、leave 或 ratio 条件"},
    Phrase{"charge_share_alone", "a class with charge_share is paid so and nothing else; remove it or the other rules", "带 charge_share 的类别只按费用比例支付; 请删去它或其他规则"},
    Phrase{"plain_with_bands", "plain means without bands; remove plain or the bands", "plain 表示无区间; 请删去 plain 或区间"},
    Phrase{"coefficient_unused", "{1} is not among `coefficients`, so it would do nothing; add it there, or remove it", "{1} 不在 coefficients 中, 不会生效; 请加入或删除"},
    Phrase{"bands_without_score", "bands have no meaning with kind \"{1}\"; remove them", "kind = \"{1}\" 时区间没有意义; 请删除"},
    Phrase{"delimiter_malformed", "\"{1}\" is no delimiter; write one character, such as , or ;", "\"{1}\" 不是分隔符; 请写一个字符, 例如逗号或分号"},
    Phrase{"columns_share_name", "the columns {1} are one and the same; name each table column once", "{1} 指向同一列; 每一列请只写一次"},
    Phrase{"at_least_and_at_most", "a gate has at_least or at_most, not both; remove one", "门槛只能有 at_least 或 at_most 之一, 请删去一个"},
};
constexpr std::array kAnalysisPhrases{
    Phrase{"threshold_expected", "\"{1}\" is no threshold; write \"median\" or a decimal in double quotes", "\"{1}\" 不是界线; 请写 \"median\" 或双引号括起的小数"},
    Phrase{"bands_begin_at_zero", "the first band begins at {1}; let it begin at \"0\"", "第一个权重段从 {1} 开始, 请从 \"0\" 开始"},
    Phrase{"band_gap", "the band begins at {1}, above the end of the one before; weights between have no band, so close the gap", "本段从 {1} 开始, 高于上一段的终点, 其间的权重无所属; 请补上缺口"},
    Phrase{"band_overlap", "the band begins at {1}, below the end of the one before; weights would be in two bands, so move one of them", "本段从 {1} 开始, 低于上一段的终点, 有权重同属两段; 请更正其一"},
    Phrase{"band_empty", "the band ends at {1}, where it begins or before; correct one of them", "本段终点 {1} 不高于起点, 请更正其一"},
    Phrase{"last_band_open", "the last band ends at {1}, so heavier cases have no band; remove its to", "最后一段止于 {1}, 更重的病例无所属; 请删去其 to"},
    Phrase{"give_up_above_bring_in", "give_up_margin_rate ({1}) is not below bring_in_margin_rate, so a group could be both; correct one of them", "give_up_margin_rate ({1}) 不低于 bring_in_margin_rate, 病组会两者皆是; 请更正其一"},
};
constexpr std::array kMethodPhrases{
    Phrase{"passes_without_iterative", "passes belongs to method \"iterative\" only; remove it, or set the method", "passes 仅用于 method = \"iterative\"; 请删除, 或改方法"},
    Phrase{"iterative_without_passes", "method \"iterative\" needs passes, from 1 to 1000", "method = \"iterative\" 须写 passes (1 至 1000)"},
    Phrase{"self_service_without_reciprocal", "self_service belongs to method \"reciprocal\" only; remove it, or set the method", "self_service 仅用于 method = \"reciprocal\"; 请删除, 或改方法"},
    Phrase{"keep_needs_step", "negative_balances = \"keep\" goes with methods \"outward\" and \"sequential\" only; set \"send\", or one of these", "negative_balances = \"keep\" 仅适用于 \"outward\" 与 \"sequential\"; 请改为 \"send\" 或换用这两种方法"},
    Phrase{"by_class_needs_origin", "a clinical department sends, but its class is no origin; name the stage by an origin", "有临床科室分出, 而其类别不是成本来源层; 请为该阶段指定来源层"},
};
constexpr std::array kFormulaPhrases{
    Phrase{"code_taken", "its code is that of another driver; choose a new one", "编码与其他参数相同, 请换一个"},
    Phrase{"no_terms", "it has no terms; write at least one", "没有任何项, 请至少写一项"},
    Phrase{"terms_mixed", "some terms are shares and some are not; make all of them the same", "各项中 share 不一致, 请统一"},
    Phrase{"factor_negative", "a factor is negative; write one of 0 or more", "系数为负, 请写 0 或正数"},
    Phrase{"share_of_several", "a share is of one driver; name one", "share 项只能写一个参数"},
    Phrase{"product_of_several", "a term is of one driver or the product of two; name at most two", "一项最多为两个参数之积, 请至多写两个"},
    Phrase{"made_of_made", "a term names a driver that is itself made of others; name drivers of drivers.csv", "某项引用了另一个组合参数, 请只引用 drivers.csv 中的参数"},
};
constexpr std::array kPolicyEnds{
    Phrase{"last_has_end", "the last one ends at {1}, so nothing stands above it; remove its `to`, or add one without", "最后一段止于 {1}, 其上无规则; 请删去其 to, 或补一段不带 to 的"},
    Phrase{"end_missing", "it has no `to` although others follow; write its upper end", "其后还有区间, 却没有 to; 请写上限"},
    Phrase{"not_above", "its end {1} is not above the end before, {2}; order the ends upward", "上限 {1} 不高于前一上限 {2}; 请由低到高排列"},
};
constexpr std::array kPayFaults{
    Phrase{"class_unknown", "its class \"{2}\" has no [[class]] in the policy; add it, or correct the class", "类别 \"{2}\" 在政策文件中没有 [[class]]; 请补充, 或更正类别"},
    Phrase{"score_missing", "it has no score above 0; fill in `score`, or give a table", "没有大于 0 的分值; 请填写 score, 或提供支付表"},
    Phrase{"reference_missing", "it has no reference charge above 0; fill in `reference_charge`", "没有大于 0 的次均费用标准; 请填写 reference_charge"},
    Phrase{"value_missing", "there is no point value or rate above 0; write `value` in the policy or the case, or give --value", "没有大于 0 的点值或费率; 请在政策或病例中填写 value, 或用 --value"},
    Phrase{"days_missing", "its days are needed; fill in `days`", "需要住院日; 请填写 days"},
    Phrase{"level_missing", "the hospital's level is needed; fill in `level`", "需要医院级别; 请填写 level"},
    Phrase{"coefficient_missing", "a coefficient that the policy names is neither in [coefficient] nor in the case; state it", "政策所列的系数既不在 [coefficient] 也不在病例中; 请填写"},
    Phrase{"out_of_bounds", "its figures are too large; look for one in the wrong unit", "数值过大; 请查找单位有误的数"},
};
constexpr std::array kTypes{
    Phrase{"table", "a table", "表"}, Phrase{"array", "a list", "列表"}, Phrase{"string", "a text", "文本"},
    Phrase{"integer", "a whole number", "整数"}, Phrase{"float", "a decimal without quotes", "不带引号的小数"},
    Phrase{"boolean", "true or false", "true 或 false"}, Phrase{"date", "a date or time", "日期或时间"},
};
constexpr std::array kClaims{
    Phrase{"rows", "the number of rows", "行数"}, Phrase{"sha256", "the SHA-256", "SHA-256"}, Phrase{"file", "the file", "文件"},
};
constexpr std::array kSystemReasons{
    Phrase{"No such file or directory", "it is not in the folder", "文件夹中没有此文件"},
    Phrase{"Permission denied", "no right to read it", "无读取权限"},
    Phrase{"Is a directory", "it is a folder", "它是文件夹"},
    Phrase{"not a regular file", "it is not a plain file", "它不是普通文件"},
    Phrase{"Too many levels of symbolic links", "its link leads in a circle", "链接循环"},
    Phrase{"Input/output error", "the disk does not give it", "磁盘读取失败"},
};
constexpr std::array kNotArrived{
    Phrase{"file_ignored", "its file is there, but is not read: if it is good, set the feed to \"final\"", "文件存在但未读取: 若可用, 请将该来源改为 \"final\""},
    Phrase{"no_file", "no cost and no use comes from it", "不产生任何成本与用量"},
};
// clang-format on

std::string_view phrase_in(std::span<const Phrase> phrases, std::string_view code,
                           Language language) {
    const auto found = std::find_if(phrases.begin(), phrases.end(),
                                    [&](const Phrase& phrase) { return phrase.code == code; });
    if (found == phrases.end()) {
        return code;
    }
    return language == Language::zh ? found->zh : found->en;
}

/// Replaces an argument by its words, which may use the arguments so far.
void spell(std::vector<std::string>& arguments, std::size_t at, std::span<const Phrase> phrases,
           Language language) {
    if (at < arguments.size()) {
        arguments[at] = filled(phrase_in(phrases, arguments[at], language), arguments);
    }
}

template <class E>
void put_in_chinese_at(std::vector<std::string>& arguments, std::size_t at) {
    if (at < arguments.size()) {
        put_in_chinese<E>(arguments[at]);
    }
}

/// ", 财政项目" after an account; nothing for an account as a whole.
void spell_fund(std::vector<std::string>& arguments, Language language) {
    if (arguments.size() > 1 && !arguments[1].empty()) {
        if (language == Language::zh) {
            put_in_chinese_at<FundSource>(arguments, 1);
        }
        arguments[1].insert(0, " (").append(")");
    }
}

/// The vouchers to look at first, or that none stands out.
void spell_vouchers(std::vector<std::string>& arguments, Language language) {
    if (arguments.size() > 5) {
        const bool is_zh = language == Language::zh;
        arguments[5] =
            arguments[5].empty()
                ? (is_zh ? "没有单笔或两笔凭证能解释" : "no one or two vouchers explain it")
                : (is_zh ? "请先看凭证 " : "look at vouchers first: ") + arguments[5];
    }
}

/// Words of the closed lists that stand as arguments: status, pool, category, stage, class.
void put_words_in_chinese(FindingCode code, std::vector<std::string>& arguments) {
    switch (code) {
        case FindingCode::discharge_record_unexpected:
        case FindingCode::opening_stay_not_in_hospital:
        case FindingCode::open_stay_not_in_hospital:
            put_in_chinese_at<StayStatus>(arguments, 1);
            break;
        case FindingCode::pool_without_volume:
        case FindingCode::lines_without_pool:
        case FindingCode::weight_overflow:
            put_in_chinese_at<PoolKind>(arguments, 1);
            break;
        case FindingCode::traced_cost_exceeds:
            put_in_chinese_at<FundSource>(arguments, 2);
            break;
        case FindingCode::item_not_service:
            put_in_chinese_at<PoolKind>(arguments, 1);
            break;
        case FindingCode::plan_rule_missing:
        case FindingCode::driver_total_is_zero:
        case FindingCode::driver_fell_back:
            put_in_chinese_at<CostCategory>(arguments, 1);
            put_in_chinese_at<Origin>(arguments, 2);
            break;
        case FindingCode::plan_receiver_is_closed:
        case FindingCode::plan_sender_twice:
            put_in_chinese_at<Origin>(arguments, 1);
            break;
        case FindingCode::plan_receivers_empty:
        case FindingCode::plan_stage_order:
        case FindingCode::plan_method_invalid:
        case FindingCode::plan_rounding_needs_step:
        case FindingCode::iteration_residual:
        case FindingCode::reciprocal_out_of_bounds:
            put_in_chinese_at<Origin>(arguments, 0);
            break;
        case FindingCode::plan_loop_closed:
        case FindingCode::plan_cannot_move:
            put_in_chinese_at<CostCategory>(arguments, 1);
            break;
        case FindingCode::driver_term_is_zero:
            put_in_chinese_at<Origin>(arguments, 3);
            break;
        case FindingCode::plan_does_not_close:
            put_in_chinese_at<DepartmentClass>(arguments, 1);
            break;
        default:
            break;
    }
    if (code == FindingCode::weight_overflow && !arguments.empty() && arguments[0] == "bonus") {
        arguments[0] = "奖金";
    }
}

struct PhraseWords {
    std::string_view en;
    std::string_view zh;
};

/// Words for a special case of a code, where its usual words would mislead; blank = the usual ones.
PhraseWords variant_of(const Finding& finding) {
    const std::vector<std::string>& arguments = finding.arguments;
    const auto is = [&](std::size_t at, std::string_view text) {
        return at < arguments.size() && arguments[at] == text;
    };
    switch (finding.code) {
        case FindingCode::raw_file_differs:
            if (is(0, "file") && is(2, "No such file or directory")) {
                return {
                    "the manifest lists {1}, but it is not in the folder; add it, or export the "
                    "manifest anew",
                    "清单列有 {1}, 但文件夹中没有; 请补上, 或重新导出清单"};
            }
            if (is(0, "file")) {
                return {"the manifest lists {1}, but it can't be read ({2}); check it",
                        "清单列有 {1}, 但无法读取 ({2}); 请检查"};
            }
            break;
        case FindingCode::file_unreadable:
            if (is(0, "No such file or directory")) {
                return {"the file is not in the folder; add it", "文件夹中没有此文件; 请补齐"};
            }
            break;
        case FindingCode::number_malformed:
            if (is(0, "-")) {
                return {"\"-\" is not a number; write 0 for zero", "\"-\" 不是数; 零请写 0"};
            }
            break;
        case FindingCode::prior_period_differs:
            if (finding.where.column == "hospital") {
                return {
                    "prior/ is of hospital {0}, but this month is of {1}; copy closing/ of this "
                    "hospital's month before",
                    "prior/ 属于医院 {0}, 本月属于 {1}; 请复制本院上月结果的 closing/"};
            }
            break;
        case FindingCode::case_not_payable:
            if (arguments.size() > 4) {
                return {"policy {3} can't pay {4} cases, the first {0}: {1}",
                        "政策 {3} 有 {4} 例无法计算支付, 首例 {0}: {1}"};
            }
            break;
        case FindingCode::field_count_wrong:
            if (is(1, "1")) {
                return {
                    "the row has {1} field, the header {0}; if it is a blank line, delete it, else "
                    "write all fields",
                    "本行只有 {1} 个字段, 表头有 {0} 个; 若为空行请删除, 否则请补全各字段"};
            }
            break;
        case FindingCode::rule_decimal_not_quoted:
            if (arguments.size() > 1 && !arguments[1].empty() &&
                arguments[1].find_first_not_of("+-.0123456789eE_") == std::string::npos) {
                return {"{1} stands without quotes and would lose digits; write it as \"{1}\"",
                        "{1} 未加引号, 会丢失位数; 请写成 \"{1}\""};
            }
            break;
        default:
            break;
    }
    return {};
}

/// The same, for findings of the plan.
PhraseWords plan_variant_of(const Finding& finding) {
    switch (finding.code) {
        case FindingCode::plan_receivers_empty:
            if (finding.arguments.size() > 1) {
                return {
                    "rule {1} of stage {0} leaves no receiving department of the stage; name some "
                    "of its receivers",
                    "阶段 {0} 第 {1} 条规则限定后没有可接收的科室; 请从该阶段的接收科室中指定"};
            }
            break;
        case FindingCode::weight_overflow:
            if (finding.where.file == "allocation.toml") {
                return {
                    "the readings of driver {0} are too large in sum for sender {1}; look for a "
                    "reading or a factor in the wrong unit",
                    "分摊参数 {0} 对科室 {1} 的读数总和过大; 请查找单位有误的读数或系数"};
            }
            break;
        default:
            break;
    }
    return {};
}

}  // namespace

std::string pay_fault_in_words(const std::string& fault, Language language) {
    // The only blank of these phrases is a class, which no case of a month states.
    return filled(phrase_in(kPayFaults, fault, language), {"", "", ""});
}

std::vector<std::string> spelled_out(const Finding& finding, Language language) {
    std::vector<std::string> arguments = finding.arguments;
    switch (finding.code) {
        case FindingCode::manifest_malformed:
        case FindingCode::prior_malformed:
            spell(arguments, 0, kManifestPhrases, language);
            break;
        case FindingCode::rule_malformed:
            if (arguments.size() > 1 &&
                (arguments[0].ends_with("_expected") || arguments[0] == "type_not_allowed")) {
                spell(arguments, 1, kTypes, language);
            }
            spell(arguments, 0, kRulePhrases, language);
            spell(arguments, 0, kAnalysisPhrases, language);
            break;
        case FindingCode::policy_ends_broken:
            spell(arguments, 0, kPolicyEnds, language);
            break;
        case FindingCode::case_not_payable:
            spell(arguments, 1, kPayFaults, language);
            break;
        case FindingCode::plan_method_invalid:
            spell(arguments, 1, kMethodPhrases, language);
            break;
        case FindingCode::driver_formula_invalid:
            spell(arguments, 1, kFormulaPhrases, language);
            break;
        case FindingCode::ledger_differs_from_balance:
            spell_vouchers(arguments, language);
            [[fallthrough]];
        case FindingCode::ledger_difference_accepted:
        case FindingCode::accepted_difference_unused:
            spell_fund(arguments, language);
            break;
        case FindingCode::raw_file_differs:
            spell(arguments, 0, kClaims, language);
            spell(arguments, 2, kSystemReasons, language);
            break;
        case FindingCode::file_unreadable:
            spell(arguments, 0, kSystemReasons, language);
            break;
        case FindingCode::feed_not_arrived:
            spell(arguments, 1, kNotArrived, language);
            break;
        case FindingCode::case_check_failed:
            if (arguments.size() > 1) {
                arguments[1] = reason_in_words(arguments[1], language);
            }
            break;
        case FindingCode::quality_rule_misused:
            arguments[0] = misuse_in_words(arguments[0], language);
            break;
        default:
            break;
    }
    if (language == Language::zh) {
        put_words_in_chinese(finding.code, arguments);
    }
    return arguments;
}

std::string words_of(const Finding& finding, Language language) {
    const PhraseWords special = variant_of(finding);
    const PhraseWords words = special.en.empty() ? plan_variant_of(finding) : special;
    const std::string_view variant = language == Language::zh ? words.zh : words.en;
    return filled(variant.empty() ? template_of(finding.code, language) : variant,
                  spelled_out(finding, language));
}

}  // namespace yuanliu::cli
