// Why this file: a month (or the 13th, year-end period) and a calendar day as values; time enters a
// run only as these.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yuanliu {

/// A booking or attribution period; month 13 holds year-end entries.
class Period {
  public:
    constexpr Period() = default;
    constexpr Period(int year, int month) noexcept : year_(year), month_(month) {}
    /// "2026-09"; months 01..12, or 13 if `allow_thirteen`.
    [[nodiscard]] static std::optional<Period> parse(std::string_view text,
                                                     bool allow_thirteen = false);
    [[nodiscard]] constexpr int year() const noexcept { return year_; }
    [[nodiscard]] constexpr int month() const noexcept { return month_; }
    [[nodiscard]] std::string text() const;
    [[nodiscard]] Period next() const;
    [[nodiscard]] Period previous() const;
    friend constexpr auto operator<=>(const Period&, const Period&) = default;

  private:
    int year_ = 0;
    int month_ = 0;
};

/// A calendar day, counted from 1970-01-01.
class Date {
  public:
    constexpr Date() = default;
    /// "2026-09-30", a day that exists.
    [[nodiscard]] static std::optional<Date> parse(std::string_view text);
    [[nodiscard]] static Date first_of(Period period);
    [[nodiscard]] static Date last_of(Period period);
    [[nodiscard]] constexpr std::int32_t days() const noexcept { return days_; }
    [[nodiscard]] std::string text() const;
    friend constexpr auto operator<=>(const Date&, const Date&) = default;

  private:
    explicit constexpr Date(std::int32_t days) noexcept : days_(days) {}
    std::int32_t days_ = 0;
};

}  // namespace yuanliu
