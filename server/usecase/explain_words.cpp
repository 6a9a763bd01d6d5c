// Why this file: the catalogue of words of explanations; nothing else in the server words a rule of
// them.
#include "server/usecase/explain_words.hpp"

#include "server/text/vocabulary.hpp"

namespace yuanliu::usecase {
namespace {

struct Words {
    std::string_view word;  ///< stable
    std::string_view en;
    std::string_view zh;
};

// Each table is in the order of its enumerators; {0} is the node's first quantity.
// clang-format off
constexpr std::array kPartKinds{
    Words{"ledger", "ledger", "凭证"},
    Words{"excluded", "excluded", "不计入成本"},
    Words{"transfer", "received", "转入"},
    Words{"sent", "sent", "转出"},
    Words{"opening", "opening", "期初"},
    Words{"component", "component", "构成"},
    Words{"pool", "pool share", "成本池分得"},
    Words{"charge", "charge", "费用"},
    Words{"payment", "payment", "医保支付"},
    Words{"cost", "cost", "成本"},
    Words{"stay", "case", "病例"},
    Words{"share", "share", "应发"},
    Words{"withheld", "withheld", "扣留"},
    Words{"activity", "activity", "作业"},
    Words{"moved_in", "moved in", "重分类转入"},
    Words{"moved_out", "moved out", "重分类转出"},
};
constexpr std::array kRules{
    Words{"sum_of_parts", "", ""},
    Words{"full_cost", "full cost = booked + received + sent", "全成本 = 直接 + 分摊转入 + 分摊转出"},
    Words{"what_was_split", "what the department split in stage {0}", "本科室在第 {0} 阶段分摊出去的金额"},
    Words{"cost_that_patients_shared", "cost that {0} encounters shared; unallocated {1}", "由 {0} 个就诊分担的成本; 未分配 {1}"},
    Words{"stay_cost", "cost of the whole stay = opening + shares of pools", "全程成本 = 期初 + 各成本池分得"},
    Words{"month_cost_of_department", "this month's cost from one department", "本月由该科室承担的成本"},
    Words{"ledger_lines", "", ""},
    Words{"kept_out_by_account", "kept out of cost by the account's map: {0}", "科目映射规定不计入成本: {0}"},
    Words{"kept_out_by_department", "kept out of cost: the department's class is {0}", "本科室类别为{0}, 其凭证不计成本"},
    Words{"share_by_driver", "{0} × {1} {2} / {3}", "{0} × {1} {2} / {3}"},
    Words{"passed_on", "", ""},
    Words{"opening_of_stay", "of earlier months: explain it on the result of the month before", "以前月份的金额: 请对上月的结果查看来龙去脉"},
    Words{"share_of_pool", "{0} × {1} / {2}", "{0} × {1} / {2}"},
    Words{"share_of_category", "{0} × {1} / {2}, by nested prefixes (within 0.02)", "{0} × {1} / {2}, 按前缀拆分 (相差不超过 0.02)"},
    Words{"charge_lines", "charge lines of the month", "本月收费明细"},
    Words{"points_normal", "points {0} = {1} × {2}", "病例分值 {0} = {1} × {2}"},
    Words{"points_low", "points {0} = {1} × {2} × ({3} / {4})", "病例分值 {0} = {1} × {2} × ({3} / {4})"},
    Words{"points_high", "points {0} = {1} × {2} × ({3} / {4} − {5} + 1)", "病例分值 {0} = {1} × {2} × ({3} / {4} − {5} + 1)"},
    Words{"points_times_value", "{0} points × {1} yuan", "病例分值 {0} × 点值 {1} 元"},
    Words{"charge_times_ratio", "charge {0} × {1}", "费用 {0} × {1}"},
    Words{"payment_is_charge", "the payer pays charges", "付费方按费用结算"},
    Words{"payment_minus_charge", "payment − charge", "医保支付 − 费用"},
    Words{"payment_minus_cost", "payment − cost", "医保支付 − 成本"},
    Words{"sum_of_cases", "sum of {0} cases", "{0} 个病例合计"},
    Words{"case_points", "{0} points, {1}", "病例分值 {0}, {1}"},
    Words{"bonus_paid", "paid = share − withheld", "实发 = 应发 − 扣留"},
    Words{"share_by_weight", "{0} × {1} / {2}", "{0} × {1} / {2}"},
    Words{"withheld_by_gates", "smallest factor of the gates {0}", "各门槛的最小系数 {0}"},
    Words{"cost_of_activity", "used {0} + idle {1} + unallocated {2}; use {3}", "已用 {0} + 闲置 {1} + 未分配 {2}; 用量 {3}"},
    Words{"cost_of_activity_with_capacity", "used {0} + idle {1} + unallocated {2}; use {3} / {4}", "已用 {0} + 闲置 {1} + 未分配 {2}; 用量 {3} / {4}"},
    Words{"share_by_move", "{0} × {1} {2} / {3}", "{0} × {1} {2} / {3}"},
    Words{"moved_away", "", ""},
    Words{"paid_by_policy", "policy {0}, {1}: {2}", "支付政策 {0}, {1}: {2}"},
    Words{"corrected_normal", "points {0} = {1} × {2} × {7}", "病例分值 {0} = {1} × {2} × {7}"},
    Words{"corrected_low", "points {0} = {1} × {2} × {7} × ({3} / {4})", "病例分值 {0} = {1} × {2} × {7} × ({3} / {4})"},
    Words{"corrected_high", "points {0} = {1} × {2} × {7} × ({3} / {4} − {5} + 1)", "病例分值 {0} = {1} × {2} × {7} × ({3} / {4} − {5} + 1)"},
};
constexpr std::array kQuantities{
    Words{"pool", "pool", "待分金额"},
    Words{"driver", "driver", "分摊参数"},
    Words{"base", "base", "分摊基数"},
    Words{"base_total", "base total", "基数合计"},
    Words{"stage", "stage", "阶段"},
    Words{"origin", "origin", "来源层"},
    Words{"fund_source", "fund source", "资金来源"},
    Words{"cost_item", "cost item", "成本项目"},
    Words{"weight", "weight", "权重"},
    Words{"weight_total", "weight total", "权重合计"},
    Words{"entries", "encounters", "就诊数"},
    Words{"unallocated", "unallocated", "未分配"},
    Words{"status", "status", "状态"},
    Words{"amount", "amount", "金额"},
    Words{"reason", "reason", "原因"},
    Words{"group", "group", "病种组"},
    Words{"level", "level", "层级"},
    Words{"deciding_codes", "deciding codes", "入组编码"},
    Words{"rw", "RW", "RW"},
    Words{"score", "score", "分值"},
    Words{"hospital_coefficient", "hospital coefficient", "医院系数"},
    Words{"charge", "charge", "费用"},
    Words{"reference_charge", "reference charge", "次均费用标准"},
    Words{"high_ratio", "high ratio", "高倍率界限"},
    Words{"deviation", "deviation", "费用偏差"},
    Words{"points", "points", "病例分值"},
    Words{"point_value", "point value", "点值"},
    Words{"ratio", "ratio", "比例"},
    Words{"cases", "cases", "例数"},
    Words{"index", "index", "绩效指数"},
    Words{"size", "size", "人员系数合计"},
    Words{"indicator", "indicator", "指标"},
    Words{"gate", "gate", "门槛"},
    Words{"factor", "factor", "系数"},
    Words{"released", "released", "发放总额"},
    Words{"activity", "activity", "作业"},
    Words{"measure", "measure", "计量"},
    Words{"item_driver", "item driver", "项目动因"},
    Words{"use", "use", "用量"},
    Words{"practical_capacity", "practical capacity", "实际产能"},
    Words{"used_cost", "used", "已用成本"},
    Words{"idle_cost", "idle", "闲置成本"},
    Words{"move", "move", "重分类规则"},
    Words{"divided_by", "divided by", "分配依据"},
    Words{"policy", "policy", "支付政策"},
    Words{"policy_rule", "rule", "规则"},
    Words{"formula", "formula", "算式"},
    Words{"coefficient", "coefficient", "系数"},
    Words{"standard", "standard", "支付标准"},
    Words{"adjustment", "adjustment", "调整"},
    Words{"auxiliary_coefficient", "auxiliary coefficient", "辅助系数"},
    Words{"auxiliary_unused", "auxiliary coefficient (not used for the payment)", "辅助系数（未用于支付）"},
    Words{"auxiliary_reason", "by", "依据"},
};
constexpr std::array kNouns{
    Words{"department", "department", "科室"},
    Words{"cost_item", "cost item", "成本项目"},
    Words{"fund_source", "fund source", "资金来源"},
    Words{"origin", "origin", "成本来源层"},
    Words{"transfer", "transfer", "分摊"},
    Words{"pool", "pool", "成本池"},
    Words{"encounter", "encounter", "就诊"},
    Words{"cost_category", "cost category", "成本类别"},
    Words{"group", "group", "病种组"},
    Words{"basis", "basis", "付费类别"},
    Words{"figure", "figure", "数字"},
    Words{"paid_case", "discharged case", "出院病例"},
    Words{"bonus", "bonus of", "绩效核算单元"},
};
constexpr std::array kFigures{
    Words{"charge", "charge", "费用"},
    Words{"payment", "payment", "医保支付"},
    Words{"cost", "cost", "成本"},
    Words{"policy_margin", "policy margin", "政策盈亏"},
    Words{"real_margin", "real margin", "实际盈亏"},
};
// clang-format on

static_assert(kPartKinds.size() == static_cast<std::size_t>(PartKind::moved_out) + 1);
static_assert(kRules.size() == static_cast<std::size_t>(Rule::corrected_high) + 1);
static_assert(kQuantities.size() == static_cast<std::size_t>(QuantityName::auxiliary_reason) + 1);
static_assert(kNouns.size() == static_cast<std::size_t>(CellNoun::bonus) + 1);
static_assert(kFigures.size() == WordsOf<Figure>::kWords.size());

template <std::size_t kCount, class E>
const Words& words(const std::array<Words, kCount>& table, E value) {
    return table[static_cast<std::size_t>(value)];
}

std::string said(Language language, const Words& words) {
    return std::string(language == Language::zh ? words.zh : words.en);
}

}  // namespace

std::string_view word_of(PartKind kind) {
    return words(kPartKinds, kind).word;
}

std::string_view word_of(Rule rule) {
    return words(kRules, rule).word;
}

std::string_view word_of(QuantityName name) {
    return words(kQuantities, name).word;
}

std::string name_in(Language language, PartKind kind) {
    return said(language, words(kPartKinds, kind));
}

std::string name_in(Language language, QuantityName name) {
    return said(language, words(kQuantities, name));
}

std::string name_in(Language language, CellNoun noun) {
    return said(language, words(kNouns, noun));
}

std::string text_in(Language language, const Word& word) {
    return std::visit(
        [&](const auto& value) -> std::string {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, std::string>) {
                return value;
            } else if constexpr (std::is_same_v<Value, SaidText>) {
                return language == Language::zh ? value.zh : value.word;
            } else if constexpr (std::is_same_v<Value, Money>) {
                return grouped(value.text());
            } else if constexpr (std::is_same_v<Value, Figure>) {
                return said(language, words(kFigures, value));
            } else {
                return yuanliu::name_in(language, value);
            }
        },
        word);
}

std::string label_in(Language language, const ExplanationNode& node) {
    std::string text;
    for (const Word& word : node.label) {
        text += (text.empty() ? "" : " · ") + text_in(language, word);
    }
    return text.empty() ? name_in(language, node.kind) : text;
}

std::string formula_in(Language language, const ExplanationNode& node) {
    const std::string pattern = said(language, words(kRules, node.rule));
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{') {
            text.push_back(pattern[i]);
            continue;
        }
        const auto slot = static_cast<std::size_t>(pattern[i + 1] - '0');
        text += text_in(language, node.quantities.at(slot).value);
        i += 2;
    }
    return text;
}

std::string near_in(Language language, const CellError& error) {
    std::string text;
    for (const std::string& code : error.near) {
        text += (text.empty() ? "" : ", ") + code;
    }
    if (text.empty()) {
        return text;
    }
    return (language == Language::zh ? "; 相近的有: " : "; near it: ") + text;
}

}  // namespace yuanliu::usecase
