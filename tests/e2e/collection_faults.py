"""Why this file: faults and warnings of the tables and rules that collect direct cost
(docs/collection.md §6), planted as those of faults.py; P002 is the power bill of the demonstration.
"""
from faults import Fault

HEADERS = {
    "estimates.csv": "voucher,line",
    "payroll.csv": "staff,department,pay_kind,fund_source,amount",
    "staff_time.csv": "unit,code,department,activity,minutes",
    "assets.csv": "asset,name,department,kind,depreciation,paid_basic,paid_fiscal_project,"
                  "paid_other_fiscal_project,paid_research,paid_teaching",
}
ALL = 'receivers = ["class:medical_technology", "class:clinical"]'


def rules(f, *body):
    """A file with one move of the power bill; its finding names a key, no line."""
    text = ('schema = "yuanliu.collection/1"\nversion = "t"\n\n[[move]]\nname = "power"\n'
            'departments = ["P002"]\n')
    f.path("collection.toml").write_text(text + "\n".join(body) + "\n", "utf-8")
    return 0


def put(f, name, *rows):
    if not f.path(name).exists():
        f.path(name).write_text(HEADERS[name] + "\n", "utf-8")
    return [f.append(name, row) for row in rows][0]


def two_forms(f):
    rules(f, 'drivers = ["area_m2"]', ALL, 'to = [ { department = "C001" } ]')
    return 5


def fell_back(f):
    f.append("drivers.csv", "gas,gas,m3")
    return rules(f, 'drivers = ["gas", "area_m2"]', ALL)


def only_metered(f):
    f.append("driver_readings.csv", "area_m2,P002,A001,1")  # nobody else counts for this sender
    return rules(f, 'drivers = ["area_m2"]', ALL, 'metered = "power_kwh"', 'tariff = "0.0001"')


def no_base(f):
    f.append("drivers.csv", "gas,gas,m3")
    return rules(f, 'drivers = ["gas"]', ALL)


def too_large(f):
    f.cell("driver_readings.csv", {"driver": "power_kwh", "department": "C001"}, "value",
           "100000000000")
    return rules(f, 'drivers = ["area_m2"]', ALL, 'metered = "power_kwh"', 'tariff = "1000000"')


def payroll(f, *more):
    put(f, "payroll.csv", "N1,C001,base,basic,10.00")
    return rules(f, 'table = "payroll"', *more)


STOPS = [
    Fault("move in two forms", "move_form_invalid", "collection.toml", "move[0].name", two_forms),
    Fault("move to an excluded department", "move_target_invalid", "collection.toml", "move[0].to",
          lambda f: rules(f, 'to = [ { department = "X001" } ]')),
    Fault("shares that do not sum to one", "move_shares_not_one", "collection.toml", "move[0].to",
          lambda f: rules(f, 'to = [ { department = "C001", share = "0.5" }, '
                             '{ out = "GCP", share = "0.4" } ]')),
    Fault("move without receivers", "move_receivers_empty", "collection.toml",
          "move[0].receivers", lambda f: rules(f, 'drivers = ["area_m2"]', 'receivers = ["C001"]',
                                               'except_receivers = ["C001"]')),
    Fault("move without a base", "move_base_is_zero", "collection.toml", "move[0]", no_base),
    Fault("meters beyond measure", "move_base_too_large", "collection.toml", "move[0]", too_large),
    Fault("estimate of an unknown line", "unknown_ledger_line", "estimates.csv", "voucher",
          lambda f: put(f, "estimates.csv", "J9999,0001")),
    Fault("time without a department", "value_missing", "staff_time.csv", "department",
          lambda f: put(f, "staff_time.csv", "staff,N1,,ward,60")),
    Fault("asset without a department", "value_missing", "assets.csv", "department",
          lambda f: put(f, "assets.csv", "A1,bed,,general,1.00,1.00,0.00,0.00,0.00,0.00")),
]

WARNINGS = [
    Fault("move that matches nothing", "move_matches_nothing", "collection.toml", "move[0]",
          lambda f: rules(f, 'accounts = ["no account*"]', 'to = [ { department = "C001" } ]'),
          "warn"),
    Fault("move fell back", "move_fell_back", "collection.toml", "move[0]", fell_back, "warn"),
    Fault("bill with meters only", "move_only_metered", "collection.toml", "move[0]", only_metered,
          "warn"),
    Fault("meters above the bill", "metered_above_bill", "collection.toml", "move[0]",
          lambda f: rules(f, 'drivers = ["area_m2"]', ALL, 'metered = "power_kwh"',
                          'tariff = "1000"'), "warn"),
    Fault("person without time", "staff_without_time", "collection.toml", "move[0]",
          lambda f: payroll(f, "by_time = true"), "warn"),
    Fault("payroll that differs from the ledger", "move_base_differs", "collection.toml",
          "move[0]", payroll, "warn"),
]
