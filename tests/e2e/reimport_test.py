#!/usr/bin/env python3
"""An upload is frozen once its import is asked for, one server holds one hospital, and a run that people see is never
mixed with a month that was imported anew since.

usage: reimport_test.py YUANLIU YUANLIU_VERIFY
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from served import PERIOD, Client, Server, check, check_groups, fen, rows_of
import served

PROGRAM = sys.argv[1]
MONTH = f"/api/v1/months/{PERIOD}"


def done(client, job):
    ended = client.wait(job)
    check(ended["state"] == "done", ended)


def refused(answer, body, status, code):
    check(answer.status == status and body["code"] == code, f"{answer.status} {body}")


def test_frozen_upload(client, month, rules):
    upload = client.upload(month, rules)
    job = client.start_import(upload, "frozen-import")
    manifest = (month / "manifest.json").read_bytes().replace(PERIOD.encode(), b"2026-01")
    for name in ("manifest.json", "prior/manifest.json", "rules/payment.toml"):
        refused(*client.put(upload, name, manifest), 404, "not_found")
    refused(*client.put("." + upload, "manifest.json", manifest), 404, "not_found")
    done(client, job)
    check([m["period"] for m in client.get("/api/v1/months")["months"]] == [PERIOD], "another month was imported")
    left = list((client.server.data / "uploads").iterdir())
    check(not left, f"left of uploads: {left}")


def test_key_before_upload(client):
    refused(*client.post_job("/api/v1/imports", {"upload": "other"}, "frozen-import"), 422, "idempotency_key_reused")
    refused(*client.post_job("/api/v1/imports", {"upload": "other"}, "never-used-key"), 404, "not_found")


def test_manifest_of_any_size(client, month, rules):
    upload = client.upload(month, rules)
    manifest = json.loads((month / "manifest.json").read_text())
    client.put(upload, "manifest.json", (json.dumps(manifest) + " " * 70_000).encode())
    refused(*client.post_job("/api/v1/imports", {"upload": upload}, "large-manifest"), 400, "field_invalid")
    # It can still be mended; then another hospital's month has no place here.
    manifest["hospital"] = "ELSEWHERE"
    answer, body = client.put(upload, "manifest.json", json.dumps(manifest).encode())
    check(answer.status == 204, body)
    answer, body = client.post_job("/api/v1/imports", {"upload": upload}, "other-hospital")
    refused(answer, body, 409, "other_hospital")
    check("ELSEWHERE" in body["title"], body)


def all_cases(client):
    cases = {}
    for group in client.get(MONTH + "/groups")["groups"]:
        for case in client.get(f"{MONTH}/cases?basis={group['basis']}&group={group['group']}&page_size=1000")["cases"]:
            cases[case["encounter"]] = case
    return cases


def imported_anew(month, folder):
    """The month with other record numbers, and nothing carried into it."""
    shutil.copytree(month, folder)
    shutil.rmtree(folder / "prior")
    rows = (folder / "encounters.csv").read_text().splitlines()
    column = rows[0].split(",").index("record_number")
    altered = [rows[0]]
    for row in rows[1:]:
        cells = row.split(",")
        cells[column] = cells[column] and "X" + cells[column]
        altered.append(",".join(cells))
    (folder / "encounters.csv").write_text("\n".join(altered) + "\n")
    return folder


def test_month_imported_anew(client, month, rules, result, work):
    done(client, client.start_run("run-before"))
    before = all_cases(client)
    opening = {row["encounter"]: fen(row["opening_cost"]) for row in rows_of(result / "patients.csv")}
    carried = next(e for e in before if opening[e] != 0)
    fresh = next(e for e in before if opening[e] == 0)
    for encounter in (carried, fresh):
        detail = client.get(f"{MONTH}/cases/{encounter}")
        check(sum(fen(p["cost"]) for p in detail["parts"]) == fen(detail["case"]["cost"]), detail)
    cells = [f"patient:{fresh}", f"patient:{carried}", "department:" + before[fresh]["department"]]
    for cell in cells:
        client.get(f"{MONTH}/explanation?cell={cell}")

    done(client, client.start_import(client.upload(imported_anew(month, work / "anew"), rules), "import-anew"))
    check_groups(client, result)
    after = all_cases(client)
    names = {"record_number": "", "department_name": None}
    check({e: {**c, **names} for e, c in before.items()} == {e: {**c, "department_name": None} for e, c in after.items()},
          "the cases of the run changed with the month")
    detail = client.get(f"{MONTH}/cases/{fresh}")
    check(sum(fen(p["cost"]) for p in detail["parts"]) == fen(detail["case"]["cost"]), detail)
    for path in (f"cases/{carried}", *("explanation?cell=" + cell for cell in cells)):
        problem = client.get(f"{MONTH}/{path}", 409)
        check(problem["code"] == "month_changed_since_run" and PERIOD in problem["title"], problem)

    done(client, client.start_run("run-after"))
    after = all_cases(client)
    check(any(c["record_number"].startswith("X") for c in after.values()), "names of the new import")
    for encounter in (fresh, carried):
        detail = client.get(f"{MONTH}/cases/{encounter}")
        check(sum(fen(p["cost"]) for p in detail["parts"]) == fen(detail["case"]["cost"]), detail)
        explained = client.get(f"{MONTH}/explanation?cell=patient:{encounter}")
        check(explained["total"] == detail["case"]["cost"], explained)


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="yuanliu-reimport-"))
    work.chmod(0o755)
    try:
        demo, result = work / "demo", work / "result"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 120}
        subprocess.run([PROGRAM, "demo", demo, "--size", "clinic", "--months", "1", "--newest", PERIOD], **quiet)
        month, rules = demo / PERIOD, demo / "rules"
        subprocess.run([PROGRAM, "compute", month, "--rules", rules, "--out", result], **quiet)
        with Server(PROGRAM, work / "data") as server:
            client = Client(server)
            client.set_up()
            test_frozen_upload(client, month, rules)
            test_key_before_upload(client)
            test_manifest_of_any_size(client, month, rules)
            test_month_imported_anew(client, month, rules, result, work)
            check(server.stop() == 0, "no clean end")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{served.checks} checks passed")


if __name__ == "__main__":
    main()
