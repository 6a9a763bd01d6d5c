// Why this file: 科室全成本单: the whole cost of one department with the base of every share, and
// why what it received changed since last month (docs/reports.md §6).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "server/report/department_sections.hpp"

namespace yuanliu::report {
namespace {

std::string level_words(Layer level, Language language) {
    const char* zh[] = {"直接计入", "计算计入", "一级", "二级", "三级", "其他", "转出"};
    const char* en[] = {"booked", "public", "level 1", "level 2", "level 3", "other", "passed on"};
    const auto l = static_cast<std::size_t>(level);
    return in(language, zh[l], en[l]);
}

Section cost_section(const ReportInput& input, DepartmentId department, Report& report) {
    const CostView& view = input.view;
    const Language language = input.language;
    const auto lines = cost_lines(input.scope, language);
    std::vector<Layer> layers{Layer::booked, Layer::public_cost, Layer::administrative,
                              Layer::auxiliary, Layer::medical_technology};
    for (const Layer layer : {Layer::other, Layer::passed_on}) {
        if (!view.layer(department, layer, lines.back()).is_zero()) {
            layers.push_back(layer);
        }
    }
    Section section{.caption = in(language, "成本", "cost"),
                    .columns = {{.title = in(language, "成本项目", "cost item")}}};
    for (const Layer layer : layers) {
        section.columns.push_back({.title = level_words(layer, language)});
    }
    section.columns.push_back({.title = in(language, "全成本", "full")});
    for (const CostLine& line : lines) {
        Row row{.style = line.is_sum ? RowStyle::total : RowStyle::item,
                .cells = {text_cell(line.title)}};
        Money sum;
        for (const Layer layer : layers) {
            row.cells.push_back(amount_cell(view.layer(department, layer, line)));
            sum += view.layer(department, layer, line);
        }
        row.cells.push_back(amount_cell(sum));
        report.must_close(in(language, "各层之和 = 全成本: ", "layers = full: ") + line.title, sum,
                          view.full(department, line));
        section.rows.push_back(std::move(row));
    }
    return section;
}

/// A share that was received by one base.
struct Share {
    Layer level{};
    std::string sender;
    std::string driver;
    Quantity base;
    Quantity base_total;
    std::uint32_t pass = 1;
    Money pool;
    Money cost;
    std::int64_t transfers = 0;
};

Money absolute(Money amount) {
    return amount.raw() < 0 ? -amount : amount;
}

/// Transfers to a department, summed by sender and base; the largest amount first.
std::vector<Share> shares_of(const ReportInput& input, const ResultBook& book,
                             std::string_view receiver) {
    std::map<std::tuple<std::string, std::string, Quantity, Quantity, std::uint32_t, Layer>, Share>
        found;
    for (const Transfer& row : book.transfers) {
        if (row.receiver != receiver ||
            !input.view.is_in(input.scope, row.fund, row.origin, row.receiver)) {
            continue;
        }
        // A sender that is gone by now has no class any more; only its amounts are asked for.
        const Layer level = input.view.find(row.sender) ? input.view.level_of(row) : Layer::other;
        Share& share = found[{row.sender, row.driver, row.base, row.base_total, row.pass, level}];
        share.level = level;
        share.sender = row.sender;
        share.driver = row.driver;
        share.base = row.base;
        share.base_total = row.base_total;
        share.pass = row.pass;
        share.pool += row.pool;
        share.cost += row.cost;
        ++share.transfers;
    }
    std::vector<Share> shares;
    for (auto& [key, share] : found) {
        shares.push_back(std::move(share));
    }
    std::stable_sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) {
        return absolute(a.cost) > absolute(b.cost);
    });
    return shares;
}

std::string name_of_driver(const Month& month, const std::string& code) {
    for (const Driver& driver : month.drivers) {
        if (driver.code == code) {
            return driver.name;
        }
    }
    return code;
}

std::string name_of_sender(const CostView& view, const std::string& code) {
    const auto department = view.find(code);
    return department ? department_words(view.month().departments[department->index()]) : code;
}

Section share_section(const ReportInput& input, const std::vector<Share>& shares, Money received,
                      Report& report) {
    const Language language = input.language;
    const bool has_passes = std::any_of(shares.begin(), shares.end(),
                                        [](const Share& share) { return share.pass > 1; });
    Section section{.caption = in(language, "分得的每一份: 待分摊成本 × 基数 ÷ 基数合计",
                                  "every share received: pool × base ÷ total of the base"),
                    .key_columns = 3,
                    .columns = {{.title = in(language, "层次", "level")},
                                {.title = in(language, "来自", "from")},
                                {.title = in(language, "分摊参数", "driver")},
                                {.title = in(language, "本科室基数", "base")},
                                {.title = in(language, "基数合计", "total of the base")},
                                {.title = "%"},
                                {.title = in(language, "待分摊成本", "pool")},
                                {.title = in(language, "分得金额", "amount")},
                                {.title = in(language, "笔数", "transfers")}}};
    Money sum;
    for (const Share& share : shares) {
        const std::string pass = has_passes ? fmt::format(" ({})", share.pass) : std::string();
        section.rows.push_back(
            {.cells = {text_cell(level_words(share.level, language) + pass),
                       text_cell(name_of_sender(input.view, share.sender)),
                       text_cell(name_of_driver(input.view.month(), share.driver)),
                       number_cell(share.base.trimmed()), number_cell(share.base_total.trimmed()),
                       percent_cell(share.base.raw(), share.base_total.raw()),
                       amount_cell(share.pool), amount_cell(share.cost),
                       count_cell(share.transfers)}});
        sum += share.cost;
    }
    section.rows.push_back({.style = RowStyle::total,
                            .cells = {text_cell(in(language, "合计", "total")), text_cell({}),
                                      text_cell({}), blank_cell(), blank_cell(), blank_cell(),
                                      blank_cell(), amount_cell(sum), blank_cell()}});
    report.must_close(in(language, "分得各份之和 = 各级分得", "shares = what was received"), sum,
                      received);
    return section;
}

std::string words_of_base(const Month& month, const CostMove& move, Language language) {
    if (!move.driver.empty()) {
        return name_of_driver(month, move.driver);
    }
    constexpr std::array<std::array<std::string_view, 3>, 5> kWords{
        {{"share", "固定比例", "share"},
         {"metered", "计量", "meters"},
         {"payroll", "薪酬", "payroll"},
         {"staff_time", "工时", "time"},
         {"assets", "资产卡片", "assets"}}};
    for (const auto& [by, zh, en] : kWords) {
        if (move.by == by) {
            return in(language, zh, en);
        }
    }
    return move.by;
}

/// What moves of direct cost brought, with the base of every share; the largest amount first.
Section move_section(const ReportInput& input, std::string_view department, Report& report) {
    const Language language = input.language;
    using Key = std::tuple<std::uint32_t, std::string, std::string, Quantity, Quantity>;
    std::map<Key, std::pair<Money, Money>> found;
    Money moved_in;
    for (const CostMove& move : input.book.moves) {
        if (move.to_department == department &&
            input.view.is_in(input.scope, move.to_fund, Origin::direct, department)) {
            auto& [pool, amount] = found[{move.rule, move.department,
                                          words_of_base(input.view.month(), move, language),
                                          move.base, move.base_total}];
            pool += move.pool;
            amount += move.amount;
        }
    }
    for (const CollectedCost& row : input.book.collected) {
        const bool is_ours =
            row.department == department &&
            input.view.is_in(input.scope, row.fund, Origin::direct, row.department);
        moved_in += is_ours ? row.moved_in : Money();
    }
    Section section{.caption = in(language, "归集规则转入: 被转金额 × 基数 ÷ 基数合计",
                                  "what moves brought: taken × base ÷ total of the base"),
                    .key_columns = 3,
                    .columns = {{.title = in(language, "规则", "move")},
                                {.title = in(language, "来自", "from")},
                                {.title = in(language, "依据", "by")},
                                {.title = in(language, "本科室基数", "base")},
                                {.title = in(language, "基数合计", "total of the base")},
                                {.title = "%"},
                                {.title = in(language, "被转金额", "taken")},
                                {.title = in(language, "转入金额", "amount")}}};
    Money sum;
    std::vector<std::pair<Money, Row>> rows;
    for (const auto& [key, amounts] : found) {
        const auto& [rule, from, by, base, base_total] = key;
        rows.emplace_back(
            absolute(amounts.second),
            Row{.cells = {text_cell(fmt::format("{}", rule)),
                          text_cell(name_of_sender(input.view, from)), text_cell(by),
                          number_cell(base.trimmed()), number_cell(base_total.trimmed()),
                          percent_cell(base.raw(), base_total.raw()), amount_cell(amounts.first),
                          amount_cell(amounts.second)}});
        sum += amounts.second;
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (auto& [size, row] : rows) {
        section.rows.push_back(std::move(row));
    }
    section.rows.push_back(
        {.style = RowStyle::total,
         .cells = {text_cell(in(language, "合计", "total")), text_cell({}), text_cell({}),
                   blank_cell(), blank_cell(), blank_cell(), blank_cell(), amount_cell(sum)}});
    report.must_close(in(language, "各笔转入之和 = 转入合计", "moves = what was moved in"), sum,
                      moved_in);
    return section;
}

/// What came from one sender in a month.
struct FromSender {
    Money pool;
    Money cost;
    const Share* largest = nullptr;
    bool has_more = false;
};

std::map<std::string, FromSender> by_sender(const std::vector<Share>& shares) {
    std::map<std::string, FromSender> senders;
    for (const Share& share : shares) {
        FromSender& from = senders[share.sender];
        from.pool += share.pool;
        from.cost += share.cost;
        from.has_more = from.largest != nullptr;
        from.largest = from.largest == nullptr ? &share : from.largest;
    }
    return senders;
}

std::string base_words(const Month& month, const FromSender& from) {
    return from.largest == nullptr
               ? std::string()
               : fmt::format("{} {} / {}{}", name_of_driver(month, from.largest->driver),
                             from.largest->base.trimmed(), from.largest->base_total.trimmed(),
                             from.has_more ? " …" : "");
}

/// How much of the change of a sender's share is its own cost, and how much our part of it.
struct Effects {
    Money pool{};
    Money share{};
    Money is_new{};
    Money ended{};
    void add(const Effects& more) {
        pool += more.pool;
        share += more.share;
        is_new += more.is_new;
        ended += more.ended;
    }
    [[nodiscard]] Money sum() const { return pool + share + is_new + ended; }
};

Effects effects_of(const FromSender& then, const FromSender& now) {
    if (then.largest == nullptr) {
        return {.is_new = now.cost};
    }
    if (now.largest == nullptr) {
        return {.ended = -then.cost};
    }
    Effects effects;
    if (!then.pool.is_zero()) {
        effects.pool = Money::from_raw(rounded_half_away(
            Int128{then.cost.raw()} * (now.pool - then.pool).raw(), then.pool.raw()));
    }
    effects.share = now.cost - then.cost - effects.pool;
    return effects;
}

Row change_row(RowStyle style, std::string sender, const std::array<std::string, 2>& bases,
               const std::array<Money, 2>& costs, const Effects& effects) {
    return {.style = style,
            .cells = {text_cell(std::move(sender)), amount_cell(costs[0]), amount_cell(costs[1]),
                      amount_cell(costs[1] - costs[0]), amount_cell(effects.pool),
                      amount_cell(effects.share), amount_cell(effects.is_new),
                      amount_cell(effects.ended), text_cell(bases[0]), text_cell(bases[1])}};
}

Section change_section(const ReportInput& input, const ResultBook& earlier, bool is_year,
                       std::string_view department, const std::vector<Share>& now, Report& report) {
    const Language language = input.language;
    const Month& month = input.view.month();
    const std::vector<Share> then = shares_of(input, earlier, department);
    const std::string when =
        is_year ? in(language, "上年同月", "a year ago") : in(language, "上月", "last month");
    Section section{.caption = in(language, "分得的成本为何变化 (与" + when + "比)",
                                  "why what was received changed since " + when),
                    .columns = {{.title = in(language, "来自", "from")},
                                {.title = in(language, when + "分得", when)},
                                {.title = in(language, "本月分得", "this month")},
                                {.title = in(language, "变动", "change")},
                                {.title = in(language, "对方成本变动影响", "pool effect")},
                                {.title = in(language, "本科室占比变动影响", "share effect")},
                                {.title = in(language, "新增", "new")},
                                {.title = in(language, "停止", "ended")},
                                {.title = in(language, when + "基数", "base " + when)},
                                {.title = in(language, "本月基数", "base this month")}}};
    const auto before = by_sender(then);
    const auto after = by_sender(now);
    std::map<std::string, std::array<FromSender, 2>> senders;
    for (const auto& [code, from] : before) {
        senders[code][0] = from;
    }
    for (const auto& [code, from] : after) {
        senders[code][1] = from;
    }
    std::array<Money, 2> sums{};
    Effects total;
    std::vector<std::pair<Money, Row>> rows;
    for (const auto& [code, from] : senders) {
        const Effects effects = effects_of(from[0], from[1]);
        const std::array costs{from[0].cost, from[1].cost};
        rows.emplace_back(
            absolute(costs[1] - costs[0]),
            change_row(RowStyle::item, name_of_sender(input.view, code),
                       {base_words(month, from[0]), base_words(month, from[1])}, costs, effects));
        sums[0] += costs[0];
        sums[1] += costs[1];
        total.add(effects);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (auto& [size, row] : rows) {
        section.rows.push_back(std::move(row));
    }
    section.rows.push_back(
        change_row(RowStyle::total, in(language, "合计", "total"), {}, sums, total));
    report.must_close(in(language, "各项影响之和 = 变动", "effects = change"), total.sum(),
                      sums[1] - sums[0]);
    return section;
}

}  // namespace

Report department_report(const ReportInput& input, DepartmentId department,
                         const EarlierBooks& earlier) {
    const Language language = input.language;
    const Department& row = input.view.month().departments[department.index()];
    Report report = begin_report(input, {}, "科室全成本单", "Full cost sheet of a department");
    report.title += in(language, ": ", ": ") + department_words(row) + " (" +
                    class_words(row.department_class, language) + ")";
    const CostLine total = cost_lines(input.scope, language).back();
    report.sections.push_back(cost_section(input, department, report));
    if (!input.book.attributes.empty() && input.scope != Scope::medical_business) {
        report.sections.push_back(attribute_section(input, department, report));
    }
    if (earlier.month_before != nullptr || earlier.year_before != nullptr) {
        report.sections.push_back(earlier_section(input, department, earlier));
    }
    const auto now = shares_of(input, input.book, row.code);
    Money received;
    for (const Transfer& transfer : input.book.transfers) {
        const bool is_ours =
            transfer.receiver == row.code &&
            input.view.is_in(input.scope, transfer.fund, transfer.origin, row.code);
        received += is_ours ? transfer.cost : Money();
    }
    report.sections.push_back(share_section(input, now, received, report));
    if (!input.book.collected.empty()) {
        report.sections.push_back(move_section(input, row.code, report));
    }
    for (const ResultBook* book : {earlier.month_before, earlier.year_before}) {
        if (book != nullptr) {
            const bool is_year = book == earlier.year_before;
            report.sections.push_back(change_section(input, *book, is_year, row.code, now, report));
            report.basis += fmt::format(" · {} {}", is_year ? "year before" : "before",
                                        book->result_hash.substr(0, 16));
        }
    }
    if (earlier.month_before != nullptr || earlier.year_before != nullptr) {
        report.notes.push_back(in(
            language,
            "对方成本变动影响 = 当时分得 × (本月待分摊成本 − 当时) ÷ 当时待分摊成本, 四舍五入到分; "
            "其余为本科室占比变动影响。新增、停止的来源单列。",
            "Pool effect = the amount then × (pool now − pool then) ÷ pool then, to the fen; "
            "the rest of the change is the share effect. New and ended senders stand apart."));
    }
    return report;
}

}  // namespace yuanliu::report
