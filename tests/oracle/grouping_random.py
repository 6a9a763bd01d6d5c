"""Small DIP catalogues and cases at random, dense enough that rows overlap, tie and shadow each other.

Why it exists: real catalogues meet few cases where two priorities disagree; here nearly every case
does, and each row kind, position, treatment and setting of docs/grouping.md §5 comes up.
"""
import random
from pathlib import Path

from grouping_record import Case

DIAGNOSES = ["A09.900", "A09.900x001", "A09.900x002", "A01.002+G01*", "K35.800", "K35.900",
             "K35.800x003", "Z51.100", "C34.900", "C50.900", "T21.200", "T31.000", "I20.000"]
PROCEDURES = ["47.0100", "47.0100x001", "47.0900", "45.1300", "45.2300", "96.0700", "99.2503",
              "99.2800x005", "99.2800x006", "36.0700", "00.2400", "57.9400", "12.3400"]
DIAGNOSIS_CELLS = ["A09", "A09.9", "A09.900", "A09.900x001", "A01.002+G01*", "K35", "K35.8",
                   "Z51.1", "T21", "C00-C75", "I20"]
PROCEDURE_CELLS = ["47.01", "47.0100", "47.0100x001", "45", "45.2300", "99.2800x005", "99.28",
                   "36.07", "00.24", "96.0700"]
KEYS = ["and_codes", "diagnosis_length", "procedure_length", "matched_procedures", "related",
        "procedure_order", "mean_charge", "level", "class", "score"]
CLASSES = ["surgery", "intervention", "therapeutic", "diagnostic", "simple"]
HEADER = ("group,name,level,diagnosis,other_diagnosis,procedure,related,class,diagnosis_position,"
          "procedure_position,sex,age_days_min,age_days_max,weight_g_min,weight_g_max,mean_charge,"
          "score")


class RandomCatalogue:
    def __init__(self, seed):
        self.dice = random.Random(seed)

    def maybe(self, chance, value, otherwise=""):
        return value if self.dice.random() < chance else otherwise

    def cell(self, codes, most=2):
        return "|".join("+".join(self.dice.choice(codes)
                                 for _ in range(self.dice.choice((1, 1, 1, most))))
                        for _ in range(self.dice.choice((1, 1, 2))))

    def row(self, number, levels):
        dice = self.dice
        level = dice.choice(levels)
        bounds = ["", "", "", ""]
        if dice.random() < 0.1:
            bounds = dice.choice((["29", "", "", ""], ["", "28", "", ""], ["0", "28", "1000", "1499"]))
        return ",".join([
            f"G{dice.randrange(number // 2 + 1):03}", f"组{number}", level,
            self.maybe(0.95, self.cell(DIAGNOSIS_CELLS)), self.maybe(0.15, self.cell(DIAGNOSIS_CELLS)),
            self.maybe(0.7, self.cell(PROCEDURE_CELLS)), self.maybe(0.2, self.cell(PROCEDURE_CELLS)),
            dice.choice(("surgery", "therapeutic", "diagnostic", "conservative", "intervention", "")),
            dice.choice(("", "", "main", "any")), dice.choice(("", "", "main", "any")),
            self.maybe(0.1, dice.choice(("male", "female"))), *bounds,
            self.maybe(0.6, f"{dice.randrange(1, 40)}00.50"), self.maybe(0.6, str(dice.randrange(9)))])

    def stage(self, levels):
        dice = self.dice
        keys = dice.sample(KEYS, dice.randrange(1, 6)) + self.maybe(0.6, ["first_row"], [])
        listed = ", ".join(f'"{level}"' for level in levels)
        priority = ", ".join(f'"{key}"' for key in keys)
        return (f'[[dip.stage]]\nlevels = [{listed}]\n'
                f'procedures = "{dice.choice(("recorded", "counted", "counted"))}"\n'
                f'main_procedure = "{dice.choice(("first", "any"))}"\n'
                f'related = "{dice.choice(("used", "ignored"))}"\npriority = [{priority}]\n')

    def write(self, folder):
        dice, folder = self.dice, Path(folder)
        folder.mkdir(parents=True)
        levels = ["first_stage", "merged", "refined", "basic", "core", "composite"]
        cuts = sorted(dice.sample(range(1, 6), dice.randrange(1, 5)))
        parts = [levels[a:b] for a, b in zip([0, *cuts], [*cuts, 6])]
        text = ['schema = "yuanliu.catalogue/1"', 'id = "RANDOM"', 'kind = "dip"', "[files]",
                'groups = "groups.csv"']
        if dice.random() < 0.9:
            text.append('procedure_classes = "classes.csv"')
        text += ['excluded_diagnoses = "no_main.csv"', 'excluded_procedures = "no_main_op.csv"',
                 "[dip]", f'composite = "{dice.choice(("rows", "generated"))}"',
                 f'excluded_diagnosis_match = "{dice.choice(("exact", "prefix"))}"',
                 f'unknown_class = "{dice.choice(("ignored", "counted"))}"',
                 'limited_diagnoses = ["A00-A09", "C34"]']
        text += [self.stage(part) for part in parts]
        files = {
            "catalogue.toml": "\n".join(text),
            "groups.csv": "\n".join([HEADER] + [self.row(i, levels) for i in range(40)]),
            "classes.csv": "\n".join(["procedure,class"] + [f"{p},{dice.choice(CLASSES)}"
                                                            for p in PROCEDURES[:-1]]),
            "no_main.csv": dice.choice(("K35.900", "T31", "A09.900x0")) + ",名称",
            "no_main_op.csv": "\n".join(["procedure,treatment"] + [
                f"{p},{dice.choice(('next', 'conservative', 'limited'))}"
                for p in dice.sample(PROCEDURES, 3)])}
        for name, content in files.items():
            (folder / name).write_text(content + "\n", encoding="utf-8")

    def case(self, number):
        dice = self.dice
        diagnoses = [dice.choice(DIAGNOSES) for _ in range(dice.choice((0, 1, 1, 2, 2, 3, 3))
                                                           if dice.random() < 0.1 else
                                                           dice.choice((1, 2, 3)))]
        procedures = [dice.choice(PROCEDURES) for _ in range(dice.choice((0, 1, 1, 2, 3, 4)))]
        return Case(f"E{number:05}", diagnoses, procedures, dice.choice(("male", "female", "unknown")),
                    dice.choice((None, 5, 28, 29, 20000)), dice.choice((None, 1200, 3000)),
                    dice.randrange(0, 400_000))
