// Why this file: 床位成本表 (docs/objects.md §4): what an opened bed of a ward costs, used or not.
#include <fmt/format.h>

#include "server/report/object_reports.hpp"

namespace yuanliu::report {
namespace {

constexpr std::int64_t kOneBed = 10'000;

struct BedSums {
    std::int64_t opened = 0;     ///< scale 4
    std::int64_t available = 0;  ///< days, scale 4
    std::int64_t occupied = 0;
    std::int64_t discharged = 0;
    Money cost;
    void add(const BedSums& other) {
        opened += other.opened;
        available += other.available;
        occupied += other.occupied;
        discharged += other.discharged;
        cost += other.cost;
    }
};

Cell per_quantity_cell(Money amount, std::int64_t quantity) {
    return quantity == 0 ? blank_cell()
                         : amount_cell(Money::from_raw(
                               rounded_half_away(Int128{amount.raw()} * kOneBed, quantity)));
}

/// Scale 2; blank without beds.
Cell turnover_cell(std::int64_t discharged, std::int64_t opened) {
    return opened == 0 ? blank_cell()
                       : number_cell(format_decimal(
                             rounded_half_away(Int128{discharged} * 100 * kOneBed, opened), 2));
}

Row bed_row(RowStyle style, std::string title, const BedSums& sums, bool has_beds) {
    Row row{.style = style, .cells = {text_cell(std::move(title))}};
    const auto beds = [&](Cell cell) {
        row.cells.push_back(has_beds ? std::move(cell) : blank_cell());
    };
    beds(number_cell(Quantity::from_raw(sums.opened).trimmed()));
    beds(number_cell(Quantity::from_raw(sums.available).trimmed()));
    row.cells.push_back(count_cell(sums.occupied));
    beds(sums.available == 0
             ? blank_cell()
             : number_cell(
                   format_decimal(
                       rounded_half_away(Int128{sums.occupied} * kOneBed * kOneBed, sums.available),
                       2) +
                   "%"));
    row.cells.push_back(count_cell(sums.discharged));
    beds(turnover_cell(sums.discharged, sums.opened));
    row.cells.push_back(amount_cell(sums.cost));
    beds(per_quantity_cell(sums.cost, sums.opened));
    beds(per_quantity_cell(sums.cost, sums.available));
    row.cells.push_back(each_cell(sums.cost, sums.occupied));
    return row;
}

/// Opened beds and available days by ward; zero = nobody says.
std::vector<BedSums> beds_of(const Month& month, std::optional<DriverId> driver) {
    std::vector<BedSums> wards(month.departments.size());
    const std::int64_t days =
        Date::last_of(month.period).days() - Date::first_of(month.period).days() + 1;
    for (const DriverReading& reading : month.driver_readings) {
        if (driver && reading.driver == *driver && !reading.sender.is_valid()) {
            BedSums& ward = wards[reading.department.index()];
            ward.opened = reading.value.raw();
            ward.available = narrowed(Int128{ward.opened} * days);
        }
    }
    for (const WardBeds& beds : month.beds) {
        BedSums& ward = wards[beds.department.index()];
        ward.opened = beds.opened.raw();
        ward.available = beds.available_days ? beds.available_days->raw() : ward.opened * days;
    }
    return wards;
}

Section bed_columns(Language language) {
    return {.caption = {},
            .columns = {{.title = in(language, "病区", "ward")},
                        {.title = in(language, "开放床位", "opened beds")},
                        {.title = in(language, "可用床日", "available bed-days")},
                        {.title = in(language, "实际占用床日", "occupied bed-days")},
                        {.title = in(language, "床位使用率", "occupancy")},
                        {.title = in(language, "出院人次", "discharged")},
                        {.title = in(language, "床位周转次数", "turnover")},
                        {.title = in(language, "全成本", "full cost")},
                        {.title = in(language, "每床成本", "per opened bed")},
                        {.title = in(language, "可用床日成本", "per available bed-day")},
                        {.title = in(language, "占用床日成本", "per occupied bed-day")}}};
}

}  // namespace

Report bed_report(const ReportInput& input, std::optional<DriverId> driver) {
    const Language language = input.language;
    const Month& month = input.view.month();
    Report report = begin_report(input, {}, "床位成本表", "What a bed costs");
    const CostLine line = cost_lines(input.scope, language).back();
    std::vector<BedSums> wards = beds_of(month, driver);
    const auto occupied = count_units(month).bed_days;
    for (const Encounter& encounter : month.encounters) {
        wards[encounter.department.index()].discharged +=
            encounter.status == StayStatus::discharged ? 1 : 0;
    }
    Section section = bed_columns(language);
    std::vector<Row> without;
    BedSums with_sum;
    BedSums without_sum;
    for (std::size_t d = 0; d < wards.size(); ++d) {
        const Department& ward = month.departments[d];
        BedSums& sums = wards[d];
        sums.occupied = occupied[d];
        sums.cost = input.view.full(DepartmentId(d), line);
        if (ward.department_class != DepartmentClass::clinical ||
            ward.care_setting != CareSetting::inpatient ||
            (sums.opened == 0 && sums.occupied == 0 && sums.cost.is_zero())) {
            continue;
        }
        const bool has_beds = sums.opened > 0;
        (has_beds ? section.rows : without)
            .push_back(bed_row(RowStyle::item, department_words(ward), sums, has_beds));
        (has_beds ? with_sum : without_sum).add(sums);
    }
    section.rows.push_back(bed_row(RowStyle::subtotal,
                                   in(language, "有开放床位的病区", "wards with opened beds"),
                                   with_sum, true));
    if (!without.empty()) {
        section.rows.insert(section.rows.end(), without.begin(), without.end());
        section.rows.push_back(
            bed_row(RowStyle::subtotal,
                    in(language, "未填开放床位的病区", "wards whose beds nobody states"),
                    without_sum, false));
    }
    BedSums total = with_sum;
    total.add(without_sum);
    section.rows.push_back(
        bed_row(RowStyle::total, in(language, "全部病区", "all wards"), total, without.empty()));
    Money units;
    for (const DepartmentId d : input.view.departments(DepartmentClass::clinical, line)) {
        units += month.departments[d.index()].care_setting == CareSetting::inpatient
                     ? input.view.full(d, line)
                     : Money();
    }
    report.must_close(in(language, "各病区之和 = 床日成本构成表", "wards = bed-day report"),
                      total.cost, units);
    report.sections.push_back(std::move(section));
    report.notes.push_back(
        in(language, "占用床日按就诊登记科室计 (同床日成本构成表)。没有床位数的病区不以零计。",
           "Bed-days count with the department of the stay, as in the bed-day report. A ward whose "
           "beds nobody states is not a ward without beds."));
    return report;
}

}  // namespace yuanliu::report
