#!/usr/bin/env python3
"""Random small hospitals: engine, oracle and verifier must agree on every move to the fen.

Why it exists: docs/collection.md is implemented three times without shared code; where two differ,
one of them or the page is wrong. Compared: the whole of moves.csv, collected.csv,
cost_attributes.csv and cost_scopes.csv, the direct cost of departments, the certificate's totals, and which warnings are given; a month that stops must
stop for the reason that the oracle finds.
Use: collection_test.py YUANLIU YUANLIU_VERIFY [FIRST_SEED COUNT]. Ends with `N passed, M failed`.
"""
import csv
import json
import random
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

sys.dont_write_bytecode = True
import sample  # noqa: E402
from arithmetic import read_table, scaled, yuan  # noqa: E402
from collection_hospitals import RandomHospital  # noqa: E402
from collection_steps import Collection, Refused  # noqa: E402

SEEDS = sample.of(300)
WARNINGS = {"move_matches_nothing", "move_fell_back", "move_only_metered", "metered_above_bill",
            "staff_without_time", "move_base_differs"}
TABLES = ("departments cost_items accounts account_map ledger driver_readings payroll staff_time "
          "assets").split()


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-1500:]


def rows_of(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        return sorted(csv.reader(stream))


def compared(name, got, want):
    got, want = sorted(map(tuple, got)), sorted(tuple(map(str, r)) for r in want)
    if got != want:
        return (f"{name}: the oracle alone has {[x for x in want if x not in got][:3]}, the engine "
                f"alone {[x for x in got if x not in want][:3]}")
    return ""


def judge_result(folder, oracle, findings):
    result = folder / "result"
    wrong = [compared(name, rows_of(result, name), [header.split(","), *want])
             for name, header, want in (
        ("moves.csv", "rule,voucher,line,entry,department,cost_item,fund_source,to_department,"
         "to_cost_item,to_fund_source,reason,by,driver,base,base_total,pool,amount", oracle.rows),
        ("collected.csv", "department,cost_item,fund_source,booked,moved_out,moved_in,direct,"
         "calculated", oracle.collected()))]
    costs = [r for r in rows_of(result, "department_cost.csv") if r[0] != "department"]
    wrong.append(compared("cost_attributes.csv", rows_of(result, "cost_attributes.csv"), [
        "department,cost_item,fund_source,full,fixed,variable,controllable,capital".split(","),
        *oracle.attributes(costs)]))
    wrong.append(compared("cost_scopes.csv", rows_of(result, "cost_scopes.csv"), [
        "department,kind,cost_category,medical_business,medical,medical_full,hospital".split(","),
        *oracle.scopes(costs)]))
    direct = [(r[0], *r[2:4], r[5]) for r in rows_of(result, "department_cost.csv")
              if r[1] == "direct"]
    wrong.append(compared("direct cost", direct,
                          [(*cell, yuan(fen)) for cell, fen in oracle.direct().items()]))
    totals = json.loads((result / "certificate.json").read_text("utf-8"))["totals"]
    if scaled(totals["excluded"], 2) != oracle.excluded_lines + oracle.out:
        wrong.append(f"excluded {totals['excluded']} is not {oracle.excluded_lines + oracle.out}")
    said = {f["code"] for f in findings} & WARNINGS
    if said != oracle.warnings:
        wrong.append(f"warnings {said} are not {oracle.warnings}")
    return [w for w in wrong if w]


def differences(seed, yuanliu, verify, folder, counts):
    hospital = RandomHospital(random.Random(seed))
    month, rules = hospital.write(folder)
    moves = tomllib.loads((rules / "collection.toml").read_text("utf-8"))
    table = {name: read_table(month, name) for name in TABLES}
    refused, oracle = "", None
    try:
        oracle = Collection(table, moves, hospital.period)
    except Refused as reason:
        refused = str(reason)
    code, said = run(yuanliu, "compute", month, "--rules", rules, "--out", folder / "result",
                     "--findings", folder / "findings.json", "--lang", "en")
    found = json.loads((folder / "findings.json").read_text("utf-8"))["findings"]
    stops = {f["code"] for f in found if f["severity"] == "stop"}
    if refused or stops:
        counts["refused"] += 1
        return [] if refused in stops and code == 1 else [f"the oracle says {refused or 'nothing'},"
                                                          f" the engine {stops} ({code}): {said}"]
    if code:
        return [f"compute exits {code}: {said}"]
    wrong = judge_result(folder, oracle, found)
    counts["rows"] += len(oracle.rows)
    for row in oracle.rows:
        counts[row[11]] = counts.get(row[11], 0) + 1
    for mode in ("--deep", "--quick"):
        code, said = run(verify, folder / "result", "--month", month, "--rules", rules, mode)
        if code:
            wrong.append(f"yuanliu-verify {mode} refuses: {said}")
    return wrong


def main(arguments):
    yuanliu, verify = arguments[:2]
    first, count = (int(a) for a in arguments[2:4]) if len(arguments) > 3 else (1, SEEDS)
    failed, counts = 0, {"refused": 0, "rows": 0}
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            wrong = differences(seed, yuanliu, verify, Path(folder), counts)
        failed += bool(wrong)
        if wrong:
            print(f"seed {seed}: " + "\n  ".join(wrong))
    print(f"{counts}")
    missing = {"share", "driver", "metered", "payroll", "staff_time", "assets"} - set(counts)
    if missing and count >= 100:
        print(f"no hospital had a move by {sorted(missing)}")
        failed += 1
    print(f"{count - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
