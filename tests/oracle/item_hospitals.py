"""Small random hospitals in which departments divide their service pools in every way.

Why it exists: hand-made cases miss what nobody thought of. Everything comes from the seed; refunds,
parked lines, negative bookings, several fund sources, fall-back chains, capacities above and below
use, and activities that nothing uses all occur.
"""
import json
from collections import defaultdict
from pathlib import Path

from hospital_folder import COLUMNS

METHODS = ["equivalent", "income", "item_driver", "activity", "bed_days", "visits",
           "cost_to_charge", "treatment_time"]
FUNDS = ["basic", "fiscal_project", "other_fiscal_project", "research", "teaching"]
CATEGORIES = ["bed", "nursing", "examination", "laboratory", "other"]
HEADERS = {
    **COLUMNS,
    "item_drivers": "item_driver,department,service_item,value",
    "activities": "department,activity,name,measure,item_driver,practical_capacity",
    "activity_readings": "department,resource_driver,activity,value",
    "traced_costs": "department,cost_item,fund_source,service_item,amount",
    "ward_stays": "encounter,department,days",
    "treatment_times": "encounter,department,minutes",
}
OPTIONAL = ("item_drivers", "activities", "activity_readings", "traced_costs", "ward_stays",
            "treatment_times")
ALLOCATION = """schema = "yuanliu.allocation/1"
version = "t"

[[stage]]
name = "administrative"
senders = ["class:administrative"]
receivers = ["class:clinical"]
before_items = true

  [[stage.rule]]
  senders = ["*"]
  cost_categories = ["*"]
  drivers = ["heads"]
"""


def yuan(fen):
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def e4(value):
    """A number of ten-thousandths, trimmed."""
    whole, rest = divmod(abs(value), 10**4)
    tail = f"{rest:04d}".rstrip("0")
    return ("-" if value < 0 else "") + str(whole) + ("." + tail if tail else "")


class Hospital:
    def __init__(self, rng):
        self.rng, self.table, self.rules = rng, defaultdict(list), []
        self.departments = ["A"] + [f"D{i}" for i in range(rng.randint(2, 8))]
        self.method = {d: rng.choice(METHODS) for d in self.departments[1:]}
        self.items = [f"I{i}" for i in range(rng.randint(2, 8))]
        self.dictionaries()
        self.ledger()
        self.use()
        self.item_tables()
        self.write_rules()

    def add(self, table, *row):
        self.table[table].append([str(cell) for cell in row])

    def dictionaries(self):
        for d in self.departments:
            self.add("departments", d, d, "administrative" if d == "A" else "clinical", "mixed",
                     "", "")
            self.add("driver_readings", "heads", "", d, self.rng.randint(1, 9))
        self.add("drivers", "heads", "heads", "x")
        for code, category, traced in (("pay", "staff", ""), ("dep", "depreciation", ""),
                                       ("rent", "other_operating", ""), ("drug", "drugs", "drug")):
            self.add("cost_items", code, code, category, traced, "", "")
            self.add("accounts", code, code, "", "")
            self.add("account_map", code, "", "", "cost", code, "")
        for i in self.items:
            self.add("service_items", i, i, "service", self.rng.choice(CATEGORIES), "x",
                     e4(self.rng.randint(1, 50000)), "", "")
        self.add("service_items", "P", "P", "drug", "drug", "x", "", "", "")
        self.add("service_items", "Z", "never used", "service", "other", "x", "1", "", "")
        self.add("service_items", "Y", "not valid", "service", "other", "x", "1", "", "2020-01")

    def ledger(self):
        self.direct = defaultdict(int)
        for n in range(self.rng.randint(3, 30)):
            cell = (self.rng.choice(self.departments),
                    self.rng.choice(["pay", "dep", "rent", "rent", "drug"]),
                    self.rng.choice(["basic", "basic", *FUNDS]))
            fen = self.rng.randint(-50000, 400000)
            self.direct[cell] += fen
            self.add("ledger", "V", f"{n:03d}", "2026-09", "2026-09", cell[1], cell[0], cell[2],
                     yuan(fen), "")

    def use(self):
        rng, self.stays, self.encounters = self.rng, [], []
        for n in range(rng.randint(2, 14)):
            code, inpatient = f"E{n:02d}", rng.random() < 0.6
            self.encounters.append(code)
            self.stays += [code] if inpatient else []
            left = "2026-09-20" if inpatient and rng.random() < 0.6 else ""
            self.add("encounters", code, "inpatient" if inpatient else "outpatient",
                     rng.choice(self.departments[1:]), "", "2026-09-02", left, "self", "")
        for n in range(rng.randint(0, 60)):
            encounter = rng.choice([*self.encounters * 3, "X1", "X2"])
            units = rng.choice([1, 1, 2, 3, 5, -1]) * rng.choice([10000, 10000, 2500])
            charge = units * rng.randint(0, 900) // 10000 * rng.choice([1, 1, 1, 0])
            self.add("charge_lines", encounter, f"{n:03d}", "2026-09-05",
                     rng.choice([*self.items * 2, "P"]), "D0", rng.choice(self.departments[1:]), "",
                     e4(units), yuan(charge), "")

    def item_tables(self):
        rng = self.rng
        for i in self.items:
            if rng.random() < 0.8:
                self.add("item_drivers", "minutes", "", i, e4(rng.randint(0, 300000)))
            for d in self.departments[1:]:
                if rng.random() < 0.2:
                    self.add("item_drivers", "minutes", d, i, e4(rng.randint(0, 300000)))
        self.add("item_drivers", "minutes", "", "Z", "1")
        for code in self.stays:
            for d in self.departments[1:]:
                if rng.random() < 0.5:
                    self.add("ward_stays", code, d, e4(rng.randint(1, 300000)))
        for code in self.encounters:
            for d in self.departments[1:]:
                if rng.random() < 0.4:
                    self.add("treatment_times", code, d, e4(rng.randint(1, 3000000)))
        for d, method in self.method.items():
            if method == "activity" or rng.random() < 0.1:
                self.activities(d)
            if method == "cost_to_charge":
                for c in CATEGORIES:
                    self.add("activity_readings", d, "area", c, rng.randint(1, 9))

    def activities(self, d):
        rng = self.rng
        for n in range(rng.randint(1, 5)):
            measure = rng.choice(["equivalent", "charge", "item_driver", "item_driver", "days",
                                  "visits", "treatment_time"])
            capacity = e4(rng.randint(1, 2000000)) if rng.random() < 0.4 else ""
            self.add("activities", d, f"a{n}", "x", measure,
                     "minutes" if measure == "item_driver" else "", capacity)
            self.add("activity_readings", d, "area", f"a{n}", e4(rng.randint(1, 90000)))
            if rng.random() < 0.5:
                self.add("activity_readings", d, "people", f"a{n}", rng.randint(0, 3))
        for (department, item, fund), fen in sorted(self.direct.items()):
            if department == d and item != "drug" and fen > 10 and rng.random() < 0.5:
                for service in rng.sample(self.items, rng.randint(1, 2)):
                    self.add("traced_costs", d, item, fund, service, yuan(rng.randint(1, fen // 2)))

    def write_rules(self):
        text = 'schema = "yuanliu.costing/1"\nversion = "t"\nmax_parked_share = "1"\n'
        for d, method in self.method.items():
            driver = 'item_driver = "minutes"\n' if method == "item_driver" else ""
            text += f'\n[[method]]\ndepartments = ["{d}"]\nmethod = "{method}"\n{driver}'
        if self.rng.random() < 0.5:
            text += ('\n[[resource]]\ndepartments = ["*"]\ncost_categories = ["staff"]\n'
                     'cost_items = ["*"]\nresource_drivers = ["people", "area"]\n')
        active = [d for d, m in self.method.items()
                  if m == "activity" or (m == "cost_to_charge" and self.rng.random() < 0.5)]
        if active:
            text += (f'\n[[resource]]\ndepartments = {json.dumps(active)}\n'
                     'cost_categories = ["*"]\ncost_items = ["*"]\n'
                     'resource_drivers = ["nothing", "area"]\n')
        self.costing = text

    def write(self, folder):
        month, rules = Path(folder) / "month", Path(folder) / "rules"
        month.mkdir(parents=True)
        rules.mkdir(parents=True)
        for name, header in HEADERS.items():
            if name in OPTIONAL and not self.table[name]:
                continue
            rows = sorted(",".join(row) for row in self.table[name])
            (month / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        (month / "manifest.json").write_text(json.dumps(
            {"schema": "yuanliu.month/1", "hospital": "H", "hospital_name": "H",
             "period": "2026-09", "feeds": {}}), encoding="utf-8")
        (rules / "allocation.toml").write_text(ALLOCATION, encoding="utf-8")
        (rules / "costing.toml").write_text(self.costing, encoding="utf-8")
        return month, rules
