// Why this file: see outlook.hpp.
#include "costing/settle/outlook.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "costing/base/int128.hpp"

namespace yuanliu::costing::settle {
namespace {

std::int64_t month_number(Period month) {
    return std::int64_t{month.year()} * 12 + std::min(month.month(), 12) - 1;
}

bool was_applied_for(const CaseFile& file, Date as_of) {
    return std::any_of(file.reviews.begin(), file.reviews.end(), [&](const ReviewEvent* row) {
        return row->step == ReviewStep::applied && row->recorded_on <= as_of;
    });
}

/// Points x value in fen.
Money worth(Points points, Rate value) {
    return Money::from_raw(rounded_half_away(Int128{points.raw()} * value.raw(), 1'000'000));
}

/// fund ÷ share ÷ (points / parts), at scale 4.
Rate value_of(const PoolReading& reading, Int128 points, std::int64_t parts) {
    const Int128 numerator = Int128{reading.year_fund.raw()} * 10'000'000'000 * parts;
    return Rate::from_raw(rounded_half_away(numerator, points * reading.pay_share.raw()));
}

using MonthReadings = std::map<Period, const PoolReading*>;

PointValueForecast forecast_of(const MonthReadings& readings) {
    PointValueForecast made{.newest = readings.rbegin()->second,
                            .months = static_cast<std::int64_t>(readings.size())};
    std::int64_t fewest = made.newest->points.raw();
    std::int64_t most = fewest;
    for (const auto& [month, reading] : readings) {
        made.known += reading->points;
        fewest = std::min(fewest, reading->points.raw());
        most = std::max(most, reading->points.raw());
    }
    const Int128 known = made.known.raw();
    const std::int64_t rest = 12 - made.months;
    made.budget = made.newest->budget_point_value;
    made.expected = Points::from_raw(rounded_half_away(known * 12, made.months));
    made.middle = value_of(*made.newest, known * 12, made.months);
    made.high = value_of(*made.newest, known + Int128{rest} * fewest, 1);
    made.low = value_of(*made.newest, known + Int128{rest} * most, 1);
    return made;
}

/// Where the debts of a month with a payer stand.
struct Batch {
    Money settled{};  ///< net of violations
    Money cash{};
    Money tail{};  ///< of cases that were cleared: due at once
};

}  // namespace

std::int64_t months_between(Period from, Period to) {
    return month_number(to) - month_number(from);
}

Period month_after(Period month, std::int64_t months) {
    const std::int64_t number = month_number(month) + months;
    return {static_cast<int>(number / 12), static_cast<int>(number % 12) + 1};
}

std::vector<AgeRow> age_debts(const Settlement& made, const Settings& settings) {
    std::map<Period, AgeRow> months;
    for (const CaseState& state : made.cases) {
        AgeRow& row = months[state.file->discharge_month()];
        ++row.cases;
        row.amounts += state.amounts;
    }
    std::vector<AgeRow> rows;
    for (auto& [month, row] : months) {
        row.discharge_month = month;
        row.age = std::max<std::int64_t>(0, months_between(month, month_of(made.as_of)));
        const auto bucket =
            std::lower_bound(settings.ageing_months.begin(), settings.ageing_months.end(), row.age);
        row.bucket = static_cast<std::size_t>(bucket - settings.ageing_months.begin());
        rows.push_back(row);
    }
    return rows;
}

std::vector<Deadline> list_deadlines(const Settlement& made, const Settings& settings) {
    std::vector<Deadline> found;
    const Date until = made.as_of.later_by(static_cast<std::int32_t>(settings.notice_days));
    const auto is_near = [&](Date day) { return day >= made.as_of && day <= until; };
    for (const CaseState& state : made.cases) {
        const CaseFile& file = *state.file;
        for (const Refusal* refusal : file.refusals) {
            const bool is_appealed =
                std::any_of(file.appeals.begin(), file.appeals.end(), [&](const AppealEvent* row) {
                    return row->refusal == refusal->refusal && row->recorded_on <= made.as_of;
                });
            const Date last_day = appeal_deadline(*refusal, settings);
            if (refusal->recorded_on <= made.as_of && !is_appealed && is_near(last_day)) {
                found.push_back({.last_day = last_day,
                                 .kind = DeadlineKind::appeal,
                                 .encounter = file.encounter,
                                 .refusal = refusal->refusal,
                                 .amount = refusal->amount});
            }
        }
        const Money standard =
            state.reply != nullptr ? state.reply->standard : state.estimate->standard;
        const Money charge = state.estimate->charge;
        const Date last_day = review_deadline(file, settings);
        if (file.is_by_points() && !was_applied_for(file, made.as_of) && is_near(last_day) &&
            Int128{charge.raw()} * 10'000 > Int128{standard.raw()} * settings.review_ratio.raw()) {
            found.push_back({.last_day = last_day,
                             .kind = DeadlineKind::special_review,
                             .encounter = file.encounter,
                             .amount = charge - standard});
        }
    }
    std::sort(found.begin(), found.end(), [](const Deadline& a, const Deadline& b) {
        return std::tie(a.last_day, a.encounter, a.refusal) <
               std::tie(b.last_day, b.encounter, b.refusal);
    });
    return found;
}

std::vector<ExpectedCash> expect_cash(const Settlement& made, const Settings& settings) {
    // By payer, settlement month and the year of discharge, which says when the rest is cleared.
    std::map<std::tuple<std::string_view, Period, int>, Batch> batches;
    std::vector<Period> settled_in(made.book.cases().size());
    std::vector<bool> is_cleared(settled_in.size());
    for (const Entry& entry : made.entries.entries) {
        const bool is_clearing = entry.kind == EntryKind::clearing;
        is_cleared[entry.at] = is_cleared[entry.at] || is_clearing;
        if (!is_clearing && entry.month) {
            settled_in[entry.at] = *entry.month;
        }
    }
    for (const CaseState& state : made.cases) {
        const CaseFile& file = *state.file;
        const Period month = state.is_settled
                                 ? settled_in[state.at]
                                 : month_after(file.discharge_month(), settings.settle_lag);
        Batch& batch = batches[{file.payer->payer, month, file.discharge_month().year()}];
        if (is_cleared[state.at]) {
            batch.tail += state.amounts.outstanding();
        } else {
            batch.settled += state.amounts.claim - state.amounts.loss;
            batch.cash += state.amounts.cash;
        }
    }
    const Period next = month_of(made.as_of).next();
    std::map<Period, ExpectedCash> months;
    for (const auto& [key, batch] : batches) {
        const auto& [payer, month, year] = key;
        const Money share = Money::from_raw(
            rounded_half_away(Int128{batch.settled.raw()} * settings.monthly_share.raw(), 10'000));
        const Money monthly = std::max(Money(), share - batch.cash);
        const Period paid = std::max(next, month_after(month, settings.cash_lag));
        const Period cleared =
            std::max(next, Period(year + 1, static_cast<int>(settings.clearing_month)));
        months[paid].monthly += monthly;
        months[cleared].clearing += batch.settled - batch.cash - monthly;
        months[next].clearing += batch.tail;
    }
    std::vector<ExpectedCash> rows;
    for (auto& [month, row] : months) {
        row.month = month;
        if (!row.monthly.is_zero() || !row.clearing.is_zero()) {
            rows.push_back(row);
        }
    }
    return rows;
}

std::vector<PointValueForecast> forecast_point_values(const SettlementInput& input,
                                                      const Settlement& made) {
    std::map<std::pair<std::string_view, int>, MonthReadings> years;
    for (const PoolReading& reading : input.pool_readings) {
        if (reading.recorded_on > made.as_of || reading.points.is_zero()) {
            continue;
        }
        const PoolReading*& kept = years[{reading.payer, reading.month.year()}][reading.month];
        if (kept == nullptr || kept->recorded_on < reading.recorded_on) {
            kept = &reading;
        }
    }
    std::vector<PointValueForecast> forecasts;
    for (const auto& [key, readings] : years) {
        PointValueForecast made_here = forecast_of(readings);
        for (const CaseState& state : made.cases) {
            const CaseFile& file = *state.file;
            if (file.payer->payer == key.first && file.discharge_month().year() == key.second &&
                !state.is_cleared) {
                made_here.ours += state.points;
            }
        }
        made_here.at_budget = worth(made_here.ours, made_here.budget);
        made_here.at_middle = worth(made_here.ours, made_here.middle);
        forecasts.push_back(made_here);
    }
    return forecasts;
}

}  // namespace yuanliu::costing::settle
