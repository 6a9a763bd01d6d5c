// Why this file: a policy that can't be meant is refused as a whole, and everything that is wrong
// with it is said at once, at its line (docs/payment.md §1).
#include "server/intake/policy_reader.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

/// `code key:line [argument]` of each finding.
std::vector<std::string> faults_of(const std::string& text) {
    const testing::TempFolder folder;
    const auto file = folder.path() / "policy.toml";
    std::ofstream(file) << text;
    std::vector<std::string> out;
    for (const Finding& finding : read_policy(file).findings) {
        out.push_back(std::string(name_of(finding.code)) + " " + finding.where.column + ":" +
                      std::to_string(finding.where.row) +
                      (finding.arguments.empty() ? "" : " " + finding.arguments.front()));
    }
    return out;
}

using Faults = std::vector<std::string>;

TEST(PolicyReader, names_every_fault_of_a_file_at_once) {
    const Faults faults = faults_of(
        "schema = \"yuanliu.policy/2\"\n"               // 1
        "id = \"x\"\n"                                  // 2
        "kind = \"point\"\n"                            // 3
        "value = 12.5\n"                                // 4
        "coefficients = [\"hospital\", \"hospitl\"]\n"  // 5
        "regoin = \"a\"\n"                              // 6
        "[coefficient]\n"                               // 7
        "level = \"1.2\"\n"                             // 8
        "[[band]]\n"                                    // 9
        "to = \"2\"\n"                                  // 10
        "formula = \"linear\"\n"                        // 11
        "p = \"1\"\n"                                   // 12
        "share = \"0.5\"\n"                             // 13
        "[[band]]\n"                                    // 14
        "to = \"1.5\"\n"                                // 15
        "formula = \"linear\"\n"                        // 16
        "[[band]]\n"                                    // 17
        "formula = \"charge\"\n"                        // 18
        "to = \"9\"\n"                                  // 19
        "[[class]]\n"                                   // 20
        "name = \"a\"\n"                                // 21
        "charge_share = \"1,5\"\n"                      // 22
        "[[class]]\n"                                   // 23
        "name = \"a\"\n"                                // 24
        "[settlement]\n"                                // 25
        "prepay_share = \"0.97\"\n"                     // 26
        "deposit_share = \"0.05\"\n");                  // 27
    const Faults wanted{"rule_malformed schema:1 schema_unknown",
                        "word_unknown kind:3 point",
                        "rule_decimal_not_quoted value:4 decimal_expected",
                        "word_unknown coefficients:5 hospitl",
                        "rule_key_unknown regoin:6 regoin",
                        "rule_malformed coefficient.level:8 coefficient_unused",
                        "rule_key_unknown band[0].share:13 band[0].share",
                        "policy_ends_broken band[1].to:15 not_above",
                        "policy_ends_broken band[2].to:19 last_has_end",
                        "number_malformed class[0].charge_share:22 1,5",
                        "duplicate_key class[1].name:24 a",
                        "number_out_of_range settlement.deposit_share:27 0.05"};
    for (const std::string& one : wanted) {
        EXPECT_NE(std::find(faults.begin(), faults.end(), one), faults.end()) << one;
    }
    EXPECT_NE(std::find(faults.begin(), faults.end(), "rule_key_missing ratio_to:1 ratio_to"),
              faults.end());
    EXPECT_EQ(faults.size(), wanted.size() + 1);
}

struct FaultRow {
    const char* rest;
    Faults faults;
};

TEST(PolicyReader, refuses_what_would_never_apply_or_leave_a_gap) {
    const std::string head = "schema = \"yuanliu.policy/1\"\nid = \"x\"\n";  // lines 1 and 2
    const std::vector<FaultRow> rows{
        {"kind = \"item\"\n", {"rule_key_missing charge_share:1 charge_share"}},
        {"kind = \"head\"\n",
         {"rule_key_missing amount_per_head:1 amount_per_head", "rule_key_missing heads:1 heads"}},
        {"kind = \"global_budget\"\n", {"rule_key_missing budget:1 budget"}},
        {"kind = \"points\"\nratio_to = \"mean\"\n",
         {"rule_key_missing mean_charge:1 mean_charge"}},
        {"kind = \"item\"\ncharge_share = \"1\"\n[[band]]\nformula = \"linear\"\n",
         {"rule_malformed band:5 bands_without_score"}},
        {"kind = \"points\"\n[[exception]]\nname = \"a\"\nformula = \"charge\"\n",
         {"rule_malformed exception[0].name:5 exception_without_condition"}},
        {"kind = \"points\"\n[tiers]\nby = \"score\"\nto = [\"1\", \"2\"]\n[[band]]\nformula = "
         "\"linear\"\nr = [\"1\", \"2\"]\n",
         {"rule_malformed band[0].r:9 tier_count"}},
        {"kind = \"points\"\n[tiers]\nby = \"score\"\nto = [\"2\", \"1\"]\n",
         {"policy_ends_broken tiers.to:6 not_above"}},
        {"kind = \"bed_day\"\n[[bed_day]]\namount = \"1\"\n[[bed_day]]\nto = 3\namount = \"1\"\n",
         {"policy_ends_broken bed_day[0].to:4 end_missing",
          "policy_ends_broken bed_day[1].to:7 last_has_end"}},
        {"kind = \"points\"\n[[surplus]]\nto = \"0.1\"\nkeep = \"1.5\"\n",
         {"number_out_of_range surplus[0].keep:6 1.5",
          "policy_ends_broken surplus[0].to:5 last_has_end"}},
        {"kind = \"points\"\n[[class]]\nname = \"a\"\nplain = true\ncharge_share = \"1\"\n",
         {"rule_malformed class[0].charge_share:7 charge_share_alone"}}};
    for (const FaultRow& row : rows) {
        Faults faults = faults_of(head + row.rest);
        Faults wanted = row.faults;
        std::sort(faults.begin(), faults.end());
        std::sort(wanted.begin(), wanted.end());
        EXPECT_EQ(faults, wanted) << row.rest;
    }
}

TEST(PolicyReader, reads_every_example) {
    const std::filesystem::path folder =
        std::filesystem::path(YUANLIU_SOURCE_DIR) / "tests/policies";
    std::size_t read = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const LoadedPolicy loaded = read_policy(entry.path());
        EXPECT_TRUE(loaded.findings.empty()) << entry.path();
        EXPECT_EQ(loaded.policy.id, entry.path().stem().string() + "-example");
        ++read;
    }
    EXPECT_GE(read, 23U);
}

}  // namespace
}  // namespace yuanliu::intake
