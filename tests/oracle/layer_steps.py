"""Why this file: by way of what cost came to a department, written a second time from docs/allocation.md §8: in whole
fen as the report states it, and in fractions without any rounding, to see how far the fen lead.
"""
import collections
from fractions import Fraction

from arithmetic import apportion, rounded

ORIGINS = ("direct", "public", "administrative", "auxiliary", "medical_technology")
CLASSES = ("public", "administrative", "auxiliary", "medical_technology", "clinical", "excluded")
OWN = dict(zip(CLASSES, ORIGINS[1:]))  # what the cost of a class is called when it is passed on


def order_of(layer):
    origin, carriers = layer
    return ORIGINS.index(origin), sum(1 << CLASSES.index(c) for c in carriers)


def whole_shares(layers, amounts):
    """For each amount the list of its shares in the layers: both sums exact, all in fen."""
    total = sum(layers)
    if all(a * total >= 0 for a in layers):
        left, out = list(layers), []
        for amount in amounts:
            shares = apportion(amount, {f"{i:03}": abs(a) for i, a in enumerate(left)})
            out.append([shares[f"{i:03}"] for i in range(len(left))])
            left = [a - b for a, b in zip(left, out[-1])]
        return out
    def corner(i, k):
        return rounded(Fraction(sum(layers[:k]) * sum(amounts[:i]), total))
    return [[corner(i + 1, k + 1) - corner(i, k + 1) - corner(i + 1, k) + corner(i, k) for k in range(len(layers))]
            for i in range(len(amounts))]


def exact_shares(layers, amounts):
    total = sum(layers)
    return [[Fraction(amount) * layer / total for layer in layers] for amount in amounts]


class Walk:
    """One cost item and fund source."""

    def __init__(self, departments, shares):
        self.classes, self.shares = {d: row["class"] for d, row in departments.items()}, shares
        self.held = collections.defaultdict(collections.Counter)

    def step(self, layer, sender):
        origin, carriers = layer
        mine = self.classes[sender]
        return layer if origin in (self.name(sender), OWN.get(mine)) else (origin, carriers | {mine})

    def name(self, sender):
        return OWN[self.classes[sender]] if self.stage["name"] == "by_class" else self.stage["name"]

    def give(self, rows, held, give_to):
        """All transfers of a sender of one origin; give_to(receiver, layer, amount)."""
        origin = rows[0][3]
        layers = sorted((k for k, amount in held.items() if k[0] == origin and amount), key=order_of)
        amounts = [held[k] for k in layers]
        if sum(amounts) == 0:
            return
        for row, shares in zip(rows, self.shares(amounts, [row[4] for row in rows])):
            for layer, share in zip(layers, shares):
                held[layer] -= share
                give_to(row[1], self.step(layer, row[0]), share)

    def run(self, stage, rows):
        """Rows (sender, receiver, pass, origin, fen) of a stage."""
        self.stage = stage
        for sender in {row[0] for row in rows}:
            held = collections.Counter()
            for (origin, carriers), amount in self.held[sender].items():
                own = origin in ("direct", "public")
                held[(self.name(sender), frozenset()) if own else (origin, carriers)] += amount
            self.held[sender] = held
        method = stage.get("method", "outward")
        for number in sorted({row[2] for row in rows}):
            of_pass = sorted(row for row in rows if row[2] == number)
            groups = collections.defaultdict(lambda: collections.defaultdict(list))
            for row in sorted(of_pass, key=lambda row: row[1].encode()):
                groups[row[0]][row[3]].append(row)
            if method == "reciprocal":
                self.by_equations(groups)
            elif method == "sequential" or (method == "double" and number > 1):
                self.in_turn(groups)
            else:
                arrived = []
                for sender, cells in groups.items():
                    for cell in cells.values():
                        self.give(cell, self.held[sender], lambda *gift: arrived.append(gift))
                for receiver, layer, amount in arrived:
                    self.held[receiver][layer] += amount

    def in_turn(self, groups):
        waiting = dict(groups)
        while waiting:
            busy = {row[1] for cells in waiting.values() for rows in cells.values() for row in rows}
            sender = next(s for s in waiting if s not in busy)
            for cell in waiting.pop(sender).values():
                self.give(cell, self.held[sender], self.take)

    def take(self, receiver, layer, amount):
        self.held[receiver][layer] += amount

    def by_equations(self, groups):
        gross = {sender: collections.Counter(self.held[sender]) for sender in groups}
        for sender, cells in groups.items():
            for rows in cells.values():
                for _, receiver, _, origin, amount in rows:
                    if receiver in gross:
                        gross[receiver][self.step((origin, frozenset()), sender)] += amount
        for sender, cells in groups.items():
            for rows in cells.values():
                self.give(rows, gross[sender], lambda r, layer, a: None if r in gross else self.take(r, layer, a))
        self.held.update(gross)


def follow(costs, transfers, plan, departments, shares=whole_shares):
    """{(department, cost item, fund source): {(origin, carriers): fen}} of tables of texts; without zeros."""
    cells = collections.defaultdict(lambda: ([], collections.defaultdict(list), collections.Counter()))
    for row in costs:
        cell = cells[(row["cost_item"], row["fund_source"])]
        if row["kind"] == "direct":
            cell[0].append((row["department"], fen(row["cost"])))
        elif row["kind"] == "full":
            cell[2][row["department"]] += abs(fen(row["cost"]))
    for t in transfers:
        cells[(t["cost_item"], t["fund_source"])][1][int(t["stage"])].append(
            (t["sender"], t["receiver"], int(t["pass"]), t["origin"], fen(t["cost"])))
    found = {}
    for (item, fund), (direct, stages, full) in cells.items():
        walk = Walk(departments, shares)
        for department, amount in direct:
            walk.held[department][("direct", frozenset())] += amount
        for number in sorted(stages):
            walk.run(plan["stage"][number - 1], stages[number])
        for department, held in walk.held.items():
            layers = {layer: amount for layer, amount in held.items() if amount}
            if layers and not (full[department] == 0 and sum(layers.values()) == 0):
                found[(department, item, fund)] = layers
    return found


def fen(text):
    return int(Fraction(text) * 100)
