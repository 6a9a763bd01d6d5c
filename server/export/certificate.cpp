// Why this file: adds up the rows of a result along independent ways and states the differences.
#include "server/export/certificate.hpp"

#include <algorithm>

#include "server/text/sha256.hpp"

namespace yuanliu::exporting {
namespace {

namespace json = boost::json;
using ByFund = std::array<Money, kFundSources>;

/// Remembers the largest absolute difference met.
class Residual {
  public:
    Money note(Money difference) {
        worst_ = std::max(worst_, difference.raw() < 0 ? -difference : difference);
        return difference;
    }
    [[nodiscard]] Money worst() const { return worst_; }

  private:
    Money worst_;
};

json::array item_fund_rows(const CertificateInput& in, Residual& residual) {
    std::vector<ByFund> direct(in.month.cost_items.size());
    std::vector<ByFund> full(in.month.cost_items.size());
    for (const DepartmentCostRow& row : in.result.costing.department_costs) {
        const auto fund = static_cast<std::size_t>(row.fund);
        if (row.kind == CostKind::direct) {
            direct[row.cost_item.index()][fund] += row.cost;
        } else if (row.kind == CostKind::full) {
            full[row.cost_item.index()][fund] += row.cost;
        }
    }
    json::array rows;
    for (std::size_t i = 0; i < direct.size(); ++i) {
        for (std::size_t fund = 0; fund < kFundSources; ++fund) {
            residual.note(direct[i][fund] - full[i][fund]);
            if (direct[i][fund].is_zero() && full[i][fund].is_zero()) {
                continue;
            }
            rows.push_back(json::object{{"cost_item", in.month.cost_items[i].code},
                                        {"fund_source", word_of(static_cast<FundSource>(fund))},
                                        {"direct", direct[i][fund].text()},
                                        {"full", full[i][fund].text()}});
        }
    }
    return rows;
}

/// Cost by category and fund source, and where it went.
struct CategoryFunds {
    std::array<ByFund, kCategories> pools{};
    std::array<ByFund, kCategories> patients{};
    std::array<ByFund, kCategories> parked{};
    std::array<ByFund, kCategories> unallocated{};
};

Money& cell(std::array<ByFund, kCategories>& sums, std::size_t rank) {
    const Component component = component_at(rank);
    return sums[static_cast<std::size_t>(component.category)]
               [static_cast<std::size_t>(component.fund)];
}

Money total_of(const std::array<ByFund, kCategories>& sums) {
    Money total;
    for (const ByFund& funds : sums) {
        for (const Money amount : funds) {
            total += amount;
        }
    }
    return total;
}

CategoryFunds sum_category_funds(const CostingResult& costing) {
    CategoryFunds sums;
    for (const PoolResult& pool : costing.pools) {
        for (std::size_t k = 0; k < pool.component_ranks.size(); ++k) {
            cell(sums.pools, pool.component_ranks[k]) += pool.component_costs[k];
        }
    }
    for (const ActivityResult& activity : costing.activities) {
        for (std::size_t k = 0; k < activity.component_ranks.size(); ++k) {
            if (activity.weight == 0) {
                cell(sums.unallocated, activity.component_ranks[k]) += activity.component_costs[k];
            } else if (!activity.idle_costs.empty()) {
                cell(sums.unallocated, activity.component_ranks[k]) += activity.idle_costs[k];
            }
        }
    }
    for (std::size_t i = 0; i < costing.month_costs.cost.size(); ++i) {
        cell(sums.patients, costing.month_costs.rank[i]) += costing.month_costs.cost[i];
    }
    for (std::size_t rank = 0; rank < kComponents; ++rank) {
        cell(sums.parked, rank) += costing.parked_cost[rank];
    }
    return sums;
}

json::array category_fund_rows(const CategoryFunds& sums, Residual& residual) {
    json::array rows;
    for (std::size_t c = 0; c < kCategories; ++c) {
        for (std::size_t f = 0; f < kFundSources; ++f) {
            const Money pools = sums.pools[c][f];
            const Money patients = sums.patients[c][f];
            const Money parked = sums.parked[c][f];
            const Money unallocated = sums.unallocated[c][f];
            residual.note(pools - patients - parked - unallocated);
            if (pools.is_zero() && patients.is_zero() && parked.is_zero() &&
                unallocated.is_zero()) {
                continue;
            }
            rows.push_back(json::object{{"cost_category", word_of(static_cast<CostCategory>(c))},
                                        {"fund_source", word_of(static_cast<FundSource>(f))},
                                        {"pools", pools.text()},
                                        {"patients", patients.text()},
                                        {"parked", parked.text()},
                                        {"unallocated", unallocated.text()}});
        }
    }
    return rows;
}

json::object totals(const CertificateInput& in, Residual& residual) {
    const CostingResult& costing = in.result.costing;
    const CategoryFunds sums = sum_category_funds(costing);
    const Money pools = total_of(sums.pools);
    residual.note(costing.ledger_total - costing.excluded_total - costing.direct_total);
    residual.note(costing.direct_total - pools);
    json::array after_stages;
    for (const Money total : costing.total_after_stage) {
        residual.note(total - costing.direct_total);
        after_stages.push_back(json::string(total.text()));
    }
    return {{"ledger", costing.ledger_total.text()},
            {"excluded", costing.excluded_total.text()},
            {"direct", costing.direct_total.text()},
            {"after_stages", std::move(after_stages)},
            {"pools", pools.text()},
            {"patients", total_of(sums.patients).text()},
            {"parked", total_of(sums.parked).text()},
            {"unallocated", total_of(sums.unallocated).text()},
            {"by_item_fund", item_fund_rows(in, residual)},
            {"by_category_fund", category_fund_rows(sums, residual)}};
}

/// What the pools gave to items, to days and visits, and what stayed (docs/service-items.md §6).
struct ItemSums {
    Money pools, drugs, materials, service_pools, traced, activities, items, stays, idle,
        unallocated, all_unallocated;
};

ItemSums sum_items(const CostingResult& costing) {
    ItemSums sums;
    for (const ActivityResult& activity : costing.activities) {
        sums.all_unallocated += activity.unallocated();
        if (activity.kind == PoolKind::service) {
            (activity.is_traced() ? sums.traced : sums.activities) += activity.cost;
            sums.idle += activity.idle_cost;
            sums.unallocated += activity.unallocated();
        }
    }
    for (const PoolResult& pool : costing.pools) {
        sums.pools += pool.cost;
        sums.service_pools += pool.kind == PoolKind::service ? pool.cost : Money();
        for (const ServiceItemCost& item : pool.items) {
            Money& place = item.stays                        ? sums.stays
                           : pool.kind == PoolKind::drug     ? sums.drugs
                           : pool.kind == PoolKind::material ? sums.materials
                                                             : sums.items;
            place += item.cost;
        }
    }
    return sums;
}

json::object items(const CertificateInput& in, Residual& residual) {
    const ItemSums sums = sum_items(in.result.costing);
    const Money both = sums.traced + sums.activities;
    const Money reached = sums.items + sums.stays + sums.idle;
    return {
        {"resource", json::object{{"service_pools", sums.service_pools.text()},
                                  {"traced", sums.traced.text()},
                                  {"activities", sums.activities.text()},
                                  {"difference", residual.note(sums.service_pools - both).text()}}},
        {"activity",
         json::object{{"activities", both.text()},
                      {"items", sums.items.text()},
                      {"days_and_visits", sums.stays.text()},
                      {"idle", sums.idle.text()},
                      {"unallocated", sums.unallocated.text()},
                      {"difference", residual.note(both - reached - sums.unallocated).text()}}},
        {"hospital",
         json::object{{"pools", sums.pools.text()},
                      {"drugs", sums.drugs.text()},
                      {"materials", sums.materials.text()},
                      {"items", sums.items.text()},
                      {"days_and_visits", sums.stays.text()},
                      {"idle", sums.idle.text()},
                      {"unallocated", sums.all_unallocated.text()},
                      {"difference", residual
                                         .note(sums.pools - sums.drugs - sums.materials - reached -
                                               sums.all_unallocated)
                                         .text()}}}};
}

struct Bridge {
    Money opening;
    Money month;
    std::array<Money, 4> whole{};  ///< by StayStatus
    void add(StayStatus status, Money opened, Money of_month) {
        opening += opened;
        month += of_month;
        whole[static_cast<std::size_t>(status)] += opened + of_month;
    }
    [[nodiscard]] json::object document(Residual& residual) const {
        const Money discharged = whole[static_cast<std::size_t>(StayStatus::discharged)];
        const Money closing = whole[static_cast<std::size_t>(StayStatus::in_hospital)];
        const Money earlier = whole[static_cast<std::size_t>(StayStatus::discharged_earlier)];
        const Money difference = residual.note(opening + month - discharged - closing - earlier);
        return {{"opening", opening.text()},
                {"month", month.text()},
                {"discharged", discharged.text()},
                {"closing", closing.text()},
                {"discharged_earlier", earlier.text()},
                {"residual", difference.text()}};
    }
};

json::object bridges(const CertificateInput& in, Residual& residual) {
    Bridge cost;
    Bridge charge;
    for (std::size_t e = 0; e < in.month.encounters.size(); ++e) {
        const Encounter& encounter = in.month.encounters[e];
        const StayAmounts& stay = in.result.costing.stays[e];
        if (encounter.kind == EncounterKind::inpatient) {
            cost.add(encounter.status, stay.opening_cost, stay.month_cost);
            charge.add(encounter.status, stay.opening_charge, stay.month_charge);
        }
    }
    Money closing_rows;
    for (const OpeningCost& row : in.result.costing.closing_costs) {
        closing_rows += row.cost;
    }
    residual.note(closing_rows - cost.whole[static_cast<std::size_t>(StayStatus::in_hospital)]);
    return {{"cost", cost.document(residual)}, {"charge", charge.document(residual)}};
}

json::object parked(const CertificateInput& in) {
    Money charge;
    for (const ParkedLine& line : in.month.parked_lines) {
        charge += line.charge;
    }
    const Rate share =
        in.absolute_charges.is_zero()
            ? Rate()
            : Rate::from_raw(rounded_half_away(Int128{in.absolute_parked_charges.raw()} * 10'000,
                                               in.absolute_charges.raw()));
    return {{"lines", in.month.parked_lines.size()},
            {"charge", charge.text()},
            {"absolute_charge", in.absolute_parked_charges.text()},
            {"share", share.trimmed()}};
}

ProfitSums sum_rows(const std::vector<ProfitRow>& rows, bool with_visits) {
    ProfitSums sum;
    for (const ProfitRow& row : rows) {
        if (with_visits || row.basis != PaymentBasis::visit) {
            sum.charge += row.sums.charge;
            sum.payment += row.sums.payment;
            sum.cost += row.sums.cost;
        }
    }
    return sum;
}

void note_difference(Residual& residual, const ProfitSums& left, const ProfitSums& right) {
    residual.note(left.charge - right.charge);
    residual.note(left.payment - right.payment);
    residual.note(left.cost - right.cost);
}

json::object profit(const CertificateInput& in, Residual& residual) {
    const ProfitSums all = sum_rows(in.result.profit.departments, true);
    const ProfitSums stays = sum_rows(in.result.profit.departments, false);
    note_difference(residual, sum_rows(in.result.profit.groups, false), stays);
    note_difference(residual, sum_rows(in.result.profit.physicians, false), stays);
    return {{"charge", all.charge.text()},
            {"payment", all.payment.text()},
            {"cost", all.cost.text()},
            {"policy_margin", (all.payment - all.charge).text()},
            {"real_margin", (all.payment - all.cost).text()}};
}

json::object bonus(const CertificateInput& in, Residual& residual) {
    const BonusResult& bonus = in.result.bonus;
    Money persons;
    for (const BonusPersonRow& row : bonus.persons) {
        persons += row.paid;
    }
    residual.note(bonus.paid - persons);
    residual.note(bonus.released - bonus.paid - bonus.withheld);
    return {{"carried", bonus.carried.text()},
            {"released", bonus.released.text()},
            {"paid", bonus.paid.text()},
            {"withheld", bonus.withheld.text()},
            {"closing", (bonus.carried - bonus.paid).text()}};
}

json::object versions(const Rules& rules) {
    return {{"allocation", rules.allocation.version},
            {"costing", rules.costing.version},
            {"payment", rules.payment ? rules.payment->version : ""},
            {"bonus", rules.bonus ? rules.bonus->version : ""}};
}

json::object table_hashes(const std::vector<FinishedTable>& tables, std::string& result_hash) {
    json::object hashes;
    std::string lines;
    for (const FinishedTable& table : tables) {
        hashes[table.name] = json::object{{"rows", table.rows}, {"sha256", table.sha256}};
        lines += table.name + " " + table.sha256 + "\n";
    }
    result_hash = text::sha256_hex(lines);
    return hashes;
}

}  // namespace

Certificate certify(const CertificateInput& in) {
    Certificate out;
    Residual residual;
    json::object hashes = table_hashes(in.tables, out.result_hash);
    out.run_id = text::sha256_hex("month=" + in.month_hash + "\nprior=" + in.prior_hash +
                                  "\nrules=" + in.rules_hash +
                                  "\nnumerics=" + std::string(kNumericsVersion) + "\n");
    json::object feeds;
    for (const auto& [feed, state] : in.feeds) {
        feeds[feed] = state;
    }
    out.document = {{"schema", "yuanliu.certificate/1"},
                    {"numerics", kNumericsVersion},
                    {"hospital", in.month.hospital},
                    {"period", in.month.period.text()},
                    {"month_hash", in.month_hash},
                    {"prior_hash", in.prior_hash},
                    {"rules_hash", in.rules_hash},
                    {"run_id", out.run_id},
                    {"result_hash", out.result_hash},
                    {"tables", std::move(hashes)},
                    {"rules", versions(in.rules)},
                    {"feeds", std::move(feeds)},
                    {"totals", totals(in, residual)},
                    {"items", items(in, residual)},
                    {"in_hospital_bridge", bridges(in, residual)},
                    {"parked", parked(in)},
                    {"profit", profit(in, residual)},
                    {"bonus", bonus(in, residual)}};
    out.residual = residual.worst();
    out.document["residual"] = out.residual.text();
    return out;
}

}  // namespace yuanliu::exporting
