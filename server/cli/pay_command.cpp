// Why this file: see pay_command.hpp.
#include "server/cli/pay_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

#include "costing/pay/policy_text.hpp"
#include "server/catalogue/pay_cases.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/summary.hpp"
#include "server/cli/text_table.hpp"
#include "server/intake/policy_reader.hpp"
#include "server/text/payment_vocabulary.hpp"

namespace yuanliu::cli {
namespace {

namespace pay = costing::pay;

/// As many cases are printed line by line; of more, only the totals.
constexpr std::size_t kCasesShown = 40;

std::string rule_shown(const pay::PolicyPayment& paid, Language language) {
    std::string text = name_in(language, paid.basis);
    if (paid.rule > 0) {
        text += " " + std::to_string(paid.rule);
    }
    return paid.name.empty() ? text : text + " " + std::string(paid.name);
}

void print_cases(const pay::Policy& policy, const catalogue::PayRows& cases, Language language) {
    TextTable table(
        {say(language, "Case", "病例"), say(language, "group", "病组"),
         say(language, "rule", "规则"), say(language, "formula", "算式"),
         say(language, "ratio", "倍率"), say(language, "standard", "支付标准"),
         say(language, "payment", "支付"), say(language, "charge", "费用"),
         say(language, "policy margin", "政策盈亏"), say(language, "settled", "清算支付")},
        4);
    for (const catalogue::PayRow& row : cases.rows) {
        const pay::PolicyPayment& paid = row.paid;
        if (paid.fault != pay::PolicyFault::none) {
            continue;
        }
        table.add({row.code, row.group, rule_shown(paid, language),
                   pay::formula_in_numbers(policy, row.one, paid),
                   paid.ratio ? paid.ratio->text(6) : "-",
                   paid.has_standard ? yuan(paid.standard) : "-", yuan(paid.payment),
                   yuan(row.one.charge), yuan(paid.payment - row.one.charge),
                   row.settled ? yuan(*row.settled) : "-"});
    }
    fmt::print("{}", table.text());
}

void print_totals(const pay::Policy& policy, const catalogue::PayRows& cases, Language language) {
    std::size_t paid = 0;
    Money payment;
    Money charge;
    for (const catalogue::PayRow& row : cases.rows) {
        if (row.paid.fault == pay::PolicyFault::none) {
            ++paid;
            payment += row.paid.payment;
            charge += row.one.charge;
        }
    }
    fmt::print("{} {}: {} {}, {} {}; {} {}, {} {}, {} {}\n", say(language, "Policy", "支付政策"),
               policy.id, cases.rows.size(), say(language, "cases", "例"), paid,
               say(language, "paid", "例已计算"), say(language, "payments", "支付合计"),
               yuan(payment), say(language, "charges", "费用合计"), yuan(charge),
               say(language, "policy margin", "政策盈亏"), yuan(payment - charge));
}

void print_settlement(const pay::Settlement& settled, const catalogue::PayRows& cases,
                      Language language) {
    Money payments;
    Money fund;
    for (const catalogue::PayRow& row : cases.rows) {
        payments += row.settled.value_or(Money());
        fund += row.fund_payment.value_or(Money());
    }
    fmt::print("{}: {} {}, {} {}, {} {}, {} {}\n", say(language, "Settlement", "清算"),
               say(language, "points", "点数"), settled.points.text(pay::kSettledDecimals),
               say(language, "point value", "点值"), settled.point_value.text(),
               say(language, "payments", "支付合计"), yuan(payments),
               say(language, "of the fund", "其中基金"), yuan(fund));
}

int finish(const PayArguments& arguments, const std::vector<Finding>& findings) {
    print_findings(findings, arguments.language);
    write_file(arguments.findings, findings_document(findings), arguments.language);
    return has_stop(findings) ? kFindings : kDone;
}

int wrong_usage(const PayArguments& arguments, const char* en, const char* zh) {
    fmt::print(stderr, "error: {}\n", say(arguments.language, en, zh));
    return kUsage;
}

void append(std::vector<Finding>& findings, const std::vector<Finding>& more) {
    findings.insert(findings.end(), more.begin(), more.end());
}

/// The table of --table, or none; its findings go to `findings`.
std::optional<catalogue::PaymentTable> table_of(const PayArguments& arguments,
                                                std::vector<Finding>& findings) {
    if (arguments.table.empty()) {
        return std::nullopt;
    }
    const auto profile = catalogue::read_profile(arguments.profile);
    append(findings, profile.findings);
    if (has_stop(profile.findings)) {
        return std::nullopt;
    }
    auto table = catalogue::read_payment_table(arguments.table, profile.profile);
    append(findings, table.findings);
    return table;
}

int settle_and_tell(const PayArguments& arguments, const pay::Policy& policy, Money fund,
                    catalogue::PayRows& cases) {
    const auto settled = catalogue::settle_rows(policy, fund, cases);
    if (settled) {
        print_settlement(*settled, cases, arguments.language);
        return kDone;
    }
    return settled.error().code == ErrorCode::amounts_exceed_total
               ? wrong_usage(arguments, "the cases paid by amount take more than --fund gives",
                             "按金额支付的病例已超过 --fund 的可分配额")
               : wrong_usage(arguments, "the fund can't be split: no points, or out of bounds",
                             "基金无法分配: 没有点数, 或数值过大");
}

int pay_cases(const PayArguments& arguments) {
    if (arguments.table.empty() != arguments.profile.empty()) {
        return wrong_usage(arguments, "--table and --profile go together",
                           "--table 与 --profile 须同时使用");
    }
    const auto value = pay::Exact::parse(arguments.value);
    const auto fund = parse_decimal(arguments.fund, Money::kScale, kMaxTotalFen);
    if ((!value && !arguments.value.empty()) || (value && value->sign() < 0) ||
        (!fund && !arguments.fund.empty()) || (fund && *fund < 0)) {
        return wrong_usage(arguments, "--value and --fund are decimals from 0",
                           "--value 与 --fund 应为不小于 0 的小数");
    }
    intake::LoadedPolicy policy = intake::read_policy(arguments.policy);
    std::vector<Finding> findings = policy.findings;
    if (value) {
        policy.policy.value = value;
    }
    const auto table = table_of(arguments, findings);
    catalogue::PayRows cases = catalogue::read_pay_cases(
        arguments.cases, table && !has_stop(findings) ? &*table : nullptr);
    append(findings, cases.findings);
    if (has_stop(findings)) {
        return finish(arguments, findings);
    }
    cases.findings.clear();
    catalogue::pay_rows(policy.policy, arguments.cases.filename().string(), cases);
    append(findings, cases.findings);
    if (has_stop(findings)) {
        return finish(arguments, findings);
    }
    if (fund) {
        if (const int code =
                settle_and_tell(arguments, policy.policy, Money::from_raw(*fund), cases);
            code != kDone) {
            return code;
        }
    }
    if (cases.rows.size() <= kCasesShown) {
        print_cases(policy.policy, cases, arguments.language);
    }
    print_totals(policy.policy, cases, arguments.language);
    write_file(arguments.out, catalogue::paid_as_csv(policy.policy, cases), arguments.language);
    return finish(arguments, findings);
}

int show_table(const PayArguments& arguments) {
    std::vector<Finding> findings;
    const auto profile = catalogue::read_profile(arguments.profile);
    append(findings, profile.findings);
    if (has_stop(findings)) {
        return finish(arguments, findings);
    }
    const auto table = catalogue::read_payment_table(arguments.table, profile.profile);
    append(findings, table.findings);
    if (has_stop(findings)) {
        return finish(arguments, findings);
    }
    std::map<std::string, std::size_t> counts;
    for (const catalogue::PaymentRow& row : table.rows) {
        for (const auto& [column, ignored] : row.numbers) {
            ++counts[column];
        }
    }
    const Language language = arguments.language;
    fmt::print("{} ({}): {} {}, {} {}\n", table.file, profile.profile.id, table.rows.size(),
               say(language, "groups", "个病组"), table.skipped,
               say(language, "rows passed over", "行略过"));
    for (const auto& [column, count] : counts) {
        fmt::print("  {}: {}\n", column, count);
    }
    if (arguments.check) {
        const auto check = catalogue::check_standards(table, profile.profile);
        fmt::print("{}: {} {}, {} {}, {} {}, {} {}\n", say(language, "Check", "核对"), check.priced,
                   say(language, "priced rows", "行有标准"), check.equal,
                   say(language, "equal", "行一致"), check.unpriced,
                   say(language, "without standard or rate", "行无标准或费率"), check.limits,
                   say(language, "limits", "个倍率界限"));
        for (const Finding& one : check.differences) {
            fmt::print("  {}:{} {}: {}\n", one.where.file, one.where.row, one.where.column,
                       words_of(one, language));
        }
    }
    return finish(arguments, findings);
}

void add_language_to(CLI::App& command, Language& language) {
    command.add_option("--lang", language, "Language of what is printed: zh or en")
        ->transform(one_of(kLanguages));
}

}  // namespace

void PayCommands::add_to(CLI::App& app, Language language) {
    arguments_.language = language;
    CLI::App* pay = app.add_subcommand(
        "pay", "Pay cases by a policy file, with band, formula and margin (docs/payment.md)");
    pay->add_option("cases", arguments_.cases, "CSV file of cases")->required();
    pay->add_option("--policy", arguments_.policy, "Policy file")->required();
    pay->add_option("--table", arguments_.table, "Payment table of the region");
    pay->add_option("--profile", arguments_.profile, "Profile that the table is read by");
    pay->add_option("--value", arguments_.value, "Point value or rate, in place of the policy's");
    pay->add_option("--fund", arguments_.fund,
                    "Settle: split this fund over the cases, to the fen");
    pay->add_option("--out", arguments_.out, "Write each case with its figures to this file");
    pay->add_option("--findings", arguments_.findings,
                    "Also write all findings as JSON to this file");
    add_language_to(*pay, arguments_.language);
    CLI::App* table = app.add_subcommand(
        "payment-table", "Read a published payment table by a profile, and check its standards");
    table->add_option("table", arguments_.table, "Payment table of a region")->required();
    table->add_option("--profile", arguments_.profile, "Profile that it is read by")->required();
    table->add_flag("--check", arguments_.check,
                    "Set score x coefficient x rate against the standard of every row");
    table->add_option("--findings", arguments_.findings,
                      "Also write all findings as JSON to this file");
    add_language_to(*table, arguments_.language);
    pay_ = pay;
    table_ = table;
}

int PayCommands::run_parsed() const {
    if (pay_ != nullptr && pay_->parsed()) {
        return pay_cases(arguments_);
    }
    return table_ != nullptr && table_->parsed() ? show_table(arguments_) : -1;
}

}  // namespace yuanliu::cli
