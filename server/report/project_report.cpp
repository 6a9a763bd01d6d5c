// Why this file: 科研项目成本表 (docs/objects.md §5): every fen of fund source research that stands
// on a department after collection is followed back to its ledger line, and by it to a project or
// to none.
#include <map>
#include <tuple>

#include "server/report/object_reports.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

/// What a department holds of one fund source and cost item.
using HeldKey = std::tuple<FundSource, std::string, std::string>;  // fund, department, cost item
using HeldPieces = std::map<HeldKey, Money>;
using LineKey = std::pair<std::string, std::string>;  // voucher, line

/// How exactly a row names lines; 0 = it doesn't fit. More is closer.
int fit_of(const ProjectLine& row, const LedgerLine& line) {
    int fit = 0;
    const auto look = [&](bool is_named, bool is_same, int weight) {
        if (is_named && (!is_same || fit < 0)) {
            fit = -1;
        } else if (is_named) {
            fit += weight;
        }
    };
    look(!row.voucher.empty(), row.voucher == line.voucher, 8);
    look(!row.line.empty(), row.line == line.line, 4);
    look(row.account.is_valid(), row.account == line.account, 2);
    look(row.department.is_valid(), row.department == line.department, 1);
    return std::max(fit, 0);
}

std::string project_of(const Month& month, const LedgerLine& line) {
    int best = 0;
    std::string project;
    for (const ProjectLine& row : month.project_lines) {
        if (const int fit = fit_of(row, line); fit > best) {
            best = fit;
            project = row.project;
        }
    }
    return project;
}

/// What each line of the ledger is, and where, after the moves.
std::map<LineKey, HeldPieces> held_by_line(const Month& month, const ResultBook& book) {
    std::map<LineKey, HeldPieces> lines;
    for (const LedgerLine& line : month.ledger) {
        const Account& account = month.accounts[line.account.index()];
        const Department& department = month.departments[line.department.index()];
        if (account.treatment == MapTreatment::cost &&
            department.department_class != DepartmentClass::excluded) {
            lines[{line.voucher, line.line}]
                 [{line.fund, department.code, month.cost_items[account.cost_item.index()].code}] +=
                line.amount;
        }
    }
    for (const CostMove& move : book.moves) {
        HeldPieces& held = lines[{move.voucher, move.line}];
        held[{move.fund, move.department, move.cost_item}] -= move.amount;
        if (!move.to_department.empty()) {
            held[{move.to_fund, move.to_department, move.to_cost_item}] += move.amount;
        }
    }
    return lines;
}

using ByCategory = std::array<Money, kCategories>;

struct ProjectSums {
    std::map<std::string, ByCategory> research;                        ///< by project; "" = none
    std::map<std::pair<std::string, std::string>, Money> departments;  ///< project, department
    std::map<std::pair<std::string, FundSource>, Money> other_funds;   ///< of tagged lines
    std::map<HeldKey, Money> all;                                      ///< of fund source research
};

ProjectSums sum_projects(const Month& month, const ResultBook& book) {
    std::map<std::string, CostCategory> categories;
    for (const CostItem& item : month.cost_items) {
        categories.emplace(item.code, item.category);
    }
    ProjectSums sums;
    for (const ResearchProject& project : month.research_projects) {
        sums.research[project.code];
    }
    const auto lines = held_by_line(month, book);
    for (const LedgerLine& line : month.ledger) {
        const auto held = lines.find({line.voucher, line.line});
        if (held == lines.end()) {
            continue;
        }
        const std::string project = project_of(month, line);
        for (const auto& [key, amount] : held->second) {
            const auto& [fund, department, item] = key;
            if (fund == FundSource::research) {
                sums.research[project][static_cast<std::size_t>(categories.at(item))] += amount;
                sums.departments[{project, department}] += amount;
                sums.all[key] += amount;
            } else if (!project.empty()) {
                sums.other_funds[{project, fund}] += amount;
            }
        }
    }
    return sums;
}

/// Department by department and item by item, this is the research cost of the result.
void check_research(const ProjectSums& sums, const ResultBook& book, Report& report) {
    std::map<HeldKey, Money> left = sums.all;
    for (const DepartmentCost& row : book.costs) {
        if (row.kind == CostKind::direct && row.fund == FundSource::research) {
            left[{row.fund, row.department, row.cost_item}] -= row.cost;
        }
    }
    for (const auto& [key, rest] : left) {
        report.must_close(in(report.language, "课题及未归属 = 科研直接成本: ",
                             "projects and untagged = direct cost of research: ") +
                              std::get<1>(key) + " " + std::get<2>(key),
                          rest, Money());
    }
}

std::string words_of_project(const Month& month, const std::string& code, Language language) {
    for (const ResearchProject& project : month.research_projects) {
        if (project.code == code) {
            return project.name + " " + code;
        }
    }
    return in(language, "未归属课题", "of no project");
}

Section project_section(const Month& month, const ProjectSums& sums, Language language) {
    Section section{.caption = {}, .columns = {{.title = in(language, "课题", "project")}}};
    for (std::size_t c = 0; c < kCategories; ++c) {
        section.columns.push_back({.title = name_in(language, static_cast<CostCategory>(c))});
    }
    section.columns.push_back({.title = in(language, "合计", "total")});
    ByCategory total{};
    const auto add = [&](RowStyle style, std::string title, const ByCategory& amounts) {
        Row row{.style = style, .cells = {text_cell(std::move(title))}};
        Money sum;
        for (const Money amount : amounts) {
            row.cells.push_back(amount_cell(amount));
            sum += amount;
        }
        row.cells.push_back(amount_cell(sum));
        section.rows.push_back(std::move(row));
    };
    for (const auto& [code, amounts] : sums.research) {
        for (std::size_t c = 0; c < kCategories; ++c) {
            total[c] += amounts[c];
        }
        if (!code.empty()) {
            add(RowStyle::item, words_of_project(month, code, language), amounts);
        }
    }
    const auto none = sums.research.find("");
    add(RowStyle::item, words_of_project(month, "", language),
        none == sums.research.end() ? ByCategory{} : none->second);
    add(RowStyle::total, in(language, "科研成本合计", "research cost"), total);
    return section;
}

Section project_departments(const Month& month, const ProjectSums& sums, const CostView& view,
                            Language language) {
    Section section{.caption = in(language, "按承担科室", "by department"),
                    .key_columns = 2,
                    .columns = {{.title = in(language, "课题", "project")},
                                {.title = in(language, "科室", "department")},
                                {.title = in(language, "金额", "amount")}}};
    for (const auto& [key, amount] : sums.departments) {
        if (!amount.is_zero()) {
            const auto department = view.find(key.second);
            section.rows.push_back(
                {.cells = {
                     text_cell(words_of_project(month, key.first, language)),
                     text_cell(department ? department_words(month.departments[department->index()])
                                          : key.second),
                     amount_cell(amount)}});
        }
    }
    return section;
}

}  // namespace

Report project_report(const ReportInput& input) {
    const Language language = input.language;
    const Month& month = input.view.month();
    Report report = begin_report(input, {}, "科研项目成本表", "Cost of research projects");
    report.caliber = in(language, "科研经费形成的直接成本 (归集后)",
                        "direct cost of fund source research, after collection");
    const ProjectSums sums = sum_projects(month, input.book);
    check_research(sums, input.book, report);
    report.sections.push_back(project_section(month, sums, language));
    report.sections.push_back(project_departments(month, sums, input.view, language));
    Section others{.caption = in(language, "课题名下由其他经费承担的成本 (不在上表)",
                                 "cost of projects that other funds bear (not in the table above)"),
                   .key_columns = 2,
                   .columns = {{.title = in(language, "课题", "project")},
                               {.title = in(language, "资金来源", "fund source")},
                               {.title = in(language, "金额", "amount")}}};
    for (const auto& [key, amount] : sums.other_funds) {
        if (!amount.is_zero()) {
            others.rows.push_back(
                {.cells = {text_cell(words_of_project(month, key.first, language)),
                           text_cell(name_in(language, key.second)), amount_cell(amount)}});
        }
    }
    report.sections.push_back(std::move(others));
    report.notes.push_back(
        in(language, "各课题与未归属之和等于归集后科研直接成本, 逐科室逐成本项目核对。",
           "Projects and what is of none sum to the direct cost of research, department by "
           "department and cost item by cost item."));
    return report;
}

}  // namespace yuanliu::report
