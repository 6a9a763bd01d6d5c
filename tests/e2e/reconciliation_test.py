"""Why this file: a ledger that is not the hospital's own must be found before anything rests on it. The trial
balance of the demonstration hospital is left as it is, and one voucher line of the ledger is taken away, doubled,
changed, turned, moved: the month stops, and the voucher is named, by the run and by the reconciliation.

usage: reconciliation_test.py YUANLIU YUANLIU_VERIFY
"""
import shutil
import sys

import hospital
from hospital import fen, yuan
from reports_test import sections_of

CODE = "ledger_differs_from_balance"


class Bench:
    def __init__(self, suite, yuanliu, verify, scratch):
        self.suite, self.yuanliu, self.verify, self.scratch = suite, yuanliu, verify, scratch
        self.month = yuanliu.demo(scratch / "demo", size="county")[0]
        self.rules = scratch / "demo" / "rules"

    def planted(self, change):
        """A copy of the month with one change of its ledger; returns it and what the change returned."""
        shutil.rmtree(self.scratch / "planted", ignore_errors=True)
        folder = hospital.Folder(self.scratch / "planted", self.month, self.rules)
        return folder, change(folder)

    def findings(self, folder, out="out"):
        file = self.scratch / "findings.json"
        file.unlink(missing_ok=True)
        done = self.yuanliu.compute(folder.month, folder.rules, self.scratch / out, "--findings", file, "--replace")
        return done, hospital.read_json(file)["findings"]

    def reconciliation(self, folder):
        done = self.yuanliu.run("report", "--kind", "reconciliation", "--month", folder.month, "--rules", folder.rules,
                                "--lang", "zh", "--format", "csv")
        self.suite.expect("the reconciliation is printed without a result", done.returncode == 0, done.stderr)
        return sections_of(done.stdout)


def line_of(f, which):
    """A line of basic salary of a ward: its row number and cells."""
    return f.find("ledger.csv", "all", {"voucher": "J0001", "account": "5001.01.01", "fund_source": "basic"})[which]


def put(f, number, row, **cells):
    f.line("ledger.csv", number, hospital.row_text({**row, **cells}.values()))


def removed(f):
    number, row = line_of(f, 20)
    f.delete("ledger.csv", {"voucher": row["voucher"], "line": row["line"]})
    return row, -fen(row["amount"]), "凭证缺行", f"J0001/{row['line']}"


def doubled(f):
    number, row = line_of(f, 9)
    lines = f.lines("ledger.csv")
    lines.insert(number, hospital.row_text({**row, "line": row["line"] + "D"}.values()))
    f.write("ledger.csv", lines)
    return row, fen(row["amount"]), "重复记账", f"J0001/{row['line']}"


def transposed(f):
    number, row = next((n, r) for n, r in f.find("ledger.csv", "all", {"account": "5001.01.01", "fund_source": "basic"})
                       if r["amount"][0] != r["amount"][1] and "." not in r["amount"][:2] and r["amount"][1] != "0")
    amount = row["amount"][1] + row["amount"][0] + row["amount"][2:]
    put(f, number, row, amount=amount)
    return row, fen(amount) - fen(row["amount"]), "相邻数字颠倒", f"{row['voucher']}/{row['line']}"


def shifted(f):
    number, row = line_of(f, 5)
    amount = fen(row["amount"]) * 10
    put(f, number, row, amount=yuan(amount))
    return row, amount - fen(row["amount"]), "小数点错位", f"{row['voucher']}/{row['line']}"


def turned(f):
    number, row = line_of(f, 7)
    put(f, number, row, amount="-" + row["amount"])
    return row, -2 * fen(row["amount"]), "正负号相反", f"{row['voucher']}/{row['line']}"


def changed(f):
    number, row = line_of(f, 11)
    put(f, number, row, amount=yuan(fen(row["amount"]) + 12345))
    return row, 12345, None, f"{row['voucher']}/{row['line']}"


def late(f):
    """A line that belongs to last month, in the ledger of this one."""
    number, row = line_of(f, 3)
    month = row["booking_period"]
    before = f"{month[:5]}{int(month[5:]) - 1:02d}"
    lines = f.lines("ledger.csv")
    extra = {**row, "voucher": "K1", "line": "1", "attribution_period": before, "amount": "4321.09", "summary": "上月"}
    lines.insert(number, hospital.row_text(extra.values()))
    f.write("ledger.csv", lines)
    return row, 432109, "归属期不是本月", "K1/1"


def judge_planted(bench, name, plant):
    folder, (row, difference, clue, voucher) = bench.planted(plant)
    done, found = bench.findings(folder)
    stops = [finding for finding in found if finding["severity"] == "stop"]
    balance = folder.find("account_balances.csv", "first", {"account": row["account"], "fund_source": row["fund_source"]})[0]
    wrong = []
    if done.returncode != 1 or (bench.scratch / "out").exists():
        wrong.append(f"exit {done.returncode}, or a result was written")
    if [(f["code"], f["file"], f["row"]) for f in stops] != [(CODE, "account_balances.csv", balance[0])]:
        wrong.append(str([(f["code"], f["file"], f["row"]) for f in stops]))
    for finding in stops:
        words = finding["en"] + finding["zh"]
        expected = [row["account"], yuan(difference)] + ([voucher] if clue else [])
        wrong += [f"{word} is not in: {words}" for word in expected if word not in words]
    bench.suite.expect(f"{name}: the month stops, and account, difference and voucher are named", not wrong, "\n".join(wrong))
    opened = bench.reconciliation(folder)[5][1:]
    mine = [r for r in opened if voucher in r[3] and (clue is None or r[2] == clue)]
    bench.suite.expect(f"{name}: opened to the voucher", mine and all(r[9] == yuan(difference) for r in mine) and
                       {r[0] for r in opened} == {row["account"]}, f"{voucher} {clue}\n{opened[:5]}")
    if clue not in (None, "凭证缺行"):
        bench.suite.expect(f"{name}: nothing but the clue is listed first", opened[0][2] == clue, opened[:3])


def moved(f):
    number, row = next((n, r) for n, r in f.find("ledger.csv", "all", {"account": "5001.07.05", "fund_source": "basic"})
                       if fen(r["amount"]) > 10000)
    put(f, number, row, account="5001.07.06")
    return row


def judge_moved(bench):
    folder, row = bench.planted(moved)
    _, found = bench.findings(folder)
    stops = {finding["arguments"][0]: finding["arguments"][4] for finding in found if finding["code"] == CODE}
    bench.suite.expect("booked on another account: both accounts differ by it", stops == {
        "5001.07.05": "-" + row["amount"], "5001.07.06": row["amount"]}, stops)
    opened = bench.reconciliation(folder)[5][1:]
    bench.suite.expect("booked on another account: the line is named", any(
        r[0] == "5001.07.06" and r[2] == "记错科目或经费性质" and r[3] == f"{row['voucher']}/{row['line']}" for r in opened), opened[:5])


ACCEPTED = """
[[accepted_difference]]
account = "{account}"
fund_source = "{fund}"
month = "{month}"
difference = "{difference}"
reason = "十月冲回"
accepted_by = "总会计师"
"""


def accept(folder, row, difference, month=None):
    path = folder.path("costing.toml")
    path.write_text(path.read_text("utf-8") + ACCEPTED.format(
        account=row["account"], fund=row["fund_source"], month=month or row["booking_period"], difference=yuan(difference)), "utf-8")


def judge_acceptance(bench):
    folder, (row, difference, _, _) = bench.planted(doubled)
    accept(folder, row, difference - 1)
    done, found = bench.findings(folder)
    codes = {finding["code"] for finding in found}
    bench.suite.expect("another amount is not accepted, and said to be unused",
                       done.returncode == 1 and {CODE, "accepted_difference_unused"} <= codes, codes)
    folder, (row, difference, _, _) = bench.planted(doubled)
    accept(folder, row, difference, "2026-08")
    bench.suite.expect("another month's acceptance does not count", bench.findings(folder)[0].returncode == 1)
    folder, (row, difference, _, _) = bench.planted(doubled)
    accept(folder, row, difference)
    done, found = bench.findings(folder, "accepted")
    words = [f["zh"] for f in found if f["code"] == "ledger_difference_accepted"]
    bench.suite.expect("an accepted difference is a warning with name and reason", done.returncode == 0 and len(words) == 1 and
                       all(word in words[0] for word in ("总会计师", "十月冲回", yuan(difference))), done.stderr[-500:])
    result = bench.scratch / "accepted"
    judged = bench.verify.run(result, "--month", folder.month, "--rules", folder.rules, "--quick")
    bench.suite.expect("the verifier accepts it with the acceptance", judged.returncode == 0, judged.stdout[-500:])
    done = bench.yuanliu.run("report", result, "--kind", "reconciliation", "--lang", "zh", "--format", "csv")
    rows = [r for r in sections_of(done.stdout)[4] if r[0] == row["account"] and "已认可: 总会计师, 十月冲回" in r[7]]
    bench.suite.expect("it stands in the reconciliation", len(rows) == 1 and rows[0][6] == yuan(difference), done.stderr)
    folder.write("costing.toml", folder.path("costing.toml").read_text("utf-8").split("\n[[accepted_difference]]")[0].split("\n"))
    judged = bench.verify.run(result, "--month", folder.month, "--rules", folder.rules, "--quick")
    bench.suite.expect("the verifier refuses it without", judged.returncode == 1 and "nobody accepted it" in judged.stdout,
                       judged.stdout[-500:])


def judge_agreeing(bench):
    """The month as it is, and every total of the reconciliation against the month's files."""
    folder, _ = bench.planted(lambda f: None)
    done, found = bench.findings(folder, "agreeing")
    bench.suite.expect("the month as it is agrees", done.returncode == 0 and CODE not in {f["code"] for f in found}, done.stderr[-300:])
    done = bench.yuanliu.run("report", bench.scratch / "agreeing", "--kind", "reconciliation", "--lang", "zh", "--format", "csv")
    _, accounts, costs, excluded, balances = sections_of(done.stdout)[:5]
    ledger = hospital.read_table(folder.month / "ledger.csv")
    rows = hospital.read_table(folder.month / "account_balances.csv")
    out = hospital.read_table(bench.scratch / "agreeing" / "excluded.csv")
    total = sum(fen(r["amount"]) for r in ledger)
    kept_out = sum(fen(r["amount"]) for r in out)
    bench.suite.expect("ledger, kept out and cost", [row[-1] for row in accounts[-3:]] ==
                       [yuan(total), yuan(-kept_out), yuan(total - kept_out)], accounts[-3:])
    by_fund = {f: sum(fen(r["amount"]) for r in ledger if r["fund_source"] == f) for f in
               ("basic", "fiscal_project", "other_fiscal_project", "research", "teaching")}
    bench.suite.expect("ledger by fund source", accounts[-3][3:8] == [yuan(v) for v in by_fund.values()], accounts[-3])
    direct = [r for r in hospital.read_table(bench.scratch / "agreeing" / "department_cost.csv") if r["kind"] == "direct"]
    items = {r["cost_item"]: r["category"] for r in hospital.read_table(folder.month / "cost_items.csv")}
    for row, category in zip(costs[1:], ("staff", "materials", "drugs", "depreciation", "amortization", "risk_fund", "other_operating")):
        sums = [sum(fen(r["cost"]) for r in direct if items[r["cost_item"]] == category and r["fund_source"] == f) for f in by_fund]
        bench.suite.expect(f"cost of {category} by fund source", row[1:] ==
                           [yuan(v) for v in sums] + [yuan(sum(sums)), yuan(sum(sums)), "0.00"], row)
    bench.suite.expect("every line kept out", sorted(r[0] for r in excluded[1:-1]) == sorted(f"{r['voucher']}/{r['line']}" for r in out)
                       and excluded[-1][-1] == yuan(kept_out), excluded[:3])
    found = {(r[0], r[4], r[5]): r[3] for r in balances[1:-1]}
    bench.suite.expect("every account of the balance, all agreeing", len(balances) - 2 == len(rows) and
                       all(found[(r["account"], r["debit"], r["credit"])] == r["debit"] for r in rows) and
                       {r[6] for r in balances[1:]} == {"0.00"}, balances[:3])


def judge_forms(bench):
    def whole(f):
        """The balance as one total of each account, credits apart."""
        sums = {}
        for row in hospital.read_table(f.month / "account_balances.csv"):
            sums[row["account"]] = sums.get(row["account"], 0) + fen(row["debit"])
        f.write("account_balances.csv", ["account,fund_source,debit,credit"] +
                [f"{account},,{yuan(value + 500)},5.00" for account, value in sums.items()] + [""])
    folder, _ = bench.planted(whole)
    done, _ = bench.findings(folder, "whole")
    bench.suite.expect("stated as totals, with credits: agrees", done.returncode == 0, done.stderr[-500:])
    number = folder.append("account_balances.csv", "5001.01.01,basic,1.00,0.00")
    _, found = bench.findings(folder)
    places = [(f["code"], f["row"], f["column"]) for f in found if f["severity"] == "stop"]
    bench.suite.expect("as a total and by fund source", places == [("balance_by_fund_and_total", number, "fund_source")], places)
    folder, _ = bench.planted(lambda f: f.delete("account_balances.csv", {"account": "5901.01"}))
    _, found = bench.findings(folder)
    bench.suite.expect("an account that the balance lacks", [(f["code"], f["row"], f["arguments"][0]) for f in found if
                       f["severity"] == "stop"] == [(CODE, 0, "5901.01")])
    folder, number = bench.planted(lambda f: f.append("account_balances.csv", "9999,,1.00,0.00"))
    _, found = bench.findings(folder)
    bench.suite.expect("an unknown account", [(f["code"], f["row"]) for f in found if f["severity"] == "stop"] ==
                       [("unknown_account", number)])
    folder, _ = bench.planted(lambda f: f.remove("account_balances.csv"))
    folder.replace("manifest.json", '"account_balances.csv"', '"accounts.csv"') and None
    without = bench.yuanliu.run("report", "--kind", "reconciliation", "--month", folder.month, "--lang", "zh")
    bench.suite.expect("without a balance nothing is compared, and it says so", without.returncode == 0 and "未核对" in without.stdout,
                       without.stderr)
    for text, code in (('difference = "1.234"', "number_malformed"), ('reason = ""', "rule_malformed"), ('typo = "x"', "rule_key_unknown")):
        folder, (row, difference, _, _) = bench.planted(doubled)
        accept(folder, row, difference)
        path = folder.path("costing.toml")
        body = path.read_text("utf-8")
        key = text.split(" = ")[0]
        lines = [line for line in body.split("\n") if not line.startswith(key + " = ") or key == "typo"]
        path.write_text("\n".join(lines) + text + "\n", "utf-8")
        _, found = bench.findings(folder)
        stops = {(f["code"], f["file"]) for f in found if f["severity"] == "stop"}
        bench.suite.expect(f"acceptance with {text}: {code}", (code, "costing.toml") in stops, stops)


def test(suite, yuanliu, verify, scratch):
    bench = Bench(suite, yuanliu, verify, scratch)
    judge_agreeing(bench)
    for plant in (removed, doubled, transposed, shifted, turned, changed, late):
        judge_planted(bench, plant.__name__, plant)
    judge_moved(bench)
    judge_acceptance(bench)
    judge_forms(bench)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
