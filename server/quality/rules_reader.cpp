// Why this file: see rules_reader.hpp.
#include "server/quality/rules_reader.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "server/intake/rule_table.hpp"
#include "server/intake/toml_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::quality {
namespace {

namespace rule_types = costing::quality;
using costing::group::MedicalCode;
using intake::RuleTable;
using rule_types::Condition;
using rule_types::Field;
using rule_types::FieldType;
using rule_types::Rule;
using rule_types::RuleKind;

constexpr std::array<std::string_view, 2> kRelations{"equal", "at_most"};
constexpr std::int64_t kBound = 1'000'000'000;
constexpr std::int64_t kFenOfYuan = 100;

std::optional<Field> known_field(RuleTable& table, std::string_view key, const std::string& name) {
    const auto field = rule_types::field_named(name);
    if (!field && !name.empty()) {
        table.report(FindingCode::word_unknown, key,
                     {text::shown(name), "the fields of docs/quality.md §2"});
    }
    return field;
}

rule_types::CodeSet code_set(RuleTable& table, std::string_view key) {
    rule_types::CodeSet set;
    for (const std::string& text : table.strings_if_any(key).value_or(std::vector<std::string>())) {
        if (text == "morphology") {
            set.has_morphology = true;
            continue;
        }
        const std::size_t dash = text.find('-');
        const auto from = MedicalCode::parse(std::string_view(text).substr(0, dash));
        const auto to = dash == std::string::npos
                            ? from
                            : MedicalCode::parse(std::string_view(text).substr(dash + 1));
        if (!from || !to || *to < from->prefix(to->length())) {
            table.report(FindingCode::medical_code_malformed, key, {text::shown(text)});
            continue;
        }
        set.ranges.push_back({.from = *from, .to = *to});
    }
    return set;
}

bool is_amount(FieldType type) {
    return type == FieldType::amount || type == FieldType::amounts;
}

/// `min` and `max`: whole numbers; of amounts in yuan.
std::pair<std::int64_t, std::int64_t> bounds(RuleTable& table, FieldType type) {
    const std::int64_t unit = is_amount(type) ? kFenOfYuan : 1;
    const auto low = table.integer_if_any("min", -kBound, kBound);
    const auto high = table.integer_if_any("max", -kBound, kBound);
    return {low ? *low * unit : INT64_MIN, high ? *high * unit : INT64_MAX};
}

void misuse(RuleTable& table, std::string_view key, std::string_view why) {
    table.report(FindingCode::quality_rule_misused, key, {std::string(why)});
}

Condition read_condition(RuleTable table) {
    Condition condition;
    const auto field = known_field(table, "field", table.string("field"));
    condition.is_negated = table.boolean_if_any("not").value_or(false);
    const FieldType type = rule_types::type_of(field.value_or(Field::encounter));
    condition.field = field.value_or(Field::encounter);
    const bool is_number = type == FieldType::count || type == FieldType::amount;
    int forms = 0;
    if (table.has("values")) {
        ++forms;
        condition.kind = Condition::Kind::values;
        condition.values = table.strings("values");
    }
    if (table.has("codes")) {
        ++forms;
        condition.kind = Condition::Kind::codes;
        condition.codes = code_set(table, "codes");
        if (field && type != FieldType::codes) {
            misuse(table, "codes", "field_has_no_codes");
        }
    }
    if (table.has("min") || table.has("max")) {
        ++forms;
        condition.kind = Condition::Kind::bounds;
        std::tie(condition.min, condition.max) = bounds(table, type);
        if (field && !is_number) {
            misuse(table, "field", "field_is_no_number");
        }
    }
    if (table.has("given")) {
        ++forms;
        condition.kind = Condition::Kind::given;
        condition.is_given = table.boolean("given");
    }
    if (forms != 1) {
        misuse(table, "when", "one_condition_each");
    }
    table.refuse_unknown_keys();
    return condition;
}

/// What kind of value stands in a role; dates and counts and amounts are not to be mixed.
enum class Role : std::uint8_t { date, count, amount, list, dates, any };

bool fits(Role role, FieldType type) {
    switch (role) {
        case Role::date:
            return type == FieldType::date;
        case Role::count:
            return type == FieldType::count;
        case Role::amount:
            return is_amount(type);
        case Role::list:
            return rule_types::is_list(type);
        case Role::dates:
            return type == FieldType::dates;
        case Role::any:
            break;
    }
    return true;
}

void judge_roles(RuleTable& table, const Rule& rule, std::span<const Role> roles) {
    if (rule.fields.size() != roles.size()) {
        misuse(table, "fields", "wrong_number_of_fields");
        return;
    }
    for (std::size_t i = 0; i < roles.size(); ++i) {
        if (!fits(roles[i], rule_types::type_of(rule.fields[i]))) {
            misuse(table, "fields", "field_of_wrong_type");
        }
    }
}

/// Single values of one type, so that they can be compared or added.
void judge_comparable(RuleTable& table, const Rule& rule) {
    const FieldType type = rule_types::type_of(rule.fields.back());
    const bool is_sum = rule.kind == RuleKind::sum;
    for (const Field field : rule.fields) {
        const FieldType own = rule_types::type_of(field);
        const bool is_part = is_sum && is_amount(type) && own == FieldType::amounts;
        if ((own != type && !is_part) || type == FieldType::text ||
            (is_sum && type == FieldType::date) || rule_types::is_list(type)) {
            misuse(table, "fields", "field_of_wrong_type");
        }
    }
    if (rule.fields.size() < 2 || (!is_sum && rule.fields.size() != 2)) {
        misuse(table, "fields", "wrong_number_of_fields");
    }
}

void judge_each(RuleTable& table, const Rule& rule) {
    for (const Field field : rule.fields) {
        const FieldType type = rule_types::type_of(field);
        const bool is_text = type == FieldType::text || type == FieldType::texts;
        const bool is_number = type == FieldType::count || is_amount(type);
        bool is_right = type == FieldType::codes;
        switch (rule.kind) {
            case RuleKind::required:
            case RuleKind::blank:
                is_right = true;
                break;
            case RuleKind::form:
                is_right = !is_text;
                break;
            case RuleKind::one_of:
                is_right = is_text;
                break;
            case RuleKind::range:
                is_right = is_number;
                break;
            default:
                break;
        }
        if (!is_right) {
            misuse(table, "field", "field_of_wrong_type");
        }
    }
}

void judge_fields(RuleTable& table, const Rule& rule) {
    switch (rule.kind) {
        case RuleKind::each_has:
            return judge_roles(table, rule, std::array{Role::list, Role::list});
        case RuleKind::within:
            return judge_roles(table, rule, std::array{Role::dates, Role::date, Role::date});
        case RuleKind::count:
            return judge_roles(table, rule, std::array{Role::list, Role::count});
        case RuleKind::days:
        case RuleKind::age:
            return judge_roles(table, rule, std::array{Role::date, Role::date, Role::count});
        case RuleKind::order:
        case RuleKind::equal:
        case RuleKind::sum:
            return judge_comparable(table, rule);
        default:
            return judge_each(table, rule);
    }
}

bool asks_codes(RuleKind kind) {
    return kind == RuleKind::barred || kind == RuleKind::allowed || kind == RuleKind::needs;
}

void read_parts(RuleTable& table, Rule& rule) {
    if (rule.kind == RuleKind::one_of) {
        rule.values = table.strings("values");
    }
    if (asks_codes(rule.kind)) {
        if (!table.has("codes")) {
            misuse(table, "codes", "codes_missing");
        }
        rule.codes = code_set(table, "codes");
        rule.except = code_set(table, "except");
    }
    if (rule.kind == RuleKind::range) {
        std::tie(rule.min, rule.max) = bounds(table, rule_types::type_of(rule.fields.front()));
    }
    if (rule.kind == RuleKind::sum) {
        rule.at_most = table.word_if_any("relation", kRelations).value_or(0) == 1;
    }
}

std::optional<Rule> read_rule(RuleTable& table) {
    Rule rule;
    rule.id = table.string("id");
    const auto severity = table.word("severity", WordsOf<rule_types::RuleSeverity>::kWords);
    const auto kind = table.word("kind", WordsOf<RuleKind>::kWords);
    std::vector<std::string> names;
    const bool has_one = table.has("field");
    if (has_one) {
        names.push_back(table.string("field"));
    }
    if (!has_one || table.has("fields")) {
        names = table.strings("fields");
    }
    for (const std::string& name : names) {
        if (const auto field = known_field(table, has_one ? "field" : "fields", name)) {
            rule.fields.push_back(*field);
        }
    }
    rule.deduct = table.rate("deduct", {.low = 0, .high = 1'000'000});
    rule.title_zh = table.string("title_zh");
    rule.title_en = table.string("title_en");
    rule.message_zh = table.string("message_zh");
    rule.message_en = table.string("message_en");
    rule.mend_zh = table.string("mend_zh");
    rule.mend_en = table.string("mend_en");
    for (const RuleTable& when : table.tables("when")) {
        rule.when.push_back(read_condition(when));
    }
    if (severity && kind && !rule.fields.empty() && rule.fields.size() == names.size()) {
        rule.severity = static_cast<rule_types::RuleSeverity>(*severity);
        rule.kind = static_cast<RuleKind>(*kind);
        read_parts(table, rule);
        judge_fields(table, rule);
        table.refuse_unknown_keys();
        return rule;
    }
    return std::nullopt;
}

void read_book(const toml::table& document, intake::FindingList& findings,
               rule_types::RuleBook& book) {
    RuleTable root(document, "", findings);
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.quality/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    book.id = root.string("id");
    book.full_score = root.rate("full_score", {.low = 1, .high = 10'000'000});
    book.max_uncoded_share = root.rate("max_uncoded_share", {.low = 0, .high = 10'000});
    std::map<std::string, std::int64_t> lines;
    for (RuleTable& table : root.tables("rule", true)) {
        auto rule = read_rule(table);
        if (!rule) {
            continue;
        }
        const auto [first, is_new] = lines.emplace(rule->id, table.line_of("id"));
        if (!is_new) {
            table.report(FindingCode::duplicate_key, "id",
                         {text::shown(rule->id), std::to_string(first->second)});
        }
        book.rules.push_back(std::move(*rule));
    }
    root.refuse_unknown_keys();
}

}  // namespace

LoadedRules read_rules(const std::filesystem::path& path) {
    LoadedRules loaded;
    intake::FindingList findings(path.filename().string(), 200);
    intake::read_toml_file(path, findings, [&](const toml::table& document) {
        read_book(document, findings, loaded.book);
    });
    findings.flush_to(loaded.findings);
    intake::sort_findings(loaded.findings);
    return loaded;
}

}  // namespace yuanliu::quality
