// Why this file: exact arithmetic is tested at the ends of 64 bits, in several tables of cases.
#pragma once

#include <cstdint>
#include <limits>

namespace yuanliu {

inline constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

}  // namespace yuanliu
