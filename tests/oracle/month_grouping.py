"""Months whose cases are grouped by catalogues of the rules, made at random from the example month.

Why it exists: `docs/grouping.md` §10 says what a grouper is given of a month; this writes months of
which the cases are known beforehand, with payers by two catalogues of different kinds.
"""
import csv
import random
import shutil
from pathlib import Path

import grouping_random
from grouping_record import Case

ROOT = Path(__file__).resolve().parents[2]
DRG_DIAGNOSES = ["I20.000", "I21.000", "I50.900", "C50.900", "J96.000", "N80.000", "P59.900", "P07.000"]
DRG_PROCEDURES = ["36.0700", "36.0601", "37.5100", "85.5300", "85.4300", "85.2100", "00.2400"]
TABLES = {"open_stays": "encounter,sex,age_years",
          "stay_details": "encounter,age_days,birth_weight_g,admission_weight_g,discharge_way,icu_days",
          "diagnosis_details": "encounter,sequence,admission_condition",
          "procedure_details": "encounter,sequence,level,performed_on"}
CONDITIONS = ("present", "undetermined", "unknown", "absent")


class RandomMonth:
    """`cases`: encounter -> (payer, Case, is_open, details) with the charge still to be computed."""

    def __init__(self, folder, seed, count=60):
        self.dice = random.Random(seed)
        self.month, self.rules = Path(folder) / "month", Path(folder) / "rules"
        shutil.copytree(ROOT / "docs/example-month/month", self.month)
        shutil.copytree(ROOT / "docs/example-month/rules", self.rules)
        self.rows = {name: [header.split(",")] for name, header in TABLES.items()}
        for name in ("encounters", "discharges", "diagnoses", "procedures", "charge_lines"):
            with (self.month / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                self.rows[name] = list(csv.reader(stream))
        self.line = self.rows["charge_lines"][1]
        self.dip = grouping_random.RandomCatalogue(seed)
        self.dip.write(self.rules / "dip" / "random")
        shutil.copytree(ROOT / "tests/catalogues/own_drg", self.rules / "drg")
        self.cases = {}
        for number in range(count):
            self.add_case(number)
        for row in (("I001", "employee"), ("I002", "employee")):
            self.cases[row[0]] = (row[1], None, False, {})
        self.write_rules()
        self.write_month()

    def coded(self, number, payer):
        if payer == "employee":
            return self.dip.case(number)
        dice = self.dice
        return Case("", [dice.choice(DRG_DIAGNOSES) for _ in range(dice.choice((1, 2, 3)))],
                    [dice.choice(DRG_PROCEDURES) for _ in range(dice.choice((0, 1, 2)))],
                    dice.choice(("male", "female")), dice.choice((None, 3, 40 * 365)),
                    dice.choice((None, 1200)))

    def add_case(self, number):
        dice, encounter = self.dice, f"G{number:04}"
        payer = dice.choice(("employee", "employee", "self_paying"))
        case = self.coded(number, payer)
        case.encounter = encounter
        # Years count 365 days; below one year the page's own days are taken.
        years = case.age_days // 365 if case.age_days and case.age_days >= 365 else 0
        case.age_days = years * 365 if years else case.age_days
        is_open = dice.random() < 0.2
        admitted = dice.randrange(1, 20)
        left = "" if is_open else f"2026-09-{admitted + dice.randrange(0, 9):02}"
        self.rows["encounters"].append([encounter, "inpatient", "C01", "S01", f"2026-09-{admitted:02}",
                                        left, payer, ""])
        if is_open:
            self.rows["open_stays"].append([encounter, case.sex, str(years)])
        else:
            self.rows["discharges"].append([encounter, case.sex, str(years), "improved"])
        days = "" if years or case.age_days is None else str(case.age_days)
        weight = "" if case.weight_g is None else str(case.weight_g)
        if days or weight or dice.random() < 0.2:
            self.rows["stay_details"].append([encounter, days, "", weight, "", ""])
        details = {"admitted": admitted, "left": left, "years": years, "conditions": {}, "procedures": {}}
        for i, code in enumerate(case.diagnoses, start=1):
            self.rows["diagnoses"].append([encounter, str(i), code])
            if dice.random() < 0.7:
                details["conditions"][i] = dice.choice(CONDITIONS)
                self.rows["diagnosis_details"].append([encounter, str(i), details["conditions"][i]])
        for i, code in enumerate(case.procedures, start=1):
            self.rows["procedures"].append([encounter, str(i), code])
            if dice.random() < 0.7:
                level, day = dice.choice(("", "2")), dice.choice(("", "2026-09-20"))
                details["procedures"][i] = (level, day)
                self.rows["procedure_details"].append([encounter, str(i), level, day])
        line = list(self.line)
        line[0], line[1], line[2] = encounter, "1", f"2026-09-{admitted:02}"
        line[-2] = f"{dice.randrange(100, 400_000) / 100:.2f}"
        line[-1] = ""
        self.rows["charge_lines"].append(line)
        self.cases[encounter] = (payer, case, is_open, details)

    def write_rules(self):
        (self.rules / "grouping.toml").write_text(
            'schema = "yuanliu.grouping/1"\nversion = "r"\n\n[[catalogue]]\nfolder = "dip/random"\n'
            'payers = ["employee"]\n\n[[catalogue]]\nfolder = "drg"\npayers = ["*"]\n', encoding="utf-8")
        dice = self.dice
        scores = ["group,score,reference_charge,reference_days"]
        groups = [f"G{i:03}" for i in range(21)]
        groups += sorted({f"{code[:3]}-{n}" for code in (*grouping_random.DIAGNOSES, "J18", "I10")
                          for n in (1, 2, 3, 4)})
        self.scores = {g: (dice.randrange(50, 4000), dice.randrange(300, 4000), dice.randrange(2, 20))
                       for g in groups}
        scores += [f"{g},{s},{c}.50,{d}" for g, (s, c, d) in self.scores.items()]
        folder = self.rules / "dip" / "random"
        (folder / "scores.csv").write_text("\n".join(scores) + "\n", encoding="utf-8")
        text = (folder / "catalogue.toml").read_text(encoding="utf-8")
        (folder / "catalogue.toml").write_text(
            text.replace('groups = "groups.csv"', 'groups = "groups.csv"\nscores = "scores.csv"', 1),
            encoding="utf-8")
        drgs = [line.split(" ")[0] for line in
                (self.rules / "drg" / "drgs.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
        (self.rules / "drg" / "scores.csv").write_text(
            "group,score,reference_charge,reference_days\n" +
            "".join(f"{g},{dice.randrange(50, 4000)},{dice.randrange(300, 4000)}.00,7.5\n" for g in drgs),
            encoding="utf-8")
        text = (self.rules / "drg" / "catalogue.toml").read_text(encoding="utf-8")
        (self.rules / "drg" / "catalogue.toml").write_text(
            text.replace("[files]", '[files]\nscores = "scores.csv"', 1), encoding="utf-8")

    def write_month(self):
        for name, rows in self.rows.items():
            with (self.month / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, lineterminator="\n").writerows(rows)
