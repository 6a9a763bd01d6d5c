#!/usr/bin/env python3
"""Published payment tables by profile: 13 of life, and a table with every oddity.

Why it exists: each region publishes columns of its own. The profiles of tests/payment_tables read
the tables of YUANLIU_SHARED_DATA (counts are taken with Python's csv module, standards with exact
fractions); without that folder this part is left out and said so. A small table with titles,
footers, thousands, percents and line breaks in headings is worked out by hand, and each way of
being wrong is named with row and column. Ends with `N passed, M failed`.
"""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from fractions import Fraction
from pathlib import Path

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "build/release/yuanliu"
PROFILES = Path(__file__).resolve().parents[1] / "payment_tables"
SHARED = Path(os.environ.get("YUANLIU_SHARED_DATA",
                             Path(__file__).resolve().parents[2] / ".." / "shared" / "data"))
# Profile -> table, groups, priced rows; counted by hand with cut, sort and awk.
TABLES = {
    "linfen-2022": ("临汾2022", 666, 0), "urumqi-2022": ("乌鲁木齐2022", 717, 0),
    "lanzhou-2022": ("兰州2022", 792, 783), "beijing-2022": ("北京2022", 696, 0),
    "jilin-2022": ("吉林2022", 625, 625), "guangxi-2022": ("广西2022", 984, 0),
    "xinjiang-corps-2022": ("新疆兵团2022", 635, 0), "taizhou-2022": ("泰州2022", 759, 353),
    "yancheng-2022-level-2": ("盐城2022", 628, 557), "yancheng-2022-level-3": ("盐城2022", 628, 580),
    "fuzhou-2022": ("福州2022", 563, 0), "suzhou-2022-level-1": ("苏州2022", 648, 648),
    "suzhou-2022-level-2": ("苏州2022", 648, 648), "suzhou-2022-level-3": ("苏州2022", 648, 648),
    "xian-2020": ("西安2020", 618, 597), "yinchuan-2023": ("银川2023", 639, 0),
}
LIMITS = {"jilin-2022": 1250}
# A title, a heading with a line break, a hint row, thousands, a percent, a footer.
ODD = ('某市付费标准表;;;;\n"病组\n编码";名称;权重;"医院 系数";支付标准(元)\n;;相对;;元\n'
       'AA11;"甲;乙";1.5;120%;"18,000.00"\nAA13;丙;2;90%;18,000\n;合计;;;\n'
       'ZZ19;不付费;-;;\n注: 以文件为准\n')
ODD_PROFILE = '''schema = "yuanliu.table-profile/1"
id = "odd"
encoding = "gb18030"
delimiter = ";"
header_row = 2
skip_rows = [3]
skip_short_rows = true
[columns]
group = "病组编码"
name = "名称"
score = "权重"
group_coefficient = "医院系数"
standard = "支付标准(元)"
[skip]
group = [""]
"名称" = ["不付费"]
[check]
value = "10000"
'''


def run(table, profile, *more):
    done = subprocess.run([PROGRAM, "payment-table", str(table), "--profile", str(profile), "--lang",
                           "en", *more], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def counted(out):
    """(groups, priced, equal, limits) as printed."""
    groups = re.search(r": (\d+) groups", out)
    check = re.search(r"Check: (\d+) priced rows, (\d+) equal, \d+ [^,]*, (\d+) limits", out)
    return (int(groups[1]) if groups else None,) + (tuple(int(x) for x in check.groups())
                                                    if check else (None,) * 3)


def judge_published(check):
    folder = SHARED / "opendrg" / "payment"
    if not folder.is_dir():
        print(f"left out: no {folder}; set YUANLIU_SHARED_DATA")
        return
    priced_in_all = 0
    for name, (table, groups, priced) in TABLES.items():
        code, out = run(folder / f"{table}.csv", PROFILES / f"{name}.toml", "--check")
        want = (groups, priced, priced, LIMITS.get(name, 0))
        check(f"{name}: {groups} groups, {priced} priced rows, all equal",
              code == 0 and counted(out) == want, (code, counted(out), want, out[:400]))
        priced_in_all += priced
        judge_by_fractions(check, name, folder / f"{table}.csv")
    print(f"{len({t for t, _, _ in TABLES.values()})} tables, {priced_in_all} priced rows checked")


def judge_by_fractions(check, name, table):
    """The same rows with Python: score x coefficient x rate within half a printed unit."""
    profile = tomllib.loads((PROFILES / f"{name}.toml").read_text(encoding="utf-8"))
    columns = profile["columns"]
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wrong = []
    priced = 0
    for row in rows:
        rate = row[columns["value"]] if "value" in columns else profile.get("check", {}).get("value")
        standard = row.get(columns.get("standard", ""), "")
        score = row[columns["score"]]
        if not rate or not score or not standard or Fraction(standard) == 0 or Fraction(score) == 0:
            continue
        priced += 1
        ours = Fraction(score) * Fraction(rate)
        if "group_coefficient" in columns:
            ours *= Fraction(row[columns["group_coefficient"]])
        places = len(standard.partition(".")[2])
        if abs(ours - Fraction(standard)) * 2 > Fraction(1, 10 ** places):
            wrong.append((row[columns["group"]], float(ours), standard))
    check(f"{name}: {priced} rows by fractions", priced == TABLES[name][2] and not wrong, wrong[:3])


def judge_odd(check, scratch):
    table, profile = scratch / "odd.csv", scratch / "odd.toml"
    table.write_bytes(ODD.encode("gb18030"))
    profile.write_text(ODD_PROFILE, encoding="utf-8")
    # 1.5 x 1.2 x 10,000 = 18,000 and 2 x 0.9 x 10,000 = 18,000; passed over: hint, total, unpaid, note.
    code, out = run(table, profile, "--check")
    check("titles, footers, thousands, percents, headings of two lines: 2 groups, 2 equal",
          code == 0 and counted(out) == (2, 2, 2, 0) and "4 rows passed over" in out, out)
    profile.write_text(ODD_PROFILE.replace('name = "名称"', 'class = "名称"').replace(
        "[check]", '[class]\n"甲;乙" = "primary_care"\n"丙" = ""\n[check]') +
        '[check.class_value]\nprimary_care = "20000"\n', encoding="utf-8")
    code, out = run(table, profile, "--check")  # 1.5 x 1.2 x 20,000 = 36,000
    check("a class of groups has a rate of its own", counted(out) == (2, 2, 1, 0) and
          "AA11: 1.5 × 20000 × 1.2 = 36000, published 18000, difference 18000" in out, out)
    profile.write_text(ODD_PROFILE.replace("[skip]", '[keep]\n"名称" = ["丙"]\n[unit]\n'
                       'standard = "0.5"\n[skip]'), encoding="utf-8")
    code, out = run(table, profile, "--check")
    check("rows that are kept, and a unit: 18,000 x 0.5 is not 18,000",
          counted(out) == (1, 1, 0, 0) and "published 9000" in out, out)
    profile.write_text(ODD_PROFILE, encoding="utf-8")
    table.write_bytes(ODD.replace("18,000\n", "18,100\n").encode("gb18030"))
    code, out = run(table, profile, "--check")
    check("a difference is listed with row, figures and difference",
          code == 0 and counted(out)[2] == 1 and "odd.csv:6 standard: group AA13: 2 × 10000 × 0.9 = "
          "18000, published 18100, difference -100" in out, out)


def judge_wrong(check, scratch):
    """(what, change of the table, change of the profile, code, row, column, of the profile?)"""
    for what, table_change, profile_change, code, row, column in (
            ("another encoding", None, ('"gb18030"', '"utf-8"'), "table_encoding_broken", 0, ""),
            ("a column that is not there", None, ('"权重"', '"RW"'), "table_column_missing", 2,
             "score"),
            ("a skip column that is not there", None, ('"名称" =', '"备注" ='),
             "table_column_missing", 2, "备注"),
            ("no number", ("1.5;", "1,5;"), None, "number_malformed", 5, "score"),
            ("a negative number", ("1.5;", "-1.5;"), None, "number_malformed", 5, "score"),
            ("a group twice", ("AA13", "AA11"), None, "duplicate_key", 6, "group"),
            ("a blank group", None, ('group = [""]\n', ""), "value_missing", 7, "group"),
            ("a row of another width", ("AA13;丙;", "AA13;"), ("skip_short_rows = true\n", ""),
             "field_count_wrong", 6, ""),
            ("a quote that does not end", ('"18,000.00"', '"18,000.00'), None, "quoting_broken", 5,
             ""),
            ("a heading row beyond the end", None, ("header_row = 2", "header_row = 99"),
             "table_is_empty", 0, ""),
            ("an unknown key", None, ("[skip]", "[skpi]"), "rule_key_unknown", 14, "skpi"),
            ("a bare decimal", None, ('value = "10000"', "value = 10000.5"),
             "rule_decimal_not_quoted", 18, "check.value"),
            ("a delimiter of two", None, ('delimiter = ";"', 'delimiter = ";;"'), "rule_malformed", 4,
             "delimiter"),
            ("no group column", None, ('group = "病组编码"\n', ""), "rule_key_missing", 8,
             "columns.group")):
        table, profile, report = scratch / "t.csv", scratch / "p.toml", scratch / "findings.json"
        table.write_bytes(ODD.replace(*table_change or ("", ""), 1).encode("gb18030"))
        profile.write_text(ODD_PROFILE.replace(*profile_change or ("", ""), 1), encoding="utf-8")
        exit_code, out = run(table, profile, "--findings", str(report))
        found = [(f["code"], f["row"], f["column"])
                 for f in json.loads(report.read_text(encoding="utf-8"))["findings"]] \
            if report.exists() else []
        check(f"{what} is {code} at row {row}", exit_code == 1 and (code, row, column) in found,
              (exit_code, found, out))


def judge_pay_by_table(check, scratch):
    """Score and coefficient of a group from the table: 1.5 x 1.2 x 10,000 = 18,000."""
    table, profile, cases = scratch / "odd.csv", scratch / "odd.toml", scratch / "cases.csv"
    out, report = scratch / "paid.csv", scratch / "pay-findings.json"
    table.write_bytes(ODD.encode("gb18030"))
    profile.write_text(ODD_PROFILE, encoding="utf-8")

    def pay(text, *more):
        cases.write_text("case,group,charge,score\n" + text, encoding="utf-8")
        done = subprocess.run(
            [PROGRAM, "pay", str(cases), "--policy", str(PROFILES.parent / "policies/suzhou.toml"),
             "--value", "10000", "--out", str(out), "--findings", str(report), "--lang", "en", *more],
            capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr
    by_table = ("--table", str(table), "--profile", str(profile))
    code, told = pay("a,AA11,17000,\nb,AA13,17000,\nc,AA13,17000,1\n", *by_table)
    with out.open(encoding="utf-8", newline="") as stream:
        paid = {row["case"]: row["payment"] for row in csv.DictReader(stream)}
    check("score and coefficient come from the table, a case's own score goes before",
          code == 0 and paid == {"a": "18000.00", "b": "18000.00", "c": "9000.00"}, (paid, told))
    code, told = pay("a,AA11,17000,\n,AA11,1,\na,AA11,1,\nd,ZZ99,5,\ne,AA11,,\nf,AA11,1.234,-2\n",
                     *by_table)
    found = [(f["code"], f["row"], f["column"])
             for f in json.loads(report.read_text(encoding="utf-8"))["findings"]]
    check("all that is wrong with the cases at once, and nothing is paid", code == 1 and found == [
        ("value_missing", 3, "case"), ("duplicate_key", 4, "case"), ("group_not_in_table", 5, "group"),
        ("value_missing", 6, "charge"), ("number_malformed", 7, "charge"),
        ("number_malformed", 7, "score")], (code, found, told))
    code, told = pay("a,,100,\nb,AA11,100,\n")
    found = [(f["code"], f["row"], f["severity"])
             for f in json.loads(report.read_text(encoding="utf-8"))["findings"]]
    check("what a policy can't pay is set aside by name", code == 0 and found == [
        ("case_not_payable", 2, "park"), ("case_not_payable", 3, "park")], (code, found, told))
    check("a table without profile is wrong usage",
          pay("a,,100,\n", "--table", str(table))[0] == 2 and
          pay("a,,100,\n", "--value", "1,5")[0] == 2)


def main():
    tally = [0, 0]

    def check(what, ok, detail=""):
        tally[not ok] += 1
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}")

    judge_published(check)
    with tempfile.TemporaryDirectory() as scratch:
        judge_odd(check, Path(scratch))
        judge_wrong(check, Path(scratch))
        judge_pay_by_table(check, Path(scratch))
    print(f"{tally[0]} passed, {tally[1]} failed")
    return 1 if tally[1] else 0


if __name__ == "__main__":
    sys.exit(main())
