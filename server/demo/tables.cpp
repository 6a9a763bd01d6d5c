// Why this file: the only place of the demonstration that touches the disk.
#include "server/demo/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace yuanliu::demo {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20U;

[[noreturn]] void fail(const std::string& path, const char* what) {
    throw std::runtime_error(fmt::format("{}: {}", path, what));
}

}  // namespace

Stream::Stream(const std::filesystem::path& folder, const std::string& file, const char* header)
    : file_name_(file), path_((folder / file).string()), file_(std::fopen(path_.c_str(), "wb")) {
    if (!file_) {
        fail(path_, "cannot be opened for writing");
    }
    buffer_.reserve(kChunk + 4096);
    buffer_ = header;
    buffer_ += '\n';
}

void Stream::end_row() {
    ++rows_;
    if (buffer_.size() >= kChunk) {
        flush();
    }
}

void Stream::flush() {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) {
        fail(path_, "cannot be written (is the disk full?)");
    }
    buffer_.clear();
}

void Stream::close(RowCounts& counts) {
    flush();
    if (std::fclose(file_.release()) != 0) {
        fail(path_, "cannot be closed (is the disk full?)");
    }
    counts[file_name_] = rows_;
}

void SortedTable::write(RowCounts& counts) {
    std::sort(rows_.begin(), rows_.end());
    Stream stream(folder_, file_, header_);
    for (const auto& row : rows_) {
        stream.row() += row;
        stream.row() += '\n';
        stream.end_row();
    }
    stream.close(counts);
}

void write_text(const std::filesystem::path& path, const std::string& text) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
        std::fopen(path.string().c_str(), "wb"), &std::fclose);
    if (!file) {
        fail(path.string(), "cannot be opened for writing");
    }
    if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() ||
        std::fflush(file.get()) != 0) {
        fail(path.string(), "cannot be written (is the disk full?)");
    }
}

void append_integer(std::string& out, std::int64_t value) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_amount(std::string& out, std::int64_t fen) {
    if (fen < 0) {
        out += '-';
        fen = -fen;
    }
    append_integer(out, fen / 100);
    out += '.';
    out += static_cast<char>('0' + fen / 10 % 10);
    out += static_cast<char>('0' + fen % 10);
}

std::string amount_text(std::int64_t fen) {
    std::string text;
    append_amount(text, fen);
    return text;
}

std::string number_text(std::int64_t ten_thousandths) {
    auto text = fmt::format("{}{}.{:04}", ten_thousandths < 0 ? "-" : "",
                            std::abs(ten_thousandths) / 10000, std::abs(ten_thousandths) % 10000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
        text.pop_back();
    }
    return text;
}

}  // namespace yuanliu::demo
