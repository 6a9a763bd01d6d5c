// What is charged for: service items with price and equivalent, arranged per specialty on price
// ladders so that a line of about a wanted amount can be picked quickly.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "server/demo/articles.hpp"
#include "server/demo/catalogue.hpp"
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
    std::int64_t most;        ///< largest quantity of one line
};

/// Items of one category by rising price.
struct Ladder {
    std::vector<std::size_t> items;  ///< indices into ServiceItems::items
    std::vector<Fen> prices;
    std::array<std::size_t, 40> from_power{};  ///< first rung with price >= 2^i fen

    /// A rung whose price is at most about `target`, and not much below it.
    [[nodiscard]] std::size_t pick(Fen target, Random& random) const;
};

/// Examinations of a specialty, drawn by how often they are ordered, not by price.
struct Requests {
    std::vector<std::size_t> items;
    std::vector<std::int64_t> running;  ///< running sums of the frequencies
    Fen mean = 0;

    [[nodiscard]] std::size_t draw(Random& random) const;
};

/// What one specialty orders.
struct Shelf {
    Ladder ward_drugs, clinic_drugs, materials, laboratory, treatments, theatre;
    Requests examinations;
};

struct ServiceItems {
    std::vector<ServiceItem> items;
    std::array<Shelf, kSpecialties> shelves;
    std::array<Ladder, kKits> kits;
    Ladder nursing, anaesthesia;
    std::vector<std::size_t> operation_of_group;  ///< 0 where the group is not operated on
    std::array<std::size_t, 3> beds{};
    std::size_t nursing_day = 0, consultation = 0, ward_round = 0, blood = 0, dispensing = 0,
                check_up = 0;
    Requests check_up_examinations;
    Ladder check_up_tests;

    [[nodiscard]] const Shelf& shelf(Specialty specialty) const {
        return shelves[static_cast<std::size_t>(specialty)];
    }
};

/// Per mille of a stay's charges that its operation itself costs.
inline constexpr std::int64_t kOperationShare = 115;

[[nodiscard]] ServiceItems build_service_items(const Scale& scale, const Layout& layout,
                                               const Catalogue& catalogue);
/// The goods that an operation of this base code uses.
[[nodiscard]] Kit kit_of(Specialty specialty, const std::string& procedure);

}  // namespace yuanliu::demo
