#!/usr/bin/env python3
"""Golden cases: figures that come from outside the engine, and must be reached.

Why it exists: an engine that agrees with itself proves nothing. Every folder tests/golden/*/* is
one case (month/, rules/, expected/). The case is computed, and compared in one of two ways:
  expected/department_full.csv, transfers.csv   published figures, each row with its own tolerance;
  expected/item_units.csv, activities.csv       published unit costs of items, idle capacity;
  expected/result/**.csv                        whole tables, byte for byte, from tests/oracle.
A case that restates a published example has source.json: where the shared data are present
(YUANLIU_SHARED_DATA), inputs and expected rows are proven to be the source's own figures, none
more, none less.

Use: golden_test.py YUANLIU YUANLIU_VERIFY. Ends with `N passed, M failed`; exits 1 on a failure.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True
from item_golden import compare_activities, compare_units, prove_items  # noqa: E402

HERE = Path(__file__).resolve().parent
ORACLE = HERE.parent / "oracle" / "step_by_step.py"
SHARED = Path(os.environ.get("YUANLIU_SHARED_DATA", HERE.parents[2] / "shared" / "data"))


class Score:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, ok, detail=""):
        self.passed, self.failed = self.passed + bool(ok), self.failed + (not ok)
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + detail}")
        return ok


def read_table(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def run(command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-2000:]


def compare_published(case, name, result, score):
    """`*` as department or receiver stands for all of them."""
    full, sent = defaultdict(Decimal), defaultdict(Decimal)
    for row in read_table(result / "department_cost.csv"):
        if row["kind"] == "full":
            full[row["department"]] += Decimal(row["cost"])
            full["*"] += Decimal(row["cost"])
    for row in read_table(result / "transfers.csv"):
        sent[row["sender"], row["receiver"]] += Decimal(row["cost"])
        sent[row["sender"], "*"] += Decimal(row["cost"])
    for row in read_table(case / "expected" / "department_full.csv"):
        got, want = full[row["department"]], Decimal(row["cost"])
        score.check(f"{name}: full cost of {row['department']} is {got}, expected {want} "
                    f"+- {row['tolerance']}",
                    abs(got - want) <= Decimal(row["tolerance"]), f"off by {got - want}")
    for row in read_table(case / "expected" / "transfers.csv"):
        got, want = sent[row["sender"], row["receiver"]], Decimal(row["cost"])
        score.check(f"{name}: {row['sender']} -> {row['receiver']} is {got}, expected {want} "
                    f"+- {row['tolerance']}", abs(got - want) <= Decimal(row["tolerance"]),
                    f"off by {got - want}")
    compare_gross_totals(case, name, result, score)


def compare_gross_totals(case, name, result, score):
    """What a sender passed on in all, its own use included: the pools of its cells."""
    wanted = case / "expected" / "gross_totals.csv"
    if not wanted.exists():
        return
    pools = {(r["sender"], r["cost_item"], r["fund_source"], r["origin"], r["pass"]):
             Decimal(r["pool"]) for r in read_table(result / "transfers.csv")}
    for row in read_table(wanted):
        got = sum(pool for cell, pool in pools.items() if cell[0] == row["sender"])
        want = Decimal(row["cost"])
        score.check(f"{name}: gross total of {row['sender']} is {got}, expected {want} "
                    f"+- {row['tolerance']}", abs(got - want) <= Decimal(row["tolerance"]),
                    f"off by {got - want}")


def first_difference(want, got):
    want, got = want.decode().splitlines(), got.decode().splitlines()
    missing, extra = [x for x in want if x not in set(got)], [x for x in got if x not in set(want)]
    return f"missing {missing[:3]}, unexpected {extra[:3]} ({len(missing)} and {len(extra)} rows)"


def compare_exactly(case, name, result, score, label="reaches"):
    tables = sorted((case / "expected" / "result").rglob("*.csv"))
    for table in tables:
        relative = table.relative_to(case / "expected" / "result")
        got = result / relative
        same = got.exists() and got.read_bytes() == table.read_bytes()
        detail = first_difference(table.read_bytes(),
                                  got.read_bytes()) if got.exists() else "no such table"
        rows = len(table.read_bytes().splitlines()) - 1
        score.check(f"{name}: {label} {relative} ({rows} rows)", same, detail)
    return tables


def published_rows(published):
    """The source's expected block as {department: figure}, {(sender, receiver): figure} and
    {sender: gross total}."""
    full, sent, gross = {}, {}, {}
    for key, value in published.items():
        if isinstance(value, dict) and "->" in key:
            sent.update({(key.split("->")[0], receiver): v for receiver, v in value.items()})
        elif isinstance(value, dict):
            full.update({"*" if k == "hospital" else k: v for k, v in value.items()})
        elif "->" in key:
            sent[tuple(key.split("->"))] = value
        elif key.endswith(" pool"):
            sent[key.removesuffix(" pool"), "*"] = value
        elif key.endswith(" total"):
            gross[key.removesuffix(" total")] = value
        else:
            full[key] = value
    return full, sent, gross


def prove_restatement(case, name, score):
    source = json.loads((case / "source.json").read_text(encoding="utf-8"))
    path = SHARED / "cases" / "textbook-allocation.json"
    if not path.exists():
        print(f"NOTE {name}: {path} is not here, so the restatement is not proven")
        return
    cases = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    book = next(c for c in cases if c["id"] == source["case"])
    if "units" in source:
        prove_items(case, name, book, score)
        return
    published = book["expected"][source["expected"]] if source["expected"] else book["expected"]
    full, sent, gross = published_rows(published)
    unit = Decimal(source["unit"])
    rows = read_table(case / "expected" / "department_full.csv")
    kept = {r["department"]: Decimal(r["cost"]) for r in rows if Decimal(r["tolerance"])}
    score.check(f"{name}: expected department costs are the source's",
                kept == {k: v * unit for k, v in full.items()},
                f"{kept} against {full}")
    rows = read_table(case / "expected" / "transfers.csv")
    moved = {(r["sender"], r["receiver"]): Decimal(r["cost"]) for r in rows}
    score.check(f"{name}: expected transfers are the source's",
                moved == {k: v * unit for k, v in sent.items()},
                f"{moved} against {sent}")
    totals = case / "expected" / "gross_totals.csv"
    kept = {r["sender"]: Decimal(r["cost"]) for r in read_table(totals)} if totals.exists() else {}
    near = all(abs(kept[k] - v * unit) < Decimal("0.01") for k, v in gross.items() if k in kept)
    score.check(f"{name}: expected gross totals are the source's",
                kept.keys() == gross.keys() and near, f"{kept} against {gross}")
    direct = book.get("direct_cost") or {**book["support"], **book["operating"]}
    booked = defaultdict(Decimal)
    for row in read_table(case / "month" / "ledger.csv"):
        booked[row["department"]] += Decimal(row["amount"])
    score.check(f"{name}: ledger is the source's direct cost",
                booked == {k: v * unit for k, v in direct.items() if v}, f"{dict(booked)}")
    if "usage_pct" in book:
        usage = {(s, d): v for s, shares in book["usage_pct"].items() for d, v in shares.items()}
        key = lambda r: (r["sender"], r["department"])  # noqa: E731
    else:
        usage = {(x, d): v for x, shares in book["drivers"].items() for d, v in shares.items()}
        key = lambda r: (r["driver"], r["department"])  # noqa: E731
    read = {key(r): Decimal(r["value"]) for r in read_table(case / "month" / "driver_readings.csv")}
    score.check(f"{name}: driver readings are the source's", read == usage,
                f"{read} against {usage}")


def run_case(case, yuanliu, verify, score, scratch):
    name = str(case.relative_to(HERE))
    month, rules, result = case / "month", case / "rules", scratch / "result"
    code, said = run([yuanliu, "compute", month, "--rules", rules, "--out", result])
    if not score.check(f"{name}: computes", code == 0, f"exit {code}: {said}"):
        return
    if (case / "expected" / "department_full.csv").exists():
        compare_published(case, name, result, score)
    if (case / "expected" / "item_units.csv").exists():
        compare_units(case, name, result, score)
        compare_activities(case, name, result, score)
    if compare_exactly(case, name, result, score):
        again = scratch / "oracle"
        code, said = run([sys.executable, ORACLE, "compute", month, "--rules", rules, "--out",
                          again])
        score.check(f"{name}: oracle runs", code == 0, said)
        compare_exactly(case, name, again, score, "expected is what the oracle writes:")
    code, said = run([verify, result, "--month", month, "--rules", rules, "--deep"])
    score.check(f"{name}: yuanliu-verify --deep accepts", code == 0, f"exit {code}: {said}")
    if (case / "source.json").exists():
        prove_restatement(case, name, score)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    score = Score()
    cases = sorted(p.parent for p in HERE.glob("*/*/month") if p.is_dir())
    score.check(f"{len(cases)} golden cases found", cases, "none below tests/golden")
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="yuanliu-golden-") as scratch:
            run_case(case, *arguments, score, Path(scratch))
    print(f"{score.passed} passed, {score.failed} failed")
    return 1 if score.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
