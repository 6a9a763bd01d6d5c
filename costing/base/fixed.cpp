// Why this file: the one place where decimal text becomes an integer and an integer becomes text.
#include "costing/base/fixed.hpp"

namespace yuanliu {

std::optional<std::int64_t> parse_decimal(std::string_view text, int scale,
                                          std::int64_t bound) noexcept {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) {
        text.remove_prefix(1);
    }
    std::int64_t value = 0;
    int digits = 0;
    int decimals = -1;
    for (const char c : text) {
        if (c == '.' && decimals < 0 && digits > 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9' || (decimals >= 0 && ++decimals > scale)) {
            return std::nullopt;
        }
        ++digits;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, c - '0', &value)) {
            return std::nullopt;
        }
    }
    if (digits == 0 || decimals == 0) {
        return std::nullopt;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < scale; ++i) {
        if (__builtin_mul_overflow(value, 10, &value)) {
            return std::nullopt;
        }
    }
    if (value > bound) {
        return std::nullopt;
    }
    return negative ? -value : value;
}

void append_decimal(std::string& out, std::int64_t raw, int scale) {
    char buffer[48];
    char* end = buffer + sizeof buffer;
    char* at = end;
    std::uint64_t rest =
        raw < 0 ? 0U - static_cast<std::uint64_t>(raw) : static_cast<std::uint64_t>(raw);
    int written = 0;
    while (rest != 0 || written <= scale) {
        if (scale > 0 && written == scale) {
            *--at = '.';
        }
        *--at = static_cast<char>('0' + rest % 10);
        rest /= 10;
        ++written;
    }
    if (raw < 0) {
        *--at = '-';
    }
    out.append(at, end);
}

void append_decimal_trimmed(std::string& out, std::int64_t raw, int scale) {
    while (scale > 0 && raw % 10 == 0) {
        raw /= 10;
        --scale;
    }
    append_decimal(out, raw, scale);
}

std::string format_decimal(std::int64_t raw, int scale) {
    std::string out;
    append_decimal(out, raw, scale);
    return out;
}

std::string format_decimal_trimmed(std::int64_t raw, int scale) {
    std::string out;
    append_decimal_trimmed(out, raw, scale);
    return out;
}

}  // namespace yuanliu
