#!/usr/bin/env python3
"""The served server killed at random moments: 10 times while an import is at work, 10 times while a run is.

After each kill the server is started again on the same data, and the state is judged by what people see: the month and
the current run are the old ones or the new ones, whole. A job that is shown as done has its effect, one that is shown
as interrupted has none. Asked again with a new key, it gives the result of headless computing. Seed and moments are
printed; YUANLIU_KILL_SEED repeats them.

usage: serve_kill_test.py YUANLIU YUANLIU_VERIFY
"""
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import served
from served import PERIOD, Client, Server, check

PROGRAM = sys.argv[1]
KILLS = 10
SEED = int(os.environ.get("YUANLIU_KILL_SEED", random.SystemRandom().randrange(10**9)))
CHANCE = random.Random(SEED)


class Version:
    """A month as a folder, with what headless computing makes of it."""

    def __init__(self, folder, seed):
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 120}
        self.rules, self.month, self.result = folder / "demo" / "rules", folder / "demo" / PERIOD, folder / "result"
        subprocess.run([PROGRAM, "demo", folder / "demo", "--size", "clinic", "--months", "1", "--newest", PERIOD,
                        "--seed", str(seed)], **quiet)
        subprocess.run([PROGRAM, "compute", self.month, "--rules", self.rules, "--out", self.result], **quiet)
        self.result_hash = served.result_hash_of(self.result)
        self.month_hash = None  # as the first import shows it


class Killed:
    """A server that is killed and started again, seen by somebody who logs in each time."""

    def __init__(self, data):
        self.data, self.keys = data, 0
        self.server = Server(PROGRAM, data)
        self.client = Client(self.server)
        self.client.set_up()

    def kill_and_restart(self):
        self.server.stop(signal.SIGKILL)
        self.server = Server(PROGRAM, self.data)
        self.client = Client(self.server)
        answer, body = self.client.log_in()
        check(answer.status == 200, body)

    def key(self):
        self.keys += 1
        return f"serve-kill-{self.keys:04}"

    def state(self):
        """What is visible: hash of the month, the current run."""
        months = self.client.get("/api/v1/months")["months"]
        check(len(months) == 1 and months[0]["period"] == PERIOD, months)
        return months[0]["month_hash"], months[0]["current_run"]

    def import_now(self, version, upload=None):
        """Imports to the end; how long the job took."""
        upload = upload or self.client.upload(version.month, version.rules)
        start = time.monotonic()
        job = self.client.wait_closely(self.client.start_import(upload, self.key()))
        took = time.monotonic() - start
        check(job["state"] == "done", job)
        version.month_hash = version.month_hash or self.state()[0]
        check(self.state()[0] == version.month_hash, "another month than was imported")
        return took

    def run_now(self, version):
        """Runs to the end; the result is that of headless computing, figure by figure."""
        before = self.state()[1]
        start = time.monotonic()
        job = self.client.wait_closely(self.client.start_run(self.key()))
        took = time.monotonic() - start
        check(job["state"] == "done", job)
        check(self.state()[1] != before, "a run that is done is not the current one")
        served.check_groups(self.client, version.result)
        return took

    def judge(self, job, is_new):
        """The job says what happened to it, and it is true. Returns its words for the log."""
        ended = self.client.wait(job)
        if ended["state"] == "done":
            check(is_new(), "a job is done without its effect")
            return "done, new"
        check(ended["state"] == "failed" and ended["stage"] == "interrupted", ended)
        check(ended["message"].startswith("The server was ended during this job"), ended)
        check(not is_new(), "an interrupted job has had an effect")
        return "interrupted, old"


def kill_imports(it, versions, longest):
    current, interrupted = versions[0], 0
    for _ in range(KILLS):
        other = versions[1] if current is versions[0] else versions[0]
        pointer = it.state()[1]
        upload = it.client.upload(other.month, other.rules)
        moment = CHANCE.uniform(0, longest * 1.1)
        job = it.client.start_import(upload, it.key())
        time.sleep(moment)
        it.kill_and_restart()
        words = it.judge(job, lambda: it.state()[0] == other.month_hash)
        month_hash, run = it.state()
        check(month_hash in (current.month_hash, other.month_hash), f"import killed at {moment:.3f} s: between")
        check(run == pointer, "an import moved the current run")
        served.check_groups(it.client, current.result)  # the run of the old month stays whole
        print(f"import killed at {moment:.3f} s: {words}", flush=True)
        if month_hash == current.month_hash:
            interrupted += 1
            it.import_now(other, upload)  # what was uploaded is still there
        it.run_now(other)
        current = other
    return current, interrupted


def kill_runs(it, version, longest):
    interrupted = 0
    for _ in range(KILLS):
        pointer = it.state()[1]
        moment = CHANCE.uniform(0, longest * 1.1)
        job = it.client.start_run(it.key())
        time.sleep(moment)
        it.kill_and_restart()
        words = it.judge(job, lambda: it.state()[1] != pointer)
        check(it.state()[0] == version.month_hash, "a run changed the month")
        served.check_groups(it.client, version.result)
        print(f"run killed at {moment:.3f} s: {words}", flush=True)
        interrupted += it.state()[1] == pointer
        it.run_now(version)
    return interrupted


def main():
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="yuanliu-serve-kill-") as name:
        folder = pathlib.Path(name)
        # The database runs as another user when we are root, and must be able to pass.
        folder.chmod(0o755)
        versions = [Version(folder / str(seed), seed) for seed in (7, 8)]
        check(versions[0].result_hash != versions[1].result_hash, "two months of one content")
        it = Killed(folder / "data")
        try:
            it.import_now(versions[1])
            longest = it.import_now(versions[0])
            it.run_now(versions[0])
            longest_run = it.run_now(versions[0])  # the first one has also written the snapshot
            print(f"an import takes {longest:.3f} s, a run {longest_run:.3f} s", flush=True)
            current, interrupted = kill_imports(it, versions, longest)
            interrupted += kill_runs(it, current, longest_run)
            check(interrupted >= KILLS // 2, f"only {interrupted} of {2 * KILLS} jobs were killed in time")
            it.server.stop(signal.SIGKILL)
            with Server(PROGRAM, it.data) as last:
                check(last.stop() == 0, "SIGTERM is not a clean end")
            served.check_nothing_left(it.data)
        except BaseException:
            sys.stderr.write("".join(it.server.log_file.read_text().splitlines(True)[-20:]))
            raise
        finally:
            if it.server.process.poll() is None:
                it.server.stop()
    print(f"{interrupted} of {2 * KILLS} jobs were interrupted, the others had ended; never between; "
          f"{served.checks} checks, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    print("seed", SEED, flush=True)
    main()
