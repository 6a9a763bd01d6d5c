// Why this file: see plain_table.hpp.
#include "server/catalogue/plain_table.hpp"

#include <algorithm>
#include <limits>

#include "costing/base/fixed.hpp"
#include "server/text/csv.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {

bool read_lines(const std::filesystem::path& path, intake::FindingList& findings,
                const std::function<void(std::string_view, std::int64_t)>& take) {
    std::string reason;
    const auto file = text::MappedFile::open(path, reason);
    if (!file) {
        findings.add(FindingCode::file_unreadable, {}, {reason});
        return false;
    }
    std::string_view rest = text::without_byte_order_mark(file->bytes());
    for (std::int64_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        take(line, number);
    }
    return true;
}

std::string_view code_at_head(std::string_view line) {
    const std::string_view head = line.substr(0, line.find_first_of(" ,"));
    const bool has_point =
        (head.size() > 2 && head[2] == '.') || (head.size() > 3 && head[3] == '.');
    return has_point ? head : std::string_view();
}

std::string_view PlainRow::operator[](std::string_view column) const {
    const auto found = columns_->find(column);
    return found == columns_->end() ? std::string_view() : (*fields_)[found->second];
}

void PlainRow::report(FindingCode code, std::string_view column, std::vector<std::string> arguments,
                      Severity severity) const {
    findings_->add(code, {.row = number_, .column = column}, std::move(arguments), severity);
}

std::optional<MedicalCode> PlainRow::code(std::string_view column, bool required) const {
    const std::string_view cell = (*this)[column];
    if (cell.empty()) {
        if (required) {
            report(FindingCode::value_missing, column, {});
        }
        return std::nullopt;
    }
    const auto code = MedicalCode::parse(cell);
    if (!code) {
        report(FindingCode::medical_code_malformed, column, {text::shown(cell)});
    }
    return code;
}

std::optional<std::int64_t> PlainRow::decimal(std::string_view column, int scale) const {
    const std::string_view cell = (*this)[column];
    if (cell.empty()) {
        return std::nullopt;
    }
    constexpr std::int64_t kBound = std::numeric_limits<std::int32_t>::max();
    const auto value = parse_decimal(cell, scale, scale == 0 ? kBound : kBound * 10'000);
    if (!value || *value < 0) {
        report(FindingCode::number_malformed, column, {text::shown(cell), std::to_string(scale)});
        return std::nullopt;
    }
    return value;
}

std::optional<std::int64_t> PlainRow::weight(std::string_view column) const {
    constexpr int kScale = 4;
    constexpr std::int64_t kMillion = 10'000'000'000;
    const auto value = decimal(column, kScale);
    if (value && *value > kMillion) {
        report(FindingCode::number_out_of_range, column,
               {text::shown((*this)[column]), "0", "1000000"});
        return std::nullopt;
    }
    return value;
}

std::optional<std::size_t> PlainRow::word(
    std::string_view column, std::span<const std::string_view> words,
    const std::map<std::string, std::string>* translated) const {
    std::string cell((*this)[column]);
    if (translated != nullptr) {
        const auto ours = translated->find(cell);
        cell = ours == translated->end() ? cell : ours->second;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == cell) {
            return i;
        }
    }
    std::string known;
    for (const std::string_view word : words) {
        known += (known.empty() ? "" : ", ") + std::string(word);
    }
    report(FindingCode::word_unknown, column, {text::shown(cell), known});
    return std::nullopt;
}

namespace {

/// Where our columns stand in the file; false when a required one is missing.
bool find_columns(std::span<const text::Field> header, const PlainTableSpec& spec,
                  intake::FindingList& findings,
                  std::map<std::string, std::size_t, std::less<>>& columns) {
    std::string wanted;
    std::string found;
    for (const text::Field& field : header) {
        found += (found.empty() ? "" : ",") + std::string(field.value);
    }
    bool is_complete = true;
    const auto look = [&](std::string_view name, bool required) {
        const auto own = spec.own_names.find(name);
        const std::string_view sought = own == spec.own_names.end() ? name : own->second;
        const auto at = std::find_if(header.begin(), header.end(), [&](const text::Field& field) {
            return field.value == sought;
        });
        if (required) {
            wanted += (wanted.empty() ? "" : ",") + std::string(sought);
        }
        if (at != header.end()) {
            columns.emplace(name, static_cast<std::size_t>(at - header.begin()));
        } else if (required || own != spec.own_names.end()) {
            is_complete = false;
        }
    };
    for (const std::string_view name : spec.required) {
        look(name, true);
    }
    for (const std::string_view name : spec.optional) {
        look(name, false);
    }
    if (!is_complete) {
        findings.add(FindingCode::header_wrong, {.row = 1, .column = {}},
                     {wanted, text::shown(found)});
    }
    return is_complete;
}

bool is_faulty(text::LineFault fault, const text::RowSplitter& splitter, std::int64_t number,
               intake::FindingList& findings) {
    if (fault == text::LineFault::none) {
        return false;
    }
    findings.add(
        fault == text::LineFault::not_utf8 ? FindingCode::not_utf8 : FindingCode::quoting_broken,
        {.row = number, .column = {}}, {std::to_string(splitter.fault_at() + 1)});
    return true;
}

}  // namespace

void read_plain_table(const std::filesystem::path& path, const PlainTableSpec& spec,
                      intake::FindingList& findings,
                      const std::function<void(const PlainRow&)>& take) {
    text::RowSplitter splitter;
    std::map<std::string, std::size_t, std::less<>> columns;
    std::vector<std::string_view> fields;
    std::size_t width = 0;
    bool is_usable = false;
    const auto take_line = [&](std::string_view line, std::int64_t number) {
        if ((number > 1 && (!is_usable || line.empty())) ||
            is_faulty(splitter.split(line), splitter, number, findings)) {
            return;
        }
        if (number == 1) {
            width = splitter.fields().size();
            is_usable = find_columns(splitter.fields(), spec, findings, columns);
            return;
        }
        if (splitter.fields().size() != width) {
            findings.add(FindingCode::field_count_wrong, {.row = number, .column = {}},
                         {std::to_string(width), std::to_string(splitter.fields().size())});
            return;
        }
        fields.clear();
        for (const text::Field& field : splitter.fields()) {
            fields.push_back(field.value);
        }
        take(PlainRow(columns, fields, number, findings));
    };
    static_cast<void>(read_lines(path, findings, take_line));
}

}  // namespace yuanliu::catalogue
