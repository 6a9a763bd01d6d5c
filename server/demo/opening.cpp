// Why this file: the first month stands on something too. The charges of the days before it are
// generated exactly; their cost is put together from the shares an engine would have found.
#include <fmt/format.h>

#include <array>

#include "server/demo/activity.hpp"

namespace yuanliu::demo {
namespace {

struct Component {
    const char* cost_category;
    const char* fund_source;
    const char* origin;
    Kind kind;
    std::int64_t per_mille;  ///< of the charges of the kind
};

constexpr Component kOpeningComponents[] = {
    {"staff", "basic", "direct", Kind::service, 560},
    {"staff", "basic", "administrative", Kind::service, 110},
    {"staff", "basic", "auxiliary", Kind::service, 55},
    {"staff", "research", "direct", Kind::service, 12},
    {"materials", "basic", "direct", Kind::material, 930},
    {"materials", "basic", "auxiliary", Kind::service, 20},
    {"drugs", "basic", "direct", Kind::drug, 963},
    {"depreciation", "basic", "direct", Kind::service, 90},
    {"depreciation", "fiscal_project", "direct", Kind::service, 15},
    {"amortization", "basic", "direct", Kind::service, 8},
    {"risk_fund", "basic", "direct", Kind::service, 5},
    {"other_operating", "basic", "public", Kind::service, 40},
    {"other_operating", "basic", "administrative", Kind::service, 35},
};

}  // namespace

void write_opening(const World& world, const MonthSpan& month,
                   const std::filesystem::path& folder) {
    RowCounts counts;
    SortedTable costs(folder, "in_hospital.csv", "encounter,cost_category,fund_source,origin,cost");
    SortedTable charges(folder, "in_hospital_charges.csv", "encounter,charge");
    SortedTable pools(folder, "carried_pools.csv", "pool,name,amount");
    const Arrivals arrivals(world);
    Charging charging(world);
    for (Day day = month.first - kLongestStay; day < month.first; ++day) {
        for (const auto& stay : arrivals.stays_of(day)) {
            if (stay.discharged < month.first) {
                continue;
            }
            std::array<Fen, kKinds> by_kind{};
            for (std::int64_t i = 0; stay.admitted + i < month.first; ++i) {
                for (const auto& line : charging.day_of_stay(stay, i)) {
                    const auto kind = world.items.items[line.item].kind;
                    by_kind[static_cast<std::size_t>(kind)] += line.charge;
                }
            }
            charges.add(
                fmt::format("{},{}", stay.code, amount_text(by_kind[0] + by_kind[1] + by_kind[2])));
            for (const auto& part : kOpeningComponents) {
                const auto cost =
                    by_kind[static_cast<std::size_t>(part.kind)] * part.per_mille / 1000;
                if (cost != 0) {
                    costs.add(fmt::format("{},{},{},{},{}", stay.code, part.cost_category,
                                          part.fund_source, part.origin, amount_text(cost)));
                }
            }
        }
    }
    pools.add(fmt::format("retained_surplus,医保结余留用,{}",
                          amount_text(world.scale.carried_pool / 12 * (13 - month.month))));
    costs.write(counts);
    charges.write(counts);
    pools.write(counts);
    write_text(folder / "manifest.json",
               fmt::format("{{\n  \"schema\": \"yuanliu.prior/1\",\n  \"hospital\": \"{}\",\n"
                           "  \"period\": \"{}\",\n  \"result_hash\": \"{:064}\"\n}}\n",
                           world.scale.hospital, period_text(add_months(month, -1)), 0));
}

}  // namespace yuanliu::demo
