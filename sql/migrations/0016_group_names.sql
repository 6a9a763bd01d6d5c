-- Why this file: the groups of a run are named by the catalogue that grouped its cases, of the month or of the rules
-- (docs/grouping.md §10); the names are kept with the run, so that screens show them whatever is imported later. They are
-- no part of a result. Runs of before have none: the names of their month stand in.
CREATE TABLE result.group_names (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "group" text NOT NULL,
    "name" text NOT NULL,
    CONSTRAINT group_names_key PRIMARY KEY (hospital_id, run_no, "group")
);
COMMENT ON TABLE result.group_names IS 'Names of the groups that cases of a run are in; blank where the catalogue has none.';

GRANT SELECT, INSERT ON result.group_names TO yuanliu_app;
GRANT SELECT ON result.group_names TO yuanliu_loader;
