// Everything about the demonstration hospital that does not change from month to month.
#pragma once

#include "server/demo/calendar.hpp"
#include "server/demo/catalogue.hpp"
#include "server/demo/people.hpp"
#include "server/demo/service_items.hpp"

namespace yuanliu::demo {

struct World {
    World(const Scale& the_scale, std::uint64_t the_seed)
        : scale(the_scale),
          seed(the_seed),
          layout(build_layout(scale)),
          people(hire_people(scale, layout, seed)),
          catalogue(build_catalogue(scale, layout, seed)),
          items(build_service_items(scale, layout, catalogue)) {}

    const Scale& scale;
    std::uint64_t seed;
    Layout layout;
    People people;
    Catalogue catalogue;
    ServiceItems items;
};

/// Per mille of an ordinary month: February has a quarter less of everything.
[[nodiscard]] inline std::int64_t season_of(int month) {
    constexpr std::int64_t kSeasons[] = {1010, 750, 1030, 1010, 1000, 990,
                                         1000, 990, 1000, 985,  1015, 1025};
    return kSeasons[month - 1];
}

}  // namespace yuanliu::demo
