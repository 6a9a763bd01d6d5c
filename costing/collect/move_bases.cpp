// Why this file: see move_bases.hpp. [RULE COST-020] What is known exactly comes first (shares,
// meters, payroll, asset cards), what is left over goes by a driver, and a base that is an amount
// is in yuan. Example: a bill of 100.00, C001 metered 60 kWh at 0.50 = 30.00; the other 70.00 go by
// area over C002 (30 m2) and C003 (40 m2): bases 30.00, 30.00, 40.00.
#include "costing/collect/move_bases.hpp"

#include <algorithm>

#include "costing/base/apportion.hpp"

namespace yuanliu::costing {

PlaceSums BaseMaker::by_shares(const Divided& divided) const {
    PlaceSums sums;
    for (const ResolvedTarget& target : move_.to) {
        const DepartmentId department =
            target.department.is_valid() ? target.department : divided.department;
        const bool is_out = !target.out.empty();
        sums[{.department = is_out ? DepartmentId() : department,
              .cost_item = target.cost_item.is_valid() ? target.cost_item : divided.cost_item,
              .fund = target.fund.value_or(divided.fund),
              .reason = target.out}] += target.share.raw();
    }
    return sums;
}

std::string BaseMaker::tried() const {
    std::string text;
    for (const DriverId driver : move_.chain) {
        text += (text.empty() ? "" : ", ") + month_.drivers[driver.index()].code;
    }
    return text;
}

DriverId BaseMaker::choose(const Divided& divided, const std::vector<DepartmentId>& targets,
                           std::vector<std::int64_t>& bases) {
    for (std::size_t i = 0; i < move_.chain.size(); ++i) {
        Bases found = drivers_.over(move_.chain[i], divided.department, targets);
        const std::string& code = month_.drivers[move_.chain[i].index()].code;
        if (found.overflows) {
            findings_.stop(FindingCode::move_base_too_large, {code});
            return {};
        }
        if (found.total > 0) {
            bases = std::move(found.of);
            if (i > 0) {
                findings_.warn(FindingCode::move_fell_back,
                               {findings_.code_of(divided.department), code});
            }
            return move_.chain[i];
        }
    }
    return {};
}

std::vector<Int128> BaseMaker::metered(const Divided& divided) {
    if (!move_.metered.is_valid()) {
        return {};
    }
    const Bases readings = drivers_.over(move_.metered, divided.department, move_.receivers);
    if (readings.overflows) {
        findings_.stop(FindingCode::move_base_too_large,
                       {month_.drivers[move_.metered.index()].code});
        return {};
    }
    std::vector<Int128> amounts;
    Int128 sum = 0;
    for (const std::int64_t reading : readings.of) {
        // Readings and tariff at scale 4 give yuan at scale 8; a fen is 10^6 of them.
        const Int128 product = Int128{reading} * move_.rule->drivers->tariff.raw();
        amounts.push_back((product + 500'000) / 1'000'000);
        sum += amounts.back();
    }
    if (sum > kMaxTotalFen) {
        findings_.stop(FindingCode::move_base_too_large,
                       {month_.drivers[move_.metered.index()].code});
        return {};
    }
    return sum == 0 ? std::vector<Int128>() : amounts;
}

PlaceSums BaseMaker::by_meters(const Divided& divided, const std::vector<Int128>& metered,
                               MoveBases& made) {
    made.by = MoveBy::metered;
    made.driver = move_.metered;
    std::vector<Int128> fen = metered;
    Int128 sum = 0;
    std::vector<std::size_t> rest;
    std::vector<DepartmentId> targets;
    for (std::size_t i = 0; i < fen.size(); ++i) {
        sum += fen[i];
        if (fen[i] == 0 || move_.rule->drivers->rest_to_all) {
            rest.push_back(i);
            targets.push_back(move_.receivers[i]);
        }
    }
    const Int128 left = divided.bill.raw() - sum;
    const Money all = Money::from_raw(narrowed(sum));
    const std::string& code = findings_.code_of(divided.department);
    if (left < 0) {
        findings_.warn(FindingCode::metered_above_bill, {code, divided.bill.text(), all.text()});
    } else if (left > 0) {
        std::vector<std::int64_t> bases;
        const DriverId driver = choose(divided, targets, bases);
        if (!driver.is_valid()) {
            findings_.warn(FindingCode::move_only_metered, {code, all.text()});
        } else {
            made.driver = driver;
            const std::vector<std::string> keys = keys_in_order(rest.size());
            std::vector<Part> parts;
            for (std::size_t i = 0; i < rest.size(); ++i) {
                parts.push_back({.weight = bases[i], .key = keys[i]});
            }
            const auto shares = apportion(Money::from_raw(narrowed(left)), parts);
            YUANLIU_CHECK(shares.has_value());
            for (std::size_t i = 0; i < rest.size(); ++i) {
                fen[rest[i]] += (*shares)[i].raw();
            }
        }
    }
    PlaceSums sums;
    for (std::size_t i = 0; i < fen.size(); ++i) {
        sums[{move_.receivers[i], divided.cost_item, divided.fund, {}}] = fen[i] * kFenToBase;
    }
    return sums;
}

PlaceSums BaseMaker::by_drivers(const Divided& divided, MoveBases& made) {
    const std::vector<Int128> amounts = metered(divided);
    if (!amounts.empty()) {
        return by_meters(divided, amounts, made);
    }
    made.by = MoveBy::driver;
    std::vector<std::int64_t> bases;
    made.driver = choose(divided, move_.receivers, bases);
    PlaceSums sums;
    for (std::size_t i = 0; i < bases.size(); ++i) {
        sums[{move_.receivers[i], divided.cost_item, divided.fund, {}}] = bases[i];
    }
    if (bases.empty()) {
        findings_.stop(FindingCode::move_base_is_zero,
                       {findings_.code_of(divided.department), tried()});
    }
    return sums;
}

PlaceSums BaseMaker::by_table(const Divided& divided, MoveBases& made) {
    const MoveTable table = move_.rule->table->table;
    made.by = table == MoveTable::payroll      ? MoveBy::payroll
              : table == MoveTable::staff_time ? MoveBy::staff_time
                                               : MoveBy::assets;
    PlaceSums sums = tables_.of({divided.department, divided.cost_item, divided.fund, {}});
    if (sums.empty()) {
        findings_.stop(FindingCode::move_base_is_zero, {findings_.code_of(divided.department),
                                                        std::string(word_of(table)) + ".csv"});
    }
    return sums;
}

MoveBases BaseMaker::of(const Divided& divided) {
    MoveBases made;
    const PlaceSums sums = move_.rule->drivers ? by_drivers(divided, made)
                           : move_.rule->table ? by_table(divided, made)
                                               : by_shares(divided);
    Int128 total = 0;
    for (const auto& [place, base] : sums) {
        total += base;
    }
    if (total > kMaxBaseTotal) {
        findings_.stop(FindingCode::move_base_too_large, {std::string(word_of(made.by))});
        return made;
    }
    for (const auto& [place, base] : sums) {
        if (base > 0) {
            made.places.push_back(place);
            made.bases.push_back(static_cast<std::int64_t>(base));
        }
    }
    made.total = static_cast<std::int64_t>(total);
    return made;
}

}  // namespace yuanliu::costing
