// Why this file: see restate_command.hpp.
#include "server/cli/restate_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "server/cli/summary.hpp"
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
    command_ = command;
}

bool RestateCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int RestateCommand::run() const {
    try {
        fmt::print("{}", usecase::restated_csv(results_, successors_));
        return kDone;
    } catch (const std::exception& failure) {
        fmt::print(stderr, "{}: {}\n", say(language_, "can't be restated", "无法重述"),
                   failure.what());
        return kFindings;
    }
}

}  // namespace yuanliu::cli
