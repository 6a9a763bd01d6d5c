// Why this file: see report_text.hpp.
#include "server/cli/report_text.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <numeric>

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

/// Display columns that each column takes, with the blanks around it.
std::vector<std::size_t> widths_of(const Section& section) {
    std::vector<std::size_t> widths;
    for (const report::Column& column : section.columns) {
        widths.push_back(display_width(report::titled(column)));
    }
    for (const Row& row : section.rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(report::shown(row.cells[i])));
        }
    }
    for (std::size_t& width : widths) {
        width += 2;
    }
    return widths;
}

/// Indexes of the columns of each block, the key columns first; a group of columns stays whole
/// where a block can hold it.
std::vector<std::vector<std::size_t>> blocks_of(const Section& section, std::size_t width) {
    const std::vector<std::size_t> widths = widths_of(section);
    const auto taken_by = [&](const std::vector<std::size_t>& columns) {
        return std::accumulate(columns.begin(), columns.end(), std::size_t{1},
                               [&](std::size_t sum, std::size_t i) { return sum + widths[i]; });
    };
    std::vector<std::size_t> keys(std::min(section.key_columns, widths.size()));
    std::iota(keys.begin(), keys.end(), std::size_t{0});
    std::vector<std::vector<std::size_t>> blocks{keys};
    const auto place = [&](const std::vector<std::size_t>& columns) {
        std::vector<std::size_t> filled = blocks.back();
        filled.insert(filled.end(), columns.begin(), columns.end());
        if (taken_by(filled) > width && blocks.back().size() > keys.size()) {
            filled = keys;
            filled.insert(filled.end(), columns.begin(), columns.end());
            blocks.push_back(std::move(filled));
        } else {
            blocks.back() = std::move(filled);
        }
    };
    for (const auto& group : report::column_groups(section)) {
        if (taken_by(keys) + taken_by(group) - 1 <= width) {
            place(group);
            continue;
        }
        for (const std::size_t column : group) {
            place({column});
        }
    }
    return blocks;
}

std::string section_text(const Section& section, std::size_t width) {
    std::string out = section.caption.empty() ? "" : section.caption + "\n";
    for (const auto& part : blocks_of(section, width)) {
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

std::size_t width_of_output(bool goes_to_file) {
    winsize size{};
    const bool is_terminal = !goes_to_file && ::isatty(STDOUT_FILENO) == 1 &&
                             ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return is_terminal ? size.ws_col : kTextWidth;
}

std::string as_text(const Report& sheet, std::size_t width) {
    std::string out = sheet.form.empty() ? "" : sheet.form + " ";
    out += sheet.title + "\n";
    for (const auto& [label, value] : report::head_lines(sheet)) {
        out += label + ": " + value + "\n";
    }
    for (const std::string& paragraph : sheet.lead) {
        out += paragraph + "\n";
    }
    for (const Section& section : sheet.sections) {
        out += "\n" + section_text(section, width);
    }
    for (const std::string& note : sheet.notes) {
        out += note + "\n";
    }
    return out;
}

}  // namespace yuanliu::cli
