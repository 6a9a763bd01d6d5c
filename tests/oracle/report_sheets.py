"""Why this file: derives every cell of the published reports a second time, from the tables of a result and
the CSV files of its month, knowing only docs/reports.md; and reads what `yuanliu report --format csv` wrote.
"""
import collections
import csv
import datetime
import io
from fractions import Fraction

import layer_steps

CATEGORIES = ("staff", "materials", "drugs", "depreciation", "amortization", "risk_fund", "other_operating")
CATEGORY_NAMES = ("人员经费", "卫生材料", "药品", "固定资产折旧", "无形资产摊销", "提取医疗风险基金", "其他运行费用")
FUNDS = ("basic", "fiscal_project", "other_fiscal_project", "research", "teaching")
SCOPES = {"medical_business": 1, "medical": 1, "medical_full": 3, "hospital_full": 5}  # how many of the fund sources
CLASS_NAMES = {"clinical": "临床服务类", "medical_technology": "医疗技术类", "auxiliary": "医疗辅助类",
               "administrative": "行政后勤类", "public": "公共", "excluded": "不计入成本"}
LEVEL_OF_CLASS = {"administrative": "1", "auxiliary": "2", "medical_technology": "3"}
LEVEL_NAMES = {"public": "计算计入", "1": "一级", "2": "二级", "3": "三级", "other": "其他"}
MOVED_BY = {"share": "固定比例", "metered": "计量", "payroll": "薪酬", "staff_time": "工时", "assets": "资产卡片"}
FUND_NAMES = dict(zip(FUNDS, ("自筹及财政基本", "财政项目", "非同级财政项目", "科研", "教学")))
USUAL_LAYERS = [("direct", frozenset()), ("auxiliary", frozenset()), ("auxiliary", frozenset(("medical_technology",))),
                ("medical_technology", frozenset())] + [
                    ("administrative", frozenset(c)) for c in ((), ("auxiliary",), ("medical_technology",),
                                                               ("auxiliary", "medical_technology"))]
ORIGIN_NAMES = {"administrative": "行政后勤", "auxiliary": "医疗辅助", "medical_technology": "医疗技术", "direct": "直接"}


def fen(text):
    whole, _, cents = text.partition(".")
    return int(whole + cents) if len(cents) == 2 else int(Fraction(text) * 100)


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
        self.costs = rows_of(result / "department_cost.csv")
        by_kind = {"direct": self.booked, "full": self.full, "sent": self.passed}
        for row in self.costs:
            if row["kind"] in by_kind:
                by_kind[row["kind"]][(row["department"],) + self.cell(row, row["department"])] += fen(row["cost"])
        self.moves = rows_of(result / "moves.csv") if (result / "moves.csv").exists() else []
        self.collected = rows_of(result / "collected.csv") if (result / "collected.csv").exists() else []
        for row in self.collected:
            cell = self.cell(row | {"origin": "direct"}, row["department"])
            self.booked[(row["department"],) + cell] -= fen(row["calculated"])
            self.levels[(row["department"], "public") + cell] += fen(row["calculated"])
        for row in self.transfers:
            level, cost = self.level(row), fen(row["cost"])
            self.levels[(row["receiver"], level) + self.cell(row, row["receiver"])] += cost
            if level == "public":
                self.levels[(row["sender"], level) + self.cell(row, row["sender"])] -= cost
                self.passed[(row["sender"],) + self.cell(row, row["sender"])] += cost
        attributes = result / "cost_attributes.csv"
        self.attributes = rows_of(attributes) if attributes.exists() else []
        scopes = result / "cost_scopes.csv"
        self.scopes = rows_of(scopes) if scopes.exists() else []

    def cell(self, row, holder):
        """Category, fund source, and whether the cost is management's where it lies."""
        is_own = self.departments[holder]["class"] == "administrative" and row["origin"] in ("direct", "public")
        return self.category[row["cost_item"]], row["fund_source"], row["origin"] == "administrative" or is_own

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

    def gathered(self, books, d):
        return self.booked(books, d) + sum(self.level(books, d, level) for level in LEVEL_NAMES)

    def has(self, books, d):
        return any(books.booked[(d,) + c] or books.passed[(d,) + c] or
                   any(books.levels[(d, level) + c] for level in LEVEL_NAMES) for c in self.cells)


def lines_of(scope):
    def of_funds(*funds):
        return [(c, f, m) for c in CATEGORIES for f in funds for m in held]
    held = (False,) if scope == "medical_business" else (False, True)
    lines = [Line(name, [(c, "basic", m) for m in held]) for c, name in zip(CATEGORIES, CATEGORY_NAMES)]
    lines.append(Line("医疗业务成本" if scope == "medical_business" else "医疗成本", of_funds("basic")))
    if scope in ("medical_full", "hospital_full"):
        lines += [Line("财政项目", of_funds("fiscal_project")), Line("非同级财政项目", of_funds("other_fiscal_project")),
                  Line("医疗全成本", of_funds(*FUNDS[:3]))]
    if scope == "hospital_full":
        lines += [Line("科研", of_funds("research")), Line("教学", of_funds("teaching")), Line("医院全成本", of_funds(*FUNDS))]
    return lines


class Sheets:
    """The reports of one scope, as sections of rows of texts without their headers."""

    def __init__(self, books, scope):
        self.books, self.lines, self.total = books, lines_of(scope), lines_of(scope)[-1]
        self.scope, self.funds = scope, FUNDS[:SCOPES[scope]]

    def takes(self, row, holder):
        """Whether a row of cost that the department holds belongs to the scope."""
        category, fund, is_management = self.books.cell(row, holder)
        return fund in self.funds and not (is_management and self.scope == "medical_business")

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
        if self.scope != "medical_business":
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
            return sum(line.direct(self.books, d) for d in self.books.departments)
        business = total(lines_of("medical_business")[-1])
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

    def by_class(self, of, texts=lambda row: [yuan(a) for a in row]):
        """Rows of all classes, each with its sum, and the total; of(department) gives amounts, texts(amounts) cells."""
        rows, total = [], None
        for name, title in CLASS_NAMES.items():
            departments = self.of_class(name)
            if departments:
                amounts = [of(d) for d in departments]
                rows += [[self.books.title(d)] + texts(row) for d, row in zip(departments, amounts)]
                subtotal = [sum(column) for column in zip(*amounts)]
                rows.append([title + "小计"] + texts(subtotal))
                total = subtotal if total is None else [a + b for a, b in zip(total, subtotal)]
        if total is None:  # no department has anything
            total = [0] * len(of(next(iter(self.books.departments))))
        rows.append(["合计"] + texts(total))
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
            if books.level(t) != "public" and self.takes(t, t["receiver"]):
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

    def layers(self, found):
        """What follow() found, by department, and by department, category and fund source."""
        cells = collections.defaultdict(collections.Counter)
        for (d, item, fund), layers in found.items():
            for (origin, carriers), amount in layers.items():
                if self.takes({"cost_item": item, "fund_source": fund, "origin": origin}, d):
                    cells[(d, self.books.category[item], fund)][(origin, carriers)] += amount
        paths = {layer for row in cells.values() for layer in row} | set(USUAL_LAYERS)
        paths = sorted((p for p in paths if self.scope != "medical_business" or p[0] != "administrative"),
                       key=layer_steps.order_of)
        def of(keys):
            row = [sum(cells[key][path] for key in keys) for path in paths]
            return row + [sum(row)]
        rows = self.by_class(lambda d: of([key for key in cells if key[0] == d]))
        details = []
        for d in sorted(self.books.departments, key=lambda code: code.encode()):
            for category, name in zip(CATEGORIES, CATEGORY_NAMES):
                for fund, words in FUND_NAMES.items():
                    if (d, category, fund) in cells:
                        details.append([self.books.title(d), name, words] + [yuan(a) for a in of([(d, category, fund)])])
        return [rows, details]

    def department(self, d, before=None, year_before=None):
        books, levels = self.books, ["public", "1", "2", "3"]
        levels += ["other"] * (self.total.level(books, d, "other") != 0)
        has_passed = self.total.passed(books, d) != 0
        cost = []
        for line in self.lines:
            cells = [line.booked(books, d)] + [line.level(books, d, k) for k in levels]
            cells += [line.passed(books, d)] * has_passed
            cost.append([line.title] + [yuan(a) for a in cells] + [yuan(line.full(books, d))])
        now = shares(books, d, self)
        rows = [[LEVEL_NAMES[s["level"]], books.title(s["sender"]), books.drivers[s["driver"]], s["base"], s["total"],
                 percent(Fraction(s["base"]), Fraction(s["total"])), yuan(s["pool"]), yuan(s["cost"]), str(s["count"])]
                for s in now]
        rows.append(["合计", "", "", "", "", "", "", yuan(sum(s["cost"] for s in now)), ""])
        brought = [self.moved_in(d)] if books.collected else []
        attributes = [self.attributes_of(d)] if books.attributes and self.scope != "medical_business" else []
        earlier = [month for month in (before, year_before) if month]
        return ([cost] + attributes + ([self.earlier(d, earlier)] if earlier else []) + [rows] + brought +
                [self.changes(shares(month, d, self), now) for month in earlier])

    def earlier(self, d, months):
        """Full cost now and then; no percent of a base of zero or less."""
        rows = []
        for line in self.lines:
            now, cells = line.full(self.books, d), []
            for then in (line.full(month, d) for month in months):
                cells += [yuan(then), yuan(now - then), percent(now - then, then) if then > 0 else "—"]
            rows.append([line.title, yuan(now)] + cells)
        return rows

    def attribute_row(self, rows, line, gathered):
        """What cost_attributes.csv says of a line, from the rows of some departments."""
        covered = [r for r in rows if (self.books.category[r["cost_item"]], r["fund_source"], True) in line.cells]
        total = {k: sum(fen(r[k]) for r in covered) for k in ("full", "fixed", "variable", "controllable", "capital")}
        mixed = sum(fen(r["full"]) for r in covered if fen(r["fixed"]) != 0 and fen(r["variable"]) != 0)
        return [total["full"], total["fixed"], total["variable"], mixed, total["capital"], total["full"] - total["capital"],
                gathered, total["controllable"], gathered - total["controllable"]]

    def attributes_of(self, d):
        rows = [r for r in self.books.attributes if r["department"] == d]
        return [[line.title] + self.with_percents(self.attribute_row(rows, line, line.gathered(self.books, d)))
                for line in self.lines]

    @staticmethod
    def with_percents(row):
        return [yuan(a) for a in row] + [percent(row[2], row[0]), percent(row[4], row[0]), percent(row[7], row[6])]

    def attributes(self):
        books, by_department = self.books, collections.defaultdict(list)
        for row in books.attributes:
            by_department[row["department"]].append(row)
        departments = self.by_class(lambda d: self.attribute_row(by_department[d], self.total, self.total.gathered(books, d)),
                                    self.with_percents)
        items = [[line.title] + self.with_percents(self.attribute_row(
            books.attributes, line, sum(line.direct(books, d) for d in books.departments))) for line in self.lines]
        return [departments, items]

    def moved_in(self, d):
        """What moves brought to the department, by move, giver and base."""
        found = {}
        for m in self.books.moves:
            if m["to_department"] == d and self.takes({"cost_item": m["to_cost_item"], "fund_source": m["to_fund_source"],
                                                       "origin": "direct"}, d):
                by = self.books.drivers[m["driver"]] if m["driver"] else MOVED_BY[m["by"]]
                key = (int(m["rule"]), m["department"].encode(), by.encode(), Fraction(m["base"]), Fraction(m["base_total"]))
                row = found.setdefault(key, [m["department"], by, m["base"], m["base_total"], 0, 0])
                row[4] += fen(m["pool"])
                row[5] += fen(m["amount"])
        rows = []
        for key in sorted(found, key=lambda k: (-abs(found[k][5]), k)):
            giver, by, base, total, taken, amount = found[key]
            rows.append([str(key[0]), self.books.title(giver), by, base, total, percent(Fraction(base), Fraction(total)),
                         yuan(taken), yuan(amount)])
        brought = sum(fen(r["moved_in"]) for r in self.books.collected
                      if r["department"] == d and self.takes(r | {"origin": "direct"}, d))
        return rows + [["合计", "", "", "", "", "", "", yuan(brought)]]

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


def shares(books, receiver, sheets):
    """What a department received, by sender and base, the largest amount first."""
    found = {}
    for t in books.transfers:
        if t["receiver"] == receiver and sheets.takes(t, receiver):
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
