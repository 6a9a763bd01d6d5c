-- Why this file: time that departments spent on patients (诊疗时间), optional, by which a department may share its cost out
-- (docs/service-items.md §1, §2). Months of before have no rows of it.
CREATE TABLE month.treatment_times (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "department" text NOT NULL,
    "minutes" core.e4 NOT NULL,
    CONSTRAINT treatment_times_key PRIMARY KEY (hospital_id, period, "encounter", "department"),
    CONSTRAINT treatment_times_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT treatment_times_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE month.treatment_times IS 'Minutes that a department spent on a patient in the month.';

ALTER TABLE month.activities DROP CONSTRAINT activities_measure_known;
ALTER TABLE month.activities ADD CONSTRAINT activities_measure_known
    CHECK ("measure" IN ('equivalent', 'charge', 'item_driver', 'days', 'visits', 'treatment_time'));
ALTER TABLE result.activities DROP CONSTRAINT activities_measure_known;
ALTER TABLE result.activities ADD CONSTRAINT activities_measure_known
    CHECK ("measure" IN ('equivalent', 'charge', 'item_driver', 'days', 'visits', 'treatment_time', 'quantity'));

GRANT SELECT ON month.treatment_times TO yuanliu_app, yuanliu_loader;
GRANT INSERT, DELETE ON month.treatment_times TO yuanliu_loader;
