// Decimal text and rounding, by hand, because the certificate is exact to the last digit.
#include "decimals.hpp"

#include <limits>

namespace yuanliu_verify {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) {
        power *= 10;
    }
    return power;
}

}  // namespace

std::optional<std::int64_t> parse_decimal(std::string_view text, int scale, std::int64_t most) {
    std::size_t at = 0;
    const bool negative = !text.empty() && text[0] == '-';
    at += negative ? 1 : 0;
    const std::size_t first_digit = at;
    std::int64_t whole = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) {
        whole = whole * 10 + (text[at] - '0');
        if (whole > most) {
            return std::nullopt;
        }
    }
    if (at == first_digit) {
        return std::nullopt;
    }
    std::int64_t fraction = 0;
    int decimals = 0;
    if (at < text.size()) {
        if (text[at] != '.') {
            return std::nullopt;
        }
        for (++at; at < text.size(); ++at, ++decimals) {
            if (!is_digit(text[at]) || decimals == scale) {
                return std::nullopt;
            }
            fraction = fraction * 10 + (text[at] - '0');
        }
        if (decimals == 0) {
            return std::nullopt;
        }
    }
    fraction *= power_of_ten(scale - decimals);
    const std::int64_t unit = power_of_ten(scale);
    const std::int64_t value = whole * unit + fraction;
    if (value > most * unit) {
        return std::nullopt;
    }
    return negative ? -value : value;
}

std::optional<Int128> parse_whole(std::string_view text) {
    if (text.empty() || text.size() > 38) {
        return std::nullopt;
    }
    Int128 value = 0;
    for (const char c : text) {
        if (!is_digit(c)) {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

void append_decimal(std::string& out, Int128 value, int scale, Zeros zeros) {
    char digits[48];
    int count = 0;
    const bool negative = value < 0;
    Int128 rest = absolute(value);
    while (rest != 0 || count <= scale) {
        digits[count++] = static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    }
    int last = 0;
    while (zeros == Zeros::kTrim && last < scale && digits[last] == '0') {
        ++last;
    }
    if (negative) {
        out.push_back('-');
    }
    for (int i = count - 1; i >= last; --i) {
        if (i == scale - 1) {
            out.push_back('.');
        }
        out.push_back(digits[i]);
    }
}

std::string amount_text(Int128 fen) {
    std::string out;
    append_decimal(out, fen, 2, Zeros::kKeep);
    return out;
}

std::string number_text(Int128 value, int scale) {
    std::string out;
    append_decimal(out, value, scale, Zeros::kTrim);
    return out;
}

Int128 round_divide(Int128 dividend, Int128 divisor) {
    if (divisor < 0) {
        return round_divide(-dividend, -divisor);
    }
    const Int128 quotient = dividend / divisor;
    const Int128 remainder = absolute(dividend % divisor);
    if (remainder >= divisor - remainder) {
        return quotient + (dividend < 0 ? -1 : 1);
    }
    return quotient;
}

std::int64_t narrow(Int128 value) {
    if (value > std::numeric_limits<std::int64_t>::max() ||
        value < std::numeric_limits<std::int64_t>::min()) {
        throw ArithmeticOverflow("a figure does not fit into 64 bits");
    }
    return static_cast<std::int64_t>(value);
}

}  // namespace yuanliu_verify
