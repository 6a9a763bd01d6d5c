// The charge lines of one day of a stay, or of one visit: which items, how many, by whom.
#pragma once

#include <vector>

#include "server/demo/stays.hpp"

namespace yuanliu::demo {

struct Line {
    std::size_t item;
    std::size_t ordering;
    std::size_t executing;
    std::string_view physician;
    std::int64_t quantity;
    Fen charge;
    std::int64_t refunded = -1;  ///< position of the line this one refunds
};

class Charging {
  public:
    explicit Charging(const World& world) : world_(world) {}

    /// Lines of day number `day` of the stay (0 = admission, days() = the day of discharge).
    [[nodiscard]] const std::vector<Line>& day_of_stay(const Stay& stay, std::int64_t day);
    [[nodiscard]] const std::vector<Line>& visit(const Visit& visit);
    /// A health check or a late registration: laboratory and examinations under a foreign code.
    [[nodiscard]] const std::vector<Line>& check_up(std::size_t department, std::uint64_t key,
                                                    std::int64_t lines);

  private:
    struct Scene {
        std::size_t ordering;
        std::string_view physician;
        bool inpatient;
        Random random;
    };
    void begin();
    void add(Scene& scene, std::size_t item, std::int64_t quantity);
    void spend(Scene& scene, const Ladder& ladder, Fen budget, std::int64_t lines);
    void order_tests(Scene& scene, const Ladder& ladder, Fen budget, std::int64_t tests);
    void examine(Scene& scene, const Requests& requests, Fen budget);
    [[nodiscard]] const std::vector<Line>& health_check(Scene& scene);
    [[nodiscard]] const Shelf& shelf_of(std::size_t department) const {
        return world_.items.shelf(world_.layout.departments[department].specialty);
    }
    void bedside(Scene& scene, const Stay& stay, Fen budget);
    void theatre(Scene& scene, const Stay& stay);
    void refund_some(Scene& scene);
    [[nodiscard]] std::size_t executing(const Scene& scene, const ServiceItem& item) const;

    const World& world_;
    std::vector<Line> lines_;
    std::vector<bool> taken_;  ///< rungs of the ladder that were ordered this day
};

}  // namespace yuanliu::demo
