// Why this file: the order of a run, stage by stage, with the time and memory of each.
#include "server/usecase/compute_month.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "costing/allocate/plan.hpp"
#include "costing/allocate/plan_check.hpp"
#include "costing/collect/cost_views.hpp"
#include "costing/collect/direct_cost.hpp"
#include "costing/collect/ledger_balance.hpp"
#include "costing/group/group.hpp"
#include "costing/patient/methods.hpp"
#include "costing/pay/pay.hpp"
#include "costing/profit/profit.hpp"
#include "costing/run/run_costing.hpp"
#include "performance/bonus.hpp"
#include "server/catalogue/grouping_set.hpp"
#include "server/export/result_tables.hpp"

namespace yuanliu::usecase {
namespace {

class StageClock {
  public:
    StageClock(std::vector<StageTime>& stages, const Progress& progress)
        : stages_(stages), progress_(progress) {}
    void begin(std::string_view stage, int permille) { reach(progress_, stage, permille); }
    void end(std::string stage) {
        const auto now = std::chrono::steady_clock::now();
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        stages_.push_back({.stage = std::move(stage),
                           .seconds = std::chrono::duration<double>(now - start_).count(),
                           .peak_memory_kib = usage.ru_maxrss});
        start_ = now;
    }

  private:
    std::vector<StageTime>& stages_;
    const Progress& progress_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

void append(std::vector<Finding>& to, std::vector<Finding> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Parked lines are daily life up to a share of the charges; past it, the month is not to be
/// trusted.
void check_parked_share(const intake::LoadedMonth& loaded, Rate max_share,
                        std::vector<Finding>& findings) {
    const Int128 parked = Int128{loaded.absolute_parked_charges.raw()} * 10'000;
    if (parked > Int128{loaded.absolute_charges.raw()} * max_share.raw()) {
        findings.push_back({.code = FindingCode::parked_share_exceeded,
                            .severity = Severity::stop,
                            .where = {.file = "charge_lines.csv", .row = 0, .column = "encounter"},
                            .arguments = {loaded.absolute_parked_charges.text(),
                                          loaded.absolute_charges.text(), max_share.trimmed()}});
    }
}

/// Judged as soon as both sides can be read: a ledger that isn't the hospital's own is not to be
/// trusted.
void check_ledger_balance(ComputeOutcome& out) {
    const bool is_sound =
        std::none_of(out.findings.begin(), out.findings.end(), [](const Finding& finding) {
            const std::string& file = finding.where.file;
            return finding.severity == Severity::stop &&
                   (file == "manifest.json" || file == "ledger.csv" || file == "accounts.csv" ||
                    file == "account_balances.csv" || file == "costing.toml");
        });
    // A ledger that is missing as a whole is said as that, not account by account.
    const Month& month = out.loaded.month;
    const bool is_missing = month.ledger.empty() && month.charge_lines.size() > 0;
    if (is_sound && !is_missing) {
        append(out.findings,
               costing::check_balances(month, out.rules.rules.costing.accepted_differences));
    }
}

void run_profit(ComputeOutcome& out, const std::vector<CaseGroup>& groups, StageClock& clock) {
    clock.begin("payment", 550);
    auto paid = costing::pay::pay_cases(out.loaded.month, groups, out.result.costing.stays,
                                        *out.rules.rules.payment, out.rules.policies);
    append(out.findings, std::move(paid.findings));
    clock.end("pay");
    if (!has_stop(out.findings)) {
        clock.begin("profit", 600);
        out.result.profit = costing::profit::sum_profit(out.loaded.month, std::move(paid.cases),
                                                        out.result.costing.stays);
        out.result.profit.has_policies = costing::pay::has_policy(*out.rules.rules.payment);
        out.result.profit.policy_cases = std::move(paid.policy_cases);
        out.result.profit.has_fund_parts = out.loaded.month.states_patient_paid;
        out.result.profit.fund_parts =
            costing::pay::part_payments(out.loaded.month, out.result.profit.cases, out.findings);
        clock.end("profit");
    }
}

/// Indicators look at groups and days, not at payment: a hospital without a payment policy has
/// cases too.
void run_bonus(ComputeOutcome& out, const std::vector<CaseGroup>& groups, StageClock& clock) {
    const Month& month = out.loaded.month;
    if (!out.rules.rules.bonus) {
        out.result.bonus.closing_pools = month.carried_pools;
        return;
    }
    clock.begin("bonus", 650);
    const std::vector<CaseRow> unpaid =
        out.rules.rules.payment ? std::vector<CaseRow>()
                                : costing::pay::list_cases(month, groups, out.result.costing.stays);
    auto bonus = performance::distribute_bonus(
        {.month = month,
         .cases = out.rules.rules.payment ? out.result.profit.cases : unpaid,
         .scheme = *out.rules.rules.bonus});
    append(out.findings, std::move(bonus.findings));
    out.result.bonus = std::move(bonus.result);
    clock.end("bonus");
}

/// By the catalogues of the rules if they have some, whose groups then take the place of the
/// month's own catalogue; else by the rule DIP-001.
std::vector<CaseGroup> group_cases(ComputeOutcome& out, const ParallelFor& parallel_for) {
    if (!out.rules.rules.grouping) {
        return costing::group::group_cases(out.loaded.month);
    }
    auto grouped = costing::group::group_by_catalogues(out.loaded.month, out.result.costing.stays,
                                                       out.catalogues, parallel_for);
    const bool needs_figures = out.rules.rules.payment || out.rules.rules.bonus;
    append(out.findings,
           catalogue::check_grouped(out.loaded.month, grouped, out.catalogues, needs_figures));
    out.loaded.month.catalogue = std::move(grouped.groups);
    out.result.grouping = std::move(grouped.grouping);
    return std::move(grouped.cases);
}

void compute(ComputeOutcome& out, const ParallelFor& parallel_for, StageClock& clock) {
    clock.begin("allocate", 300);
    auto costing = costing::run_costing(out.loaded.month, out.rules.rules.allocation, parallel_for,
                                        out.rules.rules.costing, out.rules.rules.collection);
    append(out.findings, std::move(costing.findings));
    clock.end("cost");
    if (has_stop(out.findings)) {
        return;
    }
    out.result.costing = std::move(costing.result);
    clock.begin("group", 500);
    const auto groups = group_cases(out, parallel_for);
    clock.end("group");
    if (has_stop(out.findings)) {
        return;
    }
    if (out.rules.rules.payment) {
        run_profit(out, groups, clock);
    }
    if (!has_stop(out.findings)) {
        run_bonus(out, groups, clock);
    }
}

/// Direct cost of a month that can't be computed, as far as its tables are sound; the findings of
/// its moves go to `more`.
template <class IsSound>
std::optional<costing::DirectCost> collect_if_sound(const ComputeOutcome& out, IsSound is_sound,
                                                    std::vector<Finding>& more) {
    const auto& rules = out.rules.rules.collection;
    std::vector<std::string_view> files{"departments.csv", "cost_items.csv", "ledger.csv",
                                        "account_map.csv", "accounts.csv"};
    if (rules) {
        files.insert(files.end(), {"collection.toml", "drivers.csv", "driver_readings.csv",
                                   "payroll.csv", "staff_time.csv", "assets.csv"});
    }
    if (!std::all_of(files.begin(), files.end(), is_sound)) {
        return std::nullopt;
    }
    costing::DirectCost direct = costing::collect_direct_cost(out.loaded.month, rules);
    const bool is_stopped = has_stop(direct.findings);
    append(more, std::move(direct.findings));
    if (rules) {
        append(more, costing::check_views(out.loaded.month, *rules));
    }
    return is_stopped ? std::nullopt : std::optional(std::move(direct));
}

/// A month that can't be computed still says everything that is wrong: rules are judged as far as
/// their tables are sound.
void check_rules(ComputeOutcome& out) {
    const auto is_sound = [&](std::string_view file) {
        return std::none_of(out.findings.begin(), out.findings.end(), [&](const Finding& finding) {
            return finding.severity == Severity::stop && finding.where.file == file;
        });
    };
    if (!is_sound("manifest.json")) {
        return;
    }
    const Month& month = out.loaded.month;
    std::vector<Finding> more;
    const std::optional<costing::DirectCost> direct = collect_if_sound(out, is_sound, more);
    if (is_sound("allocation.toml") && is_sound("departments.csv") && is_sound("drivers.csv") &&
        is_sound("cost_items.csv")) {
        const auto plan = costing::resolve_plan(month, out.rules.rules.allocation);
        append(more, plan.findings);
        if (is_sound("driver_readings.csv")) {
            append(more, costing::missing_drivers(month, plan));
        }
        if (is_sound("driver_readings.csv") && direct) {
            append(more, costing::immovable_pools(month, plan, direct->balances));
        }
    }
    if (is_sound("costing.toml") && is_sound("departments.csv") && is_sound("cost_items.csv") &&
        is_sound("item_drivers.csv")) {
        append(more, costing::check_methods(month, out.rules.rules.costing));
    }
    if (out.rules.rules.payment && is_sound("payment.toml") && is_sound("encounters.csv")) {
        append(more, costing::pay::check_payers(month, *out.rules.rules.payment));
    }
    if (out.rules.rules.bonus && is_sound("bonus.toml") && is_sound("quality_readings.csv")) {
        append(more, performance::check_indicators(month, *out.rules.rules.bonus));
    }
    append(out.findings, std::move(more));
}

/// Catalogues are judged as soon as grouping.toml and their files can be read.
void read_catalogues(ComputeOutcome& out, const std::filesystem::path& rules_dir) {
    if (!out.rules.rules.grouping) {
        return;
    }
    auto set = catalogue::read_grouping_set(rules_dir, *out.rules.rules.grouping);
    // What the rules' own reader has said of a line is said once.
    std::erase_if(set.findings, [&](const Finding& one) {
        return one.code == FindingCode::not_utf8 &&
               std::any_of(out.rules.findings.begin(), out.rules.findings.end(),
                           [&](const Finding& said) {
                               return said.code == one.code && said.where.file == one.where.file &&
                                      said.where.row == one.where.row;
                           });
    });
    append(out.findings, std::move(set.findings));
    out.catalogues = std::move(set.catalogues);
    // A catalogue that can't be named may be the one that a payer lacks.
    if (out.catalogues.size() == out.rules.rules.grouping->catalogues.size()) {
        append(out.findings, catalogue::check_catalogue_payers(out.loaded.month, out.catalogues));
    }
}

void certify(ComputeOutcome& out, StageClock& clock) {
    clock.begin("prove", 700);
    out.tables = exporting::result_tables(out.loaded.month, out.result);
    clock.end("tables");
    out.certificate =
        exporting::certify({.month = out.loaded.month,
                            .rules = out.rules.rules,
                            .result = out.result,
                            .tables = out.tables,
                            .feeds = out.loaded.feeds,
                            .month_hash = out.loaded.month_hash,
                            .prior_hash = out.loaded.prior_hash,
                            .rules_hash = out.rules.rules_hash,
                            .absolute_charges = out.loaded.absolute_charges,
                            .absolute_parked_charges = out.loaded.absolute_parked_charges});
    YUANLIU_CHECK(out.certificate->residual.is_zero());
    clock.end("certify");
}

}  // namespace

ComputeOutcome compute_month(const std::filesystem::path& month_dir,
                             const std::filesystem::path& rules_dir,
                             const ParallelFor& parallel_for, Finish finish,
                             const Progress& progress) {
    ComputeOutcome out;
    StageClock clock(out.stages, progress);
    out.rules = intake::read_rules(rules_dir);
    append(out.findings, out.rules.findings);
    out.loaded = intake::read_month(month_dir, {.parallel_for = parallel_for});
    append(out.findings, out.loaded.findings);
    read_catalogues(out, rules_dir);
    check_parked_share(out.loaded, out.rules.rules.costing.max_parked_share, out.findings);
    check_ledger_balance(out);
    clock.end("read");
    if (has_stop(out.findings)) {
        check_rules(out);
    } else {
        compute(out, parallel_for, clock);
    }
    std::stable_sort(
        out.findings.begin(), out.findings.end(),
        [](const Finding& left, const Finding& right) { return left.severity < right.severity; });
    if (finish == Finish::certified && !has_stop(out.findings)) {
        certify(out, clock);
    }
    return out;
}

}  // namespace yuanliu::usecase
