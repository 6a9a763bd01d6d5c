// Why this file: 单机设备成本效益表 (docs/objects.md §3): only what is known to be a machine's own
// is its cost: depreciation of its card and the ledger lines traced to it. What several share is
// split once, and what is nobody's is listed.
#include <algorithm>
#include <map>
#include <set>

#include "costing/base/apportion.hpp"
#include "server/report/object_reports.hpp"

namespace yuanliu::report {
namespace {

constexpr std::int64_t kAllOfIt = 10'000;

struct EquipmentSums {
    const Asset* card = nullptr;
    Money traced_fixed;
    Money traced_variable;
    bool is_linked = false;  ///< some service item is done on it
    Money uses;              ///< a quantity, carried in its own units of 0.0001
    Money revenue;
    [[nodiscard]] Money own_cost() const {
        return card->depreciation + traced_fixed + traced_variable;
    }
};

/// An item's work in a department.
struct ItemWork {
    Money charge;
    Money quantity;
};
using WorkKey = std::pair<DepartmentId, ServiceItemId>;

/// One amount over the machines that share it, by asset; what is left stands under "".
std::map<std::string, Money> shared_out(Money amount, const std::map<std::string, Quantity>& by) {
    std::vector<Part> parts;
    std::int64_t rest = kAllOfIt;
    for (const auto& [asset, share] : by) {
        parts.push_back({.weight = share.raw(), .key = asset});
        rest -= share.raw();
    }
    parts.push_back({.weight = rest, .key = ""});
    const auto amounts = apportion(amount, parts);
    YUANLIU_CHECK(rest >= 0 && amounts.has_value());
    std::map<std::string, Money> shares;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        shares[std::string(parts[i].key)] = (*amounts)[i];
    }
    return shares;
}

bool varies_with_use(CostCategory category) {
    return category == CostCategory::materials || category == CostCategory::drugs ||
           category == CostCategory::risk_fund;
}

bool is_written_off(CostCategory category) {
    return category == CostCategory::depreciation || category == CostCategory::amortization;
}

class EquipmentTable {
  public:
    EquipmentTable(const ReportInput& input, Report& report)
        : input_(input), month_(input.view.month()), report_(report) {
        add_machines();
        add_ledger();
        add_work();
    }

    Section machines() const;
    Section sources();
    Section unlinked() const;
    Section rests() const;

  private:
    void add_machines();
    void add_ledger();
    void add_work();
    [[nodiscard]] std::string say(const char* zh, const char* en) const {
        return in(input_.language, zh, en);
    }
    [[nodiscard]] Row machine_row(const EquipmentSums& machine) const;

    const ReportInput& input_;
    const Month& month_;
    Report& report_;
    std::map<std::string, EquipmentSums> machines_;
    std::map<WorkKey, ItemWork> work_;           ///< of items that are linked
    std::map<WorkKey, ItemWork> on_no_machine_;  ///< its part that is on no machine
    Money depreciation_, untraced_, written_off_, charges_, linked_;
};

/// Cards that a table names, and all special equipment (专用设备).
void EquipmentTable::add_machines() {
    std::set<std::string> named;
    for (const EquipmentItem& row : month_.equipment_items) {
        named.insert(row.asset);
    }
    for (const EquipmentCost& row : month_.equipment_costs) {
        named.insert(row.asset);
    }
    for (const Asset& card : month_.assets) {
        depreciation_ += card.depreciation;
        if (card.kind == AssetKind::special || named.contains(card.code)) {
            machines_[card.code].card = &card;
        }
    }
}

void EquipmentTable::add_ledger() {
    std::map<std::uint32_t, std::map<std::string, Quantity>> traced;
    for (const EquipmentCost& row : month_.equipment_costs) {
        traced[row.ledger_row][row.asset] += row.share;
    }
    for (std::uint32_t i = 0; i < month_.ledger.size(); ++i) {
        const LedgerLine& line = month_.ledger[i];
        const Account& account = month_.accounts[line.account.index()];
        if (account.treatment != MapTreatment::cost ||
            month_.departments[line.department.index()].department_class ==
                DepartmentClass::excluded) {
            continue;
        }
        const CostCategory category = month_.cost_items[account.cost_item.index()].category;
        if (is_written_off(category)) {
            written_off_ += line.amount;
            continue;
        }
        const auto found = traced.find(i);
        if (found == traced.end()) {
            untraced_ += line.amount;
            continue;
        }
        for (const auto& [asset, amount] : shared_out(line.amount, found->second)) {
            (asset.empty()               ? untraced_
             : varies_with_use(category) ? machines_.at(asset).traced_variable
                                         : machines_.at(asset).traced_fixed) += amount;
        }
    }
}

void EquipmentTable::add_work() {
    std::map<WorkKey, std::map<std::string, Quantity>> shares;
    for (const EquipmentItem& row : month_.equipment_items) {
        shares[{row.department, row.service_item}][row.asset] += row.share;
        machines_.at(row.asset).is_linked = true;
    }
    const ChargeLines& lines = month_.charge_lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (month_.service_items[lines.service_item[i].index()].kind != ServiceKind::service) {
            continue;
        }
        charges_ += lines.charge[i];
        const WorkKey key{lines.executing[i], lines.service_item[i]};
        if (shares.contains(key)) {
            work_[key].charge += lines.charge[i];
            work_[key].quantity += Money::from_raw(lines.quantity[i].raw());
        }
    }
    for (const auto& [key, work] : work_) {
        linked_ += work.charge;
        for (const auto& [asset, amount] : shared_out(work.charge, shares.at(key))) {
            (asset.empty() ? on_no_machine_[key].charge : machines_.at(asset).revenue) += amount;
        }
        for (const auto& [asset, amount] : shared_out(work.quantity, shares.at(key))) {
            (asset.empty() ? on_no_machine_[key].quantity : machines_.at(asset).uses) += amount;
        }
    }
}

/// amount ÷ uses to the fen; blank without uses.
Cell per_use_cell(Money amount, Money uses) {
    return uses.raw() <= 0 ? blank_cell()
                           : amount_cell(Money::from_raw(
                                 rounded_half_away(Int128{amount.raw()} * kAllOfIt, uses.raw())));
}

/// The least whole number of uses at which revenue less variable cost reaches the fixed cost; blank
/// when no number does.
Cell break_even_cell(const EquipmentSums& machine) {
    const Int128 margin = Int128{machine.revenue.raw()} - machine.traced_variable.raw();
    const Int128 fixed = Int128{machine.card->depreciation.raw()} + machine.traced_fixed.raw();
    if (machine.uses.raw() <= 0 || margin <= 0 || fixed < 0) {
        return blank_cell();
    }
    const Int128 divisor = margin * kAllOfIt;
    return count_cell(narrowed((fixed * machine.uses.raw() + divisor - 1) / divisor));
}

Row EquipmentTable::machine_row(const EquipmentSums& machine) const {
    const Money cost = machine.own_cost();
    const bool has_uses = machine.is_linked;
    return {
        .cells = {
            text_cell(machine.card->name + " " + machine.card->code),
            text_cell(department_words(month_.departments[machine.card->department.index()])),
            amount_cell(machine.card->depreciation), amount_cell(machine.traced_fixed),
            amount_cell(machine.traced_variable), amount_cell(cost),
            has_uses ? number_cell(Quantity::from_raw(machine.uses.raw()).trimmed()) : blank_cell(),
            has_uses ? amount_cell(machine.revenue) : blank_cell(),
            has_uses ? amount_cell(machine.revenue - cost) : blank_cell(),
            per_use_cell(cost, machine.uses), per_use_cell(machine.revenue, machine.uses),
            break_even_cell(machine)}};
}

Section EquipmentTable::machines() const {
    Section section{
        .caption = {},
        .key_columns = 2,
        .columns = {
            {.title = say("设备", "equipment")},
            {.title = say("科室", "department")},
            {.title = say("折旧", "depreciation"), .group = say("本机成本", "own cost")},
            {.title = say("追溯: 固定", "traced, fixed"), .group = say("本机成本", "own cost")},
            {.title = say("追溯: 变动", "traced, variable"), .group = say("本机成本", "own cost")},
            {.title = say("合计", "total"), .group = say("本机成本", "own cost")},
            {.title = say("工作量", "uses")},
            {.title = say("收入", "revenue")},
            {.title = say("收入 − 本机成本", "revenue − own cost")},
            {.title = say("次均本机成本", "own cost per use")},
            {.title = say("次均收入", "revenue per use")},
            {.title = say("保本工作量", "break-even uses")}}};
    Money depreciation, fixed, variable, revenue;
    for (const auto& [code, machine] : machines_) {
        section.rows.push_back(machine_row(machine));
        depreciation += machine.card->depreciation;
        fixed += machine.traced_fixed;
        variable += machine.traced_variable;
        revenue += machine.revenue;
    }
    const Money cost = depreciation + fixed + variable;
    section.rows.push_back(
        {.style = RowStyle::total,
         .cells = {text_cell(say("合计", "total")), text_cell({}), amount_cell(depreciation),
                   amount_cell(fixed), amount_cell(variable), amount_cell(cost), blank_cell(),
                   amount_cell(revenue), blank_cell(), blank_cell(), blank_cell(), blank_cell()}});
    return section;
}

/// Every amount once: of machines, and the rest of the same source.
Section EquipmentTable::sources() {
    Money card, traced, revenue, rest, booked, moved_out, of_items;
    for (const auto& [code, machine] : machines_) {
        card += machine.card->depreciation;
        traced += machine.traced_fixed + machine.traced_variable;
        revenue += machine.revenue;
    }
    for (const auto& [key, work] : on_no_machine_) {
        rest += work.charge;
    }
    for (const DepartmentCost& row : input_.book.costs) {
        booked += row.kind == CostKind::direct ? row.cost : Money();
    }
    for (const CollectedCost& row : input_.book.collected) {
        moved_out -= row.moved_out + row.moved_in;
    }
    report_.must_close(say("追溯 + 未追溯 + 折旧摊销 = 账面成本",
                           "traced + not traced + written off = cost of the ledger"),
                       traced + untraced_ + written_off_, booked + moved_out);
    report_.must_close(
        say("设备收入 + 不在设备上 = 所列项目收入", "on machines + on none = linked"),
        revenue + rest, linked_);
    Section section{.caption = say("来源核对: 每笔金额只归属一次", "sources: every amount once"),
                    .columns = {{.title = say("来源", "source")},
                                {.title = say("归属设备", "of machines")},
                                {.title = say("其余", "the rest")},
                                {.title = say("合计", "total")}}};
    const auto add = [&](const std::string& title, Money mine, Money others) {
        section.rows.push_back({.cells = {text_cell(title), amount_cell(mine), amount_cell(others),
                                          amount_cell(mine + others)}});
    };
    add(say("资产卡片折旧", "depreciation of cards"), card, depreciation_ - card);
    add(say("账面折旧与摊销 (其余 = 账面 − 设备卡片)",
            "written off in the ledger (rest = ledger − machines)"),
        card, written_off_ - card);
    add(say("账面其他成本", "other cost of the ledger"), traced, untraced_);
    add(say("医疗服务项目收入", "charges of service items"), revenue, charges_ - revenue);
    return section;
}

Section EquipmentTable::unlinked() const {
    Section section{.caption = say("未关联服务项目的设备 (无工作量, 不计零)",
                                   "machines without service items (no uses known, none assumed)"),
                    .columns = {{.title = say("设备", "equipment")},
                                {.title = say("科室", "department")},
                                {.title = say("本机成本", "own cost")}}};
    for (const auto& [code, machine] : machines_) {
        if (!machine.is_linked) {
            section.rows.push_back(
                {.cells = {text_cell(machine.card->name + " " + code),
                           text_cell(department_words(
                               month_.departments[machine.card->department.index()])),
                           amount_cell(machine.own_cost())}});
        }
    }
    return section;
}

Section EquipmentTable::rests() const {
    Section section{.caption = say("所列项目中不在设备上完成的部分",
                                   "work of linked items that is on no machine"),
                    .key_columns = 2,
                    .columns = {{.title = say("科室", "department")},
                                {.title = say("项目", "item")},
                                {.title = say("数量", "quantity")},
                                {.title = say("收入", "revenue")}}};
    for (const auto& [key, work] : on_no_machine_) {
        const ServiceItem& item = month_.service_items[key.second.index()];
        if (!work.charge.is_zero() || !work.quantity.is_zero()) {
            section.rows.push_back(
                {.cells = {text_cell(department_words(month_.departments[key.first.index()])),
                           text_cell(item.name + " " + item.code),
                           number_cell(Quantity::from_raw(work.quantity.raw()).trimmed()),
                           amount_cell(work.charge)}});
        }
    }
    return section;
}

}  // namespace

Report equipment_report(const ReportInput& input) {
    const Language language = input.language;
    Report report =
        begin_report(input, {}, "单机设备成本效益表", "Equipment: cost, use, break-even");
    report.caliber = in(language, "本机成本, 全部经费", "own cost of machines, all funds");
    EquipmentTable table(input, report);
    report.sections.push_back(table.machines());
    report.sections.push_back(table.sources());
    report.sections.push_back(table.unlinked());
    report.sections.push_back(table.rests());
    report.notes.push_back(
        in(language,
           "本机成本 = 卡片折旧 + 追溯的总账行; 不含科室人员、房屋及分摊成本, 除非已追溯。"
           "保本工作量 = 固定成本 ÷ (次均收入 − 次均变动成本), 进位取整; 留空 = 无保本点。",
           "Own cost = depreciation of the card and ledger lines traced to it; staff, space and "
           "shared "
           "cost only when traced. Break-even = fixed cost ÷ (revenue − variable cost per use), "
           "rounded up; blank = there is none."));
    return report;
}

}  // namespace yuanliu::report
