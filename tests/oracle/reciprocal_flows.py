"""docs/allocation.md §4: the flows of the reciprocal method, from shares to whole fen.

Why it exists: the equations of one cell (cost item, fund source, origin), solved in fractions, then
rounded exactly as the page says: fine flows first, then circle by circle to whole fen.
"""
from fractions import Fraction

from allocation_plan import Refused
from arithmetic import apportion, rounded

SHARES = 2**56        # Σ of a sender's shares q
FINE = 2**20          # fine units in a fen
LARGEST_TOTAL = 2**47  # fen
HALF_SLACK = Fraction(FINE, 2**45)  # in fine units: so near to one half counts as one half
SINK = None


def shares_of(bases):
    return apportion(SHARES, bases)


def reached_from(start, shares, senders):
    found, todo = set(start), list(start)
    while todo:
        for target, q in shares(todo.pop()).items():
            if q and target in senders and target not in found:
                found.add(target)
                todo.append(target)
    return found


def distances(nodes, shares, receivers):
    """Sender -> fewest steps to a receiver; closed senders have none."""
    steps, frontier = dict.fromkeys(receivers, 0), set(receivers)
    while frontier:
        frontier = {s for s in nodes if s not in steps
                    and any(q and t in frontier for t, q in shares(s).items())}
        length = max(steps.values()) + 1
        steps.update(dict.fromkeys(frontier, length))
    return steps


def inverse(matrix):
    """Gauss and Jordan over fractions."""
    size = len(matrix)
    rows = [[Fraction(v) for v in row] + [Fraction(i == k) for k in range(size)]
            for i, row in enumerate(matrix)]
    for column in range(size):
        pivot = next((r for r in range(column, size) if rows[r][column]), None)
        if pivot is None:
            raise ArithmeticError("the equations have no one solution")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [v / head for v in rows[column]]
        for r in range(size):
            if r != column and rows[r][column]:
                by = rows[r][column]
                rows[r] = [v - by * w for v, w in zip(rows[r], rows[column])]
    return [row[size:] for row in rows]


def gains(senders, share):
    """x = gains · h solves x(s) = h(s) + Σ x(p)·share(p, s)."""
    return inverse([[(s == p) - share(p, s) for p in senders] for s in senders])


def fine_total(x):
    """x fen to whole fine units, half away from zero, a near half counted as one half."""
    size = abs(x) * FINE
    whole, part = divmod(size.numerator, size.denominator)
    up = Fraction(part, size.denominator) >= Fraction(1, 2) - HALF_SLACK
    units = whole + up
    return -units if x < 0 else units


def fine_flows(held, totals, shares, senders, steps):
    """{(s, t): fine units}, every sender in balance."""
    flow = {(s, t): f for s in senders for t, f in apportion(totals[s], shares(s)).items()}
    for s in sorted(senders, key=lambda s: (-steps[s], s.encode())):
        nearer = [t for t, q in shares(s).items() if q and steps.get(t) == steps[s] - 1]
        way_out = min(nearer, key=lambda t: (-shares(s)[t], t.encode()))
        came = held.get(s, 0) * FINE + sum(f for (_, t), f in flow.items() if t == s)
        left = sum(f for (p, _), f in flow.items() if p == s)
        flow[s, way_out] += came - left
    return flow


class Circles:
    """Edges with values in fine units; `run` makes every one whole by §4.5."""

    def __init__(self, nodes, edges, along_when_equal):
        self.nodes, self.along_when_equal = nodes, along_when_equal
        self.ends = [(u, v) for u, v, _ in edges]
        self.value = [value for _, _, value in edges]

    def is_open(self, edge):
        return self.value[edge] % FINE != 0

    def first_node(self):
        """A list of one node with an open edge, or of none."""
        touched = {n for e, ends in enumerate(self.ends) if self.is_open(e) for n in ends}
        return [n for n in self.nodes if n in touched][:1]

    def walk(self, node):
        """[(edge, walked forward)] of the circle that the walk from `node` closes."""
        seen, path, edge = {node: 0}, [], -1
        while True:
            edge = next(e for e, ends in enumerate(self.ends)
                        if e != edge and node in ends and self.is_open(e))
            u, v = self.ends[edge]
            path.append((edge, node == u))
            node = v if node == u else u
            if node in seen:
                return path[seen[node]:]
            seen[node] = len(path)

    def run(self):
        while start := self.first_node():
            path = self.walk(start[0])
            up = [-self.value[e] % FINE for e, _ in path]    # to the ceiling
            down = [self.value[e] % FINE for e, _ in path]   # to the floor
            along = min(u if f else d for (_, f), u, d in zip(path, up, down))
            against = min(d if f else u for (_, f), u, d in zip(path, up, down))
            takes_along = along < against or (along == against and self.along_when_equal)
            by = along if takes_along else -against
            for edge, forward in path:
                self.value[edge] += by if forward else -by
        return {ends: value // FINE for ends, value in zip(self.ends, self.value)}


def to_whole_fen(flow, senders, receivers, held):
    """Self flows are rounded apart, and no edge."""
    first = next((held[s] for s in sorted(held, key=str.encode) if held[s]), 1)
    nodes = sorted(senders, key=str.encode) + sorted(receivers, key=str.encode)
    edges = [(s, t, flow[s, t]) for s in nodes for t in nodes if s != t and (s, t) in flow]
    for r in sorted(receivers, key=str.encode):
        edges.append((r, SINK, sum(f for (_, t), f in flow.items() if t == r)))
    whole = Circles([*nodes, SINK], edges, first > 0).run()
    return {(s, t): fen for (s, t), fen in whole.items() if t is not SINK}


def flows_of_cell(held, bases_of, senders, receivers):
    """`held`: sender -> fen ≠ 0; `bases_of(s)`: target -> base. Gives ({(s, t): fen}, details)."""
    known = {}

    def shares(s):
        if s not in known:
            known[s] = shares_of(bases_of(s))
        return known[s]

    on_way = sorted(reached_from(held, shares, set(senders)), key=str.encode)
    steps = distances(on_way, shares, receivers)
    closed = [s for s in on_way if s not in steps]
    if closed:
        raise Refused("plan_loop_closed", ", ".join(closed))
    gain = gains(on_way, lambda p, s: Fraction(shares(p).get(s, 0), SHARES))
    exact = {s: sum(g * held.get(p, 0) for g, p in zip(row, on_way))
             for s, row in zip(on_way, gain)}
    totals = {s: fine_total(x) for s, x in exact.items()}
    if any(abs(units) >= LARGEST_TOTAL * FINE for units in totals.values()):
        raise Refused("reciprocal_out_of_bounds", str(max(map(abs, totals.values())) // FINE))
    flow = fine_flows(held, totals, shares, on_way, steps)
    whole = to_whole_fen(flow, on_way, receivers, held)
    selfs = {s: rounded(Fraction(flow[s, s], FINE)) for s in on_way if (s, s) in flow}
    return whole, {"exact": exact, "shares": known, "fine": flow, "whole": whole, "self": selfs}
