// Why this file: the rules folder as values, its hash, and each kind of finding of its form.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>

#include "server/intake/rules_reader.hpp"
#include "server/text/sha256.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

using testing::MonthFolderBuilder;
using testing::TempFolder;
using enum FindingCode;

LoadedRules load_rules_of(const MonthFolderBuilder& folder) {
    const TempFolder temp;
    folder.write(temp.path());
    return read_rules(temp.path() / "rules");
}

const std::string kAllocation = "rules/allocation.toml";
const std::string kBonus = "rules/bonus.toml";
const std::string kCosting = "rules/costing.toml";
const std::string kPayment = "rules/payment.toml";

TEST(IntakeRules, valid_rules_have_their_values) {
    const LoadedRules loaded = load_rules_of(MonthFolderBuilder());
    EXPECT_TRUE(loaded.findings.empty());
    const Rules& rules = loaded.rules;
    ASSERT_EQ(rules.allocation.stages.size(), 2U);
    EXPECT_EQ(rules.allocation.version, "2026.1");
    EXPECT_EQ(rules.allocation.stages[0].name, Origin::administrative);
    EXPECT_TRUE(rules.allocation.stages[0].before_items);
    EXPECT_FALSE(rules.allocation.stages[1].before_items);
    EXPECT_EQ(rules.allocation.stages[1].rules[0].drivers,
              (std::vector<std::string>{"workload", "headcount"}));
    ASSERT_TRUE(rules.payment.has_value());
    EXPECT_EQ(rules.payment->hospital_coefficient, Rate::from_raw(10'800));
    EXPECT_TRUE(rules.payment->deviation.low_inclusive);
    EXPECT_FALSE(rules.payment->deviation.high_inclusive);
    EXPECT_EQ(rules.payment->payers[0].method, PayerMethod::dip);
    EXPECT_EQ(rules.payment->payers[0].point_value, Rate::from_raw(116'000));
    EXPECT_EQ(rules.payment->payers[1].method, PayerMethod::charges);
    ASSERT_TRUE(rules.bonus.has_value());
    EXPECT_EQ(rules.bonus->release_share, Rate::from_raw(833));
    EXPECT_TRUE(rules.bonus->gates[0].is_minimum);
    EXPECT_EQ(rules.bonus->gates[0].factor, Rate());
}

TEST(IntakeRules, only_the_allocation_is_required) {
    MonthFolderBuilder folder;
    folder.remove(kBonus).remove(kCosting).remove(kPayment);
    const LoadedRules loaded = load_rules_of(folder);
    EXPECT_TRUE(loaded.findings.empty());
    EXPECT_FALSE(loaded.rules.payment.has_value());
    EXPECT_EQ(loaded.rules.costing.max_parked_share, Rate::from_raw(50));
}

TEST(IntakeRules, hash_is_of_flattened_lines) {
    MonthFolderBuilder folder;
    folder.remove(kBonus).remove(kPayment).set(kAllocation, R"(
# a comment
version = "v"
schema = "yuanliu.allocation/1"
[[stage]]
name = "public"
senders = []
receivers = ["class:clinical", "A"]
before_items = true
)");
    EXPECT_EQ(load_rules_of(folder).rules_hash,
              text::sha256_hex("allocation.toml:schema=yuanliu.allocation/1\n"
                               "allocation.toml:stage[0].before_items=true\n"
                               "allocation.toml:stage[0].name=public\n"
                               "allocation.toml:stage[0].receivers[0]=class:clinical\n"
                               "allocation.toml:stage[0].receivers[1]=A\n"
                               "allocation.toml:version=v\n"
                               "costing.toml:max_parked_share=0.005\n"
                               "costing.toml:schema=yuanliu.costing/1\n"
                               "costing.toml:version=2026.1\n"));
}

struct RulesCase {
    std::string file;
    std::string from;  ///< blank: the file is removed
    std::string to;
    FindingCode code{};
    std::int64_t row = 0;
    std::string column;
    std::vector<std::string> arguments;
};

// clang-format off
const std::vector<RulesCase>& cases() {
    static const std::vector<RulesCase> all{
        {kAllocation, "", "", rule_file_missing, 0, "", {"allocation.toml"}},
        {kAllocation, "version = \"2026.1\"", "", rule_key_missing, 1, "version", {"version"}},
        {kAllocation, "before_items = true", "", rule_key_missing, 4, "stage[0].before_items", {"stage[0].before_items"}},
        {kAllocation, "yuanliu.allocation/1", "x/1", rule_malformed, 1, "schema", {"schema_unknown", "x/1"}},
        {kAllocation, "before_items = true", "before_items = \"true\"", rule_malformed, 8, "stage[0].before_items", {"boolean_expected", "string"}},
        {kAllocation, "[\"headcount\"]", "\"headcount\"", rule_malformed, 13, "stage[0].rule[0].drivers", {"array_expected", "string"}},
        {kAllocation, "[\"headcount\"]", "[]", rule_malformed, 13, "stage[0].rule[0].drivers", {"array_empty", ""}},
        {kAllocation, "[\"headcount\"]", "[7]", rule_malformed, 13, "stage[0].rule[0].drivers[0]", {"string_expected", "integer"}},
        {kAllocation, "[\"headcount\"]", "[\"\"]", rule_malformed, 13, "stage[0].rule[0].drivers[0]", {"value_blank", ""}},
        {kAllocation, "name = \"administrative\"", "name = \"direct\"", word_unknown, 5, "stage[0].name", {"direct", "public, administrative, auxiliary, medical_technology, by_class"}},
        {kAllocation, "before_items = true", "before_items = true\nmethod = \"magic\"", word_unknown, 9, "stage[0].method", {"magic", "outward, sequential, mutual, peer_first, double, reciprocal, iterative"}},
        {kAllocation, "before_items = true", "before_items = true\npasses = 0", number_out_of_range, 9, "stage[0].passes", {"0", "1", "1000"}},
        {kAllocation, "before_items = true", "before_items = true\npasses = \"3\"", rule_malformed, 9, "stage[0].passes", {"integer_expected", "string"}},
        {kAllocation, "[\"headcount\"]", "[\"headcount\"]\n  from = \"2026-13\"", period_malformed, 14, "stage[0].rule[0].from", {"2026-13"}},
        {kAllocation, "[\"headcount\"]", "[\"headcount\"]\n  from = \"2026-02\"\n  until = \"2026-01\"", rule_malformed, 15, "stage[0].rule[0].until", {"until_before_from", "2026-01"}},
        {kAllocation, "[\"headcount\"]", "[\"headcount\"]\n  fund_sources = [\"gift\"]", word_unknown, 14, "stage[0].rule[0].fund_sources", {"gift", "*, basic, fiscal_project, other_fiscal_project, research, teaching"}},
        {kAllocation, "[\"headcount\"]", "[\"headcount\"]\n  receivers = []", rule_malformed, 14, "stage[0].rule[0].receivers", {"array_empty", ""}},
        {kAllocation, "version = \"2026.1\"", "version = \"2026.1\"\nrounding = \"yuan\"", word_unknown, 3, "rounding", {"yuan", "fen, cms_form"}},
        {kAllocation, "version = \"2026.1\"", "version = \"2026.1\"\nnegative_balances = \"drop\"", word_unknown, 3, "negative_balances", {"drop", "send, keep"}},
        {kAllocation, "version = \"2026.1\"", "version = \"2026.1\"\ndriver = [ { driver = \"x\" } ]", rule_key_missing, 3, "driver[0].terms", {"driver[0].terms"}},
        {kAllocation, "class:administrative", "class:admin", word_unknown, 6, "stage[0].senders", {"class:admin", "class:public, class:administrative, class:auxiliary, class:medical_technology, class:clinical"}},
        {kAllocation, "cost_categories = [\"*\"]", "cost_categories = [\"wages\"]", word_unknown, 12, "stage[0].rule[0].cost_categories", {"wages", "*, staff, materials, drugs, depreciation, amortization, risk_fund, other_operating"}},
        {kAllocation, "drivers = [\"headcount\"]", "driver = []\n  drivers = [\"headcount\"]", rule_key_unknown, 13, "stage[0].rule[0].driver", {"stage[0].rule[0].driver"}},
        {kCosting, "\"0.005\"", "0.005", rule_decimal_not_quoted, 3, "max_parked_share", {"decimal_expected", "float"}},
        {kCosting, "\"0.005\"", "1", rule_decimal_not_quoted, 3, "max_parked_share", {"decimal_expected", "integer"}},
        {kCosting, "\"0.005\"", "\"0.00501\"", number_malformed, 3, "max_parked_share", {"0.00501", "4"}},
        {kCosting, "\"0.005\"", "\"1.5\"", number_out_of_range, 3, "max_parked_share", {"1.5", "0", "1"}},
        {kCosting, "\"0.005\"", "true", rule_malformed, 3, "max_parked_share", {"decimal_expected", "boolean"}},
        {kCosting, "version = \"2026.1\"", "version = 2026-01-01", rule_malformed, 2, "version", {"type_not_allowed", "date"}},
        {kPayment, "method = \"dip\"", "method = \"drg\"", word_unknown, 15, "payer[0].method", {"drg", "dip, charges, policy"}},
        {kPayment, "point_value = \"11.6\"", "", rule_key_missing, 13, "payer[0].point_value", {"payer[0].point_value"}},
        {kPayment, "\"resident\"", "\"employee\"", duplicate_key, 19, "payer[1].payer", {"employee", "14"}},
        {kPayment, "\"inclusive\"", "\"included\"", word_unknown, 9, "deviation.low_boundary", {"included", "inclusive, exclusive"}},
        {kBonus, "full_at = \"0.5\"", "full_at = \"0.1\"", rule_malformed, 10, "indicator[0].full_at", {"full_at_equals_zero_at", "0.1"}},
        {kBonus, "at_least = \"0.95\"", "", rule_key_missing, 18, "gate[0].at_least", {"gate[0].at_least"}},
        {kBonus, "at_least = \"0.95\"", "at_least = \"0.95\"\nat_most = \"1\"", rule_malformed, 22, "gate[0].at_most", {"at_least_and_at_most", ""}},
        {kBonus, "effect = \"block\"", "effect = \"scale\"", rule_key_missing, 18, "gate[0].factor", {"gate[0].factor"}},
        {kBonus, "effect = \"block\"", "effect = \"block\"\nfactor = \"0.5\"", rule_key_unknown, 23, "gate[0].factor", {"gate[0].factor"}},
    };
    return all;
}
// clang-format on

TEST(IntakeRules, each_fault_is_one_finding_with_its_line) {
    for (const RulesCase& one : cases()) {
        MonthFolderBuilder folder;
        if (one.from.empty()) {
            folder.remove(one.file);
        } else {
            folder.replace(one.file, one.from, one.to);
        }
        const LoadedRules loaded = load_rules_of(folder);
        const bool found =
            std::any_of(loaded.findings.begin(), loaded.findings.end(), [&](const Finding& f) {
                return f.code == one.code && f.severity == Severity::stop &&
                       "rules/" + f.where.file == one.file && f.where.row == one.row &&
                       f.where.column == one.column && f.arguments == one.arguments;
            });
        std::string all;
        for (const Finding& f : loaded.findings) {
            all += std::string(name_of(f.code)) + " " + std::to_string(f.where.row) + " " +
                   f.where.column + " " + ::testing::PrintToString(f.arguments) + "\n";
        }
        EXPECT_TRUE(found) << name_of(one.code) << " " << one.row << " " << one.column
                           << "\nfound\n"
                           << all;
    }
}

TEST(IntakeRules, broken_toml_names_its_line) {
    MonthFolderBuilder folder;
    folder.set(kCosting, "schema = \"yuanliu.costing/1\"\nversion = = 1\n");
    const LoadedRules loaded = load_rules_of(folder);
    ASSERT_EQ(loaded.findings.size(), 1U);
    EXPECT_EQ(loaded.findings[0].code, rule_malformed);
    EXPECT_EQ(loaded.findings[0].where.row, 2);
    EXPECT_EQ(loaded.findings[0].arguments[0], "not_toml");
}

TEST(IntakeRules, unknown_file_is_a_warning_and_not_hashed) {
    MonthFolderBuilder folder;
    const std::string plain = load_rules_of(folder).rules_hash;
    folder.set("rules/extra.toml", "x = 1\n");
    const LoadedRules loaded = load_rules_of(folder);
    EXPECT_EQ(loaded.rules_hash, plain);
    ASSERT_EQ(loaded.findings.size(), 1U);
    EXPECT_EQ(loaded.findings[0].code, unknown_file_ignored);
    EXPECT_EQ(loaded.findings[0].severity, Severity::warn);
}

TEST(IntakeRules, missing_folder_is_a_missing_allocation) {
    const LoadedRules loaded = read_rules("/nonexistent/rules");
    ASSERT_EQ(loaded.findings.size(), 1U);
    EXPECT_EQ(loaded.findings[0].code, rule_file_missing);
}

}  // namespace
}  // namespace yuanliu::intake
