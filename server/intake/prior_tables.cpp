// Why this file: what the month stands on (docs/month-folder.md §4): the stays that were in
// hospital at the end of the month before, and the pools carried on.
#include <algorithm>
#include <tuple>

#include "server/intake/manifest.hpp"
#include "server/intake/month_draft.hpp"
#include "server/intake/month_hash.hpp"

namespace yuanliu::intake {
namespace {

constexpr std::string_view kPriorManifest = "prior/manifest.json";

/// An opening stay must go on: an inpatient of this month, in hospital or discharged by its end.
EncounterId opening_stay(const MonthDraft& draft, const Row& row, FindingList& findings) {
    const Cell& cell = row[0];
    if (!cell.is_valid) {
        return EncounterId();
    }
    const FindingList::Place place{.row = row.number, .column = "encounter"};
    const std::uint32_t id = draft.encounters.index.find(cell.text);
    if (id == CodeIndex::kNone) {
        if (draft.can_judge(tables::encounters)) {
            findings.add(FindingCode::opening_stay_unknown, place, {cell.string()});
        }
        return EncounterId();
    }
    const StayStatus status = draft.loaded.month.encounters[id].status;
    if (status == StayStatus::visit) {
        findings.add(FindingCode::opening_stay_not_in_hospital, place,
                     {cell.string(), std::string(word_of(status))});
    }
    return EncounterId(id);
}

TableRead read_prior_table(MonthDraft& draft, const TableSpec& spec, RowHandler& handler) {
    return read_table({.spec = spec,
                       .folder = draft.dir,
                       .parallel_for = draft.options.parallel_for,
                       .chunk_bytes = draft.options.chunk_bytes},
                      handler, draft.book.of(spec.file));
}

/// Reads one table into T's, checks the sum of their amounts and notes the table's identity.
template <class T, class Make, class AmountOf>
std::vector<T> read_amounts(MonthDraft& draft, const TableSpec& spec, Make make, AmountOf amount_of,
                            std::vector<TableIdentity>& identities) {
    RowCollector<T, Make> collector(std::move(make));
    identities.push_back(read_prior_table(draft, spec, collector).identity);
    std::vector<T> rows = collector.gather();
    AmountSum sum;
    for (const T& row : rows) {
        sum.add(amount_of(row));
    }
    sum.checked(spec.columns.back().name, draft.book.of(spec.file));
    return rows;
}

void read_opening_costs(MonthDraft& draft, std::vector<TableIdentity>& identities) {
    enum : std::size_t { encounter, cost_category, fund_source, origin, cost };
    const auto make = [&](const Row& row, FindingList& findings) {
        return OpeningCost{.encounter = opening_stay(draft, row, findings),
                           .component = {.category = row[cost_category].word<CostCategory>(),
                                         .fund = row[fund_source].word<FundSource>(),
                                         .origin = row[origin].word<Origin>()},
                           .cost = row[cost].money()};
    };
    auto& costs = draft.month().opening_costs;
    costs = read_amounts<OpeningCost>(
        draft, tables::prior_in_hospital, make, [](const auto& row) { return row.cost; },
        identities);
    const auto key = [](const OpeningCost& row) {
        return std::tuple(row.encounter, word_of(row.component.category),
                          word_of(row.component.fund), word_of(row.component.origin));
    };
    std::stable_sort(costs.begin(), costs.end(),
                     [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

void read_opening_charges(MonthDraft& draft, std::vector<TableIdentity>& identities) {
    const auto make = [&](const Row& row, FindingList& findings) {
        return OpeningCharge{.encounter = opening_stay(draft, row, findings),
                             .charge = row[1].money()};
    };
    auto& charges = draft.month().opening_charges;
    charges = read_amounts<OpeningCharge>(
        draft, tables::prior_in_hospital_charges, make, [](const auto& row) { return row.charge; },
        identities);
    std::stable_sort(charges.begin(), charges.end(),
                     [](const auto& a, const auto& b) { return a.encounter < b.encounter; });
}

void read_carried_pools(MonthDraft& draft, std::vector<TableIdentity>& identities) {
    const auto make = [](const Row& row, FindingList&) {
        return CarriedPool{
            .code = row[0].string(), .name = row[1].string(), .amount = row[2].money()};
    };
    auto& pools = draft.month().carried_pools;
    pools = read_amounts<CarriedPool>(
        draft, tables::prior_carried_pools, make, [](const auto& row) { return row.amount; },
        identities);
    std::stable_sort(pools.begin(), pools.end(),
                     [](const auto& a, const auto& b) { return a.code < b.code; });
}

/// Optional, as the tables of a month are: without rows it is no part of what the month stands on.
void read_prior_estimates(MonthDraft& draft, std::vector<TableIdentity>& identities) {
    std::error_code ignored;
    if (!std::filesystem::exists(draft.dir / tables::prior_estimates.file, ignored)) {
        return;
    }
    const auto make = [&](const Row& row, FindingList& findings) {
        return make_estimate_line(draft, row, findings);
    };
    RowCollector<LedgerLine, decltype(make)> collector(make);
    TableIdentity identity = read_prior_table(draft, tables::prior_estimates, collector).identity;
    if (identity.rows > 0) {
        identities.push_back(std::move(identity));
    }
    add_reversals(draft, collector.gather());
}

void check_manifest(MonthDraft& draft, const Manifest& manifest, FindingList& findings) {
    const std::string expected = draft.month().period.previous().text();
    const std::string& hospital = draft.month().hospital;
    if (!manifest.hospital.empty() && !hospital.empty() && manifest.hospital != hospital) {
        findings.add(FindingCode::prior_period_differs, {.row = 0, .column = "hospital"},
                     {manifest.hospital, hospital});
    }
    if (!manifest.period.empty() && manifest.period != expected) {
        findings.add(FindingCode::prior_period_differs, {.row = 0, .column = "period"},
                     {manifest.period, expected});
    }
    draft.loaded.prior_result_hash = manifest.result_hash;
    draft.loaded.prior_tables = manifest.tables;
}

/// The listing behind result_hash: whoever edits prior/ by hand is told so here, not at the year's
/// end.
void check_listing(const Manifest& manifest, const std::vector<TableIdentity>& identities,
                   FindingList& findings) {
    std::vector<TableIdentity> listed;
    for (const auto& [name, sha256] : manifest.tables) {
        listed.push_back({.name = name, .rows = 0, .sha256 = sha256});
    }
    if (hash_of_identities(std::move(listed)) != manifest.result_hash) {
        findings.add(FindingCode::prior_differs_from_result, {.row = 0, .column = "result_hash"},
                     {std::string(kPriorManifest)});
    }
    // Estimates that were left out would never be taken back.
    const std::string estimates(tables::prior_estimates.file);
    if (manifest.tables.contains("closing/" + estimates.substr(6)) &&
        std::none_of(identities.begin(), identities.end(),
                     [&](const TableIdentity& one) { return one.name == estimates; })) {
        findings.add(FindingCode::prior_differs_from_result, {.row = 0, .column = "tables"},
                     {estimates});
    }
    for (const TableIdentity& identity : identities) {
        const auto found = manifest.tables.find("closing/" + identity.name.substr(6));
        if (identity.name != kPriorManifest &&
            (found == manifest.tables.end() || found->second != identity.sha256)) {
            findings.add(FindingCode::prior_differs_from_result, {.row = 0, .column = "tables"},
                         {identity.name});
        }
    }
}

/// A carried stay whose discharge before the month was registered only now belongs to this month's
/// discharges.
void take_late_discharges(MonthDraft& draft, FindingList& findings) {
    for (const OpeningCharge& opening : draft.month().opening_charges) {
        if (!opening.encounter.is_valid()) {
            continue;
        }
        Encounter& encounter = draft.month().encounters[opening.encounter.index()];
        if (encounter.status == StayStatus::discharged_earlier) {
            encounter.status = StayStatus::discharged;
            findings.add(FindingCode::discharge_registered_late, {.row = 0, .column = "encounter"},
                         {encounter.code, encounter.discharged_on.text()}, Severity::warn);
        }
    }
}

/// Inpatients admitted before the month must have been carried by it, or their earlier cost is
/// nowhere.
void report_missing_openings(MonthDraft& draft, FindingList& findings) {
    std::vector<bool> carried(draft.month().encounters.size());
    for (const OpeningCharge& opening : draft.month().opening_charges) {
        if (opening.encounter.is_valid()) {
            carried[opening.encounter.index()] = true;
        }
    }
    for (std::size_t i = 0; i < carried.size(); ++i) {
        const Encounter& encounter = draft.month().encounters[i];
        const bool expected = encounter.status == StayStatus::in_hospital ||
                              encounter.status == StayStatus::discharged;
        if (expected && !carried[i] && encounter.admitted_on < draft.first_day) {
            findings.add(FindingCode::opening_stay_missing, {.row = 0, .column = "encounter"},
                         {encounter.code, encounter.admitted_on.text()}, Severity::warn);
        }
    }
}

}  // namespace

void read_prior(MonthDraft& draft) {
    FindingList& findings = draft.book.of(kPriorManifest);
    std::error_code ignored;
    draft.loaded.has_prior = std::filesystem::exists(draft.dir / "prior", ignored);
    if (!draft.loaded.has_prior) {
        draft.loaded.prior_hash = "none";
        findings.add(FindingCode::prior_missing, {}, {draft.month().period.previous().text()},
                     Severity::warn);
        return;
    }
    std::vector<TableIdentity> identities;
    const auto manifest = read_prior_manifest(draft.dir, findings);
    if (manifest) {
        check_manifest(draft, *manifest, findings);
        identities.push_back({.name = std::string(kPriorManifest),
                              .rows = 0,
                              .sha256 = prior_manifest_hash(*manifest)});
    }
    read_opening_costs(draft, identities);
    read_opening_charges(draft, identities);
    read_carried_pools(draft, identities);
    read_prior_estimates(draft, identities);
    if (manifest && manifest->tables.empty()) {
        findings.add(FindingCode::prior_without_listing, {.row = 0, .column = "tables"}, {},
                     Severity::warn);
    } else if (manifest) {
        check_listing(*manifest, identities, findings);
    }
    FindingList& stays = draft.book.of("prior/in_hospital_charges.csv");
    take_late_discharges(draft, stays);
    report_missing_openings(draft, stays);
    draft.loaded.prior_hash = hash_of_identities(std::move(identities));
}

}  // namespace yuanliu::intake
