#!/usr/bin/env python3
"""`yuanliu group` on bad catalogues and bad cases, and its explanations.

Why it exists: what is wrong must be said at once, with file, row and column, in both languages, and
an explanation must name the rules tried and the near misses. Each fault is one change in a copy of
tests/catalogues. Ends with `N passed, M failed`. Use: grouping_findings_test.py YUANLIU [VERIFY].
"""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[1] / "catalogues"
STOP, WARN = "stop", "warn"
# catalogue, file, old text, new text, code, row, column, severity
FAULTS = [
    ("own_dip", "groups.csv", "B02,阑尾炎,基础,K35,", "B02,阑尾炎,基础,K35#,",
     "medical_code_malformed", 14, "diagnosis", STOP),
    ("own_dip", "groups.csv", "M03,心绞痛造影,并项", "M03,心绞痛造影,并", "word_unknown", 8, "level", STOP),
    ("own_dip", "groups.csv", "K35.8,,47.0100|47.0901", "K35.8,,47.0100|" + "+".join(["47"] * 9),
     "medical_code_malformed", 13, "procedure", STOP),
    ("own_dip", "groups.csv", "F04,极低体重新生儿,先期,P07,,,,,any,,,0,28,0,",
     "F04,极低体重新生儿,先期,P07,,,,,any,,,0,28.5,0,", "number_malformed", 5, "age_days_max", STOP),
    ("own_dip", "groups.csv", "B02,阑尾炎,基础,K35,", "B02,阑尾炎,基础,K36,",
     "catalogue_code_unknown", 14, "diagnosis", WARN),
    ("own_dip", "groups.csv", "A09-T,胃肠炎治疗", ",胃肠炎治疗", "value_missing", 21, "group", STOP),
    ("own_dip", "groups.csv", "病种编码,", "病种号,", "header_wrong", 1, "", STOP),
    ("own_dip", "groups.csv", "B05,疝甲,基础,", "B05,疝甲,基础,,", "field_count_wrong", 17, "", STOP),
    ("own_dip", "classes.csv", "47.0100,surgery", "47.0100,operation", "word_unknown", 9, "class", STOP),
    ("own_dip", "classes.csv", "47.0901,surgery", "47.0100,surgery", "duplicate_key", 10, "procedure", STOP),
    ("own_dip", "checks.csv", "not_main,Z37,Z37", "not_main,,Z37", "value_missing", 3, "from", STOP),
    ("own_dip", "catalogue.toml", 'kind = "dip"', 'kind = "dips"', "word_unknown", 5, "kind", STOP),
    ("own_dip", "catalogue.toml", "groups.csv", "groups2.csv", "file_unreadable", 0, "", STOP),
    ("own_dip", "catalogue.toml", '"related", "and_codes"', '"related", "codes"', "word_unknown",
     None, "dip.stage[1].priority", STOP),
    ("own_dip", "catalogue.toml", "unknown_class", "unknown_klass", "rule_key_unknown", None,
     "dip.unknown_klass", STOP),
    ("own_dip", "catalogue.toml", '"A00-A09"', '"A09-A00"', "medical_code_malformed", None,
     "dip.limited_diagnoses", STOP),
    ("own_drg", "rules.txt", "同时包含以下手术：", "同时含有以下手术：", "catalogue_line_unknown", 6, "", STOP),
    ("own_drg", "rules.txt", "52.8000 胰腺移植", "52.80;00 胰腺移植", "medical_code_malformed", 7, "", STOP),
    ("own_drg", "drgs.txt", "FR29 心梗", "FX29 心梗", "catalogue_rule_missing", 11, "", STOP),
    ("own_drg", "cc.txt", "I10.x00 1", "I10.x00 zero", "catalogue_line_unknown", 1, "", STOP),
    ("own_drg", "catalogue.toml", '"F", "J"]', '"F", "K"]', "catalogue_rule_missing", None,
     "drg.mdc_order", STOP),
    ("own_drg", "catalogue.toml", 'adrg = "FJ1"\nvalid_procedure = true', 'adrg = "FJ9"\nsex = "male"',
     "catalogue_rule_missing", None, "drg.condition[4].adrg", STOP),
    ("own_dip", "cases.csv", "D02,male", "D01,male", "duplicate_key", 3, "encounter", STOP),
    ("own_dip", "cases.csv", "D03,male,20000", "D03,male,-1", "number_malformed", 4, "age_days", STOP),
    ("own_dip", "cases.csv", "D03,male", "D03,man", "word_unknown", 4, "sex", STOP),
    ("own_dip", "cases.csv", "36.0700;00.2400", "36.0700;00,2400", "field_count_wrong", 7, "", STOP),
    ("own_dip", "cases.csv", "P59.900,P07.000,\nD05", "P59.900,P99.000,\nD05", "case_code_unknown", 5,
     "other_diagnoses", WARN),
    ("own_dip", "cases.csv", "D03,male", "D03,male", "case_check_failed", 31, "", WARN),
    ("own_dip", "groups.csv", "B02,", "B02,", "catalogue_rows_overlap", 18, "diagnosis", WARN),
]
EXPLAINED = [
    ("own_drg", "G08", "en", ["Catalogue: OWN-DRG-1", "Group: FJ15", "MDCA 先期: not entered",
                              "FM2 心梗支架: fails: the main diagnosis is not in its list  (near miss)",
                              "FJ1 循环系统其他手术: holds", "I10.x00: CC"]),
    ("own_drg", "G05", "zh", ["状态: 已入组", "病组: FM15", "I21.000: 不计入, 主要诊断排除表 4"]),
    ("own_drg", "G16", "en", ["Status: ambiguous: the main procedure is unrelated", "Group: JQY",
                              "Deciding codes: C50.900  54.5100"]),
    ("own_dip", "D08", "en", ["88.5500: may not be the main procedure", "Group: M02",
                              "M01 冠脉支架伴血管内超声: fails: no related procedure fits  (near miss)"]),
    ("own_dip", "D14", "en", ["R04 烧伤大: loses by mean_charge", "Group: R03"]),
    ("own_dip", "D27", "zh", ["歧义病案: 多个病种同等匹配", "B05 疝甲: 并列", "B06 疝乙: 并列"]),
    ("own_dip", "D05", "zh", ["F04 极低体重新生儿: 不成立: 体重不符或未知  (仅差一项)",
                              "F01 ECMO: 不成立: 没有手术操作匹配\n", "阶段 1: 先期分组"]),
    ("own_dip", "D33", "zh", ["校验不通过: 诊断与性别不符", "决定入组的编码: N40.x00"]),
]


def run(yuanliu, folder, *options):
    done = subprocess.run([str(yuanliu), "group", str(folder / "cases.csv"), "--catalogue",
                           str(folder), *map(str, options)],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def findings_of(yuanliu, folder):
    file = folder / "findings.json"
    code, said, errors = run(yuanliu, folder, "--findings", file, "--lang", "en")
    found = json.loads(file.read_text(encoding="utf-8"))["findings"] if file.exists() else []
    return code, found, said + errors


def judge_fault(check, yuanliu, scratch, number, fault):
    name, file, old, new, wanted, row, column, severity = fault
    folder = Path(scratch) / f"{number}"
    shutil.copytree(CATALOGUES / name, folder)
    text = (folder / file).read_text(encoding="utf-8")
    if old not in text:
        check(f"{file}: fault {number} is planted", False, old)
        return
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    code, found, said = findings_of(yuanliu, folder)
    hits = [f for f in found if f["code"] == wanted and f["severity"] == severity
            and (row is None or f["row"] == row) and f["column"] == column]
    wordless = [f for f in found if f["en"] == f["code"] or not f["zh"] or "{" in f["en"] + f["zh"]]
    place = [(f["code"], f["file"], f["row"], f["column"]) for f in found][:6]
    check(f"{file}: {wanted} [{column}]", hits and not wordless
          and code == (1 if severity == STOP else 0), f"exit {code}, {place} {wordless} {said[-300:]}")


def main(arguments):
    yuanliu, tally = arguments[0], [0, 0]

    def check(what, ok, detail=""):
        tally[not ok] += 1
        print(f"{'PASS' if ok else 'FAIL'} {what}{'' if ok else ': ' + str(detail)}")

    with tempfile.TemporaryDirectory() as scratch:
        for number, fault in enumerate(FAULTS):
            judge_fault(check, yuanliu, scratch, number, fault)
        # A grey main procedure, and all faults of a catalogue at once.
        folder = Path(scratch) / "grey"
        shutil.copytree(CATALOGUES / "own_dip", folder)
        settings = folder / "catalogue.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace(
            "[files]", '[files]\ngrey_procedures = "grey_procedures.csv"'), encoding="utf-8")
        (folder / "grey_procedures.csv").write_text("47.9900,x\n")
        _, found, _ = findings_of(yuanliu, folder)
        check("a grey main procedure is told", any(
            f["code"] == "case_code_grey" and f["row"] == 20 for f in found), found[:5])
        (folder / "classes.csv").write_text("procedure,class\n47#,x\n")
        (folder / "checks.csv").write_text("rule,from,to\nnot,A,B\n")
        _, found, _ = findings_of(yuanliu, folder)
        check("faults of several files come at once",
              {"classes.csv", "checks.csv"} <= {f["file"] for f in found if f["severity"] == STOP},
              found[:5])
        for name, encounter, language, sentences in EXPLAINED:
            code, said, errors = run(yuanliu, CATALOGUES / name, "--explain", encounter, "--lang",
                                     language)
            missing = [s for s in sentences if s not in said]
            check(f"{name} {encounter} explained in {language}", code == 0 and not missing,
                  f"{missing} in {said}{errors}")
        code, said, _ = run(yuanliu, CATALOGUES / "own_dip", "--language", "en")
        check("totals keep every case", code == 0 and "39 cases, 24 grouped (61.54 %)" in said, said)
        code, _, _ = run(yuanliu, CATALOGUES / "own_dip", "--explain", "D99")
        check("an unknown encounter is refused", code == 2, code)
        one = [run(yuanliu, CATALOGUES / "own_dip", "--threads", t, "--out",
                   Path(scratch) / f"out{t}")[0] for t in (1, 2)]
        check("the answers don't depend on the threads", one == [0, 0] and
              (Path(scratch) / "out1").read_bytes() == (Path(scratch) / "out2").read_bytes())
    print(f"{tally[0]} passed, {tally[1]} failed")
    return 1 if tally[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
