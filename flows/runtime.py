"""Prefect's surroundings, set before it is imported: its history, its server, and no telemetry."""

from __future__ import annotations

import json
import logging
import os
import urllib.error
import urllib.request
from pathlib import Path

from flows.errors import NewsvaneError
from flows.settings import Layout, Server

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
}


def api_url(server: Server) -> str:
    """The address of our own server's API."""
    return f"http://{server.host}:{server.port}/api"


def prepare(layout: Layout, server: Server, *, level: str = "WARNING") -> str | None:
    """Set Prefect's environment for this process and its children; call before the first import of prefect.

    Runs go to the server of `newsvane up` when it answers for this data folder, else to a temporary server that shares
    its history under <data>/prefect, so that they are in the UI the next time it is up. Returns the server's API
    address, None for the temporary one. An operator's own PREFECT_API_URL wins; raises NewsvaneError if it is silent.
    """
    layout.prefect.mkdir(parents=True, exist_ok=True)
    for key, value in {**QUIET, "PREFECT_HOME": str(layout.prefect), "PREFECT_LOGGING_LEVEL": level}.items():
        os.environ.setdefault(key, value)
    chosen = operators_api() or running(layout, server)
    if chosen:
        os.environ["PREFECT_API_URL"] = chosen
    return chosen


def operators_api() -> str | None:
    """The API address in PREFECT_API_URL, None if that is not set; raises NewsvaneError when nothing answers there."""
    address = os.environ.get("PREFECT_API_URL")
    if address and not healthy(address):
        raise NewsvaneError(
            f"no Prefect server answers at PREFECT_API_URL ({address}): start it, or unset that variable"
        )
    return address


class Expected(logging.Filter):
    """Keeps the traceback of an expected failure out of the console: the command says it in one line. The run's log in
    the UI has it all the same."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is shown."""
        failure = record.exc_info[1] if record.exc_info else None
        return not (isinstance(failure, NewsvaneError) or str(record.msg).startswith("Finished in state"))


def hush() -> None:
    """Put `Expected` before everything that Prefect writes to the console; call after prefect is imported."""
    for name in ("", "prefect", "prefect.flow_runs", "prefect.task_runs"):
        for handler in logging.getLogger(name).handlers:
            if isinstance(handler, logging.StreamHandler):
                handler.addFilter(Expected())


def running(layout: Layout, server: Server) -> str | None:
    """The API address of the `newsvane up` that serves this data folder, None if it does not answer."""
    mark = up_mark(layout)
    try:
        address = str(json.loads(mark.read_text("utf-8"))["api"])
    except (OSError, ValueError, KeyError):
        return None
    return address if healthy(address) else None


def healthy(address: str, *, seconds: float = 2) -> bool:
    """Whether a Prefect API answers at `address`, if only to ask for a key."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=seconds) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == 200)
    except urllib.error.HTTPError as refusal:
        return refusal.code in (401, 403)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def up_mark(layout: Layout) -> Path:
    """The file in which a running `newsvane up` says where its API is."""
    return layout.prefect / "up.json"
