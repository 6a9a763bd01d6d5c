"""Why this file: every cell of every published report, of three scopes, on the demonstration hospital of a county
and on the textbook months, is derived again from the result tables and the month's files by docs/reports.md alone.

usage: reports_test.py YUANLIU YUANLIU_VERIFY
"""
import collections
import pathlib
import shutil
import sys
from fractions import Fraction

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "e2e"))
import hospital
import layer_steps
import sample
from arithmetic import read_rules
from report_sheets import SCOPES, Books, Sheets, fen, lines_of, rows_of, sections_of, yuan

KINDS = {"direct-cost": Sheets.direct_cost, "full-cost": Sheets.full_cost, "composition": Sheets.composition,
         "transfers": Sheets.transfers, "visits": lambda s: s.units("outpatient"), "bed-days": lambda s: s.units("inpatient")}


def differences(found, expected):
    if len(found) != len(expected):
        yield f"{len(found)} sections, expected {len(expected)}"
    for section, rows in zip(found, expected):
        if len(section) - 1 != len(rows):
            yield f"{len(section) - 1} rows, expected {len(rows)}"
        for left, right in zip(section[1:], rows):
            if left != right:
                yield f"printed {left}\nderived {right}"


class Bench:
    def __init__(self, suite, yuanliu):
        self.suite, self.yuanliu, self.cells = suite, yuanliu, 0

    def judge(self, name, result, month, expected, *options):
        done = self.yuanliu.run("report", result, "--month", month, "--lang", "zh", "--format", "csv", *options)
        if not self.suite.expect(f"{name} is printed", done.returncode == 0, done.stderr):
            return []
        found = sections_of(done.stdout)
        wrong = list(differences(found, expected))
        self.suite.expect(f"{name}: every cell is derived again", not wrong, "\n".join(wrong[:4]))
        self.cells += sum(len(row) for section in expected for row in section)
        return found


def judge_hospital(bench, scratch):
    """Two months of a county hospital, so that the second has a month before; and one of a year before."""
    months = bench.yuanliu.demo(scratch / "demo", size="county", months=2)
    rules, results = scratch / "demo" / "rules", []
    for month in months:
        results.append(scratch / f"result-{month.name}")
        done = bench.yuanliu.compute(month, rules, results[-1])
        bench.suite.expect(f"{month.name} computes", done.returncode == 0, done.stderr)
    now, before = Books(results[1], months[1]), Books(results[0], months[0])
    year = year_before(bench, scratch, months[1], rules)
    for scope in SCOPES:
        sheets = Sheets(now, scope)
        if scope == "medical_business":
            refused = bench.yuanliu.run("report", results[1], "--kind", "attributes", "--scope", scope, "--lang", "en")
            bench.suite.expect("attributes of medical business cost are refused", refused.returncode == 2 and
                               "not kept by origin" in refused.stderr, refused.stderr)
        elif scope != "medical_full":
            found = bench.judge(f"attributes {scope}", results[1], months[1], sheets.attributes(), "--kind", "attributes", "--scope", scope)
            bench.suite.expect(f"attributes {scope}: what is not controllable names its base", [
                [title for title in section[0] if title.endswith("可控") or "可控占" in title] for section in found] == [
                ["可控性 可控", f"可控性 {base}中不可控", f"占比 可控占{base} %"] for base in ("归集成本", "直接成本")], found and found[0][0])
        for kind, derive in KINDS.items():
            bench.judge(f"{kind} {scope}", results[1], months[1], derive(sheets), "--kind", kind, "--scope", scope)
        for code in ("C002", "C030", "M001", "B001", "A003", "P001") if scope == "hospital_full" else ("C002", "A003"):
            bench.judge(f"department {code} {scope}", results[1], months[1], sheets.department(code, before, year[1]),
                        "--kind", "department", "--department", code, "--before", results[0], "--year-before", year[0],
                        "--scope", scope)
        judge_scopes(bench, now, scope)
    judge_layers(bench, results[1], months[1], rules, ["hospital_full"], is_small=False)
    return months[1], rules


def judge_layers(bench, result, month, rules, scopes, is_small=True):
    """The layers in whole fen; those of an origin are that origin's full cost; and fractions lie close by (of small
    hospitals: those of sixty thousand transfers have denominators of thousands of digits)."""
    books, plan = Books(result, month), read_rules(rules, "allocation")
    found = layer_steps.follow(books.costs, books.transfers, plan, books.departments)
    name = f"{result.name} layers"
    for scope in scopes:
        printed = bench.judge(f"{name} {scope}", result, month, Sheets(books, scope).layers(found), "--kind", "layers", "--scope", scope,
                              "--rules", rules)
        own_and_public_make_direct(bench, f"{name} {scope}", printed, Sheets(books, scope))
    by_origin, full, count = collections.Counter(), collections.Counter(), collections.Counter()
    for (d, item, fund), layers in found.items():
        for (origin, _), amount in layers.items():
            by_origin[(d, item, fund, origin)] += amount
    for row in books.costs:
        if row["kind"] == "full":
            full[(row["department"], row["cost_item"], row["fund_source"], row["origin"])] += fen(row["cost"])
    for t in books.transfers:
        count[(t["cost_item"], t["fund_source"])] += 1
    wrong = [key for key in by_origin | full if by_origin[key] != full[key]]
    bench.suite.expect(f"{name}: those of an origin are its full cost", not wrong and by_origin, wrong[:5])
    if not is_small:
        return
    exact = layer_steps.follow(books.costs, books.transfers, plan, books.departments, layer_steps.exact_shares)
    far = [(key, layer) for key in found.keys() | exact.keys() for layer in found.get(key, {}).keys() | exact.get(key, {}).keys()
           if abs(found.get(key, {}).get(layer, 0) - exact.get(key, {}).get(layer, Fraction(0))) > 1 + count[key[1:]] // 10]
    bench.suite.expect(f"{name}: close to what fractions give", not far, far[:5])


def own_and_public_make_direct(bench, name, printed, sheets):
    """Where nothing is passed on, 直接成本(不含公共) and all layers of public cost are the direct cost of the other reports."""
    header, books = printed[0][0], sheets.books
    columns = [i for i, title in enumerate(header) if title == "直接成本(不含公共)" or title.endswith("公共费用")]
    rows = {row[0]: sum(fen(row[i]) for i in columns) for row in printed[0][1:]}
    kept = [d for d in books.departments if sheets.total.passed(books, d) == 0 and books.title(d) in rows]
    wrong = [(d, rows[books.title(d)], sheets.total.direct(books, d)) for d in kept
             if rows[books.title(d)] != sheets.total.direct(books, d)]
    bench.suite.expect(f"{name}: direct without public, and public, make direct cost", kept and "直接成本" not in header and not wrong,
                       f"{header} {wrong[:3]}")


def year_before(bench, scratch, last, rules):
    """The same hospital a year before, with other amounts; its result and its books."""
    then = f"{int(last.name[:4]) - 1}{last.name[4:]}"
    bench.yuanliu.must("demo", scratch / "a-year-ago", "--size", "county", "--seed", 4, "--newest", then)
    month, out = scratch / "a-year-ago" / then, scratch / f"result-{then}"
    bench.yuanliu.must("compute", month, "--rules", rules, "--out", out)
    return out, Books(out, month)


def judge_scopes(bench, books, scope):
    """Full cost by department and category in the scope is what cost_scopes.csv of the same result states."""
    column = "hospital" if scope == "hospital_full" else scope
    wrong, seen = [], 0
    for row in books.scopes:
        if row["kind"] == "full" and row["cost_category"]:
            cells = [c for c in lines_of(scope)[-1].cells if c[0] == row["cost_category"]]
            full = sum(books.full[(d,) + c] for c in cells for d in ([row["department"]] if row["department"] else books.departments))
            seen += 1
            if full != fen(row[column]):
                wrong.append((row, full))
    bench.suite.expect(f"{scope}: full cost is that of cost_scopes.csv", seen > 100 and not wrong, wrong[:3])


def judge_plans(bench, scratch, month, rules):
    """Step-down against reciprocal: both full costs as the two runs have them, and equal totals."""
    bare, other = scratch / "bare-plan", scratch / "reciprocal-plan"
    shutil.copytree(TESTS.parent / "docs" / "reciprocal-plan", bare)
    shutil.copy(rules / "collection.toml", bare)  # plans differ, what they pass on does not
    shutil.copytree(rules, other)  # the same, with the rest of the rules, which compare-plans takes from A
    shutil.copy(bare / "allocation.toml", other)
    full = []
    for plan in (rules, other):
        out = scratch / f"result-of-{plan.name}"
        done = bench.yuanliu.compute(month, plan, out)
        bench.suite.expect(f"{plan.name} computes", done.returncode == 0, done.stderr)
        full.append(Books(out, month))
    judge_layers(bench, scratch / f"result-of-{other.name}", month, other, ["medical_business"], is_small=False)
    for scope in ("medical", "hospital_full"):
        sheets = [Sheets(books, scope) for books in full]
        done = bench.yuanliu.run("compare-plans", "--month", month, "--rules", rules, "--rules",
                                 bare if scope == "medical" else other, "--lang", "zh", "--format", "csv", "--scope", scope)
        bench.suite.expect(f"compare-plans {scope} is printed", done.returncode == 0, done.stderr)
        sections = sections_of(done.stdout)
        rows = {row[0]: row[1:] for row in sections[0][1:]}
        wrong, sums = [], [0, 0]
        for d in full[0].departments:
            costs = [sheet.total.full(books, d) for sheet, books in zip(sheets, full)]
            sums = [a + b for a, b in zip(sums, costs)]
            row = rows.get(full[0].title(d))
            if any(costs) and (row is None or [fen(a) for a in row[:3]] != [*costs, costs[1] - costs[0]]):
                wrong.append(f"{d}: {row}, derived {costs}")
        bench.suite.expect(f"compare-plans {scope}: full cost of every department under both plans", not wrong, "\n".join(wrong[:5]))
        bench.suite.expect(f"compare-plans {scope}: both totals are all of the cost", [fen(a) for a in rows["合计"][:3]] ==
                           [sums[0], sums[1], 0] and sums[0] == sums[1], rows["合计"])
        bench.suite.expect(f"compare-plans {scope}: some department's cost differs", any(row[2] != "0.00" for row in rows.values()))
        largest = sorted((row for row in sections[0][1:] if row[0].rsplit(" ", 1)[-1] in full[0].departments),
                         key=lambda row: (-abs(fen(row[3])), row[0].rsplit(" ", 1)[-1].encode()))[:10]
        bench.suite.expect(f"compare-plans {scope}: the ten that differ most", sections[1][1:] == largest, sections[1])
        decided = decisions([rows_of(scratch / f"result-of-{plan.name}" / "cases.csv") for plan in (rules, other)], full[0])
        # Some department is paid; whether some group turns is the hospital's luck: see judge_turns.
        for section, expected in zip(sections[2:], decided):
            wrong = [f"{a}\n{b}" for a, b in zip(section[1:], expected) if a != b]
            bench.suite.expect(f"compare-plans {scope}: {section[0][0]}, payment against both costs",
                               not wrong and section[0][2] == "支付" and len(section) - 1 == len(expected) and (len(expected) > 1 or expected is decided[1]), "\n".join(wrong[:4]) or section)


# The 240 of administration of docs/example-month: by headcount 2 : 12 : 6 : 4 (its own plan), all to the ward, all to the clinic.
ADMINISTRATION = {"by-heads": {"B01": Fraction(2, 24), "C01": Fraction(12, 24), "C02": Fraction(6, 24), "M01": Fraction(4, 24)},
                  "to-ward": {"C01": Fraction(1)}, "to-clinic": {"C02": Fraction(1)}}
PAYMENTS = {"J18.9-0": Fraction(590 * 2), "I10.x-0": Fraction(340 * 2)}  # score x point value, normal charges


def costs_by_hand(administration):
    """Cost of the two stays of docs/example-month, by exact fractions: sterile supply goes 60 : 30 : 10, the ward's services
    by 13.5 and 9 of 22.5 ward equivalents, the laboratory by 4, 3 and 1 of 8, drugs and material as charged."""
    sent = {d: 240 * administration.get(d, Fraction(0)) for d in ("B01", "C01", "C02", "M01")}
    sterile = 80 + sent["B01"]
    laboratory = 250 + 100 + sent["M01"] + sterile * Fraction(10, 100)
    ward, clinic = 500 + 420 + sent["C01"] + sterile * Fraction(60, 100), 110 + sent["C02"] + sterile * Fraction(30, 100)
    costs = {"J18.9-0": ward * Fraction(27, 45) + laboratory * Fraction(4, 8) + 200 + 90,
             "I10.x-0": ward * Fraction(18, 45) + laboratory * Fraction(3, 8) + 100}
    assert sum(costs.values()) + clinic + laboratory * Fraction(1, 8) == 2090
    return costs


def judge_turns(bench, scratch):
    """A month small enough for fractions in which groups do turn: each pair of plans turns one, the other, or both."""
    example = TESTS.parent / "docs" / "example-month"
    every = '["class:auxiliary", "class:medical_technology", "class:clinical"]'
    rules = {"by-heads": example / "rules"}
    for name, receiver in (("to-ward", "C01"), ("to-clinic", "C02")):
        rules[name] = scratch / name
        shutil.copytree(example / "rules", rules[name])
        text = (rules[name] / "allocation.toml").read_text("utf-8")
        assert text.count(every) == 1
        (rules[name] / "allocation.toml").write_text(text.replace(every, f'["{receiver}"]'), "utf-8")
    seen = collections.Counter()
    for a, b in (("by-heads", "to-ward"), ("by-heads", "to-clinic"), ("to-clinic", "to-ward"), ("to-ward", "by-heads"),
                 ("to-ward", "to-clinic"), ("by-heads", "by-heads")):
        one, other, expected, total = costs_by_hand(ADMINISTRATION[a]), costs_by_hand(ADMINISTRATION[b]), [], [Fraction(0)] * 4
        for group, payment in sorted(PAYMENTS.items()):
            if (payment < one[group]) != (payment < other[group]):
                turn = "盈 → 亏" if payment < other[group] else "亏 → 盈"
                seen[group + turn] += 1
                total = [t + x for t, x in zip(total, (1, payment, one[group], other[group]))]
                expected.append([group, 1, payment, one[group], other[group], turn])
        expected.append(["合计", *total, ""])
        rows = [[group, str(count)] + [yuan(int(100 * x)) for x in (paid, x, y, paid - x, paid - y)] + [turn]
                for group, count, paid, x, y, turn in expected]
        if len(rows) > 1:
            rows[-1][-1] = "" if (total[1] < total[2]) == (total[1] < total[3]) else "盈 → 亏" if total[1] < total[3] else "亏 → 盈"
        done = bench.yuanliu.run("compare-plans", "--month", example / "month", "--rules", rules[a], "--rules", rules[b],
                                 "--lang", "zh", "--format", "csv", "--scope", "hospital_full")
        found = sections_of(done.stdout)[3][1:] if done.returncode == 0 else []
        bench.suite.expect(f"compare-plans {a} {b}: {len(rows) - 1} groups turn, as fractions say", found == rows,
                           f"{found}\n{rows}\n{done.stderr}")
    bench.suite.expect("each of two groups turns both ways", len(seen) == 4, seen)


def decisions(cases, books):
    """Sums of paid cases by department (all) and by group (those that turn), with cost under both plans."""
    by_department, by_group = (collections.defaultdict(lambda: [0, 0, 0, 0]) for _ in range(2))
    for first, second in zip(*cases):
        assert first["encounter"] == second["encounter"] and first["payment"] == second["payment"]
        for sums in (by_department[first["department"]], by_group[first["group"] or "~" + first["status"]]):
            for i, value in enumerate((1, fen(first["payment"]), fen(first["cost"]), fen(second["cost"]))):
                sums[i] += value
    def row(title, count, payment, a, b):
        turn = ["亏 → 盈", "盈 → 亏"][payment < b] if (payment < a) != (payment < b) else ""
        return [title, str(count)] + [yuan(x) for x in (payment, a, b, payment - a, payment - b)] + [turn]
    def table(sums, title, only_turned):
        rows = [row(title(k), *v) for k, v in sorted(sums.items(), key=lambda kv: kv[0].encode())]
        kept = [k for k, v in sums.items() if not only_turned or (v[1] < v[2]) != (v[1] < v[3])]
        rows = [r for r in rows if not only_turned or r[-1]]
        return rows + [row("合计", *[sum(sums[k][i] for k in kept) for i in range(4)])]
    return [table(by_department, books.title, False), table(by_group, str, True)]


def judge_textbooks(bench, scratch):
    """Published answers: the full cost that a textbook prints is the full cost of the transfer summary."""
    for case in sorted((TESTS / "golden" / "costing").iterdir()):
        expected = case / "expected" / "department_full.csv"
        if not expected.exists():
            continue
        out = scratch / case.name
        bench.yuanliu.must("compute", case / "month", "--rules", case / "rules", "--out", out)
        books = Books(out, case / "month")
        found = bench.judge(f"{case.name} transfers", out, case / "month", Sheets(books, "hospital_full").transfers(),
                            "--kind", "transfers", "--scope", "hospital_full")
        judge_layers(bench, out, case / "month", case / "rules", ["hospital_full"])
        printed = {row[0].rsplit(" ", 1)[-1]: row[-1] for row in found[0][1:]} if found else {}
        printed["*"] = printed.pop("合计", "0.00")
        wrong = [(row, printed.get(row["department"])) for row in rows_of(expected)
                 if abs(fen(row["cost"]) - fen(printed.get(row["department"], "0"))) > fen(row["tolerance"])]
        bench.suite.expect(f"{case.name}: full cost as published", not wrong, wrong)


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu)
    if sample.takes("the county hospital"):
        month, rules = judge_hospital(bench, scratch)
        judge_plans(bench, scratch, month, rules)
    judge_turns(bench, scratch)
    judge_textbooks(bench, scratch)
    print(f"{bench.cells} cells derived again")


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
