// Why this file: see settlement.hpp.
#include "costing/pay/settlement.hpp"

#include <algorithm>

#include "costing/base/apportion.hpp"

namespace yuanliu::costing::pay {
namespace {

std::optional<Money> settled_fen(const Exact& yuan) {
    const auto raw = yuan.rounded(Money::kScale);
    return raw ? std::optional(Money::from_raw(*raw)) : std::nullopt;
}

/// Weights of the cases by points, at 6 decimals; 0 for a case by amount. Nothing: out of bounds.
std::optional<std::vector<Part>> parts_by_points(std::span<const SettlementCase> cases) {
    std::vector<Part> parts;
    parts.reserve(cases.size());
    for (const SettlementCase& one : cases) {
        const auto weight =
            one.by_points ? one.points.rounded(kSettledDecimals) : std::optional<std::int64_t>(0);
        if (!weight) {
            return std::nullopt;
        }
        parts.push_back({.weight = *weight, .key = one.key});
    }
    return parts;
}

/// The fund's part of each payment, to the fen of the fund.
Result<std::vector<Money>> split_fund(Money fund, std::span<const Money> payments,
                                      std::span<const SettlementCase> cases) {
    std::vector<Part> parts;
    parts.reserve(cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        parts.push_back({.weight = payments[i].raw(), .key = cases[i].key});
    }
    return apportion(fund, parts);
}

/// What of a difference is shared out: part by part, or the whole at the share of its ratio.
Exact shared_amount(const Exact& difference, const Exact& standard,
                    const std::vector<SharedPart>& parts, bool whole) {
    Exact sum;
    Exact before;
    for (const SharedPart& part : parts) {
        const Exact end = part.to ? *part.to * standard : difference;
        const bool is_last = !part.to || difference.against(end) <= 0;
        const Exact until = is_last ? difference : end;
        if (whole && is_last) {
            return difference * part.share;
        }
        if (!whole) {
            sum = sum + (until - before) * part.share;
        }
        if (is_last) {
            break;
        }
        before = end;
    }
    return sum;
}

}  // namespace

std::optional<Rate> point_value_of(Money fund, const Exact& fund_share, const Exact& points) {
    const auto raw = (Exact::yuan(fund) / fund_share / points).rounded(Rate::kScale);
    return raw ? std::optional(Rate::from_raw(*raw)) : std::nullopt;
}

Result<Settlement> settle(Money fund, const Exact& fund_share,
                          std::span<const SettlementCase> cases) {
    Settlement out;
    const auto total = settled_fen(Exact::yuan(fund) / fund_share);
    const auto parts = parts_by_points(cases);
    if (!total || !parts) {
        return fail(ErrorCode::weight_overflow);
    }
    Int128 amounts = 0;
    Int128 points = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        amounts += cases[i].by_points ? 0 : cases[i].amount.raw();
        points += (*parts)[i].weight;
    }
    if (amounts > total->raw()) {
        return fail(ErrorCode::amounts_exceed_total);
    }
    out.total = *total;
    out.for_points = *total - Money::from_raw(narrowed(amounts));
    out.points = Exact::of(points, 1'000'000);
    out.point_value = point_value_of(out.for_points, Exact(1), out.points).value_or(Rate());
    auto payments = apportion(out.for_points, *parts);
    if (!payments) {
        return tl::unexpected<Error>(payments.error());
    }
    out.payments = std::move(*payments);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        out.payments[i] += cases[i].by_points ? Money() : cases[i].amount;
    }
    auto of_fund = split_fund(fund, out.payments, cases);
    if (!of_fund) {
        return tl::unexpected<Error>(of_fund.error());
    }
    out.fund_payments = std::move(*of_fund);
    return out;
}

std::optional<MonthlyAdvance> advance_of(Money payments, Money patient_paid, Money deductions,
                                         const SettlementTerms& terms) {
    MonthlyAdvance out{.due = payments - patient_paid,
                       .prepaid = {},
                       .deposit = {},
                       .held = {},
                       .deductions = deductions};
    const auto prepaid = settled_fen(Exact::yuan(out.due) * terms.prepay_share);
    // The deposit is what the running share adds, so that nothing is held below zero.
    const auto until =
        settled_fen(Exact::yuan(out.due) * (terms.prepay_share + terms.deposit_share));
    if (!prepaid || !until) {
        return std::nullopt;
    }
    out.prepaid = *prepaid - deductions;
    out.deposit = *until - *prepaid;
    out.held = out.due - *until;
    return out;
}

std::optional<Money> year_total(Money fund_payments, Money deductions,
                                const SettlementTerms& terms) {
    const auto appraised = settled_fen(Exact::yuan(fund_payments) * terms.appraisal);
    return appraised ? std::optional(*appraised - deductions) : std::nullopt;
}

std::optional<SharedDifference> share_difference(Money standard, Money charge,
                                                 const SettlementTerms& terms) {
    SharedDifference out{.difference = standard - charge, .kept = {}, .borne = {}, .payment = {}};
    const bool is_surplus = out.difference >= Money();
    const auto& parts = is_surplus ? terms.surplus : terms.overrun;
    const Exact size = Exact::yuan(is_surplus ? out.difference : -out.difference);
    Exact shared = is_surplus ? size : Exact();
    if (!parts.empty()) {
        shared = shared_amount(size, Exact::yuan(standard), parts, terms.whole);
    }
    const auto fen = settled_fen(shared);
    if (!fen) {
        return std::nullopt;
    }
    (is_surplus ? out.kept : out.borne) = *fen;
    out.payment = (is_surplus ? charge : standard) + *fen;
    return out;
}

}  // namespace yuanliu::costing::pay
