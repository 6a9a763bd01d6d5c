"""Writes a hospital that exists only in memory as a month folder and a rules folder.

Why it exists: the allocation tests make hundreds of small hospitals that have costs and drivers and
nothing else; all other tables are there, and empty.
"""
import csv
import json
from pathlib import Path

COLUMNS = {
    "departments": "department,name,class,care_setting,valid_from,valid_to",
    "cost_items": "cost_item,name,category,traced_to,valid_from,valid_to",
    "accounts": "account,name,valid_from,valid_to",
    "account_map": "account,valid_from,valid_to,treatment,cost_item,reason",
    "ledger": "voucher,line,booking_period,attribution_period,account,department,fund_source,"
              "amount,summary",
    "drivers": "driver,name,unit",
    "driver_readings": "driver,sender,department,value",
    "service_items": "service_item,name,kind,charge_category,unit,equivalent,valid_from,valid_to",
    "encounters": "encounter,kind,department,attending,admitted_on,discharged_on,payer,"
                  "record_number",
    "discharges": "encounter,sex,age_years,outcome",
    "diagnoses": "encounter,sequence,diagnosis",
    "procedures": "encounter,sequence,procedure",
    "charge_lines": "encounter,line,charged_on,service_item,ordering_department,"
                    "executing_department,physician,quantity,charge,refund_of",
    "pathway_readings": "encounter,eligible,entered,completed,varied",
    "quality_readings": "department,indicator,numerator,denominator",
    "staff": "staff,department,category,bonus_coefficient,attendance",
    "dip_catalogue": "group,name,level,diagnosis,procedure,procedure_class,score,"
                     "reference_charge,reference_days",
    "procedure_classes": "procedure,class,name",
}


class Hospital:
    """What a random or a textbook hospital is made of; `ledger` rows are (department, cost item,
    fund source, amount), `readings` (driver, sender or "", department, value), all as text."""

    def __init__(self, period="2026-03"):
        self.period = period
        self.departments, self.items = {}, {}   # code -> class, code -> category
        self.ledger, self.drivers, self.readings = [], [], []
        self.rules = {"schema": "yuanliu.allocation/1", "version": "random.1"}

    def tables(self):
        rows = {name: [] for name in COLUMNS}
        rows["departments"] = [(d, "科室 " + d, c, "none", "", "")
                               for d, c in self.departments.items()]
        rows["cost_items"] = [(i, "项目 " + i, c, "", "", "") for i, c in self.items.items()]
        rows["accounts"] = [("5001." + i, "科目", "", "") for i in self.items]
        rows["account_map"] = [("5001." + i, "", "", "cost", i, "") for i in self.items]
        rows["ledger"] = [("J1", str(n), self.period, self.period, "5001." + i, d, f, a, "")
                          for n, (d, i, f, a) in enumerate(self.ledger, start=1)]
        rows["drivers"] = [(x, "参数 " + x, "1") for x in self.drivers]
        rows["driver_readings"] = self.readings
        return rows

    def write(self, folder):
        month, rules = Path(folder) / "month", Path(folder) / "rules"
        month.mkdir(parents=True)
        rules.mkdir()
        for name, rows in self.tables().items():
            with (month / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                stream.write(COLUMNS[name] + "\n")
                csv.writer(stream, lineterminator="\n").writerows(rows)
        (month / "manifest.json").write_text(json.dumps({
            "schema": "yuanliu.month/1", "hospital": "R", "hospital_name": "随机医院",
            "period": self.period, "feeds": {}}, ensure_ascii=False) + "\n", encoding="utf-8")
        (rules / "allocation.toml").write_text(toml(self.rules), encoding="utf-8")
        return month, rules


def inline(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def toml(rules):
    lines = [f"{k} = {inline(v)}" for k, v in rules.items() if k not in ("driver", "stage")]
    for driver in rules.get("driver", []):
        lines += ["", "[[driver]]", *(f"{k} = {inline(v)}" for k, v in driver.items())]
    for stage in rules.get("stage", []):
        lines += ["", "[[stage]]"]
        lines += [f"{k} = {inline(v)}" for k, v in stage.items() if k != "rule"]
        for rule in stage.get("rule", []):
            lines += ["", "  [[stage.rule]]", *(f"  {k} = {inline(v)}" for k, v in rule.items())]
    return "\n".join(lines) + "\n"
