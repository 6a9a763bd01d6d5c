// Why this file: rules of several files pick departments and words of closed lists in the same way;
// a name that can never match is refused here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/intake/rule_table.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::intake {

/// "class:NAME" must name a class of departments.
void check_classes(RuleTable& table, std::string_view key, const std::vector<std::string>& names);

/// Each must be "*" or a word of the list.
template <class E>
void check_words(RuleTable& table, std::string_view key, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        if (word == "*" || parse_word<E>(word)) {
            continue;
        }
        std::string known = "*";
        for (const std::string_view one : WordsOf<E>::kWords) {
            known += ", ";
            known += one;
        }
        table.report(FindingCode::word_unknown, key, {text::shown(word), known});
    }
}

}  // namespace yuanliu::intake
