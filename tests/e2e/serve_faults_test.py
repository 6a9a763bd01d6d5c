#!/usr/bin/env python3
"""What can go wrong around a server that serves, each with a designed answer: a slow client, a cancelled job, a second
run, what a killed server left behind, another's database that is not migrated, dead, or dies and comes back.

usage: serve_faults_test.py YUANLIU YUANLIU_VERIFY
"""
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

import served
from external_database import ExternalDatabase
from served import PERIOD, Client, Server, check

PROGRAM = sys.argv[1]


class Month:
    def __init__(self, folder, seed):
        self.rules, self.folder, self.result = folder / "demo" / "rules", folder / "demo" / PERIOD, folder / "result"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 120}
        subprocess.run([PROGRAM, "demo", folder / "demo", "--size", "clinic", "--months", "1", "--newest", PERIOD,
                        "--seed", str(seed)], **quiet)
        subprocess.run([PROGRAM, "compute", self.folder, "--rules", self.rules, "--out", self.result], **quiet)


def done(client, job):
    ended = client.wait(job)
    check(ended["state"] == "done" and ended["progress"] == 100 and ended["message"] == "", ended)


def spoken(port, sent):
    """What the server says to raw bytes, and how long it took to close."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(sent)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer, time.monotonic() - began


def test_slow_clients(server):
    """With header_seconds = 1 and body_seconds = 1: the connection ends at the deadline, and the log says why."""
    head = b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    for sent, part in ((head[:40], "header"), (head + b"{", "body")):
        logged = server.log_file.read_text().count('"status":408')
        answer, took = spoken(server.port, sent)
        check(answer == b"" or b" 408 " in answer.split(b"\r\n")[0], answer)
        check(0.9 < took < 8, f"half a {part} held a connection for {took:.1f} s")
        longest = time.monotonic() + 5  # the line is written once the connection is closed
        while server.log_file.read_text().count('"status":408') == logged and time.monotonic() < longest:
            time.sleep(0.02)
        check(server.log_file.read_text().count('"status":408') == logged + 1, "the log does not say why")
    check(Client(server).get("/healthz") == {"status": "alive"}, "a slow client held the door")


def test_crowd_of_slow_bodies(server):
    """More bodies that trickle in than requests may wait: everybody else is served at once."""
    head = b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 65536\r\n\r\n{"
    crowd = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in range(65)]
    try:
        for one in crowd:
            one.sendall(head)
            time.sleep(0.02)  # not a burst of requests, which may be told to come back
        began = time.monotonic()
        client = Client(server)
        check(client.get("/healthz") == {"status": "alive"}, "a crowd of slow bodies held the door")
        answer, body = client.log_in()
        check(answer.status == 200, body)
        took = time.monotonic() - began
        check(took < 4, f"{took:.1f} s beside a crowd of slow bodies")
        for one in crowd:  # in memory, so they had to be whole by now
            one.settimeout(10)
            said = one.recv(65536)
            check(said == b"" or b" 408 " in said[:20], said)
    finally:
        for one in crowd:
            one.close()


def test_second_run(client, month):
    done(client, client.start_import(client.upload(month.folder, month.rules), "faults-import"))
    done(client, client.start_run("faults-run-1"))
    first = client.get("/api/v1/months")["months"][0]["current_run"]
    done(client, client.start_run("faults-run-2"))
    second = client.get("/api/v1/months")["months"][0]["current_run"]
    check(second["result_hash"] == first["result_hash"], "the same month gave another result")
    check(second["ended_at"] > first["ended_at"], "the second run is not the current one")
    served.check_groups(client, month.result)


class LockedTable:
    """A table that nobody else can read for a while: a job waits where it reads it."""

    def __init__(self, data, table):
        self.child = subprocess.Popen(
            ["/usr/lib/postgresql/15/bin/psql", "-h", served.socket_folder(data), "-U", "yuanliu", "-d", "yuanliu", "-qAt"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.child.stdin.write(f"begin; lock table {table} in access exclusive mode; select 'locked';\n")
        self.child.stdin.flush()
        check(self.child.stdout.readline().strip() == "locked", "the table could not be locked")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.stdin.write("rollback;\n")
        self.child.stdin.close()
        self.child.wait(timeout=30)
        self.child.stdout.close()


def stage_of(client, job, wanted):
    """Waits until a job shows this stage."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        seen = client.get("/api/v1/jobs/" + job)
        if seen["state"] == "running" and seen["stage"] == wanted:
            return seen
        time.sleep(0.02)
    raise AssertionError(f"never at {wanted}: {seen}")


def test_cancel(client, data, old, new):
    """Another month is imported, so that its run has to read it; the tables are held, so the moment is certain."""
    done(client, client.start_import(client.upload(new.folder, new.rules), "faults-import-new"))
    before = client.get("/api/v1/months")["months"][0]
    with LockedTable(data, "month.ledger"):
        job = client.start_run("faults-run-cancelled")
        seen = stage_of(client, job, "read")
        check(0 < seen["progress"] < 100, seen)
        answer, second = client.post_job("/api/v1/runs", {"period": PERIOD}, "faults-run-too-many")
        check(answer.status == 409 and second["code"] == "job_active", second)
        answer, body = client.ask("DELETE", "/api/v1/jobs/" + job)
        check(answer.status == 202 and body["state"] == "running", body)
    ended = client.events(job)[-1][1]
    check(ended["state"] == "cancelled" and "nothing was changed" in ended["message"], ended)
    check(client.get("/api/v1/months")["months"][0]["current_run"] == before["current_run"], "a cancelled run is there")
    served.check_groups(client, old.result)

    upload = client.upload(old.folder, old.rules)
    with LockedTable(data, "month.ledger"):
        job = client.start_import(upload, "faults-import-too-late")
        stage_of(client, job, "store")  # the last stage, where there is nothing left to end it at
        answer, body = client.ask("DELETE", "/api/v1/jobs/" + job)
        check(answer.status == 202 and body["state"] == "running", body)
    done(client, job)
    done(client, client.start_import(client.upload(new.folder, new.rules), "faults-import-again"))
    done(client, client.start_run("faults-run-after-cancel"))
    served.check_groups(client, new.result)


def test_what_was_left(data):
    """A killed import leaves a working folder; it goes at the next start."""
    for folder in (data / "scratch" / "yuanliu-import-killed" / "prior", data / "incoming"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ledger.csv").write_text("x")
    with Server(PROGRAM, data) as server:
        check(not any((data / "scratch").iterdir()) and not any((data / "incoming").iterdir()), "left behind")
        check(server.stop() == 0, "SIGTERM is not a clean end")
    served.check_nothing_left(data)


def refused(*arguments):
    """What a command says that can't start, and its exit code."""
    ended = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=60,
                           env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    check("terminate" not in ended.stderr and ended.stdout == "", ended)
    return ended.stderr, ended.returncode


def test_second_start(server, client, database, month, folder):
    """On the data of a living server: it is refused, and the living one goes on with its token, its upload and its jobs."""
    data = server.data
    upload = client.upload(month.folder, month.rules)
    kept = data / "incoming" / "on-its-way"
    kept.write_text("x")
    token = (data / "setup-token").read_text()
    for listen in ("127.0.0.1:0", f"127.0.0.1:{server.port}"):
        said, code = refused("serve", "--data", data, "--listen", listen, "--database", database.dsn)
        check(code != 0 and "in use by another yuanliu process" in said, (code, said))
    check(kept.exists() and (data / "setup-token").read_text() == token, "a refused start changed the data")
    kept.unlink()
    # A start that can't have its port leaves everything as well.
    other = folder / "other"
    (other / "incoming").mkdir(parents=True)
    (other / "incoming" / "left").write_text("x")
    (other / "setup-token").write_text("old")
    command = [PROGRAM, "serve", "--data", other, "--listen", f"127.0.0.1:{server.port}", "--database", database.dsn]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    check(ended.returncode != 0 and "Setup token" not in ended.stdout, ended)
    check((other / "incoming" / "left").exists() and (other / "setup-token").read_text() == "old", "cleaned too early")
    # Another server of the same database leaves the import to the one that has the upload.
    with Server(PROGRAM, other, "--database", database.dsn) as second:
        for round in range(3):
            done(client, client.start_import(upload, f"external-import-{round}"))
            upload = client.upload(month.folder, month.rules)
        check(second.stop() == 0, "SIGTERM is not a clean end")


def until_status(client, path, status):
    """Asks until this status comes; what else was seen on the way."""
    seen, until = set(), time.monotonic() + 60
    while time.monotonic() < until:
        answer, body = client.ask("GET", path)
        if answer.status == status:
            if status == 503:
                check(body["code"] == "database_unavailable" and answer.getheader("Retry-After"), body)
                check("database" in body["detail"], body)
            return seen
        seen.add(answer.status)
        time.sleep(0.05)
    raise AssertionError(f"{path} never gave {status}: {seen}")


def test_external(folder, month):
    data = folder / "external"
    with ExternalDatabase() as database:
        said, code = refused("serve", "--data", data, "--listen", "127.0.0.1:0", "--database", database.dsn)
        check(code == 2 and "yuanliu migrate" in said and "schema_not_current" in said, (code, said))
        subprocess.run([PROGRAM, "migrate", "--database", database.dsn], check=True, stdout=subprocess.DEVNULL, timeout=60)
        with Server(PROGRAM, data, "--database", database.dsn) as server:
            check(not (data / "cluster").exists(), "a database of our own beside another's")
            client = Client(server)
            check(server.token == (data / "setup-token").read_text().strip(), "another token than was printed")
            client.set_up()
            test_crowd_of_slow_bodies(server)
            test_second_start(server, client, database, month, folder)
            done(client, client.start_import(client.upload(month.folder, month.rules), "external-import"))
            done(client, client.start_run("external-run-1"))
            served.check_groups(client, month.result)
            database.kill()
            until_status(client, "/api/v1/months", 503)
            check(client.get("/healthz") == {"status": "alive"}, "healthz")
            check(client.ask("GET", "/readyz")[0].status == 503, "ready without a database")
            database.start()
            check(until_status(client, "/api/v1/months", 200) <= {503}, "other answers than 503")
            done(client, client.start_run("external-run-2"))
            served.check_groups(client, month.result)
            check(server.stop() == 0, "SIGTERM is not a clean end")
        dsn = database.dsn
    began = time.monotonic()
    said, code = refused("serve", "--data", data, "--listen", "127.0.0.1:0", "--database", dsn)
    check(code == 4 and "The database does not answer" in said, (code, said))
    said, code = refused("run", "--period", PERIOD, "--database", dsn, "--lang", "zh")
    check(code == 4 and "数据库没有响应" in said, (code, said))
    check(time.monotonic() - began < 30, "a dead database is noticed late")


def main():
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="yuanliu-serve-faults-") as name:
        folder = pathlib.Path(name)
        # The database runs as another user when we are root, and must be able to pass.
        folder.chmod(0o755)
        old, new = Month(folder / "old", 7), Month(folder / "new", 8)
        settings = folder / "serve.toml"
        settings.write_text("header_seconds = 1\nbody_seconds = 1\n")
        data = folder / "data"
        with Server(PROGRAM, data, "--config", settings) as server:
            client = Client(server)
            client.set_up()
            test_slow_clients(server)
            test_second_run(client, old)
            test_cancel(client, data, old, new)
            check(server.stop() == 0, "SIGTERM is not a clean end")
        test_what_was_left(data)
        test_external(folder, old)
    print(f"{served.checks} checks passed, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
