// Nets charge lines by encounter, department and item. The rows of one encounter stand together in
// canonical order, so one encounter at a time is enough.
#include "charges.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "fields.hpp"

namespace yuanliu_verify {

namespace {

constexpr const char* kChargeLines = "month charge_lines.csv";
constexpr std::size_t kDate = 2;
constexpr std::size_t kItem = 3;
constexpr std::size_t kOrdering = 4;
constexpr std::size_t kExecuting = 5;
constexpr std::size_t kQuantity = 7;
constexpr std::size_t kCharge = 8;

struct Line {
    std::uint32_t department = 0;
    std::uint32_t item = 0;
    std::int64_t quantity = 0;
    Fen charge = 0;
};

class ChargeReader {
  public:
    ChargeReader(const Books& books, const std::vector<Method>& methods, Derived& derived,
                 Report& report)
        : books_(books), derived_(derived), report_(report) {
        for (const Method& method : methods) {
            charges_.divided.push_back(method.name != "equivalent");
        }
        charges_.month_charge.resize(books.encounters.size(), 0);
        charges_.pool_weight.resize(std::size_t{books.departments.size()} * kPools.size(), 0);
        parked_weight_.resize(charges_.pool_weight.size(), 0);
    }

    Charges read(const Table& table) {
        std::string_view stay_text;
        std::uint32_t encounter = CodeBook::kUnknown;
        Fields fields;
        for (const std::string_view row : table.rows()) {
            fields.split(row);
            const std::string_view text = leading_fields(row, 1);
            if (text != stay_text) {
                close_stay(encounter);
                stay_text = text;
                encounter = books_.encounters.find(fields[0]);
            }
            take_line(fields, encounter);
        }
        close_stay(encounter);
        finish_entries();
        return std::move(charges_);
    }

  private:
    void take_line(const Fields& fields, std::uint32_t encounter) {
        Line line;
        line.item =
            known(books_.service_items, fields[kItem], kChargeLines, "service_item", report_);
        line.department = known(books_.departments, fields[kExecuting], kChargeLines,
                                "executing_department", report_);
        known(books_.departments, fields[kOrdering], kChargeLines, "ordering_department", report_);
        if (fields[kDate] > std::string_view(books_.last_day)) {
            report_.difference(kChargeLines, fmt::format("{} {} is charged after the month's end",
                                                         fields[0], fields[1]));
        }
        line.quantity = fields.number(kQuantity);
        line.charge = fields.amount(kCharge);
        Figures& figures = derived_.figures;
        const Fen size = line.charge < 0 ? -line.charge : line.charge;
        add_to(figures.all_absolute, size);
        if (encounter == CodeBook::kUnknown) {
            ++figures.parked_lines;
            add_to(figures.parked_charge, line.charge);
            add_to(figures.parked_absolute, size);
            RowSet& parked = derived_.tables["parked.csv"];
            parked.text(fields[0]).text(fields[1]).text(fields[kDate]).text(fields[kItem]);
            parked.text(fields[kExecuting]).number(line.quantity).amount(line.charge).end_row();
        } else {
            add_to(charges_.month_charge[encounter], line.charge);
        }
        if (line.item != CodeBook::kUnknown && line.department != CodeBook::kUnknown) {
            lines_.push_back(line);
        }
    }

    // Nets the lines of one encounter and adds their weights to its pools.
    void close_stay(std::uint32_t encounter) {
        const auto key = [](const Line& line) {
            return std::make_tuple(line.department, line.item);
        };
        std::sort(lines_.begin(), lines_.end(),
                  [&](const Line& a, const Line& b) { return key(a) < key(b); });
        const std::size_t first_entry = charges_.entries.size();
        for (std::size_t i = 0; i < lines_.size();) {
            const Line& first = lines_[i];
            Int128 quantity = 0;
            Fen charge = 0;
            for (; i < lines_.size() && key(lines_[i]) == key(first); ++i) {
                quantity += lines_[i].quantity;
                add_to(charge, lines_[i].charge);
            }
            const ServiceItem& item = books_.service_item[first.item];
            if (item.pool == 0 && charges_.divided[first.department]) {
                take_divided(encounter, first, quantity, charge);
                continue;
            }
            const Int128 net = item.pool == 0 ? multiply(quantity, item.equivalent) : charge;
            const Int128 weight = std::max<Int128>(net, 0);
            ItemUse& use = charges_.item_use[(std::uint64_t{first.department} << 32U) | first.item];
            use.quantity += quantity;
            use.weight += weight;
            add_to(use.charge, charge);
            const auto pool =
                static_cast<std::uint32_t>(first.department * kPools.size() + item.pool);
            add_weight(pool, encounter, weight, first_entry);
        }
        lines_.clear();
    }

    void take_divided(std::uint32_t encounter, const Line& first, Int128 quantity, Fen charge) {
        ItemUse& use = charges_.item_use[(std::uint64_t{first.department} << 32U) | first.item];
        use.quantity += quantity;
        add_to(use.charge, charge);
        const std::uint32_t entry =
            encounter == CodeBook::kUnknown ? books_.encounters.size() : encounter;
        charges_.divided_rows.push_back({entry, first.department, first.item, quantity, charge});
    }

    void add_weight(std::uint32_t pool, std::uint32_t encounter, Int128 weight,
                    std::size_t first_entry) {
        if (weight == 0) {
            return;
        }
        charges_.pool_weight[pool] += weight;
        if (encounter == CodeBook::kUnknown) {
            parked_weight_[pool] += weight;
            return;
        }
        for (std::size_t i = first_entry; i < charges_.entries.size(); ++i) {
            if (charges_.entries[i].pool == pool) {
                charges_.entries[i].weight += weight;
                return;
            }
        }
        charges_.entries.push_back({pool, encounter, weight});
    }

    // All parked lines together are one entry, after all encounters.
    void finish_entries() {
        for (std::uint32_t pool = 0; pool < parked_weight_.size(); ++pool) {
            if (parked_weight_[pool] != 0) {
                charges_.entries.push_back({pool, books_.encounters.size(), parked_weight_[pool]});
            }
        }
        std::sort(charges_.entries.begin(), charges_.entries.end(),
                  [](const PoolEntry& a, const PoolEntry& b) {
                      return std::tie(a.pool, a.encounter) < std::tie(b.pool, b.encounter);
                  });
    }

    const Books& books_;
    Derived& derived_;
    Report& report_;
    Charges charges_;
    std::vector<Int128> parked_weight_;
    std::vector<Line> lines_;
};

}  // namespace

Charges derive_charges(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                       const std::vector<Method>& methods, Derived& derived, Report& report) {
    ChargeReader reader(books, methods, derived, report);
    Charges charges = reader.read(month.table("charge_lines.csv"));
    const Figures& figures = derived.figures;
    if (multiply(figures.parked_absolute, 10'000) >
        multiply(figures.all_absolute, rules.max_parked_share)) {
        report.difference(kChargeLines, "more is parked than max_parked_share allows");
    }
    return charges;
}

}  // namespace yuanliu_verify
