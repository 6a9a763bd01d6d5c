"""Why this file: a demonstration month of the smallest size has no catalogue of its own in the rules; here it gets one, so
that tests of the served server meet its groups: first-stage, basic and core rows with names, and generated composites,
which no file names.
"""
import csv

CLASS_WORDS = {"1": "保守治疗", "2": "诊断性操作", "3": "治疗性操作", "4": "手术"}
CATALOGUE = """schema = "yuanliu.catalogue/1"
id = "TEST-DIP"
kind = "dip"
[files]
groups = "groups.csv"
procedure_classes = "classes.csv"
scores = "scores.csv"
[dip]
composite = "generated"
excluded_diagnosis_match = "prefix"
unknown_class = "ignored"
[[dip.stage]]
levels = ["first_stage"]
procedures = "recorded"
main_procedure = "any"
related = "ignored"
priority = ["first_row"]
[[dip.stage]]
levels = ["basic", "core"]
procedures = "counted"
main_procedure = "any"
related = "ignored"
priority = ["diagnosis_length", "procedure_order", "procedure_length", "first_row"]
"""
GROUPING = """schema = "yuanliu.grouping/1"
version = "test.1"
[[catalogue]]
folder = "dip"
payers = ["*"]
"""


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def add_catalogue(months, rules):
    """Rules that group the months by a catalogue; the names of all groups that it can give, by code."""
    own = rows_of(months[0] / "dip_catalogue.csv")
    core = [row for row in own if row["level"] == "core"]
    operated = max((row for row in core if row["procedure"]), key=lambda row: float(row["score"]))
    # Every fourth row is left out, so that its cases fall into composites.
    kept = [row for i, row in enumerate(core) if i % 4 != 3]
    names = {row["group"]: row["name"] for row in kept}
    names["XQ-1"] = operated["name"] + "（先期）"
    groups = ["group,name,level,diagnosis,other_diagnosis,procedure,related,class,procedure_position",
              f'XQ-1,{names["XQ-1"]},first_stage,,,{operated["procedure"]},,,any']
    groups += [f'{row["group"]},{row["name"]},{"basic" if row["procedure"] else "core"},{row["diagnosis"]},,'
               f'{row["procedure"]},,,' for row in kept]
    figures = {row["group"]: row for row in kept} | {"XQ-1": operated}
    scores = ["group,score,reference_charge,reference_days"]
    scores += [f'{code},{row["score"]},{row["reference_charge"]},{row["reference_days"]}' for code, row in figures.items()]
    categories = sorted({row["diagnosis"][:3] for month in months for row in rows_of(month / "diagnoses.csv")})
    for category in categories:
        for digit, words in CLASS_WORDS.items():
            scores.append(f"{category}-{digit},500,3000,5")
            names[f"{category}-{digit}"] = f"{category} 综合病种（{words}）"
    classes = ["procedure,class"] + [f'{row["procedure"]},{row["class"]}'
                                     for row in rows_of(months[0] / "procedure_classes.csv")]
    folder = rules / "dip"
    folder.mkdir()
    (rules / "grouping.toml").write_text(GROUPING)
    (folder / "catalogue.toml").write_text(CATALOGUE)
    for name, lines in (("groups.csv", groups), ("scores.csv", scores), ("classes.csv", classes)):
        (folder / name).write_text("\n".join(lines) + "\n")
    return names
