-- Why this file: the optional tables of a month that say how service pools are divided, and what a run found by them
-- (docs/service-items.md). Months and runs of before have no rows of them.
CREATE DOMAIN core.e8 AS bigint CONSTRAINT e8_bounds CHECK (VALUE >= 0);
COMMENT ON DOMAIN core.e8 IS 'Use of an activity, at scale 8.';

CREATE TABLE month.item_drivers (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "item_driver" text NOT NULL,
    "department" text NOT NULL,
    "service_item" text NOT NULL,
    "value" core.e4 NOT NULL,
    CONSTRAINT item_drivers_key PRIMARY KEY (hospital_id, period, "item_driver", "department", "service_item"),
    CONSTRAINT item_drivers_item_driver_length CHECK (octet_length("item_driver") <= 64),
    CONSTRAINT item_drivers_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT item_drivers_service_item_length CHECK (octet_length("service_item") <= 64)
);
COMMENT ON TABLE month.item_drivers IS 'Use of an item driver by one unit of an item; a blank department is every one without its own value.';

CREATE TABLE month.activities (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "department" text NOT NULL,
    "activity" text NOT NULL,
    "name" text NOT NULL,
    "measure" text NOT NULL,
    "item_driver" text,
    "practical_capacity" core.e4,
    CONSTRAINT activities_key PRIMARY KEY (hospital_id, period, "department", "activity"),
    CONSTRAINT activities_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT activities_activity_length CHECK (octet_length("activity") <= 64),
    CONSTRAINT activities_measure_known CHECK ("measure" IN ('equivalent', 'charge', 'item_driver', 'days', 'visits')),
    CONSTRAINT activities_item_driver_length CHECK (octet_length("item_driver") <= 64)
);
COMMENT ON TABLE month.activities IS 'Activities (作业) of departments, with what measures their use.';

CREATE TABLE month.activity_readings (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "department" text NOT NULL,
    "resource_driver" text NOT NULL,
    "activity" text NOT NULL,
    "value" core.e4 NOT NULL,
    CONSTRAINT activity_readings_key PRIMARY KEY (hospital_id, period, "department", "resource_driver", "activity"),
    CONSTRAINT activity_readings_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT activity_readings_resource_driver_length CHECK (octet_length("resource_driver") <= 64),
    CONSTRAINT activity_readings_activity_length CHECK (octet_length("activity") <= 64)
);
COMMENT ON TABLE month.activity_readings IS 'What activities and service units used of resource drivers (资源动因).';

CREATE TABLE month.traced_costs (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "department" text NOT NULL,
    "cost_item" text NOT NULL,
    "fund_source" text NOT NULL,
    "service_item" text NOT NULL,
    "amount" core.fen NOT NULL,
    CONSTRAINT traced_costs_key PRIMARY KEY (hospital_id, period, "department", "cost_item", "fund_source", "service_item"),
    CONSTRAINT traced_costs_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT traced_costs_cost_item_length CHECK (octet_length("cost_item") <= 64),
    CONSTRAINT traced_costs_fund_source_known CHECK ("fund_source" IN ('basic', 'fiscal_project', 'other_fiscal_project', 'research', 'teaching')),
    CONSTRAINT traced_costs_service_item_length CHECK (octet_length("service_item") <= 64)
);
COMMENT ON TABLE month.traced_costs IS 'Direct cost that is known to be of one service item.';

CREATE TABLE month.ward_stays (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "encounter" text NOT NULL,
    "department" text NOT NULL,
    "days" core.e4 NOT NULL,
    CONSTRAINT ward_stays_key PRIMARY KEY (hospital_id, period, "encounter", "department"),
    CONSTRAINT ward_stays_encounter_length CHECK (octet_length("encounter") <= 64),
    CONSTRAINT ward_stays_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE month.ward_stays IS 'Days of the month that a patient lay in a department.';

CREATE TABLE result.activities (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "department" text NOT NULL,
    "activity" text NOT NULL,
    "measure" text NOT NULL,
    "item_driver" text,
    "cost" core.fen NOT NULL,
    "use" core.e8 NOT NULL,
    "practical_capacity" core.e4,
    "used_cost" core.fen NOT NULL,
    "idle_cost" core.fen NOT NULL,
    "unallocated_cost" core.fen NOT NULL,
    CONSTRAINT activities_key PRIMARY KEY (hospital_id, run_no, "department", "activity"),
    CONSTRAINT activities_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT activities_measure_known CHECK ("measure" IN ('equivalent', 'charge', 'item_driver', 'days', 'visits', 'quantity')),
    CONSTRAINT activities_item_driver_length CHECK (octet_length("item_driver") <= 64)
);
COMMENT ON TABLE result.activities IS 'Activities of service pools: cost, use, and what idle capacity cost.';

CREATE TABLE result.hospital_item_cost (
    hospital_id core.hospital_number NOT NULL,
    run_no bigint NOT NULL,
    "service_item" text NOT NULL,
    "departments" core.count NOT NULL,
    "quantity" core.e4 NOT NULL,
    "charge" core.fen NOT NULL,
    "cost" core.fen NOT NULL,
    "unit_cost" core.e6,
    CONSTRAINT hospital_item_cost_key PRIMARY KEY (hospital_id, run_no, "service_item"),
    CONSTRAINT hospital_item_cost_service_item_length CHECK (octet_length("service_item") <= 64)
);
COMMENT ON TABLE result.hospital_item_cost IS 'Cost of service items over all departments; the unit cost is only shown.';

GRANT SELECT ON month.item_drivers, month.activities, month.activity_readings, month.traced_costs, month.ward_stays
    TO yuanliu_app, yuanliu_loader;
GRANT INSERT, DELETE ON month.item_drivers, month.activities, month.activity_readings, month.traced_costs,
    month.ward_stays TO yuanliu_loader;
GRANT SELECT, INSERT ON result.activities, result.hospital_item_cost TO yuanliu_app;
GRANT SELECT ON result.activities, result.hospital_item_cost TO yuanliu_loader;
