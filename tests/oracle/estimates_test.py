#!/usr/bin/env python3
"""Estimates of one month are taken back by the next, to the fen, and moved by its rules.

Why it exists: docs/collection.md §9. Two random months of one hospital; some lines of the first are
estimates. The oracle adds the reversals to the second month's ledger by itself, and everything must
agree with the engine; the verifier must accept the chain, and refuse it when the estimates are left
out. Use: estimates_test.py YUANLIU YUANLIU_VERIFY. Ends with `N passed, M failed`.
"""
import csv
import json
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

sys.dont_write_bytecode = True
import sample  # noqa: E402
from arithmetic import read_table  # noqa: E402
from collection_hospitals import RandomHospital  # noqa: E402
from collection_steps import Collection, Refused  # noqa: E402
from collection_test import TABLES, judge_result  # noqa: E402

SEEDS = sample.of(40)


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-1500:]


def reversed_rows(ledger, estimates, period):
    rows = []
    for r in ledger:
        if (r["voucher"], r["line"]) in estimates:
            amount = r["amount"]
            rows.append({**r, "voucher": "~" + r["voucher"], "booking_period": period,
                         "amount": amount[1:] if amount.startswith("-") else "-" + amount})
    return rows


def compute(yuanliu, month, rules, folder):
    return run(yuanliu, "compute", month, "--rules", rules, "--out", folder / "result",
               "--findings", folder / "findings.json", "--lang", "en")


def two_months(seed, folder, yuanliu):
    """The hospital with its first month computed, or None when its moves are refused."""
    hospital = RandomHospital(random.Random(seed))
    first, rules = hospital.write(folder / "one")
    ledger = read_table(first, "ledger")
    estimates = {(r["voucher"], r["line"]) for r in ledger if hospital.rng.random() < 0.5}
    if not estimates:
        return None
    with (first / "estimates.csv").open("w", encoding="utf-8", newline="") as stream:
        stream.write("voucher,line\n")
        csv.writer(stream, lineterminator="\n").writerows(sorted(estimates))
    if compute(yuanliu, first, rules, folder / "one")[0]:
        return None
    hospital.period = "2026-04"
    hospital.ledger = hospital.ledger[:1] + hospital.ledger[::-1]
    second, rules = hospital.write(folder / "two")
    shutil.copytree(folder / "one" / "result" / "closing", second / "prior")
    return hospital, ledger, estimates, second, rules


def differences(seed, yuanliu, verify, folder):
    made = two_months(seed, folder, yuanliu)
    if made is None:
        return None
    hospital, ledger, estimates, second, rules = made
    table = {name: read_table(second, name) for name in TABLES}
    table["ledger"] += reversed_rows(ledger, estimates, hospital.period)
    try:
        oracle = Collection(table, tomllib.loads((rules / "collection.toml").read_text("utf-8")),
                            hospital.period)
    except Refused:
        return None
    code, said = compute(yuanliu, second, rules, folder / "two")
    if code:
        return [f"compute exits {code}: {said}"]
    found = json.loads((folder / "two" / "findings.json").read_text("utf-8"))["findings"]
    wrong = judge_result(folder / "two", oracle, found)
    for mode in ("--deep", "--quick"):
        code, said = run(verify, folder / "two" / "result", "--month", second, "--rules", rules,
                         mode, "--previous", folder / "one" / "result")
        if code:
            wrong.append(f"yuanliu-verify {mode} refuses: {said}")
    (second / "prior" / "estimates.csv").unlink()
    code, said = compute(yuanliu, second, rules, folder / "none")
    if code != 1 or "prior_differs_from_result" not in said:
        wrong.append(f"without the estimates compute exits {code}: {said}")
    code, _ = run(verify, folder / "two" / "result", "--month", second, "--rules", rules)
    if code != 1:
        wrong.append("yuanliu-verify accepts a month without the estimates of the month before")
    return wrong


def main(arguments):
    yuanliu, verify = arguments[:2]
    passed = failed = 0
    for seed in range(1, SEEDS + 1):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            for name in ("one", "two", "none"):
                (folder / name).mkdir()
            wrong = differences(seed, yuanliu, verify, folder)
        if wrong is None:
            continue
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print(f"seed {seed}: " + "\n  ".join(wrong))
    if passed + failed < SEEDS // 4:
        print("too few hospitals had estimates")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
