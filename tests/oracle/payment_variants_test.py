#!/usr/bin/env python3
"""High- and low-ratio rules displayed for about 100 regions, each as a policy file.

Why it exists: a policy schema is worth what it can express. Each row of
facts/drg_high_low_variants.csv (YUANLIU_SHARED_DATA; configuration examples, not policy texts) is
turned into policies - one for each alternative that it displays - and cases just below, at and
above each threshold of each tier are paid as the row says: low by the charge; high at the standard,
by the charge, or at standard + charge - threshold x standard. Without the folder it is left out.
"""
import csv
import re
import sys
import tempfile
from fractions import Fraction

sys.dont_write_bytecode = True
from payment_policy_test import SHARED, Payer, decimal_text  # noqa: E402

STEP = Fraction(1, 1000)


def tiers_of(text):
    """(by, ends, inclusive, thresholds) for each alternative; [] when no figures are displayed."""
    rw = re.findall(r"(?:RW|x)?\s*<(=?)\s*([\d.]+):([\d.]+)", text)
    rest = re.search(r"else ([\d.]+)", text)
    if re.fullmatch(r"[\d.]+", text):
        return [("", [], True, [text])]
    levels = re.findall(r"level(\d) RW>([\d.]+):([\d.]+) else ([\d.]+)", text)
    if levels:  # a file for a hospital of each level
        return [("score", [end], True, [low, high]) for _, end, high, low in levels]
    if rw and rest:
        ends = [("score", [end for _, end, _ in rw], bool(rw[0][0]), [k for _, _, k in rw]
                 + [rest[1]])]
        flat = re.match(r"Jiaxing ([\d.]+);", text)
        return ends + ([("", [], True, [flat[1]])] if flat else [])
    level = re.findall(r"(?:level|tier)(\d):([\d.]+)", text)
    if level:
        last = [rest[1]] if rest else []
        ends = [n for n, _ in level] if last else [n for n, _ in level][:-1]
        return [("level", ends, True, [k for _, k in level] + last)]
    if text.startswith("level-3 hospital:3; other 2"):
        return [("level", ["2"], True, ["2", "3"])]
    if text.startswith("tier 1/2 hospital:3; else 2"):
        return [("level", ["2"], True, ["3", "2"])]
    if text.startswith("3 for one named hospital; else 2"):
        return [("", [], True, ["3"]), ("", [], True, ["2"])]
    return []


def policy_text(low, tiers, high):
    by, ends, inclusive, thresholds = tiers

    def listed(values):
        return "[" + ", ".join(f'"{value}"' for value in values) + "]"
    lines = ['schema = "yuanliu.policy/1"', 'id = "v"', 'kind = "weight"', 'value = "1000"',
             'ratio_to = "standard"']
    if by:
        lines += ["[tiers]", f'by = "{by}"', f"to = {listed(ends)}",
                  f"inclusive = {'true' if inclusive else 'false'}"]
    lines += ["[[band]]", f'to = "{low}"', 'formula = "charge"', "[[band]]",
              f"to = {listed(thresholds)}", "to_inclusive = true", 'formula = "linear"', 'r = "1"',
              "[[band]]"]
    lines += {"own formula": ['formula = "linear"', 'p = "1"',
                              f"q = {listed(['-' + k for k in thresholds])}", 'r = "1"'],
              "actual cost (fee for service)": ['formula = "charge"']}.get(
                  high, ['formula = "linear"', 'r = "1"'])
    return "\n".join(lines) + "\n"


def cases_of(low, tiers, high):
    """Cases around each threshold of each tier, with the payment worked out here."""
    by, ends, inclusive, thresholds = tiers
    cases, wanted = [], {}
    for tier, threshold in enumerate(thresholds):
        measure = Fraction(1)
        if by:
            # At the end of the tier where that is its own, else a little below; above the last end.
            measure = Fraction(ends[tier]) - (0 if inclusive else Fraction(1, 100)) if tier < len(ends) \
                else Fraction(ends[-1]) + 1
        score = measure if by == "score" else Fraction(1)
        standard = score * 1000
        for ratio in (Fraction(low) - STEP, Fraction(low), Fraction(threshold),
                      Fraction(threshold) + STEP):
            charge = ratio * standard
            name = f"t{tier}r{len(cases)}"
            cases.append({"case": name, "group": "G", "score": decimal_text(int(score * 1000), 3),
                          "level": str(int(measure)) if by == "level" else "",
                          "charge": decimal_text(int(charge * 100), 2)})
            wanted[name] = charge if ratio < Fraction(low) else standard
            if ratio > Fraction(threshold):
                wanted[name] = {"own formula": standard + charge - Fraction(threshold) * standard,
                                "actual cost (fee for service)": charge}.get(high, standard)
    return cases, wanted


def main():
    file = SHARED / "facts" / "drg_high_low_variants.csv"
    if not file.exists():
        print(f"skipped: no {file}; set YUANLIU_SHARED_DATA")
        return 77
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wrong, unstated, files, paid, seen = [], [], 0, 0, {}
    with tempfile.TemporaryDirectory() as scratch:
        payer = Payer(scratch)
        for row in rows:
            alternatives = tiers_of(row["displayed_high_threshold"])
            lows = [n for n in re.findall(r"0\.\d+", row["displayed_low_threshold"])]
            if not alternatives or not lows:
                unstated.append(row["region"])
            for low in lows:
                for tiers in alternatives:
                    files += 1
                    key = (low, str(tiers), row["high_case_payment"])
                    if key in seen:
                        continue
                    policy = payer.scratch / "v.toml"
                    policy.write_text(policy_text(low, tiers, row["high_case_payment"]),
                                      encoding="utf-8")
                    cases, wanted = cases_of(low, tiers, row["high_case_payment"])
                    lines = payer.pay(policy, cases)
                    paid += len(cases)
                    seen[key] = [(row["region"], name, lines[name]["payment"], float(want))
                                 for name, want in wanted.items()
                                 if Fraction(lines[name]["payment"]) != want]
                    wrong += seen[key]
    print(f"{len(rows)} rows, {files} policies ({len(seen)} distinct), {paid} payments; no figures "
          f"displayed: {', '.join(unstated)}")
    good = not wrong and len(rows) > 100 and len(unstated) <= 3 and paid > 500
    print(f"{'PASS' if good else 'FAIL'} each displayed rule is a policy that pays as it says"
          f"{'' if good else ': ' + str(wrong[:5])}")
    print(f"{int(good)} passed, {int(not good)} failed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
