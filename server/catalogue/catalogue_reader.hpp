// Why this file: a catalogue folder becomes the tables that a grouper works on; all that is wrong
// with it is said at once (docs/grouping.md §2, §7).
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "costing/group/dip_catalogue.hpp"
#include "costing/group/drg_catalogue.hpp"
#include "costing/group/record_checks.hpp"
#include "server/intake/finding_list.hpp"
#include "server/intake/rule_table.hpp"

namespace yuanliu::catalogue {

/// Exactly one of `drg` and `dip` is there, unless a finding stops.
struct LoadedCatalogue {
    std::string id;
    costing::group::RecordChecks checks;
    std::optional<costing::group::DrgCatalogue> drg;
    std::optional<costing::group::DipCatalogue> dip;
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
/// `document` is the whole of catalogue.toml, for `[columns]` and `[words]`.
[[nodiscard]] costing::group::DipCatalogue read_dip_catalogue(
    intake::RuleTable& settings, const CatalogueFiles& files,
    const costing::group::RecordChecks& checks, const toml::table& document);

}  // namespace yuanliu::catalogue
