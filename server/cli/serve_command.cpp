// Why this file: a flag wins over the file, the file over the default.
#include "server/cli/serve_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "server/cli/command_line.hpp"
#include "server/cli/explain_group.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/report_inputs.hpp"
#include "server/cli/report_maker.hpp"
#include "server/serve/serve.hpp"

namespace yuanliu::cli {
namespace {

constexpr std::size_t kMostFindings = 2000;  ///< a job's; stops come first

std::string findings_array(const std::vector<Finding>& findings) {
    boost::json::array rows;
    for (const Finding& finding : findings) {
        if (rows.size() == kMostFindings) {
            break;
        }
        rows.push_back(boost::json::object{{"code", name_of(finding.code)},
                                           {"severity", name_of(finding.severity)},
                                           {"file", finding.where.file},
                                           {"row", finding.where.row},
                                           {"column", finding.where.column},
                                           {"en", words_of(finding, Language::en)},
                                           {"zh", words_of(finding, Language::zh)}});
    }
    return boost::json::serialize(rows);
}

std::string words_of_gaps(const std::vector<report::Gap>& gaps, Language language) {
    constexpr std::size_t kMostGaps = 10;
    std::string text = language == Language::zh
                           ? fmt::format("有 {} 处合计不符, 不出表:", gaps.size())
                           : fmt::format("{} sums do not close, so nothing is shown:", gaps.size());
    for (std::size_t i = 0; i < std::min(kMostGaps, gaps.size()); ++i) {
        text +=
            fmt::format(" {}: {} / {};", gaps[i].claim, gaps[i].left.text(), gaps[i].right.text());
    }
    return text;
}

/// A report as the command makes it, from the files of a stored run.
tl::expected<report::Report, std::string> report_of_run(const api::ReportAsk& ask,
                                                        const api::ReportGround& ground) {
    const auto in_words = [&](const report::Refusal& refusal) {
        return tl::unexpected(ask.language == Language::zh ? refusal.zh : refusal.en);
    };
    const auto book = report::read_result_book(ground.result);
    if (!book) {
        return in_words(book.error());
    }
    if (const auto refusal = mismatch(*book, ground.loaded, ground.loaded.month.period.text())) {
        return in_words(*refusal);
    }
    ReportArguments arguments;
    arguments.result = ground.result;
    arguments.kind = ask.kind;
    arguments.scope = ask.scope;
    arguments.is_scope_named = true;
    arguments.department = ask.department;
    arguments.language = ask.language;
    arguments.profit.by = ask.by;
    MadeReport made =
        make_report(arguments, {.loaded = ground.loaded, .book = &*book, .rules = ground.rules});
    if (made.refusal) {
        return in_words(*made.refusal);
    }
    if (!made.made) {
        std::string text;
        for (const Finding& finding : made.findings) {
            text += (text.empty() ? "" : "; ") + words_of(finding, ask.language);
        }
        return tl::unexpected(text);
    }
    if (!made.made->gaps.empty()) {
        return tl::unexpected(words_of_gaps(made.made->gaps, ask.language));
    }
    return std::move(*made.made);
}

}  // namespace

void ServeCommand::add_to(CLI::App& app) {
    CLI::App* command = app.add_subcommand("serve", "Serve the API and the page (docs/api.md)");
    command->add_option("--config", config_file_, "Configuration file (TOML)");
    command->add_option("--data", data_, "Folder of the embedded database and of uploads");
    command->add_option("--database", database_,
                        "Use this PostgreSQL (a libpq connection string) instead of the embedded");
    command->add_option("--listen", listen_, "ADDRESS:PORT (127.0.0.1:8480; port 0 = any free)");
    command->add_option("--web", web_, "Folder of the built page");
    command->add_option("--rules", rules_, "Rules folder for uploads that bring no rules/");
    command->add_flag("--check-config", check_only_, "Check the configuration and exit");
    command->add_flag("--print-config", print_only_, "Print the configuration in force and exit");
    command_ = command;
}

bool ServeCommand::parsed() const {
    return command_->parsed();
}

int ServeCommand::run() const {
    serve::ServerConfig config;
    try {
        if (!config_file_.empty()) {
            serve::read_config(config_file_, config);
        }
        config.data = data_.empty() ? config.data : std::filesystem::path(data_);
        config.database = database_.empty() ? config.database : database_;
        config.listen = listen_.empty() ? config.listen : listen_;
        config.web = web_.empty() ? config.web : std::filesystem::path(web_);
        config.rules = rules_.empty() ? config.rules : std::filesystem::path(rules_);
        serve::check_config(config);
    } catch (const serve::ConfigError& error) {
        fmt::print(stderr, "error: {}\n", error.what());
        return kUsage;
    }
    if (print_only_) {
        fmt::print("{}", serve::config_text(config));
    }
    if (!check_only_ && !print_only_) {
        serve::serve(config, {.document = findings_document,
                              .array = findings_array,
                              .report = report_of_run,
                              .grouping = grouping_object});
    }
    return kDone;
}

}  // namespace yuanliu::cli
