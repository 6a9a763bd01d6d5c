// Why this file: tables of cases and of profit by group, department and physician; charges, payment
// and cost stand apart.
#include "server/export/result_tables.hpp"

namespace yuanliu::exporting {
namespace {

/// The columns that all three profit tables end with.
constexpr std::string_view kSumColumns =
    ",cases,rw_total,points,charge,payment,cost,policy_margin,real_margin";

void add_sums(TableText& table, const ProfitSums& sums) {
    table.count(sums.cases)
        .number(sums.rw)
        .number(sums.points)
        .amount(sums.charge)
        .amount(sums.payment)
        .amount(sums.cost)
        .amount(sums.payment - sums.charge)
        .amount(sums.payment - sums.cost);
    table.end_row();
}

void add_group_columns(TableText& table, const Month& month, const CaseRow& row) {
    if (row.status != CaseStatus::grouped) {
        table.blank().blank().blank().blank();
        return;
    }
    const CatalogueRow& group = month.catalogue[row.row.index()];
    table.text(group.group)
        .word(row.level)
        .text(row.deciding_codes)
        .number(RelativeWeight::from_raw(group.score.raw()));
}

FinishedTable cases_table(const Month& month, const std::vector<CaseRow>& cases) {
    TableText table(
        "cases.csv",
        "encounter,department,attending,payer,status,group,level,deciding_codes,rw,days,score,"
        "deviation,points,basis,charge,payment,cost,policy_margin,real_margin");
    for (const CaseRow& row : cases) {
        const Encounter& encounter = month.encounters[row.encounter.index()];
        table.text(encounter.code)
            .text(month.departments[encounter.department.index()].code)
            .text(encounter.attending)
            .text(encounter.payer)
            .word(row.status);
        add_group_columns(table, month, row);
        table.count(row.days);
        if (row.status == CaseStatus::grouped) {
            table.number(month.catalogue[row.row.index()].score);
        } else {
            table.blank();
        }
        table.text(row.deviation ? word_of(*row.deviation) : std::string_view())
            .number(row.points)
            .word(row.basis)
            .amount(row.charge)
            .amount(row.payment)
            .amount(row.cost)
            .amount(row.policy_margin())
            .amount(row.real_margin());
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable fund_parts_table(const Month& month, const std::vector<FundPartRow>& rows) {
    TableText table("fund_parts.csv", "encounter,payment,patient_paid,fund_payment");
    for (const FundPartRow& row : rows) {
        table.text(month.encounters[row.encounter.index()].code)
            .amount(row.payment)
            .amount(row.patient_paid)
            .amount(row.fund_payment());
        table.end_row();
    }
    return std::move(table).finish();
}

/// A figure, or a blank where there is none.
void add_figure(TableText& table, bool is_there, PolicyFigure figure) {
    if (is_there) {
        table.number(figure);
    } else {
        table.blank();
    }
}

FinishedTable policy_cases_table(const Month& month, const std::vector<PolicyCaseRow>& rows) {
    TableText table(
        "case_policies.csv",
        "encounter,policy,basis,rule,rule_name,ratio,score,coefficient,value,standard,points,"
        "payment,adjustment,capped,review");
    for (const PolicyCaseRow& row : rows) {
        table.text(month.encounters[row.encounter.index()].code)
            .text(row.policy)
            .text(row.basis)
            .count(row.rule)
            .text(row.rule_name);
        add_figure(table, row.ratio.has_value(), row.ratio.value_or(PolicyFigure()));
        add_figure(table, row.has_standard, row.score);
        add_figure(table, row.has_standard, row.coefficient);
        add_figure(table, row.has_standard, row.value);
        if (row.has_standard) {
            table.amount(row.standard);
        } else {
            table.blank();
        }
        add_figure(table, row.points.has_value(), row.points.value_or(PolicyFigure()));
        table.amount(row.payment);
        if (row.has_standard) {
            table.amount(row.payment - row.standard);
        } else {
            table.blank();
        }
        table.count(row.is_capped ? 1 : 0).count(row.review ? 1 : 0);
        table.end_row();
    }
    return std::move(table).finish();
}

}  // namespace

FinishedTable grouping_table(const Month& month, const GroupingResult& grouping) {
    TableText table("grouping.csv", "encounter,status,reason,level,group,deciding_codes,catalogue");
    for (const GroupingRow& row : grouping.cases) {
        table.text(month.encounters[row.encounter.index()].code)
            .word(row.status)
            .word(row.reason)
            .word(row.level)
            .text(row.group)
            .text(row.deciding_codes)
            .text(grouping.catalogues[row.catalogue]);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable auxiliary_table(const Month& month, const GroupingResult& grouping) {
    TableText table("auxiliary.csv",
                    "encounter,coefficient,kind,band,decided_by,hits,points,catalogue");
    for (const AuxiliaryRow& row : grouping.auxiliary) {
        table.text(month.encounters[row.encounter.index()].code)
            .number(row.coefficient)
            .text(row.kinds)
            .text(row.bands)
            .text(row.decided_by)
            .count(row.hits)
            .count(row.points)
            .text(grouping.auxiliary_catalogues[row.catalogue]);
        table.end_row();
    }
    return std::move(table).finish();
}

FinishedTable group_names_table(const Month& month, const ProfitResult& profit) {
    std::vector<bool> has_cases(month.catalogue.size(), false);
    for (const CaseRow& row : profit.cases) {
        if (row.status == CaseStatus::grouped) {
            has_cases[row.row.index()] = true;
        }
    }
    TableText table("group_names.csv", "group,name");
    for (std::size_t i = 0; i < has_cases.size(); ++i) {
        if (has_cases[i]) {
            table.text(month.catalogue[i].group).text(month.catalogue[i].name);
            table.end_row();
        }
    }
    return std::move(table).finish();
}

std::vector<FinishedTable> profit_tables(const Month& month, const ProfitResult& profit) {
    TableText groups("group_profit.csv", std::string("basis,group") + std::string(kSumColumns));
    for (const ProfitRow& row : profit.groups) {
        groups.word(row.basis).text(row.group);
        add_sums(groups, row.sums);
    }
    TableText departments("department_profit.csv",
                          std::string("department,basis") + std::string(kSumColumns));
    for (const ProfitRow& row : profit.departments) {
        departments.text(month.departments[row.department.index()].code).word(row.basis);
        add_sums(departments, row.sums);
    }
    TableText physicians("physician_profit.csv",
                         std::string("attending,department,basis") + std::string(kSumColumns));
    for (const ProfitRow& row : profit.physicians) {
        physicians.text(row.attending)
            .text(month.departments[row.department.index()].code)
            .word(row.basis);
        add_sums(physicians, row.sums);
    }
    std::vector<FinishedTable> tables;
    tables.push_back(cases_table(month, profit.cases));
    tables.push_back(std::move(groups).finish());
    tables.push_back(std::move(departments).finish());
    tables.push_back(std::move(physicians).finish());
    if (profit.has_policies) {
        tables.push_back(policy_cases_table(month, profit.policy_cases));
    }
    if (profit.has_fund_parts) {
        tables.push_back(fund_parts_table(month, profit.fund_parts));
    }
    return tables;
}

}  // namespace yuanliu::exporting
