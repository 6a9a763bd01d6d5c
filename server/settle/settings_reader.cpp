// Why this file: settlement.toml, key by key, as docs/settlement.md §2 lists them.
#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "server/intake/rule_table.hpp"
#include "server/settle/settlement_draft.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::settle {
namespace {

using intake::RateRange;
using intake::RuleTable;

constexpr std::string_view kSettingsFile = "settlement.toml";
constexpr RateRange kFraction{.low = 0, .high = 10'000};
constexpr RateRange kFactor{.low = 0, .high = engine::kMostCoefficient};
constexpr RateRange kRatio{.low = 0, .high = 1'000'000};
constexpr RateRange kValue{.low = 0, .high = engine::kMostPointValue};
constexpr std::array<std::string_view, 14> kReplyColumns{"encounter",
                                                         "settlement_month",
                                                         "recorded_on",
                                                         "group",
                                                         "score",
                                                         "hospital_coefficient",
                                                         "auxiliary_coefficient",
                                                         "deviation",
                                                         "points",
                                                         "point_value",
                                                         "standard",
                                                         "fund",
                                                         "patient",
                                                         "deduction"};

engine::Bracket read_bracket(RuleTable& table) {
    engine::Bracket bracket{
        .where = {.file = std::string(kSettingsFile), .row = table.line_of("from"), .column = {}}};
    bracket.from = table.rate("from", kRatio);
    bracket.to = table.rate_if_any("to", kRatio);
    bracket.pays = static_cast<engine::BracketPays>(
        table.word("pays", WordsOf<engine::BracketPays>::kWords).value_or(0));
    if (bracket.pays == engine::BracketPays::surplus_share ||
        bracket.pays == engine::BracketPays::overrun_share) {
        bracket.share = table.rate("share", kFraction);
    }
    table.refuse_unknown_keys();
    return bracket;
}

void read_payer(RuleTable& table, SettlementDraft& draft) {
    engine::Payer payer;
    payer.payer = table.string("payer");
    payer.name = table.string("name");
    payer.kind = static_cast<engine::PayerKind>(
        table.word("kind", WordsOf<engine::PayerKind>::kWords).value_or(0));
    payer.method = static_cast<engine::PayerMethod>(
        table.word("method", WordsOf<engine::PayerMethod>::kWords).value_or(0));
    ResultDefaults defaults;
    defaults.hospital = table.rate_if_any("hospital_coefficient", kFactor).value_or(Rate());
    defaults.point_value = table.rate_if_any("point_value", kValue).value_or(Rate());
    defaults.patient_share = table.rate_if_any("patient_share", kFraction).value_or(Rate());
    for (RuleTable& bracket : table.tables("bracket")) {
        payer.brackets.push_back(read_bracket(bracket));
    }
    table.refuse_unknown_keys();
    const auto& payers = draft.input.settings.payers;
    const bool is_there = std::any_of(payers.begin(), payers.end(), [&](const auto& other) {
        return other.payer == payer.payer;
    });
    if (is_there) {
        table.report(FindingCode::duplicate_key, "payer", {payer.payer, "?"});
        return;
    }
    draft.defaults.emplace(payer.payer, defaults);
    draft.input.settings.payers.push_back(std::move(payer));
}

template <class Read>
void read_part(RuleTable& root, std::string_view key, Read read) {
    if (auto table = root.table(key)) {
        read(*table);
        table->refuse_unknown_keys();
    }
}

void read_limits(RuleTable& root, engine::Settings& settings) {
    const auto whole = [](RuleTable& table, std::string_view key, std::int64_t high,
                          std::int64_t& value) {
        if (!table.has(key)) {
            table.report(FindingCode::rule_key_missing, key, {table.path_of(key)});
        }
        value = table.integer_if_any(key, 0, high).value_or(value);
    };
    read_part(root, "transfer", [&](RuleTable& table) {
        settings.split_by = static_cast<engine::SplitBy>(
            table.word("split_by", WordsOf<engine::SplitBy>::kWords).value_or(0));
    });
    read_part(root, "appeal",
              [&](RuleTable& table) { whole(table, "days", 366, settings.appeal_days); });
    read_part(root, "special_review", [&](RuleTable& table) {
        settings.review_quota_dip = table.rate("quota_dip", kFraction);
        settings.review_quota_drg = table.rate("quota_drg", kFraction);
        settings.review_ratio = table.rate("ratio", kRatio);
        whole(table, "days", 366, settings.review_days);
    });
    read_part(root, "cash", [&](RuleTable& table) {
        settings.monthly_share = table.rate("monthly_share", kFraction);
        settings.deposit_limit = table.rate("deposit_limit", kFraction);
        whole(table, "settle_lag", 24, settings.settle_lag);
        whole(table, "cash_lag", 24, settings.cash_lag);
        whole(table, "clearing_month", 12, settings.clearing_month);
        settings.clearing_month = std::max<std::int64_t>(1, settings.clearing_month);
    });
    read_part(root, "notice", [&](RuleTable& table) {
        whole(table, "days", 366, settings.notice_days);
        // Yuan at scale 4 to fen, parts of a fen dropped.
        settings.unexplained = Money::from_raw(table.rate("unexplained").raw() / 100);
    });
}

void read_ageing(RuleTable& root, engine::Settings& settings) {
    read_part(root, "ageing", [&](RuleTable& table) {
        for (const std::string& text : table.strings("months")) {
            const auto months = parse_decimal(text, 0, 1200);
            const bool is_rising = months && (settings.ageing_months.empty()
                                                  ? *months >= 0
                                                  : *months > settings.ageing_months.back());
            if (!is_rising) {
                table.report(FindingCode::rule_malformed, "months",
                             {"months_rising_expected", text::shown(text)});
                return;
            }
            settings.ageing_months.push_back(*months);
        }
    });
}

void read_profile(RuleTable& table, SettlementDraft& draft) {
    const std::string id = table.string("id");
    ReplyProfile profile;
    if (auto columns = table.table("columns")) {
        for (const std::string_view ours : kReplyColumns) {
            if (columns->has(ours)) {
                profile.columns.emplace(std::string(ours), columns->string(ours));
            }
        }
        columns->refuse_unknown_keys();
    }
    if (table.has("words")) {
        if (auto words = table.table("words")) {
            for (const std::string_view ours : WordsOf<Deviation>::kWords) {
                for (std::string& theirs :
                     words->strings_if_any(ours).value_or(std::vector<std::string>{})) {
                    profile.words.emplace(std::move(theirs), std::string(ours));
                }
            }
            words->refuse_unknown_keys();
        }
    }
    table.refuse_unknown_keys();
    draft.profiles.emplace(id, std::move(profile));
}

void read_reply_list(RuleTable& table, SettlementDraft& draft) {
    ReplyFile file;
    file.file = table.string("file");
    file.profile = table.string("profile");
    file.settlement_month = table.period_if_any("settlement_month");
    if (table.has("recorded_on")) {
        const std::string text = table.string("recorded_on");
        file.recorded_on = Date::parse(text);
        if (!file.recorded_on) {
            table.report(FindingCode::date_malformed, "recorded_on", {text::shown(text)});
        }
    }
    table.refuse_unknown_keys();
    if (draft.profiles.contains(file.profile)) {
        draft.reply_files.push_back(std::move(file));
    } else {
        table.report(FindingCode::rule_malformed, "profile",
                     {"profile_unknown", text::shown(file.profile)});
    }
}

void read_settings_document(RuleTable& root, SettlementDraft& draft) {
    const std::string schema = root.string("schema");
    if (!schema.empty() && schema != "yuanliu.settlement/1") {
        root.report(FindingCode::rule_malformed, "schema", {"schema_unknown", text::shown(schema)});
    }
    draft.input.settings.hospital = root.string("hospital");
    for (RuleTable& payer : root.tables("payer", true)) {
        read_payer(payer, draft);
    }
    read_limits(root, draft.input.settings);
    read_ageing(root, draft.input.settings);
    for (RuleTable& profile : root.tables("profile")) {
        read_profile(profile, draft);
    }
    for (RuleTable& file : root.tables("replies")) {
        read_reply_list(file, draft);
    }
    root.refuse_unknown_keys();
}

}  // namespace

bool read_settings(SettlementDraft& draft) {
    intake::FindingList& findings = draft.book.of(kSettingsFile);
    const std::filesystem::path path = draft.folder / kSettingsFile;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        findings.add(FindingCode::rule_file_missing, {}, {std::string(kSettingsFile)});
        return false;
    }
    std::string reason;
    const auto file = text::MappedFile::open(path, reason);
    if (!file) {
        findings.add(FindingCode::file_unreadable, {}, {reason});
        return false;
    }
    try {
        const toml::table document = toml::parse(text::without_byte_order_mark(file->bytes()));
        RuleTable root(document, "", findings);
        read_settings_document(root, draft);
        return true;
    } catch (const toml::parse_error& error) {
        findings.add(FindingCode::rule_malformed,
                     {.row = static_cast<std::int64_t>(error.source().begin.line), .column = {}},
                     {"not_toml", text::shown(error.description(), 300)});
        return false;
    }
}

}  // namespace yuanliu::settle
