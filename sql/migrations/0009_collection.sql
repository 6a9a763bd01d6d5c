-- Why this file: the rules and optional tables that say how direct cost is collected, and what a run made of them
-- (docs/collection.md). Months and runs of before have no rows of them.
ALTER TABLE core.rules_file DROP CONSTRAINT rules_file_file_known;
ALTER TABLE core.rules_file ADD CONSTRAINT rules_file_file_known
    CHECK (file IN ('allocation.toml', 'costing.toml', 'payment.toml', 'bonus.toml', 'collection.toml'));

CREATE DOMAIN core.base4 AS bigint CONSTRAINT base4_bounds CHECK (VALUE >= 0);
COMMENT ON DOMAIN core.base4 IS 'Base of a move, at scale 4; yuan or units.';

CREATE TABLE month.payroll (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "staff" text NOT NULL,
    "department" text NOT NULL,
    "pay_kind" text NOT NULL,
    "fund_source" text NOT NULL,
    "amount" core.fen NOT NULL,
    CONSTRAINT payroll_key PRIMARY KEY (hospital_id, period, "staff", "department", "pay_kind", "fund_source"),
    CONSTRAINT payroll_staff_length CHECK (octet_length("staff") <= 64),
    CONSTRAINT payroll_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT payroll_pay_kind_length CHECK (octet_length("pay_kind") <= 64),
    CONSTRAINT payroll_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching'))
);
COMMENT ON TABLE month.payroll IS 'Pay by person and kind: a base of moves.';

CREATE TABLE month.staff_time (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "unit" text NOT NULL,
    "code" text NOT NULL,
    "department" text NOT NULL,
    "activity" text NOT NULL,
    "minutes" core.e4 NOT NULL,
    CONSTRAINT staff_time_key PRIMARY KEY (hospital_id, period, "unit", "code", "department", "activity"),
    CONSTRAINT staff_time_unit_known CHECK ("unit" IN ('staff', 'department')),
    CONSTRAINT staff_time_code_length CHECK (octet_length("code") <= 64),
    CONSTRAINT staff_time_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT staff_time_activity_known CHECK ("activity" IN ('outpatient', 'ward', 'teaching', 'research', 'dispatched'))
);
COMMENT ON TABLE month.staff_time IS 'Where staff and departments spent their time; blank department: dispatched without a place.';

CREATE TABLE month.assets (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "asset" text NOT NULL,
    "name" text NOT NULL,
    "department" text NOT NULL,
    "kind" text NOT NULL,
    "depreciation" core.fen NOT NULL,
    "paid_basic" core.fen NOT NULL,
    "paid_fiscal_project" core.fen NOT NULL,
    "paid_other_fiscal_project" core.fen NOT NULL,
    "paid_research" core.fen NOT NULL,
    "paid_teaching" core.fen NOT NULL,
    CONSTRAINT assets_key PRIMARY KEY (hospital_id, period, "asset"),
    CONSTRAINT assets_asset_length CHECK (octet_length("asset") <= 64),
    CONSTRAINT assets_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT assets_kind_known CHECK ("kind" IN ('building', 'general', 'special'))
);
COMMENT ON TABLE month.assets IS 'Asset cards: depreciation of the month, and what each fund source paid of the purchase.';

CREATE TABLE result.moves (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "rule" core.count NOT NULL,
    "voucher" text NOT NULL,
    "line" text NOT NULL,
    "entry" text NOT NULL,
    "department" text NOT NULL,
    "cost_item" text NOT NULL,
    "fund_source" text NOT NULL,
    "to_department" text NOT NULL,
    "to_cost_item" text NOT NULL,
    "to_fund_source" text NOT NULL,
    "reason" text NOT NULL,
    "by" text NOT NULL,
    "driver" text,
    "base" core.base4 NOT NULL,
    "base_total" core.base4 NOT NULL,
    "pool" core.fen NOT NULL,
    "amount" core.fen NOT NULL,
    CONSTRAINT moves_key PRIMARY KEY (hospital_id, run_no, "rule", "voucher", "line", "entry", "department", "cost_item", "fund_source", "to_department", "to_cost_item", "to_fund_source", "reason"),
    CONSTRAINT moves_entry_known CHECK ("entry" IN ('direct', 'calculated')),
    CONSTRAINT moves_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT moves_to_department_length CHECK (octet_length("to_department") <= 64),
    CONSTRAINT moves_by_known CHECK ("by" IN ('share', 'driver', 'metered', 'payroll', 'staff_time', 'assets'))
);
COMMENT ON TABLE result.moves IS 'What each move took of a ledger line and where it put it; a blank to_department is out of cost.';

CREATE TABLE result.collected (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "cost_item" text NOT NULL,
    "fund_source" text NOT NULL,
    "booked" core.fen NOT NULL,
    "moved_out" core.fen NOT NULL,
    "moved_in" core.fen NOT NULL,
    "direct" core.fen NOT NULL,
    "calculated" core.fen NOT NULL,
    CONSTRAINT collected_key PRIMARY KEY (hospital_id, run_no, "department", "cost_item", "fund_source"),
    CONSTRAINT collected_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE result.collected IS 'What a department booked, gave away and got by moves.';

-- The voucher of a reversal has a mark before it.
ALTER TABLE result.excluded DROP CONSTRAINT excluded_voucher_length;
ALTER TABLE result.excluded ADD CONSTRAINT excluded_voucher_length CHECK (octet_length("voucher") <= 65);

CREATE TABLE month.estimates (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "voucher" text NOT NULL,
    "line" text NOT NULL,
    CONSTRAINT estimates_key PRIMARY KEY (hospital_id, period, "voucher", "line"),
    CONSTRAINT estimates_voucher_length CHECK (octet_length("voucher") <= 64),
    CONSTRAINT estimates_line_length CHECK (octet_length("line") <= 64)
);
COMMENT ON TABLE month.estimates IS 'Ledger lines that are estimates (暂估): the month after takes them back.';

CREATE TABLE month.prior_estimates (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "voucher" text NOT NULL,
    "line" text NOT NULL,
    "booking_period" core.period NOT NULL,
    "attribution_period" core.period NOT NULL,
    "account" text NOT NULL,
    "department" text NOT NULL,
    "fund_source" text NOT NULL,
    "amount" core.fen NOT NULL,
    "summary" text,
    CONSTRAINT prior_estimates_key PRIMARY KEY (hospital_id, period, "voucher", "line"),
    CONSTRAINT prior_estimates_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE month.prior_estimates IS 'Estimates of the month before, which this month takes back.';

CREATE TABLE result.closing_estimates (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "voucher" text NOT NULL,
    "line" text NOT NULL,
    "booking_period" core.period NOT NULL,
    "attribution_period" core.period NOT NULL,
    "account" text NOT NULL,
    "department" text NOT NULL,
    "fund_source" text NOT NULL,
    "amount" core.fen NOT NULL,
    "summary" text,
    CONSTRAINT closing_estimates_key PRIMARY KEY (hospital_id, run_no, "voucher", "line"),
    CONSTRAINT closing_estimates_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE result.closing_estimates IS 'Estimates of the month, for the next to take back.';

CREATE TABLE result.cost_attributes (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "cost_item" text NOT NULL,
    "fund_source" text NOT NULL,
    "full" core.fen NOT NULL,
    "fixed" core.fen NOT NULL,
    "variable" core.fen NOT NULL,
    "controllable" core.fen NOT NULL,
    "capital" core.fen NOT NULL,
    CONSTRAINT cost_attributes_key PRIMARY KEY (hospital_id, run_no, "department", "cost_item", "fund_source"),
    CONSTRAINT cost_attributes_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE result.cost_attributes IS 'Full cost of a department, fixed and variable, controllable, capital.';

CREATE TABLE result.cost_scopes (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "kind" text NOT NULL,
    "cost_category" text NOT NULL,
    "medical_business" core.fen NOT NULL,
    "medical" core.fen NOT NULL,
    "medical_full" core.fen NOT NULL,
    "hospital" core.fen NOT NULL,
    CONSTRAINT cost_scopes_key PRIMARY KEY (hospital_id, run_no, "department", "kind", "cost_category"),
    CONSTRAINT cost_scopes_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT cost_scopes_kind_known CHECK ("kind" IN ('direct', 'full'))
);
COMMENT ON TABLE result.cost_scopes IS 'Cost in the four scopes (成本口径); a blank department is the hospital.';

GRANT SELECT ON month.payroll, month.staff_time, month.assets, month.estimates, month.prior_estimates TO yuanliu_app, yuanliu_loader;
GRANT INSERT, DELETE ON month.payroll, month.staff_time, month.assets, month.estimates, month.prior_estimates TO yuanliu_loader;
GRANT SELECT, INSERT ON result.moves, result.collected, result.cost_attributes, result.cost_scopes, result.closing_estimates TO yuanliu_app;
GRANT SELECT ON result.moves, result.collected, result.cost_attributes, result.cost_scopes, result.closing_estimates TO yuanliu_loader;
