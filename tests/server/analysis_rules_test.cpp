// Why this file: analysis.toml as values, and each kind of fault of its form, all of them at once.
#include "server/intake/analysis_rules.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "server/intake/rules_reader.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

using testing::MonthFolderBuilder;
using testing::TempFolder;

LoadedAnalysis analysis_of(const std::string& text) {
    const TempFolder temp;
    const auto file = temp.path() / kAnalysisFile;
    std::ofstream(file, std::ios::binary) << text;
    return read_analysis(file);
}

const std::string kAnalysisHead = "schema = \"yuanliu.analysis/1\"\nversion = \"v\"\n";

/// "column: inner code" of every finding.
std::vector<std::string> analysis_faults(const std::string& body) {
    std::vector<std::string> found;
    for (const Finding& finding : analysis_of(kAnalysisHead + body).findings) {
        found.push_back(finding.where.column + ": " +
                        (finding.code == FindingCode::rule_malformed
                             ? finding.arguments.front()
                             : name_of(finding.code).data()));
    }
    return found;
}

using AnalysisFaults = std::vector<std::string>;

TEST(AnalysisRules, a_file_with_its_head_only_means_the_defaults) {
    const LoadedAnalysis loaded = analysis_of(kAnalysisHead);
    EXPECT_TRUE(loaded.findings.empty());
    EXPECT_EQ(loaded.rules.version, "v");
    ASSERT_EQ(loaded.rules.bands.size(), 5U);
    EXPECT_EQ(loaded.rules.bands[3].from.trimmed(), "2");
    EXPECT_EQ(loaded.rules.bands[3].to->trimmed(), "5");
    EXPECT_FALSE(loaded.rules.bands[4].to.has_value());
    EXPECT_EQ(loaded.rules.alert_months, 3);
    EXPECT_EQ(loaded.rules.quadrants.margin.fixed, 0);
    EXPECT_FALSE(loaded.rules.quadrants.weight.fixed.has_value());
}

TEST(AnalysisRules, values_are_those_of_the_file) {
    const LoadedAnalysis loaded = analysis_of(kAnalysisHead + R"(
[[weight_band]]
from = "0"
to = "1.25"
[[weight_band]]
from = "1.25"
[quadrants]
weight = "0.8"
volume = "12"
margin_rate = "median"
[advice]
few_cases = 7
bring_in_margin_rate = "0.1"
bring_in_weight = "2"
give_up_margin_rate = "-0.4"
give_up_weight = "0.3"
give_up_only_without_contribution = false
[insurer]
cases = 20
over = "0.05"
[alert]
months = 6
)");
    EXPECT_TRUE(loaded.findings.empty());
    EXPECT_EQ(loaded.rules.bands[0].to->trimmed(), "1.25");
    EXPECT_EQ(loaded.rules.quadrants.weight.fixed, 8'000);
    EXPECT_EQ(loaded.rules.quadrants.volume.fixed, 120'000);
    EXPECT_FALSE(loaded.rules.quadrants.margin.fixed.has_value());
    EXPECT_EQ(loaded.rules.advice.few_cases, 7);
    EXPECT_EQ(loaded.rules.advice.give_up_margin.trimmed(), "-0.4");
    EXPECT_EQ(loaded.rules.advice.give_up_weight.trimmed(), "0.3");
    EXPECT_FALSE(loaded.rules.advice.give_up_only_without_contribution);
    EXPECT_EQ(loaded.rules.insurer.cases, 20);
    EXPECT_EQ(loaded.rules.alert_months, 6);
}

TEST(AnalysisRules, bands_have_no_gap_no_overlap_and_no_end) {
    EXPECT_EQ(analysis_faults("[[weight_band]]\nfrom = \"0.5\"\n"),
              AnalysisFaults{"weight_band[0].from: bands_begin_at_zero"});
    EXPECT_EQ(analysis_faults(
                  "[[weight_band]]\nfrom = \"0\"\nto = \"1\"\n[[weight_band]]\nfrom = \"2\"\n"),
              AnalysisFaults{"weight_band[1].from: band_gap"});
    EXPECT_EQ(analysis_faults(
                  "[[weight_band]]\nfrom = \"0\"\nto = \"1\"\n[[weight_band]]\nfrom = \"0.5\"\n"),
              AnalysisFaults{"weight_band[1].from: band_overlap"});
    EXPECT_EQ(analysis_faults("[[weight_band]]\nfrom = \"0\"\nto = \"9\"\n"),
              AnalysisFaults{"weight_band[0].to: last_band_open"});
    EXPECT_EQ(analysis_faults(
                  "[[weight_band]]\nfrom = \"0\"\nto = \"0\"\n[[weight_band]]\nfrom = \"0\"\n"),
              AnalysisFaults{"weight_band[0].to: band_empty"});
}

TEST(AnalysisRules, a_table_that_is_there_is_complete) {
    EXPECT_EQ(analysis_faults("[quadrants]\nweight = \"median\"\n"),
              (AnalysisFaults{"quadrants.margin_rate: rule_key_missing",
                              "quadrants.volume: rule_key_missing"}));
    EXPECT_EQ(analysis_faults("[alert]\n"), AnalysisFaults{"alert.months: rule_key_missing"});
    EXPECT_EQ(
        analysis_faults("[quadrants]\nweight = \"mean\"\nvolume = \"1\"\nmargin_rate = \"0\"\n"),
        AnalysisFaults{"quadrants.weight: threshold_expected"});
    EXPECT_EQ(analysis_faults("[alert]\nmonths = 2\nweeks = 3\n"),
              AnalysisFaults{"alert.weeks: rule_key_unknown"});
}

TEST(AnalysisRules, the_file_is_no_part_of_the_rules_of_a_result) {
    const TempFolder temp;
    MonthFolderBuilder().write(temp.path());
    const std::string before = read_rules(temp.path() / "rules").rules_hash;
    std::ofstream(temp.path() / "rules" / kAnalysisFile, std::ios::binary) << kAnalysisHead;
    const LoadedRules loaded = read_rules(temp.path() / "rules");
    EXPECT_EQ(loaded.rules_hash, before);
    EXPECT_TRUE(loaded.findings.empty());
}

}  // namespace
}  // namespace yuanliu::intake
