// Why this file: the closed words of policies and of auxiliary catalogues in Chinese; apart from
// vocabulary.hpp, so that only who says them reads those modules.
#pragma once

#include <algorithm>

#include "costing/group/auxiliary.hpp"
#include "costing/pay/policy_pay.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu {

// clang-format off
template <> struct ChineseOf<costing::pay::PolicyBasis> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"区间", "无区间", "例外", "按费用比例", "床日", "零分值", "特例单议金额", "特例单议点数", "总额拆分"});
    static_assert(kWords.size() == WordsOf<costing::pay::PolicyBasis>::kWords.size());
};
template <> struct ChineseOf<costing::group::AuxiliaryKind> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"合并症指数", "严重程度", "肿瘤", "年龄", "重症监护"});
    static_assert(kWords.size() == WordsOf<costing::group::AuxiliaryKind>::kWords.size());
};
// clang-format on

/// Words of one list joined by `;` (`cci;age`), each in the language; what the list doesn't have
/// stays.
template <class E>
[[nodiscard]] std::string names_in(Language language, std::string_view joined) {
    std::string text;
    for (std::size_t begin = 0; begin < joined.size();) {
        const std::size_t end = std::min(joined.find(';', begin), joined.size());
        const std::string_view word = joined.substr(begin, end - begin);
        const std::optional<E> value = parse_word<E>(word);
        text += (text.empty()               ? ""
                 : language == Language::zh ? "、"
                                            : ", ") +
                (value ? name_in(language, *value) : std::string(word));
        begin = end + 1;
    }
    return text;
}

}  // namespace yuanliu
