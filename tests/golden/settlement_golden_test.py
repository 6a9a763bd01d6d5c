#!/usr/bin/env python3
"""The hand-worked settlement folder: figures that were worked out on paper must be reached.

Why it exists: tests/settlements/three_months/README.md works them out from the rules; an oracle that shares a
misreading with the program would not notice. Besides, a report opens in all three formats and both languages.
Use: settlement_golden_test.py YUANLIU YUANLIU_VERIFY. Ends with `N passed, M failed`.
"""
import csv
import io
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
TESTS = Path(__file__).resolve().parent.parent
FOLDER = TESTS / "settlements" / "three_months"
TITLES = {"theirs": "theirs", "difference": "difference", "group": "difference by cause group",
          "hospital": "difference by cause hospital coefficient",
          "auxiliary": "difference by cause auxiliary coefficient", "deviation": "difference by cause deviation",
          "point_value": "difference by cause point value", "deduction": "difference by cause deduction",
          "rest": "difference by cause rounding and other", "margin": "settlement margin", "loss": "violation loss"}


class Score:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, ok, detail=""):
        self.passed, self.failed = self.passed + bool(ok), self.failed + (not ok)
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}", flush=True)


def run(yuanliu, *arguments):
    done = subprocess.run([yuanliu, "settle", FOLDER, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def sections(path):
    found, current = [], None
    for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))):
        if not row:
            current = []
            found.append(current)
        elif current is not None and len(row) > 1:
            current.append(row)
    return [s for s in found if s]


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def judge_cases(score, as_of, out):
    header, *table = sections(out / "reconciliation.csv")[2]
    found = {row[0]: dict(zip(header, row)) for row in table}
    wanted = rows(FOLDER / "expected" / f"cases_{as_of}.csv")
    wrong = [f"{w['encounter']} {k}: {found[w['encounter']][TITLES.get(k, k)]}, by hand {v}" for w in wanted
             for k, v in w.items() if found[w["encounter"]][TITLES.get(k, k)] != v]
    score.check(f"{as_of}: {len(wanted)} cases as worked by hand", not wrong and len(found) == len(wanted), wrong[:5])


def judge_rest(score, base):
    statement = [[r["item"], r["amount"]] for r in rows(FOLDER / "expected" / "statement_2027-04-30.csv")]
    found = sections(base / "2027-04-30" / "clearing.csv")[0][1:]
    score.check("the clearing statement as worked by hand", found == statement,
                [pair for pair in zip(found, statement) if pair[0] != pair[1]])
    receivables = sections(base / "2026-04-30" / "receivables.csv")
    value = dict(zip(receivables[7][0], receivables[7][1]))
    score.check("the point value forecast: 11.1111, from 9.7561 to 12.9032",
                (value["settlement value"], value["low"], value["high"]) == ("11.1111", "9.7561", "12.9032"), value)
    header, *table = [r for r in csv.reader((base / "2026-04-30" / "entries.csv").open(encoding="utf-8"))]
    e06 = [r[header.index("loss")] for r in table if r[0] == "E06"]
    score.check("at 30 April the later appeal is not known", e06 == ["0.00", "0.00", "600.00"], e06)
    e01 = [(r[header.index("recorded_on")], r[header.index("claim")]) for r in table if r[0] == "E01"]
    score.check("an estimate is revised by a row, and the first one stays",
                e01 == [("2026-01-12", "8500.00"), ("2026-01-31", "500.00"), ("2026-02-26", "0.00")], e01)
    departments = {r[0]: r for r in receivables[4][1:]}
    both = [departments["D1"], departments["D2"], departments["total"]]
    cents = [[int(r[i].replace(".", "")) for i in (1, 2, 4, 5, 6, 7)] for r in both]
    score.check("departments sum to the hospital", [a + b for a, b in zip(*cents[:2])] == cents[2], both)


def main():
    yuanliu, score = Path(sys.argv[1]).resolve(), Score()
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        for as_of in ("2026-04-30", "2027-04-30"):
            code, said, wrong = run(yuanliu, "--as-of", as_of, "--out", base / as_of, "--format", "csv", "--lang", "en")
            score.check(f"{as_of}: reports are written", code == 0, said + wrong)
            if code == 0:
                judge_cases(score, as_of, base / as_of)
        if score.failed == 0:
            judge_rest(score, base)
        code, said, _ = run(yuanliu, "--as-of", "2026-04-30", "--lang", "zh")
        score.check("a Chinese report on the terminal",
                    code == 0 and all(w in said for w in ("医保结算对账表", "申诉中", "违规拒付损失", "点值预测")), said[:500])
        code, _, _ = run(yuanliu, "--as-of", "2027-04-30", "--lang", "zh", "--format", "html", "--out", base / "html")
        page = (base / "html" / "clearing.html").read_text("utf-8") if code == 0 else ""
        score.check("a page to print", "医保年终清算表" in page and "31,965.65" in page, page[:300])
        code, _, said = run(yuanliu, "--as-of", "2027-04-30", "--out", base / "html")
        score.check("a folder that is there is not written into", code == 2, said)
        code, _, said = run(yuanliu, "--as-of", "30.4.2027")
        score.check("a day is written YYYY-MM-DD", code == 2, said)
    print(f"{score.passed} passed, {score.failed} failed")
    return 1 if score.failed else 0


if __name__ == "__main__":
    sys.exit(main())
