// Why this file: see predischarge_command.hpp. Choices stand in the order of the record, never in
// that of money; one that breaks a rule says so before anything else.
#include "server/cli/predischarge_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>

#include "server/cli/finding_report.hpp"
#include "server/cli/finding_words.hpp"
#include "server/cli/grouping_text.hpp"
#include "server/cli/language_option.hpp"
#include "server/cli/summary.hpp"
#include "server/quality/rules_reader.hpp"
#include "server/quality/stay_pages.hpp"
#include "server/text/vocabulary.hpp"
#include "server/usecase/predischarge.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

namespace json = boost::json;
using usecase::Allowance;
using usecase::MainChoice;
using usecase::Missing;
using usecase::Predischarge;
using usecase::PredischargeFault;

std::string joined(const std::vector<std::string>& codes) {
    std::string text;
    for (const std::string& code : codes) {
        text += (text.empty() ? "" : ";") + code;
    }
    return text;
}

std::string words_of_choice(const MainChoice& choice, Language language) {
    const std::string why =
        choice.rule == "arose_in_hospital"
            ? say(language, "it arose in hospital (condition absent)", "入院病情为“无”")
            : reason_in_words(choice.rule, language);
    switch (choice.allowance) {
        case Allowance::not_allowed:
            return fmt::format("{}: {} ({})", say(language, "NOT ALLOWED", "不允许"), why,
                               choice.rule_code);
        case Allowance::review:
            return fmt::format("{}: {} ({})", say(language, "review", "需核查"), why,
                               choice.rule_code);
        case Allowance::allowed:
            break;
    }
    return say(language, "no rule of the catalogue is broken", "未违反目录的校验规则");
}

std::string words_of_missing(Missing what, Language language) {
    switch (what) {
        case Missing::main_diagnosis:
            return say(language, "no main diagnosis", "缺少主要诊断");
        case Missing::procedures:
            return say(language, "no procedure is recorded", "没有记录手术操作");
        case Missing::admission_condition:
            return say(language, "condition at admission", "入院病情");
        case Missing::procedure_level:
            return say(language, "level of the procedure", "手术级别");
        case Missing::procedure_day:
            return say(language, "day of the procedure", "手术操作日期");
        case Missing::age_days:
            return say(language, "age in days (under one year)", "不足一周岁的天数");
        case Missing::newborn_weight:
            break;
    }
    return say(language, "weight at admission (newborn)", "新生儿入院体重");
}

std::string words_of_unpaid(const std::string& why, Language language) {
    if (why == "split") {
        return say(language,
                   "the payer's policy divides one sum among all cases of the month; none has a "
                   "payment of its own before the month ends",
                   "该付费方按一笔总额在全月病例间分配; 月末之前没有单独一例的支付");
    }
    if (why == "unknown_payer") {
        return say(language, "payment.toml does not name this payer",
                   "payment.toml 中没有该付费方");
    }
    return pay_fault_in_words(why, language);
}

void print_payment(const MainChoice& choice, Language language) {
    if (choice.payment) {
        const std::string points = choice.points ? fmt::format(" ({} {})", choice.points->trimmed(),
                                                               say(language, "points", "点数"))
                                                 : std::string();
        fmt::print("     {} {}{}\n",
                   say(language, "payment at the charges so far", "按目前费用的支付"),
                   yuan(*choice.payment), points);
    }
    if (choice.standard_payment) {
        fmt::print("     {} {}\n",
                   say(language, "payment at the reference charge", "按次均费用标准的支付"),
                   yuan(*choice.standard_payment));
    }
    if (!choice.unpaid.empty()) {
        fmt::print("     {}: {}\n", say(language, "no payment can be stated", "无法给出支付"),
                   words_of_unpaid(choice.unpaid, language));
    }
}

void print_figures(const MainChoice& choice, Language language) {
    if (!choice.score) {
        fmt::print("     {}\n",
                   say(language, "the group has no score: nothing can be said of payment",
                       "该病组没有分值, 无法给出支付"));
        return;
    }
    fmt::print("     {} {}, {} {}, {} {}\n", say(language, "score", "分值"),
               choice.score->trimmed(), say(language, "reference days", "标准住院日"),
               choice.reference_days.trimmed(), say(language, "days left", "剩余天数"),
               choice.days_left.trimmed());
    print_payment(choice, language);
    if (choice.expected_cost) {
        fmt::print("     {} {} ({} {} {}: {} {}, {} {})\n",
                   say(language, "expected cost at discharge", "预计出院时成本"),
                   yuan(*choice.expected_cost),
                   say(language, "the larger of the cost so far and the mean of",
                       "目前成本与本院本月同组均值中较大者, 例数"),
                   choice.mean.cases, say(language, "own discharged cases of the month", ""),
                   say(language, "mean cost", "平均成本"), yuan(choice.mean.cost),
                   say(language, "mean charge", "平均费用"), yuan(choice.mean.charge));
    } else {
        fmt::print("     {}\n",
                   say(language, "expected cost: no case of this group was discharged this month",
                       "预计成本: 本月没有该组出院病例"));
    }
}

std::string words_of_severity(costing::quality::RuleSeverity severity, Language language) {
    switch (severity) {
        case costing::quality::RuleSeverity::error:
            return say(language, "error", "错误");
        case costing::quality::RuleSeverity::warn:
            return say(language, "warning", "警告");
        case costing::quality::RuleSeverity::info:
            break;
    }
    return say(language, "note", "提示");
}

/// Hits of one page: those of every page alike, or its own.
void print_hits(const std::vector<quality::PageHit>& hits, bool common, Language language) {
    for (const quality::PageHit& hit : hits) {
        if (hit.is_common == common) {
            fmt::print("     {} {} {}: {}; {}\n", say(language, "front-page rule", "首页质控规则"),
                       hit.rule, words_of_severity(hit.severity, language), hit.message, hit.mend);
        }
    }
}

/// What the front-page rules say whatever the main diagnosis, and how many were asked.
void print_common(const quality::JudgedPages& judged, Language language) {
    fmt::print("{}: {} ({} {} {} {})\n", say(language, "Front-page rules", "首页质控规则"),
               judged.rules, say(language, "checked", "已校验"), judged.checked,
               say(language, "of", "/"), judged.all);
    if (!judged.pages.empty()) {
        print_hits(judged.pages.front(), true, language);
    }
}

void print_choice(const MainChoice& choice, const std::optional<quality::JudgedPages>& judged,
                  Language language) {
    fmt::print("  {}. {}{}\n     {}\n", choice.place, choice.diagnosis,
               choice.place == 1
                   ? say(language, " (main diagnosis of the record)", " (目前的主要诊断)")
                   : "",
               words_of_choice(choice, language));
    std::string status = words_of(choice.status, language);
    if (choice.reason != GroupingReason::none) {
        status += ": " + words_of(choice.reason, language);
    }
    fmt::print("     {}{}{} {}\n", status, choice.group.empty() ? "" : ", ", choice.group,
               choice.name);
    if (choice.status == GroupingStatus::grouped) {
        fmt::print("     {} {}, {} {}\n", say(language, "level", "层级"),
                   words_of(choice.level, language), say(language, "decided by", "决定编码"),
                   joined(choice.deciding_codes));
        if (choice.auxiliary) {
            fmt::print("     {} {}\n", say(language, "auxiliary coefficient", "辅助系数"),
                       choice.auxiliary->trimmed());
        }
        print_figures(choice, language);
    }
    if (judged) {
        print_hits(judged->pages.at(choice.place - 1), false, language);
    }
}

void print_text(const Predischarge& look, const std::optional<quality::JudgedPages>& judged,
                Language language) {
    fmt::print("{} {}, {} {}, {} {}\n", say(language, "Stay", "就诊"), look.encounter,
               say(language, "payer", "付费方"), look.payer, say(language, "catalogue", "目录"),
               look.catalogue);
    fmt::print("{}: {} {}, {} {}, {} {}\n",
               look.is_open ? say(language, "In hospital, up to the month's end", "在院, 截至月末")
                            : say(language, "Discharged; a simulation", "已出院; 模拟"),
               say(language, "days", "天数"), look.days, say(language, "charges", "费用"),
               yuan(look.charge), say(language, "cost", "成本"), yuan(look.cost));
    fmt::print(
        "{}\n",
        say(language,
            "Each recorded diagnosis as the main one, in the order of the record. Only codes "
            "that the record holds are used; which diagnosis is the main one is a medical "
            "decision.",
            "以病案中每个诊断作为主要诊断, 按记录顺序排列。只使用病案中已有的编码; "
            "主要诊断的选择是医学判断。"));
    for (const MainChoice& choice : look.choices) {
        print_choice(choice, judged, language);
    }
    if (judged) {
        print_common(*judged, language);
    }
    fmt::print("{}:{}\n", say(language, "Missing in the record", "病案中缺少"),
               look.missing.empty() ? say(language, " nothing that is looked at here", " 无") : "");
    for (const usecase::MissingEntry& entry : look.missing) {
        fmt::print("  - {} {}\n", words_of_missing(entry.what, language), entry.code);
    }
}

json::object json_of(const MainChoice& choice) {
    json::object out{{"diagnosis", choice.diagnosis},
                     {"place", choice.place},
                     {"allowance", word_of(choice.allowance)},
                     {"rule", choice.rule},
                     {"rule_code", choice.rule_code},
                     {"status", word_of(choice.status)},
                     {"reason", word_of(choice.reason)},
                     {"level", word_of(choice.level)},
                     {"group", choice.group},
                     {"name", choice.name},
                     {"deciding_codes", joined(choice.deciding_codes)}};
    if (choice.auxiliary) {
        out["auxiliary_coefficient"] = choice.auxiliary->trimmed();
    }
    if (choice.score) {
        out["score"] = choice.score->trimmed();
        out["reference_days"] = choice.reference_days.trimmed();
        out["days_left"] = choice.days_left.trimmed();
        out["mean_cases"] = choice.mean.cases;
        out["mean_cost"] = choice.mean.cost.text();
        out["mean_charge"] = choice.mean.charge.text();
    }
    if (choice.points) {
        out["points"] = choice.points->trimmed();
    }
    if (choice.payment) {
        out["payment"] = choice.payment->text();
    }
    if (choice.standard_payment) {
        out["standard_payment"] = choice.standard_payment->text();
    }
    if (!choice.unpaid.empty()) {
        out["unpaid"] = choice.unpaid;
    }
    if (choice.expected_cost) {
        out["expected_cost"] = choice.expected_cost->text();
    }
    return out;
}

json::array json_of(const std::vector<quality::PageHit>& hits) {
    json::array list;
    for (const quality::PageHit& hit : hits) {
        list.push_back(json::object{{"rule", hit.rule},
                                    {"severity", word_of(hit.severity)},
                                    {"field", hit.field},
                                    {"position", hit.position},
                                    {"value", hit.value},
                                    {"expected", hit.expected},
                                    {"message", hit.message},
                                    {"mend", hit.mend},
                                    {"common", hit.is_common}});
    }
    return list;
}

json::object json_of(const Predischarge& look, const std::optional<quality::JudgedPages>& judged) {
    json::array choices;
    for (const MainChoice& choice : look.choices) {
        json::object made = json_of(choice);
        if (judged) {
            made["quality"] = json_of(judged->pages.at(choice.place - 1));
        }
        choices.push_back(std::move(made));
    }
    json::array missing;
    for (const usecase::MissingEntry& entry : look.missing) {
        missing.push_back(json::object{{"what", word_of(entry.what)}, {"code", entry.code}});
    }
    return {{"encounter", look.encounter},
            {"payer", look.payer},
            {"catalogue", look.catalogue},
            {"is_open", look.is_open},
            {"days", look.days},
            {"charge", look.charge.text()},
            {"cost", look.cost.text()},
            {"choices", std::move(choices)},
            {"missing", std::move(missing)}};
}

std::string words_of_fault(PredischargeFault fault, Language language) {
    switch (fault) {
        case PredischargeFault::no_catalogues:
            return say(language,
                       "the rules have no catalogue for this stay (grouping.toml, docs/rules.md)",
                       "规则中没有适用的分组目录 (grouping.toml, 见 docs/rules.md)");
        case PredischargeFault::unknown_encounter:
            return say(language, "the month has no such encounter", "本月没有该就诊");
        case PredischargeFault::no_stay:
            return say(language, "it is no stay in hospital or discharged in the month",
                       "不是在院或本月出院的住院");
        case PredischargeFault::no_record:
            break;
    }
    return say(language,
               "nothing is coded of it: open_stays.csv with diagnoses.csv and procedures.csv "
               "(docs/month-folder.md)",
               "尚无编码: 请提供 open_stays.csv 及 diagnoses.csv、procedures.csv "
               "(见 docs/month-folder.md)");
}

quality::JudgedPages judge_stay(const usecase::ComputeOutcome& outcome,
                                const std::string& encounter,
                                const costing::quality::RuleBook& rules, Language language) {
    const Month& month = outcome.loaded.month;
    const std::vector<DischargeRecord> records = usecase::proposed_records(month, encounter);
    const Money charge =
        records.empty()
            ? Money()
            : outcome.result.costing.stays[records.front().encounter.index()].month_charge;
    return quality::judge_pages(quality::pages_of_stay(month, records, charge), rules, language);
}

}  // namespace

void PredischargeCommand::add_to(CLI::App& app, Language language) {
    language_ = language;
    CLI::App* command = app.add_subcommand(
        "predischarge",
        "What the record of a stay already supports: groups, payment, cost, what is missing");
    command->add_option("month", month_, "Month folder")->required();
    command->add_option("--rules", rules_, "Rules folder, with a grouping.toml")->required();
    command->add_option("--encounter", encounter_, "The stay")->required();
    command->add_option(
        "--quality", quality_,
        "Front-page rules to run on each proposed main diagnosis (docs/quality.md), "
        "such as docs/quality/quality.toml");
    command->add_flag("--json", json_, "Print JSON");
    command->add_option("--lang,--language", language_, "Language of what is printed: zh or en")
        ->transform(
            one_of(std::map<std::string, Language>{{"zh", Language::zh}, {"en", Language::en}}));
    command_ = command;
}

bool PredischargeCommand::parsed() const {
    return command_ != nullptr && command_->parsed();
}

int PredischargeCommand::run() const {
    const auto outcome = usecase::compute_month(month_, rules_, usecase::make_thread_loop(0),
                                                usecase::Finish::values_only);
    if (has_stop(outcome.findings)) {
        print_findings(outcome.findings, language_);
        return kFindings;
    }
    const auto answer = usecase::look_before_discharge(outcome, encounter_);
    if (answer.fault) {
        fmt::print(stderr, "error: {}: {}\n", encounter_, words_of_fault(*answer.fault, language_));
        return kUsage;
    }
    std::optional<quality::JudgedPages> judged;
    if (!quality_.empty()) {
        const quality::LoadedRules rules = quality::read_rules(quality_);
        if (has_stop(rules.findings)) {
            print_findings(rules.findings, language_);
            return kFindings;
        }
        judged = judge_stay(outcome, encounter_, rules.book, language_);
    }
    if (json_) {
        fmt::print("{}\n", json::serialize(json_of(answer.value, judged)));
    } else {
        print_text(answer.value, judged, language_);
    }
    return kDone;
}

}  // namespace yuanliu::cli
