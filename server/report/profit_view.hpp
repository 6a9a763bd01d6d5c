// Why this file: what every report on profit starts from: the discharged cases of a result with
// all that is added up over them, tied to the result's own tables before anything is shown
// (docs/profit.md §1, §8).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "costing/base/month.hpp"
#include "costing/base/profit_result.hpp"
#include "costing/base/rules.hpp"
#include "costing/profit/tally.hpp"
#include "server/report/report.hpp"
#include "server/report/result_tables.hpp"

namespace yuanliu::report {

using costing::profit::Tally;

struct ProfitCase {
    EncounterId encounter;
    CaseStatus status{};
    std::string group;   ///< ~ungrouped, ~uncoded, or its code
    CatalogueRowId row;  ///< valid when grouped
    std::optional<Deviation> deviation;
    PaymentBasis basis{};
    bool is_special = false;  ///< a special review (特例单议) decided the payment
    Tally tally;              ///< of this one case
    [[nodiscard]] bool is_dip() const { return basis == PaymentBasis::dip; }
    /// Low or high: also under a policy, where its band is named so.
    [[nodiscard]] bool is_ratio() const {
        return deviation == Deviation::low || deviation == Deviation::high;
    }
    /// What norms are made of. A specially reviewed case is none: it was put forward for its
    /// charges.
    [[nodiscard]] bool is_normal() const { return !is_ratio() && !is_special; }
};

/// Why a figure has no value, in both languages; blank = it has one.
struct Unknown {
    std::string zh;
    std::string en;
    [[nodiscard]] bool is_known() const { return zh.empty(); }
};

struct ProfitView {
    const Month* month = nullptr;
    std::vector<ProfitCase> cases;           ///< in encounter order
    std::vector<Tally> visits;               ///< by department
    std::map<std::string, Tally> visits_of;  ///< by payer
    Tally all_visits;
    std::vector<std::optional<Money>> direct_fixed;  ///< 医疗成本 of the month, by department
    Unknown variable;                                ///< 边际
    Unknown controllable;                            ///< 可控
    Unknown standard;                                ///< of low and high cases
    bool tells_fund = false;                         ///< fund and patient part are known of some
    std::vector<Gap> gaps;

    [[nodiscard]] const Encounter& encounter(const ProfitCase& one) const {
        return month->encounters[one.encounter.index()];
    }
    [[nodiscard]] std::string group_name(const ProfitCase& one, Language language) const;
};

/// `policy`: the payment rules of the result, or none when they aren't at hand (then what a normal
/// case would have been paid is unknown for low and high ones). The month is the result's own.
[[nodiscard]] tl::expected<ProfitView, Refusal> load_profit(const ResultFolder& result,
                                                            const Month& month,
                                                            const PaymentPolicy* policy);

}  // namespace yuanliu::report
