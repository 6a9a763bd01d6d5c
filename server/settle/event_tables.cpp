// Why this file: the event tables of a settlement folder, written as docs/settlement.md §3 lists
// them. All are optional: a hospital begins with estimates and replies.
#include <array>

#include "server/intake/table_reader.hpp"
#include "server/settle/settlement_draft.hpp"

namespace yuanliu::settle {
namespace {

using intake::Cell;
using intake::ColumnSpec;
using intake::ColumnType;
using intake::Limit;
using intake::TableSpec;

consteval ColumnSpec code_of(std::string_view name) {
    return {.name = name, .type = ColumnType::code};
}
consteval ColumnSpec text_of(std::string_view name) {
    return {.name = name, .type = ColumnType::text};
}
consteval ColumnSpec fen_of(std::string_view name, Limit limit = Limit::none) {
    return {.name = name, .type = ColumnType::amount, .limit = limit};
}
consteval ColumnSpec decimal_of(std::string_view name) {
    return {.name = name, .type = ColumnType::number, .limit = Limit::not_negative};
}
consteval ColumnSpec whole_of(std::string_view name) {
    return {.name = name, .type = ColumnType::count, .limit = Limit::not_negative};
}
consteval ColumnSpec day_of(std::string_view name) {
    return {.name = name, .type = ColumnType::date};
}
consteval ColumnSpec month_of(std::string_view name) {
    return {.name = name, .type = ColumnType::period};
}
template <class E>
consteval ColumnSpec one_of(std::string_view name) {
    return {.name = name, .type = ColumnType::word, .words = WordsOf<E>::kWords};
}
consteval ColumnSpec maybe(ColumnSpec column) {
    column.may_be_blank = true;
    return column;
}

constexpr ColumnSpec kEncounter = code_of("encounter");
constexpr ColumnSpec kRecorded = day_of("recorded_on");
constexpr ColumnSpec kMonth = month_of("settlement_month");
constexpr ColumnSpec kScore = maybe(decimal_of("score"));
constexpr ColumnSpec kHospital = maybe(decimal_of("hospital_coefficient"));
constexpr ColumnSpec kAuxiliary = maybe(decimal_of("auxiliary_coefficient"));
constexpr ColumnSpec kDeviation = maybe(one_of<Deviation>("deviation"));
constexpr ColumnSpec kPoints = maybe(decimal_of("points"));
constexpr ColumnSpec kPointValue = maybe(decimal_of("point_value"));

constexpr std::array kEstimates{kEncounter,
                                kRecorded,
                                code_of("payer"),
                                code_of("department"),
                                maybe(code_of("record_number")),
                                day_of("discharged_on"),
                                maybe(code_of("group")),
                                kScore,
                                kHospital,
                                kAuxiliary,
                                kDeviation,
                                kPoints,
                                kPointValue,
                                fen_of("charge", Limit::not_negative),
                                fen_of("standard", Limit::not_negative),
                                fen_of("patient", Limit::not_negative)};
constexpr std::array kPresettlements{kEncounter, kMonth,         kRecorded,
                                     kPoints,    fen_of("fund"), fen_of("patient")};
constexpr std::array kReplies{kEncounter,
                              kMonth,
                              kRecorded,
                              maybe(code_of("group")),
                              kScore,
                              kHospital,
                              kAuxiliary,
                              kDeviation,
                              kPoints,
                              kPointValue,
                              fen_of("standard"),
                              fen_of("fund"),
                              fen_of("patient"),
                              fen_of("deduction", Limit::not_negative)};
constexpr std::array kRefusals{code_of("refusal"),
                               kEncounter,
                               kMonth,
                               kRecorded,
                               fen_of("amount", Limit::positive),
                               maybe(day_of("appeal_by")),
                               maybe(text_of("reason"))};
constexpr std::array kAppeals{code_of("refusal"), one_of<engine::AppealStep>("step"), kRecorded,
                              maybe(kMonth), maybe(fen_of("returned"))};
constexpr std::array kReviews{kEncounter,    one_of<engine::ReviewStep>("step"),         kRecorded,
                              maybe(kMonth), maybe(fen_of("fund", Limit::not_negative)), kPoints};
constexpr std::array kAudits{code_of("deduction"),
                             code_of("payer"),
                             whole_of("year"),
                             maybe(kEncounter),
                             kMonth,
                             kRecorded,
                             fen_of("amount", Limit::positive),
                             maybe(text_of("reason"))};
constexpr std::array kTransfers{kEncounter,
                                code_of("department"),
                                maybe(whole_of("days")),
                                maybe(fen_of("cost", Limit::not_negative)),
                                kPoints,
                                maybe(decimal_of("key"))};
constexpr ColumnSpec kMonthOrClearing = {
    .name = "settlement_month", .type = ColumnType::period_or_thirteen, .may_be_blank = true};
constexpr std::array kReceipts{
    code_of("receipt"), code_of("payer"),      one_of<engine::ReceiptKind>("kind"),
    kMonthOrClearing,   day_of("received_on"), fen_of("amount")};
constexpr std::array kDeposits{code_of("payer"), kMonth, kRecorded,
                               fen_of("amount", Limit::not_negative)};
constexpr std::array kClearings{code_of("payer"),
                                whole_of("year"),
                                kRecorded,
                                fen_of("fund", Limit::not_negative),
                                maybe(decimal_of("other_points")),
                                decimal_of("appraisal_coefficient"),
                                maybe(fen_of("booked", Limit::not_negative)),
                                maybe(fen_of("prepayment_netted", Limit::not_negative)),
                                maybe(fen_of("stated_payable"))};
constexpr ColumnSpec kPositivePoints = {
    .name = "points", .type = ColumnType::number, .limit = Limit::positive};
constexpr ColumnSpec kPayShare = {
    .name = "pay_share", .type = ColumnType::number, .limit = Limit::zero_to_one};
constexpr std::array kPool{code_of("payer"),
                           month_of("month"),
                           kRecorded,
                           fen_of("year_fund", Limit::not_negative),
                           kPayShare,
                           kPositivePoints,
                           maybe(decimal_of("budget_point_value"))};
constexpr std::array kCaseIds{code_of("settlement_id"), kEncounter};

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
