// Why this file: a code that is a number must still order, begin and end as its letters do.
#include <gtest/gtest.h>

#include "costing/group/medical_code.hpp"

namespace yuanliu::costing::group {
namespace {

MedicalCode code(std::string_view text) {
    return MedicalCode::parse(text).value();
}

TEST(MedicalCodeTest, IsItsTextAgain) {
    for (const std::string_view text :
         {"A", "A00.000", "A01.002+G01*", "47.0100x001", "A01.000x005+J17.0*", "67.4x00x002",
          "01234567890123456789"}) {
        EXPECT_EQ(code(text).text(), text);
        EXPECT_EQ(code(text).length(), text.size());
    }
}

TEST(MedicalCodeTest, RefusesWhatIsNoCode) {
    for (const std::string_view text :
         {"", "a00", "A 0", "A00；", "012345678901234567890", "X00X-"}) {
        EXPECT_FALSE(MedicalCode::parse(text).has_value()) << text;
    }
}

TEST(MedicalCodeTest, OrdersAsBytesDo) {
    const std::vector<std::string> ascending{
        "A00", "A00.0", "A00.000", "A00.000x001", "A00.001", "A0A", "A0x", "B", "x"};
    for (std::size_t i = 1; i < ascending.size(); ++i) {
        EXPECT_LT(code(ascending[i - 1]), code(ascending[i])) << ascending[i];
        EXPECT_LT(ascending[i - 1], ascending[i]) << "the list itself";
    }
}

TEST(MedicalCodeTest, PrefixesAndCategory) {
    EXPECT_EQ(code("K35.800").category(), code("K35"));
    EXPECT_EQ(code("K35.800").prefix(5), code("K35.8"));
    EXPECT_EQ(code("K35").prefix(7), code("K35"));
    EXPECT_TRUE(code("K35.800").prefix(0).is_blank());
    EXPECT_TRUE(code("47.0100x001").begins_with(code("47.01")));
    EXPECT_TRUE(code("47.01").begins_with(code("47.01")));
    EXPECT_FALSE(code("47.01").begins_with(code("47.0100")));
    EXPECT_FALSE(code("47.0200").begins_with(code("47.01")));
}

TEST(MedicalCodeTest, ExtensionsEndWithXAndThreeDigits) {
    EXPECT_TRUE(code("99.2800x005").is_extension());
    EXPECT_TRUE(code("67.4x00x002").is_extension());
    EXPECT_FALSE(code("33.6x00").is_extension());
    EXPECT_FALSE(code("99.2800").is_extension());
    EXPECT_FALSE(code("x01").is_extension());
}

TEST(MedicalCodeTest, AnIndexNumbersInTheOrderOfComing) {
    MedicalCodeIndex index;
    EXPECT_EQ(index.find(code("A00")), MedicalCodeIndex::kNone);
    for (std::uint32_t i = 0; i < 5000; ++i) {
        EXPECT_EQ(index.add(code("A" + std::to_string(i))), i);
    }
    for (std::uint32_t i = 0; i < 5000; ++i) {
        EXPECT_EQ(index.add(code("A" + std::to_string(i))), i);
        EXPECT_EQ(index.code(i).text(), "A" + std::to_string(i));
    }
    EXPECT_FALSE(index.contains(code("B1")));
    EXPECT_EQ(index.size(), 5000U);
}

}  // namespace
}  // namespace yuanliu::costing::group
