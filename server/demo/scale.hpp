// The figures that make a hospital a clinic, a county or a tertiary one. Everything else is shared.
#pragma once

#include <cstdint>

#include "server/demo/demo.hpp"

namespace yuanliu::demo {

using Fen = std::int64_t;

struct Scale {
    Size size;
    const char* hospital;
    const char* hospital_name;
    std::int64_t admissions;     ///< of an ordinary month of 30 days
    std::int64_t visits;         ///< of an ordinary month of 30 days
    std::int64_t cmi;            ///< mean weight of its cases, per mille
    std::int64_t price_percent;  ///< of services, against the tertiary price list
    std::int64_t days_tenths;    ///< mean length of stay, in tenths of a day
    Fen charge_per_weight;       ///< charges of a case of weight 1 (RW)
    Fen charge_per_visit;        ///< mean charges of a visit
    std::int64_t lines_per_day;  ///< charge lines of a day in bed
    std::int64_t lines_per_visit;
    std::int64_t doctors, nurses, technicians, office;
    int diseases_per_specialty;  ///< how far down the disease list the catalogue goes
    int procedures_per_disease;
    Fen bed_price;
    Fen carried_pool;  ///< retained surplus at the opening of month 0
    std::int64_t point_value_employee, point_value_resident, point_value_other;  ///< in 0.0001
};

[[nodiscard]] const Scale& scale_of(Size size);

/// Whether direct cost is collected by moves (docs/collection.md). A clinic has no meters of
/// departments, no people with two places and no trials: its ledger is taken as it is booked.
[[nodiscard]] inline bool collects(const Scale& scale) {
    return scale.size != Size::clinic;
}

}  // namespace yuanliu::demo
