-- A stage may pass cost on in several passes (docs/allocation.md §3), so a transfer is known by its pass too.
-- Every transfer that is there already was made in the only pass of its stage.
ALTER TABLE result.transfers ADD COLUMN "pass" core.count NOT NULL DEFAULT 1;
ALTER TABLE result.transfers ALTER COLUMN "pass" DROP DEFAULT;
ALTER TABLE result.transfers DROP CONSTRAINT transfers_key;
ALTER TABLE result.transfers ADD CONSTRAINT transfers_key
    PRIMARY KEY (hospital_id, run_no, "stage", "sender", "receiver", "cost_item", "fund_source", "origin", "pass");
COMMENT ON COLUMN result.transfers."pass" IS 'Pass of the stage, 1 = first.';
