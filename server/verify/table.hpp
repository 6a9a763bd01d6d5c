// One CSV table as its canonical rows (docs/month-folder.md §5): validated, sorted bytewise,
// hashed. Everything else in the verifier reads tables in this form only.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "report.hpp"
#include "schema.hpp"

namespace yuanliu_verify {

class Table {
  public:
    const std::vector<std::string_view>& rows() const { return rows_; }
    const std::string& sha256() const { return sha256_; }
    // The file was already written in canonical form and order.
    bool file_is_canonical() const { return file_is_canonical_; }
    const TableSchema& schema() const { return *schema_; }

    // An empty table of a feed that has not arrived.
    static Table empty(const TableSchema& schema);
    // Problems go to the report under `name`; rows that are malformed are left out.
    static Table load(const std::filesystem::path& path, const TableSchema& schema,
                      const std::string& name, Report& report);

  private:
    void take_rows(std::string_view text, const std::string& name, Report& report);
    void sort_and_hash(const std::string& name, Report& report);

    const TableSchema* schema_ = nullptr;
    std::unique_ptr<std::string> file_;
    std::unique_ptr<std::deque<std::string>> rewritten_;
    std::vector<std::string_view> rows_;
    std::string sha256_;
    bool file_is_canonical_ = true;
};

std::string read_whole_file(const std::filesystem::path& path);

}  // namespace yuanliu_verify
