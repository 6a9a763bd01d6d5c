// Why this file: see report_maker.hpp.
#include "server/cli/report_maker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "server/cli/report_inputs.hpp"
#include "server/cli/report_options.hpp"
#include "server/report/object_reports.hpp"
#include "server/report/reconciliation_report.hpp"
#include "server/report/reports.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;
using report::Refusal;
using report::Report;
using report::ResultBook;
using report::Scope;

using Maker = Report (*)(const report::ReportInput&);
const std::map<std::string, Maker> kMakers{{"direct-cost", report::direct_cost_report},
                                           {"full-cost", report::full_cost_report},
                                           {"composition", report::composition_report},
                                           {"transfers", report::transfer_report},
                                           {"visits", report::visit_report},
                                           {"bed-days", report::bed_day_report},
                                           {"attributes", report::attribute_report},
                                           {"equipment", report::equipment_report},
                                           {"projects", report::project_report}};
constexpr const char* kDepartmentKind = "department";
constexpr const char* kLayersKind = "layers";
constexpr const char* kAttendingKind = "attending-groups";
constexpr const char* kBedKind = "beds";

/// Why cost can't be shown by attribute.
std::optional<Refusal> no_attributes(const ReportArguments& arguments, const ResultBook& book) {
    if (arguments.kind != "attributes") {
        return std::nullopt;
    }
    if (book.attributes.empty()) {
        return Refusal{
            .zh = "此结果没有 cost_attributes.csv: 规则文件夹里要有 collection.toml 才算成本属性",
            .en =
                "this result has no cost_attributes.csv: cost has attributes when the rules "
                "folder has a collection.toml"};
    }
    if (arguments.scope == Scope::medical_business) {
        return Refusal{.zh = "成本属性不按来源保存, 分不出医疗业务成本; 请用 --scope medical",
                       .en =
                           "attributes are not kept by origin, so medical business cost can't "
                           "be told apart; use --scope medical"};
    }
    return std::nullopt;
}

tl::expected<Report, Refusal> make_layer_report(const report::ReportInput& input,
                                                const ReportArguments& arguments,
                                                const fs::path& rules_folder) {
    if (!arguments.department.empty() && !input.view.find(arguments.department)) {
        return tl::unexpected(no_department(input.view.month(), arguments.department, {}));
    }
    const auto rules = rules_of_result(rules_folder, arguments.result, input.book);
    if (!rules) {
        return tl::unexpected(rules.error());
    }
    return report::layer_report(input, rules->rules.allocation, arguments.department);
}

tl::expected<Report, Refusal> make_department_report(const report::ReportInput& input,
                                                     const ReportArguments& arguments) {
    const auto department = input.view.find(arguments.department);
    if (!department) {
        return tl::unexpected(
            no_department(input.view.month(), arguments.department, "--kind department"));
    }
    std::array<std::optional<ResultBook>, 2> books;
    const std::array folders{arguments.before, arguments.year_before};
    for (std::size_t i = 0; i < folders.size(); ++i) {
        if (folders[i].empty()) {
            continue;
        }
        auto book = read_earlier(folders[i], input.book, i == 0 ? kMonthBefore : kYearBefore);
        if (!book) {
            return tl::unexpected(book.error());
        }
        books[i] = std::move(*book);
    }
    return report::department_report(input, *department,
                                     {.month_before = books[0] ? &*books[0] : nullptr,
                                      .year_before = books[1] ? &*books[1] : nullptr});
}

tl::expected<Report, Refusal> make_bed_report(const report::ReportInput& input,
                                              const ReportArguments& arguments) {
    const auto& drivers = input.view.month().drivers;
    const auto found = std::find_if(drivers.begin(), drivers.end(), [&](const Driver& driver) {
        return driver.code == arguments.beds_driver;
    });
    if (found == drivers.end() && !arguments.beds_driver.empty()) {
        return tl::unexpected(Refusal{
            .zh = fmt::format("本月没有分摊参数 \"{}\"; 请用 --beds-driver 写 drivers.csv 中的编码",
                              arguments.beds_driver),
            .en = fmt::format("there is no driver \"{}\" in this month; name a code of drivers.csv "
                              "with --beds-driver",
                              arguments.beds_driver)});
    }
    return report::bed_report(
        input, found == drivers.end()
                   ? std::nullopt
                   : std::optional(DriverId(static_cast<std::size_t>(found - drivers.begin()))));
}

tl::expected<Report, Refusal> make_attending_report(const report::ReportInput& input,
                                                    const ReportArguments& arguments) {
    const auto tables = report::read_case_tables(arguments.result);
    if (!tables) {
        return tl::unexpected(tables.error());
    }
    return report::attending_group_report(input, *tables);
}

MadeReport refused_report(const Refusal& refusal, bool is_usage) {
    return {.made = std::nullopt, .findings = {}, .refusal = refusal, .is_usage = is_usage};
}

/// The month as it stands, whether it was computed or not: a ledger that differs stops the run.
MadeReport reconcile(const ReportArguments& arguments, const ReportSource& source,
                     const report::CostView* view) {
    intake::LoadedRules rules;
    if (!source.rules.empty()) {
        rules = intake::read_rules(source.rules);
    }
    if (has_stop(rules.findings)) {
        return {.made = std::nullopt, .findings = std::move(rules.findings)};
    }
    if (source.book != nullptr && rules.rules_hash != source.book->rules_hash) {
        const std::string folder = source.rules.string();
        return refused_report(
            {.zh = folder + " 不是此结果所用的规则; 请用 --rules 指明",
             .en = folder + " are not the rules of this result; name their folder with --rules"},
            false);
    }
    return {.made =
                report::reconciliation_report({.month = source.loaded.month,
                                               .feeds = source.loaded.feeds,
                                               .accepted = rules.rules.costing.accepted_differences,
                                               .view = view,
                                               .book = source.book,
                                               .language = arguments.language})};
}

MadeReport make_cost_report(const ReportArguments& arguments, const ReportSource& source,
                            const report::CostView& view) {
    const ResultBook& book = *source.book;
    const report::ReportInput input{
        .view = view, .book = book, .scope = arguments.scope, .language = arguments.language};
    if (const auto refusal = no_attributes(arguments, book)) {
        return refused_report(*refusal, true);
    }
    if (const auto maker = kMakers.find(arguments.kind); maker != kMakers.end()) {
        return {.made = maker->second(input)};
    }
    auto made = arguments.kind == kLayersKind ? make_layer_report(input, arguments, source.rules)
                : arguments.kind == kBedKind  ? make_bed_report(input, arguments)
                : arguments.kind == kAttendingKind ? make_attending_report(input, arguments)
                                                   : make_department_report(input, arguments);
    if (!made) {
        return refused_report(made.error(), arguments.kind != kAttendingKind);
    }
    return {.made = std::move(*made)};
}

}  // namespace

bool reads_rules(const std::string& kind) {
    return kind == kLayersKind || kind == kReconciliationKind || is_profit_kind(kind);
}

std::vector<std::string> report_kinds() {
    std::vector<std::string> kinds{kDepartmentKind, kReconciliationKind, kLayersKind,
                                   kAttendingKind, kBedKind};
    for (const auto& [kind, maker] : kMakers) {
        kinds.push_back(kind);
    }
    for (const std::string& kind : profit_kinds()) {
        kinds.push_back(kind);
    }
    return kinds;
}

MadeReport make_report(const ReportArguments& arguments, const ReportSource& source) {
    if (is_profit_kind(arguments.kind)) {
        return make_profit_report({.kind = arguments.kind,
                                   .department = arguments.department,
                                   .result = arguments.result,
                                   .rules = source.rules,
                                   .month = source.loaded.month,
                                   .own_groups = source.own_groups,
                                   .scope = arguments.scope,
                                   .is_scope_named = arguments.is_scope_named,
                                   .language = arguments.language},
                                  arguments.profit);
    }
    if (source.book == nullptr) {
        return reconcile(arguments, source, nullptr);
    }
    const report::CostView view(source.loaded.month, *source.book);
    return arguments.kind == kReconciliationKind ? reconcile(arguments, source, &view)
                                                 : make_cost_report(arguments, source, view);
}

}  // namespace yuanliu::cli
