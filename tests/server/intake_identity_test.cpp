// Why this file: content has one identity, however it is written and however many threads read it
// (docs/month-folder.md §5).
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "server/intake/month_reader.hpp"
#include "server/text/sha256.hpp"
#include "tests/support/month_folder_builder.hpp"

namespace yuanliu::intake {
namespace {

using testing::MonthFolderBuilder;
using testing::TempFolder;

LoadedMonth load_chunked(const MonthFolderBuilder& folder, unsigned threads = 1,
                         std::size_t chunk_bytes = std::size_t{4} << 20U) {
    const TempFolder temp;
    folder.write(temp.path());
    const ParallelFor loop =
        threads == 1 ? testing::serial_loop() : testing::threaded_loop(threads);
    return read_month(temp.path() / "month", {.parallel_for = loop, .chunk_bytes = chunk_bytes});
}

std::string hash_of(const LoadedMonth& loaded, const std::string& table) {
    const auto found =
        std::find_if(loaded.tables.begin(), loaded.tables.end(),
                     [&](const TableIdentity& identity) { return identity.name == table; });
    return found == loaded.tables.end() ? "" : found->sha256;
}

std::vector<std::string> month_files() {
    return {"account_map.csv",      "accounts.csv",          "charge_lines.csv",
            "cost_items.csv",       "departments.csv",       "diagnoses.csv",
            "dip_catalogue.csv",    "discharges.csv",        "driver_readings.csv",
            "drivers.csv",          "encounters.csv",        "ledger.csv",
            "pathway_readings.csv", "procedure_classes.csv", "procedures.csv",
            "quality_readings.csv", "service_items.csv",     "staff.csv"};
}

TEST(IntakeIdentity, canonical_file_has_the_hash_that_sha256sum_prints) {
    const MonthFolderBuilder folder;
    const LoadedMonth loaded = load_chunked(folder);
    EXPECT_EQ(loaded.tables.size(), 19U);
    std::string lines = "";
    for (const TableIdentity& table : loaded.tables) {
        lines += table.name + " " + table.sha256 + "\n";
        if (table.name != "manifest.json") {
            EXPECT_EQ(table.sha256, text::sha256_hex(folder.text(table.name))) << table.name;
            EXPECT_EQ(table.rows, folder.rows(table.name).size()) << table.name;
        }
    }
    EXPECT_EQ(hash_of(loaded, "manifest.json"),
              text::sha256_hex("hospital=H001\nhospital_name=示范医院\nperiod=2026-09\n"
                               "schema=yuanliu.month/1\n"));
    EXPECT_EQ(loaded.month_hash, text::sha256_hex(lines));
    EXPECT_EQ(loaded.prior_hash, "none");
}

TEST(IntakeIdentity, order_of_rows_and_line_ends_do_not_matter) {
    const MonthFolderBuilder plain;
    const std::string expected = load_chunked(plain).month_hash;
    std::mt19937 random(7);
    for (const std::string& file : month_files()) {
        MonthFolderBuilder shuffled;
        std::vector<std::string> rows = plain.rows(file);
        std::shuffle(rows.begin(), rows.end(), random);
        shuffled.set_rows(file, rows);
        EXPECT_EQ(load_chunked(shuffled).month_hash, expected) << file;

        MonthFolderBuilder windows;
        std::string text = "\xEF\xBB\xBF";
        for (const char c : plain.text(file)) {
            text += c == '\n' ? "\r\n" : std::string(1, c);
        }
        windows.set(file, text);
        EXPECT_EQ(load_chunked(windows).month_hash, expected) << file;

        MonthFolderBuilder open_ended;
        text = plain.text(file);
        text.pop_back();
        open_ended.set(file, text);
        EXPECT_EQ(load_chunked(open_ended).month_hash, expected) << file;
    }
}

TEST(IntakeIdentity, way_of_writing_does_not_matter) {
    const std::string expected = load_chunked(MonthFolderBuilder()).month_hash;
    const std::vector<std::array<std::string, 3>> rewritten{
        {"ledger.csv", "30000.00", "30000"},
        {"ledger.csv", "30000.00", "0030000.0"},
        {"driver_readings.csv", "LAB,4", "LAB,4.0000"},
        {"driver_readings.csv", "70.5", "070.50"},
        {"discharges.csv", ",34,", ",034,"},
        {"departments.csv", "院办", "\"院办\""},
        {"departments.csv", "department,", "\"department\","},
        {"charge_lines.csv", "-50.00", "-50.0"},
    };
    for (const auto& [file, from, to] : rewritten) {
        EXPECT_EQ(load_chunked(MonthFolderBuilder().replace(file, from, to)).month_hash, expected)
            << to;
    }
    MonthFolderBuilder manifest;
    manifest.set("manifest.json",
                 R"({"feeds":{"ledger":"final"},"period":"2026-09","hospital":"H001",)"
                 R"("hospital_name":"示范医院","schema":"yuanliu.month/1"})");
    EXPECT_EQ(load_chunked(manifest).month_hash, expected);
}

TEST(IntakeIdentity, negative_zero_is_zero) {
    MonthFolderBuilder zero;
    zero.replace("charge_lines.csv", "E2,01,2026-09-15,OPC,MED,MED,P2,1,20.00",
                 "E2,01,2026-09-15,OPC,MED,MED,P2,0,0.00");
    MonthFolderBuilder negative;
    negative.replace("charge_lines.csv", "E2,01,2026-09-15,OPC,MED,MED,P2,1,20.00",
                     "E2,01,2026-09-15,OPC,MED,MED,P2,-0.0,-0.00");
    EXPECT_EQ(load_chunked(zero).month_hash, load_chunked(negative).month_hash);
}

TEST(IntakeIdentity, quoted_rows_are_sorted_as_rendered) {
    MonthFolderBuilder folder;
    folder.add_row("drivers.csv", "\"a,b\",\"he said \"\"x\"\"\",u");
    EXPECT_EQ(hash_of(load_chunked(folder), "drivers.csv"),
              text::sha256_hex("driver,name,unit\n\"a,b\",\"he said \"\"x\"\"\",u\n"
                               "headcount,人数,人\nworkload,工作量,次\n"));
}

TEST(IntakeIdentity, content_matters) {
    const std::string plain = load_chunked(MonthFolderBuilder()).month_hash;
    EXPECT_NE(
        load_chunked(MonthFolderBuilder().replace("ledger.csv", "30000.00", "30000.01")).month_hash,
        plain);
    EXPECT_NE(load_chunked(MonthFolderBuilder().feed("ledger", "estimated")).month_hash, plain);
    EXPECT_NE(
        load_chunked(MonthFolderBuilder().replace("manifest.json", "H001", "H002")).month_hash,
        plain);
}

TEST(IntakeIdentity, feed_that_has_not_arrived_counts_as_header_only) {
    MonthFolderBuilder folder;
    folder.feed("pathway_readings", "not_arrived").remove("pathway_readings.csv");
    const LoadedMonth loaded = load_chunked(folder);
    EXPECT_EQ(hash_of(loaded, "pathway_readings.csv"),
              text::sha256_hex("encounter,eligible,entered,completed,varied\n"));
    EXPECT_EQ(loaded.feeds,
              (std::map<std::string, std::string>{{"pathway_readings", "not_arrived"}}));
    EXPECT_EQ(hash_of(loaded, "manifest.json"),
              text::sha256_hex("feed.pathway_readings=not_arrived\nhospital=H001\n"
                               "hospital_name=示范医院\nperiod=2026-09\nschema=yuanliu.month/1\n"));
}

TEST(IntakeIdentity, prior_hash_is_of_its_three_tables_and_manifest) {
    MonthFolderBuilder folder;
    folder.with_prior();
    const LoadedMonth loaded = load_chunked(folder);
    std::string lines;
    for (const std::string name :
         {"prior/carried_pools.csv", "prior/in_hospital.csv", "prior/in_hospital_charges.csv"}) {
        lines += name + " " + text::sha256_hex(folder.text(name)) + "\n";
    }
    lines += "prior/manifest.json " +
             text::sha256_hex("hospital=H001\nperiod=2026-08\nresult_hash=" + std::string(64, 'a') +
                              "\nschema=yuanliu.prior/1\n") +
             "\n";
    EXPECT_EQ(loaded.prior_hash, text::sha256_hex(lines));
    EXPECT_EQ(loaded.prior_result_hash, std::string(64, 'a'));
    EXPECT_TRUE(loaded.has_prior);
}

/// Many rows in many chunks, with faults, parked lines and rows that are not canonical.
MonthFolderBuilder big_month(bool shuffled) {
    MonthFolderBuilder folder;
    std::vector<std::string> rows;
    for (int i = 0; i < 3000; ++i) {
        const std::string encounter = i % 500 == 7 ? "E9" : i % 3 == 0 ? "E1" : "E2";
        rows.push_back(encounter + ",x" + std::to_string(10000 + i) +
                       ",2026-09-03,BED,SUR,SUR,P1,1," + std::to_string(i % 90) + ".5,");
    }
    if (shuffled) {
        std::mt19937 random(3);
        std::shuffle(rows.begin(), rows.end(), random);
    }
    folder.set_rows("charge_lines.csv", rows);
    return folder;
}

TEST(IntakeIdentity, threads_and_chunks_change_nothing) {
    MonthFolderBuilder folder = big_month(true);
    folder.add_row("charge_lines.csv", "E1,bad,2026-09-03,ZZZ,SUR,SUR,P1,1,1.00,");
    folder.add_row("charge_lines.csv", "E1,x10000,2026-09-03,BED,SUR,SUR,P1,1,1.00,");
    const LoadedMonth one = load_chunked(folder);
    const LoadedMonth many = load_chunked(folder, 3, 1000);
    EXPECT_EQ(one.month_hash, many.month_hash);
    EXPECT_EQ(one.month.charge_lines.source_row, many.month.charge_lines.source_row);
    EXPECT_EQ(one.month.charge_lines.encounter, many.month.charge_lines.encounter);
    EXPECT_EQ(one.month.parked_lines.size(), many.month.parked_lines.size());
    EXPECT_EQ(one.absolute_charges, many.absolute_charges);
    ASSERT_EQ(one.findings.size(), many.findings.size());
    for (std::size_t i = 0; i < one.findings.size(); ++i) {
        EXPECT_EQ(one.findings[i].code, many.findings[i].code);
        EXPECT_EQ(one.findings[i].where.row, many.findings[i].where.row);
        EXPECT_EQ(one.findings[i].arguments, many.findings[i].arguments);
    }
}

TEST(IntakeIdentity, shuffled_charge_lines_give_the_same_month) {
    const LoadedMonth sorted = load_chunked(big_month(false), 2, 2000);
    const LoadedMonth shuffled = load_chunked(big_month(true), 2, 2000);
    EXPECT_EQ(sorted.month_hash, shuffled.month_hash);
    EXPECT_EQ(sorted.month.charge_lines.encounter, shuffled.month.charge_lines.encounter);
    EXPECT_EQ(sorted.month.charge_lines.charge, shuffled.month.charge_lines.charge);
    EXPECT_EQ(sorted.absolute_parked_charges, shuffled.absolute_parked_charges);
}

TEST(IntakeIdentity, sorted_canonical_file_in_many_chunks_is_hashed_as_it_stands) {
    MonthFolderBuilder folder;
    std::vector<std::string> rows;
    for (int i = 0; i < 2000; ++i) {
        rows.push_back("E1,x" + std::to_string(10000 + i) + ",2026-09-03,BED,SUR,SUR,P1,1,1.50,");
    }
    folder.set_rows("charge_lines.csv", rows);
    EXPECT_EQ(hash_of(load_chunked(folder, 2, 777), "charge_lines.csv"),
              text::sha256_hex(folder.text("charge_lines.csv")));
}

}  // namespace
}  // namespace yuanliu::intake
