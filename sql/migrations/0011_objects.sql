-- Why this file: the optional tables of a month that say which other objects its cost belongs to (docs/objects.md): attending
-- groups, equipment, beds, research projects. Months of before have no rows of them.
CREATE TABLE month.attending_groups (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "attending" text NOT NULL,
    "valid_from" core.period_or_open NOT NULL,
    "valid_to" core.period,
    "group" text NOT NULL,
    "name" text NOT NULL,
    CONSTRAINT attending_groups_key PRIMARY KEY (hospital_id, period, "attending", "valid_from"),
    CONSTRAINT attending_groups_attending_length CHECK (octet_length("attending") <= 64),
    CONSTRAINT attending_groups_group_length CHECK (octet_length("group") <= 64)
);
COMMENT ON TABLE month.attending_groups IS 'Which attending group (主诊组) a physician belongs to, and when.';

CREATE TABLE month.equipment_items (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "asset" text NOT NULL,
    "department" text NOT NULL,
    "service_item" text NOT NULL,
    "share" core.e4 NOT NULL,
    CONSTRAINT equipment_items_key PRIMARY KEY (hospital_id, period, "asset", "department", "service_item"),
    CONSTRAINT equipment_items_asset_length CHECK (octet_length("asset") <= 64),
    CONSTRAINT equipment_items_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT equipment_items_service_item_length CHECK (octet_length("service_item") <= 64)
);
COMMENT ON TABLE month.equipment_items IS 'How much of an item''s work in a department is done on a machine.';

CREATE TABLE month.equipment_costs (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "asset" text NOT NULL,
    "voucher" text NOT NULL,
    "line" text NOT NULL,
    "share" core.e4 NOT NULL,
    CONSTRAINT equipment_costs_key PRIMARY KEY (hospital_id, period, "asset", "voucher", "line"),
    CONSTRAINT equipment_costs_asset_length CHECK (octet_length("asset") <= 64),
    CONSTRAINT equipment_costs_voucher_length CHECK (octet_length("voucher") <= 64),
    CONSTRAINT equipment_costs_line_length CHECK (octet_length("line") <= 64)
);
COMMENT ON TABLE month.equipment_costs IS 'How much of a ledger line is known to be a machine''s own cost.';

CREATE TABLE month.beds (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "department" text NOT NULL,
    "opened" core.e4 NOT NULL,
    "available_days" core.e4,
    CONSTRAINT beds_key PRIMARY KEY (hospital_id, period, "department"),
    CONSTRAINT beds_department_length CHECK (octet_length("department") <= 64)
);
COMMENT ON TABLE month.beds IS 'Opened beds of wards; blank available days: opened in every day of the month.';

CREATE TABLE month.research_projects (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "project" text NOT NULL,
    "name" text NOT NULL,
    CONSTRAINT research_projects_key PRIMARY KEY (hospital_id, period, "project"),
    CONSTRAINT research_projects_project_length CHECK (octet_length("project") <= 64)
);
COMMENT ON TABLE month.research_projects IS 'Research projects (课题).';

CREATE TABLE month.project_lines (
    hospital_id core.hospital_number NOT NULL,
    period core.period NOT NULL,
    "voucher" text NOT NULL,
    "line" text NOT NULL,
    "account" text NOT NULL,
    "department" text NOT NULL,
    "project" text NOT NULL,
    CONSTRAINT project_lines_key PRIMARY KEY (hospital_id, period, "voucher", "line", "account", "department"),
    CONSTRAINT project_lines_voucher_length CHECK (octet_length("voucher") <= 64),
    CONSTRAINT project_lines_line_length CHECK (octet_length("line") <= 64),
    CONSTRAINT project_lines_account_length CHECK (octet_length("account") <= 64),
    CONSTRAINT project_lines_department_length CHECK (octet_length("department") <= 64),
    CONSTRAINT project_lines_project_length CHECK (octet_length("project") <= 64)
);
COMMENT ON TABLE month.project_lines IS 'Which ledger lines are of which project; what is blank matches every line.';

GRANT SELECT ON month.attending_groups, month.equipment_items, month.equipment_costs, month.beds, month.research_projects, month.project_lines TO yuanliu_app, yuanliu_loader;
GRANT INSERT, DELETE ON month.attending_groups, month.equipment_items, month.equipment_costs, month.beds, month.research_projects, month.project_lines TO yuanliu_loader;
