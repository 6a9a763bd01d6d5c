// Why this file: text and integer are one value in two forms, for every amount and every scale.
#include "costing/base/fixed.hpp"

#include "tests/base/edge_biased.hpp"

namespace yuanliu {
namespace {

using edge_biased::any_integer;
using edge_biased::kMax;
using edge_biased::kMin;

RC_GTEST_PROP(FixedProperty, text_of_a_number_parses_to_the_number, ()) {
    const auto raw = *any_integer();
    const int scale = *rc::gen::inRange(0, 19);
    RC_PRE(raw != kMin);
    RC_ASSERT(parse_decimal(format_decimal(raw, scale), scale, kMax) == raw);
    RC_ASSERT(parse_decimal(format_decimal_trimmed(raw, scale), scale, kMax) == raw);
}

RC_GTEST_PROP(FixedProperty, trimmed_text_is_the_shortest_form, ()) {
    const auto raw = *any_integer();
    const int scale = *rc::gen::inRange(0, 19);
    const std::string full = format_decimal(raw, scale);
    const std::string trimmed = format_decimal_trimmed(raw, scale);
    RC_ASSERT(full.starts_with(trimmed));
    if (scale > 0) {
        RC_ASSERT(full.size() - full.find('.') - 1 == static_cast<std::size_t>(scale));
        RC_ASSERT(full.find_first_not_of(".0", trimmed.size()) == std::string::npos);
    }
    if (trimmed.find('.') != std::string::npos) {
        RC_ASSERT(trimmed.back() != '0' && trimmed.back() != '.');
    }
}

RC_GTEST_PROP(FixedProperty, parse_never_passes_the_bound, ()) {
    const auto raw = *any_integer();
    const auto bound = *any_integer();
    const int scale = *rc::gen::inRange(0, 19);
    RC_PRE(raw != kMin && bound >= 0);
    const auto parsed = parse_decimal(format_decimal(raw, scale), scale, bound);
    RC_ASSERT(parsed.has_value() == (edge_biased::absolute(raw) <= bound));
}

RC_GTEST_PROP(FixedProperty, any_text_is_refused_or_means_what_it_says, ()) {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::element('0', '1', '9', '.', '-', '+', 'e', ' ', ','));
    const int scale = *rc::gen::inRange(0, 8);
    const auto parsed = parse_decimal(text, scale, kMax);
    if (parsed) {
        // Leading zeros, missing decimals and -0 are the only freedom of spelling.
        std::string spelled = format_decimal_trimmed(*parsed, scale);
        std::string given = text;
        const bool negative = given.front() == '-';
        given.erase(0, negative ? 1 : 0);
        given.erase(0, std::min(given.find_first_not_of('0'), given.size() - 1));
        if (given.find('.') != std::string::npos) {
            given.erase(given.find_last_not_of('0') + 1);
            given.erase(given.find_last_not_of('.') + 1);
        }
        if (given.empty() || given.front() == '.') {
            given.insert(0, "0");
        }
        RC_ASSERT(spelled == (negative && *parsed != 0 ? "-" + given : given));
    }
}

RC_GTEST_PROP(FixedProperty, sums_are_exact_or_throw, ()) {
    const auto a = *any_integer();
    const auto b = *any_integer();
    const Int128 sum = Int128{a} + b;
    if (sum >= kMin && sum <= kMax) {
        RC_ASSERT((Money::from_raw(a) + Money::from_raw(b)).raw() == sum);
        RC_ASSERT(Money::from_raw(a) + Money::from_raw(b) - Money::from_raw(b) ==
                  Money::from_raw(a));
    } else {
        RC_ASSERT_THROWS_AS(static_cast<void>(Money::from_raw(a) + Money::from_raw(b)),
                            InvariantViolation);
    }
}

}  // namespace
}  // namespace yuanliu
