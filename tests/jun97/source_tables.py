"""The Jun97 folder as tables, and the few amounts that are rounded on the way into a month folder.

Why it exists: the converter and the second writing of the source's own scheme read the same 51
files and must mean the same by a cent; they share this and nothing else. Exact arithmetic only.
"""
import csv
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

COSTS = "Jun97HospitalCostsAndAdjustments"
ACTIVITY = "Jun97PatientActivity"
DAY_ZERO = date(1899, 12, 30)  # of a spreadsheet's day numbers


class Source:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.costs = self.table(f"{COSTS}.general_ledger_costs")
        self.adjustments = self.table(f"{COSTS}.general_ledger_run_adjustments")
        self.mapping = self.table("model1.general_ledger_mapping")
        self.grouping = {r["from_department_code"]: r["to_department_code"]
                         for r in self.table("model1.department_grouping")}
        self.disbursement = self.table("model1.general_ledger_disbursement")
        self.attributes = self.table("model1.general_ledger_attributes")
        self.distribution = self.table("model1.general_ledger_distribution")
        self.event_attributes = self.table("model1.event_attributes")
        self.attribute_name = dict(self.pairs("model1.general_ledger_attribute_codes"))
        self.event_attribute_name = dict(self.pairs("model1.event_attribute_codes"))
        self.distribution_name = dict(self.pairs("model1.distribution_codes"))
        self.department_name = dict(self.pairs("hospital1.departments"))
        self.cost_type_name = dict(self.pairs("hospital1.cost_types"))
        run = self.table(f"{COSTS}.run")[0]
        self.first_day, self.last_day = (DAY_ZERO + timedelta(days=int(run[f"{end}_date"]))
                                         for end in ("start", "end"))
        self.period = self.first_day.isoformat()[:7]
        self.feeders = self.itemised()

    def table(self, name):
        with (self.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def activity(self, name):
        return self.table(f"{ACTIVITY}.{name}")

    def pairs(self, name):
        return [tuple(row.values())[:2] for row in self.table(name)]

    def itemised(self):
        """feeder -> (its kind C or W, (department, cost type) its invoices go to, its lines)."""
        kind = {r["feeder_code"]: r["feeder_type_code"] for r in self.table("hospital1.feeders")}
        moved = {r["feeder_code"]: (r["new_department_code"], r["new_cost_type_code"])
                 for r in self.table("model1.feeder_model")}
        sheets = {r["feeder_code"]: r["worksheet"].replace(" ", "_")
                  for r in self.table(f"{COSTS}.itemized_costs")}
        return {feeder: (kind[feeder], moved.get(feeder), self.table(f"{COSTS}.{sheet}"))
                for feeder, sheet in sheets.items()}


# ---- amounts -------------------------------------------------------------------------------------


def rounded(value):
    """Half away from zero."""
    size = int(abs(value) + Fraction(1, 2))
    return -size if value < 0 else size


def decimal(value, digits):
    """A whole number of 10^-digits, written out."""
    size = abs(value)
    return f"{'-' if value < 0 else ''}{size // 10**digits}.{size % 10**digits:0{digits}d}"


def trimmed(value):
    """A whole number of 0.0001, as a month folder's `number`."""
    text = decimal(value, 4).rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def cents_of(text):
    """An amount that must have no more than two decimals."""
    cents = Fraction(text) * 100
    if cents.denominator != 1:
        raise ValueError(f"{text} is no whole number of cents")
    return int(cents)


def distribute_to_cents(amounts):
    """Every line is cut to the cent; the cents still missing go to the lines that lost most (ties:
    the larger amount, then the earlier line), until the sum is the rounded total."""
    cents = [amount * 100 // 1 for amount in amounts]
    missing = rounded(sum(amounts) * 100) - sum(cents)
    order = sorted(range(len(amounts)),
                   key=lambda i: (-(amounts[i] * 100 - cents[i]), -amounts[i], i))
    for i in order[:missing]:
        cents[i] += 1
    return cents
