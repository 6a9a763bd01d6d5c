// The allocation plan resolved against the departments of the month, with its driver readings.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "books.hpp"
#include "rules_folder.hpp"

namespace yuanliu_verify {

using Departments = std::vector<std::uint32_t>;

struct ResolvedRule {
    const AllocationRule* rule = nullptr;
    std::set<std::uint32_t> senders;  // of "*" all
    std::optional<std::set<std::uint32_t>> receivers;
    std::set<std::uint32_t> except_receivers;
};

struct ResolvedStage {
    const Stage* stage = nullptr;
    Departments senders;    // in code order
    Departments order;      // the senders as written
    Departments receivers;  // in code order
    std::vector<ResolvedRule> rules;
    std::vector<std::uint8_t> origin_of_sender;  // by department: what passed-on cost takes
};

// Refuses a plan that breaks the validations of docs/rules.md.
std::vector<ResolvedStage> resolve_plan(const RulesFolder& rules, const Books& books,
                                        const MonthFolder& month);

class Readings {
  public:
    Readings(const MonthFolder& month, const Books& books, const RulesFolder& rules);

    // Base of each target under a driver, of the month or made by the plan, for a sender
    // (docs/allocation.md §1).
    std::vector<Int128> bases(const std::string& driver, std::uint32_t sender,
                              const Departments& targets) const;

  private:
    std::vector<Int128> read(const std::string& driver, std::uint32_t sender,
                             const Departments& targets) const;

    // Driver, sender code (blank: every sender), receiver.
    std::map<std::tuple<std::string, std::string, std::uint32_t>, std::int64_t> values_;
    std::set<std::pair<std::string, std::string>> named_senders_;
    const Books& books_;
    const RulesFolder& rules_;
};

}  // namespace yuanliu_verify
