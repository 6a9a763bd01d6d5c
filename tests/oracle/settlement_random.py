"""Random settlement folders that are valid by docs/settlement.md §8, with every kind of event.

Why it exists: hand-worked folders show what is meant; many random ones show that nothing else happens.
"""
import datetime
from fractions import Fraction

from arithmetic import number, rounded, yuan

HEADERS = {
    "estimates": "encounter,recorded_on,payer,department,record_number,discharged_on,group,score,hospital_coefficient,"
                 "auxiliary_coefficient,deviation,points,point_value,charge,standard,patient",
    "presettlements": "encounter,settlement_month,recorded_on,points,fund,patient",
    "replies": "encounter,settlement_month,recorded_on,group,score,hospital_coefficient,auxiliary_coefficient,"
               "deviation,points,point_value,standard,fund,patient,deduction",
    "refusals": "refusal,encounter,settlement_month,recorded_on,amount,appeal_by,reason",
    "appeals": "refusal,step,recorded_on,settlement_month,returned",
    "special_reviews": "encounter,step,recorded_on,settlement_month,fund,points",
    "audit_deductions": "deduction,payer,year,encounter,settlement_month,recorded_on,amount,reason",
    "transfers": "encounter,department,days,cost,points,key",
    "receipts": "receipt,payer,kind,settlement_month,received_on,amount",
    "deposits": "payer,settlement_month,recorded_on,amount",
    "clearings": "payer,year,recorded_on,fund,other_points,appraisal_coefficient,booked,prepayment_netted,"
                 "stated_payable",
    "pool_readings": "payer,month,recorded_on,year_fund,pay_share,points,budget_point_value",
}
METHODS = {"C": "dip", "R": "dip", "G": "drg", "X": "charges", "Z": "none"}


def later(day, days):
    return day + datetime.timedelta(days)


def month_of(day, after=0):
    count = day.year * 12 + day.month - 1 + after
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


class RandomFolder:
    def __init__(self, rng):
        self.rng = rng
        self.rows = {name: [] for name in HEADERS}
        self.point_value = {"C": Fraction(rng.randint(80000, 130000), 10000), "R": Fraction(9),
                            "G": Fraction(rng.randint(8000, 13000))}
        for i in range(rng.randint(5, 13)):
            self.add_case(f"E{i:02d}")
        self.add_year_end()
        self.add_pool()

    def money(self, low, high):
        return self.rng.randint(low * 100, high * 100)

    def factors(self, payer):
        rng = self.rng
        if METHODS[payer] not in ("dip", "drg") or rng.random() < 0.1:
            return {"group": "", "score": "", "hospital_coefficient": "", "auxiliary_coefficient": "", "deviation": "",
                    "points": "", "point_value": ""}, None
        score = Fraction(rng.randint(3000, 30000), 10000 if payer == "G" else rng.choice([10, 7, 1]))
        score = Fraction(rounded(score * 10000), 10000)
        h, a = Fraction(rng.randint(9000, 12000), 10000), Fraction(rng.choice([10000, 11000, 12345]), 10000)
        band = rng.choice([Fraction(1), Fraction(1), Fraction(rng.randint(1, 30000), 10000)])
        points = Fraction(max(1, rounded(score * h * a * band * 10000)), 10000)
        value = self.point_value[payer] + Fraction(rng.randint(-300, 300), 10000)
        told = {"group": rng.choice(["G1", "G2", "G3"]), "score": score, "hospital_coefficient": h,
                "auxiliary_coefficient": a, "deviation": rng.choice(["low", "normal", "high"]), "points": points,
                "point_value": value}
        return {k: v if isinstance(v, str) else number(int(v * 10000), 4) for k, v in told.items()}, \
            rounded(points * value * 100)

    def estimate(self, case, payer, department, discharged, recorded):
        factors, standard = self.factors(payer)
        standard = self.money(600, 30000) if standard is None else max(0, standard + self.rng.choice([0, 0, 1, -2]))
        charge = self.money(300, 60000)
        patient = standard if payer == "Z" else self.rng.randint(0, standard)
        self.rows["estimates"].append({
            "encounter": case, "recorded_on": recorded, "payer": payer, "department": department,
            "record_number": "B" + case[1:], "discharged_on": discharged, **factors, "charge": yuan(charge),
            "standard": yuan(standard), "patient": yuan(patient)})

    def add_case(self, case):
        rng = self.rng
        payer = rng.choice("CCCCRRGXZ")
        discharged = later(datetime.date(2025, 10, 1), rng.randint(0, 180))
        department = rng.choice(["D1", "D2", "D3"])
        recorded = later(discharged, rng.randint(0, 20))
        self.estimate(case, payer, department, discharged, recorded)
        if rng.random() < 0.3:
            self.estimate(case, payer, department, discharged, later(recorded, rng.randint(1, 60)))
        if rng.random() < 0.3:
            for name in rng.sample(["D1", "D2", "D4"], 2):
                self.rows["transfers"].append({"encounter": case, "department": name, "days": rng.randint(1, 9),
                                               "cost": yuan(self.money(1, 999)), "points": rng.randint(1, 50),
                                               "key": number(rng.randint(1, 30000), 4)})
        if payer != "Z":
            self.settle(case, payer, discharged)

    def settle(self, case, payer, discharged):
        rng = self.rng
        on, after = later(discharged, rng.randint(20, 45)), rng.randint(0, 1)
        if rng.random() < 0.4:
            self.rows["presettlements"].append({
                "encounter": case, "settlement_month": month_of(discharged, after), "recorded_on": on,
                "points": rng.choice(["", number(rng.randint(1, 20000000), 4)]), "fund": yuan(self.money(600, 20000)),
                "patient": yuan(self.money(0, 5000))})
        fund = 0
        for _ in range(rng.choice([0, 1, 1, 1, 2])):
            after += 1
            on = later(on, rng.randint(1, 40))
            fund = self.money(600, 20000)
            factors, standard = self.factors(payer)
            for name in ("score", "hospital_coefficient", "auxiliary_coefficient", "points", "point_value", "group"):
                if rng.random() < 0.07:
                    factors[name] = ""
            deduction = rng.choice([0, 0, 0, self.money(1, 50)])
            patient = self.money(0, 5000)
            self.rows["replies"].append({
                "encounter": case, "settlement_month": month_of(discharged, after), "recorded_on": on, **factors,
                "standard": yuan(standard or fund + patient + deduction), "fund": yuan(fund), "patient": yuan(patient),
                "deduction": yuan(deduction)})
        if fund:
            self.dispute(case, payer, discharged, on, fund)

    def dispute(self, case, payer, discharged, on, fund):
        rng = self.rng
        for i in range(rng.choice([0, 0, 1, 2])):
            told = later(on, rng.randint(0, 10))
            amount = rng.randint(100, fund // 4)
            by = rng.choice(["", later(told, 10)])
            self.rows["refusals"].append({"refusal": f"F{case}{i}", "encounter": case,
                                          "settlement_month": month_of(told), "recorded_on": told,
                                          "amount": yuan(amount), "appeal_by": by, "reason": "分解收费"})
            if rng.random() < 0.7:
                filed = later(told, rng.randint(0, 10))
                self.rows["appeals"].append({"refusal": f"F{case}{i}", "step": "filed", "recorded_on": filed,
                                             "settlement_month": "", "returned": ""})
                if rng.random() < 0.7:
                    decided = later(filed, rng.randint(0, 40))
                    self.rows["appeals"].append({"refusal": f"F{case}{i}", "step": "decided", "recorded_on": decided,
                                                 "settlement_month": month_of(decided),
                                                 "returned": yuan(rng.randint(0, amount))})
        if payer != "X" and rng.random() < 0.25:
            applied = later(discharged, rng.randint(5, 50))
            self.rows["special_reviews"].append({"encounter": case, "step": "applied", "recorded_on": applied,
                                                 "settlement_month": "", "fund": "", "points": ""})
            if rng.random() < 0.7:
                decided = later(max(applied, on), rng.randint(60, 90))
                granted = rng.random() < 0.7
                self.rows["special_reviews"].append({
                    "encounter": case, "step": "decided", "recorded_on": decided,
                    "settlement_month": month_of(decided) if granted else "",
                    "fund": yuan(self.money(20000, 40000)) if granted else "",
                    "points": number(rng.randint(1, 9000) * 1000, 4) if granted and rng.random() < 0.6 else ""})

    def payer_of(self, case):
        return next(r["payer"] for r in self.rows["estimates"] if r["encounter"] == case)

    def batches(self):
        """(payer, settlement month): the latest day on which it was told, and what was told to be paid."""
        told = {}
        for r in self.rows["presettlements"] + self.rows["replies"]:
            key = (self.payer_of(r["encounter"]), r["settlement_month"])
            on, fund = told.get(key, (r["recorded_on"], 0))
            told[key] = (max(on, r["recorded_on"]), fund + int(Fraction(r["fund"]) * 100))
        return told

    def add_year_end(self):
        rng, count = self.rng, 0
        batches = self.batches()
        for (payer, month), (on, fund) in sorted(batches.items()):
            for _ in range(rng.choice([0, 1, 1, 2])):
                count += 1
                self.rows["receipts"].append({
                    "receipt": f"R{count:03d}", "payer": payer,
                    "kind": rng.choice(["monthly", "monthly", "deposit_returned"]), "settlement_month": month,
                    "received_on": later(on, rng.randint(-10, 40)),
                    "amount": yuan(rng.choice([fund * 95 // 100, rng.randint(-5000, fund), fund * 2]))})
            if rng.random() < 0.3:
                self.rows["deposits"].append({"payer": payer, "settlement_month": month, "recorded_on": on,
                                              "amount": yuan(fund // 25)})
        cleared = set()
        settled = {(self.payer_of(r["encounter"]), r["encounter"]) for r in
                   self.rows["presettlements"] + self.rows["replies"]}
        for payer, case in sorted(settled):
            row = next(r for r in self.rows["estimates"] if r["encounter"] == case)
            year = row["discharged_on"].year
            if METHODS[payer] not in ("dip", "drg") or (payer, year) in cleared or rng.random() < 0.4:
                continue
            if not row["points"]:
                continue
            cleared.add((payer, year))
            on = later(datetime.date(2026, 8, 1), rng.randint(0, 60))
            netted = rng.choice([0, self.money(0, 3000)])
            self.rows["clearings"].append({
                "payer": payer, "year": year, "recorded_on": on, "fund": yuan(self.money(20000, 200000)),
                "other_points": rng.choice(["", rng.randint(0, 5000)]),
                "appraisal_coefficient": rng.choice(["1", "0.98", "1.0213"]), "booked": yuan(self.money(8000, 90000)),
                "prepayment_netted": yuan(netted) if netted else "", "stated_payable": ""})
            self.rows["receipts"].append({"receipt": f"P{payer}{year}", "payer": payer, "kind": "prepayment",
                                          "settlement_month": "", "received_on": datetime.date(2026, 1, 5),
                                          "amount": "5000.00"})
            for i in range(rng.choice([0, 1, 2])):
                self.rows["receipts"].append({
                    "receipt": f"T{payer}{year}{i}", "payer": payer, "kind": "clearing",
                    "settlement_month": f"{year}-13", "received_on": later(on, rng.randint(-5, 40)),
                    "amount": yuan(self.money(-2000, 30000))})
            if rng.random() < 0.5:
                self.rows["audit_deductions"].append({
                    "deduction": f"A{payer}{year}", "payer": payer, "year": year,
                    "encounter": rng.choice(["", case]), "settlement_month": month_of(on),
                    "recorded_on": later(on, -rng.randint(1, 15)), "amount": yuan(self.money(1, 30)),
                    "reason": "飞检"})

    def add_pool(self):
        rng = self.rng
        for payer in "CG":
            for i in range(rng.randint(0, 5)):
                for again in range(rng.choice([1, 1, 2])):
                    self.rows["pool_readings"].append({
                        "payer": payer, "month": f"2026-{i + 1:02d}",
                        "recorded_on": datetime.date(2026, i + 2, 10 + again), "year_fund": "12000000.00",
                        "pay_share": "0.75", "points": number(rng.randint(10**8, 2 * 10**8), 4),
                        "budget_point_value": rng.choice(["", "10.5"])})

    def brackets(self):
        if self.rng.random() < 0.4:
            return ""
        ends = sorted(self.rng.sample(["0.5", "0.85", "1", "1.1", "1.3"], 3))
        text, low = "", "0"
        for i, end in enumerate([*ends, None]):
            pays = self.rng.choice(["booked", "standard", "surplus_share", "overrun_share"])
            text += f'[[payer.bracket]]\nfrom = "{low}"\npays = "{pays}"\n'
            text += f'to = "{end}"\n' if end else ""
            text += f'share = "0.{self.rng.randint(0, 9)}"\n' if pays.endswith("share") else ""
            low = end
        return text

    def settings(self):
        text = 'schema = "yuanliu.settlement/1"\nhospital = "H1"\n'
        kinds = {"C": "employee", "R": "resident", "G": "employee", "X": "other_city", "Z": "self_pay"}
        for payer, method in METHODS.items():
            text += f'[[payer]]\npayer = "{payer}"\nname = "付费 {payer}"\nkind = "{kinds[payer]}"\nmethod = "{method}"\n'
            text += self.brackets() if payer in "CG" else ""
        split = self.rng.choice(["days", "cost", "points", "key"])
        share = self.rng.choice(["0.9", "0.95", "1"])
        return text + f"""[transfer]
split_by = "{split}"
[appeal]
days = 12
[special_review]
quota_dip = "1"
quota_drg = "1"
ratio = "{self.rng.choice(["0.8", "2"])}"
days = 60
[ageing]
months = ["0", "2", "5"]
[cash]
monthly_share = "{share}"
deposit_limit = "0.05"
settle_lag = {self.rng.randint(0, 2)}
cash_lag = {self.rng.randint(0, 2)}
clearing_month = 3
[notice]
days = 40
unexplained = "100000"
"""

    def write(self, folder, shuffled=False):
        folder.mkdir(parents=True)
        if not shuffled:
            self.text = self.settings()
        (folder / "settlement.toml").write_text(self.text, "utf-8")
        for name, rows in self.rows.items():
            if rows:
                order = self.rng.sample(rows, len(rows)) if shuffled else rows
                columns = HEADERS[name].split(",")
                lines = [HEADERS[name]] + [",".join(str(r[c]) for c in columns) for r in order]
                (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
