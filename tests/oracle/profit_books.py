"""Why this file: adds up the discharged cases of a result a second time, from its tables, the month's files and
the payment rules, knowing only docs/profit.md §1: charges and cost by part, cost by scope, variable and
controllable cost, what a normal case is paid. Whole fen and fractions; no code is shared with the engine.
"""
import collections
import csv
import io
import json
import operator
import pathlib
import tomllib
from fractions import Fraction

from report_sheets import CATEGORIES, fen, nearest, rows_of

CHARGES = ("bed", "nursing", "consultation", "examination", "laboratory", "treatment", "surgery", "drug", "material", "other")
PARTS = len(CHARGES) + 1  # and what earlier months charged
AMOUNTS = ("charge", "payment", "standard", "variable", "controllable", "fund", "patient")


def scope_rank(fund, origin):
    if fund == "basic":
        return 1 if origin == "administrative" else 0
    return 2 if fund in ("fiscal_project", "other_fiscal_project") else 3


class Sums:
    """What is added up; one case is Sums too."""

    def __init__(self):
        self.cases = self.low = self.high = self.special = self.days = 0
        self.rw = Fraction(0)
        self.charge = self.payment = self.standard = self.variable = self.controllable = self.fund = self.patient = 0
        self.cost, self.parts, self.costs = [0] * 4, [0] * PARTS, [0] * len(CATEGORIES)

    def add(self, more):
        for name in ("cases", "low", "high", "special", "days", "rw", *AMOUNTS):
            setattr(self, name, getattr(self, name) + getattr(more, name))
        for own, other in ((self.cost, more.cost), (self.parts, more.parts), (self.costs, more.costs)):
            own[:] = [a + b for a, b in zip(own, other)]
        return self

    @property
    def policy(self):
        return self.payment - self.charge

    def margin(self, scope):
        return self.payment - self.cost[scope]


def total(sums):
    out = Sums()
    for one in sums:
        out.add(one)
    return out


class Running:
    """Shares of amounts one after another: ⌊running sum · part ÷ whole⌉ less that of before."""

    def __init__(self, part, whole):
        self.part, self.whole, self.sum, self.given = part, whole, 0, 0

    def next(self, amount):
        self.sum += amount
        now = 0 if self.whole == 0 else nearest(Fraction(self.sum * self.part, self.whole))
        self.given, before = now, self.given
        return now - before


def columns_of(paths, names):
    """Rows of long tables, whose values of these columns only are wanted; a table that isn't there has none."""
    for path in paths:
        with open(path, encoding="utf-8-sig", newline="") if path.exists() else io.StringIO(",".join(names)) as stream:
            rows = csv.reader(stream)
            header = next(rows)
            yield from map(operator.itemgetter(*map(header.index, names)), rows)


FIGURES = {"score": "score", "reference_charge": "mean_charge", "reference_days": "reference_days"}


def groups_of(month, rules):
    """Name and figures by group: those of the month, or with grouping.toml of the DIP catalogues of the rules: figures
    of the file `scores`, without it of the first row of the group that has one (docs/grouping.md §10)."""
    if not (rules / "grouping.toml").exists():
        return {r["group"]: r for r in rows_of(month / "dip_catalogue.csv")}
    groups = {}
    for entry in tomllib.loads((rules / "grouping.toml").read_text("utf-8"))["catalogue"]:
        folder, own = rules / entry["folder"], {}
        files = tomllib.loads((folder / "catalogue.toml").read_text("utf-8"))["files"]
        for row in rows_of(folder / files["groups"]):
            group = own.setdefault(row["group"], {"name": row["name"]})
            for figure, column in FIGURES.items():
                if "scores" not in files and row.get(column):
                    group.setdefault(figure, row[column])
        for row in rows_of(folder / files["scores"]) if "scores" in files else []:
            group = own.setdefault(row["group"], {"name": ""})
            group.update({k: row[k] for k in FIGURES}, name=row.get("name") or group["name"])
        groups = own | groups  # equal ones of several catalogues are one
    return groups


def is_normal(case):
    """Low and high cases and those that a special review decided are in no norm."""
    return case["deviation"] not in ("low", "high") and not case["sums"].special


class ProfitBooks:
    def __init__(self, result, month, rules):
        self.result, self.month, self.rules = pathlib.Path(result), pathlib.Path(month), pathlib.Path(rules)
        self.certificate = json.loads((self.result / "certificate.json").read_text("utf-8"))
        self.departments = {r["department"]: r for r in rows_of(self.month / "departments.csv")}
        self.encounters = {r["encounter"]: r for r in rows_of(self.month / "encounters.csv")}
        self.catalogue = groups_of(self.month, self.rules)
        self.category = {r["cost_item"]: r["category"] for r in rows_of(self.month / "cost_items.csv")}
        payment = self.rules / "payment.toml"
        self.policy = tomllib.loads(payment.read_text("utf-8")) if payment.exists() else None
        self.read_stays()
        self.read_attributes()
        self.add_up()

    # ---- charges and cost of stays by part -----------------------------------------------------

    def prior(self, name):
        path = self.month / "prior" / name
        return rows_of(path) if path.exists() else []

    def read_stays(self):
        item = {r["service_item"]: CHARGES.index(r["charge_category"]) for r in rows_of(self.month / "service_items.csv")}
        self.charged = collections.defaultdict(lambda: [0] * PARTS)
        for row in self.prior("in_hospital_charges.csv"):
            self.charged[row["encounter"]][-1] += fen(row["charge"])
        for encounter, service, charge in columns_of([self.month / "charge_lines.csv"], ("encounter", "service_item", "charge")):
            if encounter in self.encounters:
                self.charged[encounter][item[service]] += fen(charge)
        self.spent = collections.defaultdict(collections.Counter)
        paths = self.month / "prior" / "in_hospital.csv", self.result / "patient_cost.csv"
        for encounter, *kind, cost in columns_of(paths, ("encounter", "cost_category", "fund_source", "origin", "cost")):
            self.spent[encounter][tuple(kind)] += fen(cost)

    def read_attributes(self):
        self.shares, self.fixed, self.no_variable, self.no_controllable = None, {}, False, False
        path = self.result / "cost_attributes.csv"
        if not path.exists():
            self.no_variable = self.no_controllable = True
            return
        with_pools = {r["department"] for r in rows_of(self.result / "pools.csv")}
        direct = collections.Counter()
        for row in rows_of(self.result / "department_cost.csv"):
            if row["kind"] == "direct" and row["fund_source"] == "basic":
                direct[row["department"], row["cost_item"]] += fen(row["cost"])
        attributes = {(r["department"], r["cost_item"]): {k: fen(r[k]) for k in ("full", "fixed", "variable", "controllable")}
                      for r in rows_of(path) if r["fund_source"] == "basic"}
        variable, controllable = [[0, 0] for _ in CATEGORIES], [[0, 0] for _ in CATEGORIES]
        none = {"full": 0, "fixed": 0, "variable": 0, "controllable": 0}
        for department, item in sorted(set(attributes) | set(direct)):
            row, own = attributes.get((department, item), none), direct[department, item]
            at = CATEGORIES.index(self.category[item])
            variable[at][0] += row["variable"]
            variable[at][1] += row["full"]
            if department in with_pools:
                controllable[at][0] += row["controllable"]
                controllable[at][1] += own
            if own == 0:
                continue
            if row["full"] == 0:
                self.fixed[department] = None
            elif self.fixed.get(department, 0) is not None:
                self.fixed[department] = self.fixed.get(department, 0) + nearest(Fraction(own * row["fixed"], row["full"]))
        self.shares = variable, controllable

    # ---- cases and visits ----------------------------------------------------------------------

    def standard_of(self, row):
        """Payment of a normal case of the group: ⌊⌊score · coefficients⌉ · point value⌉; by a policy, what it states."""
        if row["encounter"] in self.stated:
            return self.stated[row["encounter"]]
        if row["basis"] != "dip" or row["deviation"] == "normal":
            return fen(row["payment"])
        factors = Fraction(self.policy["hospital_coefficient"]) * self.auxiliary.get(row["encounter"], 1)
        points = nearest(Fraction(self.catalogue[row["group"]]["score"]) * factors * 10**4)
        value = next(Fraction(p["point_value"]) for p in self.policy["payer"] if p["payer"] == row["payer"])
        return nearest(Fraction(points, 10**4) * value * 100)

    def parts_of(self, code, row):
        """docs/payment.md §6: patient = the smaller of what the month states and the payment, at least 0; fund = the rest; of cases by charges nothing."""
        stated = next(fen(r["patient_paid"]) for r in rows_of(self.month / "case_terms.csv") if r["encounter"] == code)
        patient = max(0, min(stated, fen(row["payment"])))
        return patient, fen(row["payment"]) - patient

    def add_up(self):
        table = {r["encounter"]: r for r in rows_of(self.result / "cases.csv")}
        path = self.result / "case_policies.csv"
        by_policy = list(rows_of(path)) if path.exists() else []
        self.stated = {r["encounter"]: fen(r["standard"] or r["payment"]) for r in by_policy}
        self.reviewed = {r["encounter"] for r in by_policy if r["basis"] in ("special_amount", "special_points")}
        path = self.result / "auxiliary.csv"
        self.auxiliary = {r["encounter"]: Fraction(r["coefficient"]) for r in (rows_of(path) if path.exists() else [])}
        path = self.result / "fund_parts.csv"
        self.tells_fund = path.exists()
        self.fund_parts = {r["encounter"]: (fen(r["patient_paid"]), fen(r["fund_payment"])) for r in (rows_of(path) if path.exists() else [])}
        for code, parts in self.fund_parts.items():
            if table[code]["basis"] == "charges" or sum(parts) != fen(table[code]["payment"]) or parts != self.parts_of(code, table[code]):
                raise AssertionError(f"case {code}: {parts} are not its payment")
        self.cases, self.visits = [], []
        running = [[Running(*share) for share in shares] for shares in self.shares] if self.shares else None
        for code in sorted(self.encounters, key=lambda c: c.encode()):
            encounter, row = self.encounters[code], table.get(code)
            if row is None and encounter["kind"] != "outpatient":
                continue
            sums = Sums()
            sums.cases, sums.parts = 1, list(self.charged[code])
            basic, own = [0] * len(CATEGORIES), [0] * len(CATEGORIES)
            for (name, fund, origin), cost in self.spent[code].items():
                category = CATEGORIES.index(name)
                sums.costs[category] += cost
                for rank in range(scope_rank(fund, origin), 4):
                    sums.cost[rank] += cost
                if fund == "basic":
                    basic[category] += cost
                    own[category] += cost if origin == "direct" else 0
            if running:
                for c in range(len(CATEGORIES)):
                    for name, shares, amount in (("variable", running[0], basic[c]), ("controllable", running[1], own[c])):
                        if shares[c].whole == 0 and amount:
                            setattr(self, "no_" + name, True)
                        setattr(sums, name, getattr(sums, name) + shares[c].next(amount))
            self.take(code, encounter, row, sums)

    def take(self, code, encounter, row, sums):
        entry = {"encounter": code, "department": encounter["department"], "payer": encounter["payer"], "sums": sums,
                 "attending": encounter["attending"], "record": encounter["record_number"], "deviation": ""}
        if row is None:
            sums.charge = sums.payment = sums.standard = sum(sums.parts)
            self.visits.append(entry | {"basis": "visit", "group": "~visit"})
            return
        sums.charge, sums.payment, sums.standard = fen(row["charge"]), fen(row["payment"]), self.standard_of(row)
        sums.patient, sums.fund = self.fund_parts.get(code, (0, 0))
        sums.rw, sums.days = Fraction(row["rw"] or 0), int(row["days"])
        sums.low, sums.high = int(row["deviation"] == "low"), int(row["deviation"] == "high")
        sums.special = int(code in self.reviewed)
        if sum(sums.parts) != sums.charge or sums.cost[3] != fen(row["cost"]):
            raise AssertionError(f"case {code}: parts are not its charge and cost")
        group = row["group"] if row["status"] == "grouped" else "~" + row["status"]
        self.cases.append(entry | {"basis": row["basis"], "group": group, "deviation": row["deviation"]})

    @property
    def dip(self):
        return [c for c in self.cases if c["basis"] == "dip"]

    def norms(self):
        """Sums of the normal cases of each group."""
        norms = {}
        for case in self.dip:
            if is_normal(case):
                norms.setdefault(case["group"], Sums()).add(case["sums"])
        return norms
