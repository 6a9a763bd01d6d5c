"""Somebody else's PostgreSQL: made, started, killed and stopped by a test, as its owner would. Loopback only."""
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")


class ExternalDatabase:
    """As a context it is stopped and removed at the end, whatever happened."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yuanliu-external-"))
        self.server = None
        # PostgreSQL refuses to run as root.
        self.account = {}
        if os.geteuid() == 0:
            postgres = pwd.getpwnam("postgres")
            os.chown(self.folder, postgres.pw_uid, postgres.pw_gid)
            self.account = {"user": postgres.pw_uid, "group": postgres.pw_gid, "extra_groups": []}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.dsn = f"host=127.0.0.1 port={self.port} user=yuanliu dbname=yuanliu connect_timeout=5"

    def __enter__(self):
        try:
            self.program("initdb", "-D", self.folder / "data", "-U", "yuanliu", "--auth=trust", "-E", "UTF8", "--locale=C")
            self.start()
            self.program("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "yuanliu", "yuanliu")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # fast: whoever is connected is sent away
            try:
                self.server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def program(self, name, *arguments):
        subprocess.run([PROGRAMS / name, *map(str, arguments)], cwd=self.folder, check=True, timeout=120,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.account)

    def start(self):
        """As our own child, so that nothing remains of it in the table of processes once it is dead."""
        log = open(self.folder / "log", "ab")
        self.server = subprocess.Popen(
            [PROGRAMS / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-c", "listen_addresses=127.0.0.1",
             "-c", f"unix_socket_directories={self.folder}"], cwd=self.folder, stdout=log, stderr=log, **self.account)
        log.close()
        until = time.monotonic() + 60
        ready = [PROGRAMS / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready, check=False, timeout=30).returncode != 0:
            assert self.server.poll() is None and time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.05)

    def kill(self):
        """The server, at once; its children notice and end too, and only then it can be started again."""
        self.server.kill()
        self.server.wait()
        until = time.monotonic() + 30
        while self.processes() and time.monotonic() < until:
            time.sleep(0.05)
        assert not self.processes(), "children of a killed server live on"

    def processes(self):
        """Processes that work in the folder of the database."""
        found = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if os.readlink(process / "cwd") == str(self.folder / "data"):
                    found.append(process.name)
            except OSError:
                pass
        return found
