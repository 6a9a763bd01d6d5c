// Why this file: books pay backwards. The cost plan says what a ward and a clinic shall cost with
// everybody's time counted; the payroll of a hospital says who is paid where. So the ward's doctors
// who see outpatients are booked on the ward, and their hours take the cost to the clinic.
#include "server/demo/pay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "server/demo/collection.hpp"

namespace yuanliu::demo {
namespace {

constexpr std::int64_t kWhole = 10000;         // one, in 0.0001
constexpr std::int64_t kOutpatient = 2000;     // of a ward doctor's time, where there is a clinic
constexpr std::int64_t kNursesPerDoctor = 58;  // percent: what a point of a nurse is paid
constexpr std::int64_t kFirstBonusItem = 2;    // 绩效工资, item 1003

bool is_clinical(const Department& department) {
    return department.department_class == DepartmentClass::clinical;
}

/// In 0.0001 of a ward doctor's time: a county hospital trains few and searches little.
std::int64_t teaching_of(const Scale& scale) {
    return scale.size == Size::tertiary ? 450 : 120;
}
std::int64_t research_of(const Scale& scale) {
    return scale.size == Size::tertiary ? 300 : 60;
}

/// amount * weights / sum, the parts adding up to the whole.
PayByItem split_by(Fen amount, const PayByItem& weights) {
    Fen sum = 0;
    for (const auto weight : weights) {
        sum += weight;
    }
    PayByItem parts{};
    Fen running = 0;
    for (std::size_t i = 0; i < kPayItems; ++i) {
        const auto before = amount * running / sum;
        running += weights[i];
        parts[i] = amount * running / sum - before;
    }
    return parts;
}

Fen total_of(const PayByItem& parts) {
    Fen sum = 0;
    for (const auto part : parts) {
        sum += part;
    }
    return sum;
}

}  // namespace

PayBook::PayBook(const World& world, const MonthSpan& month)
    : world_(world), month_(month), people_(world.layout.departments.size()) {
    for (std::size_t i = 0; i < world.people.staff.size(); ++i) {
        people_[world.people.staff[i].department].push_back(i);
    }
    for (const auto group : {kDoctors, kNurses}) {
        groups_[group].resize(people_.size());
        booked_[group].resize(people_.size());
        away_[group].resize(people_.size());
    }
    for (std::size_t at = 0; at < people_.size(); ++at) {
        for (const auto person : people_[at]) {
            if (is_clinical(world.layout.departments[at])) {
                const bool doctor = world.people.staff[person].profession == Profession::doctor;
                groups_[doctor ? kDoctors : kNurses][at].push_back(person);
            }
        }
    }
}

void PayBook::add_flow(std::vector<Flow>& flows, const std::vector<Fen>& aimed, std::size_t from,
                       std::size_t to, std::int64_t neighbours) const {
    const Fen wished = aimed[from] * kOutpatient / (kWhole - kOutpatient);
    const Fen amount = std::min(wished, aimed[to] * 45 / 100 / neighbours);
    if (amount > 0) {
        flows.push_back({.from = from, .to = to, .amount = amount});
    }
}

/// Whose time goes where: ward doctors to a clinic of their specialty, nurses of the first ward to
/// the second one.
std::vector<PayBook::Flow> PayBook::flows(Group group, const std::vector<Fen>& aimed) const {
    std::vector<Flow> flows;
    const auto& layout = world_.layout;
    if (group == kNurses) {
        const auto unit = nursing_unit_of(layout);
        flows.push_back({.from = unit.first,
                         .to = unit.second,
                         .amount = std::min(aimed[unit.first] / 6, aimed[unit.second] / 4)});
        return flows;
    }
    for (const auto& traits : specialties()) {
        const auto wards = layout.wards_of(traits.specialty);
        std::vector<std::size_t> clinics;
        for (const auto at : layout.with_role(Role::clinic)) {
            if (layout.departments[at].specialty == traits.specialty) {
                clinics.push_back(at);
            }
        }
        for (std::size_t i = 0; !clinics.empty() && i < wards.size(); ++i) {
            const auto neighbours = (wards.size() - 1 - i % clinics.size()) / clinics.size() + 1;
            add_flow(flows, aimed, wards[i], clinics[i % clinics.size()],
                     static_cast<std::int64_t>(neighbours));
        }
    }
    return flows;
}

void PayBook::plan(const std::vector<Fen>& wanted, const PayByItem& weights) {
    for (const auto group : {kDoctors, kNurses}) {
        std::vector<Fen> aimed(wanted.size());
        for (std::size_t at = 0; at < wanted.size(); ++at) {
            std::array<std::int64_t, 2> points{};
            for (const auto each : {kDoctors, kNurses}) {
                for (const auto person : groups_[each][at]) {
                    points[each] += world_.people.staff[person].coefficient *
                                    (each == kNurses ? kNursesPerDoctor : 100);
                }
            }
            const auto all = points[kDoctors] + points[kNurses];
            const Fen doctors = all == 0 ? 0 : wanted[at] * points[kDoctors] / all;
            aimed[at] = all == 0 ? 0 : group == kDoctors ? doctors : wanted[at] - doctors;
        }
        auto home = aimed;
        const auto moved = flows(group, aimed);
        for (const auto& flow : moved) {
            home[flow.from] += flow.amount;
            home[flow.to] -= flow.amount;
        }
        for (const auto& flow : moved) {
            away_[group][flow.from] = {
                .to = flow.to, .share = flow.amount * kWhole / std::max<Fen>(1, home[flow.from])};
        }
        for (std::size_t at = 0; at < home.size(); ++at) {
            booked_[group][at] = split_by(home[at], weights);
        }
    }
}

PayByItem PayBook::nurses() const {
    PayByItem sum{};
    for (const auto& department : booked_[kNurses]) {
        for (std::size_t i = 0; i < kPayItems; ++i) {
            sum[i] += department[i];
        }
    }
    return sum;
}

void PayBook::stay(std::size_t department, std::size_t item, const char* fund_source, Fen amount) {
    staying_[{department, fund_source}][item == kFirstBonusItem ? 1 : 0] += amount;
}

/// One kind of pay of some people: each has a part by points, and the parts sum to the amount.
void PayBook::write_rows(SortedTable& table, const std::vector<std::size_t>& people,
                         const char* kind, const char* fund_source, Fen amount) const {
    const bool bonus = std::string_view(kind).ends_with("bonus");
    const auto points = [&](std::size_t person) {  // fixed pay differs less than a bonus does
        return world_.people.staff[person].coefficient + (bonus ? 0 : 100);
    };
    std::int64_t sum = 0;
    for (const auto person : people) {
        sum += points(person);
    }
    std::int64_t running = 0;
    for (const auto person : people) {
        const auto before = amount * running / sum;
        running += points(person);
        const auto& entry = world_.people.staff[person];
        table.add(fmt::format("{},{},{},{},{}", entry.code,
                              world_.layout.departments[entry.department].code, kind, fund_source,
                              amount_text(amount * running / sum - before)));
    }
}

/// Minutes of everybody of a group: most at home, some in the other place (its first people more
/// than its last), doctors of wards also teaching and research; one in sixty is sent out.
void PayBook::write_time(SortedTable& table, std::size_t department, Group group) const {
    const auto& layout = world_.layout;
    const auto& home = layout.departments[department];
    const auto& away = away_[group][department];
    const auto& people = groups_[group][department];
    const bool ward = home.role == Role::ward;
    const auto count = static_cast<std::int64_t>(people.size());
    for (std::int64_t i = 0; i < count; ++i) {
        const auto& person = world_.people.staff[people[static_cast<std::size_t>(i)]];
        Random random(key_of(key_of(world_.seed, 0x71AE + people[static_cast<std::size_t>(i)]),
                             static_cast<std::uint64_t>(month_.first)));
        const auto minutes = random.between(9300, 10400);
        const auto add = [&](const std::string& where, const char* activity, std::int64_t part) {
            if (part > 0) {
                table.add(fmt::format("staff,{},{},{},{}", person.code, where, activity, part));
            }
            return part;
        };
        auto left = minutes;
        if (away.share > 0) {
            const auto share = away.share * (count + 2 * i + 1) / (2 * count);
            left -= add(layout.departments[away.to].code,
                        ward && group == kNurses ? "ward" : "outpatient", minutes * share / kWhole);
        }
        if (ward && group == kDoctors) {
            left -= add(home.code, "teaching", minutes * teaching_of(world_.scale) / kWhole);
            left -= add(home.code, "research", minutes * research_of(world_.scale) / kWhole);
            const bool sent = key_of(world_.seed, people[static_cast<std::size_t>(i)]) % 60 == 0;
            left -= add("", "dispatched", sent ? left * 4 / 10 : 0);
        }
        add(home.code, ward ? "ward" : "outpatient", left);
    }
}

void PayBook::write(const std::filesystem::path& folder, RowCounts& counts) const {
    SortedTable payroll(folder, "payroll.csv", "staff,department,pay_kind,fund_source,amount");
    SortedTable time(folder, "staff_time.csv", "unit,code,department,activity,minutes");
    constexpr const char* kPayKinds[2][2] = {{"doctor-fixed", "doctor-bonus"},
                                             {"nurse-fixed", "nurse-bonus"}};
    for (std::size_t at = 0; at < people_.size(); ++at) {
        for (const auto group : {kDoctors, kNurses}) {
            const auto& booked = booked_[group][at];
            const auto bonus = booked[kFirstBonusItem];
            if (total_of(booked) > 0) {
                write_rows(payroll, groups_[group][at], kPayKinds[group][0], "basic",
                           total_of(booked) - bonus);
                write_rows(payroll, groups_[group][at], kPayKinds[group][1], "basic", bonus);
            }
            write_time(time, at, group);
        }
    }
    for (const auto& [place, amounts] : staying_) {
        write_rows(payroll, people_[place.first], "staff-fixed", place.second.c_str(), amounts[0]);
        write_rows(payroll, people_[place.first], "staff-bonus", place.second.c_str(), amounts[1]);
    }
    const auto unit = nursing_unit_of(world_.layout);
    const auto& first = world_.layout.departments[unit.first].code;
    time.add(fmt::format("department,{0},{0},ward,7000", first));
    time.add(fmt::format("department,{},{},ward,3000", first,
                         world_.layout.departments[unit.second].code));
    payroll.write(counts);
    time.write(counts);
}

}  // namespace yuanliu::demo
