-- PostgreSQL database dump

CREATE SCHEMA access;

COMMENT ON SCHEMA access IS 'Users, sessions, and requests of the API.';

CREATE SCHEMA core;

COMMENT ON SCHEMA core IS 'What is imported, computed and visible.';

CREATE SCHEMA month;

COMMENT ON SCHEMA month IS 'What hospitals hand in: one month of one hospital is one value, replaced as a whole.';

CREATE SCHEMA result;

COMMENT ON SCHEMA result IS 'What runs found; posted rows are never changed.';

CREATE DOMAIN core.base4 AS bigint
	CONSTRAINT base4_bounds CHECK ((VALUE >= 0));

COMMENT ON DOMAIN core.base4 IS 'Base of a move, at scale 4; yuan or units.';

CREATE DOMAIN core.count AS bigint
	CONSTRAINT count_bounds CHECK ((VALUE >= 0));

COMMENT ON DOMAIN core.count IS 'A whole number.';

CREATE DOMAIN core.e4 AS bigint
	CONSTRAINT e4_bounds CHECK (((VALUE >= '-1000000000000000000'::bigint) AND (VALUE <= '1000000000000000000'::bigint)));

COMMENT ON DOMAIN core.e4 IS 'A quantity, reading, score or ratio in ten-thousandths.';

CREATE DOMAIN core.e6 AS bigint;

COMMENT ON DOMAIN core.e6 IS 'A unit cost in millionths of a yuan; shown, never multiplied.';

CREATE DOMAIN core.e7 AS bigint;

COMMENT ON DOMAIN core.e7 IS 'A relative weight or a count that may be one, at scale 7.';

CREATE DOMAIN core.e8 AS bigint
	CONSTRAINT e8_bounds CHECK ((VALUE >= 0));

COMMENT ON DOMAIN core.e8 IS 'Use of an activity, at scale 8.';

CREATE DOMAIN core.fen AS bigint
	CONSTRAINT fen_bounds CHECK (((VALUE >= '-1000000000000000'::bigint) AND (VALUE <= '1000000000000000'::bigint)));

COMMENT ON DOMAIN core.fen IS 'An amount in fen, up to 10^15 either way. Never money, never numeric.';

CREATE DOMAIN core.hash AS text
	CONSTRAINT hash_form CHECK (((VALUE ~ '^[0-9a-f]{64}$'::text) OR (VALUE = 'none'::text)));

COMMENT ON DOMAIN core.hash IS 'SHA-256 in hexadecimal digits, or none.';

CREATE DOMAIN core.hospital_number AS smallint
	CONSTRAINT hospital_number_bounds CHECK ((VALUE > 0));

COMMENT ON DOMAIN core.hospital_number IS 'A hospital; its code stands in core.hospital.';

CREATE DOMAIN core.period AS integer
	CONSTRAINT period_bounds CHECK ((((VALUE >= 190001) AND (VALUE <= 999913)) AND (((VALUE % 100) >= 1) AND ((VALUE % 100) <= 13))));

COMMENT ON DOMAIN core.period IS 'A month as yyyymm; month 13 holds year-end entries.';

CREATE DOMAIN core.period_or_open AS integer
	CONSTRAINT period_or_open_bounds CHECK (((VALUE = 0) OR (((VALUE >= 190001) AND (VALUE <= 999913)) AND (((VALUE % 100) >= 1) AND ((VALUE % 100) <= 13)))));

COMMENT ON DOMAIN core.period_or_open IS 'A month in a key; 0 is open.';

CREATE FUNCTION month.attach_charge_lines(hospital smallint, month_period integer, fresh text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
    branch text := format('charge_lines_%s', month_period);
    former regclass;
BEGIN
    IF fresh NOT LIKE format('charge\_lines\_%s\_h%s\_i%%', month_period, hospital) THEN
        RAISE EXCEPTION 'not a table for these charge lines: %', fresh;
    END IF;
    -- One month at a time: two first imports of one period would both make the branch.
    PERFORM pg_advisory_xact_lock(7301, month_period);
    IF to_regclass(format('month.%I', branch)) IS NULL THEN
        EXECUTE format('CREATE TABLE month.%I PARTITION OF month.charge_lines FOR VALUES IN (%s) '
                       'PARTITION BY LIST (hospital_id)', branch, month_period);
    END IF;
    SELECT inhrelid::regclass INTO former FROM pg_inherits
        WHERE inhparent = to_regclass(format('month.%I', branch))
          AND pg_get_expr((SELECT relpartbound FROM pg_class WHERE oid = inhrelid), inhrelid)
              = format('FOR VALUES IN (''%s'')', hospital);
    IF former IS NOT NULL THEN
        EXECUTE format('ALTER TABLE month.%I DETACH PARTITION %s', branch, former);
        EXECUTE format('DROP TABLE %s', former);
    END IF;
    -- The check proves the bounds, so that attaching need not look at the lines again.
    EXECUTE format('ALTER TABLE month.%I ADD CONSTRAINT charge_lines_bounds CHECK (hospital_id = %s AND period = %s)',
                   fresh, hospital, month_period);
    EXECUTE format('CREATE INDEX ON month.%I USING brin (encounter) WITH (pages_per_range = 16)', fresh);
    EXECUTE format('ALTER TABLE month.%I ATTACH PARTITION month.%I FOR VALUES IN (%s)', branch, fresh, hospital);
    EXECUTE format('REVOKE ALL ON month.%I FROM yuanliu_loader', fresh);
END $$;

COMMENT ON FUNCTION month.attach_charge_lines(hospital smallint, month_period integer, fresh text) IS 'Makes the loaded lines those of the month, in place of former ones.';

CREATE FUNCTION month.new_charge_lines(hospital smallint, month_period integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
DECLARE
    fresh text := format('charge_lines_%s_h%s_i%s', month_period, hospital, nextval('month.charge_lines_no'));
BEGIN
    EXECUTE format('CREATE TABLE month.%I (LIKE month.charge_lines INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', fresh);
    EXECUTE format('GRANT SELECT, INSERT ON month.%I TO yuanliu_loader', fresh);
    RETURN fresh;
END $$;

COMMENT ON FUNCTION month.new_charge_lines(hospital smallint, month_period integer) IS 'A standalone table for the charge lines of one month; seen by nobody until it is attached.';

CREATE TABLE access.idempotency (
    username text NOT NULL,
    request_key text NOT NULL,
    body_hash core.hash NOT NULL,
    job_no integer NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE access.idempotency IS 'Keys of requests that made a job, written in the transaction that made it.';

CREATE TABLE access.job_request (
    job_no integer NOT NULL,
    username text NOT NULL,
    upload text NOT NULL,
    cancel_asked boolean DEFAULT false NOT NULL,
    findings text DEFAULT '[]'::text NOT NULL,
    hospital text DEFAULT ''::text NOT NULL,
    CONSTRAINT job_request_hospital_length CHECK ((length(hospital) <= 64))
);

COMMENT ON TABLE access.job_request IS 'What a job was asked to do through the API, and what it found.';

COMMENT ON COLUMN access.job_request.hospital IS 'Code of the hospital whose month is to be imported.';

CREATE TABLE access.sessions (
    token_hash core.hash NOT NULL,
    username text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE access.sessions IS 'Open sessions by the hash of their token.';

CREATE TABLE access.setup (
    only_row boolean DEFAULT true NOT NULL,
    token_hash core.hash NOT NULL,
    offered_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT setup_only_row_bounds CHECK (only_row)
);

COMMENT ON TABLE access.setup IS 'The one-time token of the first administrator, until it is used.';

CREATE TABLE access.users (
    username text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_password_hash_bounds CHECK (starts_with(password_hash, '$argon2id$'::text)),
    CONSTRAINT users_role_known CHECK ((role = 'administrator'::text))
);

COMMENT ON TABLE access.users IS 'Local users.';

CREATE TABLE core.current_run (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    run_no bigint NOT NULL
);

COMMENT ON TABLE core.current_run IS 'The one run of a month that people see; set in the transaction that posts the run.';

CREATE TABLE core.hospital (
    hospital_id smallint NOT NULL,
    code text NOT NULL,
    name text NOT NULL
);

COMMENT ON TABLE core.hospital IS 'Hospitals; the only place of their codes.';

ALTER TABLE core.hospital ALTER COLUMN hospital_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME core.hospital_hospital_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE core.job (
    job_no integer NOT NULL,
    hospital_id core.hospital_number,
    period core.period NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    stage text DEFAULT ''::text NOT NULL,
    permille integer DEFAULT 0 NOT NULL,
    error text DEFAULT ''::text NOT NULL,
    queued_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT job_hospital_present CHECK (((hospital_id IS NOT NULL) OR (kind = 'import'::text))),
    CONSTRAINT job_kind_known CHECK ((kind = ANY (ARRAY['import'::text, 'run'::text]))),
    CONSTRAINT job_permille_bounds CHECK (((permille >= 0) AND (permille <= 1000))),
    CONSTRAINT job_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'interrupted'::text])))
);

COMMENT ON TABLE core.job IS 'Long work, taken with FOR UPDATE SKIP LOCKED; a worker holds the advisory lock (7303, job_no).';

COMMENT ON COLUMN core.job.hospital_id IS 'None: an import for a hospital that has no month yet; its code stands in access.job_request.';

ALTER TABLE core.job ALTER COLUMN job_no ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME core.job_job_no_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE core.month (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    state text NOT NULL,
    hospital_name text NOT NULL,
    month_hash core.hash NOT NULL,
    prior_hash core.hash NOT NULL,
    rules_hash core.hash NOT NULL,
    charge_lines core.count NOT NULL,
    import_no bigint NOT NULL,
    imported_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT month_import_no_bounds CHECK ((import_no > 0)),
    CONSTRAINT month_state_known CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);

COMMENT ON TABLE core.month IS 'Months that are there. The row is written last: with it an import becomes visible.';

CREATE TABLE core.rules (
    hospital_id core.hospital_number NOT NULL,
    rules_hash core.hash NOT NULL,
    stored_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE core.rules IS 'Versions of the rules, by the hash of their content; never changed.';

CREATE TABLE core.rules_file (
    hospital_id core.hospital_number NOT NULL,
    rules_hash core.hash NOT NULL,
    file text NOT NULL,
    content text NOT NULL,
    CONSTRAINT rules_file_file_known CHECK (((file = ANY (ARRAY['allocation.toml'::text, 'costing.toml'::text, 'payment.toml'::text, 'bonus.toml'::text, 'collection.toml'::text, 'grouping.toml'::text])) OR (file ~ '^policy(_[a-z0-9_]+)?[.]toml$'::text) OR (file ~ '^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$'::text)))
);

COMMENT ON TABLE core.rules_file IS 'The rules as people wrote them, file by file.';

CREATE TABLE core.run (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    period core.period NOT NULL,
    run_id core.hash NOT NULL,
    month_hash core.hash NOT NULL,
    prior_hash core.hash NOT NULL,
    rules_hash core.hash NOT NULL,
    result_hash core.hash NOT NULL,
    certificate text NOT NULL,
    findings text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE core.run IS 'Posted runs with their certificates. There is no row for a run that has not ended well.';

CREATE TABLE core.schema_migration (
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE core.schema_migration IS 'Migrations that ran, with the hash of their text.';

CREATE TABLE month.account_balances (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    account text NOT NULL,
    fund_source text NOT NULL,
    debit core.fen NOT NULL,
    credit core.fen NOT NULL,
    CONSTRAINT account_balances_account_length CHECK ((octet_length(account) <= 64)),
    CONSTRAINT account_balances_fund_source_known CHECK ((fund_source = ANY (ARRAY[''::text, 'basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text])))
);

COMMENT ON TABLE month.account_balances IS 'Trial balance of the month; a blank fund source is all of them together.';

CREATE TABLE month.account_map (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    account text NOT NULL,
    valid_from core.period_or_open NOT NULL,
    valid_to core.period,
    treatment text NOT NULL,
    cost_item text,
    reason text,
    CONSTRAINT account_map_account_length CHECK ((octet_length(account) <= 64)),
    CONSTRAINT account_map_cost_item_length CHECK ((octet_length(cost_item) <= 64)),
    CONSTRAINT account_map_treatment_known CHECK ((treatment = ANY (ARRAY['cost'::text, 'excluded'::text])))
);

COMMENT ON TABLE month.account_map IS 'Which cost item an account is, or why it is kept out of cost.';

CREATE TABLE month.accounts (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    account text NOT NULL,
    name text NOT NULL,
    valid_from core.period,
    valid_to core.period,
    CONSTRAINT accounts_account_length CHECK ((octet_length(account) <= 64))
);

COMMENT ON TABLE month.accounts IS 'Accounts of the ledger.';

CREATE TABLE month.activities (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    department text NOT NULL,
    activity text NOT NULL,
    name text NOT NULL,
    measure text NOT NULL,
    item_driver text,
    practical_capacity core.e4,
    CONSTRAINT activities_activity_length CHECK ((octet_length(activity) <= 64)),
    CONSTRAINT activities_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT activities_item_driver_length CHECK ((octet_length(item_driver) <= 64)),
    CONSTRAINT activities_measure_known CHECK ((measure = ANY (ARRAY['equivalent'::text, 'charge'::text, 'item_driver'::text, 'days'::text, 'visits'::text, 'treatment_time'::text])))
);

COMMENT ON TABLE month.activities IS 'Activities (作业) of departments, with what measures their use.';

CREATE TABLE month.activity_readings (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    department text NOT NULL,
    resource_driver text NOT NULL,
    activity text NOT NULL,
    value core.e4 NOT NULL,
    CONSTRAINT activity_readings_activity_length CHECK ((octet_length(activity) <= 64)),
    CONSTRAINT activity_readings_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT activity_readings_resource_driver_length CHECK ((octet_length(resource_driver) <= 64))
);

COMMENT ON TABLE month.activity_readings IS 'What activities and service units used of resource drivers (资源动因).';

CREATE TABLE month.assets (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    asset text NOT NULL,
    name text NOT NULL,
    department text NOT NULL,
    kind text NOT NULL,
    depreciation core.fen NOT NULL,
    paid_basic core.fen NOT NULL,
    paid_fiscal_project core.fen NOT NULL,
    paid_other_fiscal_project core.fen NOT NULL,
    paid_research core.fen NOT NULL,
    paid_teaching core.fen NOT NULL,
    CONSTRAINT assets_asset_length CHECK ((octet_length(asset) <= 64)),
    CONSTRAINT assets_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT assets_kind_known CHECK ((kind = ANY (ARRAY['building'::text, 'general'::text, 'special'::text])))
);

COMMENT ON TABLE month.assets IS 'Asset cards: depreciation of the month, and what each fund source paid of the purchase.';

CREATE TABLE month.attending_groups (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    attending text NOT NULL,
    valid_from core.period_or_open NOT NULL,
    valid_to core.period,
    "group" text NOT NULL,
    name text NOT NULL,
    CONSTRAINT attending_groups_attending_length CHECK ((octet_length(attending) <= 64)),
    CONSTRAINT attending_groups_group_length CHECK ((octet_length("group") <= 64))
);

COMMENT ON TABLE month.attending_groups IS 'Which attending group (主诊组) a physician belongs to, and when.';

CREATE TABLE month.beds (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    department text NOT NULL,
    opened core.e4 NOT NULL,
    available_days core.e4,
    CONSTRAINT beds_department_length CHECK ((octet_length(department) <= 64))
);

COMMENT ON TABLE month.beds IS 'Opened beds of wards; blank available days: opened in every day of the month.';

CREATE TABLE month.case_terms (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    severity text,
    tumour text,
    level_coefficient core.e4,
    special_amount core.fen,
    special_points core.e4,
    patient_paid core.fen,
    CONSTRAINT case_terms_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE month.case_terms IS 'Levels of severity as coded, level coefficient, outcome of a special review (特例单议) and patient''s part of a case.';

CREATE TABLE month.charge_lines (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    line text NOT NULL,
    charged_on date NOT NULL,
    service_item text NOT NULL,
    ordering_department text NOT NULL,
    executing_department text NOT NULL,
    physician text,
    quantity core.e4 NOT NULL,
    charge core.fen NOT NULL,
    refund_of text
)
PARTITION BY LIST (period);

COMMENT ON TABLE month.charge_lines IS 'Charge lines, one partition per period and hospital. Loaded into a standalone table by binary COPY, checked, then attached; no foreign keys and no unique index (intake has checked the keys).';

CREATE SEQUENCE month.charge_lines_no
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

COMMENT ON SEQUENCE month.charge_lines_no IS 'Numbers the standalone tables of charge lines; gaps are harmless.';

CREATE TABLE month.cost_items (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    cost_item text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    traced_to text,
    valid_from core.period,
    valid_to core.period,
    CONSTRAINT cost_items_category_known CHECK ((category = ANY (ARRAY['staff'::text, 'materials'::text, 'drugs'::text, 'depreciation'::text, 'amortization'::text, 'risk_fund'::text, 'other_operating'::text]))),
    CONSTRAINT cost_items_cost_item_length CHECK ((octet_length(cost_item) <= 64)),
    CONSTRAINT cost_items_traced_to_known CHECK ((traced_to = ANY (ARRAY['drug'::text, 'material'::text])))
);

COMMENT ON TABLE month.cost_items IS 'Cost items and the category each belongs to.';

CREATE TABLE month.departments (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    department text NOT NULL,
    name text NOT NULL,
    class text NOT NULL,
    care_setting text NOT NULL,
    valid_from core.period,
    valid_to core.period,
    CONSTRAINT departments_care_setting_known CHECK ((care_setting = ANY (ARRAY['inpatient'::text, 'outpatient'::text, 'mixed'::text, 'none'::text]))),
    CONSTRAINT departments_class_known CHECK ((class = ANY (ARRAY['public'::text, 'administrative'::text, 'auxiliary'::text, 'medical_technology'::text, 'clinical'::text, 'excluded'::text]))),
    CONSTRAINT departments_department_length CHECK ((octet_length(department) <= 64))
);

COMMENT ON TABLE month.departments IS 'Departments of the month (科室), with the class that decides their place in the allocation.';

CREATE TABLE month.diagnoses (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    sequence core.count NOT NULL,
    diagnosis text NOT NULL,
    CONSTRAINT diagnoses_diagnosis_length CHECK ((octet_length(diagnosis) <= 64)),
    CONSTRAINT diagnoses_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE month.diagnoses IS 'Diagnoses of discharged stays; 1 is the main one.';

CREATE TABLE month.diagnosis_details (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    sequence core.count NOT NULL,
    admission_condition text NOT NULL,
    CONSTRAINT diagnosis_details_admission_condition_known CHECK ((admission_condition = ANY (ARRAY['present'::text, 'undetermined'::text, 'unknown'::text, 'absent'::text]))),
    CONSTRAINT diagnosis_details_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE month.diagnosis_details IS 'Condition at admission (入院病情) of a diagnosis.';

CREATE TABLE month.dip_catalogue (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "group" text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    diagnosis text NOT NULL,
    procedure text,
    procedure_class text,
    score core.e4 NOT NULL,
    reference_charge core.fen NOT NULL,
    reference_days core.e4 NOT NULL,
    CONSTRAINT dip_catalogue_diagnosis_length CHECK ((octet_length(diagnosis) <= 64)),
    CONSTRAINT dip_catalogue_group_length CHECK ((octet_length("group") <= 64)),
    CONSTRAINT dip_catalogue_level_known CHECK ((level = ANY (ARRAY['core'::text, 'composite'::text]))),
    CONSTRAINT dip_catalogue_procedure_class_known CHECK ((procedure_class = ANY (ARRAY['surgery'::text, 'therapeutic'::text, 'diagnostic'::text, 'conservative'::text]))),
    CONSTRAINT dip_catalogue_procedure_length CHECK ((octet_length(procedure) <= 64))
);

COMMENT ON TABLE month.dip_catalogue IS 'Groups of the catalogue with their scores.';

CREATE TABLE month.discharges (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    sex text NOT NULL,
    age_years core.count NOT NULL,
    outcome text NOT NULL,
    CONSTRAINT discharges_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT discharges_outcome_known CHECK ((outcome = ANY (ARRAY['cured'::text, 'improved'::text, 'transferred'::text, 'against_advice'::text, 'died'::text, 'other'::text]))),
    CONSTRAINT discharges_sex_known CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text, 'unknown'::text])))
);

COMMENT ON TABLE month.discharges IS 'Discharge records.';

CREATE TABLE month.driver_readings (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    driver text NOT NULL,
    sender text NOT NULL,
    department text NOT NULL,
    value core.e4 NOT NULL,
    CONSTRAINT driver_readings_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT driver_readings_driver_length CHECK ((octet_length(driver) <= 64)),
    CONSTRAINT driver_readings_sender_length CHECK ((octet_length(sender) <= 64))
);

COMMENT ON TABLE month.driver_readings IS 'Readings of drivers; a blank sender serves every sender.';

CREATE TABLE month.drivers (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    driver text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    CONSTRAINT drivers_driver_length CHECK ((octet_length(driver) <= 64))
);

COMMENT ON TABLE month.drivers IS 'Allocation drivers (分摊参数).';

CREATE TABLE month.encounters (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    kind text NOT NULL,
    department text NOT NULL,
    attending text,
    admitted_on date NOT NULL,
    discharged_on date,
    payer text NOT NULL,
    record_number text,
    CONSTRAINT encounters_attending_length CHECK ((octet_length(attending) <= 64)),
    CONSTRAINT encounters_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT encounters_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT encounters_kind_known CHECK ((kind = ANY (ARRAY['inpatient'::text, 'outpatient'::text]))),
    CONSTRAINT encounters_payer_length CHECK ((octet_length(payer) <= 64)),
    CONSTRAINT encounters_record_number_length CHECK ((octet_length(record_number) <= 64))
);

COMMENT ON TABLE month.encounters IS 'Stays and visits. There is no column for a name, and none may be added.';

CREATE TABLE month.equipment_costs (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    asset text NOT NULL,
    voucher text NOT NULL,
    line text NOT NULL,
    share core.e4 NOT NULL,
    CONSTRAINT equipment_costs_asset_length CHECK ((octet_length(asset) <= 64)),
    CONSTRAINT equipment_costs_line_length CHECK ((octet_length(line) <= 64)),
    CONSTRAINT equipment_costs_voucher_length CHECK ((octet_length(voucher) <= 64))
);

COMMENT ON TABLE month.equipment_costs IS 'How much of a ledger line is known to be a machine''s own cost.';

CREATE TABLE month.equipment_items (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    asset text NOT NULL,
    department text NOT NULL,
    service_item text NOT NULL,
    share core.e4 NOT NULL,
    CONSTRAINT equipment_items_asset_length CHECK ((octet_length(asset) <= 64)),
    CONSTRAINT equipment_items_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT equipment_items_service_item_length CHECK ((octet_length(service_item) <= 64))
);

COMMENT ON TABLE month.equipment_items IS 'How much of an item''s work in a department is done on a machine.';

CREATE TABLE month.estimates (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    voucher text NOT NULL,
    line text NOT NULL,
    CONSTRAINT estimates_line_length CHECK ((octet_length(line) <= 64)),
    CONSTRAINT estimates_voucher_length CHECK ((octet_length(voucher) <= 64))
);

COMMENT ON TABLE month.estimates IS 'Ledger lines that are estimates (暂估): the month after takes them back.';

CREATE TABLE month.feeds (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    feed text NOT NULL,
    state text NOT NULL,
    CONSTRAINT feeds_state_known CHECK ((state = ANY (ARRAY['estimated'::text, 'not_arrived'::text])))
);

COMMENT ON TABLE month.feeds IS 'States of feeds other than final; part of the identity of the month.';

CREATE TABLE month.item_drivers (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    item_driver text NOT NULL,
    department text NOT NULL,
    service_item text NOT NULL,
    value core.e4 NOT NULL,
    CONSTRAINT item_drivers_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT item_drivers_item_driver_length CHECK ((octet_length(item_driver) <= 64)),
    CONSTRAINT item_drivers_service_item_length CHECK ((octet_length(service_item) <= 64))
);

COMMENT ON TABLE month.item_drivers IS 'Use of an item driver by one unit of an item; a blank department is every one without its own value.';

CREATE TABLE month.ledger (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    voucher text NOT NULL,
    line text NOT NULL,
    booking_period core.period NOT NULL,
    attribution_period core.period NOT NULL,
    account text NOT NULL,
    department text NOT NULL,
    fund_source text NOT NULL,
    amount core.fen NOT NULL,
    summary text,
    CONSTRAINT ledger_account_length CHECK ((octet_length(account) <= 64)),
    CONSTRAINT ledger_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT ledger_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT ledger_line_length CHECK ((octet_length(line) <= 64)),
    CONSTRAINT ledger_voucher_length CHECK ((octet_length(voucher) <= 64))
);

COMMENT ON TABLE month.ledger IS 'Ledger lines; two dates on every row: when booked, and to which period it belongs.';

CREATE TABLE month.open_stays (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    sex text NOT NULL,
    age_years core.count NOT NULL,
    CONSTRAINT open_stays_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT open_stays_sex_known CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text, 'unknown'::text])))
);

COMMENT ON TABLE month.open_stays IS 'Stays in hospital whose codes so far stand in diagnoses and procedures.';

CREATE TABLE month.pathway_readings (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    eligible boolean NOT NULL,
    entered boolean NOT NULL,
    completed boolean NOT NULL,
    varied boolean NOT NULL,
    CONSTRAINT pathway_readings_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE month.pathway_readings IS 'Clinical pathway flags by stay.';

CREATE TABLE month.payroll (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    staff text NOT NULL,
    department text NOT NULL,
    pay_kind text NOT NULL,
    fund_source text NOT NULL,
    amount core.fen NOT NULL,
    CONSTRAINT payroll_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT payroll_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT payroll_pay_kind_length CHECK ((octet_length(pay_kind) <= 64)),
    CONSTRAINT payroll_staff_length CHECK ((octet_length(staff) <= 64))
);

COMMENT ON TABLE month.payroll IS 'Pay by person and kind: a base of moves.';

CREATE TABLE month.prior (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    prior_period core.period NOT NULL,
    result_hash text NOT NULL
);

COMMENT ON TABLE month.prior IS 'The manifest of prior/: which result the month stands on. No row: the first month.';

CREATE TABLE month.prior_carried_pools (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    pool text NOT NULL,
    name text NOT NULL,
    amount core.fen NOT NULL,
    CONSTRAINT prior_carried_pools_pool_length CHECK ((octet_length(pool) <= 64))
);

COMMENT ON TABLE month.prior_carried_pools IS 'Bonus pools carried on from the month before.';

CREATE TABLE month.prior_estimates (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    voucher text NOT NULL,
    line text NOT NULL,
    booking_period core.period NOT NULL,
    attribution_period core.period NOT NULL,
    account text NOT NULL,
    department text NOT NULL,
    fund_source text NOT NULL,
    amount core.fen NOT NULL,
    summary text,
    CONSTRAINT prior_estimates_department_length CHECK ((octet_length(department) <= 64))
);

COMMENT ON TABLE month.prior_estimates IS 'Estimates of the month before, which this month takes back.';

CREATE TABLE month.prior_in_hospital (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    cost_category text NOT NULL,
    fund_source text NOT NULL,
    origin text NOT NULL,
    cost core.fen NOT NULL,
    CONSTRAINT prior_in_hospital_cost_category_known CHECK ((cost_category = ANY (ARRAY['staff'::text, 'materials'::text, 'drugs'::text, 'depreciation'::text, 'amortization'::text, 'risk_fund'::text, 'other_operating'::text]))),
    CONSTRAINT prior_in_hospital_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT prior_in_hospital_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT prior_in_hospital_origin_known CHECK ((origin = ANY (ARRAY['direct'::text, 'public'::text, 'administrative'::text, 'auxiliary'::text, 'medical_technology'::text])))
);

COMMENT ON TABLE month.prior_in_hospital IS 'Opening cost of stays that were in hospital at the end of the month before.';

CREATE TABLE month.prior_in_hospital_charges (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    charge core.fen NOT NULL,
    CONSTRAINT prior_in_hospital_charges_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE month.prior_in_hospital_charges IS 'Opening charges of the same stays.';

CREATE TABLE month.prior_listing (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    table_name text NOT NULL,
    sha256 core.hash NOT NULL
);

COMMENT ON TABLE month.prior_listing IS 'The tables of the result that the month stands on, with their hashes.';

CREATE TABLE month.procedure_classes (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    procedure text NOT NULL,
    class text NOT NULL,
    name text NOT NULL,
    CONSTRAINT procedure_classes_class_known CHECK ((class = ANY (ARRAY['surgery'::text, 'intervention'::text, 'therapeutic'::text, 'diagnostic'::text, 'simple'::text]))),
    CONSTRAINT procedure_classes_procedure_length CHECK ((octet_length(procedure) <= 64))
);

COMMENT ON TABLE month.procedure_classes IS 'Class of each procedure.';

CREATE TABLE month.procedure_details (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    sequence core.count NOT NULL,
    level core.count,
    performed_on date,
    CONSTRAINT procedure_details_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT procedure_details_level_known CHECK ((((level)::bigint >= 1) AND ((level)::bigint <= 4)))
);

COMMENT ON TABLE month.procedure_details IS 'Level (手术级别) and day of a procedure.';

CREATE TABLE month.procedures (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    sequence core.count NOT NULL,
    procedure text NOT NULL,
    CONSTRAINT procedures_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT procedures_procedure_length CHECK ((octet_length(procedure) <= 64))
);

COMMENT ON TABLE month.procedures IS 'Procedures of discharged stays; 1 is the main one.';

CREATE TABLE month.project_lines (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    voucher text NOT NULL,
    line text NOT NULL,
    account text NOT NULL,
    department text NOT NULL,
    project text NOT NULL,
    CONSTRAINT project_lines_account_length CHECK ((octet_length(account) <= 64)),
    CONSTRAINT project_lines_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT project_lines_line_length CHECK ((octet_length(line) <= 64)),
    CONSTRAINT project_lines_project_length CHECK ((octet_length(project) <= 64)),
    CONSTRAINT project_lines_voucher_length CHECK ((octet_length(voucher) <= 64))
);

COMMENT ON TABLE month.project_lines IS 'Which ledger lines are of which project; what is blank matches every line.';

CREATE TABLE month.quality_readings (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    department text NOT NULL,
    indicator text NOT NULL,
    numerator core.e4 NOT NULL,
    denominator core.e4 NOT NULL,
    CONSTRAINT quality_readings_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT quality_readings_indicator_length CHECK ((octet_length(indicator) <= 64))
);

COMMENT ON TABLE month.quality_readings IS 'Quality indicators as numerators and denominators.';

CREATE TABLE month.research_projects (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    project text NOT NULL,
    name text NOT NULL,
    CONSTRAINT research_projects_project_length CHECK ((octet_length(project) <= 64))
);

COMMENT ON TABLE month.research_projects IS 'Research projects (课题).';

CREATE TABLE month.service_items (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    service_item text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    charge_category text NOT NULL,
    unit text NOT NULL,
    equivalent core.e4,
    valid_from core.period,
    valid_to core.period,
    CONSTRAINT service_items_charge_category_known CHECK ((charge_category = ANY (ARRAY['bed'::text, 'nursing'::text, 'consultation'::text, 'examination'::text, 'laboratory'::text, 'treatment'::text, 'surgery'::text, 'drug'::text, 'material'::text, 'other'::text]))),
    CONSTRAINT service_items_kind_known CHECK ((kind = ANY (ARRAY['service'::text, 'drug'::text, 'material'::text]))),
    CONSTRAINT service_items_service_item_length CHECK ((octet_length(service_item) <= 64))
);

COMMENT ON TABLE month.service_items IS 'Service items, drugs and materials that are charged.';

CREATE TABLE month.staff (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    staff text NOT NULL,
    department text NOT NULL,
    category text NOT NULL,
    bonus_coefficient core.e4 NOT NULL,
    attendance core.e4 NOT NULL,
    CONSTRAINT staff_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT staff_staff_length CHECK ((octet_length(staff) <= 64))
);

COMMENT ON TABLE month.staff IS 'Staff for the bonus; numbers, no names.';

CREATE TABLE month.staff_time (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    unit text NOT NULL,
    code text NOT NULL,
    department text NOT NULL,
    activity text NOT NULL,
    minutes core.e4 NOT NULL,
    CONSTRAINT staff_time_activity_known CHECK ((activity = ANY (ARRAY['outpatient'::text, 'ward'::text, 'teaching'::text, 'research'::text, 'dispatched'::text]))),
    CONSTRAINT staff_time_code_length CHECK ((octet_length(code) <= 64)),
    CONSTRAINT staff_time_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT staff_time_unit_known CHECK ((unit = ANY (ARRAY['staff'::text, 'department'::text])))
);

COMMENT ON TABLE month.staff_time IS 'Where staff and departments spent their time; blank department: dispatched without a place.';

CREATE TABLE month.stay_details (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    age_days core.count,
    birth_weight_g core.count,
    admission_weight_g core.count,
    discharge_way text,
    icu_days core.e4,
    CONSTRAINT stay_details_discharge_way_known CHECK ((discharge_way = ANY (ARRAY['home'::text, 'hospital'::text, 'community'::text, 'against_advice'::text, 'died'::text, 'other'::text]))),
    CONSTRAINT stay_details_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE month.stay_details IS 'Front page of a stay beside its codes: newborns, way of discharge, intensive care.';

CREATE TABLE month.traced_costs (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    department text NOT NULL,
    cost_item text NOT NULL,
    fund_source text NOT NULL,
    service_item text NOT NULL,
    amount core.fen NOT NULL,
    CONSTRAINT traced_costs_cost_item_length CHECK ((octet_length(cost_item) <= 64)),
    CONSTRAINT traced_costs_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT traced_costs_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT traced_costs_service_item_length CHECK ((octet_length(service_item) <= 64))
);

COMMENT ON TABLE month.traced_costs IS 'Direct cost that is known to be of one service item.';

CREATE TABLE month.treatment_times (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    department text NOT NULL,
    minutes core.e4 NOT NULL,
    CONSTRAINT treatment_times_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT treatment_times_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE month.treatment_times IS 'Minutes that a department spent on a patient in the month.';

CREATE TABLE month.ward_stays (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    encounter text NOT NULL,
    department text NOT NULL,
    days core.e4 NOT NULL,
    CONSTRAINT ward_stays_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT ward_stays_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE month.ward_stays IS 'Days of the month that a patient lay in a department.';

CREATE TABLE result.activities (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    activity text NOT NULL,
    measure text NOT NULL,
    item_driver text,
    cost core.fen NOT NULL,
    use core.e8 NOT NULL,
    practical_capacity core.e4,
    used_cost core.fen NOT NULL,
    idle_cost core.fen NOT NULL,
    unallocated_cost core.fen NOT NULL,
    CONSTRAINT activities_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT activities_item_driver_length CHECK ((octet_length(item_driver) <= 64)),
    CONSTRAINT activities_measure_known CHECK ((measure = ANY (ARRAY['equivalent'::text, 'charge'::text, 'item_driver'::text, 'days'::text, 'visits'::text, 'treatment_time'::text, 'quantity'::text])))
);

COMMENT ON TABLE result.activities IS 'Activities of service pools: cost, use, and what idle capacity cost.';

CREATE TABLE result.auxiliary (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    coefficient core.e4 NOT NULL,
    kind text,
    band text,
    decided_by text,
    hits core.count NOT NULL,
    points core.count NOT NULL,
    catalogue text NOT NULL,
    CONSTRAINT auxiliary_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE result.auxiliary IS 'Coefficient of the auxiliary catalogue of a grouped case, and what decided it.';

CREATE TABLE result.bonus_departments (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    index core.e4 NOT NULL,
    size bigint NOT NULL,
    weight bigint NOT NULL,
    share core.fen NOT NULL,
    withheld core.fen NOT NULL,
    paid core.fen NOT NULL,
    CONSTRAINT bonus_departments_department_length CHECK ((octet_length(department) <= 64))
);

COMMENT ON TABLE result.bonus_departments IS 'Bonus by department.';

CREATE TABLE result.bonus_persons (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    staff text NOT NULL,
    department text NOT NULL,
    weight bigint NOT NULL,
    paid core.fen NOT NULL,
    CONSTRAINT bonus_persons_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT bonus_persons_staff_length CHECK ((octet_length(staff) <= 64))
);

COMMENT ON TABLE result.bonus_persons IS 'Bonus by person.';

CREATE TABLE result.case_policies (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    policy text NOT NULL,
    basis text NOT NULL,
    rule core.count NOT NULL,
    rule_name text,
    ratio core.e6,
    score core.e6,
    coefficient core.e6,
    value core.e6,
    standard core.fen,
    points core.e6,
    payment core.fen NOT NULL,
    adjustment core.fen,
    capped core.count NOT NULL,
    review core.count NOT NULL,
    CONSTRAINT case_policies_basis_known CHECK ((basis = ANY (ARRAY['band'::text, 'plain'::text, 'exception'::text, 'charge_share'::text, 'bed_day'::text, 'zero_score'::text, 'special_amount'::text, 'special_points'::text, 'split'::text]))),
    CONSTRAINT case_policies_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE result.case_policies IS 'How a policy came to the payment of a case; figures at 6 decimals are shown only.';

CREATE TABLE result.cases (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    department text NOT NULL,
    attending text,
    payer text NOT NULL,
    status text NOT NULL,
    "group" text,
    level text,
    deciding_codes text,
    rw core.e7,
    days core.count NOT NULL,
    score core.e4,
    deviation text,
    points core.e4 NOT NULL,
    basis text NOT NULL,
    charge core.fen NOT NULL,
    payment core.fen NOT NULL,
    cost core.fen NOT NULL,
    policy_margin core.fen NOT NULL,
    real_margin core.fen NOT NULL,
    CONSTRAINT cases_attending_length CHECK ((octet_length(attending) <= 64)),
    CONSTRAINT cases_basis_known CHECK ((basis = ANY (ARRAY['dip'::text, 'ungrouped'::text, 'uncoded'::text, 'charges'::text, 'drg'::text, 'other'::text, 'visit'::text]))),
    CONSTRAINT cases_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT cases_deviation_known CHECK ((deviation = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text]))),
    CONSTRAINT cases_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT cases_group_length CHECK ((octet_length("group") <= 64)),
    CONSTRAINT cases_level_known CHECK ((level = ANY (ARRAY['core_procedure'::text, 'core_conservative'::text, 'composite'::text, 'drg'::text, 'first_stage'::text, 'merged'::text, 'refined'::text, 'basic'::text, 'core'::text]))),
    CONSTRAINT cases_payer_length CHECK ((octet_length(payer) <= 64)),
    CONSTRAINT cases_status_known CHECK ((status = ANY (ARRAY['grouped'::text, 'ungrouped'::text, 'uncoded'::text])))
);

COMMENT ON TABLE result.cases IS 'Discharged stays with group, points, payment, cost and margins.';

CREATE TABLE result.closing_carried_pools (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    pool text NOT NULL,
    name text NOT NULL,
    amount core.fen NOT NULL,
    CONSTRAINT closing_carried_pools_pool_length CHECK ((octet_length(pool) <= 64))
);

COMMENT ON TABLE result.closing_carried_pools IS 'Bonus pools carried on to the next month.';

CREATE TABLE result.closing_estimates (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    voucher text NOT NULL,
    line text NOT NULL,
    booking_period core.period NOT NULL,
    attribution_period core.period NOT NULL,
    account text NOT NULL,
    department text NOT NULL,
    fund_source text NOT NULL,
    amount core.fen NOT NULL,
    summary text,
    CONSTRAINT closing_estimates_department_length CHECK ((octet_length(department) <= 64))
);

COMMENT ON TABLE result.closing_estimates IS 'Estimates of the month, for the next to take back.';

CREATE TABLE result.closing_in_hospital (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    cost_category text NOT NULL,
    fund_source text NOT NULL,
    origin text NOT NULL,
    cost core.fen NOT NULL,
    CONSTRAINT closing_in_hospital_cost_category_known CHECK ((cost_category = ANY (ARRAY['staff'::text, 'materials'::text, 'drugs'::text, 'depreciation'::text, 'amortization'::text, 'risk_fund'::text, 'other_operating'::text]))),
    CONSTRAINT closing_in_hospital_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT closing_in_hospital_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT closing_in_hospital_origin_known CHECK ((origin = ANY (ARRAY['direct'::text, 'public'::text, 'administrative'::text, 'auxiliary'::text, 'medical_technology'::text])))
);

COMMENT ON TABLE result.closing_in_hospital IS 'Closing cost of stays in hospital; prior of the next month.';

CREATE TABLE result.closing_in_hospital_charges (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    charge core.fen NOT NULL,
    CONSTRAINT closing_in_hospital_charges_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE result.closing_in_hospital_charges IS 'Closing charges of the same stays.';

CREATE TABLE result.collected (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    cost_item text NOT NULL,
    fund_source text NOT NULL,
    booked core.fen NOT NULL,
    moved_out core.fen NOT NULL,
    moved_in core.fen NOT NULL,
    direct core.fen NOT NULL,
    calculated core.fen NOT NULL,
    CONSTRAINT collected_department_length CHECK ((octet_length(department) <= 64))
);

COMMENT ON TABLE result.collected IS 'What a department booked, gave away and got by moves.';

CREATE TABLE result.cost_attributes (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    cost_item text NOT NULL,
    fund_source text NOT NULL,
    "full" core.fen NOT NULL,
    fixed core.fen NOT NULL,
    variable core.fen NOT NULL,
    controllable core.fen NOT NULL,
    capital core.fen NOT NULL,
    CONSTRAINT cost_attributes_department_length CHECK ((octet_length(department) <= 64))
);

COMMENT ON TABLE result.cost_attributes IS 'Full cost of a department, fixed and variable, controllable, capital.';

CREATE TABLE result.cost_scopes (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    kind text NOT NULL,
    cost_category text NOT NULL,
    medical_business core.fen NOT NULL,
    medical core.fen NOT NULL,
    medical_full core.fen NOT NULL,
    hospital core.fen NOT NULL,
    CONSTRAINT cost_scopes_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT cost_scopes_kind_known CHECK ((kind = ANY (ARRAY['direct'::text, 'full'::text])))
);

COMMENT ON TABLE result.cost_scopes IS 'Cost in the four scopes (成本口径); a blank department is the hospital.';

CREATE TABLE result.department_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    kind text NOT NULL,
    cost_item text NOT NULL,
    fund_source text NOT NULL,
    origin text NOT NULL,
    cost core.fen NOT NULL,
    CONSTRAINT department_cost_cost_item_length CHECK ((octet_length(cost_item) <= 64)),
    CONSTRAINT department_cost_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT department_cost_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT department_cost_kind_known CHECK ((kind = ANY (ARRAY['direct'::text, 'received'::text, 'sent'::text, 'full'::text]))),
    CONSTRAINT department_cost_origin_known CHECK ((origin = ANY (ARRAY['direct'::text, 'public'::text, 'administrative'::text, 'auxiliary'::text, 'medical_technology'::text])))
);

COMMENT ON TABLE result.department_cost IS 'Cost of departments: direct, received, sent (negative), full.';

CREATE TABLE result.department_profit (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    basis text NOT NULL,
    cases core.count NOT NULL,
    rw_total core.e7 NOT NULL,
    points core.e4 NOT NULL,
    charge core.fen NOT NULL,
    payment core.fen NOT NULL,
    cost core.fen NOT NULL,
    policy_margin core.fen NOT NULL,
    real_margin core.fen NOT NULL,
    CONSTRAINT department_profit_basis_known CHECK ((basis = ANY (ARRAY['dip'::text, 'ungrouped'::text, 'uncoded'::text, 'charges'::text, 'drg'::text, 'other'::text, 'visit'::text]))),
    CONSTRAINT department_profit_department_length CHECK ((octet_length(department) <= 64))
);

COMMENT ON TABLE result.department_profit IS 'Profit by department, visits included.';

CREATE TABLE result.excluded (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    voucher text NOT NULL,
    line text NOT NULL,
    account text NOT NULL,
    department text NOT NULL,
    fund_source text NOT NULL,
    amount core.fen NOT NULL,
    reason text NOT NULL,
    CONSTRAINT excluded_account_length CHECK ((octet_length(account) <= 64)),
    CONSTRAINT excluded_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT excluded_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT excluded_line_length CHECK ((octet_length(line) <= 64)),
    CONSTRAINT excluded_reason_known CHECK ((reason = ANY (ARRAY['account'::text, 'department'::text]))),
    CONSTRAINT excluded_voucher_length CHECK ((octet_length(voucher) <= 65))
);

COMMENT ON TABLE result.excluded IS 'Ledger lines kept out of cost, with the reason.';

CREATE TABLE result.fund_parts (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    payment core.fen NOT NULL,
    patient_paid core.fen NOT NULL,
    fund_payment core.fen NOT NULL,
    CONSTRAINT fund_parts_encounter_length CHECK ((octet_length(encounter) <= 64))
);

COMMENT ON TABLE result.fund_parts IS 'What patient and fund bear of the payment of a case whose patient''s part the month states.';

CREATE TABLE result.gates (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    gate text NOT NULL,
    indicator text NOT NULL,
    value core.e4,
    threshold core.e4 NOT NULL,
    outcome text NOT NULL,
    factor core.e4 NOT NULL,
    CONSTRAINT gates_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT gates_indicator_length CHECK ((octet_length(indicator) <= 64)),
    CONSTRAINT gates_outcome_known CHECK ((outcome = ANY (ARRAY['passed'::text, 'failed'::text, 'not_judged'::text])))
);

COMMENT ON TABLE result.gates IS 'Gates by department: passed, failed, or not judged.';

CREATE TABLE result.group_names (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "group" text NOT NULL,
    name text NOT NULL
);

COMMENT ON TABLE result.group_names IS 'Names of the groups that cases of a run are in; blank where the catalogue has none.';

CREATE TABLE result.group_profit (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    basis text NOT NULL,
    "group" text NOT NULL,
    cases core.count NOT NULL,
    rw_total core.e7 NOT NULL,
    points core.e4 NOT NULL,
    charge core.fen NOT NULL,
    payment core.fen NOT NULL,
    cost core.fen NOT NULL,
    policy_margin core.fen NOT NULL,
    real_margin core.fen NOT NULL,
    CONSTRAINT group_profit_basis_known CHECK ((basis = ANY (ARRAY['dip'::text, 'ungrouped'::text, 'uncoded'::text, 'charges'::text, 'drg'::text, 'other'::text, 'visit'::text]))),
    CONSTRAINT group_profit_group_length CHECK ((octet_length("group") <= 64))
);

COMMENT ON TABLE result.group_profit IS 'Profit by disease group.';

CREATE TABLE result."grouping" (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    status text NOT NULL,
    reason text,
    level text,
    "group" text,
    deciding_codes text,
    catalogue text NOT NULL,
    CONSTRAINT grouping_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT grouping_level_known CHECK ((level = ANY (ARRAY['drg'::text, 'first_stage'::text, 'merged'::text, 'refined'::text, 'basic'::text, 'core'::text, 'composite'::text]))),
    CONSTRAINT grouping_status_known CHECK ((status = ANY (ARRAY['grouped'::text, 'ungrouped'::text, 'ambiguous'::text, 'failed_checks'::text])))
);

COMMENT ON TABLE result."grouping" IS 'How each discharged case was grouped by a catalogue, and by which codes.';

CREATE TABLE result.hospital_item_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    service_item text NOT NULL,
    departments core.count NOT NULL,
    quantity core.e4 NOT NULL,
    charge core.fen NOT NULL,
    cost core.fen NOT NULL,
    unit_cost core.e6,
    CONSTRAINT hospital_item_cost_service_item_length CHECK ((octet_length(service_item) <= 64))
);

COMMENT ON TABLE result.hospital_item_cost IS 'Cost of service items over all departments; the unit cost is only shown.';

CREATE TABLE result.indicators (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    indicator text NOT NULL,
    numerator core.e7,
    denominator core.e7,
    value core.e4,
    score core.e4,
    CONSTRAINT indicators_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT indicators_indicator_length CHECK ((octet_length(indicator) <= 64))
);

COMMENT ON TABLE result.indicators IS 'Indicators by department; blank where there is no value.';

CREATE TABLE result.moves (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    rule core.count NOT NULL,
    voucher text NOT NULL,
    line text NOT NULL,
    entry text NOT NULL,
    department text NOT NULL,
    cost_item text NOT NULL,
    fund_source text NOT NULL,
    to_department text NOT NULL,
    to_cost_item text NOT NULL,
    to_fund_source text NOT NULL,
    reason text NOT NULL,
    by text NOT NULL,
    driver text,
    base core.base4 NOT NULL,
    base_total core.base4 NOT NULL,
    pool core.fen NOT NULL,
    amount core.fen NOT NULL,
    CONSTRAINT moves_by_known CHECK ((by = ANY (ARRAY['share'::text, 'driver'::text, 'metered'::text, 'payroll'::text, 'staff_time'::text, 'assets'::text]))),
    CONSTRAINT moves_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT moves_entry_known CHECK ((entry = ANY (ARRAY['direct'::text, 'calculated'::text]))),
    CONSTRAINT moves_to_department_length CHECK ((octet_length(to_department) <= 64))
);

COMMENT ON TABLE result.moves IS 'What each move took of a ledger line and where it put it; a blank to_department is out of cost.';

CREATE TABLE result.parked (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    line text NOT NULL,
    charged_on date NOT NULL,
    service_item text NOT NULL,
    executing_department text NOT NULL,
    quantity core.e4 NOT NULL,
    charge core.fen NOT NULL,
    CONSTRAINT parked_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT parked_executing_department_length CHECK ((octet_length(executing_department) <= 64)),
    CONSTRAINT parked_line_length CHECK ((octet_length(line) <= 64)),
    CONSTRAINT parked_service_item_length CHECK ((octet_length(service_item) <= 64))
);

COMMENT ON TABLE result.parked IS 'Charge lines of unknown encounters, set aside.';

CREATE TABLE result.parked_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    cost_category text NOT NULL,
    fund_source text NOT NULL,
    origin text NOT NULL,
    cost core.fen NOT NULL,
    CONSTRAINT parked_cost_cost_category_known CHECK ((cost_category = ANY (ARRAY['staff'::text, 'materials'::text, 'drugs'::text, 'depreciation'::text, 'amortization'::text, 'risk_fund'::text, 'other_operating'::text]))),
    CONSTRAINT parked_cost_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT parked_cost_origin_known CHECK ((origin = ANY (ARRAY['direct'::text, 'public'::text, 'administrative'::text, 'auxiliary'::text, 'medical_technology'::text])))
);

COMMENT ON TABLE result.parked_cost IS 'Cost of the parked lines by component.';

CREATE TABLE result.patient_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    cost_category text NOT NULL,
    fund_source text NOT NULL,
    origin text NOT NULL,
    cost core.fen NOT NULL,
    CONSTRAINT patient_cost_cost_category_known CHECK ((cost_category = ANY (ARRAY['staff'::text, 'materials'::text, 'drugs'::text, 'depreciation'::text, 'amortization'::text, 'risk_fund'::text, 'other_operating'::text]))),
    CONSTRAINT patient_cost_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT patient_cost_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT patient_cost_origin_known CHECK ((origin = ANY (ARRAY['direct'::text, 'public'::text, 'administrative'::text, 'auxiliary'::text, 'medical_technology'::text])))
);

COMMENT ON TABLE result.patient_cost IS 'Month cost of every stay and visit by component; zero omitted.';

CREATE TABLE result.patients (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    encounter text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    department text NOT NULL,
    opening_charge core.fen NOT NULL,
    month_charge core.fen NOT NULL,
    charge core.fen NOT NULL,
    opening_cost core.fen NOT NULL,
    month_cost core.fen NOT NULL,
    cost core.fen NOT NULL,
    CONSTRAINT patients_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT patients_encounter_length CHECK ((octet_length(encounter) <= 64)),
    CONSTRAINT patients_kind_known CHECK ((kind = ANY (ARRAY['inpatient'::text, 'outpatient'::text]))),
    CONSTRAINT patients_status_known CHECK ((status = ANY (ARRAY['visit'::text, 'discharged'::text, 'in_hospital'::text, 'discharged_earlier'::text])))
);

COMMENT ON TABLE result.patients IS 'Charge and cost of every stay and visit: opening, month, sum.';

CREATE TABLE result.physician_profit (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    attending text NOT NULL,
    department text NOT NULL,
    basis text NOT NULL,
    cases core.count NOT NULL,
    rw_total core.e7 NOT NULL,
    points core.e4 NOT NULL,
    charge core.fen NOT NULL,
    payment core.fen NOT NULL,
    cost core.fen NOT NULL,
    policy_margin core.fen NOT NULL,
    real_margin core.fen NOT NULL,
    CONSTRAINT physician_profit_attending_length CHECK ((octet_length(attending) <= 64)),
    CONSTRAINT physician_profit_basis_known CHECK ((basis = ANY (ARRAY['dip'::text, 'ungrouped'::text, 'uncoded'::text, 'charges'::text, 'drg'::text, 'other'::text, 'visit'::text]))),
    CONSTRAINT physician_profit_department_length CHECK ((octet_length(department) <= 64))
);

COMMENT ON TABLE result.physician_profit IS 'Profit by attending physician.';

CREATE TABLE result.pool_components (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    pool text NOT NULL,
    cost_category text NOT NULL,
    fund_source text NOT NULL,
    origin text NOT NULL,
    cost core.fen NOT NULL,
    CONSTRAINT pool_components_cost_category_known CHECK ((cost_category = ANY (ARRAY['staff'::text, 'materials'::text, 'drugs'::text, 'depreciation'::text, 'amortization'::text, 'risk_fund'::text, 'other_operating'::text]))),
    CONSTRAINT pool_components_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT pool_components_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT pool_components_origin_known CHECK ((origin = ANY (ARRAY['direct'::text, 'public'::text, 'administrative'::text, 'auxiliary'::text, 'medical_technology'::text]))),
    CONSTRAINT pool_components_pool_known CHECK ((pool = ANY (ARRAY['drug'::text, 'material'::text, 'service'::text])))
);

COMMENT ON TABLE result.pool_components IS 'What a pool is made of.';

CREATE TABLE result.pools (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    pool text NOT NULL,
    cost core.fen NOT NULL,
    weight bigint NOT NULL,
    entries core.count NOT NULL,
    unallocated core.fen NOT NULL,
    CONSTRAINT pools_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT pools_pool_known CHECK ((pool = ANY (ARRAY['drug'::text, 'material'::text, 'service'::text])))
);

COMMENT ON TABLE result.pools IS 'Pools of departments that are split over patients.';

CREATE TABLE result.service_item_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    department text NOT NULL,
    pool text NOT NULL,
    service_item text NOT NULL,
    quantity core.e4 NOT NULL,
    weight bigint NOT NULL,
    charge core.fen NOT NULL,
    cost core.fen NOT NULL,
    unit_cost core.e6,
    CONSTRAINT service_item_cost_department_length CHECK ((octet_length(department) <= 64)),
    CONSTRAINT service_item_cost_pool_known CHECK ((pool = ANY (ARRAY['drug'::text, 'material'::text, 'service'::text]))),
    CONSTRAINT service_item_cost_service_item_length CHECK ((octet_length(service_item) <= 64))
);

COMMENT ON TABLE result.service_item_cost IS 'Cost of service items; the unit cost is only shown, never multiplied.';

CREATE TABLE result.transfers (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    stage core.count NOT NULL,
    sender text NOT NULL,
    receiver text NOT NULL,
    cost_item text NOT NULL,
    fund_source text NOT NULL,
    origin text NOT NULL,
    driver text NOT NULL,
    base core.e4 NOT NULL,
    base_total core.e4 NOT NULL,
    pool core.fen NOT NULL,
    cost core.fen NOT NULL,
    pass core.count NOT NULL,
    CONSTRAINT transfers_cost_item_length CHECK ((octet_length(cost_item) <= 64)),
    CONSTRAINT transfers_driver_length CHECK ((octet_length(driver) <= 64)),
    CONSTRAINT transfers_fund_source_known CHECK ((fund_source = ANY (ARRAY['basic'::text, 'fiscal_project'::text, 'other_fiscal_project'::text, 'research'::text, 'teaching'::text]))),
    CONSTRAINT transfers_origin_known CHECK ((origin = ANY (ARRAY['direct'::text, 'public'::text, 'administrative'::text, 'auxiliary'::text, 'medical_technology'::text]))),
    CONSTRAINT transfers_receiver_length CHECK ((octet_length(receiver) <= 64)),
    CONSTRAINT transfers_sender_length CHECK ((octet_length(sender) <= 64))
);

COMMENT ON TABLE result.transfers IS 'Every amount that one department passed to another, with driver, base and pool.';

COMMENT ON COLUMN result.transfers.pass IS 'Pass of the stage, 1 = first.';

ALTER TABLE ONLY access.idempotency
    ADD CONSTRAINT idempotency_key PRIMARY KEY (username, request_key);

ALTER TABLE ONLY access.job_request
    ADD CONSTRAINT job_request_key PRIMARY KEY (job_no);

ALTER TABLE ONLY access.sessions
    ADD CONSTRAINT sessions_key PRIMARY KEY (token_hash);

ALTER TABLE ONLY access.setup
    ADD CONSTRAINT setup_key PRIMARY KEY (only_row);

ALTER TABLE ONLY access.users
    ADD CONSTRAINT users_key PRIMARY KEY (username);

ALTER TABLE ONLY core.current_run
    ADD CONSTRAINT current_run_key PRIMARY KEY (hospital_id, period);

ALTER TABLE ONLY core.hospital
    ADD CONSTRAINT hospital_code_unique UNIQUE (code);

ALTER TABLE ONLY core.hospital
    ADD CONSTRAINT hospital_key PRIMARY KEY (hospital_id);

ALTER TABLE ONLY core.job
    ADD CONSTRAINT job_key PRIMARY KEY (job_no);

ALTER TABLE ONLY core.month
    ADD CONSTRAINT month_key PRIMARY KEY (hospital_id, period);

ALTER TABLE ONLY core.rules_file
    ADD CONSTRAINT rules_file_key PRIMARY KEY (hospital_id, rules_hash, file);

ALTER TABLE ONLY core.rules
    ADD CONSTRAINT rules_key PRIMARY KEY (hospital_id, rules_hash);

ALTER TABLE ONLY core.run
    ADD CONSTRAINT run_key PRIMARY KEY (hospital_id, run_no);

ALTER TABLE ONLY core.run
    ADD CONSTRAINT run_period_unique UNIQUE (hospital_id, period, run_no);

ALTER TABLE ONLY core.schema_migration
    ADD CONSTRAINT schema_migration_key PRIMARY KEY (name);

ALTER TABLE ONLY month.account_balances
    ADD CONSTRAINT account_balances_key PRIMARY KEY (hospital_id, period, account, fund_source);

ALTER TABLE ONLY month.account_map
    ADD CONSTRAINT account_map_key PRIMARY KEY (hospital_id, period, account, valid_from);

ALTER TABLE ONLY month.accounts
    ADD CONSTRAINT accounts_key PRIMARY KEY (hospital_id, period, account);

ALTER TABLE ONLY month.activities
    ADD CONSTRAINT activities_key PRIMARY KEY (hospital_id, period, department, activity);

ALTER TABLE ONLY month.activity_readings
    ADD CONSTRAINT activity_readings_key PRIMARY KEY (hospital_id, period, department, resource_driver, activity);

ALTER TABLE ONLY month.assets
    ADD CONSTRAINT assets_key PRIMARY KEY (hospital_id, period, asset);

ALTER TABLE ONLY month.attending_groups
    ADD CONSTRAINT attending_groups_key PRIMARY KEY (hospital_id, period, attending, valid_from);

ALTER TABLE ONLY month.beds
    ADD CONSTRAINT beds_key PRIMARY KEY (hospital_id, period, department);

ALTER TABLE ONLY month.case_terms
    ADD CONSTRAINT case_terms_key PRIMARY KEY (hospital_id, period, encounter);

ALTER TABLE ONLY month.cost_items
    ADD CONSTRAINT cost_items_key PRIMARY KEY (hospital_id, period, cost_item);

ALTER TABLE ONLY month.departments
    ADD CONSTRAINT departments_key PRIMARY KEY (hospital_id, period, department);

ALTER TABLE ONLY month.diagnoses
    ADD CONSTRAINT diagnoses_key PRIMARY KEY (hospital_id, period, encounter, sequence);

ALTER TABLE ONLY month.diagnosis_details
    ADD CONSTRAINT diagnosis_details_key PRIMARY KEY (hospital_id, period, encounter, sequence);

ALTER TABLE ONLY month.dip_catalogue
    ADD CONSTRAINT dip_catalogue_key PRIMARY KEY (hospital_id, period, "group");

ALTER TABLE ONLY month.discharges
    ADD CONSTRAINT discharges_key PRIMARY KEY (hospital_id, period, encounter);

ALTER TABLE ONLY month.driver_readings
    ADD CONSTRAINT driver_readings_key PRIMARY KEY (hospital_id, period, driver, sender, department);

ALTER TABLE ONLY month.drivers
    ADD CONSTRAINT drivers_key PRIMARY KEY (hospital_id, period, driver);

ALTER TABLE ONLY month.encounters
    ADD CONSTRAINT encounters_key PRIMARY KEY (hospital_id, period, encounter);

ALTER TABLE ONLY month.equipment_costs
    ADD CONSTRAINT equipment_costs_key PRIMARY KEY (hospital_id, period, asset, voucher, line);

ALTER TABLE ONLY month.equipment_items
    ADD CONSTRAINT equipment_items_key PRIMARY KEY (hospital_id, period, asset, department, service_item);

ALTER TABLE ONLY month.estimates
    ADD CONSTRAINT estimates_key PRIMARY KEY (hospital_id, period, voucher, line);

ALTER TABLE ONLY month.feeds
    ADD CONSTRAINT feeds_key PRIMARY KEY (hospital_id, period, feed);

ALTER TABLE ONLY month.item_drivers
    ADD CONSTRAINT item_drivers_key PRIMARY KEY (hospital_id, period, item_driver, department, service_item);

ALTER TABLE ONLY month.ledger
    ADD CONSTRAINT ledger_key PRIMARY KEY (hospital_id, period, voucher, line);

ALTER TABLE ONLY month.open_stays
    ADD CONSTRAINT open_stays_key PRIMARY KEY (hospital_id, period, encounter);

ALTER TABLE ONLY month.pathway_readings
    ADD CONSTRAINT pathway_readings_key PRIMARY KEY (hospital_id, period, encounter);

ALTER TABLE ONLY month.payroll
    ADD CONSTRAINT payroll_key PRIMARY KEY (hospital_id, period, staff, department, pay_kind, fund_source);

ALTER TABLE ONLY month.prior_carried_pools
    ADD CONSTRAINT prior_carried_pools_key PRIMARY KEY (hospital_id, period, pool);

ALTER TABLE ONLY month.prior_estimates
    ADD CONSTRAINT prior_estimates_key PRIMARY KEY (hospital_id, period, voucher, line);

ALTER TABLE ONLY month.prior_in_hospital_charges
    ADD CONSTRAINT prior_in_hospital_charges_key PRIMARY KEY (hospital_id, period, encounter);

ALTER TABLE ONLY month.prior_in_hospital
    ADD CONSTRAINT prior_in_hospital_key PRIMARY KEY (hospital_id, period, encounter, cost_category, fund_source, origin);

ALTER TABLE ONLY month.prior
    ADD CONSTRAINT prior_key PRIMARY KEY (hospital_id, period);

ALTER TABLE ONLY month.prior_listing
    ADD CONSTRAINT prior_listing_key PRIMARY KEY (hospital_id, period, table_name);

ALTER TABLE ONLY month.procedure_classes
    ADD CONSTRAINT procedure_classes_key PRIMARY KEY (hospital_id, period, procedure);

ALTER TABLE ONLY month.procedure_details
    ADD CONSTRAINT procedure_details_key PRIMARY KEY (hospital_id, period, encounter, sequence);

ALTER TABLE ONLY month.procedures
    ADD CONSTRAINT procedures_key PRIMARY KEY (hospital_id, period, encounter, sequence);

ALTER TABLE ONLY month.project_lines
    ADD CONSTRAINT project_lines_key PRIMARY KEY (hospital_id, period, voucher, line, account, department);

ALTER TABLE ONLY month.quality_readings
    ADD CONSTRAINT quality_readings_key PRIMARY KEY (hospital_id, period, department, indicator);

ALTER TABLE ONLY month.research_projects
    ADD CONSTRAINT research_projects_key PRIMARY KEY (hospital_id, period, project);

ALTER TABLE ONLY month.service_items
    ADD CONSTRAINT service_items_key PRIMARY KEY (hospital_id, period, service_item);

ALTER TABLE ONLY month.staff
    ADD CONSTRAINT staff_key PRIMARY KEY (hospital_id, period, staff);

ALTER TABLE ONLY month.staff_time
    ADD CONSTRAINT staff_time_key PRIMARY KEY (hospital_id, period, unit, code, department, activity);

ALTER TABLE ONLY month.stay_details
    ADD CONSTRAINT stay_details_key PRIMARY KEY (hospital_id, period, encounter);

ALTER TABLE ONLY month.traced_costs
    ADD CONSTRAINT traced_costs_key PRIMARY KEY (hospital_id, period, department, cost_item, fund_source, service_item);

ALTER TABLE ONLY month.treatment_times
    ADD CONSTRAINT treatment_times_key PRIMARY KEY (hospital_id, period, encounter, department);

ALTER TABLE ONLY month.ward_stays
    ADD CONSTRAINT ward_stays_key PRIMARY KEY (hospital_id, period, encounter, department);

ALTER TABLE ONLY result.activities
    ADD CONSTRAINT activities_key PRIMARY KEY (hospital_id, run_no, department, activity);

ALTER TABLE ONLY result.auxiliary
    ADD CONSTRAINT auxiliary_key PRIMARY KEY (hospital_id, run_no, encounter);

ALTER TABLE ONLY result.bonus_departments
    ADD CONSTRAINT bonus_departments_key PRIMARY KEY (hospital_id, run_no, department);

ALTER TABLE ONLY result.bonus_persons
    ADD CONSTRAINT bonus_persons_key PRIMARY KEY (hospital_id, run_no, staff);

ALTER TABLE ONLY result.case_policies
    ADD CONSTRAINT case_policies_key PRIMARY KEY (hospital_id, run_no, encounter);

ALTER TABLE ONLY result.cases
    ADD CONSTRAINT cases_key PRIMARY KEY (hospital_id, run_no, encounter);

ALTER TABLE ONLY result.closing_carried_pools
    ADD CONSTRAINT closing_carried_pools_key PRIMARY KEY (hospital_id, run_no, pool);

ALTER TABLE ONLY result.closing_estimates
    ADD CONSTRAINT closing_estimates_key PRIMARY KEY (hospital_id, run_no, voucher, line);

ALTER TABLE ONLY result.closing_in_hospital_charges
    ADD CONSTRAINT closing_in_hospital_charges_key PRIMARY KEY (hospital_id, run_no, encounter);

ALTER TABLE ONLY result.closing_in_hospital
    ADD CONSTRAINT closing_in_hospital_key PRIMARY KEY (hospital_id, run_no, encounter, cost_category, fund_source, origin);

ALTER TABLE ONLY result.collected
    ADD CONSTRAINT collected_key PRIMARY KEY (hospital_id, run_no, department, cost_item, fund_source);

ALTER TABLE ONLY result.cost_attributes
    ADD CONSTRAINT cost_attributes_key PRIMARY KEY (hospital_id, run_no, department, cost_item, fund_source);

ALTER TABLE ONLY result.cost_scopes
    ADD CONSTRAINT cost_scopes_key PRIMARY KEY (hospital_id, run_no, department, kind, cost_category);

ALTER TABLE ONLY result.department_cost
    ADD CONSTRAINT department_cost_key PRIMARY KEY (hospital_id, run_no, department, kind, cost_item, fund_source, origin);

ALTER TABLE ONLY result.department_profit
    ADD CONSTRAINT department_profit_key PRIMARY KEY (hospital_id, run_no, department, basis);

ALTER TABLE ONLY result.excluded
    ADD CONSTRAINT excluded_key PRIMARY KEY (hospital_id, run_no, voucher, line);

ALTER TABLE ONLY result.fund_parts
    ADD CONSTRAINT fund_parts_key PRIMARY KEY (hospital_id, run_no, encounter);

ALTER TABLE ONLY result.gates
    ADD CONSTRAINT gates_key PRIMARY KEY (hospital_id, run_no, department, gate);

ALTER TABLE ONLY result.group_names
    ADD CONSTRAINT group_names_key PRIMARY KEY (hospital_id, run_no, "group");

ALTER TABLE ONLY result.group_profit
    ADD CONSTRAINT group_profit_key PRIMARY KEY (hospital_id, run_no, basis, "group");

ALTER TABLE ONLY result."grouping"
    ADD CONSTRAINT grouping_key PRIMARY KEY (hospital_id, run_no, encounter);

ALTER TABLE ONLY result.hospital_item_cost
    ADD CONSTRAINT hospital_item_cost_key PRIMARY KEY (hospital_id, run_no, service_item);

ALTER TABLE ONLY result.indicators
    ADD CONSTRAINT indicators_key PRIMARY KEY (hospital_id, run_no, department, indicator);

ALTER TABLE ONLY result.moves
    ADD CONSTRAINT moves_key PRIMARY KEY (hospital_id, run_no, rule, voucher, line, entry, department, cost_item, fund_source, to_department, to_cost_item, to_fund_source, reason);

ALTER TABLE ONLY result.parked_cost
    ADD CONSTRAINT parked_cost_key PRIMARY KEY (hospital_id, run_no, cost_category, fund_source, origin);

ALTER TABLE ONLY result.parked
    ADD CONSTRAINT parked_key PRIMARY KEY (hospital_id, run_no, encounter, line);

ALTER TABLE ONLY result.patient_cost
    ADD CONSTRAINT patient_cost_key PRIMARY KEY (hospital_id, run_no, encounter, cost_category, fund_source, origin);

ALTER TABLE ONLY result.patients
    ADD CONSTRAINT patients_key PRIMARY KEY (hospital_id, run_no, encounter);

ALTER TABLE ONLY result.physician_profit
    ADD CONSTRAINT physician_profit_key PRIMARY KEY (hospital_id, run_no, attending, department, basis);

ALTER TABLE ONLY result.pool_components
    ADD CONSTRAINT pool_components_key PRIMARY KEY (hospital_id, run_no, department, pool, cost_category, fund_source, origin);

ALTER TABLE ONLY result.pools
    ADD CONSTRAINT pools_key PRIMARY KEY (hospital_id, run_no, department, pool);

ALTER TABLE ONLY result.service_item_cost
    ADD CONSTRAINT service_item_cost_key PRIMARY KEY (hospital_id, run_no, department, pool, service_item);

ALTER TABLE ONLY result.transfers
    ADD CONSTRAINT transfers_key PRIMARY KEY (hospital_id, run_no, stage, sender, receiver, cost_item, fund_source, origin, pass);

CREATE INDEX idempotency_age ON access.idempotency USING btree (asked_at);

CREATE UNIQUE INDEX job_one_active_run ON core.job USING btree (hospital_id, period) WHERE ((kind = 'run'::text) AND (state = ANY (ARRAY['queued'::text, 'running'::text])));

COMMENT ON INDEX core.job_one_active_run IS 'One active run per hospital and period.';

CREATE INDEX job_queue ON core.job USING btree (job_no) WHERE (state = 'queued'::text);

ALTER TABLE ONLY access.idempotency
    ADD CONSTRAINT idempotency_job_exists FOREIGN KEY (job_no) REFERENCES core.job(job_no);

ALTER TABLE ONLY access.job_request
    ADD CONSTRAINT job_request_job_exists FOREIGN KEY (job_no) REFERENCES core.job(job_no);

ALTER TABLE ONLY access.sessions
    ADD CONSTRAINT sessions_user_exists FOREIGN KEY (username) REFERENCES access.users(username);

ALTER TABLE ONLY core.current_run
    ADD CONSTRAINT current_run_run_exists FOREIGN KEY (hospital_id, period, run_no) REFERENCES core.run(hospital_id, period, run_no);

ALTER TABLE ONLY core.job
    ADD CONSTRAINT job_hospital_exists FOREIGN KEY (hospital_id) REFERENCES core.hospital(hospital_id);

ALTER TABLE ONLY core.month
    ADD CONSTRAINT month_hospital_exists FOREIGN KEY (hospital_id) REFERENCES core.hospital(hospital_id);

ALTER TABLE ONLY core.month
    ADD CONSTRAINT month_rules_exist FOREIGN KEY (hospital_id, rules_hash) REFERENCES core.rules(hospital_id, rules_hash);

ALTER TABLE ONLY core.rules_file
    ADD CONSTRAINT rules_file_rules_exist FOREIGN KEY (hospital_id, rules_hash) REFERENCES core.rules(hospital_id, rules_hash);

ALTER TABLE ONLY core.rules
    ADD CONSTRAINT rules_hospital_exists FOREIGN KEY (hospital_id) REFERENCES core.hospital(hospital_id);

ALTER TABLE ONLY core.run
    ADD CONSTRAINT run_hospital_exists FOREIGN KEY (hospital_id) REFERENCES core.hospital(hospital_id);

ALTER TABLE ONLY core.run
    ADD CONSTRAINT run_rules_exist FOREIGN KEY (hospital_id, rules_hash) REFERENCES core.rules(hospital_id, rules_hash);

GRANT USAGE ON SCHEMA access TO yuanliu_app;

GRANT USAGE ON SCHEMA core TO yuanliu_app;
GRANT USAGE ON SCHEMA core TO yuanliu_loader;

GRANT USAGE ON SCHEMA month TO yuanliu_app;
GRANT USAGE ON SCHEMA month TO yuanliu_loader;

GRANT USAGE ON SCHEMA result TO yuanliu_app;
GRANT USAGE ON SCHEMA result TO yuanliu_loader;

REVOKE ALL ON FUNCTION month.attach_charge_lines(hospital smallint, month_period integer, fresh text) FROM PUBLIC;
GRANT ALL ON FUNCTION month.attach_charge_lines(hospital smallint, month_period integer, fresh text) TO yuanliu_loader;

REVOKE ALL ON FUNCTION month.new_charge_lines(hospital smallint, month_period integer) FROM PUBLIC;
GRANT ALL ON FUNCTION month.new_charge_lines(hospital smallint, month_period integer) TO yuanliu_loader;

GRANT SELECT,INSERT,DELETE ON TABLE access.idempotency TO yuanliu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE access.job_request TO yuanliu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE access.sessions TO yuanliu_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE access.setup TO yuanliu_app;

GRANT SELECT,INSERT ON TABLE access.users TO yuanliu_app;

GRANT SELECT,INSERT,UPDATE ON TABLE core.current_run TO yuanliu_app;
GRANT SELECT ON TABLE core.current_run TO yuanliu_loader;

GRANT SELECT ON TABLE core.hospital TO yuanliu_app;
GRANT SELECT,INSERT ON TABLE core.hospital TO yuanliu_loader;

GRANT UPDATE(name) ON TABLE core.hospital TO yuanliu_loader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE core.job TO yuanliu_app;
GRANT SELECT ON TABLE core.job TO yuanliu_loader;

GRANT SELECT ON TABLE core.month TO yuanliu_app;
GRANT SELECT,INSERT,UPDATE ON TABLE core.month TO yuanliu_loader;

GRANT SELECT ON TABLE core.rules TO yuanliu_app;
GRANT SELECT,INSERT ON TABLE core.rules TO yuanliu_loader;

GRANT SELECT ON TABLE core.rules_file TO yuanliu_app;
GRANT SELECT,INSERT ON TABLE core.rules_file TO yuanliu_loader;

GRANT UPDATE(content) ON TABLE core.rules_file TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE core.run TO yuanliu_app;
GRANT SELECT ON TABLE core.run TO yuanliu_loader;

GRANT SELECT ON TABLE core.schema_migration TO yuanliu_app;
GRANT SELECT ON TABLE core.schema_migration TO yuanliu_loader;

GRANT SELECT ON TABLE month.account_balances TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.account_balances TO yuanliu_loader;

GRANT SELECT ON TABLE month.account_map TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.account_map TO yuanliu_loader;

GRANT SELECT ON TABLE month.accounts TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.accounts TO yuanliu_loader;

GRANT SELECT ON TABLE month.activities TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.activities TO yuanliu_loader;

GRANT SELECT ON TABLE month.activity_readings TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.activity_readings TO yuanliu_loader;

GRANT SELECT ON TABLE month.assets TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.assets TO yuanliu_loader;

GRANT SELECT ON TABLE month.attending_groups TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.attending_groups TO yuanliu_loader;

GRANT SELECT ON TABLE month.beds TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.beds TO yuanliu_loader;

GRANT SELECT ON TABLE month.case_terms TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.case_terms TO yuanliu_loader;

GRANT SELECT ON TABLE month.charge_lines TO yuanliu_app;
GRANT SELECT ON TABLE month.charge_lines TO yuanliu_loader;

GRANT SELECT ON TABLE month.cost_items TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.cost_items TO yuanliu_loader;

GRANT SELECT ON TABLE month.departments TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.departments TO yuanliu_loader;

GRANT SELECT ON TABLE month.diagnoses TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.diagnoses TO yuanliu_loader;

GRANT SELECT ON TABLE month.diagnosis_details TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.diagnosis_details TO yuanliu_loader;

GRANT SELECT ON TABLE month.dip_catalogue TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.dip_catalogue TO yuanliu_loader;

GRANT SELECT ON TABLE month.discharges TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.discharges TO yuanliu_loader;

GRANT SELECT ON TABLE month.driver_readings TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.driver_readings TO yuanliu_loader;

GRANT SELECT ON TABLE month.drivers TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.drivers TO yuanliu_loader;

GRANT SELECT ON TABLE month.encounters TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.encounters TO yuanliu_loader;

GRANT SELECT ON TABLE month.equipment_costs TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.equipment_costs TO yuanliu_loader;

GRANT SELECT ON TABLE month.equipment_items TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.equipment_items TO yuanliu_loader;

GRANT SELECT ON TABLE month.estimates TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.estimates TO yuanliu_loader;

GRANT SELECT ON TABLE month.feeds TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.feeds TO yuanliu_loader;

GRANT SELECT ON TABLE month.item_drivers TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.item_drivers TO yuanliu_loader;

GRANT SELECT ON TABLE month.ledger TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.ledger TO yuanliu_loader;

GRANT SELECT ON TABLE month.open_stays TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.open_stays TO yuanliu_loader;

GRANT SELECT ON TABLE month.pathway_readings TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.pathway_readings TO yuanliu_loader;

GRANT SELECT ON TABLE month.payroll TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.payroll TO yuanliu_loader;

GRANT SELECT ON TABLE month.prior TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.prior TO yuanliu_loader;

GRANT SELECT ON TABLE month.prior_carried_pools TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.prior_carried_pools TO yuanliu_loader;

GRANT SELECT ON TABLE month.prior_estimates TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.prior_estimates TO yuanliu_loader;

GRANT SELECT ON TABLE month.prior_in_hospital TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.prior_in_hospital TO yuanliu_loader;

GRANT SELECT ON TABLE month.prior_in_hospital_charges TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.prior_in_hospital_charges TO yuanliu_loader;

GRANT SELECT ON TABLE month.prior_listing TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.prior_listing TO yuanliu_loader;

GRANT SELECT ON TABLE month.procedure_classes TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.procedure_classes TO yuanliu_loader;

GRANT SELECT ON TABLE month.procedure_details TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.procedure_details TO yuanliu_loader;

GRANT SELECT ON TABLE month.procedures TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.procedures TO yuanliu_loader;

GRANT SELECT ON TABLE month.project_lines TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.project_lines TO yuanliu_loader;

GRANT SELECT ON TABLE month.quality_readings TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.quality_readings TO yuanliu_loader;

GRANT SELECT ON TABLE month.research_projects TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.research_projects TO yuanliu_loader;

GRANT SELECT ON TABLE month.service_items TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.service_items TO yuanliu_loader;

GRANT SELECT ON TABLE month.staff TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.staff TO yuanliu_loader;

GRANT SELECT ON TABLE month.staff_time TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.staff_time TO yuanliu_loader;

GRANT SELECT ON TABLE month.stay_details TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.stay_details TO yuanliu_loader;

GRANT SELECT ON TABLE month.traced_costs TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.traced_costs TO yuanliu_loader;

GRANT SELECT ON TABLE month.treatment_times TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.treatment_times TO yuanliu_loader;

GRANT SELECT ON TABLE month.ward_stays TO yuanliu_app;
GRANT SELECT,INSERT,DELETE ON TABLE month.ward_stays TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.activities TO yuanliu_app;
GRANT SELECT ON TABLE result.activities TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.auxiliary TO yuanliu_app;
GRANT SELECT ON TABLE result.auxiliary TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.bonus_departments TO yuanliu_app;
GRANT SELECT ON TABLE result.bonus_departments TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.bonus_persons TO yuanliu_app;
GRANT SELECT ON TABLE result.bonus_persons TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.case_policies TO yuanliu_app;
GRANT SELECT ON TABLE result.case_policies TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.cases TO yuanliu_app;
GRANT SELECT ON TABLE result.cases TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.closing_carried_pools TO yuanliu_app;
GRANT SELECT ON TABLE result.closing_carried_pools TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.closing_estimates TO yuanliu_app;
GRANT SELECT ON TABLE result.closing_estimates TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.closing_in_hospital TO yuanliu_app;
GRANT SELECT ON TABLE result.closing_in_hospital TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.closing_in_hospital_charges TO yuanliu_app;
GRANT SELECT ON TABLE result.closing_in_hospital_charges TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.collected TO yuanliu_app;
GRANT SELECT ON TABLE result.collected TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.cost_attributes TO yuanliu_app;
GRANT SELECT ON TABLE result.cost_attributes TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.cost_scopes TO yuanliu_app;
GRANT SELECT ON TABLE result.cost_scopes TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.department_cost TO yuanliu_app;
GRANT SELECT ON TABLE result.department_cost TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.department_profit TO yuanliu_app;
GRANT SELECT ON TABLE result.department_profit TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.excluded TO yuanliu_app;
GRANT SELECT ON TABLE result.excluded TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.fund_parts TO yuanliu_app;
GRANT SELECT ON TABLE result.fund_parts TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.gates TO yuanliu_app;
GRANT SELECT ON TABLE result.gates TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.group_names TO yuanliu_app;
GRANT SELECT ON TABLE result.group_names TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.group_profit TO yuanliu_app;
GRANT SELECT ON TABLE result.group_profit TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result."grouping" TO yuanliu_app;
GRANT SELECT ON TABLE result."grouping" TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.hospital_item_cost TO yuanliu_app;
GRANT SELECT ON TABLE result.hospital_item_cost TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.indicators TO yuanliu_app;
GRANT SELECT ON TABLE result.indicators TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.moves TO yuanliu_app;
GRANT SELECT ON TABLE result.moves TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.parked TO yuanliu_app;
GRANT SELECT ON TABLE result.parked TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.parked_cost TO yuanliu_app;
GRANT SELECT ON TABLE result.parked_cost TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.patient_cost TO yuanliu_app;
GRANT SELECT ON TABLE result.patient_cost TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.patients TO yuanliu_app;
GRANT SELECT ON TABLE result.patients TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.physician_profit TO yuanliu_app;
GRANT SELECT ON TABLE result.physician_profit TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.pool_components TO yuanliu_app;
GRANT SELECT ON TABLE result.pool_components TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.pools TO yuanliu_app;
GRANT SELECT ON TABLE result.pools TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.service_item_cost TO yuanliu_app;
GRANT SELECT ON TABLE result.service_item_cost TO yuanliu_loader;

GRANT SELECT,INSERT ON TABLE result.transfers TO yuanliu_app;
GRANT SELECT ON TABLE result.transfers TO yuanliu_loader;

-- PostgreSQL database dump complete

