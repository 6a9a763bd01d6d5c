"""Catalogue folders made of shared reference data, and cases generated for them.

Why it exists: CHS-DRG 1.1 and the code tables are not shipped, so tests put a `catalogue.toml` beside
their paths; cases are generated so that every MDC and every ADRG that can be reached is reached.
"""
import csv
import random
from pathlib import Path

from grouping_record import Case

CONDITIONS = """
[[drg.condition]]
mdc = "M"
sex = "male"
[[drg.condition]]
mdc = "N"
sex = "female"
[[drg.condition]]
mdc = "P"
age_days_max = 364
[[drg.condition]]
mdc = "Z"
sites_min = 2
[[drg.condition]]
adrg = "YC1"
valid_procedure = true
[[drg.condition]]
adrg = "WJ1"
valid_procedure = true
[[drg.condition]]
adrg = "PV1"
age_days_min = 29
"""
NEWBORN = {"PB1": "", "PC1": "", "PJ1": "", "PK1": "", "PR1": "", "PU1": "",
           "PS1": "weight_g_max = 1499", "PS2": "weight_g_min = 1500\nweight_g_max = 1999",
           "PS3": "weight_g_min = 2000\nweight_g_max = 2499", "PS4": "weight_g_min = 2500"}
ORDER = "APYZMNBCDEFGHIJKLOQRSTUVWX"


def write_chs_drg(folder, data, main_procedure="first"):
    source = Path(data) / "chs-drg-1.1"
    icd = Path(data) / "opendrg" / "icd"
    text = ['schema = "yuanliu.catalogue/1"', 'id = "CHS-DRG-1.1"', 'kind = "drg"', "[files]"]
    files = {"rules": source / "chs11_4_ADRG_DETAIL.txt", "drgs": source / "chs11_3_DRG.txt",
             "cc": source / "chs11_CC.dat", "mcc": source / "chs11_MCC.dat",
             "exclusions": source / "chs11_CCE.dat",
             "valid_procedures": source / "chs11_SS_VALID.dat",
             "diagnoses": icd / "icd10_yb20.txt", "procedures": icd / "icd9cm3_yb20.txt"}
    text += [f'{key} = "{path}"' for key, path in files.items()]
    text += ["[drg]", "mdc_order = [" + ", ".join(f'"{m}"' for m in ORDER) + "]",
             f'main_procedure = "{main_procedure}"', CONDITIONS]
    for adrg, bounds in NEWBORN.items():
        text.append(f'[[drg.condition]]\nadrg = "{adrg}"\nage_days_max = 28\n{bounds}')
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / "catalogue.toml").write_text("\n".join(text) + "\n", encoding="utf-8")


def write_cases(path, cases):
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["encounter", "sex", "age_days", "weight_g", "charge", "main_diagnosis",
                      "other_diagnoses", "procedures"])
        for case in cases:
            main, *other = case.diagnoses or [""]
            out.writerow([case.encounter, case.sex,
                          "" if case.age_days is None else case.age_days,
                          "" if case.weight_g is None else case.weight_g,
                          f"{case.charge // 100}.{case.charge % 100:02}", main, ";".join(other),
                          ";".join(case.procedures)])


class DrgCases:
    """Cases for each ADRG of a catalogue, and cases at random over its codes."""

    def __init__(self, grouper, seed):
        self.grouper, self.dice, self.number = grouper, random.Random(seed), 0
        self.valid = sorted(grouper.valid)
        self.mcc, self.cc = sorted(grouper.mcc), sorted(grouper.cc)
        self.severe = self.mcc + self.cc
        self.tables = {m.letter: sorted(m.table) for m in grouper.mdcs.values() if m.table}
        self.sets = {m.letter: [sorted(codes) for a in m.adrgs for kind, codes in a.terms
                                if codes and "procedure" in kind] for m in grouper.mdcs.values()}
        self.lists = {id(codes): sorted(codes) for m in grouper.mdcs.values()
                      for a in m.adrgs for _, codes in a.terms if codes}

    def case(self, diagnoses, procedures, sex="unknown", age=None, weight=None):
        self.number += 1
        return Case(f"E{self.number:07}", diagnoses, procedures, sex, age, weight,
                    self.dice.randrange(100_000, 9_000_000))

    def severe_some(self):
        return self.dice.sample(self.severe, self.dice.choice((0, 1, 1, 2, 3)))

    def person(self, letter, adrg=""):
        sex = {"M": "male", "N": "female", "O": "female"}.get(
            letter, self.dice.choice(("male", "female")))
        if letter != "P":
            return sex, self.dice.randrange(7000, 30000), None
        age = self.dice.randrange(29, 365) if adrg == "PV1" else self.dice.randrange(0, 29)
        weight = {"PS1": 1200, "PS2": 1700, "PS3": 2200, "PS4": 2600}.get(
            adrg, self.dice.randrange(600, 4500))
        return sex, age, weight

    def for_adrg(self, mdc, adrg, digit):
        """One attempt at a case that reaches the ADRG, and the DRG of this digit in it."""
        severe = {"1": [self.dice.choice(self.mcc)], "3": [self.dice.choice(self.cc)],
                  "5": []}.get(digit, self.severe_some())
        terms = self.dice.choice(adrg.alternatives())
        main, other, procedures = None, [], []
        for kind, codes in terms:
            listed = self.lists.get(id(codes), [])
            if kind == "main_diagnosis":
                both = sorted(codes & mdc.table) if mdc.table else listed
                main = self.dice.choice(both or listed)
            elif kind == "any_diagnosis":
                both = sorted(codes & mdc.table) if mdc.table else listed
                if both and main is None and self.dice.random() < 0.5:
                    main = self.dice.choice(both)
                else:
                    other.append(self.dice.choice(listed))
            elif kind == "main_procedure":
                procedures.insert(0, self.dice.choice(listed))
            elif kind == "any_procedure":
                procedures.append(self.dice.choice(listed))
            elif kind == "valid":
                procedures.insert(0, self.dice.choice(self.valid))
        if adrg.code in ("WJ1", "YC1"):
            procedures.insert(0, self.dice.choice(self.valid))
        if main is None:
            main = self.dice.choice(self.tables.get(mdc.letter) or self.tables["B"])
        if mdc.letter == "Z":
            other.append(self.dice.choice(self.tables["Z"]))
        return self.case([main] + other + severe, procedures,
                         *self.person(mdc.letter, adrg.code))

    def at_random(self):
        """Mostly a plausible case of one MDC; sometimes none at all."""
        dice = self.dice
        letter = dice.choice(sorted(self.tables))
        diagnoses = [dice.choice(self.tables[letter])] + self.severe_some()
        if letter in "YZ" or dice.random() < 0.1:
            diagnoses.append(dice.choice(self.tables[dice.choice(sorted(self.tables))]))
        procedures = []
        for _ in range(dice.choice((0, 0, 1, 1, 2, 4))):
            pool = self.valid if dice.random() < 0.2 else dice.choice(self.sets[letter] or [self.valid])
            procedures.append(dice.choice(pool))
        if dice.random() < 0.02:
            diagnoses[0] = dice.choice(["", "A99.999", "Z99.900x999"])
            diagnoses = [d for d in diagnoses if d]
        return self.case(diagnoses, procedures, *self.person(dice.choice((letter, letter, "B"))))
