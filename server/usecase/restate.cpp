// Why this file: see restate.hpp. Cells are summed over origins, then divided over successors.
#include "server/usecase/restate.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <map>
#include <set>

#include "costing/base/apportion.hpp"
#include "server/intake/table_reader.hpp"
#include "server/text/csv.hpp"

namespace yuanliu::usecase {
namespace {

namespace fs = std::filesystem;
using intake::ColumnSpec;
using intake::ColumnType;
using report::ResultBook;

constexpr std::int64_t kSuccessorWhole = 10'000;
constexpr std::array kSuccessorColumns{
    ColumnSpec{.name = "department", .type = ColumnType::code},
    ColumnSpec{.name = "successor", .type = ColumnType::code},
    ColumnSpec{.name = "share", .type = ColumnType::number, .limit = intake::Limit::zero_to_one}};

/// Departments with the shares that their successors take.
class SuccessorRows final : public intake::RowHandler {
  public:
    struct Successor {
        Rate share;
        std::int64_t row = 0;
    };
    using Shares = std::map<std::string, Successor, std::less<>>;  // by successor

    void begin(std::size_t /*chunks*/, std::size_t /*lines*/) override {}

    void take(std::size_t /*chunk*/, const intake::Row& row,
              intake::FindingList& findings) override {
        enum : std::size_t { department, successor, share };
        const bool is_valid =
            row[department].is_valid && row[successor].is_valid && row[share].is_valid;
        if (!is_valid || row[share].value == 0) {
            unsure_.insert(row[department].string());
        }
        if (row[share].is_valid && row[share].value == 0) {
            findings.add(FindingCode::number_out_of_range, {.row = row.number, .column = "share"},
                         {row[share].string(), "0.0001", "1"});
        }
        if (is_valid) {
            shares_[row[department].string()].try_emplace(
                row[successor].string(),
                Successor{.share = Rate::from_raw(row[share].value), .row = row.number});
        }
    }

    /// A department's shares sum to 1, and its successors are the last ones.
    void judge(intake::FindingList& findings) const {
        for (const auto& [department, shares] : shares_) {
            Int128 sum = 0;
            std::int64_t first_row = shares.begin()->second.row;
            for (const auto& [successor, part] : shares) {
                sum += part.share.raw();
                first_row = std::min(first_row, part.row);
                if (successor != department && shares_.contains(successor)) {
                    findings.add(FindingCode::successor_chained,
                                 {.row = part.row, .column = "successor"}, {successor});
                }
            }
            if (sum != kSuccessorWhole && !unsure_.contains(department)) {
                findings.add(FindingCode::successor_shares_not_one,
                             {.row = first_row, .column = "share"},
                             {department, Rate::from_raw(narrowed(sum)).trimmed()});
            }
        }
    }

    /// Nothing for a department that stays itself.
    [[nodiscard]] const Shares* of(const std::string& department) const {
        const auto found = shares_.find(department);
        return found == shares_.end() ? nullptr : &found->second;
    }

  private:
    std::map<std::string, Shares> shares_;
    std::set<std::string> unsure_;  ///< with a row that is wrong, so that no sum can be judged
};

struct RestatedCell {
    std::string department;
    std::string_view kind;
    std::string cost_item;
    std::string_view fund_source;
    auto operator<=>(const RestatedCell&) const = default;
};
struct RestatedFigures {
    Money booked;
    Money restated;
};

std::map<RestatedCell, RestatedFigures> restate(const ResultBook& book,
                                                const SuccessorRows& successors) {
    std::map<RestatedCell, RestatedFigures> cells;  // origins summed before anything is divided
    for (const report::DepartmentCost& row : book.costs) {
        if (row.kind == CostKind::direct || row.kind == CostKind::full) {
            cells[{row.department, word_of(row.kind), row.cost_item, word_of(row.fund)}].booked +=
                row.cost;
        }
    }
    std::map<RestatedCell, RestatedFigures> restated = cells;
    for (const auto& [cell, figures] : cells) {
        const auto* shares = successors.of(cell.department);
        if (shares == nullptr) {
            restated[cell].restated += figures.booked;
            continue;
        }
        std::vector<Part> parts;
        for (const auto& [successor, part] : *shares) {
            parts.push_back({.weight = part.share.raw(), .key = successor});
        }
        const auto amounts = apportion(figures.booked, parts);
        YUANLIU_CHECK(amounts.has_value());
        std::size_t at = 0;
        for (const auto& [successor, part] : *shares) {
            RestatedCell to = cell;
            to.department = successor;
            restated[to].restated += (*amounts)[at++];
        }
    }
    return restated;
}

void append_restated(std::string& out, const ResultBook& book, const SuccessorRows& successors) {
    for (const auto& [cell, figures] : restate(book, successors)) {
        if (figures.booked.is_zero() && figures.restated.is_zero()) {
            continue;
        }
        const std::string booked = figures.booked.text();
        const std::string restated = figures.restated.text();
        out += text::render_row(std::array<std::string_view, 7>{
                   book.period, cell.department, cell.kind, cell.cost_item, cell.fund_source,
                   booked, restated}) +
               "\n";
    }
}

/// One hospital, each month once.
void judge_results(const std::vector<fs::path>& folders, const std::vector<ResultBook>& books,
                   std::vector<Finding>& findings) {
    const auto newest = std::max_element(
        books.begin(), books.end(),
        [](const ResultBook& a, const ResultBook& b) { return a.period < b.period; });
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < books.size(); ++i) {
        const auto add = [&](FindingCode code, std::vector<std::string> arguments) {
            findings.push_back({.code = code,
                                .severity = Severity::stop,
                                .where = {.file = folders[i].string(), .row = 0, .column = {}},
                                .arguments = std::move(arguments)});
        };
        if (books[i].hospital != newest->hospital) {
            add(FindingCode::result_of_other_hospital, {books[i].hospital, newest->hospital});
        }
        if (const auto [first, is_new] = seen.emplace(books[i].period, i); !is_new) {
            add(FindingCode::result_period_twice,
                {books[i].period, folders[first->second].string()});
        }
    }
}

}  // namespace

RestatedCosts restate_costs(const std::vector<fs::path>& results, const fs::path& successors_file) {
    RestatedCosts made;
    SuccessorRows successors;
    made.findings = intake::read_single_table(
        successors_file, 2, kSuccessorColumns, successors,
        [&](intake::FindingList& findings) { successors.judge(findings); });
    std::vector<fs::path> folders;
    std::vector<ResultBook> books;
    for (const fs::path& result : results) {
        auto book = report::read_result_book(result);
        if (book) {
            folders.push_back(result);
            books.push_back(std::move(*book));
        } else {
            made.refusals.push_back(book.error());
        }
    }
    judge_results(folders, books, made.findings);
    if (!made.is_sound()) {
        return made;
    }
    made.csv = "period,department,kind,cost_item,fund_source,booked,restated\n";
    for (const ResultBook& book : books) {
        append_restated(made.csv, book, successors);
    }
    return made;
}

}  // namespace yuanliu::usecase
