// Why this file: readings follow the layout (people, area, power) and the month's activity
// (registrations, discharges, orders, revenue). The water meters read zero for the whole hospital,
// as after a failed meter reading, so that the fall-back to floor area can be seen.
#include "server/demo/drivers.hpp"

#include <fmt/format.h>

#include "server/demo/collection.hpp"

namespace yuanliu::demo {
namespace {

std::int64_t packs_of(const Department& department) {
    switch (department.role) {
        case Role::operating:
            return department.headcount * 40;
        case Role::catheter:
        case Role::endoscopy:
            return department.headcount * 22;
        case Role::ward:
            return department.headcount * 6;
        case Role::clinic:
            return department.headcount * 3;
        default:
            return 0;
    }
}

class DriverWriter {
  public:
    DriverWriter(const World& world, const MonthSpan& month, const Tally& tally,
                 const std::filesystem::path& folder)
        : world_(world),
          tally_(tally),
          random_(key_of(key_of(world.seed, 0xD21F), static_cast<std::uint64_t>(month.first))),
          drivers_(folder, "drivers.csv", "driver,name,unit"),
          readings_(folder, "driver_readings.csv", "driver,sender,department,value") {}

    void write(const std::vector<Fen>& consigned, RowCounts& counts) {
        constexpr const char* kDrivers[] = {
            "headcount,在岗人数,人",       "area_m2,建筑面积,平方米",
            "power_kwh,用电量,千瓦时",     "water_m3,用水量,立方米",
            "sterile_packs,消毒包数,包",   "registrations,门诊人次,人次",
            "discharges,出院人次,人次",    "orders,医嘱执行次数,次",
            "revenue,医疗收入,元",         "laundry_kg,洗涤量,千克",
            "work_points,工作量当量,当量", "prescriptions,处方与医嘱药品条数,条"};
        for (const char* driver : kDrivers) {
            drivers_.add(driver);
        }
        for (std::size_t i = 0; i < world_.layout.departments.size(); ++i) {
            write_static(world_.layout.departments[i]);
            write_activity(i);
        }
        write_orders();
        write_prescriptions();
        if (collects(world_.scale)) {
            write_collection(consigned);
        }
        drivers_.write(counts);
        readings_.write(counts);
    }

  private:
    void read(const char* driver, std::string_view sender, const Department& department,
              std::string_view value) {
        readings_.add(fmt::format("{},{},{},{}", driver, sender, department.code, value));
    }
    void read(const char* driver, std::string_view sender, const Department& department,
              std::int64_t value) {
        read(driver, sender, department, std::to_string(value));
    }

    void write_static(const Department& department) {
        const auto& layout = world_.layout;
        if (department.headcount == 0) {
            return;
        }
        read("headcount", "", department, department.headcount);
        read("area_m2", "", department, department.area_m2);
        const auto& power = layout.departments[layout.with_role(Role::power)[0]];
        read("power_kwh", power.code, department,
             power_of(department) * random_.between(900, 1100) / 1000);
        const auto& water = layout.departments[layout.with_role(Role::water)[0]];
        read("water_m3", water.code, department, 0);
        const auto packs = packs_of(department);
        for (const auto sender : layout.with_role(Role::sterile_supply)) {
            if (packs > 0) {
                read("sterile_packs", layout.departments[sender].code, department,
                     packs * random_.between(850, 1150) / 1000);
            }
        }
        if (department.role == Role::ward || department.role == Role::operating) {
            read("laundry_kg", "", department, department.headcount * random_.between(30, 50));
        }
    }

    void write_activity(std::size_t at) {
        const auto& department = world_.layout.departments[at];
        if (tally_.visits[at] > 0) {
            read("registrations", "", department, tally_.visits[at]);
        }
        if (tally_.discharges[at] > 0) {
            read("discharges", "", department, tally_.discharges[at]);
        }
        const auto& ordered = tally_.ordered[at];
        const Fen revenue = ordered[0] + ordered[1] + ordered[2];
        if (revenue > 0) {
            read("revenue", "", department, number_text(revenue * 100));
        }
    }

    void write_orders() {
        const auto& departments = world_.layout.departments;
        for (std::size_t sender = 0; sender < departments.size(); ++sender) {
            if (departments[sender].department_class != DepartmentClass::medical_technology) {
                continue;
            }
            for (std::size_t i = 0; i < departments.size(); ++i) {
                const auto orders = tally_.orders[sender * departments.size() + i];
                if (orders > 0) {
                    read("orders", departments[sender].code, departments[i], orders);
                }
                const auto work = tally_.work[sender * departments.size() + i];
                if (work > 0) {
                    read("work_points", departments[sender].code, departments[i],
                         number_text(work));
                }
            }
        }
    }

    /// Wards draw on a ward pharmacy, clinics on a clinic pharmacy where there is one.
    void write_prescriptions() {
        const auto& layout = world_.layout;
        for (std::size_t i = 0; i < layout.departments.size(); ++i) {
            const bool outside = layout.departments[i].role != Role::ward;
            const auto role = outside && layout.has(Role::clinic_pharmacy) ? Role::clinic_pharmacy
                                                                           : Role::ward_pharmacy;
            if (tally_.prescriptions[i] > 0) {
                read("prescriptions", layout.departments[layout.serving(role, i)].code,
                     layout.departments[i], tally_.prescriptions[i]);
            }
        }
    }

    /// What moves divide by: implants used, visits online, and the days that patients of one ward
    /// lay in the beds of another, beside the days of its own.
    void write_collection(const std::vector<Fen>& consigned) {
        for (const char* driver : {"consigned_use,寄售耗材使用额,元", "online_visits,线上诊次,人次",
                                   "bed_days,占用床日,床日"}) {
            drivers_.add(driver);
        }
        const auto& departments = world_.layout.departments;
        for (std::size_t i = 0; i < departments.size(); ++i) {
            if (consigned[i] > 0) {
                read("consigned_use", "", departments[i], number_text(consigned[i] * 100));
            }
            if (tally_.online[i] > 0) {
                read("online_visits", "", departments[i], tally_.online[i]);
            }
            if (tally_.bed_days[i] > 0) {
                read("bed_days", "", departments[i], tally_.bed_days[i]);
            }
        }
        const auto loan = bed_loan_of(world_.layout);
        const auto& lender = departments[loan.first];
        read("bed_days", lender.code, lender, tally_.bed_days[loan.first]);
        read("bed_days", lender.code, departments[loan.second], tally_.borrowed_days);
    }

    const World& world_;
    const Tally& tally_;
    Random random_;
    SortedTable drivers_;
    SortedTable readings_;
};

}  // namespace

std::int64_t power_of(const Department& department) {
    const bool imaging = department.role == Role::ct || department.role == Role::mri ||
                         department.role == Role::xray || department.role == Role::catheter;
    return department.area_m2 * (imaging ? 60 : 11);
}

void write_drivers(const World& world, const MonthSpan& month, const Tally& tally,
                   const std::vector<Fen>& consigned, const std::filesystem::path& folder,
                   RowCounts& counts) {
    DriverWriter(world, month, tally, folder).write(consigned, counts);
}

}  // namespace yuanliu::demo
