"""Runs the Prefect server of `newsvane up` as a child process, from start to stop."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from flows.cli.child import launch, stop
from flows.cli.prefect_env import is_healthy, local_api, server_file
from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.settings import Server, config_dir

_START_TIMEOUT_S = 120
_UI_API = "/api"  # on the host under which the browser found the UI
_SERVER_LOG = {"PREFECT_LOGGING_LEVEL": "WARNING", "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING"}


@contextmanager
def only_up(layout: Layout) -> Iterator[None]:
    """Hold the lock of the one `newsvane up` of this data folder; raises NewsvaneError if another one holds it. The
    kernel releases it when the process ends; the runs that it started end then too."""
    layout.up_lock.parent.mkdir(parents=True, exist_ok=True)
    with layout.up_lock.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise NewsvaneError(
                f"`newsvane up` is running on {layout.data} already (process {lock.read() or 'unknown'}): stop it first"
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        with _sigterm_interrupts():
            yield


@contextmanager
def prefect_server(layout: Layout, server: Server, notify: Callable[[str], None]) -> Iterator[str]:
    """Start a Prefect server with its database in <data>/prefect, yield its API address, stop it at the end.

    Raises NewsvaneError when the port is taken, when the server does not start in time, and when it ends before the
    caller is done: that one is interrupted then.
    """
    address = local_api(server)
    _check_port(server)
    notify("starting the Prefect server ...")
    process = _launch(server, address, layout)
    is_stopping, has_died = threading.Event(), threading.Event()
    try:
        _wait_until_healthy(process, address, layout)
        server_file(layout).write_text(json.dumps({"api": address, "pid": process.pid}), "utf-8")
        threading.Thread(target=_interrupt_at_end, args=(process, is_stopping, has_died), daemon=True).start()
        yield address
    except KeyboardInterrupt:
        if has_died.is_set():
            raise NewsvaneError(
                f"the Prefect server ended ({_end_of(process)}): see {layout.prefect / 'server.log'}; start "
                "`newsvane up` again, it goes on by itself"
            ) from None
        raise
    finally:
        is_stopping.set()
        server_file(layout).unlink(missing_ok=True)
        stop(process)


def _launch(server: Server, address: str, layout: Layout) -> subprocess.Popen[bytes]:
    """Start the server's process, which writes to <data>/prefect/server.log."""
    start = ["server", "start", "--host", server.host, "--port", str(server.port)]
    variables = {"PREFECT_SERVER_UI_API_URL": _UI_API, "PREFECT_API_URL": address, **_SERVER_LOG}
    return launch("prefect", start, layout.prefect / "server.log", variables)


def _interrupt_at_end(
    process: subprocess.Popen[bytes], is_stopping: threading.Event, has_died: threading.Event
) -> None:
    """Wait for the end of the server; if nobody is stopping it, interrupt this process."""
    process.wait()
    if not is_stopping.is_set():
        has_died.set()
        os.kill(os.getpid(), signal.SIGINT)


def _end_of(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"


def _check_port(server: Server) -> None:
    """Raise NewsvaneError if another program listens on the server's address."""
    family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((server.host, server.port))
        except OSError as error:
            owner = "another Prefect server" if is_healthy(local_api(server)) else "another program"
            raise NewsvaneError(
                f"port {server.port} of {server.host} is taken by {owner} ({error.strerror}): stop it, or set "
                f"server.port in {config_dir() / 'newsvane.toml'}"
            ) from error


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str, layout: Layout) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while not is_healthy(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NewsvaneError(f"the Prefect server did not start: see {layout.prefect / 'server.log'}")
        time.sleep(0.3)


@contextmanager
def _sigterm_interrupts() -> Iterator[None]:
    """Treat SIGTERM as Ctrl-C, so that a service manager's stop also stops the server. SIGINT is handled again where a
    shell that started this in the background has set it to be ignored."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    handlers = {signal.SIGTERM: interrupt, signal.SIGINT: signal.default_int_handler}
    previous = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
