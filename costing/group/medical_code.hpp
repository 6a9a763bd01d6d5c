// Why this file: a million discharges compare ten million codes; a code of ICD-10 or ICD-9-CM-3 is
// therefore a number, whose order, prefixes and category are a mask away (docs/grouping.md §1).
// Worked example: 47.0100x001 begins with 47.01, is an extension code, and its category is 47.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yuanliu::costing::group {

/// 1 to 20 characters of `0-9 A-Z x . + *`, six bits each from the top, the length in the lowest
/// eight bits: order is that of the bytes.
class MedicalCode {
  public:
    __extension__ typedef unsigned __int128 Bits;
    static constexpr std::size_t kMaxLength = 20;

    constexpr MedicalCode() = default;
    /// Nothing if it is no code.
    [[nodiscard]] static std::optional<MedicalCode> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] constexpr std::size_t length() const {
        return static_cast<std::size_t>(bits_ & 0xFFU);
    }
    /// The first `count` characters; the code itself if it is no longer than that.
    [[nodiscard]] constexpr MedicalCode prefix(std::size_t count) const {
        MedicalCode cut = *this;
        if (count < length()) {
            const std::size_t dropped = 128 - kCharacterBits * count;
            cut.bits_ = dropped >= 128 ? Bits{0} : (bits_ >> dropped) << dropped;
            cut.bits_ |= count;
        }
        return cut;
    }
    [[nodiscard]] constexpr MedicalCode category() const { return prefix(3); }
    [[nodiscard]] constexpr bool begins_with(MedicalCode base) const {
        return base.length() <= length() && prefix(base.length()) == base;
    }
    /// Ends with `x` and three digits.
    [[nodiscard]] bool is_extension() const;
    [[nodiscard]] constexpr bool is_blank() const { return bits_ == 0; }
    [[nodiscard]] constexpr std::uint64_t hash() const {
        std::uint64_t mixed = static_cast<std::uint64_t>(bits_ >> 64) * 0x9E3779B97F4A7C15U;
        mixed ^= static_cast<std::uint64_t>(bits_) + (mixed >> 29);
        mixed *= 0xBF58476D1CE4E5B9U;
        return mixed ^ (mixed >> 32);
    }
    friend constexpr bool operator==(MedicalCode, MedicalCode) = default;
    friend constexpr bool operator<(MedicalCode a, MedicalCode b) { return a.bits_ < b.bits_; }
    friend constexpr bool operator<=(MedicalCode a, MedicalCode b) { return a.bits_ <= b.bits_; }

  private:
    static constexpr std::size_t kCharacterBits = 6;
    Bits bits_ = 0;
};

/// Numbers codes from 0 in the order in which they came; a flat open-addressing table.
class MedicalCodeIndex {
  public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
    /// The number of the code, a new one if need be.
    std::uint32_t add(MedicalCode code);
    [[nodiscard]] std::uint32_t find(MedicalCode code) const;
    [[nodiscard]] bool contains(MedicalCode code) const { return find(code) != kNone; }
    [[nodiscard]] std::size_t size() const { return codes_.size(); }
    [[nodiscard]] MedicalCode code(std::uint32_t number) const { return codes_[number]; }

  private:
    /// The code stands in its slot, so that finding one touches one place of memory.
    struct Slot {
        MedicalCode code;
        std::uint32_t number = kNone;
    };
    void put(MedicalCode code, std::uint32_t number);
    void grow();
    std::vector<MedicalCode> codes_;
    std::vector<Slot> slots_;
};

}  // namespace yuanliu::costing::group
