#!/usr/bin/env python3
"""Turns the Jun97 clinical-costing folder into a month folder and an allocation plan.

Why it exists: the first input that nobody of us invented. Every source amount is followed to the
month folder, and what had to be decided on the way is printed as a reconciliation (the reasons are
in README.md beside this file). Exact arithmetic only (fractions).

Use: convert.py SOURCE_DIR OUT_DIR  ->  OUT_DIR/month, OUT_DIR/rules
"""
import csv
import io
import json
import sys
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

COSTS = "Jun97HospitalCostsAndAdjustments"
HEADERS = {
    "departments": "department,name,class,care_setting,valid_from,valid_to",
    "cost_items": "cost_item,name,category,traced_to,valid_from,valid_to",
    "accounts": "account,name,valid_from,valid_to",
    "account_map": "account,valid_from,valid_to,treatment,cost_item,reason",
    "ledger": "voucher,line,booking_period,attribution_period,account,department,fund_source,"
              "amount,summary",
    "drivers": "driver,name,unit",
    "driver_readings": "driver,sender,department,value",
}
NOT_ARRIVED = ("service_items encounters discharges diagnoses procedures charge_lines "
               "pathway_readings quality_readings staff dip_catalogue procedure_classes").split()

# Our reading of the source's departments; whatever is not named here is clinical.
AUXILIARY = {"AMB", "CSSD", "KIT", "RECS"}
MEDICAL_TECHNOLOGY = {"ANAES", "anaes1", "DIET", "PATH", "PHYS", "SPE", "THTR", "XRAY"}
OUTPATIENT = {"ED", "EDDIR"}

# Cost type -> category (the rest is other_operating). A cost type that the model invents keeps the
# natural cost item that it came from.
CATEGORY = {"S&W": "staff", "SUPA": "staff", "WK": "staff", "VMO": "staff", "DRGS": "drugs",
            "MSS": "materials"}
NATURAL = {"wages": "S&W", "prosthetics": "MSS", "meals": "FOOD", "other": "OTH"}


class Source:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.costs = self.table(f"{COSTS}.general_ledger_costs")
        self.adjustments = self.table(f"{COSTS}.general_ledger_run_adjustments")
        self.mapping = self.table("model1.general_ledger_mapping")
        self.grouping = {r["from_department_code"]: r["to_department_code"]
                         for r in self.table("model1.department_grouping")}
        self.disbursement = self.table("model1.general_ledger_disbursement")
        self.attributes = self.table("model1.general_ledger_attributes")
        self.attribute_name = dict(self.pairs("model1.general_ledger_attribute_codes"))
        self.department_name = dict(self.pairs("hospital1.departments"))
        self.cost_type_name = dict(self.pairs("hospital1.cost_types"))
        start = int(self.table(f"{COSTS}.run")[0]["start_date"])  # a spreadsheet's day number
        self.period = (date(1899, 12, 30) + timedelta(days=start)).isoformat()[:7]

    def table(self, name):
        with (self.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def pairs(self, name):
        return [tuple(row.values())[:2] for row in self.table(name)]


# ---- amounts -------------------------------------------------------------------------------------


def rounded(value):
    """Half away from zero."""
    size = int(abs(value) + Fraction(1, 2))
    return -size if value < 0 else size


def decimal(value, digits):
    """A whole number of 10^-digits, written out."""
    size = abs(value)
    return f"{'-' if value < 0 else ''}{size // 10**digits}.{size % 10**digits:0{digits}d}"


def trimmed(value):
    """A whole number of 0.0001, as a month folder's `number`."""
    text = decimal(value, 4).rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def distribute_to_cents(amounts):
    """Every line is cut to the cent; the cents still missing go to the lines that lost most (ties:
    the larger amount, then the earlier line), until the sum is the rounded total."""
    cents = [amount * 100 // 1 for amount in amounts]
    missing = rounded(sum(amounts) * 100) - sum(cents)
    order = sorted(range(len(amounts)),
                   key=lambda i: (-(amounts[i] * 100 - cents[i]), -amounts[i], i))
    for i in order[:missing]:
        cents[i] += 1
    return cents


# ---- the ledger ----------------------------------------------------------------------------------


def ledger_rows(source, report):
    """One voucher with the source's 384 lines, one with both sides of the 15 adjustments."""
    amounts = [Fraction(r["cost"]) for r in source.costs]
    cents = distribute_to_cents(amounts)
    renamed = {(m["from_department_code"], m["from_cost_type_code"]): m["to_cost_type_code"]
               for m in source.mapping}
    wrong = [m for m in source.mapping if m["mapping_type_code"] != "F" or m["amount"] != "1"
             or m["from_department_code"] != m["to_department_code"]]
    if wrong:
        raise ValueError(f"a mapping is more than a new name: {wrong}")
    rows, renamed_cents, renamed_lines, period = [], 0, 0, source.period
    for index, (r, fen) in enumerate(zip(source.costs, cents), start=1):
        account = renamed.get((r["department_code"], r["cost_type_code"]), r["cost_type_code"])
        if account != r["cost_type_code"]:
            renamed_cents, renamed_lines = renamed_cents + fen, renamed_lines + 1
        rows.append(["GL", f"{index:03d}", period, period, account, r["department_code"], "basic",
                     decimal(fen, 2), f"source {r['cost_type_code']} {r['cost']}"])
    total, largest = sum(amounts), max(abs(a * 100 - c) for a, c in zip(amounts, cents))
    report.update(lines=len(rows), source_total=total, cents=sum(cents), largest=largest / 100,
                  difference=total - Fraction(sum(cents), 100),
                  renamed=(renamed_lines, renamed_cents))
    return rows + adjustment_rows(source, report)


def adjustment_rows(source, report):
    rows, between, within, lost = [], [0, 0], [0, 0], Fraction(0)
    for index, a in enumerate(source.adjustments, start=1):
        if a["mapping_type_code"] != "A":
            raise ValueError(f"an adjustment that is no amount: {a}")
        fen = rounded(Fraction(a["amount"]) * 100)
        lost += Fraction(a["amount"]) - Fraction(fen, 100)
        kind = within if a["from_department_code"] == a["to_department_code"] else between
        kind[0], kind[1] = kind[0] + 1, kind[1] + fen
        for side, sign in (("from", -1), ("to", 1)):
            rows.append(["ADJ", f"{index:02d}-{side}", source.period, source.period,
                         a[f"{side}_cost_type_code"],
                         a[f"{side}_department_code"], "basic", decimal(sign * fen, 2),
                         "run adjustment"])
    report.update(between=between, within=within, adjustment_lost=lost,
                  adjusted=sum(rounded(Fraction(r[7]) * 100) for r in rows))
    return rows


def natural_item(account):
    return "S&W" if account.startswith("rmo") else NATURAL.get(account, account)


# ---- the plan ------------------------------------------------------------------------------------


def attribute_weights(source, report):
    """(attribute, department) -> weight in 0.0001. Negative weights are set to 0, and reported."""
    exact = defaultdict(Fraction)
    for r in source.attributes:
        weight = Fraction(r["general_ledger_attribute_weight"])
        exact[r["general_ledger_attribute_code"], r["department_code"]] += weight
    report["negative"] = {k: w for k, w in exact.items() if w < 0}
    report["shortened"] = {k: w for k, w in exact.items() if (w * 10**4).denominator != 1}
    return {k: max(0, rounded(w * 10**4)) for k, w in exact.items()}


def first_level(source, weights):
    """Overhead department -> its level-1 attribute. Level 2 must be the same weights without the
    overhead departments, else one driver for both would misread the model."""
    by_level = {level: {r["department_code"]: r["general_ledger_attribute_code"]
                        for r in source.disbursement
                        if r["disbursement_level"] == level} for level in ("1", "2")}
    for department, attribute in by_level["1"].items():
        outward = {d: w for (a, d), w in weights.items() if a == attribute
                   and d not in by_level["1"]}
        second = {d: w for (a, d), w in weights.items()
                  if a == by_level["2"][department] and d not in by_level["1"]}
        if outward != second:
            raise ValueError(f"level 2 of {department} is not level 1 turned outward")
    return by_level["1"]


def sending_order(source, attribute_of, weights):
    """Who serves most of the other overhead departments sends first; ties: larger cost, code."""
    cost = defaultdict(Fraction)
    for r in source.costs:
        cost[source.grouping.get(r["department_code"], r["department_code"])] += Fraction(r["cost"])

    def rank(department):
        served = [d for d in attribute_of if d != department
                  and weights.get((attribute_of[department], d), 0)]
        return -len(served), -cost[department], department

    return sorted(attribute_of, key=rank)


def plan_text(source, order, attribute_of, weights):
    quote = lambda names: "[" + ", ".join(f'"{n}"' for n in names) + "]"  # noqa: E731
    lines = ["# Why this plan: the Jun97 grouping of departments, then overhead step by step.",
             'schema = "yuanliu.allocation/1"', f'version = "{source.period}"']
    stages = [(sorted(source.grouping), sorted(set(source.grouping.values())), "grouping")]
    for index, sender in enumerate(order):
        attribute = attribute_of[sender]
        stages.append(([sender], sorted(d for (a, d), w in weights.items()
                                        if a == attribute and w and d not in order[: index + 1]),
                       attribute))
    for senders, receivers, driver in stages:
        lines += ["", "[[stage]]", 'name = "administrative"', f"senders = {quote(senders)}",
                  f"receivers = {quote(receivers)}", "before_items = true", "", "  [[stage.rule]]",
                  '  senders = ["*"]', '  cost_categories = ["*"]', f'  drivers = ["{driver}"]']
    return "\n".join(lines) + "\n"


# ---- writing -------------------------------------------------------------------------------------


def department_row(source, code, overhead):
    if code in source.grouping or code in overhead:
        kind, setting = "administrative", "none"
    elif code in AUXILIARY:
        kind, setting = "auxiliary", "none"
    elif code in MEDICAL_TECHNOLOGY:
        kind, setting = "medical_technology", "mixed"
    else:
        kind, setting = "clinical", "outpatient" if code in OUTPATIENT else "inpatient"
    return [code, source.department_name[code], kind, setting, "", ""]


def write_table(folder, name, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (folder / f"{name}.csv").write_text(HEADERS[name] + "\n" + text.getvalue(), encoding="utf-8")


def convert(source_dir, out_dir):
    """Writes month and rules; returns what the reconciliation needs."""
    source, report = Source(source_dir), {}
    month, rules = Path(out_dir) / "month", Path(out_dir) / "rules"
    month.mkdir(parents=True, exist_ok=True)
    rules.mkdir(parents=True, exist_ok=True)
    ledger, weights = ledger_rows(source, report), attribute_weights(source, report)
    attribute_of = first_level(source, weights)
    order = sending_order(source, attribute_of, weights)
    used = sorted(set(attribute_of.values()))
    readings = [[a, "", d, trimmed(w)] for (a, d), w in weights.items() if a in used]
    readings += [["grouping", sender, receiver, "1"] for sender,
                 receiver in source.grouping.items()]
    codes = sorted({r[5] for r in ledger} | {r[2]
                                             for r in readings} | set(source.grouping.values()))
    accounts = sorted({r[4] for r in ledger})
    write_table(month, "departments", [department_row(source, c, attribute_of) for c in codes])
    write_table(month, "cost_items",
                [[i, source.cost_type_name[i], CATEGORY.get(i, "other_operating"), "", "", ""]
                                      for i in sorted({natural_item(a) for a in accounts})])
    write_table(month, "accounts", [[a, source.cost_type_name[a], "", ""] for a in accounts])
    write_table(month, "account_map", [[a, "", "", "cost", natural_item(a), ""] for a in accounts])
    write_table(month, "ledger", ledger)
    write_table(month, "drivers", [["grouping", "Department grouping of the model", "share"]]
                + [[a, source.attribute_name[a], "m2" if a == "fs" else "weight"] for a in used])
    write_table(month, "driver_readings", readings)
    manifest = {"schema": "yuanliu.month/1", "hospital": "JUN97",
                "hospital_name": "The First Hospital",
                "period": source.period, "feeds": {name: "not_arrived" for name in NOT_ARRIVED}}
    (month / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    (rules / "allocation.toml").write_text(plan_text(source, order, attribute_of, weights),
                                           encoding="utf-8")
    report.update(order=order, attribute_of=attribute_of, grouping=source.grouping,
                  target=sum(rounded(Fraction(r[7]) * 100) for r in ledger),
                  ledger_lines=len(ledger))
    if Fraction(report["target"], 100) + report["difference"] != report["source_total"]:
        raise ValueError("the ledger does not account for the whole source")
    return report


def print_reconciliation(r):
    thousandths = lambda x: decimal(rounded(x * 1000), 3)  # noqa: E731
    print(f"source ledger           {thousandths(r['source_total']):>14}  {r['lines']} lines")
    print(f"distributed to cents    {decimal(r['cents'], 2):>14}  "
          f"no line off by more than {thousandths(r['largest'])}")
    print(f"difference kept         {thousandths(r['difference']):>14}")
    for what, (lines, cents), where in (
            ("new account name      ", r["renamed"], "lines, same department"),
            ("moved between accounts", r["within"], "adjustments, same department"),
            ("moved to a department ", r["between"], "adjustments")):
        print(f"{what}  {decimal(cents, 2):>14}  {lines} {where}")
    print(f"sum of adjustment lines {decimal(r['adjusted'], 2):>14}  "
          f"{decimal(rounded(r['adjustment_lost'] * 10**5), 5)} of their amounts below a cent")
    print(f"target ledger           {decimal(r['target'], 2):>14}  {r['ledger_lines']} lines")
    for (attribute, department), weight in sorted(r["negative"].items()):
        print(f"weight below zero set to 0: {attribute} of {department} {thousandths(weight)}")
    for (attribute, department), weight in sorted(r["shortened"].items()):
        print(f"weight rounded to 4 decimals: {attribute} of {department} "
              f"{decimal(rounded(weight * 10**5), 5)}")
    print("grouped first:", ", ".join(f"{a}->{b}" for a, b in sorted(r["grouping"].items())))
    print("then in order:", ", ".join(f"{d} by {r['attribute_of'][d]}" for d in r["order"]))


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    print_reconciliation(convert(*arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
