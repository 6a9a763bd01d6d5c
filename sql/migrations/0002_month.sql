-- Why this file: the month as it was imported, table by table as docs/month-folder.md lists them, keyed by hospital and
-- period. Amounts are fen, quantities ten-thousandths; a blank is NULL, but in a key, where it is ''.
CREATE SCHEMA month;
COMMENT ON SCHEMA month IS 'What hospitals hand in: one month of one hospital is one value, replaced as a whole.';

CREATE TABLE month.departments (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "department" text NOT NULL,
    "name" text NOT NULL,
    "class" text NOT NULL,
    "care_setting" text NOT NULL,
    "valid_from" core.period,
    "valid_to" core.period,
    CONSTRAINT departments_key PRIMARY KEY (hospital_id, period, "department"),
    CONSTRAINT departments_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT departments_class_known CHECK ("class" IN ('public', 'administrative', 'auxiliary', 'medical_technology', 'clinical', 'excluded')),
    CONSTRAINT departments_care_setting_known CHECK ("care_setting" IN ('inpatient', 'outpatient', 'mixed', 'none'))
);
COMMENT ON TABLE month.departments IS 'Departments of the month (科室), with the class that decides their place in the allocation.';

CREATE TABLE month.cost_items (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "cost_item" text NOT NULL,
    "name" text NOT NULL,
    "category" text NOT NULL,
    "traced_to" text,
    "valid_from" core.period,
    "valid_to" core.period,
    CONSTRAINT cost_items_key PRIMARY KEY (hospital_id, period, "cost_item"),
    CONSTRAINT cost_items_cost_item_length CHECK (octet_length("cost_item") <= 64),
    CONSTRAINT cost_items_category_known CHECK ("category" IN ('staff', 'materials', 'drugs', 'depreciation', 'amortization', 'risk_fund', 'other_operating')),
    CONSTRAINT cost_items_traced_to_known CHECK ("traced_to" IN ('drug', 'material'))
);
COMMENT ON TABLE month.cost_items IS 'Cost items and the category each belongs to.';

CREATE TABLE month.accounts (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "account" text NOT NULL,
    "name" text NOT NULL,
    "valid_from" core.period,
    "valid_to" core.period,
    CONSTRAINT accounts_key PRIMARY KEY (hospital_id, period, "account"),
    CONSTRAINT accounts_account_length CHECK (octet_length("account") <= 64)
);
COMMENT ON TABLE month.accounts IS 'Accounts of the ledger.';

CREATE TABLE month.account_map (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "account" text NOT NULL,
    "valid_from" core.period_or_open NOT NULL,
    "valid_to" core.period,
    "treatment" text NOT NULL,
    "cost_item" text,
    "reason" text,
    CONSTRAINT account_map_key PRIMARY KEY (hospital_id, period, "account", "valid_from"),
    CONSTRAINT account_map_account_length CHECK (octet_length("account") <= 64),
    CONSTRAINT account_map_treatment_known CHECK ("treatment" IN ('cost', 'excluded')),
    CONSTRAINT account_map_cost_item_length CHECK (octet_length("cost_item") <= 64)
);
COMMENT ON TABLE month.account_map IS 'Which cost item an account is, or why it is kept out of cost.';

CREATE TABLE month.ledger (
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
    CONSTRAINT ledger_key PRIMARY KEY (hospital_id, period, "voucher", "line"),
    CONSTRAINT ledger_voucher_length CHECK (octet_length("voucher") <= 64),
    CONSTRAINT ledger_line_length CHECK (octet_length("line") <= 64),
    CONSTRAINT ledger_account_length CHECK (octet_length("account") <= 64),
    CONSTRAINT ledger_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT ledger_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching'))
);
COMMENT ON TABLE month.ledger IS 'Ledger lines; two dates on every row: when booked, and to which period it belongs.';

CREATE TABLE month.drivers (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "driver" text NOT NULL,
    "name" text NOT NULL,
    "unit" text NOT NULL,
    CONSTRAINT drivers_key PRIMARY KEY (hospital_id, period, "driver"),
    CONSTRAINT drivers_driver_length CHECK (octet_length("driver") <= 64)
);
COMMENT ON TABLE month.drivers IS 'Allocation drivers (分摊参数).';

CREATE TABLE month.driver_readings (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "driver" text NOT NULL,
    "sender" text NOT NULL,
    "department" text NOT NULL,
    "value" core.e4 NOT NULL,
    CONSTRAINT driver_readings_key PRIMARY KEY (hospital_id, period, "driver", "sender", "department"),
    CONSTRAINT driver_readings_driver_length CHECK (octet_length("driver") <= 64),
    CONSTRAINT driver_readings_sender_length CHECK (octet_length("sender") <= 64),
    CONSTRAINT driver_readings_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE month.driver_readings IS 'Readings of drivers; a blank sender serves every sender.';

CREATE TABLE month.service_items (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "service_item" text NOT NULL,
    "name" text NOT NULL,
    "kind" text NOT NULL,
    "charge_category" text NOT NULL,
    "unit" text NOT NULL,
    "equivalent" core.e4,
    "valid_from" core.period,
    "valid_to" core.period,
    CONSTRAINT service_items_key PRIMARY KEY (hospital_id, period, "service_item"),
    CONSTRAINT service_items_service_item_length CHECK (octet_length("service_item") <= 64),
    CONSTRAINT service_items_kind_known CHECK ("kind" IN ('service', 'drug', 'material')),
    CONSTRAINT service_items_charge_category_known CHECK ("charge_category" IN ('bed', 'nursing', 'consultation', 'examination', 'laboratory', 'treatment', 'surgery', 'drug', 'material', 'other'))
);
COMMENT ON TABLE month.service_items IS 'Service items, drugs and materials that are charged.';

CREATE TABLE month.encounters (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "kind" text NOT NULL,
    "department" text NOT NULL,
    "attending" text,
    "admitted_on" date NOT NULL,
    "discharged_on" date,
    "payer" text NOT NULL,
    "record_number" text,
    CONSTRAINT encounters_key PRIMARY KEY (hospital_id, period, "encounter"),
    CONSTRAINT encounters_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT encounters_kind_known CHECK ("kind" IN ('inpatient', 'outpatient')),
    CONSTRAINT encounters_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT encounters_attending_length CHECK (octet_length("attending") <= 64),
    CONSTRAINT encounters_payer_length CHECK (octet_length("payer") <= 64),
    CONSTRAINT encounters_record_number_length CHECK (octet_length("record_number") <= 64)
);
COMMENT ON TABLE month.encounters IS 'Stays and visits. There is no column for a name, and none may be added.';

CREATE TABLE month.discharges (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "sex" text NOT NULL,
    "age_years" core.count NOT NULL,
    "outcome" text NOT NULL,
    CONSTRAINT discharges_key PRIMARY KEY (hospital_id, period, "encounter"),
    CONSTRAINT discharges_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT discharges_sex_known CHECK ("sex" IN ('male', 'female', 'unknown')),
    CONSTRAINT discharges_outcome_known CHECK ("outcome" IN ('cured', 'improved', 'transferred', 'against_advice', 'died', 'other'))
);
COMMENT ON TABLE month.discharges IS 'Discharge records.';

CREATE TABLE month.diagnoses (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "sequence" core.count NOT NULL,
    "diagnosis" text NOT NULL,
    CONSTRAINT diagnoses_key PRIMARY KEY (hospital_id, period, "encounter", "sequence"),
    CONSTRAINT diagnoses_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT diagnoses_diagnosis_length CHECK (octet_length("diagnosis") <= 64)
);
COMMENT ON TABLE month.diagnoses IS 'Diagnoses of discharged stays; 1 is the main one.';

CREATE TABLE month.procedures (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "sequence" core.count NOT NULL,
    "procedure" text NOT NULL,
    CONSTRAINT procedures_key PRIMARY KEY (hospital_id, period, "encounter", "sequence"),
    CONSTRAINT procedures_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT procedures_procedure_length CHECK (octet_length("procedure") <= 64)
);
COMMENT ON TABLE month.procedures IS 'Procedures of discharged stays; 1 is the main one.';

CREATE TABLE month.pathway_readings (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "eligible" boolean NOT NULL,
    "entered" boolean NOT NULL,
    "completed" boolean NOT NULL,
    "varied" boolean NOT NULL,
    CONSTRAINT pathway_readings_key PRIMARY KEY (hospital_id, period, "encounter"),
    CONSTRAINT pathway_readings_encounter_length CHECK (octet_length("encounter") <= 64)
);
COMMENT ON TABLE month.pathway_readings IS 'Clinical pathway flags by stay.';

CREATE TABLE month.quality_readings (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "department" text NOT NULL,
    "indicator" text NOT NULL,
    "numerator" core.e4 NOT NULL,
    "denominator" core.e4 NOT NULL,
    CONSTRAINT quality_readings_key PRIMARY KEY (hospital_id, period, "department", "indicator"),
    CONSTRAINT quality_readings_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT quality_readings_indicator_length CHECK (octet_length("indicator") <= 64)
);
COMMENT ON TABLE month.quality_readings IS 'Quality indicators as numerators and denominators.';

CREATE TABLE month.staff (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "staff" text NOT NULL,
    "department" text NOT NULL,
    "category" text NOT NULL,
    "bonus_coefficient" core.e4 NOT NULL,
    "attendance" core.e4 NOT NULL,
    CONSTRAINT staff_key PRIMARY KEY (hospital_id, period, "staff"),
    CONSTRAINT staff_staff_length CHECK (octet_length("staff") <= 64),
    CONSTRAINT staff_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE month.staff IS 'Staff for the bonus; numbers, no names.';

CREATE TABLE month.dip_catalogue (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "group" text NOT NULL,
    "name" text NOT NULL,
    "level" text NOT NULL,
    "diagnosis" text NOT NULL,
    "procedure" text,
    "procedure_class" text,
    "score" core.e4 NOT NULL,
    "reference_charge" core.fen NOT NULL,
    "reference_days" core.e4 NOT NULL,
    CONSTRAINT dip_catalogue_key PRIMARY KEY (hospital_id, period, "group"),
    CONSTRAINT dip_catalogue_group_length CHECK (octet_length("group") <= 64),
    CONSTRAINT dip_catalogue_level_known CHECK ("level" IN ('core', 'composite')),
    CONSTRAINT dip_catalogue_diagnosis_length CHECK (octet_length("diagnosis") <= 64),
    CONSTRAINT dip_catalogue_procedure_length CHECK (octet_length("procedure") <= 64),
    CONSTRAINT dip_catalogue_procedure_class_known CHECK ("procedure_class" IN ('surgery', 'therapeutic', 'diagnostic', 'conservative'))
);
COMMENT ON TABLE month.dip_catalogue IS 'Groups of the catalogue with their scores.';

CREATE TABLE month.procedure_classes (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "procedure" text NOT NULL,
    "class" text NOT NULL,
    "name" text NOT NULL,
    CONSTRAINT procedure_classes_key PRIMARY KEY (hospital_id, period, "procedure"),
    CONSTRAINT procedure_classes_procedure_length CHECK (octet_length("procedure") <= 64),
    CONSTRAINT procedure_classes_class_known CHECK ("class" IN ('surgery', 'intervention', 'therapeutic', 'diagnostic', 'simple'))
);
COMMENT ON TABLE month.procedure_classes IS 'Class of each procedure.';

CREATE TABLE month.prior_in_hospital (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "cost_category" text NOT NULL,
    "fund_source" text NOT NULL,
    "origin" text NOT NULL,
    "cost" core.fen NOT NULL,
    CONSTRAINT prior_in_hospital_key PRIMARY KEY (hospital_id, period, "encounter", "cost_category", "fund_source", "origin"),
    CONSTRAINT prior_in_hospital_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT prior_in_hospital_cost_category_known CHECK ("cost_category" IN ('staff', 'materials', 'drugs', 'depreciation', 'amortization', 'risk_fund', 'other_operating')),
    CONSTRAINT prior_in_hospital_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching')),
    CONSTRAINT prior_in_hospital_origin_known CHECK ("origin" IN ('direct', 'public', 'administrative', 'auxiliary', 'medical_technology'))
);
COMMENT ON TABLE month.prior_in_hospital IS 'Opening cost of stays that were in hospital at the end of the month before.';

CREATE TABLE month.prior_in_hospital_charges (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "charge" core.fen NOT NULL,
    CONSTRAINT prior_in_hospital_charges_key PRIMARY KEY (hospital_id, period, "encounter"),
    CONSTRAINT prior_in_hospital_charges_encounter_length CHECK (octet_length("encounter") <= 64)
);
COMMENT ON TABLE month.prior_in_hospital_charges IS 'Opening charges of the same stays.';

CREATE TABLE month.prior_carried_pools (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "pool" text NOT NULL,
    "name" text NOT NULL,
    "amount" core.fen NOT NULL,
    CONSTRAINT prior_carried_pools_key PRIMARY KEY (hospital_id, period, "pool"),
    CONSTRAINT prior_carried_pools_pool_length CHECK (octet_length("pool") <= 64)
);
COMMENT ON TABLE month.prior_carried_pools IS 'Bonus pools carried on from the month before.';

CREATE TABLE month.charge_lines (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "line" text NOT NULL,
    "charged_on" date NOT NULL,
    "service_item" text NOT NULL,
    "ordering_department" text NOT NULL,
    "executing_department" text NOT NULL,
    "physician" text,
    "quantity" core.e4 NOT NULL,
    "charge" core.fen NOT NULL,
    "refund_of" text
) PARTITION BY LIST (period);
COMMENT ON TABLE month.charge_lines IS 'Charge lines, one partition per period and hospital. Loaded into a standalone table by binary COPY, checked, then attached; no foreign keys and no unique index (intake has checked the keys).';

CREATE TABLE month.feeds (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    feed text NOT NULL,
    state text NOT NULL,
    CONSTRAINT feeds_key PRIMARY KEY (hospital_id, period, feed),
    CONSTRAINT feeds_state_known CHECK (state IN ('estimated', 'not_arrived'))
);
COMMENT ON TABLE month.feeds IS 'States of feeds other than final; part of the identity of the month.';

CREATE TABLE month.prior (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    prior_period core.period NOT NULL,
    result_hash text NOT NULL,
    CONSTRAINT prior_key PRIMARY KEY (hospital_id, period)
);
COMMENT ON TABLE month.prior IS 'The manifest of prior/: which result the month stands on. No row: the first month.';

CREATE TABLE month.prior_listing (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    table_name text NOT NULL,
    sha256 core.hash NOT NULL,
    CONSTRAINT prior_listing_key PRIMARY KEY (hospital_id, period, table_name)
);
COMMENT ON TABLE month.prior_listing IS 'The tables of the result that the month stands on, with their hashes.';

-- Whoever attaches a partition must own both tables. The loader owns neither: these two functions run as the owner, so
-- that the loader can put in a month and nothing else.
CREATE FUNCTION month.new_charge_lines(hospital smallint, month_period integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    fresh text := format('charge_lines_%s_h%s_i%s', month_period, hospital, nextval('month.charge_lines_no'));
BEGIN
    EXECUTE format('CREATE TABLE month.%I (LIKE month.charge_lines INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', fresh);
    EXECUTE format('GRANT SELECT, INSERT ON month.%I TO yuanliu_loader', fresh);
    RETURN fresh;
END $$;
COMMENT ON FUNCTION month.new_charge_lines IS 'A standalone table for the charge lines of one month; seen by nobody until it is attached.';

CREATE FUNCTION month.attach_charge_lines(hospital smallint, month_period integer, fresh text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
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
COMMENT ON FUNCTION month.attach_charge_lines IS 'Makes the loaded lines those of the month, in place of former ones.';

CREATE SEQUENCE month.charge_lines_no;
COMMENT ON SEQUENCE month.charge_lines_no IS 'Numbers the standalone tables of charge lines; gaps are harmless.';

-- Nobody is granted rights on partitions: a direct read would bypass the parent's policy.
REVOKE EXECUTE ON FUNCTION month.new_charge_lines, month.attach_charge_lines FROM PUBLIC;
GRANT EXECUTE ON FUNCTION month.new_charge_lines, month.attach_charge_lines TO yuanliu_loader;
GRANT USAGE ON SCHEMA month TO yuanliu_app, yuanliu_loader;
GRANT SELECT ON ALL TABLES IN SCHEMA month TO yuanliu_app, yuanliu_loader;
GRANT INSERT, DELETE ON ALL TABLES IN SCHEMA month TO yuanliu_loader;
REVOKE INSERT, DELETE ON month.charge_lines FROM yuanliu_loader;
