// Why this file: see grouping.hpp. First-stage groups are the two heaviest procedures, wherever
// they stand; every third pair of neighbouring operations is merged; three diseases are refined by
// diabetes; all other groups are basic rows (operated) and core rows (conservative),
// and composites by letter.
#include "server/demo/grouping.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/demo/tables.hpp"

namespace yuanliu::demo {
namespace {

constexpr const char* kCatalogueText = R"(# 演示医院自编的 DIP 目录，不是任何城市的目录。
# The demonstration's own DIP catalogue; no city's.
schema = "yuanliu.catalogue/1"
id = "DEMO-DIP-1"
kind = "dip"
[files]
groups = "groups.csv"
procedure_classes = "classes.csv"
checks = "checks.csv"
scores = "scores.csv"
[dip]
composite = "rows"
excluded_diagnosis_match = "prefix"
unknown_class = "ignored"
# 先期分组：不论主要诊断。 First stage: whatever the main diagnosis.
[[dip.stage]]
levels = ["first_stage"]
procedures = "recorded"
main_procedure = "any"
related = "ignored"
priority = ["first_row"]
[[dip.stage]]
levels = ["merged"]
procedures = "counted"
main_procedure = "any"
related = "ignored"
priority = ["diagnosis_length", "procedure_order", "first_row"]
[[dip.stage]]
levels = ["refined"]
procedures = "counted"
main_procedure = "first"
related = "ignored"
priority = ["diagnosis_length", "first_row"]
[[dip.stage]]
levels = ["basic", "core"]
procedures = "counted"
main_procedure = "any"
related = "ignored"
priority = ["diagnosis_length", "procedure_order", "procedure_length", "first_row"]
[[dip.stage]]
levels = ["composite"]
procedures = "counted"
main_procedure = "first"
related = "ignored"
priority = ["diagnosis_length"]
)";

constexpr const char* kGroupingText = R"(# 本文件决定：每个病例按哪个目录分组。
# This file decides by which catalogue a case is grouped.
schema = "yuanliu.grouping/1"
version = "demo.1"

[[catalogue]]
folder = "dip"
payers = ["*"]
auxiliary = "dip"                # 辅助目录 auxiliary.toml：合并症、肿瘤转移、高龄
)";

constexpr const char* kAuxiliaryText = R"(# 演示医院自编的辅助目录，不是任何城市的目录。
# The demonstration's own auxiliary catalogue; no city's.
schema = "yuanliu.auxiliary/1"
id = "DEMO-AUX-1"
several = "highest"
open = "all"
[files]
comorbidities = "cci.csv"
[[band]]
id = "cci_severe"
kind = "cci"
from = 3
to = 4
coefficient = "1.03"
[[band]]
id = "cci_extreme"
kind = "cci"
from = 5
coefficient = "1.06"
[[band]]
id = "metastasis"
kind = "tumour"
level = "metastasis"
coefficient = "1.05"
[[band]]
id = "aged"
kind = "age"
unit = "years"
from = 80
coefficient = "1.02"
)";

/// Charlson's points, of the companions that the pages have.
constexpr const char* kComorbiditiesText =
    "code,family,points\n"
    "I21,infarct,1\nI50,heart,1\nI69,stroke,1\nJ44,lung,1\nE11,diabetes,1\nE11.2,diabetes,2\n"
    "N18,kidney,2\nK72,liver,3\nC78,tumour,6\nC79,tumour,6\n";

/// What cannot be why somebody lies in hospital (main-diagnosis rules of the settlement list).
constexpr const char* kChecksText =
    "rule,from,to\n"
    "not_main,V01,Y98\nnot_main,B95,B98\nnot_main,R65,R65\nnot_main,U82,U85\n"
    "not_main,Z80,Z99\nnot_main,P00,P04\nnot_main,T31,T32\nnot_main,Z33,Z33\n"
    "not_main,Z37,Z37\nnot_main,Z53,Z53\n";

struct Figures {
    std::int64_t weight = 0, days_tenths = 0;
    Fen charge = 0;
};

class CatalogueFiles {
  public:
    explicit CatalogueFiles(const World& world) : groups_(world.catalogue.groups) {}

    void write(const std::filesystem::path& folder, const std::vector<ProcedureEntry>& procedures) {
        add_first_stage();
        add_merged();
        add_refined();
        add_plain();
        write_text(folder / "catalogue.toml", kCatalogueText);
        write_text(folder / "checks.csv", kChecksText);
        write_text(folder / "groups.csv", rows_);
        write_text(folder / "scores.csv", scores_);
        std::string classes = "procedure,class\n";
        for (const auto& procedure : procedures) {
            classes += fmt::format("{},{}\n", procedure.code,
                                   procedure_class_name(procedure.procedure_class));
        }
        write_text(folder / "classes.csv", classes);
    }

  private:
    /// A row and its figures; a blank position is main.
    void add(const std::string& code, const std::string& name, const char* level,
             const std::string& cells, const char* diagnosis_class, const char* position,
             const Figures& figures) {
        rows_ +=
            fmt::format("{},{},{},{},{},{}\n", code, name, level, cells, diagnosis_class, position);
        scores_ +=
            fmt::format("{},{},{},{}\n", code, number_text(figures.weight * 1000),
                        amount_text(figures.charge), number_text(figures.days_tenths * 1000));
    }

    static Figures figures_of(const Group& group) {
        return {.weight = group.weight,
                .days_tenths = group.days_tenths,
                .charge = group.reference_charge};
    }

    void add_first_stage() {
        std::vector<const Group*> operated;
        for (const auto& group : groups_) {
            if (!group.procedure.empty()) {
                operated.push_back(&group);
            }
        }
        std::stable_sort(operated.begin(), operated.end(),
                         [](const Group* a, const Group* b) { return a->weight > b->weight; });
        for (std::size_t i = 0; i < std::min<std::size_t>(2, operated.size()); ++i) {
            const Group& group = *operated[i];
            add(fmt::format("XQ-{}", i + 1), group.name + "（先期）", "first_stage",
                fmt::format(",,{},", group.procedure), "", "any", figures_of(group));
        }
    }

    /// Every third pair of neighbouring operations of one letter is one group.
    void add_merged() {
        constexpr std::size_t kEvery = 3;
        const Group* before = nullptr;
        std::size_t met = 0;
        for (const auto& group : groups_) {
            if (group.procedure.empty()) {
                continue;
            }
            if (before == nullptr || before->diagnosis[0] != group.diagnosis[0]) {
                before = &group;
                continue;
            }
            if (met++ % kEvery == 0) {
                const bool is_one = before->diagnosis == group.diagnosis;
                add("BX-" + before->diagnosis, before->name + "等（并项）", "merged",
                    fmt::format("{}{},,{}|{},", before->diagnosis,
                                is_one ? "" : "|" + group.diagnosis, before->procedure,
                                group.procedure),
                    "", "",
                    {.weight = (before->weight + group.weight) / 2,
                     .days_tenths = (before->days_tenths + group.days_tenths) / 2,
                     .charge = (before->reference_charge + group.reference_charge) / 2});
            }
            before = nullptr;
        }
    }

    void add_refined() {
        constexpr int kRefined = 3;
        int made = 0;
        for (const auto& group : groups_) {
            const bool is_plain = group.core && group.procedure.empty();
            if (made == kRefined || !is_plain || group.diagnosis[0] == 'O') {
                continue;
            }
            ++made;
            constexpr std::int64_t kHeavier = 115;
            const Figures plain = figures_of(group);
            add("FZ-" + group.diagnosis, group.name + "伴糖尿病", "refined",
                fmt::format("{},E11,,", group.diagnosis), "", "",
                {.weight = plain.weight * kHeavier / 100,
                 .days_tenths = plain.days_tenths * kHeavier / 100,
                 .charge = plain.charge * kHeavier / 100});
        }
    }

    void add_plain() {
        for (const auto& group : groups_) {
            const char* level = !group.core               ? "composite"
                                : group.procedure.empty() ? "core"
                                                          : "basic";
            add(group.code, group.name, level,
                fmt::format("{},,{},", group.diagnosis, group.procedure), group.composite_class, "",
                figures_of(group));
        }
    }

    const std::vector<Group>& groups_;
    std::string rows_ =
        "group,name,level,diagnosis,other_diagnosis,procedure,related,class,"
        "procedure_position\n";
    std::string scores_ = "group,score,reference_charge,reference_days\n";
};

}  // namespace

bool groups_by_catalogue(const Scale& scale) {
    return scale.size != Size::clinic;
}

void write_grouping(const World& world, const std::filesystem::path& rules_dir) {
    const auto folder = rules_dir / "dip";
    std::filesystem::create_directories(folder);
    write_text(rules_dir / "grouping.toml", kGroupingText);
    write_text(folder / "auxiliary.toml", kAuxiliaryText);
    write_text(folder / "cci.csv", kComorbiditiesText);
    CatalogueFiles(world).write(folder, world.catalogue.procedures);
}

}  // namespace yuanliu::demo
