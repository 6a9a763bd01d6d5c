// Why this file: see codes_command.hpp.
#include "server/cli/codes_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <map>

#include "server/catalogue/code_tables.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/summary.hpp"
#include "server/cli/text_table.hpp"

namespace yuanliu::cli {
namespace {

using catalogue::CodeTable;
using catalogue::CodeTableKind;

std::string kind_words(const CodeTable& table, Language language) {
    constexpr std::array<std::array<const char*, 2>, 4> kKinds{{{"codes", "编码库"},
                                                                {"grey codes", "灰码"},
                                                                {"cross-walk", "版本对照"},
                                                                {"operation classes", "操作类别"}}};
    const auto& words = kKinds[static_cast<std::size_t>(table.kind)];
    return say(language, words[0], words[1]);
}

void print_tables(const catalogue::CodeTables& tables, Language language) {
    TextTable text({say(language, "table", "表"), say(language, "kind", "种类"),
                    say(language, "edition", "版本"), say(language, "rows", "行数"),
                    say(language, "codes", "编码数"), say(language, "set aside", "挂起")},
                   3);
    for (const CodeTable& table : tables.tables) {
        text.add({table.id, kind_words(table, language), table.edition, std::to_string(table.lines),
                  std::to_string(table.rows.size()), std::to_string(table.parked)});
    }
    fmt::print("{}", text.text());
}

/// Codes by class, of a class table; joined to the other edition where it is.
void print_classes(const CodeTable& table, Language language) {
    const auto print = [&](const std::string& what, auto&& rows, auto&& class_of) {
        std::map<ProcedureClass, std::size_t> counts;
        for (const auto& row : rows) {
            ++counts[class_of(row)];
        }
        std::string line;
        for (const auto& [procedure_class, count] : counts) {
            line +=
                fmt::format("{}{} {}", line.empty() ? "" : ", ", word_of(procedure_class), count);
        }
        fmt::print("  {} {}: {}\n", table.id, what, line);
    };
    print(say(language, "by class", "按类别"), table.rows,
          [](const catalogue::CodeTableRow& row) { return row.procedure_class; });
    if (table.via.empty()) {
        return;
    }
    print(say(language, "joined by", "经对照") + " " + table.via, table.joined,
          [](const auto& pair) { return pair.second; });
    fmt::print("  {} {}: {} {}; {} {}; {} {}\n", table.id, say(language, "joined", "对照后"),
               table.joined.size(), say(language, "codes have a class", "个编码有类别"),
               table.without_class, say(language, "have none", "个没有类别"), table.without_target,
               say(language, "lack a cross-walk", "个缺少对照"));
}

}  // namespace

void CodesCommand::add_to(CLI::App& app, Language language) {
    language_ = language;
    CLI::App* command = app.add_subcommand(
        "codes", "Read code tables by a profile, and count them (docs/codes.md)");
    command->add_option("place", place_, "Folder of the files, or one of them")->required();
    command->add_option("--profile", profile_, "TOML file: where in the files what stands")
        ->required();
    command->add_option("--out", out_, "Write the tables in our own form into this new folder");
    command->add_option("--findings", findings_, "Also write all findings as JSON to this file");
    command->add_option("--lang,--language", language_, "Language of what is printed: zh or en")
        ->transform(one_of(kLanguages));
    command_ = command;
}

bool CodesCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int CodesCommand::run() const {
    const catalogue::CodeTables tables = catalogue::read_code_tables(place_, profile_);
    print_tables(tables, language_);
    for (const CodeTable& table : tables.tables) {
        if (table.kind == CodeTableKind::classes) {
            print_classes(table, language_);
        }
    }
    print_findings(tables.findings, language_);
    write_file(findings_, findings_document(tables.findings), language_);
    if (has_stop(tables.findings)) {
        return kFindings;
    }
    if (!out_.empty()) {
        catalogue::write_code_tables(tables, out_);
    }
    return kDone;
}

}  // namespace yuanliu::cli
