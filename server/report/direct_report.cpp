// Why this file: the head of every report, and 成本医01表: the direct cost of all departments by
// class, with the four cost scopes below (docs/reports.md §2).
#include <fmt/format.h>

#include "server/report/reports.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

void add_to(Amounts& sum, const Amounts& more) {
    for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] += more[i];
    }
}

bool is_zero(const Amounts& amounts) {
    for (const Money amount : amounts) {
        if (!amount.is_zero()) {
            return false;
        }
    }
    return true;
}

class DirectTable {
  public:
    explicit DirectTable(const ReportInput& input)
        : view_(input.view),
          language_(input.language),
          scope_(input.scope),
          lines_(cost_lines(input.scope, input.language)),
          business_(lines_.size()),
          management_(lines_.size()) {
        section_.columns = {{.title = in(language_, "科室", "department")}};
        for (const CostLine& line : lines_) {
            section_.columns.push_back({.title = line.title});
        }
    }

    Section build(Report& report) {
        for (const auto department_class :
             {DepartmentClass::clinical, DepartmentClass::medical_technology,
              DepartmentClass::auxiliary}) {
            add_class(department_class);
        }
        management_ = sum_of(DepartmentClass::administrative);
        Amounts total = business_;
        add_row(RowStyle::total, in(language_, "医疗业务成本合计", "medical business cost"),
                business_);
        if (scope_ != Scope::medical_business) {
            add_row(RowStyle::subtotal, in(language_, "管理费用", "administration"), management_);
        }
        add_to(total, management_);
        for (const auto department_class :
             {DepartmentClass::public_cost, DepartmentClass::excluded}) {
            const Amounts amounts = sum_of(department_class);
            if (!is_zero(amounts)) {
                add_row(RowStyle::subtotal,
                        department_class == DepartmentClass::public_cost
                            ? in(language_, "未分出的公共费用", "public cost not shared out")
                            : in(language_, "其他", "other"),
                        amounts);
                add_to(total, amounts);
            }
        }
        add_row(RowStyle::total, in(language_, "本月总计", "total of the month"), total);
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            report.must_close(
                in(language_, "本月总计 = 全部直接成本: ", "total = all direct cost: ") +
                    lines_[i].title,
                total[i], view_.total(lines_[i]));
        }
        return std::move(section_);
    }

  private:
    [[nodiscard]] Amounts amounts_of(DepartmentId department) const {
        Amounts amounts;
        for (const CostLine& line : lines_) {
            amounts.push_back(view_.direct(department, line));
        }
        return amounts;
    }
    [[nodiscard]] Amounts sum_of(DepartmentClass department_class) const {
        Amounts sum(lines_.size());
        for (const DepartmentId d : view_.departments(department_class, lines_.back())) {
            add_to(sum, amounts_of(d));
        }
        return sum;
    }
    void add_row(RowStyle style, std::string title, const Amounts& amounts) {
        section_.rows.push_back(amounts_row(style, std::move(title), amounts));
    }
    void add_class(DepartmentClass department_class) {
        Amounts sum(lines_.size());
        for (const DepartmentId d : view_.departments(department_class, lines_.back())) {
            const Amounts amounts = amounts_of(d);
            add_row(RowStyle::item, department_words(view_.month().departments[d.index()]),
                    amounts);
            add_to(sum, amounts);
        }
        add_row(RowStyle::subtotal,
                class_words(department_class, language_) + in(language_, "小计", ", subtotal"),
                sum);
        add_to(business_, sum);
    }

    const CostView& view_;
    Language language_;
    Scope scope_;
    std::vector<CostLine> lines_;
    Amounts business_;
    Amounts management_;
    Section section_;
};

/// The four legal scopes, each from the one before.
Section scope_section(const ReportInput& input) {
    const Language language = input.language;
    const auto lines = cost_lines(Scope::hospital_full, language);
    const CostLine& medical = lines[kCategories];
    const Money business = input.view.total(cost_lines(Scope::medical_business, language).back());
    Section section{.caption = in(language, "成本口径", "cost scopes"),
                    .columns = {{.title = in(language, "口径", "scope")},
                                {.title = in(language, "金额", "amount")}}};
    const auto add = [&](RowStyle style, std::string title, Money amount) {
        section.rows.push_back(
            {.style = style, .cells = {text_cell(std::move(title)), amount_cell(amount)}});
    };
    add(RowStyle::total, in(language, "医疗业务成本", "medical business cost"), business);
    add(RowStyle::item, in(language, "加: 管理费用", "plus administration"),
        input.view.total(medical) - business);
    for (std::size_t i = kCategories; i < lines.size(); ++i) {
        add(lines[i].is_sum ? RowStyle::total : RowStyle::item,
            (lines[i].is_sum ? "" : in(language, "加: ", "plus ")) + lines[i].title,
            input.view.total(lines[i]));
    }
    return section;
}

}  // namespace

std::string period_words(std::string_view period, Language language) {
    const auto parsed = Period::parse(period);
    return parsed && language == Language::zh
               ? fmt::format("{}年{}月", parsed->year(), parsed->month())
               : std::string(period);
}

std::string class_words(DepartmentClass department_class, Language language) {
    const bool is_plain = department_class == DepartmentClass::public_cost ||
                          department_class == DepartmentClass::excluded;
    return name_in(language, department_class) +
           (language == Language::zh && !is_plain ? "类" : "");
}

std::string department_words(const Department& department) {
    return department.name + " " + department.code;
}

Report begin_report(const ReportInput& input, std::string form, std::string_view title_zh,
                    std::string_view title_en) {
    const Month& month = input.view.month();
    const Language language = input.language;
    const char* funds_zh[] = {"自筹及财政基本, 不含行政后勤", "自筹及财政基本",
                              "自筹及财政基本、财政项目、非同级财政项目", "全部经费: 含科研、教学"};
    const char* funds_en[] = {"own and basic fiscal funds, without administration",
                              "own and basic fiscal funds",
                              "own and basic fiscal funds and fiscal projects",
                              "all funds, research and teaching included"};
    const auto scope = static_cast<std::size_t>(input.scope);
    return {.language = language,
            .form = std::move(form),
            .title = in(language, title_zh, title_en),
            .caliber = name_of(input.scope, language) + " (" +
                       in(language, funds_zh[scope], funds_en[scope]) + ")",
            .hospital = month.hospital_name,
            .period = period_words(input.book.period, language),
            .basis = fmt::format("result {} · allocation {}", input.book.result_hash.substr(0, 16),
                                 input.book.rules_version),
            .gaps = input.view.gaps()};
}

Report direct_cost_report(const ReportInput& input) {
    Report report = begin_report(input, "成本医01表", "医院各科室直接成本表",
                                 "Direct cost of the hospital's departments");
    report.sections.push_back(DirectTable(input).build(report));
    report.sections.push_back(scope_section(input));
    report.notes.push_back(in(
        input.language,
        "直接成本含直接计入与计算计入 (公共费用按规则计入); 分摊前。不计入成本的支出见月末对账表。",
        "Direct cost is what was booked and what public cost was counted in; before any "
        "indirect cost. Spending kept out of cost stands in the reconciliation."));
    return report;
}

}  // namespace yuanliu::report
