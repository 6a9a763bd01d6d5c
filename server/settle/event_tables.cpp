// Why this file: the event tables of a settlement folder, written as docs/settlement.md §3 lists
// them. All are optional: a hospital begins with estimates and replies.
#include <array>

#include "server/intake/column_specs.hpp"
#include "server/intake/table_reader.hpp"
#include "server/settle/settlement_draft.hpp"

namespace yuanliu::settle {
namespace {

using intake::Cell;
using intake::ColumnSpec;
using intake::ColumnType;
using intake::Limit;
using intake::TableSpec;

using intake::columns::amount;
using intake::columns::blank_allowed;
using intake::columns::code;
using intake::columns::count;
using intake::columns::date;
using intake::columns::label;
using intake::columns::period;
using intake::columns::word;

consteval ColumnSpec decimal(std::string_view name) {
    return intake::columns::number(name, Limit::not_negative);
}

constexpr ColumnSpec kEncounter = code("encounter");
constexpr ColumnSpec kRecorded = date("recorded_on");
constexpr ColumnSpec kMonth = period("settlement_month");
constexpr ColumnSpec kScore = blank_allowed(decimal("score"));
constexpr ColumnSpec kHospital = blank_allowed(decimal("hospital_coefficient"));
constexpr ColumnSpec kAuxiliary = blank_allowed(decimal("auxiliary_coefficient"));
constexpr ColumnSpec kDeviation = blank_allowed(word<Deviation>("deviation"));
constexpr ColumnSpec kPoints = blank_allowed(decimal("points"));
constexpr ColumnSpec kPointValue = blank_allowed(decimal("point_value"));

constexpr std::array kEstimates{kEncounter,
                                kRecorded,
                                code("payer"),
                                code("department"),
                                blank_allowed(code("record_number")),
                                date("discharged_on"),
                                blank_allowed(code("group")),
                                kScore,
                                kHospital,
                                kAuxiliary,
                                kDeviation,
                                kPoints,
                                kPointValue,
                                amount("charge", Limit::not_negative),
                                amount("standard", Limit::not_negative),
                                amount("patient", Limit::not_negative)};
constexpr std::array kPresettlements{kEncounter, kMonth,         kRecorded,
                                     kPoints,    amount("fund"), amount("patient")};
constexpr std::array kReplies{kEncounter,
                              kMonth,
                              kRecorded,
                              blank_allowed(code("group")),
                              kScore,
                              kHospital,
                              kAuxiliary,
                              kDeviation,
                              kPoints,
                              kPointValue,
                              amount("standard"),
                              amount("fund"),
                              amount("patient"),
                              amount("deduction", Limit::not_negative)};
constexpr std::array kRefusals{code("refusal"),
                               kEncounter,
                               kMonth,
                               kRecorded,
                               amount("amount", Limit::positive),
                               blank_allowed(date("appeal_by")),
                               blank_allowed(label("reason"))};
constexpr std::array kAppeals{code("refusal"), word<engine::AppealStep>("step"), kRecorded,
                              blank_allowed(kMonth), blank_allowed(amount("returned"))};
constexpr std::array kReviews{kEncounter,
                              word<engine::ReviewStep>("step"),
                              kRecorded,
                              blank_allowed(kMonth),
                              blank_allowed(amount("fund", Limit::not_negative)),
                              kPoints};
constexpr std::array kAudits{code("deduction"),
                             code("payer"),
                             count("year"),
                             blank_allowed(kEncounter),
                             kMonth,
                             kRecorded,
                             amount("amount", Limit::positive),
                             blank_allowed(label("reason"))};
constexpr std::array kTransfers{kEncounter,
                                code("department"),
                                blank_allowed(count("days")),
                                blank_allowed(amount("cost", Limit::not_negative)),
                                kPoints,
                                blank_allowed(decimal("key"))};
constexpr ColumnSpec kMonthOrClearing = {
    .name = "settlement_month", .type = ColumnType::period_or_thirteen, .may_be_blank = true};
constexpr std::array kReceipts{
    code("receipt"),  code("payer"),       word<engine::ReceiptKind>("kind"),
    kMonthOrClearing, date("received_on"), amount("amount")};
constexpr std::array kDeposits{code("payer"), kMonth, kRecorded,
                               amount("amount", Limit::not_negative)};
constexpr std::array kClearings{code("payer"),
                                count("year"),
                                kRecorded,
                                amount("fund", Limit::not_negative),
                                blank_allowed(decimal("other_points")),
                                decimal("appraisal_coefficient"),
                                blank_allowed(amount("booked", Limit::not_negative)),
                                blank_allowed(amount("prepayment_netted", Limit::not_negative)),
                                blank_allowed(amount("stated_payable"))};
constexpr ColumnSpec kPositivePoints = {
    .name = "points", .type = ColumnType::number, .limit = Limit::positive};
constexpr ColumnSpec kPayShare = {
    .name = "pay_share", .type = ColumnType::number, .limit = Limit::zero_to_one};
constexpr std::array kPool{code("payer"),
                           period("month"),
                           kRecorded,
                           amount("year_fund", Limit::not_negative),
                           kPayShare,
                           kPositivePoints,
                           blank_allowed(decimal("budget_point_value"))};
constexpr std::array kCaseIds{code("settlement_id"), kEncounter};

/// Calls `make` for each row whose cells are all valid, in file order.
template <class Make>
class EventRows final : public intake::RowHandler {
  public:
    explicit EventRows(Make make) : make_(std::move(make)) {}
    void begin(std::size_t /*chunks*/, std::size_t /*lines*/) override {}
    void take(std::size_t /*chunk*/, const intake::Row& row,
              intake::FindingList& /*findings*/) override {
        bool is_valid = true;
        for (const Cell& cell : row.cells) {
            is_valid = is_valid && cell.is_valid;
        }
        if (is_valid) {
            make_(row);
        }
    }

  private:
    Make make_;
};

template <class Make>
void read_events(SettlementDraft& draft, const TableSpec& spec, Make make) {
    std::error_code ignored;
    if (!std::filesystem::exists(draft.folder / spec.file, ignored)) {
        return;
    }
    const ParallelFor one_by_one = [](std::size_t n, const auto& body) {
        for (std::size_t i = 0; i < n; ++i) {
            body(i);
        }
    };
    EventRows rows(std::move(make));
    static_cast<void>(
        intake::read_table({.spec = spec, .folder = draft.folder, .parallel_for = one_by_one}, rows,
                           draft.book.of(spec.file)));
}

SourceRef place_in(std::string_view file, const intake::Row& row) {
    return {.file = std::string(file), .row = row.number, .column = {}};
}
Rate rate_in(const Cell& cell) {
    return Rate::from_raw(cell.value);
}
Points points_in(const Cell& cell) {
    return Points::from_raw(cell.value);
}
template <class T>
std::optional<T> if_any(const Cell& cell, T value) {
    return cell.is_blank() ? std::nullopt : std::optional<T>(value);
}

/// Group to point value, which stand side by side in two tables.
engine::Factors factors_in(const intake::Row& row, std::size_t at) {
    engine::Factors factors;
    factors.group = row[at].string();
    factors.score = points_in(row[at + 1]);
    factors.hospital = rate_in(row[at + 2]);
    factors.auxiliary = rate_in(row[at + 3]);
    factors.deviation = if_any(row[at + 4], row[at + 4].word<Deviation>());
    factors.points = points_in(row[at + 5]);
    factors.point_value = rate_in(row[at + 6]);
    return factors;
}

void read_case_tables(SettlementDraft& draft) {
    const TableSpec estimates{"estimates.csv", 2, kEstimates};
    read_events(draft, estimates, [&](const intake::Row& row) {
        draft.input.estimates.push_back({.encounter = row[0].string(),
                                         .recorded_on = row[1].date,
                                         .payer = row[2].string(),
                                         .department = row[3].string(),
                                         .record_number = row[4].string(),
                                         .discharged_on = row[5].date,
                                         .factors = factors_in(row, 6),
                                         .charge = row[13].money(),
                                         .standard = row[14].money(),
                                         .patient = row[15].money(),
                                         .where = place_in(estimates.file, row)});
    });
    const TableSpec presettlements{"presettlements.csv", 2, kPresettlements};
    read_events(draft, presettlements, [&](const intake::Row& row) {
        draft.input.presettlements.push_back({.encounter = row[0].string(),
                                              .settlement_month = row[1].period(),
                                              .recorded_on = row[2].date,
                                              .points = points_in(row[3]),
                                              .fund = row[4].money(),
                                              .patient = row[5].money(),
                                              .where = place_in(presettlements.file, row)});
    });
    // A second reply for a month is named by the engine's check, with the insurer's files.
    const TableSpec replies{"replies.csv", 0, kReplies};
    read_events(draft, replies, [&](const intake::Row& row) {
        draft.input.replies.push_back({.encounter = row[0].string(),
                                       .settlement_month = row[1].period(),
                                       .recorded_on = row[2].date,
                                       .factors = factors_in(row, 3),
                                       .standard = row[10].money(),
                                       .fund = row[11].money(),
                                       .patient = row[12].money(),
                                       .deduction = row[13].money(),
                                       .where = place_in(replies.file, row)});
    });
    const TableSpec transfers{"transfers.csv", 2, kTransfers};
    read_events(draft, transfers, [&](const intake::Row& row) {
        draft.input.transfers.push_back({.encounter = row[0].string(),
                                         .department = row[1].string(),
                                         .days = row[2].value,
                                         .cost = row[3].money(),
                                         .points = points_in(row[4]),
                                         .key = row[5].quantity(),
                                         .where = place_in(transfers.file, row)});
    });
    const TableSpec ids{"case_ids.csv", 1, kCaseIds};
    read_events(draft, ids, [&](const intake::Row& row) {
        draft.encounter_of.emplace(row[0].string(), row[1].string());
    });
}

void read_dispute_tables(SettlementDraft& draft) {
    const TableSpec refusals{"refusals.csv", 1, kRefusals};
    read_events(draft, refusals, [&](const intake::Row& row) {
        draft.input.refusals.push_back({.refusal = row[0].string(),
                                        .encounter = row[1].string(),
                                        .settlement_month = row[2].period(),
                                        .recorded_on = row[3].date,
                                        .amount = row[4].money(),
                                        .appeal_by = if_any(row[5], row[5].date),
                                        .reason = row[6].string(),
                                        .where = place_in(refusals.file, row)});
    });
    const TableSpec appeals{"appeals.csv", 2, kAppeals};
    read_events(draft, appeals, [&](const intake::Row& row) {
        draft.input.appeals.push_back({.refusal = row[0].string(),
                                       .step = row[1].word<engine::AppealStep>(),
                                       .recorded_on = row[2].date,
                                       .settlement_month = if_any(row[3], row[3].period()),
                                       .returned = row[4].money(),
                                       .where = place_in(appeals.file, row)});
    });
    const TableSpec reviews{"special_reviews.csv", 2, kReviews};
    read_events(draft, reviews, [&](const intake::Row& row) {
        draft.input.reviews.push_back({.encounter = row[0].string(),
                                       .step = row[1].word<engine::ReviewStep>(),
                                       .recorded_on = row[2].date,
                                       .settlement_month = if_any(row[3], row[3].period()),
                                       .fund = if_any(row[4], row[4].money()),
                                       .points = points_in(row[5]),
                                       .where = place_in(reviews.file, row)});
    });
    const TableSpec audits{"audit_deductions.csv", 1, kAudits};
    read_events(draft, audits, [&](const intake::Row& row) {
        draft.input.audits.push_back({.deduction = row[0].string(),
                                      .payer = row[1].string(),
                                      .encounter = row[3].string(),
                                      .year = static_cast<int>(row[2].value),
                                      .settlement_month = row[4].period(),
                                      .recorded_on = row[5].date,
                                      .amount = row[6].money(),
                                      .reason = row[7].string(),
                                      .where = place_in(audits.file, row)});
    });
}

void read_money_tables(SettlementDraft& draft) {
    const TableSpec receipts{"receipts.csv", 1, kReceipts};
    read_events(draft, receipts, [&](const intake::Row& row) {
        draft.input.receipts.push_back({.receipt = row[0].string(),
                                        .payer = row[1].string(),
                                        .kind = row[2].word<engine::ReceiptKind>(),
                                        .settlement_month = if_any(row[3], row[3].period()),
                                        .received_on = row[4].date,
                                        .amount = row[5].money(),
                                        .where = place_in(receipts.file, row)});
    });
    const TableSpec deposits{"deposits.csv", 3, kDeposits};
    read_events(draft, deposits, [&](const intake::Row& row) {
        draft.input.deposits.push_back({.payer = row[0].string(),
                                        .settlement_month = row[1].period(),
                                        .recorded_on = row[2].date,
                                        .amount = row[3].money(),
                                        .where = place_in(deposits.file, row)});
    });
    const TableSpec clearings{"clearings.csv", 3, kClearings};
    read_events(draft, clearings, [&](const intake::Row& row) {
        draft.input.clearings.push_back({.payer = row[0].string(),
                                         .year = static_cast<int>(row[1].value),
                                         .recorded_on = row[2].date,
                                         .fund = row[3].money(),
                                         .other_points = points_in(row[4]),
                                         .appraisal = rate_in(row[5]),
                                         .booked = if_any(row[6], row[6].money()),
                                         .prepayment_netted = row[7].money(),
                                         .stated_payable = if_any(row[8], row[8].money()),
                                         .where = place_in(clearings.file, row)});
    });
    const TableSpec pool{"pool_readings.csv", 3, kPool};
    read_events(draft, pool, [&](const intake::Row& row) {
        draft.input.pool_readings.push_back({.payer = row[0].string(),
                                             .month = row[1].period(),
                                             .recorded_on = row[2].date,
                                             .year_fund = row[3].money(),
                                             .pay_share = rate_in(row[4]),
                                             .points = points_in(row[5]),
                                             .budget_point_value = rate_in(row[6]),
                                             .where = place_in(pool.file, row)});
    });
}

}  // namespace

void read_event_tables(SettlementDraft& draft) {
    read_case_tables(draft);
    read_dispute_tables(draft);
    read_money_tables(draft);
}

}  // namespace yuanliu::settle
