// Why this file: groupers and checks of front pages need pages that a record office could have
// coded. Who has a disease, what comes with it and what is done beside are short lists of our own,
// from general knowledge; a dearer stay has more and graver companions.
#include "server/demo/front_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "server/demo/articles.hpp"

namespace yuanliu::demo {
namespace {

/// Who has a disease: the first row whose diagnosis begins so.
struct Bearer {
    const char* diagnosis;
    std::int64_t women;  ///< per mille
    std::int64_t youngest, oldest;
};

// clang-format off
constexpr Bearer kBearers[] = {
    {"N40", 0, 55, 88},    {"N43", 0, 2, 60},      {"K40", 120, 40, 84},  {"M45", 200, 18, 46},
    {"M10", 90, 32, 78},   {"D25", 1000, 31, 52},  {"N83", 1000, 18, 49}, {"N84", 1000, 27, 55},
    {"C53", 1000, 36, 71}, {"C50", 1000, 36, 74},  {"O", 1000, 21, 42},   {"C67", 230, 52, 84},
    {"H25", 540, 56, 89},  {"H35", 500, 45, 76},   {"H40", 550, 48, 82},  {"H33", 430, 25, 70},
    {"J35", 470, 4, 32},   {"Q21", 550, 2, 45},    {"K07", 540, 18, 41},  {"M81", 900, 60, 88},
    {"M06", 780, 32, 76},  {"M32", 900, 20, 55},   {"E04", 760, 28, 68},  {"C73", 750, 25, 64},
    {"E05", 750, 22, 58},  {"E10", 480, 14, 44},   {"G20", 450, 58, 86},  {"I63", 420, 50, 90},
    {"I61", 380, 48, 86},  {"I21", 260, 42, 86},   {"I25", 380, 60, 90},  {"I67", 500, 65, 92},
    {"S72", 660, 64, 93},  {"M17", 740, 55, 84},   {"S83", 260, 18, 46},  {"S52", 620, 45, 82},
    {"K80", 580, 28, 78},  {"K35", 460, 12, 66},   {"J93", 120, 16, 38},  {"C34", 360, 48, 80},
    {"J44", 240, 58, 90},  {"J15", 400, 68, 95},   {"J45", 560, 24, 72},  {"C22", 220, 42, 76},
    {"R56", 450, 1, 5},    {"M30", 420, 1, 5},     {"A08", 460, 0, 3},    {"B08", 440, 1, 6},
    {"J12", 450, 0, 9},    {"J20", 460, 0, 10},    {"P", 470, 0, 0},      {"I69", 420, 48, 84},
    {"T65", 540, 18, 70},  {"G51", 500, 20, 68},   {"L50", 560, 16, 60},  {"", 480, 26, 84},
};

/// What may stand beside the main diagnosis.
struct Companion {
    const char* code;
    const char* fields;
    int youngest;
    int women;   ///< 1: women only, -1: men only, 0: both
    bool grave;  ///< of those that weigh in a grouper (complications and severe diseases)
    bool often_acquired;
};

constexpr Companion kCompanions[] = {
    {"I10.x00x002", "*", 42, 0, false, false},       // hypertension
    {"I10.x00x032", "CNKEAhij", 55, 0, false, false},
    {"E11.900", "*", 40, 0, false, false},           // type 2 diabetes
    {"E11.200x021", "KEAC", 50, 0, true, false},     // with kidney disease
    {"E78.500", "CNEAhSBm", 35, 0, false, false},    // hyperlipidaemia
    {"I25.103", "CNRAKnci", 55, 0, false, false},    // coronary disease
    {"I50.900x018", "CRAKci", 62, 0, true, false},   // heart failure
    {"I48.900", "CNAci", 60, 0, false, false},       // atrial fibrillation
    {"I69.300x002", "NAhnR", 58, 0, false, false},   // after a stroke
    {"J44.900", "RCAOt", 60, 0, true, false},        // chronic obstructive lung disease
    {"J98.414", "*", 30, 0, false, true},            // lung infection
    {"J96.000", "RAinct", 40, 0, true, true},        // acute respiratory failure
    {"N18.900x002", "KCEA", 50, 0, true, false},
    {"N39.000", "*", 30, 0, false, true},            // urinary infection
    {"D64.900", "*", 18, 0, false, false},           // anaemia
    {"D62.x00", "SBncugot", 18, 0, false, true},     // acute bleeding anaemia
    {"E87.600", "*", 20, 0, false, false},           // low potassium
    {"E88.000x002", "OSAiGH", 40, 0, false, false},  // low albumin
    {"K76.000", "GCESIm", 28, 0, false, false},      // fatty liver
    {"K29.500", "GAEmCR", 30, 0, false, false},      // chronic gastritis
    {"K72.900", "GIi", 35, 0, true, false},          // liver failure
    {"R65.301", "IiRS", 30, 0, true, true},          // septic shock
    {"I26.900", "BOSgti", 45, 0, true, true},        // lung embolism
    {"I80.207", "BnSghi", 40, 0, true, true},        // deep vein thrombosis
    {"T81.400x009", "SBncug", 20, 0, false, true},   // infected wound
    {"G93.600", "Nn", 30, 0, true, true},            // brain oedema
    {"C78.700", "OS", 40, 0, true, false},           // secondary tumour of the liver
    {"C79.500x001", "OtuB", 40, 0, true, false},     // of bone
    {"D70.x00x001", "OH", 18, 0, true, true},        // agranulocytosis
    {"M81.900", "BAh", 60, 0, false, false},         // osteoporosis
    {"N40.x00", "uACN", 58, -1, false, false},       // prostatic hyperplasia
    {"N95.100", "gEM", 48, 1, false, false},
    {"D25.900x001", "go", 28, 1, false, false},      // myoma
    {"Z37.000x001", "o", 18, 1, false, false},       // single live birth
    {"O24.400x002", "o", 18, 1, false, false},
    {"O72.100x003", "o", 18, 1, true, true},         // bleeding after birth
    {"J06.900", "p", 0, 0, false, false},
    {"E86.x00x001", "pj", 0, 0, false, false},       // dehydration
    {"P22.000", "b", 0, 0, true, false},             // distress of newborns
    {"P36.900", "b", 0, 0, true, false},             // sepsis of newborns
    {"P59.900x001", "b", 0, 0, false, false},
    {"H52.100", "e", 12, 0, false, false},
    {"H26.900", "eE", 50, 0, false, false},
    {"J34.200", "r", 15, 0, false, false},           // deviated septum
    {"K05.300", "s", 20, 0, false, false},
};

constexpr SideProcedure kSideProcedures[] = {
    {"99.18", "电解质输注", ProcedureClass::simple, "*"},
    {"89.52", "心电图记录", ProcedureClass::simple, "*"},
    {"93.96", "氧疗", ProcedureClass::simple, "CRNAihj"},
    {"93.94", "雾化吸入", ProcedureClass::simple, "Rprb"},
    {"96.07", "鼻胃管置入", ProcedureClass::simple, "GNAinS"},
    {"57.94", "留置导尿", ProcedureClass::simple, "SBncugoAi"},
    {"99.04", "红细胞输注", ProcedureClass::simple, "SBncHOgi"},
    {"38.93", "静脉导管插入", ProcedureClass::simple, "OHSinc"},
    {"88.76", "腹部超声检查", ProcedureClass::simple, "GSKup"},
    {"54.51", "腹腔镜腹膜粘连松解", ProcedureClass::surgery, "Sgu"},
    {"40.11", "淋巴结活检", ProcedureClass::diagnostic, "SOtg"},
    {"03.91", "椎管内镇痛", ProcedureClass::therapeutic, "Bog"},
    {"93.53", "支具固定", ProcedureClass::therapeutic, "B"},
    {"39.61", "体外循环", ProcedureClass::therapeutic, "c"},
    {"00.40", "单根血管操作", ProcedureClass::therapeutic, "C"},
    {"96.05", "气道内插管", ProcedureClass::therapeutic, "nti"},
    {"34.04", "胸腔闭式引流", ProcedureClass::therapeutic, "t"},
};
// clang-format on

bool fits(const char* fields, Specialty specialty) {
    return fields[0] == '*' ||
           std::strchr(fields, kSpecialtyLetters[static_cast<std::size_t>(specialty)]) != nullptr;
}

class PageWriter {
  public:
    PageWriter(const World& world, const Stay& stay)
        : world_(world),
          stay_(stay),
          specialty_(world.layout.departments[stay.admitted_to].specialty),
          random_(key_of(stay.key, 0x2EC0)),
          level_(stay.charge * 1000 /
                 std::max<Fen>(1, world.catalogue.groups[stay.kind->group].expected_charge)) {}

    FrontPage write() {
        meet_patient();
        close_stay();
        diagnose();
        operate();
        return std::move(page_);
    }

  private:
    void meet_patient() {
        const auto* bearer = &kBearers[0];
        while (!stay_.kind->diagnosis.starts_with(bearer->diagnosis)) {
            ++bearer;
        }
        const bool of_women =
            specialty_ == Specialty::gynaecology || specialty_ == Specialty::obstetrics;
        page_.female = of_women || random_.chance(bearer->women);
        auto youngest = bearer->youngest;
        auto oldest = bearer->oldest;
        if (specialty_ == Specialty::paediatrics) {
            oldest = std::min<std::int64_t>(oldest, 13);
            youngest = std::min<std::int64_t>(youngest, 4);
        } else if (specialty_ == Specialty::geriatrics) {
            youngest = std::max<std::int64_t>(youngest, 65);
            oldest = std::max<std::int64_t>(oldest, 94);
        } else if (of_women && bearer->women < 1000) {
            oldest = std::min<std::int64_t>(oldest, 60);
        }
        page_.age_years = random_.between(youngest, oldest);
        const bool newborn = specialty_ == Specialty::neonatology;
        if (newborn) {
            page_.age_years = 0;
            page_.age_days = random_.between(0, 20);
            const bool early = stay_.kind->diagnosis.starts_with("P07");
            page_.birth_weight_g =
                early ? random_.between(130, 245) * 10 : random_.between(255, 410) * 10;
            page_.admission_weight_g =
                page_.birth_weight_g * random_.between(940, 1030) / 1000 / 10 * 10;
        } else if (page_.age_years == 0) {
            page_.age_days = random_.between(29, 364);
        }
    }

    void close_stay() {
        const bool grave = specialty_ == Specialty::intensive_care || level_ > 2000;
        const bool light =
            specialty_ == Specialty::obstetrics || specialty_ == Specialty::ophthalmology;
        const auto ticket = random_.below(1000);
        const std::int64_t well = grave ? 850 : light ? 996 : 940;
        const auto ill = (ticket - well) * 100 / (1000 - well);  // of those who do not go home well
        page_.outcome = ticket < 520         ? "cured"
                        : ticket < well      ? "improved"
                        : light || ill >= 88 ? "other"
                        : ill < 36           ? "transferred"
                        : ill < 74           ? "against_advice"
                                             : "died";
        const std::string_view outcome = page_.outcome;
        page_.discharge_way = ticket < well              ? "home"
                              : outcome == "transferred" ? "hospital"
                                                         : page_.outcome;
        if (specialty_ == Specialty::rehabilitation && ticket < well && random_.chance(150)) {
            page_.discharge_way = "community";
        }
        const bool heavy = world_.catalogue.groups[stay_.kind->group].weight > 25000;
        if (specialty_ == Specialty::intensive_care) {
            page_.icu_days = std::max<std::int64_t>(1, stay_.days() - random_.below(3));
        } else if (heavy && stay_.kind->in_theatre && random_.chance(550)) {
            page_.icu_days = std::min<std::int64_t>(stay_.days(), random_.between(1, 4));
        }
    }

    void diagnose() {
        const bool ungroupable = random_.chance(10);
        page_.diagnoses.push_back(
            {fmt::format("{}0{}", ungroupable ? "U98.9" : stay_.kind->diagnosis, random_.below(3)),
             random_.chance(985) ? "present" : "undetermined"});
        std::vector<const Companion*> choices;
        for (const auto& one : kCompanions) {
            const bool own = std::strncmp(one.code, stay_.kind->diagnosis.c_str(), 3) == 0;
            const bool of_sex = one.women == 0 || (one.women > 0) == page_.female;
            if (fits(one.fields, specialty_) && page_.age_years >= one.youngest && of_sex && !own &&
                (!one.grave || random_.chance(level_ > 1200 ? 600 : 130))) {
                choices.push_back(&one);
            }
        }
        const auto most = 1 + page_.age_years / 22 + (level_ > 1300 ? 2 : 0);
        auto wanted = std::min<std::int64_t>(random_.below(most + 1) + (level_ > 1300 ? 1 : 0),
                                             static_cast<std::int64_t>(choices.size()));
        for (; wanted > 0; --wanted) {
            const auto at = random_.below(static_cast<std::int64_t>(choices.size()));
            const auto& one = *choices[static_cast<std::size_t>(at)];
            const bool acquired = one.often_acquired && random_.chance(one.grave ? 350 : 250);
            page_.diagnoses.push_back({one.code, acquired             ? "absent"
                                                 : random_.chance(30) ? "undetermined"
                                                 : random_.chance(10) ? "unknown"
                                                                      : "present"});
            choices.erase(choices.begin() + at);
        }
    }

    /// The main procedure, then what stands beside it. Where the group rests on no other procedure
    /// (conservative, composite), only simple ones do, which decide nothing.
    void operate() {
        const auto& kind = *stay_.kind;
        const auto last = stay_.days() - 1;
        if (!kind.procedure.empty()) {
            const auto day = kind.in_theatre ? std::min<std::int64_t>(2, last)
                                             : random_.below(std::max<std::int64_t>(1, last));
            page_.procedures.push_back({fmt::format("{}0{}", kind.procedure, random_.below(2)),
                                        kind.in_theatre ? level_of(kind) : 0,
                                        stay_.admitted + day});
        }
        const bool free = kind.core && !kind.procedure.empty();
        std::vector<const SideProcedure*> choices;
        for (const auto& one : kSideProcedures) {
            if (fits(one.fields, specialty_) && !kind.procedure.starts_with(one.code) &&
                (one.procedure_class == ProcedureClass::simple || free)) {
                choices.push_back(&one);
            }
        }
        auto wanted = random_.below(kind.in_theatre ? 4 : level_ > 1200 ? 3 : 2);
        for (; wanted > 0 && !choices.empty(); --wanted) {
            const auto at = random_.below(static_cast<std::int64_t>(choices.size()));
            const auto& one = *choices[static_cast<std::size_t>(at)];
            page_.procedures.push_back(
                {fmt::format("{}00", one.code),
                 one.procedure_class == ProcedureClass::surgery ? 2 : 0,
                 stay_.admitted + random_.below(std::max<std::int64_t>(1, last + 1))});
            choices.erase(choices.begin() + at);
        }
    }

    [[nodiscard]] int level_of(const CaseKind& kind) const {
        const auto weight = world_.catalogue.groups[kind.group].weight;
        return weight > 25000 ? 4 : weight > 12000 ? 3 : weight > 6500 ? 2 : 1;
    }

    const World& world_;
    const Stay& stay_;
    Specialty specialty_;
    Random random_;
    std::int64_t level_;  ///< charges against what its group is expected to cost, per mille
    FrontPage page_;
};

}  // namespace

std::span<const SideProcedure> side_procedures() {
    return kSideProcedures;
}

FrontPage front_page_of(const World& world, const Stay& stay) {
    return PageWriter(world, stay).write();
}

}  // namespace yuanliu::demo
