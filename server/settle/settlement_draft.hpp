// Why this file: what the readers of a settlement folder share while it is put together.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "costing/settle/settlement_input.hpp"
#include "server/intake/finding_list.hpp"

namespace yuanliu::settle {

namespace engine = costing::settle;

/// How an insurer's file names what we need; ours -> theirs (docs/settlement.md §3.2).
struct ReplyProfile {
    std::map<std::string, std::string, std::less<>> columns;
    std::map<std::string, std::string> words;  ///< theirs -> low, normal, high
};

/// A file of replies, or of groups only, in the insurer's own columns.
struct ReplyFile {
    std::string file;
    std::string profile;
    std::optional<Period> settlement_month;  ///< none: a column of the file
    std::optional<Date> recorded_on;
};

/// What an estimate from a result folder needs besides its case row.
struct ResultDefaults {
    Rate hospital;
    Rate point_value;
    Rate patient_share;
};

struct SettlementDraft {
    SettlementDraft(std::filesystem::path settlement_folder, std::size_t most)
        : folder(std::move(settlement_folder)), book(most) {}
    std::filesystem::path folder;
    intake::FindingBook book;
    engine::SettlementInput input{};
    std::map<std::string, ReplyProfile, std::less<>> profiles{};
    std::vector<ReplyFile> reply_files{};
    std::map<std::string, ResultDefaults, std::less<>> defaults{};   ///< by payer
    std::map<std::string, std::string, std::less<>> encounter_of{};  ///< by the insurer's own id
};

/// settlement.toml; false when it can't be read at all.
bool read_settings(SettlementDraft& draft);
/// The event tables, all optional.
void read_event_tables(SettlementDraft& draft);
/// The files that settlement.toml lists as [[replies]].
void read_reply_files(SettlementDraft& draft);
/// cases.csv of a result folder, hash checked, as estimates.
void read_result(SettlementDraft& draft, const std::filesystem::path& result);

}  // namespace yuanliu::settle
