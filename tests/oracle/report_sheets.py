"""Why this file: derives every cell of the published reports a second time, from the tables of a result and
the CSV files of its month, knowing only docs/reports.md; and reads what `yuanliu report --format csv` wrote.
"""
import collections
import csv
import datetime
import io
from fractions import Fraction

CATEGORIES = ("staff", "materials", "drugs", "depreciation", "amortization", "risk_fund", "other_operating")
CATEGORY_NAMES = ("人员经费", "卫生材料", "药品", "固定资产折旧", "无形资产摊销", "提取医疗风险基金", "其他运行费用")
FUNDS = ("basic", "fiscal_project", "other_fiscal_project", "research", "teaching")
SCOPES = {"medical": 1, "medical_full": 3, "hospital_full": 5}  # how many of the fund sources
CLASS_NAMES = {"clinical": "临床服务类", "medical_technology": "医疗技术类", "auxiliary": "医疗辅助类",
               "administrative": "行政后勤类", "public": "公共", "excluded": "不计入成本"}
LEVEL_OF_CLASS = {"administrative": "1", "auxiliary": "2", "medical_technology": "3"}
LEVEL_NAMES = {"public": "计算计入", "1": "一级", "2": "二级", "3": "三级", "other": "其他"}
ORIGIN_NAMES = {"administrative": "行政后勤", "auxiliary": "医疗辅助", "medical_technology": "医疗技术", "direct": "直接"}


def fen(text):
    return int(Fraction(text) * 100)


def yuan(value):
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"


def nearest(value):
    """A fraction to a whole number, half away from zero."""
    value = Fraction(value)
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def percent(part, total):
    return "" if total == 0 else yuan(nearest(Fraction(10000 * part) / Fraction(total))) + "%"


def each(amount, count):
    return "" if count == 0 else yuan(nearest(Fraction(amount, count)))


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def sections_of(text):
    """The sections of a report in CSV: each its header and its rows, all as lists of texts."""
    found, current = [], None
    for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
        if not row:
            current = []
            found.append(current)
        elif current is not None and len(row) > 1:
            current.append(row)
    return [section for section in found if section]


class Books:
    """A result and its month, summed as docs/reports.md §1 says."""

    def __init__(self, result, month):
        self.departments = {r["department"]: r for r in rows_of(month / "departments.csv")}
        self.category = {r["cost_item"]: r["category"] for r in rows_of(month / "cost_items.csv")}
        self.drivers = {r["driver"]: r["name"] for r in rows_of(month / "drivers.csv")}
        self.month = month
        self.transfers = rows_of(result / "transfers.csv")
        self.booked, self.full = collections.Counter(), collections.Counter()
        self.levels, self.passed = collections.Counter(), collections.Counter()
        self.seen = set()  # (department, category, fund) with any amount
        for row in rows_of(result / "department_cost.csv"):
            key = (row["department"], self.category[row["cost_item"]], row["fund_source"])
            if row["kind"] == "direct":
                self.booked[key] += fen(row["cost"])
            elif row["kind"] == "full":
                self.full[key] += fen(row["cost"])
        for row in self.transfers:
            cell = (self.category[row["cost_item"]], row["fund_source"])
            level, cost = self.level(row), fen(row["cost"])
            self.levels[(row["receiver"], level) + cell] += cost
            if level == "public":
                self.levels[(row["sender"], level) + cell] -= cost
            else:
                self.passed[(row["sender"],) + cell] -= cost

    def level(self, row):
        if row["origin"] == "public":
            return "public"
        return LEVEL_OF_CLASS.get(self.departments[row["sender"]]["class"], "other")

    def title(self, code):
        return f"{self.departments[code]['name']} {code}" if code in self.departments else code


class Line:
    """A cost line of a scope: what it covers and what it is called."""

    def __init__(self, title, cells):
        self.title, self.cells = title, cells

    def booked(self, books, d):
        return sum(books.booked[(d,) + cell] for cell in self.cells)

    def level(self, books, d, level):
        return sum(books.levels[(d, level) + cell] for cell in self.cells)

    def passed(self, books, d):
        return sum(books.passed[(d,) + cell] for cell in self.cells)

    def direct(self, books, d):
        return self.booked(books, d) + self.level(books, d, "public")

    def full(self, books, d):
        return sum(books.full[(d,) + cell] for cell in self.cells)

    def has(self, books, d):
        return any(books.booked[(d,) + c] or books.passed[(d,) + c] or
                   any(books.levels[(d, level) + c] for level in LEVEL_NAMES) for c in self.cells)


def lines_of(scope):
    def of_funds(*funds):
        return [(c, f) for c in CATEGORIES for f in funds]
    lines = [Line(name, [(c, "basic")]) for c, name in zip(CATEGORIES, CATEGORY_NAMES)]
    lines.append(Line("医疗成本", of_funds("basic")))
    if scope != "medical":
        lines += [Line("财政项目", of_funds("fiscal_project")), Line("非同级财政项目", of_funds("other_fiscal_project")),
                  Line("医疗全成本", of_funds(*FUNDS[:3]))]
    if scope == "hospital_full":
        lines += [Line("科研", of_funds("research")), Line("教学", of_funds("teaching")), Line("医院全成本", of_funds(*FUNDS))]
    return lines


class Sheets:
    """The reports of one scope, as sections of rows of texts without their headers."""

    def __init__(self, books, scope):
        self.books, self.lines, self.total = books, lines_of(scope), lines_of(scope)[-1]
        self.funds = FUNDS[:SCOPES[scope]]

    def of_class(self, name):
        return [d for d in sorted(self.books.departments, key=lambda code: code.encode())
                if self.books.departments[d]["class"] == name and self.total.has(self.books, d)]

    def direct_cost(self):
        rows, business = [], [0] * len(self.lines)
        def amounts(departments):
            return [sum(line.direct(self.books, d) for d in departments) for line in self.lines]
        for name in ("clinical", "medical_technology", "auxiliary"):
            rows += [[self.books.title(d)] + [yuan(a) for a in amounts([d])] for d in self.of_class(name)]
            subtotal = amounts(self.of_class(name))
            rows.append([CLASS_NAMES[name] + "小计"] + [yuan(a) for a in subtotal])
            business = [a + b for a, b in zip(business, subtotal)]
        rows.append(["医疗业务成本合计"] + [yuan(a) for a in business])
        management = amounts(self.of_class("administrative"))
        rows.append(["管理费用"] + [yuan(a) for a in management])
        total = [a + b for a, b in zip(business, management)]
        for name, title in (("public", "未分出的公共费用"), ("excluded", "其他")):
            rest = amounts(self.of_class(name))
            if any(rest):
                rows.append([title] + [yuan(a) for a in rest])
                total = [a + b for a, b in zip(total, rest)]
        rows.append(["本月总计"] + [yuan(a) for a in total])
        return [rows, self.scopes()]

    def scopes(self):
        all_lines = lines_of("hospital_full")
        def total(line):
            return sum(line.booked(self.books, d) for d in self.books.departments)
        business = sum(all_lines[7].direct(self.books, d) for d, row in self.books.departments.items()
                       if row["class"] in ("clinical", "medical_technology", "auxiliary"))
        rows = [["医疗业务成本", yuan(business)], ["加: 管理费用", yuan(total(all_lines[7]) - business)]]
        for line in all_lines[7:]:
            is_sum = line.title.endswith("成本")
            rows.append([line.title if is_sum else "加: " + line.title, yuan(total(line))])
        return rows

    def full_cost(self):
        def row(title, departments):
            cells = [title]
            for line in self.lines:
                direct = sum(line.direct(self.books, d) for d in departments)
                full = sum(line.full(self.books, d) for d in departments)
                cells += [yuan(direct), yuan(full - direct), yuan(full)]
            return cells
        clinical = self.of_class("clinical")
        rows = [row(self.books.title(d), [d]) for d in clinical]
        rows.append(row("科室全成本合计", clinical))
        others = [d for d, r in self.books.departments.items() if r["class"] != "clinical"]
        if any(sum(line.full(self.books, d) for d in others) for line in self.lines):
            rows.append(row("其他科室未分出的成本", others))
            rows.append(row("合计", others + clinical))
        return [rows]

    def composition(self):
        clinical = self.of_class("clinical")
        revenue, (visits, days) = revenues(self.books.month), counts(self.books.month)
        settings = {d: self.books.departments[d]["care_setting"] for d in clinical}
        columns = [[d] for d in clinical] + [clinical]
        rows = []
        for line in self.lines:
            cells = [line.title]
            for column in columns:
                amount = sum(line.full(self.books, d) for d in column)
                cells += [yuan(amount), percent(amount, sum(self.total.full(self.books, d) for d in column))]
            rows.append(cells)
        last = [["科室收入 (开单)"], ["收入 − 成本"], ["床日成本"], ["诊次成本"]]
        for column in columns:
            cost = sum(self.total.full(self.books, d) for d in column)
            earned = sum(revenue[d] for d in column)
            beds = [d for d in column if settings[d] == "inpatient"]
            clinics = [d for d in column if settings[d] == "outpatient"]
            last[0] += [yuan(earned), ""]
            last[1] += [yuan(earned - cost), ""]
            last[2] += [each(sum(self.total.full(self.books, d) for d in beds), sum(days[d] for d in beds)), ""]
            last[3] += [each(sum(self.total.full(self.books, d) for d in clinics), sum(visits[d] for d in clinics)), ""]
        return [rows + last]

    def by_class(self, of):
        """Rows of all classes, each with its sum, and the total; of(department) gives amounts."""
        rows, total = [], None
        for name, title in CLASS_NAMES.items():
            departments = self.of_class(name)
            if departments:
                amounts = [of(d) for d in departments]
                rows += [[self.books.title(d)] + [yuan(a) for a in row] for d, row in zip(departments, amounts)]
                subtotal = [sum(column) for column in zip(*amounts)]
                rows.append([title + "小计"] + [yuan(a) for a in subtotal])
                total = subtotal if total is None else [a + b for a, b in zip(total, subtotal)]
        rows.append(["合计"] + [yuan(a) for a in total])
        return rows

    def transfers(self):
        books, line = self.books, self.total
        has_other = any(line.level(books, d, "other") for d in books.departments)
        def row(d):
            levels = [line.level(books, d, k) for k in ("1", "2", "3")] + [line.level(books, d, "other")] * has_other
            direct, booked, passed = line.direct(books, d), line.booked(books, d), line.passed(books, d)
            gathered = direct + sum(levels)
            return [booked, direct - booked, direct, *levels, gathered, passed, gathered + passed]
        origins = ("direct", "public", "administrative", "auxiliary", "medical_technology")
        received = collections.Counter()
        for t in books.transfers:
            if books.level(t) != "public" and t["fund_source"] in self.funds:
                received[(books.level(t), origins.index(t["origin"]), t["receiver"])] += fen(t["cost"])
        keys = sorted({key[:2] for key in received})
        def layers(d):
            amounts = [received[key + (d,)] for key in keys]
            return amounts + [sum(amounts)]
        return [self.by_class(row), self.by_class(layers)]

    def units(self, setting):
        number = counts(self.books.month)[0 if setting == "outpatient" else 1]
        units = [d for d in self.of_class("clinical") if self.books.departments[d]["care_setting"] == setting]
        def row(title, departments):
            count, cells = sum(number[d] for d in departments), []
            whole = sum(self.total.full(self.books, d) for d in departments)
            for line in self.lines:
                amount = sum(line.full(self.books, d) for d in departments)
                cells += [yuan(amount), percent(amount, whole), each(amount, count)]
            return [title, str(count)] + cells
        return [[row("全院", units)] + [row(self.books.title(d), [d]) for d in units]]

    def department(self, d, before=None):
        books, levels = self.books, ["public", "1", "2", "3"]
        levels += ["other"] * (self.total.level(books, d, "other") != 0)
        has_passed = self.total.passed(books, d) != 0
        cost = []
        for line in self.lines:
            cells = [line.booked(books, d)] + [line.level(books, d, k) for k in levels]
            cells += [line.passed(books, d)] * has_passed
            cost.append([line.title] + [yuan(a) for a in cells] + [yuan(line.full(books, d))])
        now = shares(books, d, self.funds)
        rows = [[LEVEL_NAMES[s["level"]], books.title(s["sender"]), books.drivers[s["driver"]], s["base"], s["total"],
                 percent(Fraction(s["base"]), Fraction(s["total"])), yuan(s["pool"]), yuan(s["cost"]), str(s["count"])]
                for s in now]
        rows.append(["合计", "", "", "", "", "", "", yuan(sum(s["cost"] for s in now)), ""])
        return [cost, rows] + ([self.changes(shares(before, d, self.funds), now)] if before else [])

    def changes(self, then, now):
        senders = {s["sender"] for s in then + now}
        rows, total = [], [0] * 7
        for sender in senders:
            a0, a1 = ([s for s in month if s["sender"] == sender] for month in (then, now))
            c0, c1 = sum(s["cost"] for s in a0), sum(s["cost"] for s in a1)
            p0, p1 = sum(s["pool"] for s in a0), sum(s["pool"] for s in a1)
            effects = [0, 0, 0, 0]
            if not a0:
                effects[2] = c1
            elif not a1:
                effects[3] = -c0
            else:
                effects[0] = nearest(Fraction(c0 * (p1 - p0), p0)) if p0 else 0
                effects[1] = c1 - c0 - effects[0]
            amounts = [c0, c1, c1 - c0] + effects
            assert sum(effects) == c1 - c0
            total = [x + y for x, y in zip(total, amounts)]
            bases = [f"{self.books.drivers[a[0]['driver']]} {a[0]['base']} / {a[0]['total']}{' …' if len(a) > 1 else ''}"
                     if a else "" for a in (a0, a1)]
            rows.append((-abs(c1 - c0), sender.encode(), [self.books.title(sender)] + [yuan(a) for a in amounts] + bases))
        return [row for _, _, row in sorted(rows)] + [["合计"] + [yuan(a) for a in total] + ["", ""]]


def shares(books, receiver, funds):
    """What a department received, by sender and base, the largest amount first."""
    found = {}
    for t in books.transfers:
        if t["receiver"] == receiver and t["fund_source"] in funds:
            key = (t["sender"].encode(), t["driver"].encode(), Fraction(t["base"]), Fraction(t["base_total"]), int(t["pass"]),
                   books.level(t))
            share = found.setdefault(key, {"sender": t["sender"], "driver": t["driver"], "base": t["base"], "total": t["base_total"],
                                           "level": key[-1], "pool": 0, "cost": 0, "count": 0})
            share["pool"] += fen(t["pool"])
            share["cost"] += fen(t["cost"])
            share["count"] += 1
    return [found[key] for key in sorted(found, key=lambda k: (-abs(found[k]["cost"]), k))]


def revenues(month):
    """Charges of known encounters by ordering department."""
    known = {r["encounter"] for r in rows_of(month / "encounters.csv")}
    revenue = collections.Counter()
    for row in rows_of(month / "charge_lines.csv"):
        if row["encounter"] in known:
            revenue[row["ordering_department"]] += fen(row["charge"])
    return revenue


def counts(month):
    """Visits and bed-days of departments, day by day."""
    first = datetime.date.fromisoformat(month.name + "-01") if month.name[:2] == "20" else None
    encounters = rows_of(month / "encounters.csv")
    if first is None:
        first = datetime.date.fromisoformat(max(r["admitted_on"] for r in encounters)[:7] + "-01")
    days_of_month = [first + datetime.timedelta(n) for n in range(31) if (first + datetime.timedelta(n)).month == first.month]
    visits, days = collections.Counter(), collections.Counter()
    texts = [day.isoformat() for day in days_of_month]
    for row in encounters:
        admitted, out, d = row["admitted_on"], row["discharged_on"], row["department"]
        if row["kind"] == "outpatient":
            visits[d] += admitted in texts
        elif admitted == out:
            days[d] += admitted in texts
        else:
            days[d] += sum(1 for day in texts if admitted <= day and (not out or day < out))
    return visits, days
