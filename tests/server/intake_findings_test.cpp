// Why this file: each kind of finding of the month's intake, met once: one thing of a valid folder
// is altered, and the finding must name code, severity, file, row, column and arguments.
#include <gtest/gtest.h>

#include <algorithm>

#include <functional>
#include <ostream>

#include "server/intake/month_reader.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

using testing::MonthFolderBuilder;
using testing::TempFolder;
using enum FindingCode;

struct Case {
    std::function<void(MonthFolderBuilder&)> alter;
    FindingCode code{};
    Severity severity = Severity::stop;
    std::string file;
    std::int64_t row = 0;
    std::string column;
    std::vector<std::string> arguments;
};

std::string text_of(const Finding& finding) {
    std::string text = std::string(name_of(finding.severity)) + " " +
                       std::string(name_of(finding.code)) + " " + finding.where.file + ":" +
                       std::to_string(finding.where.row) + " " + finding.where.column;
    for (const std::string& argument : finding.arguments) {
        text += " [" + argument + "]";
    }
    return text;
}

LoadedMonth load_capped(const MonthFolderBuilder& folder, std::size_t cap = 200) {
    const TempFolder temp;
    folder.write(temp.path());
    const ParallelFor loop = testing::serial_loop();
    return read_month(temp.path() / "month",
                      {.parallel_for = loop, .max_findings_per_code_and_file = cap});
}

std::vector<std::string> texts_of(const LoadedMonth& loaded) {
    std::vector<std::string> texts;
    for (const Finding& finding : loaded.findings) {
        texts.push_back(text_of(finding));
    }
    return texts;
}

/// Replaces text in a file.
auto swap(std::string file, std::string from, std::string to) {
    return [=](MonthFolderBuilder& folder) { folder.replace(file, from, to); };
}
/// Adds a row.
auto row(std::string file, std::string text) {
    return [=](MonthFolderBuilder& folder) { folder.add_row(file, text); };
}
/// Sets a whole file, with `prior/` present.
auto in_prior(std::string file, std::string from, std::string to) {
    return [=](MonthFolderBuilder& folder) { folder.with_prior().replace(file, from, to); };
}

constexpr auto kStop = Severity::stop;
constexpr auto kPark = Severity::park;
constexpr auto kWarn = Severity::warn;

// clang-format off
std::vector<Case> form_cases() {
    return {
        {[](auto& f) { f.remove("ledger.csv"); }, file_missing, kStop, "ledger.csv", 0, "", {"ledger.csv"}},
        {[](auto& f) { f.remove("manifest.json"); }, file_missing, kStop, "manifest.json", 0, "", {"manifest.json"}},
        {[](auto& f) { f.remove("drivers.csv").set("drivers.csv/inner", ""); }, file_unreadable, kStop, "drivers.csv", 0, "", {"not a regular file"}},
        {swap("drivers.csv", "driver,name", "driver,title"), header_wrong, kStop, "drivers.csv", 1, "", {"driver,name,unit", "driver,title,unit"}},
        {row("drivers.csv", "x,y"), field_count_wrong, kStop, "drivers.csv", 4, "", {"3", "2"}},
        {row("drivers.csv", ""), field_count_wrong, kStop, "drivers.csv", 4, "", {"3", "1"}},
        {row("drivers.csv", "x,y\"z,u"), quoting_broken, kStop, "drivers.csv", 4, "", {"4"}},
        {row("drivers.csv", "x,\xFFy,u"), not_utf8, kStop, "drivers.csv", 4, "", {"3"}},
        {row("drivers.csv", "x,,u"), value_missing, kStop, "drivers.csv", 4, "name", {}},
        {swap("account_map.csv", "cost,C01,", "cost,,"), value_missing, kStop, "account_map.csv", 4, "cost_item", {}},
        {swap("account_map.csv", "excluded,,资本性支出", "excluded,,"), value_missing, kStop, "account_map.csv", 2, "reason", {}},
        {swap("dip_catalogue.csv", ",,surgery,", ",,,"), value_missing, kStop, "dip_catalogue.csv", 3, "procedure_class", {}},
        {swap("ledger.csv", "30000.00", "30000.001"), number_malformed, kStop, "ledger.csv", 2, "amount", {"30000.001", "2"}},
        {swap("driver_readings.csv", "LAB,4", "LAB,1e3"), number_malformed, kStop, "driver_readings.csv", 2, "value", {"1e3", "4"}},
        {swap("driver_readings.csv", "LAB,4", "LAB,-4"), number_out_of_range, kStop, "driver_readings.csv", 2, "value", {"-4", "0", "100000000000"}},
        {swap("service_items.csv", "日,1,", "日,0,"), number_out_of_range, kStop, "service_items.csv", 2, "equivalent", {"0", "0.0001", "1000000"}},
        {swap("staff.csv", "1.2,1\n", "1.2,1.1\n"), number_out_of_range, kStop, "staff.csv", 2, "attendance", {"1.1", "0", "1"}},
        {swap("diagnoses.csv", "E1,2", "E1,0"), number_out_of_range, kStop, "diagnoses.csv", 3, "sequence", {"0", "1", "1000000000"}},
        {swap("ledger.csv", "30000.00", "100000000000.01"), number_out_of_range, kStop, "ledger.csv", 2, "amount", {"100000000000.01", "-100000000000", "100000000000"}},
        {swap("encounters.csv", "2026-09-03", "2026-09-31"), date_malformed, kStop, "encounters.csv", 2, "admitted_on", {"2026-09-31"}},
        {swap("ledger.csv", "2026-09,2026-09", "2026-13,2026-09"), period_malformed, kStop, "ledger.csv", 2, "booking_period", {"2026-13"}},
        {swap("encounters.csv", "outpatient", "visit"), word_unknown, kStop, "encounters.csv", 3, "kind", {"visit", "inpatient, outpatient"}},
        {swap("pathway_readings.csv", "E1,1,", "E1,yes,"), word_unknown, kStop, "pathway_readings.csv", 2, "eligible", {"yes", "0, 1"}},
        {row("drivers.csv", "~x,y,u"), code_malformed, kStop, "drivers.csv", 4, "driver", {"~x"}},
        {row("drivers.csv", "x ,y,u"), code_malformed, kStop, "drivers.csv", 4, "driver", {"x "}},
        {row("drivers.csv", "x,a\tb,u"), text_malformed, kStop, "drivers.csv", 4, "name", {"a\tb", "3"}},
        {row("drivers.csv", "headcount,again,u"), duplicate_key, kStop, "drivers.csv", 4, "driver", {"headcount", "2"}},
        {row("drivers.csv", "headcount,人数,人"), duplicate_key, kStop, "drivers.csv", 4, "driver", {"headcount", "2"}},
        {row("charge_lines.csv", "E1,01,2026-09-03,BED,SUR,SUR,,1,5.00,"), duplicate_key, kStop, "charge_lines.csv", 11, "encounter,line", {"E1,01", "2"}},
    };
}

std::vector<Case> folder_cases() {
    return {
        {swap("manifest.json", "\"period\"", "\"periods\""), manifest_malformed, kStop, "manifest.json", 0, "period", {"key_missing", ""}},
        {swap("manifest.json", "\"hospital_name\"", "oops"), manifest_malformed, kStop, "manifest.json", 4, "", {"not_json", "syntax error"}},
        {swap("manifest.json", "yuanliu.month/1", "yuanliu.month/2"), manifest_malformed, kStop, "manifest.json", 0, "schema", {"schema_unknown", "yuanliu.month/2"}},
        {[](auto& f) { f.feed("settlements", "final"); }, manifest_malformed, kStop, "manifest.json", 0, "feeds.settlements", {"table_unknown", "settlements"}},
        {[](auto& f) { f.feed("ledger", "late"); }, manifest_malformed, kStop, "manifest.json", 0, "feeds.ledger", {"feed_state_unknown", "\"late\""}},
        {swap("manifest.json", "\"feeds\"", "\"files\": {\"drivers.csv\": {\"rows\": 9}}, \"feeds\""), raw_file_differs, kWarn, "drivers.csv", 0, "rows", {"rows", "9", "2"}},
        {swap("manifest.json", "\"feeds\"", "\"files\": {\"absent.csv\": {\"rows\": 9}}, \"feeds\""), raw_file_differs, kWarn, "absent.csv", 0, "file", {"file", "absent.csv", "No such file or directory"}},
        {[](auto& f) { f.set("settlements.csv", "x\n"); }, reserved_file_ignored, kWarn, "settlements.csv", 0, "", {"settlements.csv"}},
        {[](auto& f) { f.set("notes.txt", "x\n"); }, unknown_file_ignored, kWarn, "notes.txt", 0, "", {"notes.txt"}},
        {[](auto& f) { f.with_prior().set("prior/notes.txt", "x\n"); }, unknown_file_ignored, kWarn, "prior/notes.txt", 0, "", {"prior/notes.txt"}},
        {[](auto& f) { f.feed("ledger", "estimated"); }, feed_estimated, kWarn, "manifest.json", 0, "feeds.ledger", {"ledger"}},
        {[](auto& f) { f.feed("pathway_readings", "not_arrived").remove("pathway_readings.csv"); }, feed_not_arrived, kWarn, "manifest.json", 0, "feeds.pathway_readings", {"pathway_readings", "no_file"}},
        {[](auto& f) { f.feed("pathway_readings", "not_arrived"); }, feed_not_arrived, kWarn, "manifest.json", 0, "feeds.pathway_readings", {"pathway_readings", "file_ignored"}},
        {[](auto&) {}, prior_missing, kWarn, "prior/manifest.json", 0, "", {"2026-08"}},
        {in_prior("prior/manifest.json", "2026-08", "2026-07"), prior_period_differs, kStop, "prior/manifest.json", 0, "period", {"2026-07", "2026-08"}},
        {in_prior("prior/manifest.json", "H001", "H002"), prior_period_differs, kStop, "prior/manifest.json", 0, "hospital", {"H002", "H001"}},
        {in_prior("prior/manifest.json", "result_hash", "hash"), prior_malformed, kStop, "prior/manifest.json", 0, "result_hash", {"key_missing", ""}},
        {[](auto& f) { f.with_prior().remove("prior/carried_pools.csv"); }, file_missing, kStop, "prior/carried_pools.csv", 0, "", {"prior/carried_pools.csv"}},
        {in_prior("prior/in_hospital.csv", "E3,drugs", "E9,drugs"), opening_stay_unknown, kStop, "prior/in_hospital.csv", 2, "encounter", {"E9"}},
        {in_prior("prior/in_hospital_charges.csv", "E3", "E2"), opening_stay_not_in_hospital, kStop, "prior/in_hospital_charges.csv", 2, "encounter", {"E2", "visit"}},
    };
}

std::vector<Case> reference_cases() {
    return {
        {swap("ledger.csv", "5001,ADM", "5001,ZZZ"), unknown_department, kStop, "ledger.csv", 2, "department", {"ZZZ"}},
        {swap("charge_lines.csv", "CBC,SUR,LAB", "CBC,SUR,ZZZ"), unknown_department, kStop, "charge_lines.csv", 3, "executing_department", {"ZZZ"}},
        {swap("charge_lines.csv", "CBC,SUR,LAB", "CBC,ZZZ,LAB"), unknown_department, kStop, "charge_lines.csv", 3, "ordering_department", {"ZZZ"}},
        {swap("driver_readings.csv", "workload,LAB", "workload,ZZZ"), unknown_department, kStop, "driver_readings.csv", 5, "sender", {"ZZZ"}},
        {swap("account_map.csv", "cost,C01", "cost,C99"), unknown_cost_item, kStop, "account_map.csv", 4, "cost_item", {"C99"}},
        {swap("ledger.csv", "5002,SUR", "5999,SUR"), unknown_account, kStop, "ledger.csv", 8, "account", {"5999"}},
        {row("account_map.csv", "9,,,cost,C01,"), unknown_account, kStop, "account_map.csv", 6, "account", {"9"}},
        {row("driver_readings.csv", "beds,,SUR,1"), unknown_driver, kStop, "driver_readings.csv", 7, "driver", {"beds"}},
        {swap("charge_lines.csv", "SRG", "ZZZ"), unknown_service_item, kStop, "charge_lines.csv", 4, "service_item", {"ZZZ"}},
        {row("diagnoses.csv", "E9,1,A00"), unknown_encounter, kStop, "diagnoses.csv", 4, "encounter", {"E9"}},
        {row("discharges.csv", "E9,male,1,cured"), unknown_encounter, kStop, "discharges.csv", 3, "encounter", {"E9"}},
        {row("procedures.csv", "E9,1,47.0100"), unknown_encounter, kStop, "procedures.csv", 3, "encounter", {"E9"}},
        {row("pathway_readings.csv", "E9,1,1,1,0"), unknown_encounter, kStop, "pathway_readings.csv", 3, "encounter", {"E9"}},
        {swap("encounters.csv", "MED,P2", "MED,P9"), unknown_staff, kWarn, "encounters.csv", 3, "attending", {"P9"}},
        {swap("charge_lines.csv", "BED,SUR,SUR,P1", "BED,SUR,SUR,P9"), unknown_staff, kWarn, "charge_lines.csv", 2, "physician", {"P9"}},
        {row("procedures.csv", "E1,2,99.9900"), unknown_procedure, kWarn, "procedures.csv", 3, "procedure", {"99.9900"}},
        {swap("departments.csv", "none,,", "none,,2026-08"), code_not_valid_in_month, kStop, "ledger.csv", 2, "department", {"ADM", "2026-09"}},
        {swap("service_items.csv", "12,,", "12,2026-10,"), code_not_valid_in_month, kStop, "charge_lines.csv", 4, "service_item", {"SRG", "2026-09"}},
        {swap("cost_items.csv", "staff,,,", "staff,,,2026-08"), code_not_valid_in_month, kStop, "account_map.csv", 4, "cost_item", {"C01", "2026-09"}},
        {swap("account_map.csv", "5001,2026-01", "5001,2026-10"), account_not_mapped, kStop, "ledger.csv", 2, "account", {"5001", "2026-09"}},
        {swap("account_map.csv", "5001,,2025-12", "5001,,2026-12"), account_mapped_twice, kStop, "account_map.csv", 4, "account", {"5001", "3"}},
        {swap("service_items.csv", "次,0.8", "次,"), equivalent_missing, kStop, "service_items.csv", 3, "equivalent", {"CBC"}},
    };
}

std::vector<Case> time_cases() {
    return {
        {swap("ledger.csv", "2026-09,2026-09", "2026-08,2026-08"), booking_period_differs, kStop, "ledger.csv", 2, "booking_period", {"2026-08", "2026-09"}},
        {swap("ledger.csv", "2026-09,2026-09", "2026-09,2026-10"), attribution_in_future, kStop, "ledger.csv", 2, "attribution_period", {"2026-10", "2026-09"}},
        {swap("ledger.csv", "2026-09,2026-09", "2026-09,2026-13"), attribution_in_future, kStop, "ledger.csv", 2, "attribution_period", {"2026-13", "2026-09"}},
        {swap("encounters.csv", "2026-09-10", "2026-09-02"), discharge_before_admission, kStop, "encounters.csv", 2, "discharged_on", {"2026-09-02", "2026-09-03"}},
        {swap("encounters.csv", "2026-09-10", "2026-10-01"), date_out_of_month, kStop, "encounters.csv", 2, "discharged_on", {"2026-10-01", "2026-09-30"}},
        {swap("encounters.csv", "2026-09-15", "2026-10-15"), date_out_of_month, kStop, "encounters.csv", 3, "admitted_on", {"2026-10-15", "2026-09-30"}},
        {swap("charge_lines.csv", "2026-09-30", "2026-10-01"), date_out_of_month, kStop, "charge_lines.csv", 9, "charged_on", {"2026-10-01", "2026-09-30"}},
        {swap("encounters.csv", "2026-09-15,", "2026-09-15,2026-09-15"), outpatient_has_discharge, kStop, "encounters.csv", 3, "discharged_on", {"2026-09-15", "E2"}},
        {[](auto& f) { f.set_rows("discharges.csv", {}); }, discharge_record_missing, kWarn, "encounters.csv", 2, "encounter", {"E1"}},
        {row("discharges.csv", "E3,female,70,improved"), discharge_record_unexpected, kWarn, "discharges.csv", 3, "encounter", {"E3", "in_hospital"}},
        {row("charge_lines.csv", "E9,01,2026-09-03,BED,SUR,SUR,,1,50.00,"), charge_line_parked, kPark, "charge_lines.csv", 11, "encounter", {"E9", "01", "50.00"}},
    };
}
// clang-format on

void expect_all(const std::vector<Case>& cases) {
    for (const Case& one : cases) {
        MonthFolderBuilder folder;
        one.alter(folder);
        const std::string expected =
            text_of({.code = one.code,
                     .severity = one.severity,
                     .where = {.file = one.file, .row = one.row, .column = one.column},
                     .arguments = one.arguments});
        const std::vector<std::string> found = texts_of(load_capped(folder));
        EXPECT_NE(std::find(found.begin(), found.end(), expected), found.end())
            << "expected " << expected << "\nfound " << ::testing::PrintToString(found);
    }
}

TEST(IntakeFindings, valid_month_has_none_but_the_missing_prior) {
    EXPECT_EQ(texts_of(load_capped(MonthFolderBuilder())),
              std::vector<std::string>{"warn prior_missing prior/manifest.json:0  [2026-08]"});
    EXPECT_EQ(texts_of(load_capped(MonthFolderBuilder().with_prior())),
              std::vector<std::string>{"warn prior_without_listing prior/manifest.json:0 tables"});
}

TEST(IntakeFindings, files_rows_and_cells_as_written) {
    expect_all(form_cases());
}

TEST(IntakeFindings, folder_and_prior) {
    expect_all(folder_cases());
}

TEST(IntakeFindings, codes_that_refer_to_other_tables) {
    expect_all(reference_cases());
}

TEST(IntakeFindings, periods_dates_and_stays) {
    expect_all(time_cases());
}

TEST(IntakeFindings, year_end_entries_belong_to_december) {
    MonthFolderBuilder folder;
    folder.set_rows("ledger.csv", {"V1,1,2026-12,2026-13,5001,SUR,basic,1.00,"});
    folder.replace("manifest.json", "2026-09", "2026-12");
    for (const Finding& finding : load_capped(folder).findings) {
        EXPECT_NE(finding.code, attribution_in_future);
    }
}

TEST(IntakeFindings, all_are_reported_at_once_in_order) {
    MonthFolderBuilder folder;
    folder.replace("ledger.csv", "5001,ADM", "5001,ZZZ")
        .replace("ledger.csv", "40000.00", "x")
        .replace("staff.csv", "P3,SUR", "P3,YYY")
        .replace("encounters.csv", "MED,P2", "MED,P9");
    EXPECT_EQ(texts_of(load_capped(folder)),
              (std::vector<std::string>{"stop unknown_department ledger.csv:2 department [ZZZ]",
                                        "stop number_malformed ledger.csv:3 amount [x] [2]",
                                        "stop unknown_department staff.csv:4 department [YYY]",
                                        "warn unknown_staff encounters.csv:3 attending [P9]",
                                        "warn prior_missing prior/manifest.json:0  [2026-08]"}));
}

TEST(IntakeFindings, a_faulty_row_does_not_make_its_code_unknown) {
    MonthFolderBuilder folder;
    folder.replace("departments.csv", "SUR,外科", "SUR,");
    const LoadedMonth loaded = load_capped(folder);
    ASSERT_EQ(loaded.findings.size(), 2U);
    EXPECT_EQ(loaded.findings[0].code, value_missing);
}

TEST(IntakeFindings, more_than_the_cap_are_counted) {
    MonthFolderBuilder folder;
    for (int i = 10; i < 20; ++i) {
        folder.add_row("driver_readings.csv", "x" + std::to_string(i) + ",,SUR,1");
    }
    const std::vector<std::string> found = texts_of(load_capped(folder, 3));
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(found[2], "stop unknown_driver driver_readings.csv:9 driver [x12]");
    EXPECT_EQ(found[3], "stop findings_not_listed driver_readings.csv:10  [unknown_driver] [7]");
}

TEST(IntakeFindings, totals_beyond_ten_to_the_fifteen_fen_stop) {
    MonthFolderBuilder folder;
    for (int i = 100; i < 201; ++i) {
        folder.add_row("ledger.csv", "W," + std::to_string(i) +
                                         ",2026-09,2026-09,5001,SUR,basic,100000000000.00,");
    }
    const LoadedMonth loaded = load_capped(folder);
    ASSERT_FALSE(loaded.findings.empty());
    EXPECT_EQ(text_of(loaded.findings[0]),
              "stop number_out_of_range ledger.csv:0 amount [10100000267200] [0] [10000000000000]");
}

TEST(IntakeFindings, folder_that_is_not_there_is_a_finding) {
    const ParallelFor loop = testing::serial_loop();
    const LoadedMonth loaded = read_month("/nonexistent/month", {.parallel_for = loop});
    ASSERT_EQ(loaded.findings.size(), 1U);
    EXPECT_EQ(loaded.findings[0].code, file_missing);
    EXPECT_EQ(loaded.findings[0].where.file, "manifest.json");
}

}  // namespace
}  // namespace yuanliu::intake
