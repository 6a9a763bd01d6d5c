"""Why this file: the quality rules written a second time, from docs/quality.md and the rule file alone.

It shares nothing with the engine: fields and their types are listed here again, dates come from datetime, amounts are
integers of fen, and nothing is planned ahead: each rule looks at each record as the page says.
"""
import datetime
import re
import tomllib

CODE = re.compile(r"^[0-9A-Zx.+*]{1,20}$")
MORPHOLOGY = re.compile(r"^M[0-9]{4,5}/[0-9]$")
TYPES = {
    "count": "admission_count age_years age_days birth_weight_g admission_weight_g days transfusion_ml "
             "coma_before_minutes coma_after_minutes ventilator_hours icu_days special_nursing_days first_nursing_days "
             "second_nursing_days third_nursing_days diagnosis_count procedure_count",
    "date": "birth_date admitted_on discharged_on quality_checked_on settled_from settled_to",
    "amount": "total_charge self_paid surgery_charge anaesthesia_charge blood_charge pathology_charge nursing_charge "
              "bed_charge drug_charge antibiotic_charge detail_charge list_charge fund_paid account_paid cash_paid",
    "amounts": "charge_parts list_parts", "dates": "procedure_dates",
    "texts": "admission_conditions procedure_operators procedure_levels anaesthesia_ways anaesthetists "
             "incision_healings",
    "codes": "clinic_diagnosis main_diagnosis other_diagnoses diagnoses external_cause pathology_code main_procedure "
             "other_procedures procedures",
    "text": "encounter record_number department coder attending director nurse hospital_code payer insured_number sex "
            "country nation marital_status occupation id_type admission_way admission_department "
            "discharge_department discharge_way receiving_hospital readmission_planned readmission_purpose autopsy "
            "record_quality pathology_number allergy allergy_drug blood_type rh transfusion_reaction bill_code "
            "bill_number list_number treatment_type insurance_kind insured_area list_department list_filled_by "
            "newborn_admission_type"}
TYPE_OF = {name: kind for kind, names in TYPES.items() for name in names.split()}
LISTS = ("texts", "amounts", "dates", "codes")
EACH = ("required", "blank", "form", "one_of", "range", "known", "grey", "barred", "allowed", "needs", "repeated")
PROCEDURES = ("main_procedure", "other_procedures", "procedures")


def day(text):
    found = re.match(r"^(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?$", text) or re.match(r"^(\d{4})(\d\d)(\d\d)(?:[ T].*)?$", text) \
        or re.match(r"^(\d{4})/(\d\d)/(\d\d)(?:[ T].*)?$", text)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def fen(text):
    found = re.match(r"^(-?)(\d+)(?:\.(\d{1,2}))?$", text)
    if not found:
        return None
    value = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return None if value > 10 ** 13 else -value if found[1] else value


def value_of(kind, text):
    """None = it can't be read."""
    if kind in ("date", "dates"):
        return day(text)
    if kind in ("amount", "amounts"):
        return fen(text)
    if kind == "count":
        return int(text) if re.match(r"^\d+$", text) and int(text) <= 10 ** 8 else None
    if kind == "codes":
        return text if CODE.match(text) or MORPHOLOGY.match(text) else None
    return text


def in_codes(text, ranges):
    for item in ranges:
        if item == "morphology":
            if MORPHOLOGY.match(text):
                return True
            continue
        low, _, high = item.partition("-")
        high = high or low
        if CODE.match(text) and low <= text[:len(low)] and text[:len(high)] <= high:
            return True
    return False


class Record:
    def __init__(self, row):
        self.row = row

    def has(self, field):
        whole = {"diagnoses": ("main_diagnosis", "other_diagnoses"), "procedures": ("main_procedure", "other_procedures")}
        if field in self.row and field != "diagnoses":
            return True
        if field in ("main_procedure", "other_procedures") and "procedures" in self.row:
            return True
        return field in whole and all(part in self.row for part in whole[field])

    def places(self, field):
        """Texts of a list, blank ones too."""
        if field in ("diagnoses", "main_diagnosis", "other_diagnoses"):
            main, others = self.row["main_diagnosis"], self.row.get("other_diagnoses", "")
            codes = [main] + (others.split(";") if others else [])
        elif field in PROCEDURES and "procedures" in self.row:
            codes = self.row["procedures"].split(";")
        elif field in PROCEDURES:
            others = self.row.get("other_procedures", "")
            codes = [self.row["main_procedure"]] + (others.split(";") if others else [])
        else:
            codes = self.row[field].split(";")
        while codes and not codes[-1]:
            codes.pop()
        if field in ("main_diagnosis", "main_procedure"):
            return codes[:1]
        return codes[1:] if field in ("other_diagnoses", "other_procedures") else codes

    def given(self, field):
        """(position, text) of what is there; position 0 = no list."""
        if TYPE_OF[field] in LISTS:
            return [(i, text) for i, text in enumerate(self.places(field), start=1) if text]
        return [(0, self.row[field])] if self.row[field] else []

    def number(self, field):
        return value_of(TYPE_OF[field], self.row[field]) if self.row[field] else None


class Book:
    def __init__(self, path, codes=None):
        with open(path, "rb") as stream:
            self.toml = tomllib.load(stream)
        self.rules, self.codes = self.toml["rule"], codes or {}

    def fields(self, rule):
        return [rule["field"]] if "field" in rule else rule["fields"]

    def missing(self, rule, fields, record):
        for field in list(fields) + [c["field"] for c in rule.get("when", [])]:
            if not record.has(field):
                return field
        if rule["kind"] in ("known", "grey"):
            name = ("grey_" if rule["kind"] == "grey" else "") + (
                "procedures" if fields[0] in PROCEDURES else "diagnoses")
            if name not in self.codes:
                return "codes." + name
        return ""

    def not_checked(self, record):
        out = []
        for rule in self.rules:
            fields = self.fields(rule)
            for part in [[f] for f in fields] if rule["kind"] in EACH else [fields]:
                if what := self.missing(rule, part, record):
                    out.append((rule["id"], what))
        return out

    def holds(self, condition, record):
        field = condition["field"]
        texts = [text for _, text in record.given(field)]
        if "given" in condition:
            held = bool(texts) == condition["given"]
        elif "values" in condition:
            held = any(text in condition["values"] for text in texts)
        elif "codes" in condition:
            held = any(in_codes(text, condition["codes"]) for text in texts)
        else:
            unit = 100 if TYPE_OF[field] == "amount" else 1
            number = record.number(field)
            held = number is not None and condition.get("min", -10 ** 12) * unit <= number \
                and number <= condition.get("max", 10 ** 12) * unit
        return held != condition.get("not", False)

    def judge_each(self, rule, field, record):
        kind, given = rule["kind"], record.given(field)
        if kind == "required":
            return [] if given else [(field, 0, "", "")]
        if kind == "blank":
            if not given:
                return []
            first = record.places(field)[0] if TYPE_OF[field] in LISTS else given[0][1]
            return [(field, 0, first, "")]
        if kind == "needs":
            return [] if any(in_codes(t, rule["codes"]) for _, t in given) else [(field, 0, "", "")]
        hits, before = [], []
        for position, text in given:
            if self.refuses(rule, field, text, before):
                hits.append((field, position, text, ""))
            before.append(text)
        return hits

    def refuses(self, rule, field, text, before):
        kind, value = rule["kind"], value_of(TYPE_OF[field], text)
        table = ("grey_" if kind == "grey" else "") + ("procedures" if field in PROCEDURES else "diagnoses")
        if kind == "form":
            return value is None
        if kind == "one_of":
            return text not in rule["values"]
        if kind == "repeated":
            return text in before
        if kind == "known":
            return bool(CODE.match(text)) and text not in self.codes[table]
        if kind == "grey":
            return text in self.codes[table]
        if kind == "range":
            unit = 100 if TYPE_OF[field] in ("amount", "amounts") else 1
            return value is not None and not (rule.get("min", -10 ** 12) * unit <= value
                                              <= rule.get("max", 10 ** 12) * unit)
        inside, spared = in_codes(text, rule["codes"]), in_codes(text, rule.get("except", []))
        return inside and not spared if kind == "barred" else value is not None and not inside and not spared

    def judge_roles(self, rule, fields, record):
        kind = rule["kind"]
        if kind == "each_has":
            others = record.places(fields[1])
            return [(fields[1], at, "", text) for at, text in record.given(fields[0])
                    if at > len(others) or not others[at - 1]]
        if kind == "within":
            low, high = record.number(fields[1]), record.number(fields[2])
            if low is None or high is None:
                return []
            span = f"{record.row[fields[1]]} – {record.row[fields[2]]}"
            return [(fields[0], at, text, span) for at, text in record.given(fields[0])
                    if day(text) and not low <= day(text) <= high]
        if kind == "count":
            stated, there = record.number(fields[1]), len(record.given(fields[0]))
            return [] if stated in (None, there) else [(fields[1], 0, record.row[fields[1]], str(there))]
        if kind == "sum":
            return self.judge_sum(rule, fields, record)
        values = [record.number(f) for f in fields]
        if None in values:
            return []
        if kind in ("order", "equal"):
            wrong = values[0] > values[1] if kind == "order" else values[0] != values[1]
            return [(fields[0], 0, record.row[fields[0]], record.row[fields[1]])] if wrong else []
        if values[1] < values[0]:
            return []
        lasted = (values[1] - values[0]).days
        wanted = max(1, lasted)
        if kind == "age":
            born, on = values[0], values[1]
            wanted = lasted if fields[2] == "age_days" else \
                on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        return [] if values[2] == wanted else [(fields[2], 0, record.row[fields[2]], str(wanted))]

    def judge_sum(self, rule, fields, record):
        total, parts, unread = 0, fields[:-1], False
        kind = TYPE_OF[fields[-1]]
        given = [(TYPE_OF[f], text) for f in parts for _, text in record.given(f)]
        for part_kind, text in given:
            value = value_of(part_kind, text)
            unread = unread or value is None
            total += value or 0
        wanted = record.number(fields[-1])
        if unread or not given or wanted is None:
            return []
        wrong = total > wanted if rule.get("relation") == "at_most" else total != wanted
        sign, size = "-" if total < 0 else "", abs(total)
        shown = f"{sign}{size // 100}.{size % 100:02d}" if kind == "amount" else str(total)
        return [(parts[0], 0, shown, record.row[fields[-1]])] if wrong else []

    def judge(self, record):
        """Hits (rule, field, position, value, expected), the score in units of 0.0001, whether an error."""
        hits, score, in_error = [], units(self.toml["full_score"]), False
        for rule in self.rules:
            fields, found = self.fields(rule), []
            for part in [[f] for f in fields] if rule["kind"] in EACH else [fields]:
                if self.missing(rule, part, record) or not all(self.holds(c, record) for c in rule.get("when", [])):
                    continue
                found += self.judge_each(rule, part[0], record) if rule["kind"] in EACH else \
                    self.judge_roles(rule, part, record)
            if found:
                hits += [(rule["id"],) + hit for hit in found]
                score -= units(rule["deduct"])
                in_error = in_error or rule["severity"] == "error"
        return hits, max(0, score), in_error


def units(text):
    whole, _, part = text.partition(".")
    return int(whole) * 10_000 + int(part.ljust(4, "0") or 0)
