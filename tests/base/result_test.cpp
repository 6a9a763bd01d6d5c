// Why this file: one spelling per error code, from engine to screen.
#include "costing/base/result.hpp"

#include <gtest/gtest.h>

namespace yuanliu {
namespace {

struct NamedCode {
    int number;
    ErrorCode code;
    std::string_view name;
};

constexpr NamedCode kNamedCodes[] = {
    {1, ErrorCode::weight_is_negative, "weight_is_negative"},
    {2, ErrorCode::duplicate_part_key, "duplicate_part_key"},
    {3, ErrorCode::parts_are_empty, "parts_are_empty"},
    {4, ErrorCode::driver_total_is_zero, "driver_total_is_zero"},
    {5, ErrorCode::weight_overflow, "weight_overflow"},
    {6, ErrorCode::amounts_exceed_total, "amounts_exceed_total"},
};

TEST(ErrorCode, keeps_its_number_and_its_name) {
    for (const NamedCode& row : kNamedCodes) {
        EXPECT_EQ(static_cast<int>(row.code), row.number) << row.name;
        EXPECT_EQ(error_code_name(row.code), row.name) << row.number;
    }
}

TEST(ErrorCode, has_one_row_for_every_name) {
    int named = 0;
    for (int number = -1; number < 1000; ++number) {
        named += error_code_name(static_cast<ErrorCode>(number)).empty() ? 0 : 1;
    }
    EXPECT_EQ(named, static_cast<int>(std::size(kNamedCodes)));
}

TEST(Result, carries_the_code_and_what_it_is_about) {
    const Result<int> result = fail(ErrorCode::weight_is_negative, "0101");
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::weight_is_negative);
    EXPECT_EQ(result.error().subject, "0101");
}

}  // namespace
}  // namespace yuanliu
