// Why this file: distributes doctors, nurses, technicians and office staff over departments by
// their work, so that headcount drivers, payroll cost and bonus sizes agree with each other.
#include "server/demo/people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "server/demo/random.hpp"

namespace yuanliu::demo {
namespace {

using Plan = std::vector<std::array<std::int64_t, kProfessions>>;

/// Adds `total` people of a profession to the departments: one each where possible, the rest by
/// weight on running sums.
void distribute(std::int64_t total, Profession profession,
                const std::vector<std::pair<std::size_t, std::int64_t>>& weights, Plan& plan) {
    std::int64_t sum = 0;
    for (const auto& [department, weight] : weights) {
        sum += weight;
    }
    const auto count = static_cast<std::int64_t>(weights.size());
    const std::int64_t each = total >= count ? 1 : 0;
    const std::int64_t rest = total - each * count;
    std::int64_t running = 0;
    for (const auto& [department, weight] : weights) {
        const auto before = rest * running / std::max<std::int64_t>(sum, 1);
        running += weight;
        plan[department][static_cast<std::size_t>(profession)] +=
            each + rest * running / std::max<std::int64_t>(sum, 1) - before;
    }
}

using Weights = std::vector<std::pair<std::size_t, std::int64_t>>;

Weights weights_where(const Layout& layout, DepartmentClass wanted) {
    Weights weights;
    for (std::size_t i = 0; i < layout.departments.size(); ++i) {
        const auto& department = layout.departments[i];
        if (department.department_class == wanted && department.headcount > 0) {
            weights.emplace_back(i, department.headcount);
        }
    }
    return weights;
}

Weights ward_weights(const Layout& layout, Role role) {
    Weights weights;
    for (const auto at : layout.with_role(role)) {
        const auto& department = layout.departments[at];
        const auto& traits = specialties()[static_cast<std::size_t>(department.specialty)];
        std::int64_t beside = 0;
        for (const auto other : layout.with_role(role)) {
            if (layout.departments[other].specialty == department.specialty) {
                beside += layout.departments[other].share;
            }
        }
        const std::int64_t work = role == Role::ward
                                      ? std::int64_t{traits.discharge_share} * (500 + traits.cmi)
                                      : std::int64_t{traits.visit_share} * 1000;
        weights.emplace_back(at,
                             work * (1000 - 2 * traits.margin) / 1000 * department.share / beside);
    }
    return weights;
}

Plan staffing_plan(const Scale& scale, const Layout& layout) {
    Plan plan(layout.departments.size());
    const auto technical = weights_where(layout, DepartmentClass::medical_technology);
    auto offices = weights_where(layout, DepartmentClass::administrative);
    const auto auxiliary = weights_where(layout, DepartmentClass::auxiliary);
    offices.insert(offices.end(), auxiliary.begin(), auxiliary.end());
    auto clinics = ward_weights(layout, Role::clinic);
    for (const auto checkup : layout.with_role(Role::checkup)) {
        clinics.emplace_back(checkup, 30000);
    }
    const auto wards = ward_weights(layout, Role::ward);
    const bool small = scale.size == Size::clinic;
    const auto technical_doctors = scale.doctors * (small ? 14 : 20) / 100;
    const auto clinic_doctors = scale.doctors * (small ? 20 : 32) / 100;
    const auto technical_nurses = scale.nurses * (small ? 10 : 14) / 100;
    const auto clinic_nurses = scale.nurses * (small ? 9 : 17) / 100;
    distribute(technical_doctors, Profession::doctor, technical, plan);
    distribute(clinic_doctors, Profession::doctor, clinics, plan);
    distribute(scale.doctors - technical_doctors - clinic_doctors, Profession::doctor, wards, plan);
    distribute(technical_nurses, Profession::nurse, technical, plan);
    distribute(clinic_nurses, Profession::nurse, clinics, plan);
    distribute(scale.nurses - technical_nurses - clinic_nurses, Profession::nurse, wards, plan);
    distribute(scale.technicians, Profession::technician, technical, plan);
    distribute(scale.office, Profession::office_worker, offices, plan);
    return plan;
}

std::int64_t coefficient_of(Profession profession, Random& random) {
    switch (profession) {
        case Profession::doctor:
            return random.between(20, 36) * 5;
        case Profession::nurse:
            return random.between(16, 24) * 5;
        case Profession::technician:
            return random.between(16, 26) * 5;
        default:
            return random.between(14, 20) * 5;
    }
}

/// A clinic without a doctor of its own is served by a ward of its specialty.
void lend_doctors(const Layout& layout, People& people) {
    for (const auto clinic : layout.with_role(Role::clinic)) {
        for (const auto ward : layout.with_role(Role::ward)) {
            if (people.doctors[clinic].count == 0 &&
                layout.departments[ward].specialty == layout.departments[clinic].specialty) {
                people.doctors[clinic] = people.doctors[ward];
            }
        }
    }
}

}  // namespace

const char* category_of(Profession profession) {
    constexpr const char* kStaffCategories[] = {"医师", "护士", "医技药", "行政后勤"};
    return kStaffCategories[static_cast<std::size_t>(profession)];
}

void merge_wards(Layout& layout, People& people) {
    const auto merger = planned_merger(layout);
    if (merger.closed == merger.successor) {
        return;
    }
    layout.closed_ward = merger.closed;
    layout.successor = merger.successor;
    auto& gone = layout.departments[merger.closed];
    auto& kept = layout.departments[merger.successor];
    kept.headcount += gone.headcount;
    kept.area_m2 += gone.area_m2;
    gone.headcount = 0;
    gone.area_m2 = 0;
    std::erase(layout.by_role[static_cast<std::size_t>(Role::ward)], merger.closed);
    for (auto& person : people.staff) {
        person.department = layout.today(person.department);
    }
}

People hire_people(const Scale& scale, Layout& layout, std::uint64_t seed) {
    const auto plan = staffing_plan(scale, layout);
    Random random(key_of(seed, 0xBE));
    People people;
    people.doctors.resize(layout.departments.size());
    for (std::size_t at = 0; at < plan.size(); ++at) {
        auto& department = layout.departments[at];
        department.headcount = 0;
        for (std::size_t which = 0; which < kProfessions; ++which) {
            const auto profession = static_cast<Profession>(which);
            const auto count = plan[at][which];
            if (profession == Profession::doctor) {
                people.doctors[at] = {people.staff.size(), static_cast<std::size_t>(count)};
            }
            for (std::int64_t i = 0; i < count; ++i) {
                people.staff.push_back(
                    Person{.code = fmt::format("S{:05}", people.staff.size() + 1),
                           .department = at,
                           .profession = profession,
                           .coefficient = coefficient_of(profession, random)});
            }
            department.headcount += count;
        }
        const bool has_room = department.department_class != DepartmentClass::public_cost &&
                              department.role != Role::closed_office;
        department.area_m2 =
            has_room ? 40 + department.headcount * (department.role == Role::ward ? 32 : 20) : 0;
    }
    lend_doctors(layout, people);
    return people;
}

}  // namespace yuanliu::demo
