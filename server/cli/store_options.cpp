// Why this file: the options of the commands over a database, apart from what the commands do.
#include <CLI/CLI.hpp>
#include <map>

#include "costing/base/period.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/store_command.hpp"

namespace yuanliu::cli {
namespace {

std::string check_period(const std::string& text) {
    return Period::parse(text) ? "" : "'" + text + "' is no month: write YYYY-MM";
}

}  // namespace

void StoreCommands::add_database(CLI::App& command) {
    command.add_option("--data", arguments_.data,
                       "Folder of the embedded database and of snapshots (.yuanliu/data)");
    command.add_option("--database", arguments_.database,
                       "Use this PostgreSQL (a libpq connection string) instead of the embedded");
    command.add_option("--lang", arguments_.language, "Language of what is printed: zh or en")
        ->transform(one_of(kLanguages));
}

void StoreCommands::add_to(CLI::App& app, Language language) {
    arguments_.language = language;
    CLI::App* migrate = app.add_subcommand("migrate", "Bring the database to the newest schema");
    CLI::App* import =
        app.add_subcommand("import", "Store a month folder; an earlier import is replaced");
    CLI::App* run = app.add_subcommand("run", "Compute a stored month and post the result");
    CLI::App* out = app.add_subcommand("export", "Write a stored month as a month folder");
    for (CLI::App* command : {migrate, import, run, out}) {
        add_database(*command);
    }
    import->add_option("month", arguments_.month, "Month folder (docs/month-folder.md)")
        ->required();
    import->add_option("--rules", arguments_.rules, "Rules folder (docs/rules.md)")->required();
    for (CLI::App* command : {run, out}) {
        command->add_option("--period", arguments_.period, "The month, YYYY-MM")
            ->required()
            ->check(CLI::Validator(check_period, "YYYY-MM"));
        command->add_option("--hospital", arguments_.hospital,
                            "Code of the hospital, if there are several");
    }
    for (CLI::App* command : {import, run}) {
        command->add_option("--findings", arguments_.findings,
                            "Also write all findings as JSON to this file");
        command->add_option("--threads", arguments_.threads,
                            "Threads; 0 = as many as the machine has");
        command->add_flag("--times", arguments_.times, "Print how long each part took");
    }
    out->add_option("--out", arguments_.out, "Month folder to write")->required();
    migrate_ = migrate;
    import_ = import;
    run_ = run;
    export_ = out;
}

int StoreCommands::run_parsed() const {
    if (migrate_->parsed()) {
        return run_migrate(arguments_);
    }
    if (import_->parsed()) {
        return run_import(arguments_);
    }
    if (run_->parsed()) {
        return run_run(arguments_);
    }
    return export_->parsed() ? run_export(arguments_) : -1;
}

}  // namespace yuanliu::cli
