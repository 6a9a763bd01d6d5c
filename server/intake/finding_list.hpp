// Why this file: all findings are wanted at once, but not ten million times the same one. A list
// keeps the first of each code and counts the rest, so a wrong export costs neither memory nor the
// reader's patience.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/finding.hpp"

namespace yuanliu::intake {

/// Findings of one file. Lists of parts of a file are merged in file order, so what is kept does
/// not depend on how the file was cut.
class FindingList {
  public:
    FindingList(std::string file, std::size_t max_per_code)
        : file_(std::move(file)), max_per_code_(max_per_code) {}

    struct Place {
        std::int64_t row = 0;  ///< 0 = the whole file
        std::string_view column;
    };
    void add(FindingCode code, Place place, std::vector<std::string> arguments,
             Severity severity = Severity::stop);
    /// An empty list for another part of the same file.
    [[nodiscard]] FindingList sibling() const { return FindingList(file_, max_per_code_); }
    void merge(FindingList&& later);
    /// Moves all to `out`, with one `findings_not_listed` for each code that had more.
    void flush_to(std::vector<Finding>& out);
    [[nodiscard]] const std::string& file() const noexcept { return file_; }

  private:
    struct Tally {
        Severity severity{};
        std::size_t listed = 0;
        std::size_t omitted = 0;
        std::int64_t first_omitted_row = 0;
    };
    void add_finding(Finding finding);

    std::string file_;
    std::size_t max_per_code_;
    std::vector<Finding> findings_;
    std::map<FindingCode, Tally> tallies_;
};

/// The lists of all files of a folder.
class FindingBook {
  public:
    explicit FindingBook(std::size_t max_per_code) : max_per_code_(max_per_code) {}
    [[nodiscard]] FindingList& of(std::string_view file);
    /// All findings, sorted by severity, file, row, column.
    [[nodiscard]] std::vector<Finding> take();

  private:
    std::size_t max_per_code_;
    std::map<std::string, FindingList, std::less<>> lists_;
};

void sort_findings(std::vector<Finding>& findings);

}  // namespace yuanliu::intake
