// Why this file: see pay_cases.hpp.
#include "server/catalogue/pay_cases.hpp"

#include <algorithm>
#include <map>
#include <span>

#include "costing/pay/policy_text.hpp"
#include "server/catalogue/plain_table.hpp"
#include "server/intake/finding_list.hpp"
#include "server/text/csv.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::catalogue {
namespace {

namespace pay = costing::pay;
using pay::Coefficient;
using pay::Exact;

/// Column of a coefficient in cases and tables.
constexpr std::array<std::pair<Coefficient, std::string_view>, 3> kCoefficientColumns{
    {{Coefficient::hospital, "hospital"},
     {Coefficient::level, "level_coefficient"},
     {Coefficient::group, "group_coefficient"}}};

class PayCaseReader {
  public:
    PayCaseReader(const PaymentTable* table, PayRows& out) : table_(table), out_(out) {
        if (table != nullptr) {
            groups_ = table->by_group();
        }
    }

    void take(const PlainRow& row) {
        const std::string code(row["case"]);
        if (code.empty()) {
            row.report(FindingCode::value_missing, "case", {});
            return;
        }
        const auto [first, is_new] = seen_.emplace(code, row.number());
        if (!is_new) {
            row.report(FindingCode::duplicate_key, "case",
                       {text::shown(code), std::to_string(first->second)});
            return;
        }
        PayRow& paid = out_.rows.emplace_back();
        paid.code = code;
        paid.group = row["group"];
        paid.group_class = row["class"];
        paid.leave = row["leave"];
        paid.row = row.number();
        paid.cost = amount(row, "cost");
        read_figures(row, paid.one);
        if (row["charge"].empty()) {
            row.report(FindingCode::value_missing, "charge", {});
        }
        if (table_ != nullptr && !paid.group.empty()) {
            fill_from_table(row, paid);
        }
        if (paid.group.empty() && paid.group_class.empty()) {
            paid.group_class = pay::kUngroupedClass;
        }
        paid.one.group = paid.group;
        paid.one.group_class = paid.group_class;
        paid.one.leave = paid.leave;
    }

  private:
    static std::optional<Exact> exact(const PlainRow& row, std::string_view column,
                                      std::string_view cell) {
        if (cell.empty()) {
            return std::nullopt;
        }
        const auto value = Exact::parse(cell);
        if (!value || value->sign() < 0) {
            row.report(FindingCode::number_malformed, column,
                       {text::shown(cell), std::to_string(Exact::kDecimals)});
            return std::nullopt;
        }
        return value;
    }

    static std::optional<Money> amount(const PlainRow& row, std::string_view column) {
        const std::string_view cell = row[column];
        const auto raw = parse_decimal(cell, Money::kScale, kMaxRowFen);
        if (!raw && !cell.empty()) {
            row.report(FindingCode::number_malformed, column,
                       {text::shown(cell), std::to_string(Money::kScale)});
        }
        return raw ? std::optional(Money::from_raw(*raw)) : std::nullopt;
    }

    static void read_figures(const PlainRow& row, pay::PolicyCase& one) {
        one.score = exact(row, "score", row["score"]);
        one.reference = amount(row, "reference_charge");
        one.charge = amount(row, "charge").value_or(Money());
        one.days = row.decimal("days", 0);
        one.level = row.decimal("level", 0);
        for (const auto& [which, column] : kCoefficientColumns) {
            one.coefficients[static_cast<std::size_t>(which)] = exact(row, column, row[column]);
        }
        std::string_view rest = row["auxiliary"];
        while (!rest.empty()) {
            const std::string_view text = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(text.size() + 1, rest.size()));
            if (const auto factor = exact(row, "auxiliary", text)) {
                one.auxiliary.push_back(*factor);
            }
        }
        one.special_amount = amount(row, "special_amount");
        one.special_points = exact(row, "special_points", row["special_points"]);
        one.value = exact(row, "value", row["value"]);
    }

    void fill_from_table(const PlainRow& row, PayRow& paid) const {
        const auto found = groups_.find(paid.group);
        if (found == groups_.end()) {
            if (!paid.one.score) {
                row.report(FindingCode::group_not_in_table, "group",
                           {text::shown(paid.code), text::shown(paid.group), table_->file});
            }
            return;
        }
        const PaymentRow& group = *found->second;
        if (!paid.one.score) {
            paid.one.score = group.number("score");
        }
        if (!paid.one.reference) {
            if (const auto reference = group.number("reference_charge")) {
                const auto fen = reference->rounded(Money::kScale);
                paid.one.reference = fen ? std::optional(Money::from_raw(*fen)) : std::nullopt;
            }
        }
        for (const auto& [which, column] : kCoefficientColumns) {
            auto& own = paid.one.coefficients[static_cast<std::size_t>(which)];
            if (!own) {
                own = group.number(which == Coefficient::level ? "level" : column);
            }
        }
        if (!paid.one.value) {
            paid.one.value = group.number("value");
        }
        if (paid.group_class.empty()) {
            paid.group_class = group.group_class;
        }
    }

    const PaymentTable* table_;
    PayRows& out_;
    std::map<std::string, const PaymentRow*, std::less<>> groups_;
    std::map<std::string, std::int64_t> seen_;
};

/// A sum above 0 of cases of which none has a charge above 0: nobody's share can be told.
std::optional<Money> undivided_sum(const pay::Policy& policy, const PayRows& cases) {
    const auto sum = pay::sum_of(policy);
    const bool is_divided = cases.rows.empty() ||
                            std::any_of(cases.rows.begin(), cases.rows.end(),
                                        [](const PayRow& row) { return row.one.charge > Money(); });
    return is_divided || !sum || sum->is_zero() ? std::nullopt : sum;
}

void split_rows(const pay::Policy& policy, PayRows& cases) {
    std::vector<Money> charges;
    std::vector<std::string_view> keys;
    for (const PayRow& row : cases.rows) {
        charges.push_back(row.one.charge);
        keys.push_back(row.code);
    }
    const auto sum = pay::sum_of(policy);
    const auto shares = sum ? pay::split_sum(*sum, charges, keys)
                            : Result<std::vector<Money>>(fail(ErrorCode::weight_overflow));
    for (std::size_t i = 0; i < cases.rows.size(); ++i) {
        pay::PolicyPayment& paid = cases.rows[i].paid;
        paid.basis = pay::PolicyBasis::split;
        paid.fault = shares ? pay::PolicyFault::none : pay::PolicyFault::out_of_bounds;
        paid.payment = shares ? (*shares)[i] : Money();
    }
}

}  // namespace

PayRows read_pay_cases(const std::filesystem::path& file, const PaymentTable* table) {
    PayRows out;
    intake::FindingList findings(file.filename().string(), 200);
    PayCaseReader reader(table, out);
    const PlainTableSpec spec{
        .required = {"case", "group", "charge"},
        .optional = {"score", "reference_charge", "days", "class", "level", "leave", "hospital",
                     "level_coefficient", "group_coefficient", "auxiliary", "value",
                     "special_amount", "special_points", "cost"},
        .own_names = {}};
    read_plain_table(file, spec, findings, [&](const PlainRow& row) { reader.take(row); });
    findings.flush_to(out.findings);
    intake::sort_findings(out.findings);
    return out;
}

void pay_rows(const pay::Policy& policy, const std::string& file, PayRows& cases) {
    intake::FindingList findings(file, 200);
    if (pay::splits_one_sum(policy)) {
        if (const auto sum = undivided_sum(policy, cases)) {
            findings.add(FindingCode::split_without_charges,
                         {.row = cases.rows.front().row, .column = "charge"},
                         {policy.id, sum->text(), std::to_string(cases.rows.size()),
                          text::shown(cases.rows.front().code)});
            findings.flush_to(cases.findings);
            return;
        }
        split_rows(policy, cases);
    }
    for (PayRow& row : cases.rows) {
        if (!pay::splits_one_sum(policy)) {
            row.paid = pay::pay_policy_case(policy, row.one);
        }
        if (row.paid.fault != pay::PolicyFault::none) {
            findings.add(
                FindingCode::case_not_payable, {.row = row.row, .column = {}},
                {text::shown(row.code), std::string(word_of(row.paid.fault)), row.group_class},
                Severity::park);
        }
    }
    findings.flush_to(cases.findings);
    intake::sort_findings(cases.findings);
}

Result<pay::Settlement> settle_rows(const pay::Policy& policy, Money fund, PayRows& cases) {
    std::vector<pay::SettlementCase> settled;
    std::vector<PayRow*> rows;
    for (PayRow& row : cases.rows) {
        if (row.paid.fault == pay::PolicyFault::none) {
            settled.push_back({.key = row.code,
                               .by_points = row.paid.by_points,
                               .points = row.paid.points,
                               .amount = row.paid.payment});
            rows.push_back(&row);
        }
    }
    auto result = pay::settle(fund, policy.settlement.fund_share, settled);
    for (std::size_t i = 0; result && i < rows.size(); ++i) {
        rows[i]->settled = result->payments[i];
        rows[i]->fund_payment = result->fund_payments[i];
    }
    return result;
}

std::string paid_as_csv(const pay::Policy& policy, const PayRows& cases) {
    std::string out =
        "case,group,class,basis,rule,rule_name,ratio,score,coefficient,value,standard,formula,"
        "points,payment,adjustment,charge,policy_margin,cost,real_margin,review,settled,"
        "fund_payment,fault\n";
    for (const PayRow& row : cases.rows) {
        const pay::PolicyPayment& paid = row.paid;
        const bool good = paid.fault == pay::PolicyFault::none;
        const auto if_good = [&](bool is_there, const std::string& text) {
            return good && is_there ? text : std::string();
        };
        const Money payment = paid.payment;
        const std::vector<std::string> fields{
            row.code,
            row.group,
            row.group_class,
            if_good(true, std::string(word_of(paid.basis))),
            if_good(paid.rule > 0, std::to_string(paid.rule)),
            if_good(true, std::string(paid.name)),
            if_good(paid.ratio.has_value(), paid.ratio ? paid.ratio->text(6) : ""),
            if_good(paid.has_standard, paid.score.text()),
            if_good(paid.has_standard, paid.coefficient.text()),
            if_good(paid.has_standard, paid.value.text()),
            if_good(paid.has_standard, paid.standard.text()),
            good ? pay::formula_in_numbers(policy, row.one, paid) : std::string(),
            if_good(paid.by_points, paid.points.text(pay::kSettledDecimals)),
            if_good(true, payment.text()),
            if_good(paid.has_standard, (payment - paid.standard).text()),
            row.one.charge.text(),
            if_good(true, (payment - row.one.charge).text()),
            row.cost ? row.cost->text() : "",
            if_good(row.cost.has_value(), (payment - row.cost.value_or(Money())).text()),
            if_good(paid.review, "1"),
            row.settled ? row.settled->text() : "",
            row.fund_payment ? row.fund_payment->text() : "",
            good ? "" : std::string(word_of(paid.fault))};
        const std::vector<std::string_view> views(fields.begin(), fields.end());
        out += text::render_row(views) + "\n";
    }
    return out;
}

}  // namespace yuanliu::catalogue
