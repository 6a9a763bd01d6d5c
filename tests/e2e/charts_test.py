"""Why this file: the charts of docs/charts are promised to be importable as they stand; a month with
one line of 1.00 on each account must be computed, with every line where the map says.

usage: charts_test.py YUANLIU YUANLIU_VERIFY
"""
import csv
import json
import pathlib
import sys

import hospital

CHARTS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "charts"
ORACLE = CHARTS.parents[1] / "tests" / "oracle"
sys.path.insert(0, str(ORACLE))
from hospital_folder import Hospital  # noqa: E402


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class ChartHospital(Hospital):
    def __init__(self, chart):
        super().__init__()
        self.chart = chart
        self.departments = {"C001": "clinical"}

    def tables(self):
        made = super().tables()
        for name in ("accounts", "cost_items", "account_map"):
            made[name] = [tuple(row.values()) for row in rows(self.chart / f"{name}.csv")]
        made["ledger"] = [("J1", account[0], self.period, self.period, account[0], "C001", "basic",
                           "1.00", "") for account in made["accounts"]]
        return made


def judge(suite, yuanliu, verify, chart, scratch):
    month, rules = ChartHospital(chart).write(scratch)
    (rules / "allocation.toml").write_text(
        'schema = "yuanliu.allocation/1"\nversion = "t"\nstage = []\n', "utf-8")
    (rules / "collection.toml").write_text(
        'schema = "yuanliu.collection/1"\nversion = "t"\n'
        'hospital_accounts = ["5301*", "5401*", "5501*", "5901*"]\n', "utf-8")
    done = yuanliu.compute(month, rules, scratch / "result")
    suite.expect(f"{chart.name}: computed", done.returncode == 0, done.stderr[-1500:])
    maps = rows(chart / "account_map.csv")
    expected = {}
    for row in maps:
        if row["treatment"] == "cost":
            expected[row["cost_item"]] = expected.get(row["cost_item"], 0) + 100
    direct = {r["cost_item"]: round(float(r["cost"]) * 100)
              for r in rows(scratch / "result" / "department_cost.csv") if r["kind"] == "direct"}
    suite.expect(f"{chart.name}: every account reaches its cost item", direct == expected, direct)
    excluded = {r["account"] for r in rows(scratch / "result" / "excluded.csv")}
    suite.expect(f"{chart.name}: the others are kept out",
                 excluded == {r["account"] for r in maps if r["treatment"] == "excluded"}, excluded)
    categories = {r["category"] for r in rows(chart / "cost_items.csv")}
    suite.expect(f"{chart.name}: all seven categories", len(categories) == 7, categories)
    listed = json.loads((scratch / "result" / "certificate.json").read_text("utf-8"))["tables"]
    suite.expect(f"{chart.name}: scopes are there", "cost_scopes.csv" in listed, list(listed))


def test(suite, yuanliu, verify, scratch):
    for chart in sorted(p for p in CHARTS.iterdir() if p.is_dir()):
        judge(suite, yuanliu, verify, chart, scratch / chart.name)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
