#!/usr/bin/env python3
"""The method, written a third time, for eyes: whole numbers and fractions, no code of the engine.

Why it exists: golden figures must come from outside the engine. This program follows docs/method.md
sentence by sentence, slowly, on a month folder that is already known to be good (it reports nothing
and checks nothing), and writes the same result tables.

Use: step_by_step.py compute MONTH_DIR --rules RULES_DIR --out RESULT_DIR [--print]
"""
import hashlib
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from arithmetic import scaled, write_table, yuan  # noqa: E402
from costing_steps import PARKED, Allocation, Month, Patients  # noqa: E402
from payment_steps import Bonus, Cases  # noqa: E402

PROFIT = "cases,rw_total,points,charge,payment,cost,policy_margin,real_margin"


def patient_tables(month, patients):
    stays, components, closing, closing_charges = [], [], [], []
    for e, row in month.encounter.items():
        status, opening, cost = month.status(e), patients.opening[e], sum(patients.cost[e].values())
        stays.append([e, row["kind"], status, row["department"], yuan(patients.opening_charge[e]),
                      yuan(patients.charge[e]), yuan(patients.whole_charge[e]), yuan(opening),
                      yuan(cost),
                      yuan(opening + cost)])
        components += [[e, *c, yuan(fen)] for c, fen in patients.cost[e].items() if fen]
        if status == "in_hospital":
            closing += [[e, *c, yuan(fen)] for c, fen in patients.whole_cost[e].items() if fen]
            closing_charges.append([e, yuan(patients.whole_charge[e])])
    return stays, components, closing, closing_charges


def write_result(out, month, allocation, patients, cases, bonus):
    stays, components, closing, closing_charges = patient_tables(month, patients)
    component = "cost_category,fund_source,origin"
    tables = {
        "excluded": ("voucher,line,account,department,fund_source,amount,reason",
                     allocation.excluded),
        "department_cost": ("department,kind,cost_item,fund_source,origin,cost",
                            allocation.department_cost_rows()),
        "transfers": ("stage,sender,receiver,cost_item,fund_source,origin,driver,base,base_total,"
                      "pool,cost,pass", allocation.transfers),
        "pools": ("department,pool,cost,weight,entries,unallocated", patients.pool_rows),
        "pool_components": (f"department,pool,{component},cost", [
            [*pool, *c, yuan(fen)] for pool, parts in patients.pools.items()
            for c, fen in parts.items() if fen]),
        "service_item_cost": ("department,pool,service_item,quantity,weight,charge,cost,unit_cost",
                              patients.item_rows),
        "patients": ("encounter,kind,status,department,opening_charge,month_charge,charge,"
                     "opening_cost,month_cost,cost", stays),
        "patient_cost": (f"encounter,{component},cost", components),
        "parked": ("encounter,line,charged_on,service_item,executing_department,quantity,charge",
                   patients.parked_rows),
        "parked_cost": (f"{component},cost",
                        [[*c, yuan(f)] for c, f in patients.cost[PARKED].items() if f]),
        "cases": ("encounter,department,attending,payer,status,group,level,deciding_codes,rw,"
                  "days,score,deviation,points,basis,charge,payment,cost,policy_margin,"
                  "real_margin", cases.rows),
        "group_profit": ("basis,group," + PROFIT, cases.profit_rows("group")),
        "department_profit": ("department,basis," + PROFIT, cases.profit_rows("department")),
        "physician_profit": ("attending,department,basis," + PROFIT,
                             cases.profit_rows("physician")),
        "indicators": ("department,indicator,numerator,denominator,value,score",
                       bonus.indicator_rows),
        "gates": ("department,gate,indicator,value,threshold,outcome,factor", bonus.gate_rows),
        "bonus_departments": ("department,index,size,weight,share,withheld,paid",
                              bonus.department_rows),
        "bonus_persons": ("staff,department,weight,paid", bonus.person_rows),
        "closing/in_hospital": (f"encounter,{component},cost", closing),
        "closing/in_hospital_charges": ("encounter,charge", closing_charges),
        "closing/carried_pools": ("pool,name,amount", bonus.closing_rows()),
    }
    if (month.rule["costing"] or {}).get("method"):
        tables["activities"] = ("department,activity,measure,item_driver,cost,use,"
                                "practical_capacity,used_cost,idle_cost,unallocated_cost",
                                patients.activity_rows)
        tables["hospital_item_cost"] = ("service_item,departments,quantity,charge,cost,unit_cost",
                                        patients.hospital_item_rows())
    for name, (header, rows) in tables.items():
        write_table(out, name, header, rows)
    names = sorted(f"{name}.csv" for name in tables)
    lines = "".join(f"{n} {hashlib.sha256((Path(out) / n).read_bytes()).hexdigest()}\n"
                    for n in names)
    cost_of = {e: sum(parts.values()) for e, parts in patients.cost.items()}
    excluded = sum(scaled(row[5], 2) for row in allocation.excluded)
    totals = {"ledger": yuan(allocation.ledger_total), "excluded": yuan(excluded),
              "direct": yuan(allocation.direct_total),
              "after_stages": [yuan(t) for t in allocation.after_stages],
              "pools": yuan(sum(sum(p.values()) for p in patients.pools.values())),
              "patients": yuan(sum(v for e, v in cost_of.items() if e is not PARKED)),
              "parked": yuan(cost_of.get(PARKED, 0)), "unallocated": yuan(patients.unallocated)}
    certificate = {"result_hash": hashlib.sha256(lines.encode()).hexdigest(), "totals": totals,
                   "residual": "0.00",
                   "bonus": {"carried": yuan(bonus.carried.get((bonus.scheme or {}).get("pool"), 0)),
                             "released": yuan(bonus.released),
                             "paid": yuan(bonus.paid), "withheld": yuan(bonus.withheld)}}
    (Path(out) / "certificate.json").write_text(json.dumps(certificate, indent=1) + "\n",
                                                encoding="utf-8")
    return names


def main(arguments):
    words = (arguments[:1], arguments[2:3], arguments[4:5])
    if len(arguments) < 6 or words != (["compute"], ["--rules"], ["--out"]):
        print(__doc__, file=sys.stderr)
        return 2
    month = Month(arguments[1], arguments[3])
    allocation = Allocation(month)
    patients = Patients(month, allocation)
    patients.whole_stays()
    cases = Cases(month, patients)
    names = write_result(arguments[5], month, allocation, patients, cases,
                         Bonus(month, cases.found))
    for name in names if "--print" in arguments else []:
        print(f"== {name}\n{(Path(arguments[5]) / name).read_text(encoding='utf-8')}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
