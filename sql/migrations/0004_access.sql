-- Why this file: who may log in, who is logged in, and what was asked for through the API. Only hashes of passwords,
-- session tokens and the setup token are kept.
CREATE SCHEMA access;
COMMENT ON SCHEMA access IS 'Users, sessions, and requests of the API.';

CREATE TABLE access.users (
    username text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_key PRIMARY KEY (username),
    CONSTRAINT users_role_known CHECK (role IN ('administrator')),
    CONSTRAINT users_password_hash_bounds CHECK (starts_with(password_hash, '$argon2id$'))
);
COMMENT ON TABLE access.users IS 'Local users.';

CREATE TABLE access.sessions (
    token_hash core.hash NOT NULL,
    username text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sessions_key PRIMARY KEY (token_hash),
    CONSTRAINT sessions_user_exists FOREIGN KEY (username) REFERENCES access.users
);
COMMENT ON TABLE access.sessions IS 'Open sessions by the hash of their token.';

CREATE TABLE access.setup (
    only_row boolean NOT NULL DEFAULT true,
    token_hash core.hash NOT NULL,
    offered_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT setup_key PRIMARY KEY (only_row),
    CONSTRAINT setup_only_row_bounds CHECK (only_row)
);
COMMENT ON TABLE access.setup IS 'The one-time token of the first administrator, until it is used.';

CREATE TABLE access.job_request (
    job_no integer NOT NULL,
    username text NOT NULL,
    upload text NOT NULL,
    cancel_asked boolean NOT NULL DEFAULT false,
    findings text NOT NULL DEFAULT '[]',
    CONSTRAINT job_request_key PRIMARY KEY (job_no),
    CONSTRAINT job_request_job_exists FOREIGN KEY (job_no) REFERENCES core.job
);
COMMENT ON TABLE access.job_request IS 'What a job was asked to do through the API, and what it found.';

CREATE TABLE access.idempotency (
    username text NOT NULL,
    request_key text NOT NULL,
    body_hash core.hash NOT NULL,
    job_no integer NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_key PRIMARY KEY (username, request_key),
    CONSTRAINT idempotency_job_exists FOREIGN KEY (job_no) REFERENCES core.job
);
COMMENT ON TABLE access.idempotency IS 'Keys of requests that made a job, written in the transaction that made it.';

GRANT USAGE ON SCHEMA access TO yuanliu_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON access.sessions, access.setup TO yuanliu_app;
GRANT SELECT, INSERT ON access.users, access.idempotency TO yuanliu_app;
GRANT SELECT, INSERT, UPDATE ON access.job_request TO yuanliu_app;
-- An import names its hospital before its first month is there.
GRANT INSERT ON core.hospital TO yuanliu_app;
