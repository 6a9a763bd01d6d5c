// Points and payment of a case, each figure with one rounding.
#include "cases.hpp"

#include <algorithm>

namespace yuanliu_verify {

namespace {

constexpr std::int64_t kOne = 10'000;  // 1 at scale 4

// charge / reference against a ratio at scale 4: below zero, zero or above zero.
int compare_ratio(Fen charge, Fen reference, std::int64_t ratio) {
    const Int128 left = multiply(charge, kOne);
    const Int128 right = multiply(reference, ratio);
    return left < right ? -1 : left > right ? 1 : 0;
}

std::string deviation_of(Fen charge, Fen reference, const Payment& payment) {
    const int low = compare_ratio(charge, reference, payment.low_ratio);
    if (low < 0 || (low == 0 && payment.low_inclusive)) {
        return "low";
    }
    const int high = compare_ratio(charge, reference, payment.high_ratio);
    if (high > 0 || (high == 0 && payment.high_inclusive)) {
        return "high";
    }
    return "normal";
}

Int128 points_of(const Case& item, const Payment& payment) {
    const CatalogueRow& row = *item.group.row;
    const Int128 full = multiply(row.score, payment.hospital_coefficient);  // scale 8
    if (item.deviation == "normal") {
        return round_divide(full, kOne);
    }
    if (item.deviation == "low") {
        return round_divide(multiply(full, item.charge), multiply(kOne, row.reference_charge));
    }
    // (charge / reference - high_ratio + 1), over the common divisor reference x 10^4.
    const Int128 factor =
        multiply(item.charge, kOne) - multiply(payment.high_ratio - kOne, row.reference_charge);
    return round_divide(multiply(full, factor), multiply(kOne * kOne, row.reference_charge));
}

void pay(Case& item, const Payment& payment, const Encounter& encounter, const std::string& code) {
    const auto payer = payment.payers.find(encounter.payer);
    if (payer == payment.payers.end()) {
        throw Refusal("derivation: payment.toml has no payer " + encounter.payer + " (case " +
                      code + ")");
    }
    if (!payer->second.is_dip) {
        item.basis = "charges";
        item.payment = item.charge;
    } else if (item.group.row != nullptr) {
        item.basis = "dip";
        item.deviation = deviation_of(item.charge, item.group.row->reference_charge, payment);
        item.points = std::max<Int128>(0, points_of(item, payment));
        // Points and point value are at scale 4 each; 10^8 yuan units are 10^6 fen units.
        item.payment =
            narrow(round_divide(multiply(item.points, payer->second.point_value), 1'000'000));
    } else {
        item.basis = item.group.status;
        const std::int64_t ratio =
            item.basis == "uncoded" ? payment.uncoded_ratio : payment.ungrouped_ratio;
        item.payment = narrow(round_divide(multiply(item.charge, ratio), kOne));
    }
}

}  // namespace

std::vector<Case> derive_cases(const Grouper& grouper, const Books& books, const Stays& stays,
                               const RulesFolder& rules, Derived& derived) {
    std::vector<Case> cases;
    for (std::uint32_t id = 0; id < books.encounters.size(); ++id) {
        const Encounter& encounter = books.encounter[id];
        if (encounter.status != Status::kDischarged) {
            continue;
        }
        Case item;
        item.encounter = id;
        item.charge = stays.charge[id];
        item.group = grouper.group(id, item.charge, derived);
        item.cost = stays.cost[id];
        if (rules.payment) {
            pay(item, *rules.payment, encounter, books.encounters.code(id));
        }
        cases.push_back(std::move(item));
    }
    return cases;
}

}  // namespace yuanliu_verify
