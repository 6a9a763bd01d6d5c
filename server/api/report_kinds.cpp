// Why this file: see report_kinds.hpp.
#include "server/api/report_kinds.hpp"

#include <algorithm>
#include <array>

namespace yuanliu::api {
namespace {

using report::ProfitBy;
using report::Scope;

constexpr std::array kScopesAll{Scope::medical, Scope::medical_business, Scope::medical_full,
                                Scope::hospital_full};
constexpr std::array kScopesNoBusiness{Scope::medical, Scope::medical_full, Scope::hospital_full};
constexpr std::array kScopeWords{std::pair(Scope::medical_business, "medical_business"),
                                 std::pair(Scope::medical, "medical"),
                                 std::pair(Scope::medical_full, "medical_full"),
                                 std::pair(Scope::hospital_full, "hospital_full")};
constexpr std::array kByWords{
    std::pair(ProfitBy::group, "group"),         std::pair(ProfitBy::department, "department"),
    std::pair(ProfitBy::attending, "attending"), std::pair(ProfitBy::physician, "physician"),
    std::pair(ProfitBy::payer, "payer"),         std::pair(ProfitBy::hospital, "hospital")};
constexpr std::array kByOrder{ProfitBy::group,     ProfitBy::department, ProfitBy::attending,
                              ProfitBy::physician, ProfitBy::payer,      ProfitBy::hospital};

constexpr std::span<const Scope> kNoScope{};
constexpr auto kAny = OfDepartment::optional;
constexpr auto kOne = OfDepartment::required;
constexpr auto kWhole = OfDepartment::none;

// clang-format off
constexpr std::array kReportKinds{
    ReportKind{"direct-cost", "cost", "医院各科室直接成本表（成本医01）", "Direct cost of departments (form 01)", kScopesAll},
    ReportKind{"full-cost", "cost", "临床服务类科室全成本表（成本医02）", "Full cost of clinical departments (form 02)", kScopesAll},
    ReportKind{"composition", "cost", "临床服务类科室全成本构成分析表（成本医03）", "Composition of full cost (form 03)", kScopesAll},
    ReportKind{"department", "cost", "科室全成本单", "Full-cost sheet of a department", kScopesAll, kOne},
    ReportKind{"visits", "cost", "诊次成本构成表", "Cost per visit", kScopesAll},
    ReportKind{"bed-days", "cost", "床日成本构成表", "Cost per bed-day", kScopesAll},
    ReportKind{"attributes", "cost", "成本属性表", "Cost by attribute", kScopesNoBusiness},
    ReportKind{"transfers", "allocation", "科室成本分摊汇总表", "Allocation summary", kScopesAll},
    ReportKind{"layers", "allocation", "科室分层全成本表", "Full cost by layer", kScopesAll, kAny},
    ReportKind{"profit", "profit", "盈亏表", "Profit and loss", kScopesNoBusiness, kWhole, true},
    ReportKind{"group-sheet", "profit", "科室病组盈亏单", "Groups of a department", kScopesNoBusiness, kOne},
    ReportKind{"ratio-cases", "profit", "高低倍率病例分析", "High- and low-ratio cases", kScopesNoBusiness, kAny},
    ReportKind{"structure", "profit", "收入与病例结构", "Revenue and case structure", kScopesNoBusiness},
    ReportKind{"group-advice", "profit", "保本点、象限与引调退建议", "Break-even, quadrants, advice on groups", kScopesNoBusiness},
    ReportKind{"low-weight", "profit", "分值偏低病组（致医保）", "Under-weighted groups (to the insurer)", kScopesNoBusiness},
    ReportKind{"reconciliation", "reconciliation", "月末对账表", "Month-end reconciliation", kNoScope},
    ReportKind{"attending-groups", "object", "主诊组成本收益表", "Attending groups", kNoScope},
    ReportKind{"equipment", "object", "单机设备成本效益表", "Equipment", kNoScope},
    ReportKind{"beds", "object", "床位成本表", "Beds", kScopesAll},
    ReportKind{"projects", "object", "科研项目成本表", "Research projects", kNoScope}};
// clang-format on

bool has_rows(const boost::json::value& certificate, std::string_view table) {
    const auto& tables = certificate.at("tables").as_object();
    const auto* found = tables.if_contains(table);
    return found != nullptr && found->at("rows").to_number<std::int64_t>() > 0;
}

struct Lack {
    const char* zh;
    const char* en;
};

constexpr Lack kNoCollection{
    "规则中没有 collection.toml，成本没有属性；请在规则文件夹中加入该文件，重新导入并计算。",
    "The rules have no collection.toml, so cost has no attributes; add it to the rules folder, "
    "import and compute again."};
constexpr Lack kNoCases{
    "本月没有已支付的出院病例；请检查规则中的 payment.toml 与月度文件夹中的出院病例。",
    "No discharged case of this month was paid; check payment.toml of the rules and the "
    "discharges of the month folder."};
constexpr Lack kNoMachines{
    "本月没有专用设备：assets.csv 中没有 special 类卡片，也没有 equipment_items.csv。",
    "This month has no machines: no card of kind special in assets.csv, and no "
    "equipment_items.csv."};
constexpr Lack kNoBeds{"月度文件夹中没有 beds.csv（开放床位）；请补充后重新导入并计算。",
                       "The month folder has no beds.csv (opened beds); add it, import and compute "
                       "again."};
constexpr Lack kNoProjects{
    "月度文件夹中没有 research_projects.csv（科研项目）；请补充后重新导入并计算。",
    "The month folder has no research_projects.csv; add it, import and compute again."};

std::optional<Lack> lack_in(const ReportKind& kind, const boost::json::value& certificate,
                            const store::MonthHoldings& holdings) {
    if (kind.kind == "attributes" && !has_rows(certificate, "cost_attributes.csv")) {
        return kNoCollection;
    }
    if ((kind.section == "profit" || kind.kind == "attending-groups") &&
        !has_rows(certificate, "cases.csv")) {
        return kNoCases;
    }
    if (kind.kind == "equipment" && !holdings.machines) {
        return kNoMachines;
    }
    if (kind.kind == "beds" && !holdings.beds) {
        return kNoBeds;
    }
    if (kind.kind == "projects" && !holdings.projects) {
        return kNoProjects;
    }
    return std::nullopt;
}

template <class Pairs, class Value>
std::string_view word_in(const Pairs& pairs, Value value) {
    return std::find_if(pairs.begin(), pairs.end(),
                        [&](const auto& pair) { return pair.first == value; })
        ->second;
}

template <class Value, class Pairs>
std::optional<Value> value_in(const Pairs& pairs, std::string_view word) {
    const auto found = std::find_if(pairs.begin(), pairs.end(),
                                    [&](const auto& pair) { return pair.second == word; });
    return found == pairs.end() ? std::nullopt : std::optional<Value>(found->first);
}

}  // namespace

std::span<const ReportKind> all_report_kinds() {
    return kReportKinds;
}

const ReportKind* find_report_kind(std::string_view kind) {
    const auto* found = std::find_if(kReportKinds.begin(), kReportKinds.end(),
                                     [&](const ReportKind& one) { return one.kind == kind; });
    return found == kReportKinds.end() ? nullptr : found;
}

std::string_view word_of(Scope scope) {
    return word_in(kScopeWords, scope);
}

std::optional<Scope> scope_of(std::string_view word) {
    return value_in<Scope>(kScopeWords, word);
}

std::string_view word_of(ProfitBy by) {
    return word_in(kByWords, by);
}

std::optional<ProfitBy> by_of(std::string_view word) {
    return value_in<ProfitBy>(kByWords, word);
}

std::span<const ProfitBy> all_bys() {
    return kByOrder;
}

std::string lack_of(const ReportKind& kind, const boost::json::value& certificate,
                    const store::MonthHoldings& holdings, Language language) {
    const auto lack = lack_in(kind, certificate, holdings);
    return lack ? (language == Language::zh ? lack->zh : lack->en) : "";
}

}  // namespace yuanliu::api
