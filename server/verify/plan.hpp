// The allocation plan resolved against the departments of the month, with its driver readings.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "books.hpp"
#include "rules_folder.hpp"

namespace yuanliu_verify {

struct ResolvedStage {
    const Stage* stage = nullptr;
    std::uint8_t origin = 0;
    std::vector<std::uint32_t> senders;    // in code order
    std::vector<std::uint32_t> receivers;  // in code order
};

// Refuses a plan that breaks the validations of docs/rules.md.
std::vector<ResolvedStage> resolve_plan(const RulesFolder& rules, const Books& books,
                                        const MonthFolder& month);

class Readings {
  public:
    Readings(const MonthFolder& month, const Books& books);

    // Base of each receiver under a driver for a sender (docs/method.md §3.1).
    std::vector<Int128> bases(const std::string& driver, std::uint32_t sender,
                              const std::vector<std::uint32_t>& receivers) const;

  private:
    // Driver, sender code (blank: every sender), receiver.
    std::map<std::tuple<std::string, std::string, std::uint32_t>, std::int64_t> values_;
    std::set<std::pair<std::string, std::string>> named_senders_;
    const Books& books_;
};

}  // namespace yuanliu_verify
