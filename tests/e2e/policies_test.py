#!/usr/bin/env python3
"""Payers by policy in a month: each case as the oracle pays it, proved by the verifier.

Why it exists: a policy in the rules changes what people are paid, so a month with policies of each
kind is compared with tests/oracle/payment_policy.py case by case, derived a second time, explained,
refused when a figure is forged or a rule is wrong; and a policy that no payer names changes nothing.
"""
import hashlib
import json
import pathlib
import random
import sys
import tempfile
from fractions import Fraction

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "oracle"))
import payment_policy  # noqa: E402
from payment_policy_test import random_policy  # noqa: E402
from hospital import Program, Suite, read_json, read_table  # noqa: E402

POLICIES = pathlib.Path(__file__).resolve().parents[1] / "policies"
ENOUGH = 200  # payments by random policies
# Groups of the demonstration catalogue, read below, are classes of their own here.
POINTS = """schema = "yuanliu.policy/1"
id = "points"
kind = "points"
value = "9.8765"
ratio_to = "reference"
coefficients = ["hospital", "level", "auxiliary"]
[coefficient]
level = "1.0330"
[[band]]
name = "low"
to = "{low}"
to_inclusive = true
formula = "linear"
p = "1"
[[band]]
name = "normal"
to = "{high}"
formula = "linear"
r = "1"
[[band]]
name = "high"
formula = "linear"
p = "1"
q = "-{high}"
r = "1"
cap = "1.4"
review = true
[[exception]]
name = "long"
days_from = {days}
ratio_above = "{above}"
formula = "charge"
share = "0.95"
[[class]]
name = "primary_care"
groups = [{primary}]
without = ["hospital"]
[[class]]
name = "uncoded"
charge_share = "0.4321"
"""
WEIGHT = """schema = "yuanliu.policy/1"
id = "weight"
kind = "weight"
ratio_to = "standard"
points_per_weight = "0.001"
coefficients = ["hospital"]
[coefficient]
hospital = "1.1"
[tiers]
by = "score"
to = ["800", "1500"]
[[band]]
to = ["0.7", "0.8", "0.9"]
formula = "charge"
[[band]]
to = ["1.4", "1.3", "1.2"]
to_inclusive = true
formula = "linear"
r = "1"
[[band]]
formula = "linear"
p = "0.7"
q = ["0.02", "0.09", "0.16"]
times_h = true
[[class]]
name = "bed_days"
groups = [{primary}]
kind = "bed_day"
[[class.bed_day]]
to = 5
amount = "612.34"
[[class.bed_day]]
amount = "300.01"
"""
BUDGET = """schema = "yuanliu.policy/1"
id = "budget"
kind = "global_budget"
budget = "123456.78"
"""


def ends_of(month, cases):
    """Ends of the bands and the exception of POINTS, so that this month has cases of each: the longest stay under
    the exception, a third of the others in each band."""
    catalogue = {row["group"]: row for row in read_table(month / "dip_catalogue.csv")}
    stays = sorted((int(row["days"]), Fraction(row["charge"]) / Fraction(catalogue[row["group"]]["reference_charge"]))
                   for row in cases if row["payer"] == "employee" and row["group"])
    longest = stays[-1]
    ratios = sorted(ratio for days, ratio in stays if days < longest[0])
    low, high = (payment_policy.rounded(ratios[len(ratios) * n // 3], Fraction(1, 10_000)) for n in (1, 2))
    return {"low": low, "high": high, "days": longest[0], "above": payment_policy.rounded(longest[1] / 2, Fraction(1, 10_000))}


def use_policies(rules, primary, ends):
    """payment.toml with three payers by policy and self-paying by charges."""
    text = (rules / "payment.toml").read_text(encoding="utf-8")
    head = text[:text.index("[[payer]]")]
    payers = [("employee", 'method = "policy"\npolicy = "points"'),
              ("resident", 'method = "policy"\npolicy = "weight"\npoint_value = "8765.43"'),
              ("other_city", 'method = "policy"\npolicy = "budget"'),
              ("self_paying", 'method = "charges"')]
    (rules / "payment.toml").write_text(head + "".join(
        f'[[payer]]\npayer = "{payer}"\n{rest}\n\n' for payer, rest in payers), encoding="utf-8")
    listed = ", ".join(f'"{group}"' for group in primary)
    for name, policy in (("policy", POINTS), ("policy_weight", WEIGHT), ("policy_budget", BUDGET)):
        policy = policy.replace("{primary}", listed)
        for key, end in ends.items():
            policy = policy.replace("{" + key + "}", str(end) if key == "days" else f"{float(end):.4f}")
        (rules / f"{name}.toml").write_text(policy, encoding="utf-8")


def oracle_case(row, catalogue, payment):
    """The case as docs/payment.md §6 says that a month knows it."""
    group = catalogue.get(row["group"], {})
    return {"group": row["group"], "charge": row["charge"], "score": row["score"],
            "reference_charge": group.get("reference_charge", ""), "days": row["days"],
            "class": "uncoded" if row["status"] == "uncoded" else "",
            "hospital": payment["hospital_coefficient"]}


def judge_cases(suite, month, rules, result):
    import tomllib
    payment = tomllib.loads((rules / "payment.toml").read_text(encoding="utf-8"))
    catalogue = {row["group"]: row for row in read_table(month / "dip_catalogue.csv")}
    cases = read_table(result / "cases.csv")
    lines = {row["encounter"]: row for row in read_table(result / "case_policies.csv")}
    policies = {name: payment_policy.Policy(rules / f"{file}.toml") for name, file in
                (("points", "policy"), ("weight", "policy_weight"))}
    of_payer = {"employee": "points", "resident": "weight"}
    wrong, bases, rules_used = [], {}, set()
    for row in cases:
        bases[row["basis"]] = bases.get(row["basis"], 0) + 1
        policy = policies.get(of_payer.get(row["payer"], ""))
        if policy is None:
            continue
        line = lines[row["encounter"]]
        case = oracle_case(row, catalogue, payment)
        if row["payer"] == "resident":
            case |= {"hospital": "", "value": "8765.43"}
        known = row["status"] == "grouped" or row["status"] in policy.classes
        share = payment["ungrouped_ratio" if row["status"] == "ungrouped" else "uncoded_ratio"]
        want = policy.pay(case) if known else {
            "payment": payment_policy.rounded(Fraction(row["charge"]) * Fraction(share)),
            "basis": "charge_share", "rule": 0, "points": None}
        rules_used.add((row["payer"], want["basis"], want["rule"]))
        points = Fraction(0) if want["points"] is None else want["points"]
        same = (Fraction(row["payment"]) == want["payment"] == Fraction(line["payment"])
                and (line["basis"], int(line["rule"])) == (want["basis"], want["rule"])
                and Fraction(row["points"]) == payment_policy.rounded(points, Fraction(1, 10 ** 4))
                and row["basis"] == (row["status"] if row["status"] != "grouped" else
                                     {"employee": "dip", "resident": "drg"}[row["payer"]]))
        if not same:
            wrong.append((row, line, want))
    every = {("employee", "band", 1), ("employee", "band", 2), ("employee", "band", 3), ("employee", "exception", 1)}
    suite.expect(f"{len(lines)} cases by policy are paid as by the oracle ({len(rules_used)} rules)",
                 not wrong and every <= rules_used and len(rules_used) >= 7 and any(rule[0] == "resident" for rule in rules_used),
                 (wrong[:2], rules_used))
    judge_budget(suite, cases)
    suite.expect("self-paying cases are paid their charges", all(
        row["payment"] == row["charge"] and row["basis"] == "charges" and
        row["encounter"] not in lines for row in cases if row["payer"] == "self_paying"))
    suite.expect("dip, drg, other and charges stand apart in group_profit.csv",
                 {row["basis"] for row in read_table(result / "group_profit.csv")} >=
                 {"dip", "drg", "other", "charges"}, bases)
    return lines


def judge_budget(suite, cases):
    shared = sorted((row for row in cases if row["payer"] == "other_city"),
                    key=lambda row: row["encounter"])
    want = payment_policy.largest_remainder(
        12345678, [max(0, int(Fraction(row["charge"]) * 100)) for row in shared],
        [row["encounter"] for row in shared])
    got = [int(Fraction(row["payment"]) * 100) for row in shared]
    suite.expect(f"a budget of 123,456.78 over {len(shared)} cases, to the fen",
                 got == want and sum(got) == 12345678, list(zip(got, want))[:4])


def judge_random(suite, program, verifier, month, rules, folder, groups):
    """Random policies (those of the oracle's own test) for every payer: engine, oracle, verifier."""
    chance = random.Random(11)
    text = (rules / "payment.toml").read_text(encoding="utf-8")
    (rules / "payment.toml").write_text(text[:text.index("[[payer]]")] + "".join(
        f'[[payer]]\npayer = "{payer}"\nmethod = "policy"\npolicy = "random"\n'
        for payer in ("employee", "resident", "other_city", "self_paying")), encoding="utf-8")
    for file in ("policy_weight", "policy_budget"):
        (rules / f"{file}.toml").unlink()
    catalogue = {row["group"]: row for row in read_table(month / "dip_catalogue.csv")}
    listed = ", ".join(f'"{group}"' for group in groups)
    wrong, paid, turn = [], 0, 0
    while paid < ENOUGH and turn < 12:
        turn += 1
        policy = random_policy(chance).replace('by = "level"', 'by = "days"').replace(
            'name = "own"', f'name = "own"\ngroups = [{listed}]')
        (rules / "policy.toml").write_text(policy, encoding="utf-8")
        result = folder / f"random{turn}"
        done = program.compute(month, rules, result)
        if done.returncode != 0:
            wrong.append((policy, done.stdout + done.stderr))
            continue
        oracle = payment_policy.Policy(rules / "policy.toml")
        for row in read_table(result / "cases.csv"):
            case = oracle_case(row, catalogue, {"hospital_coefficient": ""}) | {"class": ""}
            want = oracle.pay(case)["payment"]
            paid += 1
            if Fraction(row["payment"]) != want:
                wrong.append((turn, row, want))
        checked = verifier.run(result, "--month", month, "--rules", rules, "--deep")
        if checked.returncode != 0:
            wrong.append((policy, checked.stdout))
    suite.expect(f"{paid} payments by random policies: engine, oracle and verifier agree",
                 not wrong and paid >= ENOUGH, wrong[:1])


def reseal(result):
    certificate = read_json(result / "certificate.json")
    listing = ""
    for file in sorted(certificate["tables"]):
        data = (result / file).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        certificate["tables"][file] = {"rows": data.count(b"\n") - 1, "sha256": digest}
        listing += f"{file} {digest}\n"
    certificate["result_hash"] = hashlib.sha256(listing.encode()).hexdigest()
    (result / "certificate.json").write_text(json.dumps(certificate, indent=2) + "\n")


def judge_proof(suite, verifier, month, rules, result, lines):
    def verify(*options):
        return verifier.run(result, "--month", month, "--rules", rules, *options)
    deep = verify("--deep")
    suite.expect("the verifier derives all of it again", deep.returncode == 0, deep.stdout)
    path = result / "case_policies.csv"
    honest = path.read_bytes()
    some = next(row for row in lines.values() if row["ratio"])
    path.write_bytes(honest.replace(f",{some['ratio']},".encode(), b",0.123456,", 1))
    reseal(result)
    forged = verify("--deep")
    suite.expect("a forged ratio is refused by name", forged.returncode == 1 and
                 "case_policies.csv" in forged.stdout, forged.stdout)
    path.write_bytes(honest)
    reseal(result)


def judge_explained(suite, program, month, rules, result, lines):
    high = next(row for row in lines.values() if row["policy"] == "points" and row["rule"] == "3"
                and row["basis"] == "band")
    told = program.must("explain", result, "--cell", f"case:{high['encounter']}:payment", "--month",
                        month, "--rules", rules, "--lang", "en").stdout
    suite.expect("a payment is explained by policy, rule, formula and ratio",
                 "policy points, band 3 high: " in told and high["ratio"] in told, told)
    said = program.must("explain", result, "--cell", f"case:{high['encounter']}:payment", "--month",
                        month, "--rules", rules, "--lang", "zh").stdout
    suite.expect("and its rule is said in Chinese", "区间 3 high: " in said and "band" not in said, said)


def judge_faults(suite, program, month, rules, folder, ends):
    report = folder / "findings.json"
    for what, file, old, new, code, column in (
            ("a payer's policy that is not there", "payment.toml", '"budget"', '"bugdet"',
             "policy_unknown", "payer.policy"),
            ("an id twice", "policy_weight.toml", 'id = "weight"', 'id = "points"',
             "policy_id_twice", "id"),
            ("bands that overlap", "policy.toml", f'to = "{float(ends["high"]):.4f}"', 'to = "0.0001"', "policy_ends_broken",
             "band[1].to"),
            ("a policy without value", "policy.toml", 'value = "9.8765"\n', "", "case_not_payable",
             "payer"),
            ("a group in two classes", "policy.toml", '[[class]]\nname = "uncoded"',
             '[[class]]\nname = "x"\ngroups = ["%s"]\n[[class]]\nname = "uncoded"',
             "duplicate_key", "groups")):
        path = rules / file
        text = path.read_text(encoding="utf-8")
        if "%s" in new:
            new = new.replace("%s", text.split('groups = ["')[1].split('"')[0])
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        done = program.compute(month, rules, folder / "none", "--findings", report)
        found = [(f["code"], f["column"]) for f in read_json(report)["findings"]
                 if f["severity"] == "stop"]
        suite.expect(f"{what} is {code}, and nothing is written",
                     done.returncode == 1 and not (folder / "none").exists() and
                     any(c == code and col.endswith(column) for c, col in found), found[:5])
        path.write_text(text, encoding="utf-8")


def main():
    suite, program, verifier = Suite(), Program(sys.argv[1]), Program(sys.argv[2])
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        month = program.demo(folder / "demo", seed=7)[-1]  # a month that meets more rules than ends_of makes sure of
        rules = folder / "demo" / "rules"
        program.compute(month, rules, folder / "plain")
        (rules / "policy_unused.toml").write_text(
            (POLICIES / "jining.toml").read_text(encoding="utf-8"), encoding="utf-8")
        program.compute(month, rules, folder / "unused")
        suite.expect("a policy that no payer names changes no table", read_json(
            folder / "plain" / "certificate.json")["tables"] == read_json(
                folder / "unused" / "certificate.json")["tables"])
        cases = read_table(folder / "plain" / "cases.csv")
        groups = sorted({row["group"] for row in cases if row["group"]})
        ends = ends_of(month, cases)
        use_policies(rules, groups[::5], ends)
        done = program.compute(month, rules, folder / "result")
        if suite.expect("a month with three policies is computed", done.returncode == 0,
                        done.stdout + done.stderr):
            lines = judge_cases(suite, month, rules, folder / "result")
            judge_proof(suite, verifier, month, rules, folder / "result", lines)
            judge_explained(suite, program, month, rules, folder / "result", lines)
        judge_faults(suite, program, month, rules, folder, ends)
        judge_random(suite, program, verifier, month, rules, folder, groups[::3])
    return suite.finish()


if __name__ == "__main__":
    sys.exit(main())
