// Runs the stages: rules, drivers, relabelled cells, apportionment, transfers.
#include "allocation.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include "plan.hpp"
#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::uint8_t kDirectOrigin = 0;
constexpr std::uint8_t kPublicOrigin = 1;

bool names(const std::vector<std::string>& list, std::string_view name) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& entry) { return entry == "*" || entry == name; });
}

struct Basis {
    std::string driver;
    std::vector<Int128> bases;
    Int128 total = 0;
};

class Allocator {
  public:
    Allocator(const Books& books, const Readings& readings, const Balances& direct,
              Derived& derived)
        : books_(books),
          readings_(readings),
          balances_(direct),
          direct_(direct),
          received_(direct.size()),
          sent_(direct.size()),
          derived_(derived) {}

    void run(const ResolvedStage& stage, int number) {
        for (const std::uint32_t sender : stage.senders) {
            send(stage, number, sender);
        }
        Fen sum = 0;
        for (const Cells& cells : balances_) {
            for (const auto& [cell, cost] : cells) {
                add_to(sum, cost);
            }
        }
        derived_.figures.after_stages.push_back(sum);
    }

    const Balances& balances() const { return balances_; }

    void write_department_cost() {
        write_kind("direct", direct_);
        write_kind("received", received_);
        write_kind("sent", sent_);
        write_kind("full", balances_);
        for (const auto& [balances, is_full] : {std::pair{&direct_, false}, {&balances_, true}}) {
            for (const Cells& cells : *balances) {
                for (const auto& [cell, cost] : cells) {
                    auto& figures = derived_.figures.by_item_fund[{
                        books_.cost_items.code(std::get<0>(cell)), std::get<1>(cell)}];
                    add_to(is_full ? figures.second : figures.first, cost);
                }
            }
        }
    }

  private:
    Basis basis_for(const ResolvedStage& stage, std::uint32_t sender, std::uint8_t category) const {
        const std::string& code = books_.departments.code(sender);
        for (const AllocationRule& rule : stage.stage->rules) {
            if (!names(rule.senders, code) || !names(rule.cost_categories, kCategories[category])) {
                continue;
            }
            for (const std::string& driver : rule.drivers) {
                Basis basis{driver, readings_.bases(driver, sender, stage.receivers), 0};
                basis.total = std::accumulate(basis.bases.begin(), basis.bases.end(), Int128{0});
                if (basis.total > 0) {
                    return basis;
                }
            }
            throw Refusal("derivation: driver_total_is_zero for sender " + code);
        }
        throw Refusal("derivation: plan_rule_missing for sender " + code);
    }

    void send(const ResolvedStage& stage, int number, std::uint32_t sender) {
        Cells passed;
        for (const auto& [cell, cost] : balances_[sender]) {
            const auto& [item, fund, origin] = cell;
            const bool relabelled = origin == kDirectOrigin || origin == kPublicOrigin;
            add_to(passed[{item, fund, relabelled ? stage.origin : origin}], cost);
            add_to(sent_[sender][cell], -cost);
        }
        balances_[sender].clear();
        std::map<std::uint8_t, Basis> basis_of_category;
        for (const auto& [cell, cost] : passed) {
            if (cost == 0) {
                continue;
            }
            const std::uint8_t category = books_.cost_item[std::get<0>(cell)].category;
            auto found = basis_of_category.find(category);
            if (found == basis_of_category.end()) {
                found =
                    basis_of_category.emplace(category, basis_for(stage, sender, category)).first;
            }
            split(stage, number, sender, cell, cost, found->second);
        }
    }

    void split(const ResolvedStage& stage, int number, std::uint32_t sender, const Cell& cell,
               Fen cost, const Basis& basis) {
        const std::vector<Fen> shares = apportion(cost, basis.bases);
        RowSet& transfers = derived_.tables["transfers.csv"];
        const auto& [item, fund, origin] = cell;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            if (shares[i] == 0) {
                continue;
            }
            const std::uint32_t receiver = stage.receivers[i];
            add_to(received_[receiver][cell], shares[i]);
            add_to(balances_[receiver][cell], shares[i]);
            transfers.count(number).text(books_.departments.code(sender));
            transfers.text(books_.departments.code(receiver)).text(books_.cost_items.code(item));
            transfers.text(kFunds[fund]).text(kOrigins[origin]).text(basis.driver);
            transfers.number(basis.bases[i]).number(basis.total).amount(cost);
            transfers.amount(shares[i]).end_row();
        }
    }

    void write_kind(std::string_view kind, const Balances& balances) {
        RowSet& table = derived_.tables["department_cost.csv"];
        for (std::uint32_t department = 0; department < balances.size(); ++department) {
            for (const auto& [cell, cost] : balances[department]) {
                if (cost == 0) {
                    continue;
                }
                const auto& [item, fund, origin] = cell;
                table.text(books_.departments.code(department)).text(kind);
                table.text(books_.cost_items.code(item)).text(kFunds[fund]);
                table.text(kOrigins[origin]).amount(cost).end_row();
            }
        }
    }

    const Books& books_;
    const Readings& readings_;
    Balances balances_;
    const Balances& direct_;
    Balances received_;
    Balances sent_;
    Derived& derived_;
};

// A public, administrative or auxiliary department that holds cost and never sends, although the
// plan has a stage for its class, means that the plan does not close.
void check_closing(const std::vector<ResolvedStage>& plan, const Books& books,
                   const Balances& balances) {
    std::vector<bool> sends(books.departments.size(), false);
    std::map<std::string, bool> class_has_stage;
    for (const ResolvedStage& stage : plan) {
        for (const std::uint32_t sender : stage.senders) {
            sends[sender] = true;
        }
        for (const std::string& name : stage.stage->senders) {
            if (name.starts_with("class:")) {
                class_has_stage[name.substr(6)] = true;
            }
        }
        class_has_stage[stage.stage->name] = true;
    }
    for (std::uint32_t id = 0; id < balances.size(); ++id) {
        const std::string& its_class = books.department[id].department_class;
        const bool should_send =
            its_class == "public" || its_class == "administrative" || its_class == "auxiliary";
        const bool holds = std::any_of(balances[id].begin(), balances[id].end(),
                                       [](const auto& entry) { return entry.second != 0; });
        if (should_send && !sends[id] && holds && class_has_stage[its_class]) {
            throw Refusal("derivation: plan_does_not_close at " + books.departments.code(id));
        }
    }
}

}  // namespace

Balances derive_allocation(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                           const Balances& direct, Derived& derived) {
    const std::vector<ResolvedStage> plan = resolve_plan(rules, books, month);
    const Readings readings(month, books);
    Allocator allocator(books, readings, direct, derived);
    Balances before_items;
    bool items_are_costed = false;
    int number = 0;
    for (const ResolvedStage& stage : plan) {
        if (!stage.stage->before_items && !items_are_costed) {
            before_items = allocator.balances();
            items_are_costed = true;
        }
        allocator.run(stage, ++number);
    }
    if (!items_are_costed) {
        before_items = allocator.balances();
    }
    check_closing(plan, books, allocator.balances());
    allocator.write_department_cost();
    return before_items;
}

}  // namespace yuanliu_verify
