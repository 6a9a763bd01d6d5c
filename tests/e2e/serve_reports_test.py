#!/usr/bin/env python3
"""Why this file: what a department head, the insurance office and finance open in the browser is what the command prints:
every report that its month can give (17 of 20: no machine, project or attribute is in it), cell for cell, as data, as CSV
and as a page; the names of groups of a catalogue; and why a case is in its group. Real server, real PostgreSQL. (The figures
of the command's reports have oracles of their own.)

usage: serve_reports_test.py YUANLIU YUANLIU_VERIFY
"""
import concurrent.futures
import csv
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import served
from catalogue_rules import add_catalogue
from served import Client, Server, check, check_groups, rows_of

YUANLIU = sys.argv[1]
MONTH = "/api/v1/months/2026-09"
BYS = ["group", "department", "attending", "physician", "payer", "hospital"]


def run(*arguments, status=0):
    done = subprocess.run([YUANLIU, *map(str, arguments)], capture_output=True, check=False)
    check(done.returncode == status, f"{arguments}: {done.returncode} {done.stderr.decode()[-500:]}")
    return done.stdout


def make_hospital(work):
    """A month with opened beds and without research projects, its rules with a catalogue, and its result."""
    demo, result = work / "demo", work / "result"
    run("demo", demo, "--size", "clinic", "--months", "1", "--seed", "1")
    month, rules = demo / "2026-09", demo / "rules"
    names = add_catalogue([month], rules)
    ward = next(row for row in rows_of(month / "departments.csv") if row["care_setting"] == "inpatient")
    (month / "beds.csv").write_text(f"department,opened,available_days\n{ward['department']},20,600\n")
    run("compute", month, "--rules", rules, "--out", result)
    return month, rules, result, names


def options_of(entry, department):
    """What each kind is asked with: everything it takes, one thing at a time."""
    base = {"department": department} if entry["department"] == "required" else {}
    asked = [base] + [{**base, "scope": scope} for scope in entry["scopes"][1:]]
    asked += [{**base, "by": by} for by in entry["by"][1:]]
    return asked + ([{**base, "department": department}] if entry["department"] == "optional" else [])


def command_of(kind, options, result, form, language="zh"):
    return run("report", result, "--kind", kind, "--format", form, "--lang", language,
               *(part for name, value in options.items() for part in (f"--{name}", value)))


def query_of(options):
    return "&".join(f"{name}={value}" for name, value in options.items())


def lines_of(csv_text):
    return [row for row in csv.reader(io.StringIO(csv_text.lstrip("\ufeff")))]


def lines_in(report):
    """The lines that a spreadsheet of this report has, put together from its data once more."""
    lines = [[report["form"], report["title"]] if report["form"] else [report["title"]]]
    lines += [[one["label"], one["value"]] for one in report["head"]] + [[text] for text in report["lead"]]
    for section in report["sections"]:
        lines.append([])
        lines += [[section["caption"]]] if section["caption"] else []
        lines.append([c["title"] if c["title"].startswith(c["group"]) else f"{c['group']} {c['title']}" for c in section["columns"]])
        lines += [row["cells"] for row in section["rows"]] + [[note] for note in section["notes"]]
        for row in section["rows"]:
            check(len(row["kinds"]) == len(row["cells"]) == len(section["columns"]), row)
            amounts = [v for k, v in zip(row["kinds"], row["cells"]) if k == "a"]
            for amount in amounts:
                served.fen(amount)
        check(1 <= section["key_columns"] <= len(section["columns"]), section["caption"])
    return lines + [[]] + [[note] for note in report["notes"]]


def test_every_report(client, result, department):
    listed = client.get(MONTH + "/reports")
    kinds = {entry["kind"]: entry for entry in listed["reports"]}
    check(len(kinds) == 20 and kinds["profit"]["by"] == BYS, list(kinds))
    check([k for k, entry in kinds.items() if not entry["available"]] == ["attributes", "equipment", "projects"], kinds)
    count = 0
    for kind, entry in kinds.items():
        if not entry["available"]:
            answer, body = client.ask("GET", f"{MONTH}/reports/{kind}")
            check(answer.status == 409 and body["code"] == "report_unavailable", body)
            check(body["detail"] == entry["reason"] != "", body)
            continue
        check(entry["reason"] == "", entry)
        for options in options_of(entry, department):
            csv_text = command_of(kind, options, result, "csv").decode()
            path = f"{MONTH}/reports/{kind}?{query_of({'language': 'zh', **options})}"
            answer, body = client.ask("GET", path + "&format=csv")
            check(answer.status == 200 and body == csv_text, f"{path}: CSV differs from the command's")
            check("attachment" in answer.getheader("Content-Disposition"), path)
            report = client.get(path)
            check(report["kind"] == kind and report["result_hash"] == listed["result_hash"], path)
            check(lines_in(report) == lines_of(csv_text), f"{path}: the data differ from the command's CSV")
            count += 1
        page = client.ask("GET", path + "&format=html")[1]
        check(page == command_of(kind, options, result, "html").decode(), f"{kind}: the page to print differs")
    check(count > 60, f"only {count} reports were compared")
    english = client.get(f"{MONTH}/reports/direct-cost")
    check(english["language"] == "en" and lines_in(english) == lines_of(
        command_of("direct-cost", {}, result, "csv", "en").decode()), "English")
    printed = json.loads(command_of("direct-cost", {}, result, "json", "en"))
    check(printed == {k: v for k, v in english.items() if k not in ("run_id", "result_hash", "kind")}, "--format json")
    check(kinds["beds"]["title"] == "Beds" and client.ask("GET", MONTH + "/reports", headers={
        "Accept-Language": "zh"})[1]["reports"][0]["title"].startswith("医院各科室"), "titles")
    own = {row["department"] for row in listed["departments"] if row["has_cases"]}
    check(own == {row["department"] for row in rows_of(result / "department_profit.csv") if row["basis"] != "visit"}, own)


def test_wrong_questions(client):
    for path, status, code in (
            ("/reports/nonsense", 404, "not_found"), ("/reports/direct-cost?scope=evil", 400, "parameter_invalid"),
            ("/reports/reconciliation?scope=medical", 400, "parameter_invalid"),
            ("/reports/profit?scope=medical_business", 400, "parameter_invalid"),
            ("/reports/profit?by=evil", 400, "parameter_invalid"), ("/reports/visits?by=group", 400, "parameter_invalid"),
            ("/reports/department", 400, "parameter_invalid"), ("/reports/department?department=NO", 404, "not_found"),
            ("/reports/visits?department=C001", 400, "parameter_invalid"),
            ("/reports/direct-cost?format=exe", 400, "parameter_invalid"),
            ("/reports/direct-cost?language=fr", 400, "parameter_invalid")):
        for language, title in (("en", str.isascii), ("zh", lambda text: not text.isascii())):
            answer, body = client.ask("GET", MONTH + path, headers={"Accept-Language": language})
            check(answer.status == status and body["code"] == code, f"{path}: {answer.status} {body}")
            check(title(body["title"].replace("—", "").replace("–", "")), f"{path}: {body['title']}")
    check(client.get("/api/v1/months/2020-01/reports", 404)["code"] == "not_found", "a month that is not there")
    stranger = Client(client.server)
    check(stranger.ask("GET", MONTH + "/reports")[0].status == 401, "a stranger sees reports")
    check(stranger.ask("GET", MONTH + "/reports/profit")[0].status == 401, "a stranger sees a report")


def test_many_at_once(client, data):
    """Several ask at the same time: who is told to come again does, as the page does; all get the same whole report."""
    paths = [f"{MONTH}/reports/{kind}" for kind in ("direct-cost", "profit", "transfers")]
    alone = {path: client.get(path) for path in paths}

    def until_told(path):
        for _ in range(60):
            answer, body = client.ask("GET", path)
            if answer.status != 503:
                break
            time.sleep(0.3)
        return path, answer, body

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        got = list(pool.map(until_told, paths * 8))
    for path, answer, body in got:
        check(answer.status == 200 and body == alone[path], f"{path}: {answer.status}")
    check(len(list((data / "results").iterdir())) == 1, "more than the one result stands on disk")


def test_names(client, result, names):
    groups = check_groups(client, result)["groups"]
    grouped = [group for group in groups if not group["group"].startswith("~")]
    check({"XQ-1"} <= {g["group"] for g in grouped} and any("综合病种" in g["name"] for g in grouped),
          "no first-stage or composite group among the cases")
    for group in grouped:
        check(group["name"] == names[group["group"]] != "", group)
        for case in client.get(f"{MONTH}/cases?basis={group['basis']}&group={group['group']}")["cases"]:
            check(case["group_name"] == group["name"], case)
            detail = client.get(f"{MONTH}/cases/{case['encounter']}")["case"]
            check(detail["group_name"] == group["name"], detail)


def test_grouping(client, month, rules, result):
    answers = rows_of(result / "grouping.csv")
    for row in answers[:12]:
        told = client.get(f"{MONTH}/cases/{row['encounter']}/grouping")
        check((told["status"], told["group"], told["level"], ";".join(told["deciding_codes"]), told["catalogue"]) ==
              (row["status"], row["group"], row["level"], row["deciding_codes"], row["catalogue"]), told)
        check("begins" in {step["outcome"] for step in told["steps"]}, told)
        recorded = told["diagnoses"] + told["procedures"]
        check(set(told["deciding_codes"]) <= set(recorded), told)
        holds = [step for step in told["steps"] if step["outcome"] == "holds"]
        if told["level"] != "composite":
            check(any(step["text"].startswith(told["group"] + " ") for step in holds), told)
        printed = json.loads(run("explain", result, "--cell", f"case:{row['encounter']}:group", "--json", "--lang", "en",
                                 "--month", month, "--rules", rules))
        check({**printed, "run_id": told["run_id"]} == told, "the command says something else")
    steps = [step for row in answers[:40] for step in client.get(f"{MONTH}/cases/{row['encounter']}/grouping")["steps"]]
    check({"begins", "fails", "holds"} <= {step["outcome"] for step in steps}, "no rule failed")
    check(client.get(f"{MONTH}/cases/NOBODY/grouping", 404)["code"] == "not_found", "nobody's grouping")
    en, zh = (client.ask("GET", f"{MONTH}/cases/{answers[0]['encounter']}/grouping", headers={"Accept-Language": language})[1]
              for language in ("en", "zh"))
    check(any(step["text"].startswith("阶段") for step in zh["steps"]) and zh["level_words"] != en["level_words"], zh)


def test_changed_month(client, month, rules, names):
    """The month is imported anew: what needs the replaced tables is refused, names of groups stay."""
    lines = (month / "departments.csv").read_text().split("\n")
    lines[1] = lines[1].replace(",", ",新", 1)
    (month / "departments.csv").write_text("\n".join(lines))
    upload = client.upload(month, rules)
    check(client.wait(client.start_import(upload, "import-again"))["state"] == "done", "the second import")
    for path in ("/reports", "/reports/profit"):
        check(client.get(MONTH + path, 409)["code"] == "month_changed_since_run", path)
    for group in client.get(MONTH + "/groups")["groups"]:
        check(group["name"] == names.get(group["group"], ""), group)


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="yuanliu-reports-"))
    work.chmod(0o755)
    try:
        month, rules, result, names = make_hospital(work)
        department = next(row["department"] for row in rows_of(result / "department_profit.csv") if row["basis"] == "dip")
        with Server(YUANLIU, work / "data") as server:
            client = Client(server)
            client.set_up()
            check(client.get(MONTH + "/reports", 404)["code"] == "not_found", "reports of no month")
            upload = client.upload(month, rules)
            check(client.wait(client.start_import(upload, "import-it-1"))["state"] == "done", "import")
            check(client.get(MONTH + "/reports", 404)["code"] == "month_not_computed", "reports of no run")
            check(client.wait(client.start_run("run-it-now"))["state"] == "done", "run")
            test_names(client, result, names)
            test_every_report(client, result, department)
            test_wrong_questions(client)
            test_many_at_once(client, work / "data")
            test_grouping(client, month, rules, result)
            before = client.get(MONTH + "/reports/profit?by=department")
            check(server.stop() == 0, "no clean end")
        check(not list((work / "data" / "results").iterdir()), "results were left on disk")
        with Server(YUANLIU, work / "data") as server:
            client.server = server
            check(client.get(MONTH + "/reports/profit?by=department") == before, "another report after a restart")
            test_changed_month(client, month, rules, names)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{served.checks} checks passed")


if __name__ == "__main__":
    main()
