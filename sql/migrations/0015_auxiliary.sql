-- Why this file: what coders, insurer and reviewers say of a case (levels, special reviews) and the correction of its
-- score by an auxiliary catalogue (docs/grouping.md §10). Months and runs of before have no rows of them.
CREATE TABLE month.case_terms (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "severity" text,
    "tumour" text,
    "level_coefficient" core.e4,
    "special_amount" core.fen,
    "special_points" core.e4,
    CONSTRAINT case_terms_key PRIMARY KEY (hospital_id, period, "encounter"),
    CONSTRAINT case_terms_encounter_length CHECK (octet_length("encounter") <= 64)
);
COMMENT ON TABLE month.case_terms IS 'Levels of severity as coded, level coefficient and outcome of a special review (特例单议) of a case.';

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

GRANT SELECT ON month.case_terms TO yuanliu_app, yuanliu_loader;
GRANT INSERT, DELETE ON month.case_terms TO yuanliu_loader;
GRANT SELECT, INSERT ON result.auxiliary TO yuanliu_app;
GRANT SELECT ON result.auxiliary TO yuanliu_loader;
