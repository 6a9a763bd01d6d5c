// Why this file: see quality_text.hpp.
#include "server/cli/quality_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "server/cli/summary.hpp"
#include "server/cli/text_table.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::cli {
namespace {

using quality::CaseScore;
using quality::QualityTally;

constexpr std::size_t kShownCases = 20;

/// Σ score ÷ cases, two decimals, half away from zero; "-" when none was judged.
std::string mean_score(const QualityTally& tally) {
    return tally.cases == 0
               ? "-"
               : format_decimal(rounded_half_away(tally.score, Int128{tally.cases} * 100), 2);
}

std::string share_text(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? "-"
                      : format_decimal(rounded_half_away(Int128{part} * 10'000, whole), 2) + " %";
}

std::string severity_words(costing::quality::RuleSeverity severity, Language language) {
    constexpr std::array<std::array<const char*, 2>, 3> kWords{
        {{"error", "错误"}, {"warn", "提示"}, {"info", "参考"}}};
    const auto& words = kWords[static_cast<std::size_t>(severity)];
    return say(language, words[0], words[1]);
}

std::string rules_hit(const costing::quality::RuleBook& rules,
                      const quality::QualityOutcome& outcome, Language language) {
    TextTable table({say(language, "rule", "规则"), say(language, "severity", "级别"),
                     say(language, "what", "内容"), say(language, "cases", "例数"),
                     say(language, "hits", "处数"), say(language, "deduction a case", "每例扣分")},
                    3);
    bool is_any = false;
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        if (outcome.rules[i].cases == 0) {
            continue;
        }
        is_any = true;
        const costing::quality::Rule& rule = rules.rules[i];
        table.add({rule.id, severity_words(rule.severity, language),
                   language == Language::zh ? rule.title_zh : rule.title_en,
                   std::to_string(outcome.rules[i].cases), std::to_string(outcome.rules[i].hits),
                   rule.deduct.trimmed()});
    }
    return is_any ? table.text() : std::string();
}

/// Rule by rule, with what is lacking: it must not look as if it had passed.
std::string rules_not_checked(const costing::quality::RuleBook& rules,
                              const quality::QualityOutcome& outcome, Language language) {
    std::string out;
    for (std::size_t i = 0; i < outcome.not_checked.size();) {
        const std::size_t rule = outcome.not_checked[i].rule;
        std::string missing;
        for (; i < outcome.not_checked.size() && outcome.not_checked[i].rule == rule; ++i) {
            missing += (missing.empty() ? "" : ", ") + outcome.not_checked[i].missing;
        }
        out += fmt::format(
            "  {} {}: {} {}\n", rules.rules[rule].id,
            language == Language::zh ? rules.rules[rule].title_zh : rules.rules[rule].title_en,
            say(language, "not checked, there is no", "未检查, 缺少"), missing);
    }
    return out;
}

std::vector<std::string> tally_cells(const std::string& key, const QualityTally& tally) {
    return {key,
            std::to_string(tally.cases),
            mean_score(tally),
            share_text(tally.cases - tally.in_error, tally.cases),
            std::to_string(tally.hits),
            std::to_string(tally.uncoded),
            tally.uncoded_charge.text()};
}

std::vector<const CaseScore*> lowest_first(const std::vector<CaseScore>& cases) {
    std::vector<const CaseScore*> order;
    for (const CaseScore& one : cases) {
        order.push_back(&one);
    }
    std::stable_sort(order.begin(), order.end(), [](const CaseScore* left, const CaseScore* right) {
        return left->score < right->score;
    });
    return order;
}

}  // namespace

std::string quality_summary(const costing::quality::RuleBook& rules,
                            const quality::QualityOutcome& outcome, Language language) {
    const QualityTally& total = outcome.total;
    std::string out =
        fmt::format("{} {}: {} {}, {} {} {}, {} {}, {} {}\n", say(language, "Rules", "规则"),
                    rules.id, total.cases, say(language, "records judged", "份病案已质控"),
                    say(language, "mean score", "平均分"), mean_score(total),
                    say(language, "of", "/") + " " + rules.full_score.trimmed(),
                    say(language, "without an error", "无错误"),
                    share_text(total.cases - total.in_error, total.cases), total.hits,
                    say(language, "hits", "处问题"));
    if (total.uncoded > 0) {
        out += fmt::format("  {}: {} {} {} ({}), {} {}\n",
                           say(language, "Uncoded, set aside", "未编码, 已挂起"), total.uncoded,
                           say(language, "of", "/"), total.cases + total.uncoded,
                           share_text(total.uncoded, total.cases + total.uncoded),
                           say(language, "charges", "费用"),
                           outcome.knows_charge ? yuan(total.uncoded_charge)
                                                : say(language, "not known", "未提供"));
    }
    out += fmt::format("  {} {} {} {} {}\n", outcome.checked_rules, say(language, "of", "/"),
                       rules.rules.size(), say(language, "rules checked;", "条规则已检查;"),
                       say(language, "what follows was hit", "以下规则有问题"));
    return out + rules_hit(rules, outcome, language) + rules_not_checked(rules, outcome, language);
}

std::string quality_table(const quality::QualityOutcome& outcome, const std::string& by,
                          Language language) {
    if (by == "case") {
        TextTable table({say(language, "encounter", "就诊号"), say(language, "record", "病案号"),
                         say(language, "department", "科室"), say(language, "coder", "编码员"),
                         say(language, "row", "行"), say(language, "score", "得分"),
                         say(language, "hits", "问题")},
                        4);
        const std::vector<const CaseScore*> order = lowest_first(outcome.cases);
        for (std::size_t i = 0; i < std::min(order.size(), kShownCases); ++i) {
            table.add({order[i]->encounter, order[i]->record_number, order[i]->department,
                       order[i]->coder, std::to_string(order[i]->row), order[i]->score.trimmed(),
                       std::to_string(order[i]->hits)});
        }
        return table.text() + (order.size() > kShownCases
                                   ? fmt::format("  {} {}\n", order.size() - kShownCases,
                                                 say(language, "more; --scores FILE writes all",
                                                     "例未显示; 加 --scores 文件 可导出全部"))
                                   : std::string());
    }
    TextTable table(
        {by == "coder" ? say(language, "coder", "编码员") : say(language, "department", "科室"),
         say(language, "records", "病案数"), say(language, "mean score", "平均分"),
         say(language, "without an error", "无错误率"), say(language, "hits", "问题"),
         say(language, "uncoded", "未编码"), say(language, "their charges", "未编码费用")},
        1);
    for (const auto& [key, tally] : by == "coder" ? outcome.coders : outcome.departments) {
        table.add(tally_cells(key.empty() ? "-" : key, tally));
    }
    table.add(tally_cells(say(language, "all", "合计"), outcome.total));
    return table.text();
}

std::string quality_scores(const quality::QualityOutcome& outcome, const std::string& by) {
    std::string out;
    const auto add = [&](const std::vector<std::string>& cells) {
        const std::vector<std::string_view> views(cells.begin(), cells.end());
        out += text::render_row(views) + '\n';
    };
    if (by == "case") {
        add({"encounter", "record_number", "department", "coder", "row", "score", "hits",
             "in_error"});
        for (const CaseScore& one : outcome.cases) {
            add({one.encounter, one.record_number, one.department, one.coder,
                 std::to_string(one.row), one.score.trimmed(), std::to_string(one.hits),
                 one.is_in_error ? "1" : "0"});
        }
        return out;
    }
    add({by, "records", "in_error", "hits", "score_sum", "mean_score", "uncoded",
         "uncoded_charge"});
    for (const auto& [key, tally] : by == "coder" ? outcome.coders : outcome.departments) {
        add({key, std::to_string(tally.cases), std::to_string(tally.in_error),
             std::to_string(tally.hits), format_decimal_trimmed(tally.score, 4), mean_score(tally),
             std::to_string(tally.uncoded), tally.uncoded_charge.text()});
    }
    return out;
}

std::string quality_readings(const quality::QualityOutcome& outcome) {
    std::string out = "department,indicator,numerator,denominator\n";
    for (const auto& [department, tally] : outcome.departments) {
        const std::int64_t all = tally.cases + tally.uncoded;
        if (department.empty()) {
            continue;
        }
        if (tally.cases > 0) {
            text::append_field(out, department);
            out += fmt::format(",front_page_quality,{},{}\n", tally.cases - tally.in_error,
                               tally.cases);
        }
        if (all > 0) {
            text::append_field(out, department);
            out += fmt::format(",front_page_uncoded,{},{}\n", tally.uncoded, all);
        }
    }
    return out;
}

}  // namespace yuanliu::cli
