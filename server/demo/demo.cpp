// Why this file: puts one month folder together. Activity comes first, because ledger and drivers
// are made from what it adds up to.
#include "server/demo/demo.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "server/demo/activity.hpp"
#include "server/demo/dictionaries.hpp"
#include "server/demo/drivers.hpp"
#include "server/demo/item_activities.hpp"
#include "server/demo/ledger.hpp"
#include "server/demo/objects.hpp"

namespace yuanliu::demo {
namespace {

MonthSpan month_at(const Options& options, int index) {
    if (options.months < 1 || options.months > 120) {
        throw std::runtime_error(
            fmt::format("months must be from 1 to 120, not {}", options.months));
    }
    if (index < 0 || index >= options.months) {
        throw std::runtime_error(
            fmt::format("month {} is outside 0 to {}", index, options.months - 1));
    }
    return add_months(parse_period(options.newest_period), index + 1 - options.months);
}

std::string manifest_text(const Scale& scale, const MonthSpan& month, bool newest,
                          const RowCounts& counts) {
    std::string text = fmt::format(
        "{{\n  \"schema\": \"yuanliu.month/1\",\n  \"hospital\": \"{}\",\n"
        "  \"hospital_name\": \"{}\",\n  \"period\": \"{}\",\n  \"feeds\": {{{}}},\n"
        "  \"files\": {{",
        scale.hospital, scale.hospital_name, period_text(month),
        newest ? " \"pathway_readings\": \"estimated\" " : "");
    const char* separator = "\n";
    for (const auto& [file, rows] : counts) {
        text += fmt::format("{}    \"{}\": {{ \"rows\": {} }}", separator, file, rows);
        separator = ",\n";
    }
    return text + "\n  }\n}\n";
}

}  // namespace

std::string period_of(const Options& options, int index) {
    return period_text(month_at(options, index));
}

void write_month(const Options& options, int index, const std::filesystem::path& month_dir) {
    const auto month = month_at(options, index);
    const auto& scale = scale_of(options.size);
    const bool merged = index > 0 && collects(scale);
    const World world(scale, options.seed, merged ? period_of(options, 0) : std::string{});
    std::filesystem::create_directories(month_dir);
    RowCounts counts;
    const auto tally = write_activity(world, month, month_dir, counts);
    const auto booked = write_ledger(world, month, tally, index == 0, month_dir, counts);
    write_drivers(world, month, tally, booked.consigned, month_dir, counts);
    write_item_activities(world, month, tally, booked.reagents, month_dir, counts);
    write_dictionaries(world, month, month_dir, counts);
    write_objects(world, month, tally, month_dir, counts);
    if (index == 0) {
        std::filesystem::create_directories(month_dir / "prior");
        write_opening(world, month, month_dir / "prior");
    }
    write_text(month_dir / "manifest.json",
               manifest_text(scale, month, index + 1 == options.months, counts));
}

}  // namespace yuanliu::demo
