// Catalogue rows are found by every prefix of the case's diagnosis, longest first.
#include "groups.hpp"

#include <algorithm>

#include "catalogue.hpp"
#include "fields.hpp"

namespace yuanliu_verify {

namespace {

void read_catalogue(const MonthFolder& month,
                    std::map<std::string, std::vector<CatalogueRow>>& rows_of_diagnosis) {
    Fields fields;
    for (const std::string_view text : month.table("dip_catalogue.csv").rows()) {
        fields.split(text);
        CatalogueRow row;
        row.group = fields[0];
        row.is_core = fields[2] == "core";
        row.diagnosis = fields[3];
        row.procedure = fields[4];
        row.procedure_class = fields[5];
        row.score = fields.number(6);
        row.reference_charge = fields.amount(7);
        row.reference_days = fields.number(8);
        rows_of_diagnosis[row.diagnosis].push_back(std::move(row));
    }
    for (auto& [diagnosis, rows] : rows_of_diagnosis) {
        std::sort(rows.begin(), rows.end(),
                  [](const CatalogueRow& a, const CatalogueRow& b) { return a.group < b.group; });
    }
}

}  // namespace

Grouper::~Grouper() = default;

Grouper::Grouper(const MonthFolder& month, const Books& books, const RulesFolder& rules)
    : has_discharge_(books.encounters.size(), false),
      main_diagnosis_(books.encounters.size()),
      books_(books) {
    read_catalogue(month, rows_of_diagnosis_);
    Fields fields;
    for (const std::string_view text : month.table("procedure_classes.csv").rows()) {
        fields.split(text);
        procedure_class_.emplace(fields[0], fields[1]);
    }
    for (const std::string_view text : month.table("discharges.csv").rows()) {
        fields.split(text);
        const std::uint32_t id = books.encounters.find(fields[0]);
        if (id != CodeBook::kUnknown) {
            has_discharge_[id] = true;
        }
    }
    for (const std::string_view text : month.table("diagnoses.csv").rows()) {
        fields.split(text);
        const std::uint32_t id = books.encounters.find(fields[0]);
        if (id != CodeBook::kUnknown && fields[1] == "1") {
            main_diagnosis_[id] = fields[2];
        }
    }
    for (const std::string_view text : month.table("procedures.csv").rows()) {
        fields.split(text);
        const std::uint32_t id = books.encounters.find(fields[0]);
        if (id != CodeBook::kUnknown) {
            procedures_[id].emplace(fields.whole(1), fields[2]);
        }
    }
    if (rules.grouping) {
        read_details(month, rules);
    }
}

// Longest diagnosis, then longest procedure, then smallest group; rows without a procedure are
// for conservative cases and no part of this.
const CatalogueRow* Grouper::best_core(const std::string& diagnosis,
                                       const std::string& procedure) const {
    for (std::size_t length = diagnosis.size(); length > 0; --length) {
        const auto found = rows_of_diagnosis_.find(diagnosis.substr(0, length));
        if (found == rows_of_diagnosis_.end()) {
            continue;
        }
        const CatalogueRow* best = nullptr;
        for (const CatalogueRow& row : found->second) {
            const bool fits =
                row.is_core && !row.procedure.empty() && procedure.starts_with(row.procedure);
            if (fits && (best == nullptr || row.procedure.size() > best->procedure.size())) {
                best = &row;
            }
        }
        if (best != nullptr) {
            return best;
        }
    }
    return nullptr;
}

// Core rows with blank procedure, or composite rows of a class.
const CatalogueRow* Grouper::best_of(const std::string& diagnosis, bool is_core,
                                     const std::string& procedure_class) const {
    for (std::size_t length = diagnosis.size(); length > 0; --length) {
        const auto found = rows_of_diagnosis_.find(diagnosis.substr(0, length));
        if (found == rows_of_diagnosis_.end()) {
            continue;
        }
        for (const CatalogueRow& row : found->second) {
            if (row.is_core == is_core &&
                (is_core ? row.procedure.empty() : row.procedure_class == procedure_class)) {
                return &row;
            }
        }
    }
    return nullptr;
}

CaseGroup Grouper::grouped(const CatalogueRow* row, const char* level, std::string codes) const {
    return {"grouped", row, level, std::move(codes)};
}

std::string Grouper::class_of(const std::string& procedure) const {
    const auto found = procedure_class_.find(procedure);
    return found == procedure_class_.end() ? "" : found->second;
}

CaseGroup Grouper::group(std::uint32_t encounter, Fen charge, Derived& derived) const {
    return catalogues_.empty() ? group_by_rule(encounter)
                               : group_by_catalogue(encounter, charge, derived);
}

CaseGroup Grouper::group_by_rule(std::uint32_t encounter) const {
    const std::string& diagnosis = main_diagnosis_[encounter];
    if (!has_discharge_[encounter] || diagnosis.empty()) {
        return {"uncoded", nullptr, "", ""};
    }
    bool surgery = false;
    bool therapeutic = false;
    bool diagnostic = false;
    const auto procedures = procedures_.find(encounter);
    if (procedures != procedures_.end()) {
        for (const auto& [sequence, procedure] : procedures->second) {
            const std::string its_class = class_of(procedure);
            surgery = surgery || its_class == "surgery" || its_class == "intervention";
            therapeutic = therapeutic || its_class == "therapeutic";
            diagnostic = diagnostic || its_class == "diagnostic";
            const bool counts = !its_class.empty() && its_class != "simple";
            const CatalogueRow* core = counts ? best_core(diagnosis, procedure) : nullptr;
            if (core != nullptr) {
                return grouped(core, "core_procedure", diagnosis + "+" + procedure);
            }
        }
    }
    if (!surgery && !therapeutic && !diagnostic) {
        const CatalogueRow* core = best_of(diagnosis, true, "");
        if (core != nullptr) {
            return grouped(core, "core_conservative", diagnosis);
        }
    }
    const std::string composite_class = surgery       ? "surgery"
                                        : therapeutic ? "therapeutic"
                                        : diagnostic  ? "diagnostic"
                                                      : "conservative";
    const CatalogueRow* composite = best_of(diagnosis, false, composite_class);
    if (composite != nullptr) {
        return grouped(composite, "composite", diagnosis + "+" + composite_class);
    }
    return {"ungrouped", nullptr, "", ""};
}

}  // namespace yuanliu_verify
