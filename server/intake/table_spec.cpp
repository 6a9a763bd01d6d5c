// Why this file: the 39 tables of a month and the 4 of `prior/`, written as docs/month-folder.md
// lists them.
#include "server/intake/table_spec.hpp"

#include <algorithm>
#include <array>

#include "server/intake/column_specs.hpp"

namespace yuanliu::intake {
namespace {

using columns::amount;
using columns::blank_allowed;
using columns::code;
using columns::count;
using columns::date;
using columns::flag;
using columns::label;
using columns::number;
using columns::period;
using columns::word;

constexpr ColumnSpec kValidFrom = blank_allowed(period("valid_from"));
constexpr ColumnSpec kValidTo = blank_allowed(period("valid_to"));
/// `traced_to` knows two of the three pools; blank is the third.
constexpr ColumnSpec kTracedTo = {.name = "traced_to",
                                  .type = ColumnType::word,
                                  .may_be_blank = true,
                                  .words = std::span(WordsOf<PoolKind>::kWords).first(2)};

constexpr std::array kDepartments{code("department"),
                                  label("name"),
                                  word<DepartmentClass>("class"),
                                  word<CareSetting>("care_setting"),
                                  kValidFrom,
                                  kValidTo};
constexpr std::array kCostItems{code("cost_item"), label("name"), word<CostCategory>("category"),
                                kTracedTo,         kValidFrom,    kValidTo};
constexpr std::array kAccounts{code("account"), label("name"), kValidFrom, kValidTo};
constexpr std::array kAccountMap{code("account"),
                                 kValidFrom,
                                 kValidTo,
                                 word<MapTreatment>("treatment"),
                                 blank_allowed(code("cost_item")),
                                 blank_allowed(label("reason"))};
constexpr std::array kLedger{
    code("voucher"),
    code("line"),
    period("booking_period"),
    ColumnSpec{.name = "attribution_period", .type = ColumnType::period_or_thirteen},
    code("account"),
    code("department"),
    word<FundSource>("fund_source"),
    amount("amount"),
    blank_allowed(label("summary"))};
constexpr std::array kDrivers{code("driver"), label("name"), label("unit")};
constexpr std::array kDriverReadings{code("driver"), blank_allowed(code("sender")),
                                     code("department"), number("value", Limit::not_negative)};
constexpr std::array kServiceItems{code("service_item"),
                                   label("name"),
                                   word<ServiceKind>("kind"),
                                   word<ChargeCategory>("charge_category"),
                                   label("unit"),
                                   blank_allowed(number("equivalent", Limit::positive_to_million)),
                                   kValidFrom,
                                   kValidTo};
constexpr std::array kEncounters{code("encounter"),   word<EncounterKind>("kind"),
                                 code("department"),  blank_allowed(code("attending")),
                                 date("admitted_on"), blank_allowed(date("discharged_on")),
                                 code("payer"),       blank_allowed(code("record_number"))};
constexpr std::array kDischarges{code("encounter"), word<Sex>("sex"), count("age_years"),
                                 word<Outcome>("outcome")};
constexpr std::array kDiagnoses{code("encounter"), count("sequence", Limit::at_least_one),
                                code("diagnosis")};
constexpr std::array kProcedures{code("encounter"), count("sequence", Limit::at_least_one),
                                 code("procedure")};
constexpr std::array kChargeLines{code("encounter"),
                                  code("line"),
                                  date("charged_on"),
                                  code("service_item"),
                                  code("ordering_department"),
                                  code("executing_department"),
                                  blank_allowed(code("physician")),
                                  number("quantity"),
                                  amount("charge"),
                                  blank_allowed(code("refund_of"))};
constexpr std::array kPathwayReadings{code("encounter"), flag("eligible"), flag("entered"),
                                      flag("completed"), flag("varied")};
constexpr std::array kQualityReadings{code("department"), code("indicator"),
                                      number("numerator", Limit::not_negative),
                                      number("denominator", Limit::not_negative)};
constexpr std::array kStaff{code("staff"), code("department"), label("category"),
                            number("bonus_coefficient", Limit::zero_to_million),
                            number("attendance", Limit::zero_to_one)};
constexpr std::array kDipCatalogue{code("group"),
                                   label("name"),
                                   word<CatalogueLevel>("level"),
                                   code("diagnosis"),
                                   blank_allowed(code("procedure")),
                                   blank_allowed(word<CompositeClass>("procedure_class")),
                                   number("score", Limit::positive_to_million),
                                   amount("reference_charge", Limit::positive),
                                   number("reference_days", Limit::positive_to_million)};
constexpr std::array kProcedureClasses{code("procedure"), word<ProcedureClass>("class"),
                                       label("name")};
constexpr std::array kItemDrivers{code("item_driver"), blank_allowed(code("department")),
                                  code("service_item"), number("value", Limit::not_negative)};
/// `quantity` is no word of the table: it measures traced items only.
constexpr ColumnSpec kMeasure = {.name = "measure",
                                 .type = ColumnType::word,
                                 .words = std::span(WordsOf<Measure>::kWords).first(6)};
constexpr std::array kActivities{code("department"),
                                 code("activity"),
                                 label("name"),
                                 kMeasure,
                                 blank_allowed(code("item_driver")),
                                 blank_allowed(number("practical_capacity", Limit::positive))};
constexpr std::array kActivityReadings{code("department"), code("resource_driver"),
                                       code("activity"), number("value", Limit::not_negative)};
constexpr std::array kTracedCosts{code("department"), code("cost_item"),
                                  word<FundSource>("fund_source"), code("service_item"),
                                  amount("amount", Limit::positive)};
constexpr std::array kWardStays{code("encounter"), code("department"),
                                number("days", Limit::positive)};
constexpr std::array kTreatmentTimes{code("encounter"), code("department"),
                                     number("minutes", Limit::positive)};
constexpr std::array kPayroll{code("staff"), code("department"), code("pay_kind"),
                              word<FundSource>("fund_source"),
                              amount("amount", Limit::not_negative)};
constexpr std::array kStaffTime{word<TimeUnit>("unit"), code("code"),
                                blank_allowed(code("department")), word<TimeActivity>("activity"),
                                number("minutes", Limit::not_negative)};
constexpr std::array kAssets{code("asset"),
                             label("name"),
                             code("department"),
                             word<AssetKind>("kind"),
                             amount("depreciation", Limit::not_negative),
                             amount("paid_basic", Limit::not_negative),
                             amount("paid_fiscal_project", Limit::not_negative),
                             amount("paid_other_fiscal_project", Limit::not_negative),
                             amount("paid_research", Limit::not_negative),
                             amount("paid_teaching", Limit::not_negative)};
constexpr std::array kEstimates{code("voucher"), code("line")};
constexpr std::array kAccountBalances{code("account"),
                                      blank_allowed(word<FundSource>("fund_source")),
                                      amount("debit"), amount("credit")};
constexpr std::array kAttendingGroups{code("attending"), kValidFrom, kValidTo, code("group"),
                                      label("name")};
constexpr std::array kEquipmentItems{code("asset"), code("department"), code("service_item"),
                                     number("share", Limit::zero_to_one)};
constexpr std::array kEquipmentCosts{code("asset"), code("voucher"), code("line"),
                                     number("share", Limit::zero_to_one)};
constexpr std::array kBeds{code("department"), number("opened", Limit::positive_to_million),
                           blank_allowed(number("available_days", Limit::positive_to_million))};
constexpr std::array kResearchProjects{code("project"), label("name")};
constexpr std::array kProjectLines{blank_allowed(code("voucher")), blank_allowed(code("line")),
                                   blank_allowed(code("account")),
                                   blank_allowed(code("department")), code("project")};
constexpr std::array kOpenStays{code("encounter"), word<Sex>("sex"), count("age_years")};
constexpr std::array kStayDetails{code("encounter"),
                                  blank_allowed(count("age_days")),
                                  blank_allowed(count("birth_weight_g", Limit::at_least_one)),
                                  blank_allowed(count("admission_weight_g", Limit::at_least_one)),
                                  blank_allowed(word<DischargeWay>("discharge_way")),
                                  blank_allowed(number("icu_days", Limit::not_negative))};
constexpr std::array kCaseTerms{
    code("encounter"),
    blank_allowed(code("severity")),
    blank_allowed(code("tumour")),
    blank_allowed(number("level_coefficient", Limit::positive_to_million)),
    blank_allowed(amount("special_amount", Limit::not_negative)),
    blank_allowed(number("special_points", Limit::zero_to_million)),
    blank_allowed(amount("patient_paid", Limit::not_negative))};
constexpr std::array kDiagnosisDetails{code("encounter"), count("sequence", Limit::at_least_one),
                                       word<AdmissionCondition>("admission_condition")};
constexpr std::array kProcedureDetails{code("encounter"), count("sequence", Limit::at_least_one),
                                       blank_allowed(count("level", Limit::at_least_one)),
                                       blank_allowed(date("performed_on"))};
constexpr std::array kPriorInHospital{code("encounter"), word<CostCategory>("cost_category"),
                                      word<FundSource>("fund_source"), word<Origin>("origin"),
                                      amount("cost")};
constexpr std::array kPriorCharges{code("encounter"), amount("charge")};
constexpr std::array kPriorPools{code("pool"), label("name"),
                                 amount("amount", Limit::not_negative)};

constexpr std::array<std::string_view, 3> kReserved{"stock_issues.csv", "settlements.csv",
                                                    "budgets.csv"};

}  // namespace

namespace tables {
// clang-format off
constinit const TableSpec departments{"departments.csv", 1, kDepartments};
constinit const TableSpec cost_items{"cost_items.csv", 1, kCostItems};
constinit const TableSpec accounts{"accounts.csv", 1, kAccounts};
constinit const TableSpec account_map{"account_map.csv", 2, kAccountMap};
constinit const TableSpec ledger{"ledger.csv", 2, kLedger};
constinit const TableSpec drivers{"drivers.csv", 1, kDrivers};
constinit const TableSpec driver_readings{"driver_readings.csv", 3, kDriverReadings};
constinit const TableSpec service_items{"service_items.csv", 1, kServiceItems};
constinit const TableSpec encounters{"encounters.csv", 1, kEncounters};
constinit const TableSpec discharges{"discharges.csv", 1, kDischarges};
constinit const TableSpec diagnoses{"diagnoses.csv", 2, kDiagnoses};
constinit const TableSpec procedures{"procedures.csv", 2, kProcedures};
constinit const TableSpec charge_lines{"charge_lines.csv", 2, kChargeLines};
constinit const TableSpec pathway_readings{"pathway_readings.csv", 1, kPathwayReadings};
constinit const TableSpec quality_readings{"quality_readings.csv", 2, kQualityReadings};
constinit const TableSpec staff{"staff.csv", 1, kStaff};
constinit const TableSpec dip_catalogue{"dip_catalogue.csv", 1, kDipCatalogue};
constinit const TableSpec procedure_classes{"procedure_classes.csv", 1, kProcedureClasses};
constinit const TableSpec item_drivers{"item_drivers.csv", 3, kItemDrivers, true};
constinit const TableSpec activities{"activities.csv", 2, kActivities, true};
constinit const TableSpec activity_readings{"activity_readings.csv", 3, kActivityReadings, true};
constinit const TableSpec traced_costs{"traced_costs.csv", 4, kTracedCosts, true};
constinit const TableSpec ward_stays{"ward_stays.csv", 2, kWardStays, true};
constinit const TableSpec treatment_times{"treatment_times.csv", 2, kTreatmentTimes, true};
constinit const TableSpec payroll{"payroll.csv", 4, kPayroll, true};
constinit const TableSpec staff_time{"staff_time.csv", 4, kStaffTime, true};
constinit const TableSpec assets{"assets.csv", 1, kAssets, true};
constinit const TableSpec estimates{"estimates.csv", 2, kEstimates, true};
constinit const TableSpec prior_estimates{"prior/estimates.csv", 2, kLedger, true};
constinit const TableSpec account_balances{"account_balances.csv", 2, kAccountBalances, true};
constinit const TableSpec attending_groups{"attending_groups.csv", 2, kAttendingGroups, true};
constinit const TableSpec equipment_items{"equipment_items.csv", 3, kEquipmentItems, true};
constinit const TableSpec equipment_costs{"equipment_costs.csv", 3, kEquipmentCosts, true};
constinit const TableSpec beds{"beds.csv", 1, kBeds, true};
constinit const TableSpec research_projects{"research_projects.csv", 1, kResearchProjects, true};
constinit const TableSpec project_lines{"project_lines.csv", 4, kProjectLines, true};
constinit const TableSpec open_stays{"open_stays.csv", 1, kOpenStays, true};
constinit const TableSpec stay_details{"stay_details.csv", 1, kStayDetails, true};
constinit const TableSpec diagnosis_details{"diagnosis_details.csv", 2, kDiagnosisDetails, true};
constinit const TableSpec procedure_details{"procedure_details.csv", 2, kProcedureDetails, true};
constinit const TableSpec case_terms{"case_terms.csv", 1, kCaseTerms, true};
constinit const TableSpec prior_in_hospital{"prior/in_hospital.csv", 4, kPriorInHospital};
constinit const TableSpec prior_in_hospital_charges{
    "prior/in_hospital_charges.csv", 1, kPriorCharges};
constinit const TableSpec prior_carried_pools{"prior/carried_pools.csv", 1, kPriorPools};
// clang-format on
}  // namespace tables

std::string TableSpec::header() const {
    std::string out;
    for (const ColumnSpec& column : columns) {
        out += out.empty() ? "" : ",";
        out += column.name;
    }
    return out;
}

std::string_view TableSpec::feed() const noexcept {
    return file.substr(0, file.size() - std::string_view(".csv").size());
}

std::span<const TableSpec* const> month_tables() noexcept {
    using namespace tables;
    static const std::array<const TableSpec*, 40> kAll{&account_balances,
                                                       &account_map,
                                                       &accounts,
                                                       &activities,
                                                       &activity_readings,
                                                       &assets,
                                                       &attending_groups,
                                                       &beds,
                                                       &case_terms,
                                                       &charge_lines,
                                                       &cost_items,
                                                       &departments,
                                                       &diagnoses,
                                                       &diagnosis_details,
                                                       &dip_catalogue,
                                                       &discharges,
                                                       &driver_readings,
                                                       &drivers,
                                                       &encounters,
                                                       &equipment_costs,
                                                       &equipment_items,
                                                       &estimates,
                                                       &item_drivers,
                                                       &ledger,
                                                       &open_stays,
                                                       &pathway_readings,
                                                       &payroll,
                                                       &procedure_classes,
                                                       &procedure_details,
                                                       &procedures,
                                                       &project_lines,
                                                       &quality_readings,
                                                       &research_projects,
                                                       &service_items,
                                                       &staff,
                                                       &staff_time,
                                                       &stay_details,
                                                       &traced_costs,
                                                       &treatment_times,
                                                       &ward_stays};
    return kAll;
}

bool is_reserved_file(std::string_view file) noexcept {
    return std::find(kReserved.begin(), kReserved.end(), file) != kReserved.end();
}

}  // namespace yuanliu::intake
