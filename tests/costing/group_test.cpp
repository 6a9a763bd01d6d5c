// Why this file: every level of grouping, and what decides between rows, as a table that reads like
// docs/method.md §6. [RULE DIP-001] Expected groups are worked out by hand in the comment of a row.
#include "costing/group/group.hpp"

#include <gtest/gtest.h>

#include <span>
#include <sstream>

#include "tests/costing/case_month.hpp"

namespace yuanliu::costing::group {
namespace {

using yuanliu::case_month::add_composite;
using yuanliu::case_month::add_core;
using yuanliu::case_month::add_department;
using yuanliu::case_month::add_record;
using yuanliu::case_month::add_stay;

/// Classes: 47.0100 and 47.0900 surgery, 51.8800 intervention, 99.1000 therapeutic, 45.2300
/// diagnostic, 57.9400 simple. 00.0000 is in no list.
Month make_month() {
    Month month;
    add_department(month, "DEP1");
    month.procedure_classes = {
        {"45.2300", ProcedureClass::diagnostic}, {"47.0100", ProcedureClass::surgery},
        {"47.0900", ProcedureClass::surgery},    {"51.8800", ProcedureClass::intervention},
        {"57.9400", ProcedureClass::simple},     {"99.1000", ProcedureClass::therapeutic}};
    add_core(month, {.group = "C1", .diagnosis = "K35.8", .procedure = "47.01"});
    add_core(month, {.group = "C2", .diagnosis = "K35", .procedure = "47.0100"});
    add_core(month, {.group = "C3", .diagnosis = "K35", .procedure = "47"});
    add_core(month, {.group = "C4", .diagnosis = "K35.8", .procedure = {}});
    add_core(month, {.group = "C5", .diagnosis = "K35", .procedure = {}});
    add_core(month, {.group = "C6", .diagnosis = "J18", .procedure = {}});
    add_core(month, {.group = "C7", .diagnosis = "J18", .procedure = {}});
    add_core(month, {.group = "C8", .diagnosis = "J18", .procedure = "57.94"});
    add_composite(month, "M1", "K3", CompositeClass::surgery);
    add_composite(month, "M2", "K", CompositeClass::surgery);
    add_composite(month, "M3", "K", CompositeClass::therapeutic);
    add_composite(month, "M4", "K", CompositeClass::diagnostic);
    add_composite(month, "M5", "K", CompositeClass::conservative);
    add_composite(month, "M6", "I50", CompositeClass::surgery);
    return month;
}

struct GroupRow {
    const char* why;
    const char* diagnosis;
    const char* procedures;  ///< with a blank between
    const char* expected;    ///< group, level, deciding codes; or a status
};

constexpr GroupRow kByProcedure[] = {
    {"K35.8 is longer than K35, though C2 has the longer procedure", "K35.800", "47.0100",
     "C1 core_procedure K35.800+47.0100"},
    {"C1 wants 47.01; of K35 only 47 is a prefix", "K35.800", "47.0900",
     "C3 core_procedure K35.800+47.0900"},
    {"only K35 fits; 47.0100 is longer than 47", "K35.200", "47.0100",
     "C2 core_procedure K35.200+47.0100"},
    {"the first procedure without a hit leaves it to the second", "K35.800", "99.1000 47.0100",
     "C1 core_procedure K35.800+47.0100"},
    {"the first procedure with a hit decides, though the second fits better", "K35.800",
     "47.0900 47.0100", "C3 core_procedure K35.800+47.0900"},
};

constexpr GroupRow kConservative[] = {
    {"a simple procedure is passed over, even where a row names it", "J18.900", "57.9400",
     "C6 core_conservative J18.900"},
    {"an unknown procedure is passed over", "J18.900", "00.0000", "C6 core_conservative J18.900"},
    {"a blank procedure of the catalogue is no prefix of a procedure", "J18.900", "99.1000",
     "ungrouped"},
    {"longest diagnosis", "K35.800", "", "C4 core_conservative K35.800"},
    {"K35.2 fits K35 only", "K35.2", "", "C5 core_conservative K35.2"},
    {"C6 and C7 tie: smallest group code", "J18", "", "C6 core_conservative J18"},
};

constexpr GroupRow kComposite[] = {
    {"no core row of K31; K3 is longer than K", "K31.000", "47.0100",
     "M1 composite K31.000+surgery"},
    {"an intervention is of class surgery", "K80.000", "51.8800", "M2 composite K80.000+surgery"},
    {"the heaviest class decides, wherever it stands", "K80.000", "45.2300 99.1000 51.8800",
     "M2 composite K80.000+surgery"},
    {"therapeutic is before diagnostic", "K80.000", "45.2300 99.1000",
     "M3 composite K80.000+therapeutic"},
    {"diagnostic", "K80.000", "45.2300", "M4 composite K80.000+diagnostic"},
    {"only simple and unknown procedures", "K80.000", "57.9400 00.0000",
     "M5 composite K80.000+conservative"},
    {"I50 has a composite row of class surgery only", "I50.900", "", "ungrouped"},
    {"the catalogue's code is longer than the case's: no prefix", "I5", "47.0100", "ungrouped"},
    {"blank main diagnosis", "", "47.0100", "uncoded"},
};

std::string group_text(const Month& month, const GroupRow& row) {
    std::vector<std::string> procedures;
    std::istringstream words(row.procedures);
    for (std::string word; words >> word;) {
        procedures.push_back(word);
    }
    Month own;
    add_record(own, EncounterId(std::size_t{0}), row.diagnosis, procedures);
    const CaseGroup found = Grouper(month).group(own.discharge_records[0]);
    EXPECT_EQ(found.row.is_valid(), found.status == CaseStatus::grouped);
    if (!found.row.is_valid()) {
        EXPECT_EQ(found.deciding_codes, "");
        return std::string(word_of(found.status));
    }
    return month.catalogue[found.row.index()].group + ' ' + std::string(word_of(found.level)) +
           ' ' + found.deciding_codes;
}

void expect_groups(std::span<const GroupRow> rows) {
    const Month month = make_month();
    for (const GroupRow& row : rows) {
        EXPECT_EQ(group_text(month, row), row.expected) << row.why;
    }
}

TEST(Grouping, takes_the_core_row_of_the_first_procedure_that_has_one) {
    expect_groups(kByProcedure);
}

TEST(Grouping, takes_the_conservative_row_only_without_a_counted_procedure) {
    expect_groups(kConservative);
}

TEST(Grouping, falls_to_the_composite_row_of_the_heaviest_class) {
    expect_groups(kComposite);
}

TEST(Grouping, lists_discharged_stays_only_and_in_order) {
    Month month = make_month();
    add_stay(month, "E1", 0, 1, StayStatus::visit);
    const EncounterId second = add_stay(month, "E2");
    add_stay(month, "E3", 0, 1, StayStatus::in_hospital);
    const EncounterId earlier = add_stay(month, "E4", 0, 1, StayStatus::discharged_earlier);
    const EncounterId fifth = add_stay(month, "E5");
    const EncounterId sixth = add_stay(month, "E6");
    add_record(month, second, "J18.900");
    add_record(month, earlier, "J18.900");
    add_record(month, sixth, "K80.000");
    const std::vector<CaseGroup> groups = group_cases(month);
    ASSERT_EQ(groups.size(), 3U);
    EXPECT_EQ(groups[0].encounter, second);
    EXPECT_EQ(groups[0].status, CaseStatus::grouped);
    EXPECT_EQ(groups[1].encounter, fifth);  // no discharge record
    EXPECT_EQ(groups[1].status, CaseStatus::uncoded);
    EXPECT_EQ(groups[2].encounter, sixth);
    EXPECT_EQ(groups[2].status, CaseStatus::grouped);
}

TEST(Grouping, of_an_empty_catalogue_is_ungrouped) {
    Month month;
    add_department(month, "DEP1");
    add_record(month, add_stay(month, "E1"), "J18.900");
    EXPECT_EQ(group_cases(month).at(0).status, CaseStatus::ungrouped);
}

}  // namespace
}  // namespace yuanliu::costing::group
