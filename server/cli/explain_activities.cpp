// Why this file: a pool that is divided must be read activity by activity: what each cost, by what
// it was measured, and what of it nobody used (docs/service-items.md).
#include <fmt/format.h>

#include "server/cli/explanation.hpp"
#include "server/cli/summary.hpp"
#include "server/cli/vocabulary.hpp"

namespace yuanliu::cli {

std::string activity_words(Language language, const ActivityResult& activity) {
    if (activity.kind != PoolKind::service ||
        (activity.is_whole() && activity.measure == Measure::equivalent)) {
        return "";
    }
    return fmt::format("{}{} ({}{}{})", say(language, "activity ", "作业 "), activity.code,
                       name_in(language, activity.measure), activity.item_driver.empty() ? "" : " ",
                       activity.item_driver);
}

void print_activities(const CostingResult& costing, const PoolResult& pool, Language language) {
    Money sum;
    for (const ActivityResult& activity : costing.activities) {
        const std::string words = activity_words(language, activity);
        if (activity.department != pool.department || activity.kind != pool.kind || words.empty()) {
            continue;
        }
        fmt::print("    {}: {} · {} {}{} · {} {} · {} {} · {} {}\n", words, yuan(activity.cost),
                   say(language, "use", "用量"), format_decimal_trimmed(activity.use, 8),
                   activity.capacity ? " / " + activity.capacity->trimmed() : "",
                   say(language, "used", "已用"), yuan(activity.used_cost()),
                   say(language, "idle", "闲置"), yuan(activity.idle_cost),
                   say(language, "unallocated", "未分配"), yuan(activity.unallocated()));
        sum += activity.cost;
    }
    YUANLIU_CHECK(sum.is_zero() || sum == pool.cost);
}

}  // namespace yuanliu::cli
