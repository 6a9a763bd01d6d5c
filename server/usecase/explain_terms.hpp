// Why this file: the closed lists of what an explanation is made of: kinds of parts, rules and
// names of quantities. explain_words.cpp says each in the reader's language.
#pragma once

namespace yuanliu::usecase {

enum class PartKind {
    ledger,    ///< booked directly; its lines sum to it
    excluded,  ///< booked, but kept out of cost; the parts of this kind sum to zero
    transfer,  ///< received from a sender
    sent,      ///< passed on, negative
    opening,   ///< of earlier months
    component,
    pool,    ///< a share of a pool; its lines are the charges that were weighed
    charge,  ///< its lines sum to it
    payment,
    cost,
    stay,  ///< one case of a group
    share,
    withheld,
    activity,   ///< of a divided pool
    moved_in,   ///< came by a move; its lines sum to it
    moved_out,  ///< went by a move, negative; its lines sum to it
};

enum class Rule {
    sum_of_parts,
    full_cost,
    what_was_split,
    cost_that_patients_shared,
    stay_cost,
    month_cost_of_department,
    ledger_lines,
    kept_out_by_account,
    kept_out_by_department,
    share_by_driver,
    passed_on,
    opening_of_stay,
    share_of_pool,
    share_of_category,
    charge_lines,
    points_normal,
    points_low,
    points_high,
    points_times_value,
    charge_times_ratio,
    payment_is_charge,
    payment_minus_charge,
    payment_minus_cost,
    sum_of_cases,
    case_points,
    bonus_paid,
    share_by_weight,
    withheld_by_gates,
    cost_of_activity,
    cost_of_activity_with_capacity,
    share_by_move,
    moved_away,
    paid_by_policy,
    corrected_normal,  ///< with the auxiliary coefficient, as the two below
    corrected_low,
    corrected_high
};

enum class QuantityName {
    pool,
    driver,
    base,
    base_total,
    stage,
    origin,
    fund_source,
    cost_item,
    weight,
    weight_total,
    entries,
    unallocated,
    status,
    amount,
    reason,
    group,
    level,
    deciding_codes,
    rw,
    score,
    hospital_coefficient,
    charge,
    reference_charge,
    high_ratio,
    deviation,
    points,
    point_value,
    ratio,
    cases,
    index,
    size,
    indicator,
    gate,
    factor,
    released,
    activity,
    measure,
    item_driver,
    use,
    practical_capacity,
    used_cost,
    idle_cost,
    move,
    divided_by,
    policy,
    policy_rule,
    formula,
    coefficient,
    standard,
    adjustment,
    auxiliary_coefficient,
    auxiliary_unused,
    auxiliary_reason
};

}  // namespace yuanliu::usecase
