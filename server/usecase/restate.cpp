// Why this file: see restate.hpp. Cells are summed over origins, then divided over successors.
#include "server/usecase/restate.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <compare>
#include <map>
#include <stdexcept>

#include "costing/base/apportion.hpp"
#include "server/text/csv.hpp"
#include "server/text/mapped_file.hpp"
#include "server/text/utf8.hpp"

namespace yuanliu::usecase {
namespace {

namespace fs = std::filesystem;
using Shares = std::map<std::string, Rate>;        // by successor
using Successors = std::map<std::string, Shares>;  // by department
using Row = std::vector<std::string>;

constexpr std::int64_t kWhole = 10'000;

/// Rows of a CSV file with exactly this header.
std::vector<Row> read_csv(const fs::path& path, std::string_view header) {
    std::string reason;
    const auto file = text::MappedFile::open(path, reason);
    if (!file) {
        throw std::runtime_error(path.string() + ": " + reason);
    }
    std::string_view rest = text::without_byte_order_mark(file->bytes());
    std::vector<Row> rows;
    text::RowSplitter splitter;
    for (bool is_first = true; !rest.empty(); is_first = false) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        line = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
        if (is_first) {
            if (line != header) {
                throw std::runtime_error(path.string() + ": the header must be " +
                                         std::string(header));
            }
            continue;
        }
        const auto columns = std::count(header.begin(), header.end(), ',') + 1;
        if (splitter.split(line) != text::LineFault::none ||
            splitter.fields().size() != static_cast<std::size_t>(columns)) {
            throw std::runtime_error(
                path.string() + ": not a row of the table: " + std::string(line.substr(0, 200)));
        }
        Row row;
        for (const text::Field& field : splitter.fields()) {
            row.emplace_back(field.value);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Departments with the shares that their successors take; each department's shares sum to 1.
Successors read_successors(const fs::path& path) {
    Successors successors;
    for (const Row& row : read_csv(path, "department,successor,share")) {
        const auto share = parse_decimal(row[2], Rate::kScale, kWhole);
        if (!share || *share <= 0 ||
            !successors[row[0]].emplace(row[1], Rate::from_raw(*share)).second) {
            throw std::runtime_error(path.string() + ": " + row[0] + ", " + row[1] +
                                     ": a share is above 0, at most 1, and stands once");
        }
    }
    for (const auto& [department, shares] : successors) {
        std::int64_t sum = 0;
        for (const auto& [successor, share] : shares) {
            sum += share.raw();
            if (successors.contains(successor) && successor != department) {
                throw std::runtime_error(path.string() + ": " + successor +
                                         " has successors itself; name the last ones");
            }
        }
        if (sum != kWhole) {
            throw std::runtime_error(path.string() + ": the shares of " + department + " sum to " +
                                     Rate::from_raw(sum).trimmed() + ", not 1");
        }
    }
    return successors;
}

std::string period_of(const fs::path& result) {
    const fs::path path = result / "certificate.json";
    std::string reason;
    const auto file = text::MappedFile::open(path, reason);
    if (!file) {
        throw std::runtime_error(path.string() + ": " + reason);
    }
    const auto document = boost::json::parse(file->bytes());
    return std::string(document.at("period").as_string());
}

struct Cell {
    std::string department;
    std::string kind;
    std::string cost_item;
    std::string fund_source;
    auto operator<=>(const Cell&) const = default;
};
struct Figures {
    Money booked;
    Money restated;
};

std::map<Cell, Figures> restate(const fs::path& result, const Successors& successors) {
    std::map<Cell, Figures> cells;  // origins summed before anything is divided
    for (const Row& row : read_csv(result / "department_cost.csv",
                                   "department,kind,cost_item,fund_source,origin,cost")) {
        const auto cost = parse_decimal(row[5], Money::kScale, INT64_MAX);
        if (!cost) {
            throw std::runtime_error(result.string() + ": not an amount: " + row[5]);
        }
        if (row[1] == "direct" || row[1] == "full") {
            cells[{row[0], row[1], row[2], row[3]}].booked += Money::from_raw(*cost);
        }
    }
    std::map<Cell, Figures> restated = cells;
    for (const auto& [cell, figures] : cells) {
        const auto found = successors.find(cell.department);
        if (found == successors.end()) {
            restated[cell].restated += figures.booked;
            continue;
        }
        std::vector<Part> parts;
        for (const auto& [successor, share] : found->second) {
            parts.push_back({.weight = share.raw(), .key = successor});
        }
        const auto shares = apportion(figures.booked, parts);
        YUANLIU_CHECK(shares.has_value());
        std::size_t at = 0;
        for (const auto& [successor, share] : found->second) {
            Cell to = cell;
            to.department = successor;
            restated[to].restated += (*shares)[at++];
        }
    }
    return restated;
}

}  // namespace

std::string restated_csv(const std::vector<std::filesystem::path>& results,
                         const std::filesystem::path& successors_file) {
    const Successors successors = read_successors(successors_file);
    std::string out = "period,department,kind,cost_item,fund_source,booked,restated\n";
    for (const fs::path& result : results) {
        const std::string period = period_of(result);
        for (const auto& [cell, figures] : restate(result, successors)) {
            if (figures.booked.is_zero() && figures.restated.is_zero()) {
                continue;
            }
            const std::string booked = figures.booked.text();
            const std::string restated = figures.restated.text();
            out += text::render_row(std::array<std::string_view, 7>{
                       period, cell.department, cell.kind, cell.cost_item, cell.fund_source, booked,
                       restated}) +
                   "\n";
        }
    }
    return out;
}

}  // namespace yuanliu::usecase
