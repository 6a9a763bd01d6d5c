// Why this file: `yuanliu explain`: computes the month again, checks that it is the very result
// asked about, and opens one cell of it down to source lines.
#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <sstream>

#include "server/api/explanation_json.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/explain_group.hpp"
#include "server/cli/explanation_text.hpp"
#include "server/cli/finding_report.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

json::object read_json(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        throw std::runtime_error("cannot read " + path.string() + ": is this a result folder?");
    }
    return json::parse(text.str()).as_object();
}

std::string command_of(const ExplainArguments& arguments) {
    std::string command =
        quoted(arguments.program) + " explain " + quoted(arguments.result.string());
    if (!arguments.month.empty()) {
        command += " --month " + quoted(arguments.month.string());
    }
    if (!arguments.rules.empty()) {
        command += " --rules " + quoted(arguments.rules.string());
    }
    return command + (arguments.language == Language::zh ? " --lang zh" : " --lang en");
}

int refuse(Language language, int code, const std::string& en, const std::string& zh) {
    fmt::print(stderr, "error: {}\n", language == Language::zh ? zh : en);
    return code;
}

/// Month and rules as named, or where the run found them.
std::pair<fs::path, fs::path> folders_of(const ExplainArguments& arguments) {
    fs::path month = arguments.month;
    fs::path rules = arguments.rules;
    if (month.empty() || rules.empty()) {
        const json::object run = read_json(arguments.result / "run.json");
        month = month.empty() ? fs::path(run.at("month_folder").as_string().c_str()) : month;
        rules = rules.empty() ? fs::path(run.at("rules_folder").as_string().c_str()) : rules;
    }
    return {month, rules};
}

int open_cell(const ExplainArguments& arguments, const ExplanationText& how,
              const std::string& run_id) {
    if (const auto encounter = encounter_of_group_cell(arguments.cell)) {
        const auto text =
            explain_group_of(how.input.outcome, *encounter, arguments.json, how.language);
        if (text) {
            fmt::print("{}", *text);
            return kDone;
        }
    }
    const auto explanation = usecase::explain(how.input, arguments.cell);
    if (!explanation) {
        const std::string sentence = sentence_of(explanation.error(), arguments.cell, how.language);
        return refuse(how.language, kUsage, sentence, sentence);
    }
    if (arguments.json) {
        fmt::print("{}\n", json::serialize(api::explanation_json(*explanation, arguments.cell,
                                                                 run_id, how.language)));
    } else {
        print_explanation(*explanation, arguments.cell, how);
    }
    return kDone;
}

}  // namespace

int run_explain(const ExplainArguments& arguments) {
    const Language language = arguments.language;
    const std::string result = arguments.result.string();
    if (!fs::exists(arguments.result / "certificate.json")) {
        return refuse(language, kUsage, result + " is not a result folder (no certificate.json)",
                      result + " 不是结果文件夹 (没有 certificate.json)");
    }
    const json::object certificate = read_json(arguments.result / "certificate.json");
    const auto [month, rules] = folders_of(arguments);
    for (const auto& [folder, option] :
         {std::pair(month, "--month"), std::pair(rules, "--rules")}) {
        if (!fs::is_directory(folder)) {
            return refuse(
                language, kUsage,
                fmt::format("{} is not there any more: say with {} where it is now",
                            folder.string(), option),
                fmt::format("{} 已不存在; 请用 {} 指明现在的位置", folder.string(), option));
        }
    }
    const ParallelFor loop = usecase::make_thread_loop(0);
    const auto outcome = usecase::compute_month(month, rules, loop);
    if (!outcome.certificate) {
        print_findings(outcome.findings, language);
        return kFindings;
    }
    const std::string asked(certificate.at("result_hash").as_string());
    const std::string& given = outcome.certificate->result_hash;
    if (given != asked) {
        return refuse(
            language, kFindings,
            fmt::format("{} and {} do not give this result any more (its hash is {}, they give "
                        "{}); name the folders it was computed from with --month and --rules",
                        month.string(), rules.string(), asked, given),
            fmt::format("{} 与 {} 已不能得出此结果 (其哈希为 {}, 现得 {}); 请用 --month 和 "
                        "--rules 指明当时计算所用的文件夹",
                        month.string(), rules.string(), asked, given));
    }
    const usecase::ExplainInput input{.outcome = outcome, .month_dir = month, .parallel_for = loop};
    return open_cell(arguments,
                     {.input = input,
                      .command = command_of(arguments),
                      .depth = arguments.depth,
                      .language = language},
                     outcome.certificate->run_id);
}

}  // namespace yuanliu::cli
