#!/usr/bin/env python3
"""The pieces of docs/collection.md §11, as they stand there, on a tiny month worked by hand.

Why it exists: a template that people copy must do what is written beside it. Every ```toml block of
§11 is computed alone; its `moves.csv` must have exactly the rows below, which are the arithmetic of
the page, and the direct cost of departments must be what is left. A block without figures here, or
figures without a block, fails.
Use: odd_costs_test.py YUANLIU YUANLIU_VERIFY. Ends with `N passed, M failed`.
"""
import csv
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
from hospital_folder import Hospital  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
GCP = "GCP 2026-07: 申办方承担"

# ledger: voucher, department, cost item, amount. moves: rule, voucher, department, cost item,
# to department, reason, base, base total, pool, amount. direct: department, cost item, amount.
CASES = {
    "consigned": {
        "ledger": [("CS1", "A001", "2002", "9900.01"), ("J1", "A001", "2002", "7.00")],
        "readings": [("consigned_use", "", "C001", "5000"), ("consigned_use", "", "C002", "2500"),
                     ("consigned_use", "", "C003", "2500")],
        "moves": [("1", "CS1", "A001", "2002", "C001", "", "5000", "10000", "9900.01", "4950.01"),
                  ("1", "CS1", "A001", "2002", "C002", "", "2500", "10000", "9900.01", "2475.00"),
                  ("1", "CS1", "A001", "2002", "C003", "", "2500", "10000", "9900.01", "2475.00")],
        "direct": [("A001", "2002", "7.00"), ("C001", "2002", "4950.01"),
                   ("C002", "2002", "2475.00"), ("C003", "2002", "2475.00")]},
    "sent-out tests": {
        "ledger": [("SO1", "A001", "7008", "1234.56"), ("J1", "M001", "7008", "10.00")],
        "readings": [],
        "moves": [("1", "SO1", "A001", "7008", "M001", "", "1", "1", "1234.56", "1234.56")],
        "direct": [("M001", "7008", "1244.56")]},   # 10.00 of its own + 1,234.56
    "check-ups": {
        "ledger": [("TJ1", "A001", "7008", "333.33")],
        "readings": [],
        "moves": [("1", "TJ1", "A001", "7008", "C003", "", "0.9", "1", "333.33", "300.00"),
                  ("1", "TJ1", "A001", "7008", "", "体检: 经营活动单独核算", "0.1", "1", "333.33",
                   "33.33")],
        "direct": [("C003", "7008", "300.00")]},
    "internet hospital": {
        "ledger": [("NET1", "A001", "7007", "100.00"), ("J1", "A001", "7007", "1.00")],
        "readings": [("online_visits", "", "C001", "1"), ("online_visits", "", "C002", "2")],
        "moves": [("1", "NET1", "A001", "7007", "C001", "", "1", "3", "100.00", "33.33"),
                  ("1", "NET1", "A001", "7007", "C002", "", "2", "3", "100.00", "66.67")],
        "direct": [("A001", "7007", "1.00"), ("C001", "7007", "33.33"), ("C002", "7007", "66.67")]},
    "clinical trial": {
        "ledger": [("GCP1", "C001", "2003", "80.00"), ("J1", "C001", "2003", "20.00"),
                   ("J2", "M001", "2004", "7777.77")],
        "readings": [],
        # 7,777.77 × 0.015 = 116.66655, taken as 116.67 (half away from zero).
        "moves": [("1", "GCP1", "C001", "2003", "", GCP, "1", "1", "80.00", "80.00"),
                  ("2", "J2", "M001", "2004", "", GCP, "1", "1", "116.67", "116.67")],
        "direct": [("C001", "2003", "20.00"), ("M001", "2004", "7661.10")]},
    "borrowed beds": {
        "ledger": [("J1", "C001", "1001", "1000.00"), ("J2", "C001", "4001", "50.00")],
        "readings": [("bed_days", "C001", "C001", "700"), ("bed_days", "C001", "C002", "100")],
        # 1,000.00 × 1/8 = 125.00; 50.00 × 1/8 = 6.25.
        "moves": [("1", "J1", "C001", "1001", "C001", "", "700", "800", "1000.00", "875.00"),
                  ("1", "J1", "C001", "1001", "C002", "", "100", "800", "1000.00", "125.00"),
                  ("1", "J2", "C001", "4001", "C001", "", "700", "800", "50.00", "43.75"),
                  ("1", "J2", "C001", "4001", "C002", "", "100", "800", "50.00", "6.25")],
        "direct": [("C001", "1001", "875.00"), ("C001", "4001", "43.75"),
                   ("C002", "1001", "125.00"), ("C002", "4001", "6.25")]},
}


class TinyHospital(Hospital):
    def __init__(self, case):
        super().__init__("2026-09")
        self.departments = {"A001": "administrative", "M001": "medical_technology",
                            "C001": "clinical", "C002": "clinical", "C003": "clinical"}
        self.items = {"1001": "staff", "2002": "materials", "2003": "materials",
                      "2004": "materials", "4001": "depreciation", "7007": "other_operating",
                      "7008": "other_operating"}
        self.readings = list(case["readings"])
        self.drivers = sorted({r[0] for r in case["readings"]} | {"headcount"})
        self.booked = case["ledger"]
        self.readings.append(("headcount", "", "C001", "1"))
        self.rules["stage"] = [{  # offices by heads, so that the month can be computed to its end
            "name": "administrative", "senders": ["class:administrative"],
            "receivers": ["class:clinical"], "before_items": True,
            "rule": [{"senders": ["*"], "cost_categories": ["*"], "drivers": ["headcount"]}]}]

    def tables(self):
        rows = super().tables()
        rows["ledger"] = [(voucher, "1", self.period, self.period, "5001." + item, department,
                           "basic", amount, "") for voucher, department, item, amount in self.booked]
        return rows


def pieces():
    """Name and text of each block of §11."""
    text = (ROOT / "docs" / "collection.md").read_text("utf-8").split("\n## 11.")[1]
    text = text.split("\n## ")[0]
    return dict(re.findall(r"```toml\n# odd cost: (.+?)\n(.*?)```", text, re.S))


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-1500:]


def differences(name, piece, yuanliu, verify, folder):
    case = CASES[name]
    month, rules = TinyHospital(case).write(folder)
    (rules / "collection.toml").write_text(
        'schema = "yuanliu.collection/1"\nversion = "1"\n\n' + piece, "utf-8")
    result = folder / "result"
    code, said = run(yuanliu, "compute", month, "--rules", rules, "--out", result, "--lang", "en")
    if code:
        return [f"compute exits {code}: {said}"]
    wrong = []
    moves = sorted((r["rule"], r["voucher"], r["department"], r["cost_item"], r["to_department"],
                    r["reason"], r["base"], r["base_total"], r["pool"], r["amount"])
                   for r in rows_of(result / "moves.csv"))
    if moves != sorted(case["moves"]):
        wrong.append(f"moves.csv has {moves}")
    direct = sorted((r["department"], r["cost_item"], r["cost"])
                    for r in rows_of(result / "department_cost.csv") if r["kind"] == "direct")
    if direct != sorted(case["direct"]):
        wrong.append(f"direct cost is {direct}")
    code, said = run(verify, result, "--month", month, "--rules", rules, "--deep")
    if code:
        wrong.append(f"yuanliu-verify refuses: {said}")
    return wrong


def main(arguments):
    if len(arguments) != 2:
        print(__doc__)
        return 2
    found = pieces()
    passed = failed = 0
    for name in sorted(CASES.keys() | found.keys()):
        if name not in CASES or name not in found:
            wrong = ["it stands on one side only: docs/collection.md §11, or the figures here"]
        else:
            with tempfile.TemporaryDirectory() as folder:
                wrong = differences(name, found[name], *arguments, Path(folder))
        passed, failed = passed + (not wrong), failed + bool(wrong)
        print(("FAIL " if wrong else "PASS ") + name + "".join("\n  " + w for w in wrong))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
