"""docs/service-items.md, sentence by sentence: a service pool divided into activities.

Why it exists: the part of the oracle for every method but equivalents, which costing_steps.py has.
Uses are exact fractions; they become whole numbers at scale 8 only where a table shows them.
"""
from collections import defaultdict
from fractions import Fraction

from arithmetic import apportion, nested_prefixes, number, scaled

MEASURE_OF = {"income": "charge", "item_driver": "item_driver", "bed_days": "days",
              "visits": "visits", "treatment_time": "treatment_time"}


def names_department(names, month, department):
    return any(n in ("*", department, "class:" + month.class_of[department]) for n in names)


def method_of(month, department):
    """(method, item driver) of the first rule that matches."""
    for rule in (month.rule["costing"] or {}).get("method", []):
        if names_department(rule["departments"], month, department):
            return rule["method"], rule.get("item_driver", "")
    return "equivalent", ""


class Activity:
    def __init__(self, code, measure, item_driver="", item="", category="", capacity=None):
        self.code, self.measure, self.item_driver = code, measure, item_driver
        self.item, self.category, self.capacity = item, category, capacity
        self.components = defaultdict(int)  # component -> fen
        self.by_entry = defaultdict(Fraction)  # encounter, or None for the parked entry -> use
        self.by_item = defaultdict(Fraction)
        self.idle = defaultdict(int)  # component -> fen

    def cost(self):
        return sum(self.components.values())

    def use(self):
        return sum(self.by_entry.values(), Fraction(0))

    def weight(self):
        return max(self.use(), self.capacity or Fraction(0))

    def of_stays(self):
        return self.measure in ("days", "visits", "treatment_time")

    def idle_cost(self):
        return sum(self.idle.values())

    def unallocated(self):
        return 0 if self.weight() else self.cost()

    def used_cost(self):
        return self.cost() - self.idle_cost() - self.unallocated()

    def row(self, department, yuan):
        capacity = "" if self.capacity is None else number(scaled(self.capacity, 4), 4)
        return [department, self.code, self.measure, self.item_driver, yuan(self.cost()),
                number(scaled(self.use(), 8), 8), capacity, yuan(self.used_cost()),
                yuan(self.idle_cost()), yuan(self.unallocated())]


class Division:
    """One department's service pool. `rows`: (encounter or None, item, units at scale 4, fen)."""

    def __init__(self, month, department, cells, rows):
        self.month, self.department, self.rows = month, department, rows
        self.method, self.item_driver = method_of(month, department)
        self.activities = self.listed()
        for activity in self.activities:
            self.measure(activity)
        if self.method == "cost_to_charge" and not any(a.use() for a in self.activities):
            self.activities = [Activity("~all", "charge")]
        self.activities.sort(key=lambda a: a.code.encode())
        self.bring_cost(dict(cells))

    def of_department(self, table):
        return [r for r in self.month.table[table] if r["department"] == self.department]

    def listed(self):
        if self.method == "activity":
            found = [Activity(r["activity"], r["measure"],
                              r["item_driver"] if r["measure"] == "item_driver" else "",
                              capacity=Fraction(r["practical_capacity"])
                              if r["practical_capacity"] else None)
                     for r in self.of_department("activities")]
            items = {r["service_item"] for r in self.of_department("traced_costs")}
            return found + [Activity("~item:" + i, "quantity", item=i) for i in items]
        if self.method == "cost_to_charge":
            return [Activity("~unit:" + c, "charge", category=c) for c in
                    {self.month.service[item]["charge_category"] for _, item, _, _ in self.rows}]
        return [Activity("~all", MEASURE_OF[self.method], self.item_driver)]

    def value(self, item_driver, item):
        own, common = None, Fraction(0)
        for r in self.month.table["item_drivers"]:
            if r["item_driver"] == item_driver and r["service_item"] == item:
                if r["department"] == self.department:
                    own = Fraction(r["value"])
                elif not r["department"]:
                    common = Fraction(r["value"])
        return common if own is None else own

    def use_of_row(self, activity, item, quantity, charge):
        row = self.month.service[item]
        if activity.measure == "equivalent":
            return quantity * Fraction(row["equivalent"])
        if activity.measure == "charge":
            return charge if activity.category in ("", row["charge_category"]) else 0
        if activity.measure == "item_driver":
            return quantity * self.value(activity.item_driver, item)
        return quantity if item == activity.item else 0

    def measure(self, activity):
        if activity.measure == "days":
            for r in self.of_department("ward_stays"):
                activity.by_entry[r["encounter"]] += Fraction(r["days"])
        elif activity.measure == "treatment_time":
            for r in self.of_department("treatment_times"):
                activity.by_entry[r["encounter"]] += Fraction(r["minutes"])
        elif activity.measure == "visits":
            for code, r in self.month.encounter.items():
                if r["kind"] == "outpatient" and r["department"] == self.department:
                    activity.by_entry[code] += 1
        else:
            for entry, item, units, fen in self.rows:
                use = self.use_of_row(activity, item, Fraction(units, 10**4), Fraction(fen, 100))
                if use > 0:
                    activity.by_entry[entry] += use
                    activity.by_item[item] += use

    def bring_cost(self, cells):
        """§3: traced cost first, then every cell that is left, by a resource driver."""
        category = lambda cell: self.month.item[cell[0]]["category"]  # noqa: E731
        by_code = {a.code: a for a in self.activities}
        if self.method not in ("activity", "cost_to_charge") or list(by_code) == ["~all"]:
            for cell, fen in cells.items():
                self.activities[0].components[category(cell), cell[1], cell[2]] += fen
            return
        for r in self.of_department("traced_costs") if self.method == "activity" else []:
            cell, fen = (r["cost_item"], r["fund_source"], "direct"), scaled(r["amount"], 2)
            cells[cell] -= fen
            by_code["~item:" + r["service_item"]].components[category(cell), *cell[1:]] += fen
        for cell, fen in cells.items():
            if fen:
                for code, share in apportion(fen, self.weights_for(cell[0])).items():
                    by_code[code].components[category(cell), *cell[1:]] += share

    def weights_for(self, cost_item):
        keys = {a.code: a.category or a.code for a in self.activities if not a.item}
        for rule in (self.month.rule["costing"] or {}).get("resource", []):
            if (names_department(rule["departments"], self.month, self.department)
                    and {"*", self.month.item[cost_item]["category"]} & set(rule["cost_categories"])
                    and {"*", cost_item} & set(rule["cost_items"])):
                for driver in rule["resource_drivers"]:
                    read = {r["activity"]: scaled(r["value"], 4)
                            for r in self.of_department("activity_readings")
                            if r["resource_driver"] == driver}
                    weights = {code: read.get(key, 0) for code, key in keys.items()}
                    if sum(weights.values()):
                        return weights
                raise ValueError(f"resource_driver_missing: {self.department} {cost_item}")
        if self.method == "activity":
            raise ValueError(f"resource_driver_missing: {self.department} {cost_item}")
        return {a.code: scaled(a.use(), 8) for a in self.activities}

    def split(self, activity, component_order, cost, parked):
        """Adds the entries' components to `cost`; the idle entry stands last."""
        order = sorted((c for c, fen in activity.components.items() if fen), key=component_order)
        entries = sorted((e for e in activity.by_entry if e is not parked), key=str.encode)
        entries += [parked] if parked in activity.by_entry else []
        weights = [scaled(activity.by_entry[e], 8) for e in entries]
        if not activity.weight():
            return
        weights.append(scaled(activity.weight() - activity.use(), 8))
        shares = nested_prefixes([activity.components[c] for c in order], weights)
        for entry, parts in zip(entries, shares):
            for component, fen in zip(order, parts):
                cost[entry][component] += fen
        for component, fen in zip(order, shares[-1]):
            activity.idle[component] += fen

    def item_costs(self, items):
        """Item -> fen over all activities by rows, and item -> weight of `~all` at scale 8."""
        cost, weight = {i: 0 for i in items}, {i: 0 for i in items}
        for activity in self.activities:
            if activity.of_stays():
                continue
            own = {i: scaled(activity.by_item.get(i, Fraction(0)), 8) for i in items}
            for item, fen in apportion(activity.used_cost(), own).items():
                cost[item] += fen
            if activity.code == "~all":
                weight = own
        return cost, weight

    def stay_lines(self):
        """Measure -> (quantity at scale 4, weight, fen)."""
        lines = {}
        for activity in self.activities:
            if activity.of_stays():
                weight = scaled(activity.use(), 8) if activity.code == "~all" else 0
                before = lines.get(activity.measure, (0, 0, 0))[2]
                lines[activity.measure] = (scaled(activity.use(), 4), weight,
                                           before + activity.used_cost())
        return lines
