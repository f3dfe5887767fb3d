"""Writes a Prefect run's log and name, and turns an expected failure into a Failed state that names the cause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

from prefect.client.orchestration import get_client
from prefect.logging import get_run_logger
from prefect.runtime import flow_run
from prefect.states import Failed

from flows.errors import NewsvaneError

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


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
        try:
            return function(*args, **kwargs)
        except NewsvaneError as error:
            return cast(Result, Failed(message=str(error), data=cast(Any, error)))

    return wrapped


def run_name(subject: str, zone: str) -> str:
    """The name of a run while it is running: `kqtv · Nov 27 14:00` in the time zone given."""
    started = cast(datetime | None, flow_run.scheduled_start_time) or datetime.now(ZoneInfo(zone))
    return f"{subject} · {started.astimezone(ZoneInfo(zone)):%b %-d %H:%M}"


def name_result(result: str) -> None:
    """Add a result to the name of the current run: `kqtv · Nov 27 14:00 · 12 new`."""
    with get_client(sync_client=True) as client:
        client.update_flow_run(cast(Any, flow_run.id), name=f"{flow_run.name} · {result}")
