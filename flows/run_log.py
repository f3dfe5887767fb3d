"""Writes a Prefect run's log and name, and turns an expected failure into a Failed state that names the cause."""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.logging import get_run_logger
from prefect.runtime import flow_run
from prefect.states import Cancelled, Failed

from flows.artifacts import link_artifacts
from flows.errors import CheckFailed, NewsvaneError

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_open_runs: list[str] = []  # ids of the flow runs that this process is executing
STARTED_BY = "NEWSVANE_UP"  # process id and lock file of the `newsvane up` that started this process
_WATCH_EVERY_S = 1.0


class ExpectedFailureFilter(logging.Filter):
    """Keeps the traceback of an expected failure off the console, where the command reports it in one line. The run's
    log in the UI still has it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is shown."""
        failure = record.exc_info[1] if record.exc_info else None
        return not (isinstance(failure, NewsvaneError) or str(record.msg).startswith("Finished in state"))


def quiet_console() -> None:
    """Add ExpectedFailureFilter to every console handler that Prefect logs to; call after prefect is imported."""
    for name in ("", "prefect", "prefect.flow_runs", "prefect.task_runs"):
        for handler in logging.getLogger(name).handlers:
            if isinstance(handler, logging.StreamHandler):
                handler.addFilter(ExpectedFailureFilter())


def log(line: str) -> None:
    """Write one line to the run's log."""
    get_run_logger().info("%s", line)


def log_problem(line: str) -> None:
    """Write one line to the run's log as a warning; quiet on the console, where the command reports it."""
    get_run_logger().warning("%s", line)


def fails_with_cause(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Decorate a flow's function: an expected error makes a Failed state whose message is the error, without a
    traceback; calling the flow raises the error."""

    @wraps(function)
    def wrapped(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        is_scheduled = os.environ.pop(STARTED_BY, None) is not None
        if is_scheduled:
            quiet_console()
        _open_runs.append(str(flow_run.id))
        try:
            return function(*args, **kwargs)
        except NewsvaneError as error:
            if is_scheduled:
                sys.stderr.write(f"{flow_run.name} failed: {error}\n")
            # A state of its own for failed checks: they have a notice of their own, failed runs have another.
            name = "CheckFailed" if isinstance(error, CheckFailed) else "Failed"
            return cast(Result, Failed(name=name, message=str(error), data=cast(Any, error)))
        finally:
            _open_runs.pop()
            link_artifacts()

    return wrapped


def cancel_open_runs() -> None:
    """Mark the runs that this process is executing as Cancelled, because it is about to end; inner ones first. Does
    nothing if the server does not answer. Called beside the thread that executes them."""
    runs = _open_runs[::-1]  # now: that thread takes them off when it hears of the end
    with suppress(httpx.HTTPError), get_client(sync_client=True) as client:
        for run in runs:
            stopped: State[Any] = Cancelled(message="stopped by Ctrl-C; what was archived or loaded is kept")
            client.set_flow_run_state(UUID(run), stopped, force=True)


def _end_with_up() -> None:
    """Let this process end when the `newsvane up` that started it is gone, for nothing would record the run, and it
    would hold its hosts and the warehouse; the next run recovers what it leaves open."""
    if started_by := os.environ.get(STARTED_BY):
        pid, _, lock = started_by.partition(":")
        threading.Thread(target=_watch_up, args=(pid, Path(lock)), daemon=True).start()


def _watch_up(pid: str, lock: Path) -> None:
    while is_up(pid, lock):
        time.sleep(_WATCH_EVERY_S)
    os._exit(1)


def is_up(pid: str, lock: Path) -> bool:
    """Whether the `newsvane up` with this process id holds the lock; not if its data folder is gone."""
    try:
        file = lock.open()
    except FileNotFoundError:
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return file.read().strip() == pid
    return False


def run_name(subject: str, zone: str) -> str:
    """The name of a run while it is running: `kqtv · Nov 27 14:00` in the time zone given."""
    return planned_name(
        subject, zone, cast(datetime | None, flow_run.scheduled_start_time) or datetime.now(ZoneInfo(zone))
    )


def planned_name(subject: str, zone: str, at: datetime) -> str:
    """The name of a run that starts at that time (aware)."""
    return f"{subject} · {at.astimezone(ZoneInfo(zone)):%b %-d %H:%M}"


def name_result(result: str) -> None:
    """Add a result to the name of the current run: `kqtv · Nov 27 14:00 · 12 new`."""
    with get_client(sync_client=True) as client:
        client.update_flow_run(cast(Any, flow_run.id), name=f"{flow_run.name} · {result}")


# When this module is imported, not when the run begins: Prefect's client, which begins the run, repeats a request to a
# server that is gone for more than a minute.
_end_with_up()
