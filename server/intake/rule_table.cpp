// Why this file: see rule_table.hpp.
#include "server/intake/rule_table.hpp"

#include <algorithm>

#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

std::int64_t line_of_node(const toml::node& node) {
    return static_cast<std::int64_t>(node.source().begin.line);
}

std::string value_text(const toml::node& node) {
    if (const auto text = node.value_exact<std::string_view>()) {
        return text::shown(*text);
    }
    return std::string(type_word(node));
}

}  // namespace

std::string_view type_word(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::table:
            return "table";
        case toml::node_type::array:
            return "array";
        case toml::node_type::string:
            return "string";
        case toml::node_type::integer:
            return "integer";
        case toml::node_type::floating_point:
            return "float";
        case toml::node_type::boolean:
            return "boolean";
        case toml::node_type::none:
        case toml::node_type::date:
        case toml::node_type::time:
        case toml::node_type::date_time:
            break;
    }
    return "date";
}

std::string RuleTable::path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

std::int64_t RuleTable::line_of(std::string_view key) const {
    const toml::node* node = table_->get(key);
    return line_of_node(node != nullptr ? *node : static_cast<const toml::node&>(*table_));
}

void RuleTable::report(FindingCode code, std::string_view key, std::vector<std::string> arguments) {
    findings_->add(code, {.row = line_of(key), .column = path_of(key)}, std::move(arguments));
}

void RuleTable::report_at(FindingCode code, const toml::node& node, const std::string& path,
                          std::vector<std::string> arguments) {
    findings_->add(code, {.row = line_of_node(node), .column = path}, std::move(arguments));
}

const toml::node* RuleTable::take(std::string_view key, bool required) {
    asked_.emplace(key);
    const toml::node* node = table_->get(key);
    if (node == nullptr && required) {
        report(FindingCode::rule_key_missing, key, {path_of(key)});
    }
    return node;
}

std::optional<std::string> RuleTable::text_of(const toml::node& node, const std::string& path) {
    const auto text = node.value_exact<std::string>();
    if (!text) {
        // A bare float has its own finding already (flatten).
        if (!node.is_floating_point()) {
            report_at(FindingCode::rule_malformed, node, path,
                      {"string_expected", std::string(type_word(node))});
        }
        return std::nullopt;
    }
    const bool has_control = std::any_of(text->begin(), text->end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
    if (text->empty() || has_control) {
        report_at(FindingCode::rule_malformed, node, path,
                  {text->empty() ? "value_blank" : "control_character", text::shown(*text)});
        return std::nullopt;
    }
    return text;
}

std::string RuleTable::string(std::string_view key) {
    const toml::node* node = take(key, true);
    return node == nullptr ? std::string() : text_of(*node, path_of(key)).value_or("");
}

std::vector<std::string> RuleTable::strings(std::string_view key, bool may_be_empty) {
    const toml::node* node = take(key, true);
    if (node == nullptr) {
        return {};
    }
    const toml::array* array = node->as_array();
    if (array == nullptr) {
        report(FindingCode::rule_malformed, key, {"array_expected", std::string(type_word(*node))});
        return {};
    }
    if (array->empty() && !may_be_empty) {
        report(FindingCode::rule_malformed, key, {"array_empty", ""});
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const std::string path = path_of(key) + "[" + std::to_string(i) + "]";
        if (auto text = text_of((*array)[i], path)) {
            out.push_back(std::move(*text));
        }
    }
    return out;
}

std::optional<std::vector<std::string>> RuleTable::strings_if_any(std::string_view key,
                                                                  bool may_be_empty) {
    return take(key, false) == nullptr ? std::nullopt : std::optional(strings(key, may_be_empty));
}

bool RuleTable::boolean(std::string_view key) {
    static_cast<void>(take(key, true));
    return boolean_if_any(key).value_or(false);
}

std::optional<bool> RuleTable::boolean_if_any(std::string_view key) {
    const toml::node* node = take(key, false);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto value = node->value_exact<bool>();
    if (!value) {
        report(FindingCode::rule_malformed, key,
               {"boolean_expected", std::string(type_word(*node))});
    }
    return value;
}

std::optional<std::int64_t> RuleTable::integer_if_any(std::string_view key, std::int64_t low,
                                                      std::int64_t high) {
    const toml::node* node = take(key, false);
    if (node == nullptr || node->is_floating_point()) {
        return std::nullopt;
    }
    const auto value = node->value_exact<std::int64_t>();
    if (!value) {
        report(FindingCode::rule_malformed, key,
               {"integer_expected", std::string(type_word(*node))});
        return std::nullopt;
    }
    if (*value < low || *value > high) {
        report(FindingCode::number_out_of_range, key,
               {std::to_string(*value), std::to_string(low), std::to_string(high)});
        return std::nullopt;
    }
    return value;
}

std::optional<Period> RuleTable::period_if_any(std::string_view key) {
    const toml::node* node = take(key, false);
    const auto text = node == nullptr ? std::nullopt : text_of(*node, path_of(key));
    if (!text) {
        return std::nullopt;
    }
    const auto period = Period::parse(*text);
    if (!period) {
        report(FindingCode::period_malformed, key, {text::shown(*text)});
    }
    return period;
}

std::optional<std::int64_t> RuleTable::decimal_of(const toml::node& node, const std::string& path,
                                                  const DecimalSpec& spec) {
    if (node.is_floating_point()) {
        return std::nullopt;
    }
    const auto text = node.value_exact<std::string_view>();
    if (!text) {
        report_at(
            node.is_integer() ? FindingCode::rule_decimal_not_quoted : FindingCode::rule_malformed,
            node, path, {"decimal_expected", std::string(type_word(node))});
        return std::nullopt;
    }
    const auto raw = parse_decimal(*text, spec.scale, INT64_MAX);
    if (!raw) {
        report_at(FindingCode::number_malformed, node, path,
                  {text::shown(*text), std::to_string(spec.scale)});
        return std::nullopt;
    }
    if (*raw < spec.low || *raw > spec.high) {
        report_at(FindingCode::number_out_of_range, node, path,
                  {text::shown(*text), format_decimal_trimmed(spec.low, spec.scale),
                   format_decimal_trimmed(spec.high, spec.scale)});
        return std::nullopt;
    }
    return raw;
}

std::optional<std::int64_t> RuleTable::decimal_if_any(std::string_view key,
                                                      const DecimalSpec& spec) {
    const toml::node* node = take(key, false);
    return node == nullptr ? std::nullopt : decimal_of(*node, path_of(key), spec);
}

std::optional<std::vector<std::int64_t>> RuleTable::decimals_if_any(std::string_view key,
                                                                    const DecimalSpec& spec) {
    const toml::node* node = take(key, false);
    if (node == nullptr) {
        return std::nullopt;
    }
    const toml::array* array = node->as_array();
    if (array == nullptr) {
        const auto one = decimal_of(*node, path_of(key), spec);
        return one ? std::optional(std::vector{*one}) : std::nullopt;
    }
    std::vector<std::int64_t> out;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const std::string path = path_of(key) + "[" + std::to_string(i) + "]";
        if (const auto one = decimal_of((*array)[i], path, spec)) {
            out.push_back(*one);
        }
    }
    return out.size() == array->size() ? std::optional(out) : std::nullopt;
}

std::optional<Rate> RuleTable::rate_if_any(std::string_view key, RateRange range) {
    const auto raw =
        decimal_if_any(key, {.scale = Rate::kScale, .low = range.low, .high = range.high});
    return raw ? std::optional(Rate::from_raw(*raw)) : std::nullopt;
}

Rate RuleTable::rate(std::string_view key, RateRange range) {
    static_cast<void>(take(key, true));
    return rate_if_any(key, range).value_or(Rate());
}

std::optional<std::size_t> RuleTable::word(std::string_view key,
                                           std::span<const std::string_view> words) {
    static_cast<void>(take(key, true));
    return word_if_any(key, words);
}

std::optional<std::size_t> RuleTable::word_if_any(std::string_view key,
                                                  std::span<const std::string_view> words) {
    const toml::node* node = take(key, false);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto text = text_of(*node, path_of(key));
    if (!text) {
        return std::nullopt;
    }
    const auto found = std::find(words.begin(), words.end(), *text);
    if (found == words.end()) {
        std::string known;
        for (const std::string_view one : words) {
            known += known.empty() ? "" : ", ";
            known += one;
        }
        report(FindingCode::word_unknown, key, {text::shown(*text), known});
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - words.begin());
}

std::optional<RuleTable> RuleTable::table(std::string_view key) {
    const toml::node* node = take(key, true);
    if (node == nullptr) {
        return std::nullopt;
    }
    const toml::table* table = node->as_table();
    if (table == nullptr) {
        report(FindingCode::rule_malformed, key, {"table_expected", std::string(type_word(*node))});
        return std::nullopt;
    }
    return RuleTable(*table, path_of(key), *findings_);
}

std::vector<RuleTable> RuleTable::tables(std::string_view key, bool required) {
    const toml::node* node = take(key, required);
    if (node == nullptr) {
        return {};
    }
    const toml::array* array = node->as_array();
    if (array == nullptr) {
        report(FindingCode::rule_malformed, key,
               {"array_of_tables_expected", std::string(type_word(*node))});
        return {};
    }
    std::vector<RuleTable> out;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const toml::node& element = (*array)[i];
        const std::string path = path_of(key) + "[" + std::to_string(i) + "]";
        if (const toml::table* table = element.as_table()) {
            out.emplace_back(*table, path, *findings_);
        } else {
            report_at(FindingCode::rule_malformed, element, path,
                      {"table_expected", value_text(element)});
        }
    }
    return out;
}

void RuleTable::refuse_unknown_keys() {
    for (const auto& [key, node] : *table_) {
        if (!asked_.contains(key.str())) {
            report_at(FindingCode::rule_key_unknown, node, path_of(text::shown(key.str())),
                      {path_of(text::shown(key.str()))});
        }
    }
}

void flatten(const toml::node& node, const std::string& path, std::string_view file,
             FindingList& findings, std::vector<std::string>& lines) {
    const auto put = [&](std::string_view value) {
        lines.push_back(std::string(file) + ":" + path + "=" + std::string(value));
    };
    const FindingList::Place place{.row = line_of_node(node), .column = path};
    if (const toml::table* table = node.as_table()) {
        for (const auto& [key, child] : *table) {
            const std::string name(key.str());
            flatten(child, path.empty() ? name : path + "." + name, file, findings, lines);
        }
    } else if (const toml::array* array = node.as_array()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            flatten((*array)[i], path + "[" + std::to_string(i) + "]", file, findings, lines);
        }
    } else if (const auto text = node.value_exact<std::string_view>()) {
        put(*text);
    } else if (const auto integer = node.value_exact<std::int64_t>()) {
        put(std::to_string(*integer));
    } else if (const auto flag = node.value_exact<bool>()) {
        put(*flag ? "true" : "false");
    } else if (node.is_floating_point()) {
        findings.add(FindingCode::rule_decimal_not_quoted, place, {"decimal_expected", "float"});
    } else {
        findings.add(FindingCode::rule_malformed, place,
                     {"type_not_allowed", std::string(type_word(node))});
    }
}

}  // namespace yuanliu::intake
