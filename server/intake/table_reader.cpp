// Why this file: see table_reader.hpp. A file that is canonical as it stands is hashed as it
// stands, while other threads parse it; any other is rendered, sorted and hashed. Both ways give
// the same hash for the same content, and duplicate keys are neighbours in either.
#include "server/intake/table_reader.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <functional>
#include <optional>

#include "server/intake/table_chunk.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/sha256.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::intake {
namespace {

struct OpenTable {
    std::optional<text::MappedFile> file;
    std::string_view body;  ///< after the header line
    bool header_is_canonical = false;
};

std::string_view take_line(std::string_view& bytes) {
    const std::size_t length = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, length);
    bytes.remove_prefix(std::min(length + 1, bytes.size()));
    return line;
}

bool is_header(const TableSpec& spec, std::string_view line) {
    text::RowSplitter splitter;
    if (splitter.split(line) != text::LineFault::none) {
        return false;
    }
    return std::equal(splitter.fields().begin(), splitter.fields().end(), spec.columns.begin(),
                      spec.columns.end(), [](const text::Field& field, const ColumnSpec& column) {
                          return field.value == column.name;
                      });
}

/// Opens the file and checks its header; false when there are no rows to be had.
bool open_table(const TableSource& source, OpenTable& table, FindingList& findings) {
    const std::filesystem::path path = source.folder / source.spec.file;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        findings.add(FindingCode::file_missing, {}, {std::string(source.spec.file)});
        return false;
    }
    std::string reason;
    table.file = text::MappedFile::open(path, reason);
    if (!table.file) {
        findings.add(FindingCode::file_unreadable, {}, {reason});
        return false;
    }
    const std::string_view bytes = table.file->bytes();
    table.body = text::without_byte_order_mark(bytes);
    const bool has_mark = table.body.size() != bytes.size();
    std::string_view line = take_line(table.body);
    const std::string header = source.spec.header();
    table.header_is_canonical = !has_mark && line == header && bytes.ends_with('\n');
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (!is_header(source.spec, line)) {
        findings.add(FindingCode::header_wrong, {.row = 1, .column = {}},
                     {header, text::shown(line, 400)});
        return false;
    }
    return true;
}

/// Cuts at line ends. A deque, because chunks own memory and must not move.
std::deque<Chunk> cut(std::string_view body, std::size_t chunk_bytes) {
    std::deque<Chunk> chunks;
    while (!body.empty()) {
        std::size_t size = std::min(chunk_bytes, body.size());
        const std::size_t end = body.find('\n', size - 1);
        size = end == std::string_view::npos ? body.size() : end + 1;
        Chunk& chunk = chunks.emplace_back();
        chunk.bytes = body.substr(0, size);
        chunk.index = chunks.size() - 1;
        body.remove_prefix(size);
    }
    return chunks;
}

/// Gives every chunk the number of its first row; returns the number of lines.
std::uint64_t number_rows(std::deque<Chunk>& chunks, const ParallelFor& parallel_for) {
    std::vector<std::uint64_t> lines(chunks.size());
    parallel_for(chunks.size(),
                 [&](std::size_t i) { lines[i] = text::count_lines(chunks[i].bytes); });
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        chunks[i].first_number = static_cast<std::uint32_t>(total + 2);
        total += lines[i];
    }
    return total;
}

std::string hash_standing(const TableSpec& spec, std::string_view body) {
    text::Sha256 sum;
    sum.update(spec.header());
    sum.update("\n");
    sum.update(body);
    if (!body.empty() && !body.ends_with('\n')) {
        sum.update("\n");
    }
    return sum.hex();
}

bool is_canonical(const std::deque<Chunk>& chunks) {
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        if (!chunks[i].is_canonical) {
            return false;
        }
        if (i > 0 && !(chunks[i - 1].last.text() < chunks[i].first.text() &&
                       chunks[i - 1].last.key() != chunks[i].first.key())) {
            return false;
        }
    }
    return true;
}

/// Merges sorted neighbours, halving the number of runs until one is left.
void merge_runs(std::vector<RowText>& rows, std::vector<std::size_t> ends,
                const ParallelFor& parallel_for) {
    const auto below = [](const RowText& a, const RowText& b) {
        const int order = a.text().compare(b.text());
        return order != 0 ? order < 0 : a.number < b.number;
    };
    const auto at = [&](std::size_t i) { return rows.begin() + static_cast<std::ptrdiff_t>(i); };
    while (ends.size() > 1) {
        parallel_for(ends.size() / 2, [&](std::size_t pair) {
            const std::size_t begin = pair == 0 ? 0 : ends[2 * pair - 1];
            std::inplace_merge(at(begin), at(ends[2 * pair]), at(ends[2 * pair + 1]), below);
        });
        std::vector<std::size_t> merged;
        for (std::size_t i = 1; i < ends.size(); i += 2) {
            merged.push_back(ends[i]);
        }
        if (ends.size() % 2 == 1) {
            merged.push_back(ends.back());
        }
        ends = std::move(merged);
    }
}

std::vector<RowText> canonical_rows(const TableSource& source, std::deque<Chunk>& chunks) {
    source.parallel_for(chunks.size(),
                        [&](std::size_t i) { render_chunk(source.spec, chunks[i]); });
    std::vector<RowText> rows;
    std::vector<std::size_t> ends;
    std::size_t total = 0;
    for (const Chunk& chunk : chunks) {
        total += chunk.rows.size();
    }
    rows.reserve(total);
    for (Chunk& chunk : chunks) {
        rows.insert(rows.end(), chunk.rows.begin(), chunk.rows.end());
        ends.push_back(rows.size());
        chunk.rows = {};
    }
    merge_runs(rows, std::move(ends), source.parallel_for);
    return rows;
}

std::string hash_rows(const TableSpec& spec, const std::vector<RowText>& rows) {
    text::Sha256 sum;
    std::string block = spec.header() + "\n";
    for (const RowText& row : rows) {
        block += row.text();
        block += '\n';
        if (block.size() > (std::size_t{1} << 16U)) {
            sum.update(block);
            block.clear();
        }
    }
    sum.update(block);
    return sum.hex();
}

/// Rows with equal keys are neighbours; each after the first in the file names that first.
void report_duplicates(const TableSpec& spec, const std::vector<RowText>& rows,
                       FindingList& findings) {
    std::string columns;
    for (const ColumnSpec& column : spec.columns.first(spec.key_columns)) {
        columns += columns.empty() ? "" : ",";
        columns += column.name;
    }
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin + 1;
        std::uint32_t first = rows[begin].number;
        while (end < rows.size() && rows[end].key() == rows[begin].key()) {
            first = std::min(first, rows[end].number);
            ++end;
        }
        for (std::size_t i = begin; end - begin > 1 && i < end; ++i) {
            if (rows[i].number != first) {
                findings.add(FindingCode::duplicate_key, {.row = rows[i].number, .column = columns},
                             {text::shown(rows[i].key(), 300), std::to_string(first)});
            }
        }
        begin = end;
    }
}

void identify_by_rows(const TableSource& source, std::deque<Chunk>& chunks, TableRead& read,
                      FindingList& findings) {
    const std::vector<RowText> rows = canonical_rows(source, chunks);
    read.identity.sha256 = hash_rows(source.spec, rows);
    report_duplicates(source.spec, rows, findings);
    read.in_canonical_order =
        std::is_sorted(rows.begin(), rows.end(),
                       [](const RowText& a, const RowText& b) { return a.number < b.number; });
    if (!read.in_canonical_order) {
        read.canonical_order.reserve(rows.size());
        for (const RowText& row : rows) {
            read.canonical_order.push_back(row.number);
        }
    }
}

}  // namespace

TableIdentity empty_table(const TableSpec& spec) {
    return {.name = std::string(spec.file), .rows = 0, .sha256 = hash_standing(spec, {})};
}

TableRead read_table(const TableSource& source, RowHandler& handler, FindingList& findings) {
    TableRead read{.identity = empty_table(source.spec)};
    OpenTable table;
    if (!open_table(source, table, findings)) {
        handler.begin(0, 0);
        return read;
    }
    std::deque<Chunk> chunks = cut(table.body, source.chunk_bytes);
    read.lines = number_rows(chunks, source.parallel_for);
    handler.begin(chunks.size(), read.lines);
    std::vector<FindingList> lists(chunks.size(), findings.sibling());
    std::string standing;
    // The hash of the body as it stands is a job beside the chunks: for a big file it takes about
    // as long as the parsing, and nearly always it is the hash that is wanted.
    source.parallel_for(chunks.size() + 1, [&](std::size_t job) {
        if (job == 0) {
            standing = hash_standing(source.spec, table.body);
        } else {
            parse_chunk(source.spec, chunks[job - 1], handler, lists[job - 1]);
        }
    });
    read.is_complete = true;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        findings.merge(std::move(lists[i]));
        read.identity.rows += chunks[i].valid_rows;
        read.is_complete = read.is_complete && !chunks[i].has_broken_lines;
    }
    read.identity.stands_canonical = is_canonical(chunks);
    if (read.identity.stands_canonical) {
        read.identity.sha256 = standing;
    } else {
        identify_by_rows(source, chunks, read, findings);
    }
    if (table.header_is_canonical) {
        read.raw_sha256 = std::move(standing);
    }
    return read;
}

std::vector<Finding> read_single_table(const std::filesystem::path& file, std::size_t key_columns,
                                       std::span<const ColumnSpec> columns, RowHandler& handler,
                                       const std::function<void(FindingList&)>& judge) {
    constexpr std::size_t kMostOfACode = 1000;
    const std::string name = file.filename().string();
    const TableSpec spec{.file = name, .key_columns = key_columns, .columns = columns};
    const ParallelFor serial = [](std::size_t count, const std::function<void(std::size_t)>& run) {
        for (std::size_t i = 0; i < count; ++i) {
            run(i);
        }
    };
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    FindingList list(name, kMostOfACode);
    (void)read_table({.spec = spec, .folder = folder, .parallel_for = serial}, handler, list);
    if (judge) {
        judge(list);
    }
    std::vector<Finding> findings;
    list.flush_to(findings);
    sort_findings(findings);
    return findings;
}

}  // namespace yuanliu::intake
