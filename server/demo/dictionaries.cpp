// Why this file: one small function per table; what is in them was decided elsewhere.
#include "server/demo/dictionaries.hpp"

#include <fmt/format.h>

#include "server/demo/accounts.hpp"

namespace yuanliu::demo {
namespace {

using Folder = std::filesystem::path;

void write_departments(const World& world, const Folder& folder, RowCounts& counts) {
    SortedTable table(folder, "departments.csv",
                      "department,name,class,care_setting,valid_from,valid_to");
    for (const auto& department : world.layout.departments) {
        const bool closed = department.role == Role::closed_office;  // merged away long ago
        const bool merged = &department == &world.layout.departments[world.layout.closed_ward] &&
                            world.layout.has_merged();
        table.add(fmt::format("{},{},{},{},,{}", department.code, department.name,
                              class_name(department.department_class), care_setting(department),
                              closed   ? "2019-12"
                              : merged ? world.merged_after
                                       : ""));
    }
    table.write(counts);
}

void write_accounts(const Folder& folder, RowCounts& counts) {
    SortedTable items(folder, "cost_items.csv",
                      "cost_item,name,category,traced_to,valid_from,valid_to");
    SortedTable accounts(folder, "accounts.csv", "account,name,valid_from,valid_to");
    SortedTable map(folder, "account_map.csv",
                    "account,valid_from,valid_to,treatment,cost_item,reason");
    for (const auto& item : cost_items()) {
        items.add(fmt::format("{},{},{},{},,", item.code, item.name, category_name(item.category),
                              item.traced_to));
        for (const auto department_class :
             {DepartmentClass::clinical, DepartmentClass::administrative}) {
            const auto account = account_of(item, department_class);
            const bool managing = department_class == DepartmentClass::administrative;
            accounts.add(fmt::format("{},{}—{},,", account,
                                     managing ? "单位管理费用" : "业务活动费用", item.name));
            map.add(fmt::format("{},,,cost,{},", account, item.code));
        }
    }
    for (const auto& account : excluded_accounts()) {
        accounts.add(fmt::format("{},{},,", account.code, account.name));
        map.add(fmt::format("{},,,excluded,,{}", account.code, account.reason));
    }
    items.write(counts);
    accounts.write(counts);
    map.write(counts);
}

void write_service_items(const World& world, const Folder& folder, RowCounts& counts) {
    SortedTable table(folder, "service_items.csv",
                      "service_item,name,kind,charge_category,unit,equivalent,valid_from,valid_to");
    constexpr const char* kKindNames[] = {"service", "drug", "material"};
    for (const auto& item : world.items.items) {
        table.add(fmt::format("{},{},{},{},{},{},,", item.code, item.name,
                              kKindNames[static_cast<std::size_t>(item.kind)], item.charge_category,
                              item.unit,
                              item.kind == Kind::service ? number_text(item.equivalent) : ""));
    }
    table.write(counts);
}

void write_staff(const World& world, const MonthSpan& month, const Folder& folder,
                 RowCounts& counts) {
    SortedTable table(folder, "staff.csv",
                      "staff,department,category,bonus_coefficient,attendance");
    Random random(key_of(key_of(world.seed, 0x57AF), static_cast<std::uint64_t>(month.first)));
    for (const auto& person : world.people.staff) {
        const auto attendance = random.chance(850) ? 100 : random.between(10, 19) * 5;
        table.add(fmt::format("{},{},{},{},{}", person.code,
                              world.layout.departments[person.department].code,
                              category_of(person.profession), number_text(person.coefficient * 100),
                              number_text(attendance * 100)));
    }
    table.write(counts);
}

void write_catalogue(const World& world, const Folder& folder, RowCounts& counts) {
    SortedTable groups(folder, "dip_catalogue.csv",
                       "group,name,level,diagnosis,procedure,procedure_class,score,"
                       "reference_charge,reference_days");
    for (const auto& group : world.catalogue.groups) {
        groups.add(fmt::format("{},{},{},{},{},{},{},{},{}", group.code, group.name,
                               group.core ? "core" : "composite", group.diagnosis, group.procedure,
                               group.composite_class, number_text(group.weight * 1000),
                               amount_text(group.reference_charge),
                               number_text(group.days_tenths * 1000)));
    }
    groups.write(counts);
    SortedTable procedures(folder, "procedure_classes.csv", "procedure,class,name");
    for (const auto& procedure : world.catalogue.procedures) {
        procedures.add(fmt::format("{},{},{}", procedure.code,
                                   procedure_class_name(procedure.procedure_class),
                                   procedure.name));
    }
    procedures.write(counts);
}

/// One ward fails the front-page gate, another the satisfaction gate; which, changes by month.
void write_quality(const World& world, const MonthSpan& month, const Folder& folder,
                   RowCounts& counts) {
    SortedTable table(folder, "quality_readings.csv", "department,indicator,numerator,denominator");
    Random random(key_of(key_of(world.seed, 0x9A11), static_cast<std::uint64_t>(month.first)));
    const auto& wards = world.layout.with_role(Role::ward);
    const auto draw = [&] { return random.below(static_cast<std::int64_t>(wards.size())); };
    const auto poor_records = wards[static_cast<std::size_t>(draw())];
    const auto unhappy = wards[static_cast<std::size_t>(draw())];
    for (const auto ward : wards) {
        const auto& code = world.layout.departments[ward].code;
        const auto pages = random.between(80, 160);
        const auto good = ward == poor_records ? pages * 91 / 100 : pages - random.below(4);
        table.add(fmt::format("{},front_page_quality,{},{}", code, good, pages));
        const auto asked = random.between(60, 120);
        const auto content = asked * (ward == unhappy ? 80 : random.between(91, 99)) / 100;
        table.add(fmt::format("{},satisfaction,{},{}", code, content, asked));
    }
    table.write(counts);
}

}  // namespace

void write_dictionaries(const World& world, const MonthSpan& month, const Folder& folder,
                        RowCounts& counts) {
    write_departments(world, folder, counts);
    write_accounts(folder, counts);
    write_service_items(world, folder, counts);
    write_staff(world, month, folder, counts);
    write_catalogue(world, folder, counts);
    write_quality(world, month, folder, counts);
}

}  // namespace yuanliu::demo
