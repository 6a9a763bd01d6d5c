-- Why this file: what runs found, table by table as docs/result-folder.md lists them, keyed by hospital and run. Posted
-- rows are never changed: the application may add and read them, nothing else.
CREATE SCHEMA result;
COMMENT ON SCHEMA result IS 'What runs found; posted rows are never changed.';

CREATE TABLE result.excluded (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "voucher" text NOT NULL,
    "line" text NOT NULL,
    "account" text NOT NULL,
    "department" text NOT NULL,
    "fund_source" text NOT NULL,
    "amount" core.fen NOT NULL,
    "reason" text NOT NULL,
    CONSTRAINT excluded_key PRIMARY KEY (hospital_id, run_no, "voucher", "line"),
    CONSTRAINT excluded_voucher_length CHECK (octet_length("voucher") <= 64),
    CONSTRAINT excluded_line_length CHECK (octet_length("line") <= 64),
    CONSTRAINT excluded_account_length CHECK (octet_length("account") <= 64),
    CONSTRAINT excluded_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT excluded_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching')),
    CONSTRAINT excluded_reason_known CHECK ("reason" IN ('account', 'department'))
);
COMMENT ON TABLE result.excluded IS 'Ledger lines kept out of cost, with the reason.';

CREATE TABLE result.department_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "kind" text NOT NULL,
    "cost_item" text NOT NULL,
    "fund_source" text NOT NULL,
    "origin" text NOT NULL,
    "cost" core.fen NOT NULL,
    CONSTRAINT department_cost_key PRIMARY KEY (hospital_id, run_no, "department", "kind", "cost_item", "fund_source", "origin"),
    CONSTRAINT department_cost_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT department_cost_kind_known CHECK ("kind" IN ('direct', 'received', 'sent', 'full')),
    CONSTRAINT department_cost_cost_item_length CHECK (octet_length("cost_item") <= 64),
    CONSTRAINT department_cost_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching')),
    CONSTRAINT department_cost_origin_known CHECK ("origin" IN ('direct', 'public', 'administrative', 'auxiliary', 'medical_technology'))
);
COMMENT ON TABLE result.department_cost IS 'Cost of departments: direct, received, sent (negative), full.';

CREATE TABLE result.transfers (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "stage" core.count NOT NULL,
    "sender" text NOT NULL,
    "receiver" text NOT NULL,
    "cost_item" text NOT NULL,
    "fund_source" text NOT NULL,
    "origin" text NOT NULL,
    "driver" text NOT NULL,
    "base" core.e4 NOT NULL,
    "base_total" core.e4 NOT NULL,
    "pool" core.fen NOT NULL,
    "cost" core.fen NOT NULL,
    CONSTRAINT transfers_key PRIMARY KEY (hospital_id, run_no, "stage", "sender", "receiver", "cost_item", "fund_source", "origin"),
    CONSTRAINT transfers_sender_length CHECK (octet_length("sender") <= 64),
    CONSTRAINT transfers_receiver_length CHECK (octet_length("receiver") <= 64),
    CONSTRAINT transfers_cost_item_length CHECK (octet_length("cost_item") <= 64),
    CONSTRAINT transfers_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching')),
    CONSTRAINT transfers_origin_known CHECK ("origin" IN ('direct', 'public', 'administrative', 'auxiliary', 'medical_technology')),
    CONSTRAINT transfers_driver_length CHECK (octet_length("driver") <= 64)
);
COMMENT ON TABLE result.transfers IS 'Every amount that one department passed to another, with driver, base and pool.';

CREATE TABLE result.pools (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "pool" text NOT NULL,
    "cost" core.fen NOT NULL,
    "weight" bigint NOT NULL,
    "entries" core.count NOT NULL,
    "unallocated" core.fen NOT NULL,
    CONSTRAINT pools_key PRIMARY KEY (hospital_id, run_no, "department", "pool"),
    CONSTRAINT pools_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT pools_pool_known CHECK ("pool" IN ('drug', 'material', 'service'))
);
COMMENT ON TABLE result.pools IS 'Pools of departments that are split over patients.';

CREATE TABLE result.pool_components (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "pool" text NOT NULL,
    "cost_category" text NOT NULL,
    "fund_source" text NOT NULL,
    "origin" text NOT NULL,
    "cost" core.fen NOT NULL,
    CONSTRAINT pool_components_key PRIMARY KEY (hospital_id, run_no, "department", "pool", "cost_category", "fund_source", "origin"),
    CONSTRAINT pool_components_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT pool_components_pool_known CHECK ("pool" IN ('drug', 'material', 'service')),
    CONSTRAINT pool_components_cost_category_known CHECK ("cost_category" IN ('staff', 'materials', 'drugs', 'depreciation', 'amortization', 'risk_fund', 'other_operating')),
    CONSTRAINT pool_components_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching')),
    CONSTRAINT pool_components_origin_known CHECK ("origin" IN ('direct', 'public', 'administrative', 'auxiliary', 'medical_technology'))
);
COMMENT ON TABLE result.pool_components IS 'What a pool is made of.';

CREATE TABLE result.service_item_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "pool" text NOT NULL,
    "service_item" text NOT NULL,
    "quantity" core.e4 NOT NULL,
    "weight" bigint NOT NULL,
    "charge" core.fen NOT NULL,
    "cost" core.fen NOT NULL,
    "unit_cost" core.e6,
    CONSTRAINT service_item_cost_key PRIMARY KEY (hospital_id, run_no, "department", "pool", "service_item"),
    CONSTRAINT service_item_cost_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT service_item_cost_pool_known CHECK ("pool" IN ('drug', 'material', 'service')),
    CONSTRAINT service_item_cost_service_item_length CHECK (octet_length("service_item") <= 64)
);
COMMENT ON TABLE result.service_item_cost IS 'Cost of service items; the unit cost is only shown, never multiplied.';

CREATE TABLE result.patients (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "kind" text NOT NULL,
    "status" text NOT NULL,
    "department" text NOT NULL,
    "opening_charge" core.fen NOT NULL,
    "month_charge" core.fen NOT NULL,
    "charge" core.fen NOT NULL,
    "opening_cost" core.fen NOT NULL,
    "month_cost" core.fen NOT NULL,
    "cost" core.fen NOT NULL,
    CONSTRAINT patients_key PRIMARY KEY (hospital_id, run_no, "encounter"),
    CONSTRAINT patients_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT patients_kind_known CHECK ("kind" IN ('inpatient', 'outpatient')),
    CONSTRAINT patients_status_known CHECK ("status" IN ('visit', 'discharged', 'in_hospital', 'discharged_earlier')),
    CONSTRAINT patients_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE result.patients IS 'Charge and cost of every stay and visit: opening, month, sum.';

CREATE TABLE result.patient_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "cost_category" text NOT NULL,
    "fund_source" text NOT NULL,
    "origin" text NOT NULL,
    "cost" core.fen NOT NULL,
    CONSTRAINT patient_cost_key PRIMARY KEY (hospital_id, run_no, "encounter", "cost_category", "fund_source", "origin"),
    CONSTRAINT patient_cost_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT patient_cost_cost_category_known CHECK ("cost_category" IN ('staff', 'materials', 'drugs', 'depreciation', 'amortization', 'risk_fund', 'other_operating')),
    CONSTRAINT patient_cost_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching')),
    CONSTRAINT patient_cost_origin_known CHECK ("origin" IN ('direct', 'public', 'administrative', 'auxiliary', 'medical_technology'))
);
COMMENT ON TABLE result.patient_cost IS 'Month cost of every stay and visit by component; zero omitted.';

CREATE TABLE result.parked (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "line" text NOT NULL,
    "charged_on" date NOT NULL,
    "service_item" text NOT NULL,
    "executing_department" text NOT NULL,
    "quantity" core.e4 NOT NULL,
    "charge" core.fen NOT NULL,
    CONSTRAINT parked_key PRIMARY KEY (hospital_id, run_no, "encounter", "line"),
    CONSTRAINT parked_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT parked_line_length CHECK (octet_length("line") <= 64),
    CONSTRAINT parked_service_item_length CHECK (octet_length("service_item") <= 64),
    CONSTRAINT parked_executing_department_length CHECK (octet_length("executing_department") <= 64)
);
COMMENT ON TABLE result.parked IS 'Charge lines of unknown encounters, set aside.';

CREATE TABLE result.parked_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "cost_category" text NOT NULL,
    "fund_source" text NOT NULL,
    "origin" text NOT NULL,
    "cost" core.fen NOT NULL,
    CONSTRAINT parked_cost_key PRIMARY KEY (hospital_id, run_no, "cost_category", "fund_source", "origin"),
    CONSTRAINT parked_cost_cost_category_known CHECK ("cost_category" IN ('staff', 'materials', 'drugs', 'depreciation', 'amortization', 'risk_fund', 'other_operating')),
    CONSTRAINT parked_cost_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching')),
    CONSTRAINT parked_cost_origin_known CHECK ("origin" IN ('direct', 'public', 'administrative', 'auxiliary', 'medical_technology'))
);
COMMENT ON TABLE result.parked_cost IS 'Cost of the parked lines by component.';

CREATE TABLE result.cases (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "department" text NOT NULL,
    "attending" text,
    "payer" text NOT NULL,
    "status" text NOT NULL,
    "group" text,
    "level" text,
    "deciding_codes" text,
    "rw" core.e7,
    "days" core.count NOT NULL,
    "score" core.e4,
    "deviation" text,
    "points" core.e4 NOT NULL,
    "basis" text NOT NULL,
    "charge" core.fen NOT NULL,
    "payment" core.fen NOT NULL,
    "cost" core.fen NOT NULL,
    "policy_margin" core.fen NOT NULL,
    "real_margin" core.fen NOT NULL,
    CONSTRAINT cases_key PRIMARY KEY (hospital_id, run_no, "encounter"),
    CONSTRAINT cases_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT cases_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT cases_attending_length CHECK (octet_length("attending") <= 64),
    CONSTRAINT cases_payer_length CHECK (octet_length("payer") <= 64),
    CONSTRAINT cases_status_known CHECK ("status" IN ('grouped', 'ungrouped', 'uncoded')),
    CONSTRAINT cases_group_length CHECK (octet_length("group") <= 64),
    CONSTRAINT cases_level_known CHECK ("level" IN ('core_procedure', 'core_conservative', 'composite')),
    CONSTRAINT cases_deviation_known CHECK ("deviation" IN ('low', 'normal', 'high')),
    CONSTRAINT cases_basis_known CHECK ("basis" IN ('dip', 'ungrouped', 'uncoded', 'charges', 'visit'))
);
COMMENT ON TABLE result.cases IS 'Discharged stays with group, points, payment, cost and margins.';

CREATE TABLE result.group_profit (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "basis" text NOT NULL,
    "group" text NOT NULL,
    "cases" core.count NOT NULL,
    "rw_total" core.e7 NOT NULL,
    "points" core.e4 NOT NULL,
    "charge" core.fen NOT NULL,
    "payment" core.fen NOT NULL,
    "cost" core.fen NOT NULL,
    "policy_margin" core.fen NOT NULL,
    "real_margin" core.fen NOT NULL,
    CONSTRAINT group_profit_key PRIMARY KEY (hospital_id, run_no, "basis", "group"),
    CONSTRAINT group_profit_basis_known CHECK ("basis" IN ('dip', 'ungrouped', 'uncoded', 'charges', 'visit')),
    CONSTRAINT group_profit_group_length CHECK (octet_length("group") <= 64)
);
COMMENT ON TABLE result.group_profit IS 'Profit by disease group.';

CREATE TABLE result.department_profit (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "basis" text NOT NULL,
    "cases" core.count NOT NULL,
    "rw_total" core.e7 NOT NULL,
    "points" core.e4 NOT NULL,
    "charge" core.fen NOT NULL,
    "payment" core.fen NOT NULL,
    "cost" core.fen NOT NULL,
    "policy_margin" core.fen NOT NULL,
    "real_margin" core.fen NOT NULL,
    CONSTRAINT department_profit_key PRIMARY KEY (hospital_id, run_no, "department", "basis"),
    CONSTRAINT department_profit_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT department_profit_basis_known CHECK ("basis" IN ('dip', 'ungrouped', 'uncoded', 'charges', 'visit'))
);
COMMENT ON TABLE result.department_profit IS 'Profit by department, visits included.';

CREATE TABLE result.physician_profit (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "attending" text NOT NULL,
    "department" text NOT NULL,
    "basis" text NOT NULL,
    "cases" core.count NOT NULL,
    "rw_total" core.e7 NOT NULL,
    "points" core.e4 NOT NULL,
    "charge" core.fen NOT NULL,
    "payment" core.fen NOT NULL,
    "cost" core.fen NOT NULL,
    "policy_margin" core.fen NOT NULL,
    "real_margin" core.fen NOT NULL,
    CONSTRAINT physician_profit_key PRIMARY KEY (hospital_id, run_no, "attending", "department", "basis"),
    CONSTRAINT physician_profit_attending_length CHECK (octet_length("attending") <= 64),
    CONSTRAINT physician_profit_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT physician_profit_basis_known CHECK ("basis" IN ('dip', 'ungrouped', 'uncoded', 'charges', 'visit'))
);
COMMENT ON TABLE result.physician_profit IS 'Profit by attending physician.';

CREATE TABLE result.indicators (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "indicator" text NOT NULL,
    "numerator" core.e7,
    "denominator" core.e7,
    "value" core.e4,
    "score" core.e4,
    CONSTRAINT indicators_key PRIMARY KEY (hospital_id, run_no, "department", "indicator"),
    CONSTRAINT indicators_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT indicators_indicator_length CHECK (octet_length("indicator") <= 64)
);
COMMENT ON TABLE result.indicators IS 'Indicators by department; blank where there is no value.';

CREATE TABLE result.gates (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "gate" text NOT NULL,
    "indicator" text NOT NULL,
    "value" core.e4,
    "threshold" core.e4 NOT NULL,
    "outcome" text NOT NULL,
    "factor" core.e4 NOT NULL,
    CONSTRAINT gates_key PRIMARY KEY (hospital_id, run_no, "department", "gate"),
    CONSTRAINT gates_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT gates_indicator_length CHECK (octet_length("indicator") <= 64),
    CONSTRAINT gates_outcome_known CHECK ("outcome" IN ('passed', 'failed', 'not_judged'))
);
COMMENT ON TABLE result.gates IS 'Gates by department: passed, failed, or not judged.';

CREATE TABLE result.bonus_departments (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "index" core.e4 NOT NULL,
    "size" bigint NOT NULL,
    "weight" bigint NOT NULL,
    "share" core.fen NOT NULL,
    "withheld" core.fen NOT NULL,
    "paid" core.fen NOT NULL,
    CONSTRAINT bonus_departments_key PRIMARY KEY (hospital_id, run_no, "department"),
    CONSTRAINT bonus_departments_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE result.bonus_departments IS 'Bonus by department.';

CREATE TABLE result.bonus_persons (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "staff" text NOT NULL,
    "department" text NOT NULL,
    "weight" bigint NOT NULL,
    "paid" core.fen NOT NULL,
    CONSTRAINT bonus_persons_key PRIMARY KEY (hospital_id, run_no, "staff"),
    CONSTRAINT bonus_persons_staff_length CHECK (octet_length("staff") <= 64),
    CONSTRAINT bonus_persons_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE result.bonus_persons IS 'Bonus by person.';

CREATE TABLE result.closing_in_hospital (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "cost_category" text NOT NULL,
    "fund_source" text NOT NULL,
    "origin" text NOT NULL,
    "cost" core.fen NOT NULL,
    CONSTRAINT closing_in_hospital_key PRIMARY KEY (hospital_id, run_no, "encounter", "cost_category", "fund_source", "origin"),
    CONSTRAINT closing_in_hospital_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT closing_in_hospital_cost_category_known CHECK ("cost_category" IN ('staff', 'materials', 'drugs', 'depreciation', 'amortization', 'risk_fund', 'other_operating')),
    CONSTRAINT closing_in_hospital_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching')),
    CONSTRAINT closing_in_hospital_origin_known CHECK ("origin" IN ('direct', 'public', 'administrative', 'auxiliary', 'medical_technology'))
);
COMMENT ON TABLE result.closing_in_hospital IS 'Closing cost of stays in hospital; prior of the next month.';

CREATE TABLE result.closing_in_hospital_charges (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "charge" core.fen NOT NULL,
    CONSTRAINT closing_in_hospital_charges_key PRIMARY KEY (hospital_id, run_no, "encounter"),
    CONSTRAINT closing_in_hospital_charges_encounter_length CHECK (octet_length("encounter") <= 64)
);
COMMENT ON TABLE result.closing_in_hospital_charges IS 'Closing charges of the same stays.';

CREATE TABLE result.closing_carried_pools (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "pool" text NOT NULL,
    "name" text NOT NULL,
    "amount" core.fen NOT NULL,
    CONSTRAINT closing_carried_pools_key PRIMARY KEY (hospital_id, run_no, "pool"),
    CONSTRAINT closing_carried_pools_pool_length CHECK (octet_length("pool") <= 64)
);
COMMENT ON TABLE result.closing_carried_pools IS 'Bonus pools carried on to the next month.';

GRANT USAGE ON SCHEMA result TO yuanliu_app, yuanliu_loader;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA result TO yuanliu_app;
GRANT SELECT ON ALL TABLES IN SCHEMA result TO yuanliu_loader;
