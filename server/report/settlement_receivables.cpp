// Why this file: see settlement_report.hpp; months against months, ageing, and what is to come.
#include <array>
#include <map>
#include <set>

#include "costing/settle/outlook.hpp"
#include "server/report/settlement_cells.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::report {
namespace {

namespace engine = costing::settle;
using engine::ClaimAmounts;

/// A row or a column: how it is sorted, and what it is called.
struct GridTitle {
    std::string key;
    std::string words;
    friend auto operator<=>(const GridTitle&, const GridTitle&) = default;
};

/// Months sort as they run, the clearing (month 13) after December, what has no month last.
GridTitle month_title(std::optional<Period> month, Language language) {
    return {month ? month->text() : "~", settlement_month_words(month, language)};
}

/// The month in which cash came; a netted prepayment came before.
GridTitle cash_title(const engine::CashRow& row, Language language) {
    return row.receipt == nullptr ? GridTitle{"~", in(language, "冲抵预付金", "prepayment netted")}
                                  : month_title(engine::month_of(row.came_on), language);
}

/// Amounts of rows × columns with sums of both; what they are is the caller's.
class Grid {
  public:
    void add(const GridTitle& row, const GridTitle& column, Money amount) {
        rows_[row][column] += amount;
        columns_.insert(column);
    }
    [[nodiscard]] Money total() const {
        Money sum;
        for (const auto& [row, cells] : rows_) {
            for (const auto& [column, amount] : cells) {
                sum += amount;
            }
        }
        return sum;
    }
    [[nodiscard]] Section section(std::string caption, std::string corner,
                                  Language language) const {
        Section made{.caption = std::move(caption), .columns = {{.title = std::move(corner)}}};
        for (const GridTitle& column : columns_) {
            made.columns.push_back({.title = column.words});
        }
        made.columns.push_back({.title = in(language, "合计", "total")});
        GridCells sums;
        for (const auto& [row, cells] : rows_) {
            add_row(made, row.words, cells, RowStyle::item);
            for (const auto& [column, amount] : cells) {
                sums[column] += amount;
            }
        }
        add_row(made, in(language, "合计", "total"), sums, RowStyle::total);
        return made;
    }

  private:
    using GridCells = std::map<GridTitle, Money>;
    void add_row(Section& made, const std::string& title, const GridCells& cells,
                 RowStyle style) const {
        Row row{.style = style, .cells = {text_cell(title)}};
        Money sum;
        for (const GridTitle& column : columns_) {
            const auto found = cells.find(column);
            const Money amount = found == cells.end() ? Money() : found->second;
            row.cells.push_back(found == cells.end() ? blank_cell() : amount_cell(amount));
            sum += amount;
        }
        row.cells.push_back(amount_cell(sum));
        made.rows.push_back(std::move(row));
    }
    std::map<GridTitle, GridCells> rows_;
    std::set<GridTitle> columns_;
};

/// Net of violations by discharge and settlement month; what is only estimated has a column.
Section settlement_grid(const SettlementView& view, Report& report) {
    const Language language = view.language;
    Grid grid;
    for (const engine::Entry& entry : view.made.entries.entries) {
        const engine::CaseFile& file = view.made.book.cases()[entry.at];
        if (entry.month) {
            grid.add(month_title(file.discharge_month(), language),
                     month_title(entry.month, language), entry.amounts.net());
        }
    }
    Money expected;
    for (const engine::CaseState& state : view.made.cases) {
        expected += state.amounts.claim - state.amounts.loss;
        if (!state.is_settled && !state.amounts.claim.is_zero()) {
            grid.add(month_title(state.file->discharge_month(), language),
                     month_title(std::nullopt, language), state.amounts.claim);
        }
    }
    report.must_close(in(language, "各月合计 = 各例合计", "months = cases"), grid.total(),
                      expected);
    return grid.section(in(language, "一、出院月 × 结算月 (扣除违规后的基金应付)",
                           "1. Discharge month by settlement month (fund, violations off)"),
                        in(language, "出院月", "discharge month"), language);
}

Section cash_grid(const SettlementView& view, Report& report) {
    const Language language = view.language;
    Grid grid;
    Money received;
    for (const engine::CashRow& row : view.made.cash) {
        grid.add(month_title(row.month, language), cash_title(row, language), row.amount);
        received += row.amount;
    }
    Money on_cases = view.made.unapplied;
    for (const engine::CaseState& state : view.made.cases) {
        on_cases += state.amounts.cash;
    }
    report.must_close(in(language, "回款 = 各例已收 + 未核销", "receipts = on cases + not applied"),
                      received, on_cases);
    Section section =
        grid.section(in(language, "二、结算月 × 回款月", "2. Settlement month by cash month"),
                     in(language, "结算月", "settlement month"), language);
    if (!view.made.unapplied.is_zero()) {
        section.notes.push_back(in(language, "尚无对应结算, 未核销到病例: ",
                                   "not applied to cases, no settlement yet: ") +
                                view.made.unapplied.text());
    }
    return section;
}

/// What of the cash is on cases, by the month in which these were discharged.
Section paid_grid(const SettlementView& view) {
    const Language language = view.language;
    Grid grid;
    for (const engine::CashRow& row : view.made.cash) {
        for (const engine::CashPart& part : row.parts) {
            grid.add(month_title(view.made.book.cases()[part.at].discharge_month(), language),
                     cash_title(row, language), part.amount);
        }
    }
    return grid.section(in(language, "三、出院月 × 回款月", "3. Discharge month by cash month"),
                        in(language, "出院月", "discharge month"), language);
}

std::string bucket_words(const engine::Settings& settings, std::size_t bucket, Language language) {
    const auto& ends = settings.ageing_months;
    const std::string from = bucket == 0 ? "0" : std::to_string(ends[bucket - 1] + 1);
    const std::string to = bucket < ends.size() ? std::to_string(ends[bucket]) : "";
    return (to.empty()   ? from + "+"
            : from == to ? from
                         : from + "-" + to) +
           in(language, " 个月", " months");
}

Section ageing_section(const SettlementView& view) {
    const Language language = view.language;
    Section section{.caption = in(language, "四、应收账龄", "4. Ageing"),
                    .key_columns = 2,
                    .columns = {{in(language, "账龄", "age")},
                                {in(language, "出院月", "discharge month")},
                                {in(language, "例数", "cases")}}};
    add_amount_columns(section, language);
    const auto rows = engine::age_debts(view.made, view.input.settings);
    const auto add = [&](const std::string& title, const std::string& month, std::size_t cases,
                         const ClaimAmounts& amounts, RowStyle style) {
        Row row{.style = style,
                .cells = {text_cell(title), text_cell(month),
                          count_cell(static_cast<std::int64_t>(cases))}};
        add_amount_cells(row, amounts);
        section.rows.push_back(std::move(row));
    };
    std::map<std::size_t, std::pair<std::size_t, ClaimAmounts>> buckets;
    std::size_t cases = 0;
    ClaimAmounts total;
    for (const engine::AgeRow& row : rows) {
        add(bucket_words(view.input.settings, row.bucket, language), row.discharge_month.text(),
            row.cases, row.amounts, RowStyle::item);
        buckets[row.bucket].first += row.cases;
        buckets[row.bucket].second += row.amounts;
        cases += row.cases;
        total += row.amounts;
    }
    for (const auto& [bucket, sum] : buckets) {
        add(bucket_words(view.input.settings, bucket, language), in(language, "小计", "subtotal"),
            sum.first, sum.second, RowStyle::subtotal);
    }
    add(in(language, "合计", "total"), "", cases, total, RowStyle::total);
    return section;
}

Section department_section(const SettlementView& view, Report& report) {
    const Language language = view.language;
    Section section{.caption = in(language, "五、科室 (转科病例按设定分割)",
                                  "5. Departments (transfers split as set)"),
                    .columns = {{in(language, "科室", "department")}}};
    add_amount_columns(section, language);
    std::map<std::string, ClaimAmounts> departments;
    ClaimAmounts total;
    for (const auto& [key, amounts] : view.made.departments) {
        departments[key.first] += amounts;
        total += amounts;
    }
    ClaimAmounts cases;
    for (const engine::CaseState& state : view.made.cases) {
        cases += state.amounts;
    }
    for (const auto& [department, amounts] : departments) {
        Row row{.cells = {text_cell(department)}};
        add_amount_cells(row, amounts);
        section.rows.push_back(std::move(row));
    }
    Row row{.style = RowStyle::total, .cells = {text_cell(in(language, "合计", "total"))}};
    add_amount_cells(row, total);
    section.rows.push_back(std::move(row));
    const std::string claim = in(language, "各科室合计 = 各例合计", "departments = cases");
    report.must_close(claim, total.claim, cases.claim);
    report.must_close(claim, total.settled, cases.settled);
    report.must_close(claim, total.patient, cases.patient);
    report.must_close(claim, total.loss, cases.loss);
    report.must_close(claim, total.cash, cases.cash);
    return section;
}

Section deadline_section(const SettlementView& view) {
    const Language language = view.language;
    Section section{.caption = in(language, "六、临近截止", "6. Days not to miss"),
                    .columns = {{in(language, "截止日", "last day")},
                                {in(language, "事项", "what")},
                                {in(language, "就诊", "encounter")},
                                {in(language, "拒付单号", "refusal")},
                                {in(language, "金额", "amount")}}};
    for (const engine::Deadline& row : engine::list_deadlines(view.made, view.input.settings)) {
        section.rows.push_back(
            {.cells = {text_cell(row.last_day.text()),
                       text_cell(row.kind == engine::DeadlineKind::appeal
                                     ? in(language, "申诉", "appeal")
                                     : in(language, "特例单议", "special review")),
                       text_cell(std::string(row.encounter)), text_cell(std::string(row.refusal)),
                       amount_cell(row.amount)}});
    }
    return section;
}

Section cash_section(const SettlementView& view, Report& report) {
    const Language language = view.language;
    Section section{.caption = in(language, "七、回款预测", "7. Cash expected"),
                    .columns = {{in(language, "回款月", "cash month")},
                                {in(language, "月度拨付", "monthly")},
                                {in(language, "清算尾款", "clearing")},
                                {in(language, "合计", "total")}}};
    Money monthly;
    Money clearing;
    const auto add = [&](std::string title, Money left, Money right, RowStyle style) {
        section.rows.push_back({.style = style,
                                .cells = {text_cell(std::move(title)), amount_cell(left),
                                          amount_cell(right), amount_cell(left + right)}});
    };
    for (const engine::ExpectedCash& row : engine::expect_cash(view.made, view.input.settings)) {
        add(row.month.text(), row.monthly, row.clearing, RowStyle::item);
        monthly += row.monthly;
        clearing += row.clearing;
    }
    add(in(language, "合计", "total"), monthly, clearing, RowStyle::total);
    Money outstanding;
    for (const engine::CaseState& state : view.made.cases) {
        outstanding += state.amounts.outstanding();
    }
    report.must_close(in(language, "预测合计 = 未收合计", "expected = outstanding"),
                      monthly + clearing, outstanding);
    section.notes.push_back(
        in(language,
           "口径: 已结算的按月拨付比例在结算月加回款月数到账, 其余在次年清算月; 未结算的按出院月加"
           "结算月数推定结算月。",
           "Basis: of what is settled, the monthly share comes in settlement month + cash lag, the "
           "rest in the clearing month of the year after; what is not settled counts as settled in "
           "discharge month + settle lag."));
    return section;
}

Section value_section(const SettlementView& view) {
    const Language language = view.language;
    Section section{.caption = in(language, "八、点值预测", "8. Point value of the year"),
                    .key_columns = 2,
                    .columns = {{in(language, "付费方", "payer")},
                                {in(language, "年", "year")},
                                {in(language, "已知月数", "months known")},
                                {in(language, "已知分值", "points known")},
                                {in(language, "全年分值", "points of the year")},
                                {in(language, "年度基金", "fund of the year")},
                                {in(language, "预算点值", "budget value")},
                                {in(language, "预测点值", "settlement value")},
                                {in(language, "低值", "low")},
                                {in(language, "高值", "high")},
                                {in(language, "本院未清算分值", "our points not cleared")},
                                {in(language, "按预算点值", "at budget value")},
                                {in(language, "按预测点值", "at settlement value")}}};
    for (const engine::PointValueForecast& row :
         engine::forecast_point_values(view.input, view.made)) {
        section.rows.push_back(
            {.cells = {text_cell(row.newest->payer),
                       text_cell(std::to_string(row.newest->month.year())), count_cell(row.months),
                       number_cell(row.known.trimmed()), number_cell(row.expected.trimmed()),
                       amount_cell(row.newest->year_fund), number_cell(row.budget.text()),
                       number_cell(row.middle.text()), number_cell(row.low.text()),
                       number_cell(row.high.text()), number_cell(row.ours.trimmed()),
                       amount_cell(row.at_budget), amount_cell(row.at_middle)}});
    }
    section.notes.push_back(
        in(language,
           "口径: 结算点值 = 年度基金 ÷ 支付比例 ÷ 全年总分值; 未来各月分值取已知月均值 (预测)、"
           "最多月 (低值)、最少月 (高值)。",
           "Basis: settlement value = fund ÷ pay share ÷ points of the year; months to come have "
           "the mean of the known (settlement value), the most (low), the fewest (high)."));
    return section;
}

}  // namespace

Report receivables_report(const SettlementView& view) {
    Report report = begin_settlement_report(view, "医保应收与回款表", "Receivables and cash");
    report.sections.push_back(settlement_grid(view, report));
    report.sections.push_back(cash_grid(view, report));
    report.sections.push_back(paid_grid(view));
    report.sections.push_back(ageing_section(view));
    report.sections.push_back(department_section(view, report));
    report.sections.push_back(deadline_section(view));
    report.sections.push_back(cash_section(view, report));
    report.sections.push_back(value_section(view));
    return report;
}

std::string cash_csv(const engine::Settlement& made) {
    std::string out = "receipt,payer,settlement_month,came_on,applied_on,encounter,amount\n";
    for (const engine::CashRow& row : made.cash) {
        const std::string month = row.month.text();
        const std::string came = row.came_on.text();
        const auto add = [&](std::string_view applied, std::string_view encounter, Money part) {
            const std::string amount = part.text();
            out += text::render_row(std::array<std::string_view, 7>{
                row.receipt == nullptr ? std::string_view() : row.receipt->receipt,
                row.payer->payer, month, came, applied, encounter, amount});
            out.push_back('\n');
        };
        for (const engine::CashPart& part : row.parts) {
            add(row.applied_on.text(), made.book.cases()[part.at].encounter, part.amount);
        }
        if (row.parts.empty()) {
            add("", "", row.amount);
        }
    }
    return out;
}

}  // namespace yuanliu::report
