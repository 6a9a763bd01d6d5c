// Why this file: writes a month's slice of the hospital's life, with the dirt of a real month:
// refunds, late refunds, lines under codes nobody registered, records that are not coded yet.
#include "server/demo/activity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "server/demo/collection.hpp"
#include "server/demo/grouping.hpp"
#include "server/demo/page_tables.hpp"

namespace yuanliu::demo {
namespace {

class ActivityWriter {
  public:
    ActivityWriter(const World& world, const MonthSpan& month, const std::filesystem::path& folder)
        : world_(world),
          month_(month),
          arrivals_(world),
          charging_(world),
          tally_(world),
          bed_loan_(collects(world.scale) ? bed_loan_of(world.layout)
                                          : std::pair<std::size_t, std::size_t>{}),
          encounters_(folder, "encounters.csv",
                      "encounter,kind,department,attending,admitted_on,discharged_on,payer,"
                      "record_number"),
          pages_(folder, groups_by_catalogue(world.scale)),
          lines_(folder, "charge_lines.csv",
                 "encounter,line,charged_on,service_item,ordering_department,"
                 "executing_department,physician,quantity,charge,refund_of"),
          pathways_(folder, "pathway_readings.csv", "encounter,eligible,entered,completed,varied") {
        for (Day day = month.first; day < month.end; ++day) {
            dates_.push_back(date_text(day));
        }
    }

    Tally write(RowCounts& counts) {
        for (Day day = month_.first - kLongestStay - 31; day < month_.end; ++day) {
            for (const auto& stay : arrivals_.stays_of(day)) {
                write_stay(stay);
            }
        }
        write_foreign('L', world_.layout.with_role(Role::ward), 1);
        for (Day day = month_.first; day < month_.end; ++day) {
            for (const auto& visit : arrivals_.visits_of(day)) {
                write_visit(visit);
            }
        }
        write_foreign('T', world_.layout.with_role(Role::checkup), 3);
        pages_.close(counts);
        for (auto* stream : {&encounters_, &lines_, &pathways_}) {
            stream->close(counts);
        }
        return std::move(tally_);
    }

  private:
    void write_line(const std::string& encounter, std::int64_t sequence, Day day,
                    const Line& line) {
        auto& row = lines_.row();
        const auto& departments = world_.layout.departments;
        row += encounter;
        row += ',';
        append_sequence(row, sequence);
        row += ',';
        row += dates_[static_cast<std::size_t>(day - month_.first)];
        row += ',';
        row += world_.items.items[line.item].code;
        row += ',';
        row += departments[line.ordering].code;
        row += ',';
        row += departments[line.executing].code;
        row += ',';
        row += line.physician;
        row += ',';
        append_integer(row, line.quantity);
        row += ',';
        append_amount(row, line.charge);
        row += ',';
        if (line.refunded >= 0) {
            append_sequence(row, sequence / 1000 * 1000 + line.refunded + 1);
        }
        row += '\n';
        lines_.end_row();
        tally_.count(world_, line);
    }

    static void append_sequence(std::string& row, std::int64_t sequence) {
        std::array<char, 6> digits{};
        for (std::size_t i = 6; i > 0; --i) {
            digits[i - 1] = static_cast<char>('0' + sequence % 10);
            sequence /= 10;
        }
        row.append(digits.data(), digits.size());
    }

    /// Lines are numbered day * 1000 + position, so a stay numbers them alike in every month.
    void write_day(const std::string& encounter, std::int64_t day_number, Day day,
                   const std::vector<Line>& lines) {
        std::int64_t sequence = day_number * 1000;
        for (const auto& line : lines) {
            write_line(encounter, ++sequence, day, line);
        }
    }

    void write_stay(const Stay& stay) {
        const bool discharged_before = stay.discharged < month_.first;
        if (discharged_before && !refunded_late(stay)) {
            return;
        }
        write_encounter(stay);
        if (discharged_before || refunded_late(stay)) {
            write_late_refund(stay);
        }
        Fen charged = 0;
        for (std::int64_t day = std::max<Day>(0, month_.first - stay.admitted);
             day <= stay.days() && stay.admitted + day < month_.end; ++day) {
            const auto& lines = charging_.day_of_stay(stay, day);
            charged += sum_of(lines);
            write_day(stay.code, day, stay.admitted + day, lines);
        }
        if (!discharged_before) {
            count_bed_days(stay);
        }
        if (!discharged_before && stay.discharged < month_.end) {
            ++tally_.discharges[stay.department];
            for (std::int64_t day = 0; stay.admitted + day < month_.first; ++day) {
                charged += sum_of(charging_.day_of_stay(stay, day));
            }
            tally_.payment_gap[stay.department] += payment_of(stay, charged) - charged;
            write_record(stay);
        } else if (stay.discharged >= month_.end && stay.key % 5 != 0) {
            pages_.add_open(stay, front_page_of(world_, stay), month_.end);
        }
    }

    /// Nights of the month. One patient in ten of a full ward lies in a neighbour's bed.
    void count_bed_days(const Stay& stay) {
        const auto days =
            std::min(stay.discharged, month_.end) - std::max(stay.admitted, month_.first);
        tally_.bed_days[stay.department] += days;
        if (collects(world_.scale) && stay.department == bed_loan_.second && stay.key % 10 == 0) {
            tally_.borrowed_days += days;
        }
    }

    [[nodiscard]] static Fen sum_of(const std::vector<Line>& lines) {
        Fen sum = 0;
        for (const auto& line : lines) {
            sum += line.charge;
        }
        return sum;
    }

    /// About what the insurer will pay, by the rules that rules_text.cpp writes.
    [[nodiscard]] Fen payment_of(const Stay& stay, Fen charged) const {
        const auto& scale = world_.scale;
        const auto& group = world_.catalogue.groups[stay.kind->group];
        const std::string_view payer = payer_of(stay.key);
        if (payer == "self_paying") {
            return charged;
        }
        const auto value = payer == "employee"   ? scale.point_value_employee
                           : payer == "resident" ? scale.point_value_resident
                                                 : scale.point_value_other;
        const Fen normal = group.weight * 108 / 100 * value / 1000;
        const auto per_mille = charged * 1000 / group.reference_charge;
        const auto paid = per_mille <= 500   ? normal * per_mille / 1000
                          : per_mille > 2000 ? normal * (per_mille - 1000) / 1000
                                             : normal;
        return (paid * 94 + charged * 6) / 100;  // some records are not coded, or not grouped
    }

    void write_encounter(const Stay& stay) {
        encounters_.row() += fmt::format(
            "{},inpatient,{},{},{},{},{},B{}\n", stay.code,
            world_.layout.departments[stay.department].code,
            world_.people.doctor(stay.admitted_to, stay.key >> 16U), date_text(stay.admitted),
            stay.discharged < month_.end ? date_text(stay.discharged) : std::string{},
            payer_of(stay.key), stay.code.substr(1));
        encounters_.end_row();
    }

    /// One in 300 of the stays that left last month, or began before this one, has a refund booked
    /// in this month for a line of the last.
    [[nodiscard]] bool refunded_late(const Stay& stay) const {
        const auto key = key_of(stay.key, static_cast<std::uint64_t>(month_.first));
        return stay.admitted < month_.first && key % 300 == 0 &&
               stay.discharged >= add_months(month_, -1).first;
    }

    /// The refund is booked on the 1st and stands before the lines of that day.
    void write_late_refund(const Stay& stay) {
        const auto last_day = std::min(stay.days(), month_.first - 1 - stay.admitted);
        const auto lines = charging_.day_of_stay(stay, last_day);
        for (const auto& line : lines) {
            if (world_.items.items[line.item].kind != Kind::service && line.quantity > 0) {
                Line refund = line;
                refund.quantity = -refund.quantity;
                refund.charge = -refund.charge;
                refund.refunded = -1;
                write_line(stay.code, (month_.first - stay.admitted) * 1000, month_.first, refund);
                return;
            }
        }
    }

    /// One record in 22 is still with the record office: a drawn one of each 22, so late in the
    /// first of them that at no moment more than one in twenty of those so far is.
    [[nodiscard]] bool still_uncoded() {
        constexpr std::int64_t kBlock = 22;
        const auto block = records_ / kBlock;
        const auto place = records_++ % kBlock;
        Random random(key_of(key_of(world_.seed, 0x0FF1CE + static_cast<std::uint64_t>(block)),
                             static_cast<std::uint64_t>(month_.first)));
        return place ==
               random.between(std::max<std::int64_t>(0, kBlock - 3 - 2 * block), kBlock - 1);
    }

    void write_record(const Stay& stay) {
        Random random(key_of(stay.key, 0xC0DE));
        const bool coded = !still_uncoded();
        pages_.add_discharge(stay, front_page_of(world_, stay), coded);
        if (coded) {
            write_pathway(stay, random);
        }
    }

    void write_pathway(const Stay& stay, Random& random) {
        if (!random.chance(600)) {
            return;
        }
        const bool eligible = random.chance(800);
        const bool entered = eligible && random.chance(880);
        const bool completed = entered && random.chance(920);
        const bool varied = entered && random.chance(110);
        pathways_.row() += fmt::format("{},{:d},{:d},{:d},{:d}\n", stay.code, eligible, entered,
                                       completed, varied);
        pathways_.end_row();
    }

    /// One visit to a clinic in thirty is made through the internet hospital.
    [[nodiscard]] bool is_online(const Visit& visit) const {
        return visit.key % 30 == 0 &&
               world_.layout.departments[visit.department].role == Role::clinic;
    }

    void write_visit(const Visit& visit) {
        encounters_.row() += fmt::format("{},outpatient,{},{},{},,{},\n", visit.code,
                                         world_.layout.departments[visit.department].code,
                                         world_.people.doctor(visit.department, visit.key >> 16U),
                                         dates_[static_cast<std::size_t>(visit.day - month_.first)],
                                         payer_of(visit.key));
        encounters_.end_row();
        ++tally_.visits[visit.department];
        tally_.online[visit.department] += is_online(visit) ? 1 : 0;
        write_day(visit.code, 0, visit.day, charging_.visit(visit));
    }

    /// Lines under codes that are in no register: late registrations (L) and check-ups (T),
    /// 0.3 % of the lines of an ordinary month together.
    void write_foreign(char letter, const std::vector<std::size_t>& departments,
                       std::int64_t per_mille) {
        const auto& scale = world_.scale;
        const auto lines = (scale.admissions * scale.days_tenths / 10 * scale.lines_per_day +
                            scale.visits * scale.lines_per_visit) *
                           per_mille / 1000;
        const auto days = month_.end - month_.first;
        for (std::int64_t at = 0; at < std::max<std::int64_t>(1, lines / 9); ++at) {
            const auto key = key_of(key_of(world_.seed, static_cast<std::uint64_t>(letter)),
                                    static_cast<std::uint64_t>(month_.first + at * 64));
            const auto day = month_.first + at * days / std::max<std::int64_t>(1, lines / 9);
            const auto department = departments[static_cast<std::size_t>(at) % departments.size()];
            write_day(fmt::format("{}{}{:05}", letter, compact_date(day), at + 1), 0, day,
                      charging_.check_up(department, key, 8));
        }
    }

    const World& world_;
    MonthSpan month_;
    Arrivals arrivals_;
    Charging charging_;
    Tally tally_;
    std::pair<std::size_t, std::size_t> bed_loan_;
    Stream encounters_;
    PageTables pages_;
    Stream lines_, pathways_;
    std::vector<std::string> dates_;
    std::int64_t records_ = 0;  ///< written so far
};

}  // namespace

Tally write_activity(const World& world, const MonthSpan& month,
                     const std::filesystem::path& folder, RowCounts& counts) {
    return ActivityWriter(world, month, folder).write(counts);
}

}  // namespace yuanliu::demo
