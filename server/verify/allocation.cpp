// Runs the stages by their methods: relabelled cells, passes, equations, transfers.
#include "allocation.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "basis.hpp"
#include "equations.hpp"
#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::uint8_t kDirectOrigin = 0;
constexpr std::uint8_t kPublicOrigin = 1;
constexpr Fen kUnit = 100;

Fen sum_of(const Cells& cells) {
    Fen sum = 0;
    for (const auto& [cell, cost] : cells) {
        add_to(sum, cost);
    }
    return sum;
}

// The rounding of the form CMS-1984 (docs/allocation.md §5). Bases are at scale 4.
std::vector<Fen> apportion_by_form(Fen pool, const Basis& basis) {
    constexpr Int128 kMicro = 1'000'000;
    constexpr Int128 kBaseScale = 10'000;
    const Int128 multiplier =
        round_divide(multiply(pool, kMicro * kBaseScale / kUnit), basis.total);
    std::vector<Fen> shares;
    Fen left = pool;
    std::size_t largest = 0;
    for (std::size_t i = 0; i < basis.bases.size(); ++i) {
        const Int128 twice = 2 * multiply(multiplier, basis.bases[i]) + kMicro * kBaseScale;
        Int128 units = twice / (2 * kMicro * kBaseScale);
        units -= twice % (2 * kMicro * kBaseScale) < 0 ? 1 : 0;
        shares.push_back(basis.bases[i] == 0 ? 0 : static_cast<Fen>(units * kUnit));
        left -= shares.back();
        largest = basis.bases[i] > basis.bases[largest] ? i : largest;
    }
    shares[largest] += left;
    return shares;
}

class Allocator {
  public:
    Allocator(const Books& books, const Readings& readings, const RulesFolder& rules,
              const Balances& direct, Derived& derived)
        : books_(books),
          readings_(readings),
          rules_(rules),
          balances_(direct),
          direct_(direct),
          received_(direct.size()),
          sent_(direct.size()),
          derived_(derived) {}

    void run(const ResolvedStage& stage, int number) {
        stage_ = &stage;
        number_ = number;
        const Chooser chooser(stage, books_, readings_);
        chooser_ = &chooser;
        for (const std::uint32_t sender : stage.senders) {
            relabel(sender);
        }
        pass_all();
        Fen sum = 0;
        for (const Cells& cells : balances_) {
            add_to(sum, sum_of(cells));
        }
        derived_.figures.after_stages.push_back(sum);
        before_.clear();
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
    using Choose = std::function<std::optional<Basis>(const PoolOf&)>;

    // Cells come to the passed-on origin; what leaves is still told under the origin held.
    void relabel(std::uint32_t sender) {
        before_[sender] = balances_[sender];
        Cells passed;
        for (const auto& [cell, cost] : balances_[sender]) {
            const auto& [item, fund, origin] = cell;
            const bool changes = origin == kDirectOrigin || origin == kPublicOrigin;
            const Cell to{item, fund, changes ? stage_->origin_of_sender[sender] : origin};
            add_to(passed[to], cost);
            add_to(sent_[sender][cell], -cost);
            add_to(sent_[sender][to], cost);
        }
        balances_[sender] = std::move(passed);
    }

    // A sender that keeps its cost never had it relabelled.
    void restore(std::uint32_t sender) {
        for (const auto& [cell, cost] : before_[sender]) {
            const auto& [item, fund, origin] = cell;
            const bool changes = origin == kDirectOrigin || origin == kPublicOrigin;
            const Cell to{item, fund, changes ? stage_->origin_of_sender[sender] : origin};
            add_to(balances_[sender][to], -cost);
            add_to(sent_[sender][to], -cost);
            add_to(sent_[sender][cell], cost);
            add_to(balances_[sender][cell], cost);
        }
    }

    void pass_all() {
        const std::string& method = stage_->stage->method;
        if (method == "outward") {
            in_turn(1, Reach::kReceivers);
        } else if (method == "sequential") {
            in_turn(1, Reach::kLater);
        } else if (method == "mutual") {
            at_once(1, need(Reach::kBoth), true);
            at_once(2, over_receivers(), false);
        } else if (method == "peer_first") {
            at_once(
                1, [&](const PoolOf& pool) { return chooser_->find(pool, Reach::kPeers); }, false);
            at_once(2, need(Reach::kReceivers), false);
        } else if (method == "double") {
            at_once(1, need(Reach::kBoth), false);
            in_turn(2, Reach::kLater);
        } else if (method == "iterative") {
            for (int pass = 1; pass <= stage_->stage->passes; ++pass) {
                at_once(pass, need(Reach::kBoth), false);
            }
            at_once(static_cast<int>(stage_->stage->passes) + 1, over_receivers(), false);
        } else {
            solve();
        }
    }

    Choose need(Reach reach) const {
        return [this, reach](const PoolOf& pool) { return chooser_->need(pool, reach); };
    }
    Choose over_receivers() const {
        return [this](const PoolOf& pool) { return chooser_->again_over_receivers(pool); };
    }

    void in_turn(int pass, Reach reach) {
        for (const std::uint32_t sender : stage_->order) {
            if (rules_.keeps_negative && sum_of(balances_[sender]) < 0) {
                restore(sender);
            } else {
                const Cells held = balances_[sender];
                pass_cells(pass, sender, held, need(reach), false);
            }
        }
    }

    void at_once(int pass, const Choose& choose, bool peers_only) {
        std::map<std::uint32_t, Cells> held;
        for (const std::uint32_t sender : stage_->senders) {
            held[sender] = balances_[sender];
        }
        for (const auto& [sender, cells] : held) {
            pass_cells(pass, sender, cells, choose, peers_only);
        }
    }

    bool is_sender(std::uint32_t department) const {
        return std::binary_search(stage_->senders.begin(), stage_->senders.end(), department);
    }

    void pass_cells(int pass, std::uint32_t sender, const Cells& cells, const Choose& choose,
                    bool peers_only) {
        for (const auto& [cell, cost] : cells) {
            if (cost == 0) {
                continue;
            }
            const auto basis = choose({sender, std::get<0>(cell), std::get<1>(cell)});
            if (!basis) {
                continue;
            }
            std::vector<Fen> shares =
                rules_.by_form ? apportion_by_form(cost, *basis) : apportion(cost, basis->bases);
            for (std::size_t i = 0; i < shares.size() && peers_only; ++i) {
                shares[i] = is_sender(basis->targets[i]) ? shares[i] : 0;
            }
            move(pass, sender, cell, cost, *basis, shares);
        }
    }

    void move(int pass, std::uint32_t sender, const Cell& cell, Fen pool, const Basis& basis,
              const std::vector<Fen>& shares) {
        RowSet& transfers = derived_.tables["transfers.csv"];
        const auto& [item, fund, origin] = cell;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            if (shares[i] == 0) {
                continue;
            }
            const std::uint32_t receiver = basis.targets[i];
            add_to(balances_[sender][cell], -shares[i]);
            add_to(sent_[sender][cell], -shares[i]);
            add_to(received_[receiver][cell], shares[i]);
            add_to(balances_[receiver][cell], shares[i]);
            transfers.count(number_).text(books_.departments.code(sender));
            transfers.text(books_.departments.code(receiver)).text(books_.cost_items.code(item));
            transfers.text(kFunds[fund]).text(kOrigins[origin]).text(basis.driver);
            transfers.number(basis.bases[i]).number(basis.total).amount(pool);
            transfers.amount(shares[i]).count(pass).end_row();
        }
    }

    // All cells that any sender holds, each by equations of its own.
    void solve() {
        std::set<Cell> cells;
        for (const std::uint32_t sender : stage_->senders) {
            for (const auto& [cell, cost] : balances_[sender]) {
                if (cost != 0) {
                    cells.insert(cell);
                }
            }
        }
        for (const Cell& cell : cells) {
            solve_cell(cell);
        }
    }

    // The senders that cost of the cell reaches, each with its basis.
    std::map<std::uint32_t, Basis> reached(const Cell& cell) {
        const Reach reach = stage_->stage->self_service ? Reach::kNetwork : Reach::kBoth;
        std::vector<std::uint32_t> next;
        for (const std::uint32_t sender : stage_->senders) {
            const auto held = balances_[sender].find(cell);
            if (held != balances_[sender].end() && held->second != 0) {
                next.push_back(sender);
            }
        }
        std::map<std::uint32_t, Basis> bases;
        while (!next.empty()) {
            const std::uint32_t sender = next.back();
            next.pop_back();
            if (bases.contains(sender)) {
                continue;
            }
            const Basis& basis =
                bases
                    .emplace(sender,
                             chooser_->need({sender, std::get<0>(cell), std::get<1>(cell)}, reach))
                    .first->second;
            const std::vector<Fen> shares = apportion(Fen{1} << 56, basis.bases);
            for (std::size_t i = 0; i < shares.size(); ++i) {
                if (shares[i] > 0 && is_sender(basis.targets[i])) {
                    next.push_back(basis.targets[i]);
                }
            }
        }
        return bases;
    }

    void solve_cell(const Cell& cell) {
        const std::map<std::uint32_t, Basis> bases = reached(cell);
        std::vector<std::uint32_t> code_of_node(stage_->senders);
        code_of_node.insert(code_of_node.end(), stage_->receivers.begin(), stage_->receivers.end());
        std::vector<EquationSender> senders;
        for (const std::uint32_t sender : stage_->senders) {
            EquationSender equation;
            const auto held = balances_[sender].find(cell);
            equation.held = held == balances_[sender].end() ? 0 : held->second;
            const auto basis = bases.find(sender);
            if (basis != bases.end()) {
                equation.bases = basis->second.bases;
                for (const std::uint32_t target : basis->second.targets) {
                    equation.targets.push_back(static_cast<std::uint32_t>(
                        std::find(code_of_node.begin(), code_of_node.end(), target) -
                        code_of_node.begin()));
                }
            }
            senders.push_back(std::move(equation));
        }
        const EquationFlows flows =
            settle_equations(senders, stage_->receivers.size(), code_of_node);
        for (std::size_t s = 0; s < senders.size(); ++s) {
            const auto basis = bases.find(stage_->senders[s]);
            if (basis != bases.end()) {
                move(1, stage_->senders[s], cell, flows.gross[s], basis->second, flows.moved[s]);
            }
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
    const RulesFolder& rules_;
    Balances balances_;
    const Balances& direct_;
    Balances received_;
    Balances sent_;
    Derived& derived_;
    const ResolvedStage* stage_ = nullptr;
    const Chooser* chooser_ = nullptr;
    int number_ = 0;
    std::map<std::uint32_t, Cells> before_;
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
        for (const std::uint32_t sender : stage.senders) {
            class_has_stage[books.department[sender].department_class] |=
                stage.stage->name == "by_class";
        }
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
    const Readings readings(month, books, rules);
    Allocator allocator(books, readings, rules, direct, derived);
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
