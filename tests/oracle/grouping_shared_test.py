#!/usr/bin/env python3
"""The groupers on CHS-DRG 1.1 and on the published DIP 3.0 test vectors.

Why it exists: every MDC and each ADRG must be reached by a generated case, with the same answer and
deciding codes by the engine and by the second writing; and of the published vectors, those that
need only first-stage rules and composite groups must reach their published group. The others need
the official workbook and are listed. Reads YUANLIU_SHARED_DATA; exits 77 where it is absent.
Ends with `N passed, M failed`. Use: grouping_shared_test.py YUANLIU [YUANLIU_VERIFY].
"""
import collections
import csv
import os
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import grouping_compare  # noqa: E402
import grouping_drg  # noqa: E402
import grouping_sources  # noqa: E402
import sample  # noqa: E402
from grouping_record import Case  # noqa: E402

SHARED = Path(os.environ.get("YUANLIU_SHARED_DATA",
                             Path(__file__).resolve().parents[2] / ".." / "shared" / "data"))
ATTEMPTS, AT_RANDOM = 2_000, sample.of(10_000)
WORDS = {"手术": "surgery", "介入治疗": "intervention", "治疗性操作": "therapeutic",
         "诊断性操作": "diagnostic"}


def cases_for_each_drg(grouper, made):
    """DRGs that the second writing puts a generated case into, and all cases that were tried."""
    reached, tried = set(), []
    for mdc in grouper.mdcs.values():
        for adrg in mdc.adrgs:
            for digit in [d for d in "1359" if adrg.code + d in grouper.drgs]:
                for _ in range(ATTEMPTS):
                    tried.append(made.for_adrg(mdc, adrg, digit))
                    answer = grouper.group(tried[-1])
                    if answer.status == "grouped" and answer.group == adrg.code + digit:
                        reached.add(answer.group)
                        break
    return reached, tried


def judge_drg(check, yuanliu, scratch, main_procedure):
    folder = Path(scratch) / f"chs-{main_procedure}"
    grouping_sources.write_chs_drg(folder, SHARED, main_procedure)
    grouper = grouping_drg.DrgGrouper(folder)
    made = grouping_sources.DrgCases(grouper, 11)
    adrgs = [a.code for m in grouper.mdcs.values() for a in m.adrgs]
    drgs, cases = cases_for_each_drg(grouper, made)
    reached = {d[:3] for d in drgs}
    missing = [a for a in adrgs if a not in reached] + sorted(set(grouper.drgs) - drgs)
    check(f"CHS-DRG 1.1, main procedure {main_procedure}: {len({d[0] for d in drgs})} of "
          f"{len(grouper.mdcs)} MDC, {len(reached)} of {len(adrgs)} ADRG and {len(drgs)} of "
          f"{len(grouper.drgs)} DRG reached by a case",
          not missing and (len(grouper.mdcs), len(adrgs), len(grouper.drgs)) == (26, 376, 628),
          missing)
    cases += [made.at_random() for _ in range(AT_RANDOM)]
    answers, wrong = grouping_compare.differences(yuanliu, folder, cases, scratch, grouper)
    check(f"{len(cases)} cases: same answers and deciding codes", not wrong, "\n  ".join(wrong[:5]))
    for key, number in sorted(collections.Counter((a.status, a.reason) for a in answers).items()):
        print(f"  {key[0]} {key[1]}: {number}")


def write_dip30(folder):
    """The 19 published first-stage rows, the class table, and one exclusion that a vector states."""
    folder.mkdir()
    (folder / "catalogue.toml").write_text("""schema = "yuanliu.catalogue/1"
id = "DIP-3.0-draft-first-stage"
kind = "dip"
[files]
groups = "groups.csv"
procedure_classes = "classes.csv"
excluded_procedures = "excluded.csv"
[dip]
composite = "generated"
excluded_diagnosis_match = "exact"
unknown_class = "ignored"
[[dip.stage]]
levels = ["first_stage"]
procedures = "recorded"
main_procedure = "first"
related = "ignored"
priority = ["first_row"]
""", encoding="utf-8")
    rows = ["group,name,level,diagnosis,other_diagnosis,procedure,related,class,"
            "diagnosis_position,procedure_position,age_days_max,weight_g_min,weight_g_max"]
    with (SHARED / "facts" / "dip30_xianqi_xq.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            bounds = ["", "", ""]
            if row["extra"]:
                age, weight = row["extra"].split(" and ")
                low, high = weight.split("<=weight_g<=")
                bounds = [str(int(age.removeprefix("age<").removesuffix("d")) - 1), low, high]
            anywhere = "any" if row["position"].startswith("any") else "main"
            rows.append(",".join([f"XQ-{row['seq']}", row["name"].replace(",", "，"), "first_stage",
                                  row["dx_rule"], "", row["op_rule"], "", "",
                                  anywhere if row["dx_rule"] else "",
                                  anywhere if row["op_rule"] else "", *bounds]))
    (folder / "groups.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "excluded.csv").write_text("procedure,treatment\n00.0100,conservative\n")
    classes = procedure_classes()
    (folder / "classes.csv").write_text(
        "procedure,class\n" + "".join(f"{c},{w}\n" for c, w in classes.items()))
    return classes


def procedure_classes():
    """The published classes, keyed by the edition that catalogues use."""
    icd = SHARED / "opendrg" / "icd"
    walk = dict(line.split() for line in
                (icd / "icd9cm3_gl30_to_yb20.txt").read_text(encoding="utf-8-sig").splitlines()
                if len(line.split()) == 2)
    classes = {}
    with (icd / "icd9cm3_gl30_op_class.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            code = walk.get(row["国家临床版3.0手术操作编码"].strip())
            if code and row["类别"] in WORDS:
                classes.setdefault(code, WORDS[row["类别"]])
    return classes


def judge_vectors(check, yuanliu, scratch):
    folder = Path(scratch) / "dip30"
    classes = write_dip30(folder)
    hinted = {"diagnostic": next(c for c in sorted(classes) if classes[c] == "diagnostic"),
              "surgery/intervention": next(c for c in sorted(classes) if classes[c] == "surgery")}
    with (SHARED / "facts" / "dip30_test_vectors.csv").open(encoding="utf-8-sig",
                                                            newline="") as stream:
        vectors = list(enumerate(csv.DictReader(stream), start=2))
    cases, expected, left = [], {}, []
    for row, vector in vectors:
        if vector["expect_group"].split("-")[0] in ("BX", "FZ", "JC"):
            left.append(f"{row} ({vector['expect_group']})")
            continue
        procedures = [c for c in [vector["main_op"], *vector["other_ops"].split("|")] if c]
        if not procedures and vector["op_class_hint"]:
            procedures = [hinted[vector["op_class_hint"]]]
        case = Case(f"row{row}", [c for c in [vector["main_dx"], *vector["other_dx"].split("|")] if c],
                    procedures, age_days=int(vector["age_days"]) if vector["age_days"] else None,
                    weight_g=int(vector["weight_g"]) if vector["weight_g"] else None)
        cases.append(case)
        expected[case.encounter] = vector["expect_group"]
    answers, wrong = grouping_compare.differences(yuanliu, folder, cases, scratch)
    for case, answer in zip(cases, answers):
        if answer.group != expected[case.encounter]:
            wrong.append(f"{case}: {answer}, published {expected[case.encounter]}")
    check(f"DIP 3.0 draft: {len(cases)} of {len(vectors)} vectors need first-stage rules and "
          f"composite groups only and reach their group, file rows "
          f"{', '.join(c.encounter.removeprefix('row') for c in cases)}", not wrong, wrong)
    print(f"  need the official workbook, not judged: rows {', '.join(left)}")


def main(arguments):
    if not (SHARED / "chs-drg-1.1").is_dir():
        print(f"skipped: no shared data at {SHARED}; set YUANLIU_SHARED_DATA")
        return 77
    tally = [0, 0]

    def check(what, ok, detail=""):
        tally[not ok] += 1
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}")

    with tempfile.TemporaryDirectory() as scratch:
        for main_procedure in ("first", "any"):
            judge_drg(check, arguments[0], scratch, main_procedure)
        judge_vectors(check, arguments[0], scratch)
    print(f"{tally[0]} passed, {tally[1]} failed")
    return 1 if tally[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
