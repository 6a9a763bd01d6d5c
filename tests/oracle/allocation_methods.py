"""docs/allocation.md §2 to §5, fen by fen: every method as the page rounds it.

Why it exists: the second half of a proof. This is the page read literally, with whole fen; its
sibling exact_methods.py is the same page without any rounding, and says how far they may differ.
"""
from collections import defaultdict
from fractions import Fraction

from allocation_plan import Refused
from arithmetic import apportion, number, rounded, yuan
from reciprocal_flows import flows_of_cell

FORM_UNIT = 100  # fen in a whole currency unit of the form CMS-1984


def form_split(fen, bases):
    """§5. Multiplier at 6 decimals, shares half up to whole units, the rest to the largest base."""
    units, rest = divmod(fen, FORM_UNIT)
    if rest:
        raise ValueError("the form's amounts are whole currency units")
    whole = Fraction(sum(bases.values()), 10**4)
    multiplier = Fraction(rounded(units / whole * 10**6), 10**6)
    shares = {t: (multiplier * Fraction(base, 10**4) + Fraction(1, 2)).__floor__()
              for t, base in bases.items()}
    largest = min(bases, key=lambda t: (-bases[t], t.encode()))
    shares[largest] += units - sum(shares.values())
    return {t: share * FORM_UNIT for t, share in shares.items()}


class FenByFen:
    """Runs the plan; afterwards `transfers`, `kinds` and `held` say what happened."""

    def __init__(self, plan):
        self.plan = plan
        self.held = defaultdict(lambda: defaultdict(int))   # department -> cell -> fen
        self.kinds = defaultdict(int)   # (department, kind, item, fund, origin) -> fen
        self.transfers = []             # dictionaries, as the columns of transfers.csv
        self.kept = set()               # (stage, sender) that passed nothing on
        self.residual = {}              # stage -> Σ of absolute fen before iterative's last pass
        self.details = {}               # (stage, cell) -> what §4 found on its way
        self.totals = []                # after each pass
        for department, cells in plan.direct_cost().items():
            for cell, fen in cells.items():
                self.held[department][cell] += fen
                self.kinds[(department, "direct", *cell)] += fen
        self.direct = self.total()
        for stage in plan.stages:
            self.run(stage)

    def total(self):
        sums = defaultdict(int)
        for cells in self.held.values():
            for (item, fund, _), fen in cells.items():
                sums[item, fund] += fen
        return {key: fen for key, fen in sums.items() if fen}

    # ---- a stage -------------------------------------------------------------------------------

    def run(self, stage):
        self.original = {}  # sender -> its cells before relabelling
        for s in stage.senders:
            self.original[s] = {c: fen for c, fen in self.held[s].items() if fen}
            self.held[s] = defaultdict(int)
            for (item, fund, origin), fen in self.original[s].items():
                self.held[s][item, fund, self.plan.passed_on(stage, s, origin)] += fen
        self.at_start = {s: dict(self.held[s]) for s in stage.senders}
        first_row = len(self.transfers)
        getattr(self, stage.method)(stage)
        self.book_sent(stage, self.transfers[first_row:])

    def book_sent(self, stage, rows):
        """What is sent stands under the origin held before relabelling."""
        for row in rows:
            self.kinds[(row["receiver"], "received", *row["cell"])] += row["fen"]
            self.kinds[(row["sender"], "sent", *row["cell"])] -= row["fen"]
        for s in stage.senders:
            if (stage.index, s) in self.kept:
                self.take_labels_back(s)
                continue
            for cell, fen in self.at_start[s].items():
                self.kinds[(s, "sent", *cell)] += fen
            for cell, fen in self.original[s].items():
                self.kinds[(s, "sent", *cell)] -= fen

    def take_labels_back(self, sender):
        """A sender that keeps its balance keeps its origins."""
        for cell, fen in self.at_start[sender].items():
            self.held[sender][cell] -= fen
        for cell, fen in self.original[sender].items():
            self.held[sender][cell] += fen

    def keeps(self, stage, sender):
        """§1: a whole balance below zero stays, if the plan says so."""
        if not self.plan.keeps_negative or sum(self.held[sender].values()) >= 0:
            return False
        if stage.method not in ("outward", "sequential"):
            raise ValueError("a turn is only clear where a sender passes on once")
        self.kept.add((stage.index, sender))
        return True

    def move(self, stage, number_of_pass, sender, receiver, cell, fen, **columns):
        if fen:
            self.held[sender][cell] -= fen
            self.held[receiver][cell] += fen
            self.transfers.append({"stage": stage.index, "pass": number_of_pass, "sender": sender,
                                   "receiver": receiver, "cell": cell, "fen": fen, **columns})

    def spread(self, stage, number_of_pass, senders, targets, within=None, moving=None,
               may_stay=False):
        """All at once: each sender splits each cell over `within` (else all) of its targets by the
        driver chosen over `targets`; only the parts to `moving` (else all) move."""
        planned = []
        for s in senders:
            if self.keeps(stage, s):
                continue
            for cell, fen in sorted(self.held[s].items()):
                if not fen:
                    continue
                driver, over = self.plan.choose(stage, s, *cell[:2], targets, within=within)
                if not over and may_stay:
                    continue
                if not over:
                    raise Refused("driver_total_is_zero", f"stage {stage.index}, {s}, {cell}")
                shares = (form_split if self.plan.form else apportion)(fen, over)
                for t, share in shares.items():
                    if moving is None or t in moving:
                        planned.append((s, t, cell, share, dict(
                            driver=driver, base=over[t], base_total=sum(over.values()), pool=fen)))
        for s, t, cell, share, columns in planned:
            self.move(stage, number_of_pass, s, t, cell, share, **columns)
        self.totals.append(self.total())

    # ---- §3 ------------------------------------------------------------------------------------

    def outward(self, stage):
        self.spread(stage, 1, stage.senders, stage.receivers)

    def sequential(self, stage, number_of_pass=1):
        for place, s in enumerate(stage.senders, start=1):
            self.spread(stage, number_of_pass, [s], stage.senders[place:] + stage.receivers)

    def mutual(self, stage):
        everyone = stage.senders + stage.receivers
        self.spread(stage, 1, stage.senders, everyone, moving=set(stage.senders))
        self.spread(stage, 2, stage.senders, everyone, within=set(stage.receivers))

    def peer_first(self, stage):
        self.spread(stage, 1, stage.senders, stage.senders, may_stay=True)
        self.spread(stage, 2, stage.senders, stage.receivers)

    def double(self, stage):
        self.spread(stage, 1, stage.senders, stage.senders + stage.receivers)
        self.sequential(stage, 2)

    def iterative(self, stage):
        everyone = stage.senders + stage.receivers
        for turn in range(1, stage.passes + 1):
            if not any(any(self.held[s].values()) for s in stage.senders):
                break
            self.spread(stage, turn, stage.senders, everyone)
        self.residual[stage.index] = sum(abs(fen) for s in stage.senders
                                         for fen in self.held[s].values())
        self.spread(stage, stage.passes + 1, stage.senders, everyone,
                    within=set(stage.receivers))

    def reciprocal(self, stage):
        everyone = stage.senders + stage.receivers
        cells = {cell for s in stage.senders for cell, fen in self.held[s].items() if fen}
        for cell in sorted(cells):
            chosen = {}

            def bases_of(s):
                if s not in chosen:
                    chosen[s] = self.plan.must_choose(stage, s, *cell[:2], everyone,
                                                      with_self=stage.self_service)
                return chosen[s][1]

            held = {s: self.held[s][cell] for s in stage.senders if self.held[s][cell]}
            flows, found = flows_of_cell(held, bases_of, stage.senders, stage.receivers)
            self.details[stage.index, cell] = {**found, "held": held}
            for (s, t), fen in flows.items():
                driver, bases = chosen[s]
                pool = found["self"].get(s, 0) + sum(f for (p, _), f in flows.items() if p == s)
                self.move(stage, 1, s, t, cell, fen, driver=driver, base=bases[t],
                          base_total=sum(bases.values()), pool=pool)
        self.totals.append(self.total())

    # ---- as the result folder writes it --------------------------------------------------------

    def transfer_rows(self):
        return [[str(x) for x in (
            row["stage"], row["sender"], row["receiver"], *row["cell"], row["driver"],
            number(row["base"], 4), number(row["base_total"], 4), yuan(row["pool"]),
            yuan(row["fen"]), row["pass"])] for row in self.transfers]

    def department_rows(self):
        full = defaultdict(int)
        for (department, _, *cell), fen in self.kinds.items():
            full[(department, "full", *cell)] += fen
        return [[*key, yuan(fen)] for key, fen in [*self.kinds.items(), *full.items()] if fen]

    def faults(self):
        """§2: what does not add up; nothing, if all is well."""
        if any(total != self.direct for total in self.totals):
            yield "a pass does not conserve a cost item and fund source"
        for stage in self.plan.stages:
            for s in stage.senders:
                left = {c: fen for c, fen in self.held[s].items() if fen}
                if left and (stage.index, s) not in self.kept:
                    yield f"{s} still holds {left}"
        full = defaultdict(int)
        for (department, _, *cell), fen in self.kinds.items():
            full[department, tuple(cell)] += fen
        for d, cells in self.held.items():
            if any(full[d, cell] != fen for cell, fen in cells.items()):
                yield f"direct + received + sent is not the balance of {d}"
