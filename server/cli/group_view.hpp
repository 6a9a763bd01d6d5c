// Why this file: which disease groups gain or lose, in two scopes of cost, and why. The parts of
// the reason add up to the margin to the fen. With f, c the charge and cost of the group, c_k its
// cost of category k, and F, C, C_k those of all DIP cases of the hospital:
//   real margin = (payment - f) + f × (1 - C / F) - Σ_k (c_k - f × C_k / F)
// Worked example: hospital F = 1,000,000, C = 980,000 of which staff 400,000 and other 580,000.
// Group of 10 cases: f = 80,000, payment 70,000, c = 90,000 of which staff 50,000, other 40,000.
//   payment against charges    70,000 - 80,000              = -10,000
//   hospital's cost level      80,000 × (1 - 0.98)          =  +1,600
//   staff                    -(50,000 - 80,000 × 0.40)      = -18,000
//   other                    -(40,000 - 80,000 × 0.58)      =  +6,400
//   real margin                70,000 - 90,000              = -20,000
// The group loses, and the largest losing part is staff: 1,800.00 a case above the hospital's cost
// for the same charges, 90 % of the loss (a share passes 100 % when other parts work against it).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "server/cli/command_line.hpp"
#include "server/usecase/compute_month.hpp"

namespace yuanliu::cli {

struct GroupView {
    PaymentBasis basis{};
    std::string group;  ///< ~ungrouped and ~uncoded where there is none
    std::string name;
    ProfitSums sums;                      ///< cost of all fund sources
    Money medical_cost;                   ///< 医疗成本: fund source basic only
    std::array<Money, kCategories> cost;  ///< of all fund sources
    [[nodiscard]] Money policy_margin() const { return sums.payment - sums.charge; }
    [[nodiscard]] Money real_margin() const { return sums.payment - sums.cost; }
    [[nodiscard]] Money medical_margin() const { return sums.payment - medical_cost; }
};

struct GroupViews {
    std::vector<GroupView> groups;  ///< by basis, then group
    GroupView dip;                  ///< all cases of basis dip together
};

[[nodiscard]] GroupViews view_groups(const usecase::ComputeOutcome& outcome);

/// Mean relative weight at scale 4; zero when there is no case.
[[nodiscard]] Rate cmi_of(const ProfitSums& sums);

enum class ReasonKind { none, payment, hospital_level, category };

/// The largest part in the direction of the margin.
struct Reason {
    ReasonKind kind = ReasonKind::none;
    CostCategory category{};
    Money each;                ///< a case; negative = it makes a loss
    std::int64_t percent = 0;  ///< of the margin
    bool is_loss = false;
};

/// None when the margin, the cases or the charges of `hospital` are zero.
[[nodiscard]] Reason main_reason(const GroupView& group, const GroupView& hospital);
[[nodiscard]] std::string words_of(const Reason& reason, Language language);

}  // namespace yuanliu::cli
