// Why this file: what the readers of single tables share while a month is put together: the codes
// known so far, the findings, and the checks that many columns need.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/intake/code_index.hpp"
#include "server/intake/manifest.hpp"
#include "server/intake/month_reader.hpp"

namespace yuanliu::intake {

/// Codes of a table that others name, each with whether it is usable in the month.
struct CodeBook {
    CodeIndex index;
    std::vector<bool> usable;
};

struct MonthDraft {
    MonthDraft(std::filesystem::path month_dir, const ReadOptions& read_options)
        : dir(std::move(month_dir)),
          options(read_options),
          book(read_options.max_findings_per_code_and_file) {}

    std::filesystem::path dir;
    const ReadOptions& options;
    LoadedMonth loaded;
    FindingBook book;
    Date first_day;
    Date last_day;
    std::vector<std::uint32_t> encounter_rows;                    ///< row in encounters.csv, by id
    std::set<std::string, std::less<>> not_arrived;               ///< feeds
    std::vector<std::pair<std::string, std::string>> raw_hashes;  ///< of files hashed on the way
    std::vector<std::pair<std::string, std::uint64_t>> raw_rows;
    std::map<std::string, FileClaim> claims;        ///< of the manifest, by file
    std::set<std::string, std::less<>> incomplete;  ///< files of which some line could not be read
    CodeBook departments, cost_items, accounts, drivers, service_items, encounters, staff,
        procedures;

    [[nodiscard]] Month& month() noexcept { return loaded.month; }
    [[nodiscard]] bool has_arrived(const TableSpec& spec) const {
        return !not_arrived.contains(spec.feed());
    }
    /// False for a feed that has not arrived, and for an optional table without a file.
    [[nodiscard]] bool is_there(const TableSpec& spec) const;
    /// Whether a code that is not in the table is unknown. Of a table that has faults itself only
    /// these are reported: they would bury the one finding that matters under false ones.
    [[nodiscard]] bool can_judge(const TableSpec& spec) const {
        return !incomplete.contains(spec.file);
    }
    /// valid_from and valid_to against the month; blank is open.
    [[nodiscard]] bool in_force(const Cell& from, const Cell& to) const;
    /// Reads a table, or takes an empty one for a feed that has not arrived; notes its identity.
    TableRead read(const TableSpec& spec, RowHandler& handler);
};

/// What a column that names a code does: its book and what an unknown code is called.
struct Reference {
    std::size_t column = 0;
    std::string_view name;
    FindingCode unknown{};
    Severity severity = Severity::stop;
};

/// Id of a referenced code; reports an unknown one, or one that is not valid in the month. Says
/// nothing of blank and faulty cells.
std::uint32_t refer(const MonthDraft& draft, const CodeBook& book, const Reference& reference,
                    const Row& row, FindingList& findings);
/// The same for an id that was looked up already.
void check_reference(const MonthDraft& draft, const CodeBook& book, const Reference& reference,
                     const Row& row, std::uint32_t id, FindingList& findings);

/// Adds amounts without overflow; beyond 10^15 fen either way it is a finding of the whole file.
class AmountSum {
  public:
    void add(Money amount) noexcept {
        absolute_ += amount.raw() < 0 ? -Int128{amount.raw()} : Int128{amount.raw()};
    }
    void add(const AmountSum& other) noexcept { absolute_ += other.absolute_; }
    /// Sum of the absolute amounts; reports it when it is too large, and is then the bound.
    Money checked(std::string_view column, FindingList& findings) const;

  private:
    Int128 absolute_ = 0;
};

/// Collects one T per row: `make(row, findings)` gives it.
template <class T, class Make>
class RowCollector final : public RowHandler {
  public:
    explicit RowCollector(Make make) : make_(std::move(make)) {}
    void begin(std::size_t chunks, std::size_t /*lines*/) override { parts_.resize(chunks); }
    void take(std::size_t chunk, const Row& row, FindingList& findings) override {
        parts_[chunk].push_back(make_(row, findings));
    }
    [[nodiscard]] std::vector<T> gather() {
        if (parts_.size() == 1) {
            return std::move(parts_.front());
        }
        std::vector<T> all;
        for (std::vector<T>& part : parts_) {
            std::move(part.begin(), part.end(), std::back_inserter(all));
            part = {};
        }
        return all;
    }

  private:
    Make make_;
    std::vector<std::vector<T>> parts_;
};

/// Reads a table into one T per row, in file order.
template <class T, class Make>
std::vector<T> read_rows(MonthDraft& draft, const TableSpec& spec, Make make) {
    RowCollector<T, Make> collector(std::move(make));
    draft.read(spec, collector);
    return collector.gather();
}

// The readers, in the order in which they may be called: each needs the codes of those before.
/// False: without a readable manifest and its period nothing else can be judged.
[[nodiscard]] bool read_manifest(MonthDraft& draft);
void read_departments(MonthDraft& draft);
void read_cost_items(MonthDraft& draft);
void read_accounts(MonthDraft& draft);
void read_drivers(MonthDraft& draft);
void read_service_items(MonthDraft& draft);
void read_staff(MonthDraft& draft);
void read_procedure_classes(MonthDraft& draft);
void read_catalogue(MonthDraft& draft);
void read_driver_readings(MonthDraft& draft);
void read_quality_readings(MonthDraft& draft);
void read_account_map_and_ledger(MonthDraft& draft);
void read_encounters(MonthDraft& draft);
void read_pathway_readings(MonthDraft& draft);
void read_discharge_records(MonthDraft& draft);
void read_charge_lines(MonthDraft& draft);
void read_prior(MonthDraft& draft);
/// Lines of prior/estimates.csv, taken back; they join the ledger.
void add_reversals(MonthDraft& draft, std::vector<LedgerLine> estimates);
/// One line of prior/estimates.csv.
LedgerLine make_estimate_line(const MonthDraft& draft, const Row& row, FindingList& findings);
/// Item drivers, activities and their readings, traced cost, ward days: all optional.
void read_item_tables(MonthDraft& draft);
void read_collection_tables(MonthDraft& draft);
/// The hospital's own trial balance (科目余额表): optional.
void read_account_balances(MonthDraft& draft);
/// Attending groups, equipment, beds, research projects (docs/objects.md): optional.
void read_object_tables(MonthDraft& draft);
/// Unknown files, and what the manifest claims of files.
void check_files(MonthDraft& draft);

}  // namespace yuanliu::intake
