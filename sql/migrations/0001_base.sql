-- Why this file: who may do what, the types of every figure, and the tables that say what is imported, computed and
-- visible. hospital_id leads every key; its code stands in one table only.
DO $$
BEGIN
    -- Roles belong to the whole server, not to one database: another database may have made them.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yuanliu_loader') THEN
        CREATE ROLE yuanliu_loader NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'yuanliu_app') THEN
        CREATE ROLE yuanliu_app NOLOGIN;
    END IF;
    EXECUTE format('GRANT yuanliu_loader, yuanliu_app TO %I', current_user);
END $$;

CREATE DOMAIN core.fen AS bigint
    CONSTRAINT fen_bounds CHECK (VALUE BETWEEN -1000000000000000 AND 1000000000000000);
COMMENT ON DOMAIN core.fen IS 'An amount in fen, up to 10^15 either way. Never money, never numeric.';
CREATE DOMAIN core.e4 AS bigint
    CONSTRAINT e4_bounds CHECK (VALUE BETWEEN -1000000000000000000 AND 1000000000000000000);
COMMENT ON DOMAIN core.e4 IS 'A quantity, reading, score or ratio in ten-thousandths.';
CREATE DOMAIN core.e6 AS bigint;
COMMENT ON DOMAIN core.e6 IS 'A unit cost in millionths of a yuan; shown, never multiplied.';
CREATE DOMAIN core.e7 AS bigint;
COMMENT ON DOMAIN core.e7 IS 'A relative weight or a count that may be one, at scale 7.';
CREATE DOMAIN core.count AS bigint CONSTRAINT count_bounds CHECK (VALUE >= 0);
COMMENT ON DOMAIN core.count IS 'A whole number.';
CREATE DOMAIN core.period AS integer
    CONSTRAINT period_bounds CHECK (VALUE BETWEEN 190001 AND 999913 AND VALUE % 100 BETWEEN 1 AND 13);
COMMENT ON DOMAIN core.period IS 'A month as yyyymm; month 13 holds year-end entries.';
CREATE DOMAIN core.period_or_open AS integer
    CONSTRAINT period_or_open_bounds CHECK (VALUE = 0 OR VALUE BETWEEN 190001 AND 999913 AND VALUE % 100 BETWEEN 1 AND 13);
COMMENT ON DOMAIN core.period_or_open IS 'A month in a key; 0 is open.';
CREATE DOMAIN core.hospital_number AS smallint CONSTRAINT hospital_number_bounds CHECK (VALUE > 0);
COMMENT ON DOMAIN core.hospital_number IS 'A hospital; its code stands in core.hospital.';
CREATE DOMAIN core.hash AS text CONSTRAINT hash_form CHECK (VALUE ~ '^[0-9a-f]{64}$' OR VALUE = 'none');
COMMENT ON DOMAIN core.hash IS 'SHA-256 in hexadecimal digits, or none.';

CREATE TABLE core.hospital (
    hospital_id smallint NOT NULL GENERATED ALWAYS AS IDENTITY,
    code text NOT NULL,
    name text NOT NULL,
    CONSTRAINT hospital_key PRIMARY KEY (hospital_id),
    CONSTRAINT hospital_code_unique UNIQUE (code)
);
COMMENT ON TABLE core.hospital IS 'Hospitals; the only place of their codes.';

CREATE TABLE core.rules (
    hospital_id core.hospital_number NOT NULL,
    rules_hash core.hash NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT rules_key PRIMARY KEY (hospital_id, rules_hash),
    CONSTRAINT rules_hospital_exists FOREIGN KEY (hospital_id) REFERENCES core.hospital
);
COMMENT ON TABLE core.rules IS 'Versions of the rules, by the hash of their content; never changed.';

CREATE TABLE core.rules_file (
    hospital_id core.hospital_number NOT NULL,
    rules_hash core.hash NOT NULL,
    file text NOT NULL,
    content text NOT NULL,
    CONSTRAINT rules_file_key PRIMARY KEY (hospital_id, rules_hash, file),
    CONSTRAINT rules_file_rules_exist FOREIGN KEY (hospital_id, rules_hash) REFERENCES core.rules,
    CONSTRAINT rules_file_file_known CHECK (file IN ('allocation.toml', 'costing.toml', 'payment.toml', 'bonus.toml'))
);
COMMENT ON TABLE core.rules_file IS 'The rules as people wrote them, file by file.';

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
    imported_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT month_key PRIMARY KEY (hospital_id, period),
    CONSTRAINT month_hospital_exists FOREIGN KEY (hospital_id) REFERENCES core.hospital,
    CONSTRAINT month_rules_exist FOREIGN KEY (hospital_id, rules_hash) REFERENCES core.rules,
    CONSTRAINT month_state_known CHECK (state IN ('open', 'closed')),
    CONSTRAINT month_import_no_bounds CHECK (import_no > 0)
);
COMMENT ON TABLE core.month IS 'Months that are there. The row is written last: with it an import becomes visible.';

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
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT run_key PRIMARY KEY (hospital_id, run_no),
    CONSTRAINT run_period_unique UNIQUE (hospital_id, period, run_no),
    CONSTRAINT run_hospital_exists FOREIGN KEY (hospital_id) REFERENCES core.hospital,
    CONSTRAINT run_rules_exist FOREIGN KEY (hospital_id, rules_hash) REFERENCES core.rules
);
COMMENT ON TABLE core.run IS 'Posted runs with their certificates. There is no row for a run that has not ended well.';

CREATE TABLE core.current_run (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    run_no bigint NOT NULL,
    CONSTRAINT current_run_key PRIMARY KEY (hospital_id, period),
    CONSTRAINT current_run_run_exists FOREIGN KEY (hospital_id, period, run_no)
        REFERENCES core.run (hospital_id, period, run_no)
);
COMMENT ON TABLE core.current_run IS 'The one run of a month that people see; set in the transaction that posts the run.';

CREATE TABLE core.job (
    job_no integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    kind text NOT NULL,
    state text NOT NULL DEFAULT 'queued',
    stage text NOT NULL DEFAULT '',
    permille integer NOT NULL DEFAULT 0,
    error text NOT NULL DEFAULT '',
    queued_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT job_key PRIMARY KEY (job_no),
    CONSTRAINT job_hospital_exists FOREIGN KEY (hospital_id) REFERENCES core.hospital,
    CONSTRAINT job_kind_known CHECK (kind IN ('import', 'run')),
    CONSTRAINT job_state_known CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
    CONSTRAINT job_permille_bounds CHECK (permille BETWEEN 0 AND 1000)
);
COMMENT ON TABLE core.job IS 'Long work, taken with FOR UPDATE SKIP LOCKED; a worker holds the advisory lock (7303, job_no).';
CREATE UNIQUE INDEX job_one_active_run ON core.job (hospital_id, period)
    WHERE kind = 'run' AND state IN ('queued', 'running');
COMMENT ON INDEX core.job_one_active_run IS 'One active run per hospital and period.';
CREATE INDEX job_queue ON core.job (job_no) WHERE state = 'queued';

GRANT USAGE ON SCHEMA core TO yuanliu_app, yuanliu_loader;
GRANT SELECT ON ALL TABLES IN SCHEMA core TO yuanliu_app, yuanliu_loader;
GRANT INSERT ON core.hospital, core.rules, core.rules_file TO yuanliu_loader;
GRANT INSERT, UPDATE ON core.month TO yuanliu_loader;
GRANT UPDATE (name) ON core.hospital TO yuanliu_loader;
GRANT INSERT ON core.run TO yuanliu_app;
GRANT INSERT, UPDATE ON core.current_run TO yuanliu_app;
GRANT INSERT, UPDATE ON core.job TO yuanliu_app;
