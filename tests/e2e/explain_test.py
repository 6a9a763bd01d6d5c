"""Why this file: an explanation that does not sum to the figure it explains is worse than none. The
parts that `yuanliu explain` prints are added up here and compared with the result's tables.

usage: explain_test.py YUANLIU YUANLIU_VERIFY
"""
import collections
import re
import shutil
import subprocess
import sys

import hospital
from hospital import fen

DEPARTMENT_PART = re.compile(r"^ {2} *(-?[\d,]+\.\d\d)  (ledger|from) (.*)$")
POOL_SHARE = re.compile(r"^ {2} *(-?[\d,]+\.\d\d)  (\S+) .* · (service|drug|material): weight")
CELL_SUM = re.compile(r"^  direct (\S+) \+ received (\S+) \+ sent (\S+) = full (\S+)$")
STAY_SUM = re.compile(r"^  this month (\S+) \+ opening \(earlier months\) (\S+) = "
                      r"whole stay (\S+)$")

ORIGINS = re.compile(r"^  by origin: direct (\S+) \+ public (\S+) \+ administrative (\S+) \+ "
                     r"auxiliary (\S+) \+ medical_technology (\S+) = (\S+)$")
NEXT_COMMAND = re.compile(r"^ +> (.* explain .* --cell \S+)$")
ENGLISH_WORDS = re.compile(r"\b(basic|fiscal_project|research|teaching|direct|public|administrative|"
                           r"auxiliary|medical_technology|visit|discharged|in_hospital)\b")


class Bench:
    def __init__(self, suite, yuanliu, scratch):
        self.suite = suite
        self.yuanliu = yuanliu
        self.month = yuanliu.demo(scratch / "demo", months=2)[-1]
        self.rules = scratch / "demo" / "rules"
        self.result = scratch / "result"
        yuanliu.must("compute", self.month, "--rules", self.rules, "--out", self.result)
        self.costs = hospital.read_table(self.result / "department_cost.csv")
        self.transfers = hospital.read_table(self.result / "transfers.csv")
        self.pools = hospital.read_table(self.result / "pools.csv")
        self.patients = hospital.read_table(self.result / "patients.csv")

    def explain(self, cell, *options):
        return self.yuanliu.run("explain", self.result, "--cell", cell, "--lang", "en", *options)

    def cell_sums(self, parts):
        """department_cost.csv summed by kind over what the cell covers."""
        keys = dict(zip(("department", "cost_item", "fund_source"), parts))
        sums = collections.Counter()
        for row in self.costs:
            if keys.items() <= row.items():
                sums[row["kind"]] += fen(row["cost"])
        return sums


def judge_department(bench, *parts):
    cell = "department:" + ":".join(parts)
    done = bench.explain(cell)
    printed = collections.Counter()
    seen = collections.Counter()
    for line in done.stdout.splitlines():
        if found := DEPARTMENT_PART.match(line):
            printed[found[2]] += fen(found[1])
            seen[found[2]] += 1
    last = [m for m in map(CELL_SUM.match, done.stdout.splitlines()) if m]
    judge_origins(bench, cell, done.stdout.splitlines(), sum(printed.values()))
    table = bench.cell_sums(parts)
    shown = tuple(map(fen, last[0].groups())) if len(last) == 1 else ()
    holds = (done.returncode == 0 and printed["ledger"] == table["direct"] and
             printed["from"] == table["received"] and
             shown == tuple(table[k] for k in ("direct", "received", "sent", "full")) and
             table["direct"] + table["received"] + table["sent"] == table["full"])
    bench.suite.expect(f"{cell}: {seen['ledger']} ledger lines and {seen['from']} transfers sum to "
                       f"department_cost.csv", holds and sum(seen.values()) > 0,
                       f"exit {done.returncode} {printed} {table} {shown}\n{done.stderr}")


def judge_origins(bench, cell, lines, total):
    """The subtotals by origin sum to what was printed."""
    found = [m for m in map(ORIGINS.match, lines) if m]
    parts = tuple(map(fen, found[0].groups())) if len(found) == 1 else (1, 0)
    bench.suite.expect(f"{cell}: subtotals by origin sum", sum(parts[:-1]) == parts[-1] == total,
                       f"{parts} {total}")


def judge_pool(bench, row, *options):
    cell = f"pool:{row['department']}:{row['pool']}"
    done = bench.explain(cell, *options)
    lines = done.stdout.splitlines()
    parts = [fen(m[1]) for m in map(DEPARTMENT_PART.match, lines)
             if m and re.match(r"^.{18}  \S", m[0])]
    bench.suite.expect(f"{cell} {' '.join(options)}: {len(parts)} parts sum to pools.csv",
                       done.returncode == 0 and parts and sum(parts) == fen(row["cost"]),
                       f"exit {done.returncode} {sum(parts)} {row['cost']}\n{done.stderr}")
    judge_origins(bench, cell, lines, fen(row["cost"]))


def judge_pools(bench):
    chosen = {}
    for row in bench.pools:
        chosen.setdefault((row["department"][0], row["pool"]), row)
    for row in chosen.values():
        judge_pool(bench, row)
    judge_pool(bench, next(row for row in bench.pools if row["pool"] == "service"), "--depth", "2")


def judge_words(bench):
    """Chinese views speak Chinese, and the commands that a patient's view prints work."""
    patient = next(row for row in bench.patients
                   if fen(row["month_cost"]) > 0 and fen(row["opening_cost"]) > 0)
    done = bench.explain("patient:" + patient["encounter"])
    bench.suite.expect("an opening is said to be opened in the month before",
                       "on the result of the month before" in done.stdout, done.stdout[-300:])
    commands = [m[1] for m in map(NEXT_COMMAND.match, done.stdout.splitlines()) if m]
    again = subprocess.run(commands[0], shell=True, capture_output=True, text=True, check=False)
    bench.suite.expect(f"each of {len(commands)} pools has its command, and the first one opens it",
                       again.returncode == 0 and "by origin: " in again.stdout,
                       f"{commands[:1]}\n{again.stderr}")
    pool = bench.pools[0]
    for cell in ("patient:" + patient["encounter"], "department:" + pool["department"],
                 f"pool:{pool['department']}:{pool['pool']}"):
        done = bench.yuanliu.run("explain", bench.result, "--cell", cell, "--lang", "zh")
        said = [line for line in done.stdout.splitlines() if ENGLISH_WORDS.search(line)]
        bench.suite.expect(f"{cell} --lang zh: no English word of the lists",
                           done.returncode == 0 and not said, said[:3])
    done = bench.yuanliu.run("explain", bench.result, "--cell", "doctor:X", "--lang", "zh")
    bench.suite.expect("refused in Chinese", done.returncode == 2 and "写法不对" in done.stderr,
                       done.stderr)


def judge_excluded(bench):
    code = next((row["department"] for row in hospital.read_table(bench.month / "departments.csv")
                 if row["class"] == "excluded"), None)
    if code:
        done = bench.explain("department:" + code)
        bench.suite.expect("an excluded department is opened with words", done.returncode == 0 and
                           "kept out of cost" in done.stdout and "ledger" not in
                           done.stdout.replace("ledger lines", ""), done.stdout + done.stderr)


def judge_depth(bench, department):
    """One level deeper the upper level still sums to the same."""
    done = bench.explain("department:" + department, "--depth", "2")
    upper = [line for line in done.stdout.splitlines() if DEPARTMENT_PART.match(line) and
             len(line) - len(line.lstrip()) < 22 and re.match(r"^.{18}  \S", line)]
    total = sum(fen(DEPARTMENT_PART.match(line)[1]) for line in upper)
    table = bench.cell_sums((department,))
    lines = len(done.stdout.splitlines())
    bench.suite.expect(f"department:{department} --depth 2: the upper level sums to the same",
                       done.returncode == 0 and total == table["direct"] + table["received"] and
                       lines > len(upper) + 2, f"{total} {table} of {len(upper)} in {lines} lines")


def judge_patient(bench, row):
    done = bench.explain("patient:" + row["encounter"])
    lines = done.stdout.splitlines()
    shares = [fen(m[1]) for m in map(POOL_SHARE.match, lines) if m]
    last = [m for m in map(STAY_SUM.match, lines) if m]
    expected = tuple(fen(row[column]) for column in ("month_cost", "opening_cost", "cost"))
    shown = tuple(map(fen, last[0].groups())) if len(last) == 1 else ()
    bench.suite.expect(f"patient:{row['encounter']} ({row['status']}): {len(shares)} pool shares "
                       "sum to patients.csv",
                       done.returncode == 0 and sum(shares) == expected[0] and shown == expected,
                       f"exit {done.returncode} {shares} {shown} {expected}\n{done.stderr}")


def judge_cells(bench):
    classes = {row["department"]: row["class"]
               for row in hospital.read_table(bench.month / "departments.csv")}
    senders = {row["sender"] for row in bench.transfers}
    chosen = {}
    for department, kind in classes.items():
        chosen.setdefault(kind, department)
    for kind in ("clinical", "medical_technology", "administrative", "auxiliary", "public"):
        judge_department(bench, chosen[kind])
    sender = next(code for code in classes if code in senders)
    clinical = chosen["clinical"]
    items = {row["cost_item"]: row["fund_source"] for row in bench.costs
             if row["department"] == clinical and row["kind"] == "direct"}
    for item, fund in list(items.items())[:3]:
        judge_department(bench, clinical, item)
        judge_department(bench, clinical, item, fund)
    item = next(row["cost_item"] for row in bench.costs if row["department"] == sender)
    judge_department(bench, sender, item)
    funds = {row["fund_source"] for row in bench.costs}
    if len(funds) > 1:
        row = next(row for row in bench.costs if row["fund_source"] != "basic")
        judge_department(bench, row["department"], row["cost_item"], row["fund_source"])
    judge_depth(bench, clinical)


def judge_patients(bench):
    by_status = collections.defaultdict(list)
    for row in bench.patients:
        by_status[row["status"]].append(row)
    for rows in by_status.values():
        for row in (rows[0], rows[len(rows) // 2], rows[-1]):
            judge_patient(bench, row)
    opened = next(row for row in bench.patients if fen(row["opening_cost"]) > 0)
    judge_patient(bench, opened)


def judge_refusals(bench, scratch):
    for name, cell, word in (
            ("unknown department", "department:X999", "X999"),
            ("unknown patient", "patient:X999", "X999"),
            ("unknown cost item", f"department:{bench.costs[0]['department']}:X999", "X999"),
            ("unknown fund source", f"department:{bench.costs[0]['department']}:"
             f"{bench.costs[0]['cost_item']}:gold", "gold"),
            ("pool of an unknown department", "pool:X999:service", "X999"),
            ("unknown kind of pool", f"pool:{bench.pools[0]['department']}:gold", "gold"),
            ("pool without a kind", f"pool:{bench.pools[0]['department']}", "pool"),
            ("unknown kind of cell", "doctor:S00001", "patient:ENCOUNTER"),
            ("cell without a code", "department", "department:CODE")):
        done = bench.explain(cell)
        bench.suite.expect(f"{name}: exit 2 and a sentence", done.returncode == 2 and
                           word in done.stderr and done.stderr.startswith("error: ") and
                           done.stdout == "", f"exit {done.returncode} {done.stderr}")
    done = bench.yuanliu.run("explain", scratch / "demo", "--cell", "patient:X")
    bench.suite.expect("a folder that is no result: exit 2 and a sentence", done.returncode == 2 and
                       "result folder" in done.stderr, f"exit {done.returncode} {done.stderr}")
    cell = "patient:" + bench.patients[0]["encounter"]
    changed = hospital.Folder(scratch / "changed", bench.month, bench.rules)
    row = changed.find("ledger.csv", "first", {})[0][1]
    changed.cell("ledger.csv", {}, "amount", hospital.yuan(fen(row["amount"]) + 1))
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


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu, scratch)
    judge_cells(bench)
    judge_patients(bench)
    judge_pools(bench)
    judge_words(bench)
    judge_excluded(bench)
    judge_refusals(bench, scratch)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
