// Why this file: score, reference charge and days of the groups of a catalogue, which payment and
// indicators need (docs/grouping.md §10): of the file `scores`, which also has generated groups and
// those of a DRG scheme; without it, of the rows of a DIP catalogue. Worked example: rows say B01
// score 400, scores.csv says B01 score 410: the group is paid by 410, and 400 only orders rows.
#include <algorithm>
#include <array>
#include <map>

#include "server/catalogue/catalogue_reader.hpp"
#include "server/catalogue/plain_table.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

using Groups = std::map<std::string, CatalogueRow>;

/// The first of two values that is given; two different ones are a clash.
template <class Value>
bool take_figure(Value& kept, const Value& found, const Value& none) {
    const bool clashes = kept != none && found != none && kept != found;
    kept = kept == none ? found : kept;
    return clashes;
}

/// Rows of one group that contradict each other; grouping alone needs no figures, so it is a month
/// that they stop (grouping_set.cpp).
void merge_rows(const std::vector<CatalogueRow>& rows, const std::string& id,
                intake::FindingList& findings, Groups& groups) {
    for (const CatalogueRow& row : rows) {
        CatalogueRow& kept = groups.emplace(row.group, row).first->second;
        const bool score = take_figure(kept.score, row.score, Points());
        const bool charge = take_figure(kept.reference_charge, row.reference_charge, Money());
        const bool days = take_figure(kept.reference_days, row.reference_days, Quantity());
        if (score || charge || days) {
            findings.add(FindingCode::catalogue_groups_clash, {.row = 0, .column = "group"},
                         {row.group, id, id}, Severity::warn);
        }
    }
}

/// Beside a file of scores the figures of rows are there for priorities only.
void take_names(const std::vector<CatalogueRow>& rows, Groups& groups) {
    for (const CatalogueRow& row : rows) {
        CatalogueRow named;
        named.group = row.group;
        named.name = row.name;
        groups.emplace(row.group, std::move(named));
    }
}

void take_scores(const CatalogueFiles& files, Groups& groups) {
    if (!files.has("scores")) {
        return;
    }
    const PlainTableSpec spec{.required = {"group", "score", "reference_charge", "reference_days"},
                              .optional = {"name"},
                              .own_names = {}};
    std::map<std::string, std::int64_t> seen;
    read_plain_table(files.path("scores"), spec, files.findings("scores"),
                     [&](const PlainRow& row) {
                         const std::string code(row["group"]);
                         if (code.empty()) {
                             row.report(FindingCode::value_missing, "group", {});
                             return;
                         }
                         const auto [first, is_new] = seen.emplace(code, row.number());
                         if (!is_new) {
                             row.report(FindingCode::duplicate_key, "group",
                                        {text::shown(code), std::to_string(first->second)});
                             return;
                         }
                         CatalogueRow& group = groups[code];
                         group.group = code;
                         if (const auto score = row.weight("score")) {
                             group.score = Points::from_raw(*score);
                         }
                         if (const auto charge = row.decimal("reference_charge", Money::kScale)) {
                             group.reference_charge = Money::from_raw(*charge);
                         }
                         if (const auto days = row.weight("reference_days")) {
                             group.reference_days = Quantity::from_raw(*days);
                         }
                         if (!row["name"].empty()) {
                             group.name = std::string(row["name"]);
                         }
                     });
}

/// A generated group (docs/grouping.md §5.5) is named by its parts where the scores name it not.
void name_generated(const costing::group::DipCatalogue& dip, Groups& groups) {
    constexpr std::array<const char*, 4> kClasses{"保守治疗", "诊断性操作", "治疗性操作", "手术"};
    constexpr std::size_t kCategory = 3;
    if (!dip.generates_composites) {
        return;
    }
    for (auto& [code, row] : groups) {
        const bool is_generated = code.size() == kCategory + 2 && code[kCategory] == '-' &&
                                  code.back() >= '1' && code.back() <= '4';
        if (is_generated && row.name.empty()) {
            row.name = code.substr(0, kCategory) + " 综合病种（" +
                       kClasses[static_cast<std::size_t>(code.back() - '1')] + "）";
        }
    }
}

}  // namespace

void add_group_figures(const CatalogueFiles& files, LoadedCatalogue& catalogue) {
    Groups groups;
    if (catalogue.drg) {
        for (const costing::group::Drg& drg : catalogue.drg->drgs) {
            CatalogueRow& row = groups[drg.code];
            row.group = drg.code;
            row.name = drg.name;
        }
    } else if (files.has("scores")) {
        take_names(catalogue.groups, groups);
    } else if (files.has("groups")) {
        merge_rows(catalogue.groups, catalogue.id, files.findings("groups"), groups);
    }
    take_scores(files, groups);
    if (catalogue.dip) {
        name_generated(*catalogue.dip, groups);
    }
    catalogue.groups.clear();
    for (auto& [code, row] : groups) {
        catalogue.groups.push_back(std::move(row));
    }
}

}  // namespace yuanliu::catalogue
