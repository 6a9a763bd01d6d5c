// Why this file: see grouping_set.hpp.
#include "server/catalogue/grouping_set.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "server/catalogue/auxiliary_reader.hpp"
#include "server/catalogue/catalogue_reader.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

namespace group = costing::group;

constexpr std::string_view kGroupingFile = "grouping.toml";
constexpr std::size_t kMostListed = 200;

void replace_priority(const CatalogueRule& rule, group::CatalogueTables& tables,
                      intake::FindingList& findings) {
    if (rule.priority.empty() || !tables.dip) {
        return;
    }
    std::vector<group::PriorityKey> keys;
    for (const std::string& word : rule.priority) {
        if (const auto key = parse_word<group::PriorityKey>(word)) {
            keys.push_back(*key);
            continue;
        }
        std::string known;
        for (const std::string_view one : WordsOf<group::PriorityKey>::kWords) {
            known += (known.empty() ? "" : ", ") + std::string(one);
        }
        findings.add(FindingCode::word_unknown, {.row = 0, .column = "priority"},
                     {text::shown(word), known});
    }
    for (group::DipStage& stage : tables.dip->stages) {
        stage.priority = keys;
    }
}

bool has_same_figures(const CatalogueRow& a, const CatalogueRow& b) {
    return a.name == b.name && a.score == b.score && a.reference_charge == b.reference_charge &&
           a.reference_days == b.reference_days;
}

/// What is wrong with a file of the rules stops the run; a typing that is not open is no fault.
void take_auxiliary(const std::filesystem::path& rules_dir, const CatalogueRule& rule,
                    group::CatalogueTables& tables, intake::FindingList& findings,
                    std::vector<Finding>& out) {
    if (rule.auxiliary.empty()) {
        return;
    }
    if (tables.drg) {
        findings.add(FindingCode::auxiliary_malformed, {.row = 0, .column = "auxiliary"},
                     {"kind = drg", rule.folder});
        return;
    }
    LoadedAuxiliary loaded = read_auxiliary(rules_dir / rule.auxiliary);
    for (Finding& finding : loaded.findings) {
        finding.where.file.insert(0, rule.auxiliary + "/");
        out.push_back(std::move(finding));
    }
    tables.auxiliary = std::move(loaded.catalogue);
}

void check_clashes(const std::vector<group::CatalogueTables>& catalogues,
                   intake::FindingList& findings) {
    std::map<std::string_view, std::pair<const CatalogueRow*, std::string_view>> known;
    for (const group::CatalogueTables& catalogue : catalogues) {
        for (const CatalogueRow& row : catalogue.groups) {
            const auto [first, is_new] =
                known.emplace(row.group, std::pair(&row, std::string_view(catalogue.id)));
            if (!is_new && !has_same_figures(*first->second.first, row)) {
                findings.add(FindingCode::catalogue_groups_clash, {.row = 0, .column = "folder"},
                             {row.group, std::string(first->second.second), catalogue.id});
            }
        }
    }
}

/// Levels as coded that no band of the case's auxiliary catalogue names: most likely misspelt.
class LevelCheck {
  public:
    LevelCheck(const Month& month, const GroupingCatalogues& catalogues)
        : month_(month), catalogues_(catalogues) {}

    void judge(const std::vector<AuxiliaryRow>& cases, std::vector<Finding>& out) {
        for (const AuxiliaryRow& row : cases) {
            const CaseTerms* terms = terms_of_stay(month_, row.encounter);
            const auto* tables =
                group::catalogue_of(catalogues_, month_.encounters[row.encounter.index()].payer);
            if (terms != nullptr && tables != nullptr && tables->auxiliary) {
                look_at(*tables->auxiliary, group::AuxiliaryKind::severity, terms->severity,
                        *terms);
                look_at(*tables->auxiliary, group::AuxiliaryKind::tumour, terms->tumour, *terms);
            }
        }
        intake::FindingList levels("case_terms.csv", kMostListed);
        for (const auto& [key, seen] : unknown_) {
            const auto& [kind, catalogue, word] = key;
            levels.add(FindingCode::case_level_unknown,
                       {.row = seen.first->source_row, .column = word_of(kind)},
                       {text::shown(word), month_.encounters[seen.first->encounter.index()].code,
                        std::to_string(seen.count), catalogue, seen.known},
                       Severity::warn);
        }
        levels.flush_to(out);
    }

  private:
    struct Seen {
        const CaseTerms* first = nullptr;
        std::int64_t count = 0;
        std::string known;  ///< the words that there are
    };

    void look_at(const group::AuxiliaryCatalogue& catalogue, group::AuxiliaryKind kind,
                 const std::string& word, const CaseTerms& terms) {
        std::string known;
        bool is_named = word.empty();
        for (const group::AuxiliaryBand& band : catalogue.bands) {
            if (!is_named && band.kind == kind) {
                is_named = band.level == word;
                known += (known.empty() ? "" : ", ") + band.level;
            }
        }
        if (is_named || known.empty()) {
            return;
        }
        Seen& seen = unknown_[{kind, catalogue.id, word}];
        seen.first = seen.first == nullptr ? &terms : seen.first;
        seen.known = std::move(known);
        ++seen.count;
    }

    const Month& month_;
    const GroupingCatalogues& catalogues_;
    std::map<std::tuple<group::AuxiliaryKind, std::string, std::string>, Seen> unknown_;
};

std::string missing_figures(const CatalogueRow& row) {
    std::string missing;
    const auto add = [&](bool is_missing, std::string_view name) {
        if (is_missing) {
            missing += (missing.empty() ? "" : ", ") + std::string(name);
        }
    };
    add(row.score.is_zero(), "score");
    add(row.reference_charge.is_zero(), "reference_charge");
    add(row.reference_days.is_zero(), "reference_days");
    return missing;
}

}  // namespace

GroupingSet read_grouping_set(const std::filesystem::path& rules_dir, const GroupingRules& rules) {
    GroupingSet set;
    intake::FindingList findings{std::string(kGroupingFile), kMostListed};
    for (const CatalogueRule& rule : rules.catalogues) {
        if (rule.folder.empty()) {
            continue;
        }
        LoadedCatalogue loaded = read_catalogue(rules_dir / rule.folder);
        loaded.payers = rule.payers;
        replace_priority(rule, loaded, findings);
        for (Finding& finding : loaded.findings) {
            finding.where.file.insert(0, rule.folder + "/");
            if (finding.code == FindingCode::catalogue_groups_clash) {
                finding.severity = Severity::stop;
            }
            set.findings.push_back(std::move(finding));
        }
        loaded.findings.clear();
        take_auxiliary(rules_dir, rule, loaded, findings, set.findings);
        set.catalogues.push_back(static_cast<group::CatalogueTables&&>(loaded));
    }
    check_clashes(set.catalogues, findings);
    findings.flush_to(set.findings);
    return set;
}

std::vector<Finding> check_catalogue_payers(const Month& month,
                                            const std::vector<group::CatalogueTables>& catalogues) {
    std::set<std::string> missing;
    for (const Encounter& encounter : month.encounters) {
        if (encounter.status == StayStatus::discharged &&
            group::catalogue_of(catalogues, encounter.payer) == nullptr) {
            missing.insert(encounter.payer);
        }
    }
    std::vector<Finding> findings;
    for (const std::string& payer : missing) {
        findings.push_back(
            {.code = FindingCode::payer_without_catalogue,
             .severity = Severity::stop,
             .where = {.file = std::string(kGroupingFile), .row = 0, .column = "payers"},
             .arguments = {payer}});
    }
    return findings;
}

std::vector<Finding> check_grouped(const Month& month, const group::GroupedMonth& grouped,
                                   const GroupingCatalogues& catalogues, bool needs_figures) {
    std::vector<Finding> out;
    intake::FindingList failed("diagnoses.csv", kMostListed);
    std::vector<std::size_t> cases(grouped.groups.size(), 0);
    for (std::size_t i = 0; i < grouped.cases.size(); ++i) {
        const GroupingRow& row = grouped.grouping.cases[i];
        if (row.status == GroupingStatus::grouped) {
            ++cases[grouped.cases[i].row.index()];
        }
        // A record that is missing as a whole has been said already.
        if (row.status == GroupingStatus::failed_checks &&
            row.reason != GroupingReason::diagnosis_missing) {
            failed.add(FindingCode::case_check_failed, {.row = 0, .column = "diagnosis"},
                       {month.encounters[row.encounter.index()].code,
                        std::string(word_of(row.reason)), row.deciding_codes},
                       Severity::warn);
        }
    }
    failed.flush_to(out);
    intake::FindingList unscored(std::string(kGroupingFile), kMostListed);
    for (std::size_t i = 0; needs_figures && i < cases.size(); ++i) {
        const std::string missing = missing_figures(grouped.groups[i]);
        if (cases[i] > 0 && !missing.empty()) {
            unscored.add(FindingCode::group_without_score, {.row = 0, .column = "catalogue"},
                         {grouped.groups[i].group, std::to_string(cases[i]), missing});
        }
    }
    unscored.flush_to(out);
    LevelCheck(month, catalogues).judge(grouped.grouping.auxiliary, out);
    return out;
}

}  // namespace yuanliu::catalogue
