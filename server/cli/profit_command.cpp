// Why this file: see profit_command.hpp.
#include "server/cli/profit_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "server/cli/finding_words.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/report_options.hpp"
#include "server/intake/analysis_rules.hpp"
#include "server/intake/rules_reader.hpp"
#include "server/usecase/rule_groups.hpp"

namespace yuanliu::cli {
namespace {

using report::ProfitBy;
using report::ProfitInput;
using report::Refusal;
using report::Report;
using report::ResultFolder;

const std::map<std::string, ProfitBy> kBys{
    {"group", ProfitBy::group},         {"department", ProfitBy::department},
    {"attending", ProfitBy::attending}, {"physician", ProfitBy::physician},
    {"hospital", ProfitBy::hospital},   {"payer", ProfitBy::payer}};

using ProfitMaker = Report (*)(const ProfitInput&);
const std::map<std::string, ProfitMaker> kPlainKinds{{"structure", report::structure_report},
                                                     {"group-advice", report::advice_report},
                                                     {"low-weight", report::insurer_report}};
constexpr const char* kProfitKind = "profit";
constexpr const char* kRatioKind = "ratio-cases";
constexpr const char* kTrendKind = "profit-trend";
constexpr const char* kSheetKind = "group-sheet";

Finding result_finding(FindingCode code, const std::filesystem::path& folder,
                       std::vector<std::string> arguments) {
    return {.code = code,
            .severity = Severity::stop,
            .where = {.file = folder.string(), .row = 0, .column = {}},
            .arguments = std::move(arguments)};
}

/// Earlier results that do not go with this one: of another hospital, of a month that is there
/// already, or not earlier.
std::vector<Finding> judge_months(const std::vector<ResultFolder>& earlier,
                                  const ResultFolder& now) {
    std::vector<Finding> findings;
    std::map<std::string, std::string> seen{{now.period, now.folder.string()}};
    for (const ResultFolder& one : earlier) {
        if (one.hospital != now.hospital) {
            findings.push_back(result_finding(FindingCode::result_of_other_hospital, one.folder,
                                              {one.hospital, now.hospital}));
        }
        const auto [first, is_new] = seen.emplace(one.period, one.folder.string());
        if (!is_new) {
            findings.push_back(result_finding(FindingCode::result_period_twice, one.folder,
                                              {one.period, first->second}));
        } else if (one.period > now.period) {
            findings.push_back(result_finding(FindingCode::result_month_later, one.folder,
                                              {one.period, now.period}));
        }
    }
    return findings;
}

class ProfitMakerRun {
  public:
    ProfitMakerRun(const ProfitRequest& request, const ProfitArguments& arguments)
        : request_(request), arguments_(arguments) {}

    MadeReport run() {
        const auto result = report::open_result(request_.result);
        if (!result) {
            return refused(result.error());
        }
        read_rules();
        read_earlier(*result);
        judge_scope();
        take_groups(*result);
        if (made_.refusal || has_stop(made_.findings)) {
            return std::move(made_);
        }
        const bool is_ours = rules_hash_ == result->rules_hash;
        const PaymentPolicy* policy = is_ours && rules_.payment ? &*rules_.payment : nullptr;
        const auto view = report::load_profit(*result, request_.month, policy);
        if (!view) {
            return refused(view.error());
        }
        make({.view = *view,
              .result = *result,
              .rules = analysis_,
              .scope = request_.scope,
              .language = request_.language});
        return std::move(made_);
    }

  private:
    MadeReport refused(const Refusal& refusal) {
        made_.refusal = refusal;
        return std::move(made_);
    }

    void read_rules() {
        if (!request_.rules.empty()) {
            intake::LoadedRules loaded = intake::read_rules(request_.rules);
            if (!has_stop(loaded.findings)) {
                rules_hash_ = loaded.rules_hash;
                rules_ = std::move(loaded.rules);
            }
        }
        std::filesystem::path file = arguments_.analysis;
        if (file.empty() && !request_.rules.empty()) {
            file = request_.rules / intake::kAnalysisFile;
            file = std::filesystem::exists(file) ? file : std::filesystem::path();
        }
        analysis_ = costing::profit::default_analysis_rules();
        if (!file.empty()) {
            intake::LoadedAnalysis loaded = intake::read_analysis(file);
            analysis_ = std::move(loaded.rules);
            made_.findings = std::move(loaded.findings);
        }
    }

    /// Months of all results, each judged, so that all that is wrong is said at once.
    void read_earlier(const ResultFolder& now) {
        std::vector<ResultFolder> folders;
        for (const auto& folder : arguments_.earlier) {
            auto opened = report::open_result(folder);
            if (!opened) {
                made_.refusal = opened.error();
                return;
            }
            folders.push_back(std::move(*opened));
        }
        const auto findings = judge_months(folders, now);
        made_.findings.insert(made_.findings.end(), findings.begin(), findings.end());
        std::sort(folders.begin(), folders.end(),
                  [](const ResultFolder& a, const ResultFolder& b) { return a.period < b.period; });
        folders.push_back(now);
        for (const ResultFolder& folder : folders) {
            auto month = report::read_groups_of_month(folder);
            if (!month) {
                made_.refusal = month.error();
                return;
            }
            months_.push_back(std::move(*month));
        }
    }

    /// The trend stands on group_profit.csv, which has cost of one scope only.
    void judge_scope() {
        if (request_.kind == kTrendKind && request_.is_scope_named &&
            request_.scope != report::Scope::hospital_full) {
            made_.is_usage = true;
            made_.refusal =
                Refusal{.zh =
                            "profit-trend 只按医院全成本出表; 请去掉 --scope, 或写 "
                            "--scope hospital_full",
                        .en =
                            "profit-trend is at full hospital cost only; leave --scope out, or "
                            "say --scope hospital_full"};
        }
    }

    /// Cases that the catalogues of the rules grouped are named and measured by those catalogues.
    void take_groups(const ResultFolder& result) {
        if (made_.refusal || request_.own_groups == nullptr || !result.has("grouping.csv")) {
            return;
        }
        if (rules_hash_ != result.rules_hash) {
            const std::string folder = request_.rules.empty() ? "--rules" : request_.rules.string();
            made_.refusal =
                Refusal{.zh = fmt::format("此结果的病例按规则文件夹的目录 (grouping.toml) 分组, 而 "
                                          "{} 不是此结果所用的规则; 请用 --rules 指明当时的文件夹",
                                          folder),
                        .en = fmt::format("the cases of this result were grouped by catalogues of "
                                          "its rules (grouping.toml), and {} has not the rules of "
                                          "this result; name their folder with --rules",
                                          folder)};
            return;
        }
        auto findings = usecase::take_groups_of_rules(request_.rules, rules_, *request_.own_groups);
        if (has_stop(findings)) {
            made_.findings.insert(made_.findings.end(), findings.begin(), findings.end());
        }
    }

    /// None of a blank code; a code that the month doesn't have refuses.
    std::optional<DepartmentId> department() {
        const auto& departments = request_.month.departments;
        for (std::size_t d = 0; d < departments.size(); ++d) {
            if (departments[d].code == request_.department) {
                return DepartmentId(d);
            }
        }
        if (!request_.department.empty() || request_.kind == kSheetKind) {
            made_.is_usage = true;
            made_.refusal =
                no_department(request_.month, request_.department, "--kind " + request_.kind);
        }
        return std::nullopt;
    }

    void make(const ProfitInput& input) {
        const std::string& kind = request_.kind;
        if (kind == kProfitKind) {
            made_.made = report::profit_report(input, arguments_.by);
        } else if (kind == kTrendKind) {
            made_.made = report::trend_report(input, months_);
        } else if (kind == kRatioKind || kind == kSheetKind) {
            const auto own = department();
            if (!made_.refusal) {
                made_.made = kind == kRatioKind ? report::ratio_report(input, own)
                                                : report::group_sheet_report(input, *own);
            }
        } else {
            made_.made = kPlainKinds.at(kind)(input);
        }
    }

    const ProfitRequest& request_;
    const ProfitArguments& arguments_;
    MadeReport made_;
    std::string rules_hash_;
    Rules rules_;  ///< with `rules_hash_`; none without it
    costing::profit::AnalysisRules analysis_;
    std::vector<report::MonthOfGroups> months_;
};

}  // namespace

void ProfitArguments::add_to(CLI::App& command) {
    command
        .add_option("--by", by,
                    "Kind profit: group, department, attending, physician, hospital "
                    "or payer")
        ->transform(one_of(kBys));
    command.add_option("--analysis", analysis, "analysis.toml, if it isn't beside the rules");
    command.add_option("--earlier", earlier, "Kind profit-trend: results of earlier months");
}

std::vector<std::string> profit_kinds() {
    std::vector<std::string> kinds{kProfitKind, kRatioKind, kTrendKind, kSheetKind};
    for (const auto& [kind, maker] : kPlainKinds) {
        kinds.push_back(kind);
    }
    return kinds;
}

bool is_profit_kind(const std::string& kind) {
    const auto kinds = profit_kinds();
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

FindingWords words_of_results(FindingCode code) {
    using enum FindingCode;
    switch (code) {
        case result_month_later:
            return {
                "this result is of {0}, after the month {1} of the report; name earlier ones "
                "only with --earlier",
                "该结果为 {0}, 晚于本表月份 {1}; 请用 --earlier 只指明更早的月份"};
        default:
            return {};
    }
}

MadeReport make_profit_report(const ProfitRequest& request, const ProfitArguments& arguments) {
    return ProfitMakerRun(request, arguments).run();
}

}  // namespace yuanliu::cli
