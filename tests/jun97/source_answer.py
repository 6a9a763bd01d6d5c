"""The source's own way from ledger to patients, written again from its tables, in fractions.

Why it exists: an answer that our plan must reach. It works as the model is meant to be read: cost
in accounts (department, cost type), level 1 then level 2 (or round after round until less than five
cents are left), fractions to distribution codes, weights of events to episodes. It knows no month
folder, no plan, no driver, and nothing of how convert.py turns these rules into them; conditions of
events are read here as Python, there they are run as SQL.
"""
import re
from collections import defaultdict
from fractions import Fraction

from source_tables import cents_of, distribute_to_cents, rounded

LEFT_OVER = 5  # cents, at which the source's rounds end
FINEST = 10**40  # rounds are cut to 10^-40 cents, or their fractions would grow without end


class SourceAnswer:
    """`department`: what each ends with before patients; `episode`: its cost; `no_rule` by account
    and `no_event` by distribution code: what reaches no patient. All in cents, as fractions."""

    def __init__(self, source, whole_cents=True):
        self.source, self.whole_cents = source, whole_cents
        self.account = defaultdict(Fraction)
        self.kept = {"invoices"}
        self.book()
        self.regroup()
        self.weights = defaultdict(Fraction)
        for r in source.attributes:
            self.weights[r["general_ledger_attribute_code"], r["department_code"],
                         r["cost_type_code"]] += Fraction(r["general_ledger_attribute_weight"])
        for key, weight in self.weights.items():
            self.weights[key] = max(Fraction(0), Fraction(rounded(weight * 10**4), 10**4))
        self.level = {(r["department_code"], r["cost_type_code"]): int(r["disbursement_level"])
                      for r in source.disbursement}
        self.attribute = {(r["department_code"], r["cost_type_code"]):
                          r["general_ledger_attribute_code"] for r in source.disbursement}

    # ---- the ledger ------------------------------------------------------------------------------

    def move(self, cents, giver, taker):
        self.account[giver] -= cents
        self.account[taker] += cents

    def book(self):
        amounts = [Fraction(r["cost"]) for r in self.source.costs]
        if self.whole_cents:
            amounts = [Fraction(c, 100) for c in distribute_to_cents(amounts)]
        for r, amount in zip(self.source.costs, amounts):
            self.account[r["department_code"], r["cost_type_code"]] += amount * 100
        for kind, taker, lines in self.source.feeders.values():
            for r in lines if kind == "C" else ():
                self.move(cents_of(r["amount"]), (r["department_code"], r["cost_type_code"]), taker)
        for r in self.source.adjustments:
            cents = Fraction(r["amount"]) * 100
            self.remap(r, rounded(cents) if self.whole_cents else cents)
        for r in self.source.mapping:
            giver = r["from_department_code"], r["from_cost_type_code"]
            self.remap(r, self.account[giver] * Fraction(r["amount"]))

    def remap(self, r, cents):
        self.kept.add(r["to_cost_type_code"])
        self.move(cents, (r["from_department_code"], r["from_cost_type_code"]),
                  (r["to_department_code"], r["to_cost_type_code"]))

    def regroup(self):
        """Departments into groups, then cost types, those left over into `other`."""
        table = self.source.table
        for (department, cost_type), cents in list(self.account.items()):
            if department in self.source.grouping:
                self.move(cents, (department, cost_type),
                          (self.source.grouping[department], cost_type))
        for r in table("model1.department_cost_type_grouping"):
            self.kept.add(r["to_cost_type_code"])
            giver = r["department_code"], r["from_cost_type_code"]
            self.move(self.account[giver], giver, (r["department_code"], r["to_cost_type_code"]))
        for r in table("model1.cost_type_grouping"):
            self.kept.add(r["to_cost_type_code"])
            for giver in [k for k in self.account if k[1] == r["from_cost_type_code"]]:
                self.move(self.account[giver], giver, (giver[0], r["to_cost_type_code"]))
        for giver in [k for k in self.account if k[1] not in self.kept]:
            self.move(self.account[giver], giver, (giver[0], "other"))

    # ---- overhead --------------------------------------------------------------------------------

    def pass_on(self, giver, closed_from):
        """All of an account goes to the accounts its attribute weighs, but those of a level up to
        `closed_from`; what it gives to itself it still holds afterwards."""
        takers = {(d, t): w for (a, d, t), w in self.weights.items()
                  if a == self.attribute[giver] and w
                  and self.level.get((d, t), closed_from + 1) > closed_from}
        cents, self.account[giver] = self.account[giver], Fraction(0)
        whole = sum(takers.values())
        for taker, weight in takers.items():
            self.account[taker] += cents * weight / whole

    def two_levels(self):
        for level in sorted(set(self.level.values())):
            for giver in [k for k, at in self.level.items() if at == level]:
                self.pass_on(giver, level)
        return self

    def rounds(self):
        """Round after round to all that are weighed; how much is left when it ends."""
        self.count = 0
        while True:
            for giver in sorted(self.level, key=lambda k: (self.level[k], k)):
                self.pass_on(giver, 0)
                for key, cents in self.account.items():
                    self.account[key] = Fraction(cents * FINEST // 1, FINEST)
            self.count, self.left = self.count + 1, sum(self.account[k] for k in self.level)
            if self.left <= LEFT_OVER:
                return self

    def departments(self):
        sums = defaultdict(Fraction)
        for (department, _), cents in self.account.items():
            sums[department] += cents
        return sums

    # ---- patients --------------------------------------------------------------------------------

    def to_patients(self):
        events = Events(self.source).weights
        self.episode, self.no_event = defaultdict(Fraction), defaultdict(Fraction)
        self.no_rule = {k: c for k, c in self.account.items() if c}
        for kind, taker, lines in self.source.feeders.values():
            for r in lines if kind == "C" else ():
                self.episode[r["episode_no"]] += cents_of(r["amount"])
                self.no_rule[taker] -= cents_of(r["amount"])
        for r in self.source.distribution:
            giver = r["department_code"], r["cost_type_code"]
            cents = self.account[giver] * Fraction(r["distribution_fraction"])
            weights = events.get(r["distribution_code"], {})
            whole = sum(weights.values())
            for episode, weight in weights.items():
                self.episode[episode] += cents * weight / whole
            if not whole:
                self.no_event[r["distribution_code"]] += cents
            if giver in self.no_rule:
                self.no_rule[giver] -= cents
        self.no_rule = {k: c for k, c in self.no_rule.items() if c and k not in self.level}
        return self


class Events:
    """`weights`: distribution code -> episode -> weight."""

    def __init__(self, source):
        activity = source.activity
        self.stay = {r["episode_no"]: r for r in activity("Inpat_episode_details")}
        self.rows = {
            "ED_ADM": [{"ed_admissions": r} for r in activity("ED_admissions")],
            "ED_DIS": [{"ed_discharges": r} for r in activity("ED_discharges")],
            "ED": [{"ed_episode_details": r} for r in activity("ED_episode_details")],
            "CLINIC": [{"clinic_activity_details": r} for r in activity("Clinic_activity_details")],
            "THEATRE": [{"inpat_theatre_details": r} for r in activity("Inpat_theatre_details")],
            "STAY": [{"inpat_episode_details": r} for r in self.stay.values()],
            "SAME": [{"inpat_episode_details": r} for r in self.stay.values()
                     if r["same_day"] == "1"],
            "WARD": [{"inpat_patient_location": r,
                      "inpat_episode_details": self.stay[r["episode_no"]]}
                     for r in activity("Inpat_patient_location")]}
        for name in ("admissions", "discharges"):
            listed = {r["episode_no"] for r in activity(f"Inpat_{name}")}
            self.rows["IP_" + name[:3].upper()] = [
                {"inpat_episode_details": self.stay[e]} for e in sorted(listed)]
        self.weights = defaultdict(lambda: defaultdict(Fraction))
        for rule in source.event_attributes:
            self.add(rule)
        for feeder, (_, _, lines) in source.feeders.items():
            for r in lines:
                self.weights[feeder][r["episode_no"]] += Fraction(r["amount"])

    # Subroutine -> (rows, measured table, measure or None, column of the ward or clinic).
    COUNTED = {
        "EDadmissions": ("ED_ADM", "ed_admissions", None, ""),
        "EDdischarges": ("ED_DIS", "ed_discharges", None, ""),
        "EDattendmin": ("ED", "ed_episode_details", "attend_min", ""),
        "EDseenmin": ("ED", "ed_episode_details", "seen_min", ""),
        "EDtreatmin": ("ED", "ed_episode_details", "treat_min", ""),
        "anaesthmin": ("THEATRE", "inpat_theatre_details", "anaesthetic_mins", ""),
        "theatremin": ("THEATRE", "inpat_theatre_details", "theatre_mins", ""),
        "ipadmissions": ("IP_ADM", "inpat_episode_details", None, ""),
        "ipdischarges": ("IP_DIS", "inpat_episode_details", None, ""),
        "ipwardbdays": ("WARD", "inpat_patient_location", "ward_days", "ward_code"),
        "ipwardbhrs": ("WARD", "inpat_patient_location", "ward_hours", "ward_code"),
        "ipwardsday": ("SAME", "inpat_episode_details", None, "admitting_ward_code"),
        "opclinicmin": ("CLINIC", "clinic_activity_details", "attend_min", "clinic_code")}

    @staticmethod
    def condition(text):
        """The source's SQL as Python: a row is {table: {column: text}}."""
        text = re.sub(r"\b(\w+)\.(\w+)\b(?=\s*(?:=|in\b|not\b))", r'row["\1"]["\2"]', text)
        text = re.sub(r"(?<![!<>=])=(?!=)", "==", text)
        text = re.sub(r"\bin \(([^)]*)\)", r"in (\1,)", text)
        return eval("lambda row: " + (text or "True"))  # pylint: disable=eval-used

    def add(self, rule):
        rows, table, measure, unit = self.COUNTED[rule["event_subroutine_name"]]
        holds = self.condition(rule["event_where"])
        for row in filter(holds, self.rows[rows]):
            counted, code = row[table], rule["event_code"]
            if code.startswith(("ward", "clinic")):
                code = counted[unit] + re.sub("^(ward|clinic)", "", code)
            acuity = counted.get("acuity", counted.get("theatre_acuity", "1"))
            size = Fraction(counted[measure] if measure else "1")
            if rule["event_acuity_scaling"] == "1":
                size *= Fraction(acuity)
            self.weights[code][counted["episode_no"]] += size * Fraction(
                rule["event_attribute_weight"])
