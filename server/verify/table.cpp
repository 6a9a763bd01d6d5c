// Reads a CSV file into canonical rows. Rows already canonical stay views into the file's bytes.
#include "table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <set>

#include "cells.hpp"
#include "digest.hpp"
#include "fields.hpp"

namespace yuanliu_verify {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Takes the next line off `text`, without its LF or CRLF.
std::string_view take_line(std::string_view& text) {
    const void* found = std::memchr(text.data(), '\n', text.size());
    const std::size_t end =
        found == nullptr ? text.size()
                         : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
    }
    return line;
}

bool header_matches(std::string_view line, const TableSchema& schema) {
    Fields fields;
    if (!fields.split(line) || fields.count() != schema.columns.size()) {
        return false;
    }
    for (std::size_t i = 0; i < schema.columns.size(); ++i) {
        if (fields[i] != schema.columns[i].name) {
            return false;
        }
    }
    return true;
}

// Rows are rewritten only where a cell was not canonical or was quoted without need.
class RowReader {
  public:
    explicit RowReader(const TableSchema& schema) : schema_(schema) {}

    // An empty text if the row is right, else what is wrong with it.
    std::string read(std::string_view line) {
        if (!fields_.split(line)) {
            return "the row is not well-formed CSV";
        }
        if (fields_.count() != schema_.columns.size()) {
            return fmt::format("the row has {} fields instead of {}", fields_.count(),
                               schema_.columns.size());
        }
        bool rewritten = std::memchr(line.data(), '"', line.size()) != nullptr;
        for (std::size_t i = 0; i < fields_.count(); ++i) {
            const CellVerdict verdict = judge_cell(fields_[i], schema_.columns[i], cells_[i]);
            if (verdict == CellVerdict::kWrong) {
                return fmt::format("column {} cannot be '{}'", schema_.columns[i].name,
                                   fields_[i].substr(0, 80));
            }
            is_own_[i] = verdict == CellVerdict::kRewritten;
            rewritten = rewritten || is_own_[i];
        }
        row_.clear();
        if (rewritten) {
            for (std::size_t i = 0; i < fields_.count(); ++i) {
                row_ += i == 0 ? "" : ",";
                append_field(row_, is_own_[i] ? std::string_view(cells_[i]) : fields_[i]);
            }
        }
        is_rewritten_ = rewritten && row_ != line;
        return {};
    }

    bool is_rewritten() const { return is_rewritten_; }
    const std::string& row() const { return row_; }

  private:
    const TableSchema& schema_;
    Fields fields_;
    std::array<std::string, Fields::kMost> cells_;
    std::array<bool, Fields::kMost> is_own_{};
    std::string row_;
    bool is_rewritten_ = false;
};

}  // namespace

std::string read_whole_file(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) {
        throw Refusal("cannot read " + path.string());
    }
    std::string text(static_cast<std::size_t>(size), '\0');
    in.read(text.data(), static_cast<std::streamsize>(size));
    if (static_cast<std::uintmax_t>(in.gcount()) != size) {
        throw Refusal("cannot read the whole of " + path.string());
    }
    return text;
}

Table Table::empty(const TableSchema& schema) {
    Table table;
    table.schema_ = &schema;
    table.sha256_ = sha256_of(schema.header() + "\n");
    return table;
}

Table Table::load(const std::filesystem::path& path, const TableSchema& schema,
                  const std::string& name, Report& report) {
    Table table;
    table.schema_ = &schema;
    table.file_ = std::make_unique<std::string>(read_whole_file(path));
    table.rewritten_ = std::make_unique<std::deque<std::string>>();
    std::string_view text = *table.file_;
    if (text.substr(0, 3) == kByteOrderMark) {
        text.remove_prefix(3);
    }
    const std::string_view header = take_line(text);
    if (!header_matches(header, schema)) {
        throw Refusal(name + ": the header is not exactly " + schema.header());
    }
    table.take_rows(text, name, report);
    table.sort_and_hash(name, report);
    table.file_is_canonical_ = table.sha256_ == sha256_of(*table.file_);
    return table;
}

void Table::take_rows(std::string_view text, const std::string& name, Report& report) {
    RowReader reader(*schema_);
    std::size_t line_number = 1;
    rows_.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        ++line_number;
        const std::string problem = reader.read(line);
        if (!problem.empty()) {
            report.difference(name, fmt::format("row {}: {}", line_number, problem));
        } else if (reader.is_rewritten()) {
            rows_.emplace_back(rewritten_->emplace_back(reader.row()));
        } else {
            rows_.push_back(line);
        }
    }
}

void Table::sort_and_hash(const std::string& name, Report& report) {
    if (!std::is_sorted(rows_.begin(), rows_.end())) {
        std::sort(rows_.begin(), rows_.end());
    }
    Sha256 sha;
    std::string block = schema_->header() + "\n";
    std::string_view key_before;
    std::set<std::string_view> last_fields;  // of the rows with the same leading fields
    for (const std::string_view row : rows_) {
        const std::string_view key = leading_fields(row, schema_->key_columns);
        if (key != key_before) {
            last_fields.clear();
        }
        const std::string_view last =
            schema_->last_is_key ? row.substr(row.rfind(',')) : std::string_view();
        if (!last_fields.insert(last).second) {
            report.difference(name, fmt::format("the key {}{} occurs twice", key, last));
        }
        key_before = key;
        block += row;
        block.push_back('\n');
        if (block.size() > (1U << 16U)) {
            sha.feed(block);
            block.clear();
        }
    }
    sha.feed(block);
    sha256_ = sha.hex();
}

}  // namespace yuanliu_verify
