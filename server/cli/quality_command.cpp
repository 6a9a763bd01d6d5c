// Why this file: see quality_command.hpp.
#include "server/cli/quality_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/catalogue/code_tables.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/quality_text.hpp"
#include "server/cli/summary.hpp"
#include "server/quality/quality_listing.hpp"
#include "server/quality/rules_reader.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

using costing::quality::CodeBooks;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

void append_findings(std::vector<Finding>& all, const std::vector<Finding>& more) {
    all.insert(all.end(), more.begin(), more.end());
}

/// All code tables of the profile; dirt of theirs that only sets rows aside is told by
/// `yuanliu codes`, here only what stops.
CodeBooks read_books(const QualityArguments& arguments, std::vector<Finding>& findings) {
    CodeBooks books;
    if (arguments.codes.empty()) {
        return books;
    }
    const catalogue::CodeTables tables = catalogue::read_code_tables(
        arguments.codes,
        arguments.profile.empty() ? arguments.codes / "codes.toml" : arguments.profile);
    for (const Finding& finding : tables.findings) {
        if (finding.severity == Severity::stop) {
            findings.push_back(finding);
        }
    }
    for (const catalogue::CodeTable& table : tables.tables) {
        const bool is_grey = table.kind == catalogue::CodeTableKind::grey;
        const bool is_procedure = table.system == catalogue::CodeSystem::procedure;
        if (!is_grey && table.kind != catalogue::CodeTableKind::codes) {
            continue;
        }
        auto& index = is_grey ? (is_procedure ? books.grey_procedures : books.grey_diagnoses)
                              : (is_procedure ? books.procedures : books.diagnoses);
        bool& has = is_grey ? (is_procedure ? books.has_grey_procedures : books.has_grey_diagnoses)
                            : (is_procedure ? books.has_procedures : books.has_diagnoses);
        has = true;
        for (const catalogue::CodeTableRow& row : table.rows) {
            index.add(row.code);
        }
    }
    return books;
}

void write_outputs(const QualityArguments& arguments, const quality::QualityOutcome& outcome,
                   bool is_stopped) {
    // The work list is of use while records are still uncoded; readings are not.
    if (!arguments.out.empty()) {
        write_file(
            arguments.out,
            std::string(kByteOrderMark) + std::string(quality::listing_header()) + outcome.listing,
            arguments.language);
    }
    if (!arguments.scores.empty()) {
        write_file(arguments.scores, quality_scores(outcome, arguments.by), arguments.language);
    }
    if (!arguments.readings.empty() && !is_stopped) {
        write_file(arguments.readings, quality_readings(outcome), arguments.language);
    }
}

bool has_other_stop(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::stop &&
            finding.code != FindingCode::uncoded_share_exceeded) {
            return true;
        }
    }
    return false;
}

int check_quality(const QualityArguments& arguments) {
    std::vector<Finding> findings;
    const quality::LoadedRules rules = quality::read_rules(arguments.rules);
    append_findings(findings, rules.findings);
    quality::CaseLayout layout;
    if (!arguments.layout.empty()) {
        layout = quality::read_layout(arguments.layout, findings);
    }
    const CodeBooks books = read_books(arguments, findings);
    const quality::CaseSource source = quality::open_cases(arguments.source, findings);
    if (!has_stop(findings)) {
        const ParallelFor loop = usecase::make_thread_loop(arguments.threads);
        const quality::QualityOutcome outcome =
            quality::run_quality(source, {.rules = rules.book,
                                          .books = books,
                                          .layout = layout,
                                          .parallel_for = loop,
                                          .language = arguments.language,
                                          .wants_listing = !arguments.out.empty(),
                                          .wants_cases = arguments.by == "case"});
        append_findings(findings, outcome.findings);
        if (!has_other_stop(findings)) {
            fmt::print("{}{}", quality_summary(rules.book, outcome, arguments.language),
                       quality_table(outcome, arguments.by, arguments.language));
            write_outputs(arguments, outcome, has_stop(findings));
        }
    }
    print_findings(findings, arguments.language);
    write_file(arguments.findings, findings_document(findings), arguments.language);
    return has_stop(findings) ? kFindings : kDone;
}

}  // namespace

void QualityCommand::add_to(CLI::App& app, Language language) {
    arguments_.language = language;
    CLI::App* command = app.add_subcommand(
        "quality", "Check front pages and settlement lists by a rule file (docs/quality.md)");
    command->add_option("source", arguments_.source, "CSV file of records, or a month folder")
        ->required();
    command->add_option("--rules", arguments_.rules, "Rule file, such as docs/quality/quality.toml")
        ->required();
    command->add_option("--layout", arguments_.layout, "TOML file: which of its columns are ours");
    command->add_option("--codes", arguments_.codes, "Folder of code tables (docs/codes.md)");
    command->add_option("--profile", arguments_.profile,
                        "Profile of the code tables; default: codes.toml in their folder");
    command->add_option("--by", arguments_.by, "Scores by case, department or coder")
        ->check(CLI::IsMember({"case", "department", "coder"}));
    command->add_option("--out", arguments_.out, "Write the work list (CSV) to this file");
    command->add_option("--scores", arguments_.scores, "Write all scores (CSV) to this file");
    command->add_option("--readings", arguments_.readings,
                        "Write rows for quality_readings.csv to this file");
    command->add_option("--findings", arguments_.findings,
                        "Also write all findings as JSON to this file");
    command->add_option("--threads", arguments_.threads, "Threads; 0 = as many as the machine has");
    command
        ->add_option("--lang,--language", arguments_.language,
                     "Language of what is printed: zh or en")
        ->transform(one_of(kLanguages));
    command_ = command;
}

bool QualityCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int QualityCommand::run() const {
    return check_quality(arguments_);
}

}  // namespace yuanliu::cli
