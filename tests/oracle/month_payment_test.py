#!/usr/bin/env python3
"""Random months with an auxiliary catalogue, terms of cases and policies: the engine against this
writing of docs/codes.md §3, docs/method.md §7 and docs/payment.md §6, and the verifier against both.

Why it exists: a coefficient, a way of leaving or the outcome of a special review changes what a case
is paid; each must reach the payment exactly as the pages say, be seen in the result, and be derived
a second time. Ends with `N passed, M failed`. Use: month_payment_test.py YUANLIU YUANLIU_VERIFY.
"""
import csv
import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
import payment_policy  # noqa: E402
from month_grouping import RandomMonth  # noqa: E402
from month_grouping_test import fen, table  # noqa: E402
from payment_policy_test import random_policy  # noqa: E402

MONTHS = 6
WAYS = {"home": "1", "hospital": "2", "community": "3", "against_advice": "4", "died": "5", "other": "9"}
COMORBIDITIES = [("K35", "bowel", 1), ("K35.9", "bowel", 3), ("C34", "tumour", 2), ("I20", "heart", 1),
                 ("T31", "burn", 4), ("A09.900x001", "bowel", 2)]
# kind, id, how it is asked, what of a case it looks at
BANDS = [("cci", "mild", 'from = 1\nto = 2', lambda c: 1 <= c["points"] <= 2),
         ("cci", "grave", 'from = 3', lambda c: c["points"] >= 3),
         ("age", "newborn", 'unit = "days"\nto = 28', lambda c: c["age_days"] is not None and c["age_days"] <= 28),
         ("age", "aged", 'unit = "years"\nfrom = 40', lambda c: c["age_years"] >= 40),
         ("icu", "icu", 'from = 2\nto = 7', lambda c: c["icu_days"] is not None and 2 <= c["icu_days"] <= 7),
         ("tumour", "spread", 'level = "M"', lambda c: c["tumour"] == "M"),
         ("severity", "third", 'level = "III"', lambda c: c["severity"] == "III")]


def half_away(value, step):
    return payment_policy.rounded(value, step)


def half_away_4(value):
    return half_away(value, Fraction(1, 10_000))


class Auxiliary:
    """A random auxiliary catalogue, and the coefficient of a case by it."""

    def __init__(self, chance):
        self.several = chance.choice(("highest", "first", "product"))
        self.all_open = chance.random() < 0.5
        self.counts_main = chance.random() < 0.3
        self.own = {band: Fraction(chance.randint(8_000, 14_000), 10_000) for _, band, _, _ in BANDS}
        groups = [f"G{i:03}" for i in range(21)]
        self.excluded = chance.sample(groups, 3)
        self.typings = {}
        for group in chance.sample(groups, 12):
            for kind, band, _, _ in chance.sample(BANDS, 3):
                place = (group, kind, chance.choice((band, "")))
                self.typings[place] = Fraction(chance.randint(8_000, 14_000), 10_000)
        # Opened by last year's figures: 1,250.00 / 1,000.00 = 1.25; and one that the rule refuses.
        self.statistics = [("G001", "cci", "mild", "30,9,1000.00,1250.00,0.8,0.6"),
                           ("G002", "cci", "mild", "30,5,1000.00,1500.00,0.8,0.6")]
        self.typings.pop(("G001", "cci", "mild"), None)
        self.typings.pop(("G002", "cci", "mild"), None)
        self.opened = {("G001", "cci", "mild"): Fraction(5, 4)}

    def write(self, folder):
        folder.mkdir(parents=True)
        listed = ", ".join(f'"{g}"' for g in self.excluded)
        text = (f'schema = "yuanliu.auxiliary/1"\nid = "AUX"\nseveral = "{self.several}"\n'
                f'open = "{"all" if self.all_open else "typings"}"\n'
                f'counts_main_diagnosis = {str(self.counts_main).lower()}\nexcluded_groups = [{listed}]\n'
                '[opening]\ngroup_cases_over = 15\ntyped_cases_over = 5\ncv_falls_by = "0.20"\n'
                '[files]\ntypings = "typings.csv"\ncomorbidities = "cci.csv"\n')
        for kind, band, asks, _ in BANDS:
            text += f'[[band]]\nid = "{band}"\nkind = "{kind}"\n{asks}\ncoefficient = "{float(self.own[band]):.4f}"\n'
        (folder / "auxiliary.toml").write_text(text, encoding="utf-8")
        (folder / "cci.csv").write_text("code,family,points\n" + "".join(
            f"{code},{family},{points}\n" for code, family, points in COMORBIDITIES), encoding="utf-8")
        rows = [f"{g},{k},{b},{float(c):.4f},,,,,,\n" for (g, k, b), c in self.typings.items()]
        rows += [f"{g},{k},{b},,{figures}\n" for g, k, b, figures in self.statistics]
        (folder / "typings.csv").write_text(
            "group,kind,band,coefficient,group_cases,typed_cases,group_mean,typed_mean,cv_before,cv_after\n" +
            "".join(rows), encoding="utf-8")

    def answer(self, group, case):
        """coefficient, kinds, bands, decided_by, hits, points: as auxiliary.csv has them."""
        best = {}
        for place in range(0 if self.counts_main else 1, len(case["diagnoses"])):
            for prefix, family, points in COMORBIDITIES:
                if case["diagnoses"][place].startswith(prefix) and points > best.get(family, (0, 0))[0]:
                    best[family] = (points, place)
        points = sum(p for p, _ in best.values())
        case = case | {"points": points}
        hits = []
        for kind, band, _, holds in BANDS:
            known = self.typings | self.opened
            value = known.get((group, kind, band), known.get((group, kind, "")))
            if value is None and self.all_open:
                value = self.own[band]
            if value is not None and holds(case) and group not in self.excluded:
                hits.append((kind, band, value))
        taken = hits
        if hits and self.several == "first":
            taken = hits[:1]
        elif hits and self.several == "highest":
            taken = [max(hits, key=lambda hit: hit[2])]
        coefficient = Fraction(1)
        for _, _, value in taken:
            coefficient = min(half_away_4(coefficient * value), Fraction(100))
        ordered = [case["diagnoses"][place] for place in sorted({place for _, place in best.values()})]
        seen = {"cci": ";".join(ordered), "tumour": case["tumour"], "severity": case["severity"],
                "newborn": case["age_days"], "aged": case["age_years"], "icu": case["icu_days"]}
        decided = [str(seen.get(kind, seen.get(band))) for kind, band, _ in taken]
        return (coefficient, ";".join(k for k, _, _ in taken), ";".join(b for _, b, _ in taken),
                ";".join(decided), len(hits), points)


class Bench:
    def __init__(self, folder, seed, programs):
        self.chance = random.Random(1000 + seed)
        self.made = RandomMonth(folder, seed)
        self.month, self.rules, self.result = self.made.month, self.made.rules, Path(folder) / "result"
        self.programs = programs
        self.auxiliary = Auxiliary(self.chance)
        self.auxiliary.write(self.rules / "aux")
        text = (self.rules / "grouping.toml").read_text(encoding="utf-8")
        (self.rules / "grouping.toml").write_text(
            text.replace('payers = ["employee"]', 'payers = ["employee"]\nauxiliary = "aux"'), encoding="utf-8")
        self.by_policy = seed % 3 != 0
        self.facts = {}
        self.add_terms()
        self.write_payment()
        self.done = self.run("compute", self.month, "--rules", self.rules, "--out", self.result, "--lang", "en",
                             "--findings", self.month.parent / "findings.json")

    def run(self, *arguments, program=0):
        return subprocess.run([str(self.programs[program]), *map(str, arguments)], capture_output=True, text=True,
                              check=False)

    def add_terms(self):
        """Levels, reviews, ways of leaving, days of intensive care; some cases have none."""
        details = {row[0]: row for row in self.made.rows["stay_details"][1:]}
        terms = [["encounter", "severity", "tumour", "level_coefficient", "special_amount", "special_points", "patient_paid"]]
        for encounter, (_, case, is_open, info) in self.made.cases.items():
            if case is None:
                continue
            chance = self.chance
            row = details.setdefault(encounter, [encounter, "", "", "", "", ""])
            if not is_open and chance.random() < 0.8:
                row[4] = chance.choice(list(WAYS))
            if chance.random() < 0.5:
                row[5] = chance.choice(("0", "1.5", "2", "7.75", "8"))
            said = [encounter, chance.choice(("", "III", "II")), chance.choice(("", "M", "L")), "", "", "", ""]
            if chance.random() < 0.3:
                said[3] = f"{chance.randint(90, 120) / 100:.2f}"
            if chance.random() < 0.1:
                said[4] = f"{chance.randint(0, 900_000) / 100:.2f}"
            elif chance.random() < 0.1:
                said[5] = f"{chance.randint(0, 90_000) / 10:.1f}"
            if chance.random() < 0.5:
                said[6] = f"{chance.randint(0, 300_000) / 100:.2f}"
            if any(said[1:]):
                terms.append(said)
            else:
                said = [encounter] + [""] * 6
            if not any(row[1:]):
                del details[encounter]
            self.facts[encounter] = {
                "diagnoses": case.diagnoses, "age_days": case.age_days, "age_years": info["years"],
                "icu_days": int(Fraction(row[5])) if row[5] else None, "leave": row[4], "severity": said[1],
                "tumour": said[2], "level_coefficient": said[3], "special_amount": said[4], "special_points": said[5], "patient_paid": said[6]}
        self.made.rows["stay_details"] = self.made.rows["stay_details"][:1] + list(details.values())
        self.made.rows["case_terms"] = terms
        self.made.write_month()

    def write_payment(self):
        chance = self.chance
        text = (self.rules / "payment.toml").read_text(encoding="utf-8")
        head = text[:text.index("[deviation]")].replace('hospital_coefficient = "1"', 'hospital_coefficient = "1.07"')
        head += 'level_coefficient = "1.033"\nhospital_level = 3\n\n'
        text = head + text[text.index("[deviation]"):]
        if self.by_policy:
            text = text.replace('method = "dip"\npoint_value = "2"', 'method = "policy"\npolicy = "random"')
            policy = random_policy(chance)
            left = '[[exception]]\nname = "left"\nleave = ["against_advice", "5"]\nformula = "charge"\nshare = "0.61"\n'
            at = policy.index("[[band]]") if "[[band]]" in policy else policy.index("[[class]]")
            policy = policy[:at] + left + policy[at:]
            names = re.search(r"^coefficients = \[(.*)\]$", policy, re.M)[1]
            every = '"auxiliary", "level"' + (", " + names if names else "")
            every = ", ".join(dict.fromkeys(every.split(", ")))
            policy = policy.replace(f"coefficients = [{names}]", f"coefficients = [{every}]")
            if chance.random() < 0.5:  # the level is then the hospital's, of payment.toml
                policy = re.sub(r'^level = "[^"]*"\n', "", policy, flags=re.M)
                policy = policy.replace("[coefficient]\n[", "[")
            policy = policy.replace('name = "own"', 'name = "own"\ngroups = ["G003", "G004", "G005"]')
            (self.rules / "policy.toml").write_text(policy, encoding="utf-8")
            if 'kind = "fixed"' in policy:  # which has no point value for reviewers' points
                self.made.rows["case_terms"][1:] = [r[:5] + [""] + r[6:] for r in self.made.rows["case_terms"][1:]]
                self.facts = {e: f | {"special_points": ""} for e, f in self.facts.items()}
                self.made.write_month()
        (self.rules / "payment.toml").write_text(text, encoding="utf-8")

    def wanted_by_policy(self, row, facts, coefficient):
        policy = payment_policy.Policy(self.rules / "policy.toml")
        for one in policy.settings.get("exception", []):
            one["leave"] = [w for w, n in WAYS.items() if w in one["leave"] or n in one["leave"]] \
                if "leave" in one else list(WAYS) + [""]
        defaults = policy.settings.get("coefficient", {})
        score, reference, _ = self.made.scores.get(row["group"], ("", "", ""))
        case = {"group": row["group"], "charge": row["charge"], "score": str(score),
                "reference_charge": f"{reference}.50" if row["group"] else "", "days": row["days"], "level": "3",
                "hospital": "" if "hospital" in defaults else "1.07", "leave": facts["leave"],
                "level_coefficient": facts["level_coefficient"] or ("" if "level" in defaults else "1.033"),
                "auxiliary": str(coefficient), "special_amount": facts["special_amount"],
                "special_points": facts["special_points"]}
        return policy.pay(case)

    def wanted_by_points(self, row, coefficient):
        """docs/method.md §7 with the example's policy: coefficient 1.07, 2 yuan a point."""
        if not row["group"]:
            share = Fraction(7, 10) if row["status"] == "ungrouped" else Fraction(1)
            return half_away(max(Fraction(0), Fraction(row["charge"]) * share), Fraction(1, 100)), Fraction(0)
        score, reference, _ = self.made.scores[row["group"]]
        full = Fraction(score) * Fraction(107, 100) * coefficient
        ratio = Fraction(row["charge"]) / (Fraction(reference) + Fraction(1, 2))
        points = full * ratio if ratio <= Fraction(1, 2) else full if ratio <= 2 else full * (ratio - 1)
        points = half_away_4(max(points, Fraction(0)))
        return half_away(points * 2, Fraction(1, 100)), points

    def differences(self, seen):
        cases, auxiliary = table(self.result / "cases.csv"), table(self.result / "auxiliary.csv")
        lines = table(self.result / "case_policies.csv") if self.by_policy else {}
        wrong, count = [], 0
        for encounter, (payer, case, is_open, _) in self.made.cases.items():
            if case is None or is_open or payer != "employee":
                wrong += [f"{encounter} of another payer is corrected"] * (case is not None and encounter in auxiliary)
                continue
            row, facts, count = cases[encounter], self.facts[encounter], count + 1
            want = (Fraction(1), "", "", "", 0, 0)
            if row["status"] == "grouped":
                want, told = self.auxiliary.answer(row["group"], facts), auxiliary[encounter]
                got = (Fraction(told["coefficient"]), told["kind"], told["band"], told["decided_by"], int(told["hits"]),
                       int(told["points"]))
                wrong += [f"{encounter} in {row['group']}: {got}, want {want}"] * (got != want)
                seen.add((self.auxiliary.several, told["kind"]))
            elif encounter in auxiliary:
                wrong.append(f"{encounter} has no group but a coefficient")
            if self.by_policy:
                paid = self.wanted_by_policy(row, facts, want[0])
                line = lines[encounter]
                points = half_away_4(paid["points"] if paid["points"] is not None else Fraction(0))
                seen.add(paid["basis"])
                same = (Fraction(row["payment"]), line["basis"], int(line["rule"]), Fraction(row["points"])) == (
                    paid["payment"], paid["basis"], paid["rule"], points)
            else:
                paid = self.wanted_by_points(row, want[0])
                same = (Fraction(row["payment"]), Fraction(row["points"])) == paid
            wrong += [f"{row} {facts}: want {paid}"] * (not same)
        return wrong, count

    def parts(self):
        """fund_parts.csv but of payers by charges: patient at most the payment, fund the rest; what was cut is told."""
        want, cut = {}, []
        for encounter, row in table(self.result / "cases.csv").items():
            stated = self.facts.get(encounter, {}).get("patient_paid")
            if stated and row["basis"] != "charges":
                payment = fen(row["payment"])
                patient = max(0, min(fen(stated), payment))
                cut += [(encounter, fen(stated) - patient)] * (patient != fen(stated))
                want[encounter] = (payment, patient, payment - patient)
        got = {e: tuple(fen(r[k]) for k in ("payment", "patient_paid", "fund_payment"))
               for e, r in table(self.result / "fund_parts.csv").items()}
        rows = [row[0] for row in self.made.rows["case_terms"]]
        told = [("case_terms.csv", rows.index(cut[0][0]) + 1, [cut[0][0], str(len(cut)), f"{sum(c for _, c in cut) / 100:.2f}"])] if cut else []
        return (want, told), (got, self.findings("patient_part_cut"))

    def findings(self, code):
        found = json.loads((self.month.parent / "findings.json").read_text(encoding="utf-8"))["findings"]
        return [(f["file"], f["row"], f["arguments"]) for f in found if f["code"] == code]

    def leaves(self):
        """Cases by the policy's rules whose way of leaving nobody states; reviewed ones are none."""
        rows = table(self.result / "cases.csv") if self.by_policy else {}
        lost = [e for e in rows if self.made.cases[e][0] == "employee" and
                not any(self.facts.get(e, {}).get(k) for k in ("leave", "special_amount", "special_points"))]
        want = [("stay_details.csv", 0, [lost[0], "random", str(len(lost))])] if lost else []
        return want, self.findings("leave_not_stated")

    def levels(self):
        """Levels of corrected cases that the bands do not name: II and L, by kind."""
        corrected, rows, want = table(self.result / "auxiliary.csv"), [row[0] for row in self.made.rows["case_terms"]], []
        for kind, word, known in (("severity", "II", "III"), ("tumour", "L", "M")):
            hit = [e for e in corrected if self.facts.get(e, {}).get(kind) == word]
            want += [("case_terms.csv", rows.index(hit[0]) + 1, [word, hit[0], str(len(hit)), "AUX", known])] if hit else []
        return sorted(want), sorted(self.findings("case_level_unknown"))

    def before_discharge(self):
        """A stay that reviewers decided on: the what-if of its own main diagnosis is by the rules."""
        rows = table(self.result / "cases.csv") if self.by_policy else {}
        for encounter, row in rows.items():
            facts = self.facts.get(encounter)
            if facts and row["status"] == "grouped" and self.made.cases[encounter][0] == "employee" and facts["special_amount"]:
                done = self.run("predischarge", self.month, "--rules", self.rules, "--encounter", encounter, "--json")
                coefficient = Fraction(table(self.result / "auxiliary.csv")[encounter]["coefficient"])
                paid = self.wanted_by_policy(row, facts | {"special_amount": "", "special_points": ""}, coefficient)
                got = json.loads(done.stdout)["choices"][0] if done.returncode == 0 else {}
                want = (row["group"], f"{float(paid['payment']):.2f}")
                return [] if (got.get("group"), got.get("payment")) == want else [(encounter, want, got, done.stderr)]
        return None

    def verified(self, result=None):
        return self.run(result or self.result, "--month", self.month, "--rules", self.rules, "--deep", program=1)


KINDS_ZH = {"cci": "合并症指数", "severity": "严重程度", "tumour": "肿瘤", "age": "年龄", "icu": "重症监护"}


def judge_explained(bench, seen):
    """The coefficient and what decided it are told with the group and with the payment, there whether it was used."""
    rows, wrong, done = table(bench.result / "cases.csv"), [], set()
    for told in table(bench.result / "auxiliary.csv").values():
        if told["encounter"] not in bench.facts:
            continue
        facts, row = bench.facts[told["encounter"]], rows[told["encounter"]]
        used = not bench.by_policy or bench.wanted_by_policy(row, facts, Fraction(told["coefficient"]))["corrected"]
        if not told["kind"] or used in done:
            continue
        done.add(used)
        seen.add(("used", used))
        where = ["--month", bench.month, "--rules", bench.rules, "--cell"]
        group = bench.run("explain", bench.result, *where, f"case:{told['encounter']}:group", "--json")
        text = bench.run("explain", bench.result, *where, f"case:{told['encounter']}:group", "--lang", "zh").stdout
        payment = bench.run("explain", bench.result, *where, f"case:{told['encounter']}:payment", "--lang", "en").stdout
        said = bench.run("explain", bench.result, *where, f"case:{told['encounter']}:payment", "--lang", "zh").stdout
        reason = "、".join(KINDS_ZH[kind] for kind in told["kind"].split(";")) + " " + told["band"]
        if reason not in said or reason not in text:
            wrong.append(f"{reason} is not said: {said} {text}")
        got = json.loads(group.stdout)["auxiliary"] if group.returncode == 0 else {}
        same = {k: str(got.get(k)) for k in ("coefficient", "kind", "band", "decided_by", "hits", "points")} == {
            k: told[k] for k in ("coefficient", "kind", "band", "decided_by", "hits", "points")}
        name = "auxiliary coefficient" + ("" if used else " (not used for the payment)")
        if not (same and f"辅助系数: {told['coefficient']}" in text and f"{name}: {told['coefficient']}" in payment and
                told["band"].split(";")[0] in payment and
                (bench.by_policy or f" × {told['coefficient']}" in payment.splitlines()[1])):
            wrong.append(f"{used} {got} {text[-300:]} {payment}")
    return wrong if done else ["no case was hit"]


def forge(bench, scratch):
    """Another coefficient, another band: deep verification names auxiliary.csv."""
    refused = 0
    for column, value in (("coefficient", "1.9"), ("band", "other")):
        forged = Path(scratch) / f"forged_{column}"
        shutil.copytree(bench.result, forged)
        rows = list(table(forged / "auxiliary.csv").values())
        next(r for r in rows if r["kind"])[column] = value
        with (forged / "auxiliary.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        certificate = json.loads((forged / "certificate.json").read_text(encoding="utf-8"))
        certificate["tables"]["auxiliary.csv"]["sha256"] = hashlib.sha256((forged / "auxiliary.csv").read_bytes()).hexdigest()
        listing = "".join(f"{f} {t['sha256']}\n" for f, t in sorted(certificate["tables"].items()))
        certificate["result_hash"] = hashlib.sha256(listing.encode()).hexdigest()
        (forged / "certificate.json").write_text(json.dumps(certificate), encoding="utf-8")
        done = bench.verified(forged)
        refused += done.returncode == 1 and "auxiliary.csv" in done.stdout
    return refused


def judge_estimates(bench, scratch, used=True):
    """`settle --result` takes the coefficient of the result: an audit of the points says so by their band factor.
    Not `used`: of a case whose payment it is no factor of, here."""
    folder = Path(scratch) / f"settlement_{used}"
    folder.mkdir()
    payers = "".join(f'[[payer]]\npayer = "{p}"\nname = "{p}"\nkind = "employee"\nmethod = "dip"\nhospital_coefficient = "1.07"\n'
                     'point_value = "2"\npatient_share = "0.2"\n' for p in ("employee", "self_paying"))
    source = Path(__file__).resolve().parents[1] / "settlements" / "three_months" / "settlement.toml"
    text = source.read_text(encoding="utf-8")
    head = text[:text.index("[[payer]]")]
    rest = text[text.index("[transfer]"):]
    rest = rest[:rest.index("[[profile]]")] if "[[profile]]" in rest else rest
    (folder / "settlement.toml").write_text(head + payers + rest, encoding="utf-8")
    cases, lines = table(bench.result / "cases.csv"), {} if used else table(bench.result / "case_policies.csv")
    told = next(r for r in table(bench.result / "auxiliary.csv").values() if Fraction(r["coefficient"]) != 1 and (
        used or Fraction(cases[r["encounter"]]["points"]) > 1 and
        Fraction(lines[r["encounter"]]["coefficient"]) != half_away(Fraction(r["coefficient"]) * Fraction(107, 100), Fraction(1, 10**6))))
    row = cases[told["encounter"]]
    # The insurer replies with the same factors, but no auxiliary coefficient: the difference is of that cause alone.
    points = half_away_4(Fraction(row["points"]) / (Fraction(told["coefficient"]) if used else 2))
    standard = half_away(points * 2, Fraction(1, 100))
    (folder / "replies.csv").write_text(
        "encounter,settlement_month,recorded_on,group,score,hospital_coefficient,auxiliary_coefficient,deviation,points,"
        "point_value,standard,fund,patient,deduction\n"
        f"{row['encounter']},2026-10,2026-10-20,{row['group']},{row['score']},1.07,1,{row['deviation'] or 'normal'},{float(points):.4f},2,"
        f"{float(standard):.2f},{float(standard):.2f},0.00,0.00\n", encoding="utf-8")
    done = bench.run("settle", folder, "--result", bench.result, "--as-of", "2026-11-30", "--lang", "en", "--format", "csv")
    return done, row, standard


def difference_of(done, encounter):
    """The reconciliation's row of a case, by its heads."""
    lines = list(csv.reader(done.stdout.splitlines()))
    heads = [line for line in lines if "difference by cause auxiliary coefficient" in line]
    return next((dict(zip(head, line)) for head in heads for line in lines
                 if line[:1] == [encounter] and len(line) == len(head)), {})


SUMS = """schema = "yuanliu.policy/1"
id = "sum"
kind = "global_budget"
budget = "1000.00"
"""


def judge_sums(programs, scratch):
    """A sum over cases without charges stops by name; over no case at all it is told; a sum of zero is exact."""
    wrong = []
    folder = Path(scratch) / "sums"
    shutil.copytree(Path(__file__).resolve().parents[2] / "docs" / "example-month", folder)
    month, rules = folder / "month", folder / "rules"
    (rules / "policy.toml").write_text(SUMS, encoding="utf-8")
    payment = (rules / "payment.toml").read_text(encoding="utf-8")
    by_sum = payment.replace('method = "dip"\npoint_value = "2"', 'method = "policy"\npolicy = "sum"')
    lines = (month / "charge_lines.csv").read_text(encoding="utf-8").splitlines()
    free = [",".join(c[:8] + ["0.00"] + c[9:]) if c[0] in ("I001", "I002") else ",".join(c)
            for c in (line.split(",") for line in lines)]

    def compute(text, charges, name):
        (rules / "payment.toml").write_text(text, encoding="utf-8")
        (month / "charge_lines.csv").write_text("\n".join(charges) + "\n", encoding="utf-8")
        report = folder / f"{name}.json"
        done = subprocess.run([str(programs[0]), "compute", str(month), "--rules", str(rules), "--out", str(folder / name),
                               "--lang", "en", "--findings", str(report)], capture_output=True, text=True, check=False)
        found = [f for f in json.loads(report.read_text(encoding="utf-8"))["findings"] if f["code"].startswith("split_")]
        return done, found

    done, found = compute(by_sum, free, "none")
    want = [("split_without_charges", "stop", "encounters.csv", 2, "payer", ["sum", "1000.00", "2", "I001"])]
    got = [(f["code"], f["severity"], f["file"], f["row"], f["column"], f["arguments"]) for f in found]
    if done.returncode != 1 or (folder / "none").exists() or got != want or "refunds" not in done.stdout + done.stderr:
        wrong.append(f"no charges: {got} {done.stdout[-400:]}{done.stderr[-400:]}")
    nobody = payment + '\n[[payer]]\npayer = "other_city"\nmethod = "policy"\npolicy = "sum"\n'
    done, found = compute(nobody, lines, "nobody")
    line = nobody.splitlines().index('payer = "other_city"') + 1
    want = [("split_without_cases", "warn", "payment.toml", line, "payer.policy", ["sum", "1000.00", "0", ""])]
    got = [(f["code"], f["severity"], f["file"], f["row"], f["column"], f["arguments"]) for f in found]
    if done.returncode != 0 or got != want:
        wrong.append(f"no cases: {got} {done.stdout[-400:]}{done.stderr[-400:]}")
    (rules / "policy.toml").write_text('schema = "yuanliu.policy/1"\nid = "sum"\nkind = "fixed"\n', encoding="utf-8")
    (month / "case_terms.csv").write_text("encounter,severity,tumour,level_coefficient,special_amount,special_points,patient_paid\n"
                                          "I002,,,,,12.5,\n", encoding="utf-8")
    done, _ = compute(by_sum, lines, "points")
    found = [(f["code"], f["severity"], f["file"], f["row"], f["column"], f["arguments"]) for f in
             json.loads((folder / "points.json").read_text(encoding="utf-8"))["findings"] if f["severity"] == "stop"]
    want = [("special_points_without_value", "stop", "case_terms.csv", 2, "special_points", ["I002", "employee", "sum", "1"])]
    if done.returncode != 1 or (folder / "points").exists() or found != want:
        wrong.append(f"points without a value: {found} {done.stdout[-400:]}{done.stderr[-400:]}")
    (month / "case_terms.csv").unlink()
    (rules / "policy.toml").write_text(SUMS, encoding="utf-8")
    alone, out = folder / "alone.csv", folder / "alone_paid.csv"
    alone.write_text("case,group,charge\nA,G1,0\nB,G1,-5.00\n", encoding="utf-8")
    done = subprocess.run([str(programs[0]), "pay", str(alone), "--policy", str(rules / "policy.toml"), "--out", str(out), "--lang",
                           "en"], capture_output=True, text=True, check=False)
    if done.returncode != 1 or out.exists() or "split_without_charges" not in done.stdout + done.stderr:
        wrong.append(f"pay without charges: {done.returncode} {done.stdout}{done.stderr}")
    (rules / "policy.toml").write_text(SUMS.replace("1000.00", "0"), encoding="utf-8")
    done, found = compute(by_sum, free, "zero")
    paid = [r["payment"] for r in table(folder / "zero" / "cases.csv").values()] if done.returncode == 0 else []
    verified = subprocess.run([str(programs[1]), str(folder / "zero"), "--month", str(month), "--rules", str(rules), "--deep"],
                              capture_output=True, text=True, check=False)
    if paid != ["0.00", "0.00"] or found or verified.returncode != 0:
        wrong.append(f"a sum of zero: {paid} {found} {verified.stdout[-300:]}")
    return wrong


def judge_unused(bench):
    """An outcome of a review under a method that pays none is told, with its row."""
    found = [f for f in json.loads((bench.month.parent / "findings.json").read_text(encoding="utf-8"))["findings"]
             if f["code"] == "special_review_unused"]
    rows = bench.made.rows["case_terms"]
    payers = {"self_paying"} if bench.by_policy else {"employee", "self_paying"}
    want = []
    for payer in sorted(payers):
        hit = sorted((r for r in rows[1:] if (r[4] or r[5]) and bench.made.cases[r[0]][0] == payer
                      and not bench.made.cases[r[0]][2]), key=lambda r: r[0])
        if hit:
            want.append((rows.index(hit[0]) + 1, [hit[0][0], payer, str(len(hit))]))
    return want, [(f["row"], f["arguments"]) for f in found]


def main(arguments):
    tally = [0, 0]

    def check(what, ok, detail=""):
        tally[not ok] += 1
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}")

    seen, wrong, count, told, unused, lost, levels, before = set(), [], 0, [], [], [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        benches = []
        for seed in range(MONTHS):
            bench = Bench(Path(scratch) / f"month{seed}", seed, arguments)
            if bench.done.returncode:
                wrong.append(f"seed {seed}: {bench.done.stdout[-1500:]}{bench.done.stderr[-1500:]}")
                continue
            benches.append(bench)
            found, cases = bench.differences(seen)
            wrong, count = wrong + found, count + cases
            done = bench.verified()
            wrong += [f"seed {seed} refused: {done.stdout[-1500:]}"] * (done.returncode != 0)
            told += judge_explained(bench, seen)
            want, got = bench.parts()
            wrong += [f"seed {seed}: parts {got}, want {want}"] * (got != want or not want)
            want, got = judge_unused(bench)
            unused += [(seed, want, got)] * (want != got)
            want, got = bench.leaves()
            lost += [(seed, want, got)] * (want != got)
            want, got = bench.levels()
            levels += [(seed, want, got)] * (want != got or not want)
            before += [bench.before_discharge()]
        check(f"{count} cases of {MONTHS} random months: coefficients, payments and points, and verified",
              not wrong, "\n  ".join(wrong[:3]))
        check("special amounts, special points, exceptions by way of leaving and every kind of band came up",
              {"special_amount", "special_points", "exception", "band"} <= seen and
              {kind for _, kind, *_ in (s for s in seen if isinstance(s, tuple)) if kind} >=
              {"cci", "age", "icu", "tumour", "severity"} and
              {s[0] for s in seen if isinstance(s, tuple)} == {"highest", "first", "product", "used"} and
              {("used", True), ("used", False)} <= seen, sorted(map(str, seen)))
        check("coefficient and what decided it are explained with group and payment", not told, told[:1])
        check("an outcome that no method pays is told at its row", not unused, unused[:1])
        check("of cases that the rules decide those without a way of leaving are told", not lost, lost[:1])
        check("levels that no band names are told", not levels, levels[:1])
        check("before discharge the outcome of a review is left out", [] in before and not any(before), before)
        if benches and not wrong:
            check("two forged corrections are refused by name", forge(benches[0], scratch) == 2)
            done, row, standard = judge_estimates(benches[0], scratch)
            short = f"{float(standard - Fraction(row['payment'])):.2f}"
            told = difference_of(done, row["encounter"])
            causes = {k.removeprefix("difference by cause "): v for k, v in told.items() if "by cause" in k}
            check("an estimate from a result has its auxiliary coefficient: the difference is of that cause",
                  done.returncode == 0 and told.get("difference") == short == causes.pop("auxiliary coefficient", "") and
                  set(causes.values()) == {"0.00"}, f"{short} {told} {row} {done.stdout[:500]}{done.stderr}")
        sums = judge_sums(arguments, scratch)
        check("sums without charges or cases: named, told, exact", not sums, "\n  ".join(sums))
    print(f"{tally[0]} passed, {tally[1]} failed")
    return 1 if tally[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
