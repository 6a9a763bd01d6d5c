// Why this file: see reconciliation_report.hpp.
#include "server/report/reconciliation_report.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>

#include "costing/collect/ledger_balance.hpp"
#include "server/report/reports.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

using costing::BalanceClue;
using costing::BalanceLine;
using costing::Clue;
using ByFund = std::array<Money, kFundSources>;

Money sum_of(const ByFund& funds) {
    Money sum;
    for (const Money fund : funds) {
        sum += fund;
    }
    return sum;
}

void add_funds(Row& row, const ByFund& funds) {
    for (const Money fund : funds) {
        row.cells.push_back(amount_cell(fund));
    }
    row.cells.push_back(amount_cell(sum_of(funds)));
}

void add_fund_columns(Section& section, Language language) {
    for (std::size_t fund = 0; fund < kFundSources; ++fund) {
        section.columns.push_back({.title = name_in(language, static_cast<FundSource>(fund))});
    }
    section.columns.push_back({.title = in(language, "合计", "total")});
}

class Reconciliation {
  public:
    explicit Reconciliation(const ReconciliationInput& input)
        : in_(input), month_(input.month), language_(input.language) {
        for (const LedgerLine& line : month_.ledger) {
            const auto fund = static_cast<std::size_t>(line.fund);
            const bool is_out = is_kept_out(line);
            by_account_[{line.account, is_out}][fund] += line.amount;
            (is_out ? excluded_ : cost_)[fund] += line.amount;
            if (!is_out) {
                const Account& account = month_.accounts[line.account.index()];
                const CostItem& item = month_.cost_items[account.cost_item.index()];
                by_category_[static_cast<std::size_t>(item.category)][fund] += line.amount;
            }
        }
        add_moves();
    }

    [[nodiscard]] Section feeds() const {
        Section section{
            .caption = word("数据来源状态", "state of feeds"),
            .columns = {{.title = word("来源", "feed")}, {.title = word("状态", "state")}}};
        for (const auto& [feed, state] : in_.feeds) {
            section.rows.push_back(
                {.cells = {text_cell(feed),
                           text_cell(state == "estimated" ? word("暂估", "estimated")
                                                          : word("未到", "not arrived"))}});
        }
        section.notes.push_back(in_.feeds.empty()
                                    ? word("全部来源均已定。", "All feeds are final.")
                                    : word("其余来源均已定。", "All other feeds are final."));
        return section;
    }

    [[nodiscard]] Section accounts() const {
        Section section{.caption = word("总账: 科目 × 经费性质", "ledger: account × fund source"),
                        .key_columns = 3,
                        .columns = {{.title = word("科目", "account")},
                                    {.title = word("名称", "name")},
                                    {.title = word("去向", "goes to")}}};
        add_fund_columns(section, language_);
        for (const auto& [key, funds] : by_account_) {
            const Account& account = month_.accounts[key.first.index()];
            Row row{.cells = {text_cell(account.code), text_cell(account.name),
                              text_cell(treatment_of(account, key.second))}};
            add_funds(row, funds);
            section.rows.push_back(std::move(row));
        }
        ByFund ledger = cost_;
        for (std::size_t fund = 0; fund < kFundSources; ++fund) {
            ledger[fund] += excluded_[fund];
        }
        add_total(section, word("总账合计", "ledger"), ledger);
        add_total(section, word("减: 不计入成本", "less: kept out of cost"), negative(excluded_));
        add_total(section, word("计入成本", "cost"), cost_);
        return section;
    }

    [[nodiscard]] Section categories(Report& report) const {
        Section section{
            .caption = word("成本: 成本项目 × 经费性质", "cost: cost item × fund source"),
            .columns = {{.title = word("成本项目", "cost item")}}};
        add_fund_columns(section, language_);
        section.columns.push_back({.title = word("总账计入", "from the ledger")});
        if (has_moves()) {
            section.columns.push_back({.title = word("归集规则调整", "moves")});
        }
        section.columns.push_back({.title = word("差额", "difference")});
        ByFund total{};
        for (std::size_t c = 0; c < kCategories; ++c) {
            const ByFund funds = cost_of(c);
            for (std::size_t fund = 0; fund < kFundSources; ++fund) {
                total[fund] += funds[fund];
            }
            add_category(section, RowStyle::item, name_in(language_, static_cast<CostCategory>(c)),
                         funds, sum_of(by_category_[c]), moved_[c]);
            report.must_close(word("成本 = 总账: ", "cost = ledger: ") +
                                  name_in(language_, static_cast<CostCategory>(c)),
                              sum_of(funds), sum_of(by_category_[c]) + moved_[c]);
        }
        Money moved;
        for (const Money of_category : moved_) {
            moved += of_category;
        }
        add_category(section, RowStyle::total, word("合计", "total"), total, sum_of(cost_), moved);
        if (in_.view == nullptr) {
            section.notes.push_back(
                word("本表未依据计算结果 (本月尚无结果), 成本按总账科目对照列示。",
                     "The month has no result here; cost is as the account map gives it."));
        }
        return section;
    }

    [[nodiscard]] Section excluded() const {
        Section section{.caption = word("不计入成本的明细", "lines kept out of cost"),
                        .columns = {{.title = word("凭证/行", "voucher/line")},
                                    {.title = word("科目", "account")},
                                    {.title = word("科室", "department")},
                                    {.title = word("经费性质", "fund source")},
                                    {.title = word("原因", "reason")},
                                    {.title = word("金额", "amount")}}};
        for (const LedgerLine& line : month_.ledger) {
            if (is_kept_out(line)) {
                const Account& account = month_.accounts[line.account.index()];
                section.rows.push_back(
                    {.cells = {
                         text_cell(line.voucher + "/" + line.line),
                         text_cell(account.code + " " + account.name),
                         text_cell(department_words(month_.departments[line.department.index()])),
                         text_cell(name_in(language_, line.fund)),
                         text_cell(account.treatment == MapTreatment::excluded
                                       ? account.reason
                                       : word("科室不计入成本", "the department is kept out")),
                         amount_cell(line.amount)}});
            }
        }
        section.rows.push_back(
            {.style = RowStyle::total,
             .cells = {text_cell(word("合计", "total")), text_cell({}), text_cell({}),
                       text_cell({}), text_cell({}), amount_cell(sum_of(excluded_))}});
        return section;
    }

    /// What rules of collection took out of cost, line by line.
    [[nodiscard]] Section moved_out() const {
        Section section{.caption = word("归集规则移出成本的明细", "moved out of cost by rules"),
                        .columns = {{.title = word("凭证/行", "voucher/line")},
                                    {.title = word("规则", "move")},
                                    {.title = word("科室", "department")},
                                    {.title = word("经费性质", "fund source")},
                                    {.title = word("原因", "reason")},
                                    {.title = word("金额", "amount")}}};
        Money sum;
        for (const CostMove& move : in_.book->moves) {
            if (!move.to_department.empty()) {
                continue;
            }
            const auto department = in_.view->find(move.department);
            section.rows.push_back(
                {.cells = {text_cell(move.voucher + "/" + move.line),
                           text_cell(fmt::format("{}", move.rule)),
                           text_cell(department
                                         ? department_words(month_.departments[department->index()])
                                         : move.department),
                           text_cell(name_in(language_, move.fund)), text_cell(move.reason),
                           amount_cell(move.amount)}});
            sum += move.amount;
        }
        section.rows.push_back(
            {.style = RowStyle::total,
             .cells = {text_cell(word("合计", "total")), text_cell({}), text_cell({}),
                       text_cell({}), text_cell({}), amount_cell(sum)}});
        return section;
    }

    [[nodiscard]] bool has_moves() const {
        return in_.book != nullptr && !in_.book->collected.empty();
    }

  private:
    [[nodiscard]] std::string word(std::string_view zh, std::string_view en) const {
        return in(language_, zh, en);
    }
    [[nodiscard]] bool is_kept_out(const LedgerLine& line) const {
        return month_.accounts[line.account.index()].treatment == MapTreatment::excluded ||
               month_.departments[line.department.index()].department_class ==
                   DepartmentClass::excluded;
    }
    [[nodiscard]] std::string treatment_of(const Account& account, bool is_out) const {
        if (account.treatment == MapTreatment::excluded) {
            return word("不计入: ", "kept out: ") + account.reason;
        }
        const CostItem& item = month_.cost_items[account.cost_item.index()];
        return is_out ? word("不计入: 科室不计入成本", "kept out: by department")
                      : item.code + " " + item.name;
    }
    [[nodiscard]] static ByFund negative(const ByFund& funds) {
        ByFund out{};
        for (std::size_t fund = 0; fund < kFundSources; ++fund) {
            out[fund] = -funds[fund];
        }
        return out;
    }
    static void add_total(Section& section, std::string title, const ByFund& funds) {
        Row row{.style = RowStyle::total,
                .cells = {text_cell(std::move(title)), text_cell({}), text_cell({})}};
        add_funds(row, funds);
        section.rows.push_back(std::move(row));
    }
    /// What moves add to a category, or take from it, also out of cost.
    void add_moves() {
        if (!has_moves()) {
            return;
        }
        std::map<std::string_view, CostCategory> categories;
        for (const CostItem& item : month_.cost_items) {
            categories.emplace(item.code, item.category);
        }
        for (const CollectedCost& row : in_.book->collected) {
            moved_[static_cast<std::size_t>(categories.at(row.cost_item))] +=
                row.moved_out + row.moved_in;
        }
    }
    void add_category(Section& section, RowStyle style, std::string title, const ByFund& funds,
                      Money ledger, Money moved) const {
        Row row{.style = style, .cells = {text_cell(std::move(title))}};
        add_funds(row, funds);
        row.cells.push_back(amount_cell(ledger));
        if (has_moves()) {
            row.cells.push_back(amount_cell(moved));
        }
        row.cells.push_back(amount_cell(sum_of(funds) - ledger - moved));
        section.rows.push_back(std::move(row));
    }
    /// Direct cost of the result; without one what the ledger gives.
    [[nodiscard]] ByFund cost_of(std::size_t category) const {
        if (in_.view == nullptr) {
            return by_category_[category];
        }
        ByFund funds{};
        for (std::size_t fund = 0; fund < kFundSources; ++fund) {
            CostLine line;
            line.cover(static_cast<CostCategory>(category), static_cast<FundSource>(fund));
            funds[fund] = in_.view->total(line);
        }
        return funds;
    }

    const ReconciliationInput& in_;
    const Month& month_;
    Language language_;
    std::map<std::pair<AccountId, bool>, ByFund> by_account_;
    std::array<ByFund, kCategories> by_category_{};
    std::array<Money, kCategories> moved_{};
    ByFund cost_{};
    ByFund excluded_{};
};

std::string words_of(Clue clue, Language language) {
    constexpr std::array kZh{"重复记账",        "记错科目或经费性质", "归属期不是本月",
                             "单笔等于差额",    "正负号相反",         "相邻数字颠倒",
                             "小数点错位",      "凭证缺行",           "两笔合计等于差额",
                             "无线索, 请逐笔查"};
    constexpr std::array kEn{
        "stands twice",        "booked on another account", "of another month", "alone is it",
        "sign turned",         "digits changed places",     "point moved",      "line is missing",
        "two together are it", "no clue: look through"};
    const auto c = static_cast<std::size_t>(clue);
    return in(language, kZh[c], kEn[c]);
}

std::string fund_words(const BalanceLine& line, Language language) {
    return line.fund ? name_in(language, *line.fund) : in(language, "全部", "all");
}

Section balance_section(const ReconciliationInput& input, const std::vector<BalanceLine>& lines) {
    const Language language = input.language;
    Section section{.caption = in(language, "与科目余额表核对", "against the trial balance"),
                    .key_columns = 3,
                    .columns = {{.title = in(language, "科目", "account")},
                                {.title = in(language, "名称", "name")},
                                {.title = in(language, "经费性质", "fund source")},
                                {.title = in(language, "总账明细", "ledger")},
                                {.title = in(language, "余额表借方", "debit")},
                                {.title = in(language, "余额表贷方", "credit")},
                                {.title = in(language, "差额", "difference")},
                                {.title = in(language, "结论", "verdict")}}};
    if (lines.empty()) {
        section.notes.push_back(
            in(language, "本月未报送科目余额表 (account_balances.csv), 未核对。",
               "The month has no trial balance (account_balances.csv); nothing was compared."));
        return section;
    }
    Money ledger;
    Money debit;
    Money credit;
    for (const BalanceLine& line : lines) {
        const Account& account = input.month.accounts[line.account.index()];
        std::string verdict = in(language, "相符", "agrees");
        if (line.accepted != nullptr) {
            verdict = in(language, "已认可: ", "accepted: ") + line.accepted->accepted_by + ", " +
                      line.accepted->reason;
        } else if (!line.difference().is_zero()) {
            verdict = line.source_row == 0 ? in(language, "余额表无此科目, 待查",
                                                "not in the balance, to be cleared")
                                           : in(language, "不符, 待查", "differs, to be cleared");
        }
        section.rows.push_back(
            {.style = line.difference().is_zero() ? RowStyle::item : RowStyle::subtotal,
             .cells = {text_cell(account.code), text_cell(account.name),
                       text_cell(fund_words(line, language)), amount_cell(line.ledger),
                       amount_cell(line.debit), amount_cell(line.credit),
                       amount_cell(line.difference()), text_cell(std::move(verdict))}});
        ledger += line.ledger;
        debit += line.debit;
        credit += line.credit;
    }
    section.rows.push_back(
        {.style = RowStyle::total,
         .cells = {text_cell(in(language, "合计", "total")), text_cell({}), text_cell({}),
                   amount_cell(ledger), amount_cell(debit), amount_cell(credit),
                   amount_cell(ledger - (debit - credit)), text_cell({})}});
    return section;
}

Section clue_section(const ReconciliationInput& input, const std::vector<BalanceLine>& lines) {
    const Language language = input.language;
    const Month& month = input.month;
    Section section{.caption = in(language, "差额线索 (到凭证)", "differences, opened to vouchers"),
                    .columns = {{.title = in(language, "科目", "account")},
                                {.title = in(language, "经费性质", "fund source")},
                                {.title = in(language, "线索", "clue")},
                                {.title = in(language, "凭证/行", "voucher/line")},
                                {.title = in(language, "科室", "department")},
                                {.title = in(language, "归属期", "attributed to")},
                                {.title = in(language, "摘要", "summary")},
                                {.title = in(language, "文件行", "row")},
                                {.title = in(language, "金额", "amount")},
                                {.title = in(language, "差额", "difference")}}};
    for (const BalanceLine& line : lines) {
        const std::string& account = month.accounts[line.account.index()].code;
        for (const BalanceClue& clue : line.clues) {
            const std::vector<Cell> head{text_cell(account), text_cell(fund_words(line, language)),
                                         text_cell(words_of(clue.clue, language))};
            if (clue.lines.empty()) {
                Row row{.cells = head};
                row.cells.insert(row.cells.end(), {text_cell(clue.missing), text_cell({}),
                                                   text_cell({}), text_cell({}), blank_cell(),
                                                   blank_cell(), amount_cell(line.difference())});
                section.rows.push_back(std::move(row));
            }
            for (const std::size_t i : clue.lines) {
                const LedgerLine& booked = month.ledger[i];
                Row row{.cells = head};
                row.cells.insert(
                    row.cells.end(),
                    {text_cell(booked.voucher + "/" + booked.line),
                     text_cell(department_words(month.departments[booked.department.index()])),
                     text_cell(booked.attribution_period.text()), text_cell(booked.summary),
                     count_cell(booked.source_row), amount_cell(booked.amount),
                     amount_cell(line.difference())});
                section.rows.push_back(std::move(row));
            }
        }
    }
    if (section.rows.empty()) {
        section.notes.push_back(in(language, "没有差额。", "There is no difference."));
    }
    return section;
}

}  // namespace

Report reconciliation_report(const ReconciliationInput& input) {
    const Language language = input.language;
    Report report{.language = language,
                  .form = {},
                  .title = in(language, "月末对账表", "Month-end reconciliation"),
                  .caliber = {},
                  .hospital = input.month.hospital_name,
                  .period = period_words(input.month.period.text(), language),
                  .basis = input.book == nullptr
                               ? in(language, "月度数据, 尚无结果", "the month, without a result")
                               : "result " + input.book->result_hash.substr(0, 16)};
    if (input.view != nullptr) {
        report.gaps = input.view->gaps();
    }
    const Reconciliation reconciliation(input);
    const auto lines = costing::compare_with_balances(input.month, input.accepted);
    report.sections.push_back(reconciliation.feeds());
    report.sections.push_back(reconciliation.accounts());
    report.sections.push_back(reconciliation.categories(report));
    report.sections.push_back(reconciliation.excluded());
    if (reconciliation.has_moves()) {
        report.sections.push_back(reconciliation.moved_out());
    }
    report.sections.push_back(balance_section(input, lines));
    report.sections.push_back(clue_section(input, lines));
    return report;
}

}  // namespace yuanliu::report
