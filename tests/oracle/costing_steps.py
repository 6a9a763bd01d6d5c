"""docs/method.md §2 to §5, step by step: direct cost, allocation, pools, patients.

Why it exists: the half of the oracle that turns a ledger into the cost of departments and patients.
"""
import json
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

from arithmetic import (apportion, nested_prefixes, number, read_rules, read_table, rounded,
                        scaled, yuan)

from item_steps import Activity, Division, method_of

ORIGINS = ["direct", "public", "administrative", "auxiliary", "medical_technology"]
FUNDS = ["basic", "fiscal_project", "other_fiscal_project", "research", "teaching"]
CATEGORIES = ["staff", "materials", "drugs", "depreciation", "amortization", "risk_fund",
              "other_operating"]
PARKED = None  # stands for "all parked lines" among the entries of a pool

# ---- the month -----------------------------------------------------------------------------------


class Month:
    def __init__(self, folder, rules):
        self.manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
        self.period = self.manifest["period"]
        names = ("departments cost_items accounts account_map ledger drivers driver_readings "
                 "service_items encounters discharges diagnoses procedures charge_lines "
                 "pathway_readings quality_readings staff dip_catalogue procedure_classes "
                 "item_drivers activities activity_readings traced_costs ward_stays treatment_times").split()
        self.table = {name: read_table(folder, name) for name in names}
        for name in ("in_hospital", "in_hospital_charges", "carried_pools"):
            self.table["prior/" + name] = read_table(Path(folder) / "prior", name)
        self.rule = {n: read_rules(rules, n) for n in ("allocation", "costing", "payment", "bonus")}
        self.class_of = {r["department"]: r["class"] for r in self.table["departments"]}
        self.item = {r["cost_item"]: r for r in self.table["cost_items"]}
        self.service = {r["service_item"]: r for r in self.table["service_items"]}
        self.encounter = {r["encounter"]: r for r in self.table["encounters"]}
        self.map_of = {r["account"]: r for r in self.table["account_map"]
                       if (r["valid_from"] or "0") <= self.period <= (r["valid_to"] or "9")}

    def status(self, encounter):
        row = self.encounter[encounter]
        if row["kind"] == "outpatient":
            return "visit"
        if not row["discharged_on"]:
            return "in_hospital"
        return "discharged" if row["discharged_on"][:7] == self.period else "discharged_earlier"


# ---- method §2 and §3: direct cost, allocation ---------------------------------------------------


class Allocation:
    def __init__(self, month):
        self.month = month
        self.excluded, self.transfers, self.after_stages = [], [], []
        self.ledger_total = 0
        # department -> (item, fund, origin) -> fen
        self.balance = defaultdict(lambda: defaultdict(int))
        self.by_kind = defaultdict(int)  # (department, kind, item, fund, origin) -> fen
        self.collect_direct()
        self.direct_total = self.total()
        self.bases = defaultdict(dict)  # (driver, sender or "") -> department -> value at scale 4
        for r in month.table["driver_readings"]:
            self.bases[r["driver"], r["sender"]][r["department"]] = scaled(r["value"], 4)
        self.pooled = None
        for index, stage in enumerate(month.rule["allocation"].get("stage", []), start=1):
            if not stage["before_items"] and self.pooled is None:
                self.pooled = {d: dict(cells) for d, cells in self.balance.items()}
            self.run_stage(index, stage)
            self.after_stages.append(self.total())
        if self.pooled is None:
            self.pooled = self.balance

    def total(self):
        return sum(sum(cells.values()) for cells in self.balance.values())

    def collect_direct(self):
        for r in self.month.table["ledger"]:
            fen, mapped = scaled(r["amount"], 2), self.month.map_of[r["account"]]
            self.ledger_total += fen
            by_account = mapped["treatment"] == "excluded"
            if by_account or self.month.class_of[r["department"]] == "excluded":
                self.excluded.append([r["voucher"], r["line"], r["account"], r["department"],
                                      r["fund_source"],
                                      yuan(fen), "account" if by_account else "department"])
                continue
            cell = (mapped["cost_item"], r["fund_source"], "direct")
            self.balance[r["department"]][cell] += fen
            self.by_kind[(r["department"], "direct", *cell)] += fen

    def members(self, names):
        found = set()
        for name in names:
            kind, _, wanted = name.partition("class:")
            found |= {kind} if not wanted else {d for d, c in self.month.class_of.items()
                                                if c == wanted}
        return found

    def run_stage(self, index, stage):
        receivers = sorted(self.members(stage["receivers"]))
        for sender in sorted(self.members(stage["senders"])):
            cells = {c: v for c, v in self.balance[sender].items() if v}
            self.balance[sender].clear()
            relabelled = defaultdict(int)
            for (item, fund, origin), fen in cells.items():
                self.by_kind[(sender, "sent", item, fund, origin)] -= fen
                passed_on = stage["name"] if origin in ("direct", "public") else origin
                relabelled[(item, fund, passed_on)] += fen
            for cell, fen in sorted(relabelled.items()):
                if fen:
                    self.split_cell(index, stage, sender, receivers, cell, fen)

    def split_cell(self, index, stage, sender, receivers, cell, fen):
        driver, bases = self.driver_for(stage, sender, self.month.item[cell[0]]["category"],
                                        receivers)
        base_total = sum(bases.values())
        for receiver, share in apportion(fen, bases).items():
            if share:
                self.balance[receiver][cell] += share
                self.by_kind[(receiver, "received", *cell)] += share
                self.transfers.append([index, sender, receiver, *cell, driver,
                                       number(bases[receiver], 4),
                                       number(base_total, 4), yuan(fen), yuan(share), 1])

    def driver_for(self, stage, sender, category, receivers):
        for rule in stage["rule"]:
            if ("*" in rule["senders"] or sender in rule["senders"]) and (
                    "*" in rule["cost_categories"] or category in rule["cost_categories"]):
                for driver in rule["drivers"]:
                    readings = self.bases.get((driver, sender)) or self.bases.get((driver, ""), {})
                    bases = {r: readings[r] for r in receivers if readings.get(r, 0) > 0}
                    if bases:
                        return driver, bases
                raise ValueError(f"driver_total_is_zero: {sender} {category}")
        raise ValueError(f"plan_rule_missing: {sender} {category}")

    def department_cost_rows(self):
        full = defaultdict(int)
        for (department, _, item, fund, origin), fen in self.by_kind.items():
            full[(department, "full", item, fund, origin)] += fen
        return [[*key, yuan(fen)] for key, fen in [*self.by_kind.items(), *full.items()] if fen]


# ---- method §4 and §5: pools, patients -----------------------------------------------------------


def component_order(component):
    category, fund, origin = component
    if fund == "basic":
        rank = 1 if origin == "administrative" else 0
    else:
        rank = 2 if fund in ("fiscal_project", "other_fiscal_project") else 3
    return rank, FUNDS.index(fund), CATEGORIES.index(category), ORIGINS.index(origin)


class Patients:
    def __init__(self, month, allocation):
        self.month = month
        self.pools = defaultdict(lambda: defaultdict(int))  # (department, pool) -> component -> fen
        for department, cells in allocation.pooled.items():
            for (item, fund, origin), fen in cells.items():
                if fen:
                    row = month.item[item]
                    pool = (department, row["traced_to"] or "service")
                    self.pools[pool][(row["category"], fund, origin)] += fen
        self.cost = defaultdict(lambda: defaultdict(int))  # encounter or PARKED -> component -> fen
        self.charge = defaultdict(int)  # encounter -> fen
        self.pool_rows, self.item_rows, self.parked_rows = [], [], []
        self.activity_rows = []
        self.divided = {}  # pool -> activity -> Activity, of pools not divided by equivalents
        self.hospital_items = defaultdict(lambda: [0, 0, 0, 0])  # departments, units, charge, cost
        self.unallocated = self.parked_charge = 0
        self.net_charge_lines()
        for pool, components in sorted(self.pools.items()):
            if pool[1] == "service" and method_of(month, pool[0])[0] != "equivalent":
                self.cost_divided(pool, allocation.pooled[pool[0]])
            else:
                self.cost_pool(pool, components)

    def net_charge_lines(self):
        quantity, charge = defaultdict(int), defaultdict(int)
        self.item_quantity, self.item_charge = defaultdict(int), defaultdict(int)
        for r in self.month.table["charge_lines"]:
            fen, units = scaled(r["charge"], 2), scaled(r["quantity"], 4)
            key = (r["encounter"], r["executing_department"], r["service_item"])
            quantity[key] += units
            charge[key] += fen
            self.item_quantity[key[1:]] += units
            self.item_charge[key[1:]] += fen
            if r["encounter"] in self.month.encounter:
                self.charge[r["encounter"]] += fen
            else:
                self.parked_charge += fen
                self.parked_rows.append([r["encounter"], r["line"], r["charged_on"],
                                         r["service_item"],
                                         r["executing_department"], number(units, 4), yuan(fen)])
        # pool -> encounter or PARKED -> weight; pool -> service item -> weight
        self.entry_weight = defaultdict(lambda: defaultdict(int))
        self.item_weight = defaultdict(lambda: defaultdict(int))
        self.netted = defaultdict(list)  # department -> its netted service rows
        for (encounter, department, code), units in quantity.items():
            item = self.month.service[code]
            if item["kind"] == "service":
                entry = encounter if encounter in self.month.encounter else PARKED
                self.netted[department].append(
                    (entry, code, units, charge[encounter, department, code]))
            service = item["kind"] == "service"
            weight = units * scaled(item["equivalent"], 4) if service else charge[encounter,
                                                                                  department, code]
            entry = encounter if encounter in self.month.encounter else PARKED
            self.entry_weight[department, item["kind"]][entry] += max(weight, 0)
            self.item_weight[department, item["kind"]][code] += max(weight, 0)

    def cost_pool(self, pool, components):
        order = sorted((c for c, fen in components.items() if fen), key=component_order)
        total = sum(components.values())
        weights = self.entry_weight[pool]
        entries = sorted((e for e, w in weights.items() if w and e is not PARKED), key=str.encode)
        entries += [PARKED] if weights.get(PARKED) else []
        whole = sum(weights.values())
        if whole:
            shares = nested_prefixes([components[c] for c in order], [weights[e] for e in entries])
            for entry, parts in zip(entries, shares):
                for component, fen in zip(order, parts):
                    self.cost[entry][component] += fen
        else:
            self.unallocated += total
        self.pool_rows.append([*pool, yuan(total), whole,
                               len([e for e in entries if e is not PARKED]),
                               yuan(0 if whole else total)])
        if pool[1] == "service":
            activity = Activity("~all", "equivalent")
            activity.components.update(components)
            activity.by_entry.update({e: Fraction(w, 10**8) for e, w in weights.items()})
            self.activity_rows.append(activity.row(pool[0], yuan))
        by_item = self.item_weight[pool]
        for code, fen in apportion(total, by_item).items():
            self.add_item_row(pool, code, by_item[code], fen)

    def cost_divided(self, pool, cells):
        """A service pool by any method but equivalents: docs/service-items.md."""
        cells = {c: fen for c, fen in cells.items()
                 if fen and not self.month.item[c[0]]["traced_to"]}
        division = Division(self.month, pool[0], cells, self.netted[pool[0]])
        self.divided[pool] = {activity.code: activity for activity in division.activities}
        entries, left, weight = set(), 0, 0
        for activity in division.activities:
            division.split(activity, component_order, self.cost, PARKED)
            entries |= {e for e, use in activity.by_entry.items() if use and e is not PARKED}
            left += activity.unallocated() + activity.idle_cost()
            weight = scaled(activity.use(), 8) if activity.code == "~all" else 0
            self.activity_rows.append(activity.row(pool[0], yuan))
        self.unallocated += left
        self.pool_rows.append([*pool, yuan(sum(cells.values())), weight, len(entries), yuan(left)])
        items = {code for _, code, _, _ in self.netted[pool[0]]}
        cost, weights = division.item_costs(items)
        for code in items:
            self.add_item_row(pool, code, weights[code], cost[code])
        for measure, (units, weight, fen) in division.stay_lines().items():
            self.item_rows.append([*pool, "~" + measure, number(units, 4), weight, "0.00",
                                   yuan(fen), self.unit_cost(fen, units)])

    def add_item_row(self, pool, code, weight, fen):
        units, charge = self.item_quantity[pool[0], code], self.item_charge[pool[0], code]
        self.item_rows.append([*pool, code, number(units, 4), weight, yuan(charge), yuan(fen),
                               self.unit_cost(fen, units)])
        if pool[1] == "service":
            sums = self.hospital_items[code]
            self.hospital_items[code] = [a + b for a, b in zip(sums, (1, units, charge, fen))]

    @staticmethod
    def unit_cost(fen, units):
        if units <= 0:
            return ""
        micro = rounded(Fraction(fen * 10**8, units))
        return f"{'-' if micro < 0 else ''}{abs(micro) // 10**6}.{abs(micro) % 10**6:06d}"

    def hospital_item_rows(self):
        rows = []
        for code, row in self.month.service.items():
            listed = code in self.hospital_items
            valid = (row["valid_from"] or "0") <= self.month.period <= (row["valid_to"] or "9")
            if row["kind"] == "service" and (listed or valid):
                count, units, charge, fen = self.hospital_items[code]
                rows.append([code, count, number(units, 4), yuan(charge), yuan(fen),
                             self.unit_cost(fen, units)])
        return rows

    def whole_stays(self):
        """Opening figures added: sets whole_cost, opening, whole_charge and opening_charge."""
        self.whole_cost = defaultdict(lambda: defaultdict(int))
        for encounter, parts in self.cost.items():
            if encounter is not PARKED:
                self.whole_cost[encounter].update(parts)
        self.opening, self.opening_charge = defaultdict(int), defaultdict(int)
        for r in self.month.table["prior/in_hospital"]:
            fen = scaled(r["cost"], 2)
            self.opening[r["encounter"]] += fen
            self.whole_cost[r["encounter"]][r["cost_category"], r["fund_source"],
                                            r["origin"]] += fen
        for r in self.month.table["prior/in_hospital_charges"]:
            self.opening_charge[r["encounter"]] += scaled(r["charge"], 2)
        self.whole_charge = {e: self.opening_charge[e] + self.charge[e]
                             for e in self.month.encounter}
