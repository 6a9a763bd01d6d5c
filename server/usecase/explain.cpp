// Why this file: reads the kind of a cell, hands over, and proves that the parts sum to the figure.
#include "server/usecase/explain.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "server/usecase/explain_cells.hpp"

namespace yuanliu::usecase {
namespace {

constexpr std::size_t kMostNear = 3;
constexpr std::size_t kLongestCode = 64;

/// Changed, added and missing letters between two codes, in bytes.
std::size_t changes_between(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (const char letter : left) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = diagonal + (letter == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

/// Letters that both begin with, in bytes of whole characters.
std::size_t shared_beginning(std::string_view left, std::string_view right) {
    std::size_t length = 0;
    while (length < std::min(left.size(), right.size()) && left[length] == right[length]) {
        ++length;
    }
    const auto is_inside = [&](std::string_view text) {
        return length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U;
    };
    while (length > 0 && (is_inside(left) || is_inside(right))) {
        --length;
    }
    return length;
}

using RankedCodes = std::vector<std::tuple<std::size_t, std::string_view, std::string_view>>;

/// Known codes that begin like what was asked, ranked by how much of it they lack.
RankedCodes begin_alike(std::string_view asked, const std::vector<KnownCode>& known) {
    RankedCodes found;
    for (const auto& [code, name] : known) {
        if (const std::size_t shared = shared_beginning(asked, code); shared > 0) {
            found.emplace_back(asked.size() - shared, code, name);
        }
    }
    return found;
}

/// Every amount of the tree is what it is made of.
void check_sums(const ExplanationNode& node) {
    Money parts;
    for (const ExplanationNode& part : node.parts) {
        check_sums(part);
        parts += part.amount;
    }
    Money lines;
    for (const SourceLine& line : node.lines) {
        lines += line.amount;
    }
    YUANLIU_CHECK(node.parts.empty() || parts == node.amount);
    YUANLIU_CHECK(node.lines.empty() || node.kind == PartKind::pool || lines == node.amount);
}

struct KindOfCell {
    std::string_view name;
    CellResult (*explain)(const ExplainInput& input, std::string_view rest);
};

constexpr std::array kCellKinds{
    KindOfCell{"department", explain_department}, KindOfCell{"layers", explain_layers},
    KindOfCell{"transfer", explain_transfer},     KindOfCell{"pool", explain_pool},
    KindOfCell{"patient", explain_patient},       KindOfCell{"case", explain_case},
    KindOfCell{"group", explain_group},           KindOfCell{"bonus", explain_bonus}};

}  // namespace

std::vector<std::string> nearest(std::string_view asked, const std::vector<KnownCode>& known) {
    asked = asked.substr(0, kLongestCode);
    const std::size_t most_changes = std::max<std::size_t>(1, asked.size() / 3);
    RankedCodes found;
    for (const auto& [code, name] : known) {
        const bool named =
            !asked.empty() && (name.find(asked) != std::string_view::npos || code.find(asked) == 0);
        const std::size_t apart =
            std::max(code.size(), asked.size()) - std::min(code.size(), asked.size());
        if (!named && apart > most_changes) {
            continue;
        }
        const std::size_t changes = named ? 0 : changes_between(asked, code);
        if (changes <= most_changes) {
            found.emplace_back(changes, code, name);
        }
    }
    if (found.empty()) {
        found = begin_alike(asked, known);
    }
    std::sort(found.begin(), found.end());
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < std::min(kMostNear, found.size()); ++i) {
        const auto& [changes, code, name] = found[i];
        codes.emplace_back(code);
        codes.back() += name.empty() ? "" : " " + std::string(name);
    }
    return codes;
}

tl::unexpected<CellError> unknown(CellNoun noun, std::string_view code,
                                  std::vector<std::string> near) {
    return tl::unexpected(
        CellError{.unknown = noun, .code = std::string(code), .near = std::move(near)});
}

tl::expected<Explanation, CellError> explain(const ExplainInput& input, const std::string& cell) {
    const std::string_view name = first_part(cell);
    const std::string_view rest = after_first(cell);
    const auto kind = std::find_if(kCellKinds.begin(), kCellKinds.end(),
                                   [&](const KindOfCell& known) { return known.name == name; });
    if (kind == kCellKinds.end() || rest.empty()) {
        return tl::unexpected(CellError{});
    }
    CellResult explanation = kind->explain(input, rest);
    if (explanation) {
        check_sums(explanation->root);
        Money activities;
        for (const ExplanationNode& activity : explanation->activities) {
            check_sums(activity);
            activities += activity.amount;
        }
        YUANLIU_CHECK(explanation->activities.empty() || activities == explanation->root.amount);
    }
    return explanation;
}

}  // namespace yuanliu::usecase
