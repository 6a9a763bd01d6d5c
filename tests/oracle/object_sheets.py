"""Why this file: derives every cell of docs/objects.md a second time, from the tables of results and the CSV files
of their months, with whole numbers and fractions only.
"""
import collections
import math
from fractions import Fraction

from arithmetic import apportion, number, scaled
from report_sheets import CATEGORIES, FUNDS, SCOPES, Books, counts, each, fen, nearest, percent, rows_of, yuan

E4 = 10_000
VARIABLE = ("materials", "drugs", "risk_fund")
VISIT, BED_DAY = "~visit", "~bed_day"
FUND_NAMES = dict(zip(FUNDS, ("自筹及财政基本", "财政项目", "非同级财政项目", "科研", "教学")))


def table(folder, name):
    path = folder / f"{name}.csv"
    return rows_of(path) if path.exists() else []


def by_code(rows):
    return sorted(rows, key=lambda code: code.encode())


def decimals(value, places):
    """A fraction with that many decimals, half away from zero."""
    whole = nearest(Fraction(value) * 10**places)
    text = f"{abs(whole):0{places + 1}d}"
    return ("-" if whole < 0 else "") + text[:-places] + "." + text[-places:]


# ---- §1: actual, rolling, standard ---------------------------------------------------------------


class UnitCosts:
    """`folders` are (result, month) by period, the newest last; `standards` rows of the file or None."""

    def __init__(self, folders, standards, scope="hospital_full"):
        self.result, self.month = folders[-1]
        self.n, self.funds = len(folders), FUNDS[:SCOPES[scope]]
        self.names = {r["department"]: r["name"] for r in rows_of(self.month / "departments.csv")}
        self.item_names = {r["service_item"]: r["name"] for r in rows_of(self.month / "service_items.csv")}
        self.standards = self.in_force(standards) if standards is not None else None
        self.now, self.all = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0])
        self.units = set()
        for place, (result, month) in enumerate(folders):
            for key, (quantity, cost) in self.figures(result, month).items():
                self.all[key] = [self.all[key][0] + quantity, self.all[key][1] + cost]
                if place == self.n - 1:
                    self.now[key] = [quantity, cost]
        self.read_fixed()

    def in_force(self, rows):
        period, chosen = self.month.name, {}
        for row in rows:
            if (row["valid_from"] or "0") <= period:
                key = (row["department"], row["service_item"])
                if key not in chosen or (chosen[key]["valid_from"] or "0") <= (row["valid_from"] or "0"):
                    chosen[key] = row
        return {key: scaled(row["standard_unit_cost"], 4) for key, row in chosen.items()
                if (row["valid_to"] or "9") >= period}

    def figures(self, result, month):
        found = {}
        for row in rows_of(result / "service_item_cost.csv"):
            if row["pool"] == "service" and not row["service_item"].startswith("~"):
                found[(row["department"], row["service_item"])] = (scaled(row["quantity"], 4), fen(row["cost"]))
        visits, days = counts(month)
        full = collections.Counter()
        for row in rows_of(result / "department_cost.csv"):
            if row["kind"] == "full" and row["fund_source"] in self.funds:
                full[row["department"]] += fen(row["cost"])
        for row in rows_of(month / "departments.csv"):
            code = {"outpatient": VISIT, "inpatient": BED_DAY}.get(row["care_setting"])
            if row["class"] == "clinical" and code:
                d = row["department"]
                count = visits[d] if code == VISIT else days[d]
                if count or full[d]:
                    found[(d, code)] = (count * E4, full[d])
                    self.units.add((d, code))
        return found

    def read_fixed(self):
        category = {r["cost_item"]: r["category"] for r in rows_of(self.month / "cost_items.csv")}
        self.full, self.fixed = collections.Counter(), collections.Counter()
        for row in table(self.result, "cost_attributes"):
            self.full[category[row["cost_item"]]] += fen(row["full"])
            self.fixed[category[row["cost_item"]]] += fen(row["fixed"])
        self.pool_of, self.unit_cost = collections.Counter(), collections.Counter()
        for row in rows_of(self.result / "pool_components.csv"):
            if row["pool"] == "service":
                self.pool_of[(row["department"], row["cost_category"])] += fen(row["cost"])
        for row in rows_of(self.result / "department_cost.csv"):
            if row["kind"] == "full" and row["fund_source"] in self.funds:
                self.unit_cost[(row["department"], category[row["cost_item"]])] += fen(row["cost"])

    def fixed_share(self, key):
        amounts = self.unit_cost if key[1] in (VISIT, BED_DAY) else self.pool_of
        fixed = whole = 0
        for c in CATEGORIES:
            amount = amounts[(key[0], c)]
            whole += amount
            if self.full[c]:
                fixed += nearest(Fraction(amount * self.fixed[c], self.full[c]))
            elif c not in VARIABLE:
                fixed += amount
        return min(max(nearest(Fraction(fixed * E4, whole)), 0), E4) if whole > 0 else 0

    def standard(self, key):
        if self.standards is None:
            return None
        return self.standards.get(key, self.standards.get(("", key[1])))

    def explained(self, key):
        """actual, at standard, level, volume, spend; None without standard or volume."""
        s, (q, a), (all_q, all_c) = self.standard(key), self.now[key], self.all[key]
        if s is None or q <= 0:
            return None
        at = nearest(Fraction(q * s, 10**6))
        if all_q <= 0:
            return [a, at, a - at, 0, 0]
        level = nearest(Fraction(all_c * q, all_q)) - at
        usual = nearest(Fraction(all_c * self.fixed_share(key), self.n * E4))
        volume = nearest(Fraction(usual * (all_q - self.n * q), all_q))
        return [a, at, level, volume, a - at - level - volume]

    def department(self, code):
        return f"{self.names[code]} {code}" if code in self.names else code

    def item(self, code):
        named = {VISIT: "诊次", BED_DAY: "床日"}
        return named.get(code) or (f"{self.item_names[code]} {code}" if code in self.item_names else code)

    def cells(self, now, rolling, standard, explained):
        cells = []
        for quantity, cost in (now, rolling):
            cells += [number(quantity, 4), yuan(cost), decimals(Fraction(cost * 100, quantity), 4) if quantity > 0 else ""]
        cells.append(decimals(Fraction(standard, E4), 4) if standard is not None else "")
        if explained is None:
            return cells + [""] * 5
        a, at, *parts = explained
        return cells + [yuan(at), yuan(a - at)] + [yuan(p) for p in parts]

    def keys(self, of_units):
        found = self.units if of_units else set(self.all) - self.units
        return sorted(found, key=lambda key: (key[0].encode(), key[1].encode()))

    def sum_of(self, keys):
        now, rolling, explained = [0, 0], [0, 0], None
        for key in keys:
            now = [a + b for a, b in zip(now, self.now[key])]
            rolling = [a + b for a, b in zip(rolling, self.all[key])]
            mine = self.explained(key)
            if mine:
                explained = [a + b for a, b in zip(explained or [0] * 5, mine)]
        return now, rolling, explained

    def sections(self):
        items, units = self.keys(False), self.keys(True)
        rows = [[self.department(k[0]), self.item(k[1])] + self.cells(self.now[k], self.all[k], self.standard(k), self.explained(k))
                for k in items if self.now[k][0] > 0]
        hospital = []
        for code in by_code({k[1] for k in items}):
            now, rolling, explained = self.sum_of([k for k in items if k[1] == code])
            if now[0] > 0:
                hospital.append([self.item(code)] + self.cells(now, rolling, self.standard(("", code)), explained))
        return [rows, hospital, self.unit_rows(units), self.pools(items), self.bridge(), self.no_volume(items, units)] + (
            [self.no_standard(items, units)] if self.standards is not None else [])

    def unit_rows(self, units):
        rows = []
        for code in (VISIT, BED_DAY):
            mine = [k for k in units if k[1] == code]
            rows += [[self.department(k[0]), self.item(code)] +
                     self.cells(self.now[k], self.all[k], self.standard(k), self.explained(k))
                     for k in mine if self.now[k][0] > 0 or self.now[k][1]]
            now, rolling, explained = self.sum_of(mine)
            rows.append(["全院", self.item(code)] + self.cells(now, rolling, self.standard(("", code)), explained))
        return rows

    def pools(self, items):
        rows, total = [], [0] * 9
        by_days = collections.Counter()
        for row in rows_of(self.result / "service_item_cost.csv"):
            if row["pool"] == "service" and row["service_item"].startswith("~"):
                by_days[row["department"]] += fen(row["cost"])
        for row in sorted(rows_of(self.result / "pools.csv"), key=lambda r: r["department"].encode()):
            if row["pool"] != "service":
                continue
            d = row["department"]
            _, _, explained = self.sum_of([k for k in items if k[0] == d])
            a, at, *parts = explained or [0] * 5
            rest = sum(self.now[k][1] for k in items if k[0] == d and self.explained(k) is None)
            amounts = [a, at, a - at, *parts, rest, by_days[d], fen(row["unallocated"])]
            pool = fen(row["cost"])
            assert amounts[0] + sum(amounts[6:]) == pool and sum(parts) == a - at, d
            rows.append([self.department(d)] + [yuan(x) for x in amounts] + [yuan(pool)])
            total = [x + y for x, y in zip(total, amounts)]
        whole = total[0] + sum(total[6:])
        return rows + [["全院"] + [yuan(x) for x in total] + [yuan(whole)]]

    def bridge(self):
        pools = collections.Counter()
        for row in rows_of(self.result / "pools.csv"):
            pools[row["pool"]] += fen(row["cost"])
        direct = sum(fen(r["cost"]) for r in rows_of(self.result / "department_cost.csv") if r["kind"] == "direct")
        whole = sum(pools.values())
        return [["服务项目成本池", yuan(pools["service"])], ["药品成本池", yuan(pools["drug"])],
                ["单独收费卫生材料成本池", yuan(pools["material"])], ["合计 = 总账计入成本的金额 (归集后)", yuan(whole)],
                ["残差", yuan(whole - direct)]]

    def no_volume(self, items, units):
        keys = {k for k in items + units if self.now[k][0] <= 0}
        keys |= {k for k in self.standards or {} if k[0] and k not in set(items + units)}
        rows = []
        for k in sorted(keys, key=lambda key: (key[0].encode(), key[1].encode())):
            quantity, cost = self.all[k]
            s = self.standard(k)
            rows.append([self.department(k[0]), self.item(k[1]), number(self.now[k][0], 4), number(quantity, 4),
                         decimals(Fraction(cost * 100, quantity), 4) if quantity > 0 else "",
                         decimals(Fraction(s, E4), 4) if s is not None else ""])
        return rows

    def no_standard(self, items, units):
        return [[self.department(k[0]), self.item(k[1]), number(self.now[k][0], 4), yuan(self.now[k][1]),
                 decimals(Fraction(self.now[k][1] * 100, self.now[k][0]), 4)]
                for k in items + units if self.now[k][0] > 0 and self.standard(k) is None]


# ---- §2: attending groups ------------------------------------------------------------------------


def attending_groups(result, month):
    period = month.name
    groups = {r["attending"]: r for r in table(month, "attending_groups")
              if (r["valid_from"] or "0") <= period <= (r["valid_to"] or "9")}
    names = {r["group"]: r["name"] for r in groups.values()}
    physicians = collections.defaultdict(lambda: [0] * 7)
    for row in rows_of(result / "cases.csv"):
        grouped = row["status"] == "grouped"
        more = [1, int(grouped), scaled(row["rw"], 7) if grouped else 0, int(row["days"]), fen(row["charge"]),
                fen(row["payment"]), fen(row["cost"])]
        physicians[row["attending"]] = [a + b for a, b in zip(physicians[row["attending"]], more)]

    def cells(sums):
        n, grouped, rw, days, charge, payment, cost = sums
        return [str(n), str(grouped), number(rw, 7), decimals(Fraction(rw, grouped * 10**7), 4) if grouped else "", str(days),
                decimals(Fraction(days, n), 2) if n else "", *(yuan(x) for x in (charge, payment, cost, payment - charge, payment - cost)),
                *(each(x, n) for x in (charge, payment, cost, payment - cost))]

    def place(attending):
        return (2, "") if not attending else (0, groups[attending]["group"]) if attending in groups else (1, "")

    def words(where):
        return f"{names[where[1]]} {where[1]}" if where[0] == 0 else ["", "未编入主诊组", "病例无主诊医师"][where[0]]

    sums = {(0, group): [0] * 7 for group in names}
    for attending, mine in physicians.items():
        where = place(attending)
        sums[where] = [a + b for a, b in zip(sums.get(where, [0] * 7), mine)]
    order = sorted(sums, key=lambda w: (w[0], w[1].encode()))
    rows = [[words(w)] + cells(sums[w]) for w in order]
    rows.append(["全院"] + cells([sum(column) for column in zip(*physicians.values())] if physicians else [0] * 7))
    people = [[words(w), p] + cells(physicians[p]) for w in order for p in by_code(q for q in physicians if place(q) == w)]
    return [rows, people]


# ---- §3: equipment -------------------------------------------------------------------------------


def cost_lines_of(month):
    """(voucher, line) -> (amount, category) of ledger lines that are cost."""
    period = month.name
    category = {r["cost_item"]: r["category"] for r in rows_of(month / "cost_items.csv")}
    maps = {r["account"]: r for r in rows_of(month / "account_map.csv")
            if (r["valid_from"] or "0") <= period <= (r["valid_to"] or "9")}
    kept_out = {r["department"] for r in rows_of(month / "departments.csv") if r["class"] == "excluded"}
    lines = {}
    for row in rows_of(month / "ledger.csv"):
        mapped = maps[row["account"]]
        if mapped["treatment"] == "cost" and row["department"] not in kept_out:
            lines[(row["voucher"], row["line"])] = (fen(row["amount"]), category[mapped["cost_item"]])
    return lines


def shared(amount, shares):
    """Over assets and the rest, which is "" (shares at scale 4)."""
    return apportion(amount, {**shares, "": E4 - sum(shares.values())})


def equipment(month):
    cards = {r["asset"]: r for r in table(month, "assets")}
    names = {r["department"]: f"{r['name']} {r['department']}" for r in rows_of(month / "departments.csv")}
    items = {r["service_item"]: r for r in rows_of(month / "service_items.csv")}
    linked, traced = collections.defaultdict(dict), collections.defaultdict(dict)
    for row in table(month, "equipment_items"):
        linked[(row["department"], row["service_item"])][row["asset"]] = scaled(row["share"], 4)
    for row in table(month, "equipment_costs"):
        traced[(row["voucher"], row["line"])][row["asset"]] = scaled(row["share"], 4)
    named = {a for shares in [*linked.values(), *traced.values()] for a in shares}
    machines = by_code(a for a, r in cards.items() if r["kind"] == "special" or a in named)
    fixed, variable, uses, revenue = (collections.Counter() for _ in range(4))
    untraced = written_off = charges = 0
    for key, (amount, category) in cost_lines_of(month).items():
        if category in ("depreciation", "amortization"):
            written_off += amount
            continue
        parts = shared(amount, traced.get(key, {}))
        untraced += parts.pop("")
        for asset, part in parts.items():
            (variable if category in VARIABLE else fixed)[asset] += part
    known = {r["encounter"] for r in rows_of(month / "encounters.csv")}
    work = collections.defaultdict(lambda: [0, 0])
    for row in rows_of(month / "charge_lines.csv"):
        if row["encounter"] in known and items[row["service_item"]]["kind"] == "service":
            charges += fen(row["charge"])
            key = (row["executing_department"], row["service_item"])
            if key in linked:
                work[key] = [work[key][0] + scaled(row["quantity"], 4), work[key][1] + fen(row["charge"])]
    rests = []
    for key in sorted(work, key=lambda k: (k[0].encode(), k[1].encode())):
        quantities, amounts = shared(work[key][0], linked[key]), shared(work[key][1], linked[key])
        rest = (quantities.pop(""), amounts.pop(""))
        if any(rest):
            rests.append([names[key[0]], f"{items[key[1]]['name']} {key[1]}", number(rest[0], 4), yuan(rest[1])])
        for asset in amounts:
            uses[asset] += quantities[asset]
            revenue[asset] += amounts[asset]
    rows, unlinked, sums = [], [], [0] * 4
    has_items = {a for shares in linked.values() for a in shares}
    def per_use(amount, q):
        return yuan(nearest(Fraction(amount * E4, q))) if q > 0 else ""
    for a in machines:
        dep = fen(cards[a]["depreciation"])
        own, q, r = dep + fixed[a] + variable[a], uses[a], revenue[a]
        title, where = f"{cards[a]['name']} {a}", names[cards[a]["department"]]
        even = math.ceil(Fraction((dep + fixed[a]) * q, E4 * (r - variable[a]))) if q > 0 and r > variable[a] and dep + fixed[a] >= 0 else None
        rows.append([title, where, yuan(dep), yuan(fixed[a]), yuan(variable[a]), yuan(own),
                     *([number(q, 4), yuan(r), yuan(r - own)] if a in has_items else ["", "", ""]),
                     per_use(own, q), per_use(r, q), "" if even is None else str(even)])
        sums = [x + y for x, y in zip(sums, (dep, fixed[a], variable[a], r))]
        if a not in has_items:
            unlinked.append([title, where, yuan(own)])
    dep, own_fixed, own_variable, earned = sums
    rows.append(["合计", "", yuan(dep), yuan(own_fixed), yuan(own_variable), yuan(dep + own_fixed + own_variable), "", yuan(earned),
                 "", "", "", ""])
    def source(title, mine, whole):
        return [title, yuan(mine), yuan(whole - mine), yuan(whole)]
    mine = own_fixed + own_variable
    sources = [source("资产卡片折旧", dep, sum(fen(r["depreciation"]) for r in cards.values())),
               source("账面折旧与摊销 (其余 = 账面 − 设备卡片)", dep, written_off),
               source("账面其他成本", mine, mine + untraced), source("医疗服务项目收入", earned, charges)]
    return [rows, sources, unlinked, rests]


# ---- §4: beds ------------------------------------------------------------------------------------


def beds(result, month, scope="medical", driver=None):
    days_of_month = {"02": 28, "04": 30, "06": 30, "09": 30, "11": 30}.get(month.name[5:], 31)
    books = Books(result, month)
    occupied = counts(month)[1]
    left = collections.Counter(r["department"] for r in rows_of(month / "encounters.csv")
                               if r["kind"] == "inpatient" and r["discharged_on"].startswith(month.name))
    opened = {}
    for row in rows_of(month / "driver_readings.csv"):
        if driver and row["driver"] == driver and not row["sender"] and scaled(row["value"], 4):
            opened[row["department"]] = (scaled(row["value"], 4), scaled(row["value"], 4) * days_of_month)
    for row in table(month, "beds"):
        b = scaled(row["opened"], 4)
        opened[row["department"]] = (b, scaled(row["available_days"], 4) if row["available_days"] else b * days_of_month)

    def full_cost(d):
        return sum(books.full[(d, c, f, m)] for c in CATEGORIES for f in FUNDS[:SCOPES[scope]] for m in (False, True))

    def row(title, wards, has_beds):
        o, av = (sum(opened[d][i] for d in wards if d in opened) for i in (0, 1))
        occ, out = sum(occupied[d] for d in wards), sum(left[d] for d in wards)
        cost = sum(full_cost(d) for d in wards)
        def per(n):
            return yuan(nearest(Fraction(cost * E4, n))) if n else ""
        cells = [number(o, 4), number(av, 4), str(occ), percent(Fraction(occ * E4), av), str(out),
                 decimals(Fraction(out * E4, o), 2) if o else "", yuan(cost), per(o), per(av), each(cost, occ)]
        if not has_beds:
            cells = [x if i in (2, 4, 6, 9) else "" for i, x in enumerate(cells)]
        return [title] + cells

    wards = [d for d in by_code(books.departments) if books.departments[d]["class"] == "clinical" and
             books.departments[d]["care_setting"] == "inpatient"]
    wards = [d for d in wards if d in opened or occupied[d] or
             any(books.full[(d, c, f, m)] for c in CATEGORIES for f in FUNDS[:SCOPES[scope]] for m in (False, True))]
    mine, others = [d for d in wards if d in opened], [d for d in wards if d not in opened]
    rows = [row(books.title(d), [d], True) for d in mine] + [row("有开放床位的病区", mine, True)]
    if others:
        rows += [row(books.title(d), [d], False) for d in others] + [row("未填开放床位的病区", others, False)]
    return [rows + [row("全部病区", wards, not others)]]


# ---- §5: projects --------------------------------------------------------------------------------


def projects(month, pieces, ledger):
    """`pieces` is ((voucher, line), (department, cost item, fund source)) -> fen, after collection."""
    category = {r["cost_item"]: r["category"] for r in rows_of(month / "cost_items.csv")}
    departments = {r["department"]: f"{r['name']} {r['department']}" for r in rows_of(month / "departments.csv")}
    names = {r["project"]: f"{r['name']} {r['project']}" for r in table(month, "research_projects")}
    names[""] = "未归属课题"
    columns = ("voucher", "line", "account", "department")

    def project_of(line):
        fitting = [r for r in table_rows if all(not r[c] or r[c] == line[c] for c in columns)]
        return max(fitting, key=lambda r: [bool(r[c]) for c in columns])["project"] if fitting else ""

    table_rows = table(month, "project_lines")
    of_line = {(r["voucher"], r["line"]): project_of(r) for r in ledger}
    cells, places, others = collections.Counter(), collections.Counter(), collections.Counter()
    for (line, (department, item, fund)), amount in pieces.items():
        project = of_line[line]
        if fund == "research":
            cells[(project, category[item])] += amount
            places[(project, department)] += amount
        elif project:
            others[(project, fund)] += amount
    def amounts(codes):
        found = [sum(cells[(p, c)] for p in codes) for c in CATEGORIES]
        return [yuan(x) for x in [*found, sum(found)]]
    codes = by_code(p for p in names if p)
    rows = [[names[p]] + amounts([p]) for p in codes] + [[names[""]] + amounts([""]), ["科研成本合计"] + amounts(list(names))]
    return [rows,
            [[names[p], departments[d], yuan(places[(p, d)])]
             for p, d in sorted(places, key=lambda k: (k[0].encode(), k[1].encode())) if places[(p, d)]],
            [[names[p], FUND_NAMES[f], yuan(others[(p, f)])]
             for p, f in sorted(others, key=lambda k: (k[0].encode(), FUNDS.index(k[1]))) if others[(p, f)]]]
