-- Why this file: what nobody asks for any more is taken away: keys of requests, and jobs that ended long ago with what
-- was said about them. Months, runs and their results are not touched.
GRANT DELETE ON access.idempotency, access.job_request, core.job TO yuanliu_app;
CREATE INDEX idempotency_age ON access.idempotency (asked_at);
