// Why this file: looks names up by binary search; the dictionaries stand in the order of codes.
#include "costing/allocate/plan_names.hpp"

#include <algorithm>
#include <set>

namespace yuanliu::costing {
namespace {

constexpr std::string_view kPlanFile = "allocation.toml";
constexpr std::string_view kClassPrefix = "class:";

/// Index of a code in a dictionary, or its size.
template <class Rows>
std::size_t index_of(const Rows& rows, const std::string& code) {
    const auto found = std::lower_bound(
        rows.begin(), rows.end(), code,
        [](const auto& row, const std::string& wanted) { return row.code < wanted; });
    return found != rows.end() && found->code == code
               ? static_cast<std::size_t>(found - rows.begin())
               : rows.size();
}

}  // namespace

void PlanNames::report(FindingCode code, std::string path, std::vector<std::string> arguments) {
    findings_.push_back(
        {.code = code,
         .severity = Severity::stop,
         .where = {.file = std::string(kPlanFile), .row = 0, .column = std::move(path)},
         .arguments = std::move(arguments)});
}

std::vector<DepartmentId> PlanNames::named(const std::string& name, const std::string& path) {
    std::vector<DepartmentId> found;
    if (name.starts_with(kClassPrefix)) {
        const auto wanted = parse_word<DepartmentClass>(name.substr(kClassPrefix.size()));
        if (!wanted || *wanted == DepartmentClass::excluded) {
            report(FindingCode::unknown_department, path, {name});
            return {};
        }
        for (std::size_t i = 0; i < month_.departments.size(); ++i) {
            if (month_.departments[i].department_class == *wanted && month_.departments[i].usable) {
                found.emplace_back(i);
            }
        }
        return found;
    }
    const std::size_t at = index_of(month_.departments, name);
    if (at == month_.departments.size()) {
        report(FindingCode::unknown_department, path, {name});
    } else if (!month_.departments[at].usable) {
        report(FindingCode::code_not_valid_in_month, path, {name, month_.period.text()});
    } else {
        found.emplace_back(at);
    }
    return found;
}

std::vector<DepartmentId> PlanNames::in_order(const std::vector<std::string>& names,
                                              const std::string& path, const std::string* stage) {
    std::vector<DepartmentId> order;
    std::set<DepartmentId> seen;
    std::set<std::string_view> written;
    for (const std::string& name : names) {
        if (!written.insert(name).second && stage != nullptr) {
            report(FindingCode::plan_sender_twice, path, {name, *stage});
        }
        for (const DepartmentId department : named(name, path)) {
            if (seen.insert(department).second) {
                order.push_back(department);
            }
        }
    }
    return order;
}

std::vector<DepartmentId> PlanNames::sorted(const std::vector<std::string>& names,
                                            const std::string& path) {
    std::vector<DepartmentId> found = in_order(names, path);
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<CostItemId> PlanNames::cost_items(const std::vector<std::string>& names,
                                              const std::string& path) {
    std::vector<CostItemId> found;
    for (const std::string& name : names) {
        const std::size_t at = index_of(month_.cost_items, name);
        if (at == month_.cost_items.size()) {
            report(FindingCode::unknown_cost_item, path, {name});
        } else {
            found.emplace_back(at);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

DriverId PlanNames::driver_of_month(const std::string& name) const {
    const std::size_t at = index_of(month_.drivers, name);
    return at == month_.drivers.size() ? DriverId() : DriverId(at);
}

}  // namespace yuanliu::costing
