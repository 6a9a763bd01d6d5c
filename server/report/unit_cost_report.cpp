// Why this file: see unit_costs.hpp. Rates are only shown; what is compared, explained and summed
// are amounts, and every explanation's last part is the rest, so nothing is left over.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "server/report/unit_costs.hpp"

namespace yuanliu::report {
namespace {

constexpr std::int64_t kUnitScale = 10'000;  // scale 4

Int128 product_of(Int128 a, Int128 b) {
    Int128 product = 0;
    YUANLIU_CHECK(!__builtin_mul_overflow(a, b, &product));
    return product;
}

Money unit_fen(Int128 fen) {
    return Money::from_raw(narrowed(fen));
}

/// What separates actual cost from cost at standard.
struct Explained {
    Money actual;       ///< of what has a standard
    Money at_standard;  ///< quantity × standard
    Money level{};      ///< rolling unit cost against the standard
    Money volume{};     ///< fixed cost borne by more or fewer units than usual
    Money spend{};      ///< the rest: prices and efficiency
    [[nodiscard]] Money pool() const { return actual - at_standard; }
    void add(const Explained& other) {
        actual += other.actual;
        at_standard += other.at_standard;
        level += other.level;
        volume += other.volume;
        spend += other.spend;
    }
};

struct UnitLine {
    UnitFigures now;
    UnitFigures rolling;
    std::optional<Quantity> standard{};
    std::optional<Explained> explained{};
    void add(const UnitLine& other) {
        now.quantity += other.now.quantity;
        now.cost += other.now.cost;
        rolling.quantity += other.rolling.quantity;
        rolling.cost += other.rolling.cost;
        if (other.explained) {
            explained = explained.value_or(Explained{});
            explained->add(*other.explained);
        }
    }
};

bool is_variable_by_default(std::size_t category) {
    const auto c = static_cast<CostCategory>(category);
    return c == CostCategory::materials || c == CostCategory::drugs || c == CostCategory::risk_fund;
}

/// How much of a cost is fixed, at scale 4, 0 … 1: by category as the whole hospital's.
std::int64_t fixed_share(const std::array<Money, kCategories>& cost, const UnitPools& pools) {
    Int128 fixed = 0;
    Int128 all = 0;
    for (std::size_t c = 0; c < kCategories; ++c) {
        const Int128 amount = cost[c].raw();
        all += amount;
        if (!pools.full[c].is_zero()) {
            fixed +=
                rounded_half_away(product_of(amount, pools.fixed[c].raw()), pools.full[c].raw());
        } else if (!is_variable_by_default(c)) {
            fixed += amount;
        }
    }
    return all <= 0 ? 0
                    : std::clamp<std::int64_t>(
                          rounded_half_away(product_of(fixed, kUnitScale), all), 0, kUnitScale);
}

Explained explain_unit(const UnitLine& line, Quantity standard, std::int64_t fixed,
                       std::size_t months) {
    Explained made{.actual = unit_fen(line.now.cost),
                   .at_standard = Money::from_raw(rounded_half_away(
                       product_of(line.now.quantity, standard.raw()), 1'000'000))};
    if (line.rolling.quantity <= 0) {
        made.level = made.pool();
        return made;
    }
    const Int128 average_gap =
        line.rolling.quantity - product_of(line.now.quantity, static_cast<Int128>(months));
    made.level = Money::from_raw(rounded_half_away(product_of(line.rolling.cost, line.now.quantity),
                                                   line.rolling.quantity)) -
                 made.at_standard;
    // In two steps, so that the product stays in 128 bits: the fixed part of a month's usual cost.
    const Int128 usual_fixed = rounded_half_away(
        product_of(line.rolling.cost, fixed), product_of(kUnitScale, static_cast<Int128>(months)));
    made.volume = Money::from_raw(
        rounded_half_away(product_of(usual_fixed, average_gap), line.rolling.quantity));
    made.spend = made.pool() - made.level - made.volume;
    return made;
}

/// Scale 4; blank without units.
Cell unit_cell(const UnitFigures& figures) {
    return figures.quantity <= 0
               ? blank_cell()
               : number_cell(format_decimal(
                     rounded_half_away(product_of(figures.cost, 1'000'000), figures.quantity), 4));
}

Cell quantity_cell(Int128 quantity) {
    return number_cell(format_decimal_trimmed(narrowed(quantity), 4));
}

using UnitLines = std::map<UnitKey, UnitLine>;

class UnitCostTables {
  public:
    explicit UnitCostTables(const UnitCostInput& input) : input_(input) {
        for (const Department& row : input.month.departments) {
            names_.emplace(row.code, row.name);
        }
        for (const ServiceItem& row : input.month.service_items) {
            item_names_.emplace(row.code, row.name);
        }
        items_ = lines_of(&UnitMonth::items);
        units_ = lines_of(&UnitMonth::units);
    }

    [[nodiscard]] Section items() const;
    [[nodiscard]] Section hospital() const;
    [[nodiscard]] Section units() const;
    [[nodiscard]] Section pools(Report& report) const;
    [[nodiscard]] Section bridge(Report& report) const;
    [[nodiscard]] Section without_volume() const;
    [[nodiscard]] Section without_standard() const;

  private:
    [[nodiscard]] std::string say(const char* zh, const char* en) const {
        return in(input_.language, zh, en);
    }
    [[nodiscard]] bool is_shown(const std::string& department) const {
        return input_.department.empty() || input_.department == department;
    }
    [[nodiscard]] std::string department(const std::string& code) const {
        const auto found = names_.find(code);
        return found == names_.end() ? code : found->second + " " + code;
    }
    [[nodiscard]] std::string item(const std::string& code) const {
        const auto found = item_names_.find(code);
        return code == kVisitCode           ? say("诊次", "visit")
               : code == kBedDayCode        ? say("床日", "bed-day")
               : found == item_names_.end() ? code
                                            : found->second + " " + code;
    }
    [[nodiscard]] std::optional<Quantity> standard_of(const UnitKey& key) const;
    [[nodiscard]] UnitLines lines_of(std::map<UnitKey, UnitFigures> UnitMonth::*figures) const;
    [[nodiscard]] std::int64_t share_of(const UnitKey& key) const;
    [[nodiscard]] Section columns(std::string caption, std::size_t keys) const;
    void add_line(Section& section, RowStyle style, std::vector<Cell> titles,
                  const UnitLine& line) const;

    const UnitCostInput& input_;
    std::map<std::string, std::string> names_;
    std::map<std::string, std::string> item_names_;
    UnitLines items_;
    UnitLines units_;
};

std::optional<Quantity> UnitCostTables::standard_of(const UnitKey& key) const {
    if (!input_.standards) {
        return std::nullopt;
    }
    auto found = input_.standards->find(key);
    if (found == input_.standards->end()) {
        found = input_.standards->find({"", key.second});
    }
    return found == input_.standards->end() ? std::nullopt : std::optional(found->second);
}

std::int64_t UnitCostTables::share_of(const UnitKey& key) const {
    const UnitPools& pools = input_.pools;
    if (const auto unit = pools.unit_categories.find(key); unit != pools.unit_categories.end()) {
        return fixed_share(unit->second, pools);
    }
    const auto pool = pools.service.find(key.first);
    return pool == pools.service.end() ? 0 : fixed_share(pool->second.categories, pools);
}

/// Everything that any month has; what is explained has volume in the newest.
UnitLines UnitCostTables::lines_of(std::map<UnitKey, UnitFigures> UnitMonth::*figures) const {
    UnitLines lines;
    for (const UnitMonth& month : input_.months) {
        for (const auto& [key, one] : month.*figures) {
            lines[key].rolling.quantity += one.quantity;
            lines[key].rolling.cost += one.cost;
        }
    }
    for (const auto& [key, one] : input_.months.back().*figures) {
        lines[key].now = one;
    }
    for (auto& [key, line] : lines) {
        line.standard = standard_of(key);
        if (line.standard && line.now.quantity > 0) {
            line.explained =
                explain_unit(line, *line.standard, share_of(key), input_.months.size());
        }
    }
    return lines;
}

Section UnitCostTables::columns(std::string caption, std::size_t keys) const {
    Section section{.caption = std::move(caption), .key_columns = keys, .columns = {}};
    section.columns.push_back({.title = say("科室", "department")});
    if (keys == 2) {
        section.columns.push_back({.title = say("项目", "item")});
    }
    const std::string now = say("本月实际", "month");
    const std::string rolling =
        fmt::format(fmt::runtime(say("滚动{}个月", "rolling {} months")), input_.months.size());
    const std::string standard = say("标准", "standard");
    const std::string pool = say("差异池", "variance pool");
    for (const std::string* group : {&now, &rolling}) {
        section.columns.push_back({.title = say("数量", "quantity"), .group = *group});
        section.columns.push_back({.title = say("成本", "cost"), .group = *group});
        section.columns.push_back({.title = say("单位成本", "unit cost"), .group = *group});
    }
    section.columns.push_back({.title = say("单位成本", "unit cost"), .group = standard});
    section.columns.push_back(
        {.title = say("按标准的成本", "cost at standard"), .group = standard});
    section.columns.push_back({.title = say("差异", "variance"), .group = pool});
    section.columns.push_back({.title = say("水平差异", "level"), .group = pool});
    section.columns.push_back({.title = say("业务量差异", "volume"), .group = pool});
    section.columns.push_back({.title = say("耗费差异", "spend"), .group = pool});
    return section;
}

void UnitCostTables::add_line(Section& section, RowStyle style, std::vector<Cell> titles,
                              const UnitLine& line) const {
    Row row{.style = style, .cells = std::move(titles)};
    for (const UnitFigures* figures : {&line.now, &line.rolling}) {
        row.cells.push_back(quantity_cell(figures->quantity));
        row.cells.push_back(amount_cell(unit_fen(figures->cost)));
        row.cells.push_back(unit_cell(*figures));
    }
    row.cells.push_back(line.standard ? number_cell(format_decimal(line.standard->raw(), 4))
                                      : blank_cell());
    const auto amount = [&](Money Explained::*part) {
        return line.explained ? amount_cell((*line.explained).*part) : blank_cell();
    };
    row.cells.push_back(amount(&Explained::at_standard));
    row.cells.push_back(line.explained ? amount_cell(line.explained->pool()) : blank_cell());
    row.cells.push_back(amount(&Explained::level));
    row.cells.push_back(amount(&Explained::volume));
    row.cells.push_back(amount(&Explained::spend));
    section.rows.push_back(std::move(row));
}

Section UnitCostTables::items() const {
    Section section = columns(say("科室 × 医疗服务项目", "departments and service items"), 2);
    for (const auto& [key, line] : items_) {
        if (line.now.quantity > 0 && is_shown(key.first)) {
            add_line(section, RowStyle::item,
                     {text_cell(department(key.first)), text_cell(item(key.second))}, line);
        }
    }
    return section;
}

/// Σ cost ÷ Σ quantity over departments; at standard is the sum of the departments'.
Section UnitCostTables::hospital() const {
    Section section = columns(say("全院医疗服务项目", "service items of the hospital"), 1);
    section.columns.front().title = say("项目", "item");
    UnitLines sums;
    for (const auto& [key, line] : items_) {
        sums[{"", key.second}].add(line);
    }
    for (auto& [key, sum] : sums) {
        sum.standard = standard_of(key);
        if (sum.now.quantity > 0) {
            add_line(section, RowStyle::item, {text_cell(item(key.second))}, sum);
        }
    }
    return section;
}

Section UnitCostTables::units() const {
    Section section = columns(
        say("诊次与床日: ", "visits and bed-days: ") + name_of(input_.scope, input_.language), 2);
    for (const std::string_view code : {kVisitCode, kBedDayCode}) {
        UnitLine sum;
        for (const auto& [key, line] : units_) {
            if (key.second != code) {
                continue;
            }
            if (is_shown(key.first) && (line.now.quantity > 0 || line.now.cost != 0)) {
                add_line(section, RowStyle::item,
                         {text_cell(department(key.first)), text_cell(item(key.second))}, line);
            }
            sum.add(line);
        }
        sum.standard = standard_of({"", std::string(code)});
        if (input_.department.empty()) {
            add_line(section, RowStyle::total,
                     {text_cell(say("全院", "hospital")), text_cell(item(std::string(code)))}, sum);
        }
    }
    return section;
}

/// A department's service pool, whole: what has a standard and what hasn't.
Section UnitCostTables::pools(Report& report) const {
    Section section{.caption = say("差异池: 按科室, 与服务项目成本池相符",
                                   "variance pool by department, tied to its service pool"),
                    .columns = {{.title = say("科室", "department")},
                                {.title = say("有标准的项目: 实际", "with standard: actual")},
                                {.title = say("按标准的成本", "at standard")},
                                {.title = say("差异池", "variance pool")},
                                {.title = say("水平差异", "level")},
                                {.title = say("业务量差异", "volume")},
                                {.title = say("耗费差异", "spend")},
                                {.title = say("无标准的项目", "items without standard")},
                                {.title = say("按床日诊次", "by days and visits")},
                                {.title = say("闲置与未分配", "idle and unallocated")},
                                {.title = say("成本池", "service pool")}}};
    std::map<std::string, std::pair<Explained, Money>> sums;
    for (const auto& [key, line] : items_) {
        auto& [explained, rest] = sums[key.first];
        if (line.explained) {
            explained.add(*line.explained);
        } else {
            rest += unit_fen(line.now.cost);
        }
    }
    Explained all;
    std::array<Money, 4> others{};
    const auto add = [&](RowStyle style, std::string title, const Explained& explained,
                         const std::array<Money, 4>& rests) {
        Row row{.style = style, .cells = {text_cell(std::move(title))}};
        for (const Money amount :
             {explained.actual, explained.at_standard, explained.pool(), explained.level,
              explained.volume, explained.spend, rests[0], rests[1], rests[2], rests[3]}) {
            row.cells.push_back(amount_cell(amount));
        }
        section.rows.push_back(std::move(row));
    };
    for (const auto& [code, pool] : input_.pools.service) {
        const auto& [explained, rest] = sums[code];
        const std::array<Money, 4> rests{rest, pool.by_days, pool.unallocated, pool.cost};
        report.must_close(say("项目 + 床日诊次 + 未分配 = 成本池: ",
                              "items + days and visits + unallocated = service pool: ") +
                              code,
                          explained.actual + rest + pool.by_days + pool.unallocated, pool.cost);
        report.must_close(
            say("三项差异之和 = 差异池: ", "the three parts = variance pool: ") + code,
            explained.level + explained.volume + explained.spend, explained.pool());
        if (is_shown(code)) {
            add(RowStyle::item, department(code), explained, rests);
        }
        all.add(explained);
        std::transform(others.begin(), others.end(), rests.begin(), others.begin(),
                       [](Money a, Money b) { return a + b; });
    }
    if (input_.department.empty()) {
        add(RowStyle::total, say("全院", "hospital"), all, others);
    }
    return section;
}

Section UnitCostTables::bridge(Report& report) const {
    Section section{.caption = say("与总账相符", "tied to the ledger"),
                    .columns = {{.title = say("构成", "part")}, {.title = say("金额", "amount")}}};
    Money services;
    for (const auto& [code, pool] : input_.pools.service) {
        services += pool.cost;
    }
    const Money sum = services + input_.pools.drugs + input_.pools.materials;
    report.must_close(say("各成本池之和 = 归集后直接成本", "pools = direct cost"), sum,
                      input_.pools.direct);
    const auto add = [&](RowStyle style, std::string title, Money amount) {
        section.rows.push_back(
            {.style = style, .cells = {text_cell(std::move(title)), amount_cell(amount)}});
    };
    add(RowStyle::item, say("服务项目成本池", "service pools"), services);
    add(RowStyle::item, say("药品成本池", "drug pools"), input_.pools.drugs);
    add(RowStyle::item, say("单独收费卫生材料成本池", "pools of materials charged apart"),
        input_.pools.materials);
    add(RowStyle::total,
        say("合计 = 总账计入成本的金额 (归集后)", "sum = cost of the ledger, collected"), sum);
    add(RowStyle::item, say("残差", "residual"), sum - input_.pools.direct);
    return section;
}

/// Known from earlier months or by a standard, but not done this month.
Section UnitCostTables::without_volume() const {
    Section section{
        .caption = say("本月无业务量 (不计为零)", "no volume this month (not zero cost)"),
        .key_columns = 2,
        .columns = {{.title = say("科室", "department")},
                    {.title = say("项目", "item")},
                    {.title = say("本月数量", "quantity of the month")},
                    {.title = say("滚动数量", "rolling quantity")},
                    {.title = say("滚动单位成本", "rolling unit cost")},
                    {.title = say("标准单位成本", "standard unit cost")}}};
    UnitLines listed;
    for (const UnitLines* lines : {&items_, &units_}) {
        for (const auto& [key, line] : *lines) {
            if (line.now.quantity <= 0) {
                listed.emplace(key, line);
            }
        }
    }
    for (const auto& [key, standard] : input_.standards.value_or(Standards{})) {
        if (!key.first.empty() && !items_.contains(key) && !units_.contains(key)) {
            listed[key].standard = standard;
        }
    }
    for (const auto& [key, line] : listed) {
        if (is_shown(key.first)) {
            section.rows.push_back(
                {.cells = {text_cell(department(key.first)), text_cell(item(key.second)),
                           quantity_cell(line.now.quantity), quantity_cell(line.rolling.quantity),
                           unit_cell(line.rolling),
                           line.standard ? number_cell(format_decimal(line.standard->raw(), 4))
                                         : blank_cell()}});
        }
    }
    return section;
}

Section UnitCostTables::without_standard() const {
    Section section{.caption = say("有业务量而无标准", "volume, but no standard"),
                    .key_columns = 2,
                    .columns = {{.title = say("科室", "department")},
                                {.title = say("项目", "item")},
                                {.title = say("本月数量", "quantity of the month")},
                                {.title = say("成本", "cost")},
                                {.title = say("单位成本", "unit cost")}}};
    for (const UnitLines* lines : {&items_, &units_}) {
        for (const auto& [key, line] : *lines) {
            if (line.now.quantity > 0 && !line.standard && is_shown(key.first)) {
                section.rows.push_back(
                    {.cells = {text_cell(department(key.first)), text_cell(item(key.second)),
                               quantity_cell(line.now.quantity),
                               amount_cell(unit_fen(line.now.cost)), unit_cell(line.now)}});
            }
        }
    }
    return section;
}

}  // namespace

Report unit_cost_report(const UnitCostInput& input) {
    const Language language = input.language;
    Report report{.language = language,
                  .form = {},
                  .title = in(language, "单位成本对照表: 本月实际、滚动、标准",
                              "Unit cost: actual, rolling, standard"),
                  .caliber = in(language, "服务项目: 医院全成本 (三级分摊前, 全部经费)",
                                "service items: all funds, before level 3"),
                  .hospital = input.month.hospital_name,
                  .period = input.months.back().period + " (" + input.months.front().period +
                            " … " + input.months.back().period + ")",
                  .basis = input.basis,
                  .gaps = input.gaps};
    const UnitCostTables tables(input);
    report.sections.push_back(tables.items());
    if (input.department.empty()) {
        report.sections.push_back(tables.hospital());
    }
    report.sections.push_back(tables.units());
    report.sections.push_back(tables.pools(report));
    Section bridge = tables.bridge(report);
    if (input.department.empty()) {
        report.sections.push_back(std::move(bridge));
    }
    report.sections.push_back(tables.without_volume());
    if (input.standards) {
        report.sections.push_back(tables.without_standard());
    }
    report.notes.push_back(
        in(language,
           "滚动单位成本 = 各月成本之和 ÷ 各月数量之和。差异池 = 实际成本 − 数量 × 标准。"
           "水平差异 = 按滚动单位成本 − 按标准; 业务量差异 = 固定成本因业务量偏离月均而多或少吸收; "
           "其余为耗费差异 (价格与效率)。单位成本只作展示。",
           "Rolling unit cost = sum of costs ÷ sum of quantities. Variance pool = actual cost − "
           "quantity × standard. Level = at rolling unit cost − at standard; volume = fixed cost "
           "borne by more or fewer units than a usual month's; spend is the rest (prices, "
           "efficiency). Unit costs are only shown."));
    return report;
}

}  // namespace yuanliu::report
