// Why this file: laws of the bonus that hold for any hospital: nothing is lost, order does not
// matter, and doing better never costs. [RULE PERF-002]
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "tests/performance/bonus_month.hpp"

namespace yuanliu::performance {
namespace {

using yuanliu::bonus_month::add_case;
using yuanliu::bonus_month::add_department;
using yuanliu::bonus_month::add_group;
using yuanliu::bonus_month::add_person;
using yuanliu::bonus_month::add_quality;
using yuanliu::bonus_month::distribute;
using yuanliu::bonus_month::e4;
using yuanliu::bonus_month::Hospital;
using yuanliu::bonus_month::q4;

constexpr std::size_t kUnits = 4;

void draw_unit(Hospital& hospital, std::size_t department) {
    const int cases = *rc::gen::inRange(0, 6);
    for (int i = 0; i < cases; ++i) {
        add_case(hospital, department, *rc::gen::inRange<std::size_t>(0, 3),
                 *rc::gen::inRange(1, 40));
    }
    const int persons = *rc::gen::inRange(0, 5);
    for (int i = 0; i < persons; ++i) {
        add_person(hospital, {.code = "S" + std::to_string(department) + std::to_string(i),
                              .department = department,
                              .coefficient_e4 = *rc::gen::inRange<std::int64_t>(0, 50'000),
                              .attendance_e4 = *rc::gen::inRange<std::int64_t>(0, 10'001)});
    }
    for (const char* indicator : {"falls", "front_page"}) {
        if (*rc::gen::inRange(0, 4) > 0) {
            add_quality(hospital,
                        {.department = department,
                         .indicator = indicator,
                         .numerator_e4 = *rc::gen::inRange<std::int64_t>(0, 1'000'000),
                         .denominator_e4 = *rc::gen::inRange<std::int64_t>(0, 1'000'000)});
        }
    }
}

Hospital draw_hospital() {
    Hospital hospital;
    for (const char* group : {"G1", "G2", "G3"}) {
        add_group(hospital, group, *rc::gen::inRange<std::int64_t>(1, 50'000'000),
                  *rc::gen::inRange<std::int64_t>(1, 200'000));
    }
    for (std::size_t i = 0; i < kUnits; ++i) {
        add_department(hospital, "D" + std::to_string(i));
        draw_unit(hospital, i);
    }
    // Both quality indicators are read somewhere, so that none is unknown.
    add_department(hospital, "D9", DepartmentClass::auxiliary);
    add_quality(hospital, {.department = kUnits, .indicator = "falls"});
    add_quality(hospital, {.department = kUnits, .indicator = "front_page"});
    hospital.month.carried_pools = {
        {.code = "a", .name = "a", .amount = Money::from_raw(5)},
        {.code = "p",
         .name = "p",
         .amount = Money::from_raw(*rc::gen::inRange<std::int64_t>(0, kMaxRowFen))}};
    hospital.scheme.pool = "p";
    hospital.scheme.release_share = e4(*rc::gen::inRange<std::int64_t>(0, 10'001));
    hospital.scheme.indicators = {
        {.indicator = "cmi", .weight = e4(3'000), .zero_at = e4(5'000), .full_at = e4(15'000)},
        {.indicator = "time_index", .weight = e4(2'000), .zero_at = e4(20'000), .full_at = e4(1)},
        {.indicator = "falls", .weight = e4(2'500), .zero_at = e4(30'000), .full_at = e4(0)},
        {.indicator = "front_page", .weight = e4(2'500), .zero_at = e4(0), .full_at = e4(30'000)}};
    hospital.scheme.gates = {{.gate = "fewer_falls",
                              .indicator = "falls",
                              .is_minimum = false,
                              .threshold = e4(10'000),
                              .factor = e4(*rc::gen::inRange<std::int64_t>(0, 10'001))},
                             {.gate = "pages",
                              .indicator = "front_page",
                              .is_minimum = true,
                              .threshold = e4(5'000),
                              .factor = e4(0)}};
    return hospital;
}

RC_GTEST_PROP(BonusProperty, loses_no_fen, ()) {
    const BonusResult result = distribute(draw_hospital()).result;
    Money shares;
    Money paid;
    Money withheld;
    for (const BonusUnitRow& unit : result.units) {
        RC_ASSERT(unit.share == unit.paid + unit.withheld);
        RC_ASSERT(unit.paid.raw() >= 0 && unit.withheld.raw() >= 0);
        shares += unit.share;
        paid += unit.paid;
        withheld += unit.withheld;
    }
    Money persons;
    for (const BonusPersonRow& person : result.persons) {
        persons += person.paid;
    }
    RC_ASSERT(shares == result.released);
    RC_ASSERT(paid == result.paid && persons == paid);
    RC_ASSERT(withheld == result.withheld);
    RC_ASSERT(paid + withheld == result.released);
    RC_ASSERT(result.closing_pools.at(0).amount == Money::from_raw(5));
    RC_ASSERT(result.closing_pools.at(1).amount == result.carried - result.paid);
}

std::vector<Money> shares_of(const BonusResult& result) {
    std::vector<Money> shares;
    for (const BonusUnitRow& unit : result.units) {
        shares.push_back(unit.share);
        shares.push_back(unit.paid);
    }
    for (const BonusPersonRow& person : result.persons) {
        shares.push_back(person.paid);
    }
    return shares;
}

RC_GTEST_PROP(BonusProperty, does_not_depend_on_the_order_of_cases_and_rules, ()) {
    const Hospital hospital = draw_hospital();
    Hospital turned = hospital;
    std::reverse(turned.cases.begin(), turned.cases.end());
    std::reverse(turned.scheme.indicators.begin(), turned.scheme.indicators.end());
    std::reverse(turned.scheme.gates.begin(), turned.scheme.gates.end());
    RC_ASSERT(shares_of(distribute(hospital).result) == shares_of(distribute(turned).result));
}

RC_GTEST_PROP(BonusProperty, a_better_own_value_never_lowers_the_own_share, ()) {
    const Hospital hospital = draw_hospital();
    Hospital better = hospital;
    const auto reading = *rc::gen::inRange<std::size_t>(0, hospital.month.quality_readings.size());
    QualityReading& own = better.month.quality_readings[reading];
    if (own.indicator == "falls") {
        own.numerator = q4(*rc::gen::inRange<std::int64_t>(0, own.numerator.raw() + 1));
    } else {
        own.numerator += q4(*rc::gen::inRange<std::int64_t>(0, 1'000'000));
    }
    const BonusResult before = distribute(hospital).result;
    const BonusResult after = distribute(better).result;
    // Where no unit had any weight, nothing was released; improving then only adds.
    RC_ASSERT(before.units.size() == after.units.size());
    for (std::size_t i = 0; i < before.units.size(); ++i) {
        if (before.units[i].department == own.department) {
            RC_ASSERT(after.units[i].share >= before.units[i].share);
            RC_ASSERT(after.units[i].paid >= before.units[i].paid);
        } else if (!before.released.is_zero()) {
            // Its quota does not rise, but the fen left over may come to it.
            RC_ASSERT(after.units[i].share <= before.units[i].share + Money::from_raw(1));
        }
    }
}

}  // namespace
}  // namespace yuanliu::performance
