"""Second writing of the DRG grouper, from docs/grouping.md §4 only.

Why it exists: the engine must give the same answer and the same deciding codes on every case.
"""
import dataclasses
import re

import grouping_record
from grouping_record import Answer

ADRG_HEAD = re.compile(r"([A-Z][A-Z][0-9]) (.*)$")
MDC_HEAD = re.compile(r"MDC([A-Z]) (.*)$")
CODE_LINE = re.compile(r"[0-9A-Z][0-9]")
SETS = {
    "包含以下主要诊断": "main_diagnosis", "主要诊断": "main_diagnosis",
    "包含以下主要手术或操作": "main_procedure",
    "主要诊断或其他诊断中包含以下诊断": "any_diagnosis", "包含以下诊断": "any_diagnosis",
    "同时包含以下手术": "any_procedure", "和": "any_procedure",
}
NUMBERED = re.compile(r"手术(?:表)?([0-9])$")
ALTERNATIVE = re.compile(r"或?包含以下主要诊断((?:\+手术表[0-9])+)$")
BARE = {"全部手术": "valid", "包含全部手术": "valid", "符合MDCZ主诊表，且无手术": "none_valid"}


@dataclasses.dataclass
class Adrg:
    code: str
    terms: list = dataclasses.field(default_factory=list)  # (kind, set of codes)
    numbered: dict = dataclasses.field(default_factory=dict)
    written: list = dataclasses.field(default_factory=list)  # numbers of each alternative

    def alternatives(self):
        if not self.written:
            return [self.terms]
        main = next(t for t in self.terms if t[0] == "main_diagnosis")
        return [[main] + [self.numbered[n] for n in numbers] for numbers in self.written]

    def asks_procedures(self):
        return any(t[0] not in ("main_diagnosis", "any_diagnosis") for a in self.alternatives() for t in a)


@dataclasses.dataclass
class Mdc:
    letter: str
    table: set | None = None
    sites: list = dataclasses.field(default_factory=list)
    adrgs: list = dataclasses.field(default_factory=list)


def read_rules(path):
    mdcs, mdc, adrg, taking = {}, None, None, []
    for line in grouping_record.text_of(path).splitlines():
        if not line.strip():
            continue
        if found := MDC_HEAD.match(line):
            letter, title = found.groups()
            mdc, adrg = mdcs.setdefault(letter, Mdc(letter)), None
            if title.strip() == "主诊表":
                mdc.table = set()
                taking = [mdc.table]
        elif found := ADRG_HEAD.match(line):
            adrg, taking = Adrg(found.group(1)), []
            mdc.adrgs.append(adrg)
        elif CODE_LINE.match(line):
            for codes in taking:
                codes.add(line.split(" ")[0])
        else:
            directive = re.sub(r"\s", "", line).rstrip("：")
            taking = in_table(mdc, directive) if adrg is None else in_adrg(adrg, directive)
    return mdcs


def in_table(mdc, directive):
    if directive not in SETS:
        mdc.sites.append(set())
    return [mdc.table] + mdc.sites[-1:]


def in_adrg(adrg, directive):
    if directive in BARE:
        adrg.terms.append((BARE[directive], None))
        return []
    if found := ALTERNATIVE.match(directive):
        adrg.written.append(re.findall("[0-9]", found.group(1)))
        return []
    codes = set()
    if found := NUMBERED.match(directive):
        term = ("any_procedure", codes)
        adrg.numbered[found.group(1)] = term
    else:
        term = (SETS[directive], codes)
    adrg.terms.append(term)
    return [codes]


def numbers_of(path):
    return dict(line.split() for line in grouping_record.text_of(path).splitlines() if line.strip())


class DrgGrouper:
    def __init__(self, folder):
        self.folder = grouping_record.Folder(folder)
        settings = self.folder.settings["drg"]
        self.checks = grouping_record.Checks(self.folder)
        self.mdcs = read_rules(self.folder.path("rules"))
        self.order = settings["mdc_order"]
        self.any_main = settings["main_procedure"] == "any"
        self.conditions = settings.get("condition", [])
        self.cc, self.mcc, self.shut = (numbers_of(self.folder.path(k))
                                        for k in ("cc", "mcc", "exclusions"))
        self.valid = self.folder.codes("valid_procedures")
        self.drgs = {}
        for line in grouping_record.text_of(self.folder.path("drgs")).splitlines():
            code, _, name = line.partition(" ")
            self.drgs[code] = name.strip()

    def main_procedures(self, case):
        return case.procedures if self.any_main else case.procedures[:1]

    def conditions_of(self, key, value):
        return [c for c in self.conditions if c.get(key) == value]

    def site_codes(self, mdc, case, least):
        """Diagnoses that each bring a new site, until there are enough; None when there are not."""
        seen, codes = set(), []
        for code in case.diagnoses:
            here = {i for i, site in enumerate(mdc.sites) if code in site}
            if here - seen:
                codes.append(code)
            seen |= here
            if len(seen) >= least:
                return codes
        return None

    def valid_codes(self, case):
        return [p for p in self.main_procedures(case) if p in self.valid]

    def condition_holds(self, condition, mdc, case):
        if not grouping_record.bounds_hold(condition, case):
            return False
        wanted = condition.get("valid_procedure")
        if wanted is True and not self.valid_codes(case):
            return False
        if wanted is False and any(p in self.valid for p in case.procedures):
            return False
        least = condition.get("sites_min")
        return least is None or self.site_codes(mdc, case, least) is not None

    def term_code(self, term, case):
        """The code that fulfils a term ("" for none needed), or None when it does not hold."""
        kind, codes = term
        if kind == "valid":
            return next(iter(self.valid_codes(case)), None)
        if kind == "none_valid":
            return None if any(p in self.valid for p in case.procedures) else ""
        looked_at = {"main_diagnosis": case.diagnoses[:1], "any_diagnosis": case.diagnoses,
                     "main_procedure": self.main_procedures(case),
                     "any_procedure": case.procedures}[kind]
        return next((c for c in looked_at if c in codes), None)

    def adrg_codes(self, mdc, adrg, case):
        """The deciding codes of an ADRG that holds, or None."""
        conditions = self.conditions_of("adrg", adrg.code)
        if not all(self.condition_holds(c, mdc, case) for c in conditions):
            return None
        for alternative in adrg.alternatives():
            found = [self.term_code(t, case) for t in alternative]
            if None not in found:
                return [c for c in found if c] + self.valid_condition_codes(conditions, case)
        return None

    def valid_condition_codes(self, conditions, case):
        return self.valid_codes(case)[:1] if any(c.get("valid_procedure") for c in conditions) else []

    def first_adrg(self, mdc, case, asks_procedures):
        for adrg in mdc.adrgs:
            conditions = self.conditions_of("adrg", adrg.code)
            asks = adrg.asks_procedures() or any(c.get("valid_procedure") for c in conditions)
            if asks == asks_procedures:
                codes = self.adrg_codes(mdc, adrg, case)
                if codes is not None:
                    return adrg, codes
        return None

    def entered(self, case):
        """The MDC and, without a table, its ADRG with codes."""
        for letter in self.order:
            mdc = self.mdcs[letter]
            if not all(self.condition_holds(c, mdc, case)
                       for c in self.conditions_of("mdc", letter)):
                continue
            if mdc.table is None:
                found = self.first_adrg(mdc, case, True) or self.first_adrg(mdc, case, False)
                if found:
                    return mdc, found
            elif case.diagnoses[0] in mdc.table:
                return mdc, None
        return None, None

    def group(self, case):
        failure = self.checks.first_failure(case)
        if failure:
            return failure
        mdc, found = self.entered(case)
        if mdc is None:
            return Answer("ungrouped", "no_entry")
        conditions = self.conditions_of("mdc", mdc.letter)
        head = [case.diagnoses[0]] if mdc.table is not None else []
        least = max((c.get("sites_min", 0) for c in conditions), default=0)
        if least:
            head += self.site_codes(mdc, case, least)
        if not found:
            found = self.first_adrg(mdc, case, True)
            if not found and self.valid_codes(case):
                return Answer("ambiguous", "unrelated_procedure", "", mdc.letter + "QY", "",
                              head + self.valid_codes(case)[:1])
            found = found or self.first_adrg(mdc, case, False)
        if not found:
            return Answer("ungrouped", "no_rule")
        adrg, codes = found
        tail = self.valid_condition_codes(conditions, case)
        return self.with_severity(adrg.code, head + codes + tail, case)

    def counting(self, table, case):
        main = case.diagnoses[0]
        return [d for d in case.diagnoses[1:] if d != main and d in table
                and self.shut.get(main) != table[d]]

    def with_severity(self, adrg, codes, case):
        mcc, cc = self.counting(self.mcc, case), self.counting(self.cc, case)
        wanted = "1" if mcc else "3" if cc else "5"
        digits = "9" if adrg + "9" in self.drgs else "135"["135".index(wanted):]
        digit = next((d for d in digits if adrg + d in self.drgs), None)
        if digit is None:
            return Answer("ungrouped", "no_severity")
        if digit in "13":
            codes = codes + ((mcc or cc) if digit == "3" else mcc)[:1]
        return Answer("grouped", "", "drg", adrg + digit, self.drgs[adrg + digit], codes)
