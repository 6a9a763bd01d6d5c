// Why this file: the reports that a month's page offers: what each is called, what it may be asked
// with, and why a month can't give it (docs/reports.md, docs/profit.md, docs/objects.md).
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "server/intake/month_reader.hpp"
#include "server/report/profit_reports.hpp"
#include "server/report/report.hpp"
#include "server/store/result_reader.hpp"

namespace yuanliu::api {

/// Whether a report is of one department.
enum class OfDepartment : std::uint8_t { none, optional, required };

struct ReportKind {
    std::string_view kind;     ///< as `yuanliu report --kind`
    std::string_view section;  ///< of the page: cost, allocation, profit, reconciliation, object
    std::string_view zh;
    std::string_view en;
    std::span<const report::Scope> scopes;  ///< none: it has no scope
    OfDepartment department = OfDepartment::none;
    bool takes_by = false;
};

[[nodiscard]] std::span<const ReportKind> all_report_kinds();
/// Null: there is none of that name.
[[nodiscard]] const ReportKind* find_report_kind(std::string_view kind);
[[nodiscard]] std::string_view word_of(report::Scope scope);
[[nodiscard]] std::optional<report::Scope> scope_of(std::string_view word);
[[nodiscard]] std::string_view word_of(report::ProfitBy by);
[[nodiscard]] std::optional<report::ProfitBy> by_of(std::string_view word);
[[nodiscard]] std::span<const report::ProfitBy> all_bys();

/// Why a run's month can't give the report; blank when it can. `certificate` is the run's.
[[nodiscard]] std::string lack_of(const ReportKind& kind, const boost::json::value& certificate,
                                  const store::MonthHoldings& holdings, Language language);

struct ReportAsk {
    std::string kind;
    report::Scope scope = report::Scope::medical;
    report::ProfitBy by = report::ProfitBy::group;
    std::string department{};  ///< code; blank = none
    Language language = Language::zh;
};

/// What a report is made from: a result folder, its rules, and its month as the run left it.
struct ReportGround {
    const std::filesystem::path& result;
    const std::filesystem::path& rules;
    const intake::LoadedMonth& loaded;
};

/// The same as the command makes; or why there is none, in the language asked for.
using MakeReport =
    std::function<tl::expected<report::Report, std::string>(const ReportAsk&, const ReportGround&)>;

}  // namespace yuanliu::api
