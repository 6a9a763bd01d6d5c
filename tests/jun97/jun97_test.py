#!/usr/bin/env python3
"""Jun97 end to end: a real-shaped ledger goes in, department cost and overheads come out.

Why it exists: no answer is published for Jun97, so the engine is held to what must be true of any
answer (cost in = cost out, senders end empty) and to a second step-down written here from
docs/method.md: once with unrounded fractions, once with the documented rounding, which must be met
to the fen in every single transfer.

Use: jun97_test.py YUANLIU YUANLIU_VERIFY. The data is read from YUANLIU_SHARED_DATA (by default
../shared/data beside the repository); without it the test says so and exits 77 (skipped). Ends with
`N passed, M failed`.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
import convert  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("YUANLIU_SHARED_DATA", ROOT.parent / "shared" / "data"))
SOURCE = SHARED / "patient-level" / "clinical-costing-jun97"
LEDGER_CENTS = 106011547


class Score:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, ok, detail=""):
        self.passed, self.failed = self.passed + bool(ok), self.failed + (not ok)
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else f': {detail}'}")


def read_table(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def fen(text):
    return int(Fraction(text) * 100)


def yuan(value):
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"


def run(command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-3000:]


# ---- the step-down once more ---------------------------------------------------------------------


def apportion(total, bases):
    """docs/method.md §1: floors, then one fen each to the largest remainders (ties: larger base,
    smaller key)."""
    sign, size, whole = (-1 if total < 0 else 1), abs(total), sum(bases.values())
    floors = {key: size * base // whole for key, base in bases.items()}
    left = size - sum(floors.values())
    ranked = sorted(bases,
                    key=lambda key: (-(size * bases[key] % whole), -bases[key], key.encode()))
    return {key: sign * (floors[key] + (key in ranked[:left])) for key in bases}


def exact(total, bases):
    whole = sum(bases.values())
    return {key: Fraction(total) * base / whole for key, base in bases.items()}


def step_down(month, rules, split):
    """Final cells {department: {(item, fund, origin): amount}} and every transfer. The plan has one
    rule and one driver a stage and only the origins `direct` and `administrative`, so no more is
    read."""
    item_of = {r["account"]: r["cost_item"] for r in read_table(month / "account_map.csv")}
    cells, moves = defaultdict(lambda: defaultdict(int)), {}
    for r in read_table(month / "ledger.csv"):
        cells[r["department"]][item_of[r["account"]], r["fund_source"],
                               "direct"] += fen(r["amount"])
    readings = defaultdict(dict)
    for r in read_table(month / "driver_readings.csv"):
        readings[r["driver"], r["sender"]][r["department"]] = int(Fraction(r["value"]) * 10**4)
    plan = tomllib.loads((rules / "allocation.toml").read_text(encoding="utf-8"))
    for index, stage in enumerate(plan["stage"], start=1):
        driver = stage["rule"][0]["drivers"][0]
        for sender in stage["senders"]:
            known = readings.get((driver, sender)) or readings[driver, ""]
            bases = {r: known[r] for r in stage["receivers"] if known.get(r)}
            sums = defaultdict(int)
            for (item, fund, _), amount in cells.pop(sender, {}).items():
                sums[item, fund, stage["name"]] += amount
            for cell, amount in sums.items():
                for receiver, share in split(amount, bases).items() if amount else ():
                    cells[receiver][cell] += share
                    if share:
                        moves[index, sender, receiver, *cell] = (amount, share)
    return cells, moves


def two_level_answer(report):
    """What the source's own scheme gives, unrounded: level 1 lets every overhead department serve
    all that have a weight, itself included; level 2 passes what was received on to the others. For
    comparison only."""
    source = convert.Source(SOURCE)
    weights = convert.attribute_weights(source, {})
    own, received = defaultdict(Fraction), defaultdict(Fraction)
    for r in source.costs:
        own[source.grouping.get(r["department_code"], r["department_code"])] += Fraction(r["cost"])
    for a in source.adjustments:
        own[a["from_department_code"]] -= Fraction(a["amount"])
        own[a["to_department_code"]] += Fraction(a["amount"])
    senders = report["attribute_of"]
    first = {s: own.pop(s, Fraction(0)) for s in senders}
    for sender, attribute in senders.items():
        bases = {d: w for (a, d), w in weights.items() if a == attribute and w}
        for receiver, share in exact(first[sender], bases).items():
            received[receiver] += share
    second = {s: received.pop(s, Fraction(0)) for s in senders}
    for sender, attribute in senders.items():
        bases = {d: w for (a, d), w in weights.items() if a == attribute and w and d not in senders}
        for receiver, share in exact(second[sender], bases).items():
            received[receiver] += share
    return {d: own.get(d, Fraction(0)) + received.get(d, Fraction(0)) for d in {*own, *received}}


# ---- the checks ----------------------------------------------------------------------------------


def check_conversion(report, month, score):
    score.check("source ledger has 384 lines and sums to 1060115.474",
                (report["lines"], report["source_total"]) == (384, Fraction("1060115.474")),
                f"{report['lines']} lines, {report['source_total']}")
    score.check("distributed to 1060115.47, difference 0.004, no line off by a cent",
                (report["cents"], report["difference"]) == (LEDGER_CENTS, Fraction("0.004"))
                and report["largest"] < Fraction(1, 100),
                f"{report['cents']} {report['difference']}")
    score.check("adjustments move, and add nothing", report["adjusted"] == 0, report["adjusted"])
    booked = sum(fen(r["amount"]) for r in read_table(month / "ledger.csv"))
    score.check("month ledger sums to 1060115.47", booked == LEDGER_CENTS, booked)


def check_certificate(result, score):
    totals = json.loads((result / "certificate.json").read_text(encoding="utf-8"))["totals"]
    want = yuan(LEDGER_CENTS)
    score.check(f"certificate: ledger = direct = {want}",
                totals["ledger"] == totals["direct"] == want, totals)
    score.check(f"certificate: {want} after each of 8 stages", totals["after_stages"] == [want] * 8,
                totals["after_stages"])
    rest = (totals["excluded"], totals["patients"], totals["parked"], totals["unallocated"])
    score.check("certificate: no patients yet, so all cost is unallocated to patients",
                rest == ("0.00", "0.00", "0.00", want), rest)


def check_departments(result, month, rules, senders, score):
    full, received = defaultdict(int), defaultdict(int)
    for r in read_table(result / "department_cost.csv"):
        full[r["department"]] += fen(r["cost"]) if r["kind"] == "full" else 0
        received[r["department"]] += fen(r["cost"]) if r["kind"] == "received" else 0
    holding = [d for d in senders if full.get(d, 0)]
    score.check(f"{len(senders)} overhead departments end with nothing", not holding, holding)
    out = sum(full.values())
    score.check(f"cost in = cost out: {yuan(out)}", out == LEDGER_CENTS, yuan(out))
    rows = read_table(result / "transfers.csv")
    key = lambda r: (int(r["stage"]),
                     *(r[c] for c in ("sender", "receiver", "cost_item", "fund_source",
                                      "origin")))  # noqa: E731
    got = {key(r): (fen(r["pool"]), fen(r["cost"])) for r in rows}
    cells, moves = step_down(month, rules, apportion)
    wrong = sorted(str(k) for k in {*got, *moves} if got.get(k) != moves.get(k))
    score.check(f"all {len(moves)} transfers meet the documented rounding", not wrong
                and len(rows) == len(got),
                f"{len(wrong)} differ, first {wrong[:3]}")
    mine = {d: sum(parts.values()) for d, parts in cells.items() if sum(parts.values())}
    score.check(f"{len(mine)} final departments as recomputed",
                mine == {d: v for d, v in full.items() if v},
                sorted(d for d in {*mine, *full} if mine.get(d, 0) != full.get(d, 0)))
    unrounded, _ = step_down(month, rules, exact)
    into, worst = defaultdict(int), (Fraction(0), "")
    for r in rows:
        into[r["receiver"]] += 1
    far = []
    for department in {*unrounded, *full} - set(senders):
        off = abs(full[department] - sum(unrounded[department].values(), Fraction(0)))
        worst = max(worst, (off, department))
        far += [department] if off > into[department] else []
    score.check("each department within one fen a transfer of the unrounded step-down, furthest "
                f"{worst[1]} by {convert.decimal(convert.rounded(worst[0] * 100), 2)} fen",
                not far, far)
    return full, received


def print_figures(report, full, received):
    print("\ndepartment         full cost    of it overhead   two-level scheme of the source")
    theirs = two_level_answer(report)
    for department in sorted(full, key=lambda d: -received[d] if full[d] else 1)[:12]:
        other = yuan(convert.rounded(theirs.get(department, Fraction(0)) * 100))
        ours = f"{yuan(full[department]):>15} {yuan(received[department]):>17}"
        print(f"{department:<12} {ours} {other:>18}")
    gap = {d: abs(Fraction(full.get(d, 0), 100) - v) for d, v in theirs.items()}
    furthest = max(gap, key=gap.get)
    moved = yuan(convert.rounded(sum(gap.values()) / 2 * 100))
    print(f"step-down and two-level exchange place {moved} differently, at most "
          f"{yuan(convert.rounded(gap[furthest] * 100))} in one department ({furthest})\n")


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    if not SOURCE.is_dir():
        print(f"SKIPPED: the Jun97 data is not at {SOURCE}; set YUANLIU_SHARED_DATA")
        return 77
    yuanliu, verify = arguments
    score = Score()
    with tempfile.TemporaryDirectory(prefix="yuanliu-jun97-") as scratch:
        month, rules, result = (Path(scratch) / n for n in ("month", "rules", "result"))
        report = convert.convert(SOURCE, scratch)
        convert.print_reconciliation(report)
        check_conversion(report, month, score)
        code, said = run([yuanliu, "compute", month, "--rules", rules, "--out", result])
        score.check("compute exits 0", code == 0, f"exit {code}: {said}")
        if code == 0:
            senders = [*report["grouping"], *report["order"]]
            check_certificate(result, score)
            figures = check_departments(result, month, rules, senders, score)
            code, said = run([verify, result, "--month", month, "--rules", rules, "--deep"])
            score.check("yuanliu-verify --deep accepts", code == 0, f"exit {code}: {said}")
            print_figures(report, *figures)
    print(f"{score.passed} passed, {score.failed} failed")
    return 1 if score.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
