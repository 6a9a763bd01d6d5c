// Why this file: options that take one of some words say the words, in help and in errors, and none
// of the numbers behind them; the words of --lang are the same for every command.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "server/text/language.hpp"

namespace yuanliu::cli {

inline const std::map<std::string, Language> kLanguages{{"zh", Language::zh}, {"en", Language::en}};

/// For Option::transform.
template <class T>
[[nodiscard]] CLI::Validator one_of(const std::map<std::string, T>& words) {
    std::string list;
    for (const auto& [word, value] : words) {
        list += (list.empty() ? "" : ", ") + word;
    }
    const auto take = [words, list](std::string& input) -> std::string {
        const auto found = words.find(input);
        if (found == words.end()) {
            return "'" + input + "' is not one of: " + list;
        }
        input = CLI::detail::value_string(found->second);
        return {};
    };
    return {take, list};
}

}  // namespace yuanliu::cli
