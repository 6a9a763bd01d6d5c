"""Why this file: the demonstration hospital is what people judge the program by, so its tables must
agree with each other: payroll and asset cards with the ledger, readings with what they count,
estimates with the month that takes them back, a ward that is merged with the one before it. All of
it is counted again here from the files; amounts of the engine are judged by the verifier.

usage: demo_hospital_test.py YUANLIU YUANLIU_VERIFY
"""
import collections
import csv
import datetime
import io
import subprocess
import sys
import tomllib

import hospital
from hospital import fen, read_table

SILENT = {"move_matches_nothing", "move_fell_back", "move_only_metered", "metered_above_bill",
          "staff_without_time", "move_base_differs"}


class Month:
    def __init__(self, folder):
        self.folder = folder
        self.table = {p.stem: read_table(p) for p in folder.glob("*.csv") if p.stem != "charge_lines"}
        self.departments = {r["department"]: r for r in self.table["departments"]}
        self.ledger = self.table["ledger"]

    def is_cost(self, line):
        return self.departments[line["department"]]["class"] != "excluded"

    def readings(self, driver, sender=""):
        return {r["department"]: r["value"] for r in self.table["driver_readings"]
                if (r["driver"], r["sender"]) == (driver, sender)}

    def ward(self, name):
        return next(d for d, r in self.departments.items() if r["name"] == name)

    def days(self):
        first = datetime.date.fromisoformat(self.folder.name + "-01")
        return first, (first + datetime.timedelta(days=31)).replace(day=1)


def sums(rows, key, column="amount"):
    total = collections.Counter()
    for row in rows:
        total[key(row)] += fen(row[column])
    return total


def judge_pay(suite, month):
    """Payroll and ledger: the same pay, by profession and by where it is booked."""
    staff = [r for r in month.ledger if r["account"].startswith(("5001.01", "5101.01")) and
             month.is_cost(r)]
    clinical = lambda r: month.departments[r["department"]]["class"] == "clinical"
    booked = collections.Counter({
        "doctor": sum(fen(r["amount"]) for r in staff if r["voucher"][0] == "J" and clinical(r)),
        "nurse": sum(fen(r["amount"]) for r in staff if r["voucher"][0] == "N"),
        "staff": sum(fen(r["amount"]) for r in staff if r["voucher"][0] == "J" and not clinical(r))})
    paid = sums(month.table["payroll"], lambda r: r["pay_kind"].split("-")[0])
    suite.expect("payroll sums to the ledger, doctors and nurses apart", booked == paid and
                 min(booked.values()) > 0, (booked, paid))
    place = lambda r: (r["department"], r["fund_source"])
    suite.expect("and doctors' pay department by department",
                 sums([r for r in staff if r["voucher"][0] == "J" and clinical(r)], place) ==
                 sums([r for r in month.table["payroll"] if r["pay_kind"].startswith("doctor")], place))
    people = {r["staff"]: r for r in month.table["staff"]}
    strangers = [r for r in month.table["payroll"] if r["department"] != people[r["staff"]]["department"]]
    suite.expect("everybody is paid where the register has them", not strangers, strangers[:3])
    heads = collections.Counter(r["department"] for r in people.values())
    each = sums(month.table["payroll"], lambda r: r["department"])
    mean = sum(each.values()) / sum(heads.values())
    odd = {d: each[d] / n / mean for d, n in heads.items() if not 0.5 < each[d] / n / mean < 3}
    suite.expect("who has staff pays them, from half to thrice the hospital's pay a head", not odd, odd)
    acts = collections.Counter(r["activity"] for r in month.table["staff_time"] if r["unit"] == "staff")
    suite.expect("time of every kind is there", set(acts) == {"outpatient", "ward", "teaching",
                 "research", "dispatched"} and min(acts.values()) > 0, acts)


def judge_assets(suite, first, second):
    for month in (first, second):
        booked = sums([r for r in month.ledger if r["account"][4:7] == ".04" and month.is_cost(r)],
                      lambda r: r["department"])
        cards = sums(month.table["assets"], lambda r: r["department"], "depreciation")
        suite.expect(f"{month.folder.name}: depreciation is that of the cards", booked == cards,
                     {d: (booked[d], cards[d]) for d in booked | cards if booked[d] != cards[d]})
    worn = [{r["asset"]: r["depreciation"] for r in m.table["assets"]} for m in (first, second)]
    suite.expect("it is the same in both months", worn[0] == worn[1] and len(worn[0]) > 100)
    mixed = [r for r in second.table["assets"]
             if sum(fen(r[c]) > 0 for c in r if c.startswith("paid_")) > 1]
    suite.expect("some assets are paid from several sources", len(mixed) > 10, len(mixed))


def judge_readings(suite, month):
    begin, end = month.days()
    nights, online = collections.Counter(), 0
    for r in month.table["encounters"]:
        if r["kind"] == "inpatient":
            left = datetime.date.fromisoformat(r["discharged_on"]) if r["discharged_on"] else end
            came = max(begin, datetime.date.fromisoformat(r["admitted_on"]))
            nights[r["department"]] += max(0, (min(left, end) - came).days)
    read = {d: int(v) for d, v in month.readings("bed_days").items()}
    suite.expect("bed days are the nights of the stays", read == {d: n for d, n in nights.items() if n},
                 {d: (read.get(d), n) for d, n in nights.items() if read.get(d) != n})
    lender = month.ward("呼吸内科一病区")
    lent = {d: int(v) for d, v in month.readings("bed_days", lender).items()}
    borrower = next(d for d in lent if d != lender)
    suite.expect("borrowed days are some of the borrower's", 0 < lent[borrower] < nights[borrower] / 4
                 and lent[lender] == nights[lender], lent)
    opened = {r["department"]: int(r["opened"]) * (end - begin).days for r in month.table["beds"]}
    full = {d: nights[d] / opened[d] for d in opened if nights[d] > opened[d] * (1.1 if d == borrower
                                                                                 else 1)}
    suite.expect("beds fit the stays; only who borrows has more patients than beds", not full and
                 0.9 < sum(nights.values()) / sum(opened.values()) < 1, full)
    visits = {d: int(v) for d, v in month.readings("registrations").items()}
    for d, v in month.readings("online_visits").items():
        online += int(v)
        suite.expect(f"{d}: online visits are some of its visits", int(v) < visits[d]) \
            if int(v) >= visits[d] else None
    suite.expect("some visits are online", online > 100, online)
    settled = sum(fen(r["amount"]) for r in month.ledger if r["voucher"] == "CS001")
    used = sum(fen(v) for v in month.readings("consigned_use").values())
    suite.expect("what is settled on consignment is what was used", settled == used > 0,
                 (settled, used))


def judge_estimates(suite, first, second):
    estimated = {(r["voucher"], r["line"]) for r in first.table["estimates"]}
    lines = [r for r in first.ledger if (r["voucher"], r["line"]) in estimated]
    taken_back = read_table(second.folder / "prior" / "estimates.csv")
    suite.expect("the second month takes back the estimates of the first", lines == taken_back and
                 lines, taken_back)
    late = [r for r in second.ledger if r["attribution_period"] == first.folder.name and
            r["account"] == lines[0]["account"] and r["department"] == lines[0]["department"]]
    suite.expect("and has the bill, with both dates", len(late) == 1 and
                 late[0]["booking_period"] == second.folder.name and
                 0.9 < fen(late[0]["amount"]) / fen(lines[0]["amount"]) < 1.1, late)


def judge_merger(suite, yuanliu, first, second, results, successors):
    gone = [d for d, r in second.departments.items() if r["valid_to"] == first.folder.name]
    row = read_table(successors)[0]
    suite.expect("one ward ends with the first month", gone == [row["department"]] and
                 first.departments[gone[0]]["valid_to"] == "", gone)
    heads = [m.readings("headcount") for m in (first, second)]
    suite.expect("its people are with the successor",
                 int(heads[1][row["successor"]]) ==
                 int(heads[0][row["successor"]]) + int(heads[0][gone[0]]) and gone[0] not in heads[1])
    for name in ("encounters", "staff", "ledger", "payroll", "assets"):
        suite.expect(f"{name} of the second month doesn't name it",
                     not any(r["department"] == gone[0] for r in second.table[name]))
    done = yuanliu.run("restate", *results, "--successors", successors)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    of = lambda department, column, period: sum(
        fen(r[column]) for r in rows
        if (r["department"], r["kind"], r["period"]) == (department, "full", period))
    period = first.folder.name
    suite.expect("restated, the first month has it under its successor", done.returncode == 0 and
                 of(gone[0], "booked", period) > 0 and of(gone[0], "restated", period) == 0 and
                 of(row["successor"], "restated", period) ==
                 of(row["successor"], "booked", period) + of(gone[0], "booked", period),
                 done.stderr[-300:])


def judge_pages(suite, month):
    """Front pages: sex, age and codes that can be together."""
    wards = {d: r["name"] for d, r in month.departments.items()}
    place = {r["encounter"]: wards[r["department"]] for r in month.table["encounters"]}
    main = {r["encounter"]: r["diagnosis"] for r in month.table["diagnoses"] if r["sequence"] == "1"}
    wrong = []
    for r in month.table["discharges"]:
        where, code, age = place[r["encounter"]], main.get(r["encounter"], ""), int(r["age_years"])
        if (where.startswith(("产科", "妇科")) or code[:1] == "O") and r["sex"] != "female" or \
                code[:3] == "N40" and (r["sex"] != "male" or age < 50) or \
                where.startswith("儿科") and age > 13 or where.startswith("老年") and age < 65:
            wrong.append((r, where, code))
    suite.expect("sex and age fit ward and disease", not wrong and len(main) > 1000, wrong[:3])
    left = [r["encounter"] for r in month.table["discharges"]]
    bare = sum(encounter not in main for encounter in left)
    suite.expect("4 to 5 % of the records are uncoded", 0.04 <= bare / len(left) <= 0.05, bare)
    for name, column in (("diagnoses", "diagnosis"), ("procedures", "procedure")):
        codes = collections.defaultdict(list)
        for r in month.table[name]:
            codes[r["encounter"]].append((int(r["sequence"]), r[column]))
        twice = [e for e, c in codes.items() if len({x[1] for x in c}) != len(c) or
                 sorted(x[0] for x in c) != list(range(1, len(c) + 1))]
        suite.expect(f"{name}: numbered from 1, none twice, several of many stays",
                     not twice and sum(len(c) > 2 for c in codes.values()) > 100, twice[:3])


def test(suite, yuanliu, verify, scratch):
    folders = yuanliu.demo(scratch / "demo", size="county", months=2)
    rules = scratch / "demo" / "rules"
    yuanliu.demo(scratch / "again", size="county", months=2)
    suite.expect("the same seed writes the same bytes",
                 hospital.tree(scratch / "demo") == hospital.tree(scratch / "again"))
    results = [scratch / f.name for f in folders]
    for folder, result in zip(folders, results):
        file = scratch / "findings.json"
        done = yuanliu.compute(folder, rules, result, "--findings", file)
        suite.expect(f"{folder.name} is computed", done.returncode == 0, done.stderr[-1500:])
        loud = {f["code"] for f in hospital.read_json(file)["findings"]} & SILENT
        suite.expect(f"{folder.name}: no move misses its base", not loud, loud)
        moves = tomllib.loads((rules / "collection.toml").read_text("utf-8"))["move"]
        used = {int(r["rule"]) for r in read_table(result / "moves.csv")}
        suite.expect(f"{folder.name}: every move moves something", used ==
                     set(range(1, len(moves) + 1)), used)
    done = subprocess.run([verify.path, results[1], "--month", folders[1], "--rules", rules, "--deep",
                           "--previous", results[0]], capture_output=True, text=True, check=False)
    suite.expect("yuanliu-verify accepts the chain", done.returncode == 0, done.stdout[-1500:])
    first, second = map(Month, folders)
    for month in (first, second):
        judge_pay(suite, month)
        judge_readings(suite, month)
        judge_pages(suite, month)
    judge_assets(suite, first, second)
    judge_estimates(suite, first, second)
    judge_merger(suite, yuanliu, first, second, results, scratch / "demo" / "successors.csv")


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
