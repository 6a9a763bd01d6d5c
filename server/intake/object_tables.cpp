// Why this file: the optional tables of other cost objects (docs/objects.md): attending groups,
// equipment, beds, research projects. Every name is checked, and no share is given away twice.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {
namespace {

/// A row with where it stood, until it was compared with the others.
template <class T>
struct NumberedRow {
    T value;
    std::uint32_t number = 0;
    bool is_in_force = true;
};

template <class T>
std::vector<T> without_numbers(std::vector<NumberedRow<T>> rows) {
    std::vector<T> values;
    values.reserve(rows.size());
    for (NumberedRow<T>& row : rows) {
        if (row.is_in_force) {
            values.push_back(std::move(row.value));
        }
    }
    return values;
}

NumberedRow<AttendingGroup> make_attending_group(const MonthDraft& draft, const Row& row,
                                                 FindingList& findings) {
    enum : std::size_t { attending, valid_from, valid_to, group, name };
    const bool has_both = row[valid_from].is_valid && row[valid_to].is_valid &&
                          !row[valid_from].is_blank() && !row[valid_to].is_blank();
    if (has_both && row[valid_to].period() < row[valid_from].period()) {
        findings.add(FindingCode::validity_reversed, {.row = row.number, .column = "valid_to"},
                     {row[valid_from].string(), row[valid_to].string()});
    }
    return {.value = {.attending = row[attending].string(),
                      .group = row[group].string(),
                      .name = row[name].string()},
            .number = row.number,
            .is_in_force = draft.in_force(row[valid_from], row[valid_to])};
}

/// A physician is in one group at a time, and a group has one name.
void read_attending_groups(MonthDraft& draft) {
    auto rows = read_rows<NumberedRow<AttendingGroup>>(
        draft, tables::attending_groups,
        [&](const Row& row, FindingList& f) { return make_attending_group(draft, row, f); });
    FindingList& findings = draft.book.of(tables::attending_groups.file);
    std::map<std::string, std::uint32_t, std::less<>> row_of;
    std::map<std::string, const NumberedRow<AttendingGroup>*, std::less<>> names;
    for (const NumberedRow<AttendingGroup>& row : rows) {
        if (!row.is_in_force) {
            continue;
        }
        if (const auto [at, is_new] = row_of.emplace(row.value.attending, row.number); !is_new) {
            findings.add(FindingCode::attending_grouped_twice,
                         {.row = row.number, .column = "attending"},
                         {row.value.attending, std::to_string(at->second)});
        }
        const auto [named, is_first] = names.emplace(row.value.group, &row);
        if (!is_first && named->second->value.name != row.value.name) {
            findings.add(FindingCode::group_name_differs, {.row = row.number, .column = "name"},
                         {row.value.group, row.value.name, named->second->value.name,
                          std::to_string(named->second->number)});
        }
    }
    auto& groups = draft.month().attending_groups;
    groups = without_numbers(std::move(rows));
    std::stable_sort(groups.begin(), groups.end(),
                     [](const auto& a, const auto& b) { return a.attending < b.attending; });
}

void refer_asset(const MonthDraft& draft, const Row& row, FindingList& findings) {
    const auto& assets = draft.loaded.month.assets;
    const auto found = std::lower_bound(
        assets.begin(), assets.end(), row[0].text,
        [](const Asset& asset, std::string_view code) { return asset.code < code; });
    const bool is_known = found != assets.end() && found->code == row[0].text;
    if (!is_known && row[0].is_valid && draft.can_judge(tables::assets)) {
        findings.add(FindingCode::unknown_asset, {.row = row.number, .column = "asset"},
                     {row[0].string()});
    }
}

/// What is divided among machines, by its key: no more of it than all of it.
class ShareSums {
  public:
    void add(const std::string& key, Quantity share, std::uint32_t row) {
        auto& [sum, last] = sums_[key];
        sum += share;
        last = row;
    }
    void check(FindingList& findings) const {
        constexpr std::int64_t kWhole = 10'000;
        for (const auto& [key, sum] : sums_) {
            if (sum.first.raw() > kWhole) {
                findings.add(FindingCode::equipment_share_exceeds,
                             {.row = sum.second, .column = "share"}, {key, sum.first.trimmed()});
            }
        }
    }

  private:
    std::map<std::string, std::pair<Quantity, std::uint32_t>> sums_;
};

void read_equipment_items(MonthDraft& draft) {
    enum : std::size_t { asset, department, service_item, share };
    const Reference to_department{department, "department", FindingCode::unknown_department};
    const Reference to_item{service_item, "service_item", FindingCode::unknown_service_item};
    auto rows = read_rows<NumberedRow<EquipmentItem>>(
        draft, tables::equipment_items, [&](const Row& row, FindingList& f) {
            refer_asset(draft, row, f);
            const std::uint32_t item = refer(draft, draft.service_items, to_item, row, f);
            if (item != CodeIndex::kNone &&
                draft.loaded.month.service_items[item].kind != ServiceKind::service) {
                const ServiceItem& found = draft.loaded.month.service_items[item];
                f.add(FindingCode::item_not_service, {.row = row.number, .column = "service_item"},
                      {found.code, std::string(word_of(found.kind))});
            }
            return NumberedRow<EquipmentItem>{
                .value = {.asset = row[asset].string(),
                          .department =
                              DepartmentId(refer(draft, draft.departments, to_department, row, f)),
                          .service_item = ServiceItemId(item),
                          .share = row[share].quantity()},
                .number = row.number};
        });
    const Month& month = draft.loaded.month;
    ShareSums sums;
    for (const auto& [row, number, in_force] : rows) {
        if (row.department.is_valid() && row.service_item.is_valid()) {
            sums.add(month.departments[row.department.index()].code + " " +
                         month.service_items[row.service_item.index()].code,
                     row.share, number);
        }
    }
    sums.check(draft.book.of(tables::equipment_items.file));
    auto& items = draft.month().equipment_items;
    items = without_numbers(std::move(rows));
    std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) {
        return std::tie(a.department, a.service_item, a.asset) <
               std::tie(b.department, b.service_item, b.asset);
    });
}

/// The first line of the ledger from (voucher, line) on; the ledger stands in that order.
std::vector<LedgerLine>::const_iterator ledger_at(const MonthDraft& draft, std::string_view voucher,
                                                  std::string_view line) {
    const auto& ledger = draft.loaded.month.ledger;
    return std::lower_bound(ledger.begin(), ledger.end(), std::pair(voucher, line),
                            [](const LedgerLine& one, const auto& wanted) {
                                return std::pair(std::string_view(one.voucher),
                                                 std::string_view(one.line)) < wanted;
                            });
}

/// Whether a line is cost that no asset card has already.
bool is_traceable(const Month& month, const LedgerLine& line) {
    if (!line.account.is_valid() || !line.department.is_valid()) {
        return true;  // said elsewhere
    }
    const Account& account = month.accounts[line.account.index()];
    if (account.treatment != MapTreatment::cost ||
        month.departments[line.department.index()].department_class == DepartmentClass::excluded) {
        return false;
    }
    if (!account.cost_item.is_valid()) {
        return true;
    }
    const CostCategory category = month.cost_items[account.cost_item.index()].category;
    return category != CostCategory::depreciation && category != CostCategory::amortization;
}

NumberedRow<EquipmentCost> make_equipment_cost(const MonthDraft& draft, const Row& row,
                                               FindingList& findings) {
    enum : std::size_t { asset, voucher, line, share };
    refer_asset(draft, row, findings);
    const Month& month = draft.loaded.month;
    const auto found = ledger_at(draft, row[voucher].text, row[line].text);
    const bool is_known = found != month.ledger.end() && found->voucher == row[voucher].text &&
                          found->line == row[line].text;
    const FindingList::Place place{.row = row.number, .column = "voucher"};
    if (!is_known) {
        if (row[voucher].is_valid && row[line].is_valid && draft.can_judge(tables::ledger)) {
            findings.add(FindingCode::unknown_ledger_line, place,
                         {row[voucher].string(), row[line].string()});
        }
        return {.value = {}, .number = row.number, .is_in_force = false};
    }
    if (!is_traceable(month, *found)) {
        findings.add(FindingCode::equipment_cost_not_traceable, place,
                     {row[voucher].string(), row[line].string()});
    }
    return {.value = {.asset = row[asset].string(),
                      .ledger_row = static_cast<std::uint32_t>(found - month.ledger.begin()),
                      .share = row[share].quantity()},
            .number = row.number};
}

void read_equipment_costs(MonthDraft& draft) {
    auto rows = read_rows<NumberedRow<EquipmentCost>>(
        draft, tables::equipment_costs,
        [&](const Row& row, FindingList& f) { return make_equipment_cost(draft, row, f); });
    const Month& month = draft.loaded.month;
    ShareSums sums;
    for (const auto& [row, number, is_known] : rows) {
        if (is_known) {
            const LedgerLine& line = month.ledger[row.ledger_row];
            sums.add(line.voucher + "," + line.line, row.share, number);
        }
    }
    sums.check(draft.book.of(tables::equipment_costs.file));
    auto& costs = draft.month().equipment_costs;
    costs = without_numbers(std::move(rows));
    std::stable_sort(costs.begin(), costs.end(), [](const auto& a, const auto& b) {
        return std::tie(a.ledger_row, a.asset) < std::tie(b.ledger_row, b.asset);
    });
}

/// Beds stand in wards: clinical departments that aren't outpatient ones.
void read_beds(MonthDraft& draft) {
    enum : std::size_t { department, opened, available_days };
    const Reference to_department{department, "department", FindingCode::unknown_department};
    auto& beds = draft.month().beds;
    beds = read_rows<WardBeds>(draft, tables::beds, [&](const Row& row, FindingList& findings) {
        WardBeds made{.department = DepartmentId(
                          refer(draft, draft.departments, to_department, row, findings)),
                      .opened = row[opened].quantity()};
        if (made.department.is_valid()) {
            const Department& ward = draft.loaded.month.departments[made.department.index()];
            if (ward.department_class != DepartmentClass::clinical ||
                ward.care_setting != CareSetting::inpatient) {
                findings.add(FindingCode::bed_department_not_ward,
                             {.row = row.number, .column = "department"}, {ward.code});
            }
        }
        if (!row[available_days].is_blank()) {
            made.available_days = row[available_days].quantity();
        }
        return made;
    });
    std::stable_sort(beds.begin(), beds.end(),
                     [](const auto& a, const auto& b) { return a.department < b.department; });
}

void read_research_projects(MonthDraft& draft) {
    auto& projects = draft.month().research_projects;
    projects = read_rows<ResearchProject>(
        draft, tables::research_projects, [](const Row& row, FindingList& /*findings*/) {
            return ResearchProject{.code = row[0].string(), .name = row[1].string()};
        });
    std::stable_sort(projects.begin(), projects.end(),
                     [](const auto& a, const auto& b) { return a.code < b.code; });
}

/// A row names a voucher or an account; a voucher that it names is one of the ledger.
void check_project_line(const MonthDraft& draft, const Row& row, FindingList& findings) {
    enum : std::size_t { voucher, line, account, department, project };
    const FindingList::Place place{.row = row.number, .column = "voucher"};
    if (row[voucher].is_blank()) {
        if (row[account].is_blank() || !row[line].is_blank()) {
            findings.add(FindingCode::value_missing, place, {});
        }
        return;
    }
    const auto found = ledger_at(draft, row[voucher].text, row[line].text);
    const bool is_known = found != draft.loaded.month.ledger.end() &&
                          found->voucher == row[voucher].text &&
                          (row[line].is_blank() || found->line == row[line].text);
    if (!is_known && row[voucher].is_valid && row[line].is_valid &&
        draft.can_judge(tables::ledger)) {
        findings.add(FindingCode::unknown_ledger_line, place,
                     {row[voucher].string(), row[line].string()});
    }
}

void read_project_lines(MonthDraft& draft) {
    enum : std::size_t { voucher, line, account, department, project };
    const Reference to_account{account, "account", FindingCode::unknown_account};
    const Reference to_department{department, "department", FindingCode::unknown_department};
    std::set<std::string, std::less<>> known;
    for (const ResearchProject& row : draft.month().research_projects) {
        known.insert(row.code);
    }
    auto& lines = draft.month().project_lines;
    lines = read_rows<ProjectLine>(
        draft, tables::project_lines, [&](const Row& row, FindingList& findings) {
            check_project_line(draft, row, findings);
            if (row[project].is_valid && !known.contains(row[project].text) &&
                draft.can_judge(tables::research_projects)) {
                findings.add(FindingCode::unknown_project, {.row = row.number, .column = "project"},
                             {row[project].string()});
            }
            return ProjectLine{
                .voucher = row[voucher].string(),
                .line = row[line].string(),
                .account = AccountId(refer(draft, draft.accounts, to_account, row, findings)),
                .department =
                    DepartmentId(refer(draft, draft.departments, to_department, row, findings)),
                .project = row[project].string()};
        });
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
        return std::tuple(std::string_view(a.voucher), std::string_view(a.line),
                          a.account.value() + 1U, a.department.value() + 1U) <
               std::tuple(std::string_view(b.voucher), std::string_view(b.line),
                          b.account.value() + 1U, b.department.value() + 1U);
    });
}

}  // namespace

void read_object_tables(MonthDraft& draft) {
    read_attending_groups(draft);
    read_equipment_items(draft);
    read_equipment_costs(draft);
    read_beds(draft);
    read_research_projects(draft);
    read_project_lines(draft);
}

}  // namespace yuanliu::intake
