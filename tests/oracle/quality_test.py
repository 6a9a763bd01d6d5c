#!/usr/bin/env python3
"""`yuanliu quality` against records by hand and against the second writing (quality_second.py).

Why it exists: a coder's score hangs on every rule. Each rule of docs/quality/quality.toml must have a record by hand that
fails it and one that passes; the second writing and the engine must reach what is written there, and agree on random
records with columns missing, in hits, scores, sums by department and coder, readings and what was not checked.
Ends with `N passed, M failed`. Use: quality_test.py YUANLIU [YUANLIU_VERIFY].
"""
import collections
import csv
import random
import re
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

sys.dont_write_bytecode = True
from quality_records import CASES, CODES, SOUND  # noqa: E402
from quality_second import LISTS, TYPE_OF, Book, Record, fen  # noqa: E402

RULES = Path(__file__).resolve().parents[2] / "docs" / "quality" / "quality.toml"
RANDOM_FILES, RECORDS_OF_EACH = 6, 500


def write_codes(folder):
    folder.mkdir()
    profile = ['schema = "yuanliu.codes/1"']
    for name, codes in CODES.items():
        (folder / f"{name}.csv").write_text("code\n" + "\n".join(codes.split()) + "\n", encoding="utf-8")
        profile += ["[[table]]", f'id = "{name}"', f'kind = "{"grey" if "grey" in name else "codes"}"',
                    f'of = "{"procedure" if "procedures" in name else "diagnosis"}"', f'file = "{name}.csv"',
                    'code = "code"']
    (folder / "codes.toml").write_text("\n".join(profile) + "\n", encoding="utf-8")


def write_cases(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


class Engine:
    def __init__(self, program, scratch):
        self.program, self.scratch = program, Path(scratch)

    def run(self, cases, *options, by="case"):
        """Exit code, what was printed, hits by encounter, scores."""
        out, scores = self.scratch / "hits.csv", self.scratch / "scores.csv"
        for path in (out, scores):
            path.unlink(missing_ok=True)
        done = subprocess.run([self.program, "quality", str(cases), "--rules", str(RULES), "--by", by, "--out", str(out),
                               "--scores", str(scores), "--lang", "en", *map(str, options)],
                              capture_output=True, text=True, check=False)
        hits = collections.defaultdict(list)
        for row in rows_of(out) if out.exists() else []:
            hits[row["encounter"]].append((row["rule"], row["field"], int(row["position"]), row["value"], row["expected"]))
        return done, hits, rows_of(scores) if scores.exists() else []


def judge_by_hand(check, engine, book, codes):
    rows = [{**SOUND, "encounter": "sound"}]
    for rule, (fails, _, passes) in CASES.items():
        rows += [{**SOUND, **fails, "encounter": f"{rule}-fails"}, {**SOUND, **passes, "encounter": f"{rule}-passes"}]
    cases = engine.scratch / "by_hand.csv"
    write_cases(cases, rows)
    done, hits, _ = engine.run(cases, "--codes", codes)
    check("the records by hand are judged", done.returncode == 0, done.stderr)
    ids = [rule["id"] for rule in book.rules]
    check(f"{len(ids)} rules, each with a record that fails it and one that passes",
          sorted(ids) == sorted(CASES) and len(ids) >= 40, set(ids) ^ set(CASES))
    check("the sound record has no hit", not hits["sound"], hits["sound"])
    check("every rule is checked", f"{len(ids)} of {len(ids)} rules checked" in done.stdout, done.stdout[:300])
    wrong = []
    for row in rows[1:]:
        rule, _, what = row["encounter"].partition("-")
        second, found = book.judge(Record(row))[0], hits[row["encounter"]]
        if found != second:
            wrong.append(f"{row['encounter']}: engine {found}, second writing {second}")
        if what == "fails" and found != CASES[rule][1]:
            wrong.append(f"{row['encounter']}: found {found}, by hand {CASES[rule][1]}")
        if what == "passes" and any(hit[0] == rule for hit in found):
            wrong.append(f"{row['encounter']}: found {found}")
    check(f"{len(rows)} records by hand, by the second writing and by the engine", not wrong, "\n  ".join(wrong[:20]))


def random_text(rng, field):
    kind = TYPE_OF[field]
    codes = (CODES["procedures" if "procedure" in field else "diagnoses"]).split()
    one = {"count": lambda: rng.choice(["0", "1", "2", "8", "28", "65", "130", "-1", "3.5", "x"]),
           "date": lambda: rng.choice(["2026-03-10", "2026-03-18", "1960-02-29", "20260301", "2026/03/05", "2026-03-01 07:00",
                                       "2026-02-30", "1996-03-15", "2026-02-28"]),
           "amount": lambda: rng.choice(["0", "12000.00", "12000", "3000.5", "-1.00", "1,000", "0.99", "9000.00"]),
           "codes": lambda: rng.choice(codes + ["W19.x00", "M8070/3", "e1", "Z99.900", "M80/3"]),
           "texts": lambda: rng.choice(["present", "absent", "1", "2", "d1", "5"]),
           "text": lambda: rng.choice(["male", "female", "1", "home", "died", "hospital", "yes", "no", "A", "L1", "x,y", "引\"号"])}
    kind = {"amounts": "amount", "dates": "date"}.get(kind, kind)
    if TYPE_OF[field] in LISTS:
        single = field in ("main_diagnosis", "main_procedure", "clinic_diagnosis")
        return ";".join("" if rng.random() < 0.1 else one[kind]() for _ in range(1 if single else rng.randint(1, 4)))
    return one[kind]()


def random_rows(seed):
    rng = random.Random(seed)
    columns = [name for name in SOUND if name in ("encounter", "main_diagnosis") or rng.random() > (0.04 if seed else 0)]
    rows = []
    for i in range(RECORDS_OF_EACH):
        row = dict(SOUND, **CASES[rng.choice(list(CASES))][rng.choice((0, 2))])
        for field in rng.sample(list(SOUND), rng.randint(0, 25)):
            row[field] = "" if rng.random() < 0.3 else random_text(rng, field)
        row = {name: row[name] for name in columns}
        row["encounter"] = f"{seed}-{i}"
        if "department" in row:
            row["department"] = rng.choice(["0301", "0302", "", "a,b"])
        if "coder" in row:
            row["coder"] = rng.choice(["c1", "c2", ""])
        rows.append(row)
    return rows


def mean(score, count):
    return str((Decimal(score) / Decimal(10_000) / count).quantize(Decimal("0.01"), ROUND_HALF_UP)) if count else "-"


def sums_by(key, rows, verdicts):
    """records, in error, hits, score, uncoded, their charge."""
    sums = collections.defaultdict(lambda: [0, 0, 0, 0, 0, 0])
    for row, verdict in zip(rows, verdicts):
        own = sums[row.get(key, "")]
        if verdict is None:
            own[4] += 1
            for field in ("total_charge", "list_charge", "detail_charge"):
                if row.get(field) and fen(row[field]) is not None:
                    own[5] += fen(row[field])
                    break
            continue
        for place, value in enumerate((1, verdict[2], len(verdict[0]), verdict[1])):
            own[place] += value
    return sums


def shown_fen(value):
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"


def judge_random(check, engine, book, codes, seed, seen):
    rows = random_rows(seed)
    cases = engine.scratch / f"random{seed}.csv"
    write_cases(cases, rows)
    readings = engine.scratch / "readings.csv"
    readings.unlink(missing_ok=True)
    done, hits, scores = engine.run(cases, "--codes", codes, "--readings", readings)
    verdicts = [book.judge(Record(row)) if row["main_diagnosis"] else None for row in rows]
    wrong, by_case = [], {row["encounter"]: row for row in scores}
    for row, verdict in zip(rows, verdicts):
        found, name = hits[row["encounter"]], row["encounter"]
        if verdict is None:
            if [hit[0] for hit in found] != ["~uncoded"] or name in by_case:
                wrong.append(f"{name}: uncoded, found {found}")
            continue
        seen.update(hit[0] for hit in verdict[0])
        score = Decimal(verdict[1]) / 10_000
        if found != verdict[0] or Decimal(by_case[name]["score"]) != score or \
                by_case[name]["in_error"] != str(int(verdict[2])):
            wrong.append(f"{name}: engine {found} {by_case[name]}, second writing {verdict}")
    check(f"file {seed}: {len(rows)} records, same hits and scores", not wrong, "\n  ".join(wrong[:3]) + done.stderr[-400:])
    uncoded = sum(v is None for v in verdicts)
    too_many = uncoded * 20 > len(rows)
    check(f"file {seed}: {uncoded} uncoded, and more than 5 % stop the readings",
          done.returncode == int(too_many) and readings.exists() == (not too_many), done.stderr[-300:])
    missing = collections.defaultdict(list)
    for rule, what in book.not_checked(Record(rows[0])):
        missing[rule].append(what)
    told = {m[1]: m[2].split(", ") for m in re.finditer(r"^  (\w+) .*: not checked, there is no (.*)$", done.stdout, re.M)}
    check(f"file {seed}: the {len(missing)} rules not checked are told with what is missing", told == dict(missing),
          f"{told} {dict(missing)}")
    for key in ("department", "coder"):
        _, _, table = engine.run(cases, "--codes", codes, by=key)
        sums = sums_by(key, rows, verdicts)
        expected = {name: [str(s[0]), str(s[1]), str(s[2]), mean(s[3], s[0]), str(s[4]), shown_fen(s[5])]
                    for name, s in sums.items()}
        found = {row[key]: [row["records"], row["in_error"], row["hits"], row["mean_score"], row["uncoded"],
                            row["uncoded_charge"]] for row in table}
        check(f"file {seed}: sums by {key}", found == expected, f"{found} {expected}")
        exact = {row[key]: Decimal(row["score_sum"]) for row in table}
        check(f"file {seed}: score sums by {key}", exact == {n: Decimal(s[3]) / 10_000 for n, s in sums.items()}, exact)
    if readings.exists():
        sums = sums_by("department", rows, verdicts)
        expected = [line for name in sorted(sums) if name for line in (
            [[name, "front_page_quality", str(sums[name][0] - sums[name][1]), str(sums[name][0])]] if sums[name][0] else []) + [
            [name, "front_page_uncoded", str(sums[name][4]), str(sums[name][0] + sums[name][4])]]]
        found = [list(row.values()) for row in rows_of(readings)]
        check(f"file {seed}: readings by department", found == expected, f"{found} {expected}")


def judge_threads(check, engine, codes):
    """Blocks are a megabyte, so several need a larger file."""
    rows = [dict(row, encounter=f"t{i}") for i, row in enumerate(random_rows(0) * 8)]
    cases = engine.scratch / "threads.csv"
    write_cases(cases, rows)
    printed = []
    for threads in (1, 3):
        done, _, _ = engine.run(cases, "--codes", codes, "--threads", threads)
        printed.append((done.stdout, (engine.scratch / "hits.csv").read_bytes(),
                        (engine.scratch / "scores.csv").read_bytes()))
    check(f"{cases.stat().st_size >> 20} MiB: one thread and three give the same bytes", printed[0] == printed[1])


def main(arguments):
    tally = [0, 0]

    def check(what, ok, detail=""):
        tally[not ok] += 1
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}")

    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(arguments[0], scratch)
        codes = Path(scratch) / "codes"
        write_codes(codes)
        book = Book(RULES, {name: set(text.split()) for name, text in CODES.items()})
        judge_by_hand(check, engine, book, codes)
        seen = collections.Counter()
        for seed in range(RANDOM_FILES):
            judge_random(check, engine, book, codes, seed, seen)
        print(f"  {sum(seen.values())} hits of {len(seen)} of {len(book.rules)} rules at random")
        judge_threads(check, engine, codes)
    print(f"{tally[0]} passed, {tally[1]} failed")
    return 1 if tally[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
