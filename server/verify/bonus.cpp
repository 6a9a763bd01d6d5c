// Scores, unit weights, release, gates and persons.
#include "bonus.hpp"

#include <algorithm>
#include <set>

#include "fields.hpp"
#include "indicators.hpp"
#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

constexpr Int128 kWhole = 10'000;         // 1 at scale 4
constexpr Int128 kFullScore = 1'000'000;  // 100 at scale 4

struct Person {
    std::string staff;
    Int128 weight = 0;  // scale 8
};

struct BonusUnit {
    std::uint32_t department = 0;
    Int128 index = 0;  // scale 4
    Int128 size = 0;   // scale 8
    std::vector<Person> persons;
    bool blocked = false;
    Int128 factor = kWhole;
};

Int128 score_of(const SchemeIndicator& scheme, Int128 value) {
    const Int128 score = round_divide(multiply(value - scheme.zero_at, kFullScore),
                                      Int128{scheme.full_at} - scheme.zero_at);
    return std::clamp<Int128>(score, 0, kFullScore);
}

void write_value(RowSet& rows, const IndicatorValue& value) {
    if (value.is_read) {
        rows.decimal(value.numerator, 7).decimal(value.denominator, 7);
    } else {
        rows.blank().blank();
    }
    if (value.value) {
        rows.number(*value.value);
    } else {
        rows.blank();
    }
}

// Writes the indicators of a unit and sets its index.
void derive_index(const Indicators& indicators, const Books& books, const Bonus& bonus,
                  BonusUnit& unit, Derived& derived) {
    RowSet& rows = derived.tables["indicators.csv"];
    const std::string& code = books.departments.code(unit.department);
    Int128 weighted = 0;
    Int128 weights = 0;
    std::set<std::string> written;
    for (const SchemeIndicator& scheme : bonus.indicators) {
        const IndicatorValue value = indicators.value(unit.department, scheme.name);
        if (!written.insert(scheme.name).second) {
            throw Refusal("rules bonus.toml: indicator " + scheme.name + " is named twice");
        }
        rows.text(code).text(scheme.name);
        write_value(rows, value);
        if (value.value) {
            const Int128 score = score_of(scheme, *value.value);
            weighted += multiply(scheme.weight, score);
            weights += scheme.weight;
            rows.number(score).end_row();
        } else {
            rows.blank().end_row();
        }
    }
    unit.index = weights == 0 ? 0 : round_divide(weighted, weights);
    for (const Gate& gate : bonus.gates) {
        if (written.insert(gate.indicator).second) {
            rows.text(code).text(gate.indicator);
            write_value(rows, indicators.value(unit.department, gate.indicator));
            rows.blank().end_row();
        }
    }
}

void judge_gates(const Indicators& indicators, const Books& books, const Bonus& bonus,
                 BonusUnit& unit, Derived& derived) {
    RowSet& rows = derived.tables["gates.csv"];
    for (const Gate& gate : bonus.gates) {
        const auto value = indicators.value(unit.department, gate.indicator).value;
        const bool failed =
            value && (gate.is_minimum ? *value < gate.threshold : *value > gate.threshold);
        rows.text(books.departments.code(unit.department)).text(gate.name).text(gate.indicator);
        if (value) {
            rows.number(*value);
        } else {
            rows.blank();
        }
        rows.number(gate.threshold);
        rows.text(failed ? "failed" : value ? "passed" : "not_judged");
        rows.number(failed ? gate.factor : kWhole).end_row();
        if (failed) {
            unit.blocked = unit.blocked || gate.factor == 0;
            unit.factor = std::min<Int128>(unit.factor, gate.factor);
        }
    }
}

void read_staff(const MonthFolder& month, const Books& books, std::vector<BonusUnit>& units,
                Report& report) {
    Fields fields;
    for (const std::string_view row : month.table("staff.csv").rows()) {
        fields.split(row);
        const std::uint32_t department =
            known(books.departments, fields[1], "month staff.csv", "department", report);
        for (BonusUnit& unit : units) {
            if (unit.department == department) {
                const Int128 weight = multiply(fields.number(3), fields.number(4));
                unit.persons.push_back({std::string(fields[0]), weight});
                unit.size += weight;
            }
        }
    }
    for (BonusUnit& unit : units) {
        std::sort(unit.persons.begin(), unit.persons.end(),
                  [](const Person& a, const Person& b) { return a.staff < b.staff; });
    }
}

void write_persons(const Books& books, const BonusUnit& unit, Fen paid, Derived& derived) {
    std::vector<Int128> weights;
    for (const Person& person : unit.persons) {
        weights.push_back(person.weight);
    }
    const std::vector<Fen> shares = apportion(paid, weights);
    RowSet& rows = derived.tables["bonus_persons.csv"];
    for (std::size_t i = 0; i < shares.size(); ++i) {
        rows.text(unit.persons[i].staff).text(books.departments.code(unit.department));
        rows.count(unit.persons[i].weight).amount(shares[i]).end_row();
    }
}

void distribute(const Books& books, const std::vector<BonusUnit>& units, Fen could_be_released,
                Derived& derived) {
    std::vector<Int128> weights;
    Int128 sum = 0;
    for (const BonusUnit& unit : units) {
        weights.push_back(multiply(unit.index, unit.size));
        sum += weights.back();
    }
    Figures& figures = derived.figures;
    figures.bonus_released = sum == 0 ? 0 : could_be_released;
    const std::vector<Fen> shares = apportion(figures.bonus_released, weights);
    RowSet& rows = derived.tables["bonus_departments.csv"];
    for (std::size_t i = 0; i < units.size(); ++i) {
        const BonusUnit& unit = units[i];
        const Fen paid =
            unit.blocked ? 0 : narrow(round_divide(multiply(shares[i], unit.factor), kWhole));
        rows.text(books.departments.code(unit.department)).number(unit.index).count(unit.size);
        rows.count(weights[i]).amount(shares[i]).amount(shares[i] - paid).amount(paid).end_row();
        add_to(figures.bonus_paid, paid);
        write_persons(books, unit, paid, derived);
    }
}

// The pool the bonus is paid from shrinks by what was paid; all others are carried on unchanged.
void carry_pools(const MonthFolder& month, const std::string& paid_from, Derived& derived) {
    RowSet& rows = derived.tables["closing/carried_pools.csv"];
    Fields fields;
    for (const std::string_view row : month.prior.at("carried_pools.csv").rows()) {
        fields.split(row);
        const Fen paid = fields[0] == paid_from ? derived.figures.bonus_paid : 0;
        rows.text(fields[0]).text(fields[1]).amount(fields.amount(2) - paid).end_row();
    }
}

Fen carried_amount(const MonthFolder& month, const std::string& pool) {
    Fields fields;
    for (const std::string_view row : month.prior.at("carried_pools.csv").rows()) {
        fields.split(row);
        if (fields[0] == pool) {
            return fields.amount(2);
        }
    }
    return 0;
}

}  // namespace

void derive_bonus(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                  const std::vector<Case>& cases, Derived& derived, Report& report) {
    if (!rules.bonus) {
        carry_pools(month, "", derived);
        return;
    }
    const Bonus& bonus = *rules.bonus;
    const Indicators indicators(month, books, cases);
    std::vector<BonusUnit> units;
    for (const std::uint32_t department : indicators.units()) {
        units.push_back({department, 0, 0, {}, false, kWhole});
    }
    read_staff(month, books, units, report);
    for (BonusUnit& unit : units) {
        derive_index(indicators, books, bonus, unit, derived);
        judge_gates(indicators, books, bonus, unit, derived);
    }
    Figures& figures = derived.figures;
    figures.bonus_carried = carried_amount(month, bonus.pool);
    const Fen release =
        narrow(round_divide(multiply(figures.bonus_carried, bonus.release_share), kWhole));
    distribute(books, units, release, derived);
    carry_pools(month, bonus.pool, derived);
}

}  // namespace yuanliu_verify
