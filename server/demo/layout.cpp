// Why this file: lays out the departments of a size from one table of templates.
#include "server/demo/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace yuanliu::demo {
namespace {

struct Template {
    const char* name;
    DepartmentClass department_class;
    Role role;
    int clinic, county, tertiary;  ///< how many of it
    int people;                    ///< weight in headcount, of each
};

using enum DepartmentClass;
using enum Role;

// clang-format off
constexpr Template kTemplates[] = {
    {"公共水费", public_cost, water, 1, 1, 1, 0},
    {"公共电费", public_cost, power, 1, 1, 1, 0},
    {"公共物业", public_cost, property, 1, 1, 1, 0},
    {"院长办公室", administrative, office, 1, 1, 2, 8},
    {"财务科", administrative, office, 1, 1, 3, 14},
    {"医务科", administrative, office, 0, 1, 3, 10},
    {"护理部", administrative, office, 0, 1, 2, 8},
    {"人力资源科", administrative, office, 0, 1, 2, 8},
    {"信息中心", administrative, office, 0, 1, 3, 14},
    {"医疗保险办公室", administrative, office, 0, 1, 2, 7},
    {"质量管理科", administrative, office, 0, 1, 2, 7},
    {"后勤保障科", administrative, office, 1, 1, 4, 16},
    {"设备科", administrative, office, 0, 1, 2, 8},
    {"采购中心", administrative, office, 0, 1, 2, 7},
    {"感染管理科", administrative, office, 0, 1, 2, 6},
    {"党委办公室", administrative, office, 0, 1, 2, 6},
    {"保卫科", administrative, office, 0, 1, 2, 10},
    {"审计科", administrative, office, 0, 0, 2, 5},
    {"科研科", administrative, office, 0, 0, 2, 7},
    {"教学科", administrative, office, 0, 0, 2, 7},
    {"宣传科", administrative, office, 0, 0, 2, 5},
    {"运营管理部", administrative, office, 0, 0, 1, 8},
    {"基建科", administrative, office, 0, 0, 2, 5},
    {"档案室", administrative, office, 0, 0, 2, 4},
    {"对外联络办公室", administrative, closed_office, 0, 1, 1, 0},
    {"消毒供应中心", auxiliary, sterile_supply, 1, 1, 2, 22},
    {"门诊挂号收费处", auxiliary, registration, 1, 1, 4, 18},
    {"住院登记处", auxiliary, admission, 0, 1, 3, 12},
    {"病案室", auxiliary, records, 0, 1, 2, 12},
    {"洗衣房", auxiliary, laundry, 0, 1, 2, 10},
    {"运送中心", auxiliary, logistics, 0, 1, 4, 12},
    {"医用气体站", auxiliary, logistics, 0, 1, 2, 6},
    {"营养科", auxiliary, logistics, 0, 1, 2, 8},
    {"检验科", medical_technology, laboratory, 1, 2, 9, 20},
    {"CT 室", medical_technology, ct, 0, 1, 3, 9},
    {"磁共振室", medical_technology, mri, 0, 1, 2, 8},
    {"放射科", medical_technology, xray, 1, 1, 3, 9},
    {"超声医学科", medical_technology, ultrasound, 1, 1, 4, 14},
    {"心电图室", medical_technology, electrocardiogram, 1, 1, 3, 8},
    {"内镜中心", medical_technology, endoscopy, 0, 1, 2, 8},
    {"病理科", medical_technology, pathology, 0, 1, 2, 16},
    {"核医学科", medical_technology, nuclear, 0, 0, 1, 14},
    {"手术室", medical_technology, operating, 1, 1, 6, 40},
    {"麻醉科", medical_technology, anaesthesia, 0, 1, 3, 26},
    {"介入导管室", medical_technology, catheter, 0, 1, 3, 14},
    {"输血科", medical_technology, blood, 0, 1, 1, 12},
    {"住院药房", auxiliary, ward_pharmacy, 1, 1, 3, 24},
    {"门诊药房", auxiliary, clinic_pharmacy, 0, 1, 3, 20},
    {"健康体检中心", clinical, checkup, 1, 1, 2, 12},
    {"职工食堂", excluded, canteen, 1, 1, 1, 0},
};
// clang-format on

constexpr const char* kNumerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

int count_of(const Template& line, Size size) {
    return size == Size::clinic ? line.clinic : size == Size::county ? line.county : line.tertiary;
}

char class_letter(DepartmentClass department_class) {
    return "PABMCX"[static_cast<std::size_t>(department_class)];
}

class LayoutBuilder {
  public:
    explicit LayoutBuilder(const Scale& scale) : scale_(scale) {}

    void add(Department department) {
        auto& serial = serials_[static_cast<std::size_t>(department.department_class)];
        department.code =
            fmt::format("{}{:03}", class_letter(department.department_class), ++serial);
        layout_.by_role[static_cast<std::size_t>(department.role)].push_back(
            layout_.departments.size());
        layout_.departments.push_back(std::move(department));
    }

    void add_templates(std::int64_t people_scale) {
        for (const auto& line : kTemplates) {
            const int count = count_of(line, scale_.size);
            for (int i = 0; i < count; ++i) {
                std::string name = line.name;
                if (count > 1) {
                    name += fmt::format("{}{}", kNumerals[i],
                                        line.department_class == administrative ? "部" : "组");
                }
                add(Department{.code = {},
                               .name = name,
                               .department_class = line.department_class,
                               .role = line.role,
                               .specialty = {},
                               .share = 1,
                               .headcount = line.people == 0
                                                ? 0
                                                : std::max<std::int64_t>(
                                                      1, line.people * people_scale / 1000)});
            }
        }
    }

    void add_specialty(const SpecialtyTraits& traits, bool wards) {
        const int count = wards ? ward_count(traits) : clinic_count(traits);
        for (int i = 0; i < count; ++i) {
            const auto suffix = wards ? "病区" : "门诊";
            const auto numeral = count > 1 ? kNumerals[i] : "";
            add(Department{.code = {},
                           .name = fmt::format("{}{}{}", traits.name, numeral, suffix),
                           .department_class = clinical,
                           .role = wards ? ward : clinic,
                           .specialty = traits.specialty,
                           .share = 90 + (i * 37) % 30,
                           .headcount = wards ? 3 : 1});
        }
    }

    Layout finish() { return std::move(layout_); }

  private:
    [[nodiscard]] int ward_count(const SpecialtyTraits& traits) const {
        return scale_.size == Size::clinic   ? traits.wards_clinic
               : scale_.size == Size::county ? traits.wards_county
                                             : traits.wards_tertiary;
    }
    [[nodiscard]] int clinic_count(const SpecialtyTraits& traits) const {
        return scale_.size == Size::clinic   ? traits.wards_clinic
               : scale_.size == Size::county ? traits.clinics_county
                                             : traits.clinics_tertiary;
    }

    const Scale& scale_;
    Layout layout_;
    std::array<int, 6> serials_{};
};

}  // namespace

Layout build_layout(const Scale& scale) {
    LayoutBuilder builder(scale);
    const std::int64_t people_scale = scale.size == Size::clinic   ? 110
                                      : scale.size == Size::county ? 500
                                                                   : 800;
    builder.add_templates(people_scale);
    for (const bool wards : {true, false}) {
        for (const auto& traits : specialties()) {
            builder.add_specialty(traits, wards);
        }
    }
    return builder.finish();
}

const Department& Layout::named(std::string_view name) const {
    const auto found =
        std::find_if(departments.begin(), departments.end(),
                     [&](const Department& one) { return one.name.starts_with(name); });
    if (found == departments.end()) {
        throw std::logic_error(fmt::format("the demonstration has no department {}", name));
    }
    return *found;
}

std::vector<std::size_t> Layout::wards_of(Specialty specialty) const {
    std::vector<std::size_t> wards;
    for (const auto at : with_role(ward)) {
        if (departments[at].specialty == specialty) {
            wards.push_back(at);
        }
    }
    return wards;
}

Merger planned_merger(const Layout& layout) {
    const auto wards = layout.wards_of(Specialty::neurology);
    return wards.size() < 2 ? Merger{} : Merger{.closed = wards.back(), .successor = wards[0]};
}

const char* class_name(DepartmentClass department_class) {
    constexpr const char* kNames[] = {
        "public", "administrative", "auxiliary", "medical_technology", "clinical", "excluded"};
    return kNames[static_cast<std::size_t>(department_class)];
}

const char* care_setting(const Department& department) {
    if (department.role == ward) {
        return "inpatient";
    }
    if (department.role == clinic || department.role == checkup) {
        return "outpatient";
    }
    return department.department_class == medical_technology ? "mixed" : "none";
}

std::int64_t cost_ratio(Role role) {
    switch (role) {
        case laboratory:
            return 560;
        case ct:
            return 540;
        case mri:
            return 600;
        case xray:
            return 920;
        case ultrasound:
            return 960;
        case electrocardiogram:
        case endoscopy:
            return 880;
        case pathology:
            return 1120;
        case nuclear:
            return 700;
        case catheter:
            return 900;
        case blood:
            return 950;
        case operating:
            return 1250;
        case anaesthesia:
            return 1150;
        default:
            return 1000;
    }
}

}  // namespace yuanliu::demo
