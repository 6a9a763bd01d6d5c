#!/usr/bin/env python3
"""compare-items, explain and the summary on the golden hospital of every method.

Why it exists: unit costs by method are shown to finance people before anything is settled; what the
program prints must be the figures of the result, in both languages.
Use: items_cli_test.py YUANLIU YUANLIU_VERIFY. Ends with `N passed, M failed`.
"""
import csv
import json
import re
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

CASE = Path(__file__).resolve().parents[1] / "golden" / "costing" / "every_way_to_divide"
TEXTBOOK = CASE.parent / "horngren_direct"


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def rows_of(text):
    return {tuple(line.split()[:2]): line.split() for line in text.splitlines()[2:]}


def main(arguments):
    yuanliu, failed, passed = arguments[0], 0, 0
    month, rules = CASE / "month", CASE / "rules"

    def check(what, ok, detail=""):
        nonlocal failed, passed
        failed, passed = failed + (not ok), passed + bool(ok)
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}")

    def compare(*more):
        return run(yuanliu, "compare-items", month, "--rules", rules, *more)

    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "result"
        code, said, _ = run(yuanliu, "compute", month, "--rules", rules, "--out", out, "--lang", "en")
        check("the summary shows both reconciliations with their differences",
              code == 0 and "resource check: service pools 236,941.61" in said
              and "activity check" in said and said.count("difference 0.00") == 2
              and "differences 0.00 / 0.00" in said, said[-900:])
        with (out / "service_item_cost.csv").open(encoding="utf-8") as stream:
            unit = {(r["department"], r["service_item"]): r["unit_cost"]
                    for r in csv.DictReader(stream)}
        code, said, _ = compare("--methods", "activity", "--department", "M02", "--lang", "en")
        shown = rows_of(said)
        check("by activity the unit costs of M02 are those of its result", code == 0 and all(
            float(shown["M02", i][-2].replace(",", "")) == round(float(unit["M02", i]) + 1e-9, 2)
            for i in ("CON", "CTH", "MRH", "XRC")), shown)
        check("only the department asked for is shown", {d for d, _ in shown} == {"M02"}, shown)
        code, said, _ = compare("--methods", "equivalent,income", "--department", "M01", "--lang",
                                "zh")
        cbc = rows_of(said).get(("M01", "CBC"), [])
        check("two methods side by side, with price and difference, in Chinese",
              code == 0 and "成本当量法" in said and
              cbc[-5:] == ["22.25", "1,327.51", "-1,305.26", "1,017.54", "-995.29"], said)
        code, said, _ = run(yuanliu, "compare-items", TEXTBOOK / "month", "--rules",
                            TEXTBOOK / "rules", "--lang", "en")
        check("methods without tables are left out by name", code == 0 and
              "item_driver: left out (item_drivers.csv has no rows)" in said and
              "activity: left out (activities.csv has no rows)" in said, said)
        check("an unknown department is wrong usage", compare("--department", "X")[0] == 2)
        check("an unknown method is wrong usage", compare("--methods", "guess")[0] == 2)
        code, said, _ = run(yuanliu, "explain", out, "--cell", "patient:I04", "--lang", "en")
        check("explain names activity and measure", code == 0 and
              "scan · item_driver · scan_minutes: " in said and
              re.search(r"care · days: [\d,.]+ × 15 / 30", said), said)
        code, said, _ = run(yuanliu, "explain", out, "--cell", "pool:M02:service", "--lang", "en")
        check("explain lists the activities of a pool", code == 0 and
              "23,511.72  activity scan · item_driver · scan_minutes: used 14,263.77 + idle "
              "9,247.95 + unallocated 0.00" in said, said)
        code, said, _ = run(yuanliu, "explain", out, "--cell", "pool:M02:service", "--json")
        told = json.loads(said) if code == 0 else {"activities": [], "total": "0"}
        named = [{q["name"]: q["value"] for q in a["quantities"]} for a in told["activities"]]
        check("as JSON the activities sum to the pool and name their measure", named and
              sum(Decimal(a["amount"]) for a in told["activities"]) == Decimal(told["total"]) and
              {"activity": "scan", "measure": "item_driver", "item_driver": "scan_minutes"}.items()
              <= next(n for n in named if n["activity"] == "scan").items(), said[-900:])
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
