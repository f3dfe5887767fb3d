"""A real PostgreSQL server on loopback for a test, from the machine's own packages."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.month import free_port
from tests.server import is_running, wait_for

_USER = "postgres"


def binaries() -> Path:
    """The folder of initdb and pg_ctl; skips the test where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return found[-1].resolve().parent


@dataclass
class Postgres:
    """A server in a temporary folder, which a test may kill and start again."""

    folder: Path
    port: int

    @property
    def prefect_url(self) -> str:
        """The URL of its database for Prefect."""
        return f"postgresql+asyncpg://prefect:secret-word@127.0.0.1:{self.port}/postgres"

    @property
    def options(self) -> str:
        """The options of libpq that reach its database."""
        return f"host=127.0.0.1 port={self.port} user=prefect dbname=postgres"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-h 127.0.0.1 -p {self.port} -k '' -c fsync=off"
        self.run("pg_ctl", "-o", options, "-l", f"{self.folder}/log", "-w", "start")

    def kill(self) -> None:
        """End the server and all its processes, as a power failure would."""
        server = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        for pid in (server, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not any(is_running(int(pid)) for pid in (server, *children)))
        (self.folder / "data" / "postmaster.pid").unlink()  # its number may still be that of a zombie

    def run(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL; as root, which PostgreSQL refuses, as the user `postgres`."""
        command = [str(binaries() / program), "-D", f"{self.folder}/data", *arguments]
        user = _account().pw_uid if os.geteuid() == 0 else None
        with (self.folder / "out").open("ab") as log:  # a pipe would stay open in the server
            done = subprocess.run(command, user=user, stdout=log, stderr=log, timeout=120, cwd="/")
        assert done.returncode == 0, (self.folder / "out").read_text()


def _account() -> pwd.struct_passwd:
    return pwd.getpwnam(_USER) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a server in a temporary folder, and stop it at the end, unless the test has killed it."""
    binaries()
    # Not in pytest's folders: those are closed to other users.
    with TemporaryDirectory(prefix="newsvane-postgres-", ignore_cleanup_errors=True) as folder:
        os.chown(folder, _account().pw_uid, _account().pw_gid)
        server = Postgres(Path(folder), free_port())
        server.run("initdb", "-U", "prefect", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        server.start()
        try:
            yield server
        finally:
            with suppress(AssertionError):
                server.run("pg_ctl", "-m", "immediate", "-w", "stop")
