"""Sets up Prefect's environment before it is imported: history folder, server address, no telemetry, quiet console."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flows.cli.options import notify
from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.settings import PrefectStore, Server, load_settings, reachable

ENVIRONMENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    # The log of each run holds its INFO lines; the console shows what no command reports itself.
    "PREFECT_LOGGING_LEVEL": "INFO",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "ERROR",
}

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def configure_prefect(layout: Layout) -> str | None:
    """Set Prefect's environment for this process and its children; call before the first import of prefect.

    Returns the API address that runs are sent to, in this order: PREFECT_API_URL, the running `newsvane up` of this
    data folder, or None for a temporary server. The temporary server shares the history in <data>/prefect, so its runs
    are in the UI the next time `newsvane up` starts. Raises NewsvaneError if nothing answers at PREFECT_API_URL.
    """
    address = external_api() or running_api(layout)
    layout.prefect.mkdir(parents=True, exist_ok=True)
    for key, value in {**ENVIRONMENT, **_history(layout, load_settings().prefect)}.items():
        os.environ.setdefault(key, value)
    if address:
        os.environ["PREFECT_API_URL"] = address
    return address


def _history(layout: Layout, store: PrefectStore) -> dict[str, str]:
    """The settings that say where Prefect keeps its history, and for how long."""
    seconds = str(timedelta(days=store.keep_runs_days).total_seconds())
    found = {
        "PREFECT_HOME": str(layout.prefect),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": seconds,
    }
    if store.database:
        found["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = store.database.get_secret_value()
    return found


def bypass_proxy_on_loopback() -> None:
    """Add this machine to NO_PROXY: a proxy must not receive what Prefect sends to the server of `newsvane up`."""
    given = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    listed = [host.strip() for host in given.split(",") if host.strip()]
    if "*" not in listed:
        listed += [host for host in THIS_MACHINE if host not in listed]
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = ",".join(listed)


def use_prefect(layout: Layout, *, force: bool) -> bool:
    """Whether a command sends its run to Prefect: if a server answers, or by `force`, then to a temporary one. Prefect
    is configured and imported then; otherwise it is not, which saves its start. Raises NewsvaneError if nothing answers
    at PREFECT_API_URL, or the server refuses access."""
    address = external_api() or running_api(layout)
    if not address and not force:
        notify(
            "running without Prefect; `newsvane up` starts its server, which records runs (--prefect: record this one)"
        )
        return False
    if not address:
        notify("starting a temporary Prefect server (`newsvane up` keeps one running) ...")
    configure_prefect(layout)
    import prefect.main  # noqa: F401 - configures Prefect's loggers

    from flows.run_log import quiet_console

    quiet_console()
    if address:
        check_access(address)
    return True


def closes_runs(records_runs: bool) -> Callable[[], None]:
    """What is done at Ctrl-C: the runs that Prefect records are marked as cancelled."""
    if not records_runs:
        return lambda: None
    from flows.run_log import cancel_open_runs

    return cancel_open_runs


def check_access(address: str) -> None:
    """Raise NewsvaneError if the Prefect server at `address`, which PREFECT_API_URL names, asks for a password that is
    not set; call after Prefect is configured."""
    from prefect.client.orchestration import get_client
    from prefect.exceptions import PrefectHTTPStatusError

    with get_client(sync_client=True) as client:
        try:
            client.api_version()
        except PrefectHTTPStatusError as error:
            if error.response.status_code not in (401, 403):
                raise
            raise NewsvaneError(
                f"the Prefect server at {address} asks for a password: set PREFECT_API_AUTH_STRING to its USER:PASSWORD"
            ) from error


def local_api(server: Server) -> str:
    """The API address of the server that `newsvane up` starts, as this machine reaches it."""
    host = reachable(server.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{server.port}/api"


def external_api() -> str | None:
    """The API address in PREFECT_API_URL, None if unset; raises NewsvaneError when nothing answers there."""
    address = os.environ.get("PREFECT_API_URL")
    if address and not is_healthy(address):
        raise NewsvaneError(
            f"no Prefect server answers at PREFECT_API_URL ({address}): start it, or unset that variable"
        )
    return address


def running_api(layout: Layout) -> str | None:
    """The API address of the `newsvane up` that serves this data folder, None if it does not answer."""
    try:
        address = str(json.loads(server_file(layout).read_text("utf-8"))["api"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return address if is_healthy(address) else None


def server_file(layout: Layout) -> Path:
    """The JSON file in which a running `newsvane up` records its API address and process id."""
    return layout.prefect / "up.json"


def is_healthy(address: str, *, timeout_s: float = 2) -> bool:
    """Whether a Prefect API answers at `address`; a server that requires a key counts."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=timeout_s) as response:  # noqa: S310 - http(s) only
            return bool(response.status == 200)
    except urllib.error.HTTPError as error:
        return error.code in (401, 403)
    except (OSError, urllib.error.URLError, ValueError):
        return False
