// Why this file: `yuanliu explain`: computes the month again, checks that it is the very result
// asked about, and opens one cell of it down to source lines.
#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

#include "server/cli/command_line.hpp"
#include "server/cli/explanation.hpp"
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

/// A cell as written: KIND:REST.
struct CellName {
    std::string_view kind;
    std::string_view rest;
    [[nodiscard]] bool is_known() const {
        return !rest.empty() && (kind == "department" || kind == "pool" || kind == "patient");
    }
};

CellName name_of_cell(std::string_view cell) {
    const std::size_t colon = cell.find(':');
    return colon == std::string_view::npos
               ? CellName{}
               : CellName{.kind = cell.substr(0, colon), .rest = cell.substr(colon + 1)};
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

int open_cell(const CellName& cell, const usecase::ComputeOutcome& outcome, const ParallelFor& loop,
              const ExplainRequest& request) {
    if (cell.kind == "department") {
        return explain_department(outcome, cell.rest, request);
    }
    return cell.kind == "pool" ? explain_pool(outcome, cell.rest, request)
                               : explain_patient(outcome, cell.rest, loop, request);
}

}  // namespace

std::string quoted(const std::string& word) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+:~";
    if (!word.empty() && word.front() != '~' &&
        word.find_first_not_of(kPlain) == std::string::npos) {
        return word;
    }
    std::string out = "'";
    for (const char c : word) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

int say_unknown(Language language, const char* en, const char* zh, std::string_view code) {
    return refuse(language, kUsage, fmt::format("there is no {} {} in this month", en, code),
                  fmt::format("本月没有{} {}", zh, code));
}

int run_explain(const ExplainArguments& arguments) {
    const Language language = arguments.language;
    const CellName cell = name_of_cell(arguments.cell);
    const std::string result = arguments.result.string();
    if (!cell.is_known()) {
        return refuse(
            language, kUsage,
            fmt::format("--cell {} is neither department:CODE[:COST_ITEM[:FUND_SOURCE]] nor "
                        "pool:DEPARTMENT:KIND nor patient:ENCOUNTER",
                        arguments.cell),
            fmt::format("--cell {} 的写法不对; 请写 department:科室编码[:成本项目[:资金来源]]、"
                        "pool:科室编码:类别 (drug、material、service) 或 patient:就诊号",
                        arguments.cell));
    }
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
    return open_cell(cell, outcome, loop,
                     {.month = month,
                      .command = command_of(arguments),
                      .depth = arguments.depth,
                      .language = language});
}

}  // namespace yuanliu::cli
