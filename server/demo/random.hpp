// The generator's own random numbers. The distributions of the standard library differ between
// implementations; a demonstration month must be the same bytes everywhere, so the stream
// (splitmix64) and every way of drawing from it are written out here, in integers.
#pragma once

#include <cstdint>

namespace yuanliu::demo {

/// One round of the splitmix64 finaliser: spreads a key over 64 bits.
[[nodiscard]] constexpr std::uint64_t spread(std::uint64_t key) {
    key = (key ^ (key >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    key = (key ^ (key >> 27U)) * 0x94d049bb133111ebULL;
    return key ^ (key >> 31U);
}

/// A key for a thing named by several numbers; the order of the numbers matters.
[[nodiscard]] constexpr std::uint64_t key_of(std::uint64_t a, std::uint64_t b) {
    return spread(spread(a + 0x9e3779b97f4a7c15ULL) ^ (b + 0x632be59bd9b4e019ULL));
}

class Random {
  public:
    explicit constexpr Random(std::uint64_t key) : state_(key) {}

    constexpr std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15ULL;
        return spread(state_);
    }
    /// Uniform in [0, n). `n` must be from 1 to 2^31.
    constexpr std::int64_t below(std::int64_t n) {
        return static_cast<std::int64_t>(((next() >> 32U) * static_cast<std::uint64_t>(n)) >> 32U);
    }
    /// Uniform in [low, high].
    constexpr std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + below(high - low + 1);
    }
    constexpr bool chance(std::int64_t per_mille) { return below(1000) < per_mille; }

  private:
    std::uint64_t state_;
};

}  // namespace yuanliu::demo
