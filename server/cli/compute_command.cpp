// Why this file: `yuanliu compute`, the main job headless: compute, show, and write only what is
// certified.
#include <fmt/format.h>

#include "server/cli/command_line.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/report_files.hpp"
#include "server/cli/summary.hpp"
#include "server/export/json_text.hpp"
#include "server/export/result_writer.hpp"
#include "server/usecase/compute_month.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// How the run went on this machine; no part of the result's identity.
std::string run_document(const ComputeArguments& arguments,
                         const usecase::ComputeOutcome& outcome) {
    json::array stages;
    for (const usecase::StageTime& stage : outcome.stages) {
        stages.push_back(
            json::object{{"stage", stage.stage},
                         {"milliseconds", static_cast<std::int64_t>(stage.seconds * 1e3)},
                         {"peak_memory_kib", stage.peak_memory_kib}});
    }
    return exporting::indented(
        json::object{{"schema", "yuanliu.run/1"},
                     {"month_folder", fs::absolute(arguments.month).string()},
                     {"rules_folder", fs::absolute(arguments.rules).string()},
                     {"threads", arguments.threads},
                     {"stages", std::move(stages)}});
}

/// What to say when month or rules are not there at all: a list of findings would hide it.
std::optional<std::string> absent_folder(const ComputeArguments& arguments) {
    if (!fs::is_directory(arguments.month)) {
        return say(arguments.language, "month folder does not exist: ", "月度文件夹不存在: ") +
               arguments.month.string();
    }
    if (!fs::is_directory(arguments.rules)) {
        return say(arguments.language, "rules folder does not exist: ", "规则文件夹不存在: ") +
               arguments.rules.string();
    }
    return std::nullopt;
}

}  // namespace

int run_compute(const ComputeArguments& arguments) {
    if (fs::exists(arguments.out) && !arguments.replace) {
        fmt::print(stderr, "error: {} exists already: name another folder, or pass --replace\n",
                   arguments.out.string());
        return kUsage;
    }
    if (!exporting::may_replace(arguments.out)) {
        fmt::print(stderr,
                   "error: {} is not a result folder (no certificate.json), so it is not replaced: "
                   "name another folder\n",
                   arguments.out.string());
        return kUsage;
    }
    if (const auto absent = absent_folder(arguments)) {
        fmt::print(stderr, "error: {}\n", *absent);
        return kUsage;
    }
    const auto outcome = usecase::compute_month(arguments.month, arguments.rules,
                                                usecase::make_thread_loop(arguments.threads));
    const std::string findings = findings_document(outcome.findings);
    write_file(arguments.findings, findings, arguments.language);
    print_findings(outcome.findings, arguments.language);
    if (!outcome.certificate) {
        fmt::print(stderr, "{}\n",
                   arguments.language == Language::zh
                       ? "本月未计算, 未写入任何文件: 请先处理上面的 stop 项。"
                       : "Nothing was computed or written: mend the findings marked stop first.");
        return kFindings;
    }
    print_summary(outcome, arguments.language);
    if (arguments.times) {
        print_stage_times(outcome);
    }
    auto extras = report_files(outcome);
    extras.emplace_back("findings.json", findings);
    extras.emplace_back("run.json", run_document(arguments, outcome));
    exporting::write_result({.month = outcome.loaded.month,
                             .tables = outcome.tables,
                             .certificate = *outcome.certificate,
                             .extras = std::move(extras)},
                            arguments.out, arguments.replace);
    fmt::print("{}: {}\n", arguments.language == Language::zh ? "结果" : "Result",
               arguments.out.string());
    return kDone;
}

}  // namespace yuanliu::cli
