#!/usr/bin/env python3
"""Layers and scopes of hospitals made by chance: every method, negative amounts, circles, exceptions.

Why it exists: by way of what cost came is derived from the transfers (docs/allocation.md §8), and what is management's
is told from origin and class (docs/reports.md §1). On hospitals nobody chose, every cell of both reports is derived a
second time, and the layers of an origin must be the full cost of that origin.

Use: layers_test.py YUANLIU YUANLIU_VERIFY [FIRST_SEED COUNT]. Ends with `N passed, M failed`.
"""
import collections
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import layer_steps  # noqa: E402
import sample  # noqa: E402
from arithmetic import read_rules  # noqa: E402
from random_hospitals import METHODS, random_hospital  # noqa: E402
from report_sheets import Books, Sheets, fen, sections_of  # noqa: E402

SEEDS = sample.of(3)


def by_origin(books, found):
    """What is wrong: origins whose layers aren't their full cost."""
    sums = collections.Counter()
    for (d, item, fund), layers in found.items():
        for (origin, _), amount in layers.items():
            sums[(d, item, fund, origin)] += amount
    for row in books.costs:
        if row["kind"] == "full":
            sums[(row["department"], row["cost_item"], row["fund_source"], row["origin"])] -= fen(row["cost"])
    return [(key, amount) for key, amount in sums.items() if amount]


def report(yuanliu, folder, *options):
    return subprocess.run([yuanliu, "report", folder / "result", "--lang", "zh", "--format", "csv", *options],
                          capture_output=True, text=True, check=False)


def differences(kind, seed, yuanliu, folder, seen):
    month, rules = random_hospital(kind, seed)[0].write(folder)
    done = subprocess.run([yuanliu, "compute", month, "--rules", rules, "--out", folder / "result", "--lang", "en"],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        return f"compute exits {done.returncode}: {(done.stdout + done.stderr)[-800:]}"
    books = Books(folder / "result", month)
    found = layer_steps.follow(books.costs, books.transfers, read_rules(rules, "allocation"), books.departments)
    if wrong := by_origin(books, found):
        return f"the oracle's layers aren't full cost: {wrong[:3]}"
    whole = Sheets(books, "hospital_full")
    jobs = [("layers", "hospital_full", whole.layers(found)), ("transfers", "hospital_full", whole.transfers())]
    business = Sheets(books, "medical_business")
    line = business.total
    kept = sum(line.full(books, d) - line.direct(books, d) for d in books.departments)
    if kept == 0:
        jobs.append(("transfers", "medical_business", business.transfers()))
        jobs.append(("layers", "medical_business", business.layers(found)))
    else:  # administrative cost under another origin
        seen["plans that hide administration"] += 1
        if report(yuanliu, folder, "--kind", "transfers", "--scope", "medical_business").returncode != 1:
            return "a plan that hides administrative cost is not refused in medical business cost"
    for name, scope, expected in jobs:
        done = report(yuanliu, folder, "--kind", name, "--scope", scope)
        if done.returncode:
            return f"{name} {scope} exits {done.returncode}: {done.stderr[-800:]}"
        for section, rows in zip(sections_of(done.stdout), expected, strict=True):
            if section[1:] != rows:
                wrong = [f"printed {a}\nderived {b}" for a, b in zip(section[1:], rows) if a != b]
                return f"{name} {scope}: {len(section) - 1} rows for {len(rows)}\n" + "\n".join(wrong[:3])
            seen["rows"] += len(rows)
    seen["layers with carriers"] += sum(bool(k[1]) for layers in found.values() for k in layers)
    seen["layers of both signs"] += sum(min(layers.values()) < 0 < max(layers.values()) for layers in found.values())
    return ""


def main(arguments):
    yuanliu = arguments[0]
    first, count = (int(a) for a in arguments[2:4]) if len(arguments) > 3 else (1, SEEDS)
    failed, seen = 0, collections.Counter()
    for kind in METHODS:
        for seed in range(first, first + count):
            with tempfile.TemporaryDirectory(prefix="yuanliu-layers-") as scratch:
                detail = differences(kind, seed, yuanliu, Path(scratch), seen)
            failed += bool(detail)
            if detail:
                print(f"FAIL {kind}, hospital {seed}: {detail}")
    rare = [name for name in ("rows", "layers with carriers", "layers of both signs") if not seen[name]]
    print(f"{'FAIL' if rare else 'PASS'} met: {dict(seen)}")
    print(f"{len(METHODS) * count + 1 - failed - bool(rare)} passed, {failed + bool(rare)} failed")
    return 1 if failed or rare else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
