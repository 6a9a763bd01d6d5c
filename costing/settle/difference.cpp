// Why this file: see difference.hpp.
#include "costing/settle/difference.hpp"

#include "costing/base/int128.hpp"

namespace yuanliu::costing::settle {
namespace {

bool has_all_factors(const Factors& factors) {
    return factors.score.raw() > 0 && factors.hospital.raw() > 0 && factors.auxiliary.raw() > 0 &&
           factors.points.raw() > 0 && factors.point_value.raw() > 0;
}

/// Their factors, with ours where they state none.
Factors completed(const Factors& ours, const Factors& theirs) {
    Factors all = theirs;
    if (all.score.is_zero() && all.group == ours.group) {
        all.score = ours.score;
    }
    if (all.hospital.is_zero()) {
        all.hospital = ours.hospital;
    }
    if (all.auxiliary.is_zero()) {
        all.auxiliary = ours.auxiliary;
    }
    if (all.point_value.is_zero()) {
        all.point_value = ours.point_value;
    }
    return all;
}

/// Points (scale 4) times point value (scale 4) in fen.
Money standard_of(Points points, Rate point_value) {
    return Money::from_raw(rounded_half_away(Int128{points.raw()} * point_value.raw(), 1'000'000));
}

/// The points of `from` with other score and coefficients, in money: the band factor stays.
Money scaled_standard(const Factors& from, const Factors& to) {
    const Int128 numerator = Int128{from.points.raw()} * from.point_value.raw() * to.score.raw() *
                             to.hospital.raw() * to.auxiliary.raw();
    const Int128 denominator =
        Int128{from.score.raw()} * from.hospital.raw() * from.auxiliary.raw() * Int128{1'000'000};
    return Money::from_raw(rounded_half_away(numerator, denominator));
}

void explain_factors(const Factors& ours, const Factors& theirs, Causes& causes) {
    Factors step = ours;
    Money before = standard_of(ours.points, ours.point_value);
    const auto change = [&](Money& cause, Money after) {
        cause = after - before;
        before = after;
    };
    step.score = theirs.score;
    change(causes.group, scaled_standard(ours, step));
    step.hospital = theirs.hospital;
    change(causes.hospital, scaled_standard(ours, step));
    step.auxiliary = theirs.auxiliary;
    change(causes.auxiliary, scaled_standard(ours, step));
    if (theirs.points.is_zero()) {
        // Without their points the band factor can't be told from ours.
        const Int128 numerator = Int128{before.raw()} * theirs.point_value.raw();
        change(causes.point_value,
               Money::from_raw(rounded_half_away(numerator, ours.point_value.raw())));
        return;
    }
    change(causes.deviation, standard_of(theirs.points, ours.point_value));
    change(causes.point_value, standard_of(theirs.points, theirs.point_value));
}

}  // namespace

Causes& Causes::operator+=(const Causes& other) {
    group += other.group;
    hospital += other.hospital;
    auxiliary += other.auxiliary;
    deviation += other.deviation;
    point_value += other.point_value;
    deduction += other.deduction;
    rest += other.rest;
    return *this;
}

Money Causes::total() const {
    return group + hospital + auxiliary + deviation + point_value + deduction + rest;
}

Difference explain_difference(const Estimate& estimate, const Reply& reply) {
    Difference difference{
        .ours = estimate.standard, .theirs = reply.fund + reply.patient, .causes = {}};
    Causes& causes = difference.causes;
    const Factors theirs = completed(estimate.factors, reply.factors);
    if (has_all_factors(estimate.factors) && theirs.score.raw() > 0) {
        explain_factors(estimate.factors, theirs, causes);
    } else if (reply.factors.group != estimate.factors.group) {
        causes.group = reply.standard - estimate.standard;
    }
    causes.deduction = -reply.deduction;
    causes.rest = difference.theirs - difference.ours - causes.total();
    return difference;
}

}  // namespace yuanliu::costing::settle
