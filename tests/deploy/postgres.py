"""A real PostgreSQL server on loopback for one test, from the machine's own packages."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
def postgres(folder: Path) -> Iterator[str]:
    """Start a server whose files are in `folder`, yield the URL of its database for Prefect, stop it at the end.

    PostgreSQL refuses to run as root: then it runs as the user `postgres`.
    """
    programs, port = binaries(), free_port()
    folder.mkdir(parents=True)
    user = None
    if os.geteuid() == 0:
        user = pwd.getpwnam(_USER).pw_uid
        os.chown(folder, user, -1)
        for parent in folder.parents[:3]:  # pytest's folders are closed to other users
            parent.chmod(parent.stat().st_mode | 0o011)
    data, options = str(folder / "data"), f"-h 127.0.0.1 -p {port} -k '' -c fsync=off"

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        subprocess.run(command, user=user, check=True, capture_output=True, timeout=120, cwd="/")

    run("initdb", "-D", data, "-U", "prefect", "-A", "trust", "--no-sync", "-E", "UTF8")
    run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql+asyncpg://prefect:secret-word@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
