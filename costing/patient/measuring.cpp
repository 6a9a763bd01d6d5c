// Why this file: see measuring.hpp, [RULE COST-010].
#include "costing/patient/measuring.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace yuanliu::costing {
namespace {

constexpr std::int64_t kE4 = 10'000;

/// Charge categories among the service lines of each department, parked lines included.
class Categories {
  public:
    explicit Categories(const Month& month) : month_(month), seen_(month.departments.size()) {
        const ChargeLines& lines = month.charge_lines;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            note(lines.executing[i], lines.service_item[i]);
        }
        for (const ParkedLine& line : month.parked_lines) {
            note(line.executing, line.service_item);
        }
    }
    [[nodiscard]] bool has(DepartmentId department, ChargeCategory category) const {
        return (seen_[department.index()] >> static_cast<unsigned>(category) & 1U) != 0;
    }

  private:
    void note(DepartmentId department, ServiceItemId item) {
        const ServiceItem& found = month_.service_items[item.index()];
        if (found.kind == ServiceKind::service) {
            seen_[department.index()] |= 1U << static_cast<unsigned>(found.charge_category);
        }
    }
    const Month& month_;
    std::vector<std::uint32_t> seen_;
};

ActivityResult activity_of(const PoolResult& pool, std::string code, Measure measure) {
    ActivityResult made;
    made.department = pool.department;
    made.kind = pool.kind;
    made.code = std::move(code);
    made.measure = measure;
    return made;
}

Measure measure_of(ItemMethod method) {
    switch (method) {
        case ItemMethod::income:
        case ItemMethod::cost_to_charge:
            return Measure::charge;
        case ItemMethod::item_driver:
            return Measure::item_driver;
        case ItemMethod::bed_days:
            return Measure::days;
        case ItemMethod::visits:
            return Measure::visits;
        case ItemMethod::treatment_time:
            return Measure::treatment_time;
        case ItemMethod::equivalent:
        case ItemMethod::activity:
            break;
    }
    return Measure::equivalent;
}

void add_declared(const Month& month, const PoolResult& pool, std::vector<ActivityResult>& out) {
    for (const DeclaredActivity& row : month.activities) {
        if (row.department == pool.department) {
            ActivityResult made = activity_of(pool, row.code, row.measure);
            made.item_driver = row.item_driver;
            made.capacity = row.capacity;
            out.push_back(std::move(made));
        }
    }
    std::set<ServiceItemId> traced;
    for (const TracedCost& row : month.traced_costs) {
        if (row.department == pool.department && traced.insert(row.service_item).second) {
            const std::string& code = month.service_items[row.service_item.index()].code;
            ActivityResult made = activity_of(pool, "~item:" + code, Measure::quantity);
            made.item = row.service_item;
            out.push_back(std::move(made));
        }
    }
}

void add_units(const Categories& categories, const PoolResult& pool,
               std::vector<ActivityResult>& out) {
    for (std::size_t i = 0; i < WordsOf<ChargeCategory>::kWords.size(); ++i) {
        const auto category = static_cast<ChargeCategory>(i);
        if (categories.has(pool.department, category)) {
            ActivityResult made =
                activity_of(pool, "~unit:" + std::string(word_of(category)), Measure::charge);
            made.category = category;
            out.push_back(std::move(made));
        }
    }
}

/// The encounter's rows of a table in encounter order, each a use of its department's activities.
template <class Row>
void add_uses(const std::vector<Row>& rows, EncounterId id,
              const std::vector<std::vector<std::uint32_t>>& by_department, Quantity Row::*number,
              std::vector<ActivityUse>& uses) {
    auto row =
        std::lower_bound(rows.begin(), rows.end(), id,
                         [](const Row& one, EncounterId wanted) { return one.encounter < wanted; });
    for (; row != rows.end() && row->encounter == id; ++row) {
        for (const std::uint32_t activity : by_department[row->department.index()]) {
            uses.push_back({.activity = activity,
                            .weight = capped_weight(Int128{((*row).*number).raw()} * kE4)});
        }
    }
}

}  // namespace

std::vector<ActivityResult> list_activities(const Month& month, const Pools& pools,
                                            const CostingSettings& settings) {
    const auto methods = methods_of(month, settings);
    std::optional<Categories> categories;
    std::vector<ActivityResult> out;
    for (const PoolResult& pool : pools.list()) {
        const DepartmentMethod& method = methods[pool.department.index()];
        const std::size_t before = out.size();
        if (pool.kind != PoolKind::service) {
            out.push_back(activity_of(pool, "~all", Measure::charge));
            continue;
        }
        if (method.method == ItemMethod::activity) {
            add_declared(month, pool, out);
        } else if (method.method == ItemMethod::cost_to_charge) {
            if (!categories) {
                categories.emplace(month);
            }
            add_units(*categories, pool, out);
        }
        if (out.size() == before && method.method == ItemMethod::activity) {
            // No reading can name it, so the division stops and says what is missing.
            out.push_back(activity_of(pool, "~none", Measure::equivalent));
        } else if (out.size() == before) {
            ActivityResult whole = activity_of(pool, "~all", measure_of(method.method));
            whole.item_driver = method.item_driver;
            out.push_back(std::move(whole));
        }
        std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
                  [](const auto& a, const auto& b) { return a.code < b.code; });
    }
    return out;
}

Measuring::Measuring(const Month& month, const std::vector<ActivityResult>& activities)
    : month_(month),
      activities_(activities),
      spans_(month.departments.size() * kPoolKinds),
      values_of_(activities.size()),
      by_days_(month.departments.size()),
      by_visits_(month.departments.size()),
      by_time_(month.departments.size()) {
    for (std::size_t i = 0; i < activities.size(); ++i) {
        const ActivityResult& activity = activities[i];
        Span& span = spans_[activity.department.index() * kPoolKinds +
                            static_cast<std::size_t>(activity.kind)];
        span.first = span.count == 0 ? static_cast<std::uint32_t>(i) : span.first;
        ++span.count;
        span.is_plain =
            span.count == 1 && activity.is_whole() &&
            (activity.kind != PoolKind::service || activity.measure == Measure::equivalent);
    }
    take_values();
    take_stays();
}

void Measuring::take_values() {
    for (std::size_t i = 0; i < activities_.size(); ++i) {
        const ActivityResult& activity = activities_[i];
        if (activity.measure != Measure::item_driver) {
            continue;
        }
        auto& values = values_[{activity.item_driver, activity.department}];
        values_of_[i] = &values;
        if (!values.empty()) {
            continue;
        }
        values.resize(month_.service_items.size());
        // Rows of a blank department come first, those of a department replace them.
        for (const bool is_own : {false, true}) {
            for (const ItemDriverValue& row : month_.item_drivers) {
                const bool applies =
                    is_own ? row.department == activity.department : !row.department.is_valid();
                if (applies && row.item_driver == activity.item_driver) {
                    values[row.service_item.index()] = row.value.raw();
                }
            }
        }
    }
}

void Measuring::take_stays() {
    for (std::size_t i = 0; i < activities_.size(); ++i) {
        const std::size_t department = activities_[i].department.index();
        if (activities_[i].measure == Measure::days) {
            by_days_[department].push_back(static_cast<std::uint32_t>(i));
            has_days_ = true;
        } else if (activities_[i].measure == Measure::visits) {
            by_visits_[department].push_back(static_cast<std::uint32_t>(i));
            has_visits_ = true;
        } else if (activities_[i].measure == Measure::treatment_time) {
            by_time_[department].push_back(static_cast<std::uint32_t>(i));
            has_time_ = true;
        }
    }
}

bool Measuring::measures(std::uint32_t index, ServiceItemId item) const {
    const ActivityResult& activity = activities_[index];
    switch (activity.measure) {
        case Measure::equivalent:
            return true;
        case Measure::charge:
            return !activity.category ||
                   *activity.category == month_.service_items[item.index()].charge_category;
        case Measure::item_driver:
            return (*values_of_[index])[item.index()] > 0;
        case Measure::quantity:
            return activity.item == item;
        case Measure::days:
        case Measure::visits:
        case Measure::treatment_time:
            break;
    }
    return false;
}

RowFactor plain_factor(const ServiceItem& item) {
    return item.kind == ServiceKind::service
               ? RowFactor{.value = item.equivalent.raw(), .by_charge = false}
               : RowFactor{.value = 1, .by_charge = true};
}

RowFactor Measuring::row_factor(std::uint32_t index, ServiceItemId item) const {
    const ActivityResult& activity = activities_[index];
    if (activity.kind != PoolKind::service || activity.measure == Measure::equivalent) {
        return plain_factor(month_.service_items[item.index()]);
    }
    if (!measures(index, item)) {
        return {};
    }
    switch (activity.measure) {
        case Measure::charge:
            return {.value = 1'000'000, .by_charge = true};  // fen to scale 8
        case Measure::item_driver:
            return {.value = (*values_of_[index])[item.index()], .by_charge = false};
        case Measure::quantity:
            return {.value = kE4, .by_charge = false};
        case Measure::equivalent:
        case Measure::days:
        case Measure::visits:
        case Measure::treatment_time:
            break;
    }
    return {};
}

void Measuring::add_stays(EncounterId id, std::vector<ActivityUse>& uses) const {
    const Encounter& encounter = month_.encounters[id.index()];
    if (has_visits_ && encounter.kind == EncounterKind::outpatient) {
        for (const std::uint32_t activity : by_visits_[encounter.department.index()]) {
            uses.push_back({.activity = activity, .weight = kE4 * kE4});
        }
    }
    if (has_time_) {
        add_uses(month_.treatment_times, id, by_time_, &TreatmentTime::minutes, uses);
    }
    if (has_days_ && encounter.kind == EncounterKind::inpatient) {
        add_uses(month_.ward_stays, id, by_days_, &WardStay::days, uses);
    }
}

}  // namespace yuanliu::costing
