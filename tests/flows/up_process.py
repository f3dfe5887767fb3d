"""A `newsvane up` of one test, in a folder with its config and data, and the processes that belong to it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.settings import load_settings
from tests.server import Up, environment, is_running


def port_in(config: Path) -> int:
    """The server's port in this config."""
    return load_settings(config).server.port


@contextmanager
def started(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], Up]]:
    """A `newsvane up` in this folder, started as a script starts it in the background, with SIGINT ignored; it is
    stopped at the end if it still runs."""
    config, data = folder / "config", folder / "data"
    with (folder / "up.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows", "up", *options, "--data", str(data)],
            env={**environment(config), "PREFECT_RUNNER_POLL_FREQUENCY": "2"},
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        )
    try:
        yield process, Up(process.pid, f"http://127.0.0.1:{port_in(config)}/api", config, data)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def processes(folder: Path) -> list[int]:
    """The processes whose environment names the folder's config."""
    mark = f"NEWSVANE_CONFIG={folder / 'config'}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            variables = (entry / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if mark in variables and is_running(int(entry.name)):
            found.append(int(entry.name))
    return found


def is_writing(pid: int) -> bool:
    """Whether a process has an archive file open; one that has ended has none."""
    try:
        return any(entry.readlink().name.endswith(".open") for entry in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False
