// Why this file: the reciprocal method on the largest network that we plan for: 2,000 departments,
// 1,600 of them senders, 1 % of all pairs served, 35 cells at once. Prints the time of each part
// and a hash of the whole flows, which must be the same on every machine and build. Not a timed
// test. Built with -DYUANLIU_BENCH=ON.
#include <fmt/format.h>

#include <chrono>
#include <string>

#include "costing/allocate/reciprocal_flow.hpp"
#include "server/text/sha256.hpp"

namespace {

using namespace yuanliu;           // NOLINT(google-build-using-namespace): a program, not a header
using namespace yuanliu::costing;  // NOLINT(google-build-using-namespace): as above

/// The same sequence everywhere (splitmix64).
class Dice {
  public:
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }
    std::int64_t below(std::int64_t bound) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
    }

  private:
    std::uint64_t state_ = 20261122;
};

struct Plan {
    std::vector<std::string> codes;
    ResolvedStage stage;
    std::vector<DriverChoice> choices;
};

Plan large_plan(std::size_t departments, std::size_t senders, Dice& dice) {
    Plan plan;
    for (std::size_t i = 0; i < departments; ++i) {
        plan.codes.push_back(fmt::format("D{:05}", i));
        (i < senders ? plan.stage.senders : plan.stage.receivers).emplace_back(i);
    }
    for (std::size_t s = 0; s < senders; ++s) {
        DriverChoice choice;
        for (std::size_t t = 0; t < departments; ++t) {
            const bool is_sure = t == senders + s % (departments - senders);
            if (t != s && (is_sure || dice.below(100) == 0)) {
                choice.targets.emplace_back(t);
                choice.parts.push_back({.weight = 1 + dice.below(1'000'000), .key = plan.codes[t]});
            }
        }
        plan.choices.push_back(std::move(choice));
    }
    return plan;
}

class Watch {
  public:
    void say(const char* what) {
        const auto now = std::chrono::steady_clock::now();
        fmt::print("{:<28}{:8.3f} s\n", what, std::chrono::duration<double>(now - start_).count());
        start_ = std::chrono::steady_clock::now();
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

int main() {
    constexpr std::size_t kDepartments = 2000;
    constexpr std::size_t kSenders = 1600;
    constexpr std::size_t kCells = 35;
    Dice dice;
    Watch watch;
    const Plan plan = large_plan(kDepartments, kSenders, dice);
    std::vector<const DriverChoice*> choices;
    for (const DriverChoice& choice : plan.choices) {
        choices.push_back(&choice);
    }
    std::vector<FenColumn> held(kCells);
    for (FenColumn& column : held) {
        for (std::size_t s = 0; s < kSenders; ++s) {
            column.push_back(dice.below(2'000'000'000) - 100'000'000);
        }
    }
    watch.say("make the plan");
    const ServiceNetwork network = service_network(plan.stage, choices);
    watch.say("shares and ways out");
    const std::vector<bool> active(kSenders, true);
    const auto first = gross_totals(network, active, {held[0]});
    watch.say("factor, solve, refine 1");
    const auto totals = gross_totals(network, active, held);
    watch.say("factor, solve, refine 35");
    if (!first || !totals || (*first)[0] != (*totals)[0]) {
        fmt::print("the equations were not settled alike\n");
        return 1;
    }
    std::vector<FineColumn> fine;
    for (std::size_t c = 0; c < kCells; ++c) {
        FineColumn own;
        fine.push_back(fine_flows(network, held[c], (*totals)[c], own));
    }
    watch.say("fine flows");
    const Meetings meetings(network);
    text::Sha256 sum;
    for (std::size_t c = 0; c < kCells; ++c) {
        for (const std::int64_t flow : whole_flows(network, meetings, fine[c], held[c][0] > 0)) {
            sum.update(std::to_string(flow) + "\n");
        }
    }
    watch.say("round to whole fen");
    fmt::print("{} edges, {} cells, flows {}\n", network.target.size(), kCells, sum.hex());
    return 0;
}
