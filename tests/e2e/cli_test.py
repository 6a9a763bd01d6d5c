"""Why this file: the command line is a promise to scripts and people: help, exit codes, refusals
that touch nothing, the list of findings, and a demonstration that is the same bytes for a seed.

usage: cli_test.py YUANLIU YUANLIU_VERIFY
"""
import collections
import datetime
import pathlib
import re
import sys

import hospital

COMMANDS = ("compute", "explain", "demo", "findings")
FINDING_LIST = pathlib.Path(__file__).parents[2] / "costing" / "base" / "finding.hpp"


def refused(done, *words):
    """Exit 2 and words on stderr; nothing that looks like a crash."""
    return (done.returncode == 2 and all(word in done.stderr for word in words) and
            "internal" not in done.stderr and done.stdout == "")


def said(done):
    return f"exit {done.returncode}\n{done.stdout[-500:]}{done.stderr[-1500:]}"


def judge_help(suite, yuanliu, verify):
    done = yuanliu.run("--help")
    suite.expect("--help names every command, exit 0", done.returncode == 0 and
                 all(command in done.stdout for command in COMMANDS), said(done))
    for command in COMMANDS:
        done = yuanliu.run(command, "--help")
        suite.expect(f"{command} --help, exit 0", done.returncode == 0 and done.stdout, said(done))
    done = yuanliu.run("explain", "--help")
    suite.expect("explain --help says how a cell is written",
                 "department:CODE[:COST_ITEM[:FUND_SOURCE]]" in done.stdout and
                 "pool:DEPARTMENT:KIND" in done.stdout and "patient:ENCOUNTER" in done.stdout,
                 said(done))
    for name, arguments in (("no command", ()), ("unknown command", ("count",)),
                            ("unknown option", ("findings", "--loud")),
                            ("missing argument", ("compute",)),
                            ("unknown size", ("demo", "x", "--size", "huge")),
                            ("zero months", ("demo", "x", "--months", "0")),
                            ("newest is no month", ("demo", "x", "--newest", "2026-13")),
                            ("unknown language", ("findings", "--lang", "fr")),
                            ("negative threads", ("compute", "m", "--rules", "r", "--out", "o",
                                                  "--threads", "-1"))):
        done = yuanliu.run(*arguments)
        suite.expect(f"{name}: exit 2 and a sentence", done.returncode == 2 and
                     len(done.stderr) > 20, said(done))
    done = verify.run()
    suite.expect("verifier without arguments: exit 2", done.returncode == 2, said(done))


def judge_out(suite, yuanliu, scratch):
    month = yuanliu.demo(scratch / "demo")[0]
    rules = scratch / "demo" / "rules"
    out = scratch / "result"
    suite.expect("compute writes a result",
                 yuanliu.compute(month, rules, out).returncode == 0 and
                 (out / "certificate.json").exists())
    before = hospital.tree(out)
    done = yuanliu.compute(month, rules, out)
    suite.expect("an existing --out without --replace is refused, untouched",
                 refused(done, "--replace") and hospital.tree(out) == before, said(done))
    done = yuanliu.compute(month, rules, out, "--replace")
    suite.expect("with --replace it is replaced by the same result", done.returncode == 0 and
                 hospital.result_tables(out) == {name: value for name, value in before.items()
                                                 if name not in hospital.RUN_FILES}, said(done))
    done = yuanliu.compute(month, rules, str(out) + "/", "--replace")
    suite.expect("a slash at the end of --out is no matter", done.returncode == 0, said(done))
    for name, target in (("a folder that is no result", month),
                         ("a file", rules / "costing.toml")):
        before = hospital.tree(scratch / "demo")
        done = yuanliu.compute(month, rules, target, "--replace")
        suite.expect(f"--out is {name}: refused, untouched",
                     refused(done, "not a result folder") and
                     hospital.tree(scratch / "demo") == before, said(done))
    (scratch / "empty").mkdir()
    done = yuanliu.compute(month, rules, scratch / "empty", "--replace")
    suite.expect("an empty folder may be replaced", done.returncode == 0, said(done))
    done = yuanliu.compute(month, rules, scratch / "deep" / "er" / "result")
    suite.expect("folders above --out are made", done.returncode == 0 and
                 (scratch / "deep" / "er" / "result" / "certificate.json").exists(), said(done))
    done = yuanliu.run("compute", month.resolve(), "--rules", rules.resolve(), "--out", "bare",
                       folder=scratch)
    suite.expect("--out may be a bare name", done.returncode == 0 and
                 (scratch / "bare" / "certificate.json").exists(), said(done))
    left = [path.name for path in scratch.iterdir()]
    suite.expect("no temporary folder is left", not [n for n in left if ".new" in n or ".old" in n],
                 left)
    for name, folders in (("month", (scratch / "nowhere", rules)),
                          ("rules", (month, scratch / "nowhere"))):
        missing = yuanliu.compute(*folders, scratch / "none")
        suite.expect(f"a {name} folder that is not there: exit 2, named",
                     refused(missing, f"{name} folder does not exist: {scratch / 'nowhere'}") and
                     not (scratch / "none").exists(), said(missing))
    judge_report(suite, out)
    for sheet in ("visits", "bed_days"):
        judge_care(suite, month, out, sheet)
    done = yuanliu.run("compute", month, "--rules", rules, "--out", scratch / "zh", "--lang", "zh")
    suite.expect("--lang zh speaks Chinese", done.returncode == 0 and "结果" in done.stdout and
                 "未知就诊" in done.stderr, said(done))


def judge_report(suite, out):
    """The tables for people say the same as the canonical ones."""
    for file in ("groups", "departments", "visits", "bed_days"):
        suite.expect(f"report/{file}.csv begins with a byte order mark",
                     (out / "report" / f"{file}.csv").read_bytes().startswith(b"\xef\xbb\xbf"))
    rows = hospital.read_table(out / "report" / "departments.csv")
    columns = list(rows[0])[3:]
    sums = [sum(hospital.fen(row[column]) for row in rows[:-1]) for column in columns]
    totals = [hospital.fen(rows[-1][column]) for column in columns]
    costs = hospital.read_table(out / "department_cost.csv")
    full = sum(hospital.fen(row["cost"]) for row in costs if row["kind"] == "full")
    suite.expect("report/departments.csv: columns sum, full cost is that of department_cost.csv",
                 sums == totals and totals[-1] == full == sum(totals[:-1]), f"{sums} {totals}")
    groups = hospital.read_table(out / "report" / "groups.csv")
    profit = hospital.read_table(out / "group_profit.csv")
    margin = "实际盈亏合计(元, 全部资金来源)"
    suite.expect("report/groups.csv: rows and real margins of group_profit.csv",
                 sorted(hospital.fen(row[margin]) for row in groups) ==
                 sorted(hospital.fen(row["real_margin"]) for row in profit))


CATEGORIES = ("staff", "materials", "drugs", "depreciation", "amortization", "risk_fund",
              "other_operating")


def nights(row, period):
    """Days of the month in bed: the day of discharge is none, but a stay of one day is one."""
    first = datetime.date.fromisoformat(period + "-01")
    end = (first + datetime.timedelta(days=31)).replace(day=1)
    admitted = datetime.date.fromisoformat(row["admitted_on"])
    if not row["discharged_on"]:
        return sum(1 for n in range(31) if max(admitted, first) <= first + datetime.timedelta(n) < end)
    left = datetime.date.fromisoformat(row["discharged_on"])
    if admitted == left:
        return 1 if left >= first else 0
    return sum(1 for n in range(31) if admitted <= first + datetime.timedelta(n) < min(left, end))


def judge_care(suite, month, out, sheet):
    """Visits and bed days, derived from patient_cost.csv and the month."""
    kind = {"visits": "outpatient", "bed_days": "inpatient"}[sheet]
    stays = {r["encounter"]: r for r in hospital.read_table(month / "encounters.csv") if r["kind"] == kind}
    count, cost = collections.Counter(), collections.defaultdict(collections.Counter)
    for row in stays.values():
        count[row["department"]] += 1 if kind == "outpatient" else nights(row, month.name)
    for row in hospital.read_table(out / "patient_cost.csv"):
        if row["encounter"] in stays:
            for at in (stays[row["encounter"]]["department"], "全院"):
                cost[at][row["cost_category"]] += hospital.fen(row["cost"])
    count["全院"] = sum(count.values())
    rows = {r["科室编码"]: list(r.values())[2:]
            for r in hospital.read_table(out / "report" / f"{sheet}.csv")}
    expected = {code for code in count | cost if count[code] or any(cost[code].values())}
    wrong = sorted(expected ^ set(rows))
    for code in expected & set(rows):
        number, of = count[code], cost[code]
        whole = sum(of.values())
        each = [whole, whole - of["drugs"], whole - of["drugs"] - of["materials"]]
        derived = [str(number), *(hospital.yuan(of[c]) for c in CATEGORIES), hospital.yuan(whole),
                   *(hospital.yuan((2 * e + number) // (2 * number)) if number else "" for e in each)]
        if rows[code] != derived:
            wrong.append(f"{code}: {rows[code]} instead of {derived}")
    suite.expect(f"report/{sheet}.csv: counts, costs and cost of one of {len(rows)} rows",
                 len(rows) > 3 and not wrong, "\n".join(wrong[:5]))


def judge_findings(suite, yuanliu):
    text = FINDING_LIST.read_text("utf-8")
    codes = re.findall(r"\bX\((\w+)\)", text)
    lines = yuanliu.must("findings").stdout.splitlines()
    listed = {lines[i]: (lines[i + 1], lines[i + 2]) for i in range(0, len(lines) - 2, 3)}
    suite.expect(f"findings lists each of the {len(codes)} codes of the header, in its order",
                 len(codes) > 60 and list(listed) == codes,
                 set(codes) ^ set(listed))
    chinese = re.compile("[一-鿿]")
    bad = [code for code, (en, zh) in listed.items()
           if not en.startswith("  en: ") or not zh.startswith("  zh: ") or len(en) < 20 or
           len(zh) < 12 or chinese.search(en) or not chinese.search(zh) or
           en == f"  en: {code}"]
    suite.expect("every code has words in both languages", not bad, bad)
    slots = [code for code, (en, zh) in listed.items()
             if set(re.findall(r"\{\d\}", en)) != set(re.findall(r"\{\d\}", zh))]
    suite.expect("both languages use the same arguments", not slots, slots)


def judge_demo(suite, yuanliu, scratch):
    for folder, seed in (("a", 5), ("b", 5), ("c", 6)):
        yuanliu.demo(scratch / folder, months=2, seed=seed)
    same, again, other = (hospital.tree(scratch / folder) for folder in "abc")
    suite.expect("demo is the same bytes for the same seed", same == again and len(same) > 40)
    suite.expect("demo differs for another seed", same != other)
    suite.expect("demo of another seed has the same files", set(same) == set(other))
    done = yuanliu.run("demo", scratch / "a", "--seed", 5)
    suite.expect("demo into a folder that is not empty is refused, untouched",
                 refused(done, "not empty") and hospital.tree(scratch / "a") == same, said(done))
    (scratch / "file").write_text("a")
    done = yuanliu.run("demo", scratch / "file")
    suite.expect("demo into a file is refused", refused(done, "file"), said(done))


def test(suite, yuanliu, verify, scratch):
    judge_help(suite, yuanliu, verify)
    judge_out(suite, yuanliu, scratch)
    judge_findings(suite, yuanliu)
    judge_demo(suite, yuanliu, scratch)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
