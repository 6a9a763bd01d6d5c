// Why this file: looks up driver readings by binary search over one sorted copy, and makes the
// bases of made drivers. Worked example: terms 0.6 x share of headcount and 0.4 x share of area,
// headcount 1 : 3, area 1 : 1 -> bases 0.6 x 0.25 + 0.4 x 0.5 = 0.35 and 0.65 of 10^12.
#include "costing/allocate/driver_base.hpp"

#include <algorithm>
#include <tuple>

#include "costing/base/apportion.hpp"

namespace yuanliu::costing {
namespace {

constexpr std::int64_t kScale = 10'000;
constexpr std::int64_t kWholeTerm = 1'000'000'000'000;

/// ⌊x / 10^4⌉ of a value that is not negative.
Int128 rescaled(Int128 value) {
    return (value + kScale / 2) / kScale;
}

/// A single base is below 10^33, so it is judged before it is added.
Bases summed(const std::vector<Int128>& values) {
    Bases bases;
    Int128 total = 0;
    for (const Int128 value : values) {
        bases.overflows = bases.overflows || value > kMaxBaseTotal;
        total += bases.overflows ? 0 : value;
        bases.overflows = bases.overflows || total > kMaxBaseTotal;
        bases.of.push_back(bases.overflows ? 0 : narrowed(value));
    }
    bases.total = bases.overflows ? 0 : narrowed(total);
    return bases;
}

}  // namespace

DriverBase::DriverBase(const Month& month, const ResolvedPlan& plan)
    : month_(month), plan_(plan), readings_(month.driver_readings) {
    std::sort(readings_.begin(), readings_.end(), [](const auto& left, const auto& right) {
        return std::tuple(left.driver, left.sender, left.department) <
               std::tuple(right.driver, right.sender, right.department);
    });
}

DriverBase::Range DriverBase::range_of(DriverId driver, DepartmentId sender) const {
    const auto less = [](const auto& left, const auto& right) {
        return std::tuple(left.driver, left.sender) < std::tuple(right.driver, right.sender);
    };
    const DriverReading wanted{.driver = driver, .sender = sender, .department = {}, .value = {}};
    const auto [first, last] = std::equal_range(readings_.begin(), readings_.end(), wanted, less);
    return {.begin = static_cast<std::size_t>(first - readings_.begin()),
            .end = static_cast<std::size_t>(last - readings_.begin())};
}

std::vector<Int128> DriverBase::readings(DriverId driver, DepartmentId sender,
                                         const std::vector<DepartmentId>& targets) const {
    Range range = range_of(driver, sender);
    if (range.begin == range.end) {
        range = range_of(driver, DepartmentId());
    }
    std::vector<Int128> values(targets.size());
    std::size_t at = range.begin;
    for (std::size_t i = 0; i < targets.size(); ++i) {  // both lists ascend by department
        while (at < range.end && readings_[at].department < targets[i]) {
            ++at;
        }
        if (at < range.end && readings_[at].department == targets[i]) {
            values[i] = readings_[at].value.raw();
        }
    }
    return values;
}

std::vector<Int128> DriverBase::plain_terms(const ResolvedDriver& made, DepartmentId sender,
                                            const std::vector<DepartmentId>& targets) const {
    std::vector<Int128> sums(targets.size());
    for (const ResolvedTerm& term : made.terms) {
        const std::vector<Int128> first = readings(term.first, sender, targets);
        const std::vector<Int128> second =
            term.second.is_valid() ? readings(term.second, sender, targets) : std::vector<Int128>();
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const Int128 value = second.empty() ? first[i] : rescaled(first[i] * second[i]);
            sums[i] += rescaled(value * term.factor.raw());
        }
    }
    return sums;
}

Bases DriverBase::share_terms(const ResolvedDriver& made, DepartmentId sender,
                              const std::vector<DepartmentId>& targets) const {
    std::vector<Int128> sums(targets.size());
    std::vector<DriverId> zero_terms;
    for (const ResolvedTerm& term : made.terms) {
        Bases bases = summed(readings(term.first, sender, targets));
        if (bases.overflows) {
            return bases;
        }
        if (bases.total == 0) {
            zero_terms.push_back(term.first);
            continue;
        }
        std::vector<Part> parts;
        for (std::size_t i = 0; i < targets.size(); ++i) {
            parts.push_back(
                {.weight = bases.of[i], .key = month_.departments[targets[i].index()].code});
        }
        const auto shares = apportion(Money::from_raw(kWholeTerm), parts);
        YUANLIU_CHECK(shares.has_value());
        for (std::size_t i = 0; i < targets.size(); ++i) {
            sums[i] += Int128{term.factor.raw()} * (*shares)[i].raw();
        }
    }
    Bases bases = summed(sums);
    bases.zero_terms = std::move(zero_terms);
    return bases;
}

Bases DriverBase::over(DriverId driver, DepartmentId sender,
                       const std::vector<DepartmentId>& targets) const {
    if (driver.index() < month_.drivers.size()) {
        return summed(readings(driver, sender, targets));
    }
    const ResolvedDriver& made = plan_.made_drivers[driver.index() - month_.drivers.size()];
    return made.of_shares ? share_terms(made, sender, targets)
                          : summed(plain_terms(made, sender, targets));
}

bool DriverBase::is_read(DriverId driver) const {
    if (driver.index() < month_.drivers.size()) {
        return std::any_of(readings_.begin(), readings_.end(),
                           [&](const DriverReading& reading) { return reading.driver == driver; });
    }
    const ResolvedDriver& made = plan_.made_drivers[driver.index() - month_.drivers.size()];
    return std::any_of(made.terms.begin(), made.terms.end(), [&](const ResolvedTerm& term) {
        return is_read(term.first) && (!term.second.is_valid() || is_read(term.second));
    });
}

}  // namespace yuanliu::costing
