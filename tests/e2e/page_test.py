#!/usr/bin/env python3
"""Why this file: the page was proved against a fake server only; this walks it in a browser against the real one.

A new hospital from its first set-up: two months are imported through the page, a broken one is refused with its
mend, a month is computed and followed down to a voucher, in both widths and both themes. web-admin/screenshots.mjs
judges every screen; here it is given a real server, and what it says is checked.

usage: page_test.py YUANLIU YUANLIU_VERIFY
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from catalogue_rules import add_catalogue

YUANLIU = sys.argv[1]
ROOT = pathlib.Path(__file__).resolve().parents[2]
WEB = ROOT / "web-admin"
# Both widths, both themes, about 27 screens each.
FEWEST_PICTURES = 100
# Beside other tests on a slow machine it takes several times what it takes alone.
LONGEST_SECONDS = 1100


def node():
    """The Node of the pages' build, once everything that a walk needs is there."""
    ready = subprocess.run([ROOT / ".ci" / "web.sh", "ready"], capture_output=True, text=True)
    if ready.returncode == 0:
        return ready.stdout.strip()
    print(ready.stderr.strip())
    if os.environ.get("YUANLIU_SKIP_SETUP") == "1":
        print("skipped: nothing may be installed here (YUANLIU_SKIP_SETUP=1)")
        sys.exit(77)
    sys.exit(1)


def folders(work):
    """Month folders as a person chooses them, with the rules inside; one has a wrong amount."""
    demo = work / "demo"
    subprocess.run([YUANLIU, "demo", demo, "--size", "clinic", "--months", "2", "--newest", "2026-09", "--seed", "1"],
                   check=True, stdout=subprocess.DEVNULL)
    # With a catalogue, so that a case has a trace of the rules that were tried.
    add_catalogue([demo / "2026-08", demo / "2026-09"], demo / "rules")
    for month in ("2026-08", "2026-09"):
        shutil.copytree(demo / "rules", demo / month / "rules")
    broken = work / "broken"
    shutil.copytree(demo / "2026-09", broken)
    lines = (broken / "ledger.csv").read_text().split("\n")
    lines[2] = re.sub(r",-?\d+\.\d\d,", ",1.234,", lines[2], count=1)
    (broken / "ledger.csv").write_text("\n".join(lines))
    return demo / "2026-09", demo / "2026-08", broken


def start(work):
    """The server, its address and the set-up token."""
    with open(work / "server.log", "wb") as log:
        server = subprocess.Popen([YUANLIU, "serve", "--data", work / "data", "--listen", "127.0.0.1:0",
                                   "--web", WEB / "dist"], stdout=subprocess.PIPE, stderr=log, text=True)
    token = ""
    for line in server.stdout:
        if "Setup token" in line:
            token = line.split(":")[-1].strip()
        if "listens on" in line:
            return server, line.split()[-1], token
    server.wait(timeout=30)
    raise AssertionError("the server did not start: " + (work / "server.log").read_text()[-2000:])


def walk(program, base, token, months, broken, pictures):
    command = [program, WEB / "screenshots.mjs", "--base", base, "--user", "fin", "--token", token,
               "--password", "correct horse battery staple", "--out", pictures, "--broken", broken]
    for month in months:
        command += ["--upload", month]
    # A group of its own, so that a walk that hangs takes its browser along.
    process = subprocess.Popen(command, cwd=WEB, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               start_new_session=True)
    try:
        said, _ = process.communicate(timeout=LONGEST_SECONDS)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    return process.returncode, said


def judge(code, said, pictures):
    assert code == 0, "the walk found trouble"
    summary = re.search(r"(\d+) pictures in .*, (\d+) accessibility checks, 0 troubles", said)
    assert summary, "the walk did not come to its end"
    there = list(pictures.glob("*.png"))
    assert len(there) == int(summary[1]) >= FEWEST_PICTURES, f"{len(there)} pictures"
    assert int(summary[2]) >= FEWEST_PICTURES, "too few accessibility checks"
    for screen in ("01-setup", "03-months-none", "07-import-done", "09-broken-findings", "10-run-done",
                   "14-cases", "21-story-vouchers", "24-why", "25-reports", "26-report-transfers", "28-report-sheet",
                   "30-report-none"):
        for window in ("1440-light", "1440-dark", "390-light", "390-dark"):
            name = f"{screen}-{window}.png"
            assert (pictures / name).stat().st_size > 5000, f"{name} is empty"
    assert re.search(r"the broken folder: ledger\.csv 3 amount \| .*1\.234.* \| .+", said), "not the fault that was made"


def main():
    program = node()
    work = pathlib.Path(tempfile.mkdtemp(prefix="yuanliu-page-"))
    work.chmod(0o755)
    # The pictures stay, to be looked at.
    pictures = ROOT / "build" / "screenshots-server"
    shutil.rmtree(pictures, ignore_errors=True)
    server = None
    try:
        newest, earlier, broken = folders(work)
        server, base, token = start(work)
        code, said = walk(program, base, token, (newest, earlier), broken, pictures)
        print(said)
        judge(code, said, pictures)
    finally:
        if server is not None:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
            server.stdout.close()
        shutil.rmtree(work, ignore_errors=True)
    print(f"the pictures are in {pictures}")


if __name__ == "__main__":
    main()
