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
    /// "2026-09"; years from 1900, months 01..12, or 13 if `allow_thirteen`. Empty: anything else.
    [[nodiscard]] static std::optional<Period> parse(std::string_view text,
                                                     bool allow_thirteen = false);
    [[nodiscard]] constexpr int year() const noexcept { return year_; }
    [[nodiscard]] constexpr int month() const noexcept { return month_; }
    /// "2026-09", "2026-13".
    [[nodiscard]] std::string text() const;
    /// The calendar month after; after month 12 and month 13 comes January.
    [[nodiscard]] Period next() const;
    /// The calendar month before; month 12 is before both month 13 and January.
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
    /// "2026-09-30", a day that exists, years from 0001. Empty: anything else.
    [[nodiscard]] static std::optional<Date> parse(std::string_view text);
    /// First and last day of a period; the days of month 13 are those of December.
    [[nodiscard]] static Date first_of(Period period);
    [[nodiscard]] static Date last_of(Period period);
    /// Days since 1970-01-01; the difference of two is a length of stay.
    [[nodiscard]] constexpr std::int32_t days() const noexcept { return days_; }
    /// The day `days` after (before, if negative). Years stay within four digits.
    [[nodiscard]] constexpr Date later_by(std::int32_t days) const noexcept {
        return Date(days_ + days);
    }
    /// "2026-09-30".
    [[nodiscard]] std::string text() const;
    friend constexpr auto operator<=>(const Date&, const Date&) = default;

  private:
    explicit constexpr Date(std::int32_t days) noexcept : days_(days) {}
    std::int32_t days_ = 0;
};

}  // namespace yuanliu
