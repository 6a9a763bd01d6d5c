#!/usr/bin/env python3
"""Random hospitals under all methods of allocation, computed by the engine and derived again.

Why it exists: textbooks have two support departments. Here up to seven serve each other and
themselves over rules of every kind, and the verifier, which shares no code with the engine and
solves the equations in whole numbers, must derive every transfer and every balance to the fen.

Use: methods_test.py YUANLIU YUANLIU_VERIFY [FIRST_SEED [COUNT]]. Exits 1 on a difference.
"""
import json
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hospice_test as folders

METHODS = "outward sequential mutual peer_first double reciprocal iterative".split()
CLASSES = ["administrative", "auxiliary"]
FUNDS = ["basic", "fiscal_project", "research"]


def names(codes):
    return json.dumps(list(codes))


def write_month(dice, folder):
    senders = [f"S{i}" for i in range(dice.randint(2, 7))]
    receivers = [f"W{i}" for i in range(dice.randint(1, 4))]
    folder.mkdir(parents=True)
    manifest = {"schema": "yuanliu.month/1", "hospital": "RANDOM", "hospital_name": "随机",
                "period": folders.PERIOD,
                "feeds": {table: "not_arrived" for table in folders.NOT_ARRIVED}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def table(name, header, rows):
        folders.write_table(folder / (name + ".csv"), header, rows)

    table("departments", "department,name,class,care_setting,valid_from,valid_to",
          [[s, s, dice.choice(CLASSES), "none", "", ""] for s in senders] +
          [[r, r, "clinical", "none", "", ""] for r in receivers])
    table("cost_items", "cost_item,name,category,traced_to,valid_from,valid_to",
          [["PAY", "pay", "staff", "", "", ""], ["RENT", "rent", "other_operating", "", "", ""]])
    table("accounts", "account,name,valid_from,valid_to",
          [["1", "pay", "", ""], ["2", "rent", "", ""]])
    table("account_map", "account,valid_from,valid_to,treatment,cost_item,reason",
          [["1", "", "", "cost", "PAY", ""], ["2", "", "", "cost", "RENT", ""]])
    drivers = ["area", "heads", "use"]
    table("drivers", "driver,name,unit", [[d, d, "unit"] for d in drivers])
    rows = [["use", s, t, dice.choice([0, 0, 1, 7, 12.5, 300] if t != "W0" else [1, 40])]
            for s in senders for t in [*senders, *receivers]]
    rows += [[d, "", t, dice.randint(1, 90)] for d in drivers[:2] for t in [*senders, *receivers]]
    table("driver_readings", "driver,sender,department,value", rows)
    negative = dice.random() < 0.3
    table("ledger", "voucher,line,booking_period,attribution_period,account,department,"
          "fund_source,amount,summary",
          [["V", n, folders.PERIOD, folders.PERIOD, dice.choice("12"),
            dice.choice([*senders, *receivers]), dice.choice(FUNDS),
            f"{dice.randint(-300000 if negative else 1, 900000) / 100:.2f}", ""]
           for n in range(1, dice.randint(2, 14))])
    return senders, receivers


def rule_text(dice, senders, receivers, limit):
    lines = ["", "  [[stage.rule]]"]
    lines.append(f"  senders = {names(['*'] if limit is None else dice.sample(senders, limit))}")
    lines.append(f"  cost_categories = {names(dice.choice([['*'], ['staff']]) if limit else ['*'])}")
    if limit:
        if dice.random() < 0.4:
            lines.append(f"  cost_items = {names([dice.choice(['PAY', 'RENT'])])}")
        if dice.random() < 0.4:
            lines.append(f"  fund_sources = {names(dice.sample(FUNDS, 2))}")
        if dice.random() < 0.3:
            lines.append(f"  {dice.choice(['from', 'until'])} = \"2026-0{dice.randint(1, 2)}\"")
        if dice.random() < 0.3:
            lines.append(f"  except_receivers = {names([dice.choice(senders)])}")
    chain = dice.sample(["use", "area", "heads", "both", "times"], 2) + ["heads"]
    lines.append(f"  drivers = {names(dict.fromkeys(chain))}")
    return lines


def write_plan(dice, folder, senders, receivers):
    folder.mkdir(parents=True)
    step_only = dice.random() < 0.25
    lines = ['schema = "yuanliu.allocation/1"', 'version = "1"']
    if step_only:
        lines.append(f'negative_balances = "{dice.choice(["keep", "send"])}"')
        lines.append(f'rounding = "{dice.choice(["fen", "cms_form"])}"')
    lines += ["", "[[driver]]", 'driver = "both"', 'terms = [ { factor = "0.6", drivers = ["heads"]'
              ', share = true }, { factor = "0.4", drivers = ["use"], share = true } ]',
              "", "[[driver]]", 'driver = "times"', 'terms = [ { factor = "1.5", drivers = '
              '["area"] }, { factor = "0.0123", drivers = ["heads", "area"] } ]']
    cut = dice.randint(0, len(senders) - 1)
    order = dice.sample(senders, len(senders))
    for group in (order[:cut], order[cut:]):
        later = [s for s in order[cut:] if group and group[0] in order[:cut]]
        if not group:
            continue
        method = dice.choice(METHODS[:2] if step_only else METHODS)
        lines += ["", "[[stage]]", f'name = "{dice.choice(["public", "auxiliary", "by_class"])}"',
                  f'method = "{method}"', f"senders = {names(group)}",
                  f"receivers = {names([*later, *receivers])}", "before_items = true"]
        if method == "iterative":
            lines.append(f"passes = {dice.randint(1, 9)}")
        if method == "reciprocal" and dice.random() < 0.5:
            lines.append("self_service = true")
        for _ in range(dice.randint(0, 2)):
            lines += rule_text(dice, group, receivers, dice.randint(1, len(group)))
        lines += rule_text(dice, group, receivers, None)
    (folder / "allocation.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def judge(yuanliu, verify, seed, scratch):
    dice = random.Random(seed)
    folder = Path(scratch) / str(seed)
    senders, receivers = write_month(dice, folder / "month")
    write_plan(dice, folder / "rules", senders, receivers)
    said = ""
    for command in ([yuanliu, "compute", folder / "month", "--rules", folder / "rules", "--out",
                     folder / "result"],
                    [verify, folder / "result", "--month", folder / "month", "--rules",
                     folder / "rules", "--deep"]):
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                              check=False)
        if done.returncode:
            said = f"{command[0]} exits {done.returncode}: {(done.stdout + done.stderr)[-1500:]}"
            break
    return seed, said


def main(arguments):
    if not 2 <= len(arguments) <= 4:
        print(__doc__, file=sys.stderr)
        return 2
    first, count = [int(a) for a in arguments[2:]] + [1, 60][len(arguments) - 2:]
    with tempfile.TemporaryDirectory(prefix="yuanliu-methods-") as scratch, \
            ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(lambda seed: judge(*arguments[:2], seed, scratch),
                                 range(first, first + count)))
    failed = [(seed, said) for seed, said in outcomes if said]
    for seed, said in failed[:5]:
        print(f"FAIL seed {seed}: {said}")
    print(f"{count - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
