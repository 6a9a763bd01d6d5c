// Why this file: shows which disease groups gain or lose, in both scopes of cost, and the largest
// part of each margin (formula and worked numbers in group_view.hpp).
#include <fmt/format.h>

#include <algorithm>

#include "server/cli/group_view.hpp"
#include "server/cli/summary.hpp"
#include "server/cli/text_table.hpp"

namespace yuanliu::cli {
namespace {

constexpr std::size_t kShownGroups = 6;

void print_some(const std::vector<const GroupView*>& groups, const GroupView& hospital,
                const std::string& title, Language language) {
    TextTable table(
        {title, say(language, "main part of the margin", "主要原因 (元/例)"),
         say(language, "cases", "例数"), say(language, "charge/case", "费用 元/例"),
         say(language, "payment/case", "支付 元/例"), say(language, "cost/case", "成本 元/例"),
         say(language, "policy margin, total", "政策盈亏合计 元"),
         say(language, "real margin, total", "实际盈亏合计 元")},
        2);
    for (const GroupView* group : groups) {
        const ProfitSums& sums = group->sums;
        table.add({group->group + " " + group->name,
                   words_of(main_reason(*group, hospital), language), std::to_string(sums.cases),
                   yuan_each(sums.charge, sums.cases), yuan_each(sums.payment, sums.cases),
                   yuan_each(sums.cost, sums.cases), yuan(group->policy_margin()),
                   yuan(group->real_margin())});
    }
    fmt::print("{}", table.text());
}

/// One scope of cost: how many groups lose, and what all gain together.
void print_scope(const std::vector<const GroupView*>& groups, Money (GroupView::*margin)() const,
                 const std::string& scope, Language language) {
    Money total;
    std::size_t losing = 0;
    for (const GroupView* group : groups) {
        const Money value = (group->*margin)();
        total += value;
        losing += value < Money() ? 1U : 0U;
    }
    fmt::print("  {}: {} {}, {} {}\n", scope, losing, say(language, "groups lose", "组亏损"),
               say(language, "margin of all", "盈亏合计"), yuan(total));
}

void print_heading(const GroupViews& views, const std::vector<const GroupView*>& dip,
                   Language language) {
    const auto cases_of = [&](PaymentBasis basis) {
        std::int64_t cases = 0;
        for (const GroupView& view : views.groups) {
            cases += view.basis == basis ? view.sums.cases : 0;
        }
        return cases;
    };
    fmt::print("\n{}\n",
               fmt::format(fmt::runtime(say(
                               language,
                               "DIP groups (yuan), basis dip only: {} groups, {} cases, CMI {}; "
                               "apart: {} ungrouped, {} uncoded, {} not DIP",
                               "DIP 病组 (元), 仅按 DIP 结算的病例: {} 组, {} 例, CMI {}; "
                               "另有未入组 {} 例, 未编码 {} 例, 非 DIP {} 例")),
                           dip.size(), views.dip.sums.cases, cmi_of(views.dip.sums).text(),
                           cases_of(PaymentBasis::ungrouped), cases_of(PaymentBasis::uncoded),
                           cases_of(PaymentBasis::charges) + cases_of(PaymentBasis::drg) +
                               cases_of(PaymentBasis::other)));
    print_scope(dip, &GroupView::real_margin,
                say(language, "hospital cost, all fund sources (全部资金来源)",
                    "医院全成本 (全部资金来源)"),
                language);
    print_scope(
        dip, &GroupView::medical_margin,
        say(language, "medical cost, basic funds only (医疗成本)", "医疗成本 (仅自筹及财政基本)"),
        language);
}

}  // namespace

void print_groups(const usecase::ComputeOutcome& outcome, Language language) {
    if (!outcome.rules.rules.payment) {
        fmt::print("\n{}\n", say(language, "DIP groups: no payment.toml, so no payment and margin.",
                                 "DIP 病组: 没有 payment.toml, 不计支付与盈亏。"));
        return;
    }
    const GroupViews views = view_groups(outcome);
    std::vector<const GroupView*> order;
    for (const GroupView& view : views.groups) {
        if (view.basis == PaymentBasis::dip) {
            order.push_back(&view);
        }
    }
    print_heading(views, order, language);
    std::stable_sort(order.begin(), order.end(), [](const GroupView* left, const GroupView* right) {
        return left->real_margin() > right->real_margin();
    });
    const auto losing = static_cast<std::size_t>(
        std::count_if(order.begin(), order.end(),
                      [](const GroupView* view) { return view->real_margin() < Money(); }));
    const auto first = [](std::size_t wanted, auto from) {
        const std::size_t shown = std::min(kShownGroups, wanted);
        return std::vector<const GroupView*>(from, from + static_cast<std::ptrdiff_t>(shown));
    };
    print_some(first(order.size() - losing, order.begin()), views.dip,
               say(language, "largest gains", "盈余最多"), language);
    print_some(first(losing, order.rbegin()), views.dip,
               say(language, "largest losses", "亏损最多"), language);
    fmt::print("  {}\n",
               say(language,
                   "real margin and cost: all fund sources. above / below: than the cost of all "
                   "DIP cases for the same charges; percent: of the margin, other parts may work "
                   "against it.",
                   "成本与实际盈亏: 全部资金来源。偏高/偏低: 与全院 DIP 病例同等费用的成本相比; "
                   "百分比: 占该组盈亏, 其他部分可能反向抵销。"));
}

}  // namespace yuanliu::cli
