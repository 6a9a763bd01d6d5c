// Why this file: whatever the cases are, all profit tables have one hospital total, to the fen.
// [RULE DIP-004]
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "costing/profit/profit.hpp"
#include "tests/costing/case_month.hpp"

namespace yuanliu::costing::profit {
namespace {

using yuanliu::case_month::add_core;
using yuanliu::case_month::add_department;
using yuanliu::case_month::add_stay;
using yuanliu::case_month::fen;
using yuanliu::case_month::stay_of;

struct Hospital {
    Month month;
    std::vector<StayAmounts> stays;
    std::vector<CaseRow> cases;
};

CaseRow draw_case(EncounterId encounter, const StayAmounts& stay) {
    CaseRow row;
    row.encounter = encounter;
    row.status = static_cast<CaseStatus>(*rc::gen::inRange(0, 3));
    if (row.status == CaseStatus::grouped) {
        row.row = CatalogueRowId(*rc::gen::inRange<std::size_t>(0, 3));
    }
    row.basis = static_cast<PaymentBasis>(*rc::gen::inRange(0, 4));
    row.points = Points::from_raw(*rc::gen::inRange<std::int64_t>(-1000, 1'000'000'000));
    row.charge = stay.charge();
    row.payment = fen(*rc::gen::inRange<std::int64_t>(-kMaxRowFen, kMaxRowFen));
    row.cost = stay.cost();
    return row;
}

Hospital draw_hospital() {
    Hospital drawn;
    for (const char* code : {"DEP1", "DEP2", "DEP3"}) {
        add_department(drawn.month, code);
    }
    for (const char* group : {"G1", "G2", "G3"}) {
        add_core(drawn.month, {.group = group,
                               .diagnosis = "K",
                               .procedure = {},
                               .score_e4 = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000)});
    }
    const int count = *rc::gen::inRange(0, 30);
    for (int i = 0; i < count; ++i) {
        const bool visit = *rc::gen::inRange(0, 4) == 0;
        const EncounterId encounter = add_stay(drawn.month, "E" + std::to_string(1000 + i),
                                               *rc::gen::inRange<std::size_t>(0, 3), 1,
                                               visit ? StayStatus::visit : StayStatus::discharged);
        drawn.month.encounters.back().attending = *rc::gen::element<std::string>("", "A", "B");
        drawn.stays.push_back(stay_of(*rc::gen::inRange<std::int64_t>(-kMaxRowFen, kMaxRowFen),
                                      *rc::gen::inRange<std::int64_t>(-kMaxRowFen, kMaxRowFen)));
        if (!visit) {
            drawn.cases.push_back(draw_case(encounter, drawn.stays.back()));
        }
    }
    return drawn;
}

/// cases, rw, points, charge, payment, cost; visits left out.
std::array<std::int64_t, 6> total_of(const std::vector<ProfitRow>& rows) {
    std::array<std::int64_t, 6> total{};
    for (const ProfitRow& row : rows) {
        if (row.basis != PaymentBasis::visit) {
            total[0] += row.sums.cases;
            total[1] += row.sums.rw.raw();
            total[2] += row.sums.points.raw();
            total[3] += row.sums.charge.raw();
            total[4] += row.sums.payment.raw();
            total[5] += row.sums.cost.raw();
        }
    }
    return total;
}

RC_GTEST_PROP(ProfitProperty, tables_have_one_total, ()) {
    const Hospital drawn = draw_hospital();
    std::array<std::int64_t, 6> cases{};
    for (const CaseRow& row : drawn.cases) {
        const bool grouped = row.status == CaseStatus::grouped;
        cases[0] += 1;
        cases[1] += grouped ? drawn.month.catalogue[row.row.index()].score.raw() : 0;
        cases[2] += row.points.raw();
        cases[3] += row.charge.raw();
        cases[4] += row.payment.raw();
        cases[5] += row.cost.raw();
    }
    const ProfitResult result = sum_profit(drawn.month, drawn.cases, drawn.stays);
    RC_ASSERT(total_of(result.groups) == cases);
    RC_ASSERT(total_of(result.departments) == cases);
    RC_ASSERT(total_of(result.physicians) == cases);
}

RC_GTEST_PROP(ProfitProperty, visits_are_paid_what_was_charged, ()) {
    const Hospital drawn = draw_hospital();
    const ProfitResult result = sum_profit(drawn.month, drawn.cases, drawn.stays);
    Money expected;
    for (std::size_t i = 0; i < drawn.stays.size(); ++i) {
        if (drawn.month.encounters[i].status == StayStatus::visit) {
            expected += drawn.stays[i].charge();
        }
    }
    Money charge;
    for (const ProfitRow& row : result.departments) {
        if (row.basis == PaymentBasis::visit) {
            RC_ASSERT(row.sums.charge == row.sums.payment);
            charge += row.sums.charge;
        }
    }
    RC_ASSERT(charge == expected);
}

}  // namespace
}  // namespace yuanliu::costing::profit
