// Everything about the demonstration hospital that does not change from month to month, but for
// the one time that two of its wards become one.
#pragma once

#include "server/demo/assets.hpp"
#include "server/demo/calendar.hpp"
#include "server/demo/catalogue.hpp"
#include "server/demo/people.hpp"
#include "server/demo/service_items.hpp"

namespace yuanliu::demo {

struct World {
    /// `last_month_before`: the last month before two wards became one; blank while they are two.
    World(const Scale& the_scale, std::uint64_t the_seed, std::string last_month_before = {})
        : scale(the_scale),
          seed(the_seed),
          merged_after(std::move(last_month_before)),
          layout(build_layout(scale)),
          people(hire_people(scale, layout, seed)),
          catalogue(build_catalogue(scale, layout, seed)),
          items(build_service_items(scale, layout, catalogue)) {
        if (collects(scale)) {
            assets = buy_assets(scale, layout, seed);
        }
        if (!merged_after.empty()) {
            merge_wards(layout, people);
            hand_over_assets(layout, assets);
        }
    }

    const Scale& scale;
    std::uint64_t seed;
    std::string merged_after;
    Layout layout;
    People people;
    Catalogue catalogue;
    ServiceItems items;
    AssetRegister assets;  ///< empty where depreciation is booked by department alone
};

/// Per mille of an ordinary month: February has a quarter less of everything.
[[nodiscard]] inline std::int64_t season_of(int month) {
    constexpr std::int64_t kSeasons[] = {1010, 750, 1030, 1010, 1000, 990,
                                         1000, 990, 1000, 985,  1015, 1025};
    return kSeasons[month - 1];
}

}  // namespace yuanliu::demo
