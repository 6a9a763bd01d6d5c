"""Jun97's plan of cost: the model's accounts as departments, its weights as drivers, four methods.

Why it exists: the source moves cost between accounts (department × cost type) and from them to
distribution codes by fractions. A plan moves it between departments. So what the source keeps apart
stands here as departments of its own: what a department receives (`MED.overheads`), what patients
share by one distribution code (`ev.MEDnurse`), and what has no rule (`PATH.no_rule`).
"""
from collections import defaultdict
from fractions import Fraction

from source_tables import rounded, trimmed

RECEIVED = ("overheads", "housekeeping")  # cost types that hold only what others pass on
METHODS = ("cascade", "mutual", "iterative", "reciprocal")
ITERATIONS = 12
# Cost items that the source keeps apart to distribute them; all others are its `other`.
APART = {"S&W": "wages", "SUPA": "wages", "WK": "wages", "DRGS": "drugs", "DOMC": "laundry",
         "prosthetics": "prosthetics", "invoiceVariance": "invoiceVariance"}


def account_node(department, cost_type):
    return f"{department}.{cost_type}"


def pool_node(distribution_code):
    return f"ev.{distribution_code}"


class Model:
    """What every plan of the month shares."""

    def __init__(self, source, report):
        self.source = source
        self.weights = self.attribute_weights(report)
        by_level = {level: {r["department_code"]: r["general_ledger_attribute_code"]
                            for r in source.disbursement if r["disbursement_level"] == level}
                    for level in ("1", "2")}
        self.first, self.second = by_level["1"], by_level["2"]
        self.order = self.sending_order()
        self.passing = [s for s in self.first] + [account_node(s, "overheads") for s in self.first]
        nodes = {account_node(d, t): (d, t) for (_, d, t), w in self.weights.items() if w}
        self.account = {n: k for n, k in nodes.items() if k[0] not in self.first}
        self.fractions = defaultdict(dict)
        for r in source.distribution:
            self.fractions[r["department_code"], r["cost_type_code"]][
                pool_node(r["distribution_code"])] = Fraction(r["distribution_fraction"])

    def attribute_weights(self, report):
        """(attribute, department, cost type) -> weight in 0.0001. Below zero is set to 0."""
        exact = defaultdict(Fraction)
        for r in self.source.attributes:
            exact[r["general_ledger_attribute_code"], r["department_code"],
                  r["cost_type_code"]] += Fraction(r["general_ledger_attribute_weight"])
        report["negative"] = {k: w for k, w in exact.items() if w < 0}
        report["shortened"] = {k: w for k, w in exact.items() if (w * 10**4).denominator != 1}
        return {k: max(0, rounded(w * 10**4)) for k, w in exact.items()}

    def sending_order(self):
        """Who serves most of the other overhead departments is first; ties: larger cost, code."""
        cost, grouping = defaultdict(Fraction), self.source.grouping
        for r in self.source.costs:
            cost[grouping.get(r["department_code"], r["department_code"])] += Fraction(r["cost"])

        def rank(sender):
            served = [d for d in self.first if d != sender
                      and self.weights.get((self.first[sender], d, "overheads"), 0)]
            return -len(served), -cost[sender], sender

        return sorted(self.first, key=rank)

    # ---- from accounts to patients ---------------------------------------------------------------

    def built_type(self, department, cost_type):
        """The cost type under which the source distributes an account of a department."""
        return self.retyped.get((department, cost_type)) or self.grouped.get(
            cost_type, cost_type if cost_type in self.preserved else "other")

    def read_cost_types(self):
        table = self.source.table
        self.retyped = {(r["department_code"], r["from_cost_type_code"]): r["to_cost_type_code"]
                        for r in table("model1.department_cost_type_grouping")}
        self.grouped = {r["from_cost_type_code"]: r["to_cost_type_code"]
                        for r in table("model1.cost_type_grouping")}
        renamed = self.source.mapping + self.source.adjustments
        self.preserved = {r["to_cost_type_code"] for r in renamed} | {"invoices"}

    def shares_of(self, department, cost_type, feeder=None):
        """{pool: fraction in 0.0001}: the model's row for it; or the pool of what has no row."""
        if feeder:  # an invoice is its patient's, to the cent
            return {pool_node(feeder): 10**4}
        if cost_type not in RECEIVED:
            cost_type = self.built_type(department, cost_type)
        rows = self.fractions.get((department, cost_type))
        if not rows:
            return {account_node(department, "no_rule"): 10**4}
        if sum(rows.values()) != 1 or any((f * 10**4).denominator != 1 for f in rows.values()):
            raise ValueError(f"fractions of {department} {cost_type} are no whole: {rows}")
        return {pool: int(f * 10**4) for pool, f in rows.items()}

    def event_readings(self, booked):
        """Rows of driver_readings. `booked`: (department, account, cost item) of every ledger line
        of a department that is no overhead. All that one driver moves must go one way."""
        self.read_cost_types()
        ways, self.item_driver = defaultdict(dict), {}
        for department, account, item in sorted(booked):
            feeder = item.removesuffix(" invoices") if item.endswith(" invoices") else None
            driver = "events " + (item if feeder else APART.get(item, "other"))
            self.item_driver[item] = driver
            shares = self.shares_of(department, account, feeder)
            if ways[driver].setdefault(department, shares) != shares:
                raise ValueError(f"{driver} of {department} goes two ways, one of them {account}")
        for node, (department, cost_type) in self.account.items():
            ways["events received"][node] = self.shares_of(department, cost_type)
        self.pools = sorted({p for way in ways.values() for s in way.values() for p in s})
        self.patient_senders = sorted({d for way in ways.values() for d in way})
        return [[driver, sender, pool, trimmed(share)] for driver, way in sorted(ways.items())
                for sender, shares in way.items() for pool, share in shares.items()]

    def attribute_readings(self):
        used = {*self.first.values(), *self.second.values()}
        return [[a, "", account_node(d, t), trimmed(w)] for (a, d, t), w in self.weights.items()
                if a in used and w]

    # ---- plans -----------------------------------------------------------------------------------

    def receivers_of(self, senders, among):
        """The nodes among `among` that some attribute of the senders weighs."""
        attributes = {self.driver_of(s) for s in senders}
        weighed = {account_node(d, t) for (a, d, t), w in self.weights.items()
                   if a in attributes and w}
        return sorted(weighed & set(among))

    def driver_of(self, node):
        department, _, received = node.partition(".")
        return self.second[department] if received else self.first[department]

    def overhead_stages(self, method):
        """Step-down in the derived order, by level-1 weights; or one stage of exchange, in which
        what was received goes on by level-2 weights."""
        if method != "cascade":
            options = {"mutual": [], "iterative": [f"passes = {ITERATIONS}"],
                       "reciprocal": ["self_service = true"]}[method]
            rules = [([s], None, self.driver_of(s)) for s in self.passing]
            receivers = self.receivers_of(self.passing, self.account)
            return [([f'method = "{method}"', *options], self.passing, receivers, rules)]
        stages = []
        for index, sender in enumerate(self.order):
            later = [account_node(s, "overheads") for s in self.order[index + 1:]]
            stages.append(([], [sender, account_node(sender, "overheads")],
                           self.receivers_of([sender], [*later, *self.account]),
                           [(["*"], None, self.first[sender])]))
        return stages

    def plan_text(self, method):
        grouping = self.source.grouping
        stages = [("administrative", [], sorted(grouping), sorted(set(grouping.values())),
                   [(["*"], None, "grouping")])]
        stages += [("administrative", *s) for s in self.overhead_stages(method)]
        rules = [(sorted(self.account), None, "events received")]
        for driver in sorted(set(self.item_driver.values())):
            items = sorted(i for i, d in self.item_driver.items() if d == driver)
            rules.append((["*"], items, driver))
        stages.append(("medical_technology", [], self.patient_senders, self.pools, rules))
        lines = [f"# Why this plan: Jun97's overheads by the method {method}, then all to events.",
                 'schema = "yuanliu.allocation/1"', f'version = "{self.source.period} {method}"']
        for stage in stages:
            lines += stage_lines(*stage)
        return "\n".join(lines) + "\n"


def quote(names):
    return "[" + ", ".join(f'"{n}"' for n in names) + "]"


def stage_lines(name, options, senders, receivers, rules):
    lines = ["", "[[stage]]", f'name = "{name}"', *options, f"senders = {quote(senders)}",
             f"receivers = {quote(receivers)}", "before_items = true"]
    for rule_senders, items, driver in rules:
        lines += ["", "  [[stage.rule]]", f"  senders = {quote(rule_senders)}",
                  '  cost_categories = ["*"]', *([f"  cost_items = {quote(items)}"] if items else
                                                 []), f'  drivers = ["{driver}"]']
    return lines
