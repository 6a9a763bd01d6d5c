// Why this file: see patient_comparison.hpp. Every fen of the department's cost stands in the first
// section, whatever the method; outliers are listed and stay in every sum.
#include "server/report/patient_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "server/report/reports.hpp"

namespace yuanliu::report {
namespace {

constexpr std::int64_t kLongStayDays = 60;      ///< longer is an outlier, as groupers have it
constexpr std::int64_t kSmallChargeFen = 5'00;  ///< less is one

Money sum_of_pools(const costing::DepartmentShares::ByPool& pools) {
    return pools[0] + pools[1] + pools[2];
}

class PatientTables {
  public:
    PatientTables(const Month& month, const PatientComparison& in, Language language)
        : month_(month), in_(in), language_(language) {}

    [[nodiscard]] Section coverage(Report& report) const {
        Section section{
            .caption = in(language_, "科室成本到了哪里 (本月)", "where the department's cost went"),
            .columns = {{.title = in(language_, "方法", "method")},
                        {.title = in(language_, "科室成本", "cost")},
                        {.title = in(language_, "药品", "drugs")},
                        {.title = in(language_, "单独收费材料", "charged materials")},
                        {.title = in(language_, "其余待分配", "the rest, to be spread")},
                        {.title = in(language_, "本月出院", "discharged")},
                        {.title = in(language_, "在院", "in hospital")},
                        {.title = in(language_, "以前出院", "discharged earlier")},
                        {.title = in(language_, "门诊", "visits")},
                        {.title = in(language_, "未知就诊", "unknown encounters")},
                        {.title = in(language_, "闲置及未分配", "idle and unallocated")},
                        {.title = in(language_, "覆盖率 %", "coverage %")}}};
        for (const PatientMethod& method : in_.methods) {
            std::array<Money, WordsOf<StayStatus>::kWords.size()> by_status{};
            Money known;
            for (std::size_t e = 0; e < month_.encounters.size(); ++e) {
                const Money cost = sum_of_pools(method.shares.encounters[e]);
                by_status[static_cast<std::size_t>(month_.encounters[e].status)] += cost;
                known += cost;
            }
            const Money whole = sum_of_pools(method.pools);
            const Money parked = sum_of_pools(method.shares.parked);
            const auto of = [&](StayStatus status) {
                return amount_cell(by_status[static_cast<std::size_t>(status)]);
            };
            section.rows.push_back(
                {.cells = {text_cell(method.title), amount_cell(whole),
                           amount_cell(method.pools[static_cast<std::size_t>(PoolKind::drug)]),
                           amount_cell(method.pools[static_cast<std::size_t>(PoolKind::material)]),
                           amount_cell(method.pools[static_cast<std::size_t>(PoolKind::service)]),
                           of(StayStatus::discharged), of(StayStatus::in_hospital),
                           of(StayStatus::discharged_earlier), of(StayStatus::visit),
                           amount_cell(parked), amount_cell(method.not_borne),
                           percent_cell(known.raw(), whole.raw())}});
            report.must_close(
                in(language_, "各去向之和 = 科室成本: ", "parts = cost: ") + method.title,
                known + parked + method.not_borne, whole);
        }
        return section;
    }

    /// Discharged cases by group: what a case costs in the mean by each method.
    [[nodiscard]] Section groups() const {
        struct GroupSums {
            std::int64_t cases = 0;
            Amounts costs;
        };
        std::map<std::string, GroupSums> groups;
        GroupSums total{.costs = Amounts(in_.methods.size())};
        for (std::size_t e = 0; e < month_.encounters.size(); ++e) {
            if (in_.groups[e].empty() || costs_of(e).empty()) {
                continue;
            }
            GroupSums& sums = groups[in_.groups[e]];
            sums.costs.resize(in_.methods.size());
            for (GroupSums* one : {&sums, &total}) {
                ++one->cases;
                for (std::size_t m = 0; m < in_.methods.size(); ++m) {
                    one->costs[m] += costs_of(e)[m];
                }
            }
        }
        Section section{.caption = in(language_, "本月出院病例: 例均本科室成本, 按病组",
                                      "discharged cases: mean cost in the department, by group"),
                        .columns = {{.title = in(language_, "病组", "group")},
                                    {.title = in(language_, "病例", "cases")}}};
        add_method_columns(section);
        const auto add = [&](RowStyle style, std::string title, const GroupSums& sums) {
            Row row{.style = style, .cells = {text_cell(std::move(title)), count_cell(sums.cases)}};
            for (const Money cost : sums.costs) {
                row.cells.push_back(each_cell(cost, sums.cases));
            }
            row.cells.push_back(spread_cell(sums.costs));
            section.rows.push_back(std::move(row));
        };
        for (const auto& [group, sums] : groups) {
            add(RowStyle::item, group, sums);
        }
        add(RowStyle::total, in(language_, "合计", "total"), total);
        return section;
    }

    [[nodiscard]] Section outliers() const {
        Section section = patient_section(
            in(language_, "离群患者 (列出, 不剔除)", "outliers: listed, not dropped"));
        for (std::size_t e = 0; e < month_.encounters.size(); ++e) {
            const std::string why = outlier_reason(e);
            if (!why.empty() && !costs_of(e).empty()) {
                section.rows.push_back(patient_row(e, why));
            }
        }
        return section;
    }

    /// The patients that the choice of method matters most to.
    [[nodiscard]] Section most_different() const {
        constexpr std::size_t kMostShown = 20;
        std::vector<std::pair<Money, std::size_t>> order;
        for (std::size_t e = 0; e < month_.encounters.size(); ++e) {
            const Amounts costs = costs_of(e);
            if (!costs.empty()) {
                const auto [least, most] = std::minmax_element(costs.begin(), costs.end());
                order.emplace_back(*least - *most, e);  // the largest difference first
            }
        }
        std::sort(order.begin(), order.end());
        Section section = patient_section(
            in(language_, "各方法差异最大的患者", "patients whose cost differs most by method"));
        for (std::size_t i = 0; i < std::min(kMostShown, order.size()); ++i) {
            section.rows.push_back(patient_row(order[i].second, outlier_reason(order[i].second)));
        }
        return section;
    }

  private:
    /// By method; none when the department gave the encounter nothing by any of them.
    [[nodiscard]] Amounts costs_of(std::size_t encounter) const {
        Amounts costs;
        bool has_any = false;
        for (const PatientMethod& method : in_.methods) {
            costs.push_back(sum_of_pools(method.shares.encounters[encounter]));
            has_any = has_any || !costs.back().is_zero();
        }
        return has_any ? costs : Amounts();
    }
    void add_method_columns(Section& section) const {
        for (const PatientMethod& method : in_.methods) {
            section.columns.push_back({.title = method.title});
        }
        section.columns.push_back(
            {.title = in(language_, "(最大 − 最小) ÷ 最小 %", "(most − least) ÷ least %")});
    }
    [[nodiscard]] static Cell spread_cell(const Amounts& costs) {
        const auto [least, most] = std::minmax_element(costs.begin(), costs.end());
        return least == costs.end() || least->raw() <= 0
                   ? blank_cell()
                   : percent_cell((*most - *least).raw(), least->raw());
    }
    [[nodiscard]] std::int64_t days_of(const Encounter& encounter) const {
        const bool is_in = encounter.status == StayStatus::in_hospital;
        const Date end = is_in ? Date::last_of(month_.period) : encounter.discharged_on;
        return end.days() - encounter.admitted_on.days();
    }
    /// Of stays only; blank = it is none.
    [[nodiscard]] std::string outlier_reason(std::size_t encounter) const {
        const Encounter& row = month_.encounters[encounter];
        if (row.kind != EncounterKind::inpatient) {
            return {};
        }
        std::string why;
        if (days_of(row) > kLongStayDays) {
            why = in(language_, "住院超过 60 天", "more than 60 days");
        }
        if (in_.charges[encounter].raw() < kSmallChargeFen) {
            why += (why.empty() ? "" : ", ") + in(language_, "费用低于 5 元", "charge below 5.00");
        }
        return why;
    }
    [[nodiscard]] Section patient_section(std::string caption) const {
        Section section{.caption = std::move(caption),
                        .key_columns = 3,
                        .columns = {{.title = in(language_, "就诊", "encounter")},
                                    {.title = in(language_, "病组", "group")},
                                    {.title = in(language_, "离群", "outlier")},
                                    {.title = in(language_, "天数", "days")},
                                    {.title = in(language_, "费用", "charge")}}};
        add_method_columns(section);
        return section;
    }
    [[nodiscard]] Row patient_row(std::size_t encounter, std::string why) const {
        const Encounter& row = month_.encounters[encounter];
        Row cells{.cells = {text_cell(row.code), text_cell(in_.groups[encounter]),
                            text_cell(std::move(why)),
                            row.kind == EncounterKind::inpatient ? count_cell(days_of(row))
                                                                 : blank_cell(),
                            amount_cell(in_.charges[encounter])}};
        const Amounts costs = costs_of(encounter);
        for (const Money cost : costs) {
            cells.cells.push_back(amount_cell(cost));
        }
        cells.cells.push_back(spread_cell(costs));
        return cells;
    }

    const Month& month_;
    const PatientComparison& in_;
    Language language_;
};

}  // namespace

Report patient_comparison(const Month& month, const PatientComparison& comparison,
                          Language language) {
    const Department& department = month.departments[comparison.department.index()];
    Report report{.language = language,
                  .form = {},
                  .title = in(language, "患者成本方法比较: ", "Cost of patients by method: ") +
                           department_words(department),
                  .caliber = in(language, "全部资金来源; 本科室本月成本 (项目分配前各级分摊之后)",
                                "all fund sources; the department's cost of the month after the "
                                "stages before items"),
                  .hospital = month.hospital_name,
                  .period = period_words(month.period.text(), language),
                  .basis = {}};
    const PatientTables tables(month, comparison, language);
    report.sections.push_back(tables.coverage(report));
    report.sections.push_back(tables.groups());
    report.sections.push_back(tables.outliers());
    report.sections.push_back(tables.most_different());
    for (const std::string& one : comparison.left_out) {
        report.notes.push_back(in(language, "略去: ", "left out: ") + one);
    }
    report.notes.push_back(in(
        language,
        "患者成本 = 药品 + 单独收费材料 (按各自费用) + 其余成本按方法分配。覆盖率 = "
        "到已知患者的成本 "
        "÷ 科室成本。离群: 住院超过 60 天, 或住院费用低于 5 元; 仍在各项合计之内。",
        "A patient's cost = drugs + charged materials (by their charges) + a share of the rest by "
        "the method. Coverage = what reached known patients ÷ cost. Outliers: stays of more than "
        "60 days, or charged less than 5.00; they stay in every sum."));
    return report;
}

}  // namespace yuanliu::report
