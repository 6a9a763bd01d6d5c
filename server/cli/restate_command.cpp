// Why this file: see restate_command.hpp.
#include "server/cli/restate_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/report_inputs.hpp"
#include "server/usecase/restate.hpp"

namespace yuanliu::cli {

void RestateCommand::add_to(CLI::App& app, Language language) {
    language_ = language;
    CLI::App* command = app.add_subcommand(
        "restate", "Print department cost of results under the departments of today, as CSV");
    command->add_option("results", results_, "Result folders")->required();
    command
        ->add_option("--successors", successors_,
                     "CSV file department,successor,share (docs/collection.md)")
        ->required();
    command->add_option("--lang,--language", language_, "Language: zh or en")
        ->transform(one_of(kLanguages));
    command_ = command;
}

bool RestateCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int RestateCommand::run() const {
    const auto made = usecase::restate_costs(results_, successors_);
    for (const report::Refusal& refusal : made.refusals) {
        refuse_report(language_, kFindings, refusal);
    }
    print_findings(made.findings, language_);
    fmt::print("{}", made.csv);
    return made.is_sound() ? kDone : kFindings;
}

}  // namespace yuanliu::cli
