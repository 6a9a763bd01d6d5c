"""Published answers: Zimmerman, Horngren, BHIMA and a Chinese mutual allocation for the exact reading,
Medicare cost reports of hospices (form CMS-1984) for the reading to the fen.

Why it exists: an oracle that agrees with an engine may share its misreading. These answers were
printed by others. The figures come from the shared reference data; nothing of them stands here.
"""
from decimal import Decimal
from fractions import Fraction

from allocation_methods import FenByFen
from allocation_plan import Plan, Refused
from arithmetic import rounded
from exact_methods import Unrounded

CELL = ("I", "basic", "auxiliary")
SCALE = 10**6  # a published unit, in fen of the reading


class Example:
    """`usage`: sender -> target -> reading. Amounts in published units."""

    def __init__(self, direct, usage):
        self.direct, self.usage, self.senders = direct, usage, list(usage)

    def reading(self, method, senders=None, **more):
        senders = senders or self.senders
        outer = [d for d in self.targets() if d not in senders]
        tables = {
            "departments": [{"department": d, "class": "auxiliary" if d in senders else "clinical"}
                            for d in [*senders, *outer]],
            "cost_items": [{"cost_item": "I", "category": "staff"}],
            "account_map": [{"account": "5", "treatment": "cost", "cost_item": "I"}],
            "ledger": [{"account": "5", "department": d, "fund_source": "basic",
                        "amount": str(Decimal(str(amount)) * SCALE / 100)}
                       for d, amount in self.direct.items()],
            "driver_readings": [{"driver": "use", "sender": s, "department": d, "value": str(v)}
                                for s, row in self.usage.items() for d, v in row.items()]}
        stage = {"name": "auxiliary", "method": method, "senders": senders, "receivers": outer,
                 "rule": [{"drivers": ["use"]}], **more}
        self.exact = Unrounded(Plan(tables, {"stage": [stage]}, "2026-01"))
        return self

    def targets(self):
        return list(dict.fromkeys([*self.direct, *(d for r in self.usage.values() for d in r)]))

    def full(self, department):
        return sum(near.amount for near in self.exact.held[department].values()) / SCALE

    def sent(self, sender, receiver, turn=1):
        return self.exact.flow[1, turn, sender, receiver, CELL].amount / SCALE

    def gross(self, sender):
        return self.exact.gross[1, CELL][sender] / SCALE

    def pool(self, sender):
        """What a sender passed on in all."""
        return sum(near.amount for (_, _, s, _, _), near in self.exact.flow.items()
                   if s == sender) / SCALE


def figure_of(example, name):
    if "->" in name:
        return example.sent(*name.split("->"))
    if name.endswith(" pool"):
        return example.pool(name.removesuffix(" pool"))
    if name.endswith(" total"):
        return example.gross(name.removesuffix(" total"))
    return example.full(name)


def two_departments(book, tolerance):
    """Zimmerman's and Horngren's kind: methods by name, figures by name."""
    example = Example({**book["support"], **book["operating"]}, book["usage_pct"])
    for words, figures in book["expected"].items():
        method, _, order = words.partition("[")
        if method.startswith("unit_prices"):
            continue
        if method == "direct":
            example.reading("outward")
        elif method == "step_down":
            example.reading("sequential", order.rstrip("]").split(","))
        else:
            example.reading("reciprocal", self_service="self" in method)
        for name, value in figures.items():
            yield f"{book['id']} {words} {name}", figure_of(example, name), value, tolerance


def bhima(book):
    usage = {s: book["drivers"][book["basis"][s]] for s in book["order"]}
    example = Example(book["direct_cost"], usage).reading("sequential", book["order"])
    for words, figures in book["expected"].items():
        for name, value in figures.items():
            sender = words.partition("->")[0]
            if sender != "totals":
                got = example.sent(sender, name)
            elif name == "hospital":
                got = sum(example.full(d) for d in book["direct_cost"])
            else:
                got = example.full(name)
            yield f"{book['id']} {words[:20]} {name}", got, value, 1


def mutual(book):
    """Published with rates of 4 decimals and whole amounts: so much may each figure differ, and the
    exact rates must round to the published ones."""
    usage = {s: {d: v for d, v in row.items() if d != "total"} for s, row in book["usage"].items()}
    example = Example(book["support"], usage).reading("mutual")
    want, half = book["expected"], Fraction(1, 20000)
    inner = {s: Fraction(book["support"][s], book["usage"][s]["total"]) for s in usage}
    pool = {s: sum(example.sent(s, d, 2) for d in usage[s]) for s in usage}
    outer = {s: sum(v for d, v in usage[s].items() if d not in usage) for s in usage}
    for s in usage:
        for kind, rate in (("internal", inner[s]), ("external", pool[s] / outer[s])):
            yield (f"{book['id']} rate {kind} of {s}", Fraction(rounded(rate * 10**4), 10**4),
                   want[f"rate {kind}"][s], 0)
        yield f"{book['id']} external pool of {s}", pool[s], want["external pool"][s], 1
        for other in usage:
            if other != s:
                yield (f"{book['id']} {s} -> {other}", example.sent(s, other),
                       want[f"{s}->{other}"], 1 + half * usage[s][other])
    for words in ("product", "workshop", "admin(plug)"):
        for s, value in want[words].items():
            name = words.partition("(")[0]
            most = outer[s] if "plug" in words else usage[s][name]  # the plug takes what all lack
            yield f"{book['id']} {s} -> {name}", example.sent(s, name, 2), value, 1 + half * most


def published(books):
    """(what, exact figure, published figure, tolerance)"""
    by_id = {book["id"]: book for book in books}
    yield from two_departments(by_id["zimmerman-telecom-it"], Fraction(1, 1000))
    yield from two_departments(by_id["horngren-castleford-pm-is"], 2)
    yield from bhima(by_id["bhima-docs-small-hospital"])
    yield from mutual(by_id["cn-mutual-allocation-power-water"])


def hospice(report):
    """One cost report: the cells that differ, of all that it states."""
    senders = ["0" + column for column in sorted(report["columns"])]
    lines = {*report["net_expense_col0"], *senders,
             *(d for row in report["statistics"].values() for d in row)}
    tables = {
        "departments": [{"department": d, "class": "auxiliary" if d in senders else "clinical"}
                        for d in lines],
        "cost_items": [{"cost_item": "I", "category": "staff"}],
        "account_map": [{"account": "5", "treatment": "cost", "cost_item": "I"}],
        "ledger": [{"account": "5", "department": d, "fund_source": "basic", "amount": str(v)}
                   for d, v in report["net_expense_col0"].items()],
        "driver_readings": [{"driver": "use", "sender": "0" + column, "department": d,
                             "value": str(v)}
                            for column, row in report["statistics"].items()
                            for d, v in row.items()]}
    stage = {"name": "auxiliary", "method": "sequential", "senders": senders,
             "receivers": sorted(lines - set(senders)), "rule": [{"drivers": ["use"]}]}
    rules = {"rounding": "cms_form", "negative_balances": "keep", "stage": [stage]}
    got = FenByFen(Plan(tables, rules, "2026-01"))
    moved = {(r["sender"], r["receiver"]): r["fen"] // 100 for r in got.transfers}
    want = {("0" + column, d): v for column, row in report["expected_allocation"].items()
            for d, v in row.items() if v}
    keys = set(moved) | set(want)
    return len(keys), [(k, moved.get(k), want.get(k)) for k in keys if moved.get(k) != want.get(k)]


def hospices(reports):
    """(cells compared, problems)"""
    cells, problems = 0, []
    for report in reports:
        try:
            count, wrong = hospice(report)
        except Refused as refusal:
            count, wrong = 0, [refusal]
        cells += count
        if wrong:
            problems.append(f"cost report {report['rpt']}: {len(wrong)} cells, {wrong[:2]}")
    return cells, problems
