// Why this file: the optional tables that say how service pools are divided (docs/service-items.md
// §1): a code that names nothing here would silently move no cost, so every name is checked.
#include <algorithm>
#include <set>
#include <tuple>

#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {
namespace {

constexpr std::string_view kDepartment = "department";

/// Cost of drugs and materials never reaches a service pool, so they can't stand for an item here.
void check_service(const MonthDraft& draft, std::uint32_t item, std::string_view column,
                   const Row& row, FindingList& findings) {
    if (item == CodeIndex::kNone) {
        return;
    }
    const ServiceItem& found = draft.loaded.month.service_items[item];
    if (found.kind != ServiceKind::service) {
        findings.add(FindingCode::item_not_service, {.row = row.number, .column = column},
                     {found.code, std::string(word_of(found.kind))});
    }
}

void read_item_drivers(MonthDraft& draft) {
    enum : std::size_t { item_driver, department, service_item, value };
    const Reference to_department{department, kDepartment, FindingCode::unknown_department};
    const Reference to_item{service_item, "service_item", FindingCode::unknown_service_item};
    auto& values = draft.month().item_drivers;
    values = read_rows<ItemDriverValue>(
        draft, tables::item_drivers, [&](const Row& row, FindingList& findings) {
            return ItemDriverValue{
                .item_driver = row[item_driver].string(),
                .department =
                    DepartmentId(refer(draft, draft.departments, to_department, row, findings)),
                .service_item =
                    ServiceItemId(refer(draft, draft.service_items, to_item, row, findings)),
                .value = row[value].quantity()};
        });
    // A blank department comes first: the values of departments then replace it.
    const auto key = [](const ItemDriverValue& row) {
        return std::tuple(std::string_view(row.item_driver), row.department.value() + 1U,
                          row.service_item);
    };
    std::stable_sort(values.begin(), values.end(),
                     [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

/// A measure by an item driver needs one that some item has a value of.
void check_measure(const MonthDraft& draft, const std::set<std::string, std::less<>>& known,
                   const Row& row, FindingList& findings) {
    enum : std::size_t { department, activity, name, measure, item_driver };
    const FindingList::Place place{.row = row.number, .column = "item_driver"};
    if (!row[measure].is_valid || row[measure].word<Measure>() != Measure::item_driver) {
        return;
    }
    if (row[item_driver].is_blank()) {
        findings.add(FindingCode::value_missing, place, {});
    } else if (row[item_driver].is_valid && draft.can_judge(tables::item_drivers) &&
               !known.contains(row[item_driver].text)) {
        findings.add(FindingCode::unknown_item_driver, place, {row[item_driver].string()});
    }
}

void read_activities(MonthDraft& draft) {
    enum : std::size_t { department, activity, name, measure, item_driver, practical_capacity };
    const Reference to_department{department, kDepartment, FindingCode::unknown_department};
    std::set<std::string, std::less<>> drivers;
    for (const ItemDriverValue& value : draft.month().item_drivers) {
        drivers.insert(value.item_driver);
    }
    auto& activities = draft.month().activities;
    activities = read_rows<DeclaredActivity>(
        draft, tables::activities, [&](const Row& row, FindingList& findings) {
            check_measure(draft, drivers, row, findings);
            DeclaredActivity made{.department = DepartmentId(refer(draft, draft.departments,
                                                                   to_department, row, findings)),
                                  .code = row[activity].string(),
                                  .name = row[name].string(),
                                  .measure = row[measure].word<Measure>(),
                                  .item_driver = {}};
            if (made.measure == Measure::item_driver) {
                made.item_driver = row[item_driver].string();
            }
            if (!row[practical_capacity].is_blank()) {
                made.capacity = row[practical_capacity].quantity();
            }
            return made;
        });
    std::stable_sort(activities.begin(), activities.end(), [](const auto& a, const auto& b) {
        return std::tie(a.department, a.code) < std::tie(b.department, b.code);
    });
}

/// A reading is of an activity of its department or of a service unit, by its charge category.
void read_activity_readings(MonthDraft& draft) {
    enum : std::size_t { department, resource_driver, activity, value };
    const Reference to_department{department, kDepartment, FindingCode::unknown_department};
    std::set<std::pair<DepartmentId, std::string_view>> known;
    for (const DeclaredActivity& row : draft.month().activities) {
        known.emplace(row.department, row.code);
    }
    auto& readings = draft.month().activity_readings;
    readings = read_rows<ActivityReading>(
        draft, tables::activity_readings, [&](const Row& row, FindingList& findings) {
            ActivityReading made{.department = DepartmentId(
                                     refer(draft, draft.departments, to_department, row, findings)),
                                 .resource_driver = row[resource_driver].string(),
                                 .activity = row[activity].string(),
                                 .value = row[value].quantity()};
            if (made.department.is_valid() && row[activity].is_valid &&
                draft.can_judge(tables::activities) &&
                !parse_word<ChargeCategory>(row[activity].text) &&
                !known.contains({made.department, row[activity].text})) {
                findings.add(FindingCode::unknown_activity,
                             {.row = row.number, .column = "activity"},
                             {row[department].string(), row[activity].string()});
            }
            return made;
        });
    std::stable_sort(readings.begin(), readings.end(), [](const auto& a, const auto& b) {
        return std::tie(a.department, a.resource_driver, a.activity) <
               std::tie(b.department, b.resource_driver, b.activity);
    });
}

void read_traced_costs(MonthDraft& draft) {
    enum : std::size_t { department, cost_item, fund_source, service_item, amount };
    const Reference to_department{department, kDepartment, FindingCode::unknown_department};
    const Reference to_cost_item{cost_item, "cost_item", FindingCode::unknown_cost_item};
    const Reference to_item{service_item, "service_item", FindingCode::unknown_service_item};
    auto& costs = draft.month().traced_costs;
    costs = read_rows<TracedCost>(
        draft, tables::traced_costs, [&](const Row& row, FindingList& findings) {
            const std::uint32_t item = refer(draft, draft.service_items, to_item, row, findings);
            check_service(draft, item, "service_item", row, findings);
            return TracedCost{
                .department =
                    DepartmentId(refer(draft, draft.departments, to_department, row, findings)),
                .cost_item =
                    CostItemId(refer(draft, draft.cost_items, to_cost_item, row, findings)),
                .fund = row[fund_source].word<FundSource>(),
                .service_item = ServiceItemId(item),
                .amount = row[amount].money()};
        });
    AmountSum sum;
    for (const TracedCost& cost : costs) {
        sum.add(cost.amount);
    }
    sum.checked("amount", draft.book.of(tables::traced_costs.file));
    std::stable_sort(costs.begin(), costs.end(), [](const auto& a, const auto& b) {
        return std::tie(a.department, a.service_item, a.cost_item, a.fund) <
               std::tie(b.department, b.service_item, b.cost_item, b.fund);
    });
}

void check_stay(const MonthDraft& draft, std::uint32_t encounter, const Row& row,
                FindingList& findings) {
    enum : std::size_t { code, department, days };
    const std::int64_t longest = (draft.last_day.days() - draft.first_day.days() + 1) * 10'000;
    if (row[days].is_valid && row[days].value > longest) {
        findings.add(FindingCode::number_out_of_range, {.row = row.number, .column = "days"},
                     {row[days].string(), "0", format_decimal_trimmed(longest, Quantity::kScale)});
    }
    if (encounter != CodeIndex::kNone &&
        draft.loaded.month.encounters[encounter].kind != EncounterKind::inpatient) {
        findings.add(FindingCode::ward_stay_not_inpatient,
                     {.row = row.number, .column = "encounter"}, {row[code].string()});
    }
}

void read_ward_stays(MonthDraft& draft) {
    enum : std::size_t { encounter, department, days };
    const Reference to_encounter{encounter, "encounter", FindingCode::unknown_encounter};
    const Reference to_department{department, kDepartment, FindingCode::unknown_department};
    auto& stays = draft.month().ward_stays;
    stays = read_rows<WardStay>(draft, tables::ward_stays, [&](const Row& row, FindingList& f) {
        const std::uint32_t id = refer(draft, draft.encounters, to_encounter, row, f);
        check_stay(draft, id, row, f);
        return WardStay{
            .encounter = EncounterId(id),
            .department = DepartmentId(refer(draft, draft.departments, to_department, row, f)),
            .days = row[days].quantity()};
    });
    std::stable_sort(stays.begin(), stays.end(), [](const auto& a, const auto& b) {
        return std::tie(a.encounter, a.department) < std::tie(b.encounter, b.department);
    });
}

void read_treatment_times(MonthDraft& draft) {
    enum : std::size_t { encounter, department, minutes };
    const Reference to_encounter{encounter, "encounter", FindingCode::unknown_encounter};
    const Reference to_department{department, kDepartment, FindingCode::unknown_department};
    auto& times = draft.month().treatment_times;
    times = read_rows<TreatmentTime>(
        draft, tables::treatment_times, [&](const Row& row, FindingList& f) {
            return TreatmentTime{
                .encounter = EncounterId(refer(draft, draft.encounters, to_encounter, row, f)),
                .department = DepartmentId(refer(draft, draft.departments, to_department, row, f)),
                .minutes = row[minutes].quantity()};
        });
    std::stable_sort(times.begin(), times.end(), [](const auto& a, const auto& b) {
        return std::tie(a.encounter, a.department) < std::tie(b.encounter, b.department);
    });
}

}  // namespace

void read_item_tables(MonthDraft& draft) {
    read_item_drivers(draft);
    read_activities(draft);
    read_activity_readings(draft);
    read_traced_costs(draft);
    read_ward_stays(draft);
    read_treatment_times(draft);
}

}  // namespace yuanliu::intake
