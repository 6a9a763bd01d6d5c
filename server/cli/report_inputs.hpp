// Why this file: what a report stands on is found and judged before anything is printed: the month
// and the rules of the result, and earlier results.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "server/intake/month_reader.hpp"
#include "server/intake/rules_reader.hpp"
#include "server/report/result_book.hpp"
#include "server/text/language.hpp"

namespace yuanliu::cli {

/// The folder that the run of the result took its month or its rules from; blank when nothing says.
[[nodiscard]] std::filesystem::path folder_of_run(const std::filesystem::path& result,
                                                  std::string_view key);
/// Why the folder isn't the month of the result; none when it is.
[[nodiscard]] std::optional<report::Refusal> mismatch(const report::ResultBook& book,
                                                      const intake::LoadedMonth& loaded,
                                                      const std::filesystem::path& month);

/// An earlier month that a sheet is compared with.
struct EarlierMonth {
    const char* option;
    int months;  ///< how long before
    const char* zh;
    const char* en;
};
inline constexpr EarlierMonth kMonthBefore{"--before", 1, "上一个月", "month before"};
inline constexpr EarlierMonth kYearBefore{"--year-before", 12, "上年同月",
                                          "same month of the year before"};

/// The result of the earlier month, if it is one.
[[nodiscard]] tl::expected<report::ResultBook, report::Refusal> read_earlier(
    const std::filesystem::path& folder, const report::ResultBook& now, const EarlierMonth& asked);
/// The rules of the result, from the folder named or the one that the run took them from.
[[nodiscard]] tl::expected<intake::LoadedRules, report::Refusal> rules_of_result(
    const std::filesystem::path& named, const std::filesystem::path& result,
    const report::ResultBook& book);

/// Prints why nothing is done; returns `code`.
int refuse_report(Language language, int code, const report::Refusal& refusal);

/// A result with its month, both as the certificate states them.
struct OpenedResult {
    report::ResultBook book;
    intake::LoadedMonth loaded;
};
/// A blank month folder: as run.json of the result says. Empty: the reason was printed, and `code`
/// is the exit code.
[[nodiscard]] std::optional<OpenedResult> open_result(const std::filesystem::path& result,
                                                      const std::filesystem::path& month_folder,
                                                      Language language, int& code);

}  // namespace yuanliu::cli
