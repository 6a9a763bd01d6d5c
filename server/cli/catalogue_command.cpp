// Why this file: see catalogue_command.hpp.
#include "server/cli/catalogue_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <optional>

#include "server/catalogue/auxiliary_reader.hpp"
#include "server/catalogue/city_catalogue.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/summary.hpp"

namespace yuanliu::cli {

void CatalogueCommands::add_to(CLI::App& app, Language language) {
    language_ = language;
    const auto add_shared = [&](CLI::App& command) {
        command.add_option("--findings", findings_, "Also write all findings as JSON to this file");
        command.add_option("--lang,--language", language_, "Language of what is printed: zh or en")
            ->transform(one_of(kLanguages));
    };
    CLI::App* catalogue = app.add_subcommand(
        "catalogue", "Turn a city's DIP catalogue into a catalogue folder (docs/codes.md)");
    catalogue->add_option("city", source_, "The city's file")->required();
    catalogue->add_option("--profile", profile_, "TOML file: which of its columns are ours")
        ->required();
    catalogue->add_option("--codes", codes_, "Folder of code tables, to judge the codes by");
    catalogue->add_option("--codes-profile", codes_profile_,
                          "Their profile; default: codes.toml in their folder");
    catalogue->add_option("--out", out_, "New catalogue folder to write")->required();
    add_shared(*catalogue);
    catalogue_ = catalogue;
    CLI::App* auxiliary = app.add_subcommand(
        "auxiliary", "Correction coefficients of cases by an auxiliary catalogue (docs/codes.md)");
    auxiliary->add_option("cases", source_, "CSV file of cases with their groups")->required();
    auxiliary->add_option("--auxiliary", folder_, "Folder with auxiliary.toml")->required();
    auxiliary->add_option("--out", out_, "Write the coefficient of each case to this file");
    add_shared(*auxiliary);
    auxiliary_ = auxiliary;
}

int CatalogueCommands::run_parsed() const {
    if (catalogue_ != nullptr && catalogue_->parsed()) {
        return convert();
    }
    return auxiliary_ != nullptr && auxiliary_->parsed() ? correct() : -1;
}

int CatalogueCommands::tell(const std::vector<Finding>& findings) const {
    print_findings(findings, language_);
    write_file(findings_, findings_document(findings), language_);
    return has_stop(findings) ? kFindings : kDone;
}

int CatalogueCommands::convert() const {
    std::optional<catalogue::CodeTables> codes;
    if (!codes_.empty()) {
        codes = catalogue::read_code_tables(
            codes_, codes_profile_.empty() ? codes_ / "codes.toml" : codes_profile_);
        if (has_stop(codes->findings)) {
            return tell(codes->findings);
        }
    }
    const catalogue::CityCatalogue city =
        catalogue::convert_catalogue(source_, profile_, codes ? &*codes : nullptr, out_);
    fmt::print("{}: {} {}, {} {}, {} {}, {} {}\n", source_.filename().string(), city.lines,
               say(language_, "rows", "行"), city.rows, say(language_, "groups taken", "条病种"),
               city.parked, say(language_, "set aside", "行挂起"), city.typings,
               say(language_, "correction coefficients", "个校正系数"));
    return tell(city.findings);
}

int CatalogueCommands::correct() const {
    const catalogue::LoadedAuxiliary loaded = catalogue::read_auxiliary(folder_);
    if (has_stop(loaded.findings)) {
        return tell(loaded.findings);
    }
    const catalogue::AuxiliaryCoefficients cases =
        catalogue::correct_cases(loaded.catalogue, source_);
    std::vector<Finding> findings = loaded.findings;
    findings.insert(findings.end(), cases.findings.begin(), cases.findings.end());
    fmt::print("{} {}: {} {}, {} {}; {} {}, {} {}\n", say(language_, "Auxiliary", "辅助目录"),
               loaded.catalogue.id, loaded.open, say(language_, "typings open", "个分型开放"),
               loaded.not_open, say(language_, "not open", "个未开放"), cases.cases,
               say(language_, "cases", "例"), cases.corrected,
               say(language_, "with a coefficient", "例有校正系数"));
    if (!has_stop(findings)) {
        write_file(out_, cases.csv, language_);
    }
    return tell(findings);
}

}  // namespace yuanliu::cli
