// Why this file: see grouping_text.hpp.
#include "server/cli/grouping_text.hpp"

#include <fmt/format.h>

#include "server/catalogue/case_table.hpp"
#include "server/cli/summary.hpp"

namespace yuanliu::cli {
namespace {

namespace group = costing::group;
using group::TraceKind;
using group::TraceStep;

/// The sentences of one case.
class Explanation {
  public:
    Explanation(const costing::group::CatalogueTables& catalogue, Language language)
        : catalogue_(catalogue), language_(language) {}

    [[nodiscard]] std::string mdc(std::uint32_t index) const {
        const group::DrgMdc& named = catalogue_.drg->mdcs[index];
        return fmt::format("MDC{} {}", named.letter, named.name);
    }
    [[nodiscard]] std::string adrg(std::uint32_t index) const {
        const group::DrgAdrg& named = catalogue_.drg->adrgs[index];
        return fmt::format("{} {}", named.code, named.name);
    }
    [[nodiscard]] std::string row(std::uint32_t index) const {
        const group::DipRow& named = catalogue_.dip->rows[index];
        return fmt::format("{} {}", named.group, named.name);
    }
    [[nodiscard]] std::string stage(std::uint32_t index) const {
        std::string levels;
        for (const group::GroupLevel level : catalogue_.dip->stages[index].levels) {
            levels += (levels.empty() ? "" : ", ") + words_of(level, language_);
        }
        return levels;
    }
    [[nodiscard]] std::string why(const TraceStep& step) const {
        return words_of(step.why, language_);
    }
    [[nodiscard]] std::string text(const char* en, const char* zh) const {
        return say(language_, en, zh);
    }

    [[nodiscard]] std::string drg_step(const TraceStep& step) const;
    [[nodiscard]] std::string severity_step(const TraceStep& step) const;
    [[nodiscard]] std::string dip_step(const TraceStep& step) const;
    [[nodiscard]] std::string step(const TraceStep& step) const {
        std::string line = drg_step(step);
        line = line.empty() ? severity_step(step) : line;
        return line.empty() ? dip_step(step) : line;
    }

  private:
    const costing::group::CatalogueTables& catalogue_;
    Language language_;
};

std::string Explanation::drg_step(const TraceStep& step) const {
    switch (step.kind) {
        case TraceKind::mdc_not_entered:
            return fmt::format("{}: {} {}", mdc(step.rule), text("not entered:", "未进入:"),
                               why(step));
        case TraceKind::mdc_entered:
            return fmt::format("{}: {}", mdc(step.rule), text("entered", "进入"));
        case TraceKind::adrg_failed:
            return fmt::format("  {}: {} {}", adrg(step.rule), text("fails:", "不成立:"),
                               why(step));
        case TraceKind::adrg_holds:
            return fmt::format("  {}: {}", adrg(step.rule), text("holds", "成立"));
        case TraceKind::adrg_not_reached:
            if (step.missing == 0) {
                return fmt::format("  {}: {}", adrg(step.rule),
                                   text("would hold too, but an earlier one decided",
                                        "也成立, 但前面的规则已决定"));
            }
            return fmt::format("  {}: {} {}", adrg(step.rule),
                               text("not reached; it would fail:", "未到达; 若到达也不成立:"),
                               why(step));
        default:
            return {};
    }
}

std::string Explanation::severity_step(const TraceStep& step) const {
    const std::string code = step.code.text();
    switch (step.kind) {
        case TraceKind::severity_none:
            return fmt::format("  {}: {}", code,
                               text("no complication or comorbidity", "不是并发症或合并症"));
        case TraceKind::severity_shut_out:
            return fmt::format("  {}: {} {}", code,
                               text("does not count, the main diagnosis shuts out table",
                                    "不计入, 主要诊断排除表"),
                               step.detail);
        case TraceKind::severity_cc:
            return fmt::format("  {}: CC", code);
        case TraceKind::severity_mcc:
            return fmt::format("  {}: MCC", code);
        case TraceKind::procedure_uncounted:
            return fmt::format(
                "{}: {}", code,
                text("not counted, simple or of no known class", "不计入, 简单操作或类别未知"));
        case TraceKind::procedure_moved:
            return fmt::format("{}: {}", code,
                               text("may not be the main procedure, the next one is looked at",
                                    "不可作主要手术操作, 取下一个"));
        case TraceKind::procedure_conservative:
            return fmt::format("{}: {}", code,
                               text("as main procedure: the case counts as conservative",
                                    "作为主要手术操作: 按保守治疗入组"));
        default:
            return {};
    }
}

std::string Explanation::dip_step(const TraceStep& step) const {
    switch (step.kind) {
        case TraceKind::stage:
            return fmt::format("{} {}: {}", text("stage", "阶段"), step.rule + 1, stage(step.rule));
        case TraceKind::row_failed:
            return fmt::format("  {}: {} {}", row(step.rule), text("fails:", "不成立:"), why(step));
        case TraceKind::row_holds:
            return fmt::format("  {}: {}", row(step.rule), text("holds", "成立"));
        case TraceKind::row_lost:
            return fmt::format("  {}: {} {}", row(step.rule), text("loses by", "落选, 排序键"),
                               word_of(static_cast<group::PriorityKey>(step.detail)));
        case TraceKind::row_tied:
            return fmt::format("  {}: {}", row(step.rule), text("tied", "并列"));
        case TraceKind::composite_class:
            return fmt::format(
                "{} {}", text("generated composite group of class", "综合病种, 类别"), step.detail);
        default:
            return {};
    }
}

std::string_view outcome_of(TraceKind kind) {
    switch (kind) {
        case TraceKind::mdc_entered:
        case TraceKind::stage:
            return "begins";
        case TraceKind::mdc_not_entered:
        case TraceKind::adrg_failed:
        case TraceKind::adrg_not_reached:
        case TraceKind::row_failed:
            return "fails";
        case TraceKind::adrg_holds:
        case TraceKind::row_holds:
            return "holds";
        case TraceKind::row_lost:
            return "loses";
        case TraceKind::row_tied:
            return "ties";
        default:
            return "notes";
    }
}

std::string codes_text(const std::vector<group::MedicalCode>& codes) {
    std::string text;
    for (const group::MedicalCode code : codes) {
        text += (text.empty() ? "" : "  ") + code.text();
    }
    return text.empty() ? "-" : text;
}

}  // namespace

std::vector<GroupingStep> grouping_steps(const group::CatalogueTables& catalogue,
                                         const group::GroupingTrace& trace, Language language) {
    const Explanation words(catalogue, language);
    std::vector<GroupingStep> steps;
    for (const TraceStep& step : trace) {
        steps.push_back(
            {.text = words.step(step), .outcome = outcome_of(step.kind), .is_near = step.is_near});
    }
    return steps;
}

std::string grouping_explanation(const costing::group::CatalogueTables& catalogue,
                                 const ExplainedCase& explained, Language language) {
    const auto text = [&](const char* en, const char* zh) { return say(language, en, zh); };
    const group::GroupAnswer& answer = explained.answer;
    std::string out;
    const auto line = [&](const std::string& name, const std::string& value) {
        out += fmt::format("{}: {}\n", name, value.empty() ? "-" : value);
    };
    line(text("Encounter", "就诊"), explained.encounter);
    line(text("Catalogue", "目录"), catalogue.id);
    line(text("Recorded diagnoses", "记录的诊断"), codes_text(explained.record.diagnoses));
    line(text("Recorded procedures", "记录的手术操作"), codes_text(explained.record.procedures));
    std::string status = words_of(answer.status, language);
    if (answer.reason != group::GroupingReason::none) {
        status += ": " + words_of(answer.reason, language);
    }
    line(text("Status", "状态"), status);
    std::string code = catalogue::group_code(catalogue, explained.record, answer);
    const std::string name = catalogue::group_name(catalogue, answer);
    code += name.empty() ? "" : ' ' + name;
    line(text("Group", "病组"), code);
    line(text("Level", "层级"), words_of(answer.level, language));
    line(text("Deciding codes", "决定入组的编码"), codes_text(answer.codes));
    out += text("Steps:", "过程:") + "\n";
    for (const GroupingStep& step : grouping_steps(catalogue, explained.trace, language)) {
        out +=
            "  " + step.text + (step.is_near ? text("  (near miss)", "  (仅差一项)") : "") + "\n";
    }
    if (explained.trace.empty()) {
        out += "  " + text("none: the checks come before the rules", "无: 校验先于规则") + "\n";
    }
    return out;
}

}  // namespace yuanliu::cli
