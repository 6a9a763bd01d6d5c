// Exact decimal arithmetic of the verifier: text to scaled integers and back, without floating
// point. It exists so that no figure of the second derivation ever depends on how the engine reads
// or rounds.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace yuanliu_verify {

__extension__ typedef __int128 Int128;
using Fen = std::int64_t;

// Thrown when a product or a sum leaves its integer; the verifier then cannot judge (exit 3).
struct ArithmeticOverflow : std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline constexpr std::int64_t kHundredBillion = 100'000'000'000;
// An amount of a result is a sum: whole yuan that fit into 64 bits of fen with any fraction.
inline constexpr std::int64_t kMostYuan = 92'233'720'368'547'757;

// `[-]digits[.d{1,scale}]` as an integer at that scale; nothing if malformed or beyond `most`.
// The product of `most` and 10^scale must fit into 64 bits.
std::optional<std::int64_t> parse_decimal(std::string_view text, int scale,
                                          std::int64_t most = kHundredBillion);
// Digits only, of any length that fits into 127 bits.
std::optional<Int128> parse_whole(std::string_view text);

enum class Zeros { kKeep, kTrim };
void append_decimal(std::string& out, Int128 value, int scale, Zeros zeros);
std::string amount_text(Int128 fen);
std::string number_text(Int128 value, int scale);

// Rounded half away from zero; the divisor may be negative but not zero.
Int128 round_divide(Int128 dividend, Int128 divisor);

inline Int128 multiply(Int128 left, Int128 right) {
    Int128 product = 0;
    if (__builtin_mul_overflow(left, right, &product)) {
        throw ArithmeticOverflow("a product does not fit into 128 bits");
    }
    return product;
}

std::int64_t narrow(Int128 value);

inline void add_to(std::int64_t& sum, std::int64_t value) {
    if (__builtin_add_overflow(sum, value, &sum)) {
        throw ArithmeticOverflow("a sum does not fit into 64 bits");
    }
}

inline Int128 absolute(Int128 value) {
    return value < 0 ? -value : value;
}

}  // namespace yuanliu_verify
