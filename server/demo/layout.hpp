// The departments of the demonstration hospital: what each is for, how many people it has.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/demo/scale.hpp"
#include "server/demo/specialty.hpp"

namespace yuanliu::demo {

enum class DepartmentClass {
    public_cost,
    administrative,
    auxiliary,
    medical_technology,
    clinical,
    excluded,
};

/// What a department does for the others; decides where a charge line is executed.
enum class Role {
    water,
    power,
    property,
    office,
    closed_office,
    sterile_supply,
    registration,
    admission,
    records,
    laundry,
    logistics,
    laboratory,
    ct,
    mri,
    xray,
    ultrasound,
    electrocardiogram,
    endoscopy,
    pathology,
    nuclear,
    operating,
    anaesthesia,
    catheter,
    blood,
    ward_pharmacy,
    clinic_pharmacy,
    ward,
    clinic,
    checkup,
    canteen,
};
inline constexpr std::size_t kRoles = 30;

struct Department {
    std::string code;
    std::string name;
    DepartmentClass department_class;
    Role role;
    Specialty specialty;  ///< of wards and clinics only
    std::int64_t share;   ///< weight among the wards (clinics) of its specialty, for cases
    std::int64_t headcount = 0;
    std::int64_t area_m2 = 0;
};

struct Layout {
    std::vector<Department> departments;
    std::array<std::vector<std::size_t>, kRoles> by_role;  ///< those that are open
    /// A ward that another has taken over, and the one that did; equal when there is none.
    std::size_t closed_ward = 0;
    std::size_t successor = 0;

    [[nodiscard]] const std::vector<std::size_t>& with_role(Role role) const {
        return by_role[static_cast<std::size_t>(role)];
    }
    [[nodiscard]] bool has(Role role) const { return !with_role(role).empty(); }
    /// The department of `role` that serves `customer`: large hospitals have several.
    [[nodiscard]] std::size_t serving(Role role, std::size_t customer) const {
        const auto& choices = with_role(role);
        return choices[customer % choices.size()];
    }
    [[nodiscard]] bool has_merged() const { return closed_ward != successor; }
    /// The department that has taken over `at`, or `at` itself.
    [[nodiscard]] std::size_t today(std::size_t at) const {
        return has_merged() && at == closed_ward ? successor : at;
    }
    /// The first department whose name begins with `name`: offices are looked up by what they do.
    [[nodiscard]] const Department& named(std::string_view name) const;
    /// The wards of a specialty, by rising code.
    [[nodiscard]] std::vector<std::size_t> wards_of(Specialty specialty) const;
};

[[nodiscard]] Layout build_layout(const Scale& scale);
/// The two wards that become one in the second month of a hospital with several wards of a
/// specialty: the one that is closed, and its successor.
struct Merger {
    std::size_t closed = 0;
    std::size_t successor = 0;
};
[[nodiscard]] Merger planned_merger(const Layout& layout);
[[nodiscard]] const char* class_name(DepartmentClass department_class);
[[nodiscard]] const char* care_setting(const Department& department);
/// Full cost aimed at, per mille of the charges executed: laboratory and CT earn, pathology loses.
[[nodiscard]] std::int64_t cost_ratio(Role role);

}  // namespace yuanliu::demo
