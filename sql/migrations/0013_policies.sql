-- Why this file: payment policies are files of the rules, and a run says how a policy came to each payment
-- (docs/payment.md). Runs of before have no rows of them.
ALTER TABLE core.rules_file DROP CONSTRAINT rules_file_file_known;
ALTER TABLE core.rules_file ADD CONSTRAINT rules_file_file_known
    CHECK (file IN ('allocation.toml', 'costing.toml', 'payment.toml', 'bonus.toml', 'collection.toml')
           OR file ~ '^policy(_[a-z0-9_]+)?[.]toml$');

ALTER TABLE result.cases DROP CONSTRAINT cases_basis_known;
ALTER TABLE result.cases ADD CONSTRAINT cases_basis_known
    CHECK ("basis" IN ('dip', 'ungrouped', 'uncoded', 'charges', 'drg', 'other', 'visit'));
ALTER TABLE result.group_profit DROP CONSTRAINT group_profit_basis_known;
ALTER TABLE result.group_profit ADD CONSTRAINT group_profit_basis_known
    CHECK ("basis" IN ('dip', 'ungrouped', 'uncoded', 'charges', 'drg', 'other', 'visit'));
ALTER TABLE result.department_profit DROP CONSTRAINT department_profit_basis_known;
ALTER TABLE result.department_profit ADD CONSTRAINT department_profit_basis_known
    CHECK ("basis" IN ('dip', 'ungrouped', 'uncoded', 'charges', 'drg', 'other', 'visit'));
ALTER TABLE result.physician_profit DROP CONSTRAINT physician_profit_basis_known;
ALTER TABLE result.physician_profit ADD CONSTRAINT physician_profit_basis_known
    CHECK ("basis" IN ('dip', 'ungrouped', 'uncoded', 'charges', 'drg', 'other', 'visit'));

CREATE TABLE result.case_policies (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "encounter" text NOT NULL,
    "policy" text NOT NULL,
    "basis" text NOT NULL,
    "rule" core.count NOT NULL,
    "rule_name" text,
    "ratio" core.e6,
    "score" core.e6,
    "coefficient" core.e6,
    "value" core.e6,
    "standard" core.fen,
    "points" core.e6,
    "payment" core.fen NOT NULL,
    "adjustment" core.fen,
    "capped" core.count NOT NULL,
    "review" core.count NOT NULL,
    CONSTRAINT case_policies_key PRIMARY KEY (hospital_id, run_no, "encounter"),
    CONSTRAINT case_policies_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT case_policies_basis_known CHECK ("basis" IN ('band', 'plain', 'exception', 'charge_share', 'bed_day',
        'zero_score', 'special_amount', 'special_points', 'split'))
);
COMMENT ON TABLE result.case_policies IS 'How a policy came to the payment of a case; figures at 6 decimals are shown only.';

GRANT SELECT, INSERT ON result.case_policies TO yuanliu_app;
GRANT SELECT ON result.case_policies TO yuanliu_loader;
