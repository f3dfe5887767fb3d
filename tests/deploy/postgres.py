"""A real PostgreSQL server on loopback for one test, from the machine's own packages."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.month import free_port

_USER = "postgres"


def binaries() -> Path:
    """The folder of initdb and pg_ctl; skips the test where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return found[-1].resolve().parent


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server in a temporary folder, yield the URL of its database for Prefect, stop it at the end.

    PostgreSQL refuses to run as root: then it runs as the user `postgres`.
    """
    programs, port = binaries(), free_port()
    account = pwd.getpwnam(_USER) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    # Not in pytest's folders: those are closed to other users.
    with TemporaryDirectory(prefix="newsvane-postgres-", ignore_cleanup_errors=True) as folder:
        os.chown(folder, account.pw_uid, account.pw_gid)

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), "-D", f"{folder}/data", *arguments]
            user = account.pw_uid if os.geteuid() == 0 else None
            with Path(folder, "out").open("ab") as log:  # a pipe would stay open in the server
                done = subprocess.run(command, user=user, stdout=log, stderr=log, timeout=120, cwd="/")
            assert done.returncode == 0, Path(folder, "out").read_text()

        run("initdb", "-U", "prefect", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        run("pg_ctl", "-o", f"-h 127.0.0.1 -p {port} -k '' -c fsync=off", "-l", f"{folder}/log", "-w", "start")
        try:
            yield f"postgresql+asyncpg://prefect:secret-word@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "-w", "stop")
