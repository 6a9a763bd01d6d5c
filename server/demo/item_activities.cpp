// Why this file: one department of each way to cost by activities, with readings that agree with
// the rest: people and area of the layout, minutes by what was done, reagents by what was booked.
// A capacity is what an ordinary month needs at 85 %, so February shows idle rooms.
#include "server/demo/item_activities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace yuanliu::demo {
namespace {

constexpr std::int64_t kUnit = 10'000;  // one, in 0.0001
/// Four hours a week: 4.17 weeks x 240 minutes x 80 %.
constexpr std::int64_t kSessionMinutes = 800;
/// Per mille of a laboratory's reagents that were bought for its three largest tests alone.
constexpr std::array<std::int64_t, 3> kTracedShares{60, 40, 30};

struct Minutes {
    std::int64_t room;  ///< in 0.0001
    std::int64_t report;
};

/// Dearer examinations take longer: contrast, reconstruction, more pictures.
Minutes minutes_of(const ServiceItem& item) {
    const std::int64_t room = item.role == Role::xray ? 5 : item.role == Role::ct ? 8 : 15;
    const std::int64_t report = item.role == Role::xray ? 4 : item.role == Role::ct ? 8 : 12;
    return {.room = room * kUnit + item.price * 4, .report = report * kUnit + item.price * 2};
}

std::int64_t analyser_minutes(const ServiceItem& item) {
    return kUnit + item.price * 20;
}

class ItemTables {
  public:
    ItemTables(const World& world, const MonthSpan& month, const Tally& tally,
               const std::filesystem::path& folder)
        : world_(world),
          tally_(tally),
          season_(season_of(month.month)),
          random_(key_of(key_of(world.seed, 0xAC7), static_cast<std::uint64_t>(month.first))),
          drivers_(folder, "item_drivers.csv", "item_driver,department,service_item,value"),
          activities_(folder, "activities.csv",
                      "department,activity,name,measure,item_driver,practical_capacity"),
          readings_(folder, "activity_readings.csv", "department,resource_driver,activity,value"),
          traced_(folder, "traced_costs.csv",
                  "department,cost_item,fund_source,service_item,amount") {}

    void write(const std::vector<Fen>& reagents, RowCounts& counts) {
        for (const ServiceItem& item : world_.items.items) {
            write_drivers(item);
        }
        for (const auto at : world_.layout.with_role(Role::laboratory)) {
            write_laboratory(world_.layout.departments[at]);
            write_traced(at, reagents[at]);
        }
        for (std::size_t at = 0; at < world_.layout.departments.size(); ++at) {
            if (is_imaging(world_.layout.departments[at].role)) {
                write_imaging(at);
            }
        }
        for (SortedTable* table : {&drivers_, &activities_, &readings_, &traced_}) {
            table->write(counts);
        }
    }

  private:
    void drive(const char* driver, const ServiceItem& item, std::int64_t value) {
        drivers_.add(fmt::format("{},,{},{}", driver, item.code, number_text(value)));
    }

    void write_drivers(const ServiceItem& item) {
        if (item.role == Role::laboratory) {
            drive("specimens", item, kUnit);
            drive("analyser_minutes", item, analyser_minutes(item));
        } else if (is_imaging(item.role)) {
            drive("room_minutes", item, minutes_of(item).room);
            drive("report_minutes", item, minutes_of(item).report);
        }
    }

    void read(const Department& department, const char* driver, const char* activity,
              std::int64_t value) {
        readings_.add(fmt::format("{},{},{},{}", department.code, driver, activity, value));
    }

    /// Hours of the department's people, 167 a month each, by per cent of an activity.
    [[nodiscard]] std::int64_t hours(const Department& department, std::int64_t percent) {
        return department.headcount * 167 * percent * random_.between(970, 1030) / 100'000;
    }

    void write_laboratory(const Department& department) {
        struct Line {
            const char *code, *name, *measure, *item_driver;
            std::int64_t staff, machine_hours, area;  ///< per cent; hours; per cent
        };
        constexpr Line kLines[] = {
            {"reception", "标本接收与前处理", "item_driver", "specimens", 25, 60, 20},
            {"analysis", "上机检测", "item_driver", "analyser_minutes", 50, 640, 65},
            {"release", "结果审核与发布", "equivalent", "", 25, 0, 15}};
        for (const Line& line : kLines) {
            activities_.add(fmt::format("{},{},{},{},{},", department.code, line.code, line.name,
                                        line.measure, line.item_driver));
            read(department, "staff_hours", line.code, hours(department, line.staff));
            read(department, "machine_hours", line.code, line.machine_hours);
            read(department, "area_m2", line.code, department.area_m2 * line.area / 100);
        }
    }

    /// Reagents of one test alone, for the tests with the largest charges.
    void write_traced(std::size_t at, Fen reagents) {
        std::vector<std::pair<Fen, std::size_t>> tests;
        const auto& items = world_.items.items;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto units = tally_.units_of(i, at);
            if (items[i].role == Role::laboratory && units > 0) {
                tests.emplace_back(-units * items[i].price, i);
            }
        }
        std::sort(tests.begin(), tests.end());
        for (std::size_t i = 0; i < std::min(tests.size(), kTracedShares.size()); ++i) {
            const Fen amount = reagents * kTracedShares[i] / 1000;
            if (amount > 0) {
                traced_.add(fmt::format("{},2004,basic,{},{}", world_.layout.departments[at].code,
                                        items[tests[i].second].code, amount_text(amount)));
            }
        }
    }

    void write_imaging(std::size_t at) {
        std::int64_t room = 0;
        std::int64_t report = 0;
        for (std::size_t i = 0; i < world_.items.items.size(); ++i) {
            const ServiceItem& item = world_.items.items[i];
            if (is_imaging(item.role)) {
                room += tally_.units_of(i, at) * minutes_of(item).room;
                report += tally_.units_of(i, at) * minutes_of(item).report;
            }
        }
        const Department& department = world_.layout.departments[at];
        activities_.add(fmt::format("{},exam,检查,item_driver,room_minutes,{}", department.code,
                                    capacity_for(room)));
        activities_.add(fmt::format("{},report,诊断报告,item_driver,report_minutes,{}",
                                    department.code, capacity_for(report)));
        read(department, "staff_hours", "exam", hours(department, 60));
        read(department, "staff_hours", "report", hours(department, 40));
        read(department, "machine_hours", "exam", 330);
        read(department, "machine_hours", "report", 0);
        read(department, "area_m2", "exam", department.area_m2 * 80 / 100);
        read(department, "area_m2", "report", department.area_m2 - department.area_m2 * 80 / 100);
    }

    /// Whole sessions that an ordinary month fills to 85 % at most.
    [[nodiscard]] std::int64_t capacity_for(std::int64_t use) const {
        const std::int64_t ordinary = use / kUnit * 1000 / season_;
        const std::int64_t wanted = ordinary * 100 / 85;
        return (wanted / kSessionMinutes + 1) * kSessionMinutes;
    }

    const World& world_;
    const Tally& tally_;
    std::int64_t season_;
    Random random_;
    SortedTable drivers_, activities_, readings_, traced_;
};

}  // namespace

void write_item_activities(const World& world, const MonthSpan& month, const Tally& tally,
                           const std::vector<Fen>& reagents, const std::filesystem::path& folder,
                           RowCounts& counts) {
    ItemTables(world, month, tally, folder).write(reagents, counts);
}

}  // namespace yuanliu::demo
