"""Random small hospitals with a ledger, drivers, payroll, time, assets and moves.

Why it exists: collection is judged on hospitals that nobody thought of: negative lines, cells that
cancel, drivers that are zero, meters above the bill, moves that move what others moved.
"""
import csv

from hospital_folder import Hospital, inline

FUNDS = ["basic", "fiscal_project", "other_fiscal_project", "research", "teaching"]
CLASSES = ["public", "administrative", "auxiliary", "medical_technology", "clinical", "clinical"]
CATEGORIES = ["staff", "materials", "drugs", "depreciation", "other_operating"]
MORE = {
    "payroll": "staff,department,pay_kind,fund_source,amount",
    "staff_time": "unit,code,department,activity,minutes",
    "assets": "asset,name,department,kind,depreciation,paid_basic,paid_fiscal_project,"
              "paid_other_fiscal_project,paid_research,paid_teaching",
}


def yuan(rng, most=50000):
    return f"{rng.randrange(0, most)}.{rng.randrange(100):02d}"


class RandomHospital(Hospital):
    def __init__(self, rng):
        super().__init__()
        self.rng = rng
        for n in range(rng.randint(3, 8)):
            self.departments[f"D{n:02d}"] = rng.choice(CLASSES)
        self.departments["D00"] = "clinical"
        self.able = [d for d, c in self.departments.items()]
        self.departments["X99"] = "excluded"
        for n in range(rng.randint(1, 3)):
            self.items[f"I{n}"] = rng.choice(CATEGORIES)
        for _ in range(rng.randint(1, 14)):
            sign = "-" if rng.random() < 0.2 else ""
            self.ledger.append((rng.choice(list(self.departments)), rng.choice(list(self.items)),
                                rng.choice(FUNDS[:1] * 4 + FUNDS), sign + yuan(rng)))
        self.drivers = ["heads", "area", "meter"]
        for driver in self.drivers:
            for sender in ["", rng.choice(self.able)]:
                if rng.random() < (0.6 if sender else 0.95):
                    self.readings += [(driver, sender, d, f"{rng.randrange(0, 4)}.{rng.randrange(3)}")
                                      for d in self.able if rng.random() < 0.7]
        self.more = {"payroll": self.payroll(), "staff_time": self.time(), "assets": self.assets()}
        self.attributes = [self.attribute() for _ in range(rng.randint(0, 2))]
        self.moves = [self.move(n) for n in range(rng.randint(1, 5))]

    def tables(self):
        """Two accounts kept out of cost, and a driver that moves cost of offices to D00."""
        rows = super().tables()
        for account in ("5301", "5901.1"):
            rows["accounts"].append((account, "科目", "", ""))
            rows["account_map"].append((account, "", "", "excluded", "", "不计入"))
            rows["ledger"].append(("J2", account, self.period, self.period, account, "D00", "basic",
                                   "77.70", ""))
        rows["drivers"].append(("all", "all", "1"))
        rows["driver_readings"] = [*self.readings, ("all", "", "D00", "1")]
        return rows

    def attribute(self):
        rng, rule = self.rng, {}
        if rng.random() < 0.6:
            rule["departments"] = self.some([*self.able, "class:clinical"], 2)
        if rng.random() < 0.5:
            rule["cost_items"] = [rng.choice(list(self.items))]
        if rng.random() < 0.3:
            rule["cost_categories"] = self.some(CATEGORIES, 2)
        return {**rule, "variable": rng.choice(["0", "0.3", "0.3333", "1"]),
                "controllable": rng.random() < 0.5, "capital": rng.random() < 0.5}

    def payroll(self):
        rng, rows = self.rng, {}
        for n in range(rng.choice([0, 3, 5, 8])):
            key = (f"S{n % 4}", rng.choice(self.able), rng.choice(["base", "bonus"]),
                   rng.choice(FUNDS[:1] * 3 + FUNDS))
            rows[key] = (*key, yuan(rng, 900))
        return list(rows.values())

    def time(self):
        rng, rows = self.rng, {}
        units = [("staff", f"S{n}") for n in range(4)] + [("department", d) for d in self.able]
        for unit, code in units:
            for _ in range(rng.choice([0, 1, 2, 3, 3])):
                activity = rng.choice(["outpatient", "ward", "ward", "teaching", "research",
                                       "dispatched"])
                where = rng.choice(self.able)
                if activity == "dispatched" and rng.random() < 0.5:
                    where = ""
                key = (unit, code, where, activity)
                rows[key] = (*key, str(rng.randrange(0, 6)))
        return list(rows.values())

    def assets(self):
        rng = self.rng
        return [(f"A{n}", "asset", rng.choice(self.able),
                 rng.choice(["building", "general", "special"]), yuan(rng, 700),
                 *(yuan(rng, 90) if rng.random() < 0.4 else "0.00" for _ in FUNDS))
                for n in range(rng.choice([0, 3, 5, 8]))]

    def some(self, choices, most=3):
        return sorted(set(self.rng.choices(choices, k=self.rng.randint(1, most))))

    def move(self, n):
        rng, move = self.rng, {"name": f"move {n}"}
        if rng.random() < 0.5:
            move["departments"] = self.some([*self.able, "class:clinical", "class:public", "*"])
        if rng.random() < 0.3:
            move["accounts"] = [rng.choice(["5001.*", "5001." + rng.choice(list(self.items))])]
        if rng.random() < 0.2:
            move["cost_categories"] = self.some(CATEGORIES)
        if rng.random() < 0.2:
            move["fund_sources"] = self.some(FUNDS)
        if rng.random() < 0.2:
            move["vouchers"] = [rng.choice(["J*", "J1", "K*"])]
        if rng.random() < 0.3:
            move["share"] = rng.choice(["0.5", "0.3333", "0.0001", "1"])
        if rng.random() < 0.2:
            move["from"] = rng.choice(["2026-01", "2026-03", "2026-04"])
        if rng.random() < 0.3:
            move["entry"] = rng.choice(["direct", "calculated"])
        rng.choice([self.to, self.by_drivers, self.by_drivers, self.by_table, self.by_table])(move)
        return move

    def to(self, move):
        rng, left, targets = self.rng, 10000, []
        count = rng.randint(1, 3)
        for n in range(count):
            share = left if n == count - 1 else rng.randint(1, left - (count - n))
            left -= share
            if rng.random() < 0.25:
                target = {"out": rng.choice(["GCP", "sent out"])}
            else:
                target = {k: v for k, v in (("department", rng.choice(self.able)),
                                            ("cost_item", rng.choice(list(self.items))),
                                            ("fund_source", rng.choice(FUNDS)))
                          if rng.random() < 0.5}
            target["share"] = f"{share / 10000:.4f}"
            targets.append(target)
        move["to"] = targets

    def by_drivers(self, move):
        rng = self.rng
        move["drivers"] = rng.sample(["heads", "area"], rng.randint(1, 2))
        move["receivers"] = self.some([*self.able, "class:clinical", "class:auxiliary"], 4)
        if rng.random() < 0.3:
            move["except_receivers"] = [rng.choice(self.able)]
        if rng.random() < 0.5:
            move["metered"] = "meter"
            move["tariff"] = rng.choice(["0.65", "100", "1.0001", "2500"])
            if rng.random() < 0.5:
                move["rest"] = rng.choice(["others", "all"])

    def by_table(self, move):
        rng = self.rng
        move["table"] = rng.choice(["payroll", "staff_time", "assets"])
        if move["table"] == "staff_time":
            return
        kinds = {"payroll": ["base", "bonus"], "assets": ["building", "general", "special"]}
        if rng.random() < 0.3:
            move["kinds"] = self.some(kinds[move["table"]], 2)
        if rng.random() < 0.5:
            both = ["department", "fund_source"] if move["table"] == "payroll" else ["department"]
            move["match"] = self.some(both, 2)
        if move["table"] == "payroll":
            move["by_time"] = rng.random() < 0.6

    def write(self, folder):
        month, rules = super().write(folder)
        for name, rows in self.more.items():
            if rows:
                with (month / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                    stream.write(MORE[name] + "\n")
                    csv.writer(stream, lineterminator="\n").writerows(rows)
        (rules / "allocation.toml").write_text(
            'schema = "yuanliu.allocation/1"\nversion = "t"\n\n[[stage]]\n'
            'name = "administrative"\nsenders = ["class:administrative"]\n'
            'receivers = ["class:clinical"]\nbefore_items = true\n\n[[stage.rule]]\n'
            'senders = ["*"]\ncost_categories = ["*"]\ndrivers = ["all"]\n', encoding="utf-8")
        lines = ['schema = "yuanliu.collection/1"', 'version = "random.1"',
                 f"hospital_accounts = {inline(self.some(['5901*', '5301', '59*'], 2))}"]
        for rule in self.attributes:
            lines += ["", "[[attribute]]", *(f"{k} = {inline(v)}" for k, v in rule.items())]
        for move in self.moves:
            lines += ["", "[[move]]", *(f"{k} = {inline(v)}" for k, v in move.items())]
        (rules / "collection.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return month, rules
