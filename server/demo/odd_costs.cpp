// Why this file: see odd_costs.hpp. The power bill follows what the meters will show (area and
// apparatus), not the month's revenue, so that next month's invoice can be known beside it.
#include "server/demo/odd_costs.hpp"

#include "server/demo/drivers.hpp"

namespace yuanliu::demo {
namespace {

constexpr std::int64_t kImplantsConsigned = 209;  // per mille of a surgical ward's materials
constexpr std::int64_t kSentOut = 35;             // per mille of the first laboratory's cost
constexpr std::int64_t kOutside = 80;             // per mille of a check-up centre's cost
constexpr std::int64_t kTrial = 2;                // per mille of the first ward's cost
constexpr Fen kFeeOnline = 600;                   // the platform's, of a visit

/// Fen of a kWh: more than the tariff by which departments are metered, for lifts, corridors and
/// losses are in the bill too.
constexpr Fen kPowerPrice = 62;

Fen power_of_month(const World& world, const MonthSpan& month) {
    std::int64_t kwh = 0;
    for (const auto& department : world.layout.departments) {
        kwh += power_of(department);
    }
    Random random(key_of(key_of(world.seed, 0xE1EC), static_cast<std::uint64_t>(month.first)));
    return kwh * kPowerPrice / 1000 * (season_of(month.month) / 2 + 500) / 1000 *
           random.between(970, 1030);
}

Fen invoice_of(const World& world, const MonthSpan& month) {
    Random random(key_of(key_of(world.seed, 0x1270), static_cast<std::uint64_t>(month.first)));
    return power_of_month(world, month) / 1000 * random.between(955, 1060);
}

Fen taken(Fen& from, std::int64_t per_mille) {
    const Fen part = from * per_mille / 1000;
    from -= part;
    return part;
}

}  // namespace

bool uses_implants(const Department& department) {
    return department.role == Role::ward && (department.specialty >= Specialty::general_surgery ||
                                             department.specialty == Specialty::cardiology);
}

OddCosts take_odd_costs(const World& world, const MonthSpan& month, const Tally& tally, bool first,
                        std::vector<DepartmentCost>& plan) {
    OddCosts odd;
    const auto& layout = world.layout;
    odd.consigned.resize(plan.size());
    for (std::size_t at = 0; at < plan.size(); ++at) {
        if (uses_implants(layout.departments[at])) {
            odd.consigned[at] = taken(plan[at].materials, kImplantsConsigned);
            odd.consigned_sum += odd.consigned[at];
        }
        odd.platform += tally.online[at] * kFeeOnline;
    }
    odd.sent_out = taken(plan[layout.with_role(Role::laboratory)[0]].services, kSentOut);
    odd.check_ups = taken(plan[layout.with_role(Role::checkup)[0]].services, kOutside);
    odd.trial = plan[layout.with_role(Role::ward)[0]].services * kTrial / 1000;
    odd.power = power_of_month(world, month);
    if (!first) {
        odd.power_before = invoice_of(world, add_months(month, -1));
    }
    auto& power = plan[layout.with_role(Role::power)[0]].services;
    auto& property = plan[layout.with_role(Role::property)[0]].services;
    property += power - odd.power;  // what public cost is in all stays as planned
    power = 0;
    return odd;
}

}  // namespace yuanliu::demo
