// Counts over the discharged inpatients of each department, and quality readings.
#include "indicators.hpp"

#include "fields.hpp"

namespace yuanliu_verify {

namespace {

constexpr Int128 kScale7 = 10'000'000;
constexpr Int128 kScale4To7 = 1'000;

IndicatorValue ratio(Int128 numerator, Int128 denominator) {
    IndicatorValue result;
    result.is_read = true;
    result.numerator = numerator;
    result.denominator = denominator;
    if (denominator != 0) {
        result.value = round_divide(multiply(numerator, 10'000), denominator);
    }
    return result;
}

}  // namespace

Indicators::Indicators(const MonthFolder& month, const Books& books, const std::vector<Case>& cases)
    : books_(books) {
    std::vector<bool> is_case(books.encounters.size(), false);
    for (const Case& item : cases) {
        const Encounter& encounter = books.encounter[item.encounter];
        Unit& unit = unit_of_[encounter.department];
        is_case[item.encounter] = true;
        if (item.group.row != nullptr) {
            ++unit.grouped;
            unit.rw += item.group.row->score;
            unit.time_index +=
                round_divide(multiply(encounter.days, 100'000'000), item.group.row->reference_days);
        }
    }
    for (const auto& [department, unit] : unit_of_) {
        if (unit.grouped > 0 && books.department[department].department_class == "clinical") {
            units_.push_back(department);
        }
    }
    Fields fields;
    for (const std::string_view row : month.table("pathway_readings.csv").rows()) {
        fields.split(row);
        const std::uint32_t id = books.encounters.find(fields[0]);
        if (id == CodeBook::kUnknown || !is_case[id]) {
            continue;
        }
        Unit& unit = unit_of_[books.encounter[id].department];
        unit.has_pathway = true;
        if (fields[1] == "1") {
            ++unit.eligible;
            unit.complied += fields[2] == "1" && fields[3] == "1" && fields[4] == "0" ? 1 : 0;
        }
    }
    for (const std::string_view row : month.table("quality_readings.csv").rows()) {
        fields.split(row);
        quality_[{std::string(fields[0]), std::string(fields[1])}] = {fields.number(2),
                                                                      fields.number(3)};
    }
}

IndicatorValue Indicators::value(std::uint32_t department, const std::string& indicator) const {
    const Unit& unit = unit_of_.at(department);
    if (indicator == "cmi") {
        return ratio(unit.rw, unit.grouped * kScale7);
    }
    if (indicator == "rw_total") {
        return ratio(unit.rw, kScale7);
    }
    if (indicator == "time_index") {
        return ratio(unit.time_index * kScale4To7, unit.grouped * kScale7);
    }
    if (indicator == "pathway_compliance") {
        return unit.has_pathway ? ratio(unit.complied * kScale7, unit.eligible * kScale7)
                                : IndicatorValue{};
    }
    const auto found = quality_.find({books_.departments.code(department), indicator});
    return found == quality_.end() ? IndicatorValue{}
                                   : ratio(multiply(found->second.first, kScale4To7),
                                           multiply(found->second.second, kScale4To7));
}

}  // namespace yuanliu_verify
