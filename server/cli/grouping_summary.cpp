// Why this file: how many cases of a month its catalogues grouped, at which level, and how many
// they did not: no case is left out of the count (docs/grouping.md §10).
#include <fmt/format.h>

#include <map>

#include "server/cli/grouping_text.hpp"
#include "server/cli/summary.hpp"

namespace yuanliu::cli {
namespace {

struct GroupingCount {
    std::size_t cases = 0;
    std::size_t grouped = 0;
    std::map<GroupLevel, std::size_t> levels;
    std::map<std::pair<GroupingStatus, GroupingReason>, std::size_t> others;
};

std::string counted_levels(const GroupingCount& count, Language language) {
    std::string text;
    for (const auto& [level, cases] : count.levels) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", words_of(level, language), cases);
    }
    return text;
}

std::string counted_others(const GroupingCount& count, Language language) {
    std::string text;
    for (const auto& [what, cases] : count.others) {
        text += fmt::format("{}{} ({}) {}", text.empty() ? "" : ", ",
                            words_of(what.first, language), words_of(what.second, language), cases);
    }
    return text.empty() ? "-" : text;
}

}  // namespace

void print_grouping(const usecase::ComputeOutcome& outcome, Language language) {
    const GroupingResult& grouping = outcome.result.grouping;
    std::vector<GroupingCount> counts(grouping.catalogues.size());
    for (const GroupingRow& row : grouping.cases) {
        GroupingCount& count = counts[row.catalogue];
        ++count.cases;
        if (row.status == GroupingStatus::grouped) {
            ++count.grouped;
            ++count.levels[row.level];
        } else {
            ++count.others[{row.status, row.reason}];
        }
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const GroupingCount& count = counts[i];
        if (count.cases == 0) {
            continue;
        }
        const auto rate = rounded_half_away(static_cast<Int128>(count.grouped) * 10'000,
                                            static_cast<Int128>(count.cases));
        fmt::print("\n{} {}: {} {}, {} {} ({} %): {}\n", say(language, "Catalogue", "分组目录"),
                   grouping.catalogues[i], count.cases, say(language, "cases", "例"), count.grouped,
                   say(language, "grouped", "例入组"), format_decimal(rate, 2),
                   counted_levels(count, language));
        fmt::print("  {}: {}\n", say(language, "not grouped", "未入组"),
                   counted_others(count, language));
    }
}

}  // namespace yuanliu::cli
