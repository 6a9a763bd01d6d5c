// Why this file: rows are split and rendered as RFC 4180 says, and text that is not UTF-8 is seen.
#include <gtest/gtest.h>

#include "server/text/csv.hpp"
#include "server/text/sha256.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::text {
namespace {

struct SplitCase {
    std::string line;
    std::vector<std::string> fields;  ///< empty = refused
    LineFault fault = LineFault::none;
    bool canonical = true;
};

TEST(Csv, splits_rows_and_knows_canonical_quotes) {
    const std::vector<SplitCase> cases{
        {.line = "", .fields = {""}},
        {.line = "a,b,c", .fields = {"a", "b", "c"}},
        {.line = ",,", .fields = {"", "", ""}},
        {.line = "科室,b", .fields = {"科室", "b"}},
        {.line = R"("a,b",c)", .fields = {"a,b", "c"}},
        {.line = R"("a, ""b""",,"""")", .fields = {R"(a, "b")", "", "\""}},
        {.line = R"("a",b)", .fields = {"a", "b"}, .canonical = false},
        {.line = R"("",b)", .fields = {"", "b"}, .canonical = false},
        {.line = R"(a"b,c)", .fields = {}, .fault = LineFault::quoting_broken},
        {.line = R"("a"b,c)", .fields = {}, .fault = LineFault::quoting_broken},
        {.line = R"("a,c)", .fields = {}, .fault = LineFault::quoting_broken},
        {.line = R"(a,"b"")", .fields = {}, .fault = LineFault::quoting_broken},
        {.line = "a,\xC0\xAF", .fields = {}, .fault = LineFault::not_utf8},
    };
    RowSplitter splitter;
    for (const SplitCase& one : cases) {
        EXPECT_EQ(splitter.split(one.line), one.fault) << one.line;
        if (one.fault != LineFault::none) {
            continue;
        }
        std::vector<std::string> fields;
        std::vector<std::string_view> views;
        bool canonical = true;
        for (const Field& field : splitter.fields()) {
            fields.emplace_back(field.value);
            views.push_back(field.value);
            canonical = canonical && field.quoted_as_canonical;
        }
        EXPECT_EQ(fields, one.fields) << one.line;
        EXPECT_EQ(canonical, one.canonical) << one.line;
        EXPECT_EQ(render_row(views) == one.line, one.canonical) << one.line;
    }
}

TEST(Csv, counts_a_last_line_without_line_end) {
    EXPECT_EQ(count_lines(""), 0U);
    EXPECT_EQ(count_lines("a\n"), 1U);
    EXPECT_EQ(count_lines("a\nb"), 2U);
    EXPECT_EQ(count_lines("\n\n"), 2U);
}

TEST(Utf8, refuses_what_the_standard_refuses) {
    for (const std::string_view good :
         {"", "abc", "é", "中文", "\xF0\x9F\x8F\xA5", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_EQ(first_invalid_utf8(good), std::string_view::npos) << good;
    }
    for (const std::string_view bad : {"a\x80", "a\xC1\xBF", "a\xE0\x9F\xBF", "a\xED\xA0\x80",
                                       "a\xF4\x90\x80\x80", "a\xF8\x88\x80\x80", "a\xE4\xB8"}) {
        EXPECT_EQ(first_invalid_utf8(bad), 1U) << bad;
    }
}

TEST(Utf8, shown_values_are_short_and_well_formed) {
    EXPECT_EQ(shown("内科", 120), "内科");
    EXPECT_EQ(shown("内科", 4), "内…");
    EXPECT_EQ(shown("a\xFFz"), "a?z");
}

TEST(Sha256, known_digests) {
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256 pieces;
    pieces.update("a");
    pieces.update("bc");
    EXPECT_EQ(pieces.hex(), sha256_hex("abc"));
}

}  // namespace
}  // namespace yuanliu::text
