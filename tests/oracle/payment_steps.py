"""docs/method.md §6 to §9, step by step: groups, points and payment, profit, bonus.

Why it exists: the half of the oracle that turns the cost of patients into payment and bonus.
"""
from collections import defaultdict
from datetime import date
from fractions import Fraction

from arithmetic import apportion, number, rounded, scaled, yuan

# ---- method §6 to §8: groups, payment, profit ----------------------------------------------------


def best(rows, main, procedure):
    """Longest diagnosis, then longest procedure, then smallest group code."""
    hits = [r for r in rows if main.startswith(r["diagnosis"])
            and procedure.startswith(r["procedure"])]
    return min(hits, default=None,
               key=lambda r: (-len(r["diagnosis"]), -len(r["procedure"]), r["group"].encode()))


def group_of(month, encounter):
    """(catalogue row, level, deciding codes) or "ungrouped" or "uncoded"."""
    coded = any(r["encounter"] == encounter for r in month.table["discharges"])
    main = [r["diagnosis"] for r in month.table["diagnoses"]
            if r["encounter"] == encounter and r["sequence"] == "1"]
    if not coded or not main:
        return "uncoded"
    main = main[0]
    done = sorted((int(r["sequence"]), r["procedure"]) for r in month.table["procedures"]
                  if r["encounter"] == encounter)
    classes = {r["procedure"]: r["class"] for r in month.table["procedure_classes"]}
    counted = [(p, classes[p]) for _, p in done if classes.get(p, "simple") != "simple"]
    core = [r for r in month.table["dip_catalogue"] if r["level"] == "core"]
    for procedure, _ in counted:
        row = best([r for r in core if r["procedure"]], main, procedure)
        if row:
            return row, "core_procedure", f"{main}+{procedure}"
    if not counted:
        row = best([r for r in core if not r["procedure"]], main, "")
        if row:
            return row, "core_conservative", main
    present = {c for _, c in counted}
    wanted = ("surgery" if present & {"surgery", "intervention"} else "therapeutic"
              if "therapeutic" in present
              else "diagnostic" if "diagnostic" in present else "conservative")
    row = best([r for r in month.table["dip_catalogue"]
                if r["level"] == "composite" and r["procedure_class"] == wanted], main, "")
    return (row, "composite", f"{main}+{wanted}") if row else "ungrouped"


def days_of(row):
    admitted, discharged = (date.fromisoformat(row[c]) for c in ("admitted_on", "discharged_on"))
    return max(1, (discharged - admitted).days)


def points_of(payment, row, charge):
    """(deviation, points at scale 4) of a grouped case that is paid by points."""
    ratio, rule = Fraction(charge, scaled(row["reference_charge"], 2)), payment["deviation"]
    low, high = Fraction(rule["low_ratio"]), Fraction(rule["high_ratio"])
    score = Fraction(row["score"]) * Fraction(payment["hospital_coefficient"]) * 10**4
    if ratio < low or (ratio == low and rule["low_boundary"] == "inclusive"):
        return "low", max(0, rounded(score * ratio))
    if ratio > high or (ratio == high and rule["high_boundary"] == "inclusive"):
        return "high", max(0, rounded(score * (ratio - high + 1)))
    return "normal", rounded(score)


def pay_case(payment, found, payer, charge):
    """(basis, deviation, points at scale 4, payment in fen)."""
    rule = next(p for p in payment["payer"] if p["payer"] == payer)
    if rule["method"] == "charges":
        return "charges", "", 0, charge
    if isinstance(found, str):
        return found, "", 0, rounded(charge * Fraction(payment[f"{found}_ratio"]))
    deviation, points = points_of(payment, found[0], charge)
    return "dip", deviation, points, rounded(Fraction(points,
                                                      10**4) * Fraction(rule["point_value"]) * 100)


class Cases:
    """Groups of all discharged inpatients; rows and profit only when a payment rule is given."""

    def __init__(self, month, patients):
        self.rows = []
        self.profit = {"group": defaultdict(lambda: [0] * 6),
                       "department": defaultdict(lambda: [0] * 6),
                       "physician": defaultdict(lambda: [0] * 6)}
        self.found = {e: group_of(month, e) for e in sorted(month.encounter)
                      if month.status(e) == "discharged"}
        payment = month.rule["payment"]
        for encounter in month.encounter if payment else []:
            row, charge = month.encounter[encounter], patients.whole_charge[encounter]
            cost = sum(patients.whole_cost[encounter].values())
            if encounter in self.found:
                self.add_case(payment, row, charge, cost)
            elif month.status(encounter) == "visit":
                self.add("department", (row["department"], "visit"),
                         [1, 0, 0, charge, charge, cost])

    def add(self, table, key, figures):
        self.profit[table][key] = [a + b for a, b in zip(self.profit[table][key], figures)]

    def add_case(self, payment, row, charge, cost):
        found = self.found[row["encounter"]]
        basis, deviation, points, paid = pay_case(payment, found, row["payer"], charge)
        grouped = not isinstance(found, str)
        group, level, codes = (found[0]["group"], found[1], found[2]) if grouped else ("", "", "")
        score = scaled(found[0]["score"],
                       4) if grouped else 0  # the same digits at scale 7 are the RW
        self.rows.append([row["encounter"], row["department"], row["attending"], row["payer"],
                          "grouped" if grouped else found, group, level, codes,
                          number(score, 7) if grouped else "", days_of(row), number(score, 4)
                          if grouped else "",
                          deviation, number(points, 4), basis, yuan(charge), yuan(paid), yuan(cost),
                          yuan(paid - charge), yuan(paid - cost)])
        figures = [1, score, points, charge, paid, cost]
        self.add("group", (basis, group or "~" + found), figures)
        self.add("department", (row["department"], basis), figures)
        self.add("physician", (row["attending"], row["department"], basis), figures)

    def profit_rows(self, table):
        return [[*key, n, number(rw, 7), number(points, 4), yuan(charge), yuan(paid), yuan(cost),
                 yuan(paid - charge), yuan(paid - cost)]
                for key, (n, rw, points, charge, paid, cost) in self.profit[table].items()]


# ---- method §9: bonus ----------------------------------------------------------------------------


class Bonus:
    def __init__(self, month, found):
        self.month, self.scheme, self.found = month, month.rule["bonus"], found
        self.indicator_rows, self.gate_rows, self.department_rows, self.person_rows = [], [], [], []
        self.carried = {r["pool"]: scaled(r["amount"], 2)
                        for r in month.table["prior/carried_pools"]}
        self.released = self.paid = self.withheld = 0
        if self.scheme:
            self.distribute()

    def reading(self, unit, name):
        """(numerator, denominator) as exact fractions, or None."""
        mine = [e for e in self.found if self.month.encounter[e]["department"] == unit]
        rows = [(e, self.found[e][0]) for e in mine if not isinstance(self.found[e], str)]
        weight = sum((Fraction(r["score"]) / 1000 for _, r in rows), Fraction(0))
        if name == "cmi":
            return weight, Fraction(len(rows))
        if name == "rw_total":
            return weight, Fraction(1)
        if name == "time_index":
            days = {e: Fraction(days_of(self.month.encounter[e])) for e, _ in rows}
            times = [rounded(days[e] / Fraction(r["reference_days"]) * 10**4) for e, r in rows]
            return Fraction(sum(times), 10**4), Fraction(len(rows))
        if name == "pathway_compliance":
            reads = [r for r in self.month.table["pathway_readings"] if r["encounter"] in mine]
            eligible = [r for r in reads if r["eligible"] == "1"]
            kept = [r for r in eligible if r["entered"] + r["completed"] + r["varied"] == "110"]
            return (Fraction(len(kept)), Fraction(len(eligible))) if reads else None
        for r in self.month.table["quality_readings"]:
            if (r["department"], r["indicator"]) == (unit, name):
                return Fraction(r["numerator"]), Fraction(r["denominator"])
        return None

    def index_of(self, unit):
        weights, total, seen = Fraction(0), Fraction(0), {}
        scored = {i["indicator"]: i for i in self.scheme["indicator"]}
        for name in {*scored, *(g["indicator"] for g in self.scheme.get("gate", []))}:
            read = self.reading(unit, name)
            value = rounded(read[0] / read[1] * 10**4) if read and read[1] else None
            seen[name], score = value, None
            if name in scored and value is not None:
                rule = scored[name]
                zero, full = scaled(rule["zero_at"], 4), scaled(rule["full_at"], 4)
                score = max(0, min(100 * 10**4,
                                   rounded(Fraction((value - zero) * 100 * 10**4, full - zero))))
                weights += Fraction(rule["weight"])
                total += Fraction(rule["weight"]) * score
            parts = [number(rounded(x * 10**7), 7) for x in read] if read else ["", ""]
            self.indicator_rows.append([unit, name, *parts, "" if value is None
                                        else number(value, 4),
                                        "" if score is None else number(score, 4)])
        return (rounded(total / weights) if weights else 0), seen

    def factor_of(self, unit, seen):
        smallest = Fraction(1)
        for gate in self.scheme.get("gate", []):
            value, floor = seen[gate["indicator"]], "at_least" in gate
            bound = scaled(gate["at_least" if floor else "at_most"], 4)
            failed = value is not None and (value < bound if floor else value > bound)
            factor = "1" if not failed else "0" if gate["effect"] == "block" else gate["factor"]
            smallest = min(smallest, Fraction(factor))
            self.gate_rows.append([unit, gate["gate"], gate["indicator"], "" if value is None
                                   else number(value, 4),
                                   number(bound, 4), "not_judged" if value is None else "failed"
                                   if failed else "passed",
                                   number(scaled(factor, 4), 4)])
        return smallest

    def distribute(self):
        units = sorted({self.month.encounter[e]["department"] for e, f in self.found.items()
                        if not isinstance(f, str)})
        units = [u for u in units if self.month.class_of[u] == "clinical"]
        people = {u: {r["staff"]: scaled(r["bonus_coefficient"], 4) * scaled(r["attendance"], 4)
                      for r in self.month.table["staff"] if r["department"] == u} for u in units}
        judged = {u: self.index_of(u) for u in units}
        weights = {u: judged[u][0] * sum(people[u].values()) for u in units}
        pool = self.carried.get(self.scheme["pool"], 0)
        if any(weights.values()):
            self.released = rounded(pool * Fraction(self.scheme["release_share"]))
        shares = apportion(self.released, weights)
        for unit in units:
            paid = rounded(shares[unit] * self.factor_of(unit, judged[unit][1]))
            self.paid += paid
            self.withheld += shares[unit] - paid
            self.department_rows.append([unit, number(judged[unit][0], 4),
                                         sum(people[unit].values()), weights[unit],
                                         yuan(shares[unit]), yuan(shares[unit] - paid), yuan(paid)])
            for staff, fen in apportion(paid, people[unit]).items():
                self.person_rows.append([staff, unit, people[unit][staff], yuan(fen)])

    def closing_rows(self):
        mine = self.scheme["pool"] if self.scheme else None
        return [[r["pool"], r["name"],
                 yuan(scaled(r["amount"], 2) - (self.paid if r["pool"] == mine else 0))]
                for r in self.month.table["prior/carried_pools"]]
