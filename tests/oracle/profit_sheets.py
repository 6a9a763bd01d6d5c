"""Why this file: derives every cell and title of the reports on profit a second time, from ProfitBooks, by
docs/profit.md alone. Expected texts are the Chinese ones.
"""
import collections
from fractions import Fraction
from math import isqrt

from profit_books import CHARGES, Sums, is_normal, total
from report_sheets import CATEGORIES, CATEGORY_NAMES, each, fen, nearest, percent, yuan

BASIS = {"dip": "DIP", "ungrouped": "未入组", "uncoded": "未编码", "charges": "按费用结算", "drg": "DRG", "other": "其他支付方式", "visit": "门急诊"}
OTHERS = ("ungrouped", "uncoded", "charges", "drg", "other", "visit")
DEVIATION = {"low": "低倍率", "normal": "正常", "high": "高倍率"}
PART_NAMES = ("床位", "护理", "诊察", "检查", "化验", "治疗", "手术", "药品", "耗材", "其他", "以前月份")
SCOPES = {"medical": 1, "medical_full": 2, "hospital_full": 3}
BY = {"group": "病组", "department": "科室", "attending": "主治医师", "physician": "主治医师 (按科室)", "payer": "付费方",
      "hospital": "全院"}
DEFAULTS = {"bands": ["0", "0.5", "1", "2", "5"], "weight": "median", "volume": "median", "margin_rate": "0", "few_cases": 5,
            "bring_in_margin_rate": "0.05", "bring_in_weight": "1", "give_up_margin_rate": "-0.3", "give_up_weight": "0.5",
            "spare": True, "cases": 10, "over": "0.1", "months": 3}


def thousands(amount):
    whole, cents = yuan(abs(amount)).split(".")
    return ("-" if amount < 0 else "") + f"{int(whole):,}.{cents}"


def signed(amount):
    return ("+" if amount > 0 else "") + thousands(amount)


def trimmed(value, scale):
    """A decimal of at most `scale` places without trailing zeros."""
    units = nearest(Fraction(value) * 10**scale)
    whole, rest = divmod(abs(units), 10**scale)
    digits = f"{rest:0{scale}d}".rstrip("0")
    return ("-" if units < 0 else "") + str(whole) + ("." + digits if digits else "")


def scaled(value, scale):
    units = nearest(Fraction(value) * 10**scale)
    return ("-" if units < 0 else "") + f"{abs(units) // 10**scale}.{abs(units) % 10**scale:0{scale}d}"


def rate(part, whole):
    """At scale 4, or None."""
    return nearest(Fraction(part * 10**4, whole)) if whole > 0 else None


def rate_text(value):
    return "" if value is None else scaled(Fraction(value, 100), 2) + "%"


def weight(sums):
    return Fraction(nearest(sums.rw * 10**7 / sums.cases), 10**7) if sums.cases else Fraction(0)


def cmi(sums):
    return scaled(sums.rw / sums.cases, 4) if sums.cases else ""


def mean_parts(sums, count):
    running, before, out = 0, 0, []
    for amount in sums:
        running += amount
        out.append(nearest(Fraction(running, count)) - before)
        before += out[-1]
    return out


def median(values):
    values = sorted(values)
    half = len(values) // 2
    return None if not values else values[half] if len(values) % 2 else nearest(Fraction(values[half - 1] + values[half], 2))


class ProfitSheets:
    def __init__(self, books, scope="medical", settings=None):
        self.books, self.scope, self.rules = books, SCOPES[scope], DEFAULTS | (settings or {})

    # ---- names ---------------------------------------------------------------------------------

    def department(self, code):
        return f"{self.books.departments[code]['name']} {code}"

    def group(self, code):
        if code.startswith("~"):
            return BASIS[code[1:]]
        return f"{self.books.catalogue[code]['name']} {code}"

    def object_of(self, case, by):
        """(code, title)"""
        attending = case["attending"] or "(未填主治医师)"
        return {"group": (case["group"], self.group(case["group"])),
                "department": (case["department"], self.department(case["department"])),
                "attending": (case["attending"], attending),
                "physician": (case["attending"] + "\n" + case["department"], attending + " " + self.department(case["department"])),
                "payer": (case["payer"], case["payer"]), "hospital": ("", "全院")}[by]

    def add_up(self, cases, by, apart=False):
        objects = {}
        for case in cases:
            code, title = self.object_of(case, by)
            if case["basis"] == "visit" and by in ("group", "attending", "physician"):
                code, title = "~visit", "门急诊"
            elif apart and by == "group" and case["basis"] != "dip":
                code, title = "~" + case["basis"], BASIS[case["basis"]]
            objects.setdefault(code, (title, Sums()))[1].add(case["sums"])
        return [(code, *objects[code]) for code in sorted(objects, key=lambda c: c.encode())]

    def by_margin(self, objects):
        return sorted(objects, key=lambda o: o[2].margin(self.scope))

    # ---- profit --------------------------------------------------------------------------------

    def profit_row(self, title, basis, s, weighted):
        caliber = BASIS.get(basis, basis)
        if basis == "dip":
            caliber = f"正常 {s.cases - s.low - s.high - s.special} · 低倍率 {s.low} · 高倍率 {s.high}"
            caliber += f" · 特例单议 {s.special}" if s.special else ""
        parts = [yuan(a) if s.fund + s.patient == s.payment else "" for a in (s.fund, s.patient)] if self.books.tells_fund else []
        return [title, caliber, str(s.cases), trimmed(s.rw, 7) if weighted else "", cmi(s) if weighted else "", yuan(s.charge),
                each(s.charge, s.cases), yuan(s.payment), each(s.payment, s.cases), *parts, yuan(s.standard - s.charge),
                yuan(s.payment - s.standard), yuan(s.policy), *(yuan(s.margin(i)) for i in range(4))]

    def profit(self, by):
        books = self.books
        dip = self.by_margin(self.add_up(books.dip, by))
        all_dip = total(s for _, _, s in dip)
        first = [self.profit_row(t, "dip", s, True) for _, t, s in dip] + [self.profit_row("DIP 合计", "dip", all_dip, True)]
        of = {b: [c for c in books.cases + books.visits if c["basis"] == b] for b in OTHERS}
        second = [self.profit_row(t, b, s, False) for b in OTHERS for _, t, s in self.add_up(of[b], by)]
        sums = {b: total(c["sums"] for c in of[b]) for b in OTHERS}
        hospital = total([all_dip, *sums.values()])
        certified = books.certificate["profit"]
        if [yuan(a) for a in (hospital.charge, hospital.payment, hospital.cost[3])] != [certified[k] for k in ("charge", "payment", "cost")]:
            raise AssertionError("cases and visits are not the certificate's profit")
        third = [self.profit_row("DIP", "dip", all_dip, True), *(self.profit_row(BASIS[b], b, sums[b], False) for b in OTHERS),
                 self.profit_row("全院", "全部口径", hospital, False)]
        losing = sum(s.margin(self.scope) < 0 for _, _, s in dip)
        title = (f"{BY[by]}盈亏表: DIP {all_dip.cases} 例, 政策盈亏 {signed(all_dip.policy)} 元, 实际盈亏 "
                 f"{signed(all_dip.margin(self.scope))} 元; {len(dip)} 个中 {losing} 个亏损")
        return title, [first, second, third, self.layers(by)]

    def layer_row(self, title, s, fixed):
        known, controllable = not self.books.no_variable, not self.books.no_controllable
        contribution = s.payment - s.variable
        row = [title, yuan(s.payment), yuan(s.variable) if known else "", yuan(contribution) if known else "",
               "" if fixed is None else yuan(fixed), yuan(contribution - fixed) if known and fixed is not None else ""]
        for i in (0, 1, 3):
            row += [yuan(s.cost[i]), yuan(s.margin(i))]
        return row + ([yuan(s.controllable), yuan(s.payment - s.controllable)] if controllable else ["", ""])

    def layers(self, by):
        books = self.books
        everyone = books.cases + books.visits
        seen = sorted({c["department"] for c in everyone})
        fixed_of = {"": None}
        if not books.no_variable:
            if by == "department":
                fixed_of = {d: books.fixed.get(d, 0) for d in seen}
            elif by == "hospital":
                amounts = [books.fixed.get(d, 0) for d in seen]
                fixed_of = {"": None if None in amounts else sum(amounts)}
        objects = self.by_margin(self.add_up(everyone, by, apart=True))
        rows = [self.layer_row(t, s, fixed_of.get(c)) for c, t, s in objects]
        amounts = [fixed_of.get(c) for c, _, _ in objects]
        all_fixed = None if None in amounts else sum(amounts)
        return rows + [self.layer_row("合计", total(s for _, _, s in objects), all_fixed)]

    # ---- ratio cases ---------------------------------------------------------------------------

    @staticmethod
    def cause(parts, names):
        whole = sum(parts)
        if not parts:
            return "无标杆构成"
        sign = -1 if whole < 0 else 1
        best = max(parts, key=lambda p: sign * p)
        if whole == 0 or sign * best <= 0:
            return "无差异"
        return f"{names[parts.index(best)]} {signed(best)}"

    def ratio(self, department=""):
        norms, found = self.books.norms(), []
        dip = [c for c in self.books.dip if department in ("", c["department"])]
        for case in dip:
            if case["deviation"] not in ("low", "high"):
                continue
            s, norm = case["sums"], norms.get(case["group"])
            reference = fen(self.books.catalogue[case["group"]]["reference_charge"])
            entry = {"case": case, "norm": reference, "reference": reference, "parts": [], "costs": [], "n": 0, "days": ""}
            if norm:
                n = norm.cases
                entry |= {"n": n, "norm": nearest(Fraction(norm.charge, n)), "days": scaled(Fraction(norm.days, n), 2),
                          "parts": [a - b for a, b in zip(s.parts, mean_parts(norm.parts, n))],
                          "costs": [a - b for a, b in zip(s.costs, mean_parts(norm.costs, n))],
                          "norm_cost": nearest(Fraction(norm.cost[3], n))}
                if sum(entry["parts"]) != s.charge - entry["norm"] or sum(entry["costs"]) != s.cost[3] - entry["norm_cost"]:
                    raise AssertionError("parts do not sum to the difference")
            found.append(entry)
        found.sort(key=lambda e: (e["case"]["deviation"] == "high", -(e["case"]["sums"].charge - e["norm"])))
        everyone = total(c["sums"] for c in dip)
        share = {n: rate_text(rate(n, everyone.cases)) or "0.00%" for n in (everyone.low, everyone.high)}
        title = (f"{self.department(department) + ' ' if department else ''}高低倍率病例: DIP {everyone.cases} 例中低倍率 {everyone.low} 例 "
                 f"({share[everyone.low]}), 高倍率 {everyone.high} 例 ({share[everyone.high]})")
        return title, [self.ratio_summary(found, everyone), *self.ratio_cases(found, department)]

    def ratio_summary(self, found, everyone):
        rows = []
        for deviation in ("low", "high"):
            own = [e for e in found if e["case"]["deviation"] == deviation]
            s = total(e["case"]["sums"] for e in own)
            rows.append([DEVIATION[deviation], str(s.cases), percent(s.cases, everyone.cases), yuan(s.charge), yuan(s.payment),
                         yuan(s.policy), yuan(s.margin(self.scope)), yuan(sum(e["case"]["sums"].charge - e["norm"] for e in own))])
        return rows

    def ratio_cases(self, found, department):
        charges, costs = [], []
        for e in found:
            case, s = e["case"], e["case"]["sums"]
            key = [case["record"], case["attending"]] if department else [case["encounter"], self.department(case["department"])]
            key += [self.group(case["group"]), DEVIATION[case["deviation"]]]
            charges.append([*key, self.cause(e["parts"], PART_NAMES), str(s.days), e["days"], yuan(s.charge), yuan(e["norm"]), str(e["n"]),
                            percent(s.charge, e["reference"]), yuan(s.charge - e["norm"]),
                            *([yuan(p) for p in e["parts"]] or [""] * len(PART_NAMES))])
            known = bool(e["costs"])
            costs.append([*key, self.cause(e["costs"], CATEGORY_NAMES), yuan(s.cost[3]), yuan(e["norm_cost"]) if known else "",
                          yuan(s.cost[3] - e["norm_cost"]) if known else "",
                          *([yuan(p) for p in e["costs"]] or [""] * len(CATEGORIES))])
        return charges, costs

    # ---- structure -----------------------------------------------------------------------------

    def structure(self):
        books = self.books
        kinds = [total(c["sums"] for c in books.dip), total(c["sums"] for c in books.cases if c["basis"] != "dip"),
                 total(c["sums"] for c in books.visits)]
        kinds.append(total(kinds))

        def parts(names, part, whole):
            rows = [[name, *(text for k in kinds for text in (yuan(part(k, i)), percent(part(k, i), whole(k))))]
                    for i, name in enumerate(names)]
            return rows + [["合计", *(text for k in kinds for text in (yuan(whole(k)), percent(whole(k), whole(k))))]]
        first = parts(PART_NAMES, lambda k, i: k.parts[i], lambda k: k.charge)
        second = parts(CATEGORY_NAMES, lambda k, i: k.costs[i], lambda k: k.cost[3])
        third, everyone = [], books.cases + books.visits
        bases = ("dip", *OTHERS)

        def payer_row(name, own):
            s = total(c["sums"] for c in own)
            return [name, *(str(sum(c["basis"] == b for c in own)) for b in bases), yuan(s.charge), percent(s.charge, kinds[3].charge),
                    yuan(s.payment), yuan(s.policy), yuan(s.margin(self.scope))]
        for payer in sorted({c["payer"] for c in everyone}, key=lambda p: p.encode()):
            third.append(payer_row(payer, [c for c in everyone if c["payer"] == payer]))
        third.append(payer_row("合计", everyone))
        shares = [percent(kinds[3].parts[CHARGES.index(c)], kinds[3].charge) or "0.00%" for c in ("drug", "material", "examination", "laboratory")]
        title = f"收入与病例结构: 医疗费用 {thousands(kinds[3].charge)} 元, 药品 {shares[0]}, 耗材 {shares[1]}, 检查化验 {shares[2]} + {shares[3]}"
        return title, [first, second, third, self.bands(kinds[0])]

    def bands(self, dip):
        edges, rows, groups_in_all = self.rules["bands"], [], 0

        def row(name, groups, s):
            return [name, str(groups), str(s.cases), percent(s.cases, dip.cases), trimmed(s.rw, 7), cmi(s), each(s.charge, s.cases),
                    each(s.payment, s.cases), each(s.cost[self.scope], s.cases), yuan(s.policy), yuan(s.margin(self.scope)),
                    rate_text(rate(s.margin(self.scope), s.payment))]
        for i, low in enumerate(edges):
            high = edges[i + 1] if i + 1 < len(edges) else None
            own = [c for c in self.books.dip if Fraction(low) <= c["sums"].rw and (high is None or c["sums"].rw < Fraction(high))]
            name = f"RW ≥ {low}" if high is None else f"RW < {high}" if i == 0 else f"{low} ≤ RW < {high}"
            groups = len({c["group"] for c in own})
            groups_in_all += groups
            rows.append(row(name, groups, total(c["sums"] for c in own)))
        return rows + [row("DIP 合计", groups_in_all, dip)]

    # ---- advice --------------------------------------------------------------------------------

    def decimal(self, key):
        return Fraction(self.rules[key])

    def advise(self, s):
        margin = rate(s.margin(self.scope), s.payment)
        if s.cases < self.rules["few_cases"] or margin is None:
            return "观察"
        contributes = self.books.no_variable or s.payment - s.variable > 0
        deep = margin <= self.decimal("give_up_margin_rate") * 10**4 and weight(s) < self.decimal("give_up_weight")
        if deep and not (self.rules["spare"] and contributes):
            return "退 (退出)"
        if margin >= self.decimal("bring_in_margin_rate") * 10**4 and weight(s) >= self.decimal("bring_in_weight"):
            return "引 (引进发展)"
        return "调 (调整)" if margin < 0 else "保持"

    def reasons(self, s, advice, everyone):
        rules, margin = self.rules, rate(s.margin(self.scope), s.payment)
        if s.cases < rules["few_cases"]:
            return f"例数 {s.cases} 少于 {rules['few_cases']}, 不作建议"
        if margin is None:
            return "没有支付, 无法比较"
        line = {k: rate_text(nearest(self.decimal(k) * 10**4)) for k in ("bring_in_margin_rate", "give_up_margin_rate")}
        text = f"盈亏率 {rate_text(margin)}, RW {trimmed(weight(s), 7)}"
        if advice.startswith("引"):
            return text + f" (≥ {line['bring_in_margin_rate']}, ≥ {rules['bring_in_weight']})"
        if advice == "保持":
            return text + " (盈利, 未达引进线)"
        deep = margin <= self.decimal("give_up_margin_rate") * 10**4 and weight(s) < self.decimal("give_up_weight")
        if deep:
            text += f" (≤ {line['give_up_margin_rate']}, < {rules['give_up_weight']})"
        if deep and advice.startswith("调"):
            text += "; 边际未知, 不建议退" if self.books.no_variable else (
                f"; 边际 {signed(s.payment - s.variable)} 元为正, 停收后固定成本仍在, 调而不退")
        over = [cost - (nearest(Fraction(s.payment * usual, everyone.payment)) if everyone.payment else 0)
                for cost, usual in zip(s.costs, everyone.costs)]
        if max(over) <= 0:
            return text + "; 各类成本均不高于全院 DIP 同等支付的水平"
        return text + f"; 主因 {CATEGORY_NAMES[over.index(max(over))]}: 比全院 DIP 同等支付的水平高 {thousands(max(over))} 元"

    def break_even(self, title, s):
        row = [title, "无值", str(s.cases), yuan(s.payment)]
        if self.books.no_variable:
            return row + [""] * 7
        margin, fixed = s.payment - s.variable, s.cost[self.scope] - s.variable
        row[1] = "无保本点 (单位边际 ≤ 0)"
        point = [""] * 4
        if s.cases > 0 and margin > 0:
            units = Fraction(fixed * s.cases, margin)
            whole = -(-units.numerator // units.denominator)
            row[1] = "已保本" if s.cases >= whole else "未保本"
            point = [trimmed(units, 4), str(whole), yuan(nearest(Fraction(fixed * s.payment, margin))), str(s.cases - whole)]
        return row + [yuan(s.variable), each(margin, s.cases), yuan(fixed), *point]

    def limit(self, key, values):
        text = self.rules[key]
        return median(values) if text == "median" else nearest(Fraction(text) * 10**4)

    def quadrants(self, objects):
        margins = {c: rate(s.margin(self.scope), s.payment) for c, _, s in objects}
        weights = {c: nearest(s.rw * 10**4 / s.cases) for c, _, s in objects}
        limits = (self.limit("weight", weights.values()), self.limit("volume", [s.cases * 10**4 for _, _, s in objects]),
                  self.limit("margin_rate", [m for m in margins.values() if m is not None]))
        heavy = {(1, 1): "高权重·盈利: 发展", (1, 0): "高权重·亏损: 控成本", (0, 1): "低权重·盈利: 维持", (0, 0): "低权重·亏损: 评估"}
        many = {(1, 1): "高量·盈利: 保持", (1, 0): "高量·亏损: 改进路径", (0, 1): "低量·盈利: 增量", (0, 0): "低量·亏损: 评估"}
        rows = []
        for code, title, s in objects:
            gains = None if margins[code] is None or limits[2] is None else int(margins[code] >= limits[2])
            names = ["无支付, 不分"] * 2 if gains is None else [heavy[int(weights[code] >= limits[0]), gains],
                                                               many[int(s.cases * 10**4 >= limits[1]), gains]]
            rows.append([title, *names, cmi(s), str(s.cases), rate_text(margins[code]), yuan(s.margin(self.scope))])
        return rows

    def advice(self):
        groups = self.by_margin(self.add_up(self.books.dip, "group"))
        departments = self.by_margin(self.add_up(self.books.dip, "department"))
        everyone, first, counts = total(s for _, _, s in groups), [], collections.Counter()
        for _, title, s in groups:
            advice = self.advise(s)
            counts[advice] += 1
            first.append([title, advice, self.reasons(s, advice, everyone), str(s.cases), trimmed(weight(s), 7), yuan(s.payment),
                          yuan(s.policy), yuan(s.margin(self.scope)), rate_text(rate(s.margin(self.scope), s.payment)),
                          "" if self.books.no_variable else yuan(s.payment - s.variable)])
        second = [self.break_even(t, s) for _, t, s in groups] + [self.break_even("DIP 合计 (现有结构)", everyone)]
        title = (f"病组引调退建议: {len(groups)} 个病组中 引 {counts['引 (引进发展)']}, 调 {counts['调 (调整)']}, 退 {counts['退 (退出)']}, "
                 f"保持 {counts['保持']}, 观察 {counts['观察']}")
        return title, [first, second, self.quadrants(groups), self.quadrants(departments)]

    # ---- evidence for the insurer --------------------------------------------------------------

    def low_weight(self):
        normal = [c for c in self.books.dip if is_normal(c)]
        hospital, found = total(c["sums"] for c in normal), []
        for code, title, s in self.add_up(normal, "group"):
            costs = [c["sums"].cost[self.scope] for c in normal if c["group"] == code]
            n = len(costs)
            if n < 2:
                continue
            mean, squares = nearest(Fraction(sum(costs), n)), n * sum(x * x for x in costs) - sum(costs)**2
            deviation, half = isqrt(squares // (n * (n - 1))), isqrt(squares * 38416 // (10**4 * n * n * (n - 1)))
            enough = s.cost[self.scope] >= s.payment * (1 + self.decimal("over"))
            if n >= self.rules["cases"] and s.payment > 0 and enough and (mean - half) * n > s.payment:
                found.append((s, [title, str(n), trimmed(weight(s), 7), each(s.payment, n), yuan(mean), yuan(mean - half), yuan(mean + half),
                                  yuan(deviation), percent(s.cost[self.scope], s.payment),
                                  yuan(nearest(hospital.cost[self.scope] * s.rw / hospital.rw / n)) if hospital.rw else "",
                                  scaled(s.cost[self.scope] * hospital.rw / hospital.cost[self.scope] / n, 4),
                                  each(s.charge, n), yuan(s.margin(self.scope))]))
        found.sort(key=lambda f: f[0].margin(self.scope))
        s = total(f[0] for f in found)
        title = f"分值偏低病组: {len(found)} 个病组 {s.cases} 例正常病例, 成本高于支付标准 {thousands(-s.margin(self.scope))} 元"
        return title, [[row for _, row in found]]

    # ---- department sheet ----------------------------------------------------------------------

    def group_sheet(self, department):
        books, norms = self.books, self.books.norms()
        own = [c for c in books.cases if c["department"] == department]
        groups = self.by_margin(self.add_up([c for c in own if c["basis"] == "dip"], "group"))

        def watched(s):
            of = dict(zip(CHARGES, s.parts))
            return of["drug"], of["material"], of["examination"] + of["laboratory"]

        def row(title, s, norm):
            cells = [title, str(s.cases), cmi(s), str(s.low), str(s.high), each(s.charge, s.cases), each(s.payment, s.cases), yuan(s.policy),
                     yuan(s.margin(self.scope))]
            for i, amount in enumerate(watched(s)):
                if norm is None:
                    cells += [each(amount, s.cases), "", ""]
                else:
                    mine, usual = nearest(Fraction(amount, s.cases)), nearest(Fraction(watched(norm)[i], norm.cases))
                    cells += [yuan(mine), yuan(usual), yuan(mine - usual)]
            days = scaled(Fraction(s.days, s.cases), 2) if s.cases else ""
            usual = "" if norm is None else scaled(Fraction(norm.days, norm.cases), 2)
            return cells + [days, usual, "" if norm is None else scaled(Fraction(days) - Fraction(usual), 2)]
        all_dip = total(s for _, _, s in groups)
        first = [row(t, s, norms.get(c)) for c, t, s in groups] + [row("DIP 合计", all_dip, None)]
        second = []
        for basis in OTHERS:
            s = total(c["sums"] for c in own + [v for v in books.visits if v["department"] == department] if c["basis"] == basis)
            second.append([BASIS[basis], str(s.cases), yuan(s.charge), each(s.charge, s.cases), yuan(s.payment), yuan(s.policy),
                           yuan(s.margin(self.scope))])

        def case_row(key, s):
            return [*key, str(s.days), yuan(s.charge), yuan(s.payment), yuan(s.policy), yuan(s.cost[self.scope]), yuan(s.margin(self.scope)),
                    *(yuan(a) for a in watched(s))]
        third = [case_row([c["record"], c["attending"], self.group(c["group"]), DEVIATION.get(c["deviation"], BASIS[c["basis"]])], c["sums"])
                 for c in own]
        third.append(case_row(["住院合计", "", "", ""], total(c["sums"] for c in own)))
        title = (f"科室病组盈亏单: {self.department(department)}, DIP {all_dip.cases} 例, CMI {cmi(all_dip) or '0.0000'}, "
                 f"政策盈亏 {signed(all_dip.policy)} 元, 实际盈亏 {signed(all_dip.margin(self.scope))} 元")
        return title, [first, second, third]
