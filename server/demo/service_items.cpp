// Why this file: makes the price list of a size from the lists of articles. Bed and nursing items
// carry a higher equivalent for their price than treatments, so they recover part of their cost.
#include "server/demo/service_items.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

namespace yuanliu::demo {
namespace {

struct Series {
    char letter;
    Kind kind;
    const char* charge_category;
    Role role;
    std::int64_t equivalent_percent;  ///< percent of a tenth of the price in yuan
    std::int64_t price_percent;
};

bool used_by(const char* fields, std::size_t specialty) {
    return fields[0] == '*' || std::strchr(fields, kSpecialtyLetters[specialty]) != nullptr;
}

class PriceList {
  public:
    explicit PriceList(const Scale& scale) : scale_(scale) {}

    std::size_t add(ServiceItem item) {
        auto& serial = serials_[static_cast<std::size_t>(item.code[0] - 'A')];
        item.code = fmt::format("{}{:05}", item.code[0], ++serial);
        list_.items.push_back(std::move(item));
        return list_.items.size() - 1;
    }

    std::size_t add_article(const Series& series, const std::string& name, const char* unit,
                            Fen list_price, std::int64_t most) {
        const Fen price = std::max<Fen>(10, list_price * series.price_percent / 1000 * 10);
        return add(ServiceItem{
            .code = std::string(1, series.letter),
            .name = name,
            .kind = series.kind,
            .charge_category = series.charge_category,
            .unit = unit,
            .role = series.role,
            .price = price,
            .equivalent = series.kind == Kind::service
                              ? std::max<std::int64_t>(1, price * series.equivalent_percent / 10)
                              : 0,
            .most = most});
    }

    /// Adds a list and puts every article on the ladders of the specialties that use it.
    void add_list(const Series& series, std::span<const Article> articles,
                  std::initializer_list<Ladder Shelf::*> ladders) {
        for (const auto& article : articles) {
            const auto item =
                add_article(series, article.name, article.unit, article.price, article.most);
            for (std::size_t i = 0; i < kSpecialties; ++i) {
                for (const auto ladder : ladders) {
                    if (used_by(article.fields, i)) {
                        (list_.shelves[i].*ladder).items.push_back(item);
                    }
                }
            }
        }
    }

    std::size_t add_single(const char* name, const char* category, const char* unit, Role role,
                           Fen price, std::int64_t equivalent_percent) {
        return add_article({'F', Kind::service, category, role, equivalent_percent, 100}, name,
                           unit, price, 1);
    }

    void arrange(Ladder& ladder) const {
        std::sort(ladder.items.begin(), ladder.items.end(), [&](std::size_t a, std::size_t b) {
            return std::pair(list_.items[a].price, a) < std::pair(list_.items[b].price, b);
        });
        for (const auto item : ladder.items) {
            ladder.prices.push_back(list_.items[item].price);
        }
        for (std::size_t i = 0; i < ladder.from_power.size(); ++i) {
            const auto bound = Fen{1} << i;
            const auto at = std::lower_bound(ladder.prices.begin(), ladder.prices.end(), bound);
            ladder.from_power[i] = static_cast<std::size_t>(at - ladder.prices.begin());
        }
    }

    void arrange_all() {
        for (auto& shelf : list_.shelves) {
            for (auto* ladder : {&shelf.ward_drugs, &shelf.clinic_drugs, &shelf.materials,
                                 &shelf.laboratory, &shelf.treatments, &shelf.theatre}) {
                arrange(*ladder);
            }
        }
        for (auto& kit : list_.kits) {
            arrange(kit);
        }
        arrange(list_.nursing);
        arrange(list_.anaesthesia);
        arrange(list_.check_up_tests);
    }

    [[nodiscard]] const Scale& scale() const { return scale_; }
    ServiceItems& list() { return list_; }

  private:
    const Scale& scale_;
    ServiceItems list_;
    std::array<int, 26> serials_{};
};

/// Of a thousand examinations, how many are of the modality.
std::int64_t frequency_of(Role role) {
    switch (role) {
        case Role::electrocardiogram:
            return 190;
        case Role::xray:
            return 185;
        case Role::ultrasound:
            return 310;
        case Role::ct:
            return 140;
        case Role::mri:
            return 42;
        case Role::endoscopy:
            return 75;
        case Role::pathology:
            return 75;
        default:
            return 6;
    }
}

void request(Requests& requests, std::size_t item, Fen price, std::int64_t frequency) {
    const auto before = requests.running.empty() ? 0 : requests.running.back();
    requests.mean = (requests.mean * before + price * frequency) / (before + frequency);
    requests.items.push_back(item);
    requests.running.push_back(before + frequency);
}

void add_examinations(const Layout& layout, PriceList& prices) {
    std::array<std::map<Role, std::int64_t>, kSpecialties> alike;
    for (const auto& entry : examinations()) {
        for (std::size_t i = 0; i < kSpecialties; ++i) {
            alike[i][entry.role] += used_by(entry.fields, i) ? 1 : 0;
        }
    }
    for (const auto& entry : examinations()) {
        if (!layout.has(entry.role)) {
            continue;
        }
        const Series series{'E',        Kind::service, "examination",
                            entry.role, 100,           prices.scale().price_percent};
        const auto item = prices.add_article(series, entry.name, "次", entry.price, 1);
        const auto price = prices.list().items[item].price;
        for (std::size_t i = 0; i < kSpecialties; ++i) {
            if (used_by(entry.fields, i)) {
                request(prices.list().shelves[i].examinations, item, price,
                        frequency_of(entry.role) * 60 / alike[i][entry.role]);
            }
        }
        const bool screening =
            entry.fields[0] == '*' || (entry.role == Role::ultrasound && entry.fields[0] == 'G');
        if (screening) {
            request(prices.list().check_up_examinations, item, price, 1);
        }
    }
}

void add_bedside(PriceList& prices) {
    auto& list = prices.list();
    const auto& scale = prices.scale();
    constexpr const char* kBeds[] = {"三人间床位费", "双人间床位费", "单人间床位费"};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto price = scale.bed_price * (6 + 4 * static_cast<Fen>(i)) / 10;
        list.beds[i] = prices.add_single(kBeds[i], "bed", "床日", Role::ward, price, 145);
    }
    list.nursing_day =
        prices.add_single("分级护理", "nursing", "日", Role::ward, scale.bed_price * 3 / 10, 150);
    list.ward_round =
        prices.add_single("住院诊查费", "consultation", "日", Role::ward, scale.bed_price / 4, 110);
    list.consultation =
        prices.add_single("门诊诊查费", "consultation", "次", Role::ward, scale.bed_price / 4, 110);
    list.blood = prices.add_single("悬浮红细胞输注", "treatment", "单位", Role::blood, 22000, 100);
    list.dispensing = prices.add_single("药事服务费", "other", "次", Role::ward, 100, 100);
    list.check_up = prices.add_single("健康体检一般检查与总检", "other", "人次", Role::ward,
                                      80 * scale.price_percent, 100);
    const auto percent = scale.price_percent;
    for (const auto& article : nursing_services()) {
        list.nursing.items.push_back(
            prices.add_article({'N', Kind::service, "nursing", Role::ward, 145, percent},
                               article.name, article.unit, article.price, article.most));
    }
    prices.add_list({'T', Kind::service, "treatment", Role::ward, 80, percent},
                    treatment_services(), {&Shelf::treatments});
}

void add_operations(const Layout& layout, const Catalogue& catalogue, PriceList& prices) {
    auto& list = prices.list();
    list.operation_of_group.assign(catalogue.groups.size(), 0);
    std::map<std::string, std::size_t> by_procedure;
    for (const auto& cases : catalogue.cases) {
        for (const auto& kind : cases) {
            if (!kind.in_theatre) {
                continue;
            }
            auto& item = by_procedure[kind.procedure];
            if (item == 0) {
                const bool catheter = kind.by_catheter && layout.has(Role::catheter);
                const auto& group = catalogue.groups[kind.group];
                item =
                    prices.add_article({catheter ? 'K' : 'S', Kind::service, "surgery",
                                        catheter ? Role::catheter : Role::operating, 100, 100},
                                       catalogue.procedure_name(kind.procedure) + "术", "次",
                                       group.expected_charge * kOperationShare / 100000 * 100, 1);
            }
            list.operation_of_group[kind.group] = item;
        }
    }
}

void add_theatre(const Layout& layout, PriceList& prices) {
    auto& list = prices.list();
    const auto percent = prices.scale().price_percent;
    const auto anaesthesia = layout.has(Role::anaesthesia) ? Role::anaesthesia : Role::operating;
    for (const auto& article : anaesthesia_services()) {
        list.anaesthesia.items.push_back(
            prices.add_article({'A', Kind::service, "surgery", anaesthesia, 100, percent},
                               article.name, article.unit, article.price, article.most));
    }
    prices.add_list({'S', Kind::service, "surgery", Role::operating, 100, percent},
                    theatre_services(), {&Shelf::theatre});
    for (const auto& implant : implants()) {
        const auto item = prices.add_article({'I', Kind::material, "material", Role::ward, 0, 100},
                                             implant.name, "件", implant.price, implant.most);
        for (std::size_t kit = 0; kit < kKits; ++kit) {
            if (implant.kit == Kit::minor || static_cast<std::size_t>(implant.kit) == kit) {
                list.kits[kit].items.push_back(item);
            }
        }
    }
}

}  // namespace

std::size_t Ladder::pick(Fen target, Random& random) const {
    std::size_t power = 0;
    while (power + 1 < from_power.size() && (Fen{2} << power) <= target) {
        ++power;
    }
    const auto low = from_power[power < 3 ? 0 : power - 3];
    const auto high = from_power[std::min(power + 1, from_power.size() - 1)];
    if (low >= high) {
        return low == 0 ? 0 : low - 1;
    }
    return low + static_cast<std::size_t>(random.below(static_cast<std::int64_t>(high - low)));
}

std::size_t Requests::draw(Random& random) const {
    const auto ticket = random.below(running.back());
    return items[static_cast<std::size_t>(std::upper_bound(running.begin(), running.end(), ticket) -
                                          running.begin())];
}

ServiceItems build_service_items(const Scale& scale, const Layout& layout,
                                 const Catalogue& catalogue) {
    PriceList prices(scale);
    add_bedside(prices);
    add_theatre(layout, prices);
    add_operations(layout, catalogue, prices);
    add_examinations(layout, prices);
    auto& list = prices.list();
    const auto percent = scale.price_percent;
    prices.add_list({'L', Kind::service, "laboratory", Role::laboratory, 100, percent},
                    laboratory_tests(), {&Shelf::laboratory});
    for (std::size_t i = 0; i < laboratory_tests().size(); ++i) {
        if (laboratory_tests()[i].fields[0] == '*') {
            list.check_up_tests.items.push_back(list.items.size() - laboratory_tests().size() + i);
        }
    }
    const Series drugs{'D', Kind::drug, "drug", Role::ward, 0, 100};
    prices.add_list(drugs, injections(), {&Shelf::ward_drugs});
    prices.add_list(drugs, boxed_drugs(), {&Shelf::ward_drugs, &Shelf::clinic_drugs});
    prices.add_list({'C', Kind::material, "material", Role::ward, 0, 100}, consumables(),
                    {&Shelf::materials});
    prices.arrange_all();
    return std::move(list);
}

}  // namespace yuanliu::demo
