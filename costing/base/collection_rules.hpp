// Why this file: what a hospital may choose about the collection of direct cost, as values
// (docs/collection.md §1): moves in the order written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "costing/base/collection_words.hpp"
#include "costing/base/money.hpp"
#include "costing/base/period.hpp"

namespace yuanliu {

/// Where a share goes; what is not named stays as it is.
struct MoveTarget {
    std::optional<std::string> department{};
    std::optional<std::string> cost_item{};
    std::optional<FundSource> fund{};
    std::string out{};  ///< not blank: out of cost, for this reason
    Rate share = Rate::from_raw(10'000);
};

/// Divided by drivers; metered users first when `metered` is named.
struct MoveDrivers {
    std::vector<std::string> chain;
    std::vector<std::string> receivers;
    std::vector<std::string> except_receivers{};
    std::string metered{};  ///< a driver; blank = none
    Rate tariff = Rate::from_raw(10'000);
    bool rest_to_all = false;  ///< otherwise to those without a metered amount
};

/// Divided by a table of the month.
struct MoveByTable {
    MoveTable table{};
    std::optional<std::vector<std::string>> kinds{};  ///< pay kinds or asset kinds; none = all
    bool match_department = false;
    bool match_fund = false;
    bool by_time = false;
};

/// One of `to`, `drivers` and `table` says how it is divided.
struct MoveRule {
    std::string name;
    std::vector<std::string> departments{"*"};  ///< "*", "class:NAME" or codes
    std::vector<std::string> accounts{"*"};     ///< "*", codes, or beginnings with * at the end
    std::vector<std::string> vouchers{"*"};     ///< the same
    std::vector<std::string> cost_categories{"*"};
    std::vector<std::string> cost_items{"*"};
    std::vector<std::string> fund_sources{"*"};
    std::optional<Period> from{};
    std::optional<Period> until{};
    Rate share = Rate::from_raw(10'000);
    CostEntry entry{};
    std::vector<MoveTarget> to{};
    std::optional<MoveDrivers> drivers{};
    std::optional<MoveByTable> table{};
};

/// Attributes of cost (成本性态, 可控性, 资本性); of a department and cost item the first that
/// matches.
struct AttributeRule {
    std::vector<std::string> departments{"*"};
    std::vector<std::string> cost_items{"*"};
    std::vector<std::string> cost_categories{"*"};
    Rate variable;
    bool controllable = false;
    bool capital = false;
};

struct CollectionRules {
    std::string version{};
    std::vector<MoveRule> moves{};
    std::vector<AttributeRule> attributes{};
    std::vector<std::string> hospital_accounts{};  ///< kept out of cost, but cost of the hospital
};

}  // namespace yuanliu
