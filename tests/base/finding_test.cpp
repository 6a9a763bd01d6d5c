// Why this file: a finding's name is what people search for; each is there, once, and spelled
// alike.
#include "costing/base/finding.hpp"

#include <gtest/gtest.h>

#include <set>

#include "costing/base/result.hpp"

namespace yuanliu {
namespace {

constexpr FindingCode kEveryCode[] = {
#define YUANLIU_VALUE(name) FindingCode::name,
    YUANLIU_FINDING_CODES(YUANLIU_VALUE)
#undef YUANLIU_VALUE
};

TEST(FindingCode, has_one_name_of_its_own_each) {
    std::set<std::string_view> names;
    for (const FindingCode code : kEveryCode) {
        const std::string_view name = name_of(code);
        EXPECT_FALSE(name.empty()) << static_cast<int>(code);
        EXPECT_TRUE(names.insert(name).second) << "twice: " << name;
        EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"),
                  std::string_view::npos)
            << name;
    }
    EXPECT_EQ(names.size(), std::size(kEveryCode));
}

TEST(FindingCode, names_only_what_is_in_the_list) {
    const int count = static_cast<int>(std::size(kEveryCode));
    for (int i = 0; i < count; ++i) {
        EXPECT_EQ(static_cast<int>(kEveryCode[i]), i);
    }
    EXPECT_EQ(name_of(static_cast<FindingCode>(count)), "");
    EXPECT_EQ(name_of(static_cast<FindingCode>(-1)), "");
}

TEST(FindingCode, shares_its_spelling_with_the_error_it_reports) {
    EXPECT_EQ(name_of(FindingCode::driver_total_is_zero),
              error_code_name(ErrorCode::driver_total_is_zero));
    EXPECT_EQ(name_of(FindingCode::weight_overflow), error_code_name(ErrorCode::weight_overflow));
}

TEST(Severity, has_a_name_each) {
    EXPECT_EQ(name_of(Severity::stop), "stop");
    EXPECT_EQ(name_of(Severity::park), "park");
    EXPECT_EQ(name_of(Severity::warn), "warn");
    EXPECT_EQ(name_of(static_cast<Severity>(3)), "");
}

TEST(HasStop, is_true_when_any_finding_stops) {
    const auto finding = [](Severity severity) {
        return Finding{.code = FindingCode::value_missing,
                       .severity = severity,
                       .where = {.file = "ledger.csv", .row = 2, .column = "amount"},
                       .arguments = {}};
    };
    EXPECT_FALSE(has_stop({}));
    EXPECT_FALSE(has_stop({finding(Severity::park), finding(Severity::warn)}));
    EXPECT_TRUE(has_stop({finding(Severity::stop)}));
    EXPECT_TRUE(
        has_stop({finding(Severity::warn), finding(Severity::park), finding(Severity::stop)}));
}

}  // namespace
}  // namespace yuanliu
