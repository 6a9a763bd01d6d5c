#!/usr/bin/env python3
"""Every cell of the reports of `yuanliu settle`, on random folders and on the hand-worked one, derived again.

Why it exists: docs/settlement.md is the definition, settlement_steps.py a second writing of it. Besides:
rows in any order give the same bytes; rows of later days change nothing of an earlier one; Σ cases = Σ months =
Σ departments; the shares of a clearing sum to what is payable.
Use: settlement_test.py YUANLIU YUANLIU_VERIFY. Ends with `N passed, M failed`.
"""
import datetime
import random
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
import sample  # noqa: E402
from report_sheets import sections_of  # noqa: E402
from settlement_random import HEADERS, RandomFolder  # noqa: E402
from settlement_sheets import Sheets, cash_csv, entries_csv  # noqa: E402
from settlement_steps import Books  # noqa: E402

SEEDS = sample.of(120)
HAND = Path(__file__).resolve().parent.parent / "settlements" / "three_months"
REPORTS = ("reconciliation", "clearing", "receivables")


def settle(yuanliu, folder, as_of, out):
    done = subprocess.run([yuanliu, "settle", folder, "--as-of", str(as_of), "--out", out, "--format", "csv",
                           "--lang", "en"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def differences(books, out):
    sheets = Sheets(books)
    for report in REPORTS:
        found = sections_of((out / f"{report}.csv").read_text("utf-8"))
        wanted = getattr(sheets, report)()
        if len(found) != len(wanted):
            yield f"{report}: {len(found)} sections, {len(wanted)} derived"
        for i, (section, rows) in enumerate(zip(found, wanted)):
            for left, right in zip(section[1:], rows):
                if left != right:
                    yield f"{report} section {i}\n  printed {left}\n  derived {right}"
            if len(section) - 1 != len(rows):
                yield f"{report} section {i}: {len(section) - 1} rows, {len(rows)} derived"
    for name, text in (("entries", entries_csv(books)), ("cash", cash_csv(books))):
        if (out / f"{name}.csv").read_text("utf-8") != text:
            yield f"{name}.csv differs"


def fen(text):
    return int(Fraction(text) * 100)


def conserved(out):
    """The printed totals against each other."""
    cases = sections_of((out / "reconciliation.csv").read_text("utf-8"))[2]
    months, _, ages, departments = sections_of((out / "receivables.csv").read_text("utf-8"))[:4]
    for figure in ("claim", "settled", "violation loss", "cash", "outstanding"):
        sums = {sum(fen(r[cases[0].index(figure)]) for r in cases[1:])}
        for table in (ages, departments):
            at = table[0].index(figure)
            items = [r for r in table[1:-1] if r[1] != "subtotal"]
            sums |= {fen(table[-1][at]), sum(fen(r[at]) for r in items)}
        if len(sums) != 1:
            yield f"{figure}: {sums}"
    loss = sum(fen(r[cases[0].index("violation loss")]) for r in cases[1:])
    claim = sum(fen(r[cases[0].index("claim")]) for r in cases[1:])
    if fen(months[-1][-1]) != claim - loss:
        yield f"months {months[-1][-1]}, claims less losses {claim - loss}"
    clearing = sections_of((out / "clearing.csv").read_text("utf-8"))
    for statement, shares in zip(clearing, clearing[1:]):
        payable = {r[0]: r[1] for r in statement}.get("payable")
        if payable and sum(fen(r[2]) for r in shares[1:-1]) != fen(payable):
            yield f"shares do not sum to {payable}"


def later_rows_dropped(made, as_of, folder):
    """The folder as it stood at the end of the day."""
    whole = {name: list(rows) for name, rows in made.rows.items()}
    days = {"receipts": "received_on", "transfers": None}
    for name, rows in whole.items():
        column = days.get(name, "recorded_on")
        made.rows[name] = rows if column is None else [r for r in rows if r[column] <= as_of]
    known = {r["encounter"] for r in made.rows["estimates"]}
    made.rows["transfers"] = [r for r in made.rows["transfers"] if r["encounter"] in known]
    made.write(folder, shuffled=True)
    made.rows = whole


def judge_seed(yuanliu, seed, base):
    rng = random.Random(seed)
    made = RandomFolder(rng)
    made.write(base / "a")
    as_of = datetime.date(2025, 12, 1) + datetime.timedelta(rng.randint(0, 330))
    if seed % 4 == 0:
        as_of = datetime.date(2026, 12, 31)
    code, said = settle(yuanliu, base / "a", as_of, base / "out")
    if code:
        return [f"exit {code}\n{said[-1500:]}"], Books(base / "a", as_of)
    books = Books(base / "a", as_of)
    wrong = list(differences(books, base / "out")) + list(conserved(base / "out"))
    texts = {p.name: p.read_bytes() for p in (base / "out").iterdir()}
    if seed % 2 == 0:
        made.write(base / "b", shuffled=True)
        settle(yuanliu, base / "b", as_of, base / "again")
        if {p.name: p.read_bytes() for p in (base / "again").iterdir()} != texts:
            wrong.append("another order of rows gives another report")
    if seed % 3 == 0 and any(r["recorded_on"] <= as_of for r in made.rows["estimates"]):
        later_rows_dropped(made, as_of, base / "c")
        code, said = settle(yuanliu, base / "c", as_of, base / "early")
        # Money that came before its settlement was told is refused while that is all there is.
        if code == 0 and {p.name: p.read_bytes() for p in (base / "early").iterdir()} != texts:
            wrong.append("rows of later days change an earlier day")
        if code and "settle_cash_without_settlement" not in said:
            wrong.append(f"as it stood on the day: exit {code}\n{said[-800:]}")
    return wrong, books


def judge_hand(yuanliu, base, check):
    for as_of in ("2026-02-28", "2026-04-30", "2026-12-31", "2027-04-30"):
        code, said = settle(yuanliu, HAND, as_of, base / as_of)
        wrong = [said] if code else [*differences(Books(HAND, datetime.date.fromisoformat(as_of)), base / as_of),
                                     *conserved(base / as_of)]
        check(f"the hand-worked folder at {as_of}: every cell is derived again", not wrong, "\n".join(wrong[:4]))


def main():
    yuanliu = Path(sys.argv[1]).resolve()
    passed = failed = 0
    kinds, refused = {}, 0

    def check(what, ok, detail=""):
        nonlocal passed, failed
        passed, failed = passed + bool(ok), failed + (not ok)
        if not ok or "seed" not in what:
            print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + detail}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        judge_hand(yuanliu, base, check)
        for seed in range(SEEDS):
            wrong, books = judge_seed(yuanliu, seed, base / str(seed))
            check(f"seed {seed}", not wrong, "\n".join(wrong[:3]))
            for entry in books.entries:
                kinds[entry["kind"]] = kinds.get(entry["kind"], 0) + 1
            refused += sum(1 for r in books.cash if not r["parts"])
    print(f"{SEEDS} random folders of {len(HEADERS)} tables: entries {kinds}, receipts not applied {refused}")
    check("every kind of entry occurs", len(kinds) == 8 and min(kinds.values()) > SEEDS // 12, str(kinds))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
