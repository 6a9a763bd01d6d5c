#!/usr/bin/env python3
"""Jun97 end to end: a real-shaped month goes in, the cost of departments and patients comes out.

Why it exists: no answer is published for Jun97, so the engine is held to what must be true of any
answer (cost in = cost out, senders end empty), to a second writing from the documents (every
transfer and patient to the fen, and in fractions within the stated bound), and to the source's own
scheme, written again from its tables: mutual must be its two levels, reciprocal its rounds.

Use: jun97_test.py YUANLIU YUANLIU_VERIFY. The data is read from YUANLIU_SHARED_DATA (by default
../shared/data beside the repository); without it the test says so and exits 77 (skipped). Ends with
`N passed, M failed`.
"""
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
import convert  # noqa: E402
from plans import METHODS  # noqa: E402
from second_writing import SecondWriting, read_table, yuan  # noqa: E402
from source_answer import SourceAnswer  # noqa: E402
from source_tables import rounded  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("YUANLIU_SHARED_DATA", ROOT.parent / "shared" / "data"))
SOURCE = SHARED / "patient-level" / "clinical-costing-jun97"
LEDGER_CENTS = 106011547
EPISODES = {"inpatient": 404, "emergency": 613, "clinic": 375}


class Score:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, ok, detail=""):
        self.passed, self.failed = self.passed + bool(ok), self.failed + (not ok)
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else f': {detail}'}")


class Outcome:
    """One method: its result folder and the second writing of it."""

    def __init__(self, method, month, rules, result):
        self.method, self.result = method, result
        self.second = SecondWriting(month, rules)
        self.stages = len(self.second.plan.stages)
        self.totals = json.loads((result / "certificate.json").read_text("utf-8"))["totals"]
        self.cost = defaultdict(lambda: defaultdict(int))  # kind -> (department, item) -> fen
        for r in read_table(result, "department_cost"):
            self.cost[r["kind"]][r["department"], r["cost_item"]] += fen(r["cost"])
        self.patient = {r["encounter"]: fen(r["month_cost"])
                        for r in read_table(result, "patients")}
        self.unallocated = {r["department"]: fen(r["unallocated"])
                            for r in read_table(result, "pools") if fen(r["unallocated"])}

    def departments(self):
        """Before patients: what each department was booked and what its accounts received."""
        sums, senders = defaultdict(int), {s for stage in self.second.plan.stages[:-1]
                                           for s in stage.senders}
        for kind in ("direct", "received"):
            for (node, _), cents in self.cost[kind].items():
                department, _, suffix = node.partition(".")
                if node not in senders and department != "ev" and suffix != "no_rule":
                    sums[department] += cents
        return sums

    def exact_departments(self):
        sums = defaultdict(Fraction)
        for department, cells in self.second.plan.direct_cost().items():
            sums[department] += sum(cells.values())
        for (stage, _, giver, taker, _), near in self.second.exact.flow.items():
            if stage < self.stages:
                sums[giver.partition(".")[0]] -= near.amount
                sums[taker.partition(".")[0]] += near.amount
        return {d: c for d, c in sums.items() if c}


def fen(text):
    return int(Fraction(text) * 100)


def cents(value):
    return yuan(rounded(value))


def largest(pairs):
    """(largest deviation, with how much of its bound at most, how many are beyond it)"""
    pairs = list(pairs)
    return (max(off for off, _ in pairs), max(off / bound for off, bound in pairs if bound),
            sum(off > bound for off, bound in pairs))


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr)[-3000:]


# ---- checks --------------------------------------------------------------------------------------


def check_conversion(report, month, score):
    score.check("source ledger has 384 lines and sums to 1060115.474",
                (report["lines"], report["source_total"]) == (384, Fraction("1060115.474")),
                f"{report['lines']} lines, {report['source_total']}")
    score.check("distributed to 1060115.47, difference 0.004, no line off by a cent",
                (report["cents"], report["difference"]) == (LEDGER_CENTS, Fraction("0.004"))
                and report["largest"] < Fraction(1, 100),
                f"{report['cents']} {report['difference']}")
    sums = defaultdict(int)
    for r in read_table(month, "ledger"):
        sums[r["voucher"]] += fen(r["amount"])
    score.check("adjustments and invoices move, and add nothing",
                sums == {"GL": LEDGER_CENTS, "ADJ": 0, "FEED": 0}, dict(sums))
    rows = read_table(month, "encounters")
    kinds = {"inpatient": sum(r["kind"] == "inpatient" for r in rows),
             "emergency": sum(r["department"] == "ED" and r["kind"] == "outpatient" for r in rows)}
    kinds["clinic"] = len(rows) - sum(kinds.values())
    score.check(f"every episode is an encounter: {EPISODES}", kinds == EPISODES, kinds)


def check_conservation(outcome, month, score):
    name, totals, want = outcome.method, outcome.totals, yuan(LEDGER_CENTS)
    score.check(f"{name}: ledger = direct = {want}, also after each of {outcome.stages} stages",
                totals["ledger"] == totals["direct"] == want
                and totals["after_stages"] == [want] * outcome.stages, totals["after_stages"])
    parts = {k: fen(totals[k]) for k in ("patients", "parked", "unallocated", "excluded")}
    score.check(f"{name}: direct = patients {totals['patients']} + parked {totals['parked']} + "
                f"unallocated {totals['unallocated']}",
                sum(parts.values()) == LEDGER_CENTS and not parts["excluded"]
                and sum(outcome.patient.values()) == parts["patients"]
                and sum(outcome.unallocated.values()) == parts["unallocated"], parts)
    item_of = {r["account"]: r["cost_item"] for r in read_table(month, "account_map")}
    booked, full = defaultdict(int), defaultdict(int)
    for r in read_table(month, "ledger"):
        booked[item_of[r["account"]]] += fen(r["amount"])
    for (_, item), amount in outcome.cost["full"].items():
        full[item] += amount
    score.check(f"{name}: cost in = cost out in each of {len(booked)} cost items",
                {k: v for k, v in booked.items() if v} == {k: v for k, v in full.items() if v},
                (dict(booked), dict(full)))
    wrong = [r for r in totals["by_category_fund"]
             if fen(r["pools"]) != fen(r["patients"]) + fen(r["parked"]) + fen(r["unallocated"])]
    score.check(f"{name}: pools = patients + parked + unallocated in each of "
                f"{len(totals['by_category_fund'])} cost categories", not wrong, wrong)
    senders = {s for stage in outcome.second.plan.stages for s in stage.senders}
    holding = sorted({d for (d, _), c in outcome.cost["full"].items() if c and d in senders})
    score.check(f"{name}: {len(senders)} senders end with nothing", not holding, holding)


def check_second_writing(outcome, score):
    name, second = outcome.method, outcome.second
    faults = list(second.fens.faults())
    score.check(f"{name}: the second writing conserves cost itself", not faults, faults[:3])
    for table, rows, problem in second.differences(outcome.result):
        score.check(f"{name}: {table}.csv, {rows} rows, to the fen", not problem, problem)
    off, share, beyond = largest(second.transfer_deviations(read_table(outcome.result,
                                                                       "transfers")))
    score.check(f"{name}: transfers within the bound of the fractions, furthest {float(off):.3f} "
                f"fen, at most {float(share):.2f} of its bound", not beyond, beyond)
    if name == "reciprocal":
        worst = max(second.solution_deviations())
        score.check("reciprocal: each transfer of the exchange within one fen of the rational "
                    f"solution, furthest {float(worst):.3f}", worst < 1 + Fraction(1, 2**10), worst)
    patients = second.exact_patients()
    off, share, beyond = largest((abs(outcome.patient[e] - near.amount), near.off)
                                 for e, near in patients.items())
    score.check(f"{name}: {len(patients)} patients within the bound of the fractions, furthest "
                f"{float(off):.3f} fen, at most {float(share):.2f} of its bound",
                not beyond and set(patients) == {e for e, c in outcome.patient.items() if c},
                beyond)


def check_self_service(outcome, model, score):
    """What a department keeps turning over to itself is in its gross total (`pool`), in the share
    that the source's own weights say."""
    own = {}
    for node in model.passing:
        department, _, received = node.partition(".")
        of_attribute = {k: w for k, w in model.weights.items() if k[0] == model.driver_of(node)}
        itself = of_attribute.get((model.driver_of(node), department, "overheads"), 0)
        if received and itself:
            own[node] = Fraction(itself, sum(of_attribute.values()))
    gross, sent, beyond = defaultdict(int), defaultdict(int), []
    for r in read_table(outcome.result, "transfers"):
        if int(r["stage"]) == outcome.stages - 1:
            cell = r["sender"], r["cost_item"], r["origin"]
            gross[cell], sent[cell] = fen(r["pool"]), sent[cell] + fen(r["cost"])
    turned = {cell: gross[cell] - sent[cell] for cell in gross}
    for cell, amount in turned.items():
        if abs(amount - gross[cell] * own.get(cell[0], Fraction(0))) > 1:
            beyond.append((cell, amount))
    sums = {n: yuan(sum(a for c, a in turned.items() if c[0] == n)) for n in sorted(own)}
    score.check(f"reciprocal: gross totals hold the own use of {sums}, of all others none",
                own and not beyond and all(s != "0.00" for s in sums.values()), beyond[:3])


def check_source(outcomes, answer, score):
    """mutual, unrounded, is the source's two levels; reciprocal is where its rounds lead."""
    mutual, patients = outcomes["mutual"], outcomes["mutual"].second.exact_patients()
    theirs = answer["two levels"]
    ours = {e: near.amount for e, near in patients.items() if near.amount}
    score.check(f"mutual without rounding = the source's two levels, in {len(ours)} patients: "
                "distance 0", ours == {e: c for e, c in theirs.episode.items() if c},
                [e for e in ours if ours[e] != theirs.episode[e]][:5])
    departments = {d: c for d, c in theirs.departments().items() if c}
    got = mutual.exact_departments()
    score.check(f"and in {len(departments)} departments: distance 0", got == departments,
                sorted(d for d in {*got, *departments} if got.get(d) != departments.get(d)))
    lost = {f"{d}.no_rule": int(c) for (d, _), c in theirs.no_rule.items()}
    score.check("what reaches no patient is what the source has no rule for, in all methods",
                all(o.unallocated == lost for o in outcomes.values()) and not any(
                    theirs.no_event.values()), (lost, mutual.unallocated))
    theirs = answer["rounds"]
    exact = outcomes["reciprocal"].second.exact_patients()
    furthest = max(abs(near.amount - theirs.episode[e]) for e, near in exact.items())
    score.check(f"reciprocal without rounding is where the source's rounds lead: after "
                f"{theirs.count} rounds {float(theirs.left):.2f} cents are left, no patient is "
                f"further off than {float(furthest):.4f} cents", furthest <= theirs.left, furthest)
    exact = outcomes["reciprocal"].exact_departments()
    gaps = [abs(exact[d] - c) for d, c in theirs.departments().items()
            if d not in theirs.source.grouping and d in exact]
    score.check(f"nor any of {len(gaps)} departments than {float(max(gaps)):.4f} cents",
                max(gaps) <= theirs.left, max(gaps))


# ---- figures -------------------------------------------------------------------------------------


def plain_mutual(answer, model):
    """Without accounts of their own for what overhead departments receive: nobody serves himself,
    and what they receive goes on by level-1 weights. Returns the distance to the two levels."""
    weights = defaultdict(lambda: defaultdict(Fraction))
    for (a, d, _), w in model.weights.items():
        weights[a][d] += w
    held = SourceAnswer(answer.source).departments()
    senders, gifts = model.first, defaultdict(Fraction)

    def give(sender, amount, targets):
        whole = sum(targets.values())
        for d, w in targets.items():
            gifts[d] += amount * w / whole

    for s, attribute in senders.items():
        bases = {d: w for d, w in weights[attribute].items() if w and d != s}
        give(s, held.pop(s, Fraction(0)), bases)
    received = {s: gifts.pop(s, Fraction(0)) for s in senders}
    for s, attribute in senders.items():
        give(s, received[s], {d: w for d, w in weights[attribute].items()
                              if w and d not in senders})
    gap = {d: abs(held.get(d, 0) + gifts[d] - c) for d, c in answer.departments().items()
           if d not in senders}
    return sum(gap.values()) / 2, max(gap, key=gap.get), max(gap.values())


def print_departments(outcomes, answer, model):
    print("\ndepartment   " + "".join(f"{m:>13}" for m in METHODS)
          + "   the source: two levels      rounds")
    columns = {m: o.departments() for m, o in outcomes.items()}
    theirs = {k: a.departments() for k, a in answer.items()}
    order = sorted(columns["mutual"], key=lambda d: -columns["mutual"][d])
    for d in order:
        if any(columns[m][d] for m in METHODS):
            print(f"{d:<12} " + "".join(f"{yuan(columns[m][d]):>13}" for m in METHODS)
                  + f"{cents(theirs['two levels'][d]):>26}{cents(theirs['rounds'][d]):>12}")
    print(f"{'all':<12} " + "".join(f"{yuan(sum(columns[m].values())):>13}" for m in METHODS))
    for m in METHODS:
        for name, answers in theirs.items():
            gap = {d: abs(columns[m][d] - answers[d]) for d in order}
            worst = max(gap, key=gap.get)
            print(f"{m:<10} and the source's {name:<10} place {cents(sum(gap.values()) / 2):>9} "
                  f"differently, at most {cents(gap[worst])} in one department ({worst})")
    moved, worst, most = plain_mutual(answer["two levels"], model)
    print(f"mutual between plain departments (no accounts, no self-service) would place "
          f"{cents(moved)} differently from the two levels, at most {cents(most)} ({worst})")


def print_coverage(outcomes, report, answer, month):
    kind_of = {r["encounter"]: "inpatient" if r["kind"] == "inpatient" else
               "emergency" if r["department"] == "ED" else "clinic"
               for r in read_table(month, "encounters")}
    print("\nreached        " + "".join(f"{m:>13}" for m in METHODS))
    for kind, number in EPISODES.items():
        sums = [sum(c for e, c in outcomes[m].patient.items() if kind_of[e] == kind)
                for m in METHODS]
        print(f"{number:>4} {kind:<10}" + "".join(f"{yuan(s):>13}" for s in sums))
    lost = outcomes["mutual"].unallocated
    print(f"unallocated    " + "".join(f"{o.totals['unallocated']:>13}"
                                       for o in outcomes.values()))
    for pool, amount in sorted(lost.items()):
        department = pool.partition(".")[0]
        types = [t for (d, t) in answer["two levels"].no_rule if d == department]
        print(f"   {department} {yuan(amount)}: the model distributes no {', '.join(types)} of it "
              "(booked beyond the itemised invoices)")
    share = Fraction(fen(outcomes["mutual"].totals["patients"]), LEDGER_CENTS) * 10**4
    print(f"{yuan(rounded(share))} % of cost reached patients, parked 0.00")
    exact = SourceAnswer(report["source"], whole_cents=False).two_levels().to_patients()
    gap = max(abs(c - answer["two levels"].episode[e]) for e, c in exact.episode.items())
    print(f"cents instead of the source's thousandths change no patient by more than "
          f"{float(gap):.3f} cents\n")


def compute(method, programs, scratch, score):
    month, rules, result = (scratch / n for n in ("month", f"rules-{method}", f"result-{method}"))
    code, said = run(programs[0], "compute", month, "--rules", rules, "--out", result)
    score.check(f"{method}: compute exits 0", code == 0, f"exit {code}: {said}")
    if code:
        return None
    code, said = run(programs[1], result, "--month", month, "--rules", rules, "--deep")
    score.check(f"{method}: yuanliu-verify --deep accepts", code == 0, f"exit {code}: {said}")
    return Outcome(method, month, rules, result)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    if not SOURCE.is_dir():
        print(f"SKIPPED: the Jun97 data is not at {SOURCE}; set YUANLIU_SHARED_DATA")
        return 77
    score = Score()
    with tempfile.TemporaryDirectory(prefix="yuanliu-jun97-") as folder:
        scratch = Path(folder)
        report = convert.convert(SOURCE, scratch)
        convert.print_reconciliation(report)
        check_conversion(report, scratch / "month", score)
        outcomes = {m: compute(m, arguments, scratch, score) for m in METHODS}
        for outcome in filter(None, outcomes.values()):
            check_conservation(outcome, scratch / "month", score)
            check_second_writing(outcome, score)
        if all(outcomes.values()):
            answer = {"two levels": SourceAnswer(report["source"]).two_levels().to_patients(),
                      "rounds": SourceAnswer(report["source"]).rounds().to_patients()}
            check_self_service(outcomes["reciprocal"], report["model"], score)
            check_source(outcomes, answer, score)
            print_departments(outcomes, answer, report["model"])
            print_coverage(outcomes, report, answer, scratch / "month")
    print(f"{score.passed} passed, {score.failed} failed")
    return 1 if score.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
