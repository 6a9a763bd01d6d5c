// Why this file: see report_command.hpp. A report is printed only from a result whose tables have
// the certificate's hashes, of the very month, and only when every sum closes.
#include "server/cli/report_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "costing/run/run_costing.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/report_inputs.hpp"
#include "server/cli/report_maker.hpp"
#include "server/cli/report_options.hpp"
#include "server/cli/report_text.hpp"
#include "server/report/plan_comparison.hpp"
#include "server/report/report_json.hpp"
#include "server/report/reports.hpp"
#include "server/usecase/compute_month.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;
using report::Refusal;
using report::Report;
using report::ResultBook;
using report::Scope;

const std::map<std::string, Scope> kScopes{{"medical_business", Scope::medical_business},
                                           {"medical", Scope::medical},
                                           {"medical_full", Scope::medical_full},
                                           {"hospital_full", Scope::hospital_full}};
const std::map<std::string, ReportFormat> kFormats{{"text", ReportFormat::text},
                                                   {"csv", ReportFormat::csv},
                                                   {"html", ReportFormat::html},
                                                   {"json", ReportFormat::json}};

std::string method_words(StageMethod method, Language language) {
    constexpr std::array kChinese{"逐级分步 (阶梯)", "顺序阶梯", "交互分配", "平级一次",
                                  "两次分配",        "联立方程", "迭代"};
    static_assert(kChinese.size() == WordsOf<StageMethod>::kWords.size());
    if (language == Language::zh) {
        return kChinese[static_cast<std::size_t>(method)];
    }
    return method == StageMethod::outward ? "step-down by stages" : std::string(word_of(method));
}

std::string methods_of(const AllocationPlan& plan, Language language) {
    std::string methods;
    for (const Stage& stage : plan.stages) {
        const std::string method = method_words(stage.method, language);
        if (methods.find(method) == std::string::npos) {
            methods += (methods.empty() ? "" : ", ") + method;
        }
    }
    return methods;
}

}  // namespace

int print_report(const Report& made, const ReportArguments& arguments) {
    constexpr std::size_t kMostShown = 10;
    if (!made.gaps.empty()) {
        refuse_report(
            arguments.language, kFindings,
            {.zh = fmt::format("有 {} 处合计不符, 不出表:", made.gaps.size()),
             .en = fmt::format("{} sums do not close, so nothing is printed:", made.gaps.size())});
        for (std::size_t i = 0; i < std::min(kMostShown, made.gaps.size()); ++i) {
            const report::Gap& gap = made.gaps[i];
            fmt::print(stderr, "  {}: {} / {}\n", gap.claim, gap.left.text(), gap.right.text());
        }
        return kFindings;
    }
    const std::string text = arguments.format == ReportFormat::csv    ? report::as_csv(made)
                             : arguments.format == ReportFormat::html ? report::as_html(made)
                             : arguments.format == ReportFormat::json
                                 ? boost::json::serialize(report::as_json(made)) + "\n"
                                 : as_text(made, width_of_output(!arguments.out.empty()));
    if (arguments.out.empty()) {
        fmt::print("{}", text);
    }
    write_file(arguments.out, text, arguments.language);
    return kDone;
}

namespace {

int print_made(const ReportArguments& arguments, const MadeReport& made) {
    print_findings(made.findings, arguments.language);
    if (made.refusal) {
        return refuse_report(arguments.language, made.is_usage ? kUsage : kFindings, *made.refusal);
    }
    return made.made ? print_report(*made.made, arguments) : kFindings;
}

/// A month by itself, without a result.
int reconcile_month(const ReportArguments& arguments) {
    if (!fs::is_directory(arguments.month)) {
        return refuse_report(
            arguments.language, kUsage,
            {.zh = "对账需要结果文件夹, 或用 --month 指明月度文件夹",
             .en = "a reconciliation needs a result folder, or a month folder named with "
                   "--month"});
    }
    const auto loaded =
        intake::read_month(arguments.month, {.parallel_for = usecase::make_thread_loop(0)});
    if (has_stop(loaded.findings)) {
        print_findings(loaded.findings, arguments.language);
        return kFindings;
    }
    return print_made(arguments, make_report(arguments, {.loaded = loaded,
                                                         .rules = arguments.rules.empty()
                                                                      ? fs::path()
                                                                      : arguments.rules.front()}));
}

}  // namespace

int run_report(const ReportArguments& arguments) {
    if (arguments.result.empty() && arguments.kind == kReconciliationKind) {
        return reconcile_month(arguments);
    }
    if (arguments.result.empty()) {
        return refuse_report(
            arguments.language, kUsage,
            {.zh = "请指明结果文件夹: yuanliu report 结果文件夹 --kind " + arguments.kind,
             .en = "name a result folder: yuanliu report RESULT --kind " + arguments.kind});
    }
    int code = kDone;
    auto opened = open_result(arguments.result, arguments.month, arguments.language, code);
    if (!opened) {
        return code;
    }
    // Kinds that read no rules still say when those named are others.
    if (!arguments.rules.empty() && !reads_rules(arguments.kind)) {
        const auto rules = rules_of_result(arguments.rules.front(), arguments.result, opened->book);
        if (!rules) {
            return refuse_report(arguments.language, kUsage, rules.error());
        }
    }
    return print_made(
        arguments,
        make_report(arguments, {.loaded = opened->loaded,
                                .book = &opened->book,
                                .own_groups = &opened->loaded.month,
                                .rules = arguments.rules.empty()
                                             ? folder_of_run(arguments.result, "rules_folder")
                                             : arguments.rules.front()}));
}

namespace {

int cannot_compare(const ReportArguments& arguments, std::size_t which,
                   const std::vector<Finding>& findings) {
    print_findings(findings, arguments.language);
    return refuse_report(
        arguments.language, kFindings,
        {.zh = arguments.rules[which].string() + " 不能计算本月",
         .en = "the month can't be computed by " + arguments.rules[which].string()});
}

report::ComparedPlan compared_plan(const Month& month, const AllocationPlan& plan,
                                   const CostingResult& costing, Language language) {
    report::ComparedPlan compared{.version = plan.version,
                                  .methods = methods_of(plan, language),
                                  .full = std::vector<report::Cells>(month.departments.size())};
    for (const DepartmentCostRow& row : costing.department_costs) {
        if (row.kind == CostKind::full) {
            const auto holder = month.departments[row.department.index()].department_class;
            compared.full[row.department.index()][report::cell_of(
                month.cost_items[row.cost_item.index()].category, row.fund,
                report::is_management(holder, row.origin))] += row.cost;
        }
    }
    return compared;
}

/// Paid cases by department and by group, with what they cost under both plans.
void add_decisions(const Month& month, const ProfitResult& profit,
                   const std::vector<StayAmounts>& stays, report::Comparison& comparison) {
    std::map<std::string, report::ComparedCases> departments;
    std::map<std::string, report::ComparedCases> groups;
    for (const CaseRow& row : profit.cases) {
        const Department& department =
            month.departments[month.encounters[row.encounter.index()].department.index()];
        const std::string group = row.status == CaseStatus::grouped
                                      ? month.catalogue[row.row.index()].group
                                      : "~" + std::string(word_of(row.status));
        for (auto* sums : {&departments[department.code], &groups[group]}) {
            sums->cases += 1;
            sums->payment += row.payment;
            sums->costs[0] += row.cost;
            sums->costs[1] += stays[row.encounter.index()].cost();
        }
        departments[department.code].title = report::department_words(department);
        groups[group].title = group;
    }
    for (auto& [code, sums] : departments) {
        comparison.departments.push_back(std::move(sums));
    }
    for (auto& [code, sums] : groups) {
        comparison.groups.push_back(std::move(sums));
    }
}

}  // namespace

std::string collection_of(const std::filesystem::path& rules) {
    std::ostringstream text;
    text << std::ifstream(rules / "collection.toml", std::ios::binary).rdbuf();
    return text.str();
}

int run_compare_plans(const ReportArguments& arguments) {
    if (arguments.rules.size() != 2) {
        return refuse_report(arguments.language, kUsage,
                             {.zh = "请用两个 --rules 指明要比较的两个规则文件夹",
                              .en = "name the two rules folders to compare, each with --rules"});
    }
    if (collection_of(arguments.rules[0]) != collection_of(arguments.rules[1])) {
        return refuse_report(
            arguments.language, kUsage,
            {.zh = "两个规则文件夹的 collection.toml 不同, 分摊前的直接成本就不同; "
                   "请把其中一个复制到另一个文件夹再比较",
             .en = "the two rules folders differ in collection.toml, so that direct cost "
                   "differs before any plan; copy one of them into the other folder"});
    }
    const ParallelFor loop = usecase::make_thread_loop(0);
    const auto first = usecase::compute_month(arguments.month, arguments.rules[0], loop,
                                              usecase::Finish::values_only);
    if (has_stop(first.findings)) {
        return cannot_compare(arguments, 0, first.findings);
    }
    // Only the plan is another: what follows it is A's, so that nothing else can differ.
    const intake::LoadedRules other = intake::read_rules(arguments.rules[1]);
    if (has_stop(other.findings)) {
        return cannot_compare(arguments, 1, other.findings);
    }
    const Rules& rules = first.rules.rules;
    const auto second = costing::run_costing(first.loaded.month, other.rules.allocation, loop,
                                             rules.costing, rules.collection);
    if (has_stop(second.findings)) {
        return cannot_compare(arguments, 1, second.findings);
    }
    const Month& month = first.loaded.month;
    report::Comparison comparison{
        .plans = {compared_plan(month, rules.allocation, first.result.costing, arguments.language),
                  compared_plan(month, other.rules.allocation, second.result, arguments.language)}};
    add_decisions(month, first.result.profit, second.result.stays, comparison);
    return print_report(
        report::plan_comparison(month, comparison, arguments.scope, arguments.language), arguments);
}

void add_report_output(CLI::App& command, ReportArguments& arguments) {
    command.add_option("--format", arguments.format, "text, csv, html or json")
        ->transform(one_of(kFormats));
    command.add_option("--out", arguments.out, "Write to this file");
    command.add_option("--lang,--language", arguments.language, "Language: zh or en")
        ->transform(one_of(kLanguages));
}

void ReportCommands::add_output(CLI::App& command) {
    command
        .add_option("--scope", arguments_.scope,
                    "medical_business, medical, medical_full or hospital_full")
        ->transform(one_of(kScopes))
        ->each([this](const std::string&) { arguments_.is_scope_named = true; });
    add_report_output(command, arguments_);
}

void ReportCommands::add_to(CLI::App& app, Language language) {
    arguments_.language = language;
    CLI::App* report =
        app.add_subcommand("report", "Print a published report of a result (docs/reports.md)");
    report->add_option("result", arguments_.result,
                       "Result folder (kind reconciliation: --month alone is enough)");
    arguments_.profit.add_to(*report);
    report->add_option("--kind", arguments_.kind, "Which report")
        ->required()
        ->check(CLI::IsMember(report_kinds()));
    report->add_option("--department", arguments_.department,
                       "Code, for kinds department, layers, ratio-cases, group-sheet");
    report->add_option("--beds-driver", arguments_.beds_driver,
                       "Driver whose readings are opened beds, for kind beds without beds.csv");
    report->add_option("--before", arguments_.before,
                       "Kind department: result of the month before, why cost changed");
    report->add_option("--year-before", arguments_.year_before,
                       "Kind department: result of the same month a year ago");
    report->add_option("--month", arguments_.month, "Month folder, if it has moved");
    report->add_option("--rules", arguments_.rules, "Rules folder, if it has moved")->expected(1);
    add_output(*report);
    CLI::App* compare = app.add_subcommand(
        "compare-plans", "Full cost of departments under two plans of allocation");
    compare->add_option("--month", arguments_.month, "Month folder")->required();
    compare->add_option("--rules", arguments_.rules, "Rules folder; name two")->required();
    add_output(*compare);
    report_ = report;
    compare_ = compare;
}

int ReportCommands::run_parsed() const {
    if (report_->parsed()) {
        int code = kDone;
        for (const Refusal& refusal : misplaced_options(*report_, arguments_.kind)) {
            code = refuse_report(arguments_.language, kUsage, refusal);
        }
        return code == kDone ? run_report(arguments_) : code;
    }
    return compare_->parsed() ? run_compare_plans(arguments_) : -1;
}

}  // namespace yuanliu::cli
