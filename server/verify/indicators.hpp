// Values of the indicators of a bonus unit, as counted or read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cases.hpp"

namespace yuanliu_verify {

struct IndicatorValue {
    bool is_read = false;         // numerator and denominator are there
    Int128 numerator = 0;         // scale 7
    Int128 denominator = 0;       // scale 7
    std::optional<Int128> value;  // scale 4
};

class Indicators {
  public:
    Indicators(const MonthFolder& month, const Books& books, const std::vector<Case>& cases);

    // Departments of class clinical with at least one grouped case, in code order.
    const std::vector<std::uint32_t>& units() const { return units_; }
    IndicatorValue value(std::uint32_t department, const std::string& indicator) const;

  private:
    struct Unit {
        std::int64_t grouped = 0;
        Int128 rw = 0;          // scale 7
        Int128 time_index = 0;  // scale 4
        bool has_pathway = false;
        std::int64_t eligible = 0;
        std::int64_t complied = 0;
    };

    std::map<std::uint32_t, Unit> unit_of_;
    std::vector<std::uint32_t> units_;
    // Numerator and denominator at scale 4.
    std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::int64_t>> quality_;
    const Books& books_;
};

}  // namespace yuanliu_verify
