#!/usr/bin/env python3
"""compare-patients on random small hospitals: every printed figure, derived a second time.

Why it exists: a department chooses its method by these figures, so where each fen of it went by each method, what a
case costs in the mean and who is an outlier must be right; docs/service-items.md §8 is all that both know.
Use: patients_by_method_test.py YUANLIU YUANLIU_VERIFY [FIRST_SEED COUNT]. Ends with `N passed, M failed`.
"""
import datetime
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.dont_write_bytecode = True
import sample  # noqa: E402
from arithmetic import rounded, yuan  # noqa: E402
from costing_steps import PARKED, Allocation, Month, Patients  # noqa: E402
from fractions import Fraction  # noqa: E402
from item_hospitals import Hospital  # noqa: E402
from payment_steps import Cases  # noqa: E402
from report_sheets import percent, sections_of  # noqa: E402

SEEDS = sample.of(12)
METHODS = {"bed_days": "床日法", "item_driver": "操作时间/工作量系数法 minutes", "equivalent": "成本当量法",
           "cost_to_charge": "成本收入比法", "income": "收入分配系数法", "visits": "诊次法", "treatment_time": "诊疗时间法"}


class ByMethod:
    """One department by one method; ValueError where the month has no readings for it."""

    def __init__(self, folders, department, method):
        month = Month(*folders)
        month.rule["costing"].setdefault("method", []).insert(
            0, {"departments": [department], "method": method, "item_driver": "minutes"})
        allocation = Allocation(month)
        allocation.pooled = {d: cells for d, cells in allocation.pooled.items() if d == department}
        self.month, self.patients = month, Patients(month, allocation)
        self.cost = {e: sum(parts.values()) for e, parts in self.patients.cost.items()}
        self.pools = [sum(self.patients.pools.get((department, kind), {}).values()) for kind in ("drug", "material", "service")]

    def coverage(self, title):
        by_status = defaultdict(int)
        for e in self.month.encounter:
            by_status[self.month.status(e)] += self.cost.get(e, 0)
        whole, parked = sum(self.pools), self.cost.get(PARKED, 0)
        known = sum(by_status.values())
        assert known + parked + self.patients.unallocated == whole
        places = [by_status[s] for s in ("discharged", "in_hospital", "discharged_earlier", "visit")]
        return [title] + [yuan(a) for a in [whole, *self.pools, *places, parked, self.patients.unallocated]] + [percent(known, whole)]


def spread(costs):
    return percent(max(costs) - min(costs), min(costs)) if min(costs) > 0 else ""


def sheets(folders, department):
    """The sections of the report, and the methods that are left out."""
    left, shown = [], {}
    for method in METHODS:
        try:
            shown[method] = ByMethod(folders, department, method)
        except ValueError:
            left.append(method)
        else:
            table = {"bed_days": "ward_stays", "treatment_time": "treatment_times"}.get(method)
            rows = shown[method].month.table[table] if table else []
            if table and not any(r["department"] == department for r in rows):
                left.append(method)
                del shown[method]
    some = next(iter(shown.values()))
    month, found = some.month, Cases(some.month, some.patients).found
    encounters = sorted(month.encounter, key=str.encode)
    costs = {e: [m.cost.get(e, 0) for m in shown.values()] for e in encounters}
    costs = {e: row for e, row in costs.items() if any(row)}
    group = {e: f if isinstance(f, str) else f[0]["group"] for e, f in found.items()}
    group = {e: "~" + g if g in ("ungrouped", "uncoded") else g for e, g in group.items()}
    means = defaultdict(list)
    for e in costs:
        if e in group:
            means[group[e]].append(costs[e])
    def mean_row(title, rows):
        sums = [sum(column) for column in zip(*rows)] or [0] * len(shown)
        cells = [yuan(rounded(Fraction(s, len(rows)))) if rows else "" for s in sums]
        return [title, str(len(rows)), *cells, spread(sums)]
    groups = [mean_row(g, means[g]) for g in sorted(means, key=str.encode)]
    groups.append(mean_row("合计", [row for g in sorted(means) for row in means[g]]))

    def days(e):
        row = month.encounter[e]
        return (datetime.date.fromisoformat(row["discharged_on"] or "2026-09-30") -
                datetime.date.fromisoformat(row["admitted_on"])).days

    def reason(e):
        if month.encounter[e]["kind"] != "inpatient":
            return ""
        words = ["住院超过 60 天"] * (days(e) > 60) + ["费用低于 5 元"] * (some.patients.charge[e] < 500)
        return ", ".join(words)

    def patient(e):
        shown_days = str(days(e)) if month.encounter[e]["kind"] == "inpatient" else ""
        return [e, group.get(e, ""), reason(e), shown_days, yuan(some.patients.charge[e]), *[yuan(c) for c in costs[e]],
                spread(costs[e])]
    outliers = [patient(e) for e in costs if reason(e)]
    most = sorted(costs, key=lambda e: (min(costs[e]) - max(costs[e]), e.encode()))[:20]
    coverage = [m.coverage(METHODS[name]) for name, m in shown.items()]
    return [coverage, groups, outliers, [patient(e) for e in most]], left


def differences(seed, yuanliu, folder, seen):
    hospital = Hospital(random.Random(seed))
    if hospital.stays:  # somebody lies there for long
        row = next(r for r in hospital.table["encounters"] if r[0] == hospital.stays[0])
        row[4] = "2026-06-20"
    folders = hospital.write(folder)
    for department in hospital.departments[1:3]:
        done = subprocess.run([yuanliu, "compare-patients", folders[0], "--rules", folders[1], "--department", department,
                               "--methods", ",".join(METHODS), "--item-driver", "minutes", "--lang", "zh", "--format", "csv"],
                              capture_output=True, text=True, check=False)
        expected, left = sheets(folders, department)
        if done.returncode:
            return f"{department}: exits {done.returncode}: {done.stdout[-600:]} {done.stderr[-600:]}"
        for method in left:
            if f"略去: {METHODS[method].split()[0]}" not in done.stdout:
                return f"{department}: {method} can't be shown, and nothing says so"
        for found, rows in zip(sections_of(done.stdout), expected, strict=True):
            if found[1:] != rows:
                wrong = [f"printed {a}\nderived {b}" for a, b in zip(found[1:], rows) if a != b]
                return f"{department} {found[0][0]}: {len(found) - 1} rows for {len(rows)}\n" + "\n".join(wrong[:3])
        seen["rows"] += sum(len(rows) for rows in expected)
        seen["outliers"] += len(expected[2])
        seen["left out"] += len(left)
        seen["covered in part"] += sum(row[-1] not in ("", "100.00%", "0.00%") for row in expected[0])
    return ""


def main(arguments):
    yuanliu = arguments[0]
    first, count = (int(a) for a in arguments[2:4]) if len(arguments) > 3 else (1, SEEDS)
    failed, seen = 0, defaultdict(int)
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory(prefix="yuanliu-patients-") as scratch:
            detail = differences(seed, yuanliu, Path(scratch), seen)
        failed += bool(detail)
        if detail:
            print(f"FAIL hospital {seed}: {detail}")
    rare = [name for name in ("rows", "outliers", "left out", "covered in part") if sample.WHOLE and not seen[name]]
    print(f"{'FAIL' if rare else 'PASS'} met: {dict(seen)}")
    print(f"{count + 1 - failed - bool(rare)} passed, {failed + bool(rare)} failed")
    return 1 if failed or rare else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
