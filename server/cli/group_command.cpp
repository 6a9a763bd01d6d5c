// Why this file: see group_command.hpp. Cases are grouped in blocks on all threads; each answer
// stands at the place of its case, so the output does not depend on the threads.
#include "server/cli/group_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <set>

#include "costing/group/dip_grouper.hpp"
#include "costing/group/drg_grouper.hpp"
#include "server/catalogue/case_table.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/grouping_text.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/summary.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

namespace group = costing::group;

constexpr std::size_t kBlock = 4096;

template <class Grouper>
std::vector<group::GroupAnswer> group_all(const Grouper& grouper,
                                          const std::vector<group::GroupingCase>& cases,
                                          const ParallelFor& loop) {
    std::vector<group::GroupAnswer> answers(cases.size());
    loop((cases.size() + kBlock - 1) / kBlock, [&](std::size_t block) {
        const std::size_t end = std::min(cases.size(), (block + 1) * kBlock);
        for (std::size_t i = block * kBlock; i < end; ++i) {
            grouper.group(cases[i], answers[i]);
        }
    });
    return answers;
}

/// Cases that fail a check, as findings.
void add_failures(const GroupArguments& arguments, const catalogue::GroupingCases& cases,
                  const std::vector<group::GroupAnswer>& answers, std::vector<Finding>& findings) {
    intake::FindingList list(arguments.cases.filename().string(), 200);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].status == group::GroupingStatus::failed_checks) {
            list.add(FindingCode::case_check_failed, {.row = cases.rows[i], .column = {}},
                     {cases.encounters[i], std::string(word_of(answers[i].reason)),
                      answers[i].codes.empty() ? "" : answers[i].codes.front().text()},
                     Severity::warn);
        }
    }
    list.flush_to(findings);
}

void print_totals(const GroupArguments& arguments, const catalogue::LoadedCatalogue& catalogue,
                  const catalogue::GroupingCases& cases,
                  const std::vector<group::GroupAnswer>& answers) {
    const Language language = arguments.language;
    std::map<std::pair<group::GroupingStatus, group::GroupingReason>, std::size_t> counts;
    std::set<std::string> groups;
    std::size_t grouped = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        ++counts[{answers[i].status, answers[i].reason}];
        if (answers[i].status == group::GroupingStatus::grouped) {
            ++grouped;
            groups.insert(catalogue::group_code(catalogue, cases.cases[i], answers[i]));
        }
    }
    const auto rate = answers.empty() ? 0
                                      : rounded_half_away(static_cast<Int128>(grouped) * 10'000,
                                                          static_cast<Int128>(answers.size()));
    fmt::print("{} {}: {} {}, {} {} ({} %), {} {}\n", say(language, "Catalogue", "目录"),
               catalogue.id, answers.size(), say(language, "cases", "例"), grouped,
               say(language, "grouped", "例入组"), format_decimal(rate, 2), groups.size(),
               say(language, "groups", "个病组"));
    for (const auto& [key, count] : counts) {
        if (key.first != group::GroupingStatus::grouped) {
            fmt::print("  {} ({}): {}\n", words_of(key.first, language),
                       words_of(key.second, language), count);
        }
    }
}

template <class Grouper>
int group_and_tell(const GroupArguments& arguments, const catalogue::LoadedCatalogue& catalogue,
                   const Grouper& grouper, const catalogue::GroupingCases& cases,
                   std::vector<Finding>& findings) {
    if (!arguments.explain.empty()) {
        const auto found =
            std::find(cases.encounters.begin(), cases.encounters.end(), arguments.explain);
        if (found == cases.encounters.end()) {
            fmt::print(stderr, "error: {} {}\n",
                       say(arguments.language, "there is no encounter", "没有就诊"),
                       arguments.explain);
            return kUsage;
        }
        const auto at = static_cast<std::size_t>(found - cases.encounters.begin());
        group::GroupAnswer answer;
        group::GroupingTrace trace;
        grouper.group(cases.cases[at], answer, &trace);
        const ExplainedCase explained{.encounter = cases.encounters[at],
                                      .record = cases.cases[at],
                                      .answer = answer,
                                      .trace = trace};
        fmt::print("{}", grouping_explanation(catalogue, explained, arguments.language));
        return kDone;
    }
    const auto answers =
        group_all(grouper, cases.cases, usecase::make_thread_loop(arguments.threads));
    add_failures(arguments, cases, answers, findings);
    print_totals(arguments, catalogue, cases, answers);
    if (!arguments.out.empty()) {
        write_file(arguments.out, catalogue::answers_as_csv(catalogue, cases, answers),
                   arguments.language);
    }
    return kDone;
}

int group_cases_of(const GroupArguments& arguments) {
    const catalogue::LoadedCatalogue catalogue = catalogue::read_catalogue(arguments.catalogue);
    const catalogue::GroupingCases cases = catalogue::read_cases(arguments.cases, catalogue.checks);
    std::vector<Finding> findings = catalogue.findings;
    findings.insert(findings.end(), cases.findings.begin(), cases.findings.end());
    int code = kFindings;
    if (!has_stop(findings)) {
        code = catalogue.drg ? group_and_tell(arguments, catalogue,
                                              group::DrgGrouper(*catalogue.drg, catalogue.checks),
                                              cases, findings)
                             : group_and_tell(arguments, catalogue,
                                              group::DipGrouper(*catalogue.dip, catalogue.checks),
                                              cases, findings);
    }
    print_findings(findings, arguments.language);
    write_file(arguments.findings, findings_document(findings), arguments.language);
    return code;
}

}  // namespace

void GroupCommand::add_to(CLI::App& app, Language language) {
    arguments_.language = language;
    CLI::App* command = app.add_subcommand(
        "group", "Group discharges by a DRG or DIP catalogue, and say why (docs/grouping.md)");
    command->add_option("cases", arguments_.cases, "CSV file of discharges")->required();
    command->add_option("--catalogue", arguments_.catalogue, "Folder with catalogue.toml")
        ->required();
    command->add_option("--explain", arguments_.explain,
                        "Say how this encounter was grouped, step by step");
    command->add_option("--out", arguments_.out, "Write the group of each case to this file");
    command->add_option("--findings", arguments_.findings,
                        "Also write all findings as JSON to this file");
    command->add_option("--threads", arguments_.threads, "Threads; 0 = as many as the machine has");
    command
        ->add_option("--lang,--language", arguments_.language,
                     "Language of what is printed: zh or en")
        ->transform(
            one_of(std::map<std::string, Language>{{"zh", Language::zh}, {"en", Language::en}}));
    command_ = command;
}

bool GroupCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int GroupCommand::run() const {
    return group_cases_of(arguments_);
}

}  // namespace yuanliu::cli
