#!/usr/bin/env python3
"""Random small hospitals: engine, oracle and verifier must write and accept the same bytes.

Why it exists: docs/service-items.md is implemented three times without shared code; where two
differ, one of them or the page is wrong.
Use: items_test.py YUANLIU YUANLIU_VERIFY [FIRST_SEED COUNT]. Ends with `N passed, M failed`.
"""
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import sample  # noqa: E402
from costing_steps import Allocation, Month, Patients  # noqa: E402
from item_hospitals import METHODS, Hospital  # noqa: E402
from payment_steps import Bonus, Cases  # noqa: E402
from step_by_step import write_result  # noqa: E402

SEEDS = sample.of(80)


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-1500:]


def compute_again(month_dir, rules_dir, out):
    month = Month(month_dir, rules_dir)
    allocation = Allocation(month)
    patients = Patients(month, allocation)
    patients.whole_stays()
    cases = Cases(month, patients)
    return write_result(out, month, allocation, patients, cases, Bonus(month, cases.found))


def differences(seed, yuanliu, verify, folder, seen):
    hospital = Hospital(random.Random(seed))
    month, rules = hospital.write(folder)
    seen |= set(hospital.method.values())
    code, said = run(yuanliu, "compute", month, "--rules", rules, "--out", folder / "result",
                     "--lang", "en")
    if code:
        return f"compute exits {code}: {said}"
    names = compute_again(month, rules, folder / "oracle")
    for name in names:
        got, want = (folder / "result" / name).read_bytes(), (folder / "oracle" / name).read_bytes()
        if got != want:
            got, want = got.decode().splitlines(), want.decode().splitlines()
            return (f"{name}: the oracle alone has {[x for x in want if x not in got][:3]}, the "
                    f"engine alone {[x for x in got if x not in want][:3]}")
    code, said = run(verify, folder / "result", "--month", month, "--rules", rules)
    return f"yuanliu-verify refuses: {said}" if code else ""


def main(arguments):
    yuanliu, verify = arguments[:2]
    first, count = (int(a) for a in arguments[2:4]) if len(arguments) > 3 else (1, SEEDS)
    failed, seen = 0, set()
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory(prefix="yuanliu-items-") as scratch:
            detail = differences(seed, yuanliu, verify, Path(scratch), seen)
        failed += bool(detail)
        if detail:
            print(f"FAIL hospital {seed}: {detail}")
    missing = set(METHODS) - seen if sample.WHOLE else set()
    print(f"{'FAIL' if missing else 'PASS'} methods met: {', '.join(sorted(seen))}")
    failed += bool(missing)
    print(f"{count + 1 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
