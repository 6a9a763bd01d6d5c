// Why this file: see table_files.hpp.
#include "server/store/table_files.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "server/intake/table_chunk.hpp"
#include "server/store/copy.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::store {
namespace {

constexpr std::size_t kWriteAt = std::size_t{1} << 20U;

std::string_view take_line(std::string_view& rest) {
    const std::size_t length = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, length);
    rest.remove_prefix(std::min(length + 1, rest.size()));
    return line;
}

text::MappedFile open_file(const std::filesystem::path& path) {
    std::string reason;
    auto file = text::MappedFile::open(path, reason);
    if (!file) {
        throw std::runtime_error("cannot read " + path.string() + ": " + reason);
    }
    return std::move(*file);
}

std::string target(const StoredTable& table, const std::string& into, const RowKey& key) {
    return into + " (hospital_id, " + (key.second_is_wide ? "run_no" : "period") + ", " +
           table.column_list() + ")";
}

/// The lines of a file that were sorted by somebody else are put in order here.
void sort_file(const std::filesystem::path& path) {
    std::string sorted;
    {
        const text::MappedFile file = open_file(path);
        std::string_view rest = file.bytes();
        const std::string_view header = take_line(rest);
        std::vector<std::string_view> lines;
        while (!rest.empty()) {
            lines.push_back(take_line(rest));
        }
        std::sort(lines.begin(), lines.end());
        sorted.reserve(file.bytes().size());
        sorted.append(header).append("\n");
        for (const std::string_view line : lines) {
            sorted.append(line).append("\n");
        }
    }
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(sorted.data(), static_cast<std::streamsize>(sorted.size()));
    out.close();
    if (!out) {
        throw std::runtime_error("cannot write " + path.string() + ": is the disk full?");
    }
}

}  // namespace

std::uint64_t copy_in(Session& session, const TableFile& file, const std::string& into,
                      RowKey key) {
    const StoredTable table = stored_month_table(file.spec);
    const text::MappedFile mapped = open_file(file.folder / file.spec.file);
    std::string_view rest = text::without_byte_order_mark(mapped.bytes());
    take_line(rest);
    CopyWriter writer(session, target(table, into, key));
    RowEncoder encoder(table, key);
    std::uint64_t rows = 0;
    if (file.stands_canonical) {
        for (; !rest.empty(); ++rows) {
            encoder.append(take_line(rest), writer.buffer());
            writer.flush();
        }
    } else {
        intake::Chunk chunk;
        chunk.bytes = rest;
        intake::render_chunk(file.spec, chunk);
        for (const intake::RowText& row : chunk.rows) {
            encoder.append(row.text(), writer.buffer());
            writer.flush();
        }
        rows = chunk.rows.size();
    }
    writer.finish();
    return rows;
}

std::uint64_t copy_in(Session& session, const StoredTable& table, std::string_view text,
                      RowKey key) {
    take_line(text);
    if (text.empty()) {
        return 0;
    }
    CopyWriter writer(session, target(table, table.name, key));
    RowEncoder encoder(table, key);
    std::uint64_t rows = 0;
    for (; !text.empty(); ++rows) {
        encoder.append(take_line(text), writer.buffer());
        writer.flush();
    }
    writer.finish();
    return rows;
}

bool copy_out(Session& session, const StoredTable& table, const std::string& where,
              const std::filesystem::path& path) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    CopyReader reader(session,
                      "select " + table.column_list() + " from " + table.name + " where " + where);
    RowDecoder decoder(table);
    std::string buffer = table.header() + "\n";
    std::string last;
    bool is_sorted = true;
    for (std::string_view row; reader.next(row);) {
        const std::size_t begin = buffer.size();
        decoder.append(row, buffer);
        const std::string_view line = std::string_view(buffer).substr(begin);
        is_sorted = is_sorted && (last.empty() || last < line);
        last = line;
        buffer += '\n';
        if (buffer.size() > kWriteAt) {
            out.write(buffer.data(), static_cast<std::streamsize>(buffer.size()));
            buffer.clear();
        }
    }
    out.write(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    out.close();
    if (!out) {
        throw std::runtime_error("cannot write " + path.string() + ": is the disk full?");
    }
    if (!is_sorted) {
        sort_file(path);
    }
    return !last.empty();
}

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) {
        throw std::runtime_error("cannot write " + path.string() + ": is the disk full?");
    }
}

}  // namespace yuanliu::store
