// Why this file: 诊次成本构成表 and 床日成本构成表: the cost of a visit and of an occupied bed-day,
// by cost item (docs/reports.md §5).
#include <algorithm>

#include "server/report/reports.hpp"

namespace yuanliu::report {
namespace {

struct UnitWords {
    CareSetting care_setting;
    const char* title_zh;
    const char* title_en;
    const char* count_zh;
    const char* count_en;
    const char* each_zh;
    const char* each_en;
};

constexpr UnitWords kVisits{CareSetting::outpatient,
                            "医院诊次成本构成表",
                            "What a visit costs",
                            "诊次",
                            "visits",
                            "诊次成本",
                            "cost per visit"};
constexpr UnitWords kBedDays{
    CareSetting::inpatient, "医院床日成本构成表", "What an occupied bed-day costs",
    "实际占用床日",         "bed-days",           "床日成本",
    "cost per bed-day"};

Row row_of(RowStyle style, std::string title, const std::vector<Money>& amounts,
           std::int64_t count) {
    Row row{.style = style, .cells = {text_cell(std::move(title)), count_cell(count)}};
    for (const Money amount : amounts) {
        row.cells.push_back(amount_cell(amount));
        row.cells.push_back(percent_cell(amount.raw(), amounts.back().raw()));
        row.cells.push_back(each_cell(amount, count));
    }
    return row;
}

std::string list_of_mixed(const ReportInput& input, const CostLine& total) {
    std::string list;
    for (const DepartmentId d : input.view.departments(DepartmentClass::clinical, total)) {
        const Department& department = input.view.month().departments[d.index()];
        if (department.care_setting != CareSetting::inpatient &&
            department.care_setting != CareSetting::outpatient) {
            list += (list.empty() ? "" : ", ") + department_words(department);
        }
    }
    return list;
}

Report unit_report(const ReportInput& input, const UnitWords& words,
                   const std::vector<std::int64_t>& counts) {
    const Language language = input.language;
    Report report = begin_report(input, {}, words.title_zh, words.title_en);
    const auto lines = cost_lines(input.scope, language);
    Section section{.caption = {},
                    .key_columns = 2,
                    .columns = {{.title = in(language, "科室", "department")},
                                {.title = in(language, words.count_zh, words.count_en)}}};
    for (const CostLine& line : lines) {
        section.columns.push_back({.title = in(language, "金额", "amount"), .group = line.title});
        section.columns.push_back({.title = "%", .group = line.title});
        section.columns.push_back(
            {.title = in(language, words.each_zh, words.each_en), .group = line.title});
    }
    std::vector<Money> all(lines.size());
    std::int64_t all_count = 0;
    for (const DepartmentId d : input.view.departments(DepartmentClass::clinical, lines.back())) {
        const Department& department = input.view.month().departments[d.index()];
        if (department.care_setting != words.care_setting) {
            continue;
        }
        std::vector<Money> amounts;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            amounts.push_back(input.view.full(d, lines[i]));
            all[i] += amounts[i];
        }
        all_count += counts[d.index()];
        section.rows.push_back(
            row_of(RowStyle::item, department_words(department), amounts, counts[d.index()]));
    }
    section.rows.insert(section.rows.begin(),
                        row_of(RowStyle::total, in(language, "全院", "hospital"), all, all_count));
    const std::string mixed = list_of_mixed(input, lines.back());
    if (!mixed.empty()) {
        section.notes.push_back(in(language, "门诊住院未分开核算, 未列入: ",
                                   "serve both outpatients and inpatients, not listed: ") +
                                mixed);
    }
    report.sections.push_back(std::move(section));
    report.notes.push_back(in(language, "数量为零时单位成本留空, 不写 0。",
                              "Where the count is zero the unit cost is blank, not 0."));
    return report;
}

}  // namespace

Cell percent_cell(std::int64_t part, std::int64_t total) {
    return total == 0
               ? blank_cell()
               : number_cell(format_decimal(rounded_half_away(Int128{part} * 10'000, total), 2) +
                             "%");
}

Cell each_cell(Money amount, std::int64_t count) {
    return count == 0 ? blank_cell()
                      : amount_cell(Money::from_raw(rounded_half_away(amount.raw(), count)));
}

UnitCounts count_units(const Month& month) {
    UnitCounts counts{.visits = std::vector<std::int64_t>(month.departments.size()),
                      .bed_days = std::vector<std::int64_t>(month.departments.size())};
    const std::int32_t first = Date::first_of(month.period).days();
    const std::int32_t after = Date::last_of(month.period).days() + 1;
    for (const Encounter& encounter : month.encounters) {
        const std::int32_t from = encounter.admitted_on.days();
        if (encounter.kind == EncounterKind::outpatient) {
            counts.visits[encounter.department.index()] += first <= from && from < after ? 1 : 0;
            continue;
        }
        const bool is_out = encounter.status == StayStatus::discharged ||
                            encounter.status == StayStatus::discharged_earlier;
        // A stay of one day lay on it.
        const std::int32_t to = is_out ? std::max(encounter.discharged_on.days(), from + 1) : after;
        counts.bed_days[encounter.department.index()] +=
            std::max(0, std::min(to, after) - std::max(from, first));
    }
    return counts;
}

Report visit_report(const ReportInput& input) {
    return unit_report(input, kVisits, count_units(input.view.month()).visits);
}

Report bed_day_report(const ReportInput& input) {
    return unit_report(input, kBedDays, count_units(input.view.month()).bed_days);
}

}  // namespace yuanliu::report
