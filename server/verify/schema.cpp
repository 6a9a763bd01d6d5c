// The table lists in a compact notation: `*` before a name marks a key, `?` after it an optional
// column, `=a,b` a list of words, and a suffix on a type its bound (`0` not negative, `+` positive,
// `01` zero to one, `1` at least one).
#include "schema.hpp"

#include <stdexcept>

namespace yuanliu_verify {

namespace {

struct Notation {
    const char* file;
    const char* columns;
};

#define FUND "fund_source =basic,fiscal_project,other_fiscal_project,research,teaching"
#define CATEGORY "=staff,materials,drugs,depreciation,amortization,risk_fund,other_operating"
#define ORIGIN "*origin =direct,public,administrative,auxiliary,medical_technology"
#define VALIDITY "|valid_from? period|valid_to? period"
#define COMPONENT "*cost_category " CATEGORY "|*" FUND "|" ORIGIN "|cost amount"
#define POOL "*pool =service,drug,material"
#define MARGINS "charge amount|payment amount|cost amount|policy_margin amount|real_margin amount"
#define PROFIT "|cases count|rw_total number7|points number|" MARGINS
#define BASIS "*basis =dip,ungrouped,uncoded,charges,drg,other"

constexpr Notation kMonth[] = {
    {"departments.csv",
     "*department code|name text|class =public,administrative,auxiliary,medical_technology,"
     "clinical,excluded|care_setting =inpatient,outpatient,mixed,none" VALIDITY},
    {"cost_items.csv",
     "*cost_item code|name text|category " CATEGORY "|traced_to? =drug,material" VALIDITY},
    {"accounts.csv", "*account code|name text" VALIDITY},
    {"account_map.csv",
     "*account code|*valid_from? period|valid_to? period|treatment =cost,excluded|cost_item? code|"
     "reason? text"},
    {"ledger.csv",
     "*voucher code|*line code|booking_period period|attribution_period period13|account code|"
     "department code|" FUND "|amount amount|summary? text"},
    {"drivers.csv", "*driver code|name text|unit text"},
    {"driver_readings.csv", "*driver code|*sender? code|*department code|value number0"},
    {"service_items.csv",
     "*service_item code|name text|kind =service,drug,material|charge_category =bed,nursing,"
     "consultation,examination,laboratory,treatment,surgery,drug,material,other|unit text|"
     "equivalent? number+" VALIDITY},
    {"encounters.csv",
     "*encounter code|kind =inpatient,outpatient|department code|attending? code|admitted_on date|"
     "discharged_on? date|payer code|record_number? code"},
    {"discharges.csv",
     "*encounter code|sex =male,female,unknown|age_years count|outcome =cured,improved,transferred,"
     "against_advice,died,other"},
    {"diagnoses.csv", "*encounter code|*sequence count1|diagnosis code"},
    {"procedures.csv", "*encounter code|*sequence count1|procedure code"},
    {"charge_lines.csv",
     "*encounter code|*line code|charged_on date|service_item code|ordering_department code|"
     "executing_department code|physician? code|quantity number|charge amount|refund_of? code"},
    {"pathway_readings.csv",
     "*encounter code|eligible flag|entered flag|completed flag|varied flag"},
    {"quality_readings.csv",
     "*department code|*indicator code|numerator number0|denominator number0"},
    {"staff.csv",
     "*staff code|department code|category text|bonus_coefficient number0|attendance number01"},
    {"dip_catalogue.csv",
     "*group code|name text|level =core,composite|diagnosis code|procedure? code|procedure_class? "
     "=surgery,therapeutic,diagnostic,conservative|score number+|reference_charge amount+|"
     "reference_days number+"},
    {"procedure_classes.csv",
     "*procedure code|class =surgery,intervention,therapeutic,diagnostic,simple|name text"},
};

constexpr Notation kMonthOptional[] = {
    {"item_drivers.csv", "*item_driver code|*department? code|*service_item code|value number0"},
    {"activities.csv",
     "*department code|*activity code|name text|measure =equivalent,charge,item_driver,days,visits,"
     "treatment_time|item_driver? code|practical_capacity? number+"},
    {"activity_readings.csv",
     "*department code|*resource_driver code|*activity code|value number0"},
    {"traced_costs.csv",
     "*department code|*cost_item code|*" FUND "|*service_item code|amount amount+"},
    {"account_balances.csv",
     "*account code|*fund_source? =basic,fiscal_project,other_fiscal_project,research,teaching|"
     "debit amount|credit amount"},
    {"open_stays.csv", "*encounter code|sex =male,female,unknown|age_years count"},
    {"stay_details.csv",
     "*encounter code|age_days? count|birth_weight_g? count1|admission_weight_g? count1|"
     "discharge_way? =home,hospital,community,against_advice,died,other|icu_days? number0"},
    {"diagnosis_details.csv",
     "*encounter code|*sequence count1|"
     "admission_condition =present,undetermined,unknown,absent"},
    {"procedure_details.csv", "*encounter code|*sequence count1|level? count1|performed_on? date"},
    {"case_terms.csv",
     "*encounter code|severity? code|tumour? code|level_coefficient? number+|"
     "special_amount? amount0|special_points? number0|patient_paid? amount0"},
    {"ward_stays.csv", "*encounter code|*department code|days number+"},
    {"attending_groups.csv",
     "*attending code|*valid_from? period|valid_to? period|group code|name text"},
    {"equipment_items.csv", "*asset code|*department code|*service_item code|share number01"},
    {"equipment_costs.csv", "*asset code|*voucher code|*line code|share number01"},
    {"beds.csv", "*department code|opened number+|available_days? number+"},
    {"research_projects.csv", "*project code|name text"},
    {"project_lines.csv",
     "*voucher? code|*line? code|*account? code|*department? code|project code"},
    {"treatment_times.csv", "*encounter code|*department code|minutes number+"},
    {"payroll.csv", "*staff code|*department code|*pay_kind code|*" FUND "|amount amount0"},
    {"staff_time.csv",
     "*unit =staff,department|*code code|*department? code|*activity =outpatient,ward,teaching,"
     "research,dispatched|minutes number0"},
    {"estimates.csv", "*voucher code|*line code"},
    {"assets.csv",
     "*asset code|name text|department code|kind =building,general,special|depreciation amount0|"
     "paid_basic amount0|paid_fiscal_project amount0|paid_other_fiscal_project amount0|"
     "paid_research amount0|paid_teaching amount0"},
};

constexpr Notation kPriorOptional[] = {
    {"estimates.csv",
     "*voucher code|*line code|booking_period period|attribution_period period13|account code|"
     "department code|" FUND "|amount amount|summary? text"},
};

constexpr Notation kPrior[] = {
    {"in_hospital.csv", "*encounter code|" COMPONENT},
    {"in_hospital_charges.csv", "*encounter code|charge amount"},
    {"carried_pools.csv", "*pool code|name text|amount amount0"},
};

constexpr Notation kResult[] = {
    {"excluded.csv", "*voucher text|*line code|account code|department code|" FUND
                     "|amount amount|reason =account,department"},
    {"department_cost.csv",
     "*department code|*kind =direct,received,sent,full|*cost_item code|*" FUND "|" ORIGIN
     "|cost amount"},
    {"transfers.csv",
     "*stage count1|*sender code|*receiver code|*cost_item code|*" FUND "|" ORIGIN
     "|driver code|base number|base_total number|pool amount|cost amount|*pass count1"},
    {"pools.csv",
     "*department code|" POOL "|cost amount|weight count|entries count|unallocated amount"},
    {"pool_components.csv", "*department code|" POOL "|" COMPONENT},
    {"service_item_cost.csv",
     "*department code|" POOL "|*service_item text|quantity number|weight count|charge amount|"
     "cost amount|unit_cost? unit_cost"},
    {"patients.csv",
     "*encounter code|kind =inpatient,outpatient|status =visit,discharged,in_hospital,"
     "discharged_earlier|department code|opening_charge amount|month_charge amount|charge amount|"
     "opening_cost amount|month_cost amount|cost amount"},
    {"patient_cost.csv", "*encounter code|" COMPONENT},
    {"parked.csv",
     "*encounter code|*line code|charged_on date|service_item code|executing_department code|"
     "quantity number|charge amount"},
    {"parked_cost.csv", COMPONENT},
    {"cases.csv",
     "*encounter code|department code|attending? code|payer code|status =grouped,ungrouped,uncoded|"
     "group? code|level? =core_procedure,core_conservative,composite,drg,first_stage,"
     "merged,refined,basic,core|deciding_codes? text|"
     "rw? number7|days count|score? number|deviation? =low,normal,high|points number|"
     "basis =dip,ungrouped,uncoded,charges,drg,other|charge amount|payment amount|cost amount|"
     "policy_margin amount|real_margin amount"},
    {"group_profit.csv", BASIS "|*group text" PROFIT},
    {"department_profit.csv", "*department code|" BASIS ",visit" PROFIT},
    {"physician_profit.csv", "*attending? code|*department code|" BASIS PROFIT},
    {"indicators.csv",
     "*department code|*indicator code|numerator? number7|denominator? number7|value? number|"
     "score? number"},
    {"gates.csv",
     "*department code|*gate text|indicator code|value? number|threshold number|"
     "outcome =passed,failed,not_judged|factor number"},
    {"bonus_departments.csv",
     "*department code|index number|size count|weight count|share amount|withheld amount|"
     "paid amount"},
    {"bonus_persons.csv", "*staff code|department code|weight count|paid amount"},
    {"closing/in_hospital.csv", "*encounter code|" COMPONENT},
    {"closing/in_hospital_charges.csv", "*encounter code|charge amount"},
    {"closing/carried_pools.csv", "*pool code|name text|amount amount0"},
};

constexpr Notation kResultOptional[] = {
    {"activities.csv",
     "*department code|*activity text|measure =equivalent,charge,item_driver,days,visits,"
     "treatment_time,quantity|item_driver? code|cost amount|use number8|practical_capacity? "
     "number|used_cost amount|"
     "idle_cost amount|unallocated_cost amount"},
    {"hospital_item_cost.csv",
     "*service_item code|departments count|quantity number|charge amount|cost amount|"
     "unit_cost? unit_cost"},
};

// Of results whose month has estimates.
constexpr Notation kResultEstimates[] = {
    {"closing/estimates.csv",
     "*voucher code|*line code|booking_period period|attribution_period period13|account code|"
     "department code|" FUND "|amount amount|summary? text"},
};

// Of results with a payer that is paid by a policy.
constexpr Notation kResultPolicies[] = {
    {"case_policies.csv",
     "*encounter code|policy text|basis =band,plain,exception,charge_share,bed_day,zero_score,"
     "split,special_amount,special_points|rule count|rule_name? text|ratio? number6|score? "
     "number6|coefficient? number6|"
     "value? number6|standard? amount|points? number6|payment amount|adjustment? amount|"
     "capped flag|review flag"},
};

// Of results whose rules have a grouping.toml.
constexpr Notation kResultGrouping[] = {
    {"grouping.csv",
     "*encounter code|status =grouped,ungrouped,ambiguous,failed_checks|"
     "reason? =no_entry,no_rule,no_severity,excluded_diagnosis,unrelated_procedure,equal_rows,"
     "diagnosis_missing,diagnosis_unknown,diagnosis_grey,not_main,sex_conflict,age_conflict|"
     "level? =drg,first_stage,merged,refined,basic,core,composite|group? text|"
     "deciding_codes? text|catalogue text"},
};

// Of results with an auxiliary catalogue.
constexpr Notation kResultAuxiliary[] = {
    {"auxiliary.csv",
     "*encounter code|coefficient number|kind? text|band? text|decided_by? text|hits count|"
     "points count|catalogue text"},
};

// Of results whose month states what patients bear.
constexpr Notation kResultFundParts[] = {
    {"fund_parts.csv", "*encounter code|payment amount|patient_paid amount|fund_payment amount"},
};

// Of results whose rules have a collection.toml.
constexpr Notation kResultCollection[] = {
    {"moves.csv",
     "*rule count1|*voucher text|*line code|*entry =direct,calculated|*department code|"
     "*cost_item code|*" FUND "|*to_department? code|*to_cost_item code|*to_" FUND
     "|*reason? text|by =share,driver,metered,payroll,staff_time,assets|driver? code|base number|"
     "base_total number|pool amount|amount amount"},
    {"collected.csv",
     "*department code|*cost_item code|*" FUND
     "|booked amount|moved_out amount|moved_in amount|direct amount|calculated amount"},
    {"cost_attributes.csv",
     "*department code|*cost_item code|*" FUND
     "|full amount|fixed amount|variable amount|controllable amount|capital amount"},
    {"cost_scopes.csv",
     "*department? code|*kind =direct,full|*cost_category? " CATEGORY
     "|medical_business amount|medical amount|medical_full amount|hospital amount"},
};

std::vector<std::string> split_at(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back().push_back(c);
        }
    }
    return parts;
}

struct TypeName {
    const char* name;
    ColumnType type;
    Bound bound;
};

constexpr TypeName kTypes[] = {
    {"code", ColumnType::kCode, Bound::kNone},
    {"text", ColumnType::kText, Bound::kNone},
    {"amount", ColumnType::kAmount, Bound::kNone},
    {"amount0", ColumnType::kAmount, Bound::kNotNegative},
    {"amount+", ColumnType::kAmount, Bound::kPositive},
    {"number", ColumnType::kNumber, Bound::kNone},
    {"number0", ColumnType::kNumber, Bound::kNotNegative},
    {"number+", ColumnType::kNumber, Bound::kPositive},
    {"number01", ColumnType::kNumber, Bound::kZeroToOne},
    {"number6", ColumnType::kNumber6, Bound::kNone},
    {"number7", ColumnType::kNumber7, Bound::kNone},
    {"number8", ColumnType::kNumber8, Bound::kNone},
    {"unit_cost", ColumnType::kUnitCost, Bound::kNone},
    {"count", ColumnType::kCount, Bound::kNone},
    {"count1", ColumnType::kCount, Bound::kAtLeastOne},
    {"date", ColumnType::kDate, Bound::kNone},
    {"period", ColumnType::kPeriod, Bound::kNone},
    {"period13", ColumnType::kAttributionPeriod, Bound::kNone},
    {"flag", ColumnType::kFlag, Bound::kNone},
};

Column column_of(std::string notation, bool& is_key) {
    is_key = notation[0] == '*';
    notation.erase(0, is_key ? 1 : 0);
    const std::size_t space = notation.find(' ');
    Column column;
    column.name = notation.substr(0, space);
    if (column.name.back() == '?') {
        column.optional = true;
        column.name.pop_back();
    }
    const std::string type = notation.substr(space + 1);
    if (type[0] == '=') {
        column.type = ColumnType::kWord;
        column.words = split_at(type.substr(1), ',');
        return column;
    }
    for (const TypeName& known : kTypes) {
        if (type == known.name) {
            column.type = known.type;
            column.bound = known.bound;
            return column;
        }
    }
    throw std::logic_error("unknown column type " + type);
}

template <std::size_t kCount>
std::vector<TableSchema> schemas_of(const Notation (&notations)[kCount]) {
    std::vector<TableSchema> schemas;
    for (const Notation& notation : notations) {
        TableSchema schema;
        schema.file = notation.file;
        for (const std::string& part : split_at(notation.columns, '|')) {
            bool is_key = false;
            schema.columns.push_back(column_of(part, is_key));
            const bool is_leading = schema.key_columns + 1 == schema.columns.size();
            schema.key_columns += is_key && is_leading ? 1 : 0;
            schema.last_is_key = is_key && !is_leading;
        }
        schemas.push_back(std::move(schema));
    }
    return schemas;
}

template <std::size_t kCount, std::size_t kOptional>
std::vector<TableSchema> with_optional(const Notation (&notations)[kCount],
                                       const Notation (&optional)[kOptional]) {
    std::vector<TableSchema> schemas = schemas_of(notations);
    for (TableSchema& schema : schemas_of(optional)) {
        schema.optional = true;
        schemas.push_back(std::move(schema));
    }
    return schemas;
}

template <std::size_t kCount>
void add_part(const char* part, const Notation (&notations)[kCount],
              std::vector<TableSchema>& schemas) {
    for (TableSchema& schema : schemas_of(notations)) {
        schema.optional = true;
        schema.part = part;
        schemas.push_back(std::move(schema));
    }
}

}  // namespace

std::string TableSchema::header() const {
    std::string text;
    for (const Column& column : columns) {
        text += text.empty() ? "" : ",";
        text += column.name;
    }
    return text;
}

std::size_t TableSchema::at(std::string_view column) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == column) {
            return i;
        }
    }
    throw std::logic_error("no column " + std::string(column) + " in " + file);
}

const std::vector<TableSchema>& month_schemas() {
    static const std::vector<TableSchema> kSchemas = with_optional(kMonth, kMonthOptional);
    return kSchemas;
}

const std::vector<TableSchema>& prior_schemas() {
    static const std::vector<TableSchema> kSchemas = with_optional(kPrior, kPriorOptional);
    return kSchemas;
}

const std::vector<TableSchema>& result_schemas() {
    static const std::vector<TableSchema> kSchemas = [] {
        std::vector<TableSchema> schemas = schemas_of(kResult);
        add_part("methods", kResultOptional, schemas);
        add_part("collection", kResultCollection, schemas);
        add_part("estimates", kResultEstimates, schemas);
        add_part("policies", kResultPolicies, schemas);
        add_part("grouping", kResultGrouping, schemas);
        add_part("auxiliary", kResultAuxiliary, schemas);
        add_part("fund_parts", kResultFundParts, schemas);
        for (TableSchema& schema : schemas) {
            for (Column& column : schema.columns) {
                column.type = column.type == ColumnType::kAmount ? ColumnType::kSum : column.type;
            }
        }
        return schemas;
    }();
    return kSchemas;
}

const TableSchema& schema_of(const std::vector<TableSchema>& schemas, std::string_view file) {
    for (const TableSchema& schema : schemas) {
        if (schema.file == file) {
            return schema;
        }
    }
    throw std::logic_error("no table " + std::string(file));
}

}  // namespace yuanliu_verify
