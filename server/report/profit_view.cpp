// Why this file: see profit_view.hpp. Cost of a case is that of the whole stay: what the month
// before carried over and what the month adds, component by component.
#include "server/report/profit_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <unordered_map>

#include "costing/base/component.hpp"
#include "costing/pay/points.hpp"
#include "costing/profit/analysis.hpp"
#include "server/report/profit_checks.hpp"

namespace yuanliu::report {
namespace {

using costing::profit::CostShare;
using costing::profit::kChargeParts;
using costing::profit::kOpeningPart;
using costing::profit::RunningShare;
using Fields = std::span<const text::Field>;

/// Cost of one encounter as the tallies need it.
struct StayCost {
    std::array<Money, costing::profit::kCostScopes> by_rank;
    std::array<Money, kCategories> all;
    std::array<Money, kCategories> basic;
    std::array<Money, kCategories> own;  ///< basic, of origin direct
    void add(Component component, Money cost) {
        const auto category = static_cast<std::size_t>(component.category);
        by_rank[static_cast<std::size_t>(scope_rank(component.fund, component.origin))] += cost;
        all[category] += cost;
        if (component.fund == FundSource::basic) {
            basic[category] += cost;
            own[category] += component.origin == Origin::direct ? cost : Money();
        }
    }
};

using Shares = std::array<CostShare, kCategories>;
using RunningShares = std::vector<RunningShare>;

template <class Number>
bool read_number(Number& number, const text::Field& field) {
    const auto raw =
        parse_decimal(field.value, Number::kScale, std::numeric_limits<std::int64_t>::max());
    number = Number::from_raw(raw.value_or(0));
    return raw.has_value();
}

template <class E>
bool read_word(E& word, const text::Field& field) {
    const auto found = parse_word<E>(field.value);
    word = found.value_or(E{});
    return found.has_value();
}

tl::unexpected<Refusal> not_ours(const std::string& file) {
    return tl::unexpected(
        Refusal{.zh = file + " 不是本程序写出的格式, 或其中的编码不在本月, 不出表",
                .en = file + " is not written as this program writes it, or names codes that the "
                             "month does not have; nothing is printed"});
}

/// Reads a result with its month; the steps are in the order of load_profit.
class ProfitReader {
  public:
    ProfitReader(const ResultFolder& result, const Month& month, const PaymentPolicy* policy)
        : result_(result),
          month_(month),
          policy_(policy),
          costs_(month.encounters.size()),
          charges_(month.encounters.size()) {
        view_.month = &month;
        view_.visits.resize(month.departments.size());
        for (std::size_t i = 0; i < month.encounters.size(); ++i) {
            encounters_.emplace(month.encounters[i].code, i);
        }
        for (std::size_t i = 0; i < month.catalogue.size(); ++i) {
            catalogue_.emplace(month.catalogue[i].group, i);
        }
        for (std::size_t i = 0; i < month.departments.size(); ++i) {
            departments_.emplace(month.departments[i].code, i);
        }
        for (std::size_t i = 0; i < month.cost_items.size(); ++i) {
            items_.emplace(month.cost_items[i].code, i);
        }
        if (policy != nullptr) {
            for (const PayerRule& payer : policy->payers) {
                point_values_.emplace(payer.payer, payer.point_value);
            }
        }
    }

    tl::expected<ProfitView, Refusal> read() {
        add_charges();
        for (const auto step : {&ProfitReader::read_costs, &ProfitReader::read_attributes,
                                &ProfitReader::read_policy_standards, &ProfitReader::read_auxiliary,
                                &ProfitReader::read_fund_parts, &ProfitReader::read_cases}) {
            if (auto refusal = (this->*step)()) {
                return tl::unexpected(std::move(*refusal));
            }
        }
        tally_encounters();
        return std::move(view_);
    }

  private:
    void add_charges() {
        for (const OpeningCharge& opening : month_.opening_charges) {
            charges_[opening.encounter.index()][kOpeningPart] += opening.charge;
        }
        const ChargeLines& lines = month_.charge_lines;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto category =
                month_.service_items[lines.service_item[i].index()].charge_category;
            charges_[lines.encounter[i].index()][static_cast<std::size_t>(category)] +=
                lines.charge[i];
        }
        for (const OpeningCost& opening : month_.opening_costs) {
            costs_[opening.encounter.index()].add(opening.component, opening.cost);
        }
    }

    std::optional<Refusal> read_costs() {
        constexpr const char* kFile = "patient_cost.csv";
        const auto table = result_.table(kFile);
        if (!table) {
            return table.error();
        }
        const std::array<std::optional<std::size_t>, 5> at{
            table->column("encounter"), table->column("cost_category"),
            table->column("fund_source"), table->column("origin"), table->column("cost")};
        const auto take = [&](Fields fields) {
            Component component;
            Money cost;
            const auto found = encounters_.find(fields[*at[0]].value);
            if (found == encounters_.end() || !read_word(component.category, fields[*at[1]]) ||
                !read_word(component.fund, fields[*at[2]]) ||
                !read_word(component.origin, fields[*at[3]]) ||
                !read_number(cost, fields[*at[4]])) {
                return false;
            }
            costs_[found->second].add(component, cost);
            return true;
        };
        const bool has_all =
            std::all_of(at.begin(), at.end(), [](auto c) { return c.has_value(); });
        return has_all && table->each_row(take) ? std::nullopt
                                                : std::optional(not_ours(kFile).value());
    }

    /// Shares of cost that are variable or controllable, and the direct fixed cost of departments.
    std::optional<Refusal> read_attributes() {
        view_.direct_fixed.resize(month_.departments.size());
        if (!result_.has("cost_attributes.csv")) {
            view_.variable = {.zh = "规则没有 collection.toml, 结果中无成本性态, 无法推出",
                              .en =
                                  "the rules have no collection.toml, so that the result has no "
                                  "attributes of cost"};
            view_.controllable = view_.variable;
            return std::nullopt;
        }
        auto attributes = read_attribute_shares(result_, {month_, departments_, items_});
        if (!attributes) {
            return attributes.error();
        }
        variable_ = attributes->variable;
        controllable_ = attributes->controllable;
        view_.direct_fixed = std::move(attributes->direct_fixed);
        return std::nullopt;
    }

    /// What policies state as the standard of their cases, and which of them a special review
    /// decided; of the others the standard is the payment.
    std::optional<Refusal> read_policy_standards() {
        constexpr const char* kFile = "case_policies.csv";
        if (!result_.has(kFile)) {
            return std::nullopt;
        }
        const auto table = result_.table(kFile);
        if (!table) {
            return table.error();
        }
        const auto encounter = table->column("encounter");
        const auto standard = table->column("standard");
        const auto payment = table->column("payment");
        const auto basis = table->column("basis");
        const auto take = [&](Fields fields) {
            const text::Field& stated = fields[*standard];
            Money amount;
            const bool is_good =
                read_number(amount, stated.value.empty() ? fields[*payment] : stated);
            standards_.emplace(fields[*encounter].value, amount);
            if (fields[*basis].value.starts_with("special_")) {
                special_.emplace(fields[*encounter].value);
            }
            return is_good;
        };
        return encounter && standard && payment && basis && table->each_row(take)
                   ? std::nullopt
                   : std::optional(not_ours(kFile).value());
    }

    /// Coefficients of an auxiliary catalogue; cases without a row have 1.
    std::optional<Refusal> read_auxiliary() {
        constexpr const char* kFile = "auxiliary.csv";
        if (!result_.has(kFile)) {
            return std::nullopt;
        }
        const auto table = result_.table(kFile);
        if (!table) {
            return table.error();
        }
        const auto encounter = table->column("encounter");
        const auto coefficient = table->column("coefficient");
        const auto take = [&](Fields fields) {
            Rate stated;
            const bool is_good = read_number(stated, fields[*coefficient]);
            auxiliary_.emplace(fields[*encounter].value, stated);
            return is_good;
        };
        return encounter && coefficient && table->each_row(take)
                   ? std::nullopt
                   : std::optional(not_ours(kFile).value());
    }

    /// What patient and fund bear, of the cases of which the month states it.
    std::optional<Refusal> read_fund_parts() {
        constexpr const char* kFile = "fund_parts.csv";
        view_.tells_fund = result_.has(kFile);
        if (!view_.tells_fund) {
            return std::nullopt;
        }
        const auto table = result_.table(kFile);
        if (!table) {
            return table.error();
        }
        const auto encounter = table->column("encounter");
        const auto patient = table->column("patient_paid");
        const auto fund = table->column("fund_payment");
        const auto take = [&](Fields fields) {
            auto& [of_patient, of_fund] = parts_[std::string(fields[*encounter].value)];
            return read_number(of_patient, fields[*patient]) && read_number(of_fund, fields[*fund]);
        };
        return encounter && patient && fund && table->each_row(take)
                   ? std::nullopt
                   : std::optional(not_ours(kFile).value());
    }

    using CaseColumns = std::array<std::size_t, 10>;

    std::optional<Refusal> read_cases() {
        constexpr const char* kFile = "cases.csv";
        const auto table = result_.table(kFile);
        if (!table) {
            return table.error();
        }
        constexpr std::array<std::string_view, 10> kNames{
            "encounter", "status", "group",  "rw",      "days",
            "deviation", "basis",  "charge", "payment", "cost"};
        CaseColumns columns{};
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            const auto found = table->column(kNames[i]);
            if (!found) {
                return not_ours(kFile).value();
            }
            columns[i] = *found;
        }
        return table->each_row([&](Fields fields) { return take_case(fields, columns); })
                   ? std::nullopt
                   : std::optional(not_ours(kFile).value());
    }

    bool take_case(Fields fields, const CaseColumns& columns) {
        const auto field = [&](std::size_t i) -> const text::Field& { return fields[columns[i]]; };
        const auto found = encounters_.find(field(0).value);
        ProfitCase one;
        Money cost;
        RelativeWeight weight;
        bool is_good = found != encounters_.end() && read_word(one.status, field(1)) &&
                       read_word(one.basis, field(6)) && read_number(one.tally.charge, field(7)) &&
                       read_number(one.tally.payment, field(8)) && read_number(cost, field(9));
        const auto days = parse_decimal(field(4).value, 0, std::numeric_limits<int>::max());
        is_good = is_good && days && (field(3).value.empty() || read_number(weight, field(3)));
        if (is_good && !field(5).value.empty()) {
            is_good = read_word(one.deviation.emplace(), field(5));
        }
        one.group = one.status == CaseStatus::grouped     ? std::string(field(2).value)
                    : one.status == CaseStatus::ungrouped ? "~ungrouped"
                                                          : "~uncoded";
        const auto row = catalogue_.find(one.group);
        if (!is_good || (one.status == CaseStatus::grouped && row == catalogue_.end())) {
            return false;
        }
        if (one.status == CaseStatus::grouped) {
            one.row = CatalogueRowId(row->second);
        }
        const auto parts = parts_.find(std::string(field(0).value));
        if (parts != parts_.end()) {
            one.tally.patient_paid = parts->second.first;
            one.tally.fund = parts->second.second;
        }
        one.encounter = EncounterId(found->second);
        one.tally.cases = 1;
        one.tally.low = one.deviation == Deviation::low ? 1 : 0;
        one.tally.high = one.deviation == Deviation::high ? 1 : 0;
        one.is_special = special_.contains(field(0).value);
        one.tally.special = one.is_special ? 1 : 0;
        one.tally.days = *days;
        one.tally.rw = weight;
        one.tally.standard = standard_of(one);
        costs_of_table_.push_back(cost);
        view_.cases.push_back(std::move(one));
        return is_good;
    }

    /// What the case would have been paid, were its charges normal.
    Money standard_of(const ProfitCase& one) {
        const auto stated = standards_.find(month_.encounters[one.encounter.index()].code);
        if (stated != standards_.end()) {
            return stated->second;
        }
        if (!one.is_dip() || one.is_normal()) {
            return one.tally.payment;
        }
        const auto value = point_values_.find(month_.encounters[one.encounter.index()].payer);
        if (policy_ == nullptr || value == point_values_.end()) {
            view_.standard = {
                .zh = "没有此结果所用的支付规则 (--rules), 高低倍率病例的公式值无法推出",
                .en =
                    "the payment rules of the result are not at hand (--rules), so "
                    "that the formula value of low and high cases is not known"};
            return one.tally.payment;
        }
        const CatalogueRow& group = month_.catalogue[one.row.index()];
        const costing::pay::CaseMeasure measure{.score = group.score,
                                                .reference_charge = group.reference_charge,
                                                .charge = one.tally.charge,
                                                .auxiliary = auxiliary_of(one.encounter)};
        return costing::pay::payment_of(
            costing::pay::points_of(measure, *policy_, Deviation::normal), value->second);
    }

    [[nodiscard]] Rate auxiliary_of(EncounterId encounter) const {
        const auto found = auxiliary_.find(month_.encounters[encounter.index()].code);
        return found == auxiliary_.end() ? kNoCorrection : found->second;
    }

    void tally_encounters() {
        RunningShares variable(variable_.begin(), variable_.end());
        RunningShares controllable(controllable_.begin(), controllable_.end());
        std::size_t at = 0;
        for (std::size_t i = 0; i < month_.encounters.size(); ++i) {
            const bool is_case = at < view_.cases.size() && view_.cases[at].encounter.index() == i;
            if (!is_case && month_.encounters[i].status != StayStatus::visit) {
                continue;
            }
            Tally visit{.cases = 1};
            Tally& tally = is_case ? view_.cases[at].tally : visit;
            fill(tally, i, variable, controllable);
            if (is_case) {
                const Money cost = tally.cost.back();
                check(i, "cost", cost, costs_of_table_[at]);
                check(i, "charge", sum_of(tally.charge_parts), tally.charge);
                ++at;
            } else {
                tally.charge = tally.payment = tally.standard = sum_of(tally.charge_parts);
                view_.visits[month_.encounters[i].department.index()].add(tally);
                view_.visits_of[month_.encounters[i].payer].add(tally);
                view_.all_visits.add(tally);
            }
        }
        YUANLIU_CHECK(at == view_.cases.size());
    }

    void fill(Tally& tally, std::size_t encounter, RunningShares& variable,
              RunningShares& controllable) {
        const StayCost& cost = costs_[encounter];
        tally.charge_parts = charges_[encounter];
        tally.cost_parts = cost.all;
        Money running;
        for (std::size_t i = 0; i < cost.by_rank.size(); ++i) {
            running += cost.by_rank[i];
            tally.cost[i] = running;
        }
        for (std::size_t c = 0; c < kCategories; ++c) {
            tally.variable += share_of(cost.basic[c], variable_[c], variable[c], view_.variable);
            tally.controllable +=
                share_of(cost.own[c], controllable_[c], controllable[c], view_.controllable);
        }
    }

    static Money share_of(Money cost, const CostShare& share, RunningShare& running,
                          Unknown& unknown) {
        if (share.exists()) {
            return running.next(cost);
        }
        if (!cost.is_zero() && unknown.is_known()) {
            unknown = {.zh = "某成本类别有病例成本而本月科室成本合计为零, 其性态比例无法推出",
                       .en =
                           "cases have cost of a category of which departments have none in the "
                           "month, so that its share is not known"};
        }
        return {};
    }

    template <class Parts>
    static Money sum_of(const Parts& parts) {
        Money sum;
        for (const Money part : parts) {
            sum += part;
        }
        return sum;
    }

    void check(std::size_t encounter, std::string_view what, Money left, Money right) {
        if (left != right) {
            view_.gaps.push_back(
                {.claim = fmt::format("{} {}", month_.encounters[encounter].code, what),
                 .left = left,
                 .right = right});
        }
    }

    const ResultFolder& result_;
    const Month& month_;
    const PaymentPolicy* policy_;
    ProfitView view_;
    std::vector<StayCost> costs_;
    std::vector<std::array<Money, kChargeParts>> charges_;
    std::vector<Money> costs_of_table_;  ///< of view_.cases
    Shares variable_{};
    Shares controllable_{};
    Codes encounters_;
    Codes catalogue_;
    Codes departments_;
    Codes items_;
    std::unordered_map<std::string_view, Rate> point_values_;
    std::set<std::string, std::less<>> special_;  ///< decided by a special review, by encounter
    std::map<std::string, Money> standards_;      ///< of cases that a policy pays, by encounter
    std::map<std::string, std::pair<Money, Money>> parts_;  ///< patient, fund; by encounter
    std::map<std::string, Rate> auxiliary_;                 ///< coefficients, by encounter
};

}  // namespace

std::string ProfitView::group_name(const ProfitCase& one, Language language) const {
    if (one.status == CaseStatus::grouped) {
        return month->catalogue[one.row.index()].name + " " + one.group;
    }
    return one.status == CaseStatus::ungrouped ? in(language, "未入组", "ungrouped")
                                               : in(language, "未编码", "uncoded");
}

tl::expected<ProfitView, Refusal> load_profit(const ResultFolder& result, const Month& month,
                                              const PaymentPolicy* policy) {
    auto view = ProfitReader(result, month, policy).read();
    if (view) {
        if (auto refusal = check_against_tables(result, *view)) {
            return tl::unexpected(std::move(*refusal));
        }
    }
    return view;
}

}  // namespace yuanliu::report
