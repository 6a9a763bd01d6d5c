// Why this file: see settlement_report.hpp; the reconciliation, and the words that all three share.
#include "server/report/settlement_report.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "server/report/settlement_cells.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::report {
namespace {

namespace engine = costing::settle;
using engine::CaseState;
using engine::ClaimAmounts;

constexpr std::array<std::string_view, 10> kPayerKinds{
    "职工", "居民", "异地", "生育", "工伤", "商业保险", "自费", "门诊统筹", "门诊慢特病", "其他"};
constexpr std::array<std::string_view, 4> kPayerMethods{"DIP", "DRG", "按费用", "不结算"};
constexpr std::array<std::string_view, 7> kCaseStages{
    "暂估", "已预结", "已回复", "拒付待申诉", "申诉中", "特例单议中", "已清算"};

/// Sums of cases in one row of the first table.
struct PayerSum {
    std::size_t cases = 0;
    Money charge;
    Money margin;
    ClaimAmounts amounts;
    void add(const CaseState& state) {
        ++cases;
        charge += state.estimate->charge;
        margin += state.settlement_margin();
        amounts += state.amounts;
    }
    void add(const PayerSum& other) {
        cases += other.cases;
        charge += other.charge;
        margin += other.margin;
        amounts += other.amounts;
    }
};

/// `is_mean` is false where payers of different rules come together: their mean says nothing.
Row payer_row(std::vector<Cell> head, const PayerSum& sum, bool is_mean) {
    Row row{.cells = std::move(head)};
    row.cells.push_back(count_cell(static_cast<std::int64_t>(sum.cases)));
    row.cells.push_back(amount_cell(sum.charge));
    row.cells.push_back(is_mean ? each_cell(sum.charge, static_cast<std::int64_t>(sum.cases))
                                : blank_cell());
    row.cells.push_back(amount_cell(sum.margin));
    add_amount_cells(row, sum.amounts);
    return row;
}

Section payer_section(const SettlementView& view) {
    const Language language = view.language;
    Section section{.caption = in(language, "一、付费方", "1. Payers"),
                    .key_columns = 1,
                    .columns = {{in(language, "付费方", "payer")},
                                {in(language, "类别", "kind")},
                                {in(language, "结算方式", "method")},
                                {in(language, "例数", "cases")},
                                {in(language, "医疗费用", "charges")},
                                {in(language, "例均费用", "charges a case")},
                                {in(language, "结算差额", "settlement margin")}}};
    add_amount_columns(section, language);
    std::map<std::string_view, PayerSum> sums;
    for (const CaseState& state : view.made.cases) {
        sums[state.file->payer->payer].add(state);
    }
    PayerSum total;
    for (const bool by_points : {true, false}) {
        PayerSum part;
        for (const engine::Payer& payer : view.input.settings.payers) {
            const bool is_here = payer.method == engine::PayerMethod::dip ||
                                 payer.method == engine::PayerMethod::drg;
            const auto found = sums.find(payer.payer);
            if (is_here == by_points && found != sums.end()) {
                section.rows.push_back(payer_row(
                    {text_cell(payer_words(payer)), text_cell(kind_words(payer.kind, language)),
                     text_cell(method_words(payer.method, language))},
                    found->second, true));
                part.add(found->second);
            }
        }
        section.rows.push_back(
            payer_row({text_cell(by_points ? in(language, "DIP/DRG 小计", "by points")
                                           : in(language, "非 DIP/DRG 小计", "not by points")),
                       text_cell(""), text_cell("")},
                      part, by_points));
        section.rows.back().style = RowStyle::subtotal;
        total.add(part);
    }
    section.rows.push_back(payer_row(
        {text_cell(in(language, "合计", "total")), text_cell(""), text_cell("")}, total, false));
    section.rows.back().style = RowStyle::total;
    return section;
}

void add_cause_columns(Section& section, Language language) {
    const std::string group = in(language, "差额原因", "difference by cause");
    for (const auto& title :
         {in(language, "病组", "group"), in(language, "机构系数", "hospital coefficient"),
          in(language, "辅助系数", "auxiliary coefficient"), in(language, "偏差", "deviation"),
          in(language, "点值", "point value"), in(language, "扣款", "deduction"),
          in(language, "尾差及其他", "rounding and other")}) {
        section.columns.push_back({.title = title, .group = group});
    }
}

void add_cause_cells(Row& row, const engine::Causes& causes) {
    for (const Money cause : {causes.group, causes.hospital, causes.auxiliary, causes.deviation,
                              causes.point_value, causes.deduction, causes.rest}) {
        row.cells.push_back(amount_cell(cause));
    }
}

/// Ours, theirs and the causes of some cases with a reply.
struct CauseSum {
    std::int64_t cases = 0;
    Money ours;
    Money theirs;
    engine::Causes causes;
    void add(const engine::Difference& difference) {
        ++cases;
        ours += difference.ours;
        theirs += difference.theirs;
        causes += difference.causes;
    }
    [[nodiscard]] Row row(std::vector<Cell> head) const {
        Row made{.cells = std::move(head)};
        made.cells.push_back(count_cell(cases));
        made.cells.push_back(amount_cell(ours));
        made.cells.push_back(amount_cell(theirs));
        made.cells.push_back(amount_cell(theirs - ours));
        add_cause_cells(made, causes);
        return made;
    }
};

Section cause_section(const SettlementView& view, Report& report) {
    const Language language = view.language;
    Section section{.caption = in(language, "二、差额按原因和结算月",
                                  "2. Differences by cause and settlement month"),
                    .key_columns = 2,
                    .columns = {{in(language, "付费方", "payer")},
                                {in(language, "结算月", "settlement month")},
                                {in(language, "例数", "cases")},
                                {in(language, "暂估", "ours")},
                                {in(language, "医保回复", "theirs")},
                                {in(language, "差额", "difference")}}};
    add_cause_columns(section, language);
    std::map<std::pair<std::string, Period>, CauseSum> sums;
    std::array<CauseSum, 2> parts;
    for (const CaseState& state : view.made.cases) {
        if (state.difference) {
            sums[{payer_words(*state.file->payer), state.reply->settlement_month}].add(
                *state.difference);
            parts[state.file->is_by_points() ? 0 : 1].add(*state.difference);
        }
    }
    for (const auto& [key, sum] : sums) {
        section.rows.push_back(sum.row({text_cell(key.first), text_cell(key.second.text())}));
    }
    const std::array<std::string, 2> names{in(language, "DIP/DRG 小计", "by points"),
                                           in(language, "非 DIP/DRG 小计", "not by points")};
    for (std::size_t i = 0; i < 2; ++i) {
        section.rows.push_back(parts[i].row({text_cell(names[i]), text_cell("")}));
        section.rows.back().style = RowStyle::subtotal;
        report.must_close(in(language, "差额 = 各原因之和", "difference = sum of causes"),
                          parts[i].theirs - parts[i].ours, parts[i].causes.total());
    }
    return section;
}

Section case_section(const SettlementView& view, Report& report) {
    const Language language = view.language;
    Section section{.caption = in(language, "三、逐例对账", "3. Case by case"),
                    .key_columns = 1,
                    .columns = {{in(language, "就诊", "encounter")},
                                {in(language, "病案号", "record number")},
                                {in(language, "付费方", "payer")},
                                {in(language, "科室", "department")},
                                {in(language, "出院月", "discharge month")},
                                {in(language, "结算月", "settlement month")},
                                {in(language, "状态", "stage")},
                                {in(language, "我方病组", "our group")},
                                {in(language, "医保病组", "their group")},
                                {in(language, "医疗费用", "charges")},
                                {in(language, "暂估", "ours")},
                                {in(language, "医保回复", "theirs")},
                                {in(language, "差额", "difference")}}};
    add_cause_columns(section, language);
    section.columns.push_back({in(language, "结算差额", "settlement margin")});
    add_amount_columns(section, language);
    ClaimAmounts total;
    for (const CaseState& state : view.made.cases) {
        const bool is_replied = state.reply != nullptr;
        Row row{
            .cells = {text_cell(std::string(state.file->encounter)),
                      text_cell(state.estimate->record_number), text_cell(state.file->payer->payer),
                      text_cell(state.estimate->department),
                      text_cell(state.file->discharge_month().text()),
                      text_cell(is_replied ? state.reply->settlement_month.text() : ""),
                      text_cell(stage_words(state.stage, language)),
                      text_cell(state.estimate->factors.group),
                      text_cell(is_replied ? state.reply->factors.group : ""),
                      amount_cell(state.estimate->charge), amount_cell(state.estimate->standard)}};
        if (state.difference) {
            row.cells.push_back(amount_cell(state.difference->theirs));
            row.cells.push_back(amount_cell(state.difference->theirs - state.difference->ours));
            add_cause_cells(row, state.difference->causes);
            report.must_close(std::string(state.file->encounter),
                              state.difference->theirs - state.difference->ours,
                              state.difference->causes.total());
        } else {
            row.cells.insert(row.cells.end(), 9, blank_cell());
        }
        row.cells.push_back(state.is_settled ? amount_cell(state.settlement_margin())
                                             : blank_cell());
        add_amount_cells(row, state.amounts);
        total += state.amounts;
        section.rows.push_back(std::move(row));
    }
    ClaimAmounts entries;
    for (const engine::Entry& entry : view.made.entries.entries) {
        entries += entry.amounts;
    }
    report.must_close(in(language, "各例合计 = 各分录合计 (应收)", "cases = entries (claim)"),
                      total.claim, entries.claim);
    report.must_close(in(language, "各例合计 = 各分录合计 (结算)", "cases = entries (settled)"),
                      total.settled, entries.settled);
    report.must_close(in(language, "各例合计 = 各分录合计 (违规)", "cases = entries (loss)"),
                      total.loss, entries.loss);
    return section;
}

Section refusal_section(const SettlementView& view) {
    const Language language = view.language;
    Section section{.caption = in(language, "四、拒付与申诉", "4. Refusals and appeals"),
                    .key_columns = 1,
                    .columns = {{in(language, "拒付单号", "refusal")},
                                {in(language, "就诊", "encounter")},
                                {in(language, "结算月", "settlement month")},
                                {in(language, "通知日", "told on")},
                                {in(language, "申诉截止", "appeal by")},
                                {in(language, "申诉日", "filed on")},
                                {in(language, "裁定日", "decided on")},
                                {in(language, "原因", "reason")},
                                {in(language, "拒付", "refused")},
                                {in(language, "退回", "returned")},
                                {in(language, "维持", "stands")}}};
    std::map<std::string_view, const engine::Refusal*> refusals;
    for (const engine::Refusal& row : view.input.refusals) {
        if (row.recorded_on <= view.made.as_of) {
            refusals.emplace(row.refusal, &row);
        }
    }
    Money refused;
    Money returned;
    for (const auto& [id, row] : refusals) {
        std::string filed;
        std::string decided;
        Money back;
        for (const engine::AppealEvent& event : view.input.appeals) {
            if (event.refusal == id && event.recorded_on <= view.made.as_of) {
                (event.step == engine::AppealStep::filed ? filed : decided) =
                    event.recorded_on.text();
                back += event.returned;
            }
        }
        refused += row->amount;
        returned += back;
        section.rows.push_back(
            {.cells = {text_cell(row->refusal), text_cell(row->encounter),
                       text_cell(row->settlement_month.text()), text_cell(row->recorded_on.text()),
                       text_cell(engine::appeal_deadline(*row, view.input.settings).text()),
                       text_cell(filed), text_cell(decided), text_cell(row->reason),
                       amount_cell(row->amount), amount_cell(back),
                       amount_cell(row->amount - back)}});
    }
    Row total{.style = RowStyle::total, .cells = {text_cell(in(language, "合计", "total"))}};
    total.cells.insert(total.cells.end(), 7, text_cell(""));
    for (const Money amount : {refused, returned, refused - returned}) {
        total.cells.push_back(amount_cell(amount));
    }
    section.rows.push_back(std::move(total));
    return section;
}

/// Applications by payer and year of discharge against the quota.
Section review_section(const SettlementView& view) {
    const Language language = view.language;
    Section section{.caption = in(language, "五、特例单议", "5. Special review"),
                    .key_columns = 2,
                    .columns = {{in(language, "付费方", "payer")},
                                {in(language, "出院年", "year of discharge")},
                                {in(language, "出院例数", "discharges")},
                                {in(language, "限额例数", "quota")},
                                {in(language, "已申请", "applied")},
                                {in(language, "已通过", "granted")},
                                {in(language, "未通过", "rejected")},
                                {in(language, "结算增加", "settled more")}}};
    struct Tally {
        std::size_t discharges = 0;
        std::int64_t applied = 0;
        std::int64_t granted = 0;
        std::int64_t rejected = 0;
        Money more;
    };
    std::map<std::pair<const engine::Payer*, int>, Tally> tallies;
    for (const CaseState& state : view.made.cases) {
        Tally& tally = tallies[{state.file->payer, state.file->discharge_month().year()}];
        ++tally.discharges;
        for (const engine::ReviewEvent* row : state.file->reviews) {
            if (row->recorded_on <= view.made.as_of) {
                const bool is_decided = row->step == engine::ReviewStep::decided;
                ++(!is_decided ? tally.applied : row->fund ? tally.granted : tally.rejected);
            }
        }
    }
    for (const engine::Entry& entry : view.made.entries.entries) {
        if (entry.kind == engine::EntryKind::special_review) {
            const engine::CaseFile& file = view.made.book.cases()[entry.at];
            tallies[{file.payer, file.discharge_month().year()}].more += entry.amounts.settled;
        }
    }
    for (const auto& [key, tally] : tallies) {
        if (tally.applied == 0) {
            continue;
        }
        section.rows.push_back(
            {.cells = {text_cell(payer_words(*key.first)), text_cell(std::to_string(key.second)),
                       count_cell(static_cast<std::int64_t>(tally.discharges)),
                       count_cell(
                           engine::review_quota(*key.first, tally.discharges, view.input.settings)),
                       count_cell(tally.applied), count_cell(tally.granted),
                       count_cell(tally.rejected), amount_cell(tally.more)}});
    }
    return section;
}

}  // namespace

Report begin_settlement_report(const SettlementView& view, std::string_view zh,
                               std::string_view en) {
    const Language language = view.language;
    return {.language = language,
            .form = {},
            .title = in(language, zh, en),
            .caliber = {},
            .hospital = view.input.settings.hospital,
            .period = in(language, "截至 ", "as of ") + view.made.as_of.text(),
            .basis = in(language, "截至该日已登记的全部事项; 以后登记的事项不改变本表",
                        "all that was recorded by that day; later rows change nothing here")};
}

std::string payer_words(const engine::Payer& payer) {
    return payer.payer + " " + payer.name;
}

std::string kind_words(engine::PayerKind kind, Language language) {
    return in(language, kPayerKinds[static_cast<std::size_t>(kind)], word_of(kind));
}

std::string method_words(engine::PayerMethod method, Language language) {
    return in(language, kPayerMethods[static_cast<std::size_t>(method)], word_of(method));
}

std::string stage_words(engine::CaseStage stage, Language language) {
    return in(language, kCaseStages[static_cast<std::size_t>(stage)], word_of(stage));
}

std::string settlement_month_words(std::optional<Period> month, Language language) {
    if (!month) {
        return in(language, "未结算", "not settled");
    }
    return month->month() == 13 ? std::to_string(month->year()) + in(language, " 清算", " clearing")
                                : month->text();
}

void add_amount_columns(Section& section, Language language) {
    for (const auto& title :
         {in(language, "应收 (基金)", "claim"), in(language, "已结算 (基金)", "settled"),
          in(language, "结算率", "settlement rate"), in(language, "患者支付", "patient"),
          in(language, "违规拒付损失", "violation loss"), in(language, "已收款", "cash"),
          in(language, "未收", "outstanding")}) {
        section.columns.push_back({.title = title});
    }
}

void add_amount_cells(Row& row, const ClaimAmounts& amounts) {
    row.cells.push_back(amount_cell(amounts.claim));
    row.cells.push_back(amount_cell(amounts.settled));
    row.cells.push_back(percent_cell(amounts.settled.raw(), amounts.claim.raw()));
    row.cells.push_back(amount_cell(amounts.patient));
    row.cells.push_back(amount_cell(amounts.loss));
    row.cells.push_back(amount_cell(amounts.cash));
    row.cells.push_back(amount_cell(amounts.outstanding()));
}

Report reconciliation_with_insurer(const SettlementView& view) {
    const Language language = view.language;
    Report report = begin_settlement_report(view, "医保结算对账表", "Reconciliation with insurers");
    report.sections.push_back(payer_section(view));
    report.sections.push_back(cause_section(view, report));
    report.sections.push_back(case_section(view, report));
    report.sections.push_back(refusal_section(view));
    report.sections.push_back(review_section(view));
    report.notes = {
        in(language,
           "结算差额 = 基金 + 患者支付 (违规拒付前) − 医疗费用; 违规拒付损失单列, 两者不相抵。",
           "Settlement margin = fund + patient (before violations) - charges; violation loss "
           "stands beside it, and the two are never netted."),
        in(language, "非 DIP/DRG 病例单列, 不计入 DIP/DRG 平均数。",
           "Cases that are not settled by points stand apart and are in no mean of those that "
           "are.")};
    return report;
}

std::string entries_csv(const engine::Settlement& made) {
    std::string out = "encounter,recorded_on,kind,settlement_month,id,claim,settled,patient,loss\n";
    for (const engine::Entry& entry : made.entries.entries) {
        const std::string day = entry.recorded_on.text();
        const std::string month = entry.month ? entry.month->text() : "";
        const ClaimAmounts& sum = entry.amounts;
        const std::array<std::string, 4> amounts{sum.claim.text(), sum.settled.text(),
                                                 sum.patient.text(), sum.loss.text()};
        out += text::render_row(std::array<std::string_view, 9>{
            made.book.cases()[entry.at].encounter, day, word_of(entry.kind), month, entry.id,
            amounts[0], amounts[1], amounts[2], amounts[3]});
        out.push_back('\n');
    }
    return out;
}

}  // namespace yuanliu::report
