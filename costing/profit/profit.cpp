// Why this file: one pass over cases and visits into three tables of sums, [RULE DIP-004]. Groups
// and departments are dense ids, so their sums are arrays. Example: of 200 departments and 7 bases,
// department 7's row of basis dip (0) is at 7 * 7 + 0 = 49.
#include "costing/profit/profit.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace yuanliu::costing::profit {
namespace {

constexpr std::size_t kBases = 7;
static_assert(WordsOf<PaymentBasis>::kWords.size() == kBases);

constexpr std::array kBasesByWord = {
    PaymentBasis::charges, PaymentBasis::dip,       PaymentBasis::drg,  PaymentBasis::other,
    PaymentBasis::uncoded, PaymentBasis::ungrouped, PaymentBasis::visit};
static_assert(std::is_sorted(kBasesByWord.begin(), kBasesByWord.end(),
                             [](PaymentBasis a, PaymentBasis b) {
                                 return word_of(a) < word_of(b);
                             }));

/// Sums of one thing (a group, a department), by basis.
using SumsByBasis = std::array<ProfitSums, kBases>;
using PhysicianKey = std::tuple<std::string_view, DepartmentId, std::string_view>;
using PhysicianSums = std::map<PhysicianKey, std::pair<PaymentBasis, ProfitSums>>;

void add(ProfitSums& sums, const ProfitSums& other) {
    sums.cases += other.cases;
    sums.rw += other.rw;
    sums.points += other.points;
    sums.charge += other.charge;
    sums.payment += other.payment;
    sums.cost += other.cost;
}

ProfitSums sums_of_case(const Month& month, const CaseRow& row) {
    ProfitSums sums{.cases = 1,
                    .rw = {},
                    .points = row.points,
                    .charge = row.charge,
                    .payment = row.payment,
                    .cost = row.cost};
    if (row.status == CaseStatus::grouped) {
        // RW = score / 1000: the digits of a score at scale 4 are those of its RW at scale 7.
        sums.rw = RelativeWeight::from_raw(month.catalogue[row.row.index()].score.raw());
    }
    return sums;
}

ProfitSums sums_of_visit(const StayAmounts& stay) {
    return {.cases = 1,
            .rw = {},
            .points = {},
            .charge = stay.charge(),
            .payment = stay.charge(),
            .cost = stay.cost()};
}

std::size_t at(PaymentBasis basis) {
    return static_cast<std::size_t>(basis);
}

/// Place of a case's group: the catalogue row, or one of two places after the catalogue.
std::size_t group_place(const Month& month, const CaseRow& row) {
    switch (row.status) {
        case CaseStatus::grouped:
            return row.row.index();
        case CaseStatus::ungrouped:
            return month.catalogue.size();
        case CaseStatus::uncoded:
            break;
    }
    return month.catalogue.size() + 1;
}

std::string group_name(const Month& month, std::size_t place) {
    if (place < month.catalogue.size()) {
        return month.catalogue[place].group;
    }
    return place == month.catalogue.size() ? "~ungrouped" : "~uncoded";
}

std::vector<ProfitRow> group_rows(const Month& month, const std::vector<CaseRow>& cases) {
    std::vector<SumsByBasis> sums(month.catalogue.size() + 2);
    for (const CaseRow& row : cases) {
        add(sums[group_place(month, row)][at(row.basis)], sums_of_case(month, row));
    }
    std::vector<ProfitRow> rows;
    for (const PaymentBasis basis : kBasesByWord) {
        for (std::size_t place = 0; place < sums.size(); ++place) {
            if (sums[place][at(basis)].cases > 0) {
                rows.push_back({.group = group_name(month, place),
                                .attending = {},
                                .department = {},
                                .basis = basis,
                                .sums = sums[place][at(basis)]});
            }
        }
    }
    // A group code may sort after '~', so the two places after the catalogue are not always last.
    std::stable_sort(rows.begin(), rows.end(), [](const ProfitRow& a, const ProfitRow& b) {
        return std::pair<std::string_view, std::string_view>(word_of(a.basis), a.group) <
               std::pair<std::string_view, std::string_view>(word_of(b.basis), b.group);
    });
    return rows;
}

std::vector<ProfitRow> department_rows(const Month& month, const std::vector<CaseRow>& cases,
                                       const std::vector<StayAmounts>& stays) {
    std::vector<SumsByBasis> sums(month.departments.size());
    for (const CaseRow& row : cases) {
        const DepartmentId department = month.encounters[row.encounter.index()].department;
        add(sums[department.index()][at(row.basis)], sums_of_case(month, row));
    }
    for (std::size_t i = 0; i < month.encounters.size(); ++i) {
        if (month.encounters[i].status == StayStatus::visit) {
            add(sums[month.encounters[i].department.index()][at(PaymentBasis::visit)],
                sums_of_visit(stays[i]));
        }
    }
    std::vector<ProfitRow> rows;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        for (const PaymentBasis basis : kBasesByWord) {
            if (sums[i][at(basis)].cases > 0) {
                rows.push_back({.group = {},
                                .attending = {},
                                .department = DepartmentId(i),
                                .basis = basis,
                                .sums = sums[i][at(basis)]});
            }
        }
    }
    return rows;
}

std::vector<ProfitRow> physician_rows(const Month& month, const std::vector<CaseRow>& cases) {
    PhysicianSums sums;
    for (const CaseRow& row : cases) {
        const Encounter& encounter = month.encounters[row.encounter.index()];
        auto& [basis, own] =
            sums[PhysicianKey(encounter.attending, encounter.department, word_of(row.basis))];
        basis = row.basis;
        add(own, sums_of_case(month, row));
    }
    std::vector<ProfitRow> rows;
    rows.reserve(sums.size());
    for (const auto& [key, entry] : sums) {
        rows.push_back({.group = {},
                        .attending = std::string(std::get<0>(key)),
                        .department = std::get<1>(key),
                        .basis = entry.first,
                        .sums = entry.second});
    }
    return rows;
}

}  // namespace

ProfitResult sum_profit(const Month& month, std::vector<CaseRow> cases,
                        const std::vector<StayAmounts>& stays) {
    YUANLIU_CHECK(stays.size() == month.encounters.size());
    ProfitResult result;
    result.cases = std::move(cases);
    result.groups = group_rows(month, result.cases);
    result.departments = department_rows(month, result.cases, stays);
    result.physicians = physician_rows(month, result.cases);
    return result;
}

}  // namespace yuanliu::costing::profit
