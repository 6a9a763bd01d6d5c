"""Works a settlement folder through by docs/settlement.md alone, with fractions and whole numbers.

Why it exists: the reports of `yuanliu settle` are only printed, so a second writing derives every cell.
It keeps a plain list of facts and asks it anew for every day and every figure; nothing is carried along.
Amounts are fen, decimals `Fraction`s, days `datetime.date`s, months (year, month) with month 13 for the clearing.
"""
import csv
import datetime
import tomllib
from collections import defaultdict
from fractions import Fraction

from arithmetic import apportion, number, rounded, yuan

ORDER = ["estimate", "presettlement", "reply", "refusal", "appeal", "special_review", "audit", "clearing"]
FIGURES = ["claim", "settled", "patient", "loss", "cash"]
CAUSES = ["group", "hospital", "auxiliary", "deviation", "point_value", "deduction", "rest"]
FACTORS = ["score", "hospital_coefficient", "auxiliary_coefficient", "points", "point_value"]


def fen(text):
    return int(Fraction(text or "0") * 100)


def month(text):
    return tuple(int(part) for part in text.split("-")) if text else None


def month_text(value):
    return f"{value[0]:04d}-{value[1]:02d}"


def day(text):
    return datetime.date.fromisoformat(text)


def decimal(value, scale=4):
    return number(rounded(value * 10**scale), scale)


def plus_months(value, months):
    count = value[0] * 12 + min(value[1], 12) - 1 + months
    return (count // 12, count % 12 + 1)


def last_of(value):
    return datetime.date(*plus_months(value, 1), 1) - datetime.timedelta(1)


def percent(part, whole):
    if whole == 0:
        return ""
    value = rounded(Fraction(part * 10000, whole))
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}%"


class Folder:
    """What the files say."""

    def __init__(self, path):
        self.path = path
        self.settings = tomllib.loads((path / "settlement.toml").read_text("utf-8"))
        self.payers = {p["payer"]: p for p in self.settings["payer"]}
        self.estimates = sorted(self.rows("estimates"), key=lambda r: (r["encounter"], r["recorded_on"]))
        self.cases = {}
        for row in self.estimates:
            self.cases.setdefault(row["encounter"], []).append(row)
        self.presettlements, self.refusals = self.rows("presettlements"), self.rows("refusals")
        self.appeals, self.reviews = self.rows("appeals"), self.rows("special_reviews")
        self.audits, self.transfers = self.rows("audit_deductions"), self.rows("transfers")
        self.receipts, self.deposits = self.rows("receipts"), self.rows("deposits")
        self.clearings, self.pool = self.rows("clearings"), self.rows("pool_readings")
        self.replies = self.rows("replies") + self.insurer_rows()

    def rows(self, name, path=None):
        path = path or self.path / f"{name}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def insurer_rows(self):
        """Files in the insurer's columns; those without money lend their groups."""
        known = {r["settlement_id"]: r["encounter"] for r in self.rows("case_ids")}
        profiles = {p["id"]: p for p in self.settings.get("profile", [])}
        replies, groups = [], {}
        for source in self.settings.get("replies", []):
            profile = profiles[source["profile"]]
            words = {t: ours for ours, theirs in profile.get("words", {}).items() for t in theirs}
            for theirs in self.rows("", self.path / source["file"]):
                row = {ours: theirs[name] for ours, name in profile["columns"].items()}
                row["encounter"] = known.get(row["encounter"], row["encounter"])
                row["settlement_month"] = source.get("settlement_month") or row["settlement_month"]
                if len(row["settlement_month"]) == 6:
                    row["settlement_month"] = row["settlement_month"][:4] + "-" + row["settlement_month"][4:]
                row["recorded_on"] = source.get("recorded_on") or row["recorded_on"][:10]
                row["deviation"] = words.get(row.get("deviation", ""), row.get("deviation", ""))
                if "fund" in profile["columns"]:
                    replies.append(row)
                else:
                    groups[row["encounter"], row["settlement_month"]] = row
        for row in replies + self.rows("replies"):
            lent = groups.get((row["encounter"], row["settlement_month"]))
            if lent and not row.get("group"):
                row["group"], row["score"] = lent["group"], row.get("score") or lent["score"]
        return replies

    def first(self, case):
        return self.cases[case][0]

    def payer(self, case):
        return self.payers[self.first(case)["payer"]]

    def by_points(self, case):
        return self.payer(case)["method"] in ("dip", "drg")

    def discharge_month(self, case):
        return month(self.first(case)["discharged_on"][:7])

    def of_year(self, payer, year):
        return [c for c in self.cases if self.payer(c)["payer"] == payer and self.discharge_month(c)[0] == year]

    def of_case(self, rows, case):
        return [r for r in rows if r["encounter"] == case]

    def settled_by(self, case, on):
        return any(day(r["recorded_on"]) <= on
                   for r in self.of_case(self.presettlements, case) + self.of_case(self.replies, case))

    def estimate_for(self, case, on):
        earlier = [r for r in self.cases[case] if day(r["recorded_on"]) <= on]
        return earlier[-1] if earlier else self.first(case)

    def points(self, case, on):
        told = []
        for rank, rows in ((1, self.presettlements), (2, self.replies), (3, self.reviews)):
            for row in self.of_case(rows, case):
                is_said = rank < 3 or (row["step"] == "decided" and row["fund"])
                value = Fraction(row.get("points") or "0")
                if is_said and value and day(row["recorded_on"]) <= on:
                    told.append((day(row["recorded_on"]), rank, month(row["settlement_month"]) or (0, 0), value))
        return max(told)[3] if told else Fraction(self.estimate_for(case, on)["points"] or "0")


class Books(Folder):
    """What is so on a day."""

    def __init__(self, path, as_of):
        super().__init__(path)
        self.as_of = as_of
        self.cleared = [self.clear(row) for row in sorted(
            self.clearings, key=lambda r: (r["payer"], int(r["year"]), r["recorded_on"]))
            if day(row["recorded_on"]) <= as_of]
        self.cleared = [c for c in self.cleared if c]
        self.entries = self.make_entries()
        self.listed = sorted({e["case"] for e in self.entries}, key=str.encode)
        self.cash = self.apply_cash()

    # ---- clearing ----

    def clear(self, row):
        on, year = day(row["recorded_on"]), int(row["year"])
        points = {c: self.points(c, on) for c in self.of_year(row["payer"], year) if self.settled_by(c, on)}
        ours = sum(points.values())
        if ours == 0:
            return None
        weights = {"1": int(ours * 10000), "2": int(Fraction(row["other_points"] or "0") * 10000)}
        base = apportion(fen(row["fund"]), weights)["1"]
        appraised = rounded(base * Fraction(row["appraisal_coefficient"]))
        payable, bracket = appraised, ""
        if row["booked"]:
            payable, bracket = self.by_bracket(self.payers[row["payer"]].get("bracket", []), appraised,
                                               fen(row["booked"]))
        shares = apportion(payable, {c: int(p * 10000) for c, p in points.items()})
        return {"row": row, "on": on, "points": points, "base": base, "appraised": appraised, "payable": payable,
                "bracket": bracket, "shares": shares}

    @staticmethod
    def by_bracket(brackets, standard, booked):
        if standard <= 0 or not brackets:
            return standard, ""
        ratio = Fraction(booked, standard)
        at = next(i for i, b in enumerate(brackets) if "to" not in b or ratio <= Fraction(b["to"]))
        share = Fraction(brackets[at].get("share", "0"))
        pays = brackets[at]["pays"]
        if pays == "booked":
            value = booked
        elif pays == "standard":
            value = standard
        elif pays == "surplus_share":
            value = booked + rounded((standard - booked) * share)
        else:
            over = Fraction(0)
            for b in brackets:
                if b["pays"] == "overrun_share":
                    low = Fraction(b["from"])
                    high = min(ratio, Fraction(b["to"])) if "to" in b else ratio
                    over += max(Fraction(0), high - low) * standard * Fraction(b["share"])
            value = standard + rounded(over)
        return value, str(at + 1)

    # ---- entries ----

    def facts(self, case):
        """Everything told of the case, as (day, kind, month, id, positions or changes)."""
        told = []
        none = self.payer(case)["method"] == "none"
        for r in self.cases[case]:
            fund = 0 if none else fen(r["standard"]) - fen(r["patient"])
            told.append((r, "estimate", None, "", {"fund": fund, "patient": fen(r["patient"])}))
        for r in self.of_case(self.presettlements, case):
            told.append((r, "presettlement", month(r["settlement_month"]), "",
                         {"fund": fen(r["fund"]), "patient": fen(r["patient"])}))
        for r in self.of_case(self.replies, case):
            told.append((r, "reply", month(r["settlement_month"]), "",
                         {"fund": fen(r["fund"]) + fen(r.get("deduction")), "patient": fen(r["patient"]),
                          "deduction": fen(r.get("deduction"))}))
        refusals = {r["refusal"]: r for r in self.of_case(self.refusals, case)}
        for r in refusals.values():
            told.append((r, "refusal", month(r["settlement_month"]), r["refusal"], {"loss": fen(r["amount"])}))
        for r in self.appeals:
            if r["refusal"] in refusals and r["step"] == "decided":
                told.append((r, "appeal", month(r["settlement_month"]), r["refusal"], {"loss": -fen(r["returned"])}))
        for r in self.of_case(self.reviews, case):
            if r["step"] == "decided" and r["fund"]:
                told.append((r, "special_review", month(r["settlement_month"]), "", {"fund": fen(r["fund"])}))
        for r in self.audits:
            share = self.audit_share(r, case)
            if share is not None:
                told.append((r, "audit", month(r["settlement_month"]), r["deduction"], {"loss": share}))
        for c in self.cleared:
            if case in c["shares"]:
                told.append((c["row"], "clearing", (int(c["row"]["year"]), 13), "", {"fund": c["shares"][case]}))
        told = [(day(r["recorded_on"]), ORDER.index(kind), at or (0, 0), name, values)
                for r, kind, at, name, values in told if day(r["recorded_on"]) <= self.as_of]
        return sorted(told, key=lambda f: f[:3] + (f[3].encode(),))

    def audit_share(self, row, case):
        if row["encounter"]:
            return fen(row["amount"]) if row["encounter"] == case else None
        on = day(row["recorded_on"])
        if on > self.as_of:
            return None
        bearers = [c for c in self.of_year(row["payer"], int(row["year"])) if self.settled_by(c, on)]
        weights = {c: int(self.points(c, on) * 10000) if self.by_points(c)
                   else fen(self.estimate_for(c, on)["charge"]) for c in bearers}
        return apportion(fen(row["amount"]), weights).get(case)

    def make_entries(self):
        entries = []
        for case in sorted(self.cases, key=str.encode):
            was, deduction, settled_once = dict.fromkeys(FIGURES, 0), 0, False
            for on, kind, at, name, values in self.facts(case):
                kind, new = ORDER[kind], dict(was)
                if kind == "estimate":
                    if not settled_once:
                        new["claim"], new["patient"] = values["fund"], values["patient"]
                elif "fund" in values:
                    settled_once = True
                    new["claim"] = new["settled"] = values["fund"]
                    new["patient"] = values.get("patient", was["patient"])
                    if kind == "reply":
                        new["loss"] += values["deduction"] - deduction
                        deduction = values["deduction"]
                else:
                    new["loss"] += values["loss"]
                entries.append({"case": case, "on": on, "kind": kind, "month": None if at == (0, 0) else at,
                                "id": name, **{f: new[f] - was[f] for f in FIGURES}})
                was = new
        return sorted(entries, key=lambda e: e["on"])

    # ---- cash ----

    def owed(self, payer, at, on):
        debts = defaultdict(int)
        for e in self.entries:
            if e["month"] == at and e["on"] <= on and self.payer(e["case"])["payer"] == payer:
                debts[e["case"]] += e["settled"] - e["loss"]
        return debts

    def applied_on(self, row):
        if row["month"][1] == 13:
            days = [c["on"] for c in self.cleared
                    if c["row"]["payer"] == row["payer"] and int(c["row"]["year"]) == row["month"][0]]
            return max(min(days), row["came"]) if days else None
        days = {row["came"]} | {e["on"] for e in self.entries if e["on"] > row["came"]}
        for on in sorted(days):
            if any(v > 0 for v in self.owed(row["payer"], row["month"], on).values()):
                return on
        return None

    def apply_cash(self):
        rows = [{"id": r["receipt"], "payer": r["payer"], "month": month(r["settlement_month"]),
                 "came": day(r["received_on"]), "amount": fen(r["amount"]), "netted": False}
                for r in self.receipts if r["kind"] != "prepayment" and day(r["received_on"]) <= self.as_of]
        rows += [{"id": "", "payer": c["row"]["payer"], "month": (int(c["row"]["year"]), 13), "came": c["on"],
                  "amount": fen(c["row"]["prepayment_netted"]), "netted": True, "clearing": c}
                 for c in self.cleared if fen(c["row"]["prepayment_netted"])]
        rows.sort(key=lambda r: (r["came"], not r["netted"], (r["id"] or r["payer"]).encode(), r["month"]))
        received = defaultdict(int)
        for row in rows:
            row["applied"], row["parts"] = self.applied_on(row), {}
        for row in sorted([r for r in rows if r["applied"]], key=lambda r: r["applied"]):
            if row["month"][1] == 13:
                debts = {c: -received[c] for c in self.of_year(row["payer"], row["month"][0])}
                for e in self.entries:
                    if e["case"] in debts and e["on"] <= row["applied"]:
                        debts[e["case"]] += e["settled"] - e["loss"]
                sign = -1 if row["amount"] < 0 else 1
            else:
                debts, sign = self.owed(row["payer"], row["month"], row["applied"]), 1
            weights = {c: v * sign for c, v in debts.items() if v * sign > 0}
            row["parts"] = apportion(row["amount"], weights) if weights else {}
            for c, amount in row["parts"].items():
                received[c] += amount
        return rows

    # ---- a case on the day ----

    def amounts(self, case):
        total = {f: sum(e[f] for e in self.entries if e["case"] == case) for f in FIGURES}
        total["cash"] = sum(r["parts"].get(case, 0) for r in self.cash)
        return total

    def reply(self, case):
        told = sorted((day(r["recorded_on"]), month(r["settlement_month"]), i)
                      for i, r in enumerate(self.replies)
                      if r["encounter"] == case and day(r["recorded_on"]) <= self.as_of)
        return self.replies[told[-1][2]] if told else None

    def estimate(self, case):
        reply = self.reply(case)
        return self.estimate_for(case, day(reply["recorded_on"]) if reply else self.as_of)

    def causes(self, case):
        reply, ours = self.reply(case), self.estimate(case)
        if not reply:
            return None
        a = {f: Fraction(ours.get(f) or "0") for f in FACTORS}
        b = {f: Fraction(reply.get(f) or "0") for f in FACTORS}
        same_group = reply.get("group", "") == ours["group"]
        for f in ("hospital_coefficient", "auxiliary_coefficient", "point_value") + (("score",) if same_group else ()):
            b[f] = b[f] or a[f]
        out = dict.fromkeys(CAUSES, 0)
        before, after = fen(ours["standard"]), fen(reply["fund"]) + fen(reply["patient"])
        if all(a.values()) and b["score"]:
            band = a["points"] / (a["score"] * a["hospital_coefficient"] * a["auxiliary_coefficient"])
            now = dict(a, band=band)
            steps = [("group", "score"), ("hospital", "hospital_coefficient"), ("auxiliary", "auxiliary_coefficient"),
                     ("deviation", "band"), ("point_value", "point_value")]
            known = bool(b["points"])
            last = self.product(now)
            for cause, factor in steps:
                if factor == "band":
                    if known:
                        now["band"] = b["points"] / (b["score"] * b["hospital_coefficient"]
                                                     * b["auxiliary_coefficient"])
                else:
                    now[factor] = b[factor]
                value = self.product(now)
                if cause == "point_value" and not known:
                    value = rounded(last * b["point_value"] / a["point_value"])
                out[cause], last = value - last, value
        elif not same_group:
            out["group"] = fen(reply.get("standard")) - before
        out["deduction"] = -fen(reply.get("deduction"))
        out["rest"] = after - before - sum(out.values())
        return before, after, out

    @staticmethod
    def product(f):
        return rounded(f["score"] * f["hospital_coefficient"] * f["auxiliary_coefficient"] * f["band"]
                       * f["point_value"] * 100)

    def deadline(self, refusal):
        return day(refusal["appeal_by"]) if refusal["appeal_by"] else \
            day(refusal["recorded_on"]) + datetime.timedelta(self.settings["appeal"]["days"])

    def steps(self, rows, key, value):
        return {r["step"] for r in rows if r[key] == value and day(r["recorded_on"]) <= self.as_of}

    def stage(self, case):
        if self.steps(self.reviews, "encounter", case) == {"applied"}:
            return "reviewing"
        told = [r for r in self.of_case(self.refusals, case) if day(r["recorded_on"]) <= self.as_of]
        states = [(self.steps(self.appeals, "refusal", r["refusal"]), self.deadline(r)) for r in told]
        if any(done == {"filed"} for done, _ in states):
            return "appealing"
        if any("filed" not in done and last >= self.as_of for done, last in states):
            return "refused"
        if any(e["kind"] == "clearing" for e in self.entries if e["case"] == case):
            return "cleared"
        if self.reply(case):
            return "replied"
        return "presettled" if self.settled_by(case, self.as_of) else "estimated"

    def margin(self, case):
        amounts = self.amounts(case)
        return amounts["settled"] + amounts["patient"] - fen(self.estimate(case)["charge"])

    def parts(self, case):
        """Weights of a case's departments."""
        by = self.settings["transfer"]["split_by"]
        rows = self.of_case(self.transfers, case)
        weights = {r["department"]: int(Fraction(r[by] or "0") * {"days": 1, "cost": 100}.get(by, 10000)) for r in rows}
        return weights if sum(weights.values()) else {self.first(case)["department"]: 1}


def amount_cells(a):
    return [yuan(a["claim"]), yuan(a["settled"]), percent(a["settled"], a["claim"]), yuan(a["patient"]),
            yuan(a["loss"]), yuan(a["cash"]), yuan(a["claim"] - a["loss"] - a["cash"])]


def add_up(many):
    many = list(many)
    return {f: sum(a[f] for a in many) for f in FIGURES}


def decimal_text(value, scale=4):
    """With all decimals."""
    raw = rounded(value * 10**scale)
    return f"{raw // 10**scale}.{raw % 10**scale:0{scale}d}"
