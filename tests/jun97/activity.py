"""Jun97's patients: episodes become encounters, and events become charge lines.

Why it exists: the source's event rules (which activity weighs in which distribution code, and how
much) are data with conditions in SQL. They are run as they stand in a database in memory, so that
no condition is retold by hand; what comes out is quantity × equivalent of service items.
"""
import sqlite3
from datetime import datetime, time, timedelta
from fractions import Fraction

from source_tables import DAY_ZERO, cents_of, decimal, rounded, trimmed

WARD_DEPARTMENT = {"OBSV": "ED", "OBSTb": "O&G", "SCN": "O&G", "REHB": "REHAB"}
CLINIC_DEPARTMENT = {"DI": "DIET", "PH": "PHYS", "SP": "SPE"}
TABLES = ("ED_admissions", "ED_discharges", "ED_episode_details", "Clinic_activity_details",
          "Inpat_admissions", "Inpat_discharges", "Inpat_episode_details",
          "Inpat_patient_location", "Inpat_theatre_details")

# Event subroutine -> (tables that are joined by episode, the one that is counted, its measure,
# its acuity, where the unit stands). None: every row counts one.
STAY = ("inpat_episode_details", "inpat_patient_location")
SUBROUTINES = {
    "EDadmissions": (("ed_admissions",), None, None, None),
    "EDdischarges": (("ed_discharges",), None, None, None),
    "EDattendmin": (("ed_episode_details",), "attend_min", "acuity", None),
    "EDseenmin": (("ed_episode_details",), "seen_min", "acuity", None),
    "EDtreatmin": (("ed_episode_details",), "treat_min", "acuity", None),
    "anaesthmin": (("inpat_theatre_details",), "anaesthetic_mins", "theatre_acuity", None),
    "theatremin": (("inpat_theatre_details",), "theatre_mins", "theatre_acuity", None),
    "ipadmissions": (("inpat_episode_details", "inpat_admissions"), None,
                     "inpat_episode_details.acuity", None),
    "ipdischarges": (("inpat_episode_details", "inpat_discharges"), None,
                     "inpat_episode_details.acuity", None),
    "ipwardbdays": (STAY, "ward_days", "inpat_patient_location.acuity", "ward_code"),
    "ipwardbhrs": (STAY, "ward_hours", "inpat_patient_location.acuity", "ward_code"),
    "ipwardsday": (("inpat_episode_details",), None, "acuity", "admitting_ward_code"),
    "opclinicmin": (("clinic_activity_details",), "attend_min", "acuity", "clinic_code"),
}
UNIT_PREFIX = ("ward", "clinic")  # event codes whose distribution code names the ward or clinic
ATTRIBUTE_CATEGORY = {"bed days": "bed", "bed hours": "bed", "same day": "bed",
                      "anaesth. min": "surgery", "theatre mins": "surgery",
                      "clin min": "consultation", "IP admission": "other", "IP discharge": "other",
                      "ED admission": "other", "ED discharge": "other", "pathology": "laboratory",
                      "radiology": "examination", "prosthetic": "material", "transfer": "other"}
ATTRIBUTE_UNIT = {"bed days": "day", "bed hours": "hour", "same day": "stay",
                  "IP admission": "admission", "IP discharge": "discharge",
                  "ED admission": "admission", "ED discharge": "discharge"}  # all others: minutes


class Activity:
    """`lines`: (encounter, day, service item, distribution code, quantity in 0.0001, charge in
    cents). `service_items`: code -> row. `skipped`: event codes that no cost goes to."""

    def __init__(self, source, wanted):
        self.source, self.wanted = source, wanted
        self.service_items, self.lines, self.skipped = {}, [], set()
        self.unpriced = 0  # invoice lines of nothing
        self.database = sqlite3.connect(":memory:")
        for name in TABLES:
            self.load(name)
        self.encounters = list(self.all_encounters())
        for rule in source.event_attributes:
            self.run_rule(rule)
        for feeder, (kind, _, items) in source.feeders.items():
            self.itemised_lines(feeder, kind, items)

    def load(self, name):
        rows = self.source.activity(name)
        columns = ", ".join(f'"{c}" TEXT' for c in rows[0])
        self.database.execute(f"CREATE TABLE {name.lower()} ({columns})")
        self.database.executemany(f"INSERT INTO {name.lower()} VALUES "
                                  f"({', '.join('?' * len(rows[0]))})",
                                  [list(r.values()) for r in rows])

    # ---- events ----------------------------------------------------------------------------------

    def run_rule(self, rule):
        """Each row that meets the rule's condition is a line of (measure × acuity) units, and one
        unit counts the rule's weight."""
        tables, measure, acuity, unit = SUBROUTINES[rule["event_subroutine_name"]]
        if rule["event_attribute_base"] != "0" or rule["event_acuity_scaling"] not in ("0", "1"):
            raise ValueError(f"a rule with a base, or with acuity in part: {rule}")
        of_unit = rule["event_code"].startswith(UNIT_PREFIX)
        tests = [f"{tables[0]}.episode_no = {t}.episode_no" for t in tables[1:]]
        tests += ["same_day = '1'"] if rule["event_subroutine_name"] == "ipwardsday" else []
        # The source's conditions quote strings with double quotes, which SQL keeps for names.
        tests += [f"({rule['event_where']})".replace('"', "'")] if rule["event_where"] else []
        scaled = acuity and rule["event_acuity_scaling"] == "1"
        select = (f"SELECT {tables[0]}.episode_no, {measure or 1}, {acuity if scaled else 1}, "
                  f"{unit if of_unit else 'NULL'} FROM {', '.join(tables)} "
                  f"WHERE {' AND '.join(tests) or '1'}")
        item = self.item_of(rule["event_attribute_code"], Fraction(rule["event_attribute_weight"]))
        for episode, size, factor, ward_or_clinic in self.database.execute(select):
            code = rule["event_code"]
            if of_unit:
                prefix = next(p for p in UNIT_PREFIX if code.startswith(p))
                code = ward_or_clinic + code[len(prefix):]
            quantity = int(size) * int(factor)
            if code not in self.wanted:
                self.skipped.add(code)
            elif quantity:
                self.lines.append((episode, self.source.last_day, item, code, quantity * 10**4, 0))

    def item_of(self, attribute, weight):
        """One service item for each attribute and weight: an equivalent holds hospital-wide."""
        equivalent = trimmed(rounded(weight * 10**4))
        code = attribute if weight == 1 else f"{attribute} x {equivalent}"
        self.service_items.setdefault(code, [
            code, self.source.event_attribute_name[attribute], "service",
            ATTRIBUTE_CATEGORY.get(attribute, "treatment"), ATTRIBUTE_UNIT.get(attribute, "minute"),
            equivalent, "", ""])
        return code

    # ---- invoices --------------------------------------------------------------------------------

    def itemised_lines(self, feeder, kind, items):
        """Kind C: an item that always costs the same is one unit of that equivalent; one whose
        price varies is as many units as dollars. Kind W (prostheses): the amount is what would be
        charged, so it is the charge of a material line."""
        prices = {}
        for r in items:
            prices.setdefault(r["what"].strip(), set()).add(cents_of(r["amount"]))
        for r in items:
            what, cents = r["what"].strip(), cents_of(r["amount"])
            if not cents:
                self.unpriced += 1
                continue
            code, day = f"{feeder} {what}", DAY_ZERO + timedelta(days=int(r["item_date"]))
            quantity, charge = 10**4, 0
            category = ATTRIBUTE_CATEGORY.get(feeder, "treatment")
            row = [code, code, "service", category, "item", decimal(cents, 2), "", ""]
            if kind == "W":
                row[2], row[5], charge = "material", "", cents
            elif len(prices[what]) > 1:
                row[4], row[5], quantity = "dollar", "1", cents * 100
            self.service_items.setdefault(code, row)
            self.lines.append((r["episode_no"], day, code, feeder, quantity, charge))

    # ---- episodes --------------------------------------------------------------------------------

    def all_encounters(self):
        """Rows of encounters.csv. The source has lengths, not days: see README, *Days*."""
        admitted, discharged = ({r["episode_no"] for r in self.source.activity(f"Inpat_{name}")}
                                for name in ("admissions", "discharges"))
        start = datetime.combine(self.source.first_day, time())
        end = datetime.combine(self.source.last_day + timedelta(days=1), time())
        for r in self.source.activity("Inpat_episode_details"):
            episode, hours = r["episode_no"], timedelta(hours=int(r["bed_hours"]))
            came, went = start, ""
            if episode not in admitted:
                came = start - timedelta(hours=max(1, int(r["prev_bhours"])))
            elif episode not in discharged:
                came = end - hours
            if episode in discharged:
                left = max(came, start) + hours
                went = min(left, end - timedelta(hours=1)).date().isoformat()
            department = self.department_of_ward(r["discharge_ward_code"])
            yield [episode, "inpatient", department, self.person(r["admitting_doctor_code"]),
                   came.date().isoformat(), went, r["fin_cat"], ""]
        for r in self.source.activity("ED_episode_details"):
            yield [r["episode_no"], "outpatient", "ED", self.person(r["doctor_code"]),
                   self.source.first_day.isoformat(), "", r["fin_cat"], ""]
        for r in self.source.activity("Clinic_activity_details"):
            yield [r["episode_no"], "outpatient", CLINIC_DEPARTMENT[r["clinic_code"]],
                   self.person(r["practitioner_code"]), self.source.first_day.isoformat(), "",
                   r["fin_cat"], ""]

    @staticmethod
    def person(code):
        return "" if code == "none" else code

    @staticmethod
    def department_of_ward(ward):
        return WARD_DEPARTMENT.get(ward, ward)

    def charge_line_rows(self, department_of_code):
        """Rows of charge_lines.csv, by encounter and line."""
        home = {e[0]: e[2] for e in self.encounters}
        rows, count = [], {}
        for episode, day, item, code, quantity, charge in sorted(
                self.lines, key=lambda x: (x[0], x[3], x[2], x[1])):
            count[episode] = count.get(episode, 0) + 1
            rows.append([episode, f"{count[episode]:04d}", day.isoformat(), item, home[episode],
                         department_of_code(code), "", trimmed(quantity),
                         decimal(charge, 2), ""])
        return rows
