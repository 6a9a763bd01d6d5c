// Why this file: see report_text.hpp.
#include "server/cli/report_text.hpp"

#include <algorithm>

#include "server/cli/text_table.hpp"
#include "server/report/layout.hpp"

namespace yuanliu::cli {
namespace {

using report::CellKind;
using report::Report;
using report::Row;
using report::Section;

/// How many columns are text; these stand left.
std::size_t text_columns(const Section& section, const std::vector<std::size_t>& part) {
    const Row* row = section.rows.empty() ? nullptr : &section.rows.front();
    std::size_t count = 0;
    while (row != nullptr && count < part.size() &&
           row->cells[part[count]].kind == CellKind::text) {
        ++count;
    }
    return std::max<std::size_t>(count, 1);
}

std::string section_text(const Section& section) {
    std::string out = section.caption.empty() ? "" : section.caption + "\n";
    for (const auto& part : report::parts_of(section)) {
        std::vector<std::string> cells;
        for (const std::size_t i : part) {
            cells.push_back(report::titled(section.columns[i]));
        }
        TextTable table(cells, text_columns(section, part));
        for (const Row& row : section.rows) {
            cells.clear();
            for (const std::size_t i : part) {
                cells.push_back(report::shown(row.cells[i]));
            }
            table.add(cells);
        }
        out += table.text() + "\n";
    }
    for (const std::string& note : section.notes) {
        out += note + "\n";
    }
    return out;
}

}  // namespace

std::string as_text(const Report& sheet) {
    std::string out = sheet.form.empty() ? "" : sheet.form + " ";
    out += sheet.title + "\n";
    for (const auto& [label, value] : report::head_lines(sheet)) {
        out += label + ": " + value + "\n";
    }
    for (const std::string& paragraph : sheet.lead) {
        out += paragraph + "\n";
    }
    for (const Section& section : sheet.sections) {
        out += "\n" + section_text(section);
    }
    for (const std::string& note : sheet.notes) {
        out += note + "\n";
    }
    return out;
}

}  // namespace yuanliu::cli
