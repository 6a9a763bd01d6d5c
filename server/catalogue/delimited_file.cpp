// Why this file: see delimited_file.hpp.
#include "server/catalogue/delimited_file.hpp"

#include <algorithm>

#include "costing/base/fixed.hpp"
#include "server/catalogue/plain_table.hpp"
#include "server/text/csv.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

constexpr std::size_t kNotWanted = static_cast<std::size_t>(-1);
constexpr std::int64_t kMostColumns = 999;

class LineCutter {
  public:
    explicit LineCutter(char delimiter) : delimiter_(delimiter) {}

    /// `wanted`: how many columns at most; the last one then takes the rest (blanks only).
    text::LineFault cut(std::string_view line, std::size_t wanted) {
        values_.clear();
        if (delimiter_ == ',') {
            const text::LineFault fault = splitter_.split(line);
            for (const text::Field& field : splitter_.fields()) {
                values_.push_back(field.value);
            }
            return fault;
        }
        if (text::first_invalid_utf8(line) != std::string_view::npos) {
            return text::LineFault::not_utf8;
        }
        while (true) {
            const bool is_last = delimiter_ == ' ' && values_.size() + 1 == wanted;
            const std::size_t end = is_last ? std::string_view::npos : line.find(delimiter_);
            values_.push_back(line.substr(0, end));
            if (end == std::string_view::npos) {
                return text::LineFault::none;
            }
            line.remove_prefix(end + 1);
            while (delimiter_ == ' ' && line.starts_with(' ')) {
                line.remove_prefix(1);
            }
        }
    }
    [[nodiscard]] const std::vector<std::string_view>& values() const { return values_; }

  private:
    char delimiter_;
    text::RowSplitter splitter_;
    std::vector<std::string_view> values_;
};

/// Places of the wanted columns; nothing and a finding if a header is missing.
bool place_columns(const DelimitedSpec& spec, const std::vector<std::string_view>& header,
                   intake::FindingList& findings, std::vector<std::size_t>& places) {
    std::string missing;
    for (const std::string& column : spec.columns) {
        const auto number = parse_decimal(column, 0, kMostColumns);
        const auto named = std::find(header.begin(), header.end(), column);
        std::size_t at = kNotWanted;
        if (spec.has_header && named != header.end()) {
            at = static_cast<std::size_t>(named - header.begin());
        } else if (number && *number > 0) {
            at = static_cast<std::size_t>(*number - 1);
        } else if (!column.empty()) {
            missing += (missing.empty() ? "" : ",") + column;
        }
        places.push_back(at);
    }
    if (!missing.empty()) {
        std::string found;
        for (const std::string_view name : header) {
            found += (found.empty() ? "" : ",") + std::string(name);
        }
        findings.add(FindingCode::header_wrong, {.row = 1, .column = {}},
                     {missing, text::shown(found)});
    }
    return missing.empty();
}

}  // namespace

bool read_delimited(
    const std::filesystem::path& path, const DelimitedSpec& spec, intake::FindingList& findings,
    const std::function<void(std::span<const std::string_view>, std::int64_t)>& take) {
    LineCutter cutter(spec.delimiter);
    std::vector<std::size_t> places;
    std::vector<std::string_view> wanted(spec.columns.size());
    bool is_usable = spec.has_header || place_columns(spec, {}, findings, places);
    std::size_t most = 0;
    const auto count_columns = [&] {
        for (const std::size_t place : places) {
            most = place == kNotWanted ? most : std::max(most, place + 1);
        }
    };
    count_columns();
    const bool is_read = read_lines(path, findings, [&](std::string_view line, std::int64_t row) {
        const bool is_header = spec.has_header && row == 1;
        if (line.empty() || (!is_header && !is_usable)) {
            return;
        }
        const text::LineFault fault = cutter.cut(line, is_header ? 0 : most);
        if (fault != text::LineFault::none) {
            findings.add(fault == text::LineFault::not_utf8 ? FindingCode::not_utf8
                                                            : FindingCode::quoting_broken,
                         {.row = row, .column = {}}, {"1"});
            return;
        }
        if (is_header) {
            is_usable = place_columns(spec, cutter.values(), findings, places);
            count_columns();
            return;
        }
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const bool is_there = places[i] < cutter.values().size();
            wanted[i] = is_there ? cutter.values()[places[i]] : std::string_view();
        }
        take(wanted, row);
    });
    return is_read && is_usable;
}

}  // namespace yuanliu::catalogue
