// Why this file: an upload and a rules folder must agree on the names of catalogue files.
#include "server/text/plain_path.hpp"

#include <gtest/gtest.h>

#include <string>

namespace yuanliu::text {
namespace {

TEST(PlainPath, KeepsEveryOrdinaryName) {
    for (const char* path : {"codes.CSV", "own/dip/scores.tsv", "chs_1.1/SS-VALID.dat", "README"}) {
        EXPECT_TRUE(is_plain_path(path)) << path;
    }
    EXPECT_TRUE(is_plain_path(std::string(255, 'a') + "/b.csv"));
}

TEST(PlainPath, RefusesWhatLeavesTheFolderOrIsNoNameEverywhere) {
    for (const char* path : {"", "/a", "a/", "a//b", "..", "a/../b", ".hidden", "a/.b", "a b.csv",
                             "a\\b", "C:a", "\xe7\x97\x85.csv"}) {
        EXPECT_FALSE(is_plain_path(path)) << path;
    }
    EXPECT_FALSE(is_plain_path(std::string(256, 'a')));
    std::string deep = "a";
    while (deep.size() <= 1'000) {
        deep += "/a";
    }
    EXPECT_FALSE(is_plain_path(deep));
}

}  // namespace
}  // namespace yuanliu::text
