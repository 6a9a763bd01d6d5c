// Why this file: see month_reader.hpp. The order of reading: whatever names a code comes after the
// table that declares it.
#include "server/intake/month_reader.hpp"

#include <algorithm>

#include "server/intake/month_draft.hpp"
#include "server/intake/month_hash.hpp"

namespace yuanliu::intake {

LoadedMonth read_month(const std::filesystem::path& month_dir, const ReadOptions& options) {
    MonthDraft draft(month_dir, options);
    // Without a period nothing else can be judged: every date would be out of the month.
    if (read_manifest(draft)) {
        read_departments(draft);
        read_cost_items(draft);
        read_accounts(draft);
        read_drivers(draft);
        read_service_items(draft);
        read_procedure_classes(draft);
        read_catalogue(draft);
        read_staff(draft);
        read_driver_readings(draft);
        read_quality_readings(draft);
        read_account_map_and_ledger(draft);
        read_encounters(draft);
        read_prior(draft);  // before records: a stay that it carries may turn out discharged late
        read_pathway_readings(draft);
        read_discharge_records(draft);
        read_charge_lines(draft);
        read_item_tables(draft);
        read_collection_tables(draft);
        read_account_balances(draft);
        read_object_tables(draft);
        check_files(draft);
    }
    LoadedMonth& loaded = draft.loaded;
    std::sort(loaded.tables.begin(), loaded.tables.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    loaded.month_hash = hash_of_identities(loaded.tables);
    loaded.findings = draft.book.take();
    return std::move(loaded);
}

}  // namespace yuanliu::intake
