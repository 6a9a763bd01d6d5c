// Why this file: see profit_checks.hpp.
#include "server/report/profit_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace yuanliu::report {
namespace {

using costing::profit::CostShare;
using TableFields = std::span<const text::Field>;

Refusal malformed(const std::string& file) {
    return {.zh = file + " 不是本程序写出的格式, 不出表",
            .en = file + " is not written as this program writes it; nothing is printed"};
}

std::optional<Money> money_of(const text::Field& field) {
    const auto raw =
        parse_decimal(field.value, Money::kScale, std::numeric_limits<std::int64_t>::max());
    return raw ? std::optional(Money::from_raw(*raw)) : std::nullopt;
}

/// The amounts of the named columns, or nothing when one is not there.
template <std::size_t kCount>
std::optional<std::array<std::size_t, kCount>> columns_of(
    const ResultTable& table, const std::array<std::string_view, kCount>& names) {
    std::array<std::size_t, kCount> at{};
    for (std::size_t i = 0; i < kCount; ++i) {
        const auto found = table.column(names[i]);
        if (!found) {
            return std::nullopt;
        }
        at[i] = *found;
    }
    return at;
}

void add_share(CostShare& share, Money part, Money whole) {
    share.part += part;
    share.whole += whole;
}

using ItemKey = std::pair<std::size_t, std::size_t>;  ///< department, cost item

struct Attribute {
    Money full;
    Money fixed;
    Money controllable;
    Money direct;
};
using Attributes = std::map<ItemKey, Attribute>;

std::optional<Refusal> read_attribute_rows(const ResultFolder& result, const MonthCodes& codes,
                                           AttributeShares& shares, Attributes& attributes) {
    const std::string file = "cost_attributes.csv";
    const auto table = result.table(file);
    if (!table) {
        return table.error();
    }
    const auto at = columns_of<7>(*table, {"department", "cost_item", "fund_source", "full",
                                           "fixed", "variable", "controllable"});
    const auto take = [&](TableFields fields) {
        const auto department = codes.departments.find(fields[(*at)[0]].value);
        const auto item = codes.items.find(fields[(*at)[1]].value);
        const auto full = money_of(fields[(*at)[3]]);
        const auto fixed = money_of(fields[(*at)[4]]);
        const auto variable = money_of(fields[(*at)[5]]);
        const auto controllable = money_of(fields[(*at)[6]]);
        if (department == codes.departments.end() || item == codes.items.end() || !full || !fixed ||
            !variable || !controllable) {
            return false;
        }
        if (fields[(*at)[2]].value == word_of(FundSource::basic)) {
            const auto category =
                static_cast<std::size_t>(codes.month.cost_items[item->second].category);
            add_share(shares.variable[category], *variable, *full);
            attributes[{department->second, item->second}] = {
                .full = *full, .fixed = *fixed, .controllable = *controllable, .direct = {}};
        }
        return true;
    };
    return at && table->each_row(take) ? std::nullopt : std::optional(malformed(file));
}

std::optional<Refusal> read_direct(const ResultFolder& result, const MonthCodes& codes,
                                   Attributes& attributes) {
    const std::string file = "department_cost.csv";
    const auto table = result.table(file);
    if (!table) {
        return table.error();
    }
    const auto at =
        columns_of<5>(*table, {"department", "kind", "cost_item", "fund_source", "cost"});
    const auto take = [&](TableFields fields) {
        const auto department = codes.departments.find(fields[(*at)[0]].value);
        const auto item = codes.items.find(fields[(*at)[2]].value);
        const auto cost = money_of(fields[(*at)[4]]);
        if (department == codes.departments.end() || item == codes.items.end() || !cost) {
            return false;
        }
        if (fields[(*at)[1]].value == word_of(CostKind::direct) &&
            fields[(*at)[3]].value == word_of(FundSource::basic)) {
            attributes[{department->second, item->second}].direct += *cost;
        }
        return true;
    };
    return at && table->each_row(take) ? std::nullopt : std::optional(malformed(file));
}

std::optional<Refusal> read_pool_departments(const ResultFolder& result, const MonthCodes& codes,
                                             std::set<std::size_t>& departments) {
    const std::string file = "pools.csv";
    const auto table = result.table(file);
    if (!table) {
        return table.error();
    }
    const auto at = columns_of<1>(*table, {"department"});
    const auto take = [&](TableFields fields) {
        const auto department = codes.departments.find(fields[(*at)[0]].value);
        if (department == codes.departments.end()) {
            return false;
        }
        departments.insert(department->second);
        return true;
    };
    return at && table->each_row(take) ? std::nullopt : std::optional(malformed(file));
}

/// Sums of a profit table, or of cases, under one key.
struct TableSums {
    std::int64_t cases = 0;
    std::array<Money, 3> amounts;  ///< charge, payment, cost
    void add(const Tally& tally) {
        cases += tally.cases;
        amounts[0] += tally.charge;
        amounts[1] += tally.payment;
        amounts[2] += tally.cost.back();
    }
};
using SumsByKey = std::map<std::string, TableSums>;

/// Key of a row: the fields of the named columns.
std::optional<Refusal> read_sums(const ResultFolder& result, const std::string& file,
                                 std::span<const std::string_view> key, SumsByKey& sums) {
    const auto table = result.table(file);
    if (!table) {
        return table.error();
    }
    std::vector<std::size_t> key_at;
    for (const std::string_view name : key) {
        if (const auto found = table->column(name)) {
            key_at.push_back(*found);
        }
    }
    const auto at = columns_of<4>(*table, {"cases", "charge", "payment", "cost"});
    const auto take = [&](TableFields fields) {
        std::string code;
        for (const std::size_t i : key_at) {
            code += std::string(fields[i].value) + "\n";
        }
        TableSums& row = sums[code];
        const auto cases =
            parse_decimal(fields[(*at)[0]].value, 0, std::numeric_limits<std::int64_t>::max());
        row.cases += cases.value_or(0);
        for (std::size_t i = 0; i < row.amounts.size(); ++i) {
            const auto amount = money_of(fields[(*at)[i + 1]]);
            if (!amount || !cases) {
                return false;
            }
            row.amounts[i] += *amount;
        }
        return true;
    };
    return at && key_at.size() == key.size() && table->each_row(take)
               ? std::nullopt
               : std::optional(malformed(file));
}

void compare(const std::string& file, const SumsByKey& ours, const SumsByKey& table,
             std::vector<Gap>& gaps) {
    constexpr std::array<std::string_view, 3> kNames{"charge", "payment", "cost"};
    std::set<std::string> keys;
    for (const SumsByKey* sums : {&ours, &table}) {
        for (const auto& [key, row] : *sums) {
            keys.insert(key);
        }
    }
    for (const std::string& key : keys) {
        const auto left = ours.find(key);
        const auto right = table.find(key);
        const TableSums a = left == ours.end() ? TableSums{} : left->second;
        const TableSums b = right == table.end() ? TableSums{} : right->second;
        std::string shown = file + " " + key;
        std::replace(shown.begin(), shown.end(), '\n', ' ');
        if (a.cases != b.cases) {
            gaps.push_back({.claim = shown + "cases",
                            .left = Money::from_raw(a.cases * 100),
                            .right = Money::from_raw(b.cases * 100)});
        }
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            if (a.amounts[i] != b.amounts[i]) {
                gaps.push_back({.claim = shown + std::string(kNames[i]),
                                .left = a.amounts[i],
                                .right = b.amounts[i]});
            }
        }
    }
}

struct SumsOfCases {
    SumsByKey groups;
    SumsByKey departments;
    SumsByKey physicians;
    TableSums all;
};

SumsOfCases sums_of_cases(const ProfitView& view) {
    SumsOfCases sums;
    const Month& month = *view.month;
    for (const ProfitCase& one : view.cases) {
        const Encounter& encounter = view.encounter(one);
        const std::string& department = month.departments[encounter.department.index()].code;
        const std::string basis(word_of(one.basis));
        sums.groups[basis + "\n" + one.group + "\n"].add(one.tally);
        sums.departments[department + "\n" + basis + "\n"].add(one.tally);
        sums.physicians[encounter.attending + "\n" + department + "\n" + basis + "\n"].add(
            one.tally);
        sums.all.add(one.tally);
    }
    for (std::size_t d = 0; d < view.visits.size(); ++d) {
        if (view.visits[d].cases > 0) {
            sums.departments[month.departments[d].code + "\nvisit\n"].add(view.visits[d]);
            sums.all.add(view.visits[d]);
        }
    }
    return sums;
}

}  // namespace

tl::expected<AttributeShares, Refusal> read_attribute_shares(const ResultFolder& result,
                                                             const MonthCodes& codes) {
    AttributeShares shares;
    shares.direct_fixed.resize(codes.month.departments.size(), Money());
    Attributes attributes;
    std::set<std::size_t> with_pools;
    auto refusal = read_attribute_rows(result, codes, shares, attributes);
    refusal = refusal ? refusal : read_direct(result, codes, attributes);
    refusal = refusal ? refusal : read_pool_departments(result, codes, with_pools);
    if (refusal) {
        return tl::unexpected(std::move(*refusal));
    }
    for (const auto& [key, row] : attributes) {
        const auto& [department, item] = key;
        if (with_pools.contains(department)) {
            const auto category = static_cast<std::size_t>(codes.month.cost_items[item].category);
            add_share(shares.controllable[category], row.controllable, row.direct);
        }
        auto& fixed = shares.direct_fixed[department];
        if (row.direct.is_zero()) {
            continue;
        }
        if (row.full.is_zero()) {
            fixed.reset();
        } else if (fixed) {
            *fixed += Money::from_raw(
                rounded_half_away(Int128{row.direct.raw()} * row.fixed.raw(), row.full.raw()));
        }
    }
    return shares;
}

std::optional<Refusal> check_against_tables(const ResultFolder& result, ProfitView& view) {
    constexpr std::array<std::string_view, 2> kGroup{"basis", "group"};
    constexpr std::array<std::string_view, 2> kDepartment{"department", "basis"};
    constexpr std::array<std::string_view, 3> kPhysician{"attending", "department", "basis"};
    const SumsOfCases ours = sums_of_cases(view);
    const auto tie = [&](const char* file, std::span<const std::string_view> key,
                         const SumsByKey& cases) {
        SumsByKey table;
        auto refusal = read_sums(result, file, key, table);
        if (!refusal) {
            compare(file, cases, table, view.gaps);
        }
        return refusal;
    };
    auto refusal = tie("group_profit.csv", kGroup, ours.groups);
    refusal = refusal ? refusal : tie("department_profit.csv", kDepartment, ours.departments);
    refusal = refusal ? refusal : tie("physician_profit.csv", kPhysician, ours.physicians);
    constexpr std::array<std::pair<const char*, std::size_t>, 3> kTotals{
        {{"charge", 0}, {"payment", 1}, {"cost", 2}}};
    for (const auto& [name, at] : kTotals) {
        const auto stated = result.profit.find(name);
        const auto raw = stated == result.profit.end()
                             ? std::nullopt
                             : parse_decimal(stated->second, Money::kScale,
                                             std::numeric_limits<std::int64_t>::max());
        if (!raw) {
            return malformed("certificate.json");
        }
        if (*raw != ours.all.amounts[at].raw()) {
            view.gaps.push_back({.claim = fmt::format("certificate.json profit {}", name),
                                 .left = ours.all.amounts[at],
                                 .right = Money::from_raw(*raw)});
        }
    }
    return refusal;
}

}  // namespace yuanliu::report
