"""docs/allocation.md §3 to §5 without any rounding: what every amount is as a fraction.

Why it exists: rounding must stay within the bound of docs/allocation.md §7. Every figure here is a
`Near`: the exact amount, and by how much the amount in fen may differ from it at most. Only bases,
which the page defines as whole numbers, are those of the other reading.
"""
from collections import defaultdict
from fractions import Fraction

from reciprocal_flows import FINE, SHARES, gains, reached_from, shares_of

HALF = Fraction(1, 2)


class Near:
    """An exact amount in fen, and how far the rounded one may be from it."""

    def __init__(self, amount=0, off=0):
        self.amount, self.off = Fraction(amount), Fraction(off)

    def __add__(self, other):
        return Near(self.amount + other.amount, self.off + other.off)

    def part(self, share, rounding):
        """A share of it that was rounded once more."""
        return Near(self.amount * share, self.off * share + rounding)

    def is_nothing(self):
        return not self.amount and not self.off


def splits(near, bases, form):
    """{target: Near}: who gets which part. One target gets all, which rounds nothing."""
    whole = sum(bases.values())
    rounding = dict.fromkeys(bases, 0 if len(bases) == 1 else 1)
    if form:
        # A share: the multiplier off by half of 10^-6, then half a unit; the rest goes to one.
        rounding = {t: 100 * (HALF + HALF * Fraction(base, 10**10)) for t, base in bases.items()}
        largest = min(bases, key=lambda t: (-bases[t], t.encode()))
        rounding[largest] = sum(rounding.values()) - rounding[largest]
    return {t: near.part(Fraction(base, whole), rounding[t]) for t, base in bases.items()}


class Unrounded:
    """`held` and `flow` by (stage, pass, sender, receiver, cell), each a Near. `kept`: the
    (stage, sender) that passed nothing on, which hangs on the sign of a rounded balance."""

    def __init__(self, plan, kept=frozenset()):
        self.plan, self.kept = plan, kept
        self.held = defaultdict(lambda: defaultdict(Near))
        self.flow = defaultdict(Near)
        self.gross = {}  # (stage, cell) -> {sender: x}
        for department, cells in plan.direct_cost().items():
            for cell, fen in cells.items():
                self.held[department][cell] = Near(fen)
        for stage in plan.stages:
            self.relabel(stage)
            getattr(self, stage.method)(stage)

    def relabel(self, stage):
        for s in stage.senders:
            if (stage.index, s) in self.kept:
                continue
            before, self.held[s] = self.held[s], defaultdict(Near)
            for (item, fund, origin), near in before.items():
                self.held[s][item, fund, self.plan.passed_on(stage, s, origin)] += near

    def take(self, stage, s, cell):
        near, self.held[s][cell] = self.held[s][cell], Near()
        return near

    def give(self, stage, turn, s, t, cell, near):
        self.held[t][cell] += near
        self.flow[stage.index, turn, s, t, cell] += near

    def senders_with_cells(self, stage, senders):
        for s in senders:
            if (stage.index, s) not in self.kept:
                for cell, near in list(self.held[s].items()):
                    if not near.is_nothing():
                        yield s, cell

    def pass_out(self, stage, turn, senders, targets, within=None):
        """Everything goes; what no driver moves stays (the rounded reading has nothing there)."""
        gifts = []
        for s, cell in self.senders_with_cells(stage, senders):
            _, bases = self.plan.choose(stage, s, *cell[:2], targets, within=within)
            if bases:
                parts = splits(self.take(stage, s, cell), bases, self.plan.form)
                gifts += [(s, t, cell, near) for t, near in parts.items()]
        for s, t, cell, near in gifts:
            self.give(stage, turn, s, t, cell, near)

    def outward(self, stage):
        self.pass_out(stage, 1, stage.senders, stage.receivers)

    def sequential(self, stage, turn=1):
        for place, s in enumerate(stage.senders):
            self.pass_out(stage, turn, [s], stage.senders[place + 1:] + stage.receivers)

    def mutual(self, stage):
        everyone, gifts = stage.senders + stage.receivers, []
        for s, cell in self.senders_with_cells(stage, stage.senders):
            _, bases = self.plan.choose(stage, s, *cell[:2], everyone)
            peers = {t: b for t, b in bases.items() if t in stage.senders}
            if peers:
                near = self.take(stage, s, cell)
                parts = splits(near, bases, False)
                gifts += [(s, t, cell, parts[t]) for t in peers]
                outer = len(bases) - len(peers)
                staying = 1 - Fraction(sum(peers.values()), sum(bases.values()))
                self.held[s][cell] = near.part(staying, min(len(peers), outer))
        for s, t, cell, near in gifts:
            self.give(stage, 1, s, t, cell, near)
        self.pass_out(stage, 2, stage.senders, everyone, within=set(stage.receivers))

    def peer_first(self, stage):
        self.pass_out(stage, 1, stage.senders, stage.senders)
        self.pass_out(stage, 2, stage.senders, stage.receivers)

    def double(self, stage):
        self.pass_out(stage, 1, stage.senders, stage.senders + stage.receivers)
        self.sequential(stage, 2)

    def iterative(self, stage):
        everyone = stage.senders + stage.receivers
        for turn in range(1, stage.passes + 1):
            self.pass_out(stage, turn, stage.senders, everyone)
        self.pass_out(stage, stage.passes + 1, stage.senders, everyone,
                      within=set(stage.receivers))

    # ---- §4 ------------------------------------------------------------------------------------

    def reciprocal(self, stage):
        everyone = stage.senders + stage.receivers
        known, solved = {}, {}
        for cell in {cell for _, cell in self.senders_with_cells(stage, stage.senders)}:
            def bases_of(s, cell=cell):
                key = (s, *cell[:2])
                if key not in known:
                    known[key] = self.plan.must_choose(stage, s, *cell[:2], everyone,
                                                       with_self=stage.self_service)[1]
                return known[key]

            held = {s: self.take(stage, s, cell) for s in stage.senders
                    if not self.held[s][cell].is_nothing()}
            on_way = sorted(reached_from(held, bases_of, set(stage.senders)))
            rows = {s: bases_of(s) for s in on_way}
            key = tuple((s, tuple(sorted(rows[s].items()))) for s in on_way)
            if key not in solved:
                solved[key] = (self.gain(on_way, rows), self.gain(on_way, {
                    s: shares_of(row) for s, row in rows.items()}))
            self.flows(stage, cell, held, rows, on_way, *solved[key])

    @staticmethod
    def gain(on_way, rows):
        wholes = {s: sum(rows[s].values()) for s in on_way}
        return gains(on_way, lambda p, s: Fraction(rows[p].get(s, 0), wholes[p]))

    def flows(self, stage, cell, held, rows, on_way, gain, gain_of_shares):
        nothing, came = Near(), defaultdict(Near)
        x = {}
        for s, row in zip(on_way, gain):
            x[s] = Near(sum(g * held.get(p, nothing).amount for g, p in zip(row, on_way)),
                        sum(g * held.get(p, nothing).off for g, p in zip(row, on_way)))
        self.gross[stage.index, cell] = {s: near.amount for s, near in x.items()}
        volume = sum(abs(near.amount) + near.off for near in x.values())
        fine = Fraction(2 + sum(map(len, rows.values())) + 2 * len(on_way), FINE)
        for s, row in zip(on_way, gain_of_shares):
            # The shares q have 56 binary digits only; what that does to x(s), and to its parts.
            digits = (sum(row) * volume + abs(x[s].amount) + x[s].off) / SHARES
            total = sum(rows[s].values())
            for t, base in rows[s].items():
                if t != s:
                    near = x[s].part(Fraction(base, total), fine + digits)
                    self.flow[stage.index, 1, s, t, cell] += near + Near(0, 1)
                    came[t] += near
        for t in stage.receivers:
            if t in came:  # the floor or the ceiling of the sum
                self.held[t][cell] += came[t] + Near(0, 1)
