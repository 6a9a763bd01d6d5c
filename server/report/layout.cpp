// Why this file: see layout.hpp; and the form for a spreadsheet.
#include "server/report/layout.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "server/text/csv.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

/// Besides a sign. Chinese and Japanese spreadsheets take the wide forms as well.
constexpr std::array<std::string_view, 7> kBeginFormulas{"=", "@", "\t", "＝", "＠", "＋", "－"};

/// A number or a percentage, with its sign; or the sign alone.
bool is_figure(std::string_view field) {
    return field.substr(1).find_first_not_of("0123456789.,%") == field.npos;
}

/// Spreadsheets compute what begins like a formula, and a name in a report is somebody's input. An
/// apostrophe before it makes it words.
std::string as_words(const std::string& field) {
    const bool is_signed = field.starts_with('+') || field.starts_with('-');
    const bool begins_formula =
        (is_signed && !is_figure(field)) ||
        std::any_of(kBeginFormulas.begin(), kBeginFormulas.end(),
                    [&](std::string_view begin) { return field.starts_with(begin); });
    return begins_formula ? "'" + field : field;
}

void append_row(std::string& out, const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        out += i == 0 ? "" : ",";
        text::append_field(out, as_words(fields[i]));
    }
    out += "\r\n";
}

void append_section(std::string& out, const Section& section) {
    if (!section.caption.empty()) {
        append_row(out, {section.caption});
    }
    std::vector<std::string> fields;
    for (const Column& column : section.columns) {
        fields.push_back(titled(column));
    }
    append_row(out, fields);
    for (const Row& row : section.rows) {
        fields.clear();
        for (const Cell& cell : row.cells) {
            fields.push_back(cell.value);
        }
        append_row(out, fields);
    }
    for (const std::string& note : section.notes) {
        append_row(out, {note});
    }
}

}  // namespace

Row amounts_row(RowStyle style, std::string title, const Amounts& amounts) {
    Row row{.style = style, .cells = {text_cell(std::move(title))}};
    for (const Money amount : amounts) {
        row.cells.push_back(amount_cell(amount));
    }
    return row;
}

std::string titled(const Column& column) {
    const bool is_said = column.title.starts_with(column.group);
    return is_said ? column.title : column.group + " " + column.title;
}

std::string shown(const Cell& cell) {
    return cell.kind == CellKind::text ? cell.value : grouped(cell.value);
}

std::vector<std::vector<std::size_t>> column_groups(const Section& section) {
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = section.key_columns; i < section.columns.size(); ++i) {
        const std::string& group = section.columns[i].group;
        if (!groups.empty() && !group.empty() &&
            section.columns[groups.back().back()].group == group) {
            groups.back().push_back(i);
        } else {
            groups.push_back({i});
        }
    }
    return groups;
}

std::vector<std::vector<std::size_t>> parts_of(const Section& section) {
    std::vector<std::size_t> keys(std::min(section.key_columns, section.columns.size()));
    std::iota(keys.begin(), keys.end(), std::size_t{0});
    const auto groups = column_groups(section);
    const std::size_t columns = section.columns.size() - keys.size();
    const std::size_t count =
        std::max<std::size_t>(1, (columns + kColumnsOfPart - 1) / kColumnsOfPart);
    const std::size_t width = (columns + count - 1) / count;
    std::vector<std::vector<std::size_t>> parts{keys};
    for (const auto& group : groups) {
        const std::size_t filled = parts.back().size() - keys.size();
        if (filled > 0 && (filled >= width || filled + group.size() > kColumnsOfPart)) {
            parts.push_back(keys);
        }
        parts.back().insert(parts.back().end(), group.begin(), group.end());
    }
    return parts;
}

std::vector<std::pair<std::string, std::string>> head_lines(const Report& report) {
    const Language language = report.language;
    std::vector<std::pair<std::string, std::string>> lines{
        {in(language, "编制单位", "hospital"), report.hospital},
        {in(language, "期间", "period"), report.period},
        {in(language, "单位", "unit"), in(language, "元", "yuan")}};
    if (!report.caliber.empty()) {
        lines.emplace_back(in(language, "口径", "scope"), report.caliber);
    }
    if (!report.basis.empty()) {
        lines.emplace_back(in(language, "依据", "basis"), report.basis);
    }
    return lines;
}

std::string as_csv(const Report& report) {
    std::string out = "\xEF\xBB\xBF";
    append_row(out, report.form.empty() ? std::vector{report.title}
                                        : std::vector{report.form, report.title});
    for (const auto& [label, value] : head_lines(report)) {
        append_row(out, {label, value});
    }
    for (const std::string& paragraph : report.lead) {
        append_row(out, {paragraph});
    }
    for (const Section& section : report.sections) {
        out += "\r\n";
        append_section(out, section);
    }
    out += "\r\n";
    for (const std::string& note : report.notes) {
        append_row(out, {note});
    }
    return out;
}

}  // namespace yuanliu::report
