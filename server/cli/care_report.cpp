// Why this file: see care_report.hpp. Bottom up: what the patients of a department cost, wherever
// it arose, by the methods of their items. What the department itself cost is a report of its own
// (docs/reports.md §5); idle, unallocated and parked cost lies between the two.
#include "server/cli/care_report.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "server/cli/sheet.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::cli {
namespace {

/// Cost by category, and how many visits or bed days it is of.
struct CareSums {
    std::int64_t count = 0;
    std::array<Money, kCategories> cost{};

    void add(const CareSums& other) {
        count += other.count;
        for (std::size_t c = 0; c < kCategories; ++c) {
            cost[c] += other.cost[c];
        }
    }
    [[nodiscard]] Money of(CostCategory category) const {
        return cost[static_cast<std::size_t>(category)];
    }
    [[nodiscard]] Money total() const {
        Money sum;
        for (const Money amount : cost) {
            sum += amount;
        }
        return sum;
    }
};

/// Days of the month in bed, the day of discharge not counted, but at least one of a stay that
/// began in the month; none of a stay that ended before it.
std::int64_t bed_days(const Encounter& stay, Period period) {
    const std::int64_t first = Date::first_of(period).days();
    const std::int64_t end = Date::last_of(period).days() + 1;
    const std::int64_t from = std::max<std::int64_t>(stay.admitted_on.days(), first);
    const std::int64_t until = stay.status == StayStatus::in_hospital
                                   ? end
                                   : std::min<std::int64_t>(stay.discharged_on.days(), end);
    const bool same_day = stay.status != StayStatus::in_hospital &&
                          stay.admitted_on == stay.discharged_on && until >= first;
    return std::max<std::int64_t>(until - from, same_day ? 1 : 0);
}

std::vector<CareSums> by_patients(const usecase::ComputeOutcome& outcome, EncounterKind kind) {
    const Month& month = outcome.loaded.month;
    const EncounterCosts& costs = outcome.result.costing.month_costs;
    std::vector<CareSums> sums(month.departments.size());
    for (std::size_t e = 0; e < month.encounters.size(); ++e) {
        const Encounter& encounter = month.encounters[e];
        if (encounter.kind != kind) {
            continue;
        }
        CareSums& own = sums[encounter.department.index()];
        own.count += kind == EncounterKind::outpatient ? 1 : bed_days(encounter, month.period);
        for (std::size_t at = costs.offset[e]; at < costs.offset[e + 1]; ++at) {
            const Component component = component_at(costs.rank[at]);
            own.cost[static_cast<std::size_t>(component.category)] += costs.cost[at];
        }
    }
    return sums;
}

void add_row(Sheet& sheet, std::vector<std::string> cells, const CareSums& sums) {
    cells.push_back(std::to_string(sums.count));
    for (const Money amount : sums.cost) {
        cells.push_back(amount.text());
    }
    const Money without_drugs = sums.total() - sums.of(CostCategory::drugs);
    const Money without_both = without_drugs - sums.of(CostCategory::materials);
    cells.push_back(sums.total().text());
    for (const Money amount : {sums.total(), without_drugs, without_both}) {
        cells.push_back(each_text(amount, sums.count));
    }
    sheet.add(cells);
}

/// Departments with a count or cost, then the hospital.
void add_rows(Sheet& sheet, const Month& month, const std::vector<CareSums>& sums) {
    CareSums hospital;
    for (std::size_t d = 0; d < sums.size(); ++d) {
        const auto& cost = sums[d].cost;
        const bool has_cost =
            std::any_of(cost.begin(), cost.end(), [](Money one) { return !one.is_zero(); });
        if (sums[d].count > 0 || has_cost) {
            add_row(sheet, {month.departments[d].code, month.departments[d].name}, sums[d]);
            hospital.add(sums[d]);
        }
    }
    add_row(sheet, {"全院", ""}, hospital);
}

}  // namespace

std::string care_sheet(const usecase::ComputeOutcome& outcome, EncounterKind kind) {
    const bool is_visit = kind == EncounterKind::outpatient;
    const std::string unit = is_visit ? "诊次" : "床日";
    std::vector<std::string> header{"科室编码", "名称", unit};
    for (std::size_t c = 0; c < kCategories; ++c) {
        header.push_back(name_in(Language::zh, static_cast<CostCategory>(c)) + "(元)");
    }
    header.insert(header.end(),
                  {"患者成本合计(元, 全部资金来源)", unit + "成本(元)", unit + "成本(元, 不含药品)",
                   unit + "成本(元, 不含药品和卫生材料)"});
    Sheet sheet(header);
    add_rows(sheet, outcome.loaded.month, by_patients(outcome, kind));
    return sheet.text();
}

}  // namespace yuanliu::cli
