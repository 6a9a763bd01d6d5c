// Why this file: writes the tree of an explanation as JSON; amounts are text with two decimals.
#include "server/api/explanation_json.hpp"

#include <boost/json/array.hpp>

#include "server/usecase/explain_words.hpp"

namespace yuanliu::api {
namespace {

namespace json = boost::json;
using usecase::ExplanationNode;

json::object rendered(const usecase::SourceLine& line) {
    return {{"reference", line.reference},
            {"text", line.text},
            {"quantity", line.quantity.empty() ? json::value(nullptr) : json::value(line.quantity)},
            {"amount", line.amount.text()},
            {"file", line.file},
            {"row", line.row}};
}

/// For programs: amounts plain, words of closed lists as folders spell them.
std::string plain(const usecase::Word& word) {
    return std::visit(
        [](const auto& value) -> std::string {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, std::string>) {
                return value;
            } else if constexpr (std::is_same_v<Value, usecase::SaidText>) {
                return value.word;
            } else if constexpr (std::is_same_v<Value, Money>) {
                return value.text();
            } else {
                return std::string(yuanliu::word_of(value));
            }
        },
        word);
}

json::array rendered(const std::vector<usecase::NamedQuantity>& quantities, Language language) {
    json::array rows;
    for (const auto& [name, value] : quantities) {
        rows.push_back(json::object{{"name", usecase::word_of(name)},
                                    {"label", usecase::name_in(language, name)},
                                    {"value", plain(value)}});
    }
    return rows;
}

json::object rendered(const ExplanationNode& node, Language language) {
    json::array lines;
    for (const usecase::SourceLine& line : node.lines) {
        lines.push_back(rendered(line));
    }
    json::object part{{"amount", node.amount.text()},
                      {"kind", usecase::word_of(node.kind)},
                      {"label", usecase::label_in(language, node)},
                      {"formula", usecase::formula_in(language, node)},
                      {"rule", usecase::word_of(node.rule)},
                      {"quantities", rendered(node.quantities, language)},
                      {"cell", node.cell.empty() ? json::value(nullptr) : json::value(node.cell)},
                      {"lines", std::move(lines)}};
    if (!node.parts.empty()) {
        json::array parts;
        for (const ExplanationNode& inner : node.parts) {
            parts.push_back(rendered(inner, language));
        }
        part["parts"] = std::move(parts);
    }
    return part;
}

}  // namespace

json::object explanation_json(const usecase::Explanation& explanation, const std::string& cell,
                              const std::string& run_id, Language language) {
    const ExplanationNode& root = explanation.root;
    json::array parts;
    for (const ExplanationNode& part : root.parts) {
        parts.push_back(rendered(part, language));
    }
    json::object out{{"run_id", run_id},
                     {"cell", cell},
                     {"title", usecase::label_in(language, root)},
                     {"total", root.amount.text()},
                     {"rule", usecase::word_of(root.rule)},
                     {"formula", usecase::formula_in(language, root)},
                     {"quantities", rendered(root.quantities, language)},
                     {"parts", std::move(parts)}};
    if (explanation.by_origin) {
        json::object origins;
        for (std::size_t i = 0; i < kOrigins; ++i) {
            origins[yuanliu::word_of(static_cast<Origin>(i))] = (*explanation.by_origin)[i].text();
        }
        out["by_origin"] = std::move(origins);
    }
    if (!explanation.activities.empty()) {
        json::array activities;
        for (const ExplanationNode& activity : explanation.activities) {
            activities.push_back(rendered(activity, language));
        }
        out["activities"] = std::move(activities);
    }
    return out;
}

}  // namespace yuanliu::api
