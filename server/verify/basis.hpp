// By which driver, and over whom, a sender's cost goes (docs/allocation.md §1).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "books.hpp"
#include "plan.hpp"

namespace yuanliu_verify {

struct Basis {
    std::string driver;
    Departments targets;  // in code order, as `bases`
    std::vector<Int128> bases;
    Int128 total = 0;
};

// Whom a pass sends to. kNetwork is senders and receivers, with the sender itself.
enum class Reach { kReceivers, kPeers, kBoth, kLater, kNetwork };

struct PoolOf {
    std::uint32_t sender = 0;
    std::uint32_t item = 0;
    std::uint8_t fund = 0;
};

class Chooser {
  public:
    Chooser(const ResolvedStage& stage, const Books& books, const Readings& readings)
        : stage_(stage), books_(books), readings_(readings) {}

    // The first rule that matches, the first driver that is above zero; refuses when there is none.
    Basis need(const PoolOf& pool, Reach reach) const;
    // The same, or nothing when no driver is above zero.
    std::optional<Basis> find(const PoolOf& pool, Reach reach) const;
    // The driver of need(pool, kBoth), over the receivers.
    Basis again_over_receivers(const PoolOf& pool) const;

  private:
    const ResolvedRule& rule_for(const PoolOf& pool) const;
    Departments targets(const PoolOf& pool, const ResolvedRule& rule, Reach reach) const;
    Basis basis_of(const PoolOf& pool, const ResolvedRule& rule, const std::string& driver,
                   Reach reach) const;

    const ResolvedStage& stage_;
    const Books& books_;
    const Readings& readings_;
};

}  // namespace yuanliu_verify
