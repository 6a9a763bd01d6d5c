// Why this file: see move_tables.hpp. [RULE COST-021] Pay follows the person's time and the asset's
// depreciation its fund source. Example: 9,000.00 of nurse N1 with 3,600 minutes on C001 and 1,800
// teaching in C002 -> base 6,000.00 at (C001, basic), 3,000.00 at (C002, teaching).
#include "costing/collect/move_tables.hpp"

#include <algorithm>

#include "costing/base/apportion.hpp"

namespace yuanliu::costing {

std::vector<std::string> keys_in_order(std::size_t count) {
    std::vector<std::string> keys(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string digits = std::to_string(i);
        keys[i] = std::string(10 - digits.size(), '0') + digits;
    }
    return keys;
}

void MoveFindings::add(FindingCode code, Severity severity, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), rule_.name);
    if (said_.emplace(code, arguments).second) {
        findings_.push_back({.code = code,
                             .severity = severity,
                             .where = place_of_move(at_, ""),
                             .arguments = std::move(arguments)});
    }
}

MoveTables::MoveTables(const Month& month, const MoveRule& rule, MoveFindings& findings)
    : month_(month), rule_(rule), findings_(findings) {
    for (const TimeRow& row : month.staff_time) {
        if (row.unit == TimeUnit::staff) {
            staff_time_[row.code].push_back(&row);
        }
    }
}

PlaceSums MoveTables::of(const Place& from) {
    PlaceSums sums;
    switch (rule_.table->table) {
        case MoveTable::payroll:
            add_payroll(from, sums);
            break;
        case MoveTable::staff_time:
            add_time(from, sums);
            break;
        case MoveTable::assets:
            add_assets(from, sums);
            break;
    }
    return sums;
}

bool MoveTables::takes(std::string_view kind) const {
    const auto& kinds = rule_.table->kinds;
    return !kinds || std::any_of(kinds->begin(), kinds->end(),
                                 [&](const std::string& one) { return one == "*" || one == kind; });
}

void MoveTables::serve(std::size_t row, Money amount) {
    if (served_rows_.insert(row).second) {
        served_ += amount;
    }
}

void MoveTables::add(const Place& where, Int128 base, PlaceSums& sums) {
    if (base == 0) {
        return;
    }
    if (where.department.is_valid() &&
        month_.departments[where.department.index()].department_class ==
            DepartmentClass::excluded) {
        findings_.stop(FindingCode::move_target_invalid, {findings_.code_of(where.department)});
        return;
    }
    sums[where] += base;
}

Place MoveTables::place_of_time(const TimeRow& row, CostItemId item, FundSource fund) {
    Place place{.department = row.department, .cost_item = item, .fund = fund, .reason = {}};
    if (row.activity == TimeActivity::dispatched) {
        place.department = {};
        place.reason = word_of(row.activity);
    } else if (row.activity == TimeActivity::teaching) {
        place.fund = FundSource::teaching;
    } else if (row.activity == TimeActivity::research) {
        place.fund = FundSource::research;
    }
    return place;
}

void MoveTables::add_payroll(const Place& from, PlaceSums& sums) {
    for (std::size_t i = 0; i < month_.payroll.size(); ++i) {
        const PayrollRow& row = month_.payroll[i];
        if (takes(row.pay_kind) &&
            (!rule_.table->match_department || row.department == from.department) &&
            (!rule_.table->match_fund || row.fund == from.fund)) {
            serve(i, row.amount);
            add_pay(row, from, sums);
        }
    }
}

void MoveTables::add_pay(const PayrollRow& row, const Place& from, PlaceSums& sums) {
    const Place own{
        .department = row.department, .cost_item = from.cost_item, .fund = row.fund, .reason = {}};
    const auto found = staff_time_.find(row.staff);
    std::vector<Part> parts;
    if (rule_.table->by_time && found != staff_time_.end()) {
        const std::vector<std::string> keys = keys_in_order(found->second.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            parts.push_back({.weight = found->second[i]->minutes.raw(), .key = keys[i]});
        }
        const auto shares = apportion(row.amount, parts);
        if (shares) {
            for (std::size_t i = 0; i < keys.size(); ++i) {
                add(place_of_time(*found->second[i], from.cost_item, row.fund),
                    Int128{(*shares)[i].raw()} * kFenToBase, sums);
            }
            return;
        }
        if (shares.error().code == ErrorCode::weight_overflow) {
            findings_.stop(FindingCode::move_base_too_large, {"staff_time"});
            return;
        }
    }
    if (rule_.table->by_time) {
        findings_.warn(FindingCode::staff_without_time, {row.staff});
    }
    add(own, Int128{row.amount.raw()} * kFenToBase, sums);
}

void MoveTables::add_time(const Place& from, PlaceSums& sums) {
    const std::string& code = findings_.code_of(from.department);
    for (const TimeRow& row : month_.staff_time) {
        if (row.unit == TimeUnit::department && row.code == code) {
            add(place_of_time(row, from.cost_item, from.fund), row.minutes.raw(), sums);
        }
    }
}

void MoveTables::add_assets(const Place& from, PlaceSums& sums) {
    for (std::size_t i = 0; i < month_.assets.size(); ++i) {
        const Asset& asset = month_.assets[i];
        if (!takes(word_of(asset.kind)) ||
            (rule_.table->match_department && asset.department != from.department)) {
            continue;
        }
        serve(i, asset.depreciation);
        const std::vector<std::string> keys = keys_in_order(kFundSources);
        std::vector<Part> parts;
        for (std::size_t f = 0; f < kFundSources; ++f) {
            parts.push_back({.weight = asset.paid[f].raw(), .key = keys[f]});
        }
        const bool is_paid = std::any_of(asset.paid.begin(), asset.paid.end(),
                                         [](Money paid) { return !paid.is_zero(); });
        parts[0].weight = is_paid ? parts[0].weight : 1;
        const auto shares = apportion(asset.depreciation, parts);
        YUANLIU_CHECK(shares.has_value());
        for (std::size_t f = 0; f < kFundSources; ++f) {
            add({.department = asset.department,
                 .cost_item = from.cost_item,
                 .fund = static_cast<FundSource>(f),
                 .reason = {}},
                Int128{(*shares)[f].raw()} * kFenToBase, sums);
        }
    }
}

}  // namespace yuanliu::costing
