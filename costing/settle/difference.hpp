// Why this file: an insurer's reply differs from our estimate for reasons that are argued one by
// one, so the difference must be told by cause, and the causes must sum to it to the fen.
// [RULE SETTLE-001] The standard is score x hospital x auxiliary x band factor x point value. From
// our factors to theirs one factor is changed at a time, in this order: group (its score), hospital
// coefficient, auxiliary coefficient, deviation (the band factor), point value; each step is
// rounded to the fen and a cause is the difference of two neighbouring steps. Then the deduction;
// what is left is rounding and other. Worked example: ours 1000 x 1.08 x 1 x 1 x 11.60 = 12,528.00;
// theirs 900 x 1.05 x 1 x 1 x 11.50 less 100.00, so 10,767.50 to the case: group -1,252.80
// (11,275.20), hospital -313.20 (10,962.00), auxiliary and deviation 0, point value -94.50
// (10,867.50), deduction -100.00, rest 0; sum -1,760.50. Source: dip.md §2.2-2.4, practice.md §4.
#pragma once

#include "costing/settle/settlement_rows.hpp"

namespace yuanliu::costing::settle {

struct Causes {
    Money group{};
    Money hospital{};
    Money auxiliary{};
    Money deviation{};
    Money point_value{};
    Money deduction{};
    Money rest{};  ///< rounding and other
    Causes& operator+=(const Causes& other);
    [[nodiscard]] Money total() const;
};

/// `ours` is the estimate's standard; `theirs` what the reply gives the case, by fund and patient.
struct Difference {
    Money ours{};
    Money theirs{};
    Causes causes{};  ///< sum to theirs - ours
};

/// A factor that the reply leaves out (0) counts as ours. When one side has no factors at all (an
/// ungrouped case, a payer by charges), a change of group takes the difference of the standards,
/// and everything else but the deduction is the rest. Factors lie within the bounds of
/// settlement_rows.hpp.
[[nodiscard]] Difference explain_difference(const Estimate& estimate, const Reply& reply);

}  // namespace yuanliu::costing::settle
