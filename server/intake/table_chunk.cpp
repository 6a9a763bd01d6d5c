// Why this file: see table_chunk.hpp.
#include "server/intake/table_chunk.hpp"

#include <algorithm>
#include <cstring>

#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

constexpr std::size_t kArenaBlock = std::size_t{1} << 18U;

/// Reads the lines of a chunk one after another, typing each by the table's declaration.
class LineReader {
  public:
    LineReader(const TableSpec& spec, const Chunk& chunk)
        : spec_(spec),
          rest_(chunk.bytes),
          number_(chunk.first_number - 1),
          cells_(spec.columns.size()) {}

    /// Steps to the next line; false at the end.
    [[nodiscard]] bool next() {
        if (rest_.empty()) {
            return false;
        }
        const void* end = std::memchr(rest_.data(), '\n', rest_.size());
        const auto length =
            end == nullptr ? rest_.size()
                           : static_cast<std::size_t>(static_cast<const char*>(end) - rest_.data());
        line_ = rest_.substr(0, length);
        rest_.remove_prefix(std::min(length + 1, rest_.size()));
        is_canonical_ = !line_.ends_with('\r');
        if (!is_canonical_) {
            line_.remove_suffix(1);
        }
        ++number_;
        return true;
    }

    /// Splits and types the line. False: the row is no row (reported if `findings` is given).
    [[nodiscard]] bool parse(FindingList* findings) {
        const text::LineFault fault = splitter_.split(line_);
        const auto fields = splitter_.fields();
        if (fault != text::LineFault::none || fields.size() != cells_.size()) {
            if (findings != nullptr) {
                report_line(fault, *findings);
            }
            return false;
        }
        is_valid_ = true;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            Cell& cell = cells_[i];
            parse_cell(spec_.columns[i], fields[i].value, splitter_.has_special_bytes(), cell);
            is_canonical_ = is_canonical_ && cell.is_canonical && fields[i].quoted_as_canonical;
            if (!cell.is_valid) {
                is_valid_ = false;
                if (findings != nullptr) {
                    report_cell(i, *findings);
                }
            }
        }
        return true;
    }

    [[nodiscard]] Row row() const { return {.cells = cells_, .number = number_}; }
    [[nodiscard]] bool is_valid() const noexcept { return is_valid_; }
    [[nodiscard]] bool is_canonical() const noexcept { return is_canonical_; }

    /// The row as it stands, which is canonical.
    [[nodiscard]] RowText standing_text() const {
        return {.data = line_.data(),
                .size = static_cast<std::uint32_t>(line_.size()),
                .key_size = key_size(line_),
                .number = number_};
    }

    [[nodiscard]] RowText rendered_text(TextArena& arena) {
        rendered_.clear();
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            if (i > 0) {
                rendered_.push_back(',');
            }
            field_.clear();
            append_canonical(field_, spec_.columns[i], cells_[i]);
            text::append_field(rendered_, field_);
        }
        const std::string_view kept = arena.keep(rendered_);
        return {.data = kept.data(),
                .size = static_cast<std::uint32_t>(kept.size()),
                .key_size = key_size(kept),
                .number = number_};
    }

  private:
    /// Where the comma after the last key column stands; quotes hide commas.
    [[nodiscard]] std::uint32_t key_size(std::string_view text) const {
        std::size_t columns = spec_.key_columns;
        bool quoted = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            quoted = quoted != (text[i] == '"');
            if (text[i] == ',' && !quoted && --columns == 0) {
                return static_cast<std::uint32_t>(i);
            }
        }
        return static_cast<std::uint32_t>(text.size());
    }

    void report_line(text::LineFault fault, FindingList& findings) const {
        const FindingList::Place place{.row = number_, .column = {}};
        if (fault == text::LineFault::not_utf8) {
            findings.add(FindingCode::not_utf8, place, {std::to_string(splitter_.fault_at() + 1)});
        } else if (fault == text::LineFault::quoting_broken) {
            findings.add(FindingCode::quoting_broken, place,
                         {std::to_string(splitter_.fault_at() + 1)});
        } else {
            findings.add(
                FindingCode::field_count_wrong, place,
                {std::to_string(cells_.size()), std::to_string(splitter_.fields().size())});
        }
    }

    void report_cell(std::size_t i, FindingList& findings) const {
        CellFault fault = explain_cell(spec_.columns[i], cells_[i].text);
        findings.add(fault.code, {.row = number_, .column = spec_.columns[i].name},
                     std::move(fault.arguments));
    }

    const TableSpec& spec_;
    std::string_view rest_;
    std::string_view line_;
    std::uint32_t number_;
    bool is_valid_ = false;
    bool is_canonical_ = false;
    text::RowSplitter splitter_;
    std::vector<Cell> cells_;
    std::string rendered_;
    std::string field_;
};

}  // namespace

std::string_view TextArena::keep(std::string_view text) {
    if (blocks_.empty() || capacity_ - used_ < text.size()) {
        capacity_ = std::max(kArenaBlock, text.size());
        used_ = 0;
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(capacity_));
    }
    char* const at = blocks_.back().get() + used_;
    std::copy(text.begin(), text.end(), at);
    used_ += text.size();
    return {at, text.size()};
}

void parse_chunk(const TableSpec& spec, Chunk& chunk, RowHandler& handler, FindingList& findings) {
    LineReader reader(spec, chunk);
    while (reader.next()) {
        if (!reader.parse(&findings)) {
            chunk.is_canonical = false;
            chunk.has_broken_lines = true;
            continue;
        }
        handler.take(chunk.index, reader.row(), findings);
        if (!reader.is_valid()) {
            chunk.is_canonical = false;
            continue;
        }
        if (chunk.is_canonical && reader.is_canonical()) {
            const RowText text = reader.standing_text();
            chunk.is_canonical = chunk.valid_rows == 0 || (chunk.last.text() < text.text() &&
                                                           chunk.last.key() != text.key());
            if (chunk.valid_rows == 0) {
                chunk.first = text;
            }
            chunk.last = text;
        } else {
            chunk.is_canonical = false;
        }
        ++chunk.valid_rows;
    }
}

void render_chunk(const TableSpec& spec, Chunk& chunk) {
    LineReader reader(spec, chunk);
    chunk.rows.reserve(chunk.valid_rows);
    while (reader.next()) {
        if (reader.parse(nullptr) && reader.is_valid()) {
            chunk.rows.push_back(reader.is_canonical() ? reader.standing_text()
                                                       : reader.rendered_text(chunk.arena));
        }
    }
    std::sort(chunk.rows.begin(), chunk.rows.end(), [](const RowText& a, const RowText& b) {
        const int order = a.text().compare(b.text());
        return order != 0 ? order < 0 : a.number < b.number;
    });
}

}  // namespace yuanliu::intake
