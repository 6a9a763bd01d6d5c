// Why this file: works backwards. A specialty is to earn a margin, so its ward may cost what is
// left of its payments after drugs, materials and the departments that serve it; overhead is
// taken out of every department by headcount because it will come back by headcount.
#include "server/demo/cost_plan.hpp"

#include <algorithm>
#include <array>

namespace yuanliu::demo {
namespace {

constexpr std::int64_t kDrugCost = 963;      // per mille of drug charges
constexpr std::int64_t kMaterialCost = 930;  // per mille of material charges

// Direct cost of those who only serve others, per mille of all cost of services.
constexpr std::int64_t kPublic = 28;
constexpr std::int64_t kAdministrative = 190;
constexpr std::int64_t kAuxiliary = 90;

Fen sum_of(const std::array<Fen, kKinds>& kinds) {
    return kinds[0] + kinds[1] + kinds[2];
}

/// amount * numerator / denominator. Amounts reach 10^11 fen: the fraction is first brought to
/// millionths, exact enough for an aim, so that products stay in 64 bits.
Fen ratio(Fen amount, Fen numerator, Fen denominator) {
    const auto millionths = numerator * 1000 / (denominator / 1000 + 1);
    return amount / 1000000 * millionths + amount % 1000000 * millionths / 1000000;
}

/// Clinics differ for good: some gain, some lose, -8 to +7 %.
std::int64_t clinic_margin(const World& world, std::size_t at) {
    return Random(key_of(world.seed, 0xC11 + at)).between(-80, 70);
}

/// Full cost of services aimed at, overhead included.
Fen full_cost(const World& world, const Tally& tally, std::size_t at) {
    const auto& department = world.layout.departments[at];
    const auto& executed = tally.executed[at];
    const auto services = executed[static_cast<std::size_t>(Kind::service)];
    if (department.department_class == DepartmentClass::medical_technology) {
        return services * cost_ratio(department.role) / 1000;
    }
    const auto& ordered = tally.ordered[at];
    const auto margin = department.role == Role::ward
                            ? specialties()[static_cast<std::size_t>(department.specialty)].margin
                            : clinic_margin(world, at);
    const auto payment = sum_of(ordered) + tally.payment_gap[at];
    const auto others = ordered[static_cast<std::size_t>(Kind::drug)] * kDrugCost / 1000 +
                        ordered[static_cast<std::size_t>(Kind::material)] * kMaterialCost / 1000 +
                        tally.technical_cost[at];
    return std::max(payment * (1000 - margin) / 1000 - others, services * 25 / 100);
}

bool serves_patients(const Department& department) {
    return department.department_class == DepartmentClass::clinical ||
           department.department_class == DepartmentClass::medical_technology;
}

std::int64_t served_share(const Department& department) {
    switch (department.department_class) {
        case DepartmentClass::public_cost:
            return department.role == Role::power ? 55 : department.role == Role::water ? 15 : 30;
        case DepartmentClass::administrative:
        case DepartmentClass::auxiliary:
            return department.headcount;
        default:
            return 0;
    }
}

/// What a month's pay of a person is like beside another's, in hundreds: doctor, nurse, technician,
/// office (practice of the trade: 12,000, 7,000, 7,500 and 6,000 yuan; those who lead a hospital
/// are paid more).
std::int64_t pay_points_of(const Department& department, Profession profession) {
    constexpr std::array<std::int64_t, kProfessions> kPoints{120, 70, 75, 60};
    return department.department_class == DepartmentClass::administrative
               ? 90
               : kPoints[static_cast<std::size_t>(profession)];
}

/// Per mille of what a department's own people are paid that its cost carries: doctors of wards
/// come to the clinics of their specialty (pay.cpp, up to 45 % of what a clinic costs).
std::int64_t paid_with_visitors(const Layout& layout, const Department& department) {
    return department.role == Role::clinic && !layout.wards_of(department.specialty).empty() ? 1400
                                                                                             : 1000;
}

struct PayLevel {
    std::vector<Fen> planned, fair;  ///< cost beside depreciation: as planned, and by heads

    /// Plan times `factor` (millionths), kept within 70 and 180 % of what the heads are worth.
    [[nodiscard]] Fen at(std::size_t department, std::int64_t factor) const {
        return std::clamp(ratio(planned[department], factor, 1000000), fair[department] * 70 / 100,
                          fair[department] * 180 / 100);
    }
};

}  // namespace

void level_to_heads(const World& world, const std::vector<std::int64_t>& staff_shares,
                    std::vector<DepartmentCost>& plan) {
    const auto& departments = world.layout.departments;
    std::vector<std::int64_t> points(plan.size());
    for (const auto& person : world.people.staff) {
        points[person.department] +=
            pay_points_of(departments[person.department], person.profession);
    }
    PayLevel level{.planned = std::vector<Fen>(plan.size()), .fair = std::vector<Fen>(plan.size())};
    Fen all = 0;
    std::int64_t weights = 0;
    for (std::size_t at = 0; at < plan.size(); ++at) {
        if (points[at] > 0 && staff_shares[at] > 0) {
            points[at] = points[at] * 1000 * paid_with_visitors(world.layout, departments[at]) /
                         staff_shares[at];
            weights += points[at];
            level.planned[at] = std::max<Fen>(0, plan[at].services - world.assets.of(at));
            all += plan[at].services - world.assets.of(at);
        } else {
            points[at] = 0;
        }
    }
    if (all <= 0) {
        return;
    }
    for (std::size_t at = 0; at < plan.size(); ++at) {
        level.fair[at] = ratio(all, points[at], weights);
    }
    const auto sum = [&](std::int64_t factor) {
        Fen total = 0;
        for (std::size_t at = 0; at < plan.size(); ++at) {
            total += level.at(at, factor);
        }
        return total;
    };
    std::int64_t low = 0;
    std::int64_t high = 16000000;
    while (low < high) {  // the least factor that spends it all
        const auto middle = (low + high) / 2;
        if (sum(middle) < all) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (std::size_t at = 0; at < plan.size(); ++at) {
        if (points[at] > 0) {
            plan[at].services = level.at(at, low) + world.assets.of(at);
        }
    }
}

std::vector<DepartmentCost> plan_costs(const World& world, const MonthSpan& month,
                                       const Tally& tally) {
    const auto& departments = world.layout.departments;
    std::vector<DepartmentCost> plan(departments.size());
    Fen services = 0;
    Fen traced = 0;
    std::int64_t heads = 0;
    std::array<std::int64_t, 6> shares{};
    for (std::size_t i = 0; i < departments.size(); ++i) {
        shares[static_cast<std::size_t>(departments[i].department_class)] +=
            served_share(departments[i]);
        if (serves_patients(departments[i])) {
            plan[i].drugs =
                tally.executed[i][static_cast<std::size_t>(Kind::drug)] * kDrugCost / 1000;
            plan[i].materials =
                tally.executed[i][static_cast<std::size_t>(Kind::material)] * kMaterialCost / 1000;
            plan[i].services = std::max<Fen>(0, full_cost(world, tally, i));
            services += plan[i].services;
            traced += plan[i].drugs + plan[i].materials;
            heads += departments[i].headcount;
        }
    }
    Random random(key_of(world.seed, static_cast<std::uint64_t>(month.first)));
    Fen paid = tally.charges;
    for (const auto gap : tally.payment_gap) {
        paid += gap;
    }
    const Fen total = paid / 1000 * (1000 + random.between(-6, 6));
    const Fen wanted = std::max<Fen>(0, total - traced);
    const Fen overhead = wanted / 1000 * (kPublic + kAdministrative + kAuxiliary);
    Fen direct = 0;
    for (std::size_t i = 0; i < departments.size(); ++i) {
        if (serves_patients(departments[i])) {
            const Fen full = ratio(plan[i].services, wanted, std::max<Fen>(1, services));
            const Fen taken =
                overhead / std::max<std::int64_t>(1, heads) * departments[i].headcount;
            plan[i].services = std::max(full - taken, full * 15 / 100);
            direct += plan[i].services;
        }
    }
    constexpr std::array<std::int64_t, 6> kServing{kPublic, kAdministrative, kAuxiliary, 0, 0, 0};
    for (std::size_t i = 0; i < departments.size(); ++i) {
        const auto of_class = static_cast<std::size_t>(departments[i].department_class);
        if (serves_patients(departments[i])) {
            plan[i].services = ratio(plan[i].services, wanted - overhead, std::max<Fen>(1, direct));
        } else if (departments[i].department_class == DepartmentClass::excluded) {
            plan[i].services = total / 1000 * 4;
        } else if (shares[of_class] > 0) {
            plan[i].services = wanted / 1000 * kServing[of_class] / shares[of_class] *
                               served_share(departments[i]);
        }
    }
    return plan;
}

}  // namespace yuanliu::demo
