// Why this file: see code_pattern.hpp.
#include "server/catalogue/code_pattern.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace yuanliu::catalogue {
namespace {

bool is_code_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_code_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

std::size_t digits_at(std::string_view text, std::size_t at, std::size_t most) {
    std::size_t count = 0;
    while (count < most && at + count < text.size() && is_code_digit(text[at + count])) {
        ++count;
    }
    return count;
}

/// A point with one to four digits, and then maybe an extension: how many characters; 0 = none.
std::size_t decimals_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || text[at] != '.') {
        return 0;
    }
    const std::size_t digits = digits_at(text, at + 1, 4);
    if (digits == 0) {
        return 0;
    }
    const std::size_t end = at + 1 + digits;
    const bool is_extended =
        end < text.size() && text[end] == 'x' && digits_at(text, end + 1, 3) == 3;
    return 1 + digits + (is_extended ? 4 : 0);
}

/// A letter, two digits, decimals.
std::size_t diagnosis_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || !is_code_capital(text[at]) || digits_at(text, at + 1, 2) != 2) {
        return 0;
    }
    return 3 + decimals_at(text, at + 3);
}

/// Two digits and decimals; several joined by a plus.
std::size_t procedure_at(std::string_view text, std::size_t at) {
    std::size_t length = 0;
    while (digits_at(text, at + length, 2) == 2) {
        length += 2;
        length += decimals_at(text, at + length);
        if (at + length >= text.size() || text[at + length] != '+') {
            return length;
        }
        ++length;
    }
    return 0;
}

}  // namespace

std::optional<CodePattern> CodePattern::parse(std::string_view pattern) {
    constexpr std::array<std::pair<std::string_view, Part>, 4> kParts{
        {{"diagnosis", Part::diagnosis},
         {"procedure", Part::procedure},
         {"letter", Part::letter},
         {"serial", Part::serial}}};
    CodePattern parsed;
    while (!pattern.empty()) {
        if (pattern.front() != '{') {
            parsed.tokens_.push_back({.part = Part::literal, .literal = pattern.front()});
            pattern.remove_prefix(1);
            continue;
        }
        const std::size_t end = pattern.find('}');
        const auto* found = std::find_if(kParts.begin(), kParts.end(), [&](const auto& part) {
            return end != std::string_view::npos && part.first == pattern.substr(1, end - 1);
        });
        if (found == kParts.end()) {
            return std::nullopt;
        }
        parsed.tokens_.push_back({.part = found->second, .literal = ' '});
        pattern.remove_prefix(end + 1);
    }
    return parsed;
}

std::optional<GroupCodeParts> CodePattern::match(std::string_view code) const {
    GroupCodeParts parts;
    std::size_t at = 0;
    for (const Token& token : tokens_) {
        std::size_t length = 0;
        switch (token.part) {
            case Part::literal:
                length = at < code.size() && code[at] == token.literal ? 1 : 0;
                break;
            case Part::diagnosis:
                length = diagnosis_at(code, at);
                parts.diagnosis = std::string(code.substr(at, length));
                break;
            case Part::procedure:
                length = procedure_at(code, at);
                parts.procedure = std::string(code.substr(at, length));
                break;
            case Part::letter:
                length = at < code.size() && is_code_capital(code[at]) ? 1 : 0;
                parts.letter = std::string(code.substr(at, length));
                break;
            case Part::serial:
                length = digits_at(code, at, code.size());
                break;
        }
        if (length == 0) {
            return std::nullopt;
        }
        at += length;
    }
    return at == code.size() ? std::optional(parts) : std::nullopt;
}

}  // namespace yuanliu::catalogue
