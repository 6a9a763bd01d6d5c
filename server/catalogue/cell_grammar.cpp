// Why this file: see cell_grammar.hpp.
#include "server/catalogue/cell_grammar.hpp"

#include <string>
#include <vector>

namespace yuanliu::catalogue {
namespace {

using costing::group::Cell;
using costing::group::CellAlternative;
using costing::group::CellCode;
using costing::group::MedicalCode;

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

/// A plus before a code that ends with an asterisk belongs to the code before it.
void join_asterisks(std::vector<std::string>& parts) {
    for (std::size_t i = 1; i < parts.size();) {
        if (parts[i].ends_with('*')) {
            parts[i - 1] += '+' + parts[i];
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
}

std::optional<CellCode> parse_code(std::string_view text, bool is_diagnosis) {
    if (is_diagnosis && text.size() == 7 && text[3] == '-') {
        return parse_range(text);
    }
    const auto code = MedicalCode::parse(text);
    if (!code) {
        return std::nullopt;
    }
    return CellCode{.kind = code->is_extension() ? CellCode::Kind::exact : CellCode::Kind::prefix,
                    .low = *code,
                    .high = {}};
}

}  // namespace

std::optional<CellCode> parse_range(std::string_view text) {
    const bool is_pair = text.size() == 7 && text[3] == '-';
    const auto low = MedicalCode::parse(text.substr(0, 3));
    const auto high = is_pair ? MedicalCode::parse(text.substr(4)) : low;
    if (!low || !high || (!is_pair && text.size() != 3) || *high < *low) {
        return std::nullopt;
    }
    return CellCode{.kind = CellCode::Kind::range, .low = *low, .high = *high};
}

std::optional<Cell> parse_cell(std::string_view cell, bool is_diagnosis) {
    Cell parsed;
    if (cell.empty()) {
        return parsed;
    }
    for (const std::string& text : split(cell, '|')) {
        std::vector<std::string> parts = split(text, '+');
        if (is_diagnosis) {
            join_asterisks(parts);
        }
        if (parts.size() > costing::group::kMaxCodesOfAlternative) {
            return std::nullopt;
        }
        CellAlternative& alternative = parsed.emplace_back();
        for (const std::string& part : parts) {
            const auto code = parse_code(part, is_diagnosis);
            if (!code) {
                return std::nullopt;
            }
            alternative.push_back(*code);
        }
    }
    return parsed;
}

}  // namespace yuanliu::catalogue
