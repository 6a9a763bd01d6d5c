"""docs/allocation.md §1: the plan, and by which driver a sender's cost goes to whom.

Why it exists: both readings of the methods (exact and to the fen) need the same targets and bases;
this module reads them from a month folder and its allocation.toml, and rounds nothing but bases.
"""
import json
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

from arithmetic import apportion, read_rules, read_table, rounded, scaled

TABLES = ("departments", "cost_items", "account_map", "ledger", "driver_readings")
SHARE_UNITS = 10**12
LARGEST_WEIGHT = 2**62


class Refused(Exception):
    """A finding that stops the run; `code` is its name in the documents."""

    def __init__(self, code, detail=""):
        super().__init__(f"{code}: {detail}")
        self.code = code


class Stage:
    def __init__(self, plan, index, rule):
        self.index, self.name = index, rule["name"]
        self.method = rule.get("method", "outward")
        self.passes = rule.get("passes", 0)
        self.self_service = rule.get("self_service", False)
        # In the order written; who is named twice stands where it is named first.
        self.senders = plan.members(rule["senders"])
        self.receivers = sorted(plan.members(rule["receivers"]), key=str.encode)
        self.rules = rule.get("rule", [])


class Plan:
    def __init__(self, tables, rule, period):
        self.tables, self.rule, self.period = tables, rule, period
        self.class_of = {r["department"]: r["class"] for r in tables["departments"]}
        self.category = {r["cost_item"]: r["category"] for r in tables["cost_items"]}
        self.reading = defaultdict(dict)  # (driver, sender or "") -> department -> at scale 4
        for r in tables["driver_readings"]:
            self.reading[r["driver"], r["sender"]][r["department"]] = scaled(r["value"], 4)
        self.made = {d["driver"]: d["terms"] for d in rule.get("driver", [])}
        self.keeps_negative = rule.get("negative_balances", "send") == "keep"
        self.form = rule.get("rounding", "fen") == "cms_form"
        self.stages = [Stage(self, i, s) for i, s in enumerate(rule.get("stage", []), start=1)]

    @classmethod
    def of_folders(cls, month, rules):
        manifest = json.loads((Path(month) / "manifest.json").read_text(encoding="utf-8"))
        return cls({name: read_table(month, name) for name in TABLES},
                   read_rules(rules, "allocation"), manifest["period"])

    def members(self, names):
        found = {}
        for name in names:
            if name.startswith("class:"):
                wanted = [d for d, c in self.class_of.items() if c == name[len("class:"):]]
                found.update(dict.fromkeys(sorted(wanted, key=str.encode)))
            else:
                found[name] = None
        return list(found)

    def direct_cost(self):
        """department -> (cost item, fund source, "direct") -> fen."""
        mapped = {r["account"]: r for r in self.tables["account_map"]}
        cost = defaultdict(lambda: defaultdict(int))
        for r in self.tables["ledger"]:
            row = mapped[r["account"]]
            if row["treatment"] == "cost" and self.class_of[r["department"]] != "excluded":
                cell = (row["cost_item"], r["fund_source"], "direct")
                cost[r["department"]][cell] += scaled(r["amount"], 2)
        return cost

    def passed_on(self, stage, sender, origin):
        if origin not in ("direct", "public"):
            return origin
        return self.class_of[sender] if stage.name == "by_class" else stage.name

    # ---- rules -----------------------------------------------------------------------------------

    def names_department(self, names, department):
        return "*" in names or department in self.members([n for n in names if n != "*"])

    def rule_for(self, stage, sender, item, fund):
        for rule in stage.rules:
            if (self.names_department(rule.get("senders", ["*"]), sender)
                    and {"*", self.category[item]} & set(rule.get("cost_categories", ["*"]))
                    and {"*", item} & set(rule.get("cost_items", ["*"]))
                    and {"*", fund} & set(rule.get("fund_sources", ["*"]))
                    and rule.get("from", "0") <= self.period <= rule.get("until", "9")):
                return rule
        raise Refused("plan_rule_missing", f"stage {stage.index}, {sender}, {item}, {fund}")

    def choose(self, stage, sender, item, fund, targets, with_self=False, within=None):
        """(driver, {target: base > 0}), or (None, {}) when the whole chain is zero. With `within`
        the driver that was chosen over `targets` is taken again over these only."""
        rule = self.rule_for(stage, sender, item, fund)
        kept = [t for t in targets
                if (t != sender or with_self)
                and ("receivers" not in rule or self.names_department(rule["receivers"], t))
                and not self.names_department(rule.get("except_receivers", []), t)]
        for driver in rule["drivers"]:
            bases = {t: b for t, b in self.bases(driver, sender, kept).items() if b > 0}
            if sum(bases.values()) > LARGEST_WEIGHT:
                raise Refused("weight_overflow", f"{driver}, {sender}")
            if bases and within is not None:
                again = self.bases(driver, sender, [t for t in kept if t in within])
                bases = {t: b for t, b in again.items() if b > 0}
                return driver, bases
            if bases:
                return driver, bases
        return None, {}

    def must_choose(self, *arguments, **options):
        driver, bases = self.choose(*arguments, **options)
        if driver is None:
            raise Refused("driver_total_is_zero", " ".join(map(str, arguments[1:4])))
        return driver, bases

    # ---- bases -----------------------------------------------------------------------------------

    def readings(self, driver, sender, targets):
        of_sender = self.reading.get((driver, sender))
        row = of_sender if of_sender else self.reading.get((driver, ""), {})
        return {t: row.get(t, 0) for t in targets}

    def bases(self, driver, sender, targets):
        if driver not in self.made:
            return self.readings(driver, sender, targets)
        base = dict.fromkeys(targets, 0)
        for term in self.made[driver]:
            factor, rows = scaled(term["factor"], 4), [self.readings(d, sender, targets)
                                                       for d in term["drivers"]]
            if term.get("share", False):
                for target, share in apportion(SHARE_UNITS, rows[0]).items():
                    base[target] += factor * share
                continue
            for target in targets:
                value = rows[0][target]
                if len(rows) == 2:
                    value = rounded(Fraction(value * rows[1][target], 10**4))
                base[target] += rounded(Fraction(factor * value, 10**4))
        return base
