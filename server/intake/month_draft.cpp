// Why this file: see month_draft.hpp.
#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {
namespace {

const TableSpec* declaring_table(FindingCode unknown) {
    switch (unknown) {
        case FindingCode::unknown_department:
            return &tables::departments;
        case FindingCode::unknown_cost_item:
            return &tables::cost_items;
        case FindingCode::unknown_account:
            return &tables::accounts;
        case FindingCode::unknown_driver:
            return &tables::drivers;
        case FindingCode::unknown_service_item:
            return &tables::service_items;
        case FindingCode::unknown_encounter:
            return &tables::encounters;
        case FindingCode::unknown_staff:
            return &tables::staff;
        case FindingCode::unknown_procedure:
            return &tables::procedure_classes;
        default:
            return nullptr;
    }
}

}  // namespace

bool MonthDraft::in_force(const Cell& from, const Cell& to) const {
    const Period period = loaded.month.period;
    return (from.is_blank() || from.period() <= period) && (to.is_blank() || period <= to.period());
}

bool MonthDraft::is_there(const TableSpec& spec) const {
    std::error_code ignored;
    return has_arrived(spec) &&
           !(spec.is_optional && !std::filesystem::exists(dir / spec.file, ignored));
}

TableRead MonthDraft::read(const TableSpec& spec, RowHandler& handler) {
    TableRead result;
    if (is_there(spec)) {
        result = read_table({.spec = spec,
                             .folder = dir,
                             .parallel_for = options.parallel_for,
                             .chunk_bytes = options.chunk_bytes},
                            handler, book.of(spec.file));
        raw_rows.emplace_back(spec.file, result.lines);
        if (!result.is_complete) {
            incomplete.emplace(spec.file);
        }
        if (!result.raw_sha256.empty()) {
            raw_hashes.emplace_back(spec.file, result.raw_sha256);
        }
    } else {
        handler.begin(0, 0);
        result.identity = empty_table(spec);
    }
    // A month without the optional tables keeps the hash that it always had.
    if (!spec.is_optional || result.identity.rows > 0) {
        loaded.tables.push_back(result.identity);
    }
    return result;
}

void check_reference(const MonthDraft& draft, const CodeBook& book, const Reference& reference,
                     const Row& row, std::uint32_t id, FindingList& findings) {
    const FindingList::Place place{.row = row.number, .column = reference.name};
    if (id == CodeIndex::kNone) {
        const TableSpec* table = declaring_table(reference.unknown);
        if (table != nullptr && !draft.can_judge(*table)) {
            return;
        }
        findings.add(reference.unknown, place, {row[reference.column].string()},
                     reference.severity);
    } else if (!book.usable[id]) {
        findings.add(FindingCode::code_not_valid_in_month, place,
                     {row[reference.column].string(), draft.loaded.month.period.text()});
    }
}

std::uint32_t refer(const MonthDraft& draft, const CodeBook& book, const Reference& reference,
                    const Row& row, FindingList& findings) {
    const Cell& cell = row[reference.column];
    if (!cell.is_valid || cell.is_blank()) {
        return CodeIndex::kNone;
    }
    const std::uint32_t id = book.index.find(cell.text);
    check_reference(draft, book, reference, row, id, findings);
    return id;
}

Money AmountSum::checked(std::string_view column, FindingList& findings) const {
    if (absolute_ <= kMaxTotalFen) {
        return Money::from_raw(static_cast<std::int64_t>(absolute_));
    }
    const Money bound = Money::from_raw(kMaxTotalFen);
    const Int128 shown = absolute_ > INT64_MAX ? Int128{INT64_MAX} : absolute_;
    findings.add(
        FindingCode::number_out_of_range, {.row = 0, .column = column},
        {Money::from_raw(static_cast<std::int64_t>(shown)).trimmed(), "0", bound.trimmed()});
    return bound;
}

}  // namespace yuanliu::intake
