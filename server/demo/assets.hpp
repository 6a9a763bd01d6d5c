// The asset cards of the demonstration: what each department owns, what it loses in value in a
// month, and with whose money it was bought. Straight-line, so the same in every month.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "server/demo/layout.hpp"

namespace yuanliu::demo {

enum class AssetKind { building, general, special };
inline constexpr std::size_t kAssetKinds = 3;
inline constexpr std::size_t kFunds = 5;  ///< basic, fiscal, other fiscal, research, teaching

struct AssetCard {
    std::string code;
    std::string name;
    std::size_t department;
    AssetKind kind;
    Fen depreciation;  ///< of a month
    std::array<Fen, kFunds> paid;
};

struct AssetRegister {
    std::vector<AssetCard> cards;
    /// By department and kind, what the cards sum to.
    std::vector<std::array<Fen, kAssetKinds>> depreciation;

    [[nodiscard]] Fen of(std::size_t department) const {
        return depreciation.empty() ? 0
                                    : depreciation[department][0] + depreciation[department][1] +
                                          depreciation[department][2];
    }
};

/// Cards for the people and rooms that the departments have before any merger.
[[nodiscard]] AssetRegister buy_assets(const Scale& scale, const Layout& layout,
                                       std::uint64_t seed);
/// The cards of a department that was closed stand with its successor.
void hand_over_assets(const Layout& layout, AssetRegister& assets);

}  // namespace yuanliu::demo
