"""docs/collection.md §2 to §5, step by step: moves of direct cost.

Why it exists: the oracle of collection, written from the page only; whole numbers and dicts.
"""
from collections import defaultdict

from arithmetic import apportion, number, scaled, yuan

FUNDS = ["basic", "fiscal_project", "other_fiscal_project", "research", "teaching"]
ACTIVITIES = ["outpatient", "ward", "teaching", "research", "dispatched"]


class Refused(Exception):
    """The page says that the month stops here; the text is the finding."""


def split(total, weights):
    """Targets to shares; ties to the larger weight, then to the earlier target (method.md §1)."""
    order = sorted(weights)
    parts = {f"{i:09d}": weights[t] for i, t in enumerate(order)}
    return {order[int(k)]: share for k, share in apportion(total, parts).items()}


def fits(patterns, text):
    return any(text.startswith(p[:-1]) if p.endswith("*") else text == p for p in patterns)


def lists(names, *wanted):
    return "*" in names or any(w in names for w in wanted)


class Collection:
    """`table` is name -> rows as dicts; `rules` is collection.toml, parsed."""

    def __init__(self, table, rules, period):
        self.table, self.rules, self.period = table, rules, period
        self.department = {r["department"]: r for r in table["departments"]}
        self.category = {r["cost_item"]: r["category"] for r in table["cost_items"]}
        self.map_of = {r["account"]: r for r in table["account_map"]
                       if (r["valid_from"] or "0") <= period <= (r["valid_to"] or "9")}
        self.readings = defaultdict(dict)
        for r in table["driver_readings"]:
            self.readings[r["driver"], r["sender"]][r["department"]] = scaled(r["value"], 4)
        self.rows, self.warnings, self.out = [], set(), 0
        self.excluded_lines, self.line = 0, {}
        self.pieces, self.booked = defaultdict(int), defaultdict(int)
        self.take_ledger()
        self.check_rules()
        for index, move in enumerate(rules.get("move", []), start=1):
            if move.get("from", "0") <= period <= move.get("until", "9"):
                self.make(index, move)

    def usable(self, code):
        row = self.department[code]
        return (row["valid_from"] or "0") <= self.period <= (row["valid_to"] or "9")

    def able(self, move, code):
        """The department, if it can take cost (§6)."""
        if not self.usable(code) or self.department[code]["class"] == "excluded":
            raise Refused("move_target_invalid")
        return code

    def check_rules(self):
        """Whether cost can go where the moves that hold in the month send it."""
        for move in self.rules.get("move", []):
            if not move.get("from", "0") <= self.period <= move.get("until", "9"):
                continue
            for to in move.get("to", []):
                if "department" in to:
                    self.able(move, to["department"])
            if "drivers" in move:
                self.receivers(move)

    def take_ledger(self):
        for r in self.table["ledger"]:
            fen, mapped = scaled(r["amount"], 2), self.map_of[r["account"]]
            if mapped["treatment"] == "excluded" or \
                    self.department[r["department"]]["class"] == "excluded":
                self.excluded_lines += fen
                continue
            key = (r["voucher"], r["line"])
            self.line[key] = r
            cell = (r["department"], mapped["cost_item"], r["fund_source"])
            self.booked[cell] += fen
            if fen:
                self.pieces[key, "direct", cell] += fen

    # ---- §2 ---------------------------------------------------------------------------------

    def matches(self, move, line, cell):
        row = self.line[line]
        klass = "class:" + self.department[cell[0]]["class"]
        return (lists(move.get("departments", ["*"]), cell[0], klass) and
                fits(move.get("accounts", ["*"]), row["account"]) and
                fits(move.get("vouchers", ["*"]), row["voucher"]) and
                lists(move.get("cost_items", ["*"]), cell[1]) and
                lists(move.get("cost_categories", ["*"]), self.category[cell[1]]) and
                lists(move.get("fund_sources", ["*"]), cell[2]))

    def make(self, index, move):
        share = scaled(move.get("share", "1"), 4)
        taken = {}
        for (line, entry, cell), fen in self.pieces.items():
            part = self.part(fen, share)
            if part and self.matches(move, line, cell):
                taken[line, entry, cell] = part
        if not taken:
            self.warnings.add("move_matches_nothing")
            return
        bills = defaultdict(int)
        for (_, _, cell), part in taken.items():
            bills[cell[0]] += part
        entry_of_move = move.get("entry", "calculated" if "drivers" in move else "direct")
        self.served = {}
        put = defaultdict(int)
        for (line, entry, cell), part in taken.items():
            by, driver, weights = self.bases(move, cell, bills[cell[0]])
            weights = {t: w for t, w in weights.items() if w}
            if not weights:
                raise Refused("move_base_is_zero")
            total = sum(weights.values())
            for target, amount in split(part, weights).items():
                if amount == 0:
                    continue
                is_out, department, item, fund, reason = target
                fund = FUNDS[fund]
                self.rows.append([index, *line, entry, *cell, department, item, fund, reason, by,
                                  driver, number(weights[target], 4), number(total, 4),
                                  yuan(part), yuan(amount)])
                if is_out:
                    self.out += amount
                else:
                    kept = "calculated" if entry_of_move == "calculated" else entry
                    put[line, kept, (department, item, fund)] += amount
        for key, part in taken.items():
            self.pieces[key] -= part
        for key, amount in put.items():
            self.pieces[key] += amount
        self.pieces = defaultdict(int, {k: v for k, v in self.pieces.items() if v})
        if move.get("table") in ("payroll", "assets"):
            if sum(taken.values()) != sum(self.served.values()):
                self.warnings.add("move_base_differs")

    @staticmethod
    def part(fen, share):
        size = (abs(fen) * share * 2 + 10000) // 20000
        return -size if fen < 0 else size

    # ---- §3, §4: a target is (is out, department, item, place of the fund, reason) ------------

    def bases(self, move, cell, bill):
        if "to" in move:
            return "share", "", self.by_shares(move, cell)
        if "table" in move:
            table = move["table"]
            make = {"payroll": self.by_payroll, "staff_time": self.by_time,
                    "assets": self.by_assets}[table]
            return table, "", make(move, cell)
        return self.by_drivers(move, cell, bill)

    @staticmethod
    def target(department, item, fund, reason=""):
        is_out = bool(reason)
        return is_out, "" if is_out else department, item, FUNDS.index(fund), reason

    def add(self, weights, move, department, item, fund, weight, reason=""):
        if weight:
            if not reason:
                self.able(move, department)
            weights[self.target(department, item, fund, reason)] += weight

    def by_shares(self, move, cell):
        weights = defaultdict(int)
        for to in move["to"]:
            department = to.get("department", cell[0])
            if "department" in to:
                self.able(move, department)
            weights[self.target(department, to.get("cost_item", cell[1]),
                                to.get("fund_source", cell[2]), to.get("out", ""))] += \
                scaled(to.get("share", "1"), 4)
        if sum(weights.values()) != 10000:
            raise Refused("move_shares_not_one")
        return weights

    def members(self, names, able_only):
        found = set()
        for name in names:
            if name.startswith("class:"):
                found |= {d for d, r in self.department.items()
                          if r["class"] == name[6:] and self.usable(d)}
            else:
                found.add(self.able(None, name) if able_only else name)
        return found

    def reading(self, driver, sender, receiver):
        own = self.readings.get((driver, sender))
        return (own if own else self.readings.get((driver, ""), {})).get(receiver, 0)

    def chain(self, move, sender, over):
        for place, driver in enumerate(move["drivers"]):
            bases = {r: self.reading(driver, sender, r) for r in over}
            if sum(bases.values()) > 0:
                if place:
                    self.warnings.add("move_fell_back")
                return driver, bases
        return "", {}

    def receivers(self, move):
        found = self.members(move["receivers"], True) - \
            self.members(move.get("except_receivers", []), False)
        if not found:
            raise Refused("move_receivers_empty")
        return found

    def by_drivers(self, move, cell, bill):
        receivers = self.receivers(move)
        tariff = scaled(move.get("tariff", "1"), 4)
        metered = {}
        if "metered" in move:
            metered = {r: (self.reading(move["metered"], cell[0], r) * tariff * 2 + 10**6) //
                       (2 * 10**6) for r in receivers}
        said = sum(metered.values())
        as_targets = lambda bases: {self.target(r, *cell[1:]): v for r, v in bases.items()}
        if not said:
            driver, bases = self.chain(move, cell[0], receivers)
            return "driver", driver, as_targets(bases)
        used, left = move["metered"], bill - said
        fen = dict(metered)
        if left < 0:
            self.warnings.add("metered_above_bill")
        elif left > 0:
            over = {r for r in receivers if move.get("rest") == "all" or not metered[r]}
            driver, bases = self.chain(move, cell[0], over)
            if driver:
                used = driver
                for r, share in apportion(left, bases).items():
                    fen[r] += share
            else:
                self.warnings.add("move_only_metered")
        return "metered", used, as_targets({r: v * 100 for r, v in fen.items()})

    def place(self, row, item, fund):
        """Department, item, fund source and reason of time (§4, places of time)."""
        if row["activity"] == "dispatched":
            return "", item, fund, "dispatched"
        own = row["activity"] in ("teaching", "research")
        return row["department"], item, row["activity"] if own else fund, ""

    def by_payroll(self, move, cell):
        weights, kinds, match = defaultdict(int), move.get("kinds", ["*"]), move.get("match", [])
        for n, pay in enumerate(self.table["payroll"]):
            if not lists(kinds, pay["pay_kind"]) or \
                    ("department" in match and pay["department"] != cell[0]) or \
                    ("fund_source" in match and pay["fund_source"] != cell[2]):
                continue
            amount = scaled(pay["amount"], 2)
            self.served[n] = amount
            times = [t for t in self.table["staff_time"]
                     if t["unit"] == "staff" and t["code"] == pay["staff"]]
            minutes = {(t["department"], ACTIVITIES.index(t["activity"]), i):
                       scaled(t["minutes"], 4) for i, t in enumerate(times)}
            if move.get("by_time") and sum(minutes.values()):
                for (_, _, i), fen in split(amount, minutes).items():
                    where = self.place(times[i], cell[1], pay["fund_source"])
                    self.add(weights, move, *where[:3], fen * 100, where[3])
                continue
            if move.get("by_time"):
                self.warnings.add("staff_without_time")
            self.add(weights, move, pay["department"], cell[1], pay["fund_source"], amount * 100)
        return weights

    def by_time(self, move, cell):
        weights = defaultdict(int)
        for row in self.table["staff_time"]:
            if row["unit"] == "department" and row["code"] == cell[0]:
                where = self.place(row, cell[1], cell[2])
                self.add(weights, move, *where[:3], scaled(row["minutes"], 4), where[3])
        return weights

    def by_assets(self, move, cell):
        weights = defaultdict(int)
        for n, asset in enumerate(self.table["assets"]):
            if not lists(move.get("kinds", ["*"]), asset["kind"]) or \
                    ("department" in move.get("match", []) and asset["department"] != cell[0]):
                continue
            amount = scaled(asset["depreciation"], 2)
            self.served[n] = amount
            paid = {i: scaled(asset["paid_" + f], 2) for i, f in enumerate(FUNDS)}
            if not sum(paid.values()):
                paid[0] = 1
            for i, fen in split(amount, paid).items():
                self.add(weights, move, asset["department"], cell[1], FUNDS[i], fen * 100)
        return weights

    # ---- §5 -----------------------------------------------------------------------------------

    def collected(self):
        sums = defaultdict(lambda: [0, 0, 0, 0, 0])
        for cell, fen in self.booked.items():
            sums[cell][0] += fen
        for row in self.rows:
            fen = scaled(row[-1], 2)
            sums[tuple(row[4:7])][1] -= fen
            if row[7]:
                sums[tuple(row[7:10])][2] += fen
        for (_, entry, cell), fen in self.pieces.items():
            sums[cell][3] += fen
            sums[cell][4] += fen if entry == "calculated" else 0
        for booked, out, came, direct, _ in sums.values():
            assert booked + out + came == direct
        return [[*cell, *map(yuan, row)] for cell, row in sums.items()
                if any(row[i] for i in (0, 1, 2, 4))]

    def direct(self):
        cells = defaultdict(int)
        for (_, _, cell), fen in self.pieces.items():
            cells[cell] += fen
        return {cell: fen for cell, fen in cells.items() if fen}

    # ---- §7, §8: `costs` are the rows of department_cost.csv, which other oracles prove -----------

    def attribute_rule(self, department, item):
        klass = "class:" + self.department[department]["class"]
        category = self.category[item]
        for rule in self.rules.get("attribute", []):
            if lists(rule.get("departments", ["*"]), department, klass) and \
                    lists(rule.get("cost_items", ["*"]), item) and \
                    lists(rule.get("cost_categories", ["*"]), category):
                return scaled(rule["variable"], 4), rule["controllable"], rule["capital"]
        capital = category in ("depreciation", "amortization")
        return (10000 if category in ("materials", "drugs", "risk_fund") else 0,
                not capital and category != "risk_fund", capital)

    def attributes(self, costs):
        full, own = defaultdict(int), defaultdict(int)
        for department, kind, item, fund, _, cost in costs:
            if kind in ("direct", "full"):
                (full if kind == "full" else own)[department, item, fund] += scaled(cost, 2)
        for (_, entry, cell), fen in self.pieces.items():
            own[cell] -= fen if entry == "calculated" else 0
        rows = []
        for cell in sorted(set(full) | set(own)):
            share, controllable, capital = self.attribute_rule(*cell[:2])
            variable = self.part(full[cell], share)
            kept = own[cell] if controllable else 0
            if full[cell] or kept:
                rows.append([*cell, yuan(full[cell]), yuan(full[cell] - variable), yuan(variable),
                             yuan(kept), yuan(full[cell] if capital else 0)])
        return rows

    def scopes(self, costs):
        sums = defaultdict(lambda: [0, 0, 0, 0])
        for department, kind, item, fund, origin, cost in costs:
            if kind not in ("direct", "full"):
                continue
            of_office = origin == "administrative" or (
                origin in ("direct", "public") and
                self.department[department]["class"] == "administrative")
            rank = {"basic": int(of_office), "research": 3, "teaching": 3}.get(fund, 2)
            for name in (department, ""):
                for scope in range(rank, 4):
                    sums[name, kind, self.category[item]][scope] += scaled(cost, 2)
        for r in self.table["ledger"]:
            if self.map_of[r["account"]]["treatment"] == "excluded" and \
                    fits(self.rules.get("hospital_accounts", []), r["account"]):
                sums["", "direct", ""][3] += scaled(r["amount"], 2)
        return [[*key, *map(yuan, row)] for key, row in sums.items() if any(row)]
