// The case list and its sums by group, department and physician (docs/method.md §8).
#include <algorithm>
#include <map>

#include "cases.hpp"

namespace yuanliu_verify {

namespace {

using SumsByKey = std::map<std::vector<std::string>, ProfitSums>;

void write_margins(RowSet& rows, Fen charge, Fen payment, Fen cost) {
    rows.amount(charge).amount(payment).amount(cost);
    rows.amount(Int128{payment} - charge).amount(Int128{payment} - cost).end_row();
}

void write_sums(RowSet& rows, const SumsByKey& sums_by_key) {
    for (const auto& [key, sums] : sums_by_key) {
        for (const std::string& part : key) {
            rows.text(part);
        }
        rows.count(sums.cases).decimal(sums.rw, 7).number(sums.points);
        write_margins(rows, sums.charge, sums.payment, sums.cost);
    }
}

void add(ProfitSums& sums, const ProfitSums& more) {
    sums.cases += more.cases;
    sums.rw += more.rw;
    sums.points += more.points;
    add_to(sums.charge, more.charge);
    add_to(sums.payment, more.payment);
    add_to(sums.cost, more.cost);
}

void write_case(RowSet& rows, const Books& books, const Case& item) {
    const Encounter& encounter = books.encounter[item.encounter];
    rows.text(books.encounters.code(item.encounter));
    rows.text(books.departments.code(encounter.department));
    rows.text(encounter.attending).text(encounter.payer).text(item.group.status);
    const CatalogueRow* row = item.group.row;
    if (row != nullptr) {
        rows.text(row->group).text(item.group.level).text(item.group.deciding_codes);
        rows.decimal(row->score, 7).count(encounter.days).number(row->score);
    } else {
        rows.blank().blank().blank().blank().count(encounter.days).blank();
    }
    rows.text(item.deviation).number(item.points).text(item.basis);
    write_margins(rows, item.charge, item.payment, item.cost);
}

void write_policy_case(RowSet& rows, const Books& books, const Case& item) {
    const PolicyAnswer& answer = *item.by_policy;
    const auto figure = [&](bool is_there, const Fraction& value) {
        if (is_there) {
            rows.decimal(in_units(value, 6), 6);
        } else {
            rows.blank();
        }
    };
    const bool has_standard = answer.score.has_value();
    const Fraction score = answer.score.value_or(Fraction(0));
    const Fen standard = narrow(in_units(times(times(score, answer.coefficient), answer.value), 2));
    rows.text(books.encounters.code(item.encounter)).text(answer.policy).text(answer.basis);
    rows.count(answer.rule).text(answer.rule_name);
    figure(answer.ratio.has_value(), answer.ratio.value_or(Fraction(0)));
    figure(has_standard, score);
    figure(has_standard, answer.coefficient);
    figure(has_standard, answer.value);
    if (has_standard) {
        rows.amount(standard);
    } else {
        rows.blank();
    }
    figure(answer.points.has_value(), answer.points.value_or(Fraction(0)));
    rows.amount(answer.payment);
    if (has_standard) {
        rows.amount(Int128{answer.payment} - standard);
    } else {
        rows.blank();
    }
    rows.count(answer.capped ? 1 : 0).count(answer.review ? 1 : 0).end_row();
}

}  // namespace

void derive_profit(const Books& books, const Stays& stays, const std::vector<Case>& cases,
                   Derived& derived) {
    SumsByKey by_group;
    SumsByKey by_department;
    SumsByKey by_physician;
    for (const Case& item : cases) {
        write_case(derived.tables["cases.csv"], books, item);
        if (item.by_policy) {
            write_policy_case(derived.tables["case_policies.csv"], books, item);
        }
        if (item.patient_paid && item.basis != "charges") {
            const Fen patient = std::min(*item.patient_paid, std::max<Fen>(0, item.payment));
            derived.tables["fund_parts.csv"]
                .text(books.encounters.code(item.encounter))
                .amount(item.payment)
                .amount(patient)
                .amount(Int128{item.payment} - patient)
                .end_row();
        }
        const Encounter& encounter = books.encounter[item.encounter];
        const std::string& department = books.departments.code(encounter.department);
        const CatalogueRow* row = item.group.row;
        const ProfitSums one{
            1, row == nullptr ? 0 : row->score, item.points, item.charge, item.payment, item.cost};
        add(by_group[{item.basis, row == nullptr ? "~" + item.group.status : row->group}], one);
        add(by_department[{department, item.basis}], one);
        add(by_physician[{encounter.attending, department, item.basis}], one);
    }
    for (std::uint32_t id = 0; id < books.encounters.size(); ++id) {
        const Encounter& encounter = books.encounter[id];
        if (encounter.status == Status::kVisit) {
            const ProfitSums one{1, 0, 0, stays.charge[id], stays.charge[id], stays.cost[id]};
            add(by_department[{books.departments.code(encounter.department), "visit"}], one);
        }
    }
    for (const auto& [key, sums] : by_department) {
        add(derived.figures.profit, sums);
    }
    write_sums(derived.tables["group_profit.csv"], by_group);
    write_sums(derived.tables["department_profit.csv"], by_department);
    write_sums(derived.tables["physician_profit.csv"], by_physician);
}

}  // namespace yuanliu_verify
