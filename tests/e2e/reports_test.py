"""Why this file: the published reports of the tiny month of docs/month-folder.md §8, whose figures can be followed
with a pencil, in every form; and what is asked wrongly, or was forged, is refused with the reason.

usage: reports_test.py YUANLIU YUANLIU_VERIFY
"""
import csv
import fcntl
import hashlib
import io
import json
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
import unicodedata

import hospital

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "example-month"
ZERO = ["0.00"] * 3  # amortization, risk fund, other operating

# From docs/month-folder.md §8 and the eleven ledger lines: A01 240 goes 20, 120, 60, 40 to B01, C01, C02, M01; B01 with
# 100 goes 60, 30, 10; M01 with 400 goes 3 : 1. The 120.00 of depreciation of a fiscal project is no medical cost.
BY_HAND = {
    ("direct-cost", "medical"): [
        ["科室", "人员经费", "卫生材料", "药品", "固定资产折旧", "无形资产摊销", "提取医疗风险基金", "其他运行费用", "医疗成本"],
        ["内科病区 C01", "500.00", "90.00", "300.00", "300.00", *ZERO, "1190.00"],
        ["内科门诊 C02", "110.00", "0.00", "0.00", "0.00", *ZERO, "110.00"],
        ["临床服务类小计", "610.00", "90.00", "300.00", "300.00", *ZERO, "1300.00"],
        ["检验科 M01", "250.00", "100.00", "0.00", "0.00", *ZERO, "350.00"],
        ["医疗技术类小计", "250.00", "100.00", "0.00", "0.00", *ZERO, "350.00"],
        ["消毒供应室 B01", "80.00", "0.00", "0.00", "0.00", *ZERO, "80.00"],
        ["医疗辅助类小计", "80.00", "0.00", "0.00", "0.00", *ZERO, "80.00"],
        ["医疗业务成本合计", "940.00", "190.00", "300.00", "300.00", *ZERO, "1730.00"],
        ["管理费用", "240.00", "0.00", "0.00", "0.00", *ZERO, "240.00"],
        ["本月总计", "1180.00", "190.00", "300.00", "300.00", *ZERO, "1970.00"]],
    # C01: staff 500 + 120 + 60 + ¾ · (250 + 40 + 10) = 905; materials 90 + ¾ · 100. Revenue: charges ordered by C01 are
    # 1,220 of I001 and 730 of I002; by C02 60. Six and four days: 1,790 ÷ 10.
    ("composition", "medical_full"): [
        ["项目", "内科病区 C01 金额", "内科病区 C01 %", "内科门诊 C02 金额", "内科门诊 C02 %", "各临床服务类科室合计 金额",
         "各临床服务类科室合计 %"],
        ["人员经费", "905.00", "50.56%", "275.00", "91.67%", "1180.00", "56.46%"],
        ["卫生材料", "165.00", "9.22%", "25.00", "8.33%", "190.00", "9.09%"],
        ["药品", "300.00", "16.76%", "0.00", "0.00%", "300.00", "14.35%"],
        ["固定资产折旧", "300.00", "16.76%", "0.00", "0.00%", "300.00", "14.35%"],
        ["无形资产摊销", *["0.00", "0.00%"] * 3], ["提取医疗风险基金", *["0.00", "0.00%"] * 3], ["其他运行费用", *["0.00", "0.00%"] * 3],
        ["医疗成本", "1670.00", "93.30%", "300.00", "100.00%", "1970.00", "94.26%"],
        ["财政项目", "120.00", "6.70%", "0.00", "0.00%", "120.00", "5.74%"],
        ["非同级财政项目", *["0.00", "0.00%"] * 3],
        ["医疗全成本", "1790.00", "100.00%", "300.00", "100.00%", "2090.00", "100.00%"],
        ["科室收入 (开单)", "1950.00", "", "60.00", "", "2010.00", ""],
        ["收入 − 成本", "160.00", "", "-240.00", "", "-80.00", ""],
        ["床日成本", "179.00", "", "", "", "179.00", ""],
        ["诊次成本", "", "", "300.00", "", "300.00", ""]],
    ("transfers", "medical_full"): [
        ["科室", "直接计入", "计算计入", "直接成本", "一级分摊", "二级分摊", "三级分摊", "归集成本", "转出", "全成本"],
        ["内科病区 C01", "1310.00", "0.00", "1310.00", "120.00", "60.00", "300.00", "1790.00", "0.00", "1790.00"],
        ["内科门诊 C02", "110.00", "0.00", "110.00", "60.00", "30.00", "100.00", "300.00", "0.00", "300.00"],
        ["临床服务类小计", "1420.00", "0.00", "1420.00", "180.00", "90.00", "400.00", "2090.00", "0.00", "2090.00"],
        ["检验科 M01", "350.00", "0.00", "350.00", "40.00", "10.00", "0.00", "400.00", "-400.00", "0.00"],
        ["医疗技术类小计", "350.00", "0.00", "350.00", "40.00", "10.00", "0.00", "400.00", "-400.00", "0.00"],
        ["消毒供应室 B01", "80.00", "0.00", "80.00", "20.00", "0.00", "0.00", "100.00", "-100.00", "0.00"],
        ["医疗辅助类小计", "80.00", "0.00", "80.00", "20.00", "0.00", "0.00", "100.00", "-100.00", "0.00"],
        ["院办财务科 A01", "240.00", "0.00", "240.00", "0.00", "0.00", "0.00", "240.00", "-240.00", "0.00"],
        ["行政后勤类小计", "240.00", "0.00", "240.00", "0.00", "0.00", "0.00", "240.00", "-240.00", "0.00"],
        ["合计", "2090.00", "0.00", "2090.00", "240.00", "100.00", "400.00", "2830.00", "-740.00", "2090.00"]],
}
# Administration's 240: C01 120 and C02 60 straight; 20 to B01, which gives C01 12, C02 6, M01 2; 40 to M01. M01 gives ¾
# and ¼ of its 40 and of its 2. B01's own 80: 48, 24, and 8 to M01, of which 6 and 2. M01's own 350: 262.50 and 87.50.
LAYERS = [["科室", "直接成本(不含公共)", "分摊管理", "医辅带来的管理", "医技带来的管理", "医技带来的(医辅带来的管理)", "分摊医辅",
           "医技带来的医辅", "分摊医技", "全成本"],
          ["内科病区 C01", "1310.00", "120.00", "12.00", "30.00", "1.50", "48.00", "6.00", "262.50", "1790.00"],
          ["内科门诊 C02", "110.00", "60.00", "6.00", "10.00", "0.50", "24.00", "2.00", "87.50", "300.00"],
          ["临床服务类小计", "1420.00", "180.00", "18.00", "40.00", "2.00", "72.00", "8.00", "350.00", "2090.00"]]
# Without what administration gave: 1,670 − 163.50 and 300 − 76.50, which are the 1,730 of the business departments.
BUSINESS = [["内科病区 C01", "1190.00", "316.50", "1506.50"], ["内科门诊 C02", "110.00", "113.50", "223.50"],
            ["科室全成本合计", "1300.00", "430.00", "1730.00"]]
# Of the 60.00 that C01 gets from B01, 12.00 are administration's (20 of 100).
LAYERS_OF_C01 = ["内科病区 C01", "120.00", "12.00", "48.00", "31.50", "6.00", "262.50", "480.00"]
SHARES_OF_C01 = [["三级", "检验科 M01", "检验开单数", "3", "4", "75.00%", "400.00", "300.00", "4"],
                 ["一级", "院办财务科 A01", "在岗人数", "12", "24", "50.00%", "240.00", "120.00", "1"],
                 ["二级", "消毒供应室 B01", "消毒包数", "60", "100", "60.00%", "100.00", "60.00", "2"]]
SCOPES_BY_HAND = [["口径", "金额"], ["医疗业务成本", "1730.00"], ["加: 管理费用", "240.00"], ["医疗成本", "1970.00"],
                  ["加: 财政项目", "120.00"], ["加: 非同级财政项目", "0.00"], ["医疗全成本", "2090.00"], ["加: 科研", "0.00"],
                  ["加: 教学", "0.00"], ["医院全成本", "2090.00"]]
# October: A01 costs 300 (was 240) and C01 has 11 of 25 heads (was 12 of 24): 132.00 in place of 120.00. At last month's
# share it would be 150.00: + 30.00 because A01 costs more, − 18.00 because C01's part is smaller.
CHANGE_OF_A01 = ["院办财务科 A01", "120.00", "132.00", "12.00", "30.00", "-18.00", "0.00", "0.00", "在岗人数 12 / 24",
                 "在岗人数 11 / 25"]


def sections_of(text):
    sections = [[]]
    for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
        if not row:
            sections.append([])
        elif len(row) > 1:
            sections[-1].append(row)
    return sections[1:]


class Bench:
    def __init__(self, suite, yuanliu, scratch):
        self.suite, self.yuanliu, self.scratch = suite, yuanliu, scratch
        self.rules, self.result = EXAMPLE / "rules", scratch / "result"
        yuanliu.must("compute", EXAMPLE / "month", "--rules", self.rules, "--out", self.result)

    def report(self, *options, result=None):
        return self.yuanliu.run("report", result or self.result, "--lang", "zh", *options)

    def sections(self, *options, result=None):
        done = self.report(*options, "--format", "csv", result=result)
        self.suite.expect(f"{' '.join(map(str, options[:4]))} is printed", done.returncode == 0, done.stderr)
        return sections_of(done.stdout)

    def refused(self, name, words, *options, result=None, code=2, language="en"):
        done = self.yuanliu.run("report", result or self.result, "--lang", language, *options)
        self.suite.expect(f"refused: {name}", done.returncode == code and done.stdout == "" and
                          all(word in done.stderr for word in words), f"{done.returncode} {done.stdout[:200]} {done.stderr}")


def judge_by_hand(bench):
    for (kind, scope), rows in BY_HAND.items():
        found = bench.sections("--kind", kind, "--scope", scope)[0]
        wrong = [f"{a}\n{b}" for a, b in zip(found, rows) if a != b]
        bench.suite.expect(f"{kind} {scope} is what the pencil says", found == rows, "\n".join(wrong) or found)
    scopes = bench.sections("--kind", "direct-cost")[1]
    bench.suite.expect("the four scopes of one run", scopes == SCOPES_BY_HAND, scopes)
    layers = bench.sections("--kind", "transfers", "--scope", "medical_full")[1]
    bench.suite.expect("whose cost the levels first were", LAYERS_OF_C01 in layers, layers)
    layers = bench.sections("--kind", "layers", "--scope", "medical_full")
    bench.suite.expect("by way of what cost came", layers[0][:4] == LAYERS, layers[0])
    layers = bench.sections("--kind", "layers", "--scope", "medical_full", "--department", "C02")[1]
    bench.suite.expect("the same by cost item and fund source", [row[:4] + row[-1:] for row in layers[1:]] == [
        ["内科门诊 C02", "人员经费", "自筹及财政基本", "110.00", "275.00"],
        ["内科门诊 C02", "卫生材料", "自筹及财政基本", "0.00", "25.00"]], layers)
    done = bench.yuanliu.run("explain", bench.result, "--cell", "layers:C01", "--json", "--lang", "zh")
    parts = json.loads(done.stdout)["parts"] if done.returncode == 0 else []
    bench.suite.expect("the cell of layers opens the same", [p["amount"] for p in parts] == LAYERS[1][1:-1] and
                       [p["label"] for p in parts[2:5:2]] == ["行政后勤 · 医疗辅助", "行政后勤 · 医疗辅助 · 医疗技术"], done.stdout + done.stderr)
    business = bench.sections("--kind", "full-cost", "--scope", "medical_business")[0]
    bench.suite.expect("medical business cost: no administration", [row[:1] + row[-3:] for row in business[1:]] == BUSINESS, business)
    business = bench.sections("--kind", "direct-cost", "--scope", "medical_business")[0]
    bench.suite.expect("medical business cost before allocation", [row[0] + row[-1] for row in business[-2:]] ==
                       ["医疗业务成本合计1730.00", "本月总计1730.00"], business)
    shares = bench.sections("--kind", "department", "--department", "C01")[1]
    bench.suite.expect("each share with base, total, pool", shares[1:4] == SHARES_OF_C01, shares)


def judge_forms(bench):
    page = bench.scratch / "page.html"
    for kind in ("direct-cost", "full-cost", "composition", "transfers", "visits", "bed-days", "layers"):
        done = bench.report("--kind", kind, "--format", "html", "--out", page)
        text = page.read_text("utf-8")
        bench.suite.expect(f"{kind}: a page to print, without scripts or addresses", done.returncode == 0 and
                           "A4 landscape" in text and not re.search(r"<script|https?:|src=", text), done.stderr)
        text = bench.report("--kind", kind).stdout
        bench.suite.expect(f"{kind}: head with hospital, month, unit and scope", all(word in text for word in (
            "编制单位: 五科室示例医院", "期间: 2026年9月", "单位: 元", "口径: 医疗成本 (自筹及财政基本)")), text[:300])
    text = bench.yuanliu.must("report", bench.result, "--kind", "direct-cost", "--lang", "en").stdout
    bench.suite.expect("English words, grouped thousands", "medical business cost" in text and "1,730.00" in text, text)


def judge_change(bench):
    """October, made from September by hand: 300.00 in place of 240.00, 11 of 25 heads in place of 12 of 24."""
    folder = hospital.Folder(bench.scratch / "october", EXAMPLE / "month", bench.rules)
    for file in ("ledger.csv", "charge_lines.csv", "encounters.csv", "manifest.json"):
        folder.write(file, [line.replace("2026-09", "2026-10") for line in folder.lines(file)])
    folder.cell("ledger.csv", {"voucher": "J001", "line": "1"}, "amount", "300.00")
    folder.cell("driver_readings.csv", {"driver": "headcount", "department": "C01"}, "value", "11")
    folder.cell("driver_readings.csv", {"driver": "headcount", "department": "M01"}, "value", "6")
    october = bench.scratch / "result-october"
    bench.yuanliu.must("compute", folder.month, "--rules", bench.rules, "--out", october)
    sections = bench.sections("--kind", "department", "--department", "C01", "--before", bench.result, result=october)
    rows = sections[3]
    # C01's pay: 500 + 132 straight, 60 % of B01's 80 + 24, ¾ of M01's 250 + 72 + 10.40; it was 905 in September.
    bench.suite.expect("full cost beside last month's, no percent of nothing", sections[1][1] ==
                       ["人员经费", "943.70", "905.00", "38.70", "4.28%"] and sections[1][5][-1] == "—", sections[1])
    bench.suite.expect("why it changed: pool and share effect by hand", CHANGE_OF_A01 in rows, rows)
    sums = [hospital.fen(cell) for cell in rows[-1][1:8]]
    bench.suite.expect("effects sum to the change", sums[2] == sums[1] - sums[0] == sum(sums[3:]), rows[-1])
    department = ("--kind", "department", "--department", "C01")
    bench.refused("--before of the same month", ["not of the month before 2026-10"], *department, "--before", october, result=october)
    bench.refused("--before of a later month", ["not of the month before 2026-09"], *department, "--before", october)
    bench.refused("--year-before of another year", ["not of the same month of the year before 2026-10"], *department,
                  "--year-before", bench.result, result=october)
    folder.replace("manifest.json", "EXAMPLE", "ANOTHER")
    folder.replace("manifest.json", "2026-10", "2026-08")
    for file in ("ledger.csv", "charge_lines.csv", "encounters.csv"):
        folder.write(file, [line.replace("2026-10", "2026-08") for line in folder.lines(file)])
    other = bench.scratch / "result-other"
    bench.yuanliu.must("compute", folder.month, "--rules", bench.rules, "--out", other)
    bench.refused("--before of another hospital", ["hospital ANOTHER", "of EXAMPLE"], *department, "--before", other)


def rehash(result):
    """Makes the certificate state the hashes of the tables as they are now, as a forger would."""
    certificate = hospital.read_json(result / "certificate.json")
    for name, entry in certificate["tables"].items():
        entry["sha256"] = hashlib.sha256((result / name).read_bytes()).hexdigest()
    listing = "".join(f"{name} {certificate['tables'][name]['sha256']}\n" for name in sorted(certificate["tables"]))
    certificate["result_hash"] = hashlib.sha256(listing.encode()).hexdigest()
    (result / "certificate.json").write_text(json.dumps(certificate), "utf-8")


def judge_forgeries(bench):
    plans = {"a fen moved in department_cost.csv": ("department_cost.csv", "C01,full,1001,basic,direct,500.00", "500.01", "full"),
             "a fen more of direct cost": ("department_cost.csv", "C01,direct,1001,basic,direct,500.00", "500.01", "ledger"),
             "a fen moved in transfers.csv": ("transfers.csv", ",240.00,120.00,", "120.01,", "transfers")}
    for name, (file, old, new, claim) in plans.items():
        forged = bench.scratch / "forged"
        shutil.rmtree(forged, ignore_errors=True)
        shutil.copytree(bench.result, forged)
        text = (forged / file).read_text("utf-8")
        tail = old.rsplit(",", 2)[-2] + "," if old.endswith(",") else old.rsplit(",", 1)[-1]
        assert old in text, (file, old)
        (forged / file).write_text(text.replace(old, old[:-len(tail)] + new, 1), "utf-8")
        bench.refused(f"{name}: another hash", [file, "hash"], "--kind", "direct-cost", result=forged, code=1)
        rehash(forged)
        bench.refused(f"{name}, hashes made anew: sums", ["do not close", claim], "--kind", "direct-cost", result=forged, code=1)


def judge_wrong_use(bench):
    bench.refused("unknown department", ['no department "X9"', "departments.csv"], "--kind", "department", "--department", "X9")
    bench.refused("unknown department, in Chinese", ['没有科室 "X9"'], "--kind", "department", "--department", "X9", language="zh")
    bench.refused("no department named: said so, with the first codes", ["--kind department needs a department", "there are 5",
                                                                         "A01 院办财务科, B01 消毒供应室, C01 内科病区"], "--kind", "department")
    bench.refused("no department named, in Chinese", ["--kind department 需要科室", "共 5 个", "A01 院办财务科"], "--kind", "department",
                  language="zh")
    bench.refused("no department of a group sheet", ["--kind group-sheet needs a department"], "--kind", "group-sheet")
    bench.refused("a department near to one", ['no department "C03"', "near it: C01 内科病区, C02 内科门诊"], "--kind", "department",
                  "--department", "C03")
    bench.refused("a department far from all but of their letter", ['no department "C99"', "near it: C01 内科病区, C02 内科门诊"], "--kind",
                  "layers", "--department", "C99")
    done = bench.yuanliu.run("report", "--kind", "visits", "--lang", "en")
    bench.suite.expect("refused: no result named", done.returncode == 2 and "name a result folder" in done.stderr, done.stderr)
    bench.refused("attributes without rules of collection", ["cost_attributes.csv", "collection.toml"], "--kind", "attributes")
    bench.refused("layers of an unknown department", ['no department "X9"'], "--kind", "layers", "--department", "X9")
    bench.refused("layers by other rules", ["are not the rules of this result"], "--kind", "layers", "--rules", bench.scratch)
    bench.refused("other rules, of a kind that reads none", ["are not the rules of this result"], "--kind", "visits", "--rules", bench.scratch)
    bench.refused("unknown kind", ["--kind"], "--kind", "nonsense")
    bench.refused("unknown scope", ["--scope"], "--kind", "visits", "--scope", "all")
    bench.refused("no result folder", ["not a result folder"], "--kind", "visits", result=EXAMPLE / "month", code=1)
    bench.refused("month folder is gone", ["--month"], "--kind", "visits", "--month", bench.scratch / "nowhere")
    folder = hospital.Folder(bench.scratch / "altered", EXAMPLE / "month", bench.rules)
    folder.cell("ledger.csv", {"voucher": "J001", "line": "1"}, "amount", "240.01")
    bench.refused("another month's folder", ["is not the month of this result"], "--kind", "visits", "--month", folder.month, code=1)
    folder.cell("ledger.csv", {"voucher": "J001", "line": "1"}, "amount", "much")
    bench.refused("a month with faults", ["number_malformed", "ledger.csv"], "--kind", "visits", "--month", folder.month, code=1)
    done = bench.yuanliu.run("compare-plans", "--month", EXAMPLE / "month", "--rules", bench.rules, "--lang", "en")
    bench.suite.expect("refused: compare-plans with one plan", done.returncode == 2 and "--rules" in done.stderr, done.stderr)


# Option, a value, and the kinds that take it; "x" stands for whatever folder.
OPTIONS = [("--by", "group", ["profit"]), ("--analysis", "x", ["profit", "ratio-cases", "profit-trend", "group-sheet", "structure",
                                                             "group-advice", "low-weight"]),
           ("--earlier", "x", ["profit-trend"]), ("--department", "C01", ["department", "layers", "ratio-cases", "group-sheet"]),
           ("--beds-driver", "headcount", ["beds"]), ("--before", "x", ["department"]), ("--year-before", "x", ["department"])]


def judge_options(bench):
    """An option that a kind does not take is refused by name, all of them at once; never ignored."""
    kinds = ["direct-cost", "full-cost", "composition", "transfers", "department", "visits", "bed-days", "layers", "attributes", "beds",
             "equipment", "projects", "attending-groups", "reconciliation", *OPTIONS[1][2]]
    for kind in kinds:
        given = [(option, value) for option, value, takers in OPTIONS if kind not in takers]
        if kind in ("equipment", "projects", "attending-groups", "reconciliation"):
            given.append(("--scope", "medical"))
        done = bench.yuanliu.run("report", bench.result, "--kind", kind, "--lang", "en", *[word for pair in given for word in pair])
        said = re.findall(rf"^error: --kind {kind} does not take (--[a-z-]+); leave it out \(kinds that take it: (.*)\)$", done.stderr, re.M)
        takers = {option: sorted(names.split(", ")) for option, names in said}
        bench.suite.expect(f"{kind}: options of other kinds are refused, each by name", done.returncode == 2 and not done.stdout and
                           sorted(takers) == sorted(option for option, _ in given) and
                           all(takers[option] == sorted(names) for option, _, names in OPTIONS if option in takers), done.stderr)
    bench.refused("an option of another kind, in Chinese", ["--kind visits 不使用 --by", "profit"], "--kind", "visits", "--by", "payer",
                  language="zh")


def judge_places(bench):
    """What can't be written: exit 2 for a wrong place, 4 for a full one, in both languages, and what was there stays."""
    folder, kept = bench.scratch / "a-folder", bench.scratch / "kept.csv"
    folder.mkdir()
    kept.write_text("as it was", "utf-8")
    places = [("in no folder", bench.scratch / "nowhere" / "out.csv", 2, "", "不能写入"), ("a folder", folder, 2, "", "可写的位置"),
              ("below a file", kept / "out.csv", 2, "name a place that can be written", "不能写入"),
              ("a full place", "/dev/full", 4, "try again when there is room", "腾出空间")]
    for name, place, code, english, chinese in places:
        for language, word in (("en", english), ("zh", chinese)):
            before = hospital.tree(bench.scratch)
            done = bench.yuanliu.run("report", bench.result, "--kind", "visits", "--out", place, "--lang", language)
            told = f"can't write {place}" if language == "en" else f"不能写入 {place}"
            bench.suite.expect(f"--out {name} {language}: exit {code}, nothing written", done.returncode == code and done.stdout == "" and
                               told in done.stderr and word in done.stderr and
                               hospital.tree(bench.scratch) == before, f"{done.returncode} {done.stderr}")
    bench.yuanliu.must("report", bench.result, "--kind", "visits", "--lang", "zh", "--format", "csv", "--out", kept)
    left = [path.name for path in bench.scratch.iterdir() if path.name.endswith(".part")]
    bench.suite.expect("a file is replaced as a whole, and nothing is left beside it", "诊次成本构成表" in kept.read_text("utf-8") and
                       not left, left)


def width(line):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def on_terminal(bench, columns, *arguments):
    """What the program prints on a terminal so many columns wide."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen([str(bench.yuanliu.path), *map(str, arguments)], stdout=slave) as running:
        os.close(slave)
        data = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            data += part
    os.close(master)
    return data.decode("utf-8").replace("\r\n", "\n")


def judge_widths(bench):
    """Wide tables are cut into blocks that fit, each with the key column; together they are all cells of the table."""
    rows = bench.sections("--kind", "full-cost", "--scope", "hospital_full")[0]
    command = ("report", bench.result, "--kind", "full-cost", "--scope", "hospital_full", "--lang", "zh")
    printed = {160: bench.yuanliu.must(*command).stdout, 200: on_terminal(bench, 200, *command), 90: on_terminal(bench, 90, *command)}
    for limit, text in printed.items():
        lines = [line for line in text.splitlines() if line.startswith("  ")]
        cells = [re.split(r" {2,}", line.strip()) for line in lines]
        blocks = len([row for row in cells if row[0] == rows[0][0]])
        joined = {}
        for row in cells:
            joined[row[0]] = joined.get(row[0], [row[0]]) + [cell.replace(",", "") for cell in row[1:]]
        bench.suite.expect(f"text of {limit} columns: {blocks} blocks that fit and hold every cell", 1 < blocks <= 36 and
                           max(map(width, lines)) <= limit and list(joined.values()) == rows, f"{max(map(width, lines))} {joined}\n{text}")
    counts = [len([line for line in text.splitlines() if line.startswith("  科室 ")]) for text in printed.values()]
    bench.suite.expect("the narrower, the more blocks", counts[1] <= counts[0] < counts[2], counts)
    wide = [line for line in on_terminal(bench, 1000, *command).splitlines() if line.startswith("  科室 ")]
    bench.suite.expect("a terminal that is wide enough shows the table whole", len(wide) == 1, wide)


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu, scratch)
    judge_by_hand(bench)
    judge_forms(bench)
    judge_change(bench)
    judge_forgeries(bench)
    judge_wrong_use(bench)
    judge_options(bench)
    judge_places(bench)
    judge_widths(bench)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
