#!/usr/bin/env python3
"""Published cost reports of hospices (form CMS-1984), replayed cell by cell by the real program.

Why it exists: 152 agencies filed what their overhead columns passed to whom; nobody here chose
those figures. Each is written as a month folder (a cost centre is a department, a column a driver)
and a plan of one sequential stage, and computed twice: with the form's own rounding every published
cell, multiplier and total must come out, where the form's own rule reproduces the report at all
(`replayed_exactly`); with rounding to the fen each must be near, within max(10 USD, 1e-5 x pool).
Further reports can be judged: HOSPICE_REPORTS in the environment names another file of the form.

Use: hospice_test.py YUANLIU YUANLIU_VERIFY. Exits 77 when YUANLIU_SHARED_DATA is not set or has no
reports, 1 on a failure.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
import sample  # noqa: E402

PERIOD = "2026-01"
NOT_ARRIVED = ("service_items encounters discharges diagnoses procedures charge_lines "
               "pathway_readings quality_readings staff dip_catalogue procedure_classes").split()


def write_table(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def decimal(value):
    return f"{Decimal(str(value)):f}"


def sender_of(column):
    """Column 0600 of the worksheet passes on what line 00600 holds."""
    return "0" + column


def write_month(report, folder):
    folder.mkdir(parents=True)
    senders = [sender_of(column) for column in report["columns"]]
    lines = {*senders, *report["net_expense_col0"]}
    for statistics in report["statistics"].values():
        lines |= set(statistics)
    manifest = {"schema": "yuanliu.month/1", "hospital": str(report["rpt"]),
                "hospital_name": report["name"], "period": PERIOD,
                "feeds": {table: "not_arrived" for table in NOT_ARRIVED}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_table(folder / "departments.csv", "department,name,class,care_setting,valid_from,valid_to",
                [[line, line, "administrative" if line in senders else "clinical", "none", "", ""]
                 for line in sorted(lines)])
    write_table(folder / "cost_items.csv", "cost_item,name,category,traced_to,valid_from,valid_to",
                [["COST", "Net expenses", "other_operating", "", "", ""]])
    write_table(folder / "accounts.csv", "account,name,valid_from,valid_to",
                [["COST", "Net expenses", "", ""]])
    write_table(folder / "account_map.csv", "account,valid_from,valid_to,treatment,cost_item,reason",
                [["COST", "", "", "cost", "COST", ""]])
    write_table(folder / "drivers.csv", "driver,name,unit",
                [[column, report["basis"].get(column, column), "unit"]
                 for column in report["columns"]])
    write_table(folder / "driver_readings.csv", "driver,sender,department,value",
                [[column, sender_of(column), line, decimal(value)]
                 for column in report["columns"]
                 for line, value in report["statistics"].get(column, {}).items()])
    write_table(folder / "ledger.csv", "voucher,line,booking_period,attribution_period,account,"
                "department,fund_source,amount,summary",
                [["V1", number, PERIOD, PERIOD, "COST", line, "basic", f"{Decimal(amount):.2f}", ""]
                 for number, (line, amount) in enumerate(report["net_expense_col0"].items(), 1)])
    return senders, sorted(lines - set(senders))


def write_plan(report, folder, senders, receivers, rounding):
    folder.mkdir(parents=True)
    names = lambda codes: json.dumps(list(codes))  # noqa: E731
    text = (f'schema = "yuanliu.allocation/1"\nversion = "1"\nnegative_balances = "keep"\n'
            f'rounding = "{rounding}"\n\n[[stage]]\nname = "administrative"\n'
            f'method = "sequential"\nsenders = {names(senders)}\nreceivers = {names(receivers)}\n'
            f'before_items = true\n')
    for column in report["columns"]:
        text += (f'\n  [[stage.rule]]\n  senders = {names([sender_of(column)])}\n'
                 f'  cost_categories = ["*"]\n  drivers = {names([column])}\n')
    (folder / "allocation.toml").write_text(text, encoding="utf-8")


def computed(yuanliu, verify, report, folder, rounding):
    """{(column, line): amount}, {column: (pool, base total)}, {line: full cost}."""
    month, rules, out = folder / "month", folder / ("rules_" + rounding), folder / rounding
    for command in ([yuanliu, "compute", month, "--rules", rules, "--out", out],
                    [verify, out, "--month", month, "--rules", rules, "--deep"]):
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                              check=False)
        if done.returncode:
            raise RuntimeError(f"agency {report['rpt']}: {(done.stdout + done.stderr)[-1500:]}")
    amount, pool, full = defaultdict(Decimal), {}, defaultdict(Decimal)
    with (out / "transfers.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            amount[row["sender"][1:], row["receiver"]] += Decimal(row["cost"])
            pool[row["sender"][1:]] = Decimal(row["pool"]), Decimal(row["base_total"])
    with (out / "department_cost.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["kind"] == "full":
                full[row["department"]] += Decimal(row["cost"])
    return amount, pool, full


def differences(report, found):
    """(what, found, published) of every published figure of a report."""
    amount, pool, full = found
    cells = {(column, line): Decimal(str(value))
             for column, by_line in report["expected_allocation"].items()
             for line, value in by_line.items()}
    for cell in sorted({*cells, *amount}):
        yield "cell " + "->".join(cell), amount.get(cell, Decimal(0)), cells.get(cell, Decimal(0))
    for line, value in sorted(report["expected_total_col7"].items()):
        yield "total " + line, full[line], Decimal(str(value))


def wrong_multipliers(report, found):
    for column, published in report["expected_unit_cost_multiplier"].items():
        held, base = found[1].get(column, (Decimal(0), Decimal(1)))
        got = (held / base).quantize(Decimal("0.000001"), ROUND_HALF_UP)
        if got != Decimal(str(published)).quantize(Decimal("0.000001")):
            yield f"multiplier {column}: {got}, published {published}"


def judge(yuanliu, verify, report, scratch):
    """(figures compared, what is wrong with the form's rounding, what is far off in fen)."""
    folder = Path(scratch) / str(report["rpt"])
    senders, receivers = write_month(report, folder / "month")
    for rounding in ("cms_form", "fen"):
        write_plan(report, folder / ("rules_" + rounding), senders, receivers, rounding)
    by_form = computed(yuanliu, verify, report, folder, "cms_form")
    compared = list(differences(report, by_form))
    wrong = [f"{what}: {got}, published {want}" for what, got, want in compared if got != want]
    wrong += wrong_multipliers(report, by_form)
    far = []
    largest = max((abs(pool) for pool, _ in by_form[1].values()), default=Decimal(0))
    for what, got, want in differences(report, computed(yuanliu, verify, report, folder, "fen")):
        if abs(got - want) > max(Decimal(10), largest / 100_000):
            far.append(f"{what}: {got}, published {want}")
    return len(compared) + len(report["expected_unit_cost_multiplier"]), wrong, far


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    shared = os.environ.get("YUANLIU_SHARED_DATA")
    path = Path(os.environ.get("HOSPICE_REPORTS") or
                Path(shared or ".") / "cases" / "medicare-hospice-stepdown.jsonl")
    if not path.exists():
        print(f"skipped: {path} is not here (YUANLIU_SHARED_DATA is {shared or 'not set'})")
        return 77
    reports = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    reports = reports[:sample.of(len(reports))]
    figures = exact = failed = 0
    with tempfile.TemporaryDirectory(prefix="yuanliu-hospice-") as scratch, \
            ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(lambda report: judge(*arguments, report, scratch), reports))
    for report, (count, wrong, far) in zip(reports, outcomes):
        figures += count
        exact += not wrong
        promised = report.get("replayed_exactly", True)
        bad = (wrong + far) if promised else []
        failed += bool(bad)
        if bad:
            print(f"FAIL agency {report['rpt']}: {len(bad)} figures: {'; '.join(bad[:5])}")
        elif not promised:
            print(f"NOTE agency {report['rpt']}: the form's rule does not replay it; {len(wrong)} "
                  f"of {count} figures differ: {'; '.join(wrong[:8])}")
    print(f"{len(reports)} agencies, {figures} published figures; {exact} agencies replayed "
          f"exactly with the form's rounding")
    print(f"{len(reports) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
