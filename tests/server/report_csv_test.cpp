// Why this file: a report opens in a spreadsheet, which computes cells that begin like a formula;
// names come from whoever keeps the hospital's lists (CSV injection, CWE-1236).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "server/report/report.hpp"

namespace yuanliu {
namespace {

/// The report's row that begins with the mark, as the file has it.
std::string row_with(report::Cell cell) {
    report::Report made;
    made.title = "T";
    made.hospital = "H";
    report::Section section;
    section.columns = {{.title = "a"}, {.title = "b"}};
    section.rows.push_back({.cells = {report::text_cell("mark"), std::move(cell)}});
    made.sections.push_back(std::move(section));
    const std::string csv = report::as_csv(made);
    const std::size_t begin = csv.find("mark,");
    return begin == std::string::npos ? "" : csv.substr(begin, csv.find("\r\n", begin) - begin);
}

TEST(ReportCsv, what_begins_like_a_formula_is_words) {
    for (const char* name : {"=1+1", "=HYPERLINK(0)", "@SUM(A1)", "\t=1", "+1+2", "-2+3", "+A1",
                             "＝1+1", "＠A1", "＋1", "－A1"}) {
        EXPECT_EQ(row_with(report::text_cell(name)), std::string("mark,'") + name);
    }
    EXPECT_EQ(row_with(report::text_cell("=a,\"b\"")), "mark,\"'=a,\"\"b\"\"\"");
}

TEST(ReportCsv, figures_and_names_stay_as_they_are) {
    EXPECT_EQ(row_with(report::amount_cell(Money::from_raw(-123'456))), "mark,-1234.56");
    EXPECT_EQ(row_with(report::number_cell("-0.0525")), "mark,-0.0525");
    for (const char* name : {"", "-", "+12.5%", "内科=一病区", "C001", "3+2 病房", "'x"}) {
        EXPECT_EQ(row_with(report::text_cell(name)), std::string("mark,") + name);
    }
}

TEST(ReportCsv, titles_are_guarded_as_cells_are) {
    report::Report made;
    made.title = "=T";
    made.hospital = "@H";
    made.notes.push_back("=note");
    const std::string csv = report::as_csv(made);
    EXPECT_THAT(csv, ::testing::HasSubstr("'=T\r\n"));
    EXPECT_THAT(csv, ::testing::HasSubstr(",'@H\r\n"));
    EXPECT_THAT(csv, ::testing::HasSubstr("'=note\r\n"));
}

}  // namespace
}  // namespace yuanliu
