"""Small random hospitals with discharged cases: DIP, ungrouped, uncoded, by charges, visits; normal, low and
high; groups without a normal case; attributes of cost, or none; settings of analysis, or none.

Why it exists: the demonstration hospital is well-behaved. Here payments are zero, costs negative, attending
physicians blank, shares fractional and medians even. Everything comes from the seed.
"""
import json
import random
from pathlib import Path

import item_hospitals
from item_hospitals import e4, yuan

DIAGNOSES = ["A01.0", "B02.1", "C15.3", "K35.8", "I10.x"]
PAYERS = ["employee", "resident", "self", "other"]
EDGES = ["0.2", "0.35", "0.5", "1", "1.5", "2", "3.25", "5"]

CATALOGUE = """schema = "yuanliu.catalogue/1"
id = "T-1"
kind = "dip"
[files]
groups = "groups.csv"
scores = "scores.csv"
[dip]
composite = "rows"
excluded_diagnosis_match = "prefix"
unknown_class = "ignored"
[[dip.stage]]
levels = ["core"]
procedures = "counted"
main_procedure = "any"
related = "ignored"
priority = ["first_row"]
"""


POLICY = """schema = "yuanliu.policy/1"
id = "bands"
kind = "points"
value = "1.5"
ratio_to = "reference"
coefficients = ["hospital", "auxiliary"]
[[band]]
name = "low"
to = "0.5"
to_inclusive = true
formula = "linear"
p = "1"
[[band]]
name = "normal"
to = "2"
to_inclusive = true
formula = "linear"
r = "1"
[[band]]
formula = "linear"
name = "high"
p = "1"
q = "-2"
r = "1"
"""


class ProfitHospital(item_hospitals.Hospital):
    def use(self):
        rng, self.stays, self.encounters = self.rng, [], []
        self.catalogue()
        for n in range(rng.randint(5, 60)):
            code, inpatient = f"E{n:02d}", rng.random() < 0.85
            self.encounters.append(code)
            self.stays += [code] if inpatient else []
            out = f"2026-09-{rng.randint(2, 28):02d}" if inpatient and rng.random() < 0.9 else ""
            self.add("encounters", code, "inpatient" if inpatient else "outpatient", rng.choice(self.departments[1:]),
                     rng.choice(["", "DR1", "DR2", "DR10"]), "2026-09-02", out, rng.choice(PAYERS),
                     f"R{rng.randint(0, 9)}{n}" if inpatient else "")
            if out:
                self.add("discharges", code, "female", rng.randint(20, 80), "cured")
                if rng.random() < 0.9:
                    self.add("diagnoses", code, 1, rng.choice([*self.groups * 4, "Z99.9"]) + "00")
            for line in range(rng.randint(0, 6)):
                units = rng.choice([1, 1, 2, 3, -1]) * 10000
                self.add("charge_lines", code, f"{line:03d}", "2026-09-02", rng.choice([*self.items * 2, "P"]), "D1",
                         rng.choice(self.departments[1:]), "", e4(units), yuan(units * rng.randint(0, 90000) // 10000), "")

    def catalogue(self):
        rng = self.rng
        self.groups = rng.sample(DIAGNOSES, rng.randint(1, len(DIAGNOSES)))
        for group in self.groups:
            self.add("dip_catalogue", group + "-0", "病组" + group, "core", group, "", "", e4(rng.randint(500_000, 60_000_000)),
                     yuan(rng.randint(20_000, 300_000)), e4(rng.randint(10_000, 150_000)))

    def write_rules(self):
        super().write_rules()
        rng = self.rng
        self.payment = ('schema = "yuanliu.payment/1"\nversion = "t"\n'
                        f'hospital_coefficient = "{e4(rng.randint(8000, 12000))}"\nungrouped_ratio = "{e4(rng.randint(0, 10000))}"\n'
                        f'uncoded_ratio = "{e4(rng.randint(0, 10000))}"\n\n[deviation]\nlow_ratio = "0.5"\nlow_boundary = "inclusive"\n'
                        'high_ratio = "2"\nhigh_boundary = "exclusive"\n')
        for payer in PAYERS:
            dip = payer != "self"
            self.payment += f'\n[[payer]]\npayer = "{payer}"\nmethod = "{"dip" if dip else "charges"}"\n'
            self.payment += f'point_value = "{e4(rng.choice([0, 300, 1234, 5000, 12500]))}"\n' if dip else ""
        self.collection = 'schema = "yuanliu.collection/1"\nversion = "t"\n'
        for items in ('["pay"]', '["rent"]', '["dep"]'):
            if rng.random() < 0.6:
                department = rng.choice(['["*"]', json.dumps([rng.choice(self.departments)])])
                self.collection += (f'\n[[attribute]]\ndepartments = {department}\ncost_items = {items}\nvariable = "{e4(rng.randint(0, 10000))}"\n'
                                    f'controllable = {rng.choice(["true", "false"])}\ncapital = false\n')
        self.has_collection = rng.random() < 0.8
        self.settings = self.choose_settings() if rng.random() < 0.7 else None

    def write_catalogue(self, rules):
        """The rules have the same groups as the month, with other names, scores and reference charges."""
        folder = rules / "dip"
        folder.mkdir()
        (rules / "grouping.toml").write_text('schema = "yuanliu.grouping/1"\nversion = "t"\n[[catalogue]]\nfolder = "dip"\npayers = ["*"]\nauxiliary = "dip"\n',
                                             encoding="utf-8")
        (folder / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
        (folder / "auxiliary.toml").write_text(
            'schema = "yuanliu.auxiliary/1"\nid = "T-2"\nseveral = "highest"\nopen = "all"\n[[band]]\nid = "aged"\nkind = "age"\n'
            'unit = "years"\nfrom = 50\ncoefficient = "1.2345"\n', encoding="utf-8")
        groups, scores = "group,name,level,diagnosis,other_diagnosis,procedure,related,class\n", "group,score,reference_charge,reference_days\n"
        for n, group in enumerate(self.groups):
            groups += f"{group}-0,目录组{group},core,{group},,,,\n"
            scores += f"{group}-0,{e4(700_000 + 9_000_300 * n)},{yuan(31_000 + 57_003 * n)},{e4(20_000 + 30_000 * n)}\n"
        (folder / "groups.csv").write_text(groups, encoding="utf-8")
        (folder / "scores.csv").write_text(scores, encoding="utf-8")

    def choose_settings(self):
        rng = self.rng
        return {"bands": ["0", *sorted(rng.sample(EDGES, rng.randint(1, 5)), key=float)],
                "weight": rng.choice(["median", "1", "0.8125"]), "volume": rng.choice(["median", "3", "2.5"]),
                "margin_rate": rng.choice(["median", "0", "-0.25"]), "few_cases": rng.randint(1, 4),
                "bring_in_margin_rate": rng.choice(["0", "0.1"]), "bring_in_weight": rng.choice(["0.5", "2"]),
                "give_up_margin_rate": rng.choice(["-0.05", "-0.5"]), "give_up_weight": rng.choice(["0.8", "100"]),
                "spare": rng.random() < 0.5, "cases": rng.randint(2, 4), "over": rng.choice(["0", "0.05"]), "months": rng.randint(1, 3)}

    def write(self, folder):
        month, rules = super().write(folder)
        (rules / "payment.toml").write_text(self.payment, encoding="utf-8")
        if self.has_collection:
            (rules / "collection.toml").write_text(self.collection, encoding="utf-8")
        if len(self.encounters) % 3 == 0:
            self.write_catalogue(rules)
        if self.settings:
            (rules / "analysis.toml").write_text(analysis_text(self.settings), encoding="utf-8")
        by_policy = len(self.encounters) % 3 == 1
        if by_policy:
            self.write_policy(rules)
        if len(self.encounters) % 2 or by_policy:
            self.write_terms(month, len(self.encounters) % 2 == 1, by_policy)
        return month, rules

    def write_policy(self, rules):
        """Employees are paid by a policy of the same bands."""
        text = self.payment.replace('payer = "employee"\nmethod = "dip"', 'payer = "employee"\nmethod = "policy"\npolicy = "bands"')
        (rules / "payment.toml").write_text(text, encoding="utf-8")
        (rules / "policy.toml").write_text(POLICY, encoding="utf-8")

    def write_terms(self, month, has_parts, has_reviews):
        """What patients bear, of some hospitals every case states it; outcomes of special reviews. A generator of its own:
        the rest stays as it was."""
        rng, every = random.Random(len(self.encounters)), len(self.encounters) % 4 == 1
        text = "encounter,severity,tumour,level_coefficient,special_amount,special_points,patient_paid\n"
        for row in self.table["discharges"]:
            paid = yuan(rng.choice([0, rng.randint(1, 90_000), 50_000_000])) if every or rng.random() < 0.6 else ""
            amount, points = [""] * 2
            if has_reviews and rng.random() < 0.3:
                amount, points = rng.choice([(yuan(rng.randint(0, 900_000)), ""), ("", e4(rng.randint(0, 90_000_000)))])
            text += f"{row[0]},,,,{amount},{points},{paid if has_parts else ''}\n"
        (month / "case_terms.csv").write_text(text, encoding="utf-8")


def analysis_text(s):
    """analysis.toml of settings."""
    text = 'schema = "yuanliu.analysis/1"\nversion = "t"\n'
    for low, high in zip(s["bands"], [*s["bands"][1:], None]):
        text += f'\n[[weight_band]]\nfrom = "{low}"\n' + (f'to = "{high}"\n' if high else "")
    text += "\n[quadrants]\n" + "".join(f'{k} = "{s[k]}"\n' for k in ("weight", "volume", "margin_rate"))
    text += f'\n[advice]\nfew_cases = {s["few_cases"]}\n' + "".join(
        f'{k} = "{s[k]}"\n' for k in ("bring_in_margin_rate", "bring_in_weight", "give_up_margin_rate", "give_up_weight"))
    text += f'give_up_only_without_contribution = {"true" if s["spare"] else "false"}\n'
    text += f'\n[insurer]\ncases = {s["cases"]}\nover = "{s["over"]}"\n\n[alert]\nmonths = {s["months"]}\n'
    return text


def written(hospital, folder):
    return hospital.write(Path(folder))
