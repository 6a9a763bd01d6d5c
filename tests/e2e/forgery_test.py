#!/usr/bin/env python3
"""A careful forger against yuanliu-verify.

The forger edits a finished result (or the month under it) and computes every hash of
certificate.json anew with its own implementation of docs/month-folder.md §5. Deep verification
must refuse each forgery with exit code 1 and accept the unmodified copy. Where the forger keeps
all sums right, `--quick` is expected to accept: that proves that the forgery is a careful one and
that only the second derivation catches it.

usage: forgery_test.py YUANLIU YUANLIU_VERIFY
"""
import csv
import decimal
import hashlib
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

AMOUNTS = {"amount", "charge", "cost", "reference_charge", "special_amount"}
NUMBERS = {"value", "equivalent", "quantity", "numerator", "denominator", "bonus_coefficient",
           "attendance", "score", "reference_days", "practical_capacity", "days", "minutes",
           "level_coefficient", "special_points"}
COUNTS = {"age_years", "sequence"}
MONTH_TABLES = """accounts account_map charge_lines cost_items departments diagnoses dip_catalogue
discharges driver_readings drivers encounters ledger pathway_readings procedure_classes procedures
quality_readings service_items staff""".split()
OPTIONAL_TABLES = """account_balances activities activity_readings assets attending_groups beds case_terms diagnosis_details
equipment_costs equipment_items estimates item_drivers open_stays payroll procedure_details project_lines
research_projects staff_time stay_details traced_costs treatment_times ward_stays""".split()
PRIOR_TABLES = "carried_pools in_hospital in_hospital_charges".split()
CLOSING_TABLES = ["closing/" + name for name in PRIOR_TABLES]
RESULT_TABLES = """activities bonus_departments bonus_persons cases department_cost department_profit
excluded gates group_profit hospital_item_cost indicators parked parked_cost patient_cost patients physician_profit
pool_components pools service_item_cost transfers""".split() + CLOSING_TABLES


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def fen(text):
    whole, _, decimals = text.lstrip("-").partition(".")
    value = int(whole) * 100 + int((decimals + "00")[:2])
    return -value if text.startswith("-") else value


def amount(value):
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"


def canonical_cell(column, text):
    if text == "":
        return text
    if column in AMOUNTS:
        return amount(fen(text))
    if column in NUMBERS | COUNTS:
        negative = text.startswith("-")
        whole, _, decimals = text.lstrip("-").partition(".")
        decimals = decimals.rstrip("0")
        number = str(int(whole)) + ("." + decimals if decimals else "")
        return "-" + number if negative and number != "0" else number
    return text


def row_text(cells):
    def quoted(cell):
        return '"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell
    return ",".join(quoted(cell) for cell in cells)


class Table:
    """Rows as dictionaries; written in canonical form."""

    def __init__(self, path):
        self.path = path
        text = path.read_bytes().decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline="")))
        self.columns = lines[0]
        self.rows = [dict(zip(self.columns, line)) for line in lines[1:]]

    def canonical(self):
        rows = [row_text([canonical_cell(c, row[c]) for c in self.columns]).encode()
                for row in self.rows]
        return b"".join(r + b"\n" for r in [",".join(self.columns).encode()] + sorted(rows))

    def write(self):
        self.path.write_bytes(self.canonical())

    def find(self, **cells):
        return [row for row in self.rows if all(row[k] == v for k, v in cells.items())]


def listing_hash(hashes):
    lines = sorted(f"{name} {value}\n".encode() for name, value in hashes.items())
    return sha256(b"".join(lines))


def lines_hash(lines):
    return sha256(b"".join(sorted(line.encode() + b"\n" for line in lines)))


def folder_hashes(folder, names):
    return {f"{name}.csv": sha256(Table(folder / f"{name}.csv").canonical()) for name in names}


def month_hash(month):
    manifest = json.loads((month / "manifest.json").read_text("utf-8-sig"))
    feeds = {k: v for k, v in manifest.get("feeds", {}).items() if v != "final"}
    arrived = [name for name in MONTH_TABLES if feeds.get(name) != "not_arrived"]
    if len(arrived) != len(MONTH_TABLES):
        raise SystemExit("the demo month has feeds that have not arrived; pick another seed")
    sent = [name for name in OPTIONAL_TABLES if (month / f"{name}.csv").exists()]
    hashes = folder_hashes(month, arrived + [n for n in sent if Table(month / f"{n}.csv").rows])
    lines = [f"feed.{name}={state}" for name, state in feeds.items()]
    lines += [f"{key}={manifest[key]}" for key in ("hospital", "hospital_name", "period", "schema")]
    hashes["manifest.json"] = lines_hash(lines)
    return listing_hash(hashes)


def prior_hash(month):
    prior = month / "prior"
    if not prior.exists():
        return "none"
    manifest = json.loads((prior / "manifest.json").read_text("utf-8-sig"))
    hashes = {"prior/" + k: v for k, v in folder_hashes(prior, PRIOR_TABLES).items()}
    keys = ("hospital", "period", "result_hash", "schema")
    hashes["prior/manifest.json"] = lines_hash([f"{key}={manifest[key]}" for key in keys])
    return listing_hash(hashes)


def reseal(result, month):
    """Computes every hash and row count of the certificate anew, as a forger would."""
    path = result / "certificate.json"
    certificate = json.loads(path.read_text())
    hashes = {}
    for name in RESULT_TABLES:
        file = f"{name}.csv"
        data = (result / file).read_bytes()
        hashes[file] = sha256(data)
        certificate["tables"][file] = {"rows": data.count(b"\n") - 1, "sha256": hashes[file]}
    certificate["result_hash"] = listing_hash(hashes)
    certificate["month_hash"] = month_hash(month)
    certificate["prior_hash"] = prior_hash(month)
    identity = (f"month={certificate['month_hash']}\nprior={certificate['prior_hash']}\n"
                f"rules={certificate['rules_hash']}\nnumerics=1\n")
    certificate["run_id"] = sha256(identity.encode())
    path.write_text(json.dumps(certificate, ensure_ascii=False, indent=2) + "\n")
    closing = result / "closing" / "manifest.json"
    if closing.exists():
        manifest = json.loads(closing.read_text())
        manifest["result_hash"] = certificate["result_hash"]
        manifest["tables"] = {name: table["sha256"]
                              for name, table in certificate["tables"].items()}
        closing.write_text(json.dumps(manifest, ensure_ascii=False) + "\n")
    return certificate


def shift(row, column, difference):
    row[column] = amount(fen(row[column]) + difference)


def open_table(result, name):
    return Table(result / f"{name}.csv")


def move_fen_between_patients(result, _month):
    """Consistently in every table that shows the cost of the two cases."""
    cases = open_table(result, "cases")
    costs = open_table(result, "patient_cost")
    key = ("cost_category", "fund_source", "origin")
    by_encounter = {row["encounter"]: row for row in cases.rows}
    first, second = None, None
    seen = {}
    for row in costs.rows:
        if row["encounter"] in by_encounter and fen(row["cost"]) > 1:
            first, second = seen.setdefault(tuple(row[k] for k in key), row), row
            if first is not second:
                break
    if first is second:
        raise SystemExit("no two cases have a component in common")
    patients = open_table(result, "patients")
    profits = {name: open_table(result, name)
               for name in ("group_profit", "department_profit", "physician_profit")}
    for row, difference in ((first, -1), (second, 1)):
        shift(row, "cost", difference)
        patient = patients.find(encounter=row["encounter"])[0]
        shift(patient, "month_cost", difference)
        shift(patient, "cost", difference)
        case = by_encounter[row["encounter"]]
        group = case["group"] or "~" + case["status"]
        sums = [case]
        sums += profits["group_profit"].find(basis=case["basis"], group=group)
        sums += profits["department_profit"].find(department=case["department"],
                                                  basis=case["basis"])
        sums += profits["physician_profit"].find(
            attending=case["attending"], department=case["department"], basis=case["basis"])
        for entry in sums:
            shift(entry, "cost", difference)
            shift(entry, "real_margin", -difference)
    for table in [cases, costs, patients, *profits.values()]:
        table.write()


def move_fen_between_components(result, _month):
    """From one origin to another of the same category and fund source, so no total moves."""
    costs = open_table(result, "patient_cost")
    in_hospital = {r["encounter"] for r in open_table(result, "patients").find(status="in_hospital")}
    for first in costs.rows:
        others = [r for r in costs.find(encounter=first["encounter"],
                                        cost_category=first["cost_category"],
                                        fund_source=first["fund_source"])
                  if r is not first and fen(r["cost"]) > 1]
        if others and fen(first["cost"]) > 1 and first["encounter"] not in in_hospital:
            shift(first, "cost", -1)
            shift(others[0], "cost", 1)
            costs.write()
            return
    raise SystemExit("no patient has two origins of one category")


def delete_row(result, _month):
    costs = open_table(result, "patient_cost")
    del costs.rows[len(costs.rows) // 2]
    costs.write()


def double_row(result, _month):
    costs = open_table(result, "patient_cost")
    costs.rows.append(costs.rows[len(costs.rows) // 2])
    costs.write()


def swap_service_items(result, _month):
    """One fen between two items of a pool."""
    items = open_table(result, "service_item_cost")
    for first in items.rows:
        others = [r for r in items.find(department=first["department"], pool=first["pool"])
                  if r is not first and fen(r["cost"]) > 1]
        if others and fen(first["cost"]) > 1:
            shift(first, "cost", -1)
            shift(others[0], "cost", 1)
            items.write()
            return
    raise SystemExit("no pool has two service items")


def move_fen_between_activities(result, _month):
    """One fen of what two activities of a department cost, and of what their use bore."""
    activities = open_table(result, "activities")
    for first in activities.rows:
        others = [r for r in activities.find(department=first["department"])
                  if r is not first and fen(r["used_cost"]) > 1]
        if others and fen(first["used_cost"]) > 1:
            for row, difference in ((first, -1), (others[0], 1)):
                shift(row, "cost", difference)
                shift(row, "used_cost", difference)
            activities.write()
            return
    raise SystemExit("no department has two activities")


def move_idle_cost(result, _month):
    """One fen of idle cost from one activity to another."""
    activities = open_table(result, "activities")
    first, second = [r for r in activities.rows if fen(r["idle_cost"]) > 1][:2]
    for row, difference in ((first, -1), (second, 1)):
        shift(row, "idle_cost", difference)
        shift(row, "used_cost", -difference)
    activities.write()


def swap_hospital_items(result, _month):
    items = open_table(result, "hospital_item_cost")
    first, second = [r for r in items.rows if fen(r["cost"]) > 1][:2]
    shift(first, "cost", -1)
    shift(second, "cost", 1)
    items.write()


def change_item_driver(_result, month):
    """Twice the minutes of an item that is used."""
    used = {r["service_item"] for r in Table(month / "charge_lines.csv").rows}
    drivers = Table(month / "item_drivers.csv")
    row = next(r for r in drivers.rows if r["service_item"] in used and
               r["item_driver"] == "analyser_minutes")
    row["value"] = str(decimal.Decimal(row["value"]) * 2)
    drivers.write()


def change_activity_reading(_result, month):
    readings = Table(month / "activity_readings.csv")
    row = next(r for r in readings.rows if r["resource_driver"] == "staff_hours")
    row["value"] = str(int(row["value"]) + 1)
    readings.write()


def retrace_cost(_result, month):
    """The traced cost of two items changes places."""
    traced = Table(month / "traced_costs.csv")
    first, second = traced.rows[:2]
    first["amount"], second["amount"] = second["amount"], first["amount"]
    traced.write()


def change_certificate(result, _month):
    path = result / "certificate.json"
    certificate = json.loads(path.read_text())
    shift(certificate["totals"]["by_category_fund"][0], "patients", 1)
    path.write_text(json.dumps(certificate, ensure_ascii=False))


def change_ledger(_result, month):
    ledger = Table(month / "ledger.csv")
    shift(ledger.rows[0], "amount", 1)
    ledger.write()


def change_quantity(result, month):
    """One more unit of a service that has cost."""
    costed = {(r["department"], r["service_item"])
              for r in open_table(result, "service_item_cost").find(pool="service")
              if fen(r["cost"]) > 0}
    lines = Table(month / "charge_lines.csv")
    row = next(r for r in lines.rows if re.fullmatch("[1-9][0-9]*", r["quantity"]) and
               (r["executing_department"], r["service_item"]) in costed)
    row["quantity"] = str(int(row["quantity"]) + 1)
    lines.write()


def add_file(result, _month):
    (result / "extra.csv").write_text("a\n1\n")


def remove_table(result, _month):
    (result / "gates.csv").unlink()


def break_csv(result, _month):
    path = result / "pools.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n") + b'\n"never closed,1\n')


# Name, forgery, whether the hashes can be sealed again, whether every sum still holds.
FORGERIES = [
    ("fen_between_two_patients", move_fen_between_patients, True, True),
    ("fen_between_two_components", move_fen_between_components, True, True),
    ("fen_between_two_service_items", swap_service_items, True, True),
    ("fen_between_two_activities", move_fen_between_activities, True, True),
    ("fen_of_idle_cost", move_idle_cost, True, True),
    ("fen_between_two_hospital_items", swap_hospital_items, True, True),
    ("item_driver_changed", change_item_driver, True, True),
    ("activity_reading_changed", change_activity_reading, True, True),
    ("traced_cost_changed", retrace_cost, True, True),
    ("certificate_figure_changed", change_certificate, True, True),
    ("charge_quantity_changed", change_quantity, True, True),
    ("ledger_amount_changed", change_ledger, True, False),
    ("row_deleted", delete_row, True, False),
    ("row_doubled", double_row, True, False),
    ("malformed_csv", break_csv, True, False),
    ("unknown_file_added", add_file, False, False),
    ("table_missing", remove_table, False, False),
]


class Bench:
    def __init__(self, yuanliu, verify, folder):
        self.verify_program = verify
        self.passed = 0
        self.failed = 0
        self.folder = folder
        demo = folder / "demo"
        self.run([yuanliu, "demo", demo, "--size", "clinic", "--months", "2", "--seed", "7"])
        months = sorted(p for p in demo.iterdir() if re.fullmatch(r"\d{4}-\d{2}", p.name))
        self.month = months[-1]
        self.rules = demo / "rules"
        self.result = folder / "result"
        self.run([yuanliu, "compute", self.month, "--rules", self.rules, "--out", self.result])

    @staticmethod
    def run(command):
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}")

    def verify(self, result, month, mode="--deep"):
        command = [self.verify_program, result, "--month", month, "--rules", self.rules, mode]
        return subprocess.run([str(part) for part in command], capture_output=True, text=True)

    def expect(self, name, holds, output=""):
        self.passed += 1 if holds else 0
        self.failed += 0 if holds else 1
        print(("PASS " if holds else "FAIL ") + name, flush=True)
        if not holds and output:
            print("    " + "\n    ".join(output.splitlines()[-15:]), flush=True)

    def expect_verdict(self, name, done, code, word):
        self.expect(name, done.returncode == code and word in done.stdout,
                    f"exit {done.returncode}\n{done.stdout}{done.stderr}")

    def forge(self, name, forgery, can_reseal, sums_hold):
        result = self.folder / "forged" / name / "result"
        month = self.folder / "forged" / name / self.month.name
        shutil.copytree(self.result, result)
        shutil.copytree(self.month, month)
        forgery(result, month)
        if can_reseal:
            reseal(result, month)
        if sums_hold:
            quick = self.verify(result, month, "--quick")
            self.expect_verdict(name + ": passes the quick check", quick, 0, "ACCEPTED")
        self.expect_verdict(name, self.verify(result, month), 1, "REFUSED")

    def judge_all(self):
        for mode in ("--deep", "--quick"):
            done = self.verify(self.result, self.month, mode)
            self.expect_verdict("unmodified accepted " + mode, done, 0, "ACCEPTED")
        copy = self.folder / "copy"
        shutil.copytree(self.result, copy)
        before = json.loads((copy / "certificate.json").read_text())
        self.expect("forger computes the same hashes", reseal(copy, self.month) == before)
        for name, forgery, can_reseal, sums_hold in FORGERIES:
            self.forge(name, forgery, can_reseal, sums_hold)
        again = self.verify(copy, self.month)
        self.expect_verdict("unmodified copy accepted again", again, 0, "ACCEPTED")


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(sys.argv[1], sys.argv[2], pathlib.Path(folder))
        bench.judge_all()
        print(f"{bench.passed} passed, {bench.failed} failed")
        return 0 if bench.failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
