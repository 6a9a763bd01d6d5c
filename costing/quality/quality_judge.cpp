// Why this file: see quality_judge.hpp. Each kind is one small function from a record to hits.
#include "costing/quality/quality_judge.hpp"

#include <algorithm>
#include <array>

#include "costing/quality/quality_roles.hpp"

namespace yuanliu::costing::quality {
namespace {

bool has_value(const Record& record, Field field) {
    return !record.text[index_of(field)].empty() &&
           record.number[index_of(field)] != Record::kMalformed;
}

bool value_is_in(std::string_view text, const std::vector<std::string>& values) {
    return std::find(values.begin(), values.end(), text) != values.end();
}

bool condition_holds(const Condition& condition, const Record& record) {
    const Field field = condition.field;
    const auto any_item = [&](auto&& fits) {
        const std::span<const Item> items = record.items(field);
        return std::any_of(items.begin(), items.end(), fits);
    };
    switch (condition.kind) {
        case Condition::Kind::given:
            return record.is_blank(field) != condition.is_given;
        case Condition::Kind::codes:
            return any_item([&](const Item& item) { return condition.codes.contains(item); });
        case Condition::Kind::bounds: {
            const std::int64_t number = record.number[index_of(field)];
            return has_value(record, field) && number >= condition.min && number <= condition.max;
        }
        case Condition::Kind::values:
            break;
    }
    if (is_list(type_of(field))) {
        return any_item([&](const Item& item) {
            return !item.text.empty() && value_is_in(item.text, condition.values);
        });
    }
    const std::string_view text = record.text[index_of(field)];
    return !text.empty() && value_is_in(text, condition.values);
}

bool applies(const Rule& rule, const Record& record) {
    return std::all_of(rule.when.begin(), rule.when.end(), [&](const Condition& condition) {
        return condition_holds(condition, record) != condition.is_negated;
    });
}

bool item_was_before(std::span<const Item> items, std::size_t at) {
    return std::any_of(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(at),
                       [&](const Item& item) { return item.text == items[at].text; });
}

std::int32_t place(std::size_t index) {
    return static_cast<std::int32_t>(index + 1);
}

}  // namespace

bool CodeSet::contains(const Item& item) const {
    if (has_morphology && is_morphology(item.text)) {
        return true;
    }
    if (item.code.is_blank()) {
        return false;
    }
    return std::any_of(ranges.begin(), ranges.end(), [&](const CodeRange& range) {
        return range.from <= item.code.prefix(range.from.length()) &&
               item.code.prefix(range.to.length()) <= range.to;
    });
}

Judge::Judge(const RuleBook& rules, const CodeBooks& books, const FieldSet& columns)
    : rules_(&rules), books_(&books) {
    for (std::size_t rule = 0; rule < rules.rules.size(); ++rule) {
        plan(rule, columns);
    }
}

void Judge::plan(std::size_t rule, const FieldSet& columns) {
    const Rule& written = rules_->rules[rule];
    const auto add = [&](std::vector<Field> fields) {
        std::string missing = missing_of(written, fields, columns);
        if (missing.empty()) {
            checks_.push_back({.rule = rule, .fields = std::move(fields)});
        } else {
            not_checked_.push_back({.rule = rule, .missing = std::move(missing)});
        }
    };
    if (!looks_at_each(written.kind)) {
        add(written.fields);
        return;
    }
    for (const Field field : written.fields) {
        add({field});
    }
}

std::string Judge::missing_of(const Rule& rule, const std::vector<Field>& fields,
                              const FieldSet& columns) const {
    for (const Field field : fields) {
        if (!columns[index_of(field)]) {
            return std::string(name_of(field));
        }
    }
    for (const Condition& condition : rule.when) {
        if (!columns[index_of(condition.field)]) {
            return std::string(name_of(condition.field));
        }
    }
    const bool is_procedure = is_procedure_field(fields.front());
    if (rule.kind == RuleKind::known) {
        const bool is_there = is_procedure ? books_->has_procedures : books_->has_diagnoses;
        return is_there ? "" : is_procedure ? "codes.procedures" : "codes.diagnoses";
    }
    if (rule.kind == RuleKind::grey) {
        const bool is_there =
            is_procedure ? books_->has_grey_procedures : books_->has_grey_diagnoses;
        return is_there ? "" : is_procedure ? "codes.grey_procedures" : "codes.grey_diagnoses";
    }
    return {};
}

std::size_t Judge::checked_rules() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < checks_.size(); ++i) {
        count += i == 0 || checks_[i].rule != checks_[i - 1].rule ? 1U : 0U;
    }
    return count;
}

bool Judge::refuses(const Rule& rule, Field field, const Item& item) const {
    const bool is_procedure = is_procedure_field(field);
    switch (rule.kind) {
        case RuleKind::form:
            return item.is_malformed;
        case RuleKind::one_of:
            return !value_is_in(item.text, rule.values);
        case RuleKind::known:
            return !item.code.is_blank() &&
                   !(is_procedure ? books_->procedures : books_->diagnoses).contains(item.code);
        case RuleKind::grey:
            return (is_procedure ? books_->grey_procedures : books_->grey_diagnoses)
                .contains(item.code);
        case RuleKind::barred:
            return rule.codes.contains(item) && !rule.except.contains(item);
        case RuleKind::allowed:
            return !item.is_malformed && !rule.codes.contains(item) && !rule.except.contains(item);
        case RuleKind::range:
            return !item.is_malformed && (item.number < rule.min || item.number > rule.max);
        default:
            return false;
    }
}

/// Kinds that look at each given place of a field, or at the field if it is no list.
void Judge::check_codes(const Check& check, const Record& record, std::vector<Hit>& hits) const {
    const Rule& rule = rules_->rules[check.rule];
    const Field field = check.fields.front();
    if (!is_list(type_of(field))) {
        const Item whole{.text = record.text[index_of(field)],
                         .code = {},
                         .number = record.number[index_of(field)],
                         .is_malformed = record.number[index_of(field)] == Record::kMalformed};
        if (!whole.text.empty() && refuses(rule, field, whole)) {
            hits.push_back({check.rule, field, 0, std::string(whole.text), {}});
        }
        return;
    }
    const std::span<const Item> items = record.items(field);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Item& item = items[i];
        if (item.text.empty()) {
            continue;
        }
        if (rule.kind == RuleKind::repeated ? item_was_before(items, i)
                                            : refuses(rule, field, item)) {
            hits.push_back({check.rule, field, place(i), std::string(item.text), {}});
        }
    }
}

void Judge::check_each(const Check& check, const Record& record, std::vector<Hit>& hits) const {
    const Rule& rule = rules_->rules[check.rule];
    const Field field = check.fields.front();
    switch (rule.kind) {
        case RuleKind::required:
            if (record.is_blank(field)) {
                hits.push_back({check.rule, field, 0, {}, {}});
            }
            return;
        case RuleKind::blank:
            if (!record.is_blank(field)) {
                const std::span<const Item> items = record.items(field);
                const std::string_view text = is_list(type_of(field)) && !items.empty()
                                                  ? items.front().text
                                                  : record.text[index_of(field)];
                hits.push_back({check.rule, field, 0, std::string(text), {}});
            }
            return;
        case RuleKind::needs: {
            const std::span<const Item> items = record.items(field);
            if (std::none_of(items.begin(), items.end(),
                             [&](const Item& item) { return rule.codes.contains(item); })) {
                hits.push_back({check.rule, field, 0, {}, {}});
            }
            return;
        }
        default:
            check_codes(check, record, hits);
    }
}

void Judge::judge(const Record& record, Verdict& verdict) const {
    verdict.hits.clear();
    verdict.has_error = false;
    Int128 deducted = 0;
    std::size_t last = rules_->rules.size();
    for (const Check& check : checks_) {
        const Rule& rule = rules_->rules[check.rule];
        if (!applies(rule, record)) {
            continue;
        }
        const std::size_t before = verdict.hits.size();
        if (looks_at_each(rule.kind)) {
            check_each(check, record, verdict.hits);
        } else {
            check_roles(check.rule, rule, record, verdict.hits);
        }
        if (verdict.hits.size() > before && last != check.rule) {
            last = check.rule;
            deducted += rule.deduct.raw();
            verdict.has_error = verdict.has_error || rule.severity == RuleSeverity::error;
        }
    }
    const Int128 left = Int128{rules_->full_score.raw()} - deducted;
    verdict.score = Rate::from_raw(left < 0 ? 0 : narrowed(left));
}

}  // namespace yuanliu::costing::quality
