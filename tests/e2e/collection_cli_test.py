"""Why this file: moves on the demonstration hospital, from the command line: the power bill by meters
first, a ward that serves another, a trial kept out by name, estimates. What explain tells must sum
to the figure down to voucher lines, and one fen moved by a forger who computes all hashes anew must
be refused (docs/collection.md).

usage: collection_cli_test.py YUANLIU YUANLIU_VERIFY
"""
import json
import subprocess
import sys

import forgery_test as forger
import hospital

RULES = """schema = "yuanliu.collection/1"
version = "t"
hospital_accounts = ["5301*"]

[[attribute]]
cost_categories = ["staff"]
variable = "0.3"
controllable = true
capital = false

[[move]]
name = "power, metered users first"
departments = ["P002"]
drivers = ["area_m2"]
receivers = ["class:administrative", "class:auxiliary", "class:medical_technology", "class:clinical"]
metered = "power_kwh"
tariff = "0.04"

[[move]]
name = "nurses of C002 serve C003 too"
departments = ["C002"]
cost_items = ["1001"]
table = "staff_time"

[[move]]
name = "trial"
departments = ["C002"]
cost_categories = ["materials"]
share = "0.05"
to = [ { out = "GCP" } ]
"""


TABLES = ["moves", "collected", "cost_attributes", "cost_scopes"]


def fen(text):
    return round(float(text) * 100)


def judge_explanation(suite, yuanliu, result, month, rules):
    """The parts of each figure sum to it, and the lines of each part to the part."""
    wrong, ledger = [], set()
    for cell in ("department:C002", "department:C003:1001", "department:P002", "pool:C002:service",
                 "department:M001"):
        done = yuanliu.run("explain", result, "--cell", cell, "--month", month, "--rules", rules,
                           "--json")
        if done.returncode:
            wrong.append(f"{cell}: {done.stderr[-300:]}")
            continue
        told = json.loads(done.stdout)
        if sum(fen(p["amount"]) for p in told["parts"]) != fen(told["total"]):
            wrong.append(f"{cell}: parts do not sum to {told['total']}")
        for part in told["parts"]:
            if part["kind"] in ("moved_in", "moved_out", "ledger"):
                if sum(fen(line["amount"]) for line in part["lines"]) != fen(part["amount"]):
                    wrong.append(f"{cell}: lines of {part['label']}")
                ledger |= {(part["kind"], line["file"]) for line in part["lines"]}
    suite.expect("explanations sum, down to voucher lines", not wrong and
                 {("moved_in", "ledger.csv"), ("moved_out", "ledger.csv")} <= ledger, wrong or ledger)
    done = yuanliu.run("explain", result, "--cell", "department:C003:1001", "--month", month,
                       "--rules", rules, "--lang", "zh")
    suite.expect("an explanation names the way in Chinese", "重分类转入" in done.stdout and
                 "工时" in done.stdout, done.stdout[-600:])


def move_fen(result, _month):
    """One fen of a split from one receiver to another, in every table that shows direct cost."""
    moves = forger.open_table(result, "moves")
    rows = [r for r in moves.rows if r["rule"] == "1" and r["by"] == "metered"]
    collected = forger.open_table(result, "collected")
    for row, difference in ((rows[0], -1), (rows[1], 1)):
        forger.shift(row, "amount", difference)
        cell = collected.find(department=row["to_department"], cost_item=row["to_cost_item"],
                              fund_source=row["to_fund_source"])[0]
        forger.shift(cell, "moved_in", difference)
        forger.shift(cell, "direct", difference)
    moves.write()
    collected.write()


def move_scope(result, _month):
    scopes = forger.open_table(result, "cost_scopes")
    row = scopes.find(department="C002", kind="full", cost_category="staff")[0]
    forger.shift(row, "medical_business", -1)
    scopes.write()


def move_attribute(result, _month):
    table = forger.open_table(result, "cost_attributes")
    row = next(r for r in table.rows if fen(r["variable"]) > 1)
    forger.shift(row, "variable", -1)
    forger.shift(row, "fixed", 1)
    table.write()


def change_time(_result, month):
    times = forger.Table(month / "staff_time.csv")
    times.rows[0]["minutes"] = str(int(times.rows[0]["minutes"]) + 1)
    times.write()


def judge_forgeries(suite, verify, scratch, month, rules, result):
    forger.RESULT_TABLES = forger.RESULT_TABLES + TABLES + ["closing/estimates"]
    for forge in (None, move_fen, move_scope, move_attribute, change_time):
        copy = hospital.Folder(scratch / f"forged-{forge}", month, rules)
        forged = scratch / f"result-{forge}"
        subprocess.run(["cp", "-r", result, forged], check=True)
        if forge:
            forge(forged, copy.month)
        forger.reseal(forged, copy.month)
        done = subprocess.run([verify, forged, "--month", copy.month, "--rules", copy.rules],
                              capture_output=True, text=True, check=False)
        name = forge.__name__ if forge else "an unmodified, resealed copy"
        suite.expect(f"{name} is {'refused' if forge else 'accepted'}",
                     done.returncode == (1 if forge else 0), done.stdout[-800:] + done.stderr)


def test(suite, yuanliu, verify, scratch):
    month = yuanliu.demo(scratch / "demo")[0]
    rules = scratch / "demo" / "rules"
    (rules / "collection.toml").write_text(RULES, "utf-8")
    (month / "staff_time.csv").write_text(
        "unit,code,department,activity,minutes\ndepartment,C002,C002,ward,7000\n"
        "department,C002,C003,ward,2500\ndepartment,C002,C002,teaching,500\n", "utf-8")
    ledger = (month / "ledger.csv").read_text("utf-8").splitlines()[1].split(",")
    (month / "estimates.csv").write_text(f"voucher,line\n{ledger[0]},{ledger[1]}\n", "utf-8")
    result = scratch / "result"
    done = yuanliu.compute(month, rules, result)
    suite.expect("computed", done.returncode == 0, done.stderr[-1500:])
    for mode in ("--deep", "--quick"):
        done = subprocess.run([verify.path, result, "--month", month, "--rules", rules, mode],
                              capture_output=True, text=True, check=False)
        suite.expect(f"yuanliu-verify {mode} accepts", done.returncode == 0, done.stdout[-1500:])
    judge_explanation(suite, yuanliu, result, month, rules)
    judge_forgeries(suite, verify.path, scratch, month, rules, result)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
