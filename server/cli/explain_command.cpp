// Why this file: `yuanliu explain`: computes the month again, checks that it is the very result
// asked about, and opens one cell of it down to source lines.
#include <fmt/format.h>

#include <algorithm>
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

std::vector<std::string> parts_of(const std::string& cell) {
    std::vector<std::string> parts;
    std::istringstream in(cell);
    for (std::string part; std::getline(in, part, ':');) {
        parts.push_back(part);
    }
    return parts;
}

}  // namespace

int run_explain(const ExplainArguments& arguments) {
    const std::vector<std::string> parts = parts_of(arguments.cell);
    const bool department = parts.size() >= 2 && parts.size() <= 4 && parts[0] == "department";
    const bool patient = parts.size() == 2 && parts[0] == "patient";
    if (!department && !patient) {
        fmt::print(stderr,
                   "error: --cell {} is neither department:CODE[:COST_ITEM[:FUND_SOURCE]] nor "
                   "patient:ENCOUNTER\n",
                   arguments.cell);
        return kUsage;
    }
    if (!fs::exists(arguments.result / "certificate.json")) {
        fmt::print(stderr, "error: {} is not a result folder (no certificate.json)\n",
                   arguments.result.string());
        return kUsage;
    }
    const json::object certificate = read_json(arguments.result / "certificate.json");
    fs::path month = arguments.month;
    fs::path rules = arguments.rules;
    if (month.empty() || rules.empty()) {
        const json::object run = read_json(arguments.result / "run.json");
        month = month.empty() ? fs::path(run.at("month_folder").as_string().c_str()) : month;
        rules = rules.empty() ? fs::path(run.at("rules_folder").as_string().c_str()) : rules;
    }
    for (const auto& [folder, option] :
         {std::pair(month, "--month"), std::pair(rules, "--rules")}) {
        if (!fs::is_directory(folder)) {
            fmt::print(stderr, "error: {} is not there any more: say with {} where it is now\n",
                       folder.string(), option);
            return kUsage;
        }
    }
    const ParallelFor loop = usecase::make_thread_loop(0);
    const auto outcome = usecase::compute_month(month, rules, loop);
    if (!outcome.certificate) {
        print_findings(outcome.findings, arguments.language);
        return kFindings;
    }
    if (outcome.certificate->result_hash != certificate.at("result_hash").as_string()) {
        fmt::print(
            stderr,
            "error: {} and {} do not give this result any more (its hash is {}, they give {}); "
            "name the folders it was computed from with --month and --rules\n",
            month.string(), rules.string(), certificate.at("result_hash").as_string().c_str(),
            outcome.certificate->result_hash);
        return kFindings;
    }
    return department ? explain_department(outcome, parts, arguments.depth, arguments.language)
                      : explain_patient(outcome, parts[1], month, loop, arguments.language);
}

}  // namespace yuanliu::cli
