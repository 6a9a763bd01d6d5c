-- Why this file: what coders, insurer and reviewers say of a case (levels, special reviews, the patient's part), the
-- correction of its score by an auxiliary catalogue, and the fund's part (docs/grouping.md §10, docs/payment.md §6). Months and runs of before have no rows of them.
CREATE TABLE month.case_terms (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "severity" text,
    "tumour" text,
    "level_coefficient" core.e4,
    "special_amount" core.fen,
    "special_points" core.e4,
    "patient_paid" core.fen,
    CONSTRAINT case_terms_key PRIMARY KEY (hospital_id, period, "encounter"),
    CONSTRAINT case_terms_encounter_length CHECK (octet_length("encounter") <= 64)
);
COMMENT ON TABLE month.case_terms IS 'Levels of severity as coded, level coefficient, outcome of a special review (特例单议) and patient''s part of a case.';

CREATE TABLE result.auxiliary (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "coefficient" core.e4 NOT NULL,
    "kind" text,
    "band" text,
    "decided_by" text,
    "hits" core.count NOT NULL,
    "points" core.count NOT NULL,
    "catalogue" text NOT NULL,
    CONSTRAINT auxiliary_key PRIMARY KEY (hospital_id, run_no, "encounter"),
    CONSTRAINT auxiliary_encounter_length CHECK (octet_length("encounter") <= 64)
);
COMMENT ON TABLE result.auxiliary IS 'Coefficient of the auxiliary catalogue of a grouped case, and what decided it.';

CREATE TABLE result.fund_parts (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "payment" core.fen NOT NULL,
    "patient_paid" core.fen NOT NULL,
    "fund_payment" core.fen NOT NULL,
    CONSTRAINT fund_parts_key PRIMARY KEY (hospital_id, run_no, "encounter"),
    CONSTRAINT fund_parts_encounter_length CHECK (octet_length("encounter") <= 64)
);
COMMENT ON TABLE result.fund_parts IS 'What patient and fund bear of the payment of a case whose patient''s part the month states.';

GRANT SELECT ON month.case_terms TO yuanliu_app, yuanliu_loader;
GRANT INSERT, DELETE ON month.case_terms TO yuanliu_loader;
GRANT SELECT, INSERT ON result.auxiliary, result.fund_parts TO yuanliu_app;
GRANT SELECT ON result.auxiliary, result.fund_parts TO yuanliu_loader;
