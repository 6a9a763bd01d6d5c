#!/usr/bin/env python3
"""Grouping by catalogues, payers by policy, stays before discharge and the verifier, all at once.

Why it exists: each of these has tests of its own, and people use them together: a stay in hospital
is paid by its payer's policy at its days so far (as the oracle pays it), a payment that nobody can
know is missing with its reason and never 0.00; groups without scores are enough without payment and
bonus, for the verifier too; and a catalogue file that is no text is one finding.
Ends with `N passed, M failed`. Use: areas_together_test.py YUANLIU YUANLIU_VERIFY.
"""
import collections
import datetime
import json
import pathlib
import shutil
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "oracle"))
import grouping_faults  # noqa: E402
import payment_policy  # noqa: E402
from hospital import Folder, fen, main_of, read_json, read_table  # noqa: E402

POLICIES = pathlib.Path(__file__).resolve().parents[1] / "policies"
QUALITY = pathlib.Path(__file__).resolve().parents[2] / "docs" / "quality" / "quality.toml"
LAST_DAY = datetime.date(2026, 9, 30)
SCORE, REFERENCE, NORM = "1000", "2000.00", 5
CATALOGUE = grouping_faults.CATALOGUE.replace('"any"', '"first"')
GROUPS = "group,name,level,diagnosis,other_diagnosis,procedure,related,class\nN01,one,core,Q99.9,,,,\n"
# Pays every group but those of Q01, which lack the level that the policy asks for.
LEVELS = """schema = "yuanliu.policy/1"
id = "levels"
kind = "points"
ratio_to = "reference"
coefficients = ["hospital", "level"]
[[band]]
name = "all"
formula = "linear"
r = "1"
[[class]]
name = "usual"
groups = [{groups}]
without = ["level"]
"""
PAYERS = {"employee": ("hubei-example", "4.22"), "resident": ("bed_days-example", ""),
          "other_city": ("global_budget-example", ""), "self_paying": ("levels", "5")}


def write_catalogue(copy, with_scores):
    folder = copy.rules / "together"
    folder.mkdir(exist_ok=True)
    (copy.rules / "grouping.toml").write_text(grouping_faults.GROUPING.format("together", "*"), encoding="utf-8")
    (folder / "catalogue.toml").write_text(
        CATALOGUE.format(scores='scores = "scores.csv"' if with_scores else ""), encoding="utf-8")
    (folder / "groups.csv").write_text(GROUPS, encoding="utf-8")
    categories = {row["diagnosis"][:3] for row in read_table(copy.month / "diagnoses.csv")}
    groups = ["N01"] + sorted(f"{c}-{n}" for c in categories | {"Q01"} for n in (1, 2, 3, 4))
    if with_scores:
        (folder / "scores.csv").write_text(
            "group,score,reference_charge,reference_days\n" +
            "".join(f"{g},{SCORE},{REFERENCE},{NORM}\n" for g in groups), encoding="utf-8")
    return groups


def write_policies(copy, groups):
    text = (copy.rules / "payment.toml").read_text(encoding="utf-8")
    (copy.rules / "payment.toml").write_text(text[:text.index("[[payer]]")] + "".join(
        f'[[payer]]\npayer = "{payer}"\nmethod = "policy"\npolicy = "{policy}"\n' +
        (f'point_value = "{value}"\n' if value else "")
        for payer, (policy, value) in PAYERS.items()), encoding="utf-8")
    shutil.copy(POLICIES / "hubei.toml", copy.rules / "policy.toml")
    shutil.copy(POLICIES / "bed_days.toml", copy.rules / "policy_days.toml")
    shutil.copy(POLICIES / "global_budget.toml", copy.rules / "policy_budget.toml")
    listed = ", ".join(f'"{g}"' for g in groups if not g.startswith("Q01"))
    (copy.rules / "policy_levels.toml").write_text(LEVELS.replace("{groups}", listed), encoding="utf-8")


def drop(table, encounters):
    """Whatever the demonstration has recorded of them."""
    if table.exists():
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.split(",")[0] not in encounters]
        table.write_text("".join(kept), encoding="utf-8")


def open_stays(copy):
    """Gives each payer, and one that payment.toml does not name, a stay in hospital with codes."""
    rows = [row for row in read_table(copy.month / "encounters.csv")
            if row["kind"] == "inpatient" and not row["discharged_on"]]
    for name in ("open_stays", "stay_details", "diagnoses", "procedures", "diagnosis_details",
                 "procedure_details"):
        drop(copy.month / f"{name}.csv", {row["encounter"] for row in rows})
    stays = {}
    for payer, row in zip([*PAYERS, "nobody"], rows):
        code = "Q01.000" if payer == "self_paying" else "J98.400"
        copy.cell("encounters.csv", {"encounter": row["encounter"]}, "payer", payer)
        copy.append("diagnoses.csv", f'{row["encounter"]},1,{code}')
        stays[payer] = row
    (copy.month / "open_stays.csv").write_text("encounter,sex,age_years\n" + "".join(
        f'{row["encounter"]},female,60\n' for row in stays.values()), encoding="utf-8")
    manifest = read_json(copy.month / "manifest.json")
    manifest["files"] = {file.name: {"rows": len(read_table(file))}
                         for file in sorted(copy.month.glob("*.csv"))}
    (copy.month / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return stays


def oracle_payment(file, look, charge, value):
    """Of the look's first choice, in fen, as docs/payment.md §6 says that a month knows a case."""
    case = {"group": look["choices"][0]["group"], "charge": charge, "score": SCORE,
            "reference_charge": REFERENCE, "days": str(look["days"]), "class": "",
            "hospital": "1.08", "value": value}
    return int(payment_policy.Policy(POLICIES / file).pay(case)["payment"] * 100)


class Together:
    def __init__(self, suite, program, verifier, copy):
        self.suite, self.program, self.verifier, self.copy = suite, program, verifier, copy

    def computed(self, result, name):
        done = self.program.compute(self.copy.month, self.copy.rules, result)
        if not self.suite.expect(f"{name} is computed", done.returncode == 0, done.stdout + done.stderr):
            return False
        checked = self.verifier.run(result, "--month", self.copy.month, "--rules", self.copy.rules,
                                    "--deep")
        return self.suite.expect(f"{name} is proved by the verifier", checked.returncode == 0,
                                 checked.stdout + checked.stderr)

    def look(self, encounter, *options):
        done = self.program.run("predischarge", self.copy.month, "--rules", self.copy.rules,
                                "--encounter", encounter, *(options or ("--json",)))
        if done.returncode != 0:
            raise SystemExit(f"predischarge {encounter}: {done.returncode} {done.stdout}{done.stderr}")
        return done.stdout if options else json.loads(done.stdout)

    def judge_paid(self, stays):
        for payer, file in (("employee", "hubei.toml"), ("resident", "bed_days.toml")):
            stay, value = stays[payer], PAYERS[payer][1]
            look = self.look(stay["encounter"])
            choice = look["choices"][0]
            days = max(1, (LAST_DAY - datetime.date.fromisoformat(stay["admitted_on"])).days)
            got = (look["days"], choice["group"], fen(choice["payment"]),
                   fen(choice["standard_payment"]), "points" in choice, "unpaid" in choice)
            want = (days, "J98-1", oracle_payment(file, look, look["charge"], value),
                    oracle_payment(file, look, REFERENCE, value), payer == "employee", False)
            self.suite.expect(f"a stay in hospital of {payer} is paid by {file} at {days} days so far",
                              got == want and want[2] > 0, f"{got}, want {want}")

    def judge_unpaid(self, stays):
        for payer, why, words in (("other_city", "split", "divides one sum"),
                                  ("self_paying", "coefficient_missing", "a coefficient"),
                                  ("nobody", "unknown_payer", "does not name this payer")):
            choice = self.look(stays[payer]["encounter"])["choices"][0]
            paid = {"points", "payment", "standard_payment"} & set(choice)
            text = self.look(stays[payer]["encounter"], "--lang", "en")
            self.suite.expect(f"no payment of {payer}, and why: {why}",
                              choice["score"] == SCORE and not paid and choice.get("unpaid") == why and
                              words in text and "payment at" not in text, f"{choice}\n{text}")

    def judge_discharged(self, result):
        """The same policy by another way: cases.csv."""
        cases = read_table(result / "cases.csv")
        wrong, count = [], 0
        for payer in ("employee", "resident"):
            for row in [c for c in cases if c["payer"] == payer and c["status"] == "grouped"][:2]:
                choice = self.look(row["encounter"])["choices"][0]
                points = choice.get("points", "0")
                count += 1
                if (choice["group"], fen(choice["payment"]), Fraction(points)) != (
                        row["group"], fen(row["payment"]), Fraction(row["points"] or "0")):
                    wrong.append((choice, row))
        self.suite.expect(f"{count} discharged stays are looked at as they were paid",
                          not wrong and count == 4, wrong[:1])

    def quality_of(self, month, listing):
        """What `yuanliu quality` says of each stay of a month folder."""
        self.program.run("quality", month, "--rules", QUALITY, "--out", listing)
        said = {}
        for row in read_table(listing):
            said.setdefault(row["encounter"], []).append(
                (row["rule"], row["field"], int(row["position"]), row["value"], row["expected"]))
        return said

    def judge_front_pages(self, folder, stays):
        """Each diagnosis as the main one: as `quality` judges a month in which it is the first."""
        codes = {}
        for row in read_table(self.copy.month / "diagnoses.csv"):
            codes.setdefault(row["encounter"], []).append(row["diagnosis"])
        looks = {e: json.loads(self.look(e, "--quality", QUALITY, "--json"))["choices"] for e in stays}
        wrong, hits, own = [], 0, 0
        for place in range(1, 5):
            month = folder / f"first_is_{place}"
            shutil.copytree(self.copy.month, month)
            for name in ("diagnoses", "diagnosis_details"):
                lines = (month / f"{name}.csv").read_text(encoding="utf-8").splitlines()
                moved = [moved_first(line.split(","), place, codes, stays) for line in lines[1:]]
                (month / f"{name}.csv").write_text("\n".join([lines[0], *moved]) + "\n", encoding="utf-8")
            said = self.quality_of(month, folder / f"list{place}.csv")
            for encounter in stays:
                if place <= len(codes[encounter]):
                    got = [(h["rule"], h["field"], h["position"], h["value"], h["expected"])
                           for h in looks[encounter][place - 1]["quality"]]
                    hits += len(got)
                    wrong += [(encounter, place, got, said.get(encounter, []))] * (got != said.get(encounter, []))
        for encounter in stays:
            pages = [sorted((h["rule"], h["field"], h["value"], h["expected"]) for h in choice["quality"])
                     for choice in looks[encounter]]
            for choice, page in zip(looks[encounter], pages):
                for hit in choice["quality"]:
                    key = (hit["rule"], hit["field"], hit["value"], hit["expected"])
                    common = all(other.count(key) == page.count(key) for other in pages)
                    own += not hit["common"]
                    wrong += [(encounter, hit)] * (hit["common"] != common)
        self.suite.expect(f"{hits} hits of front-page rules on proposed pages, {own} of one main diagnosis only: "
                          "as of months that hold these pages", not wrong and hits > 20 and own >= 5, wrong[:2])
        text = self.look(stays[0], "--quality", QUALITY, "--lang", "zh")
        plain = self.look(stays[0], "--lang", "zh")
        self.suite.expect("the rules and how many were asked are told", "首页质控规则: front-page-and-list-1" in text and
                          "首页质控规则" not in plain, text)

    def judge_without_figures(self, folder):
        write_catalogue(self.copy, with_scores=False)
        for file in ("payment.toml", "policy.toml", "policy_days.toml", "policy_budget.toml",
                     "policy_levels.toml"):
            (self.copy.rules / file).unlink()
        (self.copy.rules / "together" / "scores.csv").unlink()
        done = self.program.compute(self.copy.month, self.copy.rules, folder / "bonus")
        self.suite.expect("a bonus asks for the scores of groups", done.returncode != 0 and
                          "group_without_score" in done.stdout + done.stderr, done.stdout + done.stderr)
        (self.copy.rules / "bonus.toml").unlink()
        if self.computed(folder / "plain", "a month of groups without scores, payment and bonus"):
            rows = read_table(folder / "plain" / "grouping.csv")
            grouped = sum(row["status"] == "grouped" for row in rows)
            self.suite.expect(f"its {grouped} groups are in grouping.csv", grouped > 20, rows[:3])

    def judge_bytes(self, folder):
        groups = self.copy.rules / "together" / "groups.csv"
        for name, data in (("a NUL", b"\0"), ("a byte of GBK", b"\xd2")):
            out = folder / f"bytes_{data[0]}"
            groups.write_bytes(GROUPS.encode() + b"N02,tw" + data + b"o,core,Q99.8,,,,\n")
            done = self.program.compute(self.copy.month, self.copy.rules, out, "--findings",
                                        out.with_suffix(".json"))
            found = [f for f in read_json(out.with_suffix(".json"))["findings"] if f["code"] == "not_utf8"]
            where = [(f["file"], f["row"], f["arguments"]) for f in found]
            self.suite.expect(f"{name} in a catalogue is one finding, at its line and byte",
                              done.returncode != 0 and where == [("together/groups.csv", 3, ["7"])],
                              f"{found}\n{done.stdout}{done.stderr}")


def moved_first(cells, place, codes, stays):
    """A row of a record whose diagnosis at `place` goes to the front, the others keep their order."""
    if cells[0] in stays and place <= len(codes[cells[0]]):
        at = int(cells[1])
        cells = [cells[0], str(1 if at == place else at + 1 if at < place else at), *cells[2:]]
    return ",".join(cells)


def plant_odd_codes(copy):
    """The demonstration's pages are clean: some get a code that may not be the main one, or not stand anywhere."""
    left = {row["encounter"] for row in read_table(copy.month / "discharges.csv")}
    counts = collections.Counter(row["encounter"] for row in read_table(copy.month / "diagnoses.csv"))
    stays = [e for e in sorted(counts) if e in left and 1 <= counts[e] <= 3][:6]
    for encounter, code in zip(stays, ("Z37.000", "B95.600", "V01.100", "R65.300", "Z51.500", "S00.000")):
        copy.append("diagnoses.csv", f"{encounter},{counts[encounter] + 1},{code}")
    return stays


def judge(suite, program, verifier, folder):
    month = program.demo(folder / "demo")[0]
    copy = Folder(folder / "copy", month, folder / "demo" / "rules")
    odd = plant_odd_codes(copy)
    stays = open_stays(copy)
    write_policies(copy, write_catalogue(copy, with_scores=True))
    together = Together(suite, program, verifier, copy)
    if together.computed(folder / "paid", "a month of catalogue groups paid by four policies"):
        together.judge_paid(stays)
        together.judge_unpaid(stays)
        together.judge_discharged(folder / "paid")
        together.judge_front_pages(folder, odd)
    together.judge_without_figures(folder)
    together.judge_bytes(folder)


if __name__ == "__main__":
    sys.exit(main_of(judge, __doc__))
