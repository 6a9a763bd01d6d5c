// Why this file: what is wrong with somebody's data is a row, not an exception: code, severity,
// place, arguments. All findings of a run are collected and shown at once; words for people are
// made from the code elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yuanliu {

/// stop: nothing is computed; park: the row is set aside and shown; warn: computed, but look.
enum class Severity { stop, park, warn };

// clang-format off
/// Every kind of finding, by the name that people meet from input file to screen. Grouped by where
/// it bites; never renamed.
#define YUANLIU_FINDING_CODES(X)                                                                  \
    X(file_missing) X(file_unreadable) X(header_wrong) X(field_count_wrong) X(quoting_broken)     \
    X(not_utf8) X(value_missing) X(number_malformed) X(number_out_of_range) X(date_malformed)     \
    X(period_malformed) X(word_unknown) X(code_malformed) X(text_malformed) X(duplicate_key)      \
    X(manifest_malformed) X(raw_file_differs) X(reserved_file_ignored) X(unknown_file_ignored)    \
    X(feed_estimated) X(feed_not_arrived) X(unknown_department) X(unknown_cost_item)              \
    X(unknown_account) X(unknown_driver) X(unknown_service_item) X(unknown_encounter)             \
    X(unknown_staff) X(unknown_payer) X(unknown_indicator) X(unknown_procedure)                   \
    X(code_not_valid_in_month) X(account_not_mapped) X(account_mapped_twice)                      \
    X(booking_period_differs) X(attribution_in_future) X(discharge_before_admission)              \
    X(date_out_of_month) X(outpatient_has_discharge) X(discharge_record_missing)                  \
    X(discharge_record_unexpected) X(equivalent_missing) X(charge_line_parked)                    \
    X(parked_share_exceeded) X(net_quantity_negative) X(pool_without_volume)                      \
    X(lines_without_pool) X(prior_missing) X(prior_period_differs) X(opening_stay_unknown)        \
    X(opening_stay_not_in_hospital) X(opening_stay_missing) X(discharge_registered_late) X(prior_malformed) X(prior_differs_from_result) X(prior_without_listing) X(rule_file_missing) X(rule_malformed)     \
    X(rule_key_unknown) X(rule_key_missing) X(rule_decimal_not_quoted)                            \
    X(plan_receiver_is_closed) X(plan_sender_twice) X(plan_stage_order) X(plan_rule_missing)      \
    X(plan_receivers_empty) X(plan_does_not_close) X(driver_total_is_zero) X(driver_fell_back)    \
    X(weight_overflow) X(indicator_without_value) X(unit_without_staff) X(bonus_pool_missing)     \
    X(bonus_not_released) X(ledger_is_empty) X(findings_not_listed)                               \
    X(plan_method_invalid) X(plan_rounding_needs_step) X(plan_loop_closed) X(plan_cannot_move)    \
    X(driver_formula_invalid) X(driver_term_is_zero) X(driver_missing_for_month)                  \
    X(iteration_residual) X(reciprocal_out_of_bounds)                                             \
    X(unknown_item_driver) X(unknown_activity) X(item_not_service) X(ward_stay_not_inpatient)     \
    X(resource_driver_missing) X(resource_driver_fell_back) X(traced_cost_exceeds)                \
    X(activity_without_use) X(item_without_measure) X(capacity_exceeded) X(item_rows_unused)      \
    X(move_form_invalid) X(move_target_invalid) X(move_shares_not_one) X(move_receivers_empty)    \
    X(move_matches_nothing) X(move_base_is_zero) X(move_base_too_large) X(move_fell_back)         \
    X(move_only_metered) X(metered_above_bill) X(staff_without_time) X(move_base_differs)         \
    X(unknown_ledger_line)                                                                        \
    X(balance_by_fund_and_total) X(ledger_differs_from_balance) X(ledger_difference_accepted)     \
    X(accepted_difference_unused)                                                                 \
    X(validity_reversed) X(attending_grouped_twice) X(group_name_differs) X(unknown_asset)        \
    X(unknown_project) X(equipment_share_exceeds) X(equipment_cost_not_traceable)                 \
    X(bed_department_not_ward) X(result_of_other_hospital) X(result_period_twice)                 \
    X(result_period_missing) X(results_too_many)                                                  \
    X(medical_code_malformed) X(catalogue_line_unknown) X(catalogue_code_unknown)                 \
    X(catalogue_rows_overlap) X(catalogue_rule_missing) X(case_code_unknown) X(case_code_grey)    \
    X(case_check_failed)                                                                          \
    X(settle_case_unknown) X(settle_payer_unknown) X(settle_case_changed)                         \
    X(settle_event_before_discharge) X(settle_reply_repeated) X(settle_refusal_unknown)           \
    X(settle_refusal_over_paid) X(settle_appeal_late) X(settle_appeal_out_of_order)               \
    X(settle_appeal_over_refused) X(settle_review_late) X(settle_review_out_of_order)             \
    X(settle_review_over_quota) X(settle_cash_without_settlement) X(settle_brackets_gap)          \
    X(settle_clearing_without_points) X(settle_payer_not_by_points) X(settle_transfer_unusable)   \
    X(settle_result_unusable) X(settle_difference_unexplained) X(settle_deposit_over_limit)       \
    X(settle_payable_differs) X(result_month_later)                                         \
    X(policy_ends_broken) X(table_column_missing) X(table_encoding_broken) X(table_is_empty)      \
    X(payment_standard_differs) X(group_not_in_table) X(case_not_payable) X(policy_unknown)       \
    X(policy_id_twice) X(special_review_unused) X(leave_not_stated) X(split_without_charges)      \
    X(split_without_cases) X(patient_part_cut) X(special_points_without_value)                    \
    X(crosswalk_missing) X(code_class_differs) X(quality_rule_misused) X(quality_column_missing)  \
    X(records_uncoded) X(uncoded_share_exceeded) X(group_code_unreadable) X(group_code_differs)   \
    X(auxiliary_malformed) X(case_level_unknown)                                                  \
    X(open_stay_not_in_hospital) X(detail_without_row)                       \
    X(catalogue_path_outside) X(catalogue_groups_clash) X(payer_without_catalogue)                \
    X(group_without_score)                                                                        \
    X(quality_opening_missing) X(successor_chained) X(successor_shares_not_one)
// clang-format on

enum class FindingCode {
#define YUANLIU_ENUMERATOR(name) name,
    YUANLIU_FINDING_CODES(YUANLIU_ENUMERATOR)
#undef YUANLIU_ENUMERATOR
};

/// The one spelling of a code or severity, as in the lists above.
[[nodiscard]] std::string_view name_of(FindingCode code) noexcept;
[[nodiscard]] std::string_view name_of(Severity severity) noexcept;

/// Where a finding stands: file as named in the folder, row counted from 1 with the header as row 1
/// (0 = the whole file).
struct SourceRef {
    std::string file;
    std::int64_t row = 0;
    std::string column;
};

struct Finding {
    FindingCode code{};
    Severity severity = Severity::stop;
    SourceRef where;
    /// What the words of the code are filled with, in the order that the code's words use them.
    std::vector<std::string> arguments;
};

/// Whether any finding forbids the run.
[[nodiscard]] bool has_stop(const std::vector<Finding>& findings) noexcept;

}  // namespace yuanliu
