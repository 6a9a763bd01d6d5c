// Why this file: what to do with each group: the volume at which it breaks even, where it lies by
// weight, volume and margin, and 引 · 调 · 退 with its reasons (docs/profit.md §7). Shown, never
// paid by.
#include <fmt/format.h>

#include <algorithm>

#include "costing/profit/analysis.hpp"
#include "server/report/profit_rows.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

using costing::profit::Advice;
using costing::profit::Quadrant;

constexpr std::int64_t kWholeAtScale4 = 10'000;

struct QuadrantWords {
    std::array<std::pair<const char*, const char*>, 4> of;  ///< in the order of Quadrant
};
constexpr QuadrantWords kByWeight{{{{"高权重·盈利: 发展", "heavy, gains: develop"},
                                    {"高权重·亏损: 控成本", "heavy, loses: bring cost down"},
                                    {"低权重·盈利: 维持", "light, gains: hold"},
                                    {"低权重·亏损: 评估", "light, loses: assess"}}}};
constexpr QuadrantWords kByVolume{{{{"高量·盈利: 保持", "many, gains: keep"},
                                    {"高量·亏损: 改进路径", "many, loses: redesign"},
                                    {"低量·盈利: 增量", "few, gains: grow"},
                                    {"低量·亏损: 评估", "few, loses: assess"}}}};

struct Thresholds {
    std::optional<std::int64_t> weight;
    std::optional<std::int64_t> volume;
    std::optional<std::int64_t> margin;
};

class AdviceTables : private ReportWords {
  public:
    explicit AdviceTables(const ProfitInput& input)
        : ReportWords(input.language),
          input_(input),
          scope_(index_of(input.scope)),
          groups_(dip_groups(input.view, input.language).by_margin(scope_)),
          total_(total_of(groups_)) {
        ObjectSums departments;
        for (const ProfitCase& one : input.view.cases) {
            if (one.is_dip()) {
                const DepartmentId department = input.view.encounter(one).department;
                departments.add(input.view.month->departments[department.index()].code,
                                department_title(input.view, department), one.tally);
            }
        }
        departments_ = departments.by_margin(scope_);
    }

    Report build() {
        Report report = begin_profit_report(input_, title());
        report.lead.push_back(not_for_pay(language()));
        report.sections.push_back(advice_section());
        report.sections.push_back(break_even_section());
        report.sections.push_back(
            quadrant_section(words("三、病组象限", "3. Quadrants of groups"), groups_, "RW"));
        report.sections.push_back(quadrant_section(
            words("四、科室象限", "4. Quadrants of departments"), departments_, "CMI"));
        return report;
    }

  private:
    [[nodiscard]] bool knows_variable() const { return input_.view.variable.is_known(); }
    [[nodiscard]] std::optional<Money> contribution(const Tally& tally) const {
        return knows_variable() ? std::optional(tally.contribution()) : std::nullopt;
    }

    /// RW of a group: that of each of its cases.
    static RelativeWeight weight_of(const Tally& tally) {
        return RelativeWeight::from_raw(rounded_half_away(tally.rw.raw(), tally.cases));
    }

    [[nodiscard]] Advice advice_for(const Tally& tally) const {
        return costing::profit::advise({.cases = tally.cases,
                                        .weight = weight_of(tally),
                                        .margin_rate = margin_rate_of(tally, scope_),
                                        .contribution = contribution(tally)},
                                       input_.rules.advice);
    }

    [[nodiscard]] std::string advice_words(Advice advice) const {
        switch (advice) {
            case Advice::bring_in:
                return words("引 (引进发展)", "bring in");
            case Advice::adjust:
                return words("调 (调整)", "adjust");
            case Advice::give_up:
                return words("退 (退出)", "give up");
            case Advice::keep:
                return words("保持", "keep");
            case Advice::watch:
                break;
        }
        return words("观察", "watch");
    }

    [[nodiscard]] std::string title() const {
        std::array<std::int64_t, 5> counts{};
        for (const ProfitObject& group : groups_) {
            ++counts[static_cast<std::size_t>(advice_for(group.tally))];
        }
        return fmt::format(
            fmt::runtime(words("病组引调退建议: {} 个病组中 引 {}, 调 {}, 退 {}, 保持 {}, 观察 {}",
                               "Advice on groups: of {}, bring in {}, adjust {}, give up {}, keep "
                               "{}, watch {}")),
            groups_.size(), counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    /// Which cost category goes furthest beyond what the hospital's DIP cases spend of a payment.
    [[nodiscard]] std::string main_excess(const Tally& tally) const {
        std::vector<Money> parts;
        for (std::size_t c = 0; c < kCategories; ++c) {
            const Int128 usual = Int128{tally.payment.raw()} * total_.cost_parts[c].raw();
            parts.push_back(tally.cost_parts[c] - (total_.payment.is_zero()
                                                       ? Money()
                                                       : Money::from_raw(rounded_half_away(
                                                             usual, total_.payment.raw()))));
        }
        const auto worst = std::max_element(parts.begin(), parts.end());
        if (worst->raw() <= 0) {
            return words(
                "各类成本均不高于全院 DIP 同等支付的水平",
                "no cost category is above what the hospital's DIP cases spend of such a payment");
        }
        return fmt::format(
            fmt::runtime(words("主因 {}: 比全院 DIP 同等支付的水平高 {} 元",
                               "mainly {}: {} yuan above what the hospital's DIP cases spend of "
                               "such a payment")),
            name_in(language(), static_cast<CostCategory>(worst - parts.begin())),
            yuan_words(*worst));
    }

    [[nodiscard]] std::string reasons(const Tally& tally, Advice advice) const {
        const auto& rules = input_.rules.advice;
        if (tally.cases < rules.few_cases) {
            return fmt::format(fmt::runtime(words("例数 {} 少于 {}, 不作建议",
                                                  "{} cases, fewer than {}: no advice")),
                               tally.cases, rules.few_cases);
        }
        const auto rate = margin_rate_of(tally, scope_);
        if (!rate) {
            return words("没有支付, 无法比较", "no payment to compare with");
        }
        std::string text =
            fmt::format(fmt::runtime(words("盈亏率 {}, RW {}", "margin rate {}, RW {}")),
                        percent_words(*rate), weight_of(tally).trimmed());
        if (advice == Advice::bring_in) {
            return text + fmt::format(" (≥ {}, ≥ {})", percent_words(rules.bring_in_margin),
                                      rules.bring_in_weight.trimmed());
        }
        if (advice == Advice::keep) {
            return text + words(" (盈利, 未达引进线)", " (gains, short of bringing in)");
        }
        const bool is_deep =
            *rate <= rules.give_up_margin && weight_of(tally) < rules.give_up_weight;
        if (is_deep) {
            text += fmt::format(" (≤ {}, < {})", percent_words(rules.give_up_margin),
                                rules.give_up_weight.trimmed());
        }
        if (is_deep && advice == Advice::adjust) {
            text +=
                knows_variable()
                    ? fmt::format(
                          fmt::runtime(words("; 边际 {} 元为正, 停收后固定成本仍在, 调而不退",
                                             "; contribution {} yuan is above zero, and fixed cost "
                                             "would stay: adjusted, not given up")),
                          signed_words(tally.contribution()))
                    : words("; 边际未知, 不建议退", "; contribution unknown, so not given up");
        }
        return text + "; " + main_excess(tally);
    }

    [[nodiscard]] Section advice_section() const {
        Section section{.caption = words("一、引调退建议及理由", "1. Advice and its reasons"),
                        .columns = {{.title = words("病组", "group")},
                                    {.title = words("建议", "advice")},
                                    {.title = words("理由", "reasons")},
                                    {.title = words("例数", "cases")},
                                    {.title = "RW"},
                                    {.title = words("支付", "payment")},
                                    {.title = words("政策盈亏", "policy margin")},
                                    {.title = words("实际盈亏", "real margin")},
                                    {.title = words("盈亏率", "margin rate")},
                                    {.title = words("边际", "contribution")}}};
        for (const ProfitObject& group : groups_) {
            const Tally& tally = group.tally;
            const Advice advice = advice_for(tally);
            section.rows.push_back(
                {.cells = {text_cell(group.title), text_cell(advice_words(advice)),
                           text_cell(reasons(tally, advice)), count_cell(tally.cases),
                           weight_cell(weight_of(tally)), amount_cell(tally.payment),
                           amount_cell(tally.policy_margin()), amount_cell(tally.margin(scope_)),
                           rate_cell(margin_rate_of(tally, scope_)),
                           optional_amount(contribution(tally))}});
        }
        section.notes.push_back(words(
            "建议只看收支, 不看医疗必需、急危重症与区域职责; 决定前须由临床与医务部门评估。",
            "The advice sees money only, not need, emergencies or duties to the region: clinicians "
            "decide."));
        return section;
    }

    [[nodiscard]] Row break_even_row(RowStyle style, const std::string& name,
                                     const Tally& tally) const {
        Row row{.style = style,
                .cells = {text_cell(name), text_cell(""), count_cell(tally.cases),
                          amount_cell(tally.payment)}};
        if (!knows_variable()) {
            row.cells.resize(11, blank_cell());
            row.cells[1] = text_cell(words("无值", "no value"));
            return row;
        }
        const Money margin = tally.contribution();
        const Money fixed = tally.cost[scope_] - tally.variable;
        const auto point = costing::profit::break_even(tally.payment, margin, fixed, tally.cases);
        row.cells[1] =
            text_cell(!point ? words("无保本点 (单位边际 ≤ 0)", "no break-even (unit margin ≤ 0)")
                      : tally.cases >= point->whole_volume ? words("已保本", "covered")
                                                           : words("未保本", "not covered"));
        row.cells.push_back(amount_cell(tally.variable));
        row.cells.push_back(each_cell(margin, tally.cases));
        row.cells.push_back(amount_cell(fixed));
        row.cells.push_back(point ? number_cell(point->volume.trimmed()) : blank_cell());
        row.cells.push_back(point ? count_cell(point->whole_volume) : blank_cell());
        row.cells.push_back(point ? amount_cell(point->revenue) : blank_cell());
        row.cells.push_back(point ? count_cell(tally.cases - point->whole_volume) : blank_cell());
        return row;
    }

    [[nodiscard]] Section break_even_section() const {
        Section section{
            .caption = words("二、保本点 (固定成本 ÷ 单位边际)",
                             "2. Break-even (fixed cost ÷ margin of one case)"),
            .columns = {{.title = words("病组", "group")}, {.title = words("结论", "finding")}}};
        for (const auto& [zh, en] :
             {std::pair("例数", "cases"), std::pair("收入 (支付)", "revenue"),
              std::pair("变动成本", "variable cost"), std::pair("单位边际", "margin of one"),
              std::pair("固定成本", "fixed cost"), std::pair("保本例数", "break-even cases"),
              std::pair("保本例数 (整)", "whole cases"),
              std::pair("保本收入", "break-even revenue"),
              std::pair("安全边际 (例)", "cases above")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        for (const ProfitObject& group : groups_) {
            section.rows.push_back(break_even_row(RowStyle::item, group.title, group.tally));
        }
        section.rows.push_back(
            break_even_row(RowStyle::total,
                           words("DIP 合计 (现有结构)", "DIP in all (the mix as it is)"), total_));
        if (!knows_variable()) {
            section.notes.push_back(words("无值: ", "No value: ") + in(language(),
                                                                       input_.view.variable.zh,
                                                                       input_.view.variable.en));
        }
        section.notes.push_back(
            words("固定成本 = 所选口径成本 − 变动成本 (医疗成本中的变动部分)。",
                  "Fixed cost = cost of the scope − variable cost (the variable "
                  "part of medical cost)."));
        return section;
    }

    [[nodiscard]] Thresholds thresholds(const ProfitObjects& objects) const {
        std::vector<std::int64_t> weights;
        std::vector<std::int64_t> volumes;
        std::vector<std::int64_t> margins;
        for (const ProfitObject& object : objects) {
            weights.push_back(cmi_rate(object.tally).raw());
            volumes.push_back(object.tally.cases * kWholeAtScale4);
            if (const auto rate = margin_rate_of(object.tally, scope_)) {
                margins.push_back(rate->raw());
            }
        }
        const auto& rules = input_.rules.quadrants;
        return {.weight = costing::profit::threshold_of(rules.weight, weights),
                .volume = costing::profit::threshold_of(rules.volume, volumes),
                .margin = costing::profit::threshold_of(rules.margin, margins)};
    }

    [[nodiscard]] std::string quadrant_words(const QuadrantWords& names, std::int64_t first,
                                             std::optional<std::int64_t> first_threshold,
                                             std::optional<Rate> margin,
                                             std::optional<std::int64_t> margin_threshold) const {
        if (!margin || !first_threshold || !margin_threshold) {
            return words("无支付, 不分", "no payment");
        }
        const Quadrant quadrant =
            costing::profit::quadrant_of(first, *first_threshold, margin->raw(), *margin_threshold);
        const auto& [zh, en] = names.of[static_cast<std::size_t>(quadrant)];
        return words(zh, en);
    }

    [[nodiscard]] Section quadrant_section(std::string caption, const ProfitObjects& objects,
                                           const char* weight_title) const {
        const Thresholds limits = thresholds(objects);
        Section section{.caption = std::move(caption),
                        .columns = {{.title = words("对象", "object")},
                                    {.title = std::string(weight_title) +
                                              words(" × 盈亏率", " by margin rate")},
                                    {.title = words("例数 × 盈亏率", "cases by margin rate")},
                                    {.title = weight_title},
                                    {.title = words("例数", "cases")},
                                    {.title = words("盈亏率", "margin rate")},
                                    {.title = words("实际盈亏", "real margin")}}};
        for (const ProfitObject& object : objects) {
            const Tally& tally = object.tally;
            const auto margin = margin_rate_of(tally, scope_);
            section.rows.push_back(
                {.cells = {text_cell(object.title),
                           text_cell(quadrant_words(kByWeight, cmi_rate(tally).raw(), limits.weight,
                                                    margin, limits.margin)),
                           text_cell(quadrant_words(kByVolume, tally.cases * kWholeAtScale4,
                                                    limits.volume, margin, limits.margin)),
                           number_cell(cmi_rate(tally).text()), count_cell(tally.cases),
                           rate_cell(margin), amount_cell(tally.margin(scope_))}});
        }
        const auto shown_limit = [](std::optional<std::int64_t> limit) {
            return limit ? format_decimal_trimmed(*limit, 4) : std::string("-");
        };
        section.notes.push_back(fmt::format(
            fmt::runtime(words("界线 (达到即为高): {} {}, 例数 {}, 盈亏率 {}; 中位数或定值由 "
                               "analysis.toml 设定。",
                               "High begins at: {} {}, cases {}, margin rate {}; medians or fixed "
                               "values as analysis.toml sets them.")),
            weight_title, shown_limit(limits.weight), shown_limit(limits.volume),
            limits.margin ? percent_words(Rate::from_raw(*limits.margin)) : "-"));
        section.notes.push_back(not_for_pay(language()));
        return section;
    }

    const ProfitInput& input_;
    std::size_t scope_;
    ProfitObjects groups_;
    Tally total_;
    ProfitObjects departments_;
};

}  // namespace

Report advice_report(const ProfitInput& input) {
    return AdviceTables(input).build();
}

}  // namespace yuanliu::report
