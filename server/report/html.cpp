// Why this file: the page to print: A4 landscape, the fonts of the system, no scripts, so that it
// opens anywhere and looks the same on paper.
#include <fmt/format.h>

#include "server/report/layout.hpp"

namespace yuanliu::report {
namespace {

constexpr std::string_view kStyle = R"(
@page { size: A4 landscape; margin: 10mm; }
body { font: 13px/1.5 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
       "Microsoft YaHei", "PingFang SC", sans-serif;
       color: #111; background: #fff; margin: 24px auto; max-width: 1400px; padding: 0 20px; }
h1 { font-size: 20px; font-weight: 600; text-align: center; margin: 0 0 10px; }
h1 small { display: block; font-size: 13px; font-weight: 400; text-align: right; }
h2 { font-size: 14px; font-weight: 600; margin: 22px 0 6px; break-after: avoid; }
dl { display: flex; flex-wrap: wrap; gap: 2px 28px; margin: 0 0 10px; }
dl div { display: flex; gap: 6px; } dt { color: #555; } dt::after { content: "\FF1A"; }
dd { margin: 0; }
html[lang=en] dt::after { content: ":"; }
.wide { overflow-x: auto; margin-bottom: 14px; }
table { border-collapse: collapse; min-width: 50%; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid #999; padding: 3px 7px; text-align: right; white-space: nowrap; }
th { background: #f0f2f4; font-weight: 600; text-align: center;
     vertical-align: bottom;
     white-space: normal; }
td.t, th.t { text-align: left; }
tr.s td { background: #f7f8f9; }
tr.s td, tr.a td { font-weight: 600; } tr.a td { background: #eceff2; }
thead { display: table-header-group; } tr { break-inside: avoid; }
p { margin: 4px 0; color: #333; }
.sign { display: flex; justify-content: space-between; margin-top: 26px; break-inside: avoid; }
.sign span { flex: 1; }
@media print {
  body { font-size: 7.5pt; margin: 0; padding: 0; max-width: none; }
  h1 { font-size: 13pt; } h1 small { font-size: 8pt; } h2 { font-size: 9pt; margin-top: 10pt; }
  th, td { padding: 1.5pt 3pt; }
  .wide { overflow: visible; } }
)";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

bool is_text_column(const Section& section, std::size_t column) {
    return !section.rows.empty() && section.rows.front().cells[column].kind == CellKind::text;
}

void append_head(std::string& out, const Section& section, const std::vector<std::size_t>& part) {
    bool has_groups = false;
    for (const std::size_t i : part) {
        has_groups = has_groups || !section.columns[i].group.empty();
    }
    out += "<thead><tr>";
    std::string below;
    for (std::size_t at = 0; at < part.size(); ++at) {
        const Column& column = section.columns[part[at]];
        const char* side = is_text_column(section, part[at]) ? " class=\"t\"" : "";
        if (column.group.empty()) {
            out += fmt::format("<th{}{}>{}</th>", side, has_groups ? " rowspan=\"2\"" : "",
                               escaped(column.title));
            continue;
        }
        below += fmt::format("<th>{}</th>", escaped(column.title));
        const bool is_first = at == 0 || section.columns[part[at - 1]].group != column.group;
        std::size_t span = 0;
        while (at + span < part.size() && section.columns[part[at + span]].group == column.group) {
            ++span;
        }
        if (is_first) {
            out += fmt::format("<th colspan=\"{}\">{}</th>", span, escaped(column.group));
        }
    }
    out += has_groups ? "</tr><tr>" + below + "</tr></thead>\n" : "</tr></thead>\n";
}

void append_part(std::string& out, const Section& section, const std::vector<std::size_t>& part) {
    out += "<div class=\"wide\"><table>\n";
    append_head(out, section, part);
    out += "<tbody>\n";
    for (const Row& row : section.rows) {
        out += row.style == RowStyle::total      ? "<tr class=\"a\">"
               : row.style == RowStyle::subtotal ? "<tr class=\"s\">"
                                                 : "<tr>";
        for (const std::size_t i : part) {
            const Cell& cell = row.cells[i];
            out += fmt::format("<td{}>{}</td>", cell.kind == CellKind::text ? " class=\"t\"" : "",
                               escaped(shown(cell)));
        }
        out += "</tr>\n";
    }
    out += "</tbody></table></div>\n";
}

std::string signatures(Language language) {
    std::string out = "<div class=\"sign\">";
    for (const auto& [zh, en] : {std::pair("单位负责人：", "Head of the hospital:"),
                                 std::pair("财务负责人：", "Head of finance:"),
                                 std::pair("复核：", "Checked:"), std::pair("制表：", "Made:")}) {
        out += "<span>" + in(language, zh, en) + "</span>";
    }
    return out + "</div>\n";
}

}  // namespace

std::string as_html(const Report& report) {
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title>\n"
        "<style>{}</style></head>\n<body>\n<h1>{}{}</h1>\n<dl>",
        report.language == Language::zh ? "zh-CN" : "en", escaped(report.title), kStyle,
        report.form.empty() ? "" : "<small>" + escaped(report.form) + "</small>",
        escaped(report.title));
    for (const auto& [label, value] : head_lines(report)) {
        out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", escaped(label), escaped(value));
    }
    out += "</dl>\n";
    for (const std::string& paragraph : report.lead) {
        out += "<p>" + escaped(paragraph) + "</p>\n";
    }
    for (const Section& section : report.sections) {
        out += section.caption.empty() ? "" : "<h2>" + escaped(section.caption) + "</h2>\n";
        for (const auto& part : parts_of(section)) {
            append_part(out, section, part);
        }
        for (const std::string& note : section.notes) {
            out += "<p>" + escaped(note) + "</p>\n";
        }
    }
    for (const std::string& note : report.notes) {
        out += "<p>" + escaped(note) + "</p>\n";
    }
    return out + signatures(report.language) + "</body>\n</html>\n";
}

}  // namespace yuanliu::report
