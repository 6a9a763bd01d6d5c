"""Second writing of the DIP grouper, from docs/grouping.md §5 only.

Why it exists: the engine must give the same answer and the same deciding codes on every case.
"""
import dataclasses
import re
from decimal import Decimal

import grouping_record
from grouping_record import EXTENSION, Answer

OPERATIONS = {"surgery": 4, "intervention": 4, "therapeutic": 3, "diagnostic": 2}
COMPOSITE = {4: "surgery", 3: "therapeutic", 2: "diagnostic", 1: "conservative"}
CLASS_ORDER = ["surgery", "intervention", "therapeutic", "diagnostic"]
WHOLE = ("age_days_min", "age_days_max", "weight_g_min", "weight_g_max")


def matches(wanted, code):
    if re.fullmatch(r"...-...", wanted):
        return wanted[:3] <= code[:3] <= wanted[4:]
    return code == wanted if EXTENSION.search(wanted) else code.startswith(wanted)


def length_of(wanted):
    return 3 if "-" in wanted else len(wanted)


def parse(cell, is_diagnosis=False):
    alternatives = []
    for text in cell.split("|") if cell else []:
        codes = []
        for part in text.split("+"):
            if codes and is_diagnosis and part.endswith("*"):
                codes[-1] += "+" + part
            else:
                codes.append(part)
        alternatives.append(codes)
    return alternatives


def take(alternative, places, allowed, taken=()):
    """Places that fulfil the codes; `allowed(i)` limits where the i-th code may look."""
    used = []
    for i, wanted in enumerate(alternative):
        place = next((p for p in allowed(i) if p not in used and p not in taken
                      and matches(wanted, places[p])), None)
        if place is None:
            return None
        used.append(place)
    return used


def best(alternatives, places, allowed, taken=()):
    """The alternative with the most codes that holds, the first of them, with its places."""
    found = None
    for alternative in alternatives:
        used = take(alternative, places, allowed, taken)
        if used is not None and (found is None or len(alternative) > len(found[0])):
            found = (alternative, used)
    return found


@dataclasses.dataclass
class Hit:
    row: dict
    number: int
    diagnosis: tuple = ((), [])
    other: tuple = ((), [])
    procedure: tuple = ((), [])
    related: tuple = ((), [])


class DipGrouper:
    def __init__(self, folder):
        self.folder = grouping_record.Folder(folder)
        self.settings = self.folder.settings["dip"]
        self.checks = grouping_record.Checks(self.folder)
        self.classes = None
        if "procedure_classes" in self.folder.files:
            self.classes = {r["procedure"]: r["class"]
                            for r in self.folder.rows("procedure_classes")}
        self.excluded = list(self.folder.codes("excluded_diagnoses") or ())
        self.treatments = {}
        if "excluded_procedures" in self.folder.files:
            self.treatments = {r["procedure"]: r["treatment"]
                               for r in self.folder.rows("excluded_procedures")}
        self.rows = [self.compiled(i, r) for i, r in enumerate(self.folder.rows("groups"))]

    def compiled(self, number, row):
        columns = self.folder.settings.get("columns", {})
        words = self.folder.settings.get("words", {})
        ours = {name: "" for name in (
            "group", "name", "level", "diagnosis", "other_diagnosis", "procedure", "related",
            "class", "diagnosis_position", "procedure_position", "sex", "mean_charge", "score",
            *WHOLE)}
        for name in ours:
            ours[name] = row.get(columns.get(name, name)) or ""
        for name in ("level", "class"):
            ours[name] = words.get(name, {}).get(ours[name], ours[name])
        for name in WHOLE:
            ours[name] = int(ours[name]) if ours[name] else None
        for name in ("diagnosis", "other_diagnosis"):
            ours[name] = parse(ours[name], True)
        for name in ("procedure", "related"):
            ours[name] = parse(ours[name])
        ours["number"] = number
        return ours

    def class_of(self, procedure):
        return self.classes.get(procedure) if self.classes is not None else "known"

    def counted(self, case):
        procedures = [p for p in case.procedures if self.class_of(p) != "simple"
                      and (self.class_of(p) or self.settings["unknown_class"] == "counted")]
        main = case.diagnoses[0]
        allowed = any(matches(r, main) for r in (self.as_range(x) for x in
                                                 self.settings.get("limited_diagnoses", [])))
        def treated(procedure):
            treatment = self.treatments.get(procedure)
            return None if treatment == "limited" and allowed else treatment
        moved = []
        while procedures and treated(procedures[0]) == "next":
            moved.append(procedures.pop(0))
        if not procedures or treated(procedures[0]) in ("conservative", "limited"):
            return []
        return [p for p in procedures + moved if self.treatments.get(p) != "conservative"]

    @staticmethod
    def as_range(text):
        return text if "-" in text else text + "-" + text

    def hold(self, row, case, stage, procedures, case_class):
        if not grouping_record.bounds_hold(row, case):
            return None
        hit = Hit(row, row["number"])
        everywhere = range(len(case.diagnoses))
        if row["diagnosis"]:
            if row["diagnosis_position"] == "any":
                found = best(row["diagnosis"], case.diagnoses, lambda i: everywhere)
            else:
                found = best(row["diagnosis"], case.diagnoses,
                             lambda i: everywhere[1:] if i else everywhere[:1])
            if not found:
                return None
            hit.diagnosis = found
        if row["other_diagnosis"]:
            hit.other = best(row["other_diagnosis"], case.diagnoses, lambda i: everywhere[1:])
            if not hit.other:
                return None
        if row["level"] == "composite":
            return hit if row["class"] == case_class else None
        return self.procedures_hold(hit, row, stage, procedures)

    def procedures_hold(self, hit, row, stage, procedures):
        places = range(len(procedures))
        if not row["procedure"]:
            if row["level"] != "first_stage" and procedures:
                return None
        else:
            position = row["procedure_position"] or (
                "main" if stage["main_procedure"] == "first" else "any")
            found = best(row["procedure"], procedures,
                         (lambda i: places) if position == "any"
                         else (lambda i: places[1:] if i else places[:1]))
            if not found:
                return None
            hit.procedure = found
        if stage["related"] == "used" and row["related"]:
            hit.related = best(row["related"], procedures, lambda i: places, hit.procedure[1])
            if not hit.related:
                return None
        return hit

    def key(self, name, hit, case, stage):
        """Greater is better."""
        row = hit.row
        first = lambda cell: length_of(cell[0][0]) if cell[0] else 0
        parts = (hit.diagnosis, hit.other, hit.procedure, hit.related)
        if name == "and_codes":
            return sum(len(p[0]) for p in parts)
        if name == "diagnosis_length":
            return first(hit.diagnosis)
        if name == "procedure_length":
            return first(hit.procedure)
        if name == "matched_procedures":
            return len(hit.procedure[1]) + len(hit.related[1])
        if name == "related":
            return len(hit.related[1])
        if name == "procedure_order":
            return -hit.procedure[1][0] if hit.procedure[1] else -10**9
        if name == "mean_charge":
            if not row["mean_charge"]:
                return -10**18
            return -abs(int(Decimal(row["mean_charge"]) * 100) - case.charge)
        if name == "level":
            return -stage["levels"].index(row["level"])
        if name == "class":
            return -(CLASS_ORDER.index(row["class"]) if row["class"] in CLASS_ORDER else 4)
        if name == "score":
            return Decimal(row["score"]) if row["score"] else Decimal(-10**9)
        return -hit.number  # first_row

    def stage_answer(self, stage, case, counted, case_class):
        procedures = case.procedures if stage["procedures"] == "recorded" else counted
        hits = [h for r in self.rows if r["level"] in stage["levels"]
                and (h := self.hold(r, case, stage, procedures, case_class))]
        for name in stage["priority"]:
            keys = [self.key(name, h, case, stage) for h in hits]
            hits = [h for h, k in zip(hits, keys) if k == max(keys)]
        if not hits:
            return None
        if len({h.row["group"] for h in hits}) > 1:
            return Answer("ambiguous", "equal_rows")
        hit = hits[0]
        codes = [case.diagnoses[p] for p in (*hit.diagnosis[1], *hit.other[1])]
        if hit.row["level"] == "composite":
            codes = [case.diagnoses[0]] + self.class_codes(counted, case_class)
        else:
            codes += [procedures[p] for p in (*hit.procedure[1], *hit.related[1])]
        return Answer("grouped", "", hit.row["level"], hit.row["group"], hit.row["name"], codes)

    def weight(self, procedure):
        return OPERATIONS.get(self.class_of(procedure), 1)

    def class_codes(self, counted, case_class):
        wanted = next(w for w, c in COMPOSITE.items() if c == case_class)
        return [p for p in counted if wanted > 1 and self.weight(p) == wanted][:1]

    def group(self, case):
        failure = self.checks.first_failure(case)
        if failure:
            return failure
        main = case.diagnoses[0]
        by_prefix = self.settings["excluded_diagnosis_match"] == "prefix"
        if any(main.startswith(c) if by_prefix else main == c for c in self.excluded):
            return Answer("ungrouped", "excluded_diagnosis", codes=(main,))
        counted = self.counted(case)
        weight = max((self.weight(p) for p in counted), default=1)
        for stage in self.settings["stage"]:
            answer = self.stage_answer(stage, case, counted, COMPOSITE[weight])
            if answer:
                return answer
        if self.settings["composite"] == "generated":
            return Answer("grouped", "", "composite", f"{main[:3]}-{weight}", "",
                          [main] + self.class_codes(counted, COMPOSITE[weight]))
        return Answer("ungrouped", "no_rule")
