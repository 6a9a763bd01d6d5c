"""Why this file: faults and warnings of the catalogues of a rules folder and of the front-page tables
(docs/grouping.md §10, docs/month-folder.md §3), planted as those of faults.py. What is wrong inside
a catalogue is planted by grouping_findings_test.py.
"""
from faults import Fault

GROUPING = 'schema = "yuanliu.grouping/1"\nversion = "t"\n\n[[catalogue]]\nfolder = "{}"\npayers = ["{}"]\n'
CATALOGUE = """schema = "yuanliu.catalogue/1"
id = "T"
kind = "dip"
[files]
groups = "groups.csv"
{scores}
[dip]
composite = "generated"
excluded_diagnosis_match = "exact"
unknown_class = "ignored"
[[dip.stage]]
levels = ["core"]
procedures = "counted"
main_procedure = "any"
related = "ignored"
priority = ["first_row"]
"""
HEADER = "group,name,level,diagnosis,other_diagnosis,procedure,related,class,mean_charge,score\n"
FRONT_PAGES = {"open_stays.csv": "encounter,sex,age_years",
               "diagnosis_details.csv": "encounter,sequence,admission_condition",
               "stay_details.csv": "encounter,age_days,birth_weight_g,admission_weight_g,discharge_way,"
                                   "icu_days"}


def catalogue(f, payer="*", folder="dip", rows="", scores=""):
    """Every case reaches a generated group; `scores` gives them figures. The line of the folder."""
    f.path("grouping.toml").write_text(GROUPING.format(folder, payer), "utf-8")
    home = f.path("grouping.toml").parent / "dip"
    home.mkdir()
    named = 'scores = "scores.csv"' if scores else ""
    (home / "catalogue.toml").write_text(CATALOGUE.format(scores=named), "utf-8")
    (home / "groups.csv").write_text(HEADER + rows, "utf-8")
    if scores:
        (home / "scores.csv").write_text(scores, "utf-8")
    return 0


def outside(f):
    catalogue(f, folder="../dip")
    return 5


def clash(f):
    return catalogue(f, rows="A,a,core,Z99.9,,,,,100.00,5\nA,a,core,Z99.8,,,,,100.00,6\n")


def front_page(f, name, row):
    f.path(name).write_text(FRONT_PAGES[name] + "\n", "utf-8")
    return f.append(name, row)


def first_discharge(f):
    return f.find("discharges.csv", "first", {})[0][1]["encounter"]


STOPS = [
    Fault("payer that no catalogue is for", "payer_without_catalogue", "grouping.toml", "payers",
          lambda f: catalogue(f, payer="nobody")),
    Fault("groups that have no score", "group_without_score", "grouping.toml", "catalogue", catalogue),
    Fault("catalogue outside the rules", "catalogue_path_outside", "grouping.toml", "catalogue", outside),
    Fault("rows of a group that contradict each other", "catalogue_groups_clash", "dip/groups.csv",
          "group", clash),
]
WARNINGS = [
    Fault("open stay that has left", "open_stay_not_in_hospital", "open_stays.csv", "encounter",
          lambda f: front_page(f, "open_stays.csv", f"{first_discharge(f)},male,50"), "warn"),
    Fault("condition of a diagnosis that isn't there", "detail_without_row", "diagnosis_details.csv",
          "sequence",
          lambda f: front_page(f, "diagnosis_details.csv", f"{first_discharge(f)},99,present"), "warn"),
]
