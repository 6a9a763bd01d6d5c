// Why this file: 盈亏表: who gains or loses, by group, department, physician, payer or for the
// hospital, policy and real, in layers; DIP and the rest apart (docs/profit.md §3).
#include <fmt/format.h>

#include <algorithm>

#include "server/report/profit_rows.hpp"

namespace yuanliu::report {
namespace {

struct ObjectName {
    std::string code;
    std::string title;
};

ObjectName name_object(const ProfitInput& input, const ProfitCase& one, ProfitBy by) {
    const Language language = input.language;
    const Encounter& encounter = input.view.encounter(one);
    const std::string attending = encounter.attending.empty()
                                      ? in(language, "(未填主治医师)", "(no attending)")
                                      : encounter.attending;
    const std::string& department =
        input.view.month->departments[encounter.department.index()].code;
    switch (by) {
        case ProfitBy::group:
            return {.code = one.group, .title = input.view.group_name(one, language)};
        case ProfitBy::department:
            return {.code = department,
                    .title = department_title(input.view, encounter.department)};
        case ProfitBy::attending:
            return {.code = encounter.attending, .title = attending};
        case ProfitBy::physician:
            return {.code = encounter.attending + "\n" + department,
                    .title = attending + " " + department_title(input.view, encounter.department)};
        case ProfitBy::payer:
            return {.code = encounter.payer, .title = encounter.payer};
        case ProfitBy::hospital:
            break;
    }
    return {.code = "", .title = in(language, "全院", "hospital")};
}

/// Objects whose visits are known to be theirs.
ObjectSums visit_objects(const ProfitInput& input, ProfitBy by) {
    ObjectSums sums;
    const ProfitView& view = input.view;
    const std::string words = basis_words(PaymentBasis::visit, input.language);
    if (by == ProfitBy::department) {
        for (std::size_t d = 0; d < view.visits.size(); ++d) {
            if (view.visits[d].cases > 0) {
                sums.add(view.month->departments[d].code, department_title(view, DepartmentId(d)),
                         view.visits[d]);
            }
        }
    } else if (by == ProfitBy::payer) {
        for (const auto& [payer, tally] : view.visits_of) {
            sums.add(payer, payer, tally);
        }
    } else if (view.all_visits.cases > 0) {
        const bool is_all = by == ProfitBy::hospital;
        sums.add(is_all ? "" : "~visit", is_all ? in(input.language, "全院", "hospital") : words,
                 view.all_visits);
    }
    return sums;
}

std::string by_words(ProfitBy by, Language language) {
    switch (by) {
        case ProfitBy::group:
            return in(language, "病组", "group");
        case ProfitBy::department:
            return in(language, "科室", "department");
        case ProfitBy::attending:
            return in(language, "主治医师", "attending physician");
        case ProfitBy::physician:
            return in(language, "主治医师 (按科室)", "physician by department");
        case ProfitBy::payer:
            return in(language, "付费方", "payer");
        case ProfitBy::hospital:
            break;
    }
    return in(language, "全院", "hospital");
}

class ProfitTables : private ReportWords {
  public:
    ProfitTables(const ProfitInput& input, ProfitBy by)
        : ReportWords(input.language), input_(input), by_(by), scope_(index_of(input.scope)) {
        for (const ProfitCase& one : input.view.cases) {
            const ObjectName name = name_object(input, one, by);
            by_basis_[one.basis].add(name.code, name.title, one.tally);
            const bool is_apart = by == ProfitBy::group && !one.is_dip();
            const std::string words = basis_words(one.basis, input.language);
            whole_.add(is_apart ? "~" + std::string(word_of(one.basis)) : name.code,
                       is_apart ? words : name.title, one.tally);
        }
        for (const ProfitObject& object : visit_objects(input, by).by_code()) {
            by_basis_[PaymentBasis::visit].add(object.code, object.title, object.tally);
            whole_.add(object.code, object.title, object.tally);
        }
        dip_ = by_basis_[PaymentBasis::dip].by_margin(scope_);
    }

    Report build() {
        Report report = begin_profit_report(input_, title());
        report.lead.push_back(lead());
        report.sections.push_back(dip_section());
        report.sections.push_back(other_section());
        report.sections.push_back(total_section(report));
        report.sections.push_back(layer_section());
        notes(report);
        return report;
    }

  private:
    [[nodiscard]] std::size_t losing() const {
        return static_cast<std::size_t>(std::count_if(
            dip_.begin(), dip_.end(),
            [this](const ProfitObject& object) { return object.tally.margin(scope_).raw() < 0; }));
    }

    [[nodiscard]] std::string title() const {
        const Tally total = total_of(dip_);
        return fmt::format(
            fmt::runtime(words("{}盈亏表: DIP {} 例, 政策盈亏 {} 元, 实际盈亏 {} 元; {} 个中 {} "
                               "个亏损",
                               "Profit by {}: {} DIP cases, policy margin {}, real margin {} yuan; "
                               "of {}, {} lose")),
            by_words(by_, language()), total.cases, signed_words(total.policy_margin()),
            signed_words(total.margin(scope_)), dip_.size(), losing());
    }

    [[nodiscard]] std::string extreme(const ProfitObject& object) const {
        return fmt::format(fmt::runtime(words("{} ({} 例, {} 元)", "{} ({} cases, {} yuan)")),
                           object.title, object.tally.cases,
                           signed_words(object.tally.margin(scope_)));
    }

    [[nodiscard]] std::string lead() {
        std::string text;
        if (!dip_.empty()) {
            text = fmt::format(fmt::runtime(words("实际盈亏最低: {}; 最高: {}。",
                                                  "Lowest real margin: {}; highest: {}. ")),
                               extreme(dip_.front()), extreme(dip_.back()));
        }
        const auto count = [this](PaymentBasis basis) {
            return total_of(by_basis_[basis].by_code()).cases;
        };
        return text + fmt::format(
                          fmt::runtime(words("非 DIP 单列: 未入组 {} 例, 未编码 {} 例, 按费用结算 "
                                             "{} 例, DRG 及其他 {} 例, "
                                             "门急诊 {} 诊次, 计入合计, 不并入 DIP 均值。",
                                             "Apart from DIP: {} ungrouped, {} uncoded, {} paid by "
                                             "charges, {} by DRG or otherwise, {} visits; in the "
                                             "totals, in no mean of DIP.")),
                          count(PaymentBasis::ungrouped), count(PaymentBasis::uncoded),
                          count(PaymentBasis::charges),
                          count(PaymentBasis::drg) + count(PaymentBasis::other),
                          count(PaymentBasis::visit));
    }

    [[nodiscard]] std::vector<Column> columns() const {
        const std::string paid = words("费用与支付", "charges and payment");
        const std::string policy = words("政策盈亏 (支付−费用)", "policy margin");
        const std::string real = words("实际盈亏 (支付−成本)", "real margin at");
        std::vector<Column> all{{.title = by_words(by_, language())},
                                {.title = words("口径", "basis")},
                                {.title = words("例数", "cases")},
                                {.title = "RW"},
                                {.title = "CMI"},
                                {.title = words("医疗费用", "charges"), .group = paid},
                                {.title = words("例均费用", "each"), .group = paid},
                                {.title = words("支付", "payment"), .group = paid},
                                {.title = words("例均支付", "each"), .group = paid}};
        if (input_.view.tells_fund) {
            all.push_back({.title = words("基金支付", "fund"), .group = paid});
            all.push_back({.title = words("个人负担", "patient"), .group = paid});
        }
        all.push_back({.title = words("盈亏公式值", "formula value"), .group = policy});
        all.push_back({.title = words("盈亏调整", "adjustment"), .group = policy});
        all.push_back({.title = words("政策盈亏", "margin"), .group = policy});
        all.push_back({.title = words("医疗业务成本", "medical business cost"), .group = real});
        for (const Scope scope : {Scope::medical, Scope::medical_full, Scope::hospital_full}) {
            all.push_back({.title = name_of(scope, language()), .group = real});
        }
        return all;
    }

    /// 盈亏口径: how the cases were paid.
    [[nodiscard]] std::string caliber(const Tally& tally, PaymentBasis basis) const {
        if (basis != PaymentBasis::dip) {
            return basis_words(basis, language());
        }
        std::string text = fmt::format(
            fmt::runtime(words("正常 {} · 低倍率 {} · 高倍率 {}", "normal {}, low {}, high {}")),
            tally.cases - tally.low - tally.high - tally.special, tally.low, tally.high);
        if (tally.special > 0) {
            text += words(" · 特例单议 ", ", special review ") + std::to_string(tally.special);
        }
        return text;
    }

    [[nodiscard]] Row row(RowStyle style, const std::string& title, const std::string& basis,
                          const Tally& tally, bool has_weight) const {
        const bool knows_formula = input_.view.standard.is_known() || tally.low + tally.high == 0;
        Row row{.style = style,
                .cells = {text_cell(title), text_cell(basis), count_cell(tally.cases),
                          has_weight ? weight_cell(tally.rw) : blank_cell(),
                          has_weight ? cmi_cell(tally) : blank_cell(), amount_cell(tally.charge),
                          each_cell(tally.charge, tally.cases), amount_cell(tally.payment),
                          each_cell(tally.payment, tally.cases)}};
        if (input_.view.tells_fund) {
            // Of some of the cases only the sums would mislead.
            const bool is_told = tally.fund + tally.patient_paid == tally.payment;
            row.cells.push_back(is_told ? amount_cell(tally.fund) : blank_cell());
            row.cells.push_back(is_told ? amount_cell(tally.patient_paid) : blank_cell());
        }
        row.cells.push_back(knows_formula ? amount_cell(tally.formula()) : blank_cell());
        row.cells.push_back(knows_formula ? amount_cell(tally.adjustment()) : blank_cell());
        row.cells.push_back(amount_cell(tally.policy_margin()));
        for (std::size_t s = 0; s < tally.cost.size(); ++s) {
            row.cells.push_back(amount_cell(tally.margin(s)));
        }
        return row;
    }

    [[nodiscard]] Section dip_section() const {
        Section section{.caption = words("一、DIP 病例 (实际盈亏由低到高)",
                                         "1. DIP cases (lowest real margin first)"),
                        .key_columns = 2,
                        .columns = columns()};
        for (const ProfitObject& object : dip_) {
            section.rows.push_back(row(RowStyle::item, object.title,
                                       caliber(object.tally, PaymentBasis::dip), object.tally,
                                       true));
        }
        const Tally total = total_of(dip_);
        section.rows.push_back(row(RowStyle::total, words("DIP 合计", "DIP in all"),
                                   caliber(total, PaymentBasis::dip), total, true));
        return section;
    }

    [[nodiscard]] Section other_section() {
        Section section{.caption = words("二、非 DIP (单列, 不并入 DIP 均值)",
                                         "2. Not DIP (apart, in no mean of DIP)"),
                        .key_columns = 2,
                        .columns = columns()};
        for (const PaymentBasis basis : kOthers) {
            for (const ProfitObject& object : by_basis_[basis].by_code()) {
                section.rows.push_back(row(RowStyle::item, object.title,
                                           caliber(object.tally, basis), object.tally, false));
            }
        }
        return section;
    }

    [[nodiscard]] Section total_section(Report& report) {
        Section section{.caption = words("三、合计 (各口径之和 = 全院)",
                                         "3. Totals (the bases sum to the hospital)"),
                        .key_columns = 2,
                        .columns = columns()};
        section.columns[0].title = words("合计", "total");
        Tally all = total_of(dip_);
        section.rows.push_back(
            row(RowStyle::item, "DIP", caliber(all, PaymentBasis::dip), all, true));
        for (const PaymentBasis basis : kOthers) {
            const Tally tally = total_of(by_basis_[basis].by_code());
            section.rows.push_back(row(RowStyle::item, basis_words(basis, language()),
                                       caliber(tally, basis), tally, false));
            all.add(tally);
        }
        section.rows.push_back(row(RowStyle::total, words("全院", "hospital"),
                                   words("全部口径", "all bases"), all, false));
        const Tally whole = total_of(whole_.by_code());
        report.must_close("objects in layers = hospital", whole.payment, all.payment);
        report.must_close("objects in layers = hospital", whole.cost.back(), all.cost.back());
        return section;
    }

    struct Layers {
        std::optional<Money> variable{};
        std::optional<Money> direct_fixed{};
        std::optional<Money> controllable{};
    };

    [[nodiscard]] Row layer_row(RowStyle style, const std::string& title, const Tally& tally,
                                const Layers& layers) const {
        Row row{.style = style, .cells = {text_cell(title), amount_cell(tally.payment)}};
        const auto add = [&](std::optional<Money> cost, std::optional<Money> from) {
            row.cells.push_back(optional_amount(cost));
            row.cells.push_back(cost && from ? amount_cell(*from - *cost) : blank_cell());
        };
        add(layers.variable, tally.payment);
        add(layers.direct_fixed,
            layers.variable ? std::optional(tally.contribution()) : std::nullopt);
        add(tally.cost[0], tally.payment);
        add(tally.cost[1], tally.payment);
        add(tally.cost[3], tally.payment);
        add(layers.controllable, tally.payment);
        return row;
    }

    /// The direct fixed cost of an object: a department's own, for the hospital all of them.
    [[nodiscard]] std::optional<Money> direct_fixed(const std::string& code) const {
        const ProfitView& view = input_.view;
        if (!view.variable.is_known() ||
            (by_ != ProfitBy::department && by_ != ProfitBy::hospital)) {
            return std::nullopt;
        }
        std::optional<Money> sum = Money();
        for (const std::size_t d : departments_with_cases()) {
            if (by_ == ProfitBy::hospital || view.month->departments[d].code == code) {
                sum = sum && view.direct_fixed[d] ? std::optional(*sum + *view.direct_fixed[d])
                                                  : std::nullopt;
            }
        }
        return sum;
    }

    [[nodiscard]] std::vector<std::size_t> departments_with_cases() const {
        const ProfitView& view = input_.view;
        std::vector<bool> has(view.visits.size());
        for (const ProfitCase& one : view.cases) {
            has[view.encounter(one).department.index()] = true;
        }
        std::vector<std::size_t> departments;
        for (std::size_t d = 0; d < has.size(); ++d) {
            if (has[d] || view.visits[d].cases > 0) {
                departments.push_back(d);
            }
        }
        return departments;
    }

    [[nodiscard]] Section layer_section() const {
        const ProfitView& view = input_.view;
        Section section{
            .caption =
                words("四、分层盈亏 (收入减各层成本)", "4. Margins in layers (revenue less cost)"),
            .columns = {{.title = by_words(by_, language())}, {.title = words("收入", "revenue")}}};
        const std::array<std::array<std::string, 2>, 6> layers{
            {{words("边际", "contribution"), words("变动成本", "variable cost")},
             {words("直接", "direct"), words("科室直接固定成本", "direct fixed cost")},
             {words("业务", "business"), words("医疗业务成本", "medical business cost")},
             {words("毛", "gross"), words("医疗成本", "medical cost")},
             {words("净", "net"), words("医院全成本", "full hospital cost")},
             {words("可控", "controllable"), words("可控成本", "controllable cost")}}};
        for (const auto& [layer, cost] : layers) {
            section.columns.push_back({.title = cost, .group = layer});
            section.columns.push_back({.title = words("盈亏", "margin"), .group = layer});
        }
        Layers all;
        std::optional<Money> fixed = Money();
        const auto known = [](const Unknown& unknown, Money amount) {
            return unknown.is_known() ? std::optional(amount) : std::nullopt;
        };
        for (const ProfitObject& object : whole_.by_margin(scope_)) {
            const Layers own{.variable = known(view.variable, object.tally.variable),
                             .direct_fixed = direct_fixed(object.code),
                             .controllable = known(view.controllable, object.tally.controllable)};
            section.rows.push_back(layer_row(RowStyle::item, object.title, object.tally, own));
            fixed = fixed && own.direct_fixed ? std::optional(*fixed + *own.direct_fixed)
                                              : std::nullopt;
        }
        const Tally total = total_of(whole_.by_code());
        all = {.variable = known(view.variable, total.variable),
               .direct_fixed = fixed,
               .controllable = known(view.controllable, total.controllable)};
        section.rows.push_back(layer_row(RowStyle::total, words("合计", "in all"), total, all));
        layer_notes(section);
        return section;
    }

    void layer_notes(Section& section) const {
        const auto note = [&](const char* what_zh, const char* what_en, const Unknown& unknown) {
            if (!unknown.is_known()) {
                section.notes.push_back(words(what_zh, what_en) +
                                        in(language(), unknown.zh, unknown.en));
            }
        };
        note("边际、直接无值: ", "No contribution and direct margin: ", input_.view.variable);
        note("可控无值: ", "No controllable margin: ", input_.view.controllable);
        if (by_ != ProfitBy::department && by_ != ProfitBy::hospital) {
            section.notes.push_back(
                words("直接盈亏无值: 科室直接固定成本属于科室, 不属于病组、医师或付费方; 见 --by "
                      "department。",
                      "No direct margin: direct fixed cost is of a department, not of a group, "
                      "physician or payer; see --by department."));
        } else if (input_.view.variable.is_known()) {
            section.notes.push_back(
                words("科室直接固定成本为本月科室成本 (医疗成本, 固定部分); 其余各层为出院病例全程"
                      "成本与门急诊成本。某科室无值: 其全成本为零而有直接成本, 固定比例无法推出。",
                      "Direct fixed cost is the department's of the month (medical cost, its fixed "
                      "part); the other layers are cost of whole stays and of visits. Blank: the "
                      "department has direct cost but no full cost, so that the fixed part is not "
                      "known."));
        }
    }

    void notes(Report& report) const {
        if (!input_.view.standard.is_known()) {
            report.notes.push_back(
                in(language(), input_.view.standard.zh, input_.view.standard.en));
        }
        report.notes.push_back(words(
            "盈亏公式值 = 同组正常病例支付标准 − 费用; 盈亏调整 = 高低倍率等使支付偏离标准之差; "
            "两者"
            "之和为政策盈亏。实际盈亏 = 支付 − 成本, 费用与成本不混用。",
            "Formula value = what a normal case of the group is paid − charges; adjustment = what "
            "the rule for low and high cases adds; both sum to the policy margin. Real margin = "
            "payment − cost."));
        if (!input_.view.tells_fund) {
            report.notes.push_back(words("本结果的支付未分基金支付与个人负担。",
                                         "Payments of this result are not told apart into fund and "
                                         "patient."));
        }
        if (input_.view.tells_fund) {
            report.notes.push_back(words(
                "支付 = 基金支付 + 个人负担 (case_terms.csv); 有病例未填个人负担的行不分, 留空。",
                "Payment = fund + patient (case_terms.csv); a row of which some case states no "
                "part "
                "of its patient is not told apart: blank."));
        }
        report.notes.push_back(not_for_pay(language()));
    }

    static constexpr std::array kOthers{PaymentBasis::ungrouped, PaymentBasis::uncoded,
                                        PaymentBasis::charges,   PaymentBasis::drg,
                                        PaymentBasis::other,     PaymentBasis::visit};
    const ProfitInput& input_;
    ProfitBy by_;
    std::size_t scope_;
    std::map<PaymentBasis, ObjectSums> by_basis_;
    ObjectSums whole_;
    ProfitObjects dip_;
};

}  // namespace

Report profit_report(const ProfitInput& input, ProfitBy by) {
    return ProfitTables(input, by).build();
}

}  // namespace yuanliu::report
