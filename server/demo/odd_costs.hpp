// Costs that reach the ledger in another place, or at another time, than they belong: consigned
// materials, sent-out tests, check-ups outside, the internet hospital, the power bill not yet here.
#pragma once

#include <optional>
#include <vector>

#include "server/demo/cost_plan.hpp"

namespace yuanliu::demo {

struct OddCosts {
    std::vector<Fen> consigned;  ///< implants used, by department: settled by the purchasing office
    Fen consigned_sum = 0;
    Fen sent_out = 0;   ///< tests of other laboratories, invoiced to the medical office
    Fen check_ups = 0;  ///< check-ups in companies, paid by the medical office
    Fen platform = 0;   ///< of the internet hospital, paid by the information centre
    Fen trial = 0;      ///< materials of a clinical trial, issued to the first ward
    Fen power = 0;      ///< this month's power, estimated
    std::optional<Fen> power_before;  ///< last month's power, as invoiced now
};

/// Wards that implant: surgery and cardiology.
[[nodiscard]] bool uses_implants(const Department& department);

/// Takes these costs out of what the departments are to be booked, so that the moves of
/// collection.toml bring them back. `first` month: nothing was estimated before.
[[nodiscard]] OddCosts take_odd_costs(const World& world, const MonthSpan& month,
                                      const Tally& tally, bool first,
                                      std::vector<DepartmentCost>& plan);

}  // namespace yuanliu::demo
