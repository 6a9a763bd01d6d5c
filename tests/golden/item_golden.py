"""Golden cases of service items: published unit costs and activities, and that they are the source's.

Why it exists: golden_test.py compares department cost; cases of docs/service-items.md publish what a
unit of service costs and what idle capacity costs.
"""
import csv
import json
from decimal import Decimal


def read_table(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def compare_units(case, name, result, score):
    found = {(r["department"], r["service_item"]): r["unit_cost"]
             for r in read_table(result / "service_item_cost.csv")}
    for row in read_table(case / "expected" / "item_units.csv"):
        got, want = Decimal(found[row["department"], row["service_item"]]), Decimal(row["unit_cost"])
        score.check(f"{name}: one {row['service_item']} costs {got}, expected {want} "
                    f"+- {row['tolerance']}", abs(got - want) <= Decimal(row["tolerance"]),
                    f"off by {got - want}")


def compare_activities(case, name, result, score):
    path = case / "expected" / "activities.csv"
    if not path.exists():
        return
    found = {(r["department"], r["activity"]): r for r in read_table(result / "activities.csv")}
    for row in read_table(path):
        for column in ("use", "used_cost", "idle_cost"):
            got = Decimal(found[row["department"], row["activity"]][column])
            score.check(f"{name}: {column} of {row['activity']} is {got}, expected {row[column]}",
                        abs(got - Decimal(row[column])) <= Decimal(row["tolerance"]))


def at(book, path):
    for key in path.split("."):
        book = book[key]
    return book


def prove_items(case, name, book, score):
    """The restated figures are the source's: unit costs in its order, total cost, activity."""
    source = json.loads((case / "source.json").read_text(encoding="utf-8"))
    units = at(book, source["units"])
    want = list(units.values() if isinstance(units, dict) else units)
    kept = [Decimal(r["unit_cost"]) for r in read_table(case / "expected" / "item_units.csv")]
    score.check(f"{name}: expected unit costs are the source's", kept == want, f"{kept}, {want}")
    booked = sum(Decimal(r["amount"]) for r in read_table(case / "month" / "ledger.csv"))
    score.check(f"{name}: ledger is the source's cost", booked == at(book, source["total"]),
                f"{booked}")
    if "activity" in source:
        row = read_table(case / "expected" / "activities.csv")[0]
        kept = [Decimal(row[c]) for c in ("use", "used_cost", "idle_cost")]
        want = [at(book, path) for path in source["activity"]]
        score.check(f"{name}: expected activity is the source's", kept == want, f"{kept}, {want}")
