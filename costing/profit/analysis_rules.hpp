// Why this file: what a hospital may choose about the analysis of its profit (analysis.toml,
// docs/profit.md §2), as values, with the choices of a hospital that has no such file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/money.hpp"

namespace yuanliu::costing::profit {

/// RW from `from`, to below `to`; none = no upper end.
struct WeightBand {
    RelativeWeight from;
    std::optional<RelativeWeight> to{};
};

/// Where high begins: at a fixed value, or at the median of what is compared.
struct Threshold {
    std::optional<std::int64_t> fixed{};  ///< at scale 4; none = the median
};

struct QuadrantRules {
    Threshold weight;              ///< RW or CMI
    Threshold volume;              ///< cases
    Threshold margin{.fixed = 0};  ///< margin ÷ payment
};

struct AdviceRules {
    std::int64_t few_cases = 5;                  ///< fewer are only watched
    Rate bring_in_margin = Rate::from_raw(500);  ///< margin ÷ payment, and above
    RelativeWeight bring_in_weight = RelativeWeight::from_raw(10'000'000);  ///< RW 1 and above
    Rate give_up_margin = Rate::from_raw(-3'000);                           ///< and below
    RelativeWeight give_up_weight = RelativeWeight::from_raw(5'000'000);    ///< below RW 0.5
    /// A group that still pays more than its variable cost carries fixed cost that stays behind.
    bool give_up_only_without_contribution = true;
};

struct InsurerRules {
    std::int64_t cases = 10;            ///< at least so many normal cases
    Rate over = Rate::from_raw(1'000);  ///< mean cost above standard by this share
};

struct AnalysisRules {
    std::string version{};  ///< blank: there is no analysis.toml
    std::vector<WeightBand> bands;
    QuadrantRules quadrants{};
    AdviceRules advice{};
    InsurerRules insurer{};
    std::int64_t alert_months = 3;
};

/// RW < 0.5, 0.5 to 1, 1 to 2, 2 to 5, 5 and above, and the defaults above.
[[nodiscard]] AnalysisRules default_analysis_rules();

}  // namespace yuanliu::costing::profit
