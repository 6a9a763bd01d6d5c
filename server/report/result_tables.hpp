// Why this file: a result folder as its certificate lists it: a table is handed out only when its
// bytes have the hash stated there, and is read by the names of its columns, so that a result with
// more columns is read too.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "server/report/result_book.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::report {

class ResultTable {
  public:
    explicit ResultTable(std::string text);
    /// The place of a column; none: there is no such column.
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
    /// Calls `take(fields)` for every row, in the order of the table. False: a line isn't a row of
    /// this table, or `take` refused one.
    template <class Take>
    bool each_row(const Take& take) const {
        for (std::size_t at = first_row_; at < text_.size();) {
            const std::size_t end = std::min(text_.find('\n', at), text_.size());
            const std::string_view line = std::string_view(text_).substr(at, end - at);
            at = end + 1;
            if (splitter_.split(line) != text::LineFault::none ||
                splitter_.fields().size() != columns_.size() || !take(splitter_.fields())) {
                return false;
            }
        }
        return true;
    }

  private:
    std::string text_;
    std::vector<std::string> columns_;
    std::size_t first_row_ = 0;
    mutable text::RowSplitter splitter_;
};

struct ResultFolder {
    std::filesystem::path folder;
    std::string hospital;
    std::string period;
    std::string month_hash;
    std::string rules_hash;
    std::string result_hash;
    std::string rules_version;                  ///< of allocation.toml
    std::map<std::string, std::string> hashes;  ///< by table
    std::map<std::string, std::string> profit;  ///< the certificate's totals of profit

    [[nodiscard]] bool has(const std::string& table) const { return hashes.contains(table); }
    /// Refuses a table that isn't there or has another hash.
    [[nodiscard]] tl::expected<std::string, Refusal> text(const std::string& file) const;
    [[nodiscard]] tl::expected<ResultTable, Refusal> table(const std::string& file) const;
};

/// Refuses a folder without a certificate, or whose listing has another hash than it states.
[[nodiscard]] tl::expected<ResultFolder, Refusal> open_result(const std::filesystem::path& result);

}  // namespace yuanliu::report
