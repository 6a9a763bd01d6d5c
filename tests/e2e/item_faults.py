"""Why this file: faults and warnings of the tables and rules that divide service pools
(docs/service-items.md), planted as those of faults.py; department M003 of the demonstration,
which has no method there.
"""
from faults import Fault

HEADERS = {
    "item_drivers.csv": "item_driver,department,service_item,value",
    "activities.csv": "department,activity,name,measure,item_driver,practical_capacity",
    "activity_readings.csv": "department,resource_driver,activity,value",
    "traced_costs.csv": "department,cost_item,fund_source,service_item,amount",
    "ward_stays.csv": "encounter,department,days",
    "treatment_times.csv": "encounter,department,minutes",
}
UNIT = "M003"


def put(f, name, *rows):
    """Adds rows; returns where the first one stands."""
    if not f.path(name).exists():
        f.path(name).write_text(HEADERS[name] + "\n", "utf-8")
    return [f.append(name, row) for row in rows][0]


def add_rules(f, method, chain=("area",), item_driver=""):
    driver = f'item_driver = "{item_driver}"\n' if item_driver else ""
    names = ", ".join(f'"{name}"' for name in chain)
    text = (f'\n[[method]]\ndepartments = ["{UNIT}"]\nmethod = "{method}"\n{driver}\n[[resource]]\n'
            f'departments = ["{UNIT}"]\ncost_categories = ["*"]\ncost_items = ["*"]\n'
            f'resource_drivers = [{names}]\n')
    path = f.path("costing.toml")
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def first(f, table, column, wanted):
    return f.find(table, "first", wanted)[0][1][column]


def activity(f, measure="equivalent", capacity="", chain=("area",)):
    """One activity that holds all of the department's cost."""
    add_rules(f, "activity", chain)
    put(f, "activities.csv", f"{UNIT},work,work,{measure},,{capacity}")
    put(f, "activity_readings.csv", f"{UNIT},area,work,1")
    return 0


def unknown_item_driver(f):
    return put(f, "activities.csv", f"{UNIT},work,work,item_driver,minutes,")


def unknown_activity(f):
    return put(f, "activity_readings.csv", f"{UNIT},area,work,1")


def traced(f, kind, amount):
    item = first(f, "service_items.csv", "service_item", {"kind": kind})
    cost = first(f, "cost_items.csv", "cost_item", {"category": "staff"})
    return put(f, "traced_costs.csv", f"{UNIT},{cost},basic,{item},{amount}")


def stay_of_visit(f):
    visit = first(f, "encounters.csv", "encounter", {"kind": "outpatient"})
    return put(f, "ward_stays.csv", f"{visit},{UNIT},1")


def traced_too_much(f):
    traced(f, "service", "99999999.00")
    return activity(f)


def unmeasured(f):
    """Only an item that the department never executes has a value."""
    put(f, "item_drivers.csv",
        "minutes,," + first(f, "service_items.csv", "service_item", {"charge_category": "bed"}) +
        ",5")
    add_rules(f, "item_driver", item_driver="minutes")
    return 0


STOPS = [
    Fault("measure by an unknown item driver", "unknown_item_driver", "activities.csv",
          "item_driver", unknown_item_driver),
    Fault("reading of an unknown activity", "unknown_activity", "activity_readings.csv", "activity",
          unknown_activity),
    Fault("cost traced to a drug", "item_not_service", "traced_costs.csv", "service_item",
          lambda f: traced(f, "drug", "1.00")),
    Fault("ward days of a visit", "ward_stay_not_inpatient", "ward_stays.csv", "encounter",
          stay_of_visit),
    Fault("treatment time of an unknown encounter", "unknown_encounter", "treatment_times.csv", "encounter",
          lambda f: put(f, "treatment_times.csv", f"nobody,{UNIT},5")),
    Fault("activities without readings", "resource_driver_missing", "costing.toml", "resource",
          lambda f: add_rules(f, "activity") or 0),
    Fault("more traced than there is", "traced_cost_exceeds", "traced_costs.csv", "amount",
          traced_too_much),
]

WARNINGS = [
    Fault("activities of a department without a method", "item_rows_unused", "activities.csv",
          "department", lambda f: put(f, "activities.csv", f"{UNIT},work,work,equivalent,,") * 0,
          "warn"),
    Fault("treatment times that no department goes by", "item_rows_unused", "treatment_times.csv", "minutes",
          lambda f: put(f, "treatment_times.csv",
                        first(f, "encounters.csv", "encounter", {"kind": "outpatient"}) + f",{UNIT},5") * 0, "warn"),
    Fault("resource driver fell back", "resource_driver_fell_back", "costing.toml", "resource",
          lambda f: activity(f, chain=("people", "area")), "warn"),
    Fault("activity without use", "activity_without_use", "charge_lines.csv", "",
          lambda f: activity(f, measure="days"), "warn"),
    Fault("item without measure", "item_without_measure", "charge_lines.csv", "service_item",
          unmeasured, "warn"),
    Fault("capacity exceeded", "capacity_exceeded", "charge_lines.csv", "",
          lambda f: activity(f, capacity="0.01"), "warn"),
]
