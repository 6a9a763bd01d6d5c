// Why this file: what the bonus answers: indicators, gates, shares of units and persons, and the
// pools carried on (docs/method.md §9).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "costing/base/event_rows.hpp"
#include "costing/base/money.hpp"
#include "costing/base/strong_id.hpp"
#include "costing/base/words.hpp"

namespace yuanliu {

struct IndicatorRow {
    DepartmentId department;
    std::string indicator;
    std::optional<Fixed<struct IndicatorTag, 7>> numerator;
    std::optional<Fixed<struct IndicatorTag, 7>> denominator;
    std::optional<Rate> value;
    std::optional<Rate> score;
};

struct GateRow {
    DepartmentId department;
    std::string gate;
    std::string indicator;
    std::optional<Rate> value;
    Rate threshold;
    GateOutcome outcome{};
    Rate factor;
};

struct BonusUnitRow {
    DepartmentId department;
    Rate index;
    std::int64_t size = 0;  ///< scale 8
    std::int64_t weight = 0;
    Money share;
    Money withheld;
    Money paid;
};

struct BonusPersonRow {
    StaffId staff;
    std::int64_t weight = 0;  ///< scale 8
    Money paid;
};

struct BonusResult {
    Money carried;
    Money released;
    Money paid;
    Money withheld;
    std::vector<IndicatorRow> indicators;
    std::vector<GateRow> gates;
    std::vector<BonusUnitRow> units;
    std::vector<BonusPersonRow> persons;
    std::vector<CarriedPool> closing_pools;
};

}  // namespace yuanliu
