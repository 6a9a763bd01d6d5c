// The rules folder as data: the plan of allocation, costing, payment and bonus, and rules_hash.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decimals.hpp"
#include "policies.hpp"

namespace yuanliu_verify {

struct AllocationRule {
    std::vector<std::string> senders;
    std::vector<std::string> cost_categories;
    std::vector<std::string> drivers;
    std::vector<std::string> cost_items;
    std::vector<std::string> fund_sources;
    std::string from;   // blank = open
    std::string until;  // blank = open
    std::optional<std::vector<std::string>> receivers;
    std::vector<std::string> except_receivers;
};

struct Stage {
    std::string name;
    std::vector<std::string> senders;
    std::vector<std::string> receivers;
    bool before_items = true;
    std::vector<AllocationRule> rules;
    std::string method;
    std::int64_t passes = 0;
    bool self_service = false;
};

// factor x reading, or x product of two, or x share of one.
struct DriverTerm {
    std::int64_t factor = 0;
    std::vector<std::string> drivers;
    bool is_share = false;
};

struct SchemeIndicator {
    std::string name;
    std::int64_t weight = 0;
    std::int64_t zero_at = 0;
    std::int64_t full_at = 0;
};

struct Gate {
    std::string name;
    std::string indicator;
    bool is_minimum = true;
    std::int64_t threshold = 0;
    std::int64_t factor = 0;  // 0 blocks
};

struct Bonus {
    std::string pool;
    std::int64_t release_share = 0;
    std::vector<SchemeIndicator> indicators;
    std::vector<Gate> gates;
};

// How a department divides its service pool.
struct Method {
    std::string name = "equivalent";
    std::string item_driver;
};

struct MethodRule {
    std::vector<std::string> departments;
    Method method;
};

struct ResourceRule {
    std::vector<std::string> departments;
    std::vector<std::string> cost_categories;
    std::vector<std::string> cost_items;
    std::vector<std::string> resource_drivers;
};

struct MoveTarget {
    std::string department;  // blank = as it is, as the two below
    std::string cost_item;
    std::string fund;
    std::string out;  // not blank = out of cost
    std::int64_t share = 0;
};

// A move of direct cost (docs/collection.md §1). Divided by `to`, by a table, or by drivers.
struct MoveRule {
    std::string name;
    std::vector<std::string> departments;
    std::vector<std::string> accounts;
    std::vector<std::string> vouchers;
    std::vector<std::string> cost_categories;
    std::vector<std::string> cost_items;
    std::vector<std::string> fund_sources;
    std::string from;
    std::string until;
    std::int64_t share = 10'000;
    bool calculated = false;
    std::vector<MoveTarget> to;
    std::vector<std::string> drivers;
    std::vector<std::string> receivers;
    std::vector<std::string> except_receivers;
    std::string metered;
    std::int64_t tariff = 10'000;
    bool rest_to_all = false;
    std::string table;
    std::vector<std::string> kinds;
    bool match_department = false;
    bool match_fund = false;
    bool by_time = false;
};

struct AttributeRule {
    std::vector<std::string> departments;
    std::vector<std::string> cost_items;
    std::vector<std::string> cost_categories;
    std::int64_t variable = 0;
    bool controllable = false;
    bool capital = false;
};

// A difference between ledger and trial balance that somebody answers for.
struct AcceptedDifference {
    std::string account;
    std::string fund_source;  // blank: the account as a whole
    std::string month;
    Fen difference = 0;
};

// A catalogue folder and the payers whose cases go by it.
struct CatalogueChoice {
    std::filesystem::path folder;
    std::vector<std::string> payers;
    std::vector<std::string> priority;  // replaces that of every stage, if any
    std::filesystem::path auxiliary;    // folder of its auxiliary catalogue; blank = none
};

struct RulesFolder {
    std::string rules_hash;
    std::map<std::string, std::string>
        versions;  // allocation, costing, payment, bonus; blank if absent
    std::vector<Stage> stages;
    std::map<std::string, std::vector<DriverTerm>> made_drivers;
    bool keeps_negative = false;
    bool by_form = false;
    std::int64_t max_parked_share = 50;
    std::vector<MethodRule> methods;
    std::vector<ResourceRule> resources;
    std::vector<AcceptedDifference> accepted_differences;
    std::optional<Payment> payment;
    std::map<std::string, PolicyFile> policies;  // by id
    std::optional<Bonus> bonus;
    std::optional<std::vector<MoveRule>> collection;
    std::vector<AttributeRule> attributes;
    std::optional<std::vector<CatalogueChoice>> grouping;
    std::vector<std::string> hospital_accounts;
};

class Section;
// The moves of collection.toml.
std::vector<MoveRule> read_moves(const Section& file);
std::vector<AttributeRule> read_attributes(const Section& file);

// Whether a list of a rule names `name`, itself or by "*".
inline bool lists(const std::vector<std::string>& list, std::string_view name) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& one) { return one == "*" || one == name; });
}

RulesFolder read_rules_folder(const std::filesystem::path& folder);

}  // namespace yuanliu_verify
