"""Each Jun97 plan computed a second time, to the fen and in fractions, from the documents alone.

Why it exists: tests/oracle reads docs/allocation.md and docs/method.md without the engine; here its
readings of one month and plan are brought together, so that every transfer and every patient has a
figure that must be met to the fen, and an unrounded one with the bound of docs/allocation.md §7.
"""
import sys
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "oracle"))
from allocation_methods import FenByFen  # noqa: E402
from allocation_plan import Plan  # noqa: E402
from arithmetic import read_table, yuan  # noqa: E402
from costing_steps import PARKED, Month, Patients  # noqa: E402
from exact_methods import Near, Unrounded  # noqa: E402


class SecondWriting:
    def __init__(self, month, rules):
        self.plan = Plan.of_folders(month, rules)
        self.fens = FenByFen(self.plan)
        self.exact = Unrounded(self.plan, self.fens.kept)
        self.patients = Patients(Month(month, rules), SimpleNamespace(pooled=self.fens.held))

    # ---- to the fen ------------------------------------------------------------------------------

    def tables(self):
        """Result table -> the rows it must have."""
        patients = self.patients
        return {"transfers": self.fens.transfer_rows(),
                "department_cost": self.fens.department_rows(),
                "pools": patients.pool_rows, "service_item_cost": patients.item_rows,
                "patient_cost": [[e, *c, yuan(fen)] for e, parts in patients.cost.items()
                                 for c, fen in parts.items() if fen and e is not PARKED]}

    def differences(self, result):
        """(table, rows, what differs or nothing)"""
        for name, rows in self.tables().items():
            want = Counter(tuple(map(str, row)) for row in rows)
            got = Counter(tuple(r.values()) for r in read_table(result, name))
            wrong = sorted((want - got).elements()), sorted((got - want).elements())
            yield name, len(rows), "" if want == got else (
                f"{len(wrong[0])} missing, {len(wrong[1])} unexpected, first {wrong[0][:1]} "
                f"{wrong[1][:1]}")

    # ---- in fractions ----------------------------------------------------------------------------

    def transfer_deviations(self, rows):
        """(deviation, bound) of every transfer in the rows of transfers.csv."""
        moved = Counter()
        for r in rows:
            cell = r["cost_item"], r["fund_source"], r["origin"]
            moved[int(r["stage"]), int(r["pass"]), r["sender"], r["receiver"], cell] += int(
                Fraction(r["cost"]) * 100)
        for key in {*moved, *self.exact.flow}:
            near = self.exact.flow[key]
            yield abs(moved[key] - near.amount), near.off

    def solution_deviations(self):
        """Reciprocal: how far each transfer of the overhead stage, in whole fen, lies from the
        rational solution of the equations of what the senders then held in fen."""
        for found in self.fens.details.values():
            for (s, t), fen in found["whole"].items():
                if t != s and (s, t) in found["fine"]:
                    yield abs(fen - found["exact"][s] * Fraction(found["shares"][s][t], 2**56))

    def exact_departments(self):
        return {d: sum((n.amount for n in cells.values()), Fraction(0))
                for d, cells in self.exact.held.items()}

    def exact_patients(self):
        """encounter -> Near: shares of unrounded pools by the weights of docs/method.md §5."""
        pools, cost = defaultdict(Near), defaultdict(Near)
        for department, cells in self.exact.held.items():
            for (item, _, _), near in cells.items():
                kind = self.patients.month.item[item]["traced_to"] or "service"
                pools[department, kind] += near
        for pool, near in pools.items():
            weights = self.patients.entry_weight[pool]
            whole = sum(weights.values())
            for encounter, weight in weights.items():
                if weight and not near.is_nothing():
                    cost[encounter] += near.part(Fraction(weight, whole), 1)
        return cost


__all__ = ["SecondWriting", "read_table", "yuan"]
