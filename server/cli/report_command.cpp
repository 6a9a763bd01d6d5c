// Why this file: see report_command.hpp. A report is printed only from a result whose tables have
// the certificate's hashes, of the very month, and only when every sum closes.
#include "server/cli/report_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/report_text.hpp"
#include "server/intake/month_reader.hpp"
#include "server/intake/rules_reader.hpp"
#include "server/report/plan_comparison.hpp"
#include "server/report/reconciliation_report.hpp"
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

const std::map<std::string, Scope> kScopes{{"medical", Scope::medical},
                                           {"medical_full", Scope::medical_full},
                                           {"hospital_full", Scope::hospital_full}};
const std::map<std::string, ReportFormat> kFormats{
    {"text", ReportFormat::text}, {"csv", ReportFormat::csv}, {"html", ReportFormat::html}};
using Maker = Report (*)(const report::ReportInput&);
const std::map<std::string, Maker> kMakers{{"direct-cost", report::direct_cost_report},
                                           {"full-cost", report::full_cost_report},
                                           {"composition", report::composition_report},
                                           {"transfers", report::transfer_report},
                                           {"visits", report::visit_report},
                                           {"bed-days", report::bed_day_report}};
constexpr const char* kDepartmentKind = "department";
constexpr const char* kReconciliationKind = "reconciliation";

int refuse(Language language, int code, const Refusal& refusal) {
    fmt::print(stderr, "error: {}\n", language == Language::zh ? refusal.zh : refusal.en);
    return code;
}

/// The folder that the run of the result took its month or its rules from; blank when nothing says.
fs::path folder_of_run(const fs::path& result, std::string_view key) {
    std::ifstream in(result / "run.json", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    boost::system::error_code error;
    const auto document = boost::json::parse(text.str(), error);
    if (!in || error || !document.is_object()) {
        return {};
    }
    const auto* folder = document.get_object().if_contains(key);
    return folder != nullptr && folder->is_string() ? fs::path(folder->get_string().c_str())
                                                    : fs::path();
}

/// Writes the report where it is asked for, or says which sums don't close.
int print_report(const Report& made, const ReportArguments& arguments) {
    constexpr std::size_t kMostShown = 10;
    if (!made.gaps.empty()) {
        refuse(
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
                                                                      : as_text(made);
    if (arguments.out.empty()) {
        fmt::print("{}", text);
        return kDone;
    }
    std::ofstream out(arguments.out, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) {
        throw std::runtime_error("cannot write " + arguments.out.string());
    }
    return kDone;
}

/// Codes that a result names and the month doesn't know: it isn't of this month, whatever it says.
std::optional<Refusal> unknown_code(const Month& month, const ResultBook& book) {
    std::set<std::string_view> departments;
    std::set<std::string_view> items;
    for (const Department& row : month.departments) {
        departments.insert(row.code);
    }
    for (const CostItem& row : month.cost_items) {
        items.insert(row.code);
    }
    std::string unknown;
    const auto look = [&](const std::set<std::string_view>& known, const std::string& code) {
        unknown = known.contains(code) ? unknown : code;
    };
    for (const auto& row : book.costs) {
        look(departments, row.department);
        look(items, row.cost_item);
    }
    for (const auto& row : book.transfers) {
        look(departments, row.sender);
        look(departments, row.receiver);
        look(items, row.cost_item);
    }
    if (unknown.empty()) {
        return std::nullopt;
    }
    return Refusal{.zh = "结果中的编码 " + unknown + " 不在本月字典中, 不出表",
                   .en = "the result names " + unknown +
                         ", which the month does not know; nothing is printed"};
}

std::optional<Refusal> mismatch(const ResultBook& book, const intake::LoadedMonth& loaded,
                                const fs::path& month) {
    if (loaded.month_hash != book.month_hash) {
        return Refusal{
            .zh = fmt::format("{} 不是此结果的月份 (结果为 {} {}, 其哈希为 {}, 该文件夹为 {}); "
                              "请用 --month 指明当时计算所用的文件夹",
                              month.string(), book.hospital, book.period, book.month_hash,
                              loaded.month_hash),
            .en = fmt::format("{} is not the month of this result ({} {}, hash {}; the folder "
                              "has {}); name the folder it was computed from with --month",
                              month.string(), book.hospital, book.period, book.month_hash,
                              loaded.month_hash)};
    }
    return unknown_code(loaded.month, book);
}

/// The result of the month before, if it is one.
tl::expected<ResultBook, Refusal> read_before(const fs::path& folder, const ResultBook& now) {
    auto before = report::read_result_book(folder);
    if (!before) {
        return before;
    }
    const auto period = Period::parse(now.period);
    if (before->hospital != now.hospital) {
        return tl::unexpected(
            Refusal{.zh = fmt::format("--before 是医院 {} 的结果, 本结果属于 {}", before->hospital,
                                      now.hospital),
                    .en = fmt::format("--before is a result of hospital {}, this one is of {}",
                                      before->hospital, now.hospital)});
    }
    if (!period || before->period != period->previous().text()) {
        return tl::unexpected(
            Refusal{.zh = fmt::format("--before 是 {} 的结果, 应为 {} 的上一个月", before->period,
                                      now.period),
                    .en = fmt::format("--before is of {}, not of the month before {}",
                                      before->period, now.period)});
    }
    return before;
}

tl::expected<Report, Refusal> make_department_report(const report::ReportInput& input,
                                                     const ReportArguments& arguments) {
    const auto department = input.view.find(arguments.department);
    if (!department) {
        return tl::unexpected(Refusal{
            .zh = fmt::format("本月没有科室 \"{}\"; 请用 --department 写 departments.csv 中的编码",
                              arguments.department),
            .en = fmt::format("there is no department \"{}\" in this month; name a code of "
                              "departments.csv with --department",
                              arguments.department)});
    }
    if (arguments.before.empty()) {
        return report::department_report(input, *department, nullptr);
    }
    const auto before = read_before(arguments.before, input.book);
    if (!before) {
        return tl::unexpected(before.error());
    }
    return report::department_report(input, *department, &*before);
}

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

namespace {

/// The month as it stands, whether it was computed or not: a ledger that differs stops the run.
int reconcile(const ReportArguments& arguments, const intake::LoadedMonth& loaded,
              const report::CostView* view, const ResultBook* book) {
    const fs::path rules_dir = !arguments.rules.empty() ? arguments.rules.front()
                               : book != nullptr ? folder_of_run(arguments.result, "rules_folder")
                                                 : fs::path();
    intake::LoadedRules rules;
    if (!rules_dir.empty()) {
        rules = intake::read_rules(rules_dir);
    }
    if (has_stop(rules.findings)) {
        print_findings(rules.findings, arguments.language);
        return kFindings;
    }
    if (book != nullptr && rules.rules_hash != book->rules_hash) {
        return refuse(arguments.language, kFindings,
                      {.zh = rules_dir.string() + " 不是此结果所用的规则; 请用 --rules 指明",
                       .en = rules_dir.string() +
                             " are not the rules of this result; name their folder with --rules"});
    }
    return print_report(
        report::reconciliation_report({.month = loaded.month,
                                       .feeds = loaded.feeds,
                                       .accepted = rules.rules.costing.accepted_differences,
                                       .view = view,
                                       .book = book,
                                       .language = arguments.language}),
        arguments);
}

/// A month by itself, without a result.
int reconcile_month(const ReportArguments& arguments) {
    if (!fs::is_directory(arguments.month)) {
        return refuse(arguments.language, kUsage,
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
    return reconcile(arguments, loaded, nullptr, nullptr);
}

}  // namespace

int run_report(const ReportArguments& arguments) {
    const Language language = arguments.language;
    if (arguments.result.empty() && arguments.kind == kReconciliationKind) {
        return reconcile_month(arguments);
    }
    const auto book = report::read_result_book(arguments.result);
    if (!book) {
        return refuse(language, kFindings, book.error());
    }
    const fs::path month =
        arguments.month.empty() ? folder_of_run(arguments.result, "month_folder") : arguments.month;
    if (!fs::is_directory(month)) {
        return refuse(
            language, kUsage,
            {.zh = fmt::format("找不到此结果的月度文件夹 {}; 请用 --month 指明", month.string()),
             .en = fmt::format("the month folder {} of this result is not there; name it "
                               "with --month",
                               month.string())});
    }
    const auto loaded = intake::read_month(month, {.parallel_for = usecase::make_thread_loop(0)});
    if (has_stop(loaded.findings)) {
        print_findings(loaded.findings, language);
        return kFindings;
    }
    if (const auto refusal = mismatch(*book, loaded, month)) {
        return refuse(language, kFindings, *refusal);
    }
    const report::CostView view(loaded.month, *book);
    if (arguments.kind == kReconciliationKind) {
        return reconcile(arguments, loaded, &view, &*book);
    }
    const report::ReportInput input{
        .view = view, .book = *book, .scope = arguments.scope, .language = language};
    if (arguments.kind != kDepartmentKind) {
        return print_report(kMakers.at(arguments.kind)(input), arguments);
    }
    const auto made = make_department_report(input, arguments);
    return made ? print_report(*made, arguments) : refuse(language, kUsage, made.error());
}

std::string collection_of(const std::filesystem::path& rules) {
    std::ostringstream text;
    text << std::ifstream(rules / "collection.toml", std::ios::binary).rdbuf();
    return text.str();
}

int run_compare_plans(const ReportArguments& arguments) {
    if (arguments.rules.size() != 2) {
        return refuse(arguments.language, kUsage,
                      {.zh = "请用两个 --rules 指明要比较的两个规则文件夹",
                       .en = "name the two rules folders to compare, each with --rules"});
    }
    if (collection_of(arguments.rules[0]) != collection_of(arguments.rules[1])) {
        return refuse(arguments.language, kUsage,
                      {.zh = "两个规则文件夹的 collection.toml 不同, 分摊前的直接成本就不同; "
                             "请把其中一个复制到另一个文件夹再比较",
                       .en = "the two rules folders differ in collection.toml, so that direct cost "
                             "differs before any plan; copy one of them into the other folder"});
    }
    const ParallelFor loop = usecase::make_thread_loop(0);
    std::array<report::ComparedPlan, 2> plans;
    Month month;
    for (std::size_t i = 0; i < 2; ++i) {
        auto outcome = usecase::compute_month(arguments.month, arguments.rules[i], loop,
                                              usecase::Finish::values_only);
        if (has_stop(outcome.findings)) {
            print_findings(outcome.findings, arguments.language);
            return refuse(arguments.language, kFindings,
                          {.zh = arguments.rules[i].string() + " 不能计算本月",
                           .en = "the month can't be computed by " + arguments.rules[i].string()});
        }
        month = std::move(outcome.loaded.month);
        plans[i] = {.version = outcome.rules.rules.allocation.version,
                    .methods = methods_of(outcome.rules.rules.allocation, arguments.language),
                    .full = std::vector<report::Cells>(month.departments.size())};
        for (const DepartmentCostRow& row : outcome.result.costing.department_costs) {
            if (row.kind == CostKind::full) {
                plans[i].full[row.department.index()][report::cell_of(
                    month.cost_items[row.cost_item.index()].category, row.fund)] += row.cost;
            }
        }
    }
    return print_report(report::plan_comparison(month, plans, arguments.scope, arguments.language),
                        arguments);
}

void ReportCommands::add_output(CLI::App& command) {
    command.add_option("--scope", arguments_.scope, "medical, medical_full or hospital_full")
        ->transform(CLI::CheckedTransformer(kScopes));
    command.add_option("--format", arguments_.format, "text, csv or html")
        ->transform(CLI::CheckedTransformer(kFormats));
    command.add_option("--out", arguments_.out, "Write to this file");
    command.add_option("--lang,--language", arguments_.language, "Language: zh or en")
        ->transform(CLI::CheckedTransformer(kLanguages));
}

void ReportCommands::add_to(CLI::App& app, Language language) {
    arguments_.language = language;
    CLI::App* report =
        app.add_subcommand("report", "Print a published report of a result (docs/reports.md)");
    report->add_option("result", arguments_.result,
                       "Result folder (kind reconciliation: --month alone is enough)");
    std::vector<std::string> kinds{kDepartmentKind, kReconciliationKind};
    for (const auto& [kind, maker] : kMakers) {
        kinds.push_back(kind);
    }
    report->add_option("--kind", arguments_.kind, "Which report")
        ->required()
        ->check(CLI::IsMember(kinds));
    report->add_option("--department", arguments_.department, "Code, for kind department");
    report->add_option("--before", arguments_.before,
                       "Result of the month before: why received cost changed");
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
        return run_report(arguments_);
    }
    return compare_->parsed() ? run_compare_plans(arguments_) : -1;
}

}  // namespace yuanliu::cli
