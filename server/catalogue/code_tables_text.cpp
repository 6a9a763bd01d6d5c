// Why this file: code tables in our own form, for catalogue folders and months: what a person has
// to look through, and what the groupers read (docs/codes.md).
#include <fstream>
#include <map>
#include <stdexcept>

#include "server/catalogue/code_tables.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::catalogue {
namespace {

void add_code_row(std::string& out, std::string_view first, std::string_view second,
                  std::string_view third = {}, bool has_third = false) {
    text::append_field(out, first);
    out += ',';
    text::append_field(out, second);
    if (has_third) {
        out += ',';
        text::append_field(out, third);
    }
    out += '\n';
}

/// `procedure,class,name`: by the joined codes, else by its own.
std::string classes_as_csv(const CodeTables& tables, const CodeTable& table) {
    std::string out = "procedure,class,name\n";
    if (table.via.empty()) {
        for (const CodeTableRow& row : table.rows) {
            add_code_row(out, row.code.text(), word_of(row.procedure_class), row.title, true);
        }
        return out;
    }
    std::map<costing::group::MedicalCode, std::string> titles;
    if (const CodeTable* walk = tables.find(table.via)) {
        if (const CodeTable* codes = tables.find(walk->target)) {
            for (const CodeTableRow& row : codes->rows) {
                titles.emplace(row.code, row.title);
            }
        }
    }
    for (const auto& [code, procedure_class] : table.joined) {
        add_code_row(out, code.text(), word_of(procedure_class), titles[code], true);
    }
    return out;
}

std::string table_as_csv(const CodeTables& tables, const CodeTable& table) {
    if (table.kind == CodeTableKind::classes) {
        return classes_as_csv(tables, table);
    }
    const bool is_walk = table.kind == CodeTableKind::crosswalk;
    std::string out = is_walk ? "code,target\n" : "code,name\n";
    for (const CodeTableRow& row : table.rows) {
        add_code_row(out, row.code.text(), is_walk ? row.target.text() : row.title);
    }
    return out;
}

}  // namespace

void write_code_tables(const CodeTables& tables, const std::filesystem::path& folder) {
    if (std::filesystem::exists(folder)) {
        throw std::runtime_error(folder.string() + " is there already");
    }
    const std::filesystem::path beside = folder.string() + ".part";
    std::filesystem::remove_all(beside);
    std::filesystem::create_directories(beside);
    for (const CodeTable& table : tables.tables) {
        std::ofstream stream(beside / (table.id + ".csv"), std::ios::binary | std::ios::trunc);
        stream << table_as_csv(tables, table);
        if (!stream.flush()) {
            throw std::runtime_error("can't write " + (beside / table.id).string());
        }
    }
    std::filesystem::rename(beside, folder);
}

}  // namespace yuanliu::catalogue
