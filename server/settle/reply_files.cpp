// Why this file: each city's file of replies has columns of its own; a profile says which is which
// (docs/settlement.md §3.2). A list without money (3605/3606) lends its groups to the replies.
#include <array>

#include "server/catalogue/plain_table.hpp"
#include "server/settle/settlement_draft.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::settle {
namespace {

using catalogue::PlainRow;

/// A decimal of either sign; blank is 0.
std::int64_t reply_number(const PlainRow& row, std::string_view column, int scale,
                          std::int64_t bound) {
    const std::string_view cell = row[column];
    if (cell.empty()) {
        return 0;
    }
    const auto value = parse_decimal(cell, scale, bound);
    if (!value) {
        row.report(FindingCode::number_malformed, column,
                   {text::shown(cell), std::to_string(scale)});
    }
    return value.value_or(0);
}

Money reply_money(const PlainRow& row, std::string_view column) {
    return Money::from_raw(reply_number(row, column, Money::kScale, kMaxRowFen));
}

engine::Factors reply_factors(const PlainRow& row, const ReplyProfile& profile) {
    const auto number = [&](std::string_view column) {
        return reply_number(row, column, 4, kMaxRowQuantity);
    };
    engine::Factors factors;
    factors.group = std::string(row["group"]);
    factors.score = Points::from_raw(number("score"));
    factors.hospital = Rate::from_raw(number("hospital_coefficient"));
    factors.auxiliary = Rate::from_raw(number("auxiliary_coefficient"));
    factors.points = Points::from_raw(number("points"));
    factors.point_value = Rate::from_raw(number("point_value"));
    if (!row["deviation"].empty()) {
        const auto word = row.word("deviation", WordsOf<Deviation>::kWords, &profile.words);
        if (word) {
            factors.deviation = static_cast<Deviation>(*word);
        }
    }
    return factors;
}

std::optional<Period> reply_month(const PlainRow& row, const ReplyFile& file) {
    if (file.settlement_month) {
        return file.settlement_month;
    }
    // The interface writes 202601 as often as 2026-01.
    std::string text(row["settlement_month"]);
    if (text.size() == 6) {
        text.insert(4, 1, '-');
    }
    const auto month = Period::parse(text);
    if (!month) {
        row.report(FindingCode::period_malformed, "settlement_month", {text::shown(text)});
    }
    return month;
}

std::optional<Date> reply_day(const PlainRow& row, const ReplyFile& file) {
    if (file.recorded_on) {
        return file.recorded_on;
    }
    // A time after the day is passed over.
    const auto day = Date::parse(row["recorded_on"].substr(0, 10));
    if (!day) {
        row.report(FindingCode::date_malformed, "recorded_on", {text::shown(row["recorded_on"])});
    }
    return day;
}

void take_reply(SettlementDraft& draft, const ReplyFile& file, const ReplyProfile& profile,
                const PlainRow& row, std::vector<engine::Reply>& replies) {
    const auto month = reply_month(row, file);
    const auto day = reply_day(row, file);
    const auto known = draft.encounter_of.find(row["encounter"]);
    if (row["encounter"].empty()) {
        row.report(FindingCode::value_missing, "encounter", {});
    }
    if (!month || !day) {
        return;
    }
    replies.push_back({.encounter = known == draft.encounter_of.end()
                                        ? std::string(row["encounter"])
                                        : known->second,
                       .settlement_month = *month,
                       .recorded_on = *day,
                       .factors = reply_factors(row, profile),
                       .standard = reply_money(row, "standard"),
                       .fund = reply_money(row, "fund"),
                       .patient = reply_money(row, "patient"),
                       .deduction = reply_money(row, "deduction"),
                       .where = {.file = file.file, .row = row.number(), .column = {}}});
    const engine::Reply& made = replies.back();
    if (made.deduction < Money()) {
        row.report(FindingCode::number_out_of_range, "deduction",
                   {made.deduction.text(), "0", Money::from_raw(kMaxRowFen).text()});
    }
}

/// Group and score of a list without money, for the reply of the case that lacks them.
void lend_groups(SettlementDraft& draft, const std::vector<engine::Reply>& lists) {
    std::map<std::pair<std::string_view, Period>, const engine::Reply*> by_case;
    for (const engine::Reply& row : lists) {
        by_case.emplace(std::pair(std::string_view(row.encounter), row.settlement_month), &row);
    }
    for (engine::Reply& reply : draft.input.replies) {
        const auto found = by_case.find({reply.encounter, reply.settlement_month});
        if (found != by_case.end() && reply.factors.group.empty()) {
            reply.factors.group = found->second->factors.group;
            reply.factors.score =
                reply.factors.score.is_zero() ? found->second->factors.score : reply.factors.score;
        }
    }
}

}  // namespace

void read_reply_files(SettlementDraft& draft) {
    std::vector<engine::Reply> lists;
    for (const ReplyFile& file : draft.reply_files) {
        const ReplyProfile& profile = draft.profiles.find(file.profile)->second;
        const bool has_money = profile.columns.contains("fund");
        catalogue::PlainTableSpec spec{
            .required = {"encounter"}, .optional = {}, .own_names = profile.columns};
        if (has_money) {
            spec.required.insert(spec.required.end(), {"fund", "patient"});
        }
        if (!file.settlement_month) {
            spec.required.push_back("settlement_month");
        }
        if (!file.recorded_on) {
            spec.required.push_back("recorded_on");
        }
        for (const auto& [ours, theirs] : profile.columns) {
            spec.optional.push_back(ours);
        }
        catalogue::read_plain_table(
            draft.folder / file.file, spec, draft.book.of(file.file), [&](const PlainRow& row) {
                take_reply(draft, file, profile, row, has_money ? draft.input.replies : lists);
            });
    }
    lend_groups(draft, lists);
}

}  // namespace yuanliu::settle
