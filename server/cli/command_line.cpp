// Why this file: names commands and options once, and turns every way of failing into one exit code
// and a sentence.
#include "server/cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <map>

#include "costing/base/check.hpp"
#include "server/cli/catalogue_command.hpp"
#include "server/cli/codes_command.hpp"
#include "server/cli/compare_items_command.hpp"
#include "server/cli/compare_patients_command.hpp"
#include "server/cli/group_command.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/pay_command.hpp"
#include "server/cli/predischarge_command.hpp"
#include "server/cli/quality_command.hpp"
#include "server/cli/report_command.hpp"
#include "server/cli/restate_command.hpp"
#include "server/cli/serve_command.hpp"
#include "server/cli/settle_command.hpp"
#include "server/cli/store_command.hpp"
#include "server/cli/unit_costs_command.hpp"
#include "server/store/pg_error.hpp"
#include "server/usecase/explain.hpp"

namespace yuanliu::cli {
namespace {

Language system_language() {
    const char* lang = std::getenv("LANG");
    return lang != nullptr && std::string_view(lang).starts_with("zh") ? Language::zh
                                                                       : Language::en;
}

void add_language(CLI::App& command, Language& language) {
    command.add_option("--lang", language, "Language of what is printed: zh or en")
        ->transform(one_of(kLanguages));
}

CLI::App* add_compute(CLI::App& app, ComputeArguments& arguments) {
    CLI::App* command =
        app.add_subcommand("compute", "Compute one month folder into a result folder");
    command->add_option("month", arguments.month, "Month folder (docs/month-folder.md)")
        ->required();
    command->add_option("--rules", arguments.rules, "Rules folder (docs/rules.md)")->required();
    command->add_option("--out", arguments.out, "Result folder to write (docs/result-folder.md)")
        ->required();
    command->add_option("--findings", arguments.findings,
                        "Also write all findings as JSON to this file");
    command->add_option("--threads", arguments.threads, "Threads; 0 = as many as the machine has");
    command->add_flag("--replace", arguments.replace, "Replace an existing result folder");
    command->add_flag("--times", arguments.times, "Print time and peak memory of each stage");
    add_language(*command, arguments.language);
    return command;
}

CLI::App* add_explain(CLI::App& app, ExplainArguments& arguments) {
    CLI::App* command =
        app.add_subcommand("explain", "Say where a figure comes from, down to source lines");
    command->add_option("result", arguments.result, "Result folder")->required();
    command
        ->add_option(
            "--cell", arguments.cell,
            std::string("One of ") + usecase::kCellGrammar + "; case:ENCOUNTER:group says why")
        ->required();
    command->add_option("--month", arguments.month, "Month folder, if it has moved");
    command->add_option("--rules", arguments.rules, "Rules folder, if it has moved");
    command->add_option("--depth", arguments.depth, "How many cells to follow back")
        ->check(CLI::Range(0, 9));
    command->add_flag("--json", arguments.json, "Print JSON, as the API answers");
    add_language(*command, arguments.language);
    return command;
}

CLI::App* add_demo(CLI::App& app, DemoArguments& arguments) {
    CLI::App* command =
        app.add_subcommand("demo", "Write a demonstration hospital's months and rules");
    command->add_option("out", arguments.out, "Folder to write YYYY-MM/ and rules/ into")
        ->required();
    command->add_option("--size", arguments.size, "clinic, county or tertiary")
        ->check(CLI::IsMember({"clinic", "county", "tertiary"}));
    command->add_option("--months", arguments.months, "How many months")->check(CLI::Range(1, 36));
    command->add_option("--newest", arguments.newest, "The newest month, YYYY-MM");
    command->add_option("--seed", arguments.seed, "The same seed writes the same bytes");
    add_language(*command, arguments.language);
    return command;
}

/// What makes records and their tables fit for grouping.
struct RecordCommands {
    CodesCommand codes;
    CatalogueCommands catalogue;
    QualityCommand quality;

    void add_to(CLI::App& app, Language language) {
        codes.add_to(app, language);
        catalogue.add_to(app, language);
        quality.add_to(app, language);
    }
    /// -1: none of them was given.
    [[nodiscard]] int run_parsed() const {
        if (codes.parsed()) {
            return codes.run();
        }
        return quality.parsed() ? quality.run() : catalogue.run_parsed();
    }
};

/// Every command but findings, each with what was asked of it.
class Commands {
  public:
    Commands(CLI::App& app, const char* program) {
        const Language language = system_language();
        compute_.language = explain_.language = demo_.language = language;
        explain_.program = program;
        compute_command_ = add_compute(app, compute_);
        explain_command_ = add_explain(app, explain_);
        demo_command_ = add_demo(app, demo_);
        store_.add_to(app, language);
        compare_items_.add_to(app, language);
        compare_patients_.add_to(app, language);
        restate_.add_to(app, language);
        group_.add_to(app, language);
        settle_.add_to(app, language);
        pay_.add_to(app, language);
        records_.add_to(app, language);
        predischarge_.add_to(app, language);
        reports_.add_to(app, language);
        unit_costs_.add_to(app, language);
        serve_.add_to(app);
    }
    [[nodiscard]] Language store_language() const { return store_.language(); }
    /// Runs the one that was given; -1: none was.
    [[nodiscard]] int run_parsed() const {
        if (compute_command_->parsed()) {
            return run_compute(compute_);
        }
        if (explain_command_->parsed()) {
            return run_explain(explain_);
        }
        if (demo_command_->parsed()) {
            return run_demo(demo_);
        }
        int code = -1;
        const auto try_one = [&](const auto& command) {
            if (code < 0 && command.parsed()) {
                code = command.run();
            }
        };
        try_one(compare_items_);
        try_one(compare_patients_);
        try_one(unit_costs_);
        try_one(restate_);
        try_one(predischarge_);
        try_one(group_);
        try_one(settle_);
        try_one(serve_);
        code = code < 0 ? pay_.run_parsed() : code;
        code = code < 0 ? records_.run_parsed() : code;
        code = code < 0 ? reports_.run_parsed() : code;
        return code < 0 ? store_.run_parsed() : code;
    }

  private:
    ComputeArguments compute_;
    ExplainArguments explain_;
    DemoArguments demo_;
    StoreCommands store_;
    CompareItemsCommand compare_items_;
    ComparePatientsCommand compare_patients_;
    RestateCommand restate_;
    GroupCommand group_;
    SettleCommand settle_;
    PayCommands pay_;
    RecordCommands records_;
    PredischargeCommand predischarge_;
    ReportCommands reports_;
    UnitCostsCommand unit_costs_;
    ServeCommand serve_;
    const CLI::App* compute_command_ = nullptr;
    const CLI::App* explain_command_ = nullptr;
    const CLI::App* demo_command_ = nullptr;
};

}  // namespace

int run(int argc, char** argv) {
    CLI::App app("Yuanliu (源流): hospital cost accounting and performance allocation", "yuanliu");
    app.require_subcommand(1);
    Commands commands(app, argc > 0 ? argv[0] : "yuanliu");
    app.add_subcommand("findings", "List every finding code with its words in Chinese and English");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kDone : kUsage;
    }
    try {
        const int code = commands.run_parsed();
        return code >= 0 ? code : list_findings();
    } catch (const InvariantViolation& bug) {
        fmt::print(stderr, "internal error, nothing was written: {}\n", bug.what());
    } catch (const OutputError& refusal) {
        fmt::print(stderr, "error: {}\n", refusal.what());
        return refusal.code();
    } catch (const store::StoreError& refusal) {
        return refused_by_store(refusal, commands.store_language());
    } catch (const std::exception& failure) {
        fmt::print(stderr, "error: {}\n", failure.what());
    }
    return kInternal;
}

}  // namespace yuanliu::cli
