// Why this file: 病组盈亏趋势与预警: month on month over several results, and the groups that lie
// above their standard month after month (docs/profit.md §7).
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "costing/profit/analysis.hpp"
#include "server/report/profit_rows.hpp"
#include "server/report/reports.hpp"

namespace yuanliu::report {
namespace {

using costing::profit::MonthAgainstStandard;

void add_month(MonthOfGroup& sum, const MonthOfGroup& more) {
    sum.cases += more.cases;
    sum.charge += more.charge;
    sum.payment += more.payment;
    sum.cost += more.cost;
}

std::optional<MonthOfGroup> month_of_fields(std::span<const text::Field> fields,
                                            const std::array<std::optional<std::size_t>, 6>& at) {
    std::array<std::int64_t, 4> raw{};
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const auto number = parse_decimal(fields[*at[i + 2]].value, i == 0 ? 0 : Money::kScale,
                                          std::numeric_limits<std::int64_t>::max());
        if (!number) {
            return std::nullopt;
        }
        raw[i] = *number;
    }
    return MonthOfGroup{.cases = raw[0],
                        .charge = Money::from_raw(raw[1]),
                        .payment = Money::from_raw(raw[2]),
                        .cost = Money::from_raw(raw[3])};
}

struct Alert {
    std::string title;
    std::int64_t over_charge = 0;
    std::int64_t over_cost = 0;
    MonthOfGroup now;
};

class TrendTables : private ReportWords {
  public:
    TrendTables(const ProfitInput& input, const std::vector<MonthOfGroups>& months)
        : ReportWords(input.language), input_(input), months_(months) {
        for (const CatalogueRow& row : input.view.month->catalogue) {
            names_[row.group] = row.name + " " + row.group;
        }
        for (const MonthOfGroups& month : months) {
            for (const auto& [code, group] : month.groups) {
                codes_.insert(code);
            }
        }
        first_ = months.size() - 1;
        while (first_ > 0 && follows(months[first_ - 1].period, months[first_].period)) {
            --first_;
        }
        find_alerts();
    }

    Report build() {
        Report report = begin_profit_report(input_, title());
        report.caliber = words("实际盈亏按医院全成本", "real margin at full hospital cost");
        report.sections.push_back(month_section());
        report.sections.push_back(alert_section());
        if (months_.size() > 1) {
            report.sections.push_back(change_section());
        }
        if (first_ > 0) {
            report.notes.push_back(
                words("结果月份不连续, 预警只从中断之后数起: ",
                      "The months of the results have a gap; alerts are counted after it, from ") +
                months_[first_].period);
        }
        report.notes.push_back(words("无 DIP 病例的月份不计入连续月数, 也不使其中断。",
                                     "A month without DIP cases of a group neither counts nor "
                                     "breaks its row of months."));
        report.notes.push_back(not_for_pay(language()));
        return report;
    }

  private:
    static bool follows(const std::string& before, const std::string& now) {
        const auto period = Period::parse(now);
        return period && period->previous().text() == before;
    }
    [[nodiscard]] std::string name(const std::string& code) const {
        const auto found = names_.find(code);
        return found == names_.end() ? code : found->second;
    }

    void find_alerts() {
        for (const auto& [code, now] : months_.back().groups) {
            std::vector<MonthAgainstStandard> charges;
            std::vector<MonthAgainstStandard> costs;
            for (std::size_t m = first_; m < months_.size(); ++m) {
                const auto found = months_[m].groups.find(code);
                if (found != months_[m].groups.end()) {
                    const MonthOfGroup& group = found->second;
                    charges.push_back({.amount = group.charge, .standard = group.payment});
                    costs.push_back({.amount = group.cost, .standard = group.payment});
                }
            }
            const Alert alert{.title = name(code),
                              .over_charge = costing::profit::months_over(charges),
                              .over_cost = costing::profit::months_over(costs),
                              .now = now};
            if (std::max(alert.over_charge, alert.over_cost) >= input_.rules.alert_months) {
                alerts_.push_back(alert);
            }
        }
    }

    [[nodiscard]] std::string title() const {
        const MonthOfGroup& now = months_.back().all;
        return fmt::format(
            fmt::runtime(words("病组盈亏趋势与预警: {} 个月, 连续 {} 个月以上超标准的病组 {} 个; "
                               "本月 DIP 政策盈亏 {} 元, 实际盈亏 {} 元",
                               "Trend and alerts: {} months; above standard for {} months or more: "
                               "{} groups; DIP this month: policy margin {}, real margin {} yuan")),
            months_.size(), input_.rules.alert_months, alerts_.size(),
            signed_words(now.payment - now.charge), signed_words(now.payment - now.cost));
    }

    [[nodiscard]] Section month_section() const {
        Section section{.caption = words("一、逐月 (DIP 病例)", "1. By month (DIP cases)"),
                        .columns = {{.title = words("月份", "month")}}};
        for (const auto& [zh, en] :
             {std::pair("例数", "cases"), std::pair("例均费用", "charges each"),
              std::pair("例均支付", "payment each"), std::pair("例均成本", "cost each"),
              std::pair("政策盈亏", "policy margin"), std::pair("较上月", "change"),
              std::pair("实际盈亏", "real margin"), std::pair("较上月", "change")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        for (std::size_t m = 0; m < months_.size(); ++m) {
            const MonthOfGroup& all = months_[m].all;
            const Money policy = all.payment - all.charge;
            const Money real = all.payment - all.cost;
            const bool has_before = m > 0 && follows(months_[m - 1].period, months_[m].period);
            const MonthOfGroup before = has_before ? months_[m - 1].all : MonthOfGroup{};
            section.rows.push_back(
                {.cells = {text_cell(months_[m].period), count_cell(all.cases),
                           each_cell(all.charge, all.cases), each_cell(all.payment, all.cases),
                           each_cell(all.cost, all.cases), amount_cell(policy),
                           has_before ? amount_cell(policy - (before.payment - before.charge))
                                      : blank_cell(),
                           amount_cell(real),
                           has_before ? amount_cell(real - (before.payment - before.cost))
                                      : blank_cell()}});
        }
        return section;
    }

    [[nodiscard]] Section alert_section() const {
        Section section{.caption = fmt::format(
                            fmt::runtime(words("二、预警: 连续 {} 个月以上超支付标准",
                                               "2. Alerts: above the standard for {} months or "
                                               "more")),
                            input_.rules.alert_months),
                        .columns = {{.title = words("病组", "group")}}};
        for (const auto& [zh, en] :
             {std::pair("费用超标准月数", "months, charges"),
              std::pair("成本超标准月数", "months, cost"), std::pair("本月例数", "cases"),
              std::pair("例均费用", "charges each"), std::pair("例均支付", "payment each"),
              std::pair("例均成本", "cost each"), std::pair("政策盈亏", "policy margin"),
              std::pair("实际盈亏", "real margin")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        for (const Alert& alert : alerts_) {
            const MonthOfGroup& now = alert.now;
            section.rows.push_back(
                {.cells = {text_cell(alert.title), count_cell(alert.over_charge),
                           count_cell(alert.over_cost), count_cell(now.cases),
                           each_cell(now.charge, now.cases), each_cell(now.payment, now.cases),
                           each_cell(now.cost, now.cases), amount_cell(now.payment - now.charge),
                           amount_cell(now.payment - now.cost)}});
        }
        return section;
    }

    [[nodiscard]] Section change_section() const {
        const MonthOfGroups& now = months_.back();
        const MonthOfGroups& before = months_[months_.size() - 2];
        Section section{
            .caption = words("三、病组较前一结果: ", "3. Groups against the result before: ") +
                       before.period + " → " + now.period,
            .columns = {{.title = words("病组", "group")}}};
        for (const auto& [zh, en] :
             {std::pair("例数", "cases"), std::pair("例均费用", "charges each"),
              std::pair("例均成本", "cost each"), std::pair("政策盈亏", "policy margin"),
              std::pair("实际盈亏", "real margin")}) {
            for (const auto& [when_zh, when_en] :
                 {std::pair("前", "before"), std::pair("本月", "now")}) {
                section.columns.push_back(
                    {.title = words(when_zh, when_en), .group = words(zh, en)});
            }
        }
        section.columns.push_back({.title = words("实际盈亏变动", "change of real margin")});
        const auto add_row = [&](RowStyle style, const std::string& name, const MonthOfGroup& a,
                                 const MonthOfGroup& b) {
            Row row{.style = style, .cells = {text_cell(name)}};
            row.cells.insert(row.cells.end(),
                             {count_cell(a.cases), count_cell(b.cases),
                              each_cell(a.charge, a.cases), each_cell(b.charge, b.cases),
                              each_cell(a.cost, a.cases), each_cell(b.cost, b.cases),
                              amount_cell(a.payment - a.charge), amount_cell(b.payment - b.charge),
                              amount_cell(a.payment - a.cost), amount_cell(b.payment - b.cost),
                              amount_cell((b.payment - b.cost) - (a.payment - a.cost))});
            section.rows.push_back(std::move(row));
        };
        const auto of = [](const MonthOfGroups& month, const std::string& code) {
            const auto found = month.groups.find(code);
            return found == month.groups.end() ? MonthOfGroup{} : found->second;
        };
        for (const std::string& code : codes_) {
            if (now.groups.contains(code) || before.groups.contains(code)) {
                add_row(RowStyle::item, name(code), of(before, code), of(now, code));
            }
        }
        add_row(RowStyle::total, words("DIP 合计", "DIP in all"), before.all, now.all);
        return section;
    }

    const ProfitInput& input_;
    const std::vector<MonthOfGroups>& months_;
    std::map<std::string, std::string> names_;
    std::set<std::string> codes_;
    std::size_t first_ = 0;  ///< of the months without a gap up to the last
    std::vector<Alert> alerts_;
};

}  // namespace

tl::expected<MonthOfGroups, Refusal> read_groups_of_month(const ResultFolder& result) {
    const std::string file = "group_profit.csv";
    const auto table = result.table(file);
    if (!table) {
        return tl::unexpected(table.error());
    }
    const std::array<std::optional<std::size_t>, 6> at{
        table->column("basis"),  table->column("group"),   table->column("cases"),
        table->column("charge"), table->column("payment"), table->column("cost")};
    MonthOfGroups month{.period = result.period, .groups = {}, .all = {}};
    const auto take = [&](std::span<const text::Field> fields) {
        const auto group = month_of_fields(fields, at);
        if (group && fields[*at[0]].value == word_of(PaymentBasis::dip)) {
            add_month(month.groups[std::string(fields[*at[1]].value)], *group);
            add_month(month.all, *group);
        }
        return group.has_value();
    };
    const bool has_all = std::all_of(at.begin(), at.end(), [](auto c) { return c.has_value(); });
    if (!has_all || !table->each_row(take)) {
        return tl::unexpected(
            Refusal{.zh = file + " 不是本程序写出的格式, 不出表",
                    .en = file + " is not written as this program writes it; nothing is printed"});
    }
    return month;
}

Report trend_report(const ProfitInput& input, const std::vector<MonthOfGroups>& months) {
    return TrendTables(input, months).build();
}

}  // namespace yuanliu::report
