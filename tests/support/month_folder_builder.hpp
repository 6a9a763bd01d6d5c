// Why this file: tests of the whole way need a month folder and rules that compute; each test then
// alters one thing. The month: hospital H001, 2026-09; administration, laboratory, medicine and
// surgery; an appendectomy discharged in the month, a visit and a stay that goes on; drugs traced,
// a DIP catalogue of two groups, a bonus of two indicators. Every table is canonical as it stands.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/parallel.hpp"
#include "server/intake/month_reader.hpp"

namespace yuanliu::testing {

/// A new empty folder below the system's temporary folder; removed with all in it at the end.
class TempFolder {
  public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  private:
    std::filesystem::path path_;
};

/// Files by name as in the folder: `ledger.csv`, `prior/manifest.json`, `rules/payment.toml`.
class MonthFolderBuilder {
  public:
    /// The valid month without `prior/`, and all four rules files.
    MonthFolderBuilder();

    /// Adds `prior/` of 2026-08: the stay E3 was in hospital, and a pool of 120000.00 is carried.
    MonthFolderBuilder& with_prior();
    /// The whole text of a file.
    MonthFolderBuilder& set(const std::string& file, std::string text);
    MonthFolderBuilder& remove(const std::string& file);
    /// Adds a row at the end; its line end is added.
    MonthFolderBuilder& add_row(const std::string& file, std::string_view row);
    /// Keeps the header and replaces the rows.
    MonthFolderBuilder& set_rows(const std::string& file, const std::vector<std::string>& rows);
    /// Replaces the first occurrence; throws std::logic_error when there is none, so that a test
    /// never alters nothing.
    MonthFolderBuilder& replace(const std::string& file, std::string_view old_text,
                                std::string_view new_text);
    /// State of a feed in manifest.json: final, estimated, not_arrived.
    MonthFolderBuilder& feed(const std::string& table, const std::string& state);

    [[nodiscard]] const std::string& text(const std::string& file) const;
    [[nodiscard]] std::vector<std::string> rows(const std::string& file) const;
    /// Writes DIR/month and DIR/rules.
    void write(const std::filesystem::path& dir) const;

  private:
    std::map<std::string, std::string> files_;
    std::map<std::string, std::string> feeds_;
    void write_manifest();
};

/// Loops for ReadOptions and engines: one after another, or on that many threads.
[[nodiscard]] ParallelFor serial_loop();
[[nodiscard]] ParallelFor threaded_loop(unsigned threads);

/// Writes the folder to a place that is gone afterwards, and reads its month on one thread.
[[nodiscard]] intake::LoadedMonth load_month(const MonthFolderBuilder& folder);

}  // namespace yuanliu::testing
