// Why this file: what unit cost and patient cost of a large month take: 10 million generated lines,
// by the engine's own functions (costing/patient), on 1 and 2 threads, as totals, with 7 cost items
// x 5 fund sources, and with a quarter of the departments divided by activities. Prints lines per
// second, bytes per line and the ratio to reading the columns once. Fails (exit 1) unless cost in =
// cost out to the fen, every patient's total is that of a plain second computation, and 1 and 2
// threads give the same hash. No time is judged. Built with -DYUANLIU_BENCH=ON.
//
// usage: patient_cost_bench [LINES [TURNS]]
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "costing/base/cumulative_split.hpp"
#include "costing/patient/patient_cost.hpp"
#include "server/text/sha256.hpp"
#include "server/usecase/thread_loop.hpp"

namespace {

using namespace yuanliu;           // NOLINT(google-build-using-namespace): a program, not a header
using namespace yuanliu::costing;  // NOLINT(google-build-using-namespace): as above

constexpr std::size_t kDepartments = 200;
constexpr std::size_t kItems = 3000;
constexpr std::size_t kItemsOfDepartment = 120;
constexpr std::int64_t kLinesOfEncounter = 50;

/// The same sequence everywhere (splitmix64).
class Dice {
  public:
    std::int64_t below(std::int64_t bound) {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(bound));
    }

  private:
    std::uint64_t state_ = 20261122;
};

ServiceKind kind_at(std::size_t item) {
    return item % 20 < 12   ? ServiceKind::service
           : item % 20 < 17 ? ServiceKind::drug
                            : ServiceKind::material;
}

/// Dictionaries; cost items are `categories` for each kind of pool.
Month empty_month(std::size_t categories, Dice& dice) {
    Month month;
    for (std::size_t d = 0; d < kDepartments; ++d) {
        month.departments.push_back({.code = fmt::format("D{:04}", d), .name = {}});
    }
    for (std::size_t i = 0; i < kItems; ++i) {
        const bool is_service = kind_at(i) == ServiceKind::service;
        month.service_items.push_back(
            {.code = fmt::format("S{:05}", i),
             .name = {},
             .kind = kind_at(i),
             .charge_category = ChargeCategory::other,
             .unit = {},
             .equivalent = Quantity::from_raw(is_service ? 1'000 + dice.below(500'000) : 0)});
        if (is_service) {
            month.item_drivers.push_back({.item_driver = "minutes",
                                          .department = {},
                                          .service_item = ServiceItemId(i),
                                          .value = Quantity::from_raw(1 + dice.below(600'000))});
        }
    }
    for (const PoolKind kind : {PoolKind::service, PoolKind::drug, PoolKind::material}) {
        for (std::size_t c = 0; c < categories; ++c) {
            month.cost_items.push_back({.code = fmt::format("C{:03}", month.cost_items.size()),
                                        .name = {},
                                        .category = static_cast<CostCategory>(c),
                                        .traced_to = kind});
        }
    }
    return month;
}

/// Stays of about 50 lines in a handful of departments, each with its own shelf of items; one line
/// in 100 is a refund.
void add_lines(Month& month, std::int64_t lines, Dice& dice) {
    ChargeLines& out = month.charge_lines;
    const auto reserve = static_cast<std::size_t>(lines);
    out.encounter.reserve(reserve);
    out.service_item.reserve(reserve);
    out.executing.reserve(reserve);
    out.ordering.reserve(reserve);
    out.quantity.reserve(reserve);
    out.charge.reserve(reserve);
    out.source_row.reserve(reserve);
    std::array<std::size_t, 6> used{};
    while (std::ssize(out.encounter) < lines) {
        const EncounterId encounter(month.encounters.size());
        Encounter stay;
        stay.code = fmt::format("E{:08}", encounter.index());
        stay.kind = EncounterKind::inpatient;
        stay.department = DepartmentId(std::size_t{0});
        month.encounters.push_back(std::move(stay));
        for (std::size_t& department : used) {
            department = static_cast<std::size_t>(dice.below(kDepartments));
        }
        const std::int64_t count = 1 + dice.below(2 * kLinesOfEncounter);
        for (std::int64_t i = 0; i < count && std::ssize(out.encounter) < lines; ++i) {
            const std::size_t department = used[static_cast<std::size_t>(dice.below(6))];
            const std::size_t item =
                (department * 37 + static_cast<std::size_t>(dice.below(kItemsOfDepartment))) %
                kItems;
            const std::int64_t sign = dice.below(100) == 0 ? -1 : 1;
            const std::int64_t quantity = 1 + dice.below(5);
            out.encounter.push_back(encounter);
            out.service_item.emplace_back(item);
            out.executing.emplace_back(department);
            out.ordering.emplace_back(used[0]);
            out.quantity.push_back(Quantity::from_raw(sign * quantity * 10'000));
            out.charge.push_back(Money::from_raw(sign * quantity * (50 + dice.below(30'000))));
            out.source_row.push_back(static_cast<std::uint32_t>(out.source_row.size() + 2));
        }
    }
}

Balances balances_of(const Month& month, std::size_t funds, Dice& dice) {
    Balances balances(month.departments.size(), month.cost_items.size());
    for (std::size_t d = 0; d < kDepartments; ++d) {
        for (std::size_t c = 0; c < month.cost_items.size(); ++c) {
            for (std::size_t f = 0; f < funds; ++f) {
                balances.at(DepartmentId(d), {.cost_item = CostItemId(c),
                                              .fund = static_cast<FundSource>(f),
                                              .origin = Origin::direct}) =
                    Money::from_raw(1 + dice.below(100'000'000));
            }
        }
    }
    return balances;
}

/// Every fourth department has three activities, two by minutes and one by equivalents.
CostingSettings divide_some(Month& month) {
    CostingSettings settings;
    MethodRule rule{.departments = {}, .method = ItemMethod::activity, .item_driver = {}};
    for (std::size_t d = 0; d < kDepartments; d += 4) {
        rule.departments.push_back(month.departments[d].code);
        for (const char* code : {"a", "b", "c"}) {
            const bool by_minutes = code[0] != 'c';
            month.activities.push_back(
                {.department = DepartmentId(d),
                 .code = code,
                 .name = {},
                 .measure = by_minutes ? Measure::item_driver : Measure::equivalent,
                 .item_driver = by_minutes ? "minutes" : ""});
            month.activity_readings.push_back({.department = DepartmentId(d),
                                               .resource_driver = "hours",
                                               .activity = code,
                                               .value = Quantity::from_raw(10'000)});
        }
    }
    settings.methods = {rule};
    settings.resources = {{.departments = {"*"},
                           .cost_categories = {"*"},
                           .cost_items = {"*"},
                           .resource_drivers = {"hours"}}};
    return settings;
}

/// Five columns summed: what any computation over the lines must at least do.
std::int64_t read_once(const ChargeLines& lines) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        sum += lines.encounter[i].value() + lines.service_item[i].value() +
               lines.executing[i].value() + lines.quantity[i].raw() + lines.charge[i].raw();
    }
    return sum;
}

constexpr std::size_t kBytesRead = 3 * sizeof(std::uint32_t) + 2 * sizeof(std::int64_t);

class Watch {
  public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Of several turns: by the clock, and what the processors worked (other programs don't count).
struct Times {
    std::vector<double> seconds;
    std::vector<double> cpu;
    [[nodiscard]] double median() const { return seconds[seconds.size() / 2]; }
    [[nodiscard]] double median_cpu() const { return cpu[cpu.size() / 2]; }
};

template <class Work>
Times timed(int turns, Work work) {
    Times times;
    for (int i = 0; i < turns; ++i) {
        const Watch watch;
        const std::clock_t before = std::clock();
        work();
        times.cpu.push_back(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
        times.seconds.push_back(watch.seconds());
    }
    std::sort(times.seconds.begin(), times.seconds.end());
    std::sort(times.cpu.begin(), times.cpu.end());
    return times;
}

void require(bool holds, const std::string& what) {
    if (!holds) {
        throw std::runtime_error(what);
    }
}

/// Cost in = with patients + unallocated + idle, and with items likewise; nothing is parked here.
void check_conserved(const Balances& balances, const PatientCosting& out) {
    Money patients =
        std::accumulate(out.month_costs.cost.begin(), out.month_costs.cost.end(), Money());
    Money items;
    Money not_borne;
    for (const PoolResult& pool : out.pools) {
        not_borne += pool.not_borne;
        for (const ServiceItemCost& item : pool.items) {
            items += item.cost;
        }
    }
    const Money in = balances.total();
    fmt::print("    cost in {} = patients {} + not borne {}\n", in.text(), patients.text(),
               not_borne.text());
    require(in == patients + not_borne, "cost in is not cost with patients");
    require(in == items + not_borne, "cost in is not cost with items");
}

/// The totals of patients once more, without netting by sorting: weights of a stay in each pool are
/// gathered item by item in a table of the stay. For plain pools only.
void check_totals(const Month& month, const PatientCosting& out) {
    struct Net {
        std::uint64_t key;
        std::int64_t quantity, charge;
    };
    const ChargeLines& lines = month.charge_lines;
    std::vector<std::int64_t> running(kDepartments * 3);
    std::vector<Money> cost(kDepartments * 3);
    std::vector<std::int64_t> sum(kDepartments * 3);
    for (const PoolResult& pool : out.pools) {
        cost[pool.department.index() * 3 + static_cast<std::size_t>(pool.kind)] = pool.cost;
        sum[pool.department.index() * 3 + static_cast<std::size_t>(pool.kind)] = pool.weight;
    }
    std::vector<Net> stay;
    std::vector<std::int64_t> weights(kDepartments * 3);
    for (std::size_t at = 0, e = 0; e < month.encounters.size(); ++e) {
        stay.clear();
        std::fill(weights.begin(), weights.end(), 0);
        for (; at < lines.size() && lines.encounter[at].index() == e; ++at) {
            const std::uint64_t key = (std::uint64_t{lines.executing[at].value()} << 32U) |
                                      lines.service_item[at].value();
            auto found = std::find_if(stay.begin(), stay.end(),
                                      [&](const Net& net) { return net.key == key; });
            if (found == stay.end()) {
                found = stay.insert(stay.end(), {.key = key, .quantity = 0, .charge = 0});
            }
            found->quantity += lines.quantity[at].raw();
            found->charge += lines.charge[at].raw();
        }
        for (const Net& net : stay) {
            const ServiceItem& item = month.service_items[net.key & 0xFFFFFFFFU];
            const PoolKind kind = pool_of(item.kind);
            const std::int64_t units = kind == PoolKind::service ? net.quantity : net.charge;
            weights[(net.key >> 32U) * 3 + static_cast<std::size_t>(kind)] +=
                std::max<std::int64_t>(units, 0) *
                (kind == PoolKind::service ? item.equivalent.raw() : 1);
        }
        Money total;
        for (std::size_t pool = 0; pool < weights.size(); ++pool) {
            if (weights[pool] > 0) {
                total += Money::from_raw(split_between(cost[pool].raw(), running[pool],
                                                       running[pool] + weights[pool], sum[pool]));
                running[pool] += weights[pool];
            }
        }
        require(total == out.stays[e].month_cost,
                "patient " + month.encounters[e].code + " has another total");
    }
}

std::string hash_of(const PatientCosting& out) {
    text::Sha256 sum;
    const auto add = [&](const auto& values) {
        sum.update(
            {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0])});
    };
    add(out.month_costs.offset);
    add(out.month_costs.rank);
    add(out.month_costs.cost);
    for (const PoolResult& pool : out.pools) {
        for (const ServiceItemCost& item : pool.items) {
            add(std::array{item.quantity.raw(), item.weight, item.charge.raw(), item.cost.raw(),
                           item.unit_cost ? item.unit_cost->raw() : -1});
        }
    }
    return sum.hex();
}

struct Grain {
    const char* name;
    std::size_t categories, funds;
    bool by_activities;
};

void print_times(const Times& times, unsigned threads, std::int64_t count, const Times& once) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto lines = static_cast<double>(count);
    fmt::print(
        "  {} thread{}: {:.3f} s (best {:.3f}, worst {:.3f}; processors {:.3f} s), {:.2f} M "
        "lines/s, {:.1f} times reading once (by processors {:.1f}), {:.0f} bytes a line at "
        "most in use\n",
        threads, threads == 1 ? " " : "s", times.median(), times.seconds.front(),
        times.seconds.back(), times.median_cpu(), lines / times.median() / 1e6,
        times.median() / once.median(), times.median_cpu() / once.median_cpu(),
        static_cast<double>(usage.ru_maxrss) * 1024 / lines);
}

void measure(const Grain& grain, std::int64_t count, int turns) {
    Dice dice;
    Month month = empty_month(grain.categories, dice);
    add_lines(month, count, dice);
    const Balances balances = balances_of(month, grain.funds, dice);
    const CostingSettings settings = grain.by_activities ? divide_some(month) : CostingSettings{};
    std::int64_t sum = 0;
    const Times once = timed(turns, [&] { sum += read_once(month.charge_lines); });
    fmt::print(
        "{}: {} lines, {} encounters; five columns of {} bytes a line read once in {:.4f} s "
        "(sum {})\n",
        grain.name, count, month.encounters.size(), kBytesRead, once.median(), sum);
    std::string first;
    for (const unsigned threads : {1U, 2U}) {
        const ParallelFor loop = usecase::make_thread_loop(threads);
        PatientCosting out;
        const Times times = timed(turns, [&] {
            out = PatientCosting();
            out = cost_patients(month, balances, loop, settings);
        });
        require(!has_stop(out.findings), "the engine stopped");
        print_times(times, threads, count, once);
        const std::string hash = hash_of(out);
        require(threads == 1 || hash == first, "two threads give another result than one");
        if (threads == 1) {
            first = hash;
            check_conserved(balances, out);
            if (!grain.by_activities) {
                check_totals(month, out);
                fmt::print("    each of {} patients has the total of a second, plain computation\n",
                           month.encounters.size());
            }
            fmt::print("    result {}\n", hash);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::int64_t lines = argc > 1 ? std::atoll(argv[1]) : 10'000'000;
    const int turns = argc > 2 ? std::atoi(argv[2]) : 5;
    if (lines < 1 || turns < 1) {
        fmt::print(stderr, "usage: patient_cost_bench [LINES [TURNS]]\n");
        return 2;
    }
    try {
        for (const Grain& grain :
             {Grain{"totals", 1, 1, false}, Grain{"7 cost items x 5 fund sources", 7, 5, false},
              Grain{"the same, a quarter of the departments by activities", 7, 5, true}}) {
            measure(grain, lines, turns);
        }
    } catch (const std::exception& error) {
        fmt::print("FAILED: {}\n", error.what());
        return 1;
    }
    return 0;
}
