"""Why this file: faults of the tables of other cost objects (docs/objects.md §6), planted as those of faults.py. Each
change writes small tables that are sound but for one row, whose number it returns.
"""
from faults import Fault

HEADERS = {
    "attending_groups.csv": "attending,valid_from,valid_to,group,name",
    "assets.csv": "asset,name,department,kind,depreciation,paid_basic,paid_fiscal_project,"
                  "paid_other_fiscal_project,paid_research,paid_teaching",
    "equipment_items.csv": "asset,department,service_item,share",
    "equipment_costs.csv": "asset,voucher,line,share",
    "beds.csv": "department,opened,available_days",
    "research_projects.csv": "project,name",
    "project_lines.csv": "voucher,line,account,department,project",
}


def put(f, name, *rows):
    """Appends rows, to a table that may not be there yet; the number of the last one."""
    if not f.path(name).exists():
        f.path(name).write_text(HEADERS[name] + "\n", "utf-8")
    return [f.append(name, row) for row in rows][-1]


def cards(f):
    department = of_class(f, "medical_technology")
    put(f, "assets.csv", *(f"ZT{n},CT,{department},special,1.00,1.00,0.00,0.00,0.00,0.00"
                           for n in (1, 2)))
    return department


def of_class(f, name, setting=None):
    return f.find("departments.csv", "first", lambda r: r["class"] == name and
                  setting in (None, r["care_setting"]))[0][1]["department"]


def item(f, kind):
    return f.find("service_items.csv", "first", {"kind": kind})[0][1]["service_item"]


def line_of(f, category):
    """A ledger line of the category."""
    items = {r["cost_item"] for _, r in f.find("cost_items.csv", "all", {"category": category})}
    accounts = {r["account"] for _, r in f.find("account_map.csv", "all",
                                                lambda r: r["cost_item"] in items)}
    row = f.find("ledger.csv", "first", lambda r: r["account"] in accounts)[0][1]
    return f"{row['voucher']},{row['line']}"


def groups(*rows):
    return lambda f: put(f, "attending_groups.csv", *rows)


def machine_item(row):
    def change(f):
        department = cards(f)
        return put(f, "equipment_items.csv", *(r.format(d=department, i=item(f, "service"),
                                                        drug=item(f, "drug")) for r in row))
    return change


def machine_cost(category, *shares, asset="ZT1"):
    def change(f):
        cards(f)
        line = line_of(f, category)
        return put(f, "equipment_costs.csv", *(f"{a},{line},{s}" for a, s in zip(
            (asset, "ZT2"), shares)))
    return change


def excluded_cost(f):
    cards(f)
    accounts = {r["account"] for _, r in f.find("account_map.csv", "all",
                                                {"treatment": "excluded"})}
    row = f.find("ledger.csv", "first", lambda r: r["account"] in accounts)[0][1]
    return put(f, "equipment_costs.csv", f"ZT1,{row['voucher']},{row['line']},1")


def unknown_line(f):
    cards(f)
    return put(f, "equipment_costs.csv", "ZT1,NONE,1,1")


def clinic_beds(f):
    return put(f, "beds.csv", f"{of_class(f, 'clinical', 'outpatient')},40,")


def project(row):
    def change(f):
        put(f, "research_projects.csv", "K1,课题")
        voucher = f.find("ledger.csv", "first", {})[0][1]["voucher"]
        account = f.find("accounts.csv", "first", {})[0][1]["account"]
        return put(f, "project_lines.csv", row.format(v=voucher, a=account))
    return change


GROUPS, ITEMS, COSTS, LINES = ("attending_groups.csv", "equipment_items.csv",
                               "equipment_costs.csv", "project_lines.csv")
STOPS = [
    Fault("group that ends before it begins", "validity_reversed", GROUPS, "valid_to",
          groups("D1,2026-05,2026-04,G1,甲组")),
    Fault("physician in two groups", "attending_grouped_twice", GROUPS, "attending",
          groups("D1,,,G1,甲组", "D1,2020-01,,G2,乙组")),
    Fault("two names of a group", "group_name_differs", GROUPS, "name",
          groups("D1,,,G1,甲组", "D2,,,G1,乙组")),
    Fault("group without a name", "value_missing", GROUPS, "name", groups("D1,,,G1,")),
    Fault("month of a group that isn't one", "period_malformed", GROUPS, "valid_from",
          groups("D1,2026-13-01,,G1,甲组")),
    Fault("machine without a card", "unknown_asset", ITEMS, "asset",
          machine_item(["ZT9,{d},{i},1"])),
    Fault("more than all of an item on machines", "equipment_share_exceeds", ITEMS, "share",
          machine_item(["ZT1,{d},{i},0.6", "ZT2,{d},{i},0.5"])),
    Fault("a drug on a machine", "item_not_service", ITEMS, "service_item",
          machine_item(["ZT1,{d},{drug},1"])),
    Fault("share above one", "number_out_of_range", ITEMS, "share",
          machine_item(["ZT1,{d},{i},1.5"])),
    Fault("machine of unknown department", "unknown_department", ITEMS, "department",
          machine_item(["ZT1,D?,{i},1"])),
    Fault("machine of an unknown item", "unknown_service_item", ITEMS, "service_item",
          machine_item(["ZT1,{d},NONE,1"])),
    Fault("depreciation traced beside its card", "equipment_cost_not_traceable", COSTS, "voucher",
          machine_cost("depreciation", "1")),
    Fault("what is no cost traced to a machine", "equipment_cost_not_traceable", COSTS, "voucher",
          excluded_cost),
    Fault("more than all of a line traced", "equipment_share_exceeds", COSTS, "share",
          machine_cost("other_operating", "0.7", "0.4")),
    Fault("cost of a machine without a card", "unknown_asset", COSTS, "asset",
          machine_cost("other_operating", "1", asset="ZT9")),
    Fault("traced line that isn't there", "unknown_ledger_line", COSTS, "voucher", unknown_line),
    Fault("beds of a clinic", "bed_department_not_ward", "beds.csv", "department", clinic_beds),
    Fault("ward without beds", "number_out_of_range", "beds.csv", "opened",
          lambda f: put(f, "beds.csv", f"{of_class(f, 'clinical', 'inpatient')},0,")),
    Fault("line of an unknown project", "unknown_project", LINES, "project", project("{v},,,,K2")),
    Fault("project of nothing", "value_missing", LINES, "voucher", project(",,,,K1")),
    Fault("line without a voucher", "value_missing", LINES, "voucher", project(",1,{a},,K1")),
    Fault("project of an unknown voucher", "unknown_ledger_line", LINES, "voucher",
          project("NONE,,,,K1")),
    Fault("project of an unknown line", "unknown_ledger_line", LINES, "voucher",
          project("{v},NONE,,,K1")),
    Fault("project of an unknown account", "unknown_account", LINES, "account",
          project(",,9999,,K1")),
]
