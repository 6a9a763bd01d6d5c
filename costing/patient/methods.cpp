// Why this file: see methods.hpp.
#include "costing/patient/methods.hpp"

#include <algorithm>
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

}  // namespace yuanliu::costing
