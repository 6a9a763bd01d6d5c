// Why this file: see settle_command.hpp. Everything is made before anything is written; a report
// whose sums do not close is refused.
#include "server/cli/settle_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <system_error>
#include <utility>

#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/report_text.hpp"
#include "server/cli/summary.hpp"
#include "server/report/settlement_report.hpp"
#include "server/settle/settlement_folder.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

std::string settlement_text(const report::Report& made, const std::string& format, bool is_file) {
    return format == "csv"    ? report::as_csv(made)
           : format == "html" ? report::as_html(made)
                              : as_text(made, width_of_output(is_file));
}

/// Sums that do not close; true if there are any.
bool tell_gaps(const std::vector<report::Report>& reports, Language language) {
    constexpr std::size_t kMostGaps = 10;
    bool has_gaps = false;
    for (const report::Report& made : reports) {
        for (std::size_t i = 0; i < std::min(kMostGaps, made.gaps.size()); ++i) {
            const report::Gap& gap = made.gaps[i];
            fmt::print(
                stderr, "error: {} {}: {} / {}\n",
                say(language, "a sum does not close, nothing is printed:", "合计不符, 不出表:"),
                gap.claim, gap.left.text(), gap.right.text());
            has_gaps = true;
        }
    }
    return has_gaps;
}

/// A new folder beside the place, renamed when it is whole.
void write_settle_folder(const fs::path& out, const NamedTexts& files, Language language) {
    const fs::path draft = out.string() + ".part";
    std::error_code error;
    fs::remove_all(draft, error);
    fs::create_directories(draft, error);
    if (error) {
        refuse_output(kUsage, out, error.message(), language);
    }
    for (const auto& [name, text] : files) {
        write_file(draft / name, text, language);
    }
    fs::rename(draft, out);
}

int settle_folder(const SettleArguments& arguments) {
    const Language language = arguments.language;
    const auto as_of = Date::parse(arguments.as_of);
    if (!as_of) {
        fmt::print(stderr, "error: --as-of: {}\n",
                   say(language, "write YYYY-MM-DD", "请写成 YYYY-MM-DD"));
        return kUsage;
    }
    if (!arguments.out.empty() && fs::exists(arguments.out)) {
        fmt::print(stderr, "error: {} {}\n", arguments.out.string(),
                   say(language, "is there already; name a new folder", "已存在; 请指定新文件夹"));
        return kUsage;
    }
    const auto loaded = settle::read_settlement(arguments.folder, arguments.results);
    print_findings(loaded.findings, language);
    write_file(arguments.findings, findings_document(loaded.findings), language);
    if (has_stop(loaded.findings)) {
        return kFindings;
    }
    const auto made = costing::settle::settle(loaded.input, *as_of);
    const report::SettlementView view{.input = loaded.input, .made = made, .language = language};
    const std::vector<report::Report> reports{report::reconciliation_with_insurer(view),
                                              report::clearing_report(view),
                                              report::receivables_report(view)};
    if (tell_gaps(reports, language)) {
        return kFindings;
    }
    if (arguments.out.empty()) {
        for (const report::Report& sheet : reports) {
            fmt::print("{}\n", settlement_text(sheet, arguments.format, false));
        }
        return kDone;
    }
    const std::string end = arguments.format == "text" ? ".txt" : "." + arguments.format;
    write_settle_folder(
        arguments.out,
        {{"reconciliation" + end, settlement_text(reports[0], arguments.format, true)},
         {"clearing" + end, settlement_text(reports[1], arguments.format, true)},
         {"receivables" + end, settlement_text(reports[2], arguments.format, true)},
         {"entries.csv", report::entries_csv(made)},
         {"cash.csv", report::cash_csv(made)}},
        language);
    return kDone;
}

}  // namespace

void SettleCommand::add_to(CLI::App& app, Language language) {
    arguments_.language = language;
    CLI::App* command = app.add_subcommand(
        "settle", "Reconcile with the insurer at a day, clear a year (docs/settlement.md)");
    command->add_option("folder", arguments_.folder, "Settlement folder with settlement.toml")
        ->required();
    command->add_option("--result", arguments_.results,
                        "Result folder whose cases are estimates; may be repeated");
    command->add_option("--as-of", arguments_.as_of, "The day, YYYY-MM-DD")->required();
    command->add_option("--out", arguments_.out, "Write the reports into this new folder");
    command->add_option("--findings", arguments_.findings,
                        "Also write all findings as JSON to this file");
    command->add_option("--format", arguments_.format, "text, csv or html")
        ->check(CLI::IsMember({"text", "csv", "html"}));
    command->add_option("--lang,--language", arguments_.language, "Language: zh or en")
        ->transform(one_of(kLanguages));
    command_ = command;
}

bool SettleCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int SettleCommand::run() const {
    return settle_folder(arguments_);
}

}  // namespace yuanliu::cli
