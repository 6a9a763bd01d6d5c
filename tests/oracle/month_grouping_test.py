#!/usr/bin/env python3
"""Random months grouped by two catalogues: the engine against the second writing, the verifier
against both, and `predischarge` against its page (docs/grouping.md §10, §11).

Why it exists: a month's groups decide what is paid; grouping.csv must hold what the second writing
answers for the cases that the month was made from, cases.csv must be paid by the figures of these
groups, and a stay's choices must be those of its record. Ends with `N passed, M failed`.
Use: month_grouping_test.py YUANLIU YUANLIU_VERIFY.
"""
import collections
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
import grouping_compare  # noqa: E402
from arithmetic import rounded  # noqa: E402
import sample  # noqa: E402
from grouping_record import Case  # noqa: E402
from month_grouping import RandomMonth  # noqa: E402

MONTHS = sample.of(6)
LAST_DAY = 30
STATUS = {"grouped": "grouped", "ungrouped": "ungrouped", "ambiguous": "ungrouped",
          "failed_checks": "uncoded"}


def table(path, key="encounter"):
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return {row[key]: row for row in csv.DictReader(stream)}


def fen(text):
    return int(Fraction(text) * 100)


def points_of(score, reference, charge):
    """docs/method.md §7 with the example's policy: coefficient 1, low 0.5 inclusive, high 2."""
    ratio = Fraction(charge, reference)
    points = score if Fraction(1, 2) < ratio <= 2 else score * ratio if ratio <= Fraction(1, 2) \
        else score * (ratio - 1)
    return rounded(max(Fraction(0), points) * 10_000)


def paid(points):
    return rounded(Fraction(points, 10_000) * 2 * 100)  # two yuan a point


class Judged:
    """One month, computed and verified, beside what the second writing says."""

    def __init__(self, folder, seed, programs):
        self.made = RandomMonth(folder, seed)
        self.result = Path(folder) / "result"
        self.yuanliu, self.verify = programs
        self.done = self.run("compute", self.made.month, "--rules", self.made.rules, "--out",
                             self.result, "--lang", "en")
        if self.done.returncode:
            return
        self.groupers = {"employee": grouping_compare.grouper_of(self.made.rules / "dip/random"),
                         "self_paying": grouping_compare.grouper_of(self.made.rules / "drg")}
        self.patients = table(self.result / "patients.csv")
        self.answers = table(self.result / "grouping.csv")
        self.cases = table(self.result / "cases.csv")

    def run(self, *arguments):
        return subprocess.run([str(self.yuanliu), *map(str, arguments)], capture_output=True,
                              text=True, check=False)

    def differences(self, seen):
        wrong = []
        for encounter, (payer, case, is_open, _) in self.made.cases.items():
            if case is None or is_open:
                continue
            case.charge = fen(self.patients[encounter]["charge"])
            answer = self.groupers[payer].group(case)
            row = self.answers.get(encounter, {})
            want = (answer.status, answer.reason, answer.level, answer.group, ";".join(answer.codes),
                    "RANDOM" if payer == "employee" else "OWN-DRG-1")
            got = tuple(row.get(f) for f in ("status", "reason", "level", "group", "deciding_codes",
                                             "catalogue"))
            seen.update([(payer, answer.status, answer.reason or answer.level)])
            if got != want or self.cases[encounter]["status"] != STATUS[answer.status]:
                wrong.append(f"{case}: engine {got}, second writing {want}")
            elif payer == "employee" and answer.status == "grouped":
                wrong += self.misprice(encounter, answer.group, case.charge)
        return wrong

    def misprice(self, encounter, group, charge):
        score, reference, _ = self.made.scores[group]
        points = points_of(score, reference * 100 + 50, charge)
        row = self.cases[encounter]
        if (rounded(Fraction(row["points"]) * 10_000), fen(row["payment"])) == (points, paid(points)):
            return []
        return [f"{encounter} in {group}: {row['points']} points, {row['payment']}, want {points}"]

    def verified(self, result=None):
        return subprocess.run([str(self.verify), str(result or self.result), "--month",
                               str(self.made.month), "--rules", str(self.made.rules), "--deep"],
                              capture_output=True, text=True, check=False)


class Expected:
    """§11 of a stay, from the record that the month was made from and the tables of the result."""

    def __init__(self, judged, encounter):
        self.judged, self.encounter = judged, encounter
        self.payer, self.case, self.is_open, self.details = judged.made.cases[encounter]
        patient = judged.patients[encounter]
        self.charge, self.cost = fen(patient["charge"]), fen(patient["cost"])
        end = LAST_DAY if self.is_open else int(self.details["left"][-2:])
        self.days = max(1, end - self.details["admitted"])

    def choices(self):
        found = []
        for place, main in enumerate(self.case.diagnoses):
            rest = self.case.diagnoses[:place] + self.case.diagnoses[place + 1:]
            case = Case(self.encounter, [main] + rest, self.case.procedures, self.case.sex,
                        self.case.age_days, self.case.weight_g, self.charge)
            answer = self.judged.groupers[self.payer].group(case)
            refused = answer.status == "failed_checks" or answer.reason == "excluded_diagnosis"
            absent = self.details["conditions"].get(place + 1) == "absent"
            choice = {"diagnosis": main, "place": place + 1, "status": answer.status,
                      "reason": answer.reason, "level": answer.level, "group": answer.group,
                      "deciding_codes": ";".join(answer.codes),
                      "allowance": "not_allowed" if refused else "review" if absent else "allowed"}
            if self.payer == "employee" and answer.status == "grouped":
                choice |= self.figures(answer.group)
            found.append(choice)
        return found

    def figures(self, group):
        score, reference, days = self.judged.made.scores[group]
        reference = reference * 100 + 50
        points = points_of(score, reference, self.charge)
        own = [row for e, row in self.judged.cases.items()
               if row["group"] == group and row["status"] == "grouped"]
        figures = {"days_left": days - self.days, "points": points, "payment": paid(points),
                   "standard_payment": paid(points_of(score, reference, reference)),
                   "mean_cases": len(own)}
        if own:
            mean = rounded(Fraction(sum(fen(row["cost"]) for row in own), len(own)))
            figures["expected_cost"] = max(mean, self.cost)
        return figures

    def missing(self):
        found = [] if self.case.diagnoses else [("main_diagnosis", "")]
        found += [("admission_condition", code) for i, code in enumerate(self.case.diagnoses, start=1)
                  if i not in self.details["conditions"]]
        found += [] if self.case.procedures else [("procedures", "")]
        for i, code in enumerate(self.case.procedures, start=1):
            level, day = self.details["procedures"].get(i, ("", ""))
            found += [("procedure_level", code)] * (not level) + [("procedure_day", code)] * (not day)
        infant = self.details["years"] == 0
        found += [("age_days", "")] * (infant and self.case.age_days is None)
        small = infant and (self.case.age_days is None or self.case.age_days <= 28)
        return found + [("newborn_weight", "")] * (small and self.case.weight_g is None)


SCALES = {"days_left": 1, "points": 10_000, "payment": 100, "standard_payment": 100,
          "expected_cost": 100, "mean_cases": 1}


def same_choice(got, want):
    return all((rounded(Fraction(str(got[k])) * SCALES[k]) if k in SCALES else got[k]) == v
               for k, v in want.items()) and ("points" not in want or
                                              ("expected_cost" in want) == ("expected_cost" in got))


def judge_stays(judged, seen):
    wrong, count = [], 0
    opened = [e for e, (_, c, is_open, _) in judged.made.cases.items() if c and is_open]
    left = [e for e, (_, c, is_open, _) in judged.made.cases.items() if c and not is_open]
    for encounter in opened[:8] + left[:3]:
        done = judged.run("predischarge", judged.made.month, "--rules", judged.made.rules,
                          "--encounter", encounter, "--json")
        if done.returncode:
            wrong.append(f"{encounter}: {done.stderr}")
            continue
        got, want = json.loads(done.stdout), Expected(judged, encounter)
        missing = [(m["what"], m["code"]) for m in got["missing"]]
        choices = want.choices()
        count += len(choices)
        seen.update(c["allowance"] for c in choices)
        if (got["days"], fen(got["cost"]), fen(got["charge"]), missing, len(got["choices"])) != (
                want.days, want.cost, want.charge, want.missing(), len(choices)):
            wrong.append(f"{encounter}: {got}, want days {want.days}, missing {want.missing()}")
        wrong += [f"{encounter}: {g}, want {w}" for g, w in zip(got["choices"], choices)
                  if not same_choice(g, w)]
        recorded = set(want.case.diagnoses) | set(want.case.procedures)
        for choice in got["choices"]:
            named = {choice["diagnosis"], *filter(None, choice["deciding_codes"].split(";"))}
            wrong += [f"{encounter} names {named - recorded}"] * bool(named - recorded)
    return wrong, count


def judge_explained(judged):
    """The trace of a case ends in the group of the result; an unknown stay is refused."""
    encounter = next(e for e, row in judged.answers.items()
                     if row["status"] == "grouped" and e.startswith("G"))
    cell = ["--month", judged.made.month, "--rules", judged.made.rules, "--cell"]
    done = judged.run("explain", judged.result, *cell, f"case:{encounter}:group", "--json")
    if done.returncode:
        return done.stdout + done.stderr
    got = json.loads(done.stdout)
    row = judged.answers[encounter]
    text = judged.run("explain", judged.result, *cell, f"case:{encounter}:group", "--lang", "zh")
    ok = (got["group"], ";".join(got["deciding_codes"]), got["catalogue"]) == (
        row["group"], row["deciding_codes"], row["catalogue"]) and got["steps"]
    refused = judged.run("explain", judged.result, *cell, "case:NOBODY:group").returncode == 2
    return "" if ok and refused and "决定入组的编码" in text.stdout else str(got) + text.stdout


def forge(judged, scratch):
    """A regrouped case, and a weaker reason: deep verification names grouping.csv."""
    refused = 0
    for column, value in (("deciding_codes", "K99.900"), ("group", "G999"), ("reason", "no_rule")):
        forged = Path(scratch) / f"forged_{column}"
        shutil.copytree(judged.result, forged)
        with (forged / "grouping.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        target = next(r for r in rows if r["status"] == ("ungrouped" if column == "reason" else "grouped")
                      and r[column] != value)
        target[column] = value if column != "reason" else "excluded_diagnosis"
        with (forged / "grouping.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        done = judged.verified(forged)
        refused += done.returncode == 1 and "grouping.csv" in done.stdout
    return refused


def main(arguments):
    tally = [0, 0]

    def check(what, ok, detail=""):
        tally[not ok] += 1
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}")

    seen, allowances, wrong, stays, choices, cases = collections.Counter(), set(), [], [], 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(MONTHS):
            judged = Judged(Path(scratch) / f"month{seed}", seed, arguments)
            if judged.done.returncode:
                wrong.append(f"seed {seed}: {judged.done.stdout}{judged.done.stderr}")
                continue
            wrong += judged.differences(seen)
            cases += len(judged.answers)
            verified = judged.verified()
            if verified.returncode:
                wrong.append(f"seed {seed} refused: {verified.stdout}")
            found, count = judge_stays(judged, allowances)
            stays, choices = stays + found, choices + count
        check(f"{cases} cases of {MONTHS} random months: same answers and payments, and verified",
              not wrong, "\n  ".join(wrong[:4]))
        check(f"{choices} choices of the main diagnosis: as the page says, only recorded codes",
              not stays and (not sample.WHOLE or allowances == {"allowed", "review", "not_allowed"}),
              "\n  ".join(stays[:3]) + str(allowances))
        if not wrong:
            check("a case is explained by the same answer", not (told := judge_explained(judged)), told)
            check("three forged answers are refused", forge(judged, scratch) == 3)
    for key, number in sorted(seen.items()):
        print("  " + " ".join(key) + f": {number}")
    print(f"{tally[0]} passed, {tally[1]} failed")
    return 1 if tally[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
