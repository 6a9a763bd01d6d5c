#!/usr/bin/env python3
"""The engine against the independent reading of docs/allocation.md, on hospitals made by chance.

Why it exists: every method of the page, with all its options, on hundreds of hospitals nobody chose.
transfers.csv and department_cost.csv must be, row for row, what the reading to the fen says; each
amount must be within the bound of §7 of the reading in fractions; a faulty plan must be refused by
the name of its fault. The reading in fractions itself must reach published answers, where the shared
reference data are present (YUANLIU_SHARED_DATA).

Use: allocation_test.py YUANLIU YUANLIU_VERIFY [--seed N] [--count N] [--keep DIR] [--plain]
                        [--unverified]
  --plain       only hospitals that need no method, for an engine from before there were any
  --unverified  leaves yuanliu-verify out, which else judges one result in six
Ends with `N passed, M failed`; exits 1 on a failure.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
import sample  # noqa: E402
from allocation_methods import FenByFen  # noqa: E402
from allocation_plan import Plan, Refused  # noqa: E402
from arithmetic import read_table, yuan  # noqa: E402
from exact_methods import Unrounded  # noqa: E402
from random_hospitals import METHODS, plan_of, random_hospital  # noqa: E402
from refused_hospitals import (FAULTS, FOUND_ON_THE_WAY, HARMLESS, harmless_hospital,  # noqa: E402
                               refused_hospital)
from textbook_methods import hospices, published  # noqa: E402

SHARED = os.environ.get("YUANLIU_SHARED_DATA")
VERIFY_EVERY = 6


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def stops(said):
    """The findings that stopped a run, or else all it said."""
    lines = said.splitlines()
    return " | ".join([x for x in lines if x.startswith("stop ")][:3] or lines[-5:])


def differences(name, want, got):
    want, got = Counter(map(tuple, want)), Counter(map(tuple, got))
    missing, extra = sorted((want - got).elements()), sorted((got - want).elements())
    if missing or extra:
        yield (f"{name}: {len(missing)} rows missing, {len(extra)} unexpected; first missing "
               f"{missing[:2]}, first unexpected {extra[:2]}")


def deviations(plan, fens):
    """(label, deviation, bound) of each transfer and balance: fen against fractions."""
    exact = Unrounded(plan, fens.kept)
    method = {stage.index: stage for stage in plan.stages}
    moved = Counter()
    for row in fens.transfers:
        moved[row["stage"], row["pass"], row["sender"], row["receiver"], row["cell"]] += row["fen"]
    for key in set(moved) | set(exact.flow):
        near = exact.flow[key]
        yield method[key[0]].method, abs(moved[key] - near.amount), near.off
    for department in set(fens.held) | set(exact.held):
        for cell in set(fens.held[department]) | set(exact.held[department]):
            near = exact.held[department][cell]
            fen = fens.held[department][cell]
            yield "balances", abs(fen - near.amount), near.off


def fine_deviations(fens):
    """§4: each transfer of a cell within a fen of the solution of its own equations."""
    for found in fens.details.values():
        for (s, t), fine in found["fine"].items():
            exact = found["exact"][s] * Fraction(found["shares"][s][t], 2**56)
            yield "fine flows", abs(Fraction(fine, 2**20) - exact), Fraction(1, 2**10)


def circle_faults(fens):
    """§4.5: every flow is its floor or ceiling, and so is what each receiver gets."""
    for (_, cell), found in fens.details.items():
        fine, whole = defaultdict(int), defaultdict(int)
        for (s, t), fen in found["whole"].items():
            for key in ((s, t), t):
                fine[key] += found["fine"][s, t]
                whole[key] += fen
        senders = set(found["exact"])
        for key, fen in whole.items():
            if key not in senders and not fine[key] // 2**20 <= fen <= -(-fine[key] // 2**20):
                yield f"{key} of {cell} is {fen}, but {float(fine[key] / 2**20)} before rounding"


def residual_differences(result, plan, fens):
    """iteration_residual states what iterative stages still held before their last pass."""
    name = {stage.index: stage.name for stage in plan.stages}
    want = [(name[index], yuan(fen)) for index, fen in fens.residual.items() if fen]
    findings = json.loads((result / "findings.json").read_text(encoding="utf-8"))["findings"]
    got = [f["arguments"][:2] for f in findings if f["code"] == "iteration_residual"]
    return differences("iteration_residual", want, got)


def judge(folder, programs, verify, plain=False):
    """Problems, and {label: (compared, largest deviation, largest share of its bound)}"""
    month, rules = folder / "month", folder / "rules"
    plan = Plan.of_folders(month, rules)
    fens = FenByFen(plan)
    problems, seen = [*fens.faults(), *circle_faults(fens)], {}
    for label, off, bound in [*deviations(plan, fens), *fine_deviations(fens)]:
        count, most, share = seen.get(label, (0, 0, 0))
        if off > bound:
            problems.append(f"{label}: off by {float(off)} fen, allowed are {float(bound)}")
        part = off / bound if bound else 0
        seen[label] = (count + 1, max(most, off), max(share, part))
    result = folder / "result"
    code, said = run(programs[0], "compute", month, "--rules", rules, "--out", result)
    if code:
        return [*problems, f"exit {code}: {stops(said)}"], seen
    rows = [list(r.values()) for r in read_table(result, "transfers")]
    want = fens.transfer_rows()
    if plain and rows and len(rows[0]) == len(want[0]) - 1:  # from before there were passes
        want = [row[:-1] for row in want]
    problems += differences("transfers.csv", want, rows)
    rows = [list(r.values()) for r in read_table(result, "department_cost")]
    problems += differences("department_cost.csv", fens.department_rows(), rows)
    problems += residual_differences(result, plan, fens)
    if verify:
        code, said = run(programs[1], result, "--month", month, "--rules", rules, "--deep")
        problems += [f"yuanliu-verify: exit {code}: {said[-600:]}"] if code else []
    return problems, seen


def judge_refusal(name, hospital, codes, month, rules, programs):
    if set(codes) & set(FOUND_ON_THE_WAY):
        try:
            FenByFen(plan_of(hospital))
            return [f"the oracle does not find {codes}"]
        except Refused as refusal:
            if refusal.code not in codes:
                return [f"the oracle finds {refusal}"]
    findings = Path(month).parent / "findings.json"
    code, said = run(programs[0], "compute", month, "--rules", rules, "--out",
                     Path(month).parent / "result", "--findings", findings)
    if not code:
        return [f"computed, but must be refused by {' or '.join(codes)}"]
    if not findings.exists():
        return [f"exit {code} without findings: {stops(said)}"]
    found = {f["code"] for f in json.loads(findings.read_text(encoding="utf-8"))["findings"]
             if f["severity"] == "stop"}
    return [] if found & set(codes) else [f"stopped by {sorted(found)}, not by {codes}"]


def one(task):
    """Runs in a process of its own; never raises."""
    name, seed, refused, plain, programs, verified, keep = task
    verified = verified and seed % VERIFY_EVERY == 0
    with tempfile.TemporaryDirectory(prefix="yuanliu-oracle-") as scratch:
        folder = Path(keep, f"{name}-{seed}".replace(" ", "_")) if keep else Path(scratch)
        try:
            if refused:
                hospital, codes = refused_hospital(name, seed)
                month, rules = hospital.write(folder)
                return task, judge_refusal(name, hospital, codes, month, rules, programs), {}
            hospital = (harmless_hospital(name, seed) if name in HARMLESS else
                        random_hospital(name, seed, plain)[0])
            hospital.write(folder)
            return task, *judge(folder, programs, verified, plain)
        except Exception:  # a fault of the test is a failure too, with its hospital's seed
            return task, [traceback.format_exc()], {}


def published_problems():
    """(number of published figures compared, what differs)"""
    folder = Path(SHARED or "", "cases")
    book, reports = folder / "textbook-allocation.json", folder / "medicare-hospice-stepdown.jsonl"
    if not SHARED or not book.exists() or not reports.exists():
        print("SKIP published answers: YUANLIU_SHARED_DATA is not set, or cases/ lacks "
              f"{book.name} or {reports.name}")
        return 0, []
    problems, count = [], 0
    for what, got, want, tolerance in published(json.loads(book.read_text(encoding="utf-8"))):
        count += 1
        if abs(Fraction(got) - Fraction(str(want))) > tolerance:
            problems.append(f"{what} is {float(got)}, published {want} +- {float(tolerance)}")
    cells, wrong = hospices(map(json.loads, reports.read_text(encoding="utf-8").splitlines()))
    print(f"{'FAIL' if problems else 'PASS'} {count} figures of textbooks")
    print(f"{'FAIL' if wrong else 'PASS'} {cells} cells of cost reports, to the dollar")
    return count + cells, problems + wrong


def report(done):
    """Prints each method's counts and largest deviation; gives the number of failures."""
    hospitals, failed, seen = Counter(), Counter(), defaultdict(lambda: (0, 0, 0))
    for (name, seed, refused, *_), problems, deviation in done:
        kind = "refused" if refused else "harmless" if name in HARMLESS else name
        hospitals[kind] += 1
        failed[kind] += bool(problems)
        for problem in problems[:4]:
            print(f"FAIL {name}, seed {seed}: {problem}")
        for label, (count, most, share) in deviation.items():
            label = f"{label} ({name})" if "form" in name else label
            old = seen[label]
            seen[label] = (old[0] + count, max(old[1], most), max(old[2], share))
    for kind, count in hospitals.items():
        print(f"{'FAIL' if failed[kind] else 'PASS'} {kind}: {count - failed[kind]} of {count} "
              "hospitals")
    for label, (count, most, share) in sorted(seen.items()):
        print(f"  {label}: {count} figures, at most {float(most):.6f} fen from exact, "
              f"{float(share):.4f} of what is allowed")
    return sum(failed.values()), sum(hospitals.values())


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("yuanliu")
    parser.add_argument("verify")
    parser.add_argument("--seed", type=int, default=20260301)
    parser.add_argument("--count", type=int, default=sample.of(22), help="hospitals of each kind")
    parser.add_argument("--keep", help="leave the hospitals and results in this new folder")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--unverified", action="store_true")
    chosen = parser.parse_args(arguments)
    programs = (chosen.yuanliu, chosen.verify)
    kinds = METHODS[:1] if chosen.plain else METHODS
    seeds = range(chosen.seed, chosen.seed + chosen.count)
    more = (chosen.plain, programs, not chosen.unverified, chosen.keep)
    tasks = [(kind, s, False, *more) for kind in kinds for s in seeds]
    if not chosen.plain:
        tasks += [(name, s, name in FAULTS, *more) for name in [*HARMLESS, *FAULTS]
                  for s in list(seeds)[:3]]
    print(f"seeds {seeds[0]} to {seeds[-1]}")
    published_count, wrong = published_problems()
    for problem in wrong:
        print(f"FAIL {problem}")
    with ProcessPoolExecutor(2) as pool:
        failed, count = report(list(pool.map(one, tasks, chunksize=8)))
    print(f"{count - failed + published_count - len(wrong)} passed, {failed + len(wrong)} failed")
    return 1 if failed + len(wrong) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
