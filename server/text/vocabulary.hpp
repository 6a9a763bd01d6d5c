// Why this file: the closed words of the folders (fund sources, origins, classes …) in the words
// that a finance person uses, once, for everything that is printed.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "costing/base/collection_words.hpp"
#include "costing/base/money.hpp"
#include "costing/base/words.hpp"
#include "server/text/language.hpp"

namespace yuanliu {

/// Chinese words of an enum in the order of its enumerators; specialised below.
template <class E>
struct ChineseOf;

// clang-format off
#define YUANLIU_CHINESE(Enum, ...)                                                      \
    template <> struct ChineseOf<Enum> {                                                \
        static constexpr auto kWords = std::to_array<std::string_view>({__VA_ARGS__});  \
        static_assert(kWords.size() == WordsOf<Enum>::kWords.size());                   \
    };
YUANLIU_CHINESE(DepartmentClass, "公共", "行政后勤", "医疗辅助", "医疗技术", "临床服务", "不计入成本")
YUANLIU_CHINESE(CostCategory,
    "人员经费", "卫生材料", "药品", "固定资产折旧", "无形资产摊销", "提取医疗风险基金", "其他运行费用")
YUANLIU_CHINESE(FundSource, "自筹及财政基本", "财政项目", "非同级财政项目", "科研", "教学")
YUANLIU_CHINESE(Origin, "直接", "公共", "行政后勤", "医疗辅助", "医疗技术")
YUANLIU_CHINESE(PoolKind, "药品", "卫生材料", "服务项目")
YUANLIU_CHINESE(StayStatus, "门急诊", "出院", "在院", "以前月份出院")
YUANLIU_CHINESE(GroupingLevel,
    "核心病种 (手术操作)", "核心病种 (保守治疗)", "综合病种", "DRG", "先期分组", "并项", "诊断辅助细分", "基础规则",
    "核心病种")
YUANLIU_CHINESE(CompositeClass, "手术", "治疗性操作", "诊断性操作", "保守治疗")
YUANLIU_CHINESE(CaseStatus, "已入组", "未入组", "未编码")
YUANLIU_CHINESE(Deviation, "低倍率", "正常", "高倍率")
YUANLIU_CHINESE(PaymentBasis, "DIP", "未入组", "未编码", "按费用结算", "DRG", "其他支付方式", "门急诊")
YUANLIU_CHINESE(Measure, "成本当量", "费用", "项目动因", "床日", "诊次", "诊疗时间", "数量")
YUANLIU_CHINESE(MoveBy, "份额", "分摊参数", "计量", "薪酬", "工时", "资产卡片")
YUANLIU_CHINESE(ItemMethod,
    "成本当量法", "收入分配系数法", "操作时间/工作量系数法", "作业成本法", "床日法", "诊次法", "成本收入比法", "诊疗时间法")
#undef YUANLIU_CHINESE
// clang-format on

/// The word of an enumerator in the language.
template <class E>
[[nodiscard]] std::string name_in(Language language, E value) {
    return std::string(language == Language::zh
                           ? ChineseOf<E>::kWords[static_cast<std::size_t>(value)]
                           : word_of(value));
}

/// Replaces an English word of the list by its Chinese one; any other text stays.
template <class E>
void put_in_chinese(std::string& word) {
    if (const std::optional<E> value = parse_word<E>(word)) {
        word = name_in(Language::zh, *value);
    }
}

/// 1234567.89 -> "1,234,567.89".
[[nodiscard]] std::string grouped(std::string_view decimal);

/// A share at scale 4 as percent: 0.0017 -> "0.17 %".
[[nodiscard]] inline std::string percent(Rate share) {
    return format_decimal_trimmed(share.raw(), 2) + " %";
}

}  // namespace yuanliu
