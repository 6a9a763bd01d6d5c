// Why this file: a finding without words in both languages would reach a finance person as a code.
#include <gtest/gtest.h>

#include <set>

#include "server/cli/finding_report.hpp"

namespace yuanliu::cli {
namespace {

std::vector<FindingCode> all_codes() {
    std::vector<FindingCode> codes;
#define YUANLIU_COLLECT(name) codes.push_back(FindingCode::name);
    YUANLIU_FINDING_CODES(YUANLIU_COLLECT)
#undef YUANLIU_COLLECT
    return codes;
}

TEST(FindingWords, every_code_has_its_own_words_in_both_languages) {
    std::set<std::string_view> seen;
    for (const FindingCode code : all_codes()) {
        for (const Language language : {Language::en, Language::zh}) {
            const std::string_view words = template_of(code, language);
            EXPECT_NE(words, name_of(code)) << name_of(code);
            EXPECT_TRUE(seen.insert(words).second) << words;
        }
    }
}

TEST(FindingWords, arguments_fill_their_slots) {
    const Finding finding{.code = FindingCode::unknown_department,
                          .severity = Severity::stop,
                          .where = {.file = "ledger.csv", .row = 7, .column = "department"},
                          .arguments = {"D9"}};
    EXPECT_EQ(words_of(finding, Language::en),
              "department D9 is not in departments.csv; add it or correct the code");
}

TEST(FindingWords, a_missing_argument_shows_as_a_question_mark_and_never_crashes) {
    const Finding finding{.code = FindingCode::duplicate_key,
                          .severity = Severity::stop,
                          .where = {},
                          .arguments = {"k"}};
    EXPECT_NE(words_of(finding, Language::en).find("row ?"), std::string::npos);
}

}  // namespace
}  // namespace yuanliu::cli
