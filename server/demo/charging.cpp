// Why this file: spends the charges of a stay or visit on lines. Every category has a budget that
// is split over days and then over lines; what one line leaves over, the next one spends.
#include "server/demo/charging.hpp"

#include <algorithm>

namespace yuanliu::demo {
namespace {

/// Shares of the charges of a stay, per mille; what is left is bed, nursing and treatment.
struct Mix {
    std::int64_t drug, material, examination, laboratory, surgery, anaesthesia;
};

Mix mix_of(const Stay& stay, const SpecialtyTraits& traits) {
    if (stay.kind->in_theatre) {
        return {130 + traits.drug_tilt / 2,         455 + traits.material_tilt,      70, 70,
                stay.kind->by_catheter ? 130 : 150, stay.kind->by_catheter ? 10 : 55};
    }
    return {285 + traits.drug_tilt, 110 + traits.material_tilt / 2, 115, 150, 0, 0};
}

/// The part of a budget that falls on one day, when days weigh as `weight(day)`; running sums
/// make the days add up to the whole.
template <typename Weight>
Fen part_of_day(Fen budget, std::int64_t days, std::int64_t day, Weight weight) {
    std::int64_t before = 0;
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i <= days; ++i) {
        before += i < day ? weight(i) : 0;
        sum += weight(i);
    }
    if (sum == 0) {
        return 0;
    }
    return budget * (before + weight(day)) / sum - budget * before / sum;
}

}  // namespace

void Charging::begin() {
    lines_.clear();
}

std::size_t Charging::executing(const Scene& scene, const ServiceItem& item) const {
    const auto role = item.role;  // drugs and materials are the ward's: it uses them
    if (role == Role::ward) {
        return scene.ordering;
    }
    // Several laboratories share the tests by item, the other departments share the wards.
    const auto& layout = world_.layout;
    return role == Role::laboratory
               ? layout.serving(role, static_cast<std::size_t>(item.price / 10))
               : layout.serving(role, scene.ordering);
}

void Charging::add(Scene& scene, std::size_t item, std::int64_t quantity) {
    const auto& entry = world_.items.items[item];
    lines_.push_back(Line{.item = item,
                          .ordering = scene.ordering,
                          .executing = executing(scene, entry),
                          .physician = scene.physician,
                          .quantity = quantity,
                          .charge = entry.price * quantity});
}

void Charging::spend(Scene& scene, const Ladder& ladder, Fen budget, std::int64_t lines) {
    const Fen cheapest = ladder.prices.front();
    if (budget < cheapest) {
        if (budget <= 0 || scene.random.below(cheapest) >= budget) {
            return;
        }
        budget = cheapest;
    }
    lines = std::clamp<std::int64_t>(lines, 1, std::max<Fen>(1, budget / cheapest));
    const auto& entries = world_.items.items;
    for (; lines > 0 && budget >= cheapest; --lines) {
        const Fen mean = budget / lines;
        const Fen target = lines == 1 ? mean : mean * scene.random.between(300, 1700) / 1000;
        auto rung = ladder.pick(std::max(target, cheapest), scene.random);
        while (rung + 1 < ladder.items.size() &&
               ladder.prices[rung] * entries[ladder.items[rung]].most < target * 8 / 10) {
            ++rung;
        }
        const auto item = ladder.items[rung];
        const Fen price = ladder.prices[rung];
        const auto quantity =
            std::clamp<std::int64_t>((target + price / 2) / price, 1, entries[item].most);
        add(scene, item, quantity);
        budget -= price * quantity;
    }
}

/// Tests of one day: none is done twice, so a taken one gives way to its dearer neighbour.
void Charging::order_tests(Scene& scene, const Ladder& ladder, Fen budget, std::int64_t tests) {
    taken_.assign(ladder.items.size(), false);
    for (; tests > 0 && budget >= ladder.prices.front(); --tests) {
        const Fen target = budget / tests * scene.random.between(800, 2600) / 1000;
        auto rung = ladder.pick(std::max(target, ladder.prices.front()), scene.random);
        for (std::size_t tried = 0; taken_[rung] && tried < taken_.size(); ++tried) {
            rung = (rung + 1) % taken_.size();
        }
        if (taken_[rung] || ladder.prices[rung] > budget * 2) {
            continue;
        }
        taken_[rung] = true;
        add(scene, ladder.items[rung], 1);
        budget -= ladder.prices[rung];
    }
}

/// Examinations by their frequency; their number makes the budget true on average.
void Charging::examine(Scene& scene, const Requests& requests, Fen budget) {
    const auto hundredths = budget * 100 / std::max<Fen>(1, requests.mean);
    auto number = hundredths / 100 + (scene.random.below(100) < hundredths % 100 ? 1 : 0);
    const auto first = lines_.size();
    for (std::int64_t tries = number * 3; number > 0 && tries > 0; --tries) {
        const auto item = requests.draw(scene.random);
        const auto begin = lines_.begin() + static_cast<std::ptrdiff_t>(first);
        if (std::none_of(begin, lines_.end(),
                         [&](const Line& line) { return line.item == item; })) {
            add(scene, item, 1);
            --number;
        }
    }
}

void Charging::bedside(Scene& scene, const Stay& stay, Fen budget) {
    const auto& items = world_.items;
    const auto room = items.beds[(stay.key >> 8U) % 10 < 6 ? 0 : (stay.key >> 8U) % 10 < 9 ? 1 : 2];
    for (const auto item : {room, items.nursing_day, items.ward_round}) {
        add(scene, item, 1);
        budget -= items.items[item].price;
    }
    const auto lines = world_.scale.lines_per_day;
    spend(scene, items.nursing, budget * 45 / 100, lines * 13 / 100);
    spend(scene, shelf_of(stay.department).treatments, budget * 55 / 100, lines * 17 / 100);
}

void Charging::theatre(Scene& scene, const Stay& stay) {
    const auto& items = world_.items;
    const auto& layout = world_.layout;
    const auto specialty = layout.departments[stay.department].specialty;
    const auto mix = mix_of(stay, specialties()[static_cast<std::size_t>(specialty)]);
    const auto operation = items.operation_of_group[stay.kind->group];
    add(scene, operation, 1);
    if (!stay.kind->by_catheter) {
        spend(scene, shelf_of(stay.department).theatre,
              stay.charge * mix.surgery / 1000 - items.items[operation].price, 2);
    }
    spend(scene, items.anaesthesia, stay.charge * mix.anaesthesia / 1000, 3);
    if (layout.has(Role::blood) && scene.random.chance(300)) {
        add(scene, items.blood, scene.random.between(1, 3));
    }
    const auto kit = static_cast<std::size_t>(kit_of(specialty, stay.kind->procedure));
    spend(scene, items.kits[kit], stay.charge * mix.material / 1000 * 80 / 100, 7);
}

/// Refunds of the same day: the whole line, pointing to it.
void Charging::refund_some(Scene& scene) {
    const auto charged = lines_.size();
    for (std::size_t at = 0; at < charged; ++at) {
        if (scene.random.chance(15)) {
            Line refund = lines_[at];
            refund.quantity = -refund.quantity;
            refund.charge = -refund.charge;
            refund.refunded = static_cast<std::int64_t>(at);
            lines_.push_back(refund);
        }
    }
}

const std::vector<Line>& Charging::day_of_stay(const Stay& stay, std::int64_t day) {
    const auto& shelf = shelf_of(stay.department);
    const auto& traits = specialties()[static_cast<std::size_t>(
        world_.layout.departments[stay.department].specialty)];
    Scene scene{.ordering = stay.department,
                .physician = world_.people.doctor(stay.admitted_to, stay.key >> 16U),
                .inpatient = true,
                .random = Random(key_of(stay.key, static_cast<std::uint64_t>(day)))};
    begin();
    const auto days = stay.days();
    const auto mix = mix_of(stay, traits);
    const auto per_day = world_.scale.lines_per_day;
    const auto total = [&](std::int64_t per_mille) { return stay.charge * per_mille / 1000; };
    const auto share = [&](std::int64_t percent) {
        return std::max<std::int64_t>(1, per_day * percent / 100);
    };
    if (day < days) {
        const auto services = 1000 - mix.drug - mix.material - mix.examination - mix.laboratory -
                              mix.surgery - mix.anaesthesia;
        bedside(scene, stay, total(services) / days);
        const auto own_material = stay.kind->in_theatre
                                      ? total(mix.material) - total(mix.material) * 80 / 100
                                      : total(mix.material);
        spend(scene, shelf.materials, own_material / days, share(14));
        const auto tests = [&](std::int64_t i) {
            return i >= days ? 0 : i == 0 ? days + 1 : i % 2 == 0 ? 2 : 0;
        };
        const Fen laboratory = part_of_day(total(mix.laboratory), days, day, tests);
        if (laboratory > 0) {
            order_tests(scene, shelf.laboratory, laboratory,
                        share(24) * days * laboratory / std::max<Fen>(1, total(mix.laboratory)));
        }
        const auto scans = [&](std::int64_t i) {
            return i >= days ? 0 : i == 0 ? 6 : i == 1 ? 2 : i % 4 == 0 ? 2 : 0;
        };
        examine(scene, shelf.examinations, part_of_day(total(mix.examination), days, day, scans));
        if (stay.kind->in_theatre && day == std::min<std::int64_t>(2, days - 1)) {
            theatre(scene, stay);
        }
    }
    spend(scene, shelf.ward_drugs,
          part_of_day(total(mix.drug), days, day, [](std::int64_t) { return 1; }),
          day < days ? share(30) : 6);
    refund_some(scene);
    return lines_;
}

const std::vector<Line>& Charging::visit(const Visit& visit) {
    const auto& items = world_.items;
    Scene scene{.ordering = visit.department,
                .physician = world_.people.doctor(visit.department, visit.key >> 16U),
                .inpatient = false,
                .random = Random(key_of(visit.key, 1))};
    begin();
    if (world_.layout.departments[visit.department].role == Role::checkup) {
        return health_check(scene);
    }
    const auto& shelf = shelf_of(visit.department);
    auto& random = scene.random;
    const Fen mean = world_.scale.charge_per_visit * random.between(500, 1500) / 1000;
    const auto lines = world_.scale.lines_per_visit;
    add(scene, items.consultation, 1);
    if (random.chance(750)) {
        spend(scene, shelf.clinic_drugs, mean * 380 / 750,
              std::max<std::int64_t>(2, lines * 35 / 75));
        add(scene, items.dispensing, 1);
    }
    if (random.chance(400)) {
        order_tests(scene, shelf.laboratory, mean * 205 / 400, lines * 8 / 10);
    }
    if (random.chance(300)) {
        examine(scene, shelf.examinations, mean * 195 / 300);
    }
    if (random.chance(350)) {
        spend(scene, shelf.treatments, mean * 145 / 350, std::max<std::int64_t>(1, lines / 3));
    }
    if (random.chance(250)) {
        spend(scene, shelf.materials, mean * 45 / 250, std::max<std::int64_t>(1, lines / 4));
    }
    refund_some(scene);
    return lines_;
}

/// Screening: tests everyone can have, an ultrasound or an X-ray, and the physician's report.
const std::vector<Line>& Charging::health_check(Scene& scene) {
    const auto& items = world_.items;
    const Fen mean = world_.scale.charge_per_visit * scene.random.between(800, 1300) / 1000;
    add(scene, items.check_up, 1);
    order_tests(scene, items.check_up_tests, mean * 45 / 100, world_.scale.lines_per_visit);
    examine(scene, items.check_up_examinations, mean * 30 / 100);
    return lines_;
}

const std::vector<Line>& Charging::check_up(std::size_t department, std::uint64_t key,
                                            std::int64_t lines) {
    Scene scene{.ordering = department,
                .physician = world_.people.doctor(department, key >> 16U),
                .inpatient = false,
                .random = Random(key)};
    begin();
    const Fen line_budget = world_.scale.lines_per_day >= 100 ? 1800 : 3000;
    order_tests(scene, world_.items.check_up_tests, line_budget * lines, lines);
    return lines_;
}

}  // namespace yuanliu::demo
