// Why this file: see report_json.hpp.
#include "server/report/report_json.hpp"

#include <boost/json/array.hpp>

#include "server/report/layout.hpp"

namespace yuanliu::report {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& lines) {
    json::array out;
    for (const std::string& line : lines) {
        out.emplace_back(line);
    }
    return out;
}

const char* word_of_style(RowStyle style) {
    return style == RowStyle::total ? "total" : style == RowStyle::subtotal ? "subtotal" : "item";
}

json::object row_json(const Row& row) {
    json::array cells;
    std::string kinds;
    for (const Cell& cell : row.cells) {
        cells.emplace_back(cell.value);
        kinds += cell.kind == CellKind::text ? 't' : cell.kind == CellKind::amount ? 'a' : 'n';
    }
    return {{"style", word_of_style(row.style)}, {"kinds", kinds}, {"cells", std::move(cells)}};
}

json::object section_json(const Section& section) {
    json::array columns;
    for (const Column& column : section.columns) {
        columns.push_back(json::object{{"title", column.title}, {"group", column.group}});
    }
    json::array rows;
    for (const Row& row : section.rows) {
        rows.push_back(row_json(row));
    }
    return {{"caption", section.caption},
            {"key_columns", section.key_columns},
            {"columns", std::move(columns)},
            {"rows", std::move(rows)},
            {"notes", texts(section.notes)}};
}

}  // namespace

json::object as_json(const Report& report) {
    json::array head;
    for (const auto& [label, value] : head_lines(report)) {
        head.push_back(json::object{{"label", label}, {"value", value}});
    }
    json::array sections;
    for (const Section& section : report.sections) {
        sections.push_back(section_json(section));
    }
    return {{"language", report.language == Language::zh ? "zh" : "en"},
            {"form", report.form},
            {"title", report.title},
            {"head", std::move(head)},
            {"lead", texts(report.lead)},
            {"sections", std::move(sections)},
            {"notes", texts(report.notes)}};
}

}  // namespace yuanliu::report
