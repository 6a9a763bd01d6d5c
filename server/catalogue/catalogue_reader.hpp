// Why this file: a catalogue folder becomes the tables that a grouper works on; all that is wrong
// with it is said at once (docs/grouping.md §2, §7).
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "costing/group/catalogue_tables.hpp"
#include "server/intake/finding_list.hpp"
#include "server/intake/rule_table.hpp"

namespace yuanliu::catalogue {

/// Neither `drg` nor `dip` is there only if a finding stops.
struct LoadedCatalogue : costing::group::CatalogueTables {
    std::vector<Finding> findings;
};

[[nodiscard]] LoadedCatalogue read_catalogue(const std::filesystem::path& folder);

/// What the readers of the parts share: `[files]` by key, and whom to tell.
class CatalogueFiles {
  public:
    CatalogueFiles(std::filesystem::path folder, intake::FindingBook& book)
        : folder_(std::move(folder)), book_(&book) {}
    /// Takes the path of a key of `[files]`; a missing required key is a finding.
    void take(intake::RuleTable& files, std::string_view key, bool required);
    [[nodiscard]] bool has(std::string_view key) const { return paths_.contains(key); }
    [[nodiscard]] std::filesystem::path path(std::string_view key) const;
    /// Findings of the file, by its name as `catalogue.toml` writes it.
    [[nodiscard]] intake::FindingList& findings(std::string_view key) const;

  private:
    std::filesystem::path folder_;
    intake::FindingBook* book_;
    std::map<std::string, std::string, std::less<>> paths_;
};

/// The code at the head of each line of the file `key`; none when there is no such file.
[[nodiscard]] std::vector<costing::group::MedicalCode> read_codes(const CatalogueFiles& files,
                                                                  std::string_view key);
/// Warns of a code that the code tables don't know.
void judge_known(const costing::group::RecordChecks& checks, costing::group::MedicalCode code,
                 bool is_procedure, intake::FindingList& findings,
                 intake::FindingList::Place place);

[[nodiscard]] costing::group::DrgCatalogue read_drg_catalogue(
    intake::RuleTable& settings, const CatalogueFiles& files,
    const costing::group::RecordChecks& checks);
/// `document` is the whole of catalogue.toml, for `[columns]` and `[words]`. What the
/// rows say of their groups goes to `groups`.
[[nodiscard]] costing::group::DipCatalogue read_dip_catalogue(
    intake::RuleTable& settings, const CatalogueFiles& files,
    const costing::group::RecordChecks& checks, const toml::table& document,
    std::vector<CatalogueRow>& groups);
/// Groups with their figures: of the rows, and of the file `scores`, whose word counts.
void add_group_figures(const CatalogueFiles& files, LoadedCatalogue& catalogue);

}  // namespace yuanliu::catalogue
