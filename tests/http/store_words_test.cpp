// Why this file: whatever the store refuses, a person reads it in their language, with the mend.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "server/store/error_words.hpp"

namespace yuanliu::store {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

TEST(StoreWordsTest, EveryCodeHasWordsOfItsOwnInBothLanguagesWithTheMend) {
    std::set<std::string_view> english;
    std::set<std::string_view> chinese;
    const int codes = static_cast<int>(StoreErrorCode::internal) + 1;
    for (int i = 0; i < codes; ++i) {
        const auto code = static_cast<StoreErrorCode>(i);
        const std::string_view name = store_error_name(code);
        const ErrorWords& words = words_of(code);
        EXPECT_TRUE(is_ascii(words.en)) << name;
        EXPECT_FALSE(is_ascii(words.zh)) << name;
        // First what is the matter, then what helps.
        EXPECT_NE(words.en.find(';'), std::string_view::npos) << name;
        EXPECT_NE(words.zh.find(';'), std::string_view::npos) << name;
        english.insert(words.en);
        chinese.insert(words.zh);
        EXPECT_EQ(store_error_of(name), code);
    }
    EXPECT_EQ(english.size(), static_cast<std::size_t>(codes));
    EXPECT_EQ(chinese.size(), static_cast<std::size_t>(codes));
    EXPECT_EQ(store_error_of("findings"), std::nullopt);
}

TEST(StoreWordsTest, MendFitsTheCode) {
    using enum StoreErrorCode;
    for (const auto code : {database_unavailable, pool_exhausted, disk_full, write_conflict,
                            run_already_active, month_changed}) {
        EXPECT_EQ(words_of(code).mend, Mend::try_again) << store_error_name(code);
    }
    for (const auto code : {not_allowed, schema_not_current, month_missing, hospital_missing}) {
        EXPECT_EQ(words_of(code).mend, Mend::ask_otherwise) << store_error_name(code);
    }
    for (const auto code : {duplicate_key, word_unknown, value_out_of_bounds, internal}) {
        EXPECT_EQ(words_of(code).mend, Mend::tell_us) << store_error_name(code);
    }
}

}  // namespace
}  // namespace yuanliu::store
