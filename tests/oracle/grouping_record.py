"""What both second-written groupers share: codes, cases, answers, code lists, checks and conditions.

Why it exists: the engine's answers are compared with an independent writing of docs/grouping.md §1-§3
and §4.2; this file was written from that page, never from the C++.
"""
import csv
import dataclasses
import re
import tomllib
from pathlib import Path

EXTENSION = re.compile(r"x[0-9]{3}$")


@dataclasses.dataclass
class Case:
    encounter: str
    diagnoses: list
    procedures: list
    sex: str = "unknown"
    age_days: int | None = None
    weight_g: int | None = None
    charge: int = 0  # fen


@dataclasses.dataclass
class Answer:
    status: str
    reason: str = ""
    level: str = ""
    group: str = ""
    name: str = ""
    codes: tuple = ()

    def __post_init__(self):
        self.codes = tuple(dict.fromkeys(self.codes))


def text_of(path):
    return Path(path).read_text(encoding="utf-8-sig")


def codes_of(path):
    """The code at the head of each line; a line that opens with none is passed over."""
    found = {}
    for line in text_of(path).splitlines():
        head = re.split(r"[ ,]", line, maxsplit=1)[0]
        if "." in (head[2:3], head[3:4]):
            found[head] = True
    return found


class Folder:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.settings = tomllib.loads(text_of(self.folder / "catalogue.toml"))
        self.files = self.settings["files"]

    def path(self, key):
        return self.folder / self.files[key] if key in self.files else None

    def codes(self, key):
        return codes_of(self.path(key)) if key in self.files else None

    def rows(self, key):
        with self.path(key).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))


def in_range(code, low, high):
    return code[:len(low)] >= low and code[:len(high)] <= high


class Checks:
    def __init__(self, folder):
        self.known = folder.codes("diagnoses")
        self.grey = folder.codes("grey_diagnoses") or {}
        self.rows = folder.rows("checks") if "checks" in folder.files else []

    def first_failure(self, case):
        def failed(reason, *codes):
            return Answer("failed_checks", reason, codes=codes)
        if not case.diagnoses:
            return failed("diagnosis_missing")
        main = case.diagnoses[0]
        if self.known is not None and main not in self.known:
            return failed("diagnosis_unknown", main)
        if main in self.grey:
            return failed("diagnosis_grey", main)
        for row in self.rows:
            looked_at = case.diagnoses[:1] if row["rule"] == "not_main" else case.diagnoses
            reason = {"not_main": "not_main",
                      "not_female": "sex_conflict" if case.sex == "female" else None,
                      "not_male": "sex_conflict" if case.sex == "male" else None,
                      "infants_only": "age_conflict" if (case.age_days or 0) > 364 else None}
            why = reason[row["rule"]]
            for code in looked_at if why else ():
                if in_range(code, row["from"], row["to"]):
                    return failed(why, code)
        return None


def within(value, low, high):
    if low is None and high is None:
        return True
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def bounds_hold(condition, case):
    """Sex, age and weight of §4.2, for a condition of a DRG catalogue or a row of a DIP one."""
    return ((not condition.get("sex") or condition["sex"] == case.sex)
            and within(case.age_days, condition.get("age_days_min"), condition.get("age_days_max"))
            and within(case.weight_g, condition.get("weight_g_min"), condition.get("weight_g_max")))
