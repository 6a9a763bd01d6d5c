// Why this file: what unit_costs.hpp asks of result folders and of a file of standards.
#include <algorithm>
#include <limits>

#include "server/intake/table_reader.hpp"
#include "server/report/unit_costs.hpp"

namespace yuanliu::report {
namespace {

constexpr std::string_view kItemHeader =
    "department,pool,service_item,quantity,weight,charge,cost,unit_cost";
constexpr std::string_view kPoolHeader = "department,pool,cost,weight,entries,unallocated";
constexpr std::string_view kPoolComponentHeader =
    "department,pool,cost_category,fund_source,origin,cost";
constexpr std::string_view kUnitAttributeHeader =
    "department,cost_item,fund_source,full,fixed,variable,controllable,capital";

/// Of a table that the certificate lists, so what isn't a number is a bug.
std::int64_t number_in(const std::string& text, int scale) {
    const auto raw = parse_decimal(text, scale, std::numeric_limits<std::int64_t>::max());
    YUANLIU_CHECK(raw.has_value());
    return *raw;
}

Money fen_in(const std::string& text) {
    return Money::from_raw(number_in(text, Money::kScale));
}

bool is_pseudo_item(const std::string& code) {
    return code.starts_with('~');
}

CostLine whole_line(Scope scope, Language language) {
    return cost_lines(scope, language).back();
}

/// Of wards their bed-days, of outpatient departments their visits; others are none.
std::optional<std::string_view> unit_of(const Department& department) {
    if (department.department_class != DepartmentClass::clinical) {
        return std::nullopt;
    }
    return department.care_setting == CareSetting::outpatient  ? std::optional(kVisitCode)
           : department.care_setting == CareSetting::inpatient ? std::optional(kBedDayCode)
                                                               : std::nullopt;
}

/// Amounts by department, for pools and their components.
tl::expected<void, Refusal> read_pools(const std::filesystem::path& result, UnitPools& pools) {
    const auto rows = read_result_rows(result, "pools.csv", kPoolHeader);
    const auto items = read_result_rows(result, "service_item_cost.csv", kItemHeader);
    const auto components = read_result_rows(result, "pool_components.csv", kPoolComponentHeader);
    if (!rows || !items || !components) {
        return tl::unexpected(!rows ? rows.error() : !items ? items.error() : components.error());
    }
    for (const auto& row : *rows) {
        const Money cost = fen_in(row[2]);
        if (row[1] == word_of(PoolKind::service)) {
            pools.service[row[0]].cost += cost;
            pools.service[row[0]].unallocated += fen_in(row[5]);
        } else {
            (row[1] == word_of(PoolKind::drug) ? pools.drugs : pools.materials) += cost;
        }
    }
    for (const auto& row : *items) {
        if (row[1] == word_of(PoolKind::service) && is_pseudo_item(row[2])) {
            pools.service[row[0]].by_days += fen_in(row[6]);
        }
    }
    for (const auto& row : *components) {
        const auto category = parse_word<CostCategory>(row[2]);
        YUANLIU_CHECK(category.has_value());
        if (row[1] == word_of(PoolKind::service)) {
            pools.service[row[0]].categories[static_cast<std::size_t>(*category)] += fen_in(row[5]);
        }
    }
    return {};
}

}  // namespace

tl::expected<UnitMonth, Refusal> read_unit_month(const std::filesystem::path& result,
                                                 const CostView& view, const ResultBook& book,
                                                 Scope scope) {
    const auto rows = read_result_rows(result, "service_item_cost.csv", kItemHeader);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    UnitMonth made{.period = book.period, .items = {}, .units = {}};
    for (const auto& row : *rows) {
        if (row[1] == word_of(PoolKind::service) && !is_pseudo_item(row[2])) {
            UnitFigures& item = made.items[{row[0], row[2]}];
            item.quantity += number_in(row[3], Quantity::kScale);
            item.cost += fen_in(row[6]).raw();
        }
    }
    const UnitCounts counts = count_units(view.month());
    const CostLine line = whole_line(scope, Language::en);
    for (std::size_t d = 0; d < view.month().departments.size(); ++d) {
        const Department& department = view.month().departments[d];
        const auto unit = unit_of(department);
        const Money cost = view.full(DepartmentId(d), line);
        const std::int64_t count = !unit                 ? 0
                                   : *unit == kVisitCode ? counts.visits[d]
                                                         : counts.bed_days[d];
        if (unit && (count != 0 || !cost.is_zero())) {
            made.units[{department.code, std::string(*unit)}] = {.quantity = Int128{count} * 10'000,
                                                                 .cost = cost.raw()};
        }
    }
    return made;
}

tl::expected<UnitPools, Refusal> read_unit_pools(const std::filesystem::path& result,
                                                 const CostView& view, const ResultBook& book,
                                                 Scope scope) {
    UnitPools pools;
    if (const auto read = read_pools(result, pools); !read) {
        return tl::unexpected(read.error());
    }
    for (const DepartmentCost& row : book.costs) {
        pools.direct += row.kind == CostKind::direct ? row.cost : Money();
    }
    const CostLine whole = cost_lines(scope, Language::en).back();
    for (std::size_t d = 0; d < view.month().departments.size(); ++d) {
        const Department& department = view.month().departments[d];
        if (const auto unit = unit_of(department)) {
            auto& categories = pools.unit_categories[{department.code, std::string(*unit)}];
            for (std::size_t c = 0; c < kCategories; ++c) {
                CostLine line{.title = {}};
                for (std::size_t f = 0; f < kFundSources; ++f) {
                    for (const bool is_managements : {false, true}) {
                        const std::size_t cell =
                            cell_of(static_cast<CostCategory>(c), static_cast<FundSource>(f),
                                    is_managements);
                        line.covers[cell] = whole.covers[cell];
                    }
                }
                categories[c] = view.full(DepartmentId(d), line);
            }
        }
    }
    if (!has_result_table(result, "cost_attributes.csv")) {
        return pools;
    }
    const auto attributes = read_result_rows(result, "cost_attributes.csv", kUnitAttributeHeader);
    if (!attributes) {
        return tl::unexpected(attributes.error());
    }
    std::map<std::string, CostCategory> categories;
    for (const CostItem& item : view.month().cost_items) {
        categories.emplace(item.code, item.category);
    }
    for (const auto& row : *attributes) {
        const auto c = static_cast<std::size_t>(categories.at(row[1]));
        pools.full[c] += fen_in(row[3]);
        pools.fixed[c] += fen_in(row[4]);
    }
    return pools;
}

namespace {

using intake::ColumnSpec;
using intake::ColumnType;
using intake::Limit;

constexpr std::array kStandardColumns{
    ColumnSpec{.name = "department", .type = ColumnType::code, .may_be_blank = true},
    ColumnSpec{.name = "service_item", .type = ColumnType::text},
    ColumnSpec{.name = "valid_from", .type = ColumnType::period, .may_be_blank = true},
    ColumnSpec{.name = "valid_to", .type = ColumnType::period, .may_be_blank = true},
    ColumnSpec{.name = "standard_unit_cost", .type = ColumnType::number, .limit = Limit::positive}};

/// Of the rows of a key the one that began last counts, until it ends.
class StandardRows final : public intake::RowHandler {
  public:
    explicit StandardRows(const Month& month) : period_(month.period) {
        for (const Department& row : month.departments) {
            departments_.insert({row.code, true});
        }
        for (const ServiceItem& row : month.service_items) {
            items_.insert({row.code, row.kind == ServiceKind::service});
        }
        items_.insert({std::string(kVisitCode), true});
        items_.insert({std::string(kBedDayCode), true});
    }

    void begin(std::size_t /*chunks*/, std::size_t /*lines*/) override {}

    void take(std::size_t /*chunk*/, const intake::Row& row,
              intake::FindingList& findings) override {
        judge(row, findings);
        if (!std::all_of(row.cells.begin(), row.cells.end(),
                         [](const intake::Cell& cell) { return cell.is_valid; })) {
            return;
        }
        const Period begins = row[from].is_blank() ? Period() : row[from].period();
        if (begins <= period_) {
            Row& latest = rows_[{row[department].string(), row[item].string()}];
            if (!latest.cost || latest.from <= begins) {
                const bool has_ended = !row[to].is_blank() && row[to].period() < period_;
                latest = {.from = begins, .has_ended = has_ended, .cost = row[cost].quantity()};
            }
        }
    }

    [[nodiscard]] Standards in_force() const {
        Standards standards;
        for (const auto& [key, row] : rows_) {
            if (!row.has_ended) {
                standards.emplace(key, *row.cost);
            }
        }
        return standards;
    }

  private:
    enum : std::size_t { department, item, from, to, cost };

    /// What is wrong besides the form of a cell, in cells of good form: one of bad form beside them
    /// must not hide it.
    void judge(const intake::Row& row, intake::FindingList& findings) const {
        if (row[from].is_valid && row[to].is_valid && !row[from].is_blank() &&
            !row[to].is_blank() && row[to].period() < row[from].period()) {
            findings.add(FindingCode::validity_reversed, {.row = row.number, .column = "valid_to"},
                         {row[from].string(), row[to].string()});
        }
        if (row[department].is_valid && !row[department].is_blank() &&
            !departments_.contains(row[department].string())) {
            findings.add(FindingCode::unknown_department,
                         {.row = row.number, .column = "department"}, {row[department].string()});
        }
        if (!row[item].is_valid) {
            return;
        }
        const auto known = items_.find(row[item].string());
        if (known == items_.end()) {
            findings.add(FindingCode::unknown_service_item,
                         {.row = row.number, .column = "service_item"}, {row[item].string()});
        } else if (!known->second) {
            findings.add(FindingCode::item_not_service,
                         {.row = row.number, .column = "service_item"},
                         {row[item].string(), "drug, material"});
        }
    }

    struct Row {
        Period from;
        bool has_ended = false;
        std::optional<Quantity> cost{};
    };
    Period period_;
    std::map<std::string, bool> departments_;
    std::map<std::string, bool> items_;  ///< whether it is a service
    std::map<UnitKey, Row> rows_;
};

}  // namespace

Standards read_standards(const std::filesystem::path& file, const Month& month,
                         std::vector<Finding>& findings) {
    StandardRows rows(month);
    const auto found = intake::read_single_table(file, 3, kStandardColumns, rows);
    findings.insert(findings.end(), found.begin(), found.end());
    return rows.in_force();
}

}  // namespace yuanliu::report
