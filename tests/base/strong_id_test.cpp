// Why this file: dense ids order as their codes do, and refer to nothing until given a value.
#include "costing/base/strong_id.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>

namespace yuanliu {
namespace {

TEST(StrongId, refers_to_nothing_until_given_a_value) {
    EXPECT_FALSE(DepartmentId().is_valid());
    EXPECT_TRUE(DepartmentId(std::size_t{0}).is_valid());
    EXPECT_EQ(DepartmentId(), DepartmentId());
}

TEST(StrongId, keeps_its_index_and_its_order) {
    EXPECT_EQ(DepartmentId(std::size_t{7}).index(), 7U);
    EXPECT_EQ(DepartmentId(std::uint32_t{7}).value(), 7U);
    EXPECT_LT(DepartmentId(std::size_t{3}), DepartmentId(std::size_t{4}));
    EXPECT_LT(DepartmentId(std::size_t{3}), DepartmentId()) << "nothing comes last";
}

TEST(StrongId, refuses_an_index_that_does_not_fit) {
    const std::size_t none = std::numeric_limits<std::uint32_t>::max();
    EXPECT_EQ(EncounterId(none - 1).index(), none - 1);
    EXPECT_THROW(static_cast<void>(EncounterId(none)), InvariantViolation);
    EXPECT_THROW(static_cast<void>(EncounterId(none + 1)), InvariantViolation);
}

TEST(StrongId, costs_no_more_than_its_integer) {
    static_assert(sizeof(DepartmentId) == sizeof(std::uint32_t));
    static_assert(std::is_trivially_copyable_v<DepartmentId>);
}

}  // namespace
}  // namespace yuanliu
