// Why this file: see objects.hpp. Beds are what the stays of an ordinary month need at about
// 95 %, patients in a neighbour's beds counted there; every fifth doctor of a ward is in no group,
// as in life.
#include "server/demo/objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "server/demo/collection.hpp"

namespace yuanliu::demo {
namespace {

constexpr std::size_t kGroupsOfWard = 2;
constexpr std::size_t kUngroupedOf = 5;
constexpr std::int64_t kOccupied = 97;  // percent at most: whole beds make it about 95

void write_attending_groups(const World& world, const std::filesystem::path& folder,
                            RowCounts& counts) {
    constexpr std::array<const char*, kGroupsOfWard> kNames{"一组", "二组"};
    SortedTable table(folder, "attending_groups.csv", "attending,valid_from,valid_to,group,name");
    for (const std::size_t ward : world.layout.with_role(Role::ward)) {
        const Department& department = world.layout.departments[ward];
        const People::Range& doctors = world.people.doctors[ward];
        for (std::size_t i = 0; i < doctors.count; ++i) {
            if (i % kUngroupedOf != kUngroupedOf - 1) {
                table.add(fmt::format("{},,,{}-{},{}{}", world.people.staff[doctors.first + i].code,
                                      department.code, i % kGroupsOfWard + 1, department.name,
                                      kNames[i % kGroupsOfWard]));
            }
        }
    }
    table.write(counts);
}

void write_beds(const World& world, const MonthSpan& month, const Tally& tally,
                const std::filesystem::path& folder, RowCounts& counts) {
    SortedTable table(folder, "beds.csv", "department,opened,available_days");
    const auto loan =
        collects(world.scale) ? bed_loan_of(world.layout) : std::pair<std::size_t, std::size_t>{};
    for (const std::size_t ward : world.layout.with_role(Role::ward)) {
        const std::int64_t lent = ward == loan.first    ? tally.borrowed_days
                                  : ward == loan.second ? -tally.borrowed_days
                                                        : 0;
        // Of an ordinary month: February's beds are not fewer.
        const std::int64_t days = (tally.bed_days[ward] + lent) * 1000 /
                                  std::min<std::int64_t>(1000, season_of(month.month));
        const std::int64_t full = (month.end - month.first) * kOccupied;
        const std::int64_t opened = std::max<std::int64_t>(1, (days * 100 + full - 1) / full);
        table.add(fmt::format("{},{},", world.layout.departments[ward].code, opened));
    }
    table.write(counts);
}

/// Voucher and line of what a department spends of research money, as the ledger just written has
/// them; no field before the summary holds a comma.
std::vector<std::string> research_lines(const std::filesystem::path& folder,
                                        const std::string& department) {
    std::ifstream ledger(folder / "ledger.csv");
    const std::string wanted = "," + department + ",research,";
    std::vector<std::string> lines;
    for (std::string row; std::getline(ledger, row);) {
        if (row.find(wanted) != std::string::npos) {
            lines.push_back(row.substr(0, row.find(',', row.find(',') + 1)));
        }
    }
    return lines;
}

/// What two wards and a laboratory spend of research money is of two projects; the rest of none.
void write_projects(const World& world, const std::filesystem::path& folder, RowCounts& counts) {
    SortedTable projects(folder, "research_projects.csv", "project,name");
    SortedTable lines(folder, "project_lines.csv", "voucher,line,account,department,project");
    projects.add("KY2026-01,省自然科学基金: 危重症早期识别");
    projects.add("KY2026-02,院级课题: 检验危急值管理");
    const auto tag = [&](Role role, std::size_t place, const char* project) {
        const auto& departments = world.layout.with_role(role);
        if (place < departments.size()) {
            const std::string& code = world.layout.departments[departments[place]].code;
            for (const std::string& line : research_lines(folder, code)) {
                lines.add(fmt::format("{},,,{}", line, project));
            }
        }
    };
    tag(Role::ward, 0, "KY2026-01");
    tag(Role::ward, 1, "KY2026-01");
    tag(Role::laboratory, 0, "KY2026-02");
    projects.write(counts);
    lines.write(counts);
}

}  // namespace

void write_objects(const World& world, const MonthSpan& month, const Tally& tally,
                   const std::filesystem::path& folder, RowCounts& counts) {
    if (world.scale.size == Size::clinic) {
        return;
    }
    write_attending_groups(world, folder, counts);
    write_beds(world, month, tally, folder, counts);
    write_projects(world, folder, counts);
}

}  // namespace yuanliu::demo
