// Why this file: resolves the terms of made drivers and names what is wrong with a formula.
#include "costing/allocate/made_driver_rules.hpp"

#include <algorithm>

namespace yuanliu::costing {
namespace {

/// Why a formula can't be used; empty when it can.
const char* fault_of(const MadeDriver& made, const std::vector<MadeDriver>& all,
                     const PlanNames& names) {
    const auto same = [&](const MadeDriver& other) { return other.driver == made.driver; };
    if (names.driver_of_month(made.driver).is_valid() ||
        std::count_if(all.begin(), all.end(), same) > 1) {
        return "code_taken";
    }
    if (made.terms.empty()) {
        return "no_terms";
    }
    for (const DriverTerm& term : made.terms) {
        if (term.is_share != made.terms.front().is_share) {
            return "terms_mixed";
        }
        if (term.factor.raw() < 0) {
            return "factor_negative";
        }
        if (term.drivers.size() > (term.is_share ? 1U : 2U)) {
            return term.is_share ? "share_of_several" : "product_of_several";
        }
        for (const std::string& name : term.drivers) {
            if (!names.driver_of_month(name).is_valid() &&
                std::any_of(all.begin(), all.end(),
                            [&](const MadeDriver& other) { return other.driver == name; })) {
                return "made_of_made";
            }
        }
    }
    return "";
}

}  // namespace

void resolve_made_drivers(const std::vector<MadeDriver>& made, PlanNames& names,
                          ResolvedPlan& plan) {
    for (std::size_t i = 0; i < made.size(); ++i) {
        const std::string path = "driver[" + std::to_string(i) + "]";
        const std::string reason = fault_of(made[i], made, names);
        if (!reason.empty()) {
            names.report(FindingCode::driver_formula_invalid, path, {made[i].driver, reason});
        }
        ResolvedDriver resolved;
        bool is_known = true;
        for (std::size_t k = 0; k < made[i].terms.size() && reason.empty(); ++k) {
            const DriverTerm& term = made[i].terms[k];
            std::vector<DriverId> readings(2);
            for (std::size_t n = 0; n < term.drivers.size(); ++n) {
                readings[n] = names.driver_of_month(term.drivers[n]);
                if (!readings[n].is_valid()) {
                    is_known = false;
                    names.report(FindingCode::unknown_driver,
                                 path + ".terms[" + std::to_string(k) + "].drivers",
                                 {term.drivers[n]});
                }
            }
            resolved.of_shares = term.is_share;
            resolved.terms.push_back(
                {.factor = term.factor, .first = readings[0], .second = readings[1]});
        }
        if (!is_known) {
            resolved.terms.clear();  // a formula with a fault has no terms, whatever the fault
        }
        plan.made_drivers.push_back(std::move(resolved));
        plan.made_names.push_back({.code = made[i].driver, .name = made[i].driver, .unit = ""});
    }
}

}  // namespace yuanliu::costing
