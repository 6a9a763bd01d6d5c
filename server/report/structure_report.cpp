// Why this file: 收入与病例结构: what charges and cost are made of, who pays for how many cases,
// and what each band of weight brings (docs/profit.md §6).
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "costing/profit/analysis.hpp"
#include "server/report/profit_rows.hpp"
#include "server/text/vocabulary.hpp"

namespace yuanliu::report {
namespace {

/// DIP cases, other cases, visits, all.
constexpr std::size_t kCareKinds = 4;

class StructureTables : private ReportWords {
  public:
    explicit StructureTables(const ProfitInput& input)
        : ReportWords(input.language),
          input_(input),
          scope_(index_of(input.scope)),
          bands_(input.rules.bands.size()),
          groups_(input.rules.bands.size()) {
        for (const ProfitCase& one : input.view.cases) {
            kinds_[one.is_dip() ? 0 : 1].add(one.tally);
            const Encounter& encounter = input.view.encounter(one);
            payers_[encounter.payer][static_cast<std::size_t>(one.basis)].add(one.tally);
            if (one.is_dip()) {
                const std::size_t band = costing::profit::band_of(one.tally.rw, input.rules.bands);
                bands_[band].add(one.tally);
                ++groups_[band][one.group];
            }
        }
        for (const auto& [payer, tally] : input.view.visits_of) {
            payers_[payer][static_cast<std::size_t>(PaymentBasis::visit)].add(tally);
        }
        kinds_[2] = input.view.all_visits;
        for (std::size_t k = 0; k + 1 < kCareKinds; ++k) {
            kinds_[kCareKinds - 1].add(kinds_[k]);
        }
    }

    Report build() {
        Report report = begin_profit_report(input_, title());
        report.lead.push_back(lead());
        report.sections.push_back(part_section(
            words("一、收入构成 (医疗费用)", "1. What charges are made of"),
            costing::profit::kChargeParts,
            [this](std::size_t i) { return charge_part_words(i, language()); },
            [](const Tally& tally, std::size_t i) { return tally.charge_parts[i]; },
            [](const Tally& tally) { return tally.charge; }, report));
        report.sections.push_back(part_section(
            words("二、成本构成 (医院全成本)", "2. What cost is made of (full hospital cost)"),
            kCategories,
            [this](std::size_t i) { return name_in(language(), static_cast<CostCategory>(i)); },
            [](const Tally& tally, std::size_t i) { return tally.cost_parts[i]; },
            [](const Tally& tally) { return tally.cost.back(); }, report));
        report.sections.push_back(payer_section(report));
        report.sections.push_back(band_section(report));
        report.notes.push_back(
            words("“以前月份”为入院早于本月者此前已记的费用, 无分类。权重段左闭右开, 由 "
                  "analysis.toml 设定。",
                  "\"Earlier months\" is what stays were charged before this month, without "
                  "category. A band begins at its first weight and ends before its last; "
                  "analysis.toml sets them."));
        report.notes.push_back(not_for_pay(language()));
        return report;
    }

  private:
    using PartOf = std::function<Money(const Tally&, std::size_t)>;
    using WholeOf = std::function<Money(const Tally&)>;

    [[nodiscard]] std::string share(Money part, Money whole) const {
        return percent_words(costing::profit::rate_of(part, whole).value_or(Rate()));
    }

    [[nodiscard]] std::string title() const {
        const Tally& all = kinds_.back();
        const auto of = [&](ChargeCategory category) {
            return share(all.charge_parts[static_cast<std::size_t>(category)], all.charge);
        };
        return fmt::format(
            fmt::runtime(words("收入与病例结构: 医疗费用 {} 元, 药品 {}, 耗材 {}, 检查化验 {} + {}",
                               "Structure of revenue and cases: charges {} yuan, drugs {}, "
                               "materials {}, examinations and laboratory {} + {}")),
            yuan_words(all.charge), of(ChargeCategory::drug), of(ChargeCategory::material),
            of(ChargeCategory::examination), of(ChargeCategory::laboratory));
    }

    [[nodiscard]] std::string lead() const {
        const auto lowest = std::min_element(
            bands_.begin(), bands_.end(),
            [this](const Tally& a, const Tally& b) { return a.margin(scope_) < b.margin(scope_); });
        const auto at = static_cast<std::size_t>(lowest - bands_.begin());
        return fmt::format(
            fmt::runtime(words("DIP {} 例, CMI {}; 实际盈亏最低的权重段: {}, {} 例, {} 元。",
                               "{} DIP cases, CMI {}; the band with the lowest real margin: {}, {} "
                               "cases, {} yuan.")),
            kinds_[0].cases, cmi_rate(kinds_[0]).text(), band_words(at), bands_[at].cases,
            signed_words(bands_[at].margin(scope_)));
    }

    [[nodiscard]] std::string band_words(std::size_t band) const {
        const auto& one = input_.rules.bands[band];
        if (!one.to) {
            return "RW ≥ " + one.from.trimmed();
        }
        return one.from.is_zero() ? "RW < " + one.to->trimmed()
                                  : one.from.trimmed() + " ≤ RW < " + one.to->trimmed();
    }

    [[nodiscard]] Section part_section(std::string caption, std::size_t count,
                                       const std::function<std::string(std::size_t)>& name,
                                       const PartOf& part, const WholeOf& whole,
                                       Report& report) const {
        Section section{.caption = std::move(caption),
                        .columns = {{.title = words("构成", "part")}}};
        for (const auto& [zh, en] :
             {std::pair("DIP 病例", "DIP cases"), std::pair("非 DIP 住院", "other inpatients"),
              std::pair("门急诊", "visits"), std::pair("合计", "in all")}) {
            section.columns.push_back({.title = words("金额", "amount"), .group = words(zh, en)});
            section.columns.push_back({.title = "%", .group = words(zh, en)});
        }
        std::array<Money, kCareKinds> sums;
        for (std::size_t i = 0; i <= count; ++i) {
            const bool is_total = i == count;
            Row row{.style = is_total ? RowStyle::total : RowStyle::item,
                    .cells = {text_cell(is_total ? words("合计", "in all") : name(i))}};
            for (std::size_t k = 0; k < kCareKinds; ++k) {
                const Money amount = is_total ? sums[k] : part(kinds_[k], i);
                sums[k] += is_total ? Money() : amount;
                row.cells.push_back(amount_cell(amount));
                row.cells.push_back(percent_cell(amount.raw(), whole(kinds_[k]).raw()));
            }
            section.rows.push_back(std::move(row));
        }
        for (std::size_t k = 0; k < kCareKinds; ++k) {
            report.must_close(section.caption, sums[k], whole(kinds_[k]));
        }
        return section;
    }

    [[nodiscard]] Section payer_section(Report& report) const {
        Section section{
            .caption = words("三、病例结构 (付费方 × 口径)", "3. Cases by payer and basis"),
            .columns = {{.title = words("付费方", "payer")}}};
        constexpr std::array kBases{PaymentBasis::dip,     PaymentBasis::ungrouped,
                                    PaymentBasis::uncoded, PaymentBasis::charges,
                                    PaymentBasis::drg,     PaymentBasis::other,
                                    PaymentBasis::visit};
        for (const PaymentBasis basis : kBases) {
            section.columns.push_back({.title = basis_words(basis, language())});
        }
        for (const auto& [zh, en] :
             {std::pair("医疗费用", "charges"), std::pair("%", "%"), std::pair("支付", "payment"),
              std::pair("政策盈亏", "policy margin"), std::pair("实际盈亏", "real margin")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        Tally sum;
        std::array<std::int64_t, kBases.size()> counts{};
        const auto add_row = [&](RowStyle style, const std::string& name,
                                 const std::array<std::int64_t, kBases.size()>& cases,
                                 const Tally& tally) {
            Row row{.style = style, .cells = {text_cell(name)}};
            for (const std::int64_t count : cases) {
                row.cells.push_back(count_cell(count));
            }
            row.cells.insert(row.cells.end(),
                             {amount_cell(tally.charge),
                              percent_cell(tally.charge.raw(), kinds_.back().charge.raw()),
                              amount_cell(tally.payment), amount_cell(tally.policy_margin()),
                              amount_cell(tally.margin(scope_))});
            section.rows.push_back(std::move(row));
        };
        for (const auto& [payer, tallies] : payers_) {
            Tally own;
            std::array<std::int64_t, kBases.size()> cases{};
            for (std::size_t b = 0; b < kBases.size(); ++b) {
                const Tally& tally = tallies[static_cast<std::size_t>(kBases[b])];
                own.add(tally);
                cases[b] = tally.cases;
                counts[b] += tally.cases;
            }
            add_row(RowStyle::item, payer, cases, own);
            sum.add(own);
        }
        add_row(RowStyle::total, words("合计", "in all"), counts, sum);
        report.must_close("payers = hospital", sum.payment, kinds_.back().payment);
        return section;
    }

    [[nodiscard]] Section band_section(Report& report) const {
        Section section{.caption = words("四、权重段 (DIP 病例)", "4. Bands of weight (DIP cases)"),
                        .columns = {{.title = words("权重段", "band")}}};
        for (const auto& [zh, en] :
             {std::pair("病组数", "groups"), std::pair("例数", "cases"),
              std::pair("占 DIP", "of DIP"), std::pair("RW", "RW"), std::pair("CMI", "CMI"),
              std::pair("例均费用", "charges each"), std::pair("例均支付", "payment each"),
              std::pair("例均成本", "cost each"), std::pair("政策盈亏", "policy margin"),
              std::pair("实际盈亏", "real margin"), std::pair("实际盈亏率", "real margin rate")}) {
            section.columns.push_back({.title = words(zh, en)});
        }
        const auto add_row = [&](RowStyle style, const std::string& name, std::size_t groups,
                                 const Tally& tally) {
            section.rows.push_back(
                {.style = style,
                 .cells = {
                     text_cell(name), count_cell(static_cast<std::int64_t>(groups)),
                     count_cell(tally.cases), percent_cell(tally.cases, kinds_[0].cases),
                     weight_cell(tally.rw), cmi_cell(tally), each_cell(tally.charge, tally.cases),
                     each_cell(tally.payment, tally.cases),
                     each_cell(tally.cost[scope_], tally.cases), amount_cell(tally.policy_margin()),
                     amount_cell(tally.margin(scope_)), rate_cell(margin_rate_of(tally, scope_))}});
        };
        Tally sum;
        std::size_t groups = 0;
        for (std::size_t i = 0; i < bands_.size(); ++i) {
            add_row(RowStyle::item, band_words(i), groups_[i].size(), bands_[i]);
            sum.add(bands_[i]);
            groups += groups_[i].size();
        }
        add_row(RowStyle::total, words("DIP 合计", "DIP in all"), groups, sum);
        report.must_close("bands = DIP", sum.cost.back(), kinds_[0].cost.back());
        return section;
    }

    const ProfitInput& input_;
    std::size_t scope_;
    std::array<Tally, kCareKinds> kinds_;
    std::map<std::string, std::array<Tally, WordsOf<PaymentBasis>::kWords.size()>> payers_;
    std::vector<Tally> bands_;
    std::vector<std::map<std::string, std::int64_t>> groups_;
};

}  // namespace

Report structure_report(const ProfitInput& input) {
    return StructureTables(input).build();
}

}  // namespace yuanliu::report
