// What is charged for: service items with price and equivalent, arranged on price ladders so that
// a line of about a wanted amount can be picked quickly.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "server/demo/layout.hpp"
#include "server/demo/random.hpp"

namespace yuanliu::demo {

enum class Kind { service, drug, material };
inline constexpr std::size_t kKinds = 3;

struct ServiceItem {
    std::string code;
    std::string name;
    Kind kind;
    const char* charge_category;
    const char* unit;
    Role role;  ///< who executes; Role::ward means the ordering department itself
    Fen price;
    std::int64_t equivalent;  ///< in 0.0001; 0 for drugs and materials
};

/// Items of one category by rising price.
struct Ladder {
    std::vector<std::size_t> items;  ///< indices into ServiceItems::items
    std::vector<Fen> prices;
    std::array<std::size_t, 40> from_power{};  ///< first rung with price >= 2^i fen

    /// A rung whose price is at most about `target`, and not much below it.
    [[nodiscard]] std::size_t pick(Fen target, Random& random) const;
};

struct ServiceItems {
    std::vector<ServiceItem> items;
    Ladder drugs, materials, implants, laboratory, examinations, nursing, treatments, surgery,
        catheter, anaesthesia;
    std::array<std::size_t, 3> beds{};
    std::size_t nursing_day = 0, consultation = 0, ward_round = 0, infusion_mixing = 0,
                dispensing = 0, blood = 0;
};

[[nodiscard]] ServiceItems build_service_items(const Scale& scale, const Layout& layout);

}  // namespace yuanliu::demo
