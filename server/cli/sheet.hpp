// Why this file: a table that people open in Excel, which takes a file for UTF-8 only when it
// begins with a byte order mark; amounts stand without thousands separators, so that they stay
// numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "costing/base/money.hpp"

namespace yuanliu::cli {

class Sheet {
  public:
    explicit Sheet(const std::vector<std::string>& header) : text_(kByteOrderMark) { add(header); }

    void add(const std::vector<std::string>& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text_ += (i == 0 ? "" : ",") + field(row[i]);
        }
        text_ += "\r\n";
    }

    [[nodiscard]] std::string text() const { return text_; }

  private:
    static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

    static std::string field(const std::string& value) {
        if (value.find_first_of(",\"\r\n") == std::string::npos) {
            return value;
        }
        std::string out = "\"";
        for (const char c : value) {
            out += c == '"' ? std::string("\"\"") : std::string(1, c);
        }
        return out + "\"";
    }

    std::string text_;
};

/// An amount for each of a number of things, half away from zero; blank when there are none.
[[nodiscard]] inline std::string each_text(Money amount, std::int64_t count) {
    return count == 0 ? "" : Money::from_raw(rounded_half_away(amount.raw(), count)).text();
}

}  // namespace yuanliu::cli
