"""Why this file: the catalogue of single faults that bad_input_test.py plants, one change each, in
a copy of the demonstration month: name, expected code, file, column, and the change, which returns
the row that the finding must name (0: the file as a whole). WARNINGS let the month be computed.
"""
import dataclasses
import json
import typing


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str
    code: str
    file: str
    column: str
    change: typing.Callable
    severity: str = "stop"
    also: tuple = ()  # codes that follow from the same change


def cell(name, code, file, column, matches, value, severity="stop", also=()):
    return Fault(name, code, file, column, lambda f: f.cell(file, matches, column, value), severity,
                 also)


def rule(name, code, file, column, key, value, also=()):
    """Another value, as written, of the first such key of a rules file."""
    return Fault(name, code, file, column, lambda f: f.key(file, key, value), "stop", also)


def plan(name, code, column, old, new, also=()):
    """A changed text of the plan; a finding of the plan as a whole names its place, no line."""
    def change(f):
        f.replace("allocation.toml", old, new)
        return 0
    return Fault(name, code, "allocation.toml", column, change, "stop", also)


def manifest(name, column, change, code="manifest_malformed", file="manifest.json"):
    def write(f):
        document = json.loads(f.path(file).read_text("utf-8"))
        change(document)
        f.path(file).write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        return 0
    return Fault(name, code, file, column, write)


def swapped_header(f):
    lines = f.lines("ledger.csv")
    lines[0] = lines[0].replace("voucher,line", "line,voucher")
    f.write("ledger.csv", lines)
    return 1


def folder_in_place_of_file(f):
    f.path("staff.csv").unlink()
    f.path("staff.csv").mkdir()
    return 0


def doubled_row(f):
    return f.append("ledger.csv", f.lines("ledger.csv")[6])


def second_map(f):
    row = f.find("account_map.csv", "first", {"account": "5001.01.01"})[0][1]
    return f.append("account_map.csv", f"{row['account']},2020-01,,cost,{row['cost_item']},")


def zero_driver_chain(f):
    """All readings of both drivers of one sender."""
    lines = f.lines("driver_readings.csv")
    for number, line in enumerate(lines):
        if line.startswith(("power_kwh,", "area_m2,")):
            lines[number] = line.rsplit(",", 1)[0] + ",0"
    f.write("driver_readings.csv", lines)
    return 0


def stay_discharged_before_admission(f):
    number, row = f.find("encounters.csv", "first", lambda r: r["discharged_on"] > "2026-09-10")[0]
    row["admitted_on"] = "2026-09-30"
    f.line("encounters.csv", number, ",".join(row.values()))
    return number


def expired_department(f):
    """The department ends in August; its first ledger line is named."""
    f.cell("departments.csv", {"department": "C002"}, "valid_to", "2026-08")
    return f.find("ledger.csv", "first", {"department": "C002"})[0][0]


def unmapped_account(f):
    f.delete("account_map.csv", {"account": "5101.01.01"})
    return f.find("ledger.csv", "first", {"account": "5101.01.01"})[0][0]


def unregistered_opening_stay(f):
    """The stay is taken out of encounters.csv and of the readings; its charge lines are parked."""
    stay = f.find("prior/in_hospital.csv", "first", {})[0][1]["encounter"]
    for file in ("encounters.csv", "discharges.csv", "diagnoses.csv", "procedures.csv",
                 "pathway_readings.csv", "stay_details.csv", "diagnosis_details.csv",
                 "procedure_details.csv"):
        if any(line.startswith(stay + ",") for line in f.lines(file)):
            f.delete(file, {"encounter": stay})
    return f.find("prior/in_hospital.csv", "first", {"encounter": stay})[0][0]


def opening_stay_is_a_visit(f):
    number, row = f.find("prior/in_hospital.csv", "first", {})[0]
    f.cell("encounters.csv", {"encounter": row["encounter"]}, "kind", "outpatient")
    f.cell("encounters.csv", {"encounter": row["encounter"]}, "discharged_on", "")
    return number


def without_point_value(f):
    number = f.key("payment.toml", "point_value", '""')
    f.write("payment.toml", [line for n, line in enumerate(f.lines("payment.toml"), 1)
                             if n != number])
    return f.lines("payment.toml").index("[[payer]]") + 1


def reaching(file, matches, value):
    """A number that is allowed by itself, but too large in its product or sum."""
    def change(f):
        f.cell(file, matches, value[0], value[1])
        return 0
    return change


def drug_line(row):
    """Any line of an inpatient's drug."""
    return row["encounter"].startswith("I") and row["service_item"].startswith("D")


def charged_service(row):
    return row["service_item"] == "A00001" or row["service_item"].startswith("E")


FIRST = {}
LEDGER = {"voucher": "J0001", "line": "0005"}
NUMBERS = ["12.345", "1,234.56", "1e3", "NaN", "+5.00", "5.", ".50", "0x10", "１２", " 5.00", "--5"]
RECEIVERS = 'receivers = ["class:auxiliary", "class:medical_technology", "class:clinical"]'

FILES = [
    Fault("file missing", "file_missing", "ledger.csv", "", lambda f: f.remove("ledger.csv")),
    Fault("manifest missing", "file_missing", "manifest.json", "",
          lambda f: f.remove("manifest.json")),
    Fault("prior manifest missing", "file_missing", "prior/manifest.json", "",
          lambda f: f.remove("prior/manifest.json")),
    Fault("folder in place of a file", "file_unreadable", "staff.csv", "", folder_in_place_of_file),
    Fault("wrong header", "header_wrong", "ledger.csv", "", swapped_header),
    Fault("empty file", "header_wrong", "staff.csv", "",
          lambda f: f.path("staff.csv").write_bytes(b"") + 1),
    Fault("too few fields", "field_count_wrong", "ledger.csv", "",
          lambda f: f.line("ledger.csv", 9, "J0001,0009,2026-09")),
    Fault("too many fields", "field_count_wrong", "drivers.csv", "",
          lambda f: f.line("drivers.csv", 2, "area_m2,建筑面积,平方米,1")),
    Fault("blank line", "field_count_wrong", "drivers.csv", "",
          lambda f: f.append("drivers.csv", "")),
    Fault("broken quoting", "quoting_broken", "ledger.csv", "",
          lambda f: f.line("ledger.csv", 4, f.lines("ledger.csv")[3] + '"')),
    Fault("quote never closed", "quoting_broken", "drivers.csv", "",
          lambda f: f.line("drivers.csv", 2, 'area_m2,"建筑面积,平方米')),
    Fault("not UTF-8", "not_utf8", "ledger.csv", "",
          lambda f: f.insert_bytes("ledger.csv", 7, "工资".encode("gb18030"))),
]

CELLS = [
    cell(f"amount {value!r}", "number_malformed", "ledger.csv", "amount", LEDGER, value)
    for value in NUMBERS] + [
    cell("amount out of range", "number_out_of_range", "ledger.csv", "amount", LEDGER,
         "100000000000.01"),
    cell("amount of thirty digits", "number_out_of_range", "ledger.csv", "amount", LEDGER,
         "9" * 30),
    cell("reading negative", "number_out_of_range", "driver_readings.csv", "value", FIRST, "-1"),
    cell("attendance above one", "number_out_of_range", "staff.csv", "attendance", FIRST, "1.01"),
    cell("quantity with five decimals", "number_malformed", "charge_lines.csv", "quantity",
         drug_line,
         "1.00001"),
    cell("age with a decimal", "number_malformed", "discharges.csv", "age_years", FIRST, "76.5"),
    cell("amount blank", "value_missing", "ledger.csv", "amount", LEDGER, ""),
    cell("30 February", "date_malformed", "encounters.csv", "admitted_on", FIRST, "2026-02-30"),
    cell("date with slashes", "date_malformed", "charge_lines.csv", "charged_on", drug_line,
         "2026/09/01"),
    cell("month 14", "period_malformed", "ledger.csv", "attribution_period", LEDGER, "2026-14"),
    cell("unknown class", "word_unknown", "departments.csv", "class", {"department": "A001"},
         "admin"),
    cell("flag yes", "word_unknown", "pathway_readings.csv", "entered", FIRST, "yes"),
    cell("code starts with ~", "code_malformed", "ledger.csv", "voucher", LEDGER, "~J"),
    cell("code ends with a space", "code_malformed", "ledger.csv", "voucher", LEDGER, "J0001 "),
    cell("code of 65 bytes", "code_malformed", "ledger.csv", "voucher", LEDGER, "J" * 65),
    cell("text of 401 bytes", "text_malformed", "ledger.csv", "summary", LEDGER, "x" * 401),
    cell("text with a tab", "text_malformed", "ledger.csv", "summary", LEDGER, "a\tb"),
    Fault("duplicate key", "duplicate_key", "ledger.csv", "voucher,line", doubled_row),
]

REFERENCES = [
    cell("unknown department", "unknown_department", "ledger.csv", "department", LEDGER, "X999"),
    cell("unknown executing department", "unknown_department", "charge_lines.csv",
         "executing_department", drug_line, "X999"),
    cell("unknown account", "unknown_account", "ledger.csv", "account", LEDGER, "9999"),
    cell("unknown account in the map", "unknown_account", "account_map.csv", "account",
         {"account": "5101.01.04"}, "9999", also=("account_not_mapped",)),
    cell("unknown cost item", "unknown_cost_item", "account_map.csv", "cost_item",
         {"account": "5001.01.02"}, "9999"),
    cell("unknown service item", "unknown_service_item", "charge_lines.csv", "service_item",
         drug_line,
         "X999"),
    cell("unknown driver", "unknown_driver", "driver_readings.csv", "driver",
         {"driver": "area_m2", "department": "A001"}, "x_area"),
    cell("unknown encounter in discharges", "unknown_encounter", "discharges.csv", "encounter",
         FIRST, "I9999"),
    cell("unknown encounter in diagnoses", "unknown_encounter", "diagnoses.csv", "encounter",
         FIRST, "I9999"),
    cell("unknown encounter in procedures", "unknown_encounter", "procedures.csv", "encounter",
         FIRST, "I9999"),
    Fault("account not mapped", "account_not_mapped", "ledger.csv", "account", unmapped_account),
    Fault("account mapped twice", "account_mapped_twice", "account_map.csv", "account", second_map),
    Fault("code not valid in month", "code_not_valid_in_month", "ledger.csv", "department",
          expired_department),
    cell("booking period differs", "booking_period_differs", "ledger.csv", "booking_period", LEDGER,
         "2026-08"),
    cell("attribution in the future", "attribution_in_future", "ledger.csv", "attribution_period",
         LEDGER, "2026-10"),
    cell("charged after the month", "date_out_of_month", "charge_lines.csv", "charged_on",
         drug_line,
         "2026-10-01"),
    cell("admitted after the month", "date_out_of_month", "encounters.csv", "admitted_on",
         {"kind": "outpatient"}, "2026-10-01"),
    Fault("discharge before admission", "discharge_before_admission", "encounters.csv",
          "discharged_on", stay_discharged_before_admission),
    cell("outpatient has discharge", "outpatient_has_discharge", "encounters.csv", "discharged_on",
         {"kind": "outpatient"}, "2026-09-30"),
    cell("equivalent missing", "equivalent_missing", "service_items.csv", "equivalent",
         {"kind": "service"}, ""),
    cell("excluded account without reason", "value_missing", "account_map.csv", "reason",
         {"treatment": "excluded"}, ""),
]

def empty_ledger(f):
    f.write("ledger.csv", [f.lines("ledger.csv")[0], ""])
    return 0


def listing_of_another_result(f):
    """A manifest with a listing that is not of these tables."""
    path = f.path("prior/manifest.json")
    document = json.loads(path.read_text("utf-8"))
    document["tables"] = {"closing/in_hospital.csv": "0" * 64}
    path.write_text(json.dumps(document), "utf-8")
    return 0


PRIOR = [
    Fault("ledger empty", "ledger_is_empty", "ledger.csv", "", empty_ledger),
    Fault("prior is not of the listed result", "prior_differs_from_result", "prior/manifest.json",
          "result_hash", listing_of_another_result),
    manifest("prior of the wrong month", "period", lambda d: d.update(period="2026-07"),
             "prior_period_differs", "prior/manifest.json"),
    manifest("prior of another hospital", "hospital", lambda d: d.update(hospital="H2"),
             "prior_period_differs", "prior/manifest.json"),
    manifest("prior malformed", "result_hash", lambda d: d.pop("result_hash"), "prior_malformed",
             "prior/manifest.json"),
    Fault("opening stay unknown", "opening_stay_unknown", "prior/in_hospital.csv", "encounter",
          unregistered_opening_stay, also=("parked_share_exceeded",)),
    Fault("opening stay not in hospital", "opening_stay_not_in_hospital", "prior/in_hospital.csv",
          "encounter", opening_stay_is_a_visit),
    cell("carried pool negative", "number_out_of_range", "prior/carried_pools.csv", "amount", FIRST,
         "-0.01"),
]

MANIFEST = [
    Fault("manifest is no JSON", "manifest_malformed", "manifest.json", "",
          lambda f: f.replace("manifest.json", '"hospital": "DEMO-C",', '"hospital": DEMO-C,')),
    Fault("manifest is a list", "manifest_malformed", "manifest.json", "",
          lambda f: f.path("manifest.json").write_text("[]") * 0),
    manifest("manifest without hospital", "hospital", lambda d: d.pop("hospital")),
    manifest("manifest of another schema", "schema", lambda d: d.update(schema="yuanliu.month/2")),
    manifest("manifest with a number for the period", "period", lambda d: d.update(period=202609)),
    manifest("manifest with month 13", "period", lambda d: d.update(period="2026-13")),
    manifest("manifest with a misspelt key", "feed", lambda d: d.update(feed={})),
    manifest("manifest with feeds as a list", "feeds", lambda d: d.update(feeds=[])),
    manifest("manifest with an unknown feed", "feeds.ledgers",
             lambda d: d["feeds"].update(ledgers="final")),
    manifest("manifest with an unknown state", "feeds.ledger",
             lambda d: d["feeds"].update(ledger="late")),
    manifest("manifest with rows in words", "files.ledger.csv.rows",
             lambda d: d["files"].update({"ledger.csv": {"rows": "many"}})),
]

RULES = [
    Fault("allocation.toml missing", "rule_file_missing", "allocation.toml", "",
          lambda f: f.remove("allocation.toml")),
    rule("decimal without quotes", "rule_decimal_not_quoted", "payment.toml",
         "hospital_coefficient", "hospital_coefficient", "1.08"),
    rule("integer in place of a decimal", "rule_decimal_not_quoted", "payment.toml",
         "uncoded_ratio", "uncoded_ratio", "1"),
    Fault("unknown key", "rule_key_unknown", "costing.toml", "max_parked",
          lambda f: f.replace("costing.toml", "max_parked_share", "max_parked")),
    Fault("missing key", "rule_key_missing", "payment.toml", "payer[0].point_value",
          without_point_value),
    rule("TOML malformed", "rule_malformed", "bonus.toml", "", "weight", '"0.25'),
    rule("text in place of a list", "rule_malformed", "allocation.toml", "stage[0].senders",
         "senders", '"class:public"'),
    rule("empty list", "rule_malformed", "allocation.toml", "stage[0].rule[0].drivers", "drivers",
         "[]"),
    rule("text in place of true", "rule_malformed", "allocation.toml", "stage[0].before_items",
         "before_items", '"true"'),
    rule("blank text", "rule_malformed", "bonus.toml", "pool", "pool", '""'),
    rule("number in place of a text", "rule_malformed", "bonus.toml", "pool", "pool", "7"),
    rule("schema of another version", "rule_malformed", "costing.toml", "schema", "schema",
         '"yuanliu.costing/2"'),
    rule("full_at equals zero_at", "rule_malformed", "bonus.toml", "indicator[0].full_at",
         "full_at", '"0.2"'),
    Fault("gate with two bounds", "rule_malformed", "bonus.toml", "gate[0].at_most",
          lambda f: f.replace("bonus.toml", "at_least", 'at_most = "2"\nat_least')),
    Fault("stages as one table", "rule_malformed", "allocation.toml", "stage",
          lambda f: f.path("allocation.toml").write_text(
              'schema = "yuanliu.allocation/1"\nversion = "1"\nstage = 7\n') * 0 + 3),
    Fault("date in a rule", "rule_malformed", "costing.toml", "version",
          lambda f: f.key("costing.toml", "version", "2026-01-01")),
    rule("unknown word", "word_unknown", "payment.toml", "payer[0].method", "method", '"drg"'),
    rule("share above one", "number_out_of_range", "costing.toml", "max_parked_share",
         "max_parked_share", '"1.5"'),
    rule("share in per cent", "number_malformed", "costing.toml", "max_parked_share",
         "max_parked_share", '"0.5%"'),
    rule("unknown class in plan", "word_unknown", "allocation.toml", "stage[0].senders", "senders",
         '["class:pubic"]'),
    Fault("payer twice", "duplicate_key", "payment.toml", "payer[1].payer",
          lambda f: f.key("payment.toml", "payer", '"employee"', 1)),
]

HEADS = 'drivers = ["headcount", "area_m2"]'


def serving_each_other(*readings):
    """Water and power pass on by equations, by a driver with these readings only."""
    def change(f):
        f.append("drivers.csv", "loops,loops,unit")
        for reading in readings:
            f.append("driver_readings.csv", "loops," + reading)
        f.replace("allocation.toml", 'name = "public"', 'name = "public"\nmethod = "reciprocal"')
        f.replace("allocation.toml", '["power_kwh", "area_m2"]', '["loops"]')
        f.replace("allocation.toml", '["water_m3", "area_m2"]', '["loops"]')
        return 0
    return change


def immovable_in_a_month_that_is_not_run(f):
    zero_driver_chain(f)
    return f.replace("costing.toml", '"0.005"', '"0"') * 0


PLAN = [
    plan("passes without iterative", "plan_method_invalid", "stage[0].passes",
         "before_items = true", "before_items = true\npasses = 3"),
    plan("form's rounding of an exchange", "plan_rounding_needs_step", "stage[0].method",
         "[[stage]]", 'rounding = "cms_form"\n\n[[stage]]\nmethod = "mutual"'),
    plan("made driver of a taken code", "driver_formula_invalid", "driver[0]", "[[stage]]",
         '[[driver]]\ndriver = "headcount"\nterms = [ { factor = "1", drivers = ["area_m2"] } ]\n\n'
         "[[stage]]"),
    plan("unknown cost item in plan", "unknown_cost_item", "stage[1].rule[0].cost_items", HEADS,
         HEADS + '\n  cost_items = ["gold"]', also=("plan_cannot_move",)),
    plan("rule without receivers", "plan_receivers_empty", "stage[1].rule[0].receivers", HEADS,
         HEADS + '\n  receivers = ["P001"]', also=("plan_cannot_move",)),
    Fault("closed loop", "plan_loop_closed", "allocation.toml", "stage[0]",
          serving_each_other("P001,P002,1", "P002,P001,1")),
    Fault("loop that hardly leaks", "reciprocal_out_of_bounds", "allocation.toml", "stage[0]",
          serving_each_other("P001,P002,100000000000", "P002,P001,100000000000",
                             "P002,C001,0.0001")),
    Fault("immovable pool of a month that is not run", "plan_cannot_move", "allocation.toml",
          "stage[0]", immovable_in_a_month_that_is_not_run, also=("parked_share_exceeded",)),
    plan("plan sender twice", "plan_sender_twice", "stage[2].senders", '["class:auxiliary"]\n',
         '["class:auxiliary", "A001"]\n', also=("plan_rule_missing",)),
    plan("plan receiver closed", "plan_receiver_is_closed", "stage[1].receivers",
         RECEIVERS + "\nbefore_items = true\n\n  [[stage.rule]]\n  senders = [\"*\"]",
         RECEIVERS.replace("[", '["P001", ', 1) +
         "\nbefore_items = true\n\n  [[stage.rule]]\n  senders = [\"*\"]"),
    plan("plan stage order", "plan_stage_order", "stage[1].before_items", "before_items = true",
         "before_items = false"),
    plan("plan receivers empty", "plan_receivers_empty", "stage[3].receivers",
         'receivers = ["class:clinical"]', "receivers = []"),
    plan("plan rule missing", "plan_rule_missing", "stage[0]",
         'senders = ["*"]\n  cost_categories = ["*"]\n  drivers = ["area_m2"]',
         'senders = ["P001"]\n  cost_categories = ["*"]\n  drivers = ["area_m2"]'),
    plan("plan does not close", "plan_does_not_close", "stage",
         'senders = ["class:administrative"]', 'senders = ["A001"]'),
    plan("unknown department in plan", "unknown_department", "stage[0].rule[0]", '["P002"]',
         '["P009"]'),
    plan("unknown driver in plan", "unknown_driver", "stage[0].rule[0].drivers", '"power_kwh"',
         '"power"'),
    Fault("driver zero with its whole chain", "driver_total_is_zero", "allocation.toml", "stage[0]",
          zero_driver_chain),
]

OUTCOME = [
    Fault("unknown payer", "unknown_payer", "encounters.csv", "payer",
          lambda f: f.key("payment.toml", "payer", '"elsewhere"') * 0),
    Fault("unknown indicator", "unknown_indicator", "bonus.toml", "indicator",
          lambda f: f.key("bonus.toml", "indicator", '"revenue"') * 0),
    Fault("weights overflow in a pool", "weight_overflow", "charge_lines.csv", "",
          reaching("charge_lines.csv", charged_service, ("quantity", "100000000000"))),
    Fault("weights overflow in a unit", "weight_overflow", "staff.csv", "",
          reaching("staff.csv", {"department": "C003"}, ("bonus_coefficient", "1000000"))),
    Fault("parked share exceeded", "parked_share_exceeded", "charge_lines.csv", "encounter",
          lambda f: f.replace("costing.toml", '"0.005"', '"0"') * 0),
]

STOPS = FILES + CELLS + REFERENCES + PRIOR + MANIFEST + RULES + PLAN + OUTCOME
