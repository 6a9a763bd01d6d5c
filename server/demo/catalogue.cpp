// Why this file: makes groups, composite groups and kinds of case from the disease lists, and
// scales the weights so that every specialty has its own case mix index.
#include "server/demo/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "server/demo/front_page.hpp"
#include "server/demo/random.hpp"

namespace yuanliu::demo {
namespace {

struct Composite {
    const char* name;  ///< as in dip_catalogue.csv
    const char* title;
    const char* procedure;  ///< an unusual procedure that no core group names
    const char* procedure_name;
    ProcedureClass procedure_class;
    std::int64_t percent;  ///< weight against the mean core case of the letter
};

constexpr Composite kComposites[] = {
    {"conservative", "保守治疗组", "", "", ProcedureClass::simple, 90},
    {"surgery", "手术组", "83.39", "软组织病损切除", ProcedureClass::surgery, 165},
    {"therapeutic", "治疗性操作组", "96.04", "气管插管", ProcedureClass::therapeutic, 130},
    {"diagnostic", "诊断性操作组", "88.72", "心脏超声检查", ProcedureClass::diagnostic, 110},
};

class CatalogueBuilder {
  public:
    CatalogueBuilder(const Scale& scale, const Layout& layout, std::uint64_t seed)
        : scale_(scale), random_(key_of(seed, 0xD1)) {
        for (const auto ward : layout.with_role(Role::ward)) {
            treated_.insert(layout.departments[ward].specialty);
        }
    }

    Catalogue build() {
        for (const auto list : {medical_diseases(), surgical_diseases()}) {
            for (const auto& disease : list) {
                all_diagnoses_.insert(disease.diagnosis);
            }
        }
        for (const auto list : {medical_diseases(), surgical_diseases()}) {
            for (const auto& disease : list) {
                auto& taken = taken_[static_cast<std::size_t>(disease.specialty)];
                if (treated_.contains(disease.specialty) && taken < scale_.diseases_per_specialty &&
                    within_reach(disease)) {
                    ++taken;
                    add_disease(disease);
                }
            }
        }
        scale_weights();
        add_composites();
        price_groups();
        add_side_procedures();
        return std::move(catalogue_);
    }

  private:
    /// A community hospital refers tumours and the severe to others, and does no catheter work.
    [[nodiscard]] bool within_reach(const Disease& disease) const {
        const int heaviest = disease.specialty == Specialty::obstetrics ? 75 : 95;
        return scale_.size != Size::clinic ||
               (disease.diagnosis[0] != 'C' && disease.weight <= heaviest);
    }
    [[nodiscard]] bool within_reach(const DiseaseProcedure& procedure) const {
        return scale_.size != Size::clinic ||
               (procedure.procedure_class != ProcedureClass::intervention &&
                procedure.procedure_class != ProcedureClass::diagnostic &&
                procedure.weight_percent <= 210);
    }

    void add_case(const Disease& disease, Group group, const DiseaseProcedure& procedure,
                  std::int64_t frequency) {
        const auto procedure_class = procedure.procedure_class;
        const bool operated = procedure.code != nullptr;
        const bool catheter = operated && procedure_class == ProcedureClass::intervention;
        const bool theatre = operated && (catheter || procedure_class == ProcedureClass::surgery);
        auto& cases = catalogue_.cases[static_cast<std::size_t>(disease.specialty)];
        cases.push_back(CaseKind{.group = catalogue_.groups.size(),
                                 .diagnosis = disease.diagnosis,
                                 .procedure = operated ? procedure.code : "",
                                 .in_theatre = theatre,
                                 .by_catheter = catheter,
                                 .frequency = frequency,
                                 .core = true});
        catalogue_.groups.push_back(std::move(group));
    }

    void add_disease(const Disease& disease) {
        Group group{.code = fmt::format("{}-0", disease.diagnosis),
                    .name = fmt::format("{}（保守治疗）", disease.name),
                    .core = true,
                    .diagnosis = disease.diagnosis,
                    .procedure = {},
                    .composite_class = "",
                    .weight = disease.weight,
                    .days_tenths = disease.days_tenths,
                    .reference_charge = 0,
                    .expected_charge = 0};
        const bool operates =
            disease.procedures[0].code != nullptr && within_reach(disease.procedures[0]);
        const int conservative = operates ? disease.conservative_share : 100;
        if (conservative > 0) {
            add_case(disease, group, {}, disease.frequency * conservative);
        }
        constexpr std::array<std::int64_t, 3> kShare{60, 25, 15};
        std::size_t number = 0;
        for (const auto& procedure : disease.procedures) {
            if (procedure.code == nullptr || !within_reach(procedure) ||
                static_cast<int>(number) >= scale_.procedures_per_disease) {
                break;
            }
            group.code = fmt::format("{}-{}", disease.diagnosis, procedure.code);
            group.name = fmt::format("{}：{}", disease.name, procedure.name);
            group.procedure = procedure.code;
            group.weight = std::int64_t{disease.weight} * procedure.weight_percent / 100;
            group.days_tenths = disease.days_tenths * (400 + procedure.weight_percent) / 500;
            add_case(disease, group, procedure,
                     disease.frequency * (100 - conservative) * kShare[number] / 100);
            remember(procedure.code, procedure.name, procedure.procedure_class);
            ++number;
        }
    }

    void remember(const std::string& base, const std::string& name,
                  ProcedureClass procedure_class) {
        for (const char* extension : {"00", "01"}) {
            if (known_.insert(base + extension).second) {
                catalogue_.procedures.push_back({base + extension, name, procedure_class});
            }
        }
    }

    /// Brings every specialty to its case mix index and the hospital to its length of stay.
    void scale_weights() {
        std::int64_t days_sum = 0;
        std::int64_t share_sum = 0;
        std::int64_t cmi_sum = 0;
        for (const auto& traits : specialties()) {
            auto& cases = catalogue_.cases[static_cast<std::size_t>(traits.specialty)];
            std::int64_t weighted = 0;
            std::int64_t frequency = 0;
            std::int64_t days = 0;
            for (const auto& kind : cases) {
                weighted += catalogue_.groups[kind.group].weight * kind.frequency;
                days += catalogue_.groups[kind.group].days_tenths * kind.frequency;
                frequency += kind.frequency;
            }
            if (frequency == 0) {
                continue;
            }
            for (const auto& kind : cases) {
                auto& weight = catalogue_.groups[kind.group].weight;
                weight = weight * frequency * traits.cmi * 10 / weighted;
            }
            days_sum += traits.discharge_share * days / frequency;
            share_sum += traits.discharge_share;
            cmi_sum += std::int64_t{traits.discharge_share} * traits.cmi;
        }
        const auto mean_days = std::max<std::int64_t>(1, days_sum / share_sum);
        const auto mean_cmi = std::max<std::int64_t>(1, cmi_sum / share_sum);
        for (auto& group : catalogue_.groups) {
            group.weight = group.weight * scale_.cmi / mean_cmi;
            group.days_tenths =
                std::max<std::int64_t>(12, group.days_tenths * scale_.days_tenths / mean_days);
        }
    }

    struct Mean {
        std::int64_t weight = 0, days = 0, frequency = 0;
    };

    void add_composites() {
        std::map<char, Mean> letters;
        for (const auto& traits : specialties()) {
            for (const auto& kind : catalogue_.cases[static_cast<std::size_t>(traits.specialty)]) {
                auto& mean = letters[kind.diagnosis[0]];
                const auto frequency = kind.frequency * traits.discharge_share;
                mean.weight += catalogue_.groups[kind.group].weight * frequency;
                mean.days += catalogue_.groups[kind.group].days_tenths * frequency;
                mean.frequency += frequency;
            }
        }
        const std::size_t classes = scale_.size == Size::tertiary ? 4 : 2;
        std::map<std::pair<char, std::size_t>, std::size_t> groups;
        for (const auto& [letter, mean] : letters) {
            for (std::size_t i = 0; i < classes; ++i) {
                const auto& composite = kComposites[i];
                groups[{letter, i}] = catalogue_.groups.size();
                catalogue_.groups.push_back(
                    Group{.code = fmt::format("Z-{}-{}", letter, i + 1),
                          .name = fmt::format("{} 类诊断{}", letter, composite.title),
                          .core = false,
                          .diagnosis = std::string(1, letter),
                          .procedure = {},
                          .composite_class = composite.name,
                          .weight = mean.weight / mean.frequency * composite.percent / 100,
                          .days_tenths = mean.days / mean.frequency,
                          .reference_charge = 0,
                          .expected_charge = 0});
            }
        }
        for (std::size_t i = 1; i < classes; ++i) {
            remember(kComposites[i].procedure, kComposites[i].procedure_name,
                     kComposites[i].procedure_class);
        }
        for (auto& cases : catalogue_.cases) {
            add_composite_cases(cases, classes, groups);
        }
    }

    /// About 6 % of the cases of a specialty lead to composite groups.
    void add_composite_cases(std::vector<CaseKind>& cases, std::size_t classes,
                             const std::map<std::pair<char, std::size_t>, std::size_t>& groups) {
        const auto core_kinds = cases.size();
        for (std::size_t at = 0; at < core_kinds; ++at) {
            if (!cases[at].procedure.empty()) {
                continue;
            }
            for (std::size_t i = 0; i < classes; ++i) {
                CaseKind kind = cases[at];
                kind.core = false;
                kind.group = groups.at({kind.diagnosis[0], i});
                kind.procedure = kComposites[i].procedure;
                kind.in_theatre = i == 1;
                kind.frequency = std::max<std::int64_t>(1, kind.frequency * (i == 0 ? 5 : 3) / 100);
                if (i == 0) {
                    kind.diagnosis = unlisted_neighbour(kind.diagnosis);
                }
                cases.push_back(kind);
            }
        }
    }

    /// A diagnosis of the same category that no core group names.
    [[nodiscard]] std::string unlisted_neighbour(const std::string& diagnosis) const {
        std::string neighbour = diagnosis;
        for (const char digit : {'8', '7', '6', '3', '2', '1', '0'}) {
            neighbour.back() = digit;
            if (!all_diagnoses_.contains(neighbour)) {
                break;
            }
        }
        return neighbour;
    }

    void price_groups() {
        for (auto& group : catalogue_.groups) {
            group.weight = std::max<std::int64_t>(group.weight, 1000);
            const auto fair = group.weight * scale_.charge_per_weight / 10000;
            group.reference_charge = fair * random_.between(960, 1040) / 1000;
            group.expected_charge = fair * random_.between(900, 1100) / 1000;
        }
        for (std::size_t i = 0; i < kSpecialties; ++i) {
            for (const auto& kind : catalogue_.cases[i]) {
                catalogue_.frequency_sum[i] += kind.frequency;
            }
        }
    }

    void add_side_procedures() {
        for (const auto& procedure : side_procedures()) {
            remember(procedure.code, procedure.name, procedure.procedure_class);
        }
    }

    const Scale& scale_;
    Random random_;
    Catalogue catalogue_;
    std::set<Specialty> treated_;
    std::set<std::string> all_diagnoses_;
    std::set<std::string> known_;
    std::array<int, kSpecialties> taken_{};
};

}  // namespace

std::string Catalogue::procedure_name(const std::string& base) const {
    for (const auto& procedure : procedures) {
        if (procedure.code.starts_with(base)) {
            return procedure.name;
        }
    }
    return base;
}

const CaseKind& Catalogue::draw(Specialty specialty, std::int64_t ticket) const {
    const auto& kinds = cases[static_cast<std::size_t>(specialty)];
    for (const auto& kind : kinds) {
        if (ticket < kind.frequency) {
            return kind;
        }
        ticket -= kind.frequency;
    }
    return kinds.back();
}

Catalogue build_catalogue(const Scale& scale, const Layout& layout, std::uint64_t seed) {
    return CatalogueBuilder(scale, layout, seed).build();
}

const char* procedure_class_name(ProcedureClass procedure_class) {
    constexpr const char* kNames[] = {"surgery", "intervention", "therapeutic", "diagnostic",
                                      "simple"};
    return kNames[static_cast<std::size_t>(procedure_class)];
}

}  // namespace yuanliu::demo
