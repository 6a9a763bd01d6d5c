#!/usr/bin/env python3
"""How long importing a month takes, as a ratio to a bare COPY of its charge lines: both into one fresh PostgreSQL, in
turns, on the same machine. Nothing is asserted; the figures are printed.

usage: import_bench.py YUANLIU MONTH_DIR RULES_DIR [TURNS]

The bare COPY takes charge_lines.csv as it stands (text format CSV, typed columns, no index, no constraint), and once more
in PostgreSQL's binary form, written before by COPY TO. Our import reads and checks all tables, stores them and attaches.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
COLUMNS = ("encounter text, line text, charged_on date, service_item text, ordering_department text, "
           "executing_department text, physician text, quantity numeric, charge numeric, refund_of text")
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


def psql(sockets, database, command):
    subprocess.run([BIN / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", sockets, "-U", "bench", "-d", database,
                    "-c", command], check=True)


def timed(action):
    start = time.monotonic()
    action()
    return time.monotonic() - start


def bench(program, month, rules, turns, home):
    cluster, sockets = home / "cluster", home / "s"
    sockets.mkdir()
    if AS_POSTGRES:
        subprocess.run(["chown", "postgres", home, sockets], check=True)
    subprocess.run([*AS_POSTGRES, BIN / "initdb", "-D", cluster, "--data-checksums", "-E", "UTF8", "--locale=C", "-U",
                    "bench", "--auth=trust", "--no-instructions"], check=True, stdout=subprocess.DEVNULL)
    settings = f"-k {sockets} -c listen_addresses= -c shared_buffers=256MB -c max_wal_size=4GB -c maintenance_work_mem=128MB -c jit=off"
    control = [*AS_POSTGRES, BIN / "pg_ctl", "-D", cluster, "-w", "-o", settings, "-l", home / "log"]
    subprocess.run([*control, "start"], check=True, stdout=subprocess.DEVNULL)
    try:
        psql(sockets, "postgres", "create database yuanliu")
        dsn = f"host={sockets} user=bench dbname=yuanliu"
        subprocess.run([program, "migrate", "--database", dsn], check=True, stdout=subprocess.DEVNULL)
        lines = sum(1 for _ in open(month / "charge_lines.csv", "rb")) - 1
        binary = home / "lines.bin"
        psql(sockets, "yuanliu", f"create table bare ({COLUMNS})")
        psql(sockets, "yuanliu", f"\\copy bare from '{month / 'charge_lines.csv'}' with (format csv, header)")
        psql(sockets, "yuanliu", f"\\copy bare to '{binary}' with (format binary)")
        print(f"{lines:,} charge lines, {(month / 'charge_lines.csv').stat().st_size / 1e6:,.0f} MB as CSV; "
              f"month folder {sum(p.stat().st_size for p in month.rglob('*') if p.is_file()) / 1e6:,.0f} MB")
        for turn in range(turns):
            seconds = {}
            for form, file in (("csv", month / "charge_lines.csv"), ("binary", binary)):
                psql(sockets, "yuanliu", "truncate bare")
                options = "format csv, header" if form == "csv" else "format binary"
                seconds[form] = timed(lambda: psql(sockets, "yuanliu", f"\\copy bare from '{file}' with ({options})"))
            seconds["import"] = timed(lambda: subprocess.run(
                [program, "import", month, "--rules", rules, "--database", dsn], check=True, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL))
            print(f"turn {turn + 1}: COPY csv {seconds['csv']:.1f} s, COPY binary {seconds['binary']:.1f} s, import "
                  f"{seconds['import']:.1f} s = {seconds['import'] / seconds['csv']:.2f} x csv, "
                  f"{seconds['import'] / seconds['binary']:.2f} x binary, {lines / seconds['import']:,.0f} lines/s")
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], stdout=subprocess.DEVNULL)


def main():
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        home.chmod(0o755)
        bench(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve(),
              int(sys.argv[4]) if len(sys.argv) > 4 else 3, home)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main()
