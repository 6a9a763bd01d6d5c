// Why this file: who arrives on a day, where, with what, for how long and at what expense.
#include "server/demo/stays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace yuanliu::demo {
namespace {

/// Arrivals of a day: the month's number by season and weekday, rounded by a draw.
std::int64_t arrivals(std::int64_t per_month, Day day, const std::array<int, 7>& week,
                      Random& random) {
    const auto season = season_of(month_of(day).month);
    const auto jitter = random.between(95, 105);
    const auto weight = week[static_cast<std::size_t>(weekday(day))];
    const auto scaled = per_month * season * weight * jitter;
    constexpr std::int64_t kScaledDay = 30LL * 1000 * 100 * 100;
    const auto thousandths = scaled / (kScaledDay / 1000);
    return thousandths / 1000 + (random.chance(thousandths % 1000) ? 1 : 0);
}

/// Per mille of the expected charges: mostly near 1000, some short stays, some outliers.
std::int64_t intensity(Random& random) {
    const auto ticket = random.below(1000);
    if (ticket < 40) {
        return random.between(200, 470);
    }
    if (ticket < 74) {
        return random.between(2150, 3200);
    }
    return 545 + random.below(283) + random.below(283) + random.below(283);
}

}  // namespace

Doors::Doors(const World& world, Role role) {
    std::int64_t sum = 0;
    auto rooms = world.layout.with_role(role);
    if (role == Role::ward && world.layout.has_merged()) {  // patients come as they always did
        rooms.push_back(world.layout.closed_ward);
        std::sort(rooms.begin(), rooms.end());
    }
    for (const auto at : rooms) {
        const auto& department = world.layout.departments[at];
        const auto& traits = specialties()[static_cast<std::size_t>(department.specialty)];
        std::int64_t beside = 0;
        for (const auto other : rooms) {
            const auto& neighbour = world.layout.departments[other];
            beside += neighbour.specialty == department.specialty ? neighbour.share : 0;
        }
        const auto share = role == Role::ward ? traits.discharge_share : traits.visit_share;
        sum += std::int64_t{share} * 1000 * department.share / beside;
        departments_.push_back(at);
        running_.push_back(sum);
    }
    if (role == Role::clinic) {  // one visit in twenty is a health check
        const auto& halls = world.layout.with_role(Role::checkup);
        const auto share = sum / 19 / static_cast<std::int64_t>(halls.size());
        for (const auto at : halls) {
            sum += share;
            departments_.push_back(at);
            running_.push_back(sum);
        }
    }
}

std::size_t Doors::draw(Random& random) const {
    const auto ticket = random.below(running_.back());
    const auto at = std::upper_bound(running_.begin(), running_.end(), ticket);
    return departments_[static_cast<std::size_t>(at - running_.begin())];
}

std::vector<Stay> Arrivals::stays_of(Day day) const {
    Random daily(key_of(key_of(world_.seed, 0x57A1), static_cast<std::uint64_t>(day)));
    constexpr std::array<int, 7> kWeek{115, 110, 105, 105, 100, 85, 80};
    const auto count = arrivals(world_.scale.admissions, day, kWeek, daily);
    const auto date = compact_date(day);
    std::vector<Stay> stays;
    for (std::int64_t number = 1; number <= count; ++number) {
        const auto key = daily.next();
        Random random(key);
        const auto ward = wards_.draw(random);
        const auto specialty = world_.layout.departments[ward].specialty;
        const auto frequency = world_.catalogue.frequency_sum[static_cast<std::size_t>(specialty)];
        const auto& kind = world_.catalogue.draw(specialty, random.below(frequency));
        const auto& group = world_.catalogue.groups[kind.group];
        const auto level = intensity(random);
        const auto tenths =
            group.days_tenths * (600 + level * 4 / 10) / 1000 * random.between(750, 1250) / 1000;
        const auto days =
            std::clamp<std::int64_t>((tenths + random.below(10)) / 10, 1, kLongestStay);
        stays.push_back(Stay{.code = fmt::format("I{}{:04}", date, number),
                             .key = key,
                             .admitted = day,
                             .discharged = day + days,
                             .admitted_to = ward,
                             .department = world_.layout.today(ward),
                             .kind = &kind,
                             .charge = group.expected_charge * level / 1000});
    }
    return stays;
}

std::vector<Visit> Arrivals::visits_of(Day day) const {
    Random daily(key_of(key_of(world_.seed, 0x0B15), static_cast<std::uint64_t>(day)));
    constexpr std::array<int, 7> kWeek{130, 120, 115, 112, 108, 65, 50};
    const auto count = arrivals(world_.scale.visits, day, kWeek, daily);
    const auto date = compact_date(day);
    std::vector<Visit> visits;
    visits.reserve(static_cast<std::size_t>(count));
    for (std::int64_t number = 1; number <= count; ++number) {
        const auto key = daily.next();
        Random random(key);
        visits.push_back(Visit{.code = fmt::format("O{}{:05}", date, number),
                               .key = key,
                               .day = day,
                               .department = clinics_.draw(random)});
    }
    return visits;
}

const char* payer_of(std::uint64_t key) {
    const auto ticket = spread(key ^ 0xFA7ULL) % 100;
    return ticket < 40   ? "employee"
           : ticket < 75 ? "resident"
           : ticket < 90 ? "other_city"
                         : "self_paying";
}

}  // namespace yuanliu::demo
