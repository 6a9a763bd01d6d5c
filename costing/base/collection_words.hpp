// Why this file: the closed word lists of collection (docs/collection.md), each with its one
// spelling and its fixed order, which is part of the method.
#pragma once

#include "costing/base/words.hpp"

namespace yuanliu {

/// How cost came to its department: booked there or known to be its own (直接计入), or by a base
/// (计算计入).
enum class CostEntry : std::uint8_t { direct, calculated };
/// By what a move was divided.
enum class MoveBy : std::uint8_t { share, driver, metered, payroll, staff_time, assets };
/// The table that a move is divided by.
enum class MoveTable : std::uint8_t { payroll, staff_time, assets };
enum class TimeUnit : std::uint8_t { staff, department };
enum class TimeActivity : std::uint8_t { outpatient, ward, teaching, research, dispatched };
enum class AssetKind : std::uint8_t { building, general, special };

// clang-format off
template <> struct WordsOf<CostEntry> {
    static constexpr auto kWords = std::to_array<std::string_view>({"direct", "calculated"});
};
template <> struct WordsOf<MoveBy> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"share", "driver", "metered", "payroll", "staff_time", "assets"});
};
template <> struct WordsOf<MoveTable> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"payroll", "staff_time", "assets"});
};
template <> struct WordsOf<TimeUnit> {
    static constexpr auto kWords = std::to_array<std::string_view>({"staff", "department"});
};
template <> struct WordsOf<TimeActivity> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"outpatient", "ward", "teaching", "research", "dispatched"});
};
template <> struct WordsOf<AssetKind> {
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"building", "general", "special"});
};
// clang-format on

}  // namespace yuanliu
