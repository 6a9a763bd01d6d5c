// Why this file: catalogues and cases come in files of other people's making; this reads them line
// by line or as CSV by column name, and says at which line what is wrong (docs/grouping.md §2).
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "costing/group/medical_code.hpp"
#include "server/intake/finding_list.hpp"

namespace yuanliu::catalogue {

using costing::group::MedicalCode;

/// Words that several tables know.
inline constexpr std::array<std::string_view, 2> kMainProcedures{"first", "any"};
inline constexpr std::array<std::string_view, 4> kSexes{"male", "female", "unknown", ""};

/// Calls `take(line, number)` for each line of a UTF-8 file, without its end; a byte order mark is
/// passed over. False: the file can't be read, and a finding says so.
bool read_lines(const std::filesystem::path& path, intake::FindingList& findings,
                const std::function<void(std::string_view, std::int64_t)>& take);

/// The code at the head of a line, ended by a blank, a comma or the line's end; nothing if the line
/// opens with no code (its third or fourth character is no point).
[[nodiscard]] std::string_view code_at_head(std::string_view line);

/// One row of a CSV file, by our column names.
class PlainRow {
  public:
    PlainRow(const std::map<std::string, std::size_t, std::less<>>& columns,
             const std::vector<std::string_view>& fields, std::int64_t number,
             intake::FindingList& findings)
        : columns_(&columns), fields_(&fields), number_(number), findings_(&findings) {}
    /// Blank also for a column that the file lacks.
    [[nodiscard]] std::string_view operator[](std::string_view column) const;
    [[nodiscard]] std::int64_t number() const { return number_; }
    void report(FindingCode code, std::string_view column, std::vector<std::string> arguments,
                Severity severity = Severity::stop) const;
    /// Nothing and a finding if it is no code. A blank cell is nothing, and a finding if
    /// `required`.
    [[nodiscard]] std::optional<MedicalCode> code(std::string_view column, bool required) const;
    /// Nothing for a blank cell; nothing and a finding for what is no number from 0.
    [[nodiscard]] std::optional<std::int64_t> decimal(std::string_view column, int scale) const;
    /// The same at scale 4, at most a million, so that products of figures stay inside 128 bits.
    [[nodiscard]] std::optional<std::int64_t> weight(std::string_view column) const;
    /// The index of the word in `words`; nothing and a finding if it is none of them.
    [[nodiscard]] std::optional<std::size_t> word(
        std::string_view column, std::span<const std::string_view> words,
        const std::map<std::string, std::string>* translated = nullptr) const;

  private:
    const std::map<std::string, std::size_t, std::less<>>* columns_;
    const std::vector<std::string_view>* fields_;
    std::int64_t number_;
    intake::FindingList* findings_;
};

struct PlainTableSpec {
    std::vector<std::string_view> required;
    std::vector<std::string_view> optional;
    /// Our column -> the file's own header; absent = the same.
    std::map<std::string, std::string, std::less<>> own_names;
};

/// Calls `take` for each row with the right number of fields. Columns that the spec doesn't name
/// are passed over.
void read_plain_table(const std::filesystem::path& path, const PlainTableSpec& spec,
                      intake::FindingList& findings,
                      const std::function<void(const PlainRow&)>& take);

}  // namespace yuanliu::catalogue
