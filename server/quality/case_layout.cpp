// Why this file: see case_layout.hpp.
#include "server/quality/case_layout.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>

#include "costing/base/money.hpp"
#include "costing/base/period.hpp"
#include "server/intake/rule_table.hpp"
#include "server/intake/toml_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::quality {
namespace {

using costing::group::MedicalCode;
using costing::quality::FieldType;
using costing::quality::Item;
using costing::quality::Record;

constexpr std::int64_t kMostCounted = 100'000'000;

/// `C06x{01-40}C` is forty headers, numbered with as many digits as written.
std::vector<std::string> expanded(const std::string& pattern) {
    const std::size_t open = pattern.find('{');
    const std::size_t dash = pattern.find('-', open);
    const std::size_t close = pattern.find('}', open);
    if (open == std::string::npos || close == std::string::npos || dash > close) {
        return {pattern};
    }
    const std::string from = pattern.substr(open + 1, dash - open - 1);
    const auto low = parse_decimal(from, 0, 999);
    const auto high = parse_decimal(pattern.substr(dash + 1, close - dash - 1), 0, 999);
    if (!low || !high) {
        return {pattern};
    }
    std::vector<std::string> headers;
    for (std::int64_t i = *low; i <= *high; ++i) {
        std::string number = std::to_string(i);
        number.insert(0, from.size() > number.size() ? from.size() - number.size() : 0, '0');
        headers.push_back(pattern.substr(0, open) + number + pattern.substr(close + 1));
    }
    return headers;
}

std::optional<Field> layout_field(intake::RuleTable& table, std::string_view key) {
    const auto field = costing::quality::field_named(key);
    if (!field || *field == Field::diagnoses) {
        table.report(FindingCode::word_unknown, key,
                     {text::shown(key), "the fields of docs/quality.md §2"});
        return std::nullopt;
    }
    return field;
}

void read_layout_columns(const toml::table& document, intake::RuleTable& root, CaseLayout& layout) {
    auto columns = root.table("columns");
    const toml::table* written = document["columns"].as_table();
    if (!columns || written == nullptr) {
        return;
    }
    for (auto&& [key, node] : *written) {
        const std::string name(key.str());
        std::vector<std::string> headers;
        const std::vector<std::string> patterns =
            node.is_array() ? columns->strings(name) : std::vector{columns->string(name)};
        for (const std::string& pattern : patterns) {
            for (std::string& header : expanded(pattern)) {
                headers.push_back(std::move(header));
            }
        }
        const auto field = layout_field(*columns, name);
        if (!field) {
            continue;
        }
        if (headers.size() > 1 && *field != Field::encounter &&
            !costing::quality::is_list(costing::quality::type_of(*field))) {
            columns->report(FindingCode::quality_rule_misused, name, {"field_is_no_list"});
        }
        layout.columns.emplace(*field, std::move(headers));
    }
}

void read_layout_words(const toml::table& document, intake::RuleTable& root, CaseLayout& layout) {
    const toml::table* words = document["words"].as_table();
    auto table = words == nullptr ? std::nullopt : root.table("words");
    if (!table) {
        return;
    }
    for (auto&& [key, node] : *words) {
        const std::string name(key.str());
        const auto field = layout_field(*table, name);
        auto pairs = table->table(name);
        if (!field || !pairs) {
            continue;
        }
        auto& own = layout.words[*field];
        for (auto&& [word, ours] : *node.as_table()) {
            own.emplace(std::string(word.str()), pairs->string(word.str()));
        }
    }
}

std::int64_t day_number(std::string_view text) {
    const std::size_t end = text.find_first_of(" T");
    const std::string_view day = text.substr(0, end);
    std::string written(day);
    if (day.size() == 8) {
        written.insert(6, "-").insert(4, "-");
    } else if (day.size() == 10 && day[4] == '/' && day[7] == '/') {
        written[4] = written[7] = '-';
    }
    const auto date = Date::parse(written);
    return date ? std::int64_t{date->days()} : Record::kMalformed;
}

std::int64_t number_of_cell(FieldType type, std::string_view text) {
    switch (type) {
        case FieldType::date:
        case FieldType::dates:
            return day_number(text);
        case FieldType::amount:
        case FieldType::amounts:
            return parse_decimal(text, Money::kScale, kMaxRowFen).value_or(Record::kMalformed);
        default: {
            const auto count = parse_decimal(text, 0, kMostCounted);
            return count && *count >= 0 ? *count : Record::kMalformed;
        }
    }
}

void add_item(FieldType type, std::string_view text, std::vector<Item>& items) {
    Item item{.text = text, .code = {}, .number = 0, .is_malformed = false};
    if (text.empty() || type == FieldType::texts) {
        items.push_back(item);
        return;
    }
    if (type == FieldType::codes) {
        const auto code = MedicalCode::parse(text);
        item.code = code.value_or(MedicalCode());
        item.is_malformed = !code && !costing::quality::is_morphology(text);
    } else {
        item.number = number_of_cell(type, text);
        item.is_malformed = item.number == Record::kMalformed;
    }
    items.push_back(item);
}

std::string_view in_our_words(const BoundColumns::Binding& binding, std::string_view text) {
    if (binding.words == nullptr) {
        return text;
    }
    const auto found = binding.words->find(text);
    return found == binding.words->end() ? text : std::string_view(found->second);
}

void add_list(const BoundColumns::Binding& binding, std::span<const text::Field> row,
              std::vector<Item>& items) {
    const FieldType type = costing::quality::type_of(binding.field);
    for (const std::size_t column : binding.columns) {
        std::string_view rest = row[column].value;
        if (binding.columns.size() > 1) {
            add_item(type, in_our_words(binding, rest), items);
            continue;
        }
        while (!rest.empty()) {
            const std::size_t end = rest.find(';');
            add_item(type, in_our_words(binding, rest.substr(0, end)), items);
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
    }
    while (!items.empty() && items.back().text.empty()) {
        items.pop_back();
    }
}

/// The list that holds a code field: main and other ones stand in their whole.
Field whole_of(Field field) {
    switch (field) {
        case Field::main_diagnosis:
        case Field::other_diagnoses:
            return Field::diagnoses;
        case Field::main_procedure:
        case Field::other_procedures:
            return Field::procedures;
        default:
            return field;
    }
}

/// Which fields can be looked at, given the columns.
void complete_fields(FieldSet& fields) {
    const auto has = [&](Field field) { return fields[costing::quality::index_of(field)]; };
    const auto set = [&](Field field) { fields.set(costing::quality::index_of(field)); };
    if (has(Field::main_diagnosis) && has(Field::other_diagnoses)) {
        set(Field::diagnoses);
    }
    if (has(Field::procedures)) {
        set(Field::main_procedure);
        set(Field::other_procedures);
    } else if (has(Field::main_procedure) && has(Field::other_procedures)) {
        set(Field::procedures);
    }
}

}  // namespace

CaseLayout read_layout(const std::filesystem::path& path, std::vector<Finding>& findings) {
    CaseLayout layout;
    intake::FindingList list(path.filename().string(), 200);
    intake::read_toml_file(path, list, [&](const toml::table& document) {
        intake::RuleTable root(document, "", list);
        const std::string schema = root.string("schema");
        if (!schema.empty() && schema != "yuanliu.case_layout/1") {
            root.report(FindingCode::rule_malformed, "schema",
                        {"schema_unknown", text::shown(schema)});
        }
        read_layout_columns(document, root, layout);
        read_layout_words(document, root, layout);
        root.refuse_unknown_keys();
    });
    list.flush_to(findings);
    return layout;
}

BoundColumns bind_columns(const CaseLayout& layout, std::span<const text::Field> header,
                          intake::FindingList& findings) {
    BoundColumns bound;
    bound.width = header.size();
    const auto column_of = [&](std::string_view name) {
        const auto at = std::find_if(header.begin(), header.end(),
                                     [&](const text::Field& field) { return field.value == name; });
        return static_cast<std::size_t>(at - header.begin());
    };
    for (std::size_t i = 0; i < costing::quality::kFields; ++i) {
        const auto field = static_cast<Field>(i);
        const auto own = layout.columns.find(field);
        const std::vector<std::string> names =
            own == layout.columns.end() ? std::vector{std::string(costing::quality::name_of(field))}
                                        : own->second;
        BoundColumns::Binding binding{.field = field, .columns = {}, .words = nullptr};
        for (const std::string& name : names) {
            if (const std::size_t column = column_of(name); column < header.size()) {
                binding.columns.push_back(column);
            }
        }
        if (binding.columns.empty() || field == Field::diagnoses) {
            continue;
        }
        const auto words = layout.words.find(field);
        binding.words = words == layout.words.end() ? nullptr : &words->second;
        bound.fields.set(i);
        bound.bindings.push_back(std::move(binding));
    }
    complete_fields(bound.fields);
    for (const Field needed : {Field::encounter, Field::main_diagnosis}) {
        if (!bound.fields[costing::quality::index_of(needed)]) {
            findings.add(FindingCode::quality_column_missing, {.row = 1, .column = {}},
                         {std::string(costing::quality::name_of(needed))});
        }
    }
    return bound;
}

void fill_record(const BoundColumns& bound, std::span<const text::Field> row, Record& record) {
    for (const BoundColumns::Binding& binding : bound.bindings) {
        record.lists[costing::quality::index_of(whole_of(binding.field))].clear();
    }
    for (const BoundColumns::Binding& binding : bound.bindings) {
        const std::size_t at = costing::quality::index_of(binding.field);
        const FieldType type = costing::quality::type_of(binding.field);
        if (binding.field == Field::encounter && binding.columns.size() > 1) {
            record.made_encounter.clear();
            for (const std::size_t column : binding.columns) {
                record.made_encounter += record.made_encounter.empty() ? "" : "-";
                record.made_encounter += row[column].value;
            }
            record.text[at] = record.made_encounter;
            continue;
        }
        if (!costing::quality::is_list(type)) {
            const std::string_view text = in_our_words(binding, row[binding.columns.front()].value);
            record.text[at] = text;
            record.number[at] =
                text.empty() || type == FieldType::text ? 0 : number_of_cell(type, text);
            continue;
        }
        auto& items = record.lists[costing::quality::index_of(whole_of(binding.field))];
        const bool is_main =
            binding.field == Field::main_diagnosis || binding.field == Field::main_procedure;
        if (is_main) {
            // Before the others, which are bound later; a blank one keeps its place.
            add_item(type, in_our_words(binding, row[binding.columns.front()].value), items);
            continue;
        }
        const bool is_whole = whole_of(binding.field) == binding.field;
        if (is_whole) {
            items.clear();
        }
        add_list(binding, row, items);
    }
}

}  // namespace yuanliu::quality
