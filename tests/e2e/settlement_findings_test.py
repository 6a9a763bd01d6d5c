#!/usr/bin/env python3
"""Faults planted one by one, and all at once, in the hand-worked settlement folder: each is named with its place.

Why it exists: every settle_ code must be reached by some input, with file, row and column, and a folder with many
faults must show them all in one run, with nothing written.
Use: settlement_findings_test.py YUANLIU YUANLIU_VERIFY. Ends with `N passed, M failed`.
"""
import json
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True
import hospital  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "settlements" / "three_months"
TOML = "settlement.toml"

# code, file, what is replaced (None: a line is added), by what, column; the row is that of the changed line.
STOPS = [
    ("settle_case_unknown", "replies.csv", None, "E99,2026-03,2026-03-26,,,,,,,,1.00,1.00,0.00,0.00", "encounter"),
    ("settle_case_unknown", "refusals.csv", None, "F9,E99,2026-04,2026-04-02,1.00,,", "encounter"),
    ("settle_payer_unknown", "receipts.csv", None, "R99,Q1,monthly,2026-02,2026-03-10,1.00", "payer"),
    ("settle_case_changed", "estimates.csv", None,
     "E12,2026-04-02,R390,D1,B012,2026-03-05,,,,,,,,3000.00,3000.00,3000.00", "payer"),
    ("settle_event_before_discharge", "replies.csv", "E07,2026-04,2026-04-16", "E07,2026-04,2026-03-16", "recorded_on"),
    ("settle_event_before_discharge", "refusals.csv", "E06,2026-04,2026-04-02", "E06,2026-01,2026-04-02",
     "settlement_month"),
    ("settle_reply_repeated", "replies.csv", None,
     "E04,2026-03,2026-03-27,G1,1000,1.1,1,low,550,10,5500.00,4500.00,1000.00,0.00", "encounter"),
    ("settle_reply_repeated", "replies.csv", None,
     "E01,2026-02,2026-03-27,G1,1000,1.1,1,low,550,10,5500.00,4500.00,1000.00,0.00", "encounter"),
    ("settle_refusal_unknown", "appeals.csv", None, "F7,filed,2026-04-10,,", "refusal"),
    ("settle_refusal_over_paid", "refusals.csv", "2026-04-02,600.00", "2026-04-02,9000.01", "amount"),
    ("settle_refusal_over_paid", "refusals.csv", None, "F2,E10,2026-04,2026-04-02,1.00,,", "amount"),
    ("settle_appeal_late", "appeals.csv", "filed,2026-04-10", "filed,2026-04-18", "recorded_on"),
    ("settle_appeal_out_of_order", "appeals.csv", "filed,2026-04-10", "filed,2026-04-01", "recorded_on"),
    ("settle_appeal_out_of_order", "appeals.csv", "decided,2026-05-20", "decided,2026-04-09", "recorded_on"),
    ("settle_appeal_over_refused", "appeals.csv", "2026-05,400.00", "2026-05,600.01", "returned"),
    ("settle_review_late", "special_reviews.csv", "applied,2026-04-20", "applied,2026-05-31", "recorded_on"),
    ("settle_review_out_of_order", "special_reviews.csv", None, "E06,decided,2026-04-20,2026-04,9.00,", "recorded_on"),
    ("settle_review_over_quota", "special_reviews.csv", None, "E06,applied,2026-04-21,,,", "encounter"),
    ("settle_cash_without_settlement", "receipts.csv", None, "R99,R390,monthly,2026-04,2026-05-10,1.00",
     "settlement_month"),
    ("settle_cash_without_settlement", "receipts.csv", None, "R99,R390,clearing,2026-13,2027-05-10,1.00",
     "settlement_month"),
    ("settle_brackets_gap", TOML, 'from = "0.85"', 'from = "0.9"', "from"),
    ("settle_brackets_gap", TOML, 'to = "1.1"\n', "", "to"),
    ("settle_clearing_without_points", "clearings.csv", None, "C310,2025,2027-03-20,1.00,,1,1.00,,", "fund"),
    ("settle_clearing_without_points", "audit_deductions.csv", None, "A2,C310,2025,,2026-12,2026-12-10,1.00,", "amount"),
    ("settle_payer_not_by_points", "clearings.csv", None, "X900,2026,2027-03-20,1.00,,1,,,", "payer"),
    ("settle_transfer_unusable", "transfers.csv", None, "E09,D1,,,,", "days"),
    ("value_missing", "receipts.csv", "monthly,2026-04", "monthly,", "settlement_month"),
    ("value_missing", "clearings.csv", "0.98,112100.00", "0.98,", "booked"),
    ("number_out_of_range", "estimates.csv", "G5,4000,1.1", "G5,4000,11", "hospital_coefficient"),
    ("duplicate_key", "refusals.csv", None, "F1,E06,2026-04,2026-04-02,1.00,,", "refusal"),
    ("number_malformed", "insurer/2026-02.csv", "9900.00,7900.00", "9900.00,7900.005", "fund"),
    ("word_unknown", "insurer/2026-02.csv", "1.1,正常,2310", "1.1,超高,2310", "deviation"),
    ("header_wrong", "insurer/2026-02.csv", "基金支付", "统筹支付", ""),
    ("rule_malformed", TOML, 'months = ["1", "3", "6"]', 'months = ["1", "1"]', "ageing.months"),
    ("rule_malformed", TOML, 'profile = "interface-3606"', 'profile = "interface-9999"', "replies[1].profile"),
    ("rule_key_unknown", TOML, "cash_lag = 1", "cash_lags = 1", None),
]
WARNINGS = [
    ("settle_difference_unexplained", "replies.csv", "2483.53,700.00", "2480.00,700.00", "standard"),
    ("settle_deposit_over_limit", "deposits.csv", "1750.00", "1750.01", "amount"),
    ("settle_payable_differs", "clearings.csv", "10000.00,118000.00", "10000.00,118000.01", "stated_payable"),
]


def plant(folder, fault):
    """Changes the copy; the number of the changed line."""
    _, name, old, new, _ = fault
    path = folder / name
    text = path.read_text("utf-8")
    if old is None:
        path.write_text(text + new + "\n", "utf-8")
        return len(text.splitlines()) + 1
    if text.count(old) < 1:
        raise SystemExit(f"{name} has no {old!r}")
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[:text.index(old)].count("\n") + 1


class Bench:
    def __init__(self, suite, yuanliu, scratch):
        self.suite, self.yuanliu, self.scratch, self.count, self.seen = suite, yuanliu, scratch, 0, set()

    def copy(self):
        self.count += 1
        folder = self.scratch / f"f{self.count}"
        shutil.copytree(FOLDER, folder)
        return folder

    def settle(self, folder, *options):
        out, listing = folder.with_suffix(".out"), folder.with_suffix(".json")
        done = self.yuanliu.run("settle", folder, "--as-of", "2027-12-31", "--out", out, "--findings", listing, *options)
        found = json.loads(listing.read_text("utf-8"))["findings"] if listing.exists() else []
        self.seen |= {f["code"] for f in found}
        return done, found, out.exists()

    def matches(self, finding, fault, row):
        code, name, _, _, column = fault
        # A rule is named by its key's path, at its key's line; a missing key at its table's.
        return finding["code"] == code and finding["file"] == name and finding["zh"] and finding["en"] and \
            (column is None or finding["column"] == column) and (name == TOML or finding["row"] == row)

    def judge(self, fault, exit_code):
        folder = self.copy()
        row = plant(folder, fault)
        done, found, written = self.settle(folder)
        ok = done.returncode == exit_code and written == (exit_code == 0) and \
            any(self.matches(f, fault, row) for f in found)
        self.suite.expect(f"{fault[0]} in {fault[1]}: {fault[3][:40]!r}", ok,
                          f"exit {done.returncode}, row {row}\n{json.dumps(found, ensure_ascii=False)[:900]}\n"
                          f"{done.stderr[-300:]}")


def judge_all_at_once(bench):
    chosen, used, folder, rows = [], set(), bench.copy(), {}
    for fault in STOPS:
        if fault[2] is None and fault[0].startswith("settle_") and fault[1] not in ("estimates.csv", TOML):
            rows[fault] = plant(folder, fault)
            chosen.append(fault)
            used.add(fault[1])
    _, found, written = bench.settle(folder)
    missing = [f for f in chosen if not any(bench.matches(x, f, rows[f]) for x in found)]
    # A second application uses the quota up; the reply of an unknown case is in nobody's books.
    bench.suite.expect(f"{len(chosen)} faults in {len(used)} files are all named in one run, and nothing is written",
                       not missing and not written and len(chosen) >= 12, missing)


def judge_results(bench):
    """Estimates from a result folder; one that was altered gives none."""
    months = bench.yuanliu.demo(bench.scratch / "demo", size="clinic", months=1)
    result = bench.scratch / "result"
    bench.yuanliu.must("compute", months[0], "--rules", bench.scratch / "demo" / "rules", "--out", result)
    cases = (result / "cases.csv").read_text("utf-8").splitlines()
    header, payers = cases[0].split(","), {}
    for line in cases[1:]:
        row = dict(zip(header, line.split(",")))
        payers.setdefault(row["payer"], []).append(row)
    folder = bench.scratch / "results_only"
    folder.mkdir()
    text = (FOLDER / TOML).read_text("utf-8").split("[[payer]]")[0]
    for payer in payers:
        text += f'[[payer]]\npayer = "{payer}"\nname = "{payer}"\nkind = "employee"\nmethod = "dip"\n' \
                'hospital_coefficient = "1.08"\npoint_value = "11.6"\npatient_share = "0.2"\n'
    text += "[transfer]" + (FOLDER / TOML).read_text("utf-8").split("[transfer]")[1].split("[[profile]]")[0]
    (folder / TOML).write_text(text, "utf-8")
    done, found, _ = bench.settle(folder, "--result", result, "--format", "csv", "--lang", "en")
    entries = (folder.with_suffix(".out") / "entries.csv").read_text("utf-8").splitlines() if not done.returncode else []
    wanted = 0
    for rows in payers.values():
        for row in rows:
            payment, charge = (int(row[k].replace(".", "")) for k in ("payment", "charge"))
            wanted += payment - min(payment, (abs(charge) * 2000 + 5000) // 10000 * (1 if charge >= 0 else -1))
    claimed = sum(int(line.split(",")[5].replace(".", "")) for line in entries[1:])
    bench.suite.expect(f"{len(cases) - 1} cases of a result are estimates, claims sum to payment less patient share",
                       len(entries) == len(cases) and claimed == wanted, f"{claimed} {wanted}\n{done.stderr[-500:]}")
    (result / "cases.csv").write_text("\n".join(cases[:-1]) + "\n", "utf-8")
    done, found, written = bench.settle(folder.rename(bench.scratch / "altered"), "--result", result)
    bench.suite.expect("an altered result gives no estimates",
                       done.returncode == 1 and not written and
                       [f["code"] for f in found if f["code"].startswith("settle")] == ["settle_result_unusable"], found)


def test(suite, yuanliu, _verify, scratch):
    bench = Bench(suite, yuanliu, scratch)
    done, found, written = bench.settle(bench.copy())
    suite.expect("the folder as it stands has no findings", done.returncode == 0 and not found and written,
                 f"{found}\n{done.stderr}")
    for fault in STOPS:
        bench.judge(fault, 1)
    for fault in WARNINGS:
        bench.judge(fault, 0)
    judge_all_at_once(bench)
    judge_results(bench)
    folder = bench.copy()
    (folder / "estimates.csv").unlink()
    _, found, written = bench.settle(folder)
    suite.expect("without estimates only that is named", [f["code"] for f in found] == ["file_missing"] and not written,
                 found)
    listed = [line for line in yuanliu.must("findings").stdout.splitlines() if line.startswith("settle_")]
    suite.expect(f"{len(listed)} codes of settlements, each was produced", len(listed) == 22 and
                 not set(listed) - bench.seen, sorted(set(listed) - bench.seen))


if __name__ == "__main__":
    sys.exit(hospital.main_of(test, __doc__))
