"""Small hospitals by chance, each from its own seed: costs, drivers, and a plan of every kind.

Why it exists: worked examples have round figures and few departments. These have negative amounts,
fen and billions, drivers that are zero, readings per sender, circles, exceptions; and they are valid
by construction, or else the reading to the fen has refused them and the next try is taken.
"""
import random

from allocation_methods import FenByFen
from allocation_plan import TABLES, Plan, Refused
from exact_methods import Unrounded
from hospital_folder import COLUMNS, Hospital

FUNDS = ["basic", "fiscal_project", "other_fiscal_project", "research", "teaching"]
CATEGORIES = ["staff", "materials", "drugs", "depreciation", "amortization", "risk_fund",
              "other_operating"]
CLASSES = ["public", "administrative", "auxiliary", "medical_technology", "clinical"]
# Codes whose order by bytes is not that of a dictionary.
CODES = ["A1", "A10", "A2", "B", "Z", "a", "b-2", "c_1", "é", "科1", "科10", "药", "x~y"]
METHODS = ["outward", "sequential", "mutual", "peer_first", "double", "iterative", "reciprocal",
           "reciprocal self", "reciprocal even",
           "outward form", "sequential form", "outward keep", "sequential keep"]
# "even": readings 1, 2 and 4 and a few fen, so that ties are everywhere.


def value_text(units, scale=4):
    whole, rest = divmod(units, 10**scale)
    digits = f"{rest:0{scale}d}".rstrip("0")
    return str(whole) + ("." + digits if digits else "")


class Maker:
    def __init__(self, kind, seed, plain=False):
        """`plain`: only keys that allocation.toml had before it had methods."""
        self.chance = random.Random(f"{kind}/{seed}/{plain}")
        self.kind, self.plain = kind, plain
        self.method, _, self.variant = kind.partition(" ")
        self.hospital = Hospital(f"2026-{self.chance.randint(1, 12):02d}")
        self.make_departments()
        self.make_ledger()
        self.make_drivers()
        self.make_plan()

    def some(self, things, least=1):
        things = list(things)
        return self.chance.sample(things, self.chance.randint(min(least, len(things)), len(things)))

    def maybe(self, probability):
        return self.chance.random() < probability

    def of_class(self, *classes):
        return [d for d, c in self.hospital.departments.items() if c in classes]

    # ---- departments, costs, drivers -----------------------------------------------------------

    def make_departments(self):
        count = self.chance.randint(3, 9)
        classes = ["clinical", "auxiliary"]
        if count > 3:
            classes.append(self.chance.choice(CLASSES[1:4]))
        while len(classes) < count:
            classes.append(self.chance.choice(CLASSES + ["auxiliary"]))
        if count > 4 and self.maybe(0.15):
            classes[-1] = "excluded"
        codes = self.chance.sample(CODES, count)
        self.hospital.departments = dict(zip(codes, classes))
        self.hospital.items = {f"I{n}": self.chance.choice(CATEGORIES)
                               for n in range(1, self.chance.randint(2, 5) + 1)}

    def fen(self, size):
        chance = self.chance
        amount = {"tiny": lambda: chance.randint(1, 9), "small": lambda: chance.randint(1, 99999),
                  "usual": lambda: chance.randint(10**5, 10**9),
                  "huge": lambda: chance.randint(10**9, 10**11)}[size]()
        if self.variant == "form":
            amount *= 100
        return -amount if self.maybe(0.4 if self.variant == "keep" else 0.15) else amount

    def make_ledger(self):
        funds, sizes = self.some(FUNDS, 2)[:4], self.some(["tiny", "small", "usual", "huge"])
        if self.variant == "even":
            sizes = ["tiny"]
        for department in self.hospital.departments:
            for item in self.hospital.items:
                for fund in funds:
                    for _ in range(self.chance.choice([0, 0, 1, 1, 2])):
                        fen = self.fen(self.chance.choice(sizes))
                        text = f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
                        self.hospital.ledger.append((department, item, fund, text))
        if not self.hospital.ledger:
            self.hospital.ledger.append((self.of_class("auxiliary")[0], "I1", "basic", "0.01"))

    def reading(self, mode):
        if self.maybe(0.25):
            return 0
        if self.variant == "even":
            return self.chance.choice([10000, 10000, 20000, 40000])
        low, high = {"whole": (1, 9), "decimal": (1, 99999), "tiny": (1, 3),
                     "big": (10**13, 10**15), "zero": (0, 0)}[mode]
        units = self.chance.randint(low, high)
        return units * 10**4 if mode == "whole" else units

    def make_drivers(self):
        places = [d for d, c in self.hospital.departments.items() if c != "excluded"]
        senders = [d for d in places if self.hospital.departments[d] != "clinical"]
        self.mild = []
        for n in range(1, self.chance.randint(3, 6) + 1):
            driver = f"x{n}"
            modes = self.chance.choice([["whole"], ["whole"], ["decimal"], ["big"], ["zero"],
                                        ["tiny", "big"], ["tiny", "whole"]])
            if modes[-1] in ("whole", "decimal"):
                self.mild.append(driver)
            rows = [""] if self.maybe(0.8) else []
            rows += [s for s in senders if self.maybe(0.35)] or ([] if rows else senders[:1])
            self.hospital.drivers.append(driver)
            for sender in rows:
                for place in self.some(places):
                    value = value_text(self.reading(self.chance.choice(modes)))
                    self.hospital.readings.append((driver, sender, place, value))
        self.hospital.drivers.append("safe")
        self.hospital.readings += [
            ("safe", "", d, "1" if self.variant == "even" else str(self.chance.randint(1, 50)))
            for d in places]
        self.choices = list(self.hospital.drivers)
        if not self.plain:
            self.make_derived()

    def make_derived(self):
        made = []
        for n in range(self.chance.randint(0, 2)):
            share = self.maybe(0.5) and self.variant != "form"
            terms = []
            for _ in range(self.chance.randint(1, 3)):
                names = self.some(self.mild + ["safe"])[:1 if share else 2]
                factor = value_text(self.chance.choice([1, 4000, 6000, 10000, 33333]))
                terms.append({"factor": factor, "drivers": names, **({"share": True} if share
                                                                     else {})})
            made.append({"driver": f"made{n}", "terms": terms})
        if made:
            self.hospital.rules["driver"] = made
            self.choices += [m["driver"] for m in made]

    # ---- the plan --------------------------------------------------------------------------------

    def make_plan(self):
        rules = self.hospital.rules
        if self.variant == "form":
            rules["rounding"] = "cms_form"
        if self.variant == "keep":
            rules["negative_balances"] = "keep"
        present = [c for c in CLASSES if self.of_class(c)]
        joint = self.maybe(0.5) and not self.plain
        rules["stage"] = []
        if joint:
            inner = [c for c in CLASSES[:3] if c in present]
            name = self.chance.choice(["by_class", *inner])
            rules["stage"].append(self.stage(name, inner, self.kind, present))
            present = [c for c in present if c not in inner]
        for name in list(present):
            last = name == "medical_technology"
            if name == "clinical" or (last and self.maybe(0.4)):
                continue
            main = name == "auxiliary" or self.plain
            kind = self.kind if main else self.other_kind()
            stage = self.stage(name, [name], kind, present)
            if last and self.maybe(0.5):
                stage["before_items"] = False
            rules["stage"].append(stage)
            present.remove(name)

    def other_kind(self):
        if self.variant in ("form", "keep"):
            return self.chance.choice(["outward", "sequential"])
        return self.chance.choice(METHODS[:8])

    def stage(self, name, inner, kind, present):
        method, _, variant = kind.partition(" ")
        outer = [c for c in present if c not in inner and
                 CLASSES.index(c) > max(CLASSES.index(i) for i in inner)]
        places = self.of_class(*outer)
        stage = {"name": name}
        if method != "outward" or (not self.plain and self.maybe(0.5)):
            stage["method"] = method
        if method == "iterative":
            stage["passes"] = self.chance.choice([1, 2, 5, 20])
        if method == "reciprocal" and (variant == "self" or self.maybe(0.3)):
            stage["self_service"] = variant == "self"
        senders = self.of_class(*inner)
        stage["senders"] = [f"class:{c}" for c in inner]
        if self.maybe(0.5):
            stage["senders"] = self.chance.sample(senders, len(senders))
            if self.maybe(0.3) and len(inner) == 1:  # once by code and once by class is no fault
                stage["senders"] = stage["senders"][:1] + [f"class:{inner[0]}"]
        stage["receivers"] = [f"class:{c}" for c in outer] if self.maybe(0.7) else places
        stage["before_items"] = True
        if self.plain:
            stage["senders"] = sorted(set(stage["senders"]))
        stage["rule"] = [self.rule(senders, places, inner) for _ in range(self.chance.choice(
            [0, 0, 1, 2]))] + [self.last_rule()]
        return stage

    def chain(self, safe):
        names = self.some(self.choices)[:self.chance.randint(1, 3)]
        return names + (["safe"] if self.maybe(safe) and "safe" not in names else [])

    def last_rule(self):
        return {"senders": ["*"], "cost_categories": ["*"], "drivers": self.chain(0.95)}

    def rule(self, senders, places, inner):
        rule = {"senders": ["*"] if self.maybe(0.4) else self.some(senders),
                "cost_categories": ["*"] if self.maybe(0.5) else self.some(CATEGORIES)}
        if not self.plain:
            if self.maybe(0.2):
                rule["senders"] = [f"class:{self.chance.choice(inner)}"]
            if self.maybe(0.4):
                rule["cost_items"] = self.some(self.hospital.items)
            if self.maybe(0.3):
                rule["fund_sources"] = self.some(FUNDS)
            if self.maybe(0.2):
                rule["from"] = f"2026-{self.chance.randint(1, 12):02d}"
            if self.maybe(0.2):
                rule["until"] = f"2026-{self.chance.randint(1, 12):02d}"
            if rule.get("from", "0") > rule.get("until", "9"):
                del rule["until"]
            self.limit_receivers(rule, senders, places)
        rule["drivers"] = self.chain(0.8)
        return rule

    def limit_receivers(self, rule, senders, places):
        """At least one of the stage's receivers stays."""
        stays = self.chance.choice(places)
        if self.maybe(0.25):
            rule["receivers"] = [f"class:{self.hospital.departments[stays]}"]
        elif self.maybe(0.25):
            rule["receivers"] = sorted({stays, *self.some(senders + places)})
        if self.maybe(0.2):
            others = [d for d in senders + places if d != stays]
            rule["except_receivers"] = self.some(others)[:2]


def plan_of(hospital):
    rows = {name: [dict(zip(COLUMNS[name].split(","), row)) for row in table]
            for name, table in hospital.tables().items() if name in TABLES}
    return Plan(rows, hospital.rules, hospital.period)


def random_hospital(kind, seed, plain=False):
    """(hospital, number of tries). Tries that the reading to the fen refuses are passed over."""
    for attempt in range(100):
        hospital = Maker(kind, f"{seed}.{attempt}", plain).hospital
        try:
            plan = plan_of(hospital)
            Unrounded(plan, FenByFen(plan).kept)
            return hospital, attempt + 1
        except (Refused, ArithmeticError):
            continue
    raise RuntimeError(f"no valid hospital of {kind} from seed {seed}")
