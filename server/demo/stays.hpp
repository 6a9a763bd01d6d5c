// Stays and visits. Each is a function of seed, day and number within the day alone, so any month
// can be written by itself and still agrees with its neighbours about the stays they share.
#pragma once

#include <string>
#include <vector>

#include "server/demo/world.hpp"

namespace yuanliu::demo {

inline constexpr Day kLongestStay = 60;

struct Stay {
    std::string code;
    std::uint64_t key;
    Day admitted;
    Day discharged;
    std::size_t admitted_to;  ///< whose doctor treats it, although the ward may be closed since
    std::size_t department;   ///< where it counts in the month that is written
    const CaseKind* kind;
    Fen charge;  ///< what the stay is to be charged in all, about
    [[nodiscard]] std::int64_t days() const { return discharged - admitted; }
};

struct Visit {
    std::string code;
    std::uint64_t key;
    Day day;
    std::size_t department;
};

/// Draws wards (clinics) in proportion to what their specialties admit (see).
class Doors {
  public:
    Doors(const World& world, Role role);
    [[nodiscard]] std::size_t draw(Random& random) const;

  private:
    std::vector<std::size_t> departments_;
    std::vector<std::int64_t> running_;
};

class Arrivals {
  public:
    explicit Arrivals(const World& world)
        : world_(world), wards_(world, Role::ward), clinics_(world, Role::clinic) {}

    [[nodiscard]] std::vector<Stay> stays_of(Day day) const;
    [[nodiscard]] std::vector<Visit> visits_of(Day day) const;

  private:
    const World& world_;
    Doors wards_;
    Doors clinics_;
};

[[nodiscard]] const char* payer_of(std::uint64_t key);

}  // namespace yuanliu::demo
