// Why this file: the unit cost of one month jumps (February), so actual, rolling and standard unit
// cost stand side by side, and what separates actual cost from cost at standard is a pool that can
// be seen and is explained to the fen (docs/objects.md §1).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "costing/base/finding.hpp"
#include "server/report/reports.hpp"

namespace yuanliu::report {

/// What service_item of a standard is called when it is a visit or a bed-day.
inline constexpr std::string_view kVisitCode = "~visit";
inline constexpr std::string_view kBedDayCode = "~bed_day";

/// Department and service item (or one of the codes above).
using UnitKey = std::pair<std::string, std::string>;

struct UnitFigures {
    Int128 quantity = 0;  ///< scale 4
    Int128 cost = 0;      ///< fen
};

/// What a month is asked for; small beside the month itself.
struct UnitMonth {
    std::string period;
    std::map<UnitKey, UnitFigures> items;  ///< of service pools
    std::map<UnitKey, UnitFigures> units;  ///< visits and bed-days of the scope
};

/// A department's service pool in the newest month.
struct ServicePool {
    Money cost;
    Money by_days;      ///< reached patients by days or visits, through no item
    Money unallocated;  ///< idle capacity too
    std::array<Money, kCategories> categories{};
};

/// The newest month.
struct UnitPools {
    std::map<std::string, ServicePool> service;
    Money drugs;
    Money materials;
    Money direct;
    std::map<UnitKey, std::array<Money, kCategories>> unit_categories;  ///< of visits, bed-days
    std::array<Money, kCategories> full{};                              ///< of cost_attributes.csv
    std::array<Money, kCategories> fixed{};                             ///< of it
};

/// Scale 4 by department (blank = every other one) and item.
using Standards = std::map<UnitKey, Quantity>;

struct UnitCostInput {
    const Month& month;  ///< the newest
    std::string basis;
    std::vector<UnitMonth> months;  ///< by period, the newest last; at least one
    UnitPools pools;
    std::optional<Standards> standards;
    Scope scope = Scope::hospital_full;
    std::string department;  ///< blank = all
    Language language = Language::en;
    std::vector<Gap> gaps{};
};

/// Reads what the report needs of one result; `pools` only of the newest.
[[nodiscard]] tl::expected<UnitMonth, Refusal> read_unit_month(const std::filesystem::path& result,
                                                               const CostView& view,
                                                               const ResultBook& book, Scope scope);
[[nodiscard]] tl::expected<UnitPools, Refusal> read_unit_pools(const std::filesystem::path& result,
                                                               const CostView& view,
                                                               const ResultBook& book, Scope scope);

/// The rows of a standards file that are in force in the month; every fault is a finding.
[[nodiscard]] Standards read_standards(const std::filesystem::path& file, const Month& month,
                                       std::vector<Finding>& findings);

[[nodiscard]] Report unit_cost_report(const UnitCostInput& input);

}  // namespace yuanliu::report
