// Why this file: see settlement_report.hpp; the year-end clearing, and money held or paid ahead.
#include <map>

#include "server/report/settlement_cells.hpp"

namespace yuanliu::report {
namespace {

namespace engine = costing::settle;

/// What a clearing met when it was told.
struct ClearingMeeting {
    Money settled;  ///< of its cases, before it
    Money loss;     ///< of its cases, on its day
    Money cash;     ///< on its cases by its day, the netted prepayment apart
    Money since;    ///< after its day
};

ClearingMeeting meeting_of(const engine::Settlement& made, const engine::ClearingOutcome& outcome) {
    const engine::Clearing& clearing = *outcome.clearing;
    std::vector<bool> is_here(made.book.cases().size());
    for (const engine::ClearedCase& cleared : outcome.cases) {
        is_here[cleared.at] = true;
    }
    ClearingMeeting meeting;
    Money change;
    for (const engine::Entry& entry : made.entries.entries) {
        if (!is_here[entry.at] || entry.recorded_on > clearing.recorded_on) {
            continue;
        }
        meeting.settled += entry.amounts.settled;
        meeting.loss += entry.amounts.loss;
        if (entry.kind == engine::EntryKind::clearing &&
            entry.recorded_on == clearing.recorded_on) {
            change += entry.amounts.settled;
        }
    }
    meeting.settled -= change;
    for (const engine::CashRow& row : made.cash) {
        for (const engine::CashPart& part : row.parts) {
            if (!is_here[part.at] || row.clearing == &clearing) {
                continue;
            }
            (row.applied_on <= clearing.recorded_on && row.came_on < clearing.recorded_on
                 ? meeting.cash
                 : meeting.since) += part.amount;
        }
    }
    return meeting;
}

void add_line(Section& section, std::string words, const Cell& cell,
              RowStyle style = RowStyle::item) {
    section.rows.push_back({.style = style, .cells = {text_cell(std::move(words)), cell}});
}

Section statement_section(const SettlementView& view, const engine::ClearingOutcome& outcome,
                          Report& report) {
    const Language language = view.language;
    const engine::Clearing& clearing = *outcome.clearing;
    const engine::Payer& payer = *view.made.book.payer(clearing.payer);
    Section section{.caption = payer_words(payer) + " " + std::to_string(clearing.year) + " " +
                               clearing.recorded_on.text(),
                    .columns = {{in(language, "项目", "item")}, {in(language, "金额", "amount")}}};
    const auto line = [&](std::string_view zh, std::string_view en, const Cell& cell,
                          RowStyle style = RowStyle::item) {
        add_line(section, in(language, zh, en), cell, style);
    };
    const ClearingMeeting meeting = meeting_of(view.made, outcome);
    const Money tail = outcome.payable - meeting.loss - meeting.cash - clearing.prepayment_netted;
    line("年度基金", "fund of the year", amount_cell(clearing.fund));
    line("本院分值", "our points", number_cell(outcome.points.trimmed()));
    line("其他医院分值", "points of others", number_cell(clearing.other_points.trimmed()));
    line("按分值应得", "our part by points", amount_cell(outcome.base));
    line("考核系数", "appraisal coefficient", number_cell(clearing.appraisal.trimmed()));
    line("考核后", "after appraisal", amount_cell(outcome.appraised));
    line("记账金额", "booked", clearing.booked ? amount_cell(*clearing.booked) : blank_cell());
    line("记账/应得", "booked of it",
         clearing.booked ? percent_cell(clearing.booked->raw(), outcome.appraised.raw())
                         : blank_cell());
    line("适用分段", "bracket",
         outcome.bracket == 0 ? blank_cell()
                              : count_cell(static_cast<std::int64_t>(outcome.bracket)));
    line("应清算", "payable", amount_cell(outcome.payable), RowStyle::subtotal);
    line("医保通知应清算", "payable as stated",
         clearing.stated_payable ? amount_cell(*clearing.stated_payable) : blank_cell());
    line("此前已结算", "settled before", amount_cell(meeting.settled));
    line("清算调整", "change by clearing", amount_cell(outcome.payable - meeting.settled));
    line("违规扣款", "violation loss", amount_cell(meeting.loss));
    line("此前已收款", "received before", amount_cell(meeting.cash));
    line("冲抵预付金", "prepayment netted", amount_cell(clearing.prepayment_netted));
    line("尾款", "tail", amount_cell(tail), RowStyle::total);
    line("此后已收款", "received since", amount_cell(meeting.since));
    Money shares;
    for (const Money share : outcome.shares) {
        shares += share;
    }
    report.must_close(in(language, "各例清算额 = 应清算", "cases = payable"), shares,
                      outcome.payable);
    return section;
}

Section shares_section(const SettlementView& view, const engine::ClearingOutcome& outcome) {
    const Language language = view.language;
    Section section{.caption = in(language, "逐例清算", "Case by case"),
                    .columns = {{in(language, "就诊", "encounter")},
                                {in(language, "分值", "points")},
                                {in(language, "清算额", "share")},
                                {in(language, "此前已结算", "settled before")},
                                {in(language, "清算调整", "change")}}};
    std::map<std::size_t, Money> change;
    for (const engine::Entry& entry : view.made.entries.entries) {
        if (entry.kind == engine::EntryKind::clearing &&
            entry.recorded_on == outcome.clearing->recorded_on) {
            change[entry.at] += entry.amounts.settled;
        }
    }
    Money shares;
    Money changes;
    for (std::size_t i = 0; i < outcome.cases.size(); ++i) {
        const engine::ClearedCase& cleared = outcome.cases[i];
        const Money share = outcome.shares[i];
        shares += share;
        changes += change[cleared.at];
        section.rows.push_back(
            {.cells = {text_cell(std::string(cleared.encounter)),
                       number_cell(cleared.points.trimmed()), amount_cell(share),
                       amount_cell(share - change[cleared.at]), amount_cell(change[cleared.at])}});
    }
    section.rows.push_back(
        {.style = RowStyle::total,
         .cells = {text_cell(in(language, "合计", "total")), number_cell(outcome.points.trimmed()),
                   amount_cell(shares), amount_cell(shares - changes), amount_cell(changes)}});
    return section;
}

Section deduction_section(const SettlementView& view) {
    const Language language = view.language;
    Section section{.caption = in(language, "审核扣款", "Audit deductions"),
                    .columns = {{in(language, "扣款单号", "deduction")},
                                {in(language, "付费方", "payer")},
                                {in(language, "出院年", "year of discharge")},
                                {in(language, "就诊", "encounter")},
                                {in(language, "结算月", "settlement month")},
                                {in(language, "通知日", "told on")},
                                {in(language, "原因", "reason")},
                                {in(language, "金额", "amount")}}};
    std::map<std::string_view, const engine::AuditDeduction*> rows;
    for (const engine::AuditDeduction& row : view.input.audits) {
        if (row.recorded_on <= view.made.as_of) {
            rows.emplace(row.deduction, &row);
        }
    }
    for (const auto& [id, row] : rows) {
        section.rows.push_back(
            {.cells = {text_cell(row->deduction), text_cell(row->payer),
                       text_cell(std::to_string(row->year)),
                       text_cell(row->encounter.empty() ? in(language, "全院分担", "shared")
                                                        : row->encounter),
                       text_cell(row->settlement_month.text()), text_cell(row->recorded_on.text()),
                       text_cell(row->reason), amount_cell(row->amount)}});
    }
    return section;
}

Section prepayment_section(const SettlementView& view) {
    const Language language = view.language;
    Section section{.caption = in(language, "预付金与保证金", "Prepayments and deposits"),
                    .columns = {{in(language, "付费方", "payer")},
                                {in(language, "预付金余额", "prepayment left")},
                                {in(language, "保证金余额", "deposit held")}}};
    std::map<std::string, std::pair<Money, Money>> balances;
    for (const auto& [payer, amount] : view.made.prepayment_left) {
        balances[payer].first = amount;
    }
    for (const auto& [payer, amount] : view.made.deposit_left) {
        balances[payer].second = amount;
    }
    for (const auto& [payer, balance] : balances) {
        section.rows.push_back(
            {.cells = {text_cell(payer), amount_cell(balance.first), amount_cell(balance.second)}});
    }
    return section;
}

}  // namespace

Report clearing_report(const SettlementView& view) {
    Report report = begin_settlement_report(view, "医保年终清算表", "Year-end clearing");
    for (const engine::ClearingOutcome& outcome : view.made.entries.clearings) {
        report.sections.push_back(statement_section(view, outcome, report));
        report.sections.push_back(shares_section(view, outcome));
    }
    report.sections.push_back(deduction_section(view));
    report.sections.push_back(prepayment_section(view));
    return report;
}

}  // namespace yuanliu::report
