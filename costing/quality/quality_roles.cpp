// Why this file: see quality_roles.hpp. Worked example of `age`: born 2019-03-15, admitted
// 2026-03-14: six years; a day later seven. Born 2024-02-29, admitted 2025-02-28: zero years, since
// the 29th of February has not come; on 2025-03-01 one.
#include "costing/quality/quality_roles.hpp"

#include <algorithm>
#include <string>

namespace yuanliu::costing::quality {
namespace {

bool role_has_value(const Record& record, Field field) {
    return !record.text[index_of(field)].empty() &&
           record.number[index_of(field)] != Record::kMalformed;
}

std::int64_t number_of(const Record& record, Field field) {
    return record.number[index_of(field)];
}

std::string text_of(const Record& record, Field field) {
    return std::string(record.text[index_of(field)]);
}

struct Day {
    std::int64_t year;
    std::int64_t month_and_day;  ///< month × 100 + day
};

/// The proleptic Gregorian calendar from days since 1970-01-01, counted in eras of 400 years that
/// begin on the first of March.
Day day_of(std::int64_t days) {
    constexpr std::int64_t kEra = 146'097;
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - (kEra - 1)) / kEra;
    const std::int64_t of_era = shifted - era * kEra;
    const std::int64_t year_of_era =
        (of_era - of_era / 1'460 + of_era / 36'524 - of_era / (kEra - 1)) / 365;
    const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t march_month = (5 * of_year + 2) / 153;
    const std::int64_t day = of_year - (153 * march_month + 2) / 5 + 1;
    const std::int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    return {.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
            .month_and_day = month * 100 + day};
}

std::int64_t full_years(std::int64_t born, std::int64_t on) {
    const Day from = day_of(born);
    const Day to = day_of(on);
    return to.year - from.year - (to.month_and_day < from.month_and_day ? 1 : 0);
}

/// Of a list or a single amount; nothing if some value can't be read.
std::optional<Int128> amount_of(const Record& record, Field field) {
    if (!is_list(type_of(field))) {
        if (number_of(record, field) == Record::kMalformed) {
            return std::nullopt;
        }
        return record.is_blank(field) ? 0 : Int128{number_of(record, field)};
    }
    Int128 total = 0;
    for (const Item& item : record.items(field)) {
        if (item.is_malformed) {
            return std::nullopt;
        }
        total += item.text.empty() ? 0 : item.number;
    }
    return total;
}

std::string shown_number(FieldType type, Int128 value) {
    const bool is_amount = type == FieldType::amount || type == FieldType::amounts;
    return is_amount ? Money::from_raw(narrowed(value)).text() : std::to_string(narrowed(value));
}

/// fields: parts …, total. All parts blank is no statement.
void check_sum(std::size_t index, const Rule& rule, const Record& record, std::vector<Hit>& hits) {
    const Field total = rule.fields.back();
    Int128 sum = 0;
    bool is_any_given = false;
    for (std::size_t i = 0; i + 1 < rule.fields.size(); ++i) {
        const std::optional<Int128> part = amount_of(record, rule.fields[i]);
        if (!part) {
            return;
        }
        sum += *part;
        is_any_given = is_any_given || !record.is_blank(rule.fields[i]);
    }
    if (!is_any_given || !role_has_value(record, total)) {
        return;
    }
    const std::int64_t wanted = number_of(record, total);
    if (rule.at_most ? sum > wanted : sum != wanted) {
        hits.push_back({index, rule.fields.front(), 0, shown_number(type_of(total), sum),
                        text_of(record, total)});
    }
}

/// fields: list, companion.
void check_each_has(std::size_t index, const Rule& rule, const Record& record,
                    std::vector<Hit>& hits) {
    const std::span<const Item> items = record.items(rule.fields[0]);
    const std::span<const Item> others = record.items(rule.fields[1]);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].text.empty() && (i >= others.size() || others[i].text.empty())) {
            hits.push_back({index,
                            rule.fields[1],
                            static_cast<std::int32_t>(i + 1),
                            {},
                            std::string(items[i].text)});
        }
    }
}

/// fields: list of days, from, to.
void check_within(std::size_t index, const Rule& rule, const Record& record,
                  std::vector<Hit>& hits) {
    if (!role_has_value(record, rule.fields[1]) || !role_has_value(record, rule.fields[2])) {
        return;
    }
    const std::int64_t from = number_of(record, rule.fields[1]);
    const std::int64_t to = number_of(record, rule.fields[2]);
    const std::span<const Item> items = record.items(rule.fields[0]);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Item& item = items[i];
        if (!item.text.empty() && !item.is_malformed && (item.number < from || item.number > to)) {
            hits.push_back(
                {index, rule.fields[0], static_cast<std::int32_t>(i + 1), std::string(item.text),
                 text_of(record, rule.fields[1]) + " – " + text_of(record, rule.fields[2])});
        }
    }
}

/// fields: list, count of its given places.
void check_count(std::size_t index, const Rule& rule, const Record& record,
                 std::vector<Hit>& hits) {
    if (!role_has_value(record, rule.fields[1])) {
        return;
    }
    const std::span<const Item> items = record.items(rule.fields[0]);
    const auto given = std::count_if(items.begin(), items.end(),
                                     [](const Item& item) { return !item.text.empty(); });
    if (given != number_of(record, rule.fields[1])) {
        hits.push_back(
            {index, rule.fields[1], 0, text_of(record, rule.fields[1]), std::to_string(given)});
    }
}

/// `order` and `equal`: two fields; `days` and `age`: from, to, stated.
void check_values(std::size_t index, const Rule& rule, const Record& record,
                  std::vector<Hit>& hits) {
    for (const Field field : rule.fields) {
        if (!role_has_value(record, field)) {
            return;
        }
    }
    const std::int64_t first = number_of(record, rule.fields[0]);
    const std::int64_t second = number_of(record, rule.fields[1]);
    if (rule.kind == RuleKind::order || rule.kind == RuleKind::equal) {
        if (rule.kind == RuleKind::order ? first > second : first != second) {
            hits.push_back({index, rule.fields[0], 0, text_of(record, rule.fields[0]),
                            text_of(record, rule.fields[1])});
        }
        return;
    }
    if (second < first) {
        return;  // `order` says it
    }
    std::int64_t wanted = std::max<std::int64_t>(1, second - first);
    if (rule.kind == RuleKind::age) {
        wanted = rule.fields[2] == Field::age_days ? second - first : full_years(first, second);
    }
    if (number_of(record, rule.fields[2]) != wanted) {
        hits.push_back(
            {index, rule.fields[2], 0, text_of(record, rule.fields[2]), std::to_string(wanted)});
    }
}

}  // namespace

void check_roles(std::size_t index, const Rule& rule, const Record& record,
                 std::vector<Hit>& hits) {
    switch (rule.kind) {
        case RuleKind::sum:
            check_sum(index, rule, record, hits);
            return;
        case RuleKind::each_has:
            check_each_has(index, rule, record, hits);
            return;
        case RuleKind::within:
            check_within(index, rule, record, hits);
            return;
        case RuleKind::count:
            check_count(index, rule, record, hits);
            return;
        default:
            check_values(index, rule, record, hits);
    }
}

}  // namespace yuanliu::costing::quality
