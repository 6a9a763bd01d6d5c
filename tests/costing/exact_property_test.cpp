// Why this file: fractions of any daily size behave as fractions, against 128-bit integers where
// these are enough, and a value that leaves the bounds says so for good.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "costing/pay/exact.hpp"

namespace yuanliu::costing::pay {
namespace {

rc::Gen<std::int64_t> any_part() {
    return rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-20, 21),
                          rc::gen::arbitrary<std::int64_t>(),
                          rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'001));
}

rc::Gen<std::int64_t> any_divisor() {
    return rc::gen::suchThat(any_part(), [](std::int64_t value) { return value != 0; });
}

RC_GTEST_PROP(ExactProperty, steps_undo_each_other, ()) {
    const Exact a = Exact::of(*any_part(), *any_divisor());
    const Exact b = Exact::of(*any_part(), *any_divisor());
    RC_ASSERT(a + b - b == a);
    RC_ASSERT(a - a == Exact());
    RC_ASSERT((a - b).sign() == a.against(b));
    if (b.sign() != 0) {
        RC_ASSERT(a * b / b == a);
        RC_ASSERT(a / b * b == a);
    } else {
        RC_ASSERT((a / b).out_of_bounds());
    }
    RC_ASSERT((a + b) * (a - b) == a * a - b * b);
}

RC_GTEST_PROP(ExactProperty, order_is_that_of_the_cross_products, ()) {
    const std::int64_t a = *any_part();
    const std::int64_t b = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    const std::int64_t c = *any_part();
    const std::int64_t d = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    const Int128 left = Int128{a} * d;
    const Int128 right = Int128{c} * b;
    RC_ASSERT(Exact::of(a, b).against(Exact::of(c, d)) ==
              static_cast<int>(left > right) - static_cast<int>(left < right));
}

RC_GTEST_PROP(ExactProperty, rounding_is_the_one_of_the_house, ()) {
    const std::int64_t top = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'001);
    const std::int64_t bottom = *any_divisor();
    RC_PRE(bottom != INT64_MIN);
    RC_ASSERT(Exact::of(top, bottom).rounded(2) == rounded_half_away(Int128{top} * 100, bottom));
}

TEST(Exact, twelve_long_decimals_multiply_within_the_bounds_and_more_say_so) {
    const Exact longest = *Exact::parse("8999999999.999999999");
    Exact product(1);
    for (int i = 0; i < 12; ++i) {
        product = product * longest;
    }
    EXPECT_FALSE(product.out_of_bounds());
    for (int i = 0; i < 12; ++i) {
        product = product / longest;
    }
    EXPECT_TRUE(product.out_of_bounds());  // 24 numbers of 63 bits in one part
    EXPECT_TRUE((product + Exact(1)).out_of_bounds());
    EXPECT_EQ(product.rounded(2), std::nullopt);
    EXPECT_EQ(product.text(), "?");
}

TEST(Exact, decimals_are_read_strictly) {
    EXPECT_EQ(Exact::parse("73.6011")->text(), "73.6011");
    EXPECT_EQ(Exact::parse("-0.000000001")->text(), "-0.000000001");
    for (const char* wrong : {"", "1.", ".5", "1.0000000001", "9000000000.1", "1e3", "+1", "1,5"}) {
        EXPECT_EQ(Exact::parse(wrong), std::nullopt) << wrong;
    }
    // 78.0521 x 1.0330 x 73.6011 = 5934.29619136..., by hand with a long multiplication.
    const Exact paid =
        *Exact::parse("78.0521") * *Exact::parse("1.0330") * *Exact::parse("73.6011");
    EXPECT_EQ(paid.rounded(2), 593'430);
}

}  // namespace
}  // namespace yuanliu::costing::pay
