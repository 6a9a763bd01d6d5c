#!/usr/bin/env python3
"""The real server over real PostgreSQL: what a finance person does in a month, and what goes wrong.

Every server that is started is stopped, also on failure; only the loopback and free ports are used.

usage: serve_test.py YUANLIU YUANLIU_VERIFY
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import served
from served import PASSWORD, Client, Server, check, check_groups, fen, rows_of

YUANLIU = sys.argv[1]


def test_strangers(client):
    check(client.get("/healthz") == {"status": "alive"}, "healthz")
    check(client.get("/readyz") == {"status": "ready"}, "readyz")
    migrations = pathlib.Path(__file__).resolve().parents[2] / "sql" / "migrations"
    newest = max(path.stem for path in migrations.glob("*.sql"))
    check(client.get("/version")["schema"].startswith(newest[:4]), "version")
    check(client.get("/api/v1/setup") == {"needed": True}, "setup needed")
    check(client.get("/nowhere", 404)["code"] == "route_unknown", "unknown route")
    check(client.get("/api/v1/months", 401)["code"] == "not_logged_in", "login needed")
    answer, body = client.ask("PATCH", "/api/v1/session")
    check(answer.status == 405 and answer.getheader("Allow") == "POST, GET, DELETE", body)
    answer, body = client.ask("POST", "/api/v1/session", {"username": "a" * 70_000, "password": ""})
    check(answer.status == 413 and body["code"] == "body_too_large", body)
    answer, body = client.ask("POST", "/api/v1/session", raw=b"{}", headers={"Content-Type": "text/plain"})
    check(answer.status == 415, body)
    answer, body = client.ask("POST", "/api/v1/session", raw=b"{", headers={"Content-Type": "application/json"})
    check(answer.status == 400 and body["code"] == "json_malformed", body)
    answer, body = client.ask("POST", "/api/v1/session", {"username": "a", "password": 1, "extra": 2})
    check({e["pointer"] for e in body["errors"]} == {"/password", "/extra"}, body)


def test_setup_and_login(server, client):
    answer, body = client.ask("POST", "/api/v1/setup",
                              {"token": "0" * 64, "username": "fin", "password": PASSWORD})
    check(answer.status == 403 and body["code"] == "setup_token_refused", body)
    token_file = server.data / "setup-token"
    check(token_file.stat().st_mode & 0o777 == 0o600, "the token file is open to others")
    check(token_file.read_text().strip() == server.token, "the token file differs")
    setup = {"token": server.token, "username": "fin", "password": PASSWORD}
    answer, body = client.ask("POST", "/api/v1/setup", setup)
    check(answer.status == 201, body)
    answer, body = client.ask("POST", "/api/v1/setup", setup)
    check(answer.status == 409 and body["code"] == "already_set_up", body)
    _, wrong = client.log_in(password="wrong")
    _, nobody = client.log_in(username="nobody", password="wrong")
    check(wrong["code"] == "login_failed", wrong)
    check({**wrong, "request_id": ""} == {**nobody, "request_id": ""}, "answers tell users apart")
    for _ in range(6):
        answer, body = client.log_in(username="guess", password="wrong")
    check(answer.status == 429 and int(answer.getheader("Retry-After")) > 0, body)
    answer, body = client.log_in()
    check(answer.status == 200 and body["role"] == "administrator", body)
    answer, body = client.ask("POST", "/api/v1/uploads", headers={"X-CSRF-Token": "wrong"})
    check(answer.status == 403 and body["code"] == "csrf_refused", body)


def test_broken_import(client, demo, folder):
    shutil.copytree(demo / "2026-09", folder)
    text = (folder / "ledger.csv").read_text().split("\n")
    text[2] = re.sub(r",-?\d+\.\d\d,", ",1.234,", text[2], count=1)
    (folder / "ledger.csv").write_text("\n".join(text))
    upload = client.upload(folder, demo / "rules")
    answer, _ = client.put(upload, "../evil.csv", b"x")
    check(answer.status == 400, "a path out of the folder")
    answer, body = client.put(upload, "ledger.exe", b"x")
    check(answer.status == 400 and body["code"] == "file_name_invalid", body)
    answer, job = client.post_job("/api/v1/imports", {"upload": upload}, "broken-import-1")
    check(answer.status == 202, job)
    job = client.wait(job["job"])
    check(job["state"] == "failed", job)
    check(job["message"].startswith("Findings stop it"), job)
    zh = client.ask("GET", "/api/v1/jobs/" + job["job"], headers={"Accept-Language": "zh"})[1]
    check(zh["message"].startswith("有必须处理的问题"), zh)
    stops = [f for f in job["findings"] if f["severity"] == "stop"]
    check(stops and stops[0]["file"] == "ledger.csv" and stops[0]["row"] == 3, stops)
    check(stops[0]["column"] == "amount" and "1.234" in stops[0]["message"], stops)
    check(client.get("/api/v1/months") == {"months": []}, "a broken month is there")


def test_import_and_run(client, demo):
    upload = client.upload(demo / "2026-09", demo / "rules")
    answer, job = client.post_job("/api/v1/imports", {"upload": upload}, "import-key-1")
    check(answer.status == 202 and answer.getheader("Location") == "/api/v1/jobs/" + job["job"], job)
    check(client.wait(job["job"])["state"] == "done", client.get("/api/v1/jobs/" + job["job"]))
    answer, again = client.post_job("/api/v1/imports", {"upload": upload}, "import-key-1")
    check(answer.status == 202 and again["job"] == job["job"], "a repeated key made another job")
    answer, body = client.post_job("/api/v1/imports", {"upload": "other"}, "import-key-1")
    check(answer.status == 422 and body["code"] == "idempotency_key_reused", body)
    check(client.get("/api/v1/months/2026-09/summary", 404)["code"] == "month_not_computed", "not run")
    answer, body = client.post_job("/api/v1/runs", {"period": "2020-01"}, "run-key-none")
    check(answer.status == 404, body)
    answer, first = client.post_job("/api/v1/runs", {"period": "2026-09"}, "run-key-1")
    check(answer.status == 202, first)
    answer, second = client.post_job("/api/v1/runs", {"period": "2026-09"}, "run-key-2")
    check(answer.status == 409 and second["code"] == "job_active", second)
    answer, repeated = client.post_job("/api/v1/runs", {"period": "2026-09"}, "run-key-1")
    check(answer.status == 202 and repeated["job"] == first["job"], repeated)
    answer, body = client.post_job("/api/v1/runs", {"period": "2026-08"}, "run-key-1")
    check(answer.status == 422 and body["code"] == "idempotency_key_reused", body)
    check(client.wait(first["job"])["state"] == "done", client.get("/api/v1/jobs/" + first["job"]))
    answer, body = client.ask("DELETE", "/api/v1/jobs/" + first["job"])
    check(answer.status == 409 and body["code"] == "job_finished", body)


def test_results(client, result):
    month = client.get("/api/v1/months")["months"][0]
    check(month["current_run"]["result_hash"] == served.result_hash_of(result), month)
    groups = check_groups(client, result)
    costs = [fen(g["cost"]) for g in groups["groups"]]
    check(costs == sorted(costs, reverse=True), "not sorted")
    check(fen(groups["totals"]["cost"]) == sum(costs), "totals")
    top = groups["groups"][0]
    page = client.get(f"/api/v1/months/2026-09/cases?basis={top['basis']}&group={top['group']}&page_size=2")
    cases, token = page["cases"], page["next_page_token"]
    while token:
        page = client.get(f"/api/v1/months/2026-09/cases?basis={top['basis']}&group={top['group']}"
                          f"&page_size=2&page_token={token}")
        cases, token = cases + page["cases"], page["next_page_token"]
    check(len(cases) == top["cases"] and sum(fen(c["cost"]) for c in cases) == fen(top["cost"]), "cases")
    detail = client.get("/api/v1/months/2026-09/cases/" + cases[0]["encounter"])
    check(sum(fen(p["cost"]) for p in detail["parts"]) == fen(detail["case"]["cost"]), detail)
    check_explanations(client, cases[0], result)
    check(client.get("/api/v1/months/2026-09/groups?sort=evil", 400)["code"] == "parameter_invalid", "sort")
    client.get("/api/v1/months/2026-13/groups", 400)
    client.get("/api/v1/months/2026-09/cases/NOBODY", 404)


def check_explanations(client, case, result):
    patient = client.get("/api/v1/months/2026-09/explanation?cell=patient:" + case["encounter"])
    check(patient["total"] == case["cost"], patient)
    check(sum(fen(p["amount"]) for p in patient["parts"]) == fen(case["cost"]), "patient's parts")
    full = {}
    for row in rows_of(result / "department_cost.csv"):
        if row["kind"] == "full":
            full[row["department"]] = full.get(row["department"], 0) + fen(row["cost"])
    for code in list(full)[:6] + [case["department"]]:
        cell = client.get("/api/v1/months/2026-09/explanation?cell=department:" + code)
        check(fen(cell["total"]) == full[code], code)
        check(sum(fen(p["amount"]) for p in cell["parts"]) == full[code], code)
    opens = next(p["cell"] for p in cell["parts"] if p["kind"] == "transfer")
    client.get("/api/v1/months/2026-09/explanation?cell=" + opens)
    client.get("/api/v1/months/2026-09/explanation?cell=nonsense", 400)
    client.get("/api/v1/months/2026-09/explanation?cell=patient:NOBODY", 404)


def test_dead_database(server, client):
    pid = int((server.data / "cluster" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    seen, until = set(), time.time() + 60
    while time.time() < until:
        answer, body = client.ask("GET", "/api/v1/months")
        seen.add(answer.status)
        if answer.status == 503:
            check(body["code"] == "database_unavailable" and answer.getheader("Retry-After"), body)
        if answer.status == 200 and 503 in seen:
            break
        check(client.get("/healthz") == {"status": "alive"}, "healthz")
        time.sleep(0.05)
    check(seen == {200, 503}, f"dead database: {seen}")


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="yuanliu-serve-"))
    work.chmod(0o755)
    server = None
    try:
        demo, result = work / "demo", work / "result"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([YUANLIU, "demo", demo, "--size", "clinic", "--months", "1"], **quiet)
        subprocess.run([YUANLIU, "compute", demo / "2026-09", "--rules", demo / "rules", "--out", result],
                       **quiet)
        server = Server(YUANLIU, work / "data")
        client = Client(server)
        test_strangers(client)
        test_setup_and_login(server, client)
        test_broken_import(client, demo, work / "broken")
        test_import_and_run(client, demo)
        test_results(client, result)
        test_dead_database(server, client)
        began = time.time()
        check(server.stop() == 0 and time.time() - began < 10, "SIGTERM is not a clean end")
        server = Server(YUANLIU, work / "data")
        client.server = server
        check(server.token == "", "a second setup token")
        test_results(client, result)  # the session and the results outlive the server
        answer, job = client.post_job("/api/v1/runs", {"period": "2026-09"}, "run-killed")
        check(answer.status == 202, job)
        server.stop(signal.SIGKILL)
        server = Server(YUANLIU, work / "data")
        client.server = server
        ended = client.wait(job["job"])
        check(ended["state"] in ("done", "failed"), ended)
        answer, job = client.post_job("/api/v1/runs", {"period": "2026-09"}, "run-after-kill")
        check(answer.status == 202 and client.wait(job["job"])["state"] == "done", job)
        test_results(client, result)
        answer, _ = client.ask("DELETE", "/api/v1/session")
        check(answer.status == 204, "logout")
        client.get("/api/v1/session", 401)
    except BaseException:
        log = work / "server.log"
        if log.exists():
            sys.stderr.write("".join(log.read_text().splitlines(True)[-20:]))
        raise
    finally:
        if server is not None and server.process.poll() is None:
            server.stop()
        shutil.rmtree(work, ignore_errors=True)
    print(f"{served.checks} checks passed")


if __name__ == "__main__":
    main()
