// Why this file: prior/ carries the money of stays across months; whoever edits it must be told,
// and late registration must not stop a month.
#include <gtest/gtest.h>

#include <algorithm>

#include "server/intake/month_reader.hpp"
#include "server/text/sha256.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

using testing::MonthFolderBuilder;

LoadedMonth read(const MonthFolderBuilder& builder) {
    const testing::TempFolder folder;
    builder.write(folder.path());
    const ParallelFor loop = testing::serial_loop();
    return read_month(folder.path() / "month", {.parallel_for = loop});
}

bool has(const LoadedMonth& loaded, FindingCode code, Severity severity) {
    return std::any_of(loaded.findings.begin(), loaded.findings.end(), [&](const Finding& finding) {
        return finding.code == code && finding.severity == severity;
    });
}

/// prior/ with the listing that a result of the month before would write.
MonthFolderBuilder with_listing(std::string_view hash_of_pools = {}) {
    MonthFolderBuilder builder;
    builder.with_prior();
    std::string listing;
    std::string members;
    for (const std::string name :
         {"carried_pools.csv", "in_hospital.csv", "in_hospital_charges.csv"}) {
        std::string hash = text::sha256_hex(builder.text("prior/" + name));
        if (name == "carried_pools.csv" && !hash_of_pools.empty()) {
            hash = hash_of_pools;
        }
        listing += "closing/" + name + " " + hash + "\n";
        members += (members.empty() ? "" : ", ") + ("\"closing/" + name + "\": \"" + hash + "\"");
    }
    builder.set(
        "prior/manifest.json",
        "{\"schema\": \"yuanliu.prior/1\", \"hospital\": \"H001\", \"period\": \"2026-08\", "
        "\"result_hash\": \"" +
            text::sha256_hex(listing) + "\", \"tables\": {" + members + "}}\n");
    return builder;
}

TEST(IntakePrior, true_listing_has_no_finding) {
    EXPECT_TRUE(read(with_listing()).findings.empty());
}

TEST(IntakePrior, edited_table_is_told) {
    MonthFolderBuilder builder = with_listing();
    builder.replace("prior/carried_pools.csv", "120000.00", "720000.00");
    EXPECT_TRUE(has(read(builder), FindingCode::prior_differs_from_result, Severity::stop));
}

TEST(IntakePrior, edited_listing_is_told_by_the_result_hash) {
    MonthFolderBuilder builder = with_listing();
    const std::string forged = "pool,name,amount\nretained_surplus,医保结余留用,720000.00\n";
    const std::string before = text::sha256_hex(builder.text("prior/carried_pools.csv"));
    builder.set("prior/carried_pools.csv", forged);
    builder.replace("prior/manifest.json", before, text::sha256_hex(forged));
    EXPECT_TRUE(has(read(builder), FindingCode::prior_differs_from_result, Severity::stop));
}

TEST(IntakePrior, late_registered_discharge_counts_with_this_month) {
    MonthFolderBuilder builder = with_listing();
    const std::vector<std::string> rows = builder.rows("encounters.csv");
    const auto stay = std::find_if(rows.begin(), rows.end(),
                                   [](const std::string& row) { return row.starts_with("E3,"); });
    ASSERT_NE(stay, rows.end());
    // Admitted in August, so a discharge on 2026-08-31 is before the month.
    std::string late = *stay;
    const std::size_t blank = late.find(",,");
    ASSERT_NE(blank, std::string::npos);
    late.insert(blank + 1, "2026-08-31");
    builder.replace("encounters.csv", *stay, late);
    const LoadedMonth loaded = read(builder);
    EXPECT_TRUE(has(loaded, FindingCode::discharge_registered_late, Severity::warn));
    EXPECT_EQ(loaded.month.encounters.back().status, StayStatus::discharged);
}

TEST(IntakePrior, stay_admitted_earlier_that_nothing_carries_is_told) {
    MonthFolderBuilder builder;
    builder.with_prior();
    builder.set_rows("prior/in_hospital.csv", {}).set_rows("prior/in_hospital_charges.csv", {});
    EXPECT_TRUE(has(read(builder), FindingCode::opening_stay_missing, Severity::warn));
}

}  // namespace
}  // namespace yuanliu::intake
