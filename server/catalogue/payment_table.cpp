// Why this file: see payment_table.hpp. Rows are cut here and not by the month's reader, for other
// people's tables have other delimiters, and line breaks inside their quoted headings.
#include "server/catalogue/payment_table.hpp"

#include <algorithm>
#include <functional>

#include "server/intake/finding_list.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

using costing::pay::Exact;

/// Blanks of a terminal, of a page and of Chinese text.
constexpr std::string_view kBlanks[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE3\x80\x80"};

std::string with_no_blanks(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto* blank =
            std::find_if(std::begin(kBlanks), std::end(kBlanks),
                         [&](std::string_view one) { return text.starts_with(one); });
        if (blank != std::end(kBlanks)) {
            text.remove_prefix(blank->size());
        } else {
            out.push_back(text.front());
            text.remove_prefix(1);
        }
    }
    return out;
}

/// Without blanks at both ends; inner ones stay.
std::string trimmed_cell(std::string_view text) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view blank : kBlanks) {
            if (text.starts_with(blank)) {
                text.remove_prefix(blank.size());
                again = true;
            }
            if (text.ends_with(blank)) {
                text.remove_suffix(blank.size());
                again = true;
            }
        }
    }
    return std::string(text);
}

/// Rows of a table, each with the line that it begins in.
class TableRows {
  public:
    TableRows(std::string_view text, char delimiter) : rest_(text), delimiter_(delimiter) {}

    /// False: no row is left. `broken` when a quoted cell does not end.
    bool next(std::vector<std::string>& cells, std::int64_t& line, bool& broken) {
        cells.clear();
        broken = false;
        if (rest_.empty()) {
            return false;
        }
        line = line_++;
        while (take_cell(cells.emplace_back(), broken)) {
        }
        return true;
    }

  private:
    /// Whether another cell of the row follows.
    bool take_cell(std::string& cell, bool& broken) {
        bool quoted = rest_.starts_with('"');
        std::size_t at = quoted ? 1 : 0;
        for (; at < rest_.size(); ++at) {
            const char c = rest_[at];
            if (quoted && c == '"') {
                if (rest_.substr(at + 1).starts_with('"')) {
                    cell.push_back(rest_[at++]);
                } else {
                    quoted = false;
                }
            } else if (!quoted && (c == delimiter_ || c == '\n')) {
                break;
            } else {
                line_ += c == '\n' ? 1 : 0;
                cell.push_back(c);
            }
        }
        broken = broken || quoted;
        const bool more = at < rest_.size() && rest_[at] == delimiter_;
        rest_.remove_prefix(std::min(at + 1, rest_.size()));
        if (more && rest_.empty()) {
            return false;
        }
        return more;
    }

    std::string_view rest_;
    char delimiter_;
    std::int64_t line_ = 1;
};

class TableReader {
  public:
    TableReader(const TableProfile& profile, PaymentTable& table, intake::FindingList& findings)
        : profile_(profile), table_(table), findings_(findings) {}

    void read(std::string_view text) {
        TableRows rows(text, profile_.delimiter);
        std::vector<std::string> cells;
        std::int64_t line = 0;
        std::int64_t number = 0;
        for (bool broken = false; rows.next(cells, line, broken);) {
            ++number;
            if (broken) {
                findings_.add(FindingCode::quoting_broken, {.row = line, .column = {}}, {"1"});
                return;
            }
            if (number == profile_.header_row) {
                if (!take_header(cells, line)) {
                    return;
                }
            } else if (number > profile_.header_row) {
                take_row(cells, line, number);
            }
        }
        if (number < profile_.header_row || table_.rows.empty()) {
            findings_.add(FindingCode::table_is_empty, {}, {std::to_string(table_.skipped)});
        }
    }

  private:
    std::optional<std::size_t> place_of(std::string_view heading) const {
        const std::string sought = with_no_blanks(heading);
        const auto found = std::find(header_.begin(), header_.end(), sought);
        return found == header_.end()
                   ? std::nullopt
                   : std::optional(static_cast<std::size_t>(found - header_.begin()));
    }

    void miss_column(std::string_view heading, std::int64_t line, std::string_view ours) {
        std::string found;
        for (const std::string& one : header_) {
            found += (found.empty() ? "" : " | ") + one;
        }
        findings_.add(FindingCode::table_column_missing, {.row = line, .column = ours},
                      {text::shown(heading), std::to_string(line), text::shown(found, 300)});
    }

    bool take_header(const std::vector<std::string>& cells, std::int64_t line) {
        for (const std::string& cell : cells) {
            header_.push_back(with_no_blanks(cell));
        }
        bool is_complete = true;
        for (const auto& [ours, theirs] : profile_.columns) {
            if (const auto at = place_of(theirs)) {
                places_.emplace(ours, *at);
            } else {
                miss_column(theirs, line, ours);
                is_complete = false;
            }
        }
        for (const auto* texts : {&profile_.skip, &profile_.keep}) {
            for (const auto& [column, ignored] : *texts) {
                const auto at = places_.contains(column) || profile_.columns.contains(column)
                                    ? std::nullopt
                                    : place_of(column);
                if (at) {
                    places_.emplace(column, *at);
                } else if (!places_.contains(column) && !profile_.columns.contains(column)) {
                    miss_column(column, line, column);
                    is_complete = false;
                }
            }
        }
        return is_complete;
    }

    [[nodiscard]] std::string cell_of(const std::vector<std::string>& cells,
                                      std::string_view column) const {
        const auto found = places_.find(column);
        return found == places_.end() || found->second >= cells.size()
                   ? std::string()
                   : trimmed_cell(cells[found->second]);
    }

    [[nodiscard]] bool is_passed_over(const std::vector<std::string>& cells,
                                      std::int64_t number) const {
        const auto& rows = profile_.skip_rows;
        if (std::find(rows.begin(), rows.end(), number) != rows.end() ||
            (profile_.skip_short_rows && cells.size() != header_.size())) {
            return true;
        }
        const auto has = [&](const auto& entry) {
            const std::string cell = cell_of(cells, entry.first);
            return std::find(entry.second.begin(), entry.second.end(), cell) != entry.second.end();
        };
        return std::any_of(profile_.skip.begin(), profile_.skip.end(), has) ||
               !std::all_of(profile_.keep.begin(), profile_.keep.end(), has);
    }

    void take_row(const std::vector<std::string>& cells, std::int64_t line, std::int64_t number) {
        const bool is_blank = std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
            return with_no_blanks(cell).empty();
        });
        if (is_blank || is_passed_over(cells, number)) {
            table_.skipped += is_blank ? 0 : 1;
            return;
        }
        if (cells.size() != header_.size()) {
            findings_.add(FindingCode::field_count_wrong, {.row = line, .column = {}},
                          {std::to_string(header_.size()), std::to_string(cells.size())});
            return;
        }
        PaymentRow row{.row = line,
                       .group = cell_of(cells, "group"),
                       .name = cell_of(cells, "name"),
                       .group_class = class_of(cells, line),
                       .numbers = {}};
        if (row.group.empty()) {
            findings_.add(FindingCode::value_missing, {.row = line, .column = "group"}, {});
            return;
        }
        const auto [first, is_new] = seen_.emplace(row.group, line);
        if (!is_new) {
            findings_.add(FindingCode::duplicate_key, {.row = line, .column = "group"},
                          {text::shown(row.group), std::to_string(first->second)});
            return;
        }
        for (const auto& [ours, at] : places_) {
            if (profile_.columns.contains(ours) && ours != "group" && ours != "name" &&
                ours != "class") {
                take_number(row, ours, trimmed_cell(cells[at]), line);
            }
        }
        table_.rows.push_back(std::move(row));
    }

    std::string class_of(const std::vector<std::string>& cells, std::int64_t line) {
        const std::string cell = cell_of(cells, "class");
        const auto found = profile_.classes.find(cell);
        if (found != profile_.classes.end()) {
            return found->second;
        }
        if (!cell.empty()) {
            std::string known;
            for (const auto& [theirs, ours] : profile_.classes) {
                known += (known.empty() ? "" : ", ") + theirs;
            }
            findings_.add(FindingCode::word_unknown, {.row = line, .column = "class"},
                          {text::shown(cell), known});
        }
        return {};
    }

    void take_number(PaymentRow& row, const std::string& column, std::string cell,
                     std::int64_t line) {
        const auto unit = profile_.units.find(column);
        if (cell.empty() ||
            std::find(profile_.blank.begin(), profile_.blank.end(), cell) != profile_.blank.end()) {
            return;
        }
        const bool is_percent = cell.ends_with('%');
        if (is_percent) {
            cell.pop_back();
        }
        const std::string digits = without_thousands(cell);
        const auto value = Exact::parse(digits);
        if (!value || value->sign() < 0) {
            findings_.add(FindingCode::number_malformed, {.row = line, .column = column},
                          {text::shown(cell), std::to_string(Exact::kDecimals)});
            return;
        }
        const std::size_t point = digits.find('.');
        const int decimals =
            point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1);
        Exact factor = unit == profile_.units.end() ? Exact(1) : unit->second;
        factor = is_percent ? Exact::of(1, 100) : factor;
        row.numbers.emplace(column, PublishedNumber{*value * factor, decimals});
    }

    /// "12,345.6" -> "12345.6"; anything else stays, so that a comma out of place is refused.
    static std::string without_thousands(const std::string& cell) {
        const std::size_t whole = std::min(cell.find('.'), cell.size());
        std::string out;
        for (std::size_t i = 0; i < cell.size(); ++i) {
            if (cell[i] == ',' && i > 0 && i < whole && (whole - i) % 4 == 0) {
                continue;
            }
            out.push_back(cell[i]);
        }
        return out;
    }

    const TableProfile& profile_;
    PaymentTable& table_;
    intake::FindingList& findings_;
    std::vector<std::string> header_;
    std::map<std::string, std::size_t, std::less<>> places_;
    std::map<std::string, std::int64_t> seen_;
};

/// What one unit of the last printed decimal is.
Exact printed_unit(const PublishedNumber& number) {
    Exact unit(1);
    for (int i = 0; i < number.decimals; ++i) {
        unit = unit / Exact(10);
    }
    return unit;
}

/// Whether a figure of ours is what is printed.
bool is_printed_as(const Exact& ours, const PublishedNumber& published) {
    const Exact difference = ours - published.value;
    const Exact size = difference.sign() < 0 ? Exact() - difference : difference;
    return !size.out_of_bounds() && (size * Exact(2)).against(printed_unit(published)) <= 0;
}

class StandardCheck {
  public:
    StandardCheck(const PaymentTable& table, const TableProfile& profile)
        : profile_(profile), findings_(table.file, table.rows.size() * 3) {}

    TableCheck run(const PaymentTable& table) {
        for (const PaymentRow& row : table.rows) {
            judge_row(row);
        }
        findings_.flush_to(out_.differences);
        return std::move(out_);
    }

  private:
    void judge_row(const PaymentRow& row) {
        const auto score = row.number("score");
        const auto standard = row.numbers.find("standard");
        if (!score || score->sign() <= 0) {
            return;
        }
        const auto value = value_of(row);
        if (standard == row.numbers.end() || standard->second.value.sign() <= 0 || !value) {
            ++out_.unpriced;
            return;
        }
        ++out_.priced;
        Exact ours = *score * *value;
        std::string formula = score->text() + " × " + value->text();
        for (const std::string_view column : {"hospital", "level", "group_coefficient"}) {
            if (const auto coefficient = row.number(column)) {
                ours = ours * *coefficient;
                formula += " × " + coefficient->text();
            }
        }
        if (judge(row, "standard", standard->second, ours, formula)) {
            ++out_.equal;
        }
        judge_limit(row, "low_limit", profile_.low_ratio, ours);
        judge_limit(row, "high_limit", profile_.high_ratio, ours);
    }

    void judge_limit(const PaymentRow& row, std::string_view column,
                     const std::optional<Exact>& ratio, const Exact& standard) {
        const auto limit = row.numbers.find(column);
        if (ratio && limit != row.numbers.end()) {
            ++out_.limits;
            judge(row, column, limit->second, *ratio * standard,
                  ratio->text() + " × " + standard.text());
        }
    }

    bool judge(const PaymentRow& row, std::string_view column, const PublishedNumber& published,
               const Exact& ours, const std::string& formula) {
        if (is_printed_as(ours, published)) {
            return true;
        }
        findings_.add(FindingCode::payment_standard_differs, {.row = row.row, .column = column},
                      {row.group, formula + " = " + ours.text(6), published.value.text(),
                       (ours - published.value).text(6)},
                      Severity::warn);
        return false;
    }

    [[nodiscard]] std::optional<Exact> value_of(const PaymentRow& row) const {
        const auto own = profile_.class_values.find(row.group_class);
        if (own != profile_.class_values.end()) {
            return own->second;
        }
        const auto in_row = row.number("value");
        return in_row ? in_row : profile_.value;
    }

    const TableProfile& profile_;
    intake::FindingList findings_;
    TableCheck out_;
};

}  // namespace

std::optional<Exact> PaymentRow::number(std::string_view column) const {
    const auto found = numbers.find(column);
    return found == numbers.end() ? std::nullopt : std::optional(found->second.value);
}

std::map<std::string, const PaymentRow*, std::less<>> PaymentTable::by_group() const {
    std::map<std::string, const PaymentRow*, std::less<>> out;
    for (const PaymentRow& row : rows) {
        out.emplace(row.group, &row);
    }
    return out;
}

PaymentTable read_payment_table(const std::filesystem::path& file, const TableProfile& profile) {
    PaymentTable table;
    table.file = file.filename().string();
    intake::FindingList findings(table.file, 200);
    std::string reason;
    const auto mapped = text::MappedFile::open(file, reason);
    if (!mapped) {
        findings.add(FindingCode::file_unreadable, {}, {reason});
    } else {
        std::size_t fault_at = 0;
        const auto text = text::as_utf8(mapped->bytes(), profile.encoding, fault_at);
        if (text) {
            TableReader(profile, table, findings).read(*text);
        } else {
            constexpr std::string_view kNames[] = {"utf-8", "gb18030", "utf-16"};
            findings.add(FindingCode::table_encoding_broken, {},
                         {std::string(kNames[static_cast<std::size_t>(profile.encoding)]),
                          std::to_string(fault_at + 1)});
        }
    }
    findings.flush_to(table.findings);
    intake::sort_findings(table.findings);
    return table;
}

TableCheck check_standards(const PaymentTable& table, const TableProfile& profile) {
    return StandardCheck(table, profile).run(table);
}

}  // namespace yuanliu::catalogue
