// The fields of one CSV row. Splitting is done anew for each pass, so a table of ten million rows
// costs one view a row and no field storage.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "decimals.hpp"

namespace yuanliu_verify {

class Fields {
  public:
    static constexpr std::size_t kMost = 32;

    // False if the row is not RFC 4180 or has more than kMost fields. The views live as long as the
    // row, or, for quoted fields, until the next split.
    bool split(std::string_view row);

    std::size_t count() const { return count_; }
    std::string_view operator[](std::size_t column) const { return views_[column]; }

    // For fields of tables that have passed validation.
    Fen amount(std::size_t column) const;
    std::int64_t number(std::size_t column) const;
    Int128 whole(std::size_t column) const;

  private:
    bool split_quoted(std::string_view row);

    std::array<std::string_view, kMost> views_;
    std::array<std::string, kMost> unquoted_;
    std::size_t count_ = 0;
};

// The text of the first `columns` fields with the comma after each (or the whole row).
// Two rows have the same key exactly if these texts are equal, and they sort as the rows do.
std::string_view leading_fields(std::string_view row, std::size_t columns);

// Appends a field, quoted only if it contains a comma or a quote.
void append_field(std::string& out, std::string_view field);

}  // namespace yuanliu_verify
