#!/usr/bin/env python3
"""Payment policies: published standards, the founding documents' arithmetic, and every edge by hand.

Why it exists: a policy file is only as good as the figures that it reaches. For each policy of
tests/policies the deviation ratios 0.499 to 5 stand here with their factors worked out by hand
(score 100, point value 10, reference 1,000, hospital coefficient 1.2: a factor f pays 1,000 f).
Published standards (facts/drg_payment_golden.csv) are read from YUANLIU_SHARED_DATA; without it that
part is left out and said so. Ends with `N passed, M failed`.
"""
import csv
import os
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
import payment_policy  # noqa: E402

POLICIES = Path(__file__).resolve().parents[1] / "policies"
SHARED = Path(os.environ.get("YUANLIU_SHARED_DATA",
                             Path(__file__).resolve().parents[2] / ".." / "shared" / "data"))
RATIOS = ["0.499", "0.5", "0.501", "1.999", "2", "2.001", "5"]
# Factors by ratio. jining: up to 0.5 the ratio, to 2 the coefficient, to 5 ratio - 2 + 1.2.
# hubei: up to 0.5 ratio x 1.2; from 2 on (ratio - 1) x 1.2. jiaxing: 0.4 is the lower edge.
FACTORS = {
    "jining": ["0.499", "0.5", "1.2", "1.2", "1.2", "1.201", "4.2"],
    "taian": ["0.499", "0.5", "1.2", "1.2", "1.2", "1.201", "4.2"],
    "hubei": ["0.5988", "0.6", "1.2", "1.2", "1.2", "1.2012", "4.8"],
    "jiaxing": ["1.2", "1.2", "1.2", "1.2", "1.2", "1.201", "4.2"],
    "nanchong": ["1.2"] * 7,
}
# The standard is 1,200, so the ratio to it is charge / 1,200: 499 is 0.416 and 5,000 is 4.17.
WEIGHT_FACTORS = {"wuhan": ["1.2"] * 7, "suzhou": ["1.2"] * 6 + ["5"]}


def judge_ratios(check):
    for name, factors in {**FACTORS, **WEIGHT_FACTORS}.items():
        policy = payment_policy.Policy(POLICIES / f"{name}.toml")
        got = [policy.payment(score="100", value="10", reference="1000", hospital="1.2",
                              charge=Fraction(ratio) * 1000) for ratio in RATIOS]
        want = [Fraction(f) * 1000 for f in factors]
        check(f"{name} at {', '.join(RATIOS)}", got == want, [float(g) for g in got])
    jining = payment_policy.Policy(POLICIES / "jining.toml")
    above = jining.payment(score="100", value="10", reference="1000", hospital="1.2", charge="5001")
    check("jining above 5 times pays the coefficient only: 1,200", above == 1200, float(above))
    check("jining's blank group pays 0.7 of the charge", jining.ungrouped("1000") == 700)
    wuhan = payment_policy.Policy(POLICIES / "wuhan.toml")
    low = [wuhan.payment(score="1", value="1000", charge=c) for c in ("399.99", "400")]
    check("wuhan under 0.4 pays the charge, at 0.4 the standard",
          low == [Fraction("399.99"), 1000], low)
    hubei = payment_policy.Policy(POLICIES / "hubei.toml")
    primary = hubei.payment(score="100", value="10", reference="1000", hospital="1.2",
                            auxiliary="1.1", charge="1000", primary_care=True)
    check("a primary-care group leaves out the hospital coefficient: 100 x 1.1 x 10", primary == 1100,
          float(primary))


def judge_founding(check):
    plain = payment_policy.Policy(POLICIES / "nanchong.toml")
    appendix = plain.payment(score="6000", value="1", reference="6000", charge="5000")
    check("standard 6,000 against charges 5,000: policy profit +1,000", appendix - 5000 == 1000)
    heart = plain.payment(score="12000", value="1.5", reference="18000", charge="25000")
    check("12,000 points at 1.5 yuan are 18,000, against 25,000 a loss of 7,000",
          heart == 18000 and heart - 25000 == -7000)
    value = payment_policy.point_value("1000000000", "1", "10000000")
    check("point value 1,000,000,000 / 10,000,000 = 100", value == 100)
    score = plain.payment(score="78.0521", value="73.6011", reference="6000", hospital="1.0330",
                          charge="6000")
    # 78.0521 x 1.0330 = 80.6278193; x 73.6011 = 5,934.296191...
    check("Nanchong H25.0S002, employee: 78.0521 x 1.0330 x 73.6011 = 5,934.30",
          score == Fraction("5934.30"), float(score))


def judge_faults(check):
    text = (POLICIES / "jining.toml").read_text(encoding="utf-8")
    for what, old, new in (("a gap or overlap", 'to = "2"', 'to = "0.4"'),
                           ("a last band that ends", 'r = "1"\n[ungrouped]',
                            'r = "1"\nto = "9"\n[ungrouped]')):
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "policy.toml"
            file.write_text(text.replace(old, new, 1), encoding="utf-8")
            try:
                payment_policy.Policy(file)
                refused = False
            except payment_policy.PolicyError:
                refused = True
        check(f"{what} refuses the file", refused)


def judge_published(check):
    file = SHARED / "facts" / "drg_payment_golden.csv"
    if not file.exists():
        print(f"left out: no {file}; set YUANLIU_SHARED_DATA")
        return
    policy = payment_policy.Policy(POLICIES / "wuhan.toml")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    # A rate that was derived from the standards themselves may be off in its third decimal.
    wrong, exact = [], 0
    for row in rows:
        published = payment_policy.rounded(Fraction(row["published_payment_standard"]))
        ours = policy.payment(score=row["rw"], value=row["region_rate"], charge=published,
                              hospital=row["hospital_coef"])
        exact += ours == published
        allowed = 0 if row["rate_origin"] == "published in file" else Fraction("0.01")
        if abs(ours - published) > allowed:
            wrong.append((row["region"], row["drg"], float(ours), float(published)))
    check(f"RW x coefficient x rate is the published standard on {len(rows)} rows, to the fen on "
          f"{exact}, within one fen where the rate was derived", not wrong and rows, wrong)


def main():
    tally = [0, 0]

    def check(what, ok, detail=""):
        tally[not ok] += 1
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}")

    for judge in (judge_ratios, judge_founding, judge_faults, judge_published):
        judge(check)
    print(f"{tally[0]} passed, {tally[1]} failed")
    return 1 if tally[1] else 0


if __name__ == "__main__":
    sys.exit(main())
