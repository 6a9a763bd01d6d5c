// The 175 components of a cost (category x fund source x origin) in the fixed order of
// docs/method.md §4, in which every scope is a prefix.
#pragma once

#include <array>
#include <cstdint>

#include "books.hpp"

namespace yuanliu_verify {

inline constexpr std::size_t kComponents = 7 * 5 * 5;

struct Component {
    std::uint8_t category = 0;
    std::uint8_t fund = 0;
    std::uint8_t origin = 0;
};

// By rank; the rank of a component is its number everywhere in the verifier.
const std::array<Component, kComponents>& components();
std::uint8_t component_number(std::uint8_t category, std::uint8_t fund, std::uint8_t origin);

using Costs = std::array<Fen, kComponents>;

}  // namespace yuanliu_verify
