// Why this file: the three profit tables of a month small enough to add by hand. [RULE DIP-004]
#include "costing/profit/profit.hpp"

#include <gtest/gtest.h>

#include "tests/costing/case_month.hpp"

namespace yuanliu::costing::profit {
namespace {

using yuanliu::case_month::add_core;
using yuanliu::case_month::add_department;
using yuanliu::case_month::add_stay;
using yuanliu::case_month::fen;
using yuanliu::case_month::stay_of;

struct CaseSketch {
    std::size_t encounter;
    CaseStatus status;
    std::size_t row;
    PaymentBasis basis;
    std::int64_t points_e4;
    std::int64_t payment_fen;
};

/// E1, E2 of group G1 by points, E3 ungrouped, E4 uncoded paid by charges, E5 G2 paid by charges;
/// E6 and E7 visits, E8 still in hospital. E3 is in department DEP2; E5 has no attending.
Month make_month() {
    Month month;
    add_department(month, "DEP1");
    add_department(month, "DEP2");
    add_core(month, {.group = "G1", .diagnosis = "K35", .procedure = {}, .score_e4 = 8'000'000});
    add_core(month, {.group = "G2", .diagnosis = "K36", .procedure = {}, .score_e4 = 12'345'678});
    for (const char* code : {"E1", "E2", "E3", "E4", "E5"}) {
        add_stay(month, code);
    }
    add_stay(month, "E6", 0, 0, StayStatus::visit);
    add_stay(month, "E7", 1, 0, StayStatus::visit);
    add_stay(month, "E8", 0, 0, StayStatus::in_hospital);
    month.encounters[2].department = DepartmentId(std::size_t{1});
    month.encounters[4].attending = "";
    return month;
}

std::vector<StayAmounts> make_stays() {
    return {stay_of(500'000, 450'000), stay_of(2'500'000, 2'000'000),
            stay_of(100'000, 90'000),  stay_of(30'000, 40'000),
            stay_of(70'000, 60'000),   stay_of(380, 200),
            stay_of(-20, 10),          stay_of(999, 999)};
}

std::vector<CaseRow> make_cases() {
    const std::vector<CaseSketch> sketches = {
        {0, CaseStatus::grouped, 0, PaymentBasis::dip, 40'000'000, 600'000},
        {1, CaseStatus::grouped, 0, PaymentBasis::dip, 120'000'000, 1'800'000},
        {2, CaseStatus::ungrouped, 0, PaymentBasis::ungrouped, 0, 70'000},
        {3, CaseStatus::uncoded, 0, PaymentBasis::charges, 0, 30'000},
        {4, CaseStatus::grouped, 1, PaymentBasis::charges, 0, 70'000}};
    const std::vector<StayAmounts> stays = make_stays();
    std::vector<CaseRow> rows;
    for (const CaseSketch& sketch : sketches) {
        CaseRow row;
        row.encounter = EncounterId(sketch.encounter);
        row.status = sketch.status;
        if (row.status == CaseStatus::grouped) {
            row.row = CatalogueRowId(sketch.row);
        }
        row.basis = sketch.basis;
        row.points = Points::from_raw(sketch.points_e4);
        row.charge = stays[sketch.encounter].charge();
        row.cost = stays[sketch.encounter].cost();
        row.payment = fen(sketch.payment_fen);
        rows.push_back(row);
    }
    return rows;
}

/// key | cases, rw, points, charge, payment, cost
std::string text_of(const Month& month, const ProfitRow& row) {
    const std::string department =
        row.department.is_valid() ? month.departments[row.department.index()].code : "";
    return std::string(word_of(row.basis)) + "," + row.group + "," + row.attending + "," +
           department + "|" + std::to_string(row.sums.cases) + "," + row.sums.rw.trimmed() + "," +
           row.sums.points.trimmed() + "," + row.sums.charge.text() + "," +
           row.sums.payment.text() + "," + row.sums.cost.text();
}

std::vector<std::string> texts_of(const Month& month, const std::vector<ProfitRow>& rows) {
    std::vector<std::string> texts;
    for (const ProfitRow& row : rows) {
        texts.push_back(text_of(month, row));
    }
    return texts;
}

TEST(Profit, by_group_keeps_bases_apart) {
    const Month month = make_month();
    const ProfitResult result = sum_profit(month, make_cases(), make_stays());
    // G2 has RW 1234.5678 / 1000. G1: 2 x 0.8; 5,000 + 25,000; 6,000 + 18,000; 4,500 + 20,000.
    EXPECT_EQ(texts_of(month, result.groups),
              (std::vector<std::string>{"charges,G2,,|1,1.2345678,0,700.00,700.00,600.00",
                                        "charges,~uncoded,,|1,0,0,300.00,300.00,400.00",
                                        "dip,G1,,|2,1.6,16000,30000.00,24000.00,24500.00",
                                        "ungrouped,~ungrouped,,|1,0,0,1000.00,700.00,900.00"}));
}

TEST(Profit, by_department_has_the_visits_beside) {
    const Month month = make_month();
    const ProfitResult result = sum_profit(month, make_cases(), make_stays());
    // DEP1 by charges: E4 300 + E5 700; cost 400 + 600.
    EXPECT_EQ(texts_of(month, result.departments),
              (std::vector<std::string>{"charges,,,DEP1|2,1.2345678,0,1000.00,1000.00,1000.00",
                                        "dip,,,DEP1|2,1.6,16000,30000.00,24000.00,24500.00",
                                        "visit,,,DEP1|1,0,0,3.80,3.80,2.00",
                                        "ungrouped,,,DEP2|1,0,0,1000.00,700.00,900.00",
                                        "visit,,,DEP2|1,0,0,-0.20,-0.20,0.10"}));
}

TEST(Profit, by_physician_keeps_the_blank_one) {
    const Month month = make_month();
    const ProfitResult result = sum_profit(month, make_cases(), make_stays());
    EXPECT_EQ(texts_of(month, result.physicians),
              (std::vector<std::string>{"charges,,,DEP1|1,1.2345678,0,700.00,700.00,600.00",
                                        "charges,,DOC1,DEP1|1,0,0,300.00,300.00,400.00",
                                        "dip,,DOC1,DEP1|2,1.6,16000,30000.00,24000.00,24500.00",
                                        "ungrouped,,DOC1,DEP2|1,0,0,1000.00,700.00,900.00"}));
    EXPECT_EQ(result.cases.size(), 5U);
}

TEST(Profit, orders_a_group_code_beyond_the_tilde_after_it) {
    Month month = make_month();
    month.catalogue[1].group = "\xE7\xBB\x84";  // 组: its first byte is above '~'
    const ProfitResult result = sum_profit(month, make_cases(), make_stays());
    EXPECT_EQ(result.groups[0].group, "~uncoded");
    EXPECT_EQ(result.groups[1].group, "\xE7\xBB\x84");
}

TEST(Profit, of_no_cases_is_the_visits) {
    const Month month = make_month();
    const ProfitResult result = sum_profit(month, {}, make_stays());
    EXPECT_TRUE(result.groups.empty());
    EXPECT_TRUE(result.physicians.empty());
    EXPECT_EQ(result.departments.size(), 2U);
}

}  // namespace
}  // namespace yuanliu::costing::profit
