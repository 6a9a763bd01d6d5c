// Why this file: the tables that name things (departments, cost items, accounts, drivers, service
// items, staff, groups, procedures). Sorted by code they give the dense ids that all else uses.
#include <algorithm>

#include "server/intake/month_draft.hpp"

namespace yuanliu::intake {
namespace {

/// A named thing, and whether it may be used in the month.
template <class T>
struct Dated {
    T value;
    bool usable = true;
};

/// Sorts by code, moves the values to `out` and makes the book of their codes.
template <class T, class CodeOf>
CodeBook settle(std::vector<Dated<T>> rows, std::vector<T>& out, CodeOf code_of) {
    std::stable_sort(rows.begin(), rows.end(), [&](const Dated<T>& a, const Dated<T>& b) {
        return code_of(a.value) < code_of(b.value);
    });
    CodeBook book;
    out.reserve(rows.size());
    for (Dated<T>& row : rows) {
        out.push_back(std::move(row.value));
        book.usable.push_back(row.usable);
    }
    std::vector<std::string_view> codes;
    codes.reserve(out.size());
    for (const T& value : out) {
        codes.push_back(code_of(value));
    }
    book.index = CodeIndex(std::move(codes));
    return book;
}

constexpr auto kByCode = [](const auto& value) -> std::string_view { return value.code; };

}  // namespace

void read_departments(MonthDraft& draft) {
    enum : std::size_t { code, name, department_class, care_setting, valid_from, valid_to };
    using Made = Dated<Department>;
    const auto make = [&](const Row& row, FindingList&) {
        const bool usable = draft.in_force(row[valid_from], row[valid_to]);
        return Made{.value = {.code = row[code].string(),
                              .name = row[name].string(),
                              .department_class = row[department_class].word<DepartmentClass>(),
                              .care_setting = row[care_setting].word<CareSetting>(),
                              .usable = usable},
                    .usable = usable};
    };
    draft.departments = settle(read_rows<Made>(draft, tables::departments, make),
                               draft.month().departments, kByCode);
}

void read_cost_items(MonthDraft& draft) {
    enum : std::size_t { code, name, category, traced_to, valid_from, valid_to };
    using Made = Dated<CostItem>;
    const auto make = [&](const Row& row, FindingList&) {
        const Cell& traced = row[traced_to];
        return Made{
            .value = {.code = row[code].string(),
                      .name = row[name].string(),
                      .category = row[category].word<CostCategory>(),
                      .traced_to = traced.is_blank() ? PoolKind::service : traced.word<PoolKind>()},
            .usable = draft.in_force(row[valid_from], row[valid_to])};
    };
    draft.cost_items =
        settle(read_rows<Made>(draft, tables::cost_items, make), draft.month().cost_items, kByCode);
}

void read_accounts(MonthDraft& draft) {
    enum : std::size_t { code, name, valid_from, valid_to };
    using Made = Dated<Account>;
    const auto make = [&](const Row& row, FindingList&) {
        // The map fills in the rest; without one the account stays `excluded` and unused.
        return Made{.value = {.code = row[code].string(),
                              .name = row[name].string(),
                              .treatment = MapTreatment::excluded,
                              .cost_item = CostItemId(),
                              .reason = {}},
                    .usable = draft.in_force(row[valid_from], row[valid_to])};
    };
    draft.accounts =
        settle(read_rows<Made>(draft, tables::accounts, make), draft.month().accounts, kByCode);
}

void read_drivers(MonthDraft& draft) {
    enum : std::size_t { code, name, unit };
    using Made = Dated<Driver>;
    const auto make = [](const Row& row, FindingList&) {
        return Made{.value = {.code = row[code].string(),
                              .name = row[name].string(),
                              .unit = row[unit].string()}};
    };
    draft.drivers =
        settle(read_rows<Made>(draft, tables::drivers, make), draft.month().drivers, kByCode);
}

void read_service_items(MonthDraft& draft) {
    enum : std::size_t {
        code,
        name,
        kind,
        charge_category,
        unit,
        equivalent,
        valid_from,
        valid_to
    };
    using Made = Dated<ServiceItem>;
    const auto make = [&](const Row& row, FindingList& findings) {
        if (row[kind].is_valid && row[kind].word<ServiceKind>() == ServiceKind::service &&
            row[equivalent].is_blank()) {
            findings.add(FindingCode::equivalent_missing,
                         {.row = row.number, .column = "equivalent"}, {row[code].string()});
        }
        const bool usable = draft.in_force(row[valid_from], row[valid_to]);
        return Made{.value = {.code = row[code].string(),
                              .name = row[name].string(),
                              .kind = row[kind].word<ServiceKind>(),
                              .charge_category = row[charge_category].word<ChargeCategory>(),
                              .unit = row[unit].string(),
                              .equivalent = row[equivalent].quantity(),
                              .usable = usable},
                    .usable = usable};
    };
    draft.service_items = settle(read_rows<Made>(draft, tables::service_items, make),
                                 draft.month().service_items, kByCode);
}

void read_staff(MonthDraft& draft) {
    enum : std::size_t { code, department, category, bonus_coefficient, attendance };
    using Made = Dated<StaffMember>;
    const Reference to_department{department, "department", FindingCode::unknown_department};
    const auto make = [&](const Row& row, FindingList& findings) {
        return Made{.value = {.code = row[code].string(),
                              .department = DepartmentId(
                                  refer(draft, draft.departments, to_department, row, findings)),
                              .category = row[category].string(),
                              .bonus_coefficient = row[bonus_coefficient].quantity(),
                              .attendance = row[attendance].quantity()}};
    };
    draft.staff = settle(read_rows<Made>(draft, tables::staff, make), draft.month().staff, kByCode);
}

void read_procedure_classes(MonthDraft& draft) {
    enum : std::size_t { procedure, procedure_class };
    using Made = Dated<ClassifiedProcedure>;
    const auto make = [](const Row& row, FindingList&) {
        return Made{.value = {.procedure = row[procedure].string(),
                              .procedure_class = row[procedure_class].word<ProcedureClass>()}};
    };
    draft.procedures = settle(
        read_rows<Made>(draft, tables::procedure_classes, make), draft.month().procedure_classes,
        [](const ClassifiedProcedure& value) -> std::string_view { return value.procedure; });
}

void read_catalogue(MonthDraft& draft) {
    enum : std::size_t {
        group,
        name,
        level,
        diagnosis,
        procedure,
        procedure_class,
        score,
        reference_charge,
        reference_days
    };
    const auto make = [](const Row& row, FindingList& findings) {
        const bool is_composite =
            row[level].is_valid && row[level].word<CatalogueLevel>() == CatalogueLevel::composite;
        if (is_composite && row[procedure_class].is_blank()) {
            findings.add(FindingCode::value_missing,
                         {.row = row.number, .column = "procedure_class"}, {});
        }
        return CatalogueRow{.group = row[group].string(),
                            .name = row[name].string(),
                            .level = row[level].word<CatalogueLevel>(),
                            .diagnosis = row[diagnosis].string(),
                            .procedure = is_composite ? std::string() : row[procedure].string(),
                            .composite_class = row[procedure_class].word<CompositeClass>(),
                            .score = Points::from_raw(row[score].value),
                            .reference_charge = row[reference_charge].money(),
                            .reference_days = row[reference_days].quantity()};
    };
    auto& catalogue = draft.month().catalogue;
    catalogue = read_rows<CatalogueRow>(draft, tables::dip_catalogue, make);
    std::stable_sort(
        catalogue.begin(), catalogue.end(),
        [](const CatalogueRow& a, const CatalogueRow& b) { return a.group < b.group; });
}

}  // namespace yuanliu::intake
