// Ranks the components once by scope, fund source, category and origin.
#include "components.hpp"

#include <algorithm>
#include <tuple>

namespace yuanliu_verify {

namespace {

constexpr std::uint8_t kBasic = 0;
constexpr std::uint8_t kAdministrative = 2;

int scope_rank(const Component& component) {
    if (component.fund == kBasic) {
        return component.origin == kAdministrative ? 1 : 0;
    }
    return component.fund <= 2 ? 2 : 3;
}

std::array<Component, kComponents> ranked() {
    std::array<Component, kComponents> all;
    for (std::size_t i = 0; i < kComponents; ++i) {
        all[i] = {static_cast<std::uint8_t>(i / 25), static_cast<std::uint8_t>(i / 5 % 5),
                  static_cast<std::uint8_t>(i % 5)};
    }
    std::sort(all.begin(), all.end(), [](const Component& left, const Component& right) {
        return std::make_tuple(scope_rank(left), left.fund, left.category, left.origin) <
               std::make_tuple(scope_rank(right), right.fund, right.category, right.origin);
    });
    return all;
}

std::array<std::uint8_t, kComponents> numbers() {
    std::array<std::uint8_t, kComponents> number{};
    for (std::size_t i = 0; i < kComponents; ++i) {
        const Component& component = components()[i];
        number[std::size_t{component.category} * 25 + std::size_t{component.fund} * 5 +
               component.origin] = static_cast<std::uint8_t>(i);
    }
    return number;
}

}  // namespace

const std::array<Component, kComponents>& components() {
    static const std::array<Component, kComponents> kRanked = ranked();
    return kRanked;
}

std::uint8_t component_number(std::uint8_t category, std::uint8_t fund, std::uint8_t origin) {
    static const std::array<std::uint8_t, kComponents> kNumbers = numbers();
    return kNumbers[std::size_t{category} * 25 + std::size_t{fund} * 5 + origin];
}

}  // namespace yuanliu_verify
