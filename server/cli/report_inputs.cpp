// Why this file: see report_inputs.hpp.
#include "server/cli/report_inputs.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "server/cli/command_line.hpp"
#include "server/cli/finding_report.hpp"
#include "server/usecase/thread_loop.hpp"

namespace yuanliu::cli {
namespace {

namespace fs = std::filesystem;
using report::Refusal;
using report::ResultBook;

/// Codes that a result names and the month doesn't know: it isn't of this month, whatever it says.
std::optional<Refusal> unknown_code(const Month& month, const ResultBook& book) {
    std::set<std::string_view> departments;
    std::set<std::string_view> items;
    for (const Department& row : month.departments) {
        departments.insert(row.code);
    }
    for (const CostItem& row : month.cost_items) {
        items.insert(row.code);
    }
    std::string unknown;
    const auto look = [&](const std::set<std::string_view>& known, const std::string& code) {
        unknown = known.contains(code) ? unknown : code;
    };
    for (const auto& row : book.costs) {
        look(departments, row.department);
        look(items, row.cost_item);
    }
    for (const auto& row : book.transfers) {
        look(departments, row.sender);
        look(departments, row.receiver);
        look(items, row.cost_item);
    }
    if (unknown.empty()) {
        return std::nullopt;
    }
    return Refusal{.zh = "结果中的编码 " + unknown + " 不在本月字典中, 不出表",
                   .en = "the result names " + unknown +
                         ", which the month does not know; nothing is printed"};
}

}  // namespace

std::filesystem::path folder_of_run(const fs::path& result, std::string_view key) {
    std::ifstream in(result / "run.json", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    boost::system::error_code error;
    const auto document = boost::json::parse(text.str(), error);
    if (!in || error || !document.is_object()) {
        return {};
    }
    const auto* folder = document.get_object().if_contains(key);
    return folder != nullptr && folder->is_string() ? fs::path(folder->get_string().c_str())
                                                    : fs::path();
}

std::optional<Refusal> mismatch(const ResultBook& book, const intake::LoadedMonth& loaded,
                                const fs::path& month) {
    if (loaded.month_hash != book.month_hash) {
        return Refusal{
            .zh = fmt::format("{} 不是此结果的月份 (结果为 {} {}, 其哈希为 {}, 该文件夹为 {}); "
                              "请用 --month 指明当时计算所用的文件夹",
                              month.string(), book.hospital, book.period, book.month_hash,
                              loaded.month_hash),
            .en = fmt::format("{} is not the month of this result ({} {}, hash {}; the folder "
                              "has {}); name the folder it was computed from with --month",
                              month.string(), book.hospital, book.period, book.month_hash,
                              loaded.month_hash)};
    }
    return unknown_code(loaded.month, book);
}

tl::expected<ResultBook, Refusal> read_earlier(const fs::path& folder, const ResultBook& now,
                                               const EarlierMonth& asked) {
    auto earlier = report::read_result_book(folder);
    if (!earlier) {
        return earlier;
    }
    if (earlier->hospital != now.hospital) {
        return tl::unexpected(
            Refusal{.zh = fmt::format("{} 是医院 {} 的结果, 本结果属于 {}", asked.option,
                                      earlier->hospital, now.hospital),
                    .en = fmt::format("{} is a result of hospital {}, this one is of {}",
                                      asked.option, earlier->hospital, now.hospital)});
    }
    auto period = Period::parse(now.period);
    for (int i = 0; period && i < asked.months; ++i) {
        period = period->previous();
    }
    if (!period || earlier->period != period->text()) {
        return tl::unexpected(
            Refusal{.zh = fmt::format("{} 是 {} 的结果, 应为 {} 的{}", asked.option,
                                      earlier->period, now.period, asked.zh),
                    .en = fmt::format("{} is of {}, not of the {} {}", asked.option,
                                      earlier->period, asked.en, now.period)});
    }
    return earlier;
}

tl::expected<intake::LoadedRules, Refusal> rules_of_result(const fs::path& named,
                                                           const fs::path& result,
                                                           const ResultBook& book) {
    const fs::path folder = named.empty() ? folder_of_run(result, "rules_folder") : named;
    auto rules = intake::read_rules(folder);
    if (rules.rules_hash != book.rules_hash) {
        return tl::unexpected(
            Refusal{.zh = folder.string() + " 不是此结果所用的规则; 请用 --rules 指明",
                    .en = folder.string() +
                          " are not the rules of this result; name their folder with --rules"});
    }
    return rules;
}

int refuse_report(Language language, int code, const Refusal& refusal) {
    fmt::print(stderr, "error: {}\n", language == Language::zh ? refusal.zh : refusal.en);
    return code;
}

std::optional<OpenedResult> open_result(const fs::path& result, const fs::path& month_folder,
                                        Language language, int& code) {
    const auto fail = [&](int why, const Refusal& refusal) {
        code = refuse_report(language, why, refusal);
        return std::nullopt;
    };
    auto book = report::read_result_book(result);
    if (!book) {
        return fail(kFindings, book.error());
    }
    const fs::path month =
        month_folder.empty() ? folder_of_run(result, "month_folder") : month_folder;
    if (!fs::is_directory(month)) {
        return fail(
            kUsage,
            {.zh = fmt::format("找不到此结果的月度文件夹 {}; 请用 --month 指明", month.string()),
             .en = fmt::format("the month folder {} of this result is not there; name it "
                               "with --month",
                               month.string())});
    }
    auto loaded = intake::read_month(month, {.parallel_for = usecase::make_thread_loop(0)});
    if (has_stop(loaded.findings)) {
        print_findings(loaded.findings, language);
        code = kFindings;
        return std::nullopt;
    }
    if (const auto refusal = mismatch(*book, loaded, month)) {
        return fail(kFindings, *refusal);
    }
    return OpenedResult{.book = std::move(*book), .loaded = std::move(loaded)};
}

}  // namespace yuanliu::cli
