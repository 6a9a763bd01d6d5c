// Why this file: what a person sees after a run: departments, patients, groups that gain or lose
// and why, bonus, proof.
#pragma once

#include "server/cli/command_line.hpp"
#include "server/usecase/compute_month.hpp"

namespace yuanliu::cli {

/// Prints the month's summary and its certificate to stdout. Requires a certificate.
void print_summary(const usecase::ComputeOutcome& outcome, Language language);
/// Cases by status and level; nothing when the rules have no catalogue.
void print_grouping(const usecase::ComputeOutcome& outcome, Language language);
/// Groups with the largest real gain and loss, and which cost category makes them so.
void print_groups(const usecase::ComputeOutcome& outcome, Language language);
void print_bonus(const usecase::ComputeOutcome& outcome, Language language);
void print_certificate(const usecase::ComputeOutcome& outcome, Language language);
void print_stage_times(const usecase::ComputeOutcome& outcome);

/// `en` or `zh` by language.
[[nodiscard]] std::string say(Language language, const char* en, const char* zh);
/// Yuan with thousands separators.
[[nodiscard]] std::string yuan(Money amount);
/// amount / count in yuan, rounded half away; "-" when there is none.
[[nodiscard]] std::string yuan_each(Money amount, std::int64_t count);

}  // namespace yuanliu::cli
