// yuanliu-verify: judges a result folder against its month and rules. Exit code 0 accepted,
// 1 refused, 2 wrong usage, 3 the verifier itself failed.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "balances.hpp"
#include "case_terms.hpp"
#include "certificate.hpp"
#include "compare.hpp"
#include "derive.hpp"
#include "digest.hpp"
#include "result_folder.hpp"
#include "sums.hpp"

namespace {

using namespace yuanliu_verify;

constexpr int kAccepted = 0;
constexpr int kRefused = 1;
constexpr int kWrongUsage = 2;
constexpr int kInternalError = 3;

struct Arguments {
    std::string result;
    std::string month;
    std::string rules;
    std::string previous;  // blank = prior/ is checked against its own listing only
    bool quick = false;
};

// Loads one result table, checks its sums and, in depth, its rows, and lets it go again.
TableIdentity judge_table(const Arguments& arguments, const TableSchema& schema,
                          std::optional<Derived>& derived, Sums& sums, Report& report) {
    const std::size_t before = report.count();
    const Table table = Table::load(std::filesystem::path(arguments.result) / schema.file, schema,
                                    schema.file, report);
    if (!table.file_is_canonical()) {
        report.difference(schema.file, "the file is not in canonical form and order");
    }
    sums.take(table);
    if (derived) {
        compare_rows(derived->tables.at(schema.file), table, report);
        derived->tables.erase(schema.file);
    }
    report.note(fmt::format("{}: {} rows, {}", schema.file, table.rows().size(),
                            report.count() == before ? "agrees" : "DIFFERS"));
    return {table.rows().size(), table.sha256()};
}

// Ties prior/ to the result folder of the month before: its tables as they stand must have the hash
// that prior/ names, so a chain of months can be judged link by link.
void check_previous(const std::string& previous, const MonthFolder& month, Report& report) {
    if (!month.has_prior) {
        report.difference("prior", "the month has no prior/ to compare with " + previous);
        return;
    }
    std::map<std::string, std::string> hashes;
    for (const TableSchema& schema : result_schemas()) {
        // The rules of the month before may have had no methods or no moves.
        if (schema.optional &&
            !std::filesystem::exists(std::filesystem::path(previous) / schema.file)) {
            continue;
        }
        hashes[schema.file] =
            Table::load(std::filesystem::path(previous) / schema.file, schema, schema.file, report)
                .sha256();
    }
    if (sha256_of_listing(hashes) != month.prior_result_hash) {
        report.difference("prior/manifest.json", "result_hash is not that of " + previous);
    }
    report.note("prior/ comes from the result in " + previous);
}

// The parts of rules and month that bring tables of their own.
std::set<std::string> parts_of(const RulesFolder& rules, const MonthFolder& month) {
    std::set<std::string> parts;
    if (!rules.methods.empty()) {
        parts.insert("methods");
    }
    if (rules.collection) {
        parts.insert("collection");
    }
    if (rules.payment && rules.payment->has_policy()) {
        parts.insert("policies");
    }
    if (rules.payment && states_patient_paid(month)) {
        parts.insert("fund_parts");
    }
    if (rules.grouping) {
        parts.insert("grouping");
        const auto corrects = [](const CatalogueChoice& one) { return !one.auxiliary.empty(); };
        if (std::any_of(rules.grouping->begin(), rules.grouping->end(), corrects)) {
            parts.insert("auxiliary");
        }
    }
    if (!month.table("estimates.csv").rows().empty()) {
        parts.insert("estimates");
    }
    return parts;
}

void judge(const Arguments& arguments, Report& report) {
    const RulesFolder rules = read_rules_folder(arguments.rules);
    MonthFolder month = read_month_folder(arguments.month, report);
    const std::set<std::string> parts = parts_of(rules, month);
    check_file_list(arguments.result, parts, report);
    if (report.count() != 0) {
        throw Refusal("the result folder is incomplete or the month itself has errors");
    }
    std::size_t month_rows = 0;
    for (const auto& [file, table] : month.tables) {
        month_rows += table.rows().size();
    }
    report.note(fmt::format("month {} of {}: {} tables, {} rows, prior {}", month.period,
                            month.hospital, month.tables.size(), month_rows,
                            month.has_prior ? "present" : "none"));
    check_balances(month, rules, report);
    if (!arguments.previous.empty()) {
        check_previous(arguments.previous, month, report);
    }
    std::set<std::string> passes_parts;
    for (std::size_t i = 0; i < rules.stages.size(); ++i) {
        if (rules.stages[i].method == "mutual" || rules.stages[i].self_service) {
            passes_parts.insert(std::to_string(i + 1));
        }
    }
    Sums sums(report, std::move(passes_parts));
    sums.take_ledger(month.table("ledger.csv"), 1);
    sums.take_ledger(month.prior.at("estimates.csv"), -1);
    std::optional<Derived> derived;
    if (!arguments.quick) {
        derived = derive(month, rules, report);
        report.note(rules.grouping ? "groups derived again by the catalogues of grouping.toml"
                                   : "groups derived again by the rule of docs/method.md §6");
    }
    month.tables.erase("charge_lines.csv");
    std::map<std::string, TableIdentity> tables;
    for (const TableSchema& schema : result_schemas()) {
        if (schema.optional && !parts.contains(schema.part)) {
            continue;
        }
        tables[schema.file] = judge_table(arguments, schema, derived, sums, report);
    }
    boost::json::object expected = expected_identity(month, rules, tables);
    check_closing_manifest(arguments.result, expected, report);
    boost::json::object found =
        read_json_object(std::filesystem::path(arguments.result) / "certificate.json");
    sums.finish(expected);
    if (!derived) {
        compare_json(expected, found, "certificate", Members::kOnlyExpected, report);
    } else {
        add_figures(derived->figures, expected);
        key_lists(expected);
        key_lists(found);
        compare_json(expected, found, "certificate", Members::kAll, report);
    }
    report.note(fmt::format("certificate.json: identity and {}",
                            derived ? "every figure" : "the sums of the tables"));
}

int run(const Arguments& arguments) {
    Report report;
    try {
        judge(arguments, report);
    } catch (const Refusal& refusal) {
        report.difference("stopped", refusal.what());
    } catch (const std::exception& error) {
        fmt::print(stderr, "internal error: {}\n", error.what());
        return kInternalError;
    }
    report.finish();
    return report.count() == 0 ? kAccepted : kRefused;
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app{"Derives a month again and judges a result folder of yuanliu."};
    bool deep = false;
    app.add_option("result", arguments.result, "result folder")->required();
    app.add_option("--month", arguments.month, "month folder")->required();
    app.add_option("--rules", arguments.rules, "rules folder")->required();
    app.add_option("--previous", arguments.previous,
                   "result folder of the month before, to tie prior/ to it");
    auto* quick = app.add_flag("--quick", arguments.quick, "hashes and sums only");
    app.add_flag("--deep", deep, "derive everything again (the default)")->excludes(quick);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kAccepted : kWrongUsage;
    }
    for (const std::string& folder :
         {arguments.result, arguments.month, arguments.rules, arguments.previous}) {
        if (!folder.empty() && !std::filesystem::is_directory(folder)) {
            fmt::print(stderr, "{} is not a folder\n", folder);
            return kWrongUsage;
        }
    }
    return run(arguments);
}
