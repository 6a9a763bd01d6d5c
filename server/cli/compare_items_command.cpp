// Why this file: see compare_items_command.hpp. The month is read once and costed once for each
// method; nothing is written.
#include "server/cli/compare_items_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <optional>
#include <set>

#include "costing/run/run_costing.hpp"
#include "server/cli/finding_report.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/report_inputs.hpp"
#include "server/cli/report_options.hpp"
#include "server/cli/summary.hpp"
#include "server/cli/text_table.hpp"
#include "server/intake/month_reader.hpp"
#include "server/intake/rules_reader.hpp"
#include "server/text/vocabulary.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

using Key = std::pair<DepartmentId, ServiceItemId>;

/// An item's line in a department, by each method.
struct Line {
    Quantity quantity;
    Money charge;
    std::vector<std::optional<UnitCost>> unit_costs;  ///< by method; empty = bears no cost
};

/// Rounds a unit cost to fen, as it is printed.
Money in_fen(UnitCost cost) {
    return Money::from_raw(rounded_half_away(cost.raw(), 10'000));
}

std::string driver_of(const CompareItemsArguments& arguments, const Month& month,
                      const CostingSettings& settings) {
    if (!arguments.item_driver.empty()) {
        return arguments.item_driver;
    }
    for (const MethodRule& rule : settings.methods) {
        if (rule.method == ItemMethod::item_driver) {
            return rule.item_driver;
        }
    }
    return month.item_drivers.empty() ? std::string() : month.item_drivers.front().item_driver;
}

/// The rules with one method everywhere; activities only where there are some.
CostingSettings settings_for(ItemMethod method, const std::string& item_driver, const Month& month,
                             const CostingSettings& settings) {
    CostingSettings changed = settings;
    changed.methods = {{.departments = {"*"}, .method = method, .item_driver = item_driver}};
    if (method == ItemMethod::activity) {
        std::set<std::string> codes;
        for (const DeclaredActivity& row : month.activities) {
            codes.insert(month.departments[row.department.index()].code);
        }
        changed.methods.front().departments.assign(codes.begin(), codes.end());
    }
    return changed;
}

/// Why a method can't be compared; blank when it can.
std::string obstacle(ItemMethod method, const std::string& item_driver, const Month& month,
                     Language language) {
    if (method == ItemMethod::item_driver && item_driver.empty()) {
        return say(language, "item_drivers.csv has no rows", "item_drivers.csv 没有行");
    }
    if (method == ItemMethod::activity && month.activities.empty()) {
        return say(language, "activities.csv has no rows", "activities.csv 没有行");
    }
    return {};
}

void take(const CostingResult& result, std::size_t method, std::size_t methods,
          std::map<Key, Line>& lines) {
    for (const PoolResult& pool : result.pools) {
        for (const ServiceItemCost& item : pool.items) {
            if (pool.kind != PoolKind::service || item.stays || item.quantity.raw() <= 0) {
                continue;
            }
            Line& line = lines[{pool.department, item.service_item}];
            line.quantity = item.quantity;
            line.charge = item.charge;
            line.unit_costs.resize(methods);
            if (!item.cost.is_zero()) {
                line.unit_costs[method] = item.unit_cost;
            }
        }
    }
}

void print_lines(const Month& month, const std::vector<ItemMethod>& methods,
                 const CompareItemsArguments& arguments, const std::map<Key, Line>& lines) {
    const Language language = arguments.language;
    std::vector<std::string> header{
        say(language, "Department", "科室"), say(language, "item", "项目"), "",
        say(language, "quantity", "数量"), say(language, "price", "平均收费")};
    for (const ItemMethod method : methods) {
        header.push_back(name_in(language, method));
        header.push_back(say(language, "price - cost", "收费-成本"));
    }
    TextTable table(header, 3);
    for (const auto& [key, line] : lines) {
        const Department& department = month.departments[key.first.index()];
        if (!arguments.department.empty() && department.code != arguments.department) {
            continue;
        }
        const ServiceItem& item = month.service_items[key.second.index()];
        // Fen x 10^4, for the quantity is in 0.0001.
        const Money price = Money::from_raw(
            rounded_half_away(Int128{line.charge.raw()} * 10'000, line.quantity.raw()));
        std::vector<std::string> row{department.code, item.code, item.name, line.quantity.trimmed(),
                                     yuan(price)};
        for (const auto& cost : line.unit_costs) {
            row.push_back(cost ? yuan(in_fen(*cost)) : "-");
            row.push_back(cost ? yuan(price - in_fen(*cost)) : "-");
        }
        table.add(std::move(row));
    }
    fmt::print("{}\n{}",
               say(language,
                   "Unit cost of service items by method, yuan; price = charge / quantity; - = no "
                   "cost reaches the item by this method",
                   "医疗服务项目单位成本, 按方法, 元; 平均收费 = 费用 ÷ 数量; - = 按此方法没有"
                   "成本到该项目"),
               table.text());
}

std::vector<ItemMethod> methods_named(const std::vector<std::string>& names) {
    std::vector<ItemMethod> methods;
    for (const std::string& name : names) {
        methods.push_back(parse_word<ItemMethod>(name).value_or(ItemMethod::equivalent));
    }
    return methods;
}

/// Costs the month by each method that it has tables for; the methods that are shown.
std::optional<std::vector<ItemMethod>> cost_by_methods(const CompareItemsArguments& arguments,
                                                       const Month& month, const Rules& rules,
                                                       std::map<Key, Line>& lines) {
    const Language language = arguments.language;
    const std::string driver = driver_of(arguments, month, rules.costing);
    std::vector<ItemMethod> shown;
    for (const ItemMethod method : methods_named(arguments.methods)) {
        const std::string why = obstacle(method, driver, month, language);
        if (why.empty()) {
            shown.push_back(method);
        } else {
            fmt::print("{}: {} ({})\n", name_in(language, method),
                       say(language, "left out", "略去"), why);
        }
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto out = costing::run_costing(
            month, rules.allocation, usecase::make_thread_loop(arguments.threads),
            settings_for(shown[i], driver, month, rules.costing), rules.collection);
        if (has_stop(out.findings)) {
            print_findings(out.findings, language);
            return std::nullopt;
        }
        take(out.result, i, shown.size(), lines);
    }
    return shown;
}

int compare_items(const CompareItemsArguments& arguments) {
    const ParallelFor loop = usecase::make_thread_loop(arguments.threads);
    const intake::LoadedRules rules = intake::read_rules(arguments.rules);
    const intake::LoadedMonth loaded = intake::read_month(arguments.month, {.parallel_for = loop});
    std::vector<Finding> findings = rules.findings;
    findings.insert(findings.end(), loaded.findings.begin(), loaded.findings.end());
    if (has_stop(findings)) {
        print_findings(findings, arguments.language);
        return kFindings;
    }
    const auto& departments = loaded.month.departments;
    if (!arguments.department.empty() &&
        std::none_of(departments.begin(), departments.end(), [&](const Department& department) {
            return department.code == arguments.department;
        })) {
        return refuse_report(arguments.language, kUsage,
                             no_department(loaded.month, arguments.department, "compare-items"));
    }
    std::map<Key, Line> lines;
    const auto shown = cost_by_methods(arguments, loaded.month, rules.rules, lines);
    if (!shown) {
        return kFindings;
    }
    print_lines(loaded.month, *shown, arguments, lines);
    return kDone;
}

}  // namespace

void CompareItemsCommand::add_to(CLI::App& app, Language language) {
    arguments_.language = language;
    CLI::App* command = app.add_subcommand(
        "compare-items", "Show the unit cost of service items by several methods, side by side");
    command->add_option("month", arguments_.month, "Month folder")->required();
    command->add_option("--rules", arguments_.rules, "Rules folder")->required();
    command
        ->add_option("--methods", arguments_.methods,
                     "Methods to compare, joined by commas (docs/service-items.md)")
        ->delimiter(',')
        ->check(
            CLI::IsMember({"equivalent", "income", "item_driver", "activity", "cost_to_charge"}));
    command->add_option("--department", arguments_.department, "Only this department");
    command->add_option("--item-driver", arguments_.item_driver,
                        "Item driver of method item_driver; else as the rules name it");
    command->add_option("--threads", arguments_.threads, "Threads; 0 = as many as the machine has");
    command->add_option("--lang", arguments_.language, "Language of what is printed: zh or en")
        ->transform(
            one_of(std::map<std::string, Language>{{"zh", Language::zh}, {"en", Language::en}}));
    command_ = command;
}

bool CompareItemsCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int CompareItemsCommand::run() const {
    return compare_items(arguments_);
}

}  // namespace yuanliu::cli
