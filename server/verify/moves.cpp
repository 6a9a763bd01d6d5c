// Walks the moves in order over what stands of every line.
#include "moves.hpp"

#include <algorithm>

#include "splitters.hpp"

namespace yuanliu_verify {

namespace {

// Line number, entry, where it stands.
using Pieces = std::map<std::tuple<std::size_t, bool, Spot>, Fen>;

struct Collected {
    Fen booked = 0;
    Fen out = 0;
    Fen in = 0;
    Fen direct = 0;
    Fen calculated = 0;
};

bool fits(const std::vector<std::string>& patterns, const std::string& text) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        return pattern == text ||
               (pattern.ends_with('*') &&
                text.compare(0, pattern.size() - 1, pattern, 0, pattern.size() - 1) == 0);
    });
}

class Walk {
  public:
    Walk(const Books& books, const std::vector<CostLine>& lines, const MoveWeights& weights,
         Derived& derived)
        : books_(books), lines_(lines), weights_(weights), derived_(derived) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const Spot spot{lines[i].department, lines[i].item, lines[i].fund, ""};
            collected_[spot].booked += lines[i].amount;
            if (lines[i].amount != 0) {
                pieces_[{i, false, spot}] = lines[i].amount;
            }
        }
    }

    void make(std::size_t number, const MoveRule& rule) {
        struct Taken {
            std::size_t line;
            bool calculated;
            Spot spot;
            Fen amount;
        };
        std::vector<Taken> taken;
        std::map<std::uint32_t, Fen> bills;
        for (auto& [key, amount] : pieces_) {
            const auto& [line, calculated, spot] = key;
            const Fen part =
                takes(rule, line, spot)
                    ? static_cast<Fen>(round_divide(multiply(amount, rule.share), 10'000))
                    : 0;
            if (part != 0) {
                taken.push_back({line, calculated, spot, part});
                add_to(bills[spot.department], part);
                amount -= part;
            }
        }
        Pieces put;
        for (const Taken& one : taken) {
            const Weights weights = weights_.of(rule, one.spot, bills[one.spot.department]);
            std::vector<Int128> list;
            Int128 total = 0;
            for (const auto& [spot, weight] : weights.of) {
                list.push_back(weight);
                total += weight;
            }
            const std::vector<Fen> shares = apportion(one.amount, list);
            std::size_t at = 0;
            for (const auto& [spot, weight] : weights.of) {
                const Fen share = shares[at++];
                if (share == 0) {
                    continue;
                }
                write(number, one.line, one.calculated, one.spot, spot, weights, weight, total,
                      one.amount, share);
                if (spot.department == Spot::kOut) {
                    add_to(derived_.figures.excluded, share);
                } else {
                    put[{one.line, one.calculated || rule.calculated, spot}] += share;
                }
            }
        }
        for (const auto& [key, amount] : put) {
            pieces_[key] += amount;
        }
        std::erase_if(pieces_, [](const auto& piece) { return piece.second == 0; });
    }

    Balances finish() {
        Balances direct(books_.departments.size());
        for (const auto& [key, amount] : pieces_) {
            const auto& [line, calculated, spot] = key;
            add_to(direct[spot.department][{spot.item, spot.fund, kDirect}], amount);
            add_to(derived_.figures.direct, amount);
            add_to(collected_[spot].direct, amount);
            add_to(collected_[spot].calculated, calculated ? amount : 0);
        }
        RowSet& table = derived_.tables["collected.csv"];
        for (const auto& [spot, sums] : collected_) {
            if (sums.booked != 0 || sums.out != 0 || sums.in != 0 || sums.calculated != 0) {
                table.text(books_.departments.code(spot.department));
                table.text(books_.cost_items.code(spot.item)).text(kFunds[spot.fund]);
                table.amount(sums.booked).amount(-sums.out).amount(sums.in).amount(sums.direct);
                table.amount(sums.calculated).end_row();
            }
        }
        return direct;
    }

  private:
    bool takes(const MoveRule& rule, std::size_t line, const Spot& spot) const {
        const Department& department = books_.department[spot.department];
        return (lists(rule.departments, books_.departments.code(spot.department)) ||
                lists(rule.departments, "class:" + department.department_class)) &&
               lists(rule.cost_items, books_.cost_items.code(spot.item)) &&
               lists(rule.cost_categories, kCategories[books_.cost_item[spot.item].category]) &&
               lists(rule.fund_sources, kFunds[spot.fund]) &&
               fits(rule.accounts, lines_[line].account) &&
               fits(rule.vouchers, lines_[line].voucher);
    }

    void write(std::size_t number, std::size_t line, bool calculated, const Spot& from,
               const Spot& to, const Weights& weights, Int128 weight, Int128 total, Fen pool,
               Fen share) {
        RowSet& table = derived_.tables["moves.csv"];
        table.count(static_cast<Int128>(number)).text(lines_[line].voucher);
        table.text(lines_[line].line).text(calculated ? "calculated" : "direct");
        table.text(books_.departments.code(from.department));
        table.text(books_.cost_items.code(from.item)).text(kFunds[from.fund]);
        const bool is_out = to.department == Spot::kOut;
        table.text(is_out ? std::string_view() : books_.departments.code(to.department));
        table.text(books_.cost_items.code(to.item)).text(kFunds[to.fund]).text(to.reason);
        table.text(weights.by).text(weights.driver).number(weight).number(total);
        table.amount(pool).amount(share).end_row();
        add_to(collected_[from].out, share);
        if (!is_out) {
            add_to(collected_[to].in, share);
        }
    }

    const Books& books_;
    const std::vector<CostLine>& lines_;
    const MoveWeights& weights_;
    Derived& derived_;
    Pieces pieces_;
    std::map<Spot, Collected> collected_;
};

}  // namespace

Balances derive_moves(const MonthFolder& month, const Books& books, const RulesFolder& rules,
                      const std::vector<CostLine>& lines, Derived& derived, Report& report) {
    const MoveWeights weights(month, books, rules, report);
    Walk walk(books, lines, weights, derived);
    for (std::size_t i = 0; i < rules.collection->size(); ++i) {
        const MoveRule& rule = (*rules.collection)[i];
        if ((rule.from.empty() || rule.from <= books.period) &&
            (rule.until.empty() || books.period <= rule.until)) {
            walk.make(i + 1, rule);
        }
    }
    return walk.finish();
}

}  // namespace yuanliu_verify
