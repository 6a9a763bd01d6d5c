// Builds the expected certificate member by member.
#include "certificate.hpp"

#include "digest.hpp"

namespace yuanliu_verify {

namespace {

namespace json = boost::json;

Int128 sum_of(const Costs& costs) {
    Int128 sum = 0;
    for (const Fen cost : costs) {
        sum += cost;
    }
    return sum;
}

json::object bridge_of(const Bridge& bridge) {
    const Int128 residual = Int128{bridge.opening} + bridge.month - bridge.discharged -
                            bridge.closing - bridge.discharged_earlier;
    return {{"opening", amount_text(bridge.opening)},
            {"month", amount_text(bridge.month)},
            {"discharged", amount_text(bridge.discharged)},
            {"closing", amount_text(bridge.closing)},
            {"discharged_earlier", amount_text(bridge.discharged_earlier)},
            {"residual", amount_text(residual)}};
}

json::object totals_of(const Figures& figures) {
    json::array after_stages;
    for (const Fen sum : figures.after_stages) {
        after_stages.emplace_back(amount_text(sum));
    }
    json::array by_item_fund;
    for (const auto& [key, sums] : figures.by_item_fund) {
        by_item_fund.push_back(json::object{{"cost_item", key.first},
                                            {"fund_source", std::string(kFunds[key.second])},
                                            {"direct", amount_text(sums.first)},
                                            {"full", amount_text(sums.second)}});
    }
    json::array by_category_fund;
    for (std::size_t pair = 0; pair < kCategories.size() * kFunds.size(); ++pair) {
        const std::size_t category = pair / kFunds.size();
        const std::size_t fund = pair % kFunds.size();
        Int128 sums[4] = {0, 0, 0, 0};
        for (std::size_t i = 0; i < kComponents; ++i) {
            if (components()[i].category == category && components()[i].fund == fund) {
                sums[0] += figures.pools[i];
                sums[1] += figures.patients[i];
                sums[2] += figures.parked[i];
                sums[3] += figures.unallocated[i];
            }
        }
        by_category_fund.push_back(
            json::object{{"cost_category", std::string(kCategories[category])},
                         {"fund_source", std::string(kFunds[fund])},
                         {"pools", amount_text(sums[0])},
                         {"patients", amount_text(sums[1])},
                         {"parked", amount_text(sums[2])},
                         {"unallocated", amount_text(sums[3])}});
    }
    return {{"ledger", amount_text(figures.ledger)},
            {"excluded", amount_text(figures.excluded)},
            {"direct", amount_text(figures.direct)},
            {"after_stages", after_stages},
            {"pools", amount_text(sum_of(figures.pools))},
            {"patients", amount_text(sum_of(figures.patients))},
            {"parked", amount_text(sum_of(figures.parked))},
            {"unallocated", amount_text(sum_of(figures.unallocated))},
            {"by_item_fund", by_item_fund},
            {"by_category_fund", by_category_fund}};
}

json::object items_of(const Figures& figures) {
    const ItemFigures& items = figures.items;
    const Int128 both = Int128{items.traced} + items.activities;
    const Int128 reached = Int128{items.items} + items.stays + items.idle;
    const Int128 pools = sum_of(figures.pools);
    const Int128 unallocated = sum_of(figures.unallocated) - items.idle;
    return {
        {"resource", json::object{{"service_pools", amount_text(items.service_pools)},
                                  {"traced", amount_text(items.traced)},
                                  {"activities", amount_text(items.activities)},
                                  {"difference", amount_text(items.service_pools - both)}}},
        {"activity", json::object{{"activities", amount_text(both)},
                                  {"items", amount_text(items.items)},
                                  {"days_and_visits", amount_text(items.stays)},
                                  {"idle", amount_text(items.idle)},
                                  {"unallocated", amount_text(items.unallocated)},
                                  {"difference", amount_text(both - reached - items.unallocated)}}},
        {"hospital", json::object{{"pools", amount_text(pools)},
                                  {"drugs", amount_text(items.drugs)},
                                  {"materials", amount_text(items.materials)},
                                  {"items", amount_text(items.items)},
                                  {"days_and_visits", amount_text(items.stays)},
                                  {"idle", amount_text(items.idle)},
                                  {"unallocated", amount_text(unallocated)},
                                  {"difference", amount_text(pools - items.drugs - items.materials -
                                                             reached - unallocated)}}}};
}

bool is_all_zero(const json::object& row, std::size_t keys) {
    std::size_t zeros = 0;
    for (const auto& entry : row) {
        zeros += entry.value().is_string() && entry.value().get_string() == "0.00" ? 1U : 0U;
    }
    return zeros + keys == row.size();
}

void key_list(json::object& totals, const char* name, const char* key) {
    auto* list = totals.if_contains(name);
    if (list == nullptr || !list->is_array()) {
        throw Refusal(std::string("certificate.json: totals.") + name + " is not a list");
    }
    json::object keyed;
    for (const json::value& element : list->get_array()) {
        if (!element.is_object()) {
            throw Refusal(std::string("certificate.json: totals.") + name + " has a non-object");
        }
        const json::object& row = element.get_object();
        const std::string row_key = string_member(row, key, "certificate.json") + "/" +
                                    string_member(row, "fund_source", "certificate.json");
        if (!is_all_zero(row, 2) && !keyed.emplace(row_key, row).second) {
            throw Refusal("certificate.json: totals has " + row_key + " twice");
        }
    }
    *list = std::move(keyed);
}

}  // namespace

json::object expected_identity(const MonthFolder& month, const RulesFolder& rules,
                               const std::map<std::string, TableIdentity>& tables) {
    json::object table_list;
    std::map<std::string, std::string> hashes;
    for (const auto& [file, table] : tables) {
        table_list[file] = json::object{{"rows", table.rows}, {"sha256", table.sha256}};
        hashes[file] = table.sha256;
    }
    json::object versions;
    for (const auto& [name, version] : rules.versions) {
        versions[name] = version;
    }
    json::object feeds;
    for (const auto& [feed, state] : month.open_feeds) {
        feeds[feed] = state;
    }
    const std::string run_id =
        sha256_of("month=" + month.month_hash + "\nprior=" + month.prior_hash +
                  "\nrules=" + rules.rules_hash + "\nnumerics=1\n");
    return {{"schema", "yuanliu.certificate/1"},
            {"numerics", "1"},
            {"hospital", month.hospital},
            {"period", month.period},
            {"month_hash", month.month_hash},
            {"prior_hash", month.prior_hash},
            {"rules_hash", rules.rules_hash},
            {"run_id", run_id},
            {"result_hash", sha256_of_listing(hashes)},
            {"tables", table_list},
            {"rules", versions},
            {"feeds", feeds}};
}

void add_figures(const Figures& figures, json::object& certificate) {
    certificate["totals"] = totals_of(figures);
    certificate["items"] = items_of(figures);
    certificate["in_hospital_bridge"] = {{"cost", bridge_of(figures.cost_bridge)},
                                         {"charge", bridge_of(figures.charge_bridge)}};
    const Int128 share =
        figures.all_absolute == 0
            ? Int128{0}
            : round_divide(multiply(figures.parked_absolute, 10'000), figures.all_absolute);
    certificate["parked"] = {{"lines", figures.parked_lines},
                             {"charge", amount_text(figures.parked_charge)},
                             {"absolute_charge", amount_text(figures.parked_absolute)},
                             {"share", number_text(share, 4)}};
    const ProfitSums& profit = figures.profit;
    certificate["profit"] = {{"charge", amount_text(profit.charge)},
                             {"payment", amount_text(profit.payment)},
                             {"cost", amount_text(profit.cost)},
                             {"policy_margin", amount_text(Int128{profit.payment} - profit.charge)},
                             {"real_margin", amount_text(Int128{profit.payment} - profit.cost)}};
    const Fen withheld = figures.bonus_released - figures.bonus_paid;
    certificate["bonus"] = {{"carried", amount_text(figures.bonus_carried)},
                            {"released", amount_text(figures.bonus_released)},
                            {"paid", amount_text(figures.bonus_paid)},
                            {"withheld", amount_text(withheld)},
                            {"closing", amount_text(figures.bonus_carried - figures.bonus_paid)}};
    certificate["residual"] = "0.00";
}

void key_lists(json::object& certificate) {
    auto* totals = certificate.if_contains("totals");
    if (totals == nullptr || !totals->is_object()) {
        throw Refusal("certificate.json: totals is missing or is not an object");
    }
    key_list(totals->get_object(), "by_item_fund", "cost_item");
    key_list(totals->get_object(), "by_category_fund", "cost_category");
}

}  // namespace yuanliu_verify
