-- Why this file: the hospital's own trial balance (科目余额表) of a month, optional, which its ledger is compared with
-- (docs/reports.md §9). Months of before have no rows of it.
CREATE TABLE month.account_balances (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "account" text NOT NULL,
    "fund_source" text NOT NULL,
    "debit" core.fen NOT NULL,
    "credit" core.fen NOT NULL,
    CONSTRAINT account_balances_key PRIMARY KEY (hospital_id, period, "account", "fund_source"),
    CONSTRAINT account_balances_account_length CHECK (octet_length("account") <= 64),
    CONSTRAINT account_balances_fund_source_known CHECK ("fund_source" IN ('', 'basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching'))
);
COMMENT ON TABLE month.account_balances IS 'Trial balance of the month; a blank fund source is all of them together.';

GRANT SELECT ON month.account_balances TO yuanliu_app, yuanliu_loader;
GRANT INSERT, DELETE ON month.account_balances TO yuanliu_loader;
