// Why this file: what a settlement rests on: the hospital's settings, which are data with no
// default in code that a city may choose, and all event rows (docs/settlement.md §2).
#pragma once

#include "costing/settle/settlement_rows.hpp"

namespace yuanliu::costing::settle {

struct Bracket {
    Rate from{};
    std::optional<Rate> to{};  ///< none: no end
    BracketPays pays{};
    Rate share{};
    SourceRef where{};
};

struct Payer {
    std::string payer{};
    std::string name{};
    PayerKind kind{};
    PayerMethod method{};
    std::vector<Bracket> brackets{};
};

struct Settings {
    std::string hospital{};
    std::vector<Payer> payers{};
    SplitBy split_by = SplitBy::days;
    std::int64_t appeal_days = 15;  ///< when a refusal names no day
    Rate review_quota_dip{};        ///< of the payer's discharges of the year
    Rate review_quota_drg{};
    Rate review_ratio{};            ///< charge above this many times the standard: a candidate
    std::int64_t review_days = 60;  ///< after the last day of the discharge month
    std::vector<std::int64_t> ageing_months{};  ///< upper ends of the buckets, rising
    Rate monthly_share{};                       ///< of what is settled that is paid monthly
    Rate deposit_limit{};
    std::int64_t settle_lag = 1;  ///< months from discharge to settlement
    std::int64_t cash_lag = 1;    ///< months from settlement to cash
    std::int64_t clearing_month = 3;
    std::int64_t notice_days = 15;
    Money unexplained{};  ///< a rest above this is pointed out
};

struct SettlementInput {
    Settings settings{};
    std::vector<Estimate> estimates{};
    std::vector<Presettlement> presettlements{};
    std::vector<Reply> replies{};
    std::vector<Refusal> refusals{};
    std::vector<AppealEvent> appeals{};
    std::vector<ReviewEvent> reviews{};
    std::vector<AuditDeduction> audits{};
    std::vector<TransferStay> transfers{};
    std::vector<Receipt> receipts{};
    std::vector<Deposit> deposits{};
    std::vector<Clearing> clearings{};
    std::vector<PoolReading> pool_readings{};
};

}  // namespace yuanliu::costing::settle
