"""Runs the Prefect server of `newsvane up` as a child process, from start to stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from flows.cli.prefect_env import is_healthy, local_api, server_file
from flows.errors import NewsvaneError
from flows.settings import Layout, Server

_START_TIMEOUT_S = 120
_STOP_TIMEOUT_S = 20
_SERVER_LOG = {"PREFECT_LOGGING_LEVEL": "WARNING", "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING"}


@contextmanager
def prefect_server(layout: Layout, server: Server, notify: Callable[[str], None]) -> Iterator[str]:
    """Start a Prefect server with its database in <data>/prefect, yield its API address, stop it at the end.

    Raises NewsvaneError when a Prefect server already uses the port, or when the server does not start in time.
    """
    address = local_api(server)
    if is_healthy(address):
        raise NewsvaneError(
            f"port {server.port} is already served by a Prefect server: stop it, or set server.port in newsvane.toml"
        )
    notify("starting the Prefect server ...")
    log = (layout.prefect / "server.log").open("ab")
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-m", "prefect", "server", "start", "--host", server.host, "--port", str(server.port)],
        env={**os.environ, "PREFECT_SERVER_UI_API_URL": address, "PREFECT_API_URL": address, **_SERVER_LOG},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        with _sigterm_interrupts():
            _wait_until_healthy(process, address, layout)
            server_file(layout).write_text(json.dumps({"api": address, "pid": process.pid}), "utf-8")
            yield address
    finally:
        server_file(layout).unlink(missing_ok=True)
        _stop(process)
        log.close()


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str, layout: Layout) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while not is_healthy(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NewsvaneError(f"the Prefect server did not start: see {layout.prefect / 'server.log'}")
        time.sleep(0.3)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(_STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def _sigterm_interrupts() -> Iterator[None]:
    """Treat SIGTERM as Ctrl-C, so that a service manager's stop also stops the server."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)
