"""Why this file: restated figures must come to the same total as the booked ones, department by
department as the shares say, and leave the results untouched (docs/collection.md §10).

usage: restate_test.py YUANLIU YUANLIU_VERIFY
"""
import collections
import csv
import io
import re
import shutil
import sys

import hospital


def test(suite, yuanliu, _verify, scratch):
    month = yuanliu.demo(scratch / "demo")[0]
    result = scratch / "result"
    done = yuanliu.compute(month, scratch / "demo" / "rules", result)
    suite.expect("computed", done.returncode == 0, done.stderr[-500:])
    before = hospital.tree(result)
    file = scratch / "successors.csv"
    file.write_text("department,successor,share\nC002,C003,1\nC004,C003,0.3333\n"
                    "C004,NEW,0.6667\n", "utf-8")
    done = yuanliu.run("restate", result, "--successors", file)
    suite.expect("restated", done.returncode == 0, done.stderr[-500:])
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    fen = lambda text: int(text.replace(".", ""))
    sums = collections.Counter()
    merged, parts, whole = collections.Counter(), {}, {}
    for r in rows:
        cell = (r["kind"], r["cost_item"], r["fund_source"])
        sums[cell] += fen(r["booked"]) - fen(r["restated"])
        if r["department"] in ("C002", "C003"):
            merged[cell] += fen(r["booked"])
        if r["department"] == "C003":
            merged[cell] -= fen(r["restated"])
        if r["department"] == "NEW":
            parts[cell] = fen(r["restated"])
        if r["department"] == "C004":
            whole[cell] = fen(r["booked"])
            suite.expect(f"C004 {cell} is gone", fen(r["restated"]) == 0) \
                if fen(r["restated"]) else None
    suite.expect("every cell comes to the same total", not any(sums.values()), sums)
    # Two parts: the larger remainder gets the fen left, so NEW has its quota within one fen.
    wrong = {c: (parts[c], whole[c]) for c in parts
             if abs(parts[c] * 10000 - whole[c] * 6667) >= 10000}
    suite.expect("a split department goes by its shares", parts and not wrong, wrong)
    lost = {c: v for c, v in merged.items() if v + whole.get(c, 0) - parts.get(c, 0) != 0}
    suite.expect("a merged department is its parts", not lost, lost)
    suite.expect("the result is untouched", hospital.tree(result) == before)
    file.write_text("department,successor,share\nC004,NEW,0.5\n", "utf-8")
    done = yuanliu.run("restate", result, "--successors", file)
    suite.expect("shares that do not sum to 1 are refused", done.returncode == 1 and
                 "C004" in done.stderr, done.stderr)
    judge_faults(suite, yuanliu, result, file, scratch)


# Row 2: C002 goes to C003, which goes on itself. Row 4: no number. Row 5: above 1. Row 6: a share of nothing. Rows 7 and 8:
# the same successor twice. C003 sums to 0.9; C004 and C005 have a row that is no share, so that their sums say nothing.
FAULTS = ["C002,C003,1", "C003,NEW,0.9", "C004,NEW,half", "C004,OTHER,1.5", "C005,NEW,0", "C006,NEW,0.5", "C006,NEW,0.5",
          ",NEW,1"]
SAID = [("successor_chained", "2 [successor]"), ("successor_shares_not_one", "3 [share]"), ("number_malformed", "4 [share]"),
        ("number_out_of_range", "5 [share]"), ("number_out_of_range", "6 [share]"), ("successor_shares_not_one", "7 [share]"),
        ("value_missing", "9 [department]")]


def judge_faults(suite, yuanliu, result, file, scratch):
    """Every fault of the file and of every result at once, in both languages, and nothing printed."""
    file.write_text("\n".join(["department,successor,share", *FAULTS, ""]), "utf-8")
    altered = scratch / "altered"
    shutil.copytree(result, altered)
    with (altered / "department_cost.csv").open("a", encoding="utf-8") as table:
        table.write("C001,full,1001,basic,direct,0.01\n")
    for language, words in (("zh", ("应合计为 1", "改动过", "不是结果文件夹", "出现两次")),
                            ("en", ("make them sum to 1", "was altered", "is not a result folder", "is given twice"))):
        done = yuanliu.run("restate", result, altered, scratch, result, "--successors", file, "--lang", language)
        said = sorted(re.findall(r"^stop (\w+) successors.csv:(\d+ \[\w+\])", done.stderr, re.M), key=lambda s: s[1])
        suite.expect(f"all faults at once, {language}", done.returncode == 1 and done.stdout == "" and
                     [s for s in said if s[0] != "duplicate_key"] == SAID and "duplicate_key successors.csv:8" in done.stderr and
                     all(word in done.stderr for word in words), f"{said}\n{done.stderr}")


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
