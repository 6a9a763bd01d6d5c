#!/usr/bin/env python3
"""Turns the Jun97 clinical-costing folder into a month folder and four allocation plans.

Why it exists: the first input that nobody of us invented. Every source amount is followed to the
month folder, and what had to be decided on the way is printed as a reconciliation (the reasons are
in README.md beside this file). Exact arithmetic only (fractions).

Use: convert.py SOURCE_DIR OUT_DIR  ->  OUT_DIR/month, OUT_DIR/rules-METHOD
"""
import csv
import io
import json
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
from activity import Activity  # noqa: E402
from plans import METHODS, Model, pool_node  # noqa: E402
from source_tables import (Source, cents_of, decimal, distribute_to_cents,  # noqa: E402
                           rounded)

HEADERS = {
    "departments": "department,name,class,care_setting,valid_from,valid_to",
    "cost_items": "cost_item,name,category,traced_to,valid_from,valid_to",
    "accounts": "account,name,valid_from,valid_to",
    "account_map": "account,valid_from,valid_to,treatment,cost_item,reason",
    "ledger": "voucher,line,booking_period,attribution_period,account,department,fund_source,"
              "amount,summary",
    "drivers": "driver,name,unit",
    "driver_readings": "driver,sender,department,value",
    "service_items": "service_item,name,kind,charge_category,unit,equivalent,valid_from,valid_to",
    "encounters": "encounter,kind,department,attending,admitted_on,discharged_on,payer,"
                  "record_number",
    "charge_lines": "encounter,line,charged_on,service_item,ordering_department,"
                    "executing_department,physician,quantity,charge,refund_of",
}
NOT_ARRIVED = ("discharges diagnoses procedures pathway_readings quality_readings staff "
               "dip_catalogue procedure_classes").split()

# Our reading of the source's departments; whatever is not named here is clinical.
AUXILIARY = {"AMB", "CSSD", "KIT", "RECS"}
MEDICAL_TECHNOLOGY = {"ANAES", "anaes1", "DIET", "PATH", "PHYS", "SPE", "THTR", "XRAY"}
OUTPATIENT = {"ED", "EDDIR"}

# Cost type -> category (the rest is other_operating). A cost type that the model invents keeps the
# natural cost item that it came from, but for what goes to patients by a way of its own.
CATEGORY = {"S&W": "staff", "SUPA": "staff", "WK": "staff", "VMO": "staff", "DRGS": "drugs",
            "MSS": "materials", "prosthetics": "materials"}
NATURAL = {"wages": "S&W", "meals": "FOOD", "other": "OTH"}
TRACED = {"prosthetics": "material"}


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
    return rows + invoice_rows(source, report) + adjustment_rows(source, report)


def invoice_rows(source, report):
    """What invoices of kind C say leaves the account that it was booked on for the feeder's own, so
    that it reaches the patient it was invoiced for. As in the source, before anything else."""
    rows, period, report["invoices"] = [], source.period, {}
    for feeder, (kind, moved_to, items) in source.feeders.items():
        sums = defaultdict(int)
        for r in items if kind == "C" else ():
            sums[r["department_code"], r["cost_type_code"]] += cents_of(r["amount"])
        renamed = {(m["from_department_code"], m["from_cost_type_code"]): m["to_cost_type_code"]
                   for m in source.mapping}
        for (department, cost_type), cents in sorted(sums.items()):
            taken_from = renamed.get((department, cost_type), cost_type), department, -cents
            for side, (account, where, amount) in (("from", taken_from),
                                                   ("to", (feeder, moved_to[0], cents))):
                name = f"{feeder} invoices" if side == "to" else account
                rows.append(["FEED", f"{feeder}-{department}-{side}", period, period, name, where,
                             "basic", decimal(amount, 2), "itemised invoices"])
        report["invoices"][feeder] = (len(items), sum(sums.values()))
    return rows


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


# ---- writing -------------------------------------------------------------------------------------


def category_of(source, item):
    """An invoice keeps the category of the cost type that it was booked on."""
    feeder = item.removesuffix(" invoices")
    if feeder == item:
        return CATEGORY.get(item, "other_operating")
    return CATEGORY.get(source.feeders[feeder][2][0]["cost_type_code"], "other_operating")


def department_row(source, model, node):
    code, _, suffix = node.partition(".")
    if code == "ev":
        name = source.distribution_name.get(suffix, suffix)
        return [node, f"Patients: {name}", "clinical", "mixed", "", ""]
    if code in source.grouping or code in model.first:
        kind, setting = "administrative", "none"
    elif code in AUXILIARY:
        kind, setting = "auxiliary", "none"
    elif code in MEDICAL_TECHNOLOGY:
        kind, setting = "medical_technology", "mixed"
    else:
        kind, setting = "clinical", "outpatient" if code in OUTPATIENT else "inpatient"
    if suffix == "no_rule":
        kind = "clinical"
    what = {"": "", "no_rule": ": no distribution rule"}.get(suffix, f": {suffix} received")
    return [node, source.department_name[code] + what, kind, setting, "", ""]


def write_table(folder, name, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (folder / f"{name}.csv").write_text(HEADERS[name] + "\n" + text.getvalue(), encoding="utf-8")


def write_ledger_tables(source, model, month, ledger):
    accounts = sorted({r[4] for r in ledger})
    items = sorted({natural_item(a) for a in accounts})
    name = lambda code: source.cost_type_name.get(code, code)  # noqa: E731
    write_table(month, "cost_items", [[i, name(i), category_of(source, i), TRACED.get(i, ""), "",
                                       ""] for i in items])
    write_table(month, "accounts", [[a, name(a), "", ""] for a in accounts])
    write_table(month, "account_map", [[a, "", "", "cost", natural_item(a), ""] for a in accounts])
    write_table(month, "ledger", ledger)
    overhead = {*source.grouping, *model.first}
    events = model.event_readings({(r[5], r[4], natural_item(r[4])) for r in ledger
                                   if r[5] not in overhead and r[7] != "0.00"})
    readings = model.attribute_readings() + events
    readings += [["grouping", sender, receiver, "1"] for sender,
                 receiver in source.grouping.items()]
    drivers = sorted({r[0] for r in readings})
    write_table(month, "drivers", [[d, source.attribute_name.get(d, f"Model: {d}"),
                                    "m2" if d == "fs" else "share" if " " in d else "weight"]
                                   for d in drivers])
    write_table(month, "driver_readings", readings)
    nodes = {r[5] for r in ledger} | {r[2] for r in readings} | {*model.passing, *model.pools}
    nodes |= set(source.grouping.values())
    write_table(month, "departments", [department_row(source, model, n) for n in sorted(nodes)])


def write_patient_tables(source, model, month, report):
    wanted = {p.partition(".")[2] for p in model.pools if p.startswith("ev.")}
    activity = Activity(source, wanted)
    lines = activity.charge_line_rows(pool_node)
    write_table(month, "service_items", sorted(activity.service_items.values()))
    write_table(month, "encounters", activity.encounters)
    write_table(month, "charge_lines", lines)
    filled = {r[5] for r in lines}
    report.update(charge_lines=len(lines), service_items=len(activity.service_items),
                  encounters=len(activity.encounters), skipped=sorted(activity.skipped),
                  unpriced=activity.unpriced,
                  eventless=[p for p in model.pools if p not in filled])


def convert(source_dir, out_dir):
    """Writes month and rules-METHOD for every method; returns what the reconciliation needs."""
    source, report = Source(source_dir), {}
    month = Path(out_dir) / "month"
    month.mkdir(parents=True, exist_ok=True)
    ledger, model = ledger_rows(source, report), Model(source, report)
    write_ledger_tables(source, model, month, ledger)
    write_patient_tables(source, model, month, report)
    manifest = {"schema": "yuanliu.month/1", "hospital": "JUN97",
                "hospital_name": "The First Hospital",
                "period": source.period, "feeds": {name: "not_arrived" for name in NOT_ARRIVED}}
    (month / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for method in METHODS:
        rules = Path(out_dir) / f"rules-{method}"
        rules.mkdir(parents=True, exist_ok=True)
        (rules / "allocation.toml").write_text(model.plan_text(method), encoding="utf-8")
    report.update(model=model, source=source,
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
    for feeder, (lines, cents) in r["invoices"].items():
        print(f"{feeder:<22}  {decimal(cents, 2):>14}  "
              + (f"of {lines} invoice lines, to an account of its own" if cents else
                 f"{lines} lines, weights only"))
    for (attribute, department, _), weight in sorted(r["negative"].items()):
        print(f"weight below zero set to 0: {attribute} of {department} {thousandths(weight)}")
    for (attribute, department, _), weight in sorted(r["shortened"].items()):
        print(f"weight rounded to 4 decimals: {attribute} of {department} "
              f"{decimal(rounded(weight * 10**5), 5)}")
    model = r["model"]
    print("grouped first:", ", ".join(f"{a}->{b}" for a, b in sorted(r["source"].grouping.items())))
    print("step-down order:", ", ".join(f"{d} by {model.first[d]}" for d in model.order))
    print(f"patients: {r['encounters']} encounters, {r['charge_lines']} charge lines of "
          f"{r['service_items']} service items in {len(model.pools)} pools; "
          f"{r['unpriced']} invoice lines of 0.00 left out")
    print("events no cost is distributed to, left out:", ", ".join(r["skipped"]))
    print("cost without events stays unallocated:", ", ".join(r["eventless"]))


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    print_reconciliation(convert(*arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
