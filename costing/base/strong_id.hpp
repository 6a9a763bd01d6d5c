// Why this file: inside a run codes are dense integers; a department's may never be taken for a
// cost item's. Dense ids are ranks of the codes in bytewise order, so ordering by id is ordering by
// code.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

#include "costing/base/check.hpp"

namespace yuanliu {

/// A dense index from 0 below 2^32 - 1; without a value it is not valid (refers to nothing).
template <class Tag>
class StrongId {
  public:
    constexpr StrongId() = default;
    explicit constexpr StrongId(std::uint32_t value) noexcept : value_(value) {}
    /// From the index of a vector. An index that does not fit throws InvariantViolation.
    explicit constexpr StrongId(std::size_t value) : value_(static_cast<std::uint32_t>(value)) {
        YUANLIU_CHECK(value < kNone);
    }
    [[nodiscard]] constexpr std::uint32_t value() const noexcept { return value_; }
    [[nodiscard]] constexpr std::size_t index() const noexcept { return value_; }
    [[nodiscard]] constexpr bool is_valid() const noexcept { return value_ != kNone; }
    friend constexpr auto operator<=>(const StrongId&, const StrongId&) = default;

  private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
    std::uint32_t value_ = kNone;
};

using DepartmentId = StrongId<struct DepartmentTag>;
using CostItemId = StrongId<struct CostItemTag>;
using AccountId = StrongId<struct AccountTag>;
using DriverId = StrongId<struct DriverTag>;
using ServiceItemId = StrongId<struct ServiceItemTag>;
using EncounterId = StrongId<struct EncounterTag>;
using StaffId = StrongId<struct StaffTag>;
using CatalogueRowId = StrongId<struct CatalogueRowTag>;

}  // namespace yuanliu
