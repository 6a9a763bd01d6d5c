"""What tests of the served server share: a server that is started and stopped, and a client that speaks to it.

Every server that is started is stopped, also on failure; only the loopback and free ports are used.
"""
import csv
import hashlib
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

PASSWORD = "correct horse battery staple"
PERIOD = "2026-09"
checks = 0


def check(condition, words):
    global checks
    checks += 1
    if not condition:
        raise AssertionError(words)


class Server:
    """`yuanliu serve` on a free port. As a context it is stopped at the end, whatever happened."""

    def __init__(self, program, data, *options):
        self.data = data
        self.log_file = data.parent / "server.log"
        self.log = open(self.log_file, "ab")
        temporary = data.parent / "tmp"
        temporary.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [program, "serve", "--data", data, "--listen", "127.0.0.1:0", *map(str, options)],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env={**os.environ, "TMPDIR": str(temporary)})
        self.token, self.port = "", 0
        for line in self.process.stdout:
            if "Setup token" in line:
                self.token = line.split(":")[-1].strip()
            if "listens on" in line:
                self.port = int(re.search(r":(\d+)$", line.strip())[1])
                break
        if self.port == 0:
            self.stop(signal.SIGKILL)
        check(self.port > 0, f"the server did not start; see {self.log_file}")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            sys.stderr.write("".join(self.log_file.read_text().splitlines(True)[-20:]))
        if self.process.poll() is None:
            self.stop()

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        self.log.close()
        return code


class Client:
    def __init__(self, server):
        self.server, self.cookie, self.csrf = server, "", ""

    def ask(self, method, path, body=None, headers=None, raw=None):
        headers = {"Accept-Language": "en", **(headers or {})}
        if body is not None:
            raw = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        if self.cookie:
            headers["Cookie"] = "yuanliu_session=" + self.cookie
        if self.csrf and method != "GET":
            headers.setdefault("X-CSRF-Token", self.csrf)
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request(method, path, raw, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        check(answer.getheader("X-Request-Id"), f"{method} {path} has no request id")
        kind = answer.getheader("Content-Type") or ""
        return answer, json.loads(text) if "json" in kind else text.decode()

    def get(self, path, status=200):
        answer, body = self.ask("GET", path)
        check(answer.status == status, f"GET {path}: {answer.status} {body}")
        return body

    def set_up(self, username="fin", password=PASSWORD):
        setup = {"token": self.server.token, "username": username, "password": password}
        answer, body = self.ask("POST", "/api/v1/setup", setup)
        check(answer.status == 201, body)
        answer, body = self.log_in(username, password)
        check(answer.status == 200, body)

    def log_in(self, username="fin", password=PASSWORD):
        answer, body = self.ask("POST", "/api/v1/session", {"username": username, "password": password})
        if answer.status == 200:
            self.cookie = re.search(r"yuanliu_session=([0-9a-f]{64}); Path=/; HttpOnly; SameSite=Lax",
                                    answer.getheader("Set-Cookie"))[1]
            self.csrf = body["csrf_token"]
        return answer, body

    def post_job(self, path, body, key):
        return self.ask("POST", path, body, {"Idempotency-Key": key})

    def start_import(self, upload, key):
        """The number of the job."""
        return self.accepted(*self.post_job("/api/v1/imports", {"upload": upload}, key))

    def start_run(self, key, period=PERIOD):
        return self.accepted(*self.post_job("/api/v1/runs", {"period": period}, key))

    @staticmethod
    def accepted(answer, job):
        check(answer.status == 202, f"{answer.status} {job}")
        return job["job"]

    def upload(self, month, rules):
        answer, body = self.ask("POST", "/api/v1/uploads")
        check(answer.status == 201, body)
        files = [(p, p.relative_to(month).as_posix()) for p in sorted(month.rglob("*")) if p.is_file()]
        files += [(p, "rules/" + str(p.relative_to(rules))) for p in sorted(rules.rglob("*")) if p.is_file()]
        for path, name in files:
            answer, problem = self.put(body["upload"], name, path.read_bytes())
            check(answer.status == 204, f"{name}: {answer.status} {problem}")
        return body["upload"]

    def put(self, upload, name, content):
        return self.ask("PUT", f"/api/v1/uploads/{upload}/files?path={name}", raw=content,
                        headers={"Content-Type": "application/octet-stream"})

    def events(self, job):
        """Follows a job to its end; what was sent, oldest first, as (event, job)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        try:
            connection.request("GET", f"/api/v1/jobs/{job}/events",
                               headers={"Cookie": "yuanliu_session=" + self.cookie, "Accept-Language": "en"})
            answer = connection.getresponse()
            check(answer.getheader("Content-Type") == "text/event-stream", "no event stream")
            text = answer.read().decode()
        finally:
            connection.close()
        parts = [re.fullmatch(r"event: (\w+)\ndata: (.*)", part) for part in text.strip().split("\n\n")
                 if not part.startswith(":")]
        check(parts and all(parts) and parts[-1][1] == "done", text)
        return [(part[1], json.loads(part[2])) for part in parts]

    def wait(self, job):
        return self.events(job)[-1][1]

    def wait_closely(self, job):
        """As `wait`, without the pause between two events: for measuring."""
        while (seen := self.get("/api/v1/jobs/" + job))["state"] in ("waiting", "running"):
            time.sleep(0.005)
        return seen


def fen(text):
    check(re.fullmatch(r"-?\d+\.\d{2}", text), f"not an amount: {text!r}")
    return int(text.replace(".", ""))


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def result_hash_of(result):
    return json.loads((result / "certificate.json").read_text())["result_hash"]


def check_groups(client, result):
    """The visible run is the one of the result folder, figure by figure; its groups."""
    certificate = json.loads((result / "certificate.json").read_text())
    summary = client.get(f"/api/v1/months/{PERIOD}/summary")
    check(summary["result_hash"] == certificate["result_hash"], "result hash differs from compute's")
    check(summary["profit"] == certificate["profit"] and summary["residual"] == "0.00", summary)
    groups = client.get(f"/api/v1/months/{PERIOD}/groups?sort=-cost")
    expected = {(r["basis"], r["group"]): r for r in rows_of(result / "group_profit.csv")}
    check(len(groups["groups"]) == len(expected), "other groups than compute")
    for group in groups["groups"]:
        row = expected[group["basis"], group["group"]]
        for name in ("charge", "payment", "cost", "policy_margin", "real_margin"):
            check(group[name] == row[name], f"{group['group']} {name}")
        check(str(group["cases"]) == row["cases"], group)
    return groups


def database_servers(data):
    """Processes of the database whose folder is in this data folder."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd").removesuffix(" (deleted)") == str(data / "cluster"):
                found.append(process.name)
        except OSError:
            pass
    return found


def socket_folder(data):
    """Where the embedded database of a data folder listens."""
    return pathlib.Path("/tmp/yuanliu-" + hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12])


def check_nothing_left(data):
    """Of a server that was ended: no database, no folder of sockets, no working folder, nothing in TMPDIR."""
    until = time.monotonic() + 30
    while database_servers(data) and time.monotonic() < until:
        time.sleep(0.1)
    check(not database_servers(data), "a database server outlived its process")
    sockets = socket_folder(data)
    check(not sockets.exists(), f"{sockets} was left behind")
    left = [path for folder in (data.parent / "tmp", data / "incoming", data / "scratch") if folder.exists()
            for path in folder.iterdir()]
    check(not left, f"left behind: {left}")
