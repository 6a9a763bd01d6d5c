"""Why this file: an explanation that does not sum to the figure it explains is worse than none. Every
cell of a clinic's month is opened over HTTP, its parts are compared with figures that are derived here
from the month's files (tests/oracle, which shares nothing with the engine), and the command line must
say the same.

usage: explain_test.py YUANLIU YUANLIU_VERIFY
"""
import collections
import csv
import json
import pathlib
import re
import shutil
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
import hospital
import served
from costing_steps import Allocation, Month, Patients
from hospital import fen
from payment_steps import Bonus, Cases

ENGLISH_WORDS = re.compile(r"\b(basic|fiscal_project|research|teaching|direct|public|administrative|"
                           r"auxiliary|medical_technology|visit|discharged|in_hospital|received|sent)\b")
FIGURES = ("charge", "payment", "cost", "policy_margin", "real_margin")


class Truth:
    """What the figures must be, from the files of the month and the rules."""

    def __init__(self, folder, rules):
        self.month = Month(folder, rules)
        self.allocation = Allocation(self.month)
        self.patients = Patients(self.month, self.allocation)
        self.patients.whole_stays()
        self.cases = Cases(self.month, self.patients)
        self.bonus = Bonus(self.month, self.cases.found)
        self.row_of = {}  # file -> key -> (row, the header being 1; cells)
        for file, *key in (("ledger.csv", "voucher", "line"),
                           ("charge_lines.csv", "encounter", "line")):
            with open(folder / file, encoding="utf-8-sig", newline="") as stream:
                self.row_of[file] = {tuple(r[k] for k in key): (number, r)
                                     for number, r in enumerate(csv.DictReader(stream), 2)}

    def kinds(self, department, item=None, fund=None):
        sums = collections.Counter()
        for (d, kind, i, f, _), value in self.allocation.by_kind.items():
            if d == department and item in (None, i) and fund in (None, f):
                sums[kind] += value
        return sums


class Bench:
    def __init__(self, suite, yuanliu, scratch):
        self.suite, self.yuanliu = suite, yuanliu
        self.month = yuanliu.demo(scratch / "demo", months=2)[-1]
        self.rules = scratch / "demo" / "rules"
        self.result = scratch / "result"
        yuanliu.must("compute", self.month, "--rules", self.rules, "--out", self.result)
        self.truth = Truth(self.month, self.rules)
        self.client = None
        self.asked = {}

    def ask(self, cell):
        """The answer over HTTP."""
        if cell not in self.asked:
            address = f"/api/v1/months/{self.month.name}/explanation?cell="
            self.asked[cell] = self.client.get(address + urllib.parse.quote(cell))
        return self.asked[cell]

    def explain(self, cell, *options, language="en"):
        return self.yuanliu.run("explain", self.result, "--cell", cell, "--lang", language, *options)


def of_kind(node, kind):
    return [part for part in node["parts"] if part["kind"] == kind]


def total(parts):
    return sum(fen(part["amount"]) for part in parts)


def quantity(node, name):
    return next((q["value"] for q in node["quantities"] if q["name"] == name), None)


def faults_of(truth, node, amount, encounter=None):
    """What does not add up below a node, and lines that are not as the month's files have them."""
    parts, lines = node.get("parts", []), node.get("lines", [])
    if parts and total(parts) != fen(amount):
        yield f"parts give {total(parts)} of {amount}"
    if lines and node["kind"] != "pool" and total(lines) != fen(amount):
        yield f"lines give {total(lines)} of {amount}"
    for line in lines:
        in_ledger = line["file"] == "ledger.csv"
        key = tuple(line["reference"].split("/")) if in_ledger else (encounter, line["reference"])
        row, cells = truth.row_of[line["file"]][key]
        if row != line["row"] or cells["amount" if in_ledger else "charge"] != line["amount"]:
            yield f"{line} is not row {row}"
    for part in parts:
        yield from faults_of(truth, part, part["amount"], encounter)


def judge(bench, cell, expected, encounter=None):
    """The total is what was derived, and everything below sums to it. Returns what is wrong."""
    told = bench.ask(cell)
    wrong = list(faults_of(bench.truth, told, told["total"], encounter))
    if fen(told["total"]) != expected:
        wrong.append(f"total {told['total']}, derived {hospital.yuan(expected)}")
    if expected and not told["parts"]:
        wrong.append("nothing below it")
    return [f"{cell}: {fault}" for fault in wrong]


def expect_none(suite, words, count, wrong):
    suite.expect(f"{count} {words}", count > 0 and not wrong, "\n".join(wrong[:5]))


def judge_departments(bench):
    """Every department, its cost items and their fund sources."""
    truth, wrong, seen = bench.truth, [], collections.Counter()
    count = 0
    for department, kind in truth.month.class_of.items():
        keys = {(i, f) for d, _, i, f, _ in truth.allocation.by_kind if d == department}
        cells = {(department,)} | {(department, i) for i, _ in keys} | {(department, *k) for k in keys}
        for parts in sorted(cells):
            sums = truth.kinds(*parts)
            cell, count = "department:" + ":".join(parts), count + 1
            wrong += judge(bench, cell, sum(sums.values()))
            for name, part_kind in (("direct", "ledger"), ("received", "transfer"), ("sent", "sent"),
                                    ("excluded", "excluded")):
                if total(of_kind(bench.ask(cell), part_kind)) != sums[name]:
                    wrong.append(f"{cell}: {part_kind} is not {sums[name]}")
        whole = bench.ask("department:" + department)
        seen.update(line["reference"] for part in whole["parts"] for line in part["lines"])
        received = sorted((*part["cell"].split(":")[1:], quantity(part, "base"),
                           quantity(part, "base_total"), quantity(part, "pool"), part["amount"])
                          for part in of_kind(whole, "transfer"))
        derived = sorted((s, i, f, o, base, of, pool, cost) for _, s, r, i, f, o, _, base, of, pool, cost, _
                         in truth.allocation.transfers if r == department)
        if received != derived:
            wrong.append(f"department:{department}: what was received is not what was derived")
        if kind == "excluded" and (whole["total"] != "0.00" or not any(
                part["rule"] == "kept_out_by_department" for part in whole["parts"])):
            wrong.append(f"department:{department} does not say why it is kept out")
    expect_none(bench.suite, "department cells sum to what was derived, part by part", count, wrong)
    ledger = collections.Counter("/".join(key) for key in truth.row_of["ledger.csv"])
    bench.suite.expect(f"each of {len(ledger)} ledger lines is in exactly one department, also the "
                       f"{len(truth.allocation.excluded)} excluded", seen == ledger and
                       len(truth.allocation.excluded) > 0, (seen - ledger, ledger - seen))


def judge_transfers(bench):
    cells = {(s, i, f, o): pool for _, s, _, i, f, o, *_, pool, _, _ in bench.truth.allocation.transfers}
    wrong = []
    for key, pool in cells.items():
        wrong += judge(bench, "transfer:" + ":".join(key), fen(pool))
    expect_none(bench.suite, "cells that senders split sum down to their ledger lines", len(cells), wrong)


def judge_pools(bench):
    wrong = []
    for (department, kind), components in bench.truth.patients.pools.items():
        cell = f"pool:{department}:{kind}"
        wrong += judge(bench, cell, sum(components.values()))
        told = bench.ask(cell)["by_origin"]
        derived = collections.Counter()
        for (_, _, origin), value in components.items():
            derived[origin] += value
        if {o: fen(v) for o, v in told.items() if fen(v)} != {o: v for o, v in derived.items() if v}:
            wrong.append(f"{cell}: by origin {told}, derived {dict(derived)}")
        activities = {quantity(a, "activity"): (fen(a["amount"]), fen(quantity(a, "idle_cost")))
                      for a in bench.ask(cell).get("activities") or ()}
        if activities != {code: (activity.cost(), activity.idle_cost()) for code, activity in
                          bench.truth.patients.divided.get((department, kind), {}).items()}:
            wrong.append(f"{cell}: activities {activities}")
    expect_none(bench.suite, "pools sum to what was derived, also by origin and activity",
                len(bench.truth.patients.pools), wrong)


def sample(bench):
    by_status = collections.defaultdict(list)
    for code in sorted(bench.truth.month.encounter):
        by_status[bench.truth.month.status(code)].append(code)
    chosen = {codes[i] for codes in by_status.values() for i in range(0, len(codes),
                                                                      max(1, len(codes) // 12))}
    return sorted(chosen | {next(e for e, v in bench.truth.patients.opening.items() if v)})


def weight_in(patients, pool, activity, code):
    """Weight of an encounter, and of all, with idle capacity, in a pool or in its activity."""
    if pool in patients.divided:
        own = patients.divided[pool][activity]
        return int(own.by_entry[code] * 10**8), int(own.weight() * 10**8)
    weights = patients.entry_weight[pool]
    return weights[code], sum(weights.values())


def judge_patient(bench, code):
    patients = bench.truth.patients
    whole = patients.whole_cost[code]
    wrong = judge(bench, f"patient:{code}", sum(whole.values()), code)
    told = bench.ask(f"patient:{code}")
    if total(of_kind(told, "opening")) != patients.opening[code]:
        wrong.append(f"patient:{code}: opening {patients.opening[code]}")
    for category in {c for c, _, _ in whole}:
        derived = sum(v for (c, _, _), v in whole.items() if c == category)
        wrong += judge(bench, f"patient:{code}:category:{category}", derived, code)
    by_department = collections.Counter()
    for part in of_kind(told, "pool"):
        _, department, kind = part["cell"].split(":")
        by_department[department] += fen(part["amount"])
        weight, of_all = weight_in(patients, (department, kind), quantity(part, "activity"), code)
        scale = 8 if kind == "service" else 2
        if (hospital.scaled(quantity(part, "weight"), scale) != weight or
                hospital.scaled(quantity(part, "weight_total"), scale) != of_all):
            wrong.append(f"patient:{code} weighs {weight} of {of_all} in {part['cell']}")
    for department, derived in by_department.items():
        wrong += judge(bench, f"patient:{code}:department:{department}", derived, code)
    return wrong


def judge_patients(bench):
    codes = sample(bench)
    wrong = [fault for code in codes for fault in judge_patient(bench, code)]
    expect_none(bench.suite, "patients sum to what was derived, by pool, category and department",
                len(codes), wrong)


def judge_cases(bench):
    truth, wrong = bench.truth, []
    bases, deviations = collections.Counter(), collections.Counter()
    groups = collections.defaultdict(collections.Counter)
    for row in truth.cases.rows:
        code, basis = row[0], row[13]
        figures = dict(zip(FIGURES, map(fen, (row[14], row[15], row[16], row[17], row[18]))))
        groups[basis, row[5] or "~" + row[4]].update(figures)
        bases[basis] += 1
        deviations[row[11]] += 1
        if bases[basis] > 5 and deviations[row[11]] > 5:
            continue
        for figure in FIGURES:
            wrong += judge(bench, f"case:{code}:{figure}", figures[figure], code)
        told = bench.ask(f"case:{code}:payment")
        derived = {"points": row[12], "score": row[10], "rw": row[8], "deviation": row[11],
                   "charge": row[14], "deciding_codes": row[7]}
        for name, value in derived.items() if basis == "dip" else ():
            if quantity(told, name) != value:
                wrong.append(f"case:{code}:payment: {name} is {quantity(told, name)}, not {value}")
        if basis == "dip" and bases[basis] == 1 and \
                f"病例分值 {row[12]} = " not in bench.explain(f"case:{code}:payment", language="zh").stdout:
            wrong.append(f"case:{code}:payment: no 病例分值 in Chinese")
        if basis == "dip" and told["rule"] != "points_" + row[11]:
            wrong.append(f"case:{code}:payment: {told['rule']}, but {row[11]}")
    bench.suite.expect("there are cases of several bases and deviations", len(bases) > 2 and
                       {"low", "normal", "high"} <= set(deviations), f"{bases} {deviations}")
    expect_none(bench.suite, "cases: payment, points and margins are what was derived",
                sum(bases.values()), wrong)
    wrong = []
    for (basis, group), figures in groups.items():
        for figure in FIGURES:
            wrong += judge(bench, f"group:{basis}:{group}:{figure}", figures[figure])
            if bench.ask(f"group:{basis}:{group}")["total"] != hospital.yuan(figures["cost"]):
                wrong.append(f"group:{basis}:{group} is not its cost")
    expect_none(bench.suite, "groups sum to their cases in every figure", len(groups), wrong)


CLASSES = {"surgery": "手术", "therapeutic": "治疗性操作", "diagnostic": "诊断性操作", "conservative": "保守治疗"}


def judge_reasons(bench):
    """Why a case is in its group under DIP-001: each code as the record has it, a class of procedures in words."""
    chosen = {row[6]: row for row in bench.truth.cases.rows if row[4] == "grouped"}  # one of each level
    wrong = []
    for level, row in chosen.items():
        cell = f"case:{row[0]}:group"
        told = json.loads(bench.explain(cell, "--json", language="zh").stdout)
        codes = row[7].split("+")  # no code of this hospital holds a plus
        recorded = set(told["diagnoses"] + told["procedures"])
        if told["deciding_codes"] != [CLASSES.get(code, code) for code in codes] or not {
                code for code in codes if code not in CLASSES} <= recorded:
            wrong.append(f"{cell}: {told['deciding_codes']} for {row[7]}")
        text = bench.explain(cell, language="zh").stdout
        if "状态: 已入组\n" not in text or re.search("grouped|" + "|".join(CLASSES), text):
            wrong.append(f"{cell}: {text}")
    bench.suite.expect(f"why of {sorted(chosen)}: codes of the record, and Chinese words",
                       {"core_procedure", "core_conservative", "composite"} <= set(chosen) and not wrong, wrong)


def judge_bonus(bench):
    rows = bench.truth.bonus.department_rows
    wrong = []
    for department, index, *_, share, withheld, paid in rows:
        wrong += judge(bench, f"bonus:{department}", fen(paid))
        told = bench.ask(f"bonus:{department}")
        shown = (quantity(told, "index"), total(of_kind(told, "share")), total(of_kind(told, "withheld")))
        if shown != (index, fen(share), -fen(withheld)):
            wrong.append(f"bonus:{department}: {shown}")
    expect_none(bench.suite, "bonuses are share less withheld", len(rows), wrong)


def judge_same_on_command_line(bench):
    """The same tree as JSON, and the same numbers as text."""
    cells = [cell for cell in bench.asked if cell.count(":") == 1 or cell.startswith(("pool:", "case:"))]
    cells += [next(c for c in bench.asked if c.startswith(f"patient:") and w in c)
              for w in (":category:", ":department:")]
    cells += [c for c in bench.asked if c.startswith("transfer:")][::40]
    wrong = []
    for cell in cells[::max(1, len(cells) // 150)]:
        done = bench.explain(cell, "--json")
        if done.returncode != 0 or json.loads(done.stdout) != bench.asked[cell]:
            wrong.append(f"{cell} --json: {done.stderr} {done.stdout[:200]}")
        told, text = bench.asked[cell], bench.explain(cell).stdout
        amounts = [hospital.fen(m) for m in re.findall(r"^ {2} *(-?[\d,]+\.\d\d)  \S", text, re.M)]
        derived = sorted(fen(part["amount"]) for part in told["parts"])
        inner = [fen(p["amount"]) for part in told["parts"] for p in part.get("parts", [])]
        inner += [fen(activity["amount"]) for activity in told.get("activities") or ()]
        last = re.search(r"^  .* = (\S+)$", text.splitlines()[-2 if "  > " in text else -1])
        if sorted(amounts) != sorted(derived + inner) or not last or fen(last[1]) != fen(told["total"]):
            wrong.append(f"{cell} as text: {len(amounts)} amounts, {last and last[0]}")
    expect_none(bench.suite, "cells are the same over HTTP and on the command line", len(cells), wrong)


def judge_words(bench):
    """Chinese views speak Chinese, and cells that a view prints can be opened."""
    patient = sample(bench)[0]
    row = bench.truth.cases.rows[0]
    for cell in ("patient:" + patient, "department:C001", "pool:C001:service", f"case:{row[0]}:payment",
                 "bonus:" + bench.truth.bonus.department_rows[0][0]):
        done = bench.explain(cell, language="zh")
        said = [line for line in done.stdout.splitlines()
                if ENGLISH_WORDS.search(re.sub(r"  > \S+|\[\S+\]|--cell .*", "", line))]
        bench.suite.expect(f"{cell} --lang zh: no English word of the lists",
                           done.returncode == 0 and done.stdout and not said, said[:3])
    once, twice = (bench.explain("department:C001", "--depth", d).stdout for d in "12")
    upper = [line for line in twice.splitlines() if line in once.splitlines()]
    bench.suite.expect("--depth 2 prints the same and, below, what senders split",
                       upper == once.splitlines() and len(twice) > 2 * len(once), len(twice))
    opened = next(e for e, v in bench.truth.patients.opening.items() if v)
    bench.suite.expect("an opening is said to be opened in the month before",
                       "on the result of the month before" in
                       bench.explain("patient:" + opened).stdout, opened)


REFUSED = (  # cell, status, words of the command line, words of HTTP
    ("department:C01", 404, ("C01", "C001"), ("C01", "C001")),
    ("department:C99", 404, ("C99", "near it: C001"), ("C99", "C001")),  # no few changes lead there: what begins alike
    ("pool:C99:service", 404, ("C99", "near it: C001"), ("C99", "C001")),
    ("department:C001:X999", 404, ("cost item", "X999"), ("X999",)),
    ("department:C001:1001:gold", 404, ("gold", "basic"), ("gold", "basic")),
    ("department:C001:1001:basic:x", 400, ("pool:DEPARTMENT:KIND",), ("pool:DEPARTMENT:KIND",)),
    ("layers:C001:1001:basic:x", 400, ("layers:CODE",), ("layers:CODE",)),
    ("layers:X999", 404, ("X999",), ("X999",)),
    ("transfer:P001:7001:basic", 400, ("ORIGIN",), ("ORIGIN",)),
    ("transfer:P001:7001:basic:direct", 404, ("transfer", "public"), ("public",)),
    ("pool:X999:service", 404, ("X999",), ("X999",)),
    ("pool:C001:gold", 404, ("gold", "service"), ("gold", "service")),
    ("pool:C001", 400, ("pool:DEPARTMENT:KIND",), ("KIND",)),
    ("patient:X999", 404, ("X999",), ("X999",)),
    ("group:dip:X999", 404, ("group", "X999"), ("X999",)),
    ("group:gold:X999", 404, ("gold", "ungrouped"), ("gold", "ungrouped")),
    ("bonus:X001", 404, ("X001",), ("X001",)),
    ("doctor:S00001", 400, ("patient:ENCOUNTER",), ("patient:ENCOUNTER",)),
    ("department", 400, ("department:CODE",), ("department:CODE",)))


def judge_refusals(bench, scratch):
    code = bench.truth.cases.rows[0][0]
    near = (("patient:" + code[:-1], 404, (code,), (code,)),
            (f"case:{code}:gold", 404, ("gold", "real_margin"), ("gold", "real_margin")),
            (f"patient:{code}:category:gold", 404, ("gold", "risk_fund"), ("gold", "risk_fund")),
            (f"patient:{code}:staff", 400, ("category:COST_CATEGORY",), ("COST_CATEGORY",)))
    for cell, status, printed, answered in REFUSED + near:
        done = bench.explain(cell)
        path = f"/api/v1/months/{bench.month.name}/explanation?cell={urllib.parse.quote(cell)}"
        answer, body = bench.client.ask("GET", path)
        bench.suite.expect(f"{cell}: exit 2 and {status}, naming {printed}", done.returncode == 2 and
                           done.stderr.startswith("error: ") and done.stdout == "" and
                           all(word in done.stderr for word in printed) and answer.status == status and
                           all(word in body["title"] for word in answered),
                           f"exit {done.returncode} {done.stderr} {answer.status} {body}")
    done = bench.explain("doctor:X", language="zh")
    bench.suite.expect("refused in Chinese", done.returncode == 2 and "写法不对" in done.stderr,
                       done.stderr)
    done = bench.yuanliu.run("explain", scratch / "demo", "--cell", "patient:X")
    bench.suite.expect("a folder that is no result: exit 2 and a sentence", done.returncode == 2 and
                       "result folder" in done.stderr, f"exit {done.returncode} {done.stderr}")


def judge_other_folders(bench, scratch):
    cell = "patient:" + sample(bench)[0]
    changed = hospital.Folder(scratch / "changed", bench.month, bench.rules)
    row = changed.find("ledger.csv", "first", {})[0][1]
    changed.cell("ledger.csv", {}, "amount", hospital.yuan(fen(row["amount"]) + 1))
    changed.remove("account_balances.csv")  # which would stop the changed month by itself
    done = bench.explain(cell, "--month", changed.month)
    bench.suite.expect("a changed month is refused with clear words", done.returncode == 1 and
                       "do not give this result any more" in done.stderr and
                       str(changed.month) in done.stderr and done.stdout == "", done.stderr)
    changed.cell("ledger.csv", {}, "amount", "1.234")
    done = bench.explain(cell, "--month", changed.month)
    bench.suite.expect("a month with a stop is refused with its finding", done.returncode == 1 and
                       "number_malformed ledger.csv:2 [amount]" in done.stderr, done.stderr)
    shutil.move(bench.month, scratch / "moved")
    done = bench.explain(cell)
    bench.suite.expect("a month that has moved: --month is named", done.returncode in (1, 2) and
                       "--month" in done.stderr, f"exit {done.returncode} {done.stderr}")
    done = bench.explain(cell, "--month", scratch / "moved")
    bench.suite.expect("--month finds it again", done.returncode == 0, done.stderr)


def serve_month(bench, server):
    """Imported and run over HTTP."""
    client = bench.client = served.Client(server)
    client.ask("POST", "/api/v1/setup", {"token": server.token, "username": "fin",
                                         "password": served.PASSWORD})
    client.log_in()
    upload = client.upload(bench.month, bench.rules)
    for path, body, key in (("/api/v1/imports", {"upload": upload}, "import-explain"),
                            ("/api/v1/runs", {"period": bench.month.name}, "run-explain")):
        _, job = client.post_job(path, body, key)
        ended = client.wait(job["job"])
        if not bench.suite.expect(f"{path} is done", ended["state"] == "done", ended):
            raise SystemExit(1)


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu, scratch)
    scratch.chmod(0o755)
    server = served.Server(sys.argv[1], scratch / "data")
    try:
        serve_month(bench, server)
        judge_departments(bench)
        judge_transfers(bench)
        judge_pools(bench)
        judge_patients(bench)
        judge_cases(bench)
        judge_reasons(bench)
        judge_bonus(bench)
        judge_same_on_command_line(bench)
        judge_words(bench)
        judge_refusals(bench, scratch)
        judge_other_folders(bench, scratch)
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
