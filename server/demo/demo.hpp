// A made-up hospital in the form of docs/month-folder.md: for trying the programme, for tests of
// speed and for showing. Nothing in it comes from a real patient, person or insurer's table.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace yuanliu::demo {

enum class Size { clinic, county, tertiary };

struct Options {
    Size size = Size::clinic;
    int months = 1;
    std::uint64_t seed = 1;
    std::string newest_period = "2026-09";
};

/// Writes month number `index` (0 = the oldest) into `month_dir`: every table and manifest.json,
/// and for index 0 a synthetic prior/. The same size, seed and periods give the same bytes.
/// Throws std::runtime_error when an option is out of range or a file cannot be written.
void write_month(const Options& options, int index, const std::filesystem::path& month_dir);

/// The period of month `index`: consecutive months that end at newest_period.
[[nodiscard]] std::string period_of(const Options& options, int index);

/// Writes allocation.toml, costing.toml, payment.toml and bonus.toml for the hospital; from county
/// size on also collection.toml.
void write_rules(const Options& options, const std::filesystem::path& rules_dir);

/// Writes successors.csv into `out` for `yuanliu restate`, when a ward is merged in these months.
void write_successors(const Options& options, const std::filesystem::path& out);

}  // namespace yuanliu::demo
