// Why this file: the one table that is really big. Rows are typed straight into the columns of the
// month, each at the place of its line, by all threads at once; then lines that are not charge
// lines of known encounters are squeezed out, and the rest is brought into encounter order.
#include <algorithm>
#include <numeric>
#include <tuple>

#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {
namespace {

namespace column {
enum : std::size_t {
    encounter,
    line,
    charged_on,
    service_item,
    ordering,
    executing,
    physician,
    quantity,
    charge,
    refund_of
};
}

constexpr Reference kToItem{column::service_item, "service_item",
                            FindingCode::unknown_service_item};
constexpr Reference kToOrdering{column::ordering, "ordering_department",
                                FindingCode::unknown_department};
constexpr Reference kToExecuting{column::executing, "executing_department",
                                 FindingCode::unknown_department};
constexpr Reference kToPhysician{column::physician, "physician", FindingCode::unknown_staff,
                                 Severity::warn};

/// Applies `work` to every column.
template <class Work>
void for_each_column(ChargeLines& lines, Work work) {
    work(lines.encounter);
    work(lines.service_item);
    work(lines.executing);
    work(lines.ordering);
    work(lines.quantity);
    work(lines.charge);
    work(lines.source_row);
}

class ChargeLineHandler final : public RowHandler {
  public:
    explicit ChargeLineHandler(MonthDraft& draft)
        : draft_(draft), check_staff_(draft.has_arrived(tables::staff)) {}

    void begin(std::size_t chunks, std::size_t lines) override {
        chunks_.resize(chunks);
        for_each_column(draft_.month().charge_lines, [&](auto& values) { values.resize(lines); });
    }

    void take(std::size_t chunk, const Row& row, FindingList& findings) override {
        ChunkState& state = chunks_[chunk];
        const Ids ids{
            .item = look_up(draft_.service_items, state.item, kToItem, row, findings),
            .ordering = look_up(draft_.departments, state.ordering, kToOrdering, row, findings),
            .executing = look_up(draft_.departments, state.executing, kToExecuting, row, findings)};
        if (check_staff_) {
            look_up(draft_.staff, state.physician, kToPhysician, row, findings);
        }
        const Cell& day = row[column::charged_on];
        if (day.is_valid && day.date > draft_.last_day) {
            findings.add(FindingCode::date_out_of_month,
                         {.row = row.number, .column = "charged_on"},
                         {day.string(), draft_.last_day.text()});
        }
        const Cell& encounter = row[column::encounter];
        const std::uint32_t encounter_id =
            encounter.is_valid ? state.encounter.find(draft_.encounters.index, encounter.text)
                               : CodeIndex::kNone;
        state.absolute.add(row[column::charge].money());
        if (encounter_id == CodeIndex::kNone && encounter.is_valid &&
            draft_.can_judge(tables::encounters)) {
            park(state, row, ids, findings);
        }
        store(row, EncounterId(encounter_id), ids);
    }

    /// Parked lines and sums of all chunks.
    void finish(FindingList& findings) {
        AmountSum absolute;
        AmountSum parked_absolute;
        auto& parked = draft_.month().parked_lines;
        for (ChunkState& state : chunks_) {
            absolute.add(state.absolute);
            parked_absolute.add(state.parked_absolute);
            std::move(state.parked.begin(), state.parked.end(), std::back_inserter(parked));
        }
        std::stable_sort(parked.begin(), parked.end(), [](const auto& a, const auto& b) {
            return std::tie(a.encounter, a.line) < std::tie(b.encounter, b.line);
        });
        FindingList no_second_finding = findings.sibling();
        draft_.loaded.absolute_charges = absolute.checked("charge", findings);
        draft_.loaded.absolute_parked_charges =
            parked_absolute.checked("charge", no_second_finding);
    }

  private:
    struct Ids {
        std::uint32_t item = CodeIndex::kNone;
        std::uint32_t ordering = CodeIndex::kNone;
        std::uint32_t executing = CodeIndex::kNone;
    };

    struct ChunkState {
        CodeMemo encounter, item, ordering, executing, physician;
        AmountSum absolute;
        AmountSum parked_absolute;
        std::vector<ParkedLine> parked;
    };

    std::uint32_t look_up(const CodeBook& book, CodeMemo& memo, const Reference& reference,
                          const Row& row, FindingList& findings) const {
        const Cell& cell = row[reference.column];
        if (!cell.is_valid || cell.is_blank()) {
            return CodeIndex::kNone;
        }
        const std::uint32_t id = memo.find(book.index, cell.text);
        if (id == CodeIndex::kNone || !book.usable[id]) {
            check_reference(draft_, book, reference, row, id, findings);
        }
        return id;
    }

    static void park(ChunkState& state, const Row& row, const Ids& ids, FindingList& findings) {
        const Cell& charge = row[column::charge];
        findings.add(
            FindingCode::charge_line_parked, {.row = row.number, .column = "encounter"},
            {row[column::encounter].string(), row[column::line].string(), charge.money().text()},
            Severity::park);
        state.parked_absolute.add(charge.money());
        state.parked.push_back({.encounter = row[column::encounter].string(),
                                .line = row[column::line].string(),
                                .charged_on = row[column::charged_on].date,
                                .service_item = ServiceItemId(ids.item),
                                .executing = DepartmentId(ids.executing),
                                .quantity = row[column::quantity].quantity(),
                                .charge = charge.money()});
    }

    void store(const Row& row, EncounterId encounter, const Ids& ids) {
        ChargeLines& lines = draft_.month().charge_lines;
        const std::size_t at = row.number - 2;
        lines.encounter[at] = encounter;
        lines.service_item[at] = ServiceItemId(ids.item);
        lines.ordering[at] = DepartmentId(ids.ordering);
        lines.executing[at] = DepartmentId(ids.executing);
        lines.quantity[at] = row[column::quantity].quantity();
        lines.charge[at] = row[column::charge].money();
        lines.source_row[at] = row.number;
    }

    MonthDraft& draft_;
    bool check_staff_;
    std::vector<ChunkState> chunks_;
};

/// Line indexes in canonical order, without lines that are not of known encounters.
std::vector<std::uint32_t> kept_lines(const ChargeLines& lines, const TableRead& read) {
    std::vector<std::uint32_t> kept;
    kept.reserve(lines.size());
    const auto keep = [&](std::uint32_t at) {
        if (lines.encounter[at].is_valid()) {
            kept.push_back(at);
        }
    };
    if (read.in_canonical_order) {
        for (std::uint32_t at = 0; at < lines.size(); ++at) {
            keep(at);
        }
    } else {
        for (const std::uint32_t number : read.canonical_order) {
            keep(number - 2);
        }
    }
    return kept;
}

/// Canonical order is nearly encounter order, but codes with bytes below the comma differ.
/// A counting sort keeps the canonical order within an encounter.
void sort_by_encounter(const ChargeLines& lines, std::size_t encounters,
                       std::vector<std::uint32_t>& order) {
    const auto below = [&](std::uint32_t a, std::uint32_t b) {
        return lines.encounter[a] < lines.encounter[b];
    };
    if (std::is_sorted(order.begin(), order.end(), below)) {
        return;
    }
    std::vector<std::uint32_t> next(encounters + 1);
    for (const std::uint32_t at : order) {
        ++next[lines.encounter[at].index() + 1];
    }
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<std::uint32_t> sorted(order.size());
    for (const std::uint32_t at : order) {
        sorted[next[lines.encounter[at].index()]++] = at;
    }
    order = std::move(sorted);
}

void reorder(ChargeLines& lines, const std::vector<std::uint32_t>& order) {
    for_each_column(lines, [&](auto& values) {
        std::remove_reference_t<decltype(values)> sorted;
        sorted.reserve(order.size());
        for (const std::uint32_t at : order) {
            sorted.push_back(values[at]);
        }
        values = std::move(sorted);
    });
}

bool is_settled(const ChargeLines& lines, const TableRead& read) {
    return read.in_canonical_order &&
           std::is_sorted(lines.encounter.begin(), lines.encounter.end()) &&
           (lines.size() == 0 || lines.encounter.back().is_valid());
}

}  // namespace

void read_charge_lines(MonthDraft& draft) {
    ChargeLineHandler handler(draft);
    const TableRead read = draft.read(tables::charge_lines, handler);
    handler.finish(draft.book.of(tables::charge_lines.file));
    ChargeLines& lines = draft.month().charge_lines;
    if (!is_settled(lines, read)) {
        std::vector<std::uint32_t> order = kept_lines(lines, read);
        sort_by_encounter(lines, draft.month().encounters.size(), order);
        reorder(lines, order);
    }
}

}  // namespace yuanliu::intake
