// Why this file: runs the stages of a plan, [RULE COST-003], and writes down every single transfer.
#include "costing/allocate/step_down.hpp"

#include <algorithm>

#include "costing/allocate/driver_base.hpp"
#include "costing/base/apportion.hpp"

namespace yuanliu::costing {
namespace {

/// The driver that a sender's category goes by in a stage, with its non-zero bases.
struct ChosenDriver {
    DriverId driver;
    std::vector<DepartmentId> receivers;
    std::vector<Part> parts;
    Quantity base_total;
};

/// Public cost is part of a department's direct cost (计算计入); when passed on, both take the
/// stage's name.
Origin passed_origin(Origin held, Origin stage) {
    return held == Origin::direct || held == Origin::public_cost ? stage : held;
}

class StepDown {
  public:
    StepDown(const Month& month, const Balances& direct)
        : month_(month), bases_(month), out_(empty_allocation(direct)) {}

    Allocation run(const ResolvedPlan& plan) {
        const Money total = out_.direct.total();
        for (std::size_t i = 0; i < plan.stages.size(); ++i) {
            stage_number_ = static_cast<std::uint32_t>(i + 1);
            for (const DepartmentId sender : plan.stages[i].senders) {
                send_all(plan.stages[i], sender);
            }
            if (plan.stages[i].before_items) {
                out_.for_items = out_.balances;
            }
            out_.total_after_stage.push_back(out_.balances.total());
            YUANLIU_CHECK(out_.total_after_stage.back() == total);
        }
        check_closed(plan);
        return std::move(out_);
    }

  private:
    static Allocation empty_allocation(const Balances& direct) {
        const Balances zero = direct.zeroed();
        return {.direct = direct,
                .received = zero,
                .sent = zero,
                .balances = direct,
                .for_items = direct,
                .transfers = {},
                .total_after_stage = {},
                .findings = {}};
    }

    void report(FindingCode code, Severity severity, std::vector<std::string> arguments) {
        out_.findings.push_back(
            {.code = code,
             .severity = severity,
             .where = {.file = "allocation.toml",
                       .row = 0,
                       .column = "stage[" + std::to_string(stage_number_ - 1) + "]"},
             .arguments = std::move(arguments)});
    }

    std::optional<ChosenDriver> parts_over(DriverId driver, DepartmentId sender,
                                           const ResolvedStage& stage) const {
        const auto bases = bases_.over(driver, sender, stage.receivers);
        ChosenDriver chosen{.driver = driver, .receivers = {}, .parts = {}, .base_total = {}};
        for (std::size_t i = 0; i < bases.size(); ++i) {
            if (bases[i].raw() > 0) {
                chosen.receivers.push_back(stage.receivers[i]);
                chosen.parts.push_back(
                    {.weight = bases[i].raw(),
                     .key = month_.departments[stage.receivers[i].index()].code});
                chosen.base_total += bases[i];
            }
        }
        return chosen.parts.empty() ? std::nullopt : std::optional(std::move(chosen));
    }

    /// First matching rule, then first driver of its chain with readings; a fall-back is never
    /// silent.
    std::optional<ChosenDriver> choose_driver(const ResolvedStage& stage, DepartmentId sender,
                                              CostCategory category) {
        const std::string code = month_.departments[sender.index()].code;
        const std::string category_word(word_of(category));
        const std::string stage_word(word_of(stage.name));
        const auto rule = std::find_if(
            stage.rules.begin(), stage.rules.end(),
            [&](const ResolvedRule& candidate) { return candidate.matches(sender, category); });
        if (rule == stage.rules.end()) {
            report(FindingCode::plan_rule_missing, Severity::stop,
                   {code, category_word, stage_word});
            return std::nullopt;
        }
        std::string tried;
        for (const DriverId driver : rule->drivers) {
            const std::string& name = month_.drivers[driver.index()].code;
            if (auto chosen = parts_over(driver, sender, stage)) {
                if (!tried.empty()) {
                    report(FindingCode::driver_fell_back, Severity::warn,
                           {code, category_word, stage_word, tried, name});
                }
                return chosen;
            }
            tried += tried.empty() ? name : ", " + name;
        }
        report(FindingCode::driver_total_is_zero, Severity::stop,
               {code, category_word, stage_word, tried});
        return std::nullopt;
    }

    void send_all(const ResolvedStage& stage, DepartmentId sender) {
        std::array<std::optional<ChosenDriver>, kCategories> chosen;
        std::array<bool, kCategories> is_chosen{};
        const std::size_t items = month_.cost_items.size();
        for (std::size_t item = 0; item < items; ++item) {
            const auto category = static_cast<std::size_t>(month_.cost_items[item].category);
            for (std::size_t fund = 0; fund < kFundSources; ++fund) {
                const CellKey cell{.cost_item = CostItemId(item),
                                   .fund = static_cast<FundSource>(fund),
                                   .origin = Origin::direct};
                if (!holds_any_origin(sender, cell)) {
                    continue;
                }
                if (!is_chosen[category]) {
                    chosen[category] =
                        choose_driver(stage, sender, static_cast<CostCategory>(category));
                    is_chosen[category] = true;
                }
                if (chosen[category]) {
                    send_cell(stage, sender, cell, *chosen[category]);
                }
            }
        }
    }

    [[nodiscard]] bool holds_any_origin(DepartmentId sender, CellKey cell) {
        const auto cells = out_.balances.of(sender).subspan(Balances::index_of(cell), kOrigins);
        return std::any_of(cells.begin(), cells.end(), [](Money held) { return !held.is_zero(); });
    }

    void send_cell(const ResolvedStage& stage, DepartmentId sender, CellKey cell,
                   const ChosenDriver& chosen) {
        std::array<Money, kOrigins> passed{};
        for (std::size_t origin = 0; origin < kOrigins; ++origin) {
            cell.origin = static_cast<Origin>(origin);
            Money& held = out_.balances.at(sender, cell);
            passed[static_cast<std::size_t>(passed_origin(cell.origin, stage.name))] += held;
            out_.sent.at(sender, cell) += held;
            held = Money();
        }
        for (std::size_t origin = 0; origin < kOrigins; ++origin) {
            if (!passed[origin].is_zero()) {
                cell.origin = static_cast<Origin>(origin);
                share_out(sender, cell, passed[origin], chosen);
            }
        }
    }

    void share_out(DepartmentId sender, CellKey cell, Money pool, const ChosenDriver& chosen) {
        const auto shares = apportion(pool, chosen.parts);
        YUANLIU_CHECK(shares.has_value());
        for (std::size_t i = 0; i < shares->size(); ++i) {
            const Money share = (*shares)[i];
            if (share.is_zero()) {
                continue;
            }
            out_.balances.at(chosen.receivers[i], cell) += share;
            out_.received.at(chosen.receivers[i], cell) += share;
            out_.transfers.push_back({.stage = stage_number_,
                                      .sender = sender,
                                      .receiver = chosen.receivers[i],
                                      .cost_item = cell.cost_item,
                                      .fund = cell.fund,
                                      .origin = cell.origin,
                                      .driver = chosen.driver,
                                      .base = Quantity::from_raw(chosen.parts[i].weight),
                                      .base_total = chosen.base_total,
                                      .pool = pool,
                                      .cost = share});
        }
    }

    /// A supporting department that keeps cost although the plan moves its class was forgotten by
    /// the plan.
    void check_closed(const ResolvedPlan& plan) {
        for (std::size_t i = 0; i < month_.departments.size(); ++i) {
            const Department& department = month_.departments[i];
            const DepartmentId id(i);
            const bool sends =
                std::any_of(plan.stages.begin(), plan.stages.end(), [&](const auto& stage) {
                    return std::binary_search(stage.senders.begin(), stage.senders.end(), id);
                });
            const auto class_stage = std::find_if(
                plan.stages.begin(), plan.stages.end(), [&](const ResolvedStage& stage) {
                    return word_of(stage.name) == word_of(department.department_class);
                });
            const bool class_moves =
                department.department_class < DepartmentClass::medical_technology &&
                class_stage != plan.stages.end();
            if (!sends && class_moves && out_.balances.holds_cost(id)) {
                stage_number_ = static_cast<std::uint32_t>(class_stage - plan.stages.begin()) + 1;
                report(FindingCode::plan_does_not_close, Severity::stop,
                       {department.code, std::string(word_of(department.department_class))});
            }
        }
    }

    const Month& month_;
    DriverBase bases_;
    Allocation out_;
    std::uint32_t stage_number_ = 0;
};

}  // namespace

Allocation step_down(const Month& month, const ResolvedPlan& plan, const Balances& direct) {
    return StepDown(month, direct).run(plan);
}

}  // namespace yuanliu::costing
