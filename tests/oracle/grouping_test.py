#!/usr/bin/env python3
"""The groupers on catalogues of our own: by hand, by the second writing and by the engine.

Why it exists: tests/catalogues/*/expected.csv holds answers derived by hand, each with its reason;
the second writing (docs/grouping.md) and the engine must reach them, and agree with each other on
catalogues made at random. Ends with `N passed, M failed`.
Use: grouping_test.py YUANLIU [YUANLIU_VERIFY].
"""
import collections
import csv
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import grouping_compare  # noqa: E402
import grouping_random  # noqa: E402
import sample  # noqa: E402

CATALOGUES = Path(__file__).resolve().parents[1] / "catalogues"
RANDOM_CATALOGUES, CASES_OF_EACH = sample.of(60), 150


def judge_by_hand(check, yuanliu, folder, scratch):
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = {row["encounter"]: row for row in csv.DictReader(stream)}
    grouper = grouping_compare.grouper_of(folder)
    rows, _ = grouping_compare.engine_answers(yuanliu, folder, folder / "cases.csv",
                                              Path(scratch) / "own.csv")
    wrong = []
    fields = ("status", "reason", "level", "group", "deciding_codes")
    for case in grouping_compare.read_cases(folder / "cases.csv"):
        want = expected.pop(case.encounter)
        answer = grouper.group(case)
        second = (answer.status, answer.reason, answer.level, answer.group, ";".join(answer.codes))
        engine = tuple(rows[case.encounter][f] for f in fields)
        hand = tuple(want[f] for f in fields)
        if not second == engine == hand:
            wrong.append(f"{case.encounter} ({want['by_hand']}): by hand {hand}, second writing "
                         f"{second}, engine {engine}")
    check(f"{folder.name}: {len(rows)} cases by hand, by the second writing and by the engine",
          not wrong and not expected, "\n  ".join(wrong) + str(list(expected)))


def judge_random(check, yuanliu, scratch):
    seen, wrong, count = collections.Counter(), [], 0
    for seed in range(RANDOM_CATALOGUES):
        folder = Path(scratch) / f"random{seed}"
        made = grouping_random.RandomCatalogue(seed)
        made.write(folder)
        cases = [made.case(i) for i in range(CASES_OF_EACH)]
        answers, differing = grouping_compare.differences(yuanliu, folder, cases, scratch)
        count += len(cases)
        seen.update((a.status, a.reason or a.level) for a in answers)
        wrong += [f"seed {seed}: {line}" for line in differing]
    check(f"{count} cases on {RANDOM_CATALOGUES} DIP catalogues at random: same answers, same "
          "deciding codes", not wrong, "\n  ".join(wrong[:5]))
    for key, number in sorted(seen.items()):
        print(f"  {key[0]} {key[1]}: {number}")
    missing = [k for k in ("first_stage", "merged", "refined", "basic", "core", "composite",
                           "no_rule", "excluded_diagnosis", "equal_rows", "diagnosis_missing")
               if not any(k == key[1] for key in seen)]
    check("every level and outcome came up", not missing, missing)


def main(arguments):
    tally = [0, 0]

    def check(what, ok, detail=""):
        tally[not ok] += 1
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}")

    with tempfile.TemporaryDirectory() as scratch:
        for name in ("own_dip", "own_drg"):
            judge_by_hand(check, arguments[0], CATALOGUES / name, scratch)
        judge_random(check, arguments[0], scratch)
    print(f"{tally[0]} passed, {tally[1]} failed")
    return 1 if tally[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
