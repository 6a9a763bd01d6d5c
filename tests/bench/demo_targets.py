"""Why this file: the demonstration hospital must look like one. It is generated and computed, and what
it reaches stands beside what such hospitals show (life-size figures of a tertiary general hospital; a
county one is smaller and cheaper, its mixes are alike). Printed, never judged.

usage: demo_targets.py YUANLIU [--size county|tertiary]... [--seed N]
       demo_targets.py --month DIR --result DIR        (a result that is there already)
"""
import argparse
import collections
import csv
import json
import pathlib
import subprocess
import tempfile
import time

CLASSES = ("clinical", "medical_technology", "administrative", "auxiliary")
SPECIALTIES = {"眼科": "+15", "骨科": "+5 (measured with orthopaedic implants)", "心血管内科": "+3…8",
               "儿科": "-20", "产科": "-25", "呼吸内科": "", "普通外科": ""}
CMI = {"产科": "0.6-0.7", "儿科": "0.6-0.7", "眼科": "0.6-0.7", "呼吸内科": "0.95", "骨科": "1.5",
       "神经外科": "2.5", "心脏外科": "4"}


def fen(text):
    return round(float(text) * 100)


def rows(folder, name):
    with open(pathlib.Path(folder) / name, encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


class Figures:
    def __init__(self, month, result):
        self.month, self.result = month, result
        self.certificate = json.loads((result / "certificate.json").read_text("utf-8"))
        self.departments = {r["department"]: r for r in rows(month, "departments.csv")}
        self.category = {r["cost_item"]: r["category"] for r in rows(month, "cost_items.csv")}
        self.items = {r["service_item"]: r for r in rows(month, "service_items.csv")}

    def show(self, name, reached, target):
        print(f"  {name:<44} {reached:>24}   {target}")

    def specialty(self, department):
        name = self.departments[department]["name"]
        return next((s for s in sorted(set(SPECIALTIES) | set(CMI), key=len, reverse=True)
                     if name.startswith(s)), "")

    def activity(self):
        encounters = {r["encounter"]: r for r in rows(self.month, "encounters.csv")}
        discharged = {r["encounter"] for r in rows(self.month, "discharges.csv")}
        coded = {r["encounter"] for r in rows(self.month, "diagnoses.csv")}
        mix, lines, refunds, parked = collections.Counter(), 0, 0, 0
        for r in rows(self.month, "charge_lines.csv"):
            lines += 1
            refunds += r["charge"].startswith("-")
            parked += r["encounter"] not in encounters
            category = self.items[r["service_item"]]["charge_category"]
            mix[category if category in ("drug", "material", "examination", "laboratory")
                else "services"] += fen(r["charge"])
        total = sum(mix.values())
        inside = sum(r["kind"] == "inpatient" and not r["discharged_on"] for r in encounters.values())
        visits = sum(r["kind"] == "outpatient" for r in encounters.values())
        self.show("discharges, visits", f"{len(discharged)}, {visits}", "10,500, 220,000")
        self.show("charge lines, departments", f"{lines}, {len(self.departments)}", "10 M, 300")
        self.show("charges of the month, million yuan", f"{total / 1e8:.1f}", "231")
        for name, target in (("drug", 27), ("material", 20), ("examination", 13),
                             ("laboratory", 12), ("services", 28)):
            self.show(f"charges: {name}", percent(mix[name], total), f"{target} %")
        self.show("in hospital at month end", str(inside), "2,380")
        self.show("lines that are refunds, of no register",
                  f"{percent(refunds, lines)}, {percent(parked, lines)}", "1-2 %, 0.3 %")
        self.show("discharges without codes", percent(len(discharged - coded), len(discharged)), "5 %")
        payers = collections.Counter(encounters[e]["payer"] for e in discharged)
        self.show("payers: employee, resident, other city, other",
                  " ".join(percent(payers[p], len(discharged)).replace(" %", "") for p in
                           ("employee", "resident", "other_city", "self_paying")), "40 35 15 10")
        diagnoses = sum(1 for _ in rows(self.month, "diagnoses.csv"))
        procedures = sum(1 for _ in rows(self.month, "procedures.csv"))
        self.show("diagnoses, procedures of a coded case",
                  f"{diagnoses / len(coded):.1f}, {procedures / len(coded):.1f}", "")

    def costs(self):
        mix, to_clinical = collections.Counter(), collections.Counter()
        for r in rows(self.result, "department_cost.csv"):
            clinical = self.departments[r["department"]]["class"] == "clinical"
            if r["kind"] == "direct":
                category = self.category[r["cost_item"]]
                mix[category if category in ("staff", "drugs", "materials", "depreciation")
                    else "other"] += fen(r["cost"])
                to_clinical["clinical"] += fen(r["cost"]) if clinical else 0
        for r in rows(self.result, "transfers.csv"):
            if self.departments[r["receiver"]]["class"] == "clinical":
                sender = self.departments[r["sender"]]["class"]
                to_clinical["clinical" if sender == "public" else sender] += fen(r["cost"])
        total, clinical = sum(mix.values()), sum(to_clinical.values())
        self.show("cost of the month, million yuan", f"{total / 1e8:.1f}", "231")
        for name, target in (("staff", 38), ("drugs", 26), ("materials", 21), ("depreciation", 6),
                             ("other", 9)):
            self.show(f"cost: {name}", percent(mix[name], total), f"{target} %")
        for name, target in zip(CLASSES, (62, 22, 11, 5)):
            self.show(f"clinical full cost: {name}", percent(to_clinical[name], clinical),
                      f"{target} %")
        profit = self.certificate["profit"]
        self.show("margin of the hospital", percent(fen(profit["real_margin"]), fen(profit["payment"])),
                  "-2…+2 %")
        self.show("moved out of cost, and excluded", self.certificate["totals"]["excluded"], "")

    def groups(self):
        cases = list(rows(self.result, "cases.csv"))
        dip = [r for r in cases if r["basis"] == "dip"]
        charge, payment = (sum(fen(r[c]) for r in dip) for c in ("charge", "payment"))
        self.show("charge of a stay", f"{sum(fen(r['charge']) for r in cases) / len(cases) / 100:.0f}",
                  "14,000")
        self.show("payment / charges (DIP)", percent(payment, charge), "97 %")
        deviation = collections.Counter(r["deviation"] for r in dip)
        self.show("low-ratio, high-ratio cases", f"{percent(deviation['low'], len(dip))}, "
                  f"{percent(deviation['high'], len(dip))}", "3-6 %, 2-5 %")
        status = collections.Counter(r["status"] for r in cases)
        self.show("ungrouped, uncoded", f"{percent(status['ungrouped'], len(cases))}, "
                  f"{percent(status['uncoded'], len(cases))}", "1 %, 5 %")
        margins = [fen(r["real_margin"]) for r in rows(self.result, "group_profit.csv")
                   if r["basis"] == "dip" and not r["group"].startswith("~")]
        self.show("groups that lose at full cost", percent(sum(m < 0 for m in margins), len(margins)),
                  "50-60 %")
        sums = collections.defaultdict(collections.Counter)
        for r in cases:
            for key in ("", self.specialty(r["department"])):
                sums[key]["payment"] += fen(r["payment"])
                sums[key]["margin"] += fen(r["real_margin"])
                if r["rw"]:
                    sums[key]["rw"] += float(r["rw"])
                    sums[key]["n"] += 1
        self.show("CMI of the hospital", f"{sums['']['rw'] / max(1, sums['']['n']):.2f}", "1.10")
        for name in sorted(set(SPECIALTIES) | set(CMI)):
            if sums[name]["n"]:
                self.show(f"{name}: margin, CMI", f"{percent(sums[name]['margin'], sums[name]['payment'])}, "
                          f"{sums[name]['rw'] / sums[name]['n']:.2f}",
                          f"{SPECIALTIES.get(name, '')}, {CMI.get(name, '')}")
        outpatient = [r for r in rows(self.result, "department_profit.csv") if r["basis"] == "visit"]
        self.show("outpatient margin", percent(sum(fen(r["real_margin"]) for r in outpatient),
                                               sum(fen(r["payment"]) for r in outpatient)), "")

    def units(self):
        for name, title, target in (("bed_days", "cost of a bed-day", "2,050"),
                                    ("visits", "cost of a visit", "380")):
            whole = next(rows(self.result / "report", f"{name}.csv"), {})
            last = [r for r in rows(self.result / "report", f"{name}.csv")][-1]
            shown = whole if "全院" in whole.values() else last
            self.show(title, list(shown.values())[-1], target)
        charges, costs = collections.Counter(), collections.Counter()
        for r in rows(self.result, "service_item_cost.csv"):
            name = self.departments[r["department"]]["name"]
            key = "CT" if name.startswith("CT") else self.items[r["service_item"]]["charge_category"]
            charges[key] += fen(r["charge"])
            costs[key] += fen(r["cost"])
        for key, target in (("bed", "40-70 %"), ("nursing", "40-70 %"), ("CT", "150-200 %"),
                            ("laboratory", "150-200 %")):
            self.show(f"charge / cost: {key}", percent(charges[key], costs[key]), target)
        paid = {r["department"]: fen(r["paid"]) for r in rows(self.result, "bonus_departments.csv")}
        heads = collections.Counter(r["department"] for r in rows(self.month, "staff.csv"))
        per_head = [p / heads[d] for d, p in paid.items() if p > 0 and heads[d]]
        self.show("surplus paid: million, max / min per head",
                  f"{sum(paid.values()) / 1e8:.2f}, "
                  f"{max(per_head) / min(per_head):.1f}" if per_head else "-", "≤ 3.5, ≤ 3")

    def print(self):
        self.activity()
        self.costs()
        self.groups()
        self.units()


def seconds_of(*command):
    began = time.monotonic()
    subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("yuanliu", nargs="?")
    parser.add_argument("--size", action="append")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--month", type=pathlib.Path)
    parser.add_argument("--result", type=pathlib.Path)
    given = parser.parse_args()
    print(f"  {'':<44} {'reached':>24}   target (tertiary)")
    if given.month:
        Figures(given.month, given.result).print()
        return
    for size in given.size or ["county"]:
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "demo"
            made = seconds_of(given.yuanliu, "demo", out, "--size", size, "--seed", given.seed)
            month = next(p for p in out.iterdir() if (p / "manifest.json").exists())
            computed = seconds_of(given.yuanliu, "compute", month, "--rules", out / "rules", "--out",
                                  out / "result", "--lang", "en")
            print(f"{size}: generated in {made:.1f} s, computed in {computed:.1f} s")
            Figures(month, out / "result").print()


if __name__ == "__main__":
    main()
