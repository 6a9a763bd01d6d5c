"""Why this file: restated figures must come to the same total as the booked ones, department by
department as the shares say, and leave the results untouched (docs/collection.md §10).

usage: restate_test.py YUANLIU YUANLIU_VERIFY
"""
import collections
import csv
import io
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


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
