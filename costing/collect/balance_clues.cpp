// Why this file: see balance_clues.hpp.
#include "costing/collect/balance_clues.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

namespace yuanliu::costing {
namespace {

constexpr std::size_t kMostOfKind = 20;
constexpr std::size_t kMostGaps = 3;

/// The number of a line code that is all digits; -1 for any other.
std::int64_t number_of(const std::string& code) {
    std::int64_t number = -1;
    const char* end = code.data() + code.size();
    const auto read = std::from_chars(code.data(), end, number);
    return read.ec == std::errc() && read.ptr == end && number >= 0 ? number : -1;
}

/// The number as codes of this voucher are written, zeros in front kept.
std::string code_like(const std::string& code, std::int64_t number) {
    std::string text = std::to_string(number);
    return text.size() < code.size() ? std::string(code.size() - text.size(), '0') + text : text;
}

/// Whether two neighbouring digits of one amount changed places in the other.
bool is_transposed(Money left, Money right) {
    std::string a = left.text();
    const std::string b = right.text();
    a.erase(std::remove(a.begin(), a.end(), '.'), a.end());
    std::string other = b;
    other.erase(std::remove(other.begin(), other.end(), '.'), other.end());
    if (a.size() != other.size() || a == other) {
        return false;
    }
    for (std::size_t i = 0; i + 1 < a.size(); ++i) {
        std::string swapped = a;
        std::swap(swapped[i], swapped[i + 1]);
        if (swapped == other) {
            return true;
        }
    }
    return false;
}

bool is_shifted(Money left, Money right) {
    return !left.is_zero() && !right.is_zero() &&
           (Int128{left.raw()} * 10 == right.raw() || Int128{right.raw()} * 10 == left.raw());
}

class ClueSearch {
  public:
    ClueSearch(const Month& month, std::span<const BalanceLine> compared, const BalanceLine& line)
        : month_(month), compared_(compared), difference_(line.difference()) {
        for (std::size_t i = 0; i < month.ledger.size(); ++i) {
            const LedgerLine& row = month.ledger[i];
            if (row.account == line.account && (!line.fund || *line.fund == row.fund)) {
                rows_.push_back(i);
            }
        }
    }

    std::vector<BalanceClue> search() {
        for (const std::size_t i : rows_) {
            look_at(i);
        }
        look_for_gaps();
        if (found_.empty()) {
            look_for_pairs();
        }
        if (found_.size() == count_[Clue::missing_line]) {
            for (const std::size_t i : rows_) {
                found_.push_back({.clue = Clue::unexplained, .lines = {i}, .missing = {}});
            }
        }
        std::stable_sort(found_.begin(), found_.end(),
                         [](const auto& a, const auto& b) { return a.clue < b.clue; });
        return std::move(found_);
    }

  private:
    void add(Clue clue, std::vector<std::size_t> lines, std::string missing = {}) {
        if (++count_[clue] <= kMostOfKind) {
            found_.push_back(
                {.clue = clue, .lines = std::move(lines), .missing = std::move(missing)});
        }
    }

    void look_at(std::size_t i) {
        const LedgerLine& row = month_.ledger[i];
        const Money instead = row.amount - difference_;  // what would make the account agree
        if (row.amount == difference_) {
            look_at_single(i);
        } else if (instead == -row.amount) {
            add(Clue::wrong_sign, {i});
        } else if (is_transposed(row.amount, instead)) {
            add(Clue::transposed, {i});
        } else if (is_shifted(row.amount, instead)) {
            add(Clue::shifted, {i});
        }
    }

    void look_at_single(std::size_t i) {
        const LedgerLine& row = month_.ledger[i];
        for (const std::size_t j : rows_) {
            const LedgerLine& other = month_.ledger[j];
            if (j > i && std::tie(other.amount, other.department, other.fund, other.summary) ==
                             std::tie(row.amount, row.department, row.fund, row.summary)) {
                add(Clue::doubled, {i, j});
                return;
            }
        }
        const bool is_second =
            std::any_of(found_.begin(), found_.end(), [&](const BalanceClue& clue) {
                return clue.clue == Clue::doubled && clue.lines.back() == i;
            });
        if (is_second) {
            return;
        }
        const bool is_moved = std::any_of(
            compared_.begin(), compared_.end(),
            [&](const BalanceLine& other) { return other.difference() == -difference_; });
        add(is_moved                                  ? Clue::other_account
            : row.attribution_period != month_.period ? Clue::wrong_month
                                                      : Clue::single,
            {i});
    }

    /// Numbers that vouchers with lines of this account leave out. Where many are missing, the
    /// export has only some lines of each voucher, and that says nothing.
    void look_for_gaps() {
        std::set<std::string_view> vouchers;
        for (const std::size_t i : rows_) {
            vouchers.insert(month_.ledger[i].voucher);
        }
        std::map<std::string_view, std::map<std::int64_t, std::size_t>> numbers;
        for (std::size_t i = 0; i < month_.ledger.size(); ++i) {
            const std::int64_t number = number_of(month_.ledger[i].line);
            if (number >= 0 && vouchers.contains(month_.ledger[i].voucher)) {
                numbers[month_.ledger[i].voucher].emplace(number, i);
            }
        }
        std::vector<std::string> gaps;
        for (const auto& [voucher, lines] : numbers) {
            std::int64_t expected = std::min<std::int64_t>(1, lines.begin()->first);
            for (const auto& [number, i] : lines) {
                for (; expected < number && gaps.size() <= kMostGaps; ++expected) {
                    gaps.push_back(std::string(voucher) + "/" +
                                   code_like(month_.ledger[i].line, expected));
                }
                expected = number + 1;
            }
        }
        if (gaps.size() <= kMostGaps) {
            for (std::string& gap : gaps) {
                add(Clue::missing_line, {}, std::move(gap));
            }
        }
    }

    void look_for_pairs() {
        std::map<Money, std::vector<std::size_t>> seen;
        for (const std::size_t i : rows_) {
            const auto other = seen.find(difference_ - month_.ledger[i].amount);
            if (other != seen.end()) {
                add(Clue::pair, {other->second.front(), i});
            }
            seen[month_.ledger[i].amount].push_back(i);
        }
    }

    const Month& month_;
    std::span<const BalanceLine> compared_;
    Money difference_;
    std::vector<std::size_t> rows_;
    std::vector<BalanceClue> found_;
    std::map<Clue, std::size_t> count_;
};

}  // namespace

std::vector<BalanceClue> clues_of(const Month& month, std::span<const BalanceLine> compared,
                                  const BalanceLine& line) {
    return ClueSearch(month, compared, line).search();
}

}  // namespace yuanliu::costing
