// Weights of the targets of a move (docs/collection.md §3, §4).
#include <algorithm>
#include <numeric>

#include "fields.hpp"
#include "moves.hpp"
#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

constexpr Int128 kYuanOfFen = 100;  // amounts weigh in yuan at scale 4
const std::vector<std::string> kActivities = {"outpatient", "ward", "teaching", "research",
                                              "dispatched"};

Spot spot_of_time(const TimeRow& row, std::uint32_t item, std::uint8_t fund) {
    if (row.activity == "dispatched") {
        return {Spot::kOut, item, fund, row.activity};
    }
    const bool has_fund = row.activity == "teaching" || row.activity == "research";
    return {row.department, item, has_fund ? index_of(kFunds, row.activity) : fund, ""};
}

}  // namespace

std::uint32_t MoveWeights::numbered(std::string_view code, const char* where,
                                    Report& report) const {
    const std::uint32_t id = known(books_.departments, code, where, "department", report);
    if (id != CodeBook::kUnknown && !books_.department[id].usable) {
        report.difference(where, "department " + std::string(code) + " is not valid");
    }
    return id;
}

MoveWeights::MoveWeights(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                         Report& report)
    : books_(books), readings_(month, books, rules) {
    Fields fields;
    for (const std::string_view row : month.table("payroll.csv").rows()) {
        fields.split(row);
        payroll_.push_back({std::string(fields[0]), numbered(fields[1], "payroll.csv", report),
                            std::string(fields[2]), index_of(kFunds, fields[3]), fields.amount(4)});
    }
    for (const std::string_view row : month.table("staff_time.csv").rows()) {
        fields.split(row);
        TimeRow made{std::string(fields[0]), std::string(fields[1]), Spot::kOut,
                     std::string(fields[3]), fields.number(4)};
        if (!fields[2].empty()) {
            made.department = numbered(fields[2], "staff_time.csv", report);
        } else if (made.activity != "dispatched") {
            report.difference("staff_time.csv", "time of " + made.code + " has no department");
        }
        time_.push_back(std::move(made));
    }
    // Blank departments first, as kOut + 1 is zero.
    std::stable_sort(time_.begin(), time_.end(), [](const TimeRow& a, const TimeRow& b) {
        const auto rank = [](const TimeRow& row) {
            return std::find(kActivities.begin(), kActivities.end(), row.activity) -
                   kActivities.begin();
        };
        return std::make_tuple(a.department + 1U, rank(a)) <
               std::make_tuple(b.department + 1U, rank(b));
    });
    for (const std::string_view row : month.table("assets.csv").rows()) {
        fields.split(row);
        AssetRow made{numbered(fields[2], "assets.csv", report),
                      std::string(fields[3]),
                      fields.amount(4),
                      {}};
        for (std::size_t fund = 0; fund < kFunds.size(); ++fund) {
            made.paid.push_back(fields.amount(5 + fund));
        }
        assets_.push_back(std::move(made));
    }
}

void MoveWeights::put(Weights& weights, const Spot& spot, Int128 weight) const {
    if (weight == 0) {
        return;
    }
    if (spot.department != Spot::kOut &&
        books_.department[spot.department].department_class == "excluded") {
        throw Refusal("derivation: move_target_invalid " +
                      books_.departments.code(spot.department));
    }
    weights.of[spot] += weight;
}

std::uint32_t MoveWeights::able(const std::string& code) const {
    const std::uint32_t id = books_.departments.find(code);
    if (id == CodeBook::kUnknown || !books_.department[id].usable ||
        books_.department[id].department_class == "excluded") {
        throw Refusal("rules collection.toml: " + code + " can't take cost");
    }
    return id;
}

Weights MoveWeights::of(const MoveRule& rule, const Spot& from, Fen bill) const {
    Weights weights = !rule.to.empty()             ? by_shares(rule, from)
                      : rule.table == "payroll"    ? by_payroll(rule, from)
                      : rule.table == "staff_time" ? by_time(from)
                      : rule.table == "assets"     ? by_assets(rule, from)
                                                   : by_drivers(rule, from, bill);
    Int128 total = 0;
    for (const auto& [spot, weight] : weights.of) {
        total += weight;
    }
    if (total == 0 || total > (Int128{1} << 62)) {
        throw Refusal("derivation: move " + rule.name + " has no bases, or too large ones");
    }
    return weights;
}

Weights MoveWeights::by_shares(const MoveRule& rule, const Spot& from) const {
    Weights weights{{}, "share", ""};
    for (const MoveTarget& target : rule.to) {
        Spot spot = from;
        if (!target.out.empty()) {
            spot.department = Spot::kOut;
            spot.reason = target.out;
        } else if (!target.department.empty()) {
            spot.department = able(target.department);
        }
        if (!target.cost_item.empty()) {
            spot.item = books_.cost_items.find(target.cost_item);
            if (spot.item == CodeBook::kUnknown) {
                throw Refusal("rules collection.toml: unknown_cost_item " + target.cost_item);
            }
        }
        if (!target.fund.empty()) {
            spot.fund = index_of(kFunds, target.fund);
        }
        put(weights, spot, target.share);
    }
    return weights;
}

Departments MoveWeights::receivers(const MoveRule& rule) const {
    const auto named = [&](const std::vector<std::string>& names, std::uint32_t id) {
        const Department& department = books_.department[id];
        return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return name == books_.departments.code(id) ||
                   (department.usable && name == "class:" + department.department_class);
        });
    };
    for (const std::string& name : rule.receivers) {
        if (!name.starts_with("class:")) {
            able(name);
        }
    }
    Departments found;
    for (std::uint32_t id = 0; id < books_.departments.size(); ++id) {
        if (named(rule.receivers, id) && !named(rule.except_receivers, id)) {
            found.push_back(id);
        }
    }
    return found;
}

std::string MoveWeights::first_above_zero(const MoveRule& rule, const Spot& from,
                                          const Departments& over,
                                          std::vector<Int128>& bases) const {
    for (const std::string& driver : rule.drivers) {
        bases = readings_.bases(driver, from.department, over);
        if (std::accumulate(bases.begin(), bases.end(), Int128{0}) > 0) {
            return driver;
        }
    }
    return "";
}

Weights MoveWeights::by_drivers(const MoveRule& rule, const Spot& from, Fen bill) const {
    const Departments all = receivers(rule);
    std::vector<Int128> amounts(all.size());  // fen that the meters say
    if (!rule.metered.empty()) {
        const std::vector<Int128> readings = readings_.bases(rule.metered, from.department, all);
        for (std::size_t i = 0; i < all.size(); ++i) {
            amounts[i] = round_divide(multiply(readings[i], rule.tariff), 1'000'000);
        }
    }
    const Int128 metered = std::accumulate(amounts.begin(), amounts.end(), Int128{0});
    Weights weights{{}, metered > 0 ? "metered" : "driver", rule.metered};
    const auto at = [&](std::uint32_t department) {
        return Spot{department, from.item, from.fund, ""};
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        put(weights, at(all[i]), amounts[i] * kYuanOfFen);
    }
    if (metered > 0 && metered >= bill) {
        return weights;
    }
    Departments rest;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (metered == 0 || rule.rest_to_all || amounts[i] == 0) {
            rest.push_back(all[i]);
        }
    }
    std::vector<Int128> bases;
    const std::string driver = first_above_zero(rule, from, rest, bases);
    if (driver.empty()) {
        return weights;  // by the meters only, or refused for want of any base
    }
    weights.driver = driver;
    if (metered > 0) {
        const std::vector<Fen> shares = apportion(static_cast<Fen>(bill - metered), bases);
        for (std::size_t i = 0; i < rest.size(); ++i) {
            bases[i] = shares[i] * kYuanOfFen;
        }
    }
    for (std::size_t i = 0; i < rest.size(); ++i) {
        put(weights, at(rest[i]), bases[i]);
    }
    return weights;
}

Weights MoveWeights::by_payroll(const MoveRule& rule, const Spot& from) const {
    Weights weights{{}, "payroll", ""};
    for (const PayRow& pay : payroll_) {
        if (!lists(rule.kinds, pay.kind) ||
            (rule.match_department && pay.department != from.department) ||
            (rule.match_fund && pay.fund != from.fund)) {
            continue;
        }
        std::vector<const TimeRow*> rows;
        std::vector<Int128> minutes;
        for (const TimeRow& time : time_) {
            if (rule.by_time && time.unit == "staff" && time.code == pay.staff) {
                rows.push_back(&time);
                minutes.push_back(time.minutes);
            }
        }
        if (std::accumulate(minutes.begin(), minutes.end(), Int128{0}) == 0) {
            put(weights, {pay.department, from.item, pay.fund, ""}, pay.amount * kYuanOfFen);
            continue;
        }
        const std::vector<Fen> shares = apportion(pay.amount, minutes);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            put(weights, spot_of_time(*rows[i], from.item, pay.fund), shares[i] * kYuanOfFen);
        }
    }
    return weights;
}

Weights MoveWeights::by_time(const Spot& from) const {
    Weights weights{{}, "staff_time", ""};
    for (const TimeRow& time : time_) {
        if (time.unit == "department" && time.code == books_.departments.code(from.department)) {
            put(weights, spot_of_time(time, from.item, from.fund), time.minutes);
        }
    }
    return weights;
}

Weights MoveWeights::by_assets(const MoveRule& rule, const Spot& from) const {
    Weights weights{{}, "assets", ""};
    for (const AssetRow& asset : assets_) {
        if (!lists(rule.kinds, asset.kind) ||
            (rule.match_department && asset.department != from.department)) {
            continue;
        }
        std::vector<Int128> paid = asset.paid;
        if (std::accumulate(paid.begin(), paid.end(), Int128{0}) == 0) {
            paid[0] = 1;
        }
        const std::vector<Fen> shares = apportion(asset.depreciation, paid);
        for (std::uint8_t fund = 0; fund < kFunds.size(); ++fund) {
            put(weights, {asset.department, from.item, fund, ""}, shares[fund] * kYuanOfFen);
        }
    }
    return weights;
}

}  // namespace yuanliu_verify
