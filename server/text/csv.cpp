// Why this file: see csv.hpp. Nearly all rows of a month are plain ASCII, so they are split in one
// pass by a table; only rows with quotes, control characters or other scripts take the careful way.
#include "server/text/csv.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "server/text/utf8.hpp"

namespace yuanliu::text {
namespace {

enum ByteClass : unsigned char { plain, comma, special };

constexpr std::array<unsigned char, 256> make_classes() {
    std::array<unsigned char, 256> classes{};
    for (std::size_t i = 0; i < classes.size(); ++i) {
        classes[i] = i < 0x20 || i >= 0x7F || i == '"' ? special : plain;
    }
    classes[','] = comma;
    return classes;
}

constexpr std::array<unsigned char, 256> kClasses = make_classes();

constexpr std::size_t kMaxFields = 64;

}  // namespace

LineFault RowSplitter::split(std::string_view line) {
    fields_.clear();
    special_ = !split_plain(line);
    return special_ ? split_careful(line) : LineFault::none;
}

bool RowSplitter::split_plain(std::string_view line) {
    const char* start = line.data();
    const char* const end = start + line.size();
    for (const char* at = start; at != end; ++at) {
        const unsigned char kind = kClasses[static_cast<unsigned char>(*at)];
        if (kind == plain) {
            continue;
        }
        if (kind == special) {
            return false;
        }
        fields_.push_back({.value = {start, static_cast<std::size_t>(at - start)}});
        start = at + 1;
    }
    fields_.push_back({.value = {start, static_cast<std::size_t>(end - start)}});
    return true;
}

LineFault RowSplitter::split_careful(std::string_view line) {
    fields_.clear();
    // Never reallocated while a row is split: fields hold views into these strings.
    unescaped_.clear();
    unescaped_.reserve(kMaxFields);
    fault_at_ = first_invalid_utf8(line);
    if (fault_at_ != std::string_view::npos) {
        return LineFault::not_utf8;
    }
    std::size_t at = 0;
    while (true) {
        if (at < line.size() && line[at] == '"') {
            if (!take_quoted(line, at)) {
                return LineFault::quoting_broken;
            }
        } else {
            const std::size_t end = std::min(line.find(',', at), line.size());
            const std::string_view value = line.substr(at, end - at);
            const std::size_t quote = value.find('"');
            if (quote != std::string_view::npos) {
                fault_at_ = at + quote;
                return LineFault::quoting_broken;
            }
            fields_.push_back({.value = value});
            at = end;
        }
        if (at == line.size()) {
            return LineFault::none;
        }
        ++at;  // the comma
    }
}

bool RowSplitter::take_quoted(std::string_view line, std::size_t& at) {
    const std::size_t start = at + 1;
    bool has_escape = false;
    std::size_t end = start;
    while (true) {
        end = line.find('"', end);
        if (end == std::string_view::npos) {
            fault_at_ = at;
            return false;
        }
        if (end + 1 == line.size() || line[end + 1] != '"') {
            break;
        }
        has_escape = true;
        end += 2;
    }
    if (end + 1 != line.size() && line[end + 1] != ',') {
        fault_at_ = end + 1;
        return false;
    }
    std::string_view value = line.substr(start, end - start);
    if (has_escape && unescaped_.size() < kMaxFields) {
        std::string& plain_text = unescaped_.emplace_back();
        for (std::size_t i = 0; i < value.size(); ++i) {
            plain_text.push_back(value[i]);
            i += value[i] == '"' ? 1U : 0U;
        }
        value = plain_text;
    }
    fields_.push_back({.value = value, .quoted_as_canonical = needs_quotes(value)});
    at = end + 1;
    return true;
}

bool needs_quotes(std::string_view value) noexcept {
    return value.find_first_of(",\"") != std::string_view::npos;
}

void append_field(std::string& out, std::string_view value) {
    if (!needs_quotes(value)) {
        out += value;
        return;
    }
    out.push_back('"');
    for (const char c : value) {
        if (c == '"') {
            out.push_back('"');
        }
        out.push_back(c);
    }
    out.push_back('"');
}

std::string render_row(std::span<const std::string_view> fields) {
    std::string out;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) {
            out.push_back(',');
        }
        append_field(out, fields[i]);
    }
    return out;
}

std::size_t count_lines(std::string_view bytes) noexcept {
    std::size_t lines = 0;
    while (!bytes.empty()) {
        ++lines;
        const void* end = std::memchr(bytes.data(), '\n', bytes.size());
        if (end == nullptr) {
            break;
        }
        bytes.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(end) - bytes.data()) +
                            1);
    }
    return lines;
}

}  // namespace yuanliu::text
