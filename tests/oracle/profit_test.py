"""Why this file: every cell and title of the reports on profit, on two months of the demonstration hospital of a
county and on random small hospitals, is derived again from the result tables and the month's files by
docs/profit.md alone; and what must be refused is refused, all of it at once.

usage: profit_test.py YUANLIU YUANLIU_VERIFY [FIRST_SEED COUNT]
"""
import csv
import io
import pathlib
import random
import re
import shutil
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "e2e"))
import hospital
import sample
from profit_books import ProfitBooks, groups_of
from profit_hospitals import ProfitHospital
from profit_sheets import BY, ProfitSheets, signed
from report_sheets import each, fen, rows_of, sections_of, yuan

SEEDS = 10  # from the first, of which every situation is met; a sample of them is what the sanitizers take
FIRST_SEED = 16
SITUATIONS = ("引 (引进发展)", "调 (调整)", "退 (退出)", "保持", "观察", "无保本点 (单位边际 ≤ 0)", "已保本", "未保本", "无值", "无标杆构成",
              "高权重·盈利: 发展", "高权重·亏损: 控成本", "低权重·盈利: 维持", "低权重·亏损: 评估", "高量·盈利: 保持", "高量·亏损: 改进路径",
              "低量·盈利: 增量", "低量·亏损: 评估", "无支付, 不分", "(未填主治医师)", "evidence")


def parsed(text):
    """Title and sections of a report in CSV; a section without rows is its header alone."""
    return next(csv.reader(io.StringIO(text.lstrip("\ufeff"))))[0], [s[1:] for s in sections_of(text)]


def differences(found, expected):
    if found[0] != expected[0]:
        yield f"printed {found[0]}\nderived {expected[0]}"
    if len(found[1]) != len(expected[1]):
        yield f"{len(found[1])} sections, derived {len(expected[1])}"
    for number, (section, rows) in enumerate(zip(found[1], expected[1]), start=1):
        if len(section) != len(rows):
            yield f"section {number}: {len(section)} rows, derived {len(rows)}"
        for left, right in zip(section, rows):
            if left != list(right):
                yield f"section {number}:\nprinted {left}\nderived {list(right)}"


class Bench:
    def __init__(self, suite, yuanliu):
        self.suite, self.yuanliu, self.cells, self.reports, self.seen = suite, yuanliu, 0, 0, set()

    def report(self, result, *options):
        return self.yuanliu.run("report", result, "--lang", "zh", "--format", "csv", *options)

    def judge(self, name, result, expected, *options):
        done = self.report(result, *options)
        if done.returncode != 0:
            return self.suite.expect(f"{name} is printed", False, done.stderr)
        wrong = list(differences(parsed(done.stdout), expected))
        self.cells += sum(len(row) for section in expected[1] for row in section)
        self.reports += 1
        self.seen |= {cell for section in expected[1] for row in section for cell in row}
        self.seen |= {"evidence"} if "low-weight" in options and expected[1][0] else set()
        return not wrong or self.suite.expect(f"{name}: every cell is derived again", False, "\n".join(wrong[:3]))

    def all_kinds(self, name, result, sheets, scope, departments):
        good = [self.judge(f"{name} profit by {by}", result, sheets.profit(by), "--kind", "profit", "--by", by, "--scope", scope) for by in BY]
        plain = {"structure": sheets.structure, "group-advice": sheets.advice, "low-weight": sheets.low_weight, "ratio-cases": sheets.ratio}
        good += [self.judge(f"{name} {kind}", result, derive(), "--kind", kind, "--scope", scope) for kind, derive in plain.items()]
        for code in departments:
            for kind, derive in (("group-sheet", sheets.group_sheet), ("ratio-cases", sheets.ratio)):
                good.append(self.judge(f"{name} {kind} {code}", result, derive(code), "--kind", kind, "--department", code, "--scope", scope))
        return all(good)


# ---- several months --------------------------------------------------------------------------------


def dip_of(result):
    """(period, {group: [cases, charge, payment, cost]}) of the DIP rows of a result."""
    groups = {r["group"]: [int(r["cases"]), *(fen(r[k]) for k in ("charge", "payment", "cost"))]
              for r in rows_of(result / "group_profit.csv") if r["basis"] == "dip"}
    return hospital.read_json(result / "certificate.json")["period"], groups


def follows(before, now):
    (y, m), (year, month) = (map(int, p.split("-")) for p in (before, now))
    return 12 * y + m + 1 == 12 * year + month


def trend(results, names, months):
    """Of results in order of month. Alerts look back to the first gap."""
    data = [dip_of(r) for r in results]
    start = max([i for i in range(1, len(data)) if not follows(data[i - 1][0], data[i][0])], default=0)
    sums = [[sum(g[i] for g in groups.values()) for i in range(4)] for _, groups in data]
    first, second, third = [], [], []
    for i, ((period, _), (n, charge, payment, cost)) in enumerate(zip(data, sums)):
        before = sums[i - 1] if i and follows(data[i - 1][0], period) else None
        first.append([period, str(n), each(charge, n), each(payment, n), each(cost, n), yuan(payment - charge),
                      yuan(payment - charge - (before[2] - before[1])) if before else "", yuan(payment - cost),
                      yuan(payment - cost - (before[2] - before[3])) if before else ""])
    for code in sorted(data[-1][1], key=lambda c: c.encode()):
        over = []
        for at in (1, 3):
            lasting = 0
            for _, groups in reversed(data[start:]):
                if code in groups and groups[code][at] <= groups[code][2]:
                    break
                lasting += code in groups
            over.append(lasting)
        n, charge, payment, cost = data[-1][1][code]
        if max(over) >= months:
            second.append([names[code], *map(str, over), str(n), each(charge, n), each(payment, n), each(cost, n), yuan(payment - charge),
                           yuan(payment - cost)])
    none, (before, now) = [0] * 4, ((data[-2] if len(data) > 1 else data[-1])[1], data[-1][1])
    for code in sorted(set(before) | set(now), key=lambda c: c.encode()):
        third.append(change_row(names[code], before.get(code, none), now.get(code, none)))
    third.append(change_row("DIP 合计", sums[-2] if len(sums) > 1 else none, sums[-1]))
    _, charge, payment, cost = sums[-1]
    title = (f"病组盈亏趋势与预警: {len(data)} 个月, 连续 {months} 个月以上超标准的病组 {len(second)} 个; 本月 DIP 政策盈亏 "
             f"{signed(payment - charge)} 元, 实际盈亏 {signed(payment - cost)} 元")
    return title, [first, second, third] if len(data) > 1 else [first, second]


def alert_settings(scratch, months):
    path = scratch / "alert.toml"
    path.write_text(f'schema = "yuanliu.analysis/1"\nversion = "t"\n[alert]\nmonths = {months}\n', "utf-8")
    return path


def change_row(name, a, b):
    return [name, str(a[0]), str(b[0]), each(a[1], a[0]), each(b[1], b[0]), each(a[3], a[0]), each(b[3], b[0]), yuan(a[2] - a[1]),
            yuan(b[2] - b[1]), yuan(a[2] - a[3]), yuan(b[2] - b[3]), yuan(b[2] - b[3] - a[2] + a[3])]


def computed(bench, scratch, size, months, last):
    """Results of a demonstration hospital, oldest first, with its months and rules; of its last months only."""
    folder = scratch / size
    months = bench.yuanliu.demo(folder, size=size, months=months)
    results = [scratch / f"{size}-{month.name}" for month in months]
    for month, result in list(zip(months, results))[-last:]:
        done = bench.yuanliu.compute(month, folder / "rules", result)
        if done.returncode != 0:
            raise SystemExit(f"{month} is not computed: {done.stderr}")
    return months, results, folder / "rules"


def judge_county(bench, scratch):
    """The second month: its stays have openings, its rules attributes of cost and a catalogue of groups. What is printed of
    one case list is judged on it, the other kinds on small hospitals, some of which have a catalogue too."""
    months, results, rules = computed(bench, scratch, "county", 2, last=1)
    books = ProfitBooks(results[-1], months[-1], rules)
    department = max(books.departments, key=lambda d: (sum(c["department"] == d for c in books.cases), d))
    sheets = ProfitSheets(books)
    good = [bench.judge("county by group", results[-1], sheets.profit("group"), "--kind", "profit", "--by", "group"),
            bench.judge("county ratio-cases", results[-1], sheets.ratio(), "--kind", "ratio-cases"),
            bench.judge("county group-advice", results[-1], sheets.advice(), "--kind", "group-advice"),
            bench.judge("county group-sheet", results[-1], sheets.group_sheet(department), "--kind", "group-sheet", "--department", department)]
    bench.suite.expect("county: every cell and title of four reports is derived again", all(good))
    kinds = {k: sum(c["deviation"] == k for c in books.dip) for k in ("low", "normal", "high")}
    bench.suite.expect("county: has low, normal and high cases, openings and contribution", all(kinds.values()) and not books.no_variable
                       and any(c["sums"].parts[-1] for c in books.dip), kinds)
    own = {r["group"] for r in rows_of(months[-1] / "dip_catalogue.csv")}
    bench.suite.expect("county: cases are in groups that only the catalogue of the rules has",
                       any(c["group"] not in own for c in books.dip if not c["group"].startswith("~")))


def judge_rules(bench, scratch, result, rules):
    """Groups are those of the rules of the result, of no others; the trend has one scope."""
    other = scratch / "other-rules"
    shutil.copytree(rules, other)
    with open(other / "dip" / "scores.csv", "a", encoding="utf-8") as stream:
        stream.write("ZZZ,1,1,1\n")
    for kind in ("profit", "ratio-cases", "profit-trend"):
        done = bench.report(result, "--kind", kind, "--rules", other)
        bench.suite.expect(f"{kind} by other catalogues than those of the result is refused, with the mend",
                           done.returncode == 1 and "grouping.toml" in done.stderr and "--rules" in done.stderr and not done.stdout, done.stderr)
    done = bench.report(result, "--kind", "profit-trend", "--scope", "medical")
    bench.suite.expect("a trend at another scope is refused", done.returncode == 2 and "hospital_full" in done.stderr, done.stderr)
    names = {g: f"{r['name']} {g}" for g, r in groups_of(None, rules).items()}
    settings = alert_settings(scratch, 1)
    good = bench.judge("trend of one month", result, trend([result], names, 1), "--kind", "profit-trend", "--analysis", settings,
                       "--scope", "hospital_full")
    bench.suite.expect("a trend of one month names its groups by the catalogues", good)


def judge_clinic(bench, scratch):
    months, results, rules = computed(bench, scratch, "clinic", 4, last=4)
    books = ProfitBooks(results[-1], months[-1], rules)
    good = bench.all_kinds("clinic", results[-1], ProfitSheets(books, "hospital_full"), "hospital_full", [])
    bench.suite.expect("clinic, full hospital cost: every cell is derived again", good)
    names = {g: f"{r['name']} {g}" for g, r in books.catalogue.items()}
    wrong, alerts = [], 0
    # The order in which results are named does not matter; before the gap (0, then 2 and 3) nothing is counted.
    for limit, named in ((3, (0, 1, 2)), (2, (2, 0, 1)), (1, (2,)), (1, (0, 2)), (2, (2, 0))):
        settings = alert_settings(scratch, limit)
        expected = trend([results[i] for i in (*sorted(named), 3)], names, limit)
        alerts += len(expected[1][1])
        if not bench.judge(f"trend {named}, alert after {limit}", results[3], expected, "--kind", "profit-trend", "--analysis", settings,
                           "--earlier", *(results[i] for i in named)):
            wrong.append((limit, named))
    bench.suite.expect(f"trends of up to four months, with and without a gap; {alerts} alerts", not wrong and alerts > 0, wrong)
    return results


def judge_forms(bench, result):
    """Text, page and English carry the same finding, and the line about pay."""
    page = bench.yuanliu.run("report", result, "--kind", "profit", "--by", "group", "--format", "html", "--lang", "zh").stdout
    text = bench.yuanliu.run("report", result, "--kind", "group-advice", "--lang", "en").stdout
    bench.suite.expect("the page has the title and A4", "病组盈亏表: DIP" in page and "A4 landscape" in page)
    bench.suite.expect("English words say that nobody is paid by it", text.startswith("Advice on groups: of ")
                       and text.count("Nobody is paid by this sheet") == 3 and not re.search(r"[\u4e00-\u9fff]", text.split("hospital:")[0]))


# ---- what is refused -------------------------------------------------------------------------------


def judge_refusals(bench, scratch, results):
    copy = scratch / "altered"
    shutil.copytree(results[-1], copy)
    table = copy / "cases.csv"
    table.write_text(table.read_text("utf-8").replace(".0", ".1", 1), "utf-8")
    done = bench.report(copy, "--kind", "profit")
    bench.suite.expect("an altered result is refused", done.returncode == 1 and "cases.csv" in done.stderr and not done.stdout, done.stderr)

    bad = scratch / "analysis.toml"
    bad.write_text('schema = "yuanliu.analysis/1"\nversion = "1"\n'
                   '[[weight_band]]\nfrom = "0.1"\nto = "0.5"\n[[weight_band]]\nfrom = "0.6"\nto = "1"\n'
                   '[[weight_band]]\nfrom = "0.9"\nto = "2"\n[[weight_band]]\nfrom = "2"\nto = "5"\n'
                   '[quadrants]\nweight = "mean"\nvolume = "median"\n[advice]\nfew_cases = 0\nbring_in_margin_rate = 0.05\n'
                   'bring_in_weight = "1"\ngive_up_margin_rate = "-0.3"\ngive_up_weight = "0.5"\n[alert]\n[insurer]\ncases = 3\nover = "0.1"\nx = 1\n',
                   "utf-8")
    done = bench.yuanliu.run("report", results[-1], "--kind", "structure", "--analysis", bad, "--lang", "en")
    wanted = ["the first band begins at 0.1", "the band begins at 0.6, above the end", "the band begins at 0.9, below the end",
              "the last band ends at 5", '"mean" is no threshold', "margin_rate", "few_cases",
              "bring_in_margin_rate", "months", "insurer.x"]
    missing = [w for w in wanted if w not in done.stderr]
    bench.suite.expect("all that is wrong with analysis.toml is said at once", done.returncode == 1 and not missing and not done.stdout,
                       f"{missing}\n{done.stderr}")

    done = bench.report(results[0], "--kind", "profit-trend", "--earlier", results[0], results[1], results[2], scratch / "other")
    wanted = ["最新结果属于", "出现两次", "晚于本表月份"]
    bench.suite.expect("other hospitals, months twice and later months are said at once",
                       done.returncode == 1 and all(w in done.stderr for w in wanted), done.stderr)
    done = bench.report(results[-1], "--kind", "group-sheet", "--department", "nowhere")
    bench.suite.expect("a department that is not there is wrong usage", done.returncode == 2 and "nowhere" in done.stderr, done.stderr)
    (scratch / "no-rules").mkdir()
    done = bench.report(results[-1], "--kind", "profit", "--by", "group", "--rules", scratch / "no-rules")
    found = parsed(done.stdout)[1][0] if done.returncode == 0 else []
    blank = [row for row in found if row[9] == "" and row[10] == ""]
    mixed = [row for row in found if "低倍率 0 · 高倍率 0" not in row[1]]
    bench.suite.expect("without the payment rules no formula value is made up for low and high cases",
                       found and blank == mixed and "公式值无法推出" in done.stdout, done.stderr)


def judge_random(bench, scratch, first, count):
    failed = 0
    for seed in range(first, first + count):
        chance = random.Random(seed)
        made = ProfitHospital(chance)
        month, rules = made.write(scratch / f"random-{seed}")
        result = scratch / f"random-{seed}" / "result"
        done = bench.yuanliu.compute(month, rules, result)
        if done.returncode != 0:
            failed += not bench.suite.expect(f"random hospital {seed} computes", False, done.stderr)
            continue
        scope = chance.choice(["medical", "medical_full", "hospital_full"])
        sheets = ProfitSheets(ProfitBooks(result, month, rules), scope, made.settings)
        failed += not bench.all_kinds(f"random hospital {seed}", result, sheets, scope, made.departments[1:2])
    bench.suite.expect(f"{count} random hospitals: every cell is derived again", failed == 0)
    missing = [text for text in SITUATIONS if text not in bench.seen]
    bench.suite.expect("random hospitals meet every advice, break-even, quadrant, and cases without a norm", not missing or count < SEEDS, missing)
    by_catalogue = [n for n in range(first, first + count) if (scratch / f"random-{n}" / "rules" / "grouping.toml").exists()]
    bench.suite.expect("some random hospitals group by catalogues of the rules, some by their own", 0 < len(by_catalogue) < count or count < SEEDS)
    for seed in by_catalogue[:1]:
        judge_rules(bench, scratch, scratch / f"random-{seed}" / "result", scratch / f"random-{seed}" / "rules")
    return scratch / f"random-{first}" / "result"


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu)
    first, count = SEEDS_TAKEN
    other = judge_random(bench, scratch, first, count)
    if sample.takes("the county hospital"):
        judge_county(bench, scratch)
    results = judge_clinic(bench, scratch)
    shutil.copytree(other, scratch / "other")
    judge_forms(bench, results[-1])
    judge_refusals(bench, scratch, results)
    print(f"{bench.cells} cells of {bench.reports} reports derived again")


SEEDS_TAKEN = tuple(int(a) for a in sys.argv[3:5]) or (FIRST_SEED, sample.of(SEEDS))

if __name__ == "__main__":
    del sys.argv[3:]
    sys.exit(hospital.main_of(test, __doc__))
