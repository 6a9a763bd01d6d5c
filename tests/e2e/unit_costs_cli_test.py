"""Why this file: `yuanliu unit-costs` says all that is wrong with its results and standards at once, and prints
nothing then; the object reports refuse results that were altered (docs/objects.md).

usage: unit_costs_cli_test.py YUANLIU YUANLIU_VERIFY
"""
import hashlib
import json
import re
import shutil
import sys

import hospital

HEADER = "department,service_item,valid_from,valid_to,standard_unit_cost"


class Bench:
    def __init__(self, suite, yuanliu, scratch):
        self.suite, self.yuanliu, self.scratch = suite, yuanliu, scratch
        self.months = yuanliu.demo(scratch / "demo", months=3)
        self.rules = scratch / "demo" / "rules"
        self.results = [self.computed(month, scratch / f"result-{month.name}") for month in self.months]

    def computed(self, month, out):
        self.yuanliu.must("compute", month, "--rules", self.rules, "--out", out)
        return out

    def refused(self, name, words, *arguments, code=1):
        done = self.yuanliu.run("unit-costs", *arguments, "--lang", "en")
        lost = [word for word in words if word not in done.stderr]
        self.suite.expect(name, done.returncode == code and not done.stdout and not lost,
                          f"exit {done.returncode}, not said: {lost}\n{done.stdout[:300]}{done.stderr}")

    def standards(self, *rows):
        file = self.scratch / "standards.csv"
        file.write_text("\n".join([HEADER, *rows, ""]), "utf-8")
        return file


def other_hospital(bench):
    month = bench.scratch / "other" / bench.months[0].name
    shutil.copytree(bench.months[0], month, ignore=shutil.ignore_patterns("prior"))
    document = json.loads((month / "manifest.json").read_text("utf-8"))
    document["hospital"] = "H999"
    (month / "manifest.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return bench.computed(month, bench.scratch / "result-other")


def judge_results(bench):
    first, second, third = bench.results
    bench.refused("a gap is told, month by month", ["result_period_missing", bench.months[1].name], first, third)
    bench.refused("a month given twice", ["result_period_twice", str(second)], second, third, second)
    bench.refused("two hospitals", ["result_of_other_hospital", "H999"], other_hospital(bench), second)
    bench.refused("all of it at once", ["result_of_other_hospital", "result_period_twice", "result_period_missing"],
                  third, bench.scratch / "result-other", third)
    bench.refused("thirteen results", ["results_too_many", "13"], *[third] * 13)
    bench.refused("what is no result", ["certificate.json"], third, bench.months[1])
    bench.refused("a department that isn't", ["NONE"], third, "--department", "NONE", code=2)
    bench.refused("months that don't match the results", ["--month"], third, "--month", bench.months[0], "--month", bench.months[1],
                  code=2)
    bench.refused("another month's folder", [bench.months[0].name], third, "--month", bench.months[0])


def judge_standards(bench):
    result, month = bench.results[2], bench.months[2]
    drug = next(r["service_item"] for r in hospital.read_table(month / "service_items.csv") if r["kind"] == "drug")
    item = next(r["service_item"] for r in hospital.read_table(month / "service_items.csv") if r["kind"] == "service")
    file = bench.standards(f"NONE,{item},,,1", ",NOTHING,,,1", f",{drug},,,1", f",{item},2026-05,2026-04,1", f",{item},x,,1",
                           f",{item},2024-01,,0", f",{item},2023-01,,12.34567", f",{item},2022-01,,1", f",{item},2022-01,,2")
    bench.refused("all faults of the standards at once",
                  ["unknown_department", "unknown_service_item", "item_not_service", "validity_reversed", "period_malformed",
                   "number_out_of_range", "number_malformed", "duplicate_key", "standards.csv"], result, "--standard", file)
    # One row with faults of form in two cells and unknown codes in two others: none of them hides another.
    file = bench.standards("NONE,NOTHING,x,,1.2345678", f"NONE2,{drug},2026-05,2026-04,-")
    done = bench.yuanliu.run("unit-costs", result, "--standard", file, "--department", "C01", "--lang", "en")
    said = [(code, place) for code, place in re.findall(r"^stop (\w+) standards.csv:(\d+ \[\w+\])", done.stderr, re.M)]
    bench.suite.expect("a malformed cell hides no unknown code beside it, nor a wrong department what the file has",
                       done.returncode == 2 and not done.stdout and 'no department "C01"' in done.stderr and sorted(said) == sorted([
                           ("period_malformed", "2 [valid_from]"), ("number_malformed", "2 [standard_unit_cost]"),
                           ("unknown_department", "2 [department]"), ("unknown_service_item", "2 [service_item]"),
                           ("unknown_department", "3 [department]"), ("item_not_service", "3 [service_item]"),
                           ("validity_reversed", "3 [valid_to]"), ("number_malformed", "3 [standard_unit_cost]")]), f"{said} {done.stderr}")
    file.write_text("department,item,cost\n", "utf-8")
    bench.refused("another header", ["header_wrong"], result, "--standard", file)
    bench.refused("no file", ["file_missing"], result, "--standard", bench.scratch / "none.csv")


def judge_outputs(bench):
    result = bench.results[2]
    out = bench.scratch / "out.html"
    done = bench.yuanliu.run("unit-costs", *bench.results, "--lang", "zh", "--format", "html", "--out", out)
    bench.suite.expect("a page to print", done.returncode == 0 and not done.stdout and "差异池" in out.read_text("utf-8"), done.stderr)
    item = hospital.read_table(result / "service_item_cost.csv")[0]
    done = bench.yuanliu.run("unit-costs", result, "--department", item["department"], "--lang", "en")
    bench.suite.expect("one department as text", done.returncode == 0 and "variance pool" in done.stdout and
                       item["department"] in done.stdout, done.stderr)
    for kind in ("attending-groups", "equipment", "beds", "projects"):
        done = bench.yuanliu.run("report", result, "--kind", kind, "--lang", "en")
        bench.suite.expect(f"{kind} of a month without tables", done.returncode == 0 and done.stdout, done.stderr)
    done = bench.yuanliu.run("report", result, "--kind", "beds", "--beds-driver", "NONE", "--lang", "en")
    bench.suite.expect("a driver of beds that isn't", done.returncode == 2 and "NONE" in done.stderr, done.stderr)


def judge_forged(bench):
    """A table that was changed, and one that was changed with all its hashes: both are refused, by hash or by sum."""
    result = bench.scratch / "forged"
    shutil.copytree(bench.results[2], result)
    path = result / "cases.csv"
    lines = path.read_text("utf-8").split("\n")
    cells = lines[1].split(",")
    cells[16] = hospital.yuan(hospital.fen(cells[16]) + 1)
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]), "utf-8")
    done = bench.yuanliu.run("report", result, "--kind", "attending-groups", "--lang", "en")
    bench.suite.expect("an altered case is refused", done.returncode != 0 and not done.stdout and "cases.csv" in done.stderr, done.stderr)
    certificate = hospital.read_json(result / "certificate.json")
    certificate["tables"]["cases.csv"]["sha256"] = hospital.tree(result)["cases.csv"]
    text = "".join(f"{name} {entry['sha256']}\n" for name, entry in sorted(certificate["tables"].items()))
    certificate["result_hash"] = hashlib.sha256(text.encode()).hexdigest()
    (result / "certificate.json").write_text(json.dumps(certificate, ensure_ascii=False), "utf-8")
    done = bench.yuanliu.run("report", result, "--kind", "attending-groups", "--lang", "en")
    bench.suite.expect("with all hashes anew a sum does not close", done.returncode == 1 and not done.stdout and
                       "do not close" in done.stderr, done.stderr)


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu, scratch)
    judge_results(bench)
    judge_standards(bench)
    judge_outputs(bench)
    judge_forged(bench)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
