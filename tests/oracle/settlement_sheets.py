"""The three reports of `yuanliu settle --lang en --format csv`, section by section, from settlement_steps.py.

Why it exists: docs/settlement.md §7 says what stands in each cell; this says it a second time.
"""
import datetime
from collections import defaultdict
from fractions import Fraction

from arithmetic import rounded, yuan
from settlement_steps import (CAUSES, add_up, amount_cells, day, decimal, decimal_text, fen, last_of, month,
                              month_text, percent, plus_months)


def name(payer):
    return f"{payer['payer']} {payer['name']}"


def when(value):
    if value is None:
        return "not settled"
    return f"{value[0]} clearing" if value[1] == 13 else month_text(value)


def title(value):
    return (month_text(value) if value else "~", when(value))


class Sheets:
    def __init__(self, books):
        self.b, self.as_of = books, books.as_of
        self.cases = books.listed
        self.amounts = {c: books.amounts(c) for c in self.cases}
        self.is_settled = {c: books.settled_by(c, self.as_of) for c in self.cases}
        self.charge = {c: fen(books.estimate(c)["charge"]) for c in self.cases}
        self.causes = {c: books.causes(c) for c in self.cases}

    # ---- reconciliation ----

    def reconciliation(self):
        return [self.payers(), self.by_cause(), self.by_case(), self.refusals(), self.reviews()]

    def payers(self):
        def row(head, cases, mean):
            charge = sum(self.charge[c] for c in cases)
            each = yuan(rounded(Fraction(charge, len(cases)))) if mean and cases else ""
            margin = sum(self.b.margin(c) for c in cases if self.is_settled[c])
            return head + [str(len(cases)), yuan(charge), each, yuan(margin)] + \
                amount_cells(add_up(self.amounts[c] for c in cases))
        rows = []
        for points in (True, False):
            part = []
            for payer in self.b.settings["payer"]:
                cases = [c for c in self.cases if self.b.payer(c) is payer]
                if cases and (payer["method"] in ("dip", "drg")) == points:
                    rows.append(row([name(payer), payer["kind"], payer["method"]], cases, True))
                    part += cases
            rows.append(row(["by points" if points else "not by points", "", ""], part, points))
        return rows + [row(["total", "", ""], self.cases, False)]

    def cause_row(self, head, cases):
        told = [self.causes[c] for c in cases]
        ours, theirs = sum(t[0] for t in told), sum(t[1] for t in told)
        return head + [str(len(told)), yuan(ours), yuan(theirs), yuan(theirs - ours)] + \
            [yuan(sum(t[2][cause] for t in told)) for cause in CAUSES]

    def by_cause(self):
        groups = defaultdict(list)
        for c in self.cases:
            if self.causes[c]:
                groups[name(self.b.payer(c)), self.b.reply(c)["settlement_month"]].append(c)
        rows = [self.cause_row(list(key), groups[key])
                for key in sorted(groups, key=lambda k: (k[0].encode(), k[1]))]
        for points, words in ((True, "by points"), (False, "not by points")):
            rows.append(self.cause_row([words, ""], [c for c in self.cases if self.causes[c]
                                                     and self.b.by_points(c) == points]))
        return rows

    def by_case(self):
        rows = []
        for c in self.cases:
            reply, ours, causes = self.b.reply(c), self.b.estimate(c), self.causes[c]
            told = [yuan(causes[1]), yuan(causes[1] - causes[0])] + [yuan(causes[2][k]) for k in CAUSES] \
                if causes else [""] * 9
            rows.append([c, ours["record_number"], ours["payer"], ours["department"],
                         month_text(self.b.discharge_month(c)), reply["settlement_month"] if reply else "",
                         self.b.stage(c), ours["group"], reply.get("group", "") if reply else "",
                         yuan(self.charge[c]), yuan(fen(ours["standard"]))] + told +
                        [yuan(self.b.margin(c)) if self.is_settled[c] else ""] + amount_cells(self.amounts[c]))
        return rows

    def refusals(self):
        rows, sums = [], [0, 0]
        for r in sorted(self.b.refusals, key=lambda r: r["refusal"].encode()):
            if day(r["recorded_on"]) > self.as_of:
                continue
            steps = {a["step"]: a for a in self.b.appeals
                     if a["refusal"] == r["refusal"] and day(a["recorded_on"]) <= self.as_of}
            back = sum(fen(a["returned"]) for a in steps.values())
            sums = [sums[0] + fen(r["amount"]), sums[1] + back]
            rows.append([r["refusal"], r["encounter"], r["settlement_month"], r["recorded_on"],
                         str(self.b.deadline(r)), steps.get("filed", {}).get("recorded_on", ""),
                         steps.get("decided", {}).get("recorded_on", ""), r["reason"], yuan(fen(r["amount"])),
                         yuan(back), yuan(fen(r["amount"]) - back)])
        return rows + [["total"] + [""] * 7 + [yuan(sums[0]), yuan(sums[1]), yuan(sums[0] - sums[1])]]

    def reviews(self):
        rows = []
        for payer in self.b.settings["payer"]:
            years = sorted({self.b.discharge_month(c)[0] for c in self.cases})
            for year in years:
                cases = [c for c in self.b.of_year(payer["payer"], year) if c in self.amounts]
                told = [r for r in self.b.reviews if r["encounter"] in cases and day(r["recorded_on"]) <= self.as_of]
                applied = [r for r in told if r["step"] == "applied"]
                granted = [r for r in told if r["step"] == "decided" and r["fund"]]
                if not applied:
                    continue
                quota = {"dip": "quota_dip", "drg": "quota_drg"}.get(payer["method"])
                allowed = int(Fraction(self.b.settings["special_review"][quota]) * len(cases)) if quota else 0
                more = sum(e["settled"] for e in self.b.entries
                           if e["case"] in cases and e["kind"] == "special_review")
                rows.append([name(payer), str(year), str(len(cases)), str(allowed), str(len(applied)),
                             str(len(granted)), str(len(told) - len(applied) - len(granted)), yuan(more)])
        return rows

    # ---- clearing ----

    def clearing(self):
        sections = []
        for c in self.b.cleared:
            sections += [self.statement(c), self.shares(c)]
        return sections + [self.deductions(), self.balances()]

    def change(self, c, case):
        return sum(e["settled"] for e in self.b.entries
                   if e["case"] == case and e["kind"] == "clearing" and e["on"] == c["on"])

    def statement(self, c):
        row, cases = c["row"], set(c["shares"])
        before = sum(c["shares"][x] - self.change(c, x) for x in cases)
        loss = sum(e["loss"] for e in self.b.entries if e["case"] in cases and e["on"] <= c["on"])
        early = late = 0
        for r in self.b.cash:
            if r.get("clearing") is not c:
                amount = sum(v for x, v in r["parts"].items() if x in cases)
                if r["parts"] and r["applied"] <= c["on"] and r["came"] < c["on"]:
                    early += amount
                else:
                    late += amount
        netted = fen(row["prepayment_netted"])
        booked = fen(row["booked"]) if row["booked"] else None
        return [["fund of the year", yuan(fen(row["fund"]))], ["our points", decimal(sum(c["points"].values()))],
                ["points of others", decimal(Fraction(row["other_points"] or "0"))],
                ["our part by points", yuan(c["base"])],
                ["appraisal coefficient", decimal(Fraction(row["appraisal_coefficient"]))],
                ["after appraisal", yuan(c["appraised"])], ["booked", "" if booked is None else yuan(booked)],
                ["booked of it", "" if booked is None else percent(booked, c["appraised"])],
                ["bracket", c["bracket"]], ["payable", yuan(c["payable"])],
                ["payable as stated", yuan(fen(row["stated_payable"])) if row["stated_payable"] else ""],
                ["settled before", yuan(before)], ["change by clearing", yuan(c["payable"] - before)],
                ["violation loss", yuan(loss)], ["received before", yuan(early)],
                ["prepayment netted", yuan(netted)], ["tail", yuan(c["payable"] - loss - early - netted)],
                ["received since", yuan(late)]]

    def shares(self, c):
        rows, changes = [], 0
        for case in sorted(c["shares"], key=str.encode):
            change = self.change(c, case)
            changes += change
            rows.append([case, decimal(c["points"][case]), yuan(c["shares"][case]),
                         yuan(c["shares"][case] - change), yuan(change)])
        return rows + [["total", decimal(sum(c["points"].values())), yuan(c["payable"]),
                        yuan(c["payable"] - changes), yuan(changes)]]

    def deductions(self):
        return [[r["deduction"], r["payer"], str(int(r["year"])), r["encounter"] or "shared", r["settlement_month"],
                 r["recorded_on"], r["reason"], yuan(fen(r["amount"]))]
                for r in sorted(self.b.audits, key=lambda r: r["deduction"].encode())
                if day(r["recorded_on"]) <= self.as_of]

    def balances(self):
        ahead, held = defaultdict(int), defaultdict(int)
        for r in self.b.receipts:
            if day(r["received_on"]) <= self.as_of:
                if r["kind"] == "prepayment":
                    ahead[r["payer"]] += fen(r["amount"])
                elif r["kind"] == "deposit_returned":
                    held[r["payer"]] -= fen(r["amount"])
        for r in self.b.cash:
            if r["netted"]:
                ahead[r["payer"]] -= r["amount"]
        for r in self.b.deposits:
            if day(r["recorded_on"]) <= self.as_of:
                held[r["payer"]] += fen(r["amount"])
        return [[p, yuan(ahead[p]), yuan(held[p])] for p in sorted({*ahead, *held}, key=str.encode)]

    # ---- receivables ----

    def receivables(self):
        return [self.settlement_grid(), self.cash_grid(), self.paid_grid(), self.ageing(), self.departments(),
                self.deadlines(), self.expected(), self.values()]

    @staticmethod
    def grid(cells):
        """`cells`: ((sort key, words) of the row, of the column) -> fen."""
        columns, rows = sorted({c for _, c in cells}), sorted({r for r, _ in cells})
        table = [[row[1]] + [yuan(cells[row, c]) if (row, c) in cells else "" for c in columns] +
                 [yuan(sum(v for (r, _), v in cells.items() if r == row))] for row in rows]
        return table + [["total"] + [yuan(sum(v for (_, k), v in cells.items() if k == c)) for c in columns] +
                        [yuan(sum(cells.values()))]]

    def settlement_grid(self):
        cells = defaultdict(int)
        for e in self.b.entries:
            if e["month"]:
                cells[title(self.b.discharge_month(e["case"])), title(e["month"])] += e["settled"] - e["loss"]
        for c in self.cases:
            if not self.is_settled[c] and self.amounts[c]["claim"]:
                cells[title(self.b.discharge_month(c)), title(None)] += self.amounts[c]["claim"]
        return self.grid(cells)

    def cash_grid(self):
        cells = defaultdict(int)
        for r in self.b.cash:
            cells[title(r["month"]), self.cash_column(r)] += r["amount"]
        return self.grid(cells)

    @staticmethod
    def cash_column(r):
        return ("~", "prepayment netted") if r["netted"] else title((r["came"].year, r["came"].month))

    def paid_grid(self):
        cells = defaultdict(int)
        for r in self.b.cash:
            for case, amount in r["parts"].items():
                cells[title(self.b.discharge_month(case)), self.cash_column(r)] += amount
        return self.grid(cells)

    def ageing(self):
        ends = [int(m) for m in self.b.settings["ageing"]["months"]]
        now = (self.as_of.year, self.as_of.month)

        def bucket(at):
            age = max(0, (now[0] - at[0]) * 12 + now[1] - at[1])
            return sum(1 for end in ends if end < age)

        def words(index):
            low = 0 if index == 0 else ends[index - 1] + 1
            high = ends[index] if index < len(ends) else None
            return (f"{low}+" if high is None else f"{low}" if low == high else f"{low}-{high}") + " months"

        def row(head, cases):
            return head + [str(len(cases))] + amount_cells(add_up(self.amounts[c] for c in cases))
        months = sorted({self.b.discharge_month(c) for c in self.cases})
        rows = [row([words(bucket(m)), month_text(m)], [c for c in self.cases if self.b.discharge_month(c) == m])
                for m in months]
        for index in sorted({bucket(m) for m in months}):
            rows.append(row([words(index), "subtotal"],
                            [c for c in self.cases if bucket(self.b.discharge_month(c)) == index]))
        return rows + [row(["total", ""], self.cases)]

    def departments(self):
        from arithmetic import apportion
        sums = defaultdict(lambda: dict.fromkeys(("claim", "settled", "patient", "loss", "cash"), 0))
        for e in self.b.entries:
            for figure in ("claim", "settled", "patient", "loss"):
                for department, share in apportion(e[figure], self.b.parts(e["case"])).items():
                    sums[department][figure] += share
        for r in self.b.cash:
            for case, amount in r["parts"].items():
                for department, share in apportion(amount, self.b.parts(case)).items():
                    sums[department]["cash"] += share
        return [[d] + amount_cells(sums[d]) for d in sorted(sums, key=str.encode)] + \
            [["total"] + amount_cells(add_up(self.amounts[c] for c in self.cases))]

    def deadlines(self):
        until = self.as_of + datetime.timedelta(self.b.settings["notice"]["days"])
        review, rows = self.b.settings["special_review"], []
        for c in self.cases:
            for r in self.b.of_case(self.b.refusals, c):
                last = self.b.deadline(r)
                if day(r["recorded_on"]) <= self.as_of <= last <= until and \
                        not self.b.steps(self.b.appeals, "refusal", r["refusal"]):
                    rows.append([str(last), "appeal", c, r["refusal"], yuan(fen(r["amount"]))])
            reply = self.b.reply(c)
            standard = fen((reply or self.b.estimate(c)).get("standard"))
            last = last_of(self.b.discharge_month(c)) + datetime.timedelta(review["days"])
            if self.b.by_points(c) and self.as_of <= last <= until and \
                    "applied" not in self.b.steps(self.b.reviews, "encounter", c) and \
                    self.charge[c] > standard * Fraction(review["ratio"]):
                rows.append([str(last), "special review", c, "", yuan(self.charge[c] - standard)])
        return sorted(rows, key=lambda r: (r[0], r[2].encode(), r[3].encode()))

    def expected(self):
        cash = self.b.settings["cash"]
        following = plus_months((self.as_of.year, self.as_of.month), 1)
        batches, months = defaultdict(list), defaultdict(lambda: [0, 0])
        for c in self.cases:
            a, at = self.amounts[c], self.b.discharge_month(c)
            mine = [e for e in self.b.entries if e["case"] == c]
            if any(e["kind"] == "clearing" for e in mine):
                months[following][1] += a["claim"] - a["loss"] - a["cash"]
                continue
            told = [e["month"] for e in mine if e["month"]]
            settled_in = told[-1] if self.is_settled[c] else plus_months(at, cash["settle_lag"])
            batches[self.b.payer(c)["payer"], settled_in, at[0]].append(a)
        for (_, settled_in, year), many in batches.items():
            due = sum(a["claim"] - a["loss"] for a in many)
            came = sum(a["cash"] for a in many)
            monthly = max(0, rounded(due * Fraction(cash["monthly_share"])) - came)
            months[max(following, plus_months(settled_in, cash["cash_lag"]))][0] += monthly
            months[max(following, (year + 1, cash["clearing_month"]))][1] += due - came - monthly
        rows = [[month_text(m), yuan(a), yuan(b), yuan(a + b)] for m, (a, b) in sorted(months.items()) if a or b]
        a, b = (sum(v[i] for v in months.values()) for i in (0, 1))
        return rows + [["total", yuan(a), yuan(b), yuan(a + b)]]

    def values(self):
        newest = {}
        for r in self.b.pool:
            key = (r["payer"], int(r["month"][:4]), r["month"])
            if day(r["recorded_on"]) <= self.as_of and \
                    (key not in newest or newest[key]["recorded_on"] < r["recorded_on"]):
                newest[key] = r
        rows = []
        for payer, year in sorted({k[:2] for k in newest}, key=lambda k: (k[0].encode(), k[1])):
            readings = [newest[k] for k in sorted(newest) if k[:2] == (payer, year)]
            points = [Fraction(r["points"]) for r in readings]
            last, known, rest = readings[-1], sum(points), 12 - len(points)
            money = Fraction(last["year_fund"]) / Fraction(last["pay_share"])
            middle = known * 12 / len(points)
            values = [decimal_text(money / p) for p in (middle, known + rest * max(points), known + rest * min(points))]
            ours = sum(self.b.points(c, self.as_of) for c in self.cases
                       if c in self.b.of_year(payer, year) and not any(
                           e["kind"] == "clearing" and e["case"] == c for e in self.b.entries))
            budget = Fraction(last["budget_point_value"] or "0")
            rows.append([payer, str(year), str(len(points)), decimal(known), decimal(middle),
                         yuan(fen(last["year_fund"])), decimal_text(budget)] + values +
                        [decimal(ours), yuan(rounded(ours * budget * 100)),
                         yuan(rounded(ours * Fraction(values[0]) * 100))])
        return rows


def entries_csv(books):
    lines = ["encounter,recorded_on,kind,settlement_month,id,claim,settled,patient,loss"]
    for e in books.entries:
        lines.append(",".join([e["case"], str(e["on"]), e["kind"], month_text(e["month"]) if e["month"] else "",
                               e["id"]] + [yuan(e[f]) for f in ("claim", "settled", "patient", "loss")]))
    return "\n".join(lines) + "\n"


def cash_csv(books):
    lines = ["receipt,payer,settlement_month,came_on,applied_on,encounter,amount"]
    for r in books.cash:
        head = [r["id"], r["payer"], month_text(r["month"]), str(r["came"])]
        if r["parts"]:
            lines += [",".join(head + [str(r["applied"]), c, yuan(r["parts"][c])])
                      for c in sorted(r["parts"], key=str.encode)]
        else:
            lines.append(",".join(head + ["", "", yuan(r["amount"])]))
    return "\n".join(lines) + "\n"
