-- Why this file: what catalogue groupers need of a stay beside its codes, codes so far of stays in hospital, catalogues
-- as files of the rules, and how each case was grouped (docs/grouping.md). Months and runs of before have no rows of them.
ALTER TABLE core.rules_file DROP CONSTRAINT rules_file_file_known;
ALTER TABLE core.rules_file ADD CONSTRAINT rules_file_file_known
    CHECK (file IN ('allocation.toml', 'costing.toml', 'payment.toml', 'bonus.toml', 'collection.toml', 'grouping.toml')
           OR file ~ '^policy(_[a-z0-9_]+)?[.]toml$'
           OR file ~ '^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$');

CREATE TABLE month.open_stays (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "sex" text NOT NULL,
    "age_years" core.count NOT NULL,
    CONSTRAINT open_stays_key PRIMARY KEY (hospital_id, period, "encounter"),
    CONSTRAINT open_stays_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT open_stays_sex_known CHECK ("sex" IN ('male', 'female', 'unknown'))
);
COMMENT ON TABLE month.open_stays IS 'Stays in hospital whose codes so far stand in diagnoses and procedures.';

CREATE TABLE month.stay_details (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "age_days" core.count,
    "birth_weight_g" core.count,
    "admission_weight_g" core.count,
    "discharge_way" text,
    "icu_days" core.e4,
    CONSTRAINT stay_details_key PRIMARY KEY (hospital_id, period, "encounter"),
    CONSTRAINT stay_details_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT stay_details_discharge_way_known CHECK ("discharge_way" IN ('home', 'hospital', 'community', 'against_advice', 'died', 'other'))
);
COMMENT ON TABLE month.stay_details IS 'Front page of a stay beside its codes: newborns, way of discharge, intensive care.';

CREATE TABLE month.diagnosis_details (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "sequence" core.count NOT NULL,
    "admission_condition" text NOT NULL,
    CONSTRAINT diagnosis_details_key PRIMARY KEY (hospital_id, period, "encounter", "sequence"),
    CONSTRAINT diagnosis_details_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT diagnosis_details_admission_condition_known CHECK ("admission_condition" IN ('present', 'undetermined', 'unknown', 'absent'))
);
COMMENT ON TABLE month.diagnosis_details IS 'Condition at admission (入院病情) of a diagnosis.';

CREATE TABLE month.procedure_details (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "sequence" core.count NOT NULL,
    "level" core.count,
    "performed_on" date,
    CONSTRAINT procedure_details_key PRIMARY KEY (hospital_id, period, "encounter", "sequence"),
    CONSTRAINT procedure_details_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT procedure_details_level_known CHECK ("level" BETWEEN 1 AND 4)
);
COMMENT ON TABLE month.procedure_details IS 'Level (手术级别) and day of a procedure.';

ALTER TABLE result.cases DROP CONSTRAINT cases_level_known;
ALTER TABLE result.cases ADD CONSTRAINT cases_level_known
    CHECK ("level" IN ('core_procedure', 'core_conservative', 'composite', 'drg', 'first_stage', 'merged', 'refined', 'basic', 'core'));

CREATE TABLE result.grouping (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "status" text NOT NULL,
    "reason" text,
    "level" text,
    "group" text,
    "deciding_codes" text,
    "catalogue" text NOT NULL,
    CONSTRAINT grouping_key PRIMARY KEY (hospital_id, run_no, "encounter"),
    CONSTRAINT grouping_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT grouping_status_known CHECK ("status" IN ('grouped', 'ungrouped', 'ambiguous', 'failed_checks')),
    CONSTRAINT grouping_level_known CHECK ("level" IN ('drg', 'first_stage', 'merged', 'refined', 'basic', 'core', 'composite'))
);
COMMENT ON TABLE result.grouping IS 'How each discharged case was grouped by a catalogue, and by which codes.';

GRANT SELECT ON month.open_stays, month.stay_details, month.diagnosis_details, month.procedure_details TO yuanliu_app, yuanliu_loader;
GRANT INSERT, DELETE ON month.open_stays, month.stay_details, month.diagnosis_details, month.procedure_details TO yuanliu_loader;
GRANT SELECT, INSERT ON result.grouping TO yuanliu_app;
GRANT SELECT ON result.grouping TO yuanliu_loader;
