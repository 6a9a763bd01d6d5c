// Why this file: see stay_pages.hpp.
#include "server/quality/stay_pages.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "server/quality/case_layout.hpp"
#include "server/quality/field_words.hpp"
#include "server/quality/quality_listing.hpp"
#include "server/text/csv.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::quality {
namespace {

using costing::quality::Hit;

/// Which parts of a front page some stay of the month states.
struct StatedParts {
    bool details = false;  ///< age in days, weights, way of leaving, intensive care
    bool conditions = false;
    bool procedures = false;
};

StatedParts stated_parts(const Month& month) {
    StatedParts stated;
    for (const auto* records : {&month.discharge_records, &month.open_records}) {
        for (const DischargeRecord& one : *records) {
            const StayDetails& page = one.details;
            stated.details = stated.details || page.age_days != StayDetails::kUnknown ||
                             page.birth_weight_g != StayDetails::kUnknown ||
                             page.admission_weight_g != StayDetails::kUnknown ||
                             page.discharge_way || page.icu_days;
            stated.conditions = stated.conditions || !one.conditions.empty();
            stated.procedures = stated.procedures || !one.procedure_details.empty();
        }
    }
    return stated;
}

/// What the outcome of a discharge says of the way of leaving, where the page itself doesn't.
std::string_view way_of(const DischargeRecord& record) {
    if (record.details.discharge_way) {
        return word_of(*record.details.discharge_way);
    }
    switch (record.outcome) {
        case Outcome::cured:
        case Outcome::improved:
            return word_of(DischargeWay::home);
        case Outcome::transferred:
            return word_of(DischargeWay::hospital);
        case Outcome::against_advice:
            return word_of(DischargeWay::against_advice);
        case Outcome::died:
            return word_of(DischargeWay::died);
        case Outcome::other:
            break;
    }
    return word_of(DischargeWay::other);
}

std::string count_text(std::int32_t value) {
    return value == StayDetails::kUnknown ? std::string() : std::to_string(value);
}

template <class List, class Text>
std::string list_text(const List& list, std::size_t first, Text text) {
    std::string out;
    for (std::size_t i = first; i < list.size(); ++i) {
        out += (i > first ? ";" : "") + text(list[i]);
    }
    return out;
}

/// Adds a column with its cell to both lines.
class PageLine {
  public:
    void add(std::string_view column, const std::string& cell) {
        header_ += header_.empty() ? "" : ",";
        header_ += column;
        cells_ += cells_.empty() ? "" : ",";
        text::append_field(cells_, cell);
    }
    [[nodiscard]] const std::string& header() const { return header_; }
    [[nodiscard]] const std::string& cells() const { return cells_; }

  private:
    std::string header_;
    std::string cells_;
};

void add_stay(const Month& month, const DischargeRecord& record, Money charge, PageLine& line) {
    const Encounter& stay = month.encounters[record.encounter.index()];
    line.add("record_number", stay.record_number);
    line.add("department", month.departments[stay.department.index()].code);
    line.add("attending", stay.attending);
    line.add("payer", stay.payer);
    line.add("admitted_on", stay.admitted_on.text());
    line.add("sex", std::string(word_of(record.sex)));
    line.add("age_years", std::to_string(record.age_years));
    line.add("detail_charge", charge.text());
    if (stay.status == StayStatus::discharged) {
        line.add("discharged_on", stay.discharged_on.text());
        line.add("discharge_way", std::string(way_of(record)));
    }
}

void add_details(const DischargeRecord& record, const StatedParts& stated, PageLine& line) {
    const StayDetails& page = record.details;
    if (stated.details) {
        line.add("age_days", count_text(page.age_days));
        line.add("birth_weight_g", count_text(page.birth_weight_g));
        line.add("admission_weight_g", count_text(page.admission_weight_g));
        // Whole days: 2.5 days of intensive care are more than 2 of a stay.
        line.add("icu_days", page.icu_days ? std::to_string((page.icu_days->raw() + 9'999) / 10'000)
                                           : std::string());
    }
    if (stated.conditions) {
        line.add("admission_conditions", list_text(record.conditions, 0, [](const auto& one) {
                     return one ? std::string(word_of(*one)) : std::string();
                 }));
    }
    if (stated.procedures) {
        const auto& details = record.procedure_details;
        line.add("procedure_levels", list_text(details, 0, [](const ProcedureDetails& one) {
                     return one.level == 0 ? std::string() : std::to_string(one.level);
                 }));
        line.add("procedure_dates", list_text(details, 0, [](const ProcedureDetails& one) {
                     return one.performed_on == Date() ? std::string() : one.performed_on.text();
                 }));
    }
}

/// What makes two hits say the same: places of diagnoses move with the main one.
auto key_of(const PageHit& hit) {
    return std::tie(hit.rule, hit.field, hit.value, hit.expected);
}

void mark_common(std::vector<std::vector<PageHit>>& pages) {
    std::vector<std::multiset<std::tuple<std::string, std::string, std::string, std::string>>> keys;
    for (const auto& page : pages) {
        auto& set = keys.emplace_back();
        for (const PageHit& hit : page) {
            set.insert(key_of(hit));
        }
    }
    for (auto& page : pages) {
        for (PageHit& hit : page) {
            const std::tuple<std::string, std::string, std::string, std::string> key = key_of(hit);
            const std::size_t times = keys.front().count(key);
            hit.is_common = std::all_of(keys.begin(), keys.end(), [&](const auto& others) {
                return others.count(key) == times && times > 0;
            });
        }
    }
}

PageHit page_hit(const costing::quality::RuleBook& rules, const Hit& hit, Language language) {
    const costing::quality::Rule& rule = rules.rules[hit.rule];
    const std::vector<std::string> values{text::shown(hit.value), text::shown(hit.expected),
                                          label_of(hit.field, language),
                                          std::to_string(hit.position)};
    const bool is_chinese = language == Language::zh;
    return {.rule = rule.id,
            .severity = rule.severity,
            .field = std::string(name_of(hit.field)),
            .position = hit.position,
            .value = values[0],
            .expected = values[1],
            .message = with_values(is_chinese ? rule.message_zh : rule.message_en, values),
            .mend = with_values(is_chinese ? rule.mend_zh : rule.mend_en, values)};
}

}  // namespace

CaseSource pages_of_stay(const Month& month, std::span<const DischargeRecord> records,
                         Money charge) {
    CaseSource source;
    source.file = "discharges.csv";
    const StatedParts stated = stated_parts(month);
    const auto itself = [](const std::string& code) { return code; };
    for (std::size_t i = 0; i < records.size(); ++i) {
        const DischargeRecord& record = records[i];
        PageLine line;
        line.add("encounter", std::to_string(i + 1));
        line.add("main_diagnosis", record.main_diagnosis);
        line.add("other_diagnoses",
                 list_text(record.diagnoses, record.main_diagnosis.empty() ? 0 : 1, itself));
        line.add("procedures", list_text(record.procedures, 0, itself));
        add_stay(month, record, charge, line);
        add_details(record, stated, line);
        source.made += i == 0 ? line.header() + "\n" : "";
        source.made += line.cells() + "\n";
        source.rows.push_back(0);
    }
    return source;
}

JudgedPages judge_pages(const CaseSource& source, const costing::quality::RuleBook& rules,
                        Language language) {
    JudgedPages judged{.rules = rules.id, .pages = {}, .checked = 0, .all = rules.rules.size()};
    std::string_view rest = source.text();
    const auto next = [&] {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        return line;
    };
    text::RowSplitter splitter;
    if (rest.empty() || splitter.split(next()) != text::LineFault::none) {
        return judged;
    }
    intake::FindingList findings(source.file, 1);
    const CaseLayout layout;
    const BoundColumns bound = bind_columns(layout, splitter.fields(), findings);
    const costing::quality::CodeBooks books;
    const costing::quality::Judge judge(rules, books, bound.fields);
    judged.checked = judge.checked_rules();
    costing::quality::Record record;
    costing::quality::Verdict verdict;
    while (!rest.empty()) {
        YUANLIU_CHECK(splitter.split(next()) == text::LineFault::none);
        fill_record(bound, splitter.fields(), record);
        auto& page = judged.pages.emplace_back();
        if (record.is_blank(costing::quality::Field::main_diagnosis)) {
            continue;
        }
        judge.judge(record, verdict);
        for (const Hit& hit : verdict.hits) {
            page.push_back(page_hit(rules, hit, language));
        }
    }
    mark_common(judged.pages);
    return judged;
}

}  // namespace yuanliu::quality
