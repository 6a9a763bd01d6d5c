#!/usr/bin/env python3
"""The server's work killed at random moments: 10 times during an import, 10 times during a run.

After each kill the store must show the old state or the new one, whole: the exported month has the hash of one of the
two versions that were imported, and the current run, read through the API, is the one before or the one that was being
posted, with the result of headless computing. At the end a run again gives the same result hash. Seed and moments are
printed.

usage: store_kill_test.py YUANLIU YUANLIU_VERIFY
"""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from served import PERIOD, Client, Server, database_servers

KILLS = 10


def yuanliu(*arguments, code=0):
    done = subprocess.run([PROGRAM, *map(str, arguments), "--lang", "en"], capture_output=True, text=True, timeout=300)
    assert done.returncode == code, f"{arguments}: code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def said(text, word):
    return text.split(word + " ")[-1].split()[0]


def killed(seconds, *arguments):
    """Starts a command and kills it; False when it had ended before."""
    child = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    ended = child.poll() is not None
    if not ended:
        child.send_signal(signal.SIGKILL)
    child.wait()
    return not ended


def duration(*arguments):
    start = time.monotonic()
    yuanliu(*arguments)
    return time.monotonic() - start


def exported_hash(folder):
    shutil.rmtree(folder, ignore_errors=True)
    return said(yuanliu("export", "--period", PERIOD, "--out", folder, "--data", DATA), "month_hash")


def run_hash():
    return said(yuanliu("run", "--period", PERIOD, "--data", DATA), "result_hash")


class Reader:
    """Somebody who looks, between two commands, at what is visible."""

    def __init__(self):
        with Server(PROGRAM, DATA) as server:
            self.client = Client(server)
            self.client.set_up()

    def state(self):
        """The hash of the month, and the current run."""
        with Server(PROGRAM, DATA) as server:
            self.client.server = server
            month = self.client.get("/api/v1/months")["months"][0]
            if month["current_run"] is not None:
                summary = self.client.get(f"/api/v1/months/{PERIOD}/summary")
                assert summary["result_hash"] == month["current_run"]["result_hash"], "two current runs"
            return month["month_hash"], month["current_run"]


def kill_imports(versions, rules, out, reader):
    commands = [("import", folder, "--rules", rules, "--data", DATA) for folder, _ in versions]
    longest = duration(*commands[1])
    current, between = versions[1][1], 0
    pointer = reader.state()[1]
    for attempt in range(KILLS):
        target = 0 if current == versions[1][1] else 1
        moment = CHANCE.uniform(0, longest * 1.1)
        happened = killed(moment, *commands[target])
        found = exported_hash(out)
        assert found in (current, versions[target][1]), f"import killed at {moment:.3f} s: neither old nor new"
        assert reader.state() == (found, pointer), "an import moved the current run, or shows another month"
        print(f"import killed at {moment:.3f} s: {'new' if found != current else 'old'}{'' if happened else ' (had ended)'}")
        between += happened
        current = found
    return between


def kill_runs(expected, month_hash, reader):
    longest = duration("run", "--period", PERIOD, "--data", DATA)
    count, pointer = 0, reader.state()[1]
    for attempt in range(KILLS):
        moment = CHANCE.uniform(0, longest * 1.1)
        happened = killed(moment, "run", "--period", PERIOD, "--data", DATA)
        count += happened
        found = reader.state()
        assert found[0] == month_hash, "a run changed the month"
        assert found[1]["result_hash"] == expected, "the current run is neither the old one nor the new one"
        assert found[1] == pointer or found[1]["ended_at"] > pointer["ended_at"], "the current run went back"
        print(f"run killed at {moment:.3f} s: {'old' if found[1] == pointer else 'new'}{'' if happened else ' (had ended)'}")
        assert happened or found[1] != pointer, "a run that had ended is not the current one"
        if attempt % 3 == 2:
            assert run_hash() == expected, "the same month gave another result"
            found = reader.state()
        pointer = found[1]
    return count


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # The database runs as another user when we are root, and must be able to pass.
        folder.chmod(0o755)
        global DATA
        DATA = folder / "data"
        yuanliu("demo", folder / "demo", "--size", "clinic", "--months", "1", "--newest", PERIOD, "--seed", "7")
        rules = folder / "demo" / "rules"
        first = folder / "demo" / PERIOD
        second = folder / "second"
        shutil.copytree(first, second)
        manifest = json.loads((second / "manifest.json").read_text())
        manifest["hospital_name"] += "二"
        (second / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False))
        versions = [(path, said(yuanliu("import", path, "--rules", rules, "--data", DATA), "month_hash"))
                    for path in (first, second)]
        assert versions[0][1] != versions[1][1]
        assert run_hash()  # a current run, which no import may move
        reader = Reader()
        happened = kill_imports(versions, rules, folder / "out", reader)
        yuanliu("import", first, "--rules", rules, "--data", DATA)
        result = folder / "result"
        yuanliu("compute", first, "--rules", rules, "--out", result)
        expected = json.loads((result / "certificate.json").read_text())["result_hash"]
        assert run_hash() == expected, "the store computes another result than headless"
        happened += kill_runs(expected, versions[0][1], reader)
        assert run_hash() == expected, "the same month gave another result"
        assert not database_servers(DATA), "a database server outlived its process"
        assert happened >= KILLS, f"only {happened} of {2 * KILLS} commands were killed in time"
        print(f"{happened} of {2 * KILLS} commands were killed before they ended; never between")


if __name__ == "__main__":
    PROGRAM = sys.argv[1]
    SEED = int(os.environ.get("YUANLIU_KILL_SEED", random.SystemRandom().randrange(10**9)))
    CHANCE = random.Random(SEED)
    print("seed", SEED)
    main()
