"""Payment of a case by a policy file, from docs/payment.md only, in exact fractions.

Why it exists: the engine that reads policy files is compared with this writing.
"""
import tomllib
from fractions import Fraction
from pathlib import Path

COEFFICIENTS = ("hospital", "level", "group", "auxiliary")


class NotPayable(ValueError):
    """The policy does not say what the case is paid."""


def rounded(value, step=Fraction(1, 100)):
    """To whole steps, halves away from zero."""
    count = abs(value) / step + Fraction(1, 2)
    return (count.numerator // count.denominator) * step * (1 if value >= 0 else -1)


def below(value, end, inclusive):
    return value < end or (inclusive and value == end)


class Policy:
    def __init__(self, path):
        self.read(tomllib.loads(Path(path).read_text(encoding="utf-8")))

    def read(self, settings):
        self.settings = settings
        self.classes = {one["name"]: one for one in settings.get("class", [])}

    def pay(self, case):
        """{payment, basis, rule, points, corrected} of a case (a dict of texts by column); points is
        None for a case by amount, corrected: the auxiliary coefficients are a factor of the payment."""
        return Walk(self, case).pay()


class Walk:
    def __init__(self, policy, case):
        self.settings, self.case = policy.settings, case
        name = case.get("class") or ("" if case.get("group") else "ungrouped")
        self.rules = {}
        self.unknown = bool(name) and name not in policy.classes
        if name in policy.classes:
            self.rules = policy.classes[name]
        elif not name:
            self.rules = next((one for one in policy.classes.values()
                               if case.get("group") in one.get("groups", [])), {})
        self.kind = self.rules.get("kind", self.settings["kind"])
        self.charge = Fraction(case["charge"])

    def number(self, column):
        text = self.case.get(column)
        return Fraction(text) if text not in (None, "") else None

    def pay(self):
        special = self.number("special_amount")
        if special is not None:
            return self.answer("special_amount", special)
        if self.unknown:
            raise NotPayable("class")
        self.find_figures()
        points = self.number("special_points")
        if points is not None:
            if self.kind == "fixed":
                raise NotPayable("value of the reviewers' points")
            return self.by_points("special_points", points)
        if "charge_share" in self.rules or self.kind == "item":
            share = self.rules.get("charge_share", self.settings.get("charge_share"))
            return self.answer("charge_share", self.charge * Fraction(share))
        if self.kind == "bed_day":
            return self.bed_days()
        if (self.settings.get("zero_score") == "charge" and self.raw_score == 0):
            return self.answer("zero_score", self.charge)
        if not self.raw_score or self.v is None:
            raise NotPayable("score or value")
        return self.by_rule()

    def find_figures(self):
        amount = self.rules.get("amount")
        self.raw_score = Fraction(amount) if amount else self.number("score")
        self.s = self.raw_score
        if self.s is not None:
            self.s *= Fraction(self.settings.get("points_per_weight", "1"))
            self.s *= Fraction(self.rules.get("factor", "1"))
        value = (self.case.get("value") or self.rules.get("value") or self.settings.get("value"))
        self.v = Fraction(value) if value else None
        if self.kind == "fixed":
            self.v = Fraction(1)
        self.h, self.corrected = Fraction(1), False
        for name in self.settings.get("coefficients", []):
            if name not in self.rules.get("without", []):
                self.corrected = self.corrected or name == "auxiliary"
                self.h *= self.coefficient(name)

    def coefficient(self, name):
        if name == "auxiliary":
            all_of_them = [Fraction(x) for x in (self.case.get("auxiliary") or "").split(";") if x]
            if self.settings.get("auxiliary", "highest") == "highest":
                return max(all_of_them, default=Fraction(1))
            product = Fraction(1)
            for one in all_of_them:
                product *= one
            return product
        own = self.number({"hospital": "hospital"}.get(name, name + "_coefficient"))
        if own is None:
            own = self.settings.get("coefficient", {}).get(name)
        if own is None:
            if "charge_share" in self.rules:
                return Fraction(1)
            raise NotPayable("coefficient")
        return Fraction(own)

    def bed_days(self):
        if self.number("days") is None:
            raise NotPayable("days")
        days = int(self.case["days"])
        stages = self.rules.get("bed_day") or self.settings.get("bed_day")
        if not stages:
            if not self.raw_score or self.v is None:
                raise NotPayable("score or value")
            return self.by_points("bed_day", self.s * self.h * days) | {"corrected": self.corrected}
        total = Fraction(0)
        for day in range(1, days + 1):
            stage = next(one for one in stages if "to" not in one or day <= one["to"])
            total += Fraction(stage["amount"])
        return self.answer("bed_day", total)

    def ratio(self):
        base = self.settings["ratio_to"]
        divisor = {"reference": lambda: self.number("reference_charge") or 0,
                   "mean": lambda: self.raw_score * Fraction(self.settings["mean_charge"]),
                   "standard": lambda: self.s * self.h * self.v,
                   "base": lambda: self.s * self.v}[base]()
        if divisor <= 0:
            raise NotPayable("ratio")
        return self.charge / divisor

    def tier(self):
        tiers = self.settings.get("tiers")
        if not tiers:
            return 0
        measure = self.raw_score if tiers["by"] == "score" else self.number(tiers["by"])
        if measure is None:
            raise NotPayable("tier")
        ends = tiers["to"] if isinstance(tiers["to"], list) else [tiers["to"]]
        inclusive = tiers.get("inclusive", True)
        return sum(not below(measure, Fraction(end), inclusive) for end in ends)

    def by_rule(self):
        for at, one in enumerate(self.settings.get("exception", []), 1):
            if self.holds(one):
                return self.by_formula("exception", at, one, 0)
        bands = self.rules.get("band") or self.settings.get("band")
        if not bands or self.rules.get("plain"):
            return self.by_points("plain", self.s * self.h) | {"corrected": self.corrected}
        tier = self.tier()
        at = 0
        if len(bands) > 1:
            while "to" in bands[at] and not below(self.ratio(), of_tier(bands[at]["to"], tier),
                                                  bands[at].get("to_inclusive", False)):
                at += 1
        return self.by_formula("band", at + 1, bands[at], tier)

    def holds(self, one):
        days = self.number("days")
        if ("days_from" in one or "days_to" in one) and days is None:
            raise NotPayable("days")
        return ((days is None or one.get("days_from", 0) <= days <= one.get("days_to", 10 ** 9))
                and ("leave" not in one or self.case.get("leave", "") in one["leave"])
                and ("ratio_above" not in one or self.ratio() > Fraction(one["ratio_above"]))
                and ("ratio_to" not in one or self.ratio() <= Fraction(one["ratio_to"])))

    def by_formula(self, basis, at, rule, tier):
        caps = [Fraction(of_tier(rule["cap"], tier)) * self.s * self.h * self.v] if "cap" in rule \
            else []
        cap = self.settings.get("cap", {})
        if "times_standard" in cap:
            caps.append(Fraction(cap["times_standard"]) * self.s * self.h * self.v)
        if "times_charge" in cap:
            caps.append(Fraction(cap["times_charge"]) * self.charge)
        of_h = caps[:len(caps) - ("times_charge" in cap)]
        if rule["formula"] == "charge":
            amount = self.charge * of_tier(rule.get("share", "1"), tier)
            by_cap = min([amount] + caps) < amount and min(caps) in of_h
            return self.answer(basis, min([amount] + caps), at) | {"corrected": by_cap and self.corrected}
        p, q, r = (of_tier(rule.get(key, "0"), tier) for key in "pqr")
        factor = q + r * self.h + (p * self.ratio() if p else 0)
        amount = self.s * factor * (self.h if rule.get("times_h") else 1) * self.v
        by_h = bool(r or rule.get("times_h") or (p and self.settings["ratio_to"] == "standard"))
        if min([amount] + caps) < amount:
            by_h = min(caps) in of_h
        return self.by_points(basis, min([amount] + caps) / self.v, at) | {"corrected": by_h and self.corrected}

    def by_points(self, basis, points, at=0):
        if self.v is None:
            raise NotPayable("value")
        points = max(points, Fraction(0))
        answer = self.answer(basis, points * self.v, at)
        answer["points"] = None if self.kind == "fixed" else points
        return answer

    def answer(self, basis, amount, at=0):
        return {"basis": basis, "rule": at, "payment": max(rounded(amount), Fraction(0)),
                "points": None, "corrected": False}


def of_tier(value, tier):
    return Fraction(value[tier] if isinstance(value, list) else value)


def largest_remainder(total_fen, weights, keys):
    """Whole fen by largest remainder; ties to the larger weight, then to the smaller key."""
    whole = sum(weights)
    shares = [total_fen * w // whole for w in weights]
    order = sorted(range(len(weights)),
                   key=lambda i: (-(total_fen * weights[i] % whole), -weights[i], keys[i]))
    for i in order[:total_fen - sum(shares)]:
        shares[i] += 1
    return shares


def settle(fund, fund_share, cases):
    """cases: [(key, points or None, amount)]; the payments and the fund's parts, in fen."""
    total = int(rounded(Fraction(fund) / Fraction(fund_share)) * 100)
    keys = [key for key, _, _ in cases]
    amounts = [0 if points is not None else int(amount * 100) for _, points, amount in cases]
    weights = [0 if points is None else int(rounded(points, Fraction(1, 10 ** 6)) * 10 ** 6)
               for _, points, _ in cases]
    shares = largest_remainder(total - sum(amounts), weights, keys)
    payments = [a + b for a, b in zip(amounts, shares)]
    return payments, largest_remainder(int(Fraction(fund) * 100), payments, keys)


def point_value(fund, pay_share, points):
    return rounded(Fraction(fund) / Fraction(pay_share) / Fraction(points), Fraction(1, 10_000))
