"""Why this file: every cell that docs/objects.md defines is derived again: unit costs of three months of a clinic and
attending groups, equipment and beds of a county hospital whose tables are planted by chance, research projects of
random hospitals that move their cost about; and Σ of every object is the hospital.

usage: objects_test.py YUANLIU YUANLIU_VERIFY
"""
import csv
import pathlib
import random
import shutil
import sys
import tomllib

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "e2e"))
sys.dont_write_bytecode = True
import hospital
import object_sheets
import sample
from arithmetic import read_table
from collection_hospitals import RandomHospital
from collection_steps import Collection, Refused
from collection_test import TABLES
from report_sheets import fen, rows_of, sections_of

SEEDS = sample.of(45)
HEADERS = {
    "attending_groups": "attending,valid_from,valid_to,group,name",
    "assets": "asset,name,department,kind,depreciation,paid_basic,paid_fiscal_project,paid_other_fiscal_project,paid_research,"
              "paid_teaching",
    "equipment_items": "asset,department,service_item,share",
    "equipment_costs": "asset,voucher,line,share",
    "beds": "department,opened,available_days",
    "research_projects": "project,name",
    "project_lines": "voucher,line,account,department,project",
}
STANDARD = "department,service_item,valid_from,valid_to,standard_unit_cost"


def plant(folder, name, rows):
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADERS[name] + "\n")
        csv.writer(stream, lineterminator="\n").writerows(rows)


def differences(found, expected):
    if len(found) != len(expected):
        yield f"{len(found)} sections, expected {len(expected)}"
    for number, (section, rows) in enumerate(zip(found, expected)):
        if len(section) - 1 != len(rows):
            yield f"section {number}: {len(section) - 1} rows, expected {len(rows)}"
        for left, right in zip(section[1:], rows):
            if left != right:
                yield f"section {number}: printed {left}\nderived {right}"


class Bench:
    def __init__(self, suite, yuanliu):
        self.suite, self.yuanliu, self.cells = suite, yuanliu, 0

    def judge(self, name, expected, *arguments):
        done = self.yuanliu.run(*arguments, "--lang", "zh", "--format", "csv")
        if not self.suite.expect(f"{name} is printed", done.returncode == 0, done.stderr):
            return
        wrong = list(differences(sections_of(done.stdout), expected))
        self.suite.expect(f"{name}: every cell is derived again", not wrong, "\n".join(wrong[:4]))
        self.cells += sum(len(row) for section in expected for row in section)


# ---- unit costs ----------------------------------------------------------------------------------


def standards_of(result, rng):
    """Standards near the unit costs, of some items; rows of other times; one of what nobody does."""
    rows = [{"department": d, "service_item": i, "valid_from": a, "valid_to": b, "standard_unit_cost": s} for d, i, a, b, s in (
        ("", "~bed_day", "", "", "1800"), ("", "~visit", "2026-01", "", "310.5"), ("", "~visit", "2025-02", "2025-03", "1"))]
    seen = set()
    for row in rows_of(result / "service_item_cost.csv"):
        if row["pool"] != "service" or row["service_item"].startswith("~") or not row["unit_cost"]:
            continue
        near = max(1, round(float(row["unit_cost"]) * 10000 * rng.choice([0.7, 0.95, 1, 1.2])))
        text = f"{near // 10000}.{near % 10000:04d}"
        if rng.random() < 0.6:
            rows.append({"department": row["department"], "service_item": row["service_item"], "valid_from": rng.choice(["", "2025-01"]),
                         "valid_to": "", "standard_unit_cost": text})
        elif rng.random() < 0.3:
            rows.append({"department": row["department"], "service_item": row["service_item"], "valid_from": "2099-01", "valid_to": "",
                         "standard_unit_cost": text})
        elif row["service_item"] not in seen and rng.random() < 0.5:
            seen.add(row["service_item"])
            rows.append({"department": "", "service_item": row["service_item"], "valid_from": "", "valid_to": "2099-12",
                         "standard_unit_cost": text})
    # The last to begin has ended: there is no standard then, the one before doesn't come back.
    ended = next(r for r in rows if r["department"] and r["valid_from"] < "2026")
    rows.append({**ended, "valid_from": "2026-02", "valid_to": "2026-03"})
    done = {(r["department"], r["service_item"]) for r in rows_of(result / "service_item_cost.csv")}
    departments = sorted({d for d, _ in done})
    rows += [{"department": departments[0], "service_item": i, "valid_from": "", "valid_to": "", "standard_unit_cost": "9"}
             for i in sorted({i for d, i in done if not i.startswith("~") and (departments[0], i) not in done and
                              any(r["service_item"] == i for r in rows)})[:2]]
    return rows


ATTRIBUTES = """schema = "yuanliu.collection/1"
version = "t"

[[attribute]]
cost_categories = ["staff", "depreciation"]
variable = "0.35"
controllable = true
capital = false

[[attribute]]
departments = ["class:clinical"]
cost_categories = ["other_operating"]
variable = "1"
controllable = true
capital = false
"""


def computed(bench, months, rules, out):
    folders = []
    for month in months:
        folders.append((out.with_name(f"{out.name}-{month.name}"), month))
        bench.yuanliu.must("compute", month, "--rules", rules, "--out", folders[-1][0])
    return folders


def judge_unit_costs(bench, scratch):
    """Three months with attributes of cost by rule, two by default."""
    months = bench.yuanliu.demo(scratch / "clinic", size="clinic", months=3)
    plain = scratch / "clinic" / "rules"
    ruled = scratch / "attributes"
    shutil.copytree(plain, ruled)
    (ruled / "collection.toml").write_text(ATTRIBUTES, "utf-8")
    three, two = computed(bench, months, ruled, scratch / "three"), computed(bench, months[1:], plain, scratch / "two")
    rows, file = standards_of(three[-1][0], random.Random(7)), scratch / "standards.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.write(STANDARD + "\n")
        csv.writer(stream, lineterminator="\n").writerows([list(r.values()) for r in rows])
    results = [result for result, _ in three]
    for scope in ("hospital_full", "medical"):
        bench.judge(f"unit costs of three months, {scope}", object_sheets.UnitCosts(three, rows, scope).sections(),
                    "unit-costs", results[1], results[2], results[0], "--standard", file, "--scope", scope)
    bench.judge("unit costs of one month", object_sheets.UnitCosts(three[-1:], rows).sections(),
                "unit-costs", results[-1], "--standard", file)
    bench.judge("unit costs of two months, attributes by default", object_sheets.UnitCosts(two, rows).sections(),
                "unit-costs", *[result for result, _ in two], "--standard", file)
    bench.judge("unit costs without standards", object_sheets.UnitCosts(two, None).sections(),
                "unit-costs", *[result for result, _ in two])
    sheets = object_sheets.UnitCosts(three, rows)
    parts = [sheets.explained(key) for key in sheets.keys(False)]
    bench.suite.expect("level, volume and spend all occur", all(any(p and p[i] for p in parts) for i in (2, 3, 4)))


# ---- a county hospital with planted tables -------------------------------------------------------


def plant_groups(month, rng):
    attending = sorted({r["attending"] for r in rows_of(month / "encounters.csv") if r["attending"]})
    rows = []
    for code in attending:
        if rng.random() < 0.85:
            group = rng.randrange(1, 7)
            rows.append((code, rng.choice(["", "2025-01"]), rng.choice(["", "2099-12"]), f"G{group}", f"第{group}组"))
        if rng.random() < 0.2:
            rows.append((code, "2020-01", "2020-12", "G9", "旧组"))
    plant(month, "attending_groups", rows)


def shares_of(rng, codes):
    """Of one thing over some machines, never more than all of it."""
    chosen, left, shares = rng.sample(codes, rng.randint(1, min(3, len(codes)))), 10000, []
    for code in chosen:
        share = rng.choice([left, rng.randint(0, left)])
        left -= share
        shares.append((code, f"{share / 10000:.4f}"))
    return shares


def plant_equipment(month, rng):
    departments = [r["department"] for r in rows_of(month / "departments.csv") if r["class"] == "medical_technology"]
    cards = [(f"ZT{n:03d}", f"设备{n}", rng.choice(departments), rng.choice(["special", "special", "general", "building"]),
              f"{rng.randrange(20000)}.{rng.randrange(100):02d}", "1.00", "0.00", "0.00", "0.00", "0.00") for n in range(24)]
    plant(month, "assets", [*(tuple(r.values()) for r in object_sheets.table(month, "assets")), *cards])
    codes = [card[0] for card in cards[:16]]
    services = {r["service_item"] for r in rows_of(month / "service_items.csv") if r["kind"] == "service"}
    done = sorted({(r["executing_department"], r["service_item"]) for r in rows_of(month / "charge_lines.csv")
                   if r["executing_department"] in departments and r["service_item"] in services})
    rows = [(a, d, i, s) for d, i in rng.sample(done, min(40, len(done))) for a, s in shares_of(rng, codes)]
    plant(month, "equipment_items", rows)
    lines = sorted(k for k, (_, category) in object_sheets.cost_lines_of(month).items()
                   if category not in ("depreciation", "amortization"))
    plant(month, "equipment_costs", [(a, v, n, s) for v, n in rng.sample(lines, 40) for a, s in shares_of(rng, codes[:12])])


def plant_beds(month, rng):
    wards = [r["department"] for r in rows_of(month / "departments.csv") if r["class"] == "clinical" and r["care_setting"] == "inpatient"]
    plant(month, "beds", [(d, str(rng.randint(20, 60)), rng.choice(["", str(rng.randint(500, 1800)), "777.5"]))
                          for d in wards if rng.random() < 0.8])


def judge_county(bench, scratch):
    rng = random.Random(11)
    month = bench.yuanliu.demo(scratch / "county", size="county")[0]
    rules, result = scratch / "county" / "rules", scratch / "county-result"
    for path in (month / f"{name}.csv" for name in HEADERS if name != "assets"):
        path.unlink(missing_ok=True)
    plant_groups(month, rng)
    plant_equipment(month, rng)
    plant_beds(month, rng)
    done = bench.yuanliu.compute(month, rules, result)
    bench.suite.expect("the county hospital computes with planted tables", done.returncode == 0, done.stderr)
    bench.judge("attending groups", object_sheets.attending_groups(result, month), "report", result, "--kind", "attending-groups")
    bench.judge("equipment", object_sheets.equipment(month), "report", result, "--kind", "equipment")
    for scope in ("medical", "hospital_full"):
        bench.judge(f"beds {scope}", object_sheets.beds(result, month, scope), "report", result, "--kind", "beds", "--scope", scope)
    (month / "beds.csv").unlink()
    done = bench.yuanliu.compute(month, rules, result, "--replace")
    bench.suite.expect("without beds.csv", done.returncode == 0, done.stderr)
    bench.judge("beds by a driver", object_sheets.beds(result, month, driver="headcount"), "report", result, "--kind", "beds",
                "--beds-driver", "headcount")
    bench.judge("beds that nobody states", object_sheets.beds(result, month), "report", result, "--kind", "beds")
    pieces = {}
    for row in rows_of(result / "department_cost.csv"):
        if row["kind"] == "direct" and row["fund_source"] == "research":
            key = (("", ""), (row["department"], row["cost_item"], "research"))
            pieces[key] = fen(row["cost"])
    bench.judge("a hospital without projects", object_sheets.projects(month, pieces, [{"voucher": "", "line": ""}]),
                "report", result, "--kind", "projects")


# ---- research projects of random hospitals -------------------------------------------------------


def plant_projects(month, rng):
    ledger = read_table(month, "ledger")
    codes = [f"K{n}" for n in range(rng.randint(1, 4))]
    plant(month, "research_projects", [(c, f"课题{c}") for c in codes])
    rows = {}
    for _ in range(rng.randint(1, 6)):
        line, shape = rng.choice(ledger), rng.choice(["v", "vl", "vla", "va", "a", "ad", "vd", "vlad"])
        key = tuple(line[column] if letter in shape else ""
                    for letter, column in zip("vlad", ("voucher", "line", "account", "department")))
        rows[key] = (*key, rng.choice(codes))
    plant(month, "project_lines", sorted(rows.values()))


def judge_projects(bench, scratch):
    printed = tagged = 0
    for seed in range(1, SEEDS + 1):
        random_one = RandomHospital(random.Random(seed))
        random_one.ledger += [(d, i, "research", a) for d, i, _, a in random_one.ledger[:4]]
        folder = scratch / f"random-{seed}"
        folder.mkdir()
        month, rules = random_one.write(folder)
        month = month.rename(folder / random_one.period)
        plant_projects(month, random_one.rng)
        result = folder / "result"
        if bench.yuanliu.compute(month, rules, result).returncode:
            continue
        ledger = {name: read_table(month, name) for name in TABLES}
        try:
            oracle = Collection(ledger, tomllib.loads((rules / "collection.toml").read_text("utf-8")), random_one.period)
        except Refused:
            continue
        pieces = {}
        for (line, _, cell), amount in oracle.pieces.items():
            pieces[(line, cell)] = pieces.get((line, cell), 0) + amount
        expected = object_sheets.projects(month, pieces, ledger["ledger"])
        done = bench.yuanliu.run("report", result, "--kind", "projects", "--lang", "zh", "--format", "csv")
        wrong = list(differences(sections_of(done.stdout), expected)) if done.returncode == 0 else [done.stderr]
        if wrong:
            bench.suite.expect(f"projects of hospital {seed}", False, "\n".join(wrong[:3]))
        printed += not wrong
        tagged += any(fen(row[-1]) for row in expected[0][:-2])
        bench.cells += sum(len(row) for section in expected for row in section)
    bench.suite.expect("projects of random hospitals: every cell is derived again", printed >= SEEDS * 4 // 9 and tagged >= SEEDS * 2 // 9,
                       f"{printed} printed, {tagged} with cost of a project")


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu)
    judge_unit_costs(bench, scratch)
    if sample.takes("the county hospital"):
        judge_county(bench, scratch)
    judge_projects(bench, scratch)
    print(f"{bench.cells} cells derived again")


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
