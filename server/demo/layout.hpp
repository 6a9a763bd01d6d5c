// The departments of the demonstration hospital: what each is for, how many people it has.
#pragma once

#include <array>
#include <cstddef>
#include <string>
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
    std::array<std::vector<std::size_t>, kRoles> by_role;

    [[nodiscard]] const std::vector<std::size_t>& with_role(Role role) const {
        return by_role[static_cast<std::size_t>(role)];
    }
    [[nodiscard]] bool has(Role role) const { return !with_role(role).empty(); }
    /// The department of `role` that serves `customer`: large hospitals have several.
    [[nodiscard]] std::size_t serving(Role role, std::size_t customer) const {
        const auto& choices = with_role(role);
        return choices[customer % choices.size()];
    }
};

[[nodiscard]] Layout build_layout(const Scale& scale);
[[nodiscard]] const char* class_name(DepartmentClass department_class);
[[nodiscard]] const char* care_setting(const Department& department);
/// Full cost aimed at, per mille of the charges executed: laboratory and CT earn, pathology loses.
[[nodiscard]] std::int64_t cost_ratio(Role role);

}  // namespace yuanliu::demo
