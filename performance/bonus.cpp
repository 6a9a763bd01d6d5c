// Why this file: the phases of the bonus in order: judge every unit, weigh it, release, share,
// gate, pay persons, [RULE PERF-002]; the worked example stands in the header. Index (scale 4)
// times size (scale 8) is compared as a whole number of scale 12: 80 x 10 is 800,000 x
// 1,000,000,000.
#include "performance/bonus.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "costing/base/apportion.hpp"
#include "performance/indicators.hpp"

namespace yuanliu::performance {
namespace {

/// What apportion takes as a sum of weights.
constexpr Int128 kMostScoreInAll = Int128{1} << 62;

/// A unit on its way to its share.
struct Unit {
    DepartmentId department;
    std::vector<IndicatorRow> indicators;  ///< in the order of the names
    std::vector<GateRow> gates;
    Rate index;
    std::vector<StaffId> staff;
    Int128 size = 0;  ///< scale 8
    Rate smallest_factor = Rate::from_raw(kOneE4);
    [[nodiscard]] Int128 weight() const { return size * index.raw(); }
};

void warn_or_stop(std::vector<Finding>& findings, FindingCode code, SourceRef where,
                  std::vector<std::string> arguments) {
    const bool stops =
        code == FindingCode::unknown_indicator || code == FindingCode::weight_overflow;
    findings.push_back({.code = code,
                        .severity = stops ? Severity::stop : Severity::warn,
                        .where = std::move(where),
                        .arguments = std::move(arguments)});
}

/// Every indicator that an indicator rule or a gate names, once, in bytewise order.
std::vector<std::string> named_indicators(const BonusScheme& scheme) {
    std::vector<std::string> names;
    for (const IndicatorRule& rule : scheme.indicators) {
        names.push_back(rule.indicator);
    }
    for (const GateRule& rule : scheme.gates) {
        names.push_back(rule.indicator);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

void find_unknown(const Month& month, const std::vector<std::string>& names,
                  std::vector<Finding>& findings) {
    for (const std::string& name : names) {
        const bool is_read =
            std::any_of(month.quality_readings.begin(), month.quality_readings.end(),
                        [&](const QualityReading& reading) { return reading.indicator == name; });
        // Readings that have not arrived leave the indicator without a value; only a name that the
        // arrived ones lack is wrong.
        if (!is_read && !month.quality_readings.empty() && !is_built_in_indicator(name)) {
            warn_or_stop(findings, FindingCode::unknown_indicator,
                         {.file = "bonus.toml", .row = 0, .column = "indicator"}, {name});
        }
    }
}

/// The row of `indicator`, which is one of the names that all rows were made from.
IndicatorRow& row_of(std::vector<IndicatorRow>& rows, std::string_view indicator) {
    const auto row = std::lower_bound(
        rows.begin(), rows.end(), indicator,
        [](const IndicatorRow& left, std::string_view name) { return left.indicator < name; });
    YUANLIU_CHECK(row != rows.end() && row->indicator == indicator);
    return *row;
}

/// Weighted mean of the scores that exist: a missing indicator leaves its weight to the others.
Rate score_unit(std::vector<IndicatorRow>& rows, const BonusScheme& scheme) {
    Int128 weighted = 0;
    Int128 weights = 0;
    for (const IndicatorRule& rule : scheme.indicators) {
        // Rules with a negative weight are refused when they are read.
        YUANLIU_CHECK(rule.weight.raw() >= 0);
        IndicatorRow& row = row_of(rows, rule.indicator);
        if (row.value) {
            row.score = score_of(*row.value, rule);
            weighted += Int128{rule.weight.raw()} * row.score->raw();
            weights += rule.weight.raw();
        }
    }
    return weights == 0 ? Rate() : Rate::from_raw(rounded_half_away(weighted, weights));
}

GateRow judge(const GateRule& gate, DepartmentId department, std::optional<Rate> value) {
    GateRow row{.department = department,
                .gate = gate.gate,
                .indicator = gate.indicator,
                .value = value,
                .threshold = gate.threshold,
                .outcome = GateOutcome::not_judged,
                .factor = Rate::from_raw(kOneE4)};
    if (!value) {
        return row;
    }
    const bool passed = gate.is_minimum ? *value >= gate.threshold : *value <= gate.threshold;
    row.outcome = passed ? GateOutcome::passed : GateOutcome::failed;
    row.factor = passed ? row.factor : gate.factor;
    return row;
}

void judge_gates(Unit& unit, const BonusScheme& scheme) {
    for (const GateRule& gate : scheme.gates) {
        unit.gates.push_back(
            judge(gate, unit.department, row_of(unit.indicators, gate.indicator).value));
        unit.smallest_factor = std::min(unit.smallest_factor, unit.gates.back().factor);
    }
    std::sort(unit.gates.begin(), unit.gates.end(),
              [](const GateRow& a, const GateRow& b) { return a.gate < b.gate; });
}

Int128 person_weight(const StaffMember& person) {
    return Int128{person.bonus_coefficient.raw()} * person.attendance.raw();
}

void add_staff(std::vector<Unit>& units, const Month& month) {
    for (std::size_t i = 0; i < month.staff.size(); ++i) {
        const StaffMember& person = month.staff[i];
        const auto unit = std::lower_bound(
            units.begin(), units.end(), person.department,
            [](const Unit& left, DepartmentId right) { return left.department < right; });
        if (unit != units.end() && unit->department == person.department) {
            unit->staff.emplace_back(i);
            unit->size += person_weight(person);
        }
    }
}

std::vector<Unit> judge_units(const BonusInput& input, const std::vector<std::string>& names) {
    std::vector<Unit> units;
    for (const UnitWork& work : gather_units(input.month, input.cases)) {
        Unit unit;
        unit.department = work.department;
        for (const std::string& name : names) {
            unit.indicators.push_back(read_indicator(input.month, work, name));
        }
        unit.index = score_unit(unit.indicators, input.scheme);
        judge_gates(unit, input.scheme);
        units.push_back(std::move(unit));
    }
    add_staff(units, input.month);
    return units;
}

void warn_about_units(const Month& month, const std::vector<Unit>& units,
                      std::vector<Finding>& findings) {
    for (const Unit& unit : units) {
        const std::string& code = month.departments[unit.department.index()].code;
        for (const IndicatorRow& row : unit.indicators) {
            if (!row.value) {
                const bool counted = is_built_in_indicator(row.indicator);
                warn_or_stop(findings, FindingCode::indicator_without_value,
                             {.file = counted ? "pathway_readings.csv" : "quality_readings.csv",
                              .row = 0,
                              .column = counted ? "eligible" : "denominator"},
                             {code, row.indicator});
            }
        }
        if (unit.size == 0) {
            warn_or_stop(findings, FindingCode::unit_without_staff,
                         {.file = "staff.csv", .row = 0, .column = "department"}, {code});
        }
    }
}

/// What the scheme releases of its pool; 0 and a warning if the pool is not carried.
Money release(const BonusInput& input, std::vector<Finding>& findings) {
    // A share above 1 is refused when the rules are read: a pool never falls below zero.
    YUANLIU_CHECK(input.scheme.release_share.raw() >= 0 &&
                  input.scheme.release_share.raw() <= kOneE4);
    for (const CarriedPool& pool : input.month.carried_pools) {
        if (pool.code == input.scheme.pool) {
            return Money::from_raw(rounded_half_away(
                Int128{pool.amount.raw()} * input.scheme.release_share.raw(), kOneE4));
        }
    }
    warn_or_stop(findings, FindingCode::bonus_pool_missing,
                 {.file = "prior/carried_pools.csv", .row = 0, .column = "pool"},
                 {input.scheme.pool});
    return {};
}

/// Weights that apportion can't sum belong to nonsense coefficients; say so instead of wrapping.
bool weights_fit(const std::vector<Unit>& units) {
    Int128 sum = 0;
    for (const Unit& unit : units) {
        if (unit.size > kMostScoreInAll) {
            return false;
        }
        sum += unit.weight();
    }
    return sum <= kMostScoreInAll;
}

std::vector<Money> shares_of(const Month& month, const std::vector<Unit>& units, Money released) {
    std::vector<Part> parts;
    parts.reserve(units.size());
    for (const Unit& unit : units) {
        parts.push_back({.weight = narrowed(unit.weight()),
                         .key = month.departments[unit.department.index()].code});
    }
    auto shares = apportion(released, parts);
    YUANLIU_CHECK(shares.has_value());
    return std::move(*shares);
}

void pay_persons(const Month& month, const Unit& unit, Money paid,
                 std::vector<BonusPersonRow>& persons) {
    std::vector<Part> parts;
    parts.reserve(unit.staff.size());
    for (const StaffId id : unit.staff) {
        const StaffMember& person = month.staff[id.index()];
        parts.push_back({.weight = narrowed(person_weight(person)), .key = person.code});
    }
    const auto shares = apportion(paid, parts);
    YUANLIU_CHECK(shares.has_value());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        persons.push_back(
            {.staff = unit.staff[i], .weight = parts[i].weight, .paid = (*shares)[i]});
    }
}

void pay_units(const Month& month, const std::vector<Unit>& units, BonusResult& result) {
    const std::vector<Money> shares = shares_of(month, units, result.released);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Unit& unit = units[i];
        const Money paid = Money::from_raw(
            rounded_half_away(Int128{shares[i].raw()} * unit.smallest_factor.raw(), kOneE4));
        result.units.push_back({.department = unit.department,
                                .index = unit.index,
                                .size = narrowed(unit.size),
                                .weight = narrowed(unit.weight()),
                                .share = shares[i],
                                .withheld = shares[i] - paid,
                                .paid = paid});
        result.paid += paid;
        result.withheld += shares[i] - paid;
        pay_persons(month, unit, paid, result.persons);
    }
    std::sort(result.persons.begin(), result.persons.end(),
              [](const BonusPersonRow& a, const BonusPersonRow& b) { return a.staff < b.staff; });
    YUANLIU_CHECK(result.paid + result.withheld == result.released);
}

BonusResult carry_on(const Month& month, const std::string& pool) {
    BonusResult result;
    result.closing_pools = month.carried_pools;
    for (const CarriedPool& carried : month.carried_pools) {
        result.carried += carried.code == pool ? carried.amount : Money();
    }
    return result;
}

}  // namespace

std::vector<Finding> check_indicators(const Month& month, const BonusScheme& scheme) {
    std::vector<Finding> findings;
    find_unknown(month, named_indicators(scheme), findings);
    return findings;
}

BonusOutcome distribute_bonus(const BonusInput& input) {
    BonusOutcome outcome{.result = carry_on(input.month, input.scheme.pool), .findings = {}};
    const std::vector<std::string> names = named_indicators(input.scheme);
    find_unknown(input.month, names, outcome.findings);
    if (has_stop(outcome.findings)) {
        return outcome;
    }
    const std::vector<Unit> units = judge_units(input, names);
    const Money ready = release(input, outcome.findings);
    warn_about_units(input.month, units, outcome.findings);
    if (!weights_fit(units)) {
        warn_or_stop(outcome.findings, FindingCode::weight_overflow,
                     {.file = "staff.csv", .row = 0, .column = "bonus_coefficient"},
                     {"bonus", input.scheme.pool});
        return outcome;
    }
    // From here on nothing can fail.
    BonusResult& result = outcome.result;
    const bool any_weight =
        std::any_of(units.begin(), units.end(), [](const Unit& unit) { return unit.weight() > 0; });
    result.released = any_weight ? ready : Money();
    if (!any_weight && !ready.is_zero()) {
        warn_or_stop(outcome.findings, FindingCode::bonus_not_released,
                     {.file = "bonus.toml", .row = 0, .column = "pool"},
                     {input.scheme.pool, ready.text()});
    }
    for (const Unit& unit : units) {
        result.indicators.insert(result.indicators.end(), unit.indicators.begin(),
                                 unit.indicators.end());
        result.gates.insert(result.gates.end(), unit.gates.begin(), unit.gates.end());
    }
    pay_units(input.month, units, result);
    for (CarriedPool& pool : result.closing_pools) {
        if (pool.code == input.scheme.pool) {
            pool.amount -= result.paid;
        }
    }
    return outcome;
}

}  // namespace yuanliu::performance
