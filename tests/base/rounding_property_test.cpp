// Why this file: what "half away from zero" means, for every quotient.
#include "tests/base/edge_biased.hpp"

namespace yuanliu {
namespace {

using edge_biased::absolute;
using edge_biased::any_integer;
using edge_biased::kMin;

RC_GTEST_PROP(RoundingProperty, result_is_the_nearest_integer_and_ties_go_outward, ()) {
    const auto n = *any_integer();
    const auto d = *any_integer();
    RC_PRE(d != 0 && !(n == kMin && d == -1));
    const std::int64_t rounded = rounded_half_away(n, d);
    const Int128 error = Int128{rounded} * d - n;
    RC_ASSERT(absolute(error) * 2 <= absolute(d));
    if (absolute(error) * 2 == absolute(d)) {
        RC_ASSERT(absolute(rounded) * absolute(d) > absolute(n));
    }
}

RC_GTEST_PROP(RoundingProperty, a_reversal_rounds_as_its_original, ()) {
    const auto n = *any_integer();
    const auto d = *any_integer();
    RC_PRE(d != 0 && n != kMin);
    const Int128 rounded = rounded_half_away(n, d);
    RC_ASSERT(rounded_half_away(-Int128{n}, d) == -rounded);
    RC_ASSERT(rounded_half_away(n, -Int128{d}) == -rounded);
}

RC_GTEST_PROP(RoundingProperty, a_common_factor_changes_nothing, ()) {
    const auto n = *any_integer();
    const auto d = *any_integer();
    const auto factor = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    RC_PRE(d != 0 && !(n == kMin && d == -1));
    RC_ASSERT(rounded_half_away(Int128{n} * factor, Int128{d} * factor) == rounded_half_away(n, d));
}

}  // namespace
}  // namespace yuanliu
