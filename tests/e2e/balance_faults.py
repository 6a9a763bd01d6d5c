"""Why this file: faults and warnings of the trial balance (docs/reports.md §9), planted as those of
faults.py; reconciliation_test.py finds the vouchers behind them.
"""
from faults import Fault
from hospital import fen, yuan

FILE = "account_balances.csv"
ACCEPTED = """
[[accepted_difference]]
account = "{account}"
fund_source = "{fund_source}"
month = "{month}"
difference = "{difference}"
reason = "booked back next month"
accepted_by = "head of finance"
"""


def more(f):
    """A yuan more than the ledger has; the row and its cells."""
    number, row = f.find(FILE, "first", {"fund_source": "basic"})[0]
    f.cell(FILE, {"account": row["account"], "fund_source": "basic"}, "debit",
           yuan(fen(row["debit"]) + 100))
    return number, row


def accept(f, row, difference):
    month = f.find("ledger.csv", "first", {})[0][1]["booking_period"]
    path = f.path("costing.toml")
    path.write_text(path.read_text("utf-8") + ACCEPTED.format(
        account=row["account"], fund_source=row["fund_source"], month=month,
        difference=difference), "utf-8")


def accepted(f):
    number, row = more(f)
    accept(f, row, "-1.00")
    return number


def accepted_for_nothing(f):
    accept(f, f.find(FILE, "first", {"fund_source": "basic"})[0][1], "-1.00")
    return 0


def by_fund_and_total(f):
    """All of an account as one total, beside its rows by fund source; the first of these is named."""
    number, row = f.find(FILE, "first", {})[0]
    f.append(FILE, f"{row['account']},,{row['debit']},0.00")
    return number


STOPS = [
    Fault("trial balance with a yuan more", "ledger_differs_from_balance", FILE, "account",
          lambda f: more(f)[0]),
    Fault("account by fund source and as a total", "balance_by_fund_and_total", FILE,
          "fund_source", by_fund_and_total),
    Fault("account of the balance is unknown", "unknown_account", FILE, "account",
          lambda f: f.append(FILE, "9999,,1.00,0.00")),
]

WARNINGS = [
    Fault("difference that somebody accepted", "ledger_difference_accepted", FILE, "account",
          accepted, "warn"),
    Fault("acceptance of what is not there", "accepted_difference_unused", "costing.toml",
          "accepted_difference", accepted_for_nothing, "warn"),
]
