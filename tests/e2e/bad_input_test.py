"""Why this file: proves the promise of docs/month-folder.md §6: whatever is wrong with a month or
its rules is named with its own code, file, row, column and mend, all at once; the program then
exits with 1, writes nothing, and leaves an older result alone.

usage: bad_input_test.py YUANLIU YUANLIU_VERIFY
"""
import re
import shutil
import sys

import balance_faults
import collection_faults
import faults
import grouping_faults
import hospital
import item_faults
import object_faults
import warnings_of_months


class Bench:
    def __init__(self, suite, yuanliu, scratch):
        self.suite = suite
        self.yuanliu = yuanliu
        self.scratch = scratch
        self.month = yuanliu.demo(scratch / "demo")[0]
        self.rules = scratch / "demo" / "rules"
        self.out = scratch / "out"
        self.out.mkdir()
        done = yuanliu.compute(self.month, self.rules, self.out / "standing")
        suite.expect("the demonstration month is computed", done.returncode == 0, done.stderr)
        self.standing = hospital.tree(self.out / "standing")
        self.seen = set()

    def changed(self, change):
        """A fresh copy with one change; returns the copy and what the change returned."""
        shutil.rmtree(self.scratch / "copy", ignore_errors=True)
        folder = hospital.Folder(self.scratch / "copy", self.month, self.rules)
        return folder, change(folder)

    def findings(self, folder, out, *options):
        file = self.scratch / "findings.json"
        file.unlink(missing_ok=True)
        done = self.yuanliu.compute(folder.month, folder.rules, out, "--findings", file, *options)
        found = hospital.read_json(file)["findings"] if file.exists() else []
        self.seen |= {finding["code"] for finding in found}
        return done, found

    def stops(self, folder):
        """Computes into a new folder and over an old one; returns findings and what went wrong."""
        done, found = self.findings(folder, self.out / "fresh")
        again, _ = self.findings(folder, self.out / "standing", "--replace")
        wrong = []
        if (done.returncode, again.returncode) != (1, 1):
            wrong.append(f"exit codes {done.returncode}, {again.returncode} instead of 1\n"
                         f"{done.stdout[-300:]}{done.stderr[-1500:]}")
        if [p.name for p in self.out.iterdir()] != ["standing"]:
            wrong.append(f"written: {[p.name for p in self.out.iterdir()]}")
        if hospital.tree(self.out / "standing") != self.standing:
            wrong.append("the older result was touched")
        if "Nothing was computed or written" not in done.stderr:
            wrong.append("the last line does not say that nothing was written")
        return found, wrong


INNER = re.compile(r"\b([a-z]+_)+(expected|missing|unknown|malformed|blank|empty|ignored|allowed|"
                   r"file)\b|\bnot_(json|toml)\b")


def wordless(found):
    """Findings whose words are missing, unfilled, or still hold the name of an inner code."""
    bad = []
    for finding in found:
        for language in ("en", "zh"):
            words = finding[language]
            if not words or "{" in words or "?" in words:
                bad.append(f"{finding['code']} {language}: {words}")
            if INNER.search(words) and finding["code"] != "findings_not_listed":
                bad.append(f"{finding['code']} {language} shows an inner name: {words}")
    return bad


def place(finding):
    return finding["code"], finding["file"], finding["row"], finding["column"]


def matches(finding, fault, row):
    return (finding["code"] == fault.code and finding["file"] == fault.file and
            finding["row"] == row and finding["column"].startswith(fault.column) and
            finding["severity"] == fault.severity)


def judge_fault(bench, fault):
    folder, row = bench.changed(fault.change)
    found, wrong = bench.stops(folder)
    stops = [finding for finding in found if finding["severity"] == "stop"]
    if not any(matches(finding, fault, row) for finding in stops):
        wrong.append(f"not found: {(fault.code, fault.file, row, fault.column)} among "
                     f"{[place(finding) for finding in stops][:8]}")
    others = {finding["code"] for finding in stops} - {fault.code, "findings_not_listed",
                                                       *fault.also}
    if others:
        wrong.append(f"one fault, but also {sorted(others)}: "
                     f"{[place(f) for f in stops if f['code'] in others][:5]}")
    wrong += wordless(found)
    bench.suite.expect(f"{fault.name}: {fault.code}", not wrong, "\n".join(wrong))


def judge_warning(bench, fault):
    folder, row = bench.changed(fault.change)
    shutil.rmtree(bench.out / "warned", ignore_errors=True)
    done, found = bench.findings(folder, bench.out / "warned")
    wrong = wordless(found)
    if done.returncode != 0 or not (bench.out / "warned" / "certificate.json").exists():
        wrong.append(f"exit {done.returncode}\n{done.stderr[-1500:]}")
    if not any(matches(finding, fault, row) for finding in found):
        wrong.append(f"not found: {(fault.code, fault.file, row, fault.column)} among "
                     f"{[place(f) for f in found if f['code'] != 'charge_line_parked'][:8]}")
    shutil.rmtree(bench.out / "warned", ignore_errors=True)
    bench.suite.expect(f"{fault.name}: {fault.code} ({fault.severity})", not wrong,
                       "\n".join(wrong))


FRONT_PAGE_TABLES = ("diagnosis_details.csv", "open_stays.csv", "procedure_details.csv", "stay_details.csv", "case_terms.csv")


def judge_missing_files(bench):
    """Each file in turn: one finding says it, and no flood of consequences comes with it."""
    required = [path for path in sorted(bench.month.glob("*.csv"))
                if path.name not in {*item_faults.HEADERS, balance_faults.FILE, *FRONT_PAGE_TABLES}]
    for path in required:
        folder, _ = bench.changed(lambda f, name=path.name: f.remove(name))
        found, wrong = bench.stops(folder)
        stops = [finding for finding in found if finding["severity"] == "stop"]
        if [place(f) for f in stops if f["file"] == path.name] != [
                ("file_missing", path.name, 0, "")]:
            wrong.append(f"{[place(f) for f in stops][:5]}")
        if len(stops) > 1:
            wrong.append(f"one file is missing, {len(stops)} findings: "
                         f"{[place(f) for f in stops][:5]}")
        bench.suite.expect(f"{path.name} missing", not wrong, "\n".join(wrong))


SEVEN = ("amount '12.345'", "unknown executing department", "equivalent missing",
         "discharge before admission", "unknown encounter in diagnoses", "decimal without quotes",
         "prior of the wrong month")


def judge_seven_at_once(bench):
    """Different files, one run."""
    chosen = [fault for fault in faults.STOPS if fault.name in SEVEN]
    rows = {}

    def plant(folder):
        for fault in chosen:
            rows[fault.name] = fault.change(folder)

    folder, _ = bench.changed(plant)
    found, wrong = bench.stops(folder)
    for fault in chosen:
        if not any(matches(finding, fault, rows[fault.name]) for finding in found):
            wrong.append(f"not found: {fault.name} row {rows[fault.name]}")
    files = {fault.file for fault in chosen}
    bench.suite.expect(f"{len(chosen)} faults in {len(files)} files are all reported in one run",
                       len(chosen) == len(files) == 7 and not wrong, "\n".join(wrong))


def judge_flood(bench):
    """A whole column of wrong amounts: a part is listed, the rest is counted."""
    def spoil(folder):
        lines = folder.lines("charge_lines.csv")
        for number in range(1, len(lines) - 1):
            cells = lines[number].split(",")
            cells[8] += "9"
            lines[number] = ",".join(cells)
        folder.write("charge_lines.csv", lines)
        return len(lines) - 2

    folder, count = bench.changed(spoil)
    found, wrong = bench.stops(folder)
    listed = [f for f in found if f["code"] == "number_malformed"]
    counted = [f for f in found if f["code"] == "findings_not_listed" and
               f["arguments"][0] == "number_malformed"]
    total = len(listed) + sum(int(f["arguments"][1]) for f in counted)
    bench.suite.expect("a flood is listed in part and counted in full",
                       not wrong and not wordless(found) and len(counted) == 1 and total == count,
                       "\n".join(wrong + wordless(found) + [f"{total} of {count}"]))


# Codes that no input reaches through `compute`, with the reason.
NOT_REACHED = dict.fromkeys(
    ["medical_code_malformed", "catalogue_line_unknown", "catalogue_code_unknown",
     "catalogue_rows_overlap", "catalogue_rule_missing", "case_code_unknown", "case_code_grey",
     "case_check_failed"],
    "of `group`, not of a month: tests/e2e/grouping_findings_test.py")
NOT_REACHED |= dict.fromkeys(
    ["settle_case_unknown", "settle_payer_unknown", "settle_case_changed", "settle_event_before_discharge",
     "settle_reply_repeated", "settle_refusal_unknown", "settle_refusal_over_paid", "settle_appeal_late",
     "settle_appeal_out_of_order", "settle_appeal_over_refused", "settle_review_late",
     "settle_review_out_of_order", "settle_review_over_quota", "settle_cash_without_settlement",
     "settle_brackets_gap", "settle_clearing_without_points", "settle_payer_not_by_points",
     "settle_transfer_unusable", "settle_result_unusable", "settle_difference_unexplained",
     "settle_deposit_over_limit", "settle_payable_differs"],
    "of `settle`, not of a month: tests/e2e/settlement_findings_test.py")
NOT_REACHED |= dict.fromkeys(
    ["result_of_other_hospital", "result_period_twice", "result_period_missing", "results_too_many"],
    "of `unit-costs`, not of a month: tests/e2e/unit_costs_cli_test.py")
NOT_REACHED |= dict.fromkeys(["result_month_later"], "of `report` on several results: tests/oracle/profit_test.py")
NOT_REACHED |= dict.fromkeys(
    ["table_column_missing", "table_encoding_broken", "table_is_empty", "payment_standard_differs",
     "group_not_in_table"],
    "of `pay` and `payment-table`, not of a month: tests/oracle/payment_tables_test.py")
NOT_REACHED |= dict.fromkeys(
    ["policy_ends_broken", "policy_unknown", "policy_id_twice", "case_not_payable"],
    "of months with policies: tests/e2e/policies_test.py")
NOT_REACHED |= dict.fromkeys(
    ["special_review_unused", "leave_not_stated", "split_without_charges", "split_without_cases",
     "patient_part_cut", "special_points_without_value", "case_level_unknown"],
    "of months with policies: tests/oracle/month_payment_test.py")
NOT_REACHED.update(dict.fromkeys(
    ["successor_chained", "successor_shares_not_one"],
    "of `restate`, not of a month: tests/e2e/restate_test.py"))
NOT_REACHED.update(dict.fromkeys(
    ["crosswalk_missing", "code_class_differs", "group_code_unreadable", "group_code_differs",
     "auxiliary_malformed"],
    "of code tables and catalogues, not of a month: tests/oracle/codes_test.py"))
NOT_REACHED.update(dict.fromkeys(
    ["quality_rule_misused", "quality_column_missing", "records_uncoded",
     "uncoded_share_exceeded", "quality_opening_missing"],
    "of `quality`: tests/oracle/quality_test.py"))


def judge_coverage(bench):
    listed = [line for line in bench.yuanliu.must("findings").stdout.splitlines()
              if line and not line.startswith(" ")]
    open_codes = [code for code in listed if code not in bench.seen]
    for code in open_codes:
        print(f"not reached: {code}: {NOT_REACHED.get(code, 'no test')}")
    bench.suite.expect(f"{len(listed)} codes: each was produced above, or its reason is known",
                       set(open_codes) == set(NOT_REACHED), open_codes)


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu, scratch)
    for fault in [*faults.STOPS, *item_faults.STOPS, *balance_faults.STOPS,
                  *collection_faults.STOPS, *object_faults.STOPS, *grouping_faults.STOPS]:
        judge_fault(bench, fault)
    for fault in [*warnings_of_months.WARNINGS, *item_faults.WARNINGS,
                  *balance_faults.WARNINGS, *collection_faults.WARNINGS,
                  *grouping_faults.WARNINGS]:
        judge_warning(bench, fault)
    judge_missing_files(bench)
    judge_seven_at_once(bench)
    judge_flood(bench)
    judge_coverage(bench)


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
