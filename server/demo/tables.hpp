// Writing of tables in canonical form: rows sorted bytewise, LF, quoted only when needed.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace yuanliu::demo {

/// Row counts of the files written, for the manifest.
using RowCounts = std::map<std::string, std::int64_t>;

/// A large file written in order, in chunks.
class Stream {
  public:
    Stream(const std::filesystem::path& folder, const std::string& file, const char* header);
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() = default;

    /// The caller appends a whole row and LF, then calls end_row().
    [[nodiscard]] std::string& row() { return buffer_; }
    void end_row();
    /// Flushes and closes; throws when the disk is full.
    void close(RowCounts& counts);

  private:
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    void flush();

    std::string file_name_;
    std::string path_;
    std::unique_ptr<std::FILE, Closer> file_;
    std::string buffer_;
    std::int64_t rows_ = 0;
};

/// A small table: rows are collected, sorted bytewise and written at once.
class SortedTable {
  public:
    SortedTable(std::filesystem::path folder, std::string file, const char* header)
        : folder_(std::move(folder)), file_(std::move(file)), header_(header) {}
    void add(std::string row) { rows_.push_back(std::move(row)); }
    void write(RowCounts& counts);

  private:
    std::filesystem::path folder_;
    std::string file_;
    const char* header_;
    std::vector<std::string> rows_;
};

void write_text(const std::filesystem::path& path, const std::string& text);
void append_integer(std::string& out, std::int64_t value);
void append_amount(std::string& out, std::int64_t fen);  ///< -12.50
[[nodiscard]] std::string amount_text(std::int64_t fen);
[[nodiscard]] std::string number_text(std::int64_t ten_thousandths);  ///< 0.25, no trailing zeros

}  // namespace yuanliu::demo
