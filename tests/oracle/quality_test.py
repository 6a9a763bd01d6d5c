#!/usr/bin/env python3
"""`yuanliu quality` against records by hand and against the second writing (quality_second.py).

Why it exists: a coder's score hangs on every rule. Each rule of docs/quality/quality.toml must have a record by hand that
fails it and one that passes; the second writing and the engine must reach what is written there, and agree on random
records with columns missing, in hits, scores, sums by department and coder, readings and what was not checked.
Ends with `N passed, M failed`. Use: quality_test.py YUANLIU [YUANLIU_VERIFY].
"""
import collections
import csv
import json
import random
import re
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

sys.dont_write_bytecode = True
import sample  # noqa: E402
from quality_records import CASES, CODES, SOUND  # noqa: E402
from quality_second import LISTS, TYPE_OF, Book, Record, fen  # noqa: E402

RULES = Path(__file__).resolve().parents[2] / "docs" / "quality" / "quality.toml"
RANDOM_FILES, RECORDS_OF_EACH = sample.of(6), 500


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


# Old text of the rule file, new text, finding, its column.
FAULTS = [
    ('"yuanliu.quality/1"', '"yuanliu.quality/2"', "rule_malformed", "schema"),
    ('id = "C02"', 'id = "C01"', "duplicate_key", "rule[1].id"),
    ('kind = "order"', 'kind = "orders"', "word_unknown", "rule[22].kind"),
    ('severity = "error"', 'severity = "bad"', "word_unknown", "rule[0].severity"),
    ('field = "age_years"', 'field = "age"', "word_unknown", "rule[2].field"),
    ('deduct = "2"', "deduct = 2", "rule_decimal_not_quoted", "rule[0].deduct"),
    ('deduct = "2"', 'deduct = "2"\nbonus = "1"', "rule_key_unknown", "rule[0].bonus"),
    ('codes = ["S00-T98"]', 'codes = ["T98-S00"]', "medical_code_malformed", None),
    ('fields = ["admitted_on", "discharged_on"]\ndeduct = "5"', 'fields = ["admitted_on", "days"]\ndeduct = "5"',
     "quality_rule_misused", "rule[22].fields"),
    ('fields = ["diagnoses", "diagnosis_count"]', 'fields = ["diagnoses"]', "quality_rule_misused", None),
    ('field = "main_diagnosis"\ncodes = ["R65"]\n', 'field = "main_diagnosis"\n', "quality_rule_misused", None),
    ('when = [{ field = "transfusion_ml", min = 1 }]', 'when = [{ field = "payer", min = 1 }]', "quality_rule_misused", None),
    ('when = [{ field = "transfusion_ml", min = 1 }]', 'when = [{ field = "transfusion_ml" }]', "quality_rule_misused", None),
    ('when = [{ field = "sex", values = ["female"] }]', 'when = [{ field = "sex", codes = ["A00"] }]', "quality_rule_misused",
     None)]


def findings_of(engine, *options):
    file = engine.scratch / "findings.json"
    file.unlink(missing_ok=True)
    done = subprocess.run([engine.program, "quality", *map(str, options), "--findings", str(file), "--lang", "en"],
                          capture_output=True, text=True, check=False)
    return done, json.loads(file.read_text(encoding="utf-8"))["findings"] if file.exists() else []


def judge_faults(check, engine):
    """Rule files and cases that can't be used: said where, in words, and nothing written."""
    cases, rules, out = engine.scratch / "one.csv", engine.scratch / "bad.toml", engine.scratch / "none.csv"
    write_cases(cases, [{**SOUND, "encounter": "1"}])
    for old, new, code, column in FAULTS:
        text = RULES.read_text(encoding="utf-8")
        rules.write_text(text.replace(old, new, 1), encoding="utf-8")
        done, found = findings_of(engine, cases, "--rules", rules, "--out", out)
        hits = [f for f in found if f["code"] == code and f["severity"] == "stop" and column in (None, f["column"])]
        wordless = [f for f in found if f["en"] == f["code"] or not f["zh"] or re.search(r"\{\d\}", f["en"] + f["zh"])]
        check(f"rule file with {new.splitlines()[-1][:60]}: {code}", old in text and done.returncode == 1 and hits
              and not wordless and not out.exists(), f"{done.returncode} {found[:3]} {done.stderr[-200:]}")
    bad_cases = [("a duplicate", [{**SOUND, "encounter": "1"}, {**SOUND, "encounter": "1"}], "duplicate_key", 3),
                 ("a blank encounter", [{**SOUND, "encounter": ""}], "value_missing", 2),
                 ("no main diagnosis column", [{"encounter": "1", "sex": "male"}], "quality_column_missing", 1),
                 ("no encounter column", [{"main_diagnosis": "A00.000"}], "quality_column_missing", 1)]
    for what, rows, code, row in bad_cases:
        write_cases(cases, rows)
        done, found = findings_of(engine, cases, "--rules", RULES, "--out", out)
        check(f"cases with {what}: {code}", done.returncode == 1 and not out.exists() and
              [(f["code"], f["row"]) for f in found] == [(code, row)], f"{done.returncode} {found} {done.stderr[-200:]}")


def judge_layout(check, engine):
    """An export with HQMS headers. By hand: 47.0100 on 2026-03-20 is after the discharge (T08); 10 + 5 is not 16 (M01);
    way 2 without a receiver (E09); code 1 is 有; two columns make the encounter."""
    layout = RULES.parent / "hqms.toml"
    row = {"A48": "B77", "A49": "2", "A12C": "1", "A13": "19600315", "A14": "65", "B12": "2026-03-10 08:00:00",
           "B15": "2026-03-18 10:30:00", "B20": "8", "B16C": "0301", "B34C": "2", "B35": "", "C03C": "K35.800", "C05C": "1",
           "C06x01C": "I10.x00", "C08x01C": "4", "C06x02C": "", "C08x02C": "", "C14x01C": "47.0100", "C16x01": "20260320",
           "D01": "16.00", "D11": "10.00", "D12": "5"}
    cases = engine.scratch / "hqms.csv"
    write_cases(cases, [row])
    done, hits, _ = engine.run(cases, "--layout", layout)
    expected = [("T08", "procedure_dates", 1, "20260320", "2026-03-10 08:00:00 – 2026-03-18 10:30:00"),
                ("E09", "receiving_hospital", 0, "", ""), ("M01", "charge_parts", 0, "15.00", "16.00")]
    check("an HQMS export by its layout", done.returncode == 0 and hits["B77-2"] == expected, f"{dict(hits)} {done.stderr}")
    bad = engine.scratch / "layout.toml"
    for old, new, code in (('sex = "A12C"', 'gender = "A12C"', "word_unknown"), ('sex = "A12C"', 'sex = ["A12C", "A13"]',
                                                                               "quality_rule_misused")):
        bad.write_text(layout.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        done, found = findings_of(engine, cases, "--rules", RULES, "--layout", bad)
        check(f"layout with {new}: {code}", done.returncode == 1 and found and found[0]["code"] == code, found[:2])


MONTH = {
    "manifest.json": '{"schema": "yuanliu.month/1", "hospital": "H", "period": "2026-03"}',
    "encounters.csv": "encounter,kind,department,attending,admitted_on,discharged_on,payer,record_number\n"
                      "S1,inpatient,C01,D1,2026-03-01,2026-03-05,employee,B1\nS2,inpatient,C01,,2026-03-02,2026-03-05,employee,B2\n"
                      "S3,inpatient,C02,D1,2026-03-04,,employee,B3\nS4,inpatient,C02,D1,2026-02-20,2026-03-31,employee,B4\n"
                      "S5,outpatient,C02,D1,2026-03-04,,employee,B5\nS6,inpatient,C02,D1,2026-02-20,2026-02-27,employee,B6\n",
    "discharges.csv": "encounter,sex,age_years,outcome\nS2,female,40,improved\nS1,male,0,died\n",
    "stay_details.csv": "encounter,age_days,birth_weight_g,admission_weight_g,discharge_way,icu_days\n"
                        "S1,3,,3100,died,4.5\nS2,,,,,2.0\n",
    "diagnoses.csv": "encounter,sequence,diagnosis\nS2,2,N40.x00\nS2,1,K35.800\nS1,1,P59.900\nS4,2,K35.800\n",
    "diagnosis_details.csv": "encounter,sequence,admission_condition\nS2,1,present\nS1,1,present\n",
    "procedures.csv": "encounter,sequence,procedure\nS2,1,47.0100\nS2,2,54.5100\n",
    "procedure_details.csv": "encounter,sequence,level,performed_on\nS2,2,3,2026-03-06\nS2,1,,2026-03-02\n",
    "charge_lines.csv": "encounter,line,charge\nS2,1,100.00\nS2,2,-10.50\nS4,1,77.00\nS4,2,3.25\nV9,1,5\n"}
# Stays of March: S1 (row 3 of discharges.csv), S2 (row 2), S4 (no row, main diagnosis missing: 80.25 set aside).
# S1: 3 days old without birth weight; 4.5 days of intensive care in a stay of no stated days: `days` is no column.
# S2: a woman with N40; her second diagnosis has no condition; 54.5100 on the 6th, after the discharge; no level of 47.01.
MONTH_HITS = {"S1": [("N01", "birth_weight_g", 0, "", "")],
              "S2": [("C07", "attending", 0, "", ""),
                     ("T08", "procedure_dates", 2, "2026-03-06", "2026-03-02 – 2026-03-05"),
                     ("D22", "admission_conditions", 2, "", "N40.x00"), ("S01", "diagnoses", 2, "N40.x00", ""),
                     ("P08", "procedure_levels", 1, "", "47.0100")],
              "S4": [("~uncoded", "main_diagnosis", 0, "80.25", "")]}


def judge_month(check, engine):
    month = engine.scratch / "month"
    month.mkdir()
    for name, text in MONTH.items():
        (month / name).write_text(text, encoding="utf-8")
    done, hits, _ = engine.run(month)
    check("a month folder: its stays, companions and charges", dict(hits) == MONTH_HITS, f"{dict(hits)} {done.stderr}")
    check("one of three uncoded is too many for the indicator", done.returncode == 1 and
          "1 of 3 records are uncoded: 33.33 %" in done.stderr, done.stderr)
    rows = {row["encounter"]: (row["file"], row["row"]) for row in rows_of(engine.scratch / "hits.csv")}
    check("rows are those of discharges.csv", rows == {"S1": ("discharges.csv", "3"), "S2": ("discharges.csv", "2"),
                                                       "S4": ("discharges.csv", "0")}, rows)
    told = re.findall(r"^  (\w+) .*: not checked, there is no (.*)$", done.stdout, re.M)
    check("what a month lacks is told", ("T10", "days") in told and ("E09", "receiving_hospital") in told
          and ("D01", "codes.diagnoses") in told, told)


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
        judge_faults(check, engine)
        judge_layout(check, engine)
        judge_month(check, engine)
    print(f"{tally[0]} passed, {tally[1]} failed")
    return 1 if tally[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
