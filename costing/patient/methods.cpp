// Why this file: see methods.hpp.
#include "costing/patient/methods.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace yuanliu::costing {
namespace {

constexpr std::string_view kClassPrefix = "class:";

class Checker {
  public:
    explicit Checker(const Month& month) : month_(month) {}

    template <class Rows>
    void check_codes(const std::vector<std::string>& names, const Rows& rows, FindingCode unknown,
                     const std::string& column) {
        for (const std::string& name : names) {
            const bool is_known = name == "*" || name.starts_with(kClassPrefix) ||
                                  std::any_of(rows.begin(), rows.end(),
                                              [&](const auto& row) { return row.code == name; });
            if (!is_known) {
                report(unknown, column, name);
            }
        }
    }

    void check_driver(const MethodRule& rule, const std::string& column) {
        const bool is_known = std::any_of(
            month_.item_drivers.begin(), month_.item_drivers.end(),
            [&](const ItemDriverValue& row) { return row.item_driver == rule.item_driver; });
        if (rule.method == ItemMethod::item_driver && !is_known) {
            report(FindingCode::unknown_item_driver, column, rule.item_driver);
        }
    }

    std::vector<Finding> take() { return std::move(findings_); }

  private:
    void report(FindingCode code, const std::string& column, const std::string& name) {
        findings_.push_back({.code = code,
                             .severity = Severity::stop,
                             .where = {.file = "costing.toml", .row = 0, .column = column},
                             .arguments = {name}});
    }

    const Month& month_;
    std::vector<Finding> findings_;
};

/// What the departments' methods look at.
struct Needs {
    std::set<std::string> item_drivers;
    bool days = false;
    bool time = false;
};

Needs needs_of(const Month& month, const std::vector<DepartmentMethod>& methods) {
    Needs needs;
    for (const DepartmentMethod& method : methods) {
        needs.days = needs.days || method.method == ItemMethod::bed_days;
        needs.time = needs.time || method.method == ItemMethod::treatment_time;
        if (method.method == ItemMethod::item_driver) {
            needs.item_drivers.insert(method.item_driver);
        }
    }
    for (const DeclaredActivity& row : month.activities) {
        if (methods[row.department.index()].method == ItemMethod::activity) {
            needs.days = needs.days || row.measure == Measure::days;
            needs.time = needs.time || row.measure == Measure::treatment_time;
            needs.item_drivers.insert(row.item_driver);
        }
    }
    return needs;
}

/// Rows of one table by what they belong to, of those that no method uses.
class Unused {
  public:
    Unused(std::string_view file, std::string_view column) : file_(file), column_(column) {}

    void add(const std::string& owner) { ++rows_[owner]; }
    void report(std::vector<Finding>& findings) const {
        for (const auto& [owner, rows] : rows_) {
            findings.push_back(
                {.code = FindingCode::item_rows_unused,
                 .severity = Severity::warn,
                 .where = {.file = std::string(file_), .row = 0, .column = std::string(column_)},
                 .arguments = {owner, std::to_string(rows)}});
        }
    }

  private:
    std::string_view file_;
    std::string_view column_;
    std::map<std::string, std::int64_t> rows_;
};

}  // namespace

bool names_department(const std::vector<std::string>& names, const Department& department) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        if (name.starts_with(kClassPrefix)) {
            return std::string_view(name).substr(kClassPrefix.size()) ==
                   word_of(department.department_class);
        }
        return name == "*" || name == department.code;
    });
}

std::vector<DepartmentMethod> methods_of(const Month& month, const CostingSettings& settings) {
    std::vector<DepartmentMethod> methods(month.departments.size());
    for (std::size_t d = 0; d < methods.size(); ++d) {
        const auto found = std::find_if(
            settings.methods.begin(), settings.methods.end(), [&](const MethodRule& rule) {
                return names_department(rule.departments, month.departments[d]);
            });
        if (found != settings.methods.end()) {
            methods[d] = {.method = found->method, .item_driver = found->item_driver};
        }
    }
    return methods;
}

std::vector<Finding> check_methods(const Month& month, const CostingSettings& settings) {
    Checker checker(month);
    for (std::size_t i = 0; i < settings.methods.size(); ++i) {
        const std::string path = "method[" + std::to_string(i) + "]";
        checker.check_codes(settings.methods[i].departments, month.departments,
                            FindingCode::unknown_department, path + ".departments");
        checker.check_driver(settings.methods[i], path + ".item_driver");
    }
    for (std::size_t i = 0; i < settings.resources.size(); ++i) {
        const std::string path = "resource[" + std::to_string(i) + "]";
        checker.check_codes(settings.resources[i].departments, month.departments,
                            FindingCode::unknown_department, path + ".departments");
        checker.check_codes(settings.resources[i].cost_items, month.cost_items,
                            FindingCode::unknown_cost_item, path + ".cost_items");
    }
    return checker.take();
}

std::vector<Finding> find_unused_rows(const Month& month, const CostingSettings& settings) {
    const auto methods = methods_of(month, settings);
    const Needs needs = needs_of(month, methods);
    std::vector<Finding> findings;
    Unused drivers("item_drivers.csv", "item_driver");
    for (const ItemDriverValue& row : month.item_drivers) {
        if (!needs.item_drivers.contains(row.item_driver)) {
            drivers.add(row.item_driver);
        }
    }
    drivers.report(findings);
    const auto by_department = [&](const auto& rows, std::string_view file, auto... users) {
        Unused unused(file, "department");
        for (const auto& row : rows) {
            const ItemMethod method = methods[row.department.index()].method;
            if (!((method == users) || ...)) {
                unused.add(month.departments[row.department.index()].code);
            }
        }
        unused.report(findings);
    };
    by_department(month.activities, "activities.csv", ItemMethod::activity);
    by_department(month.activity_readings, "activity_readings.csv", ItemMethod::activity,
                  ItemMethod::cost_to_charge);
    by_department(month.traced_costs, "traced_costs.csv", ItemMethod::activity);
    const auto by_measure = [&](std::size_t rows, std::string_view file, std::string_view column,
                                Measure measure) {
        Unused unused(file, column);
        for (std::size_t i = 0; i < rows; ++i) {
            unused.add(std::string(word_of(measure)));
        }
        unused.report(findings);
    };
    by_measure(needs.time ? 0 : month.treatment_times.size(), "treatment_times.csv", "minutes",
               Measure::treatment_time);
    by_measure(needs.days ? 0 : month.ward_stays.size(), "ward_stays.csv", "days", Measure::days);
    return findings;
}

}  // namespace yuanliu::costing
