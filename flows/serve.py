"""What `newsvane up` runs: the Prefect server, and the deployments that config/ asks for, on their schedules."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import cast

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.clock import SystemClock
from flows.errors import NewsvaneError
from flows.ingest import ingest
from flows.pipeline.simulate import station_of
from flows.refresh import refresh
from flows.runtime import api_url, healthy, up_mark
from flows.settings import Layout, Server
from flows.sources import SourceCatalog
from flows.watch import watch

_START_S = 120
_ON_AIR_SINCE = timedelta(days=3)
_ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


def deployments(catalog: SourceCatalog, layout: Layout, server: Server) -> list[RunnerDeployment]:
    """One deployment per enabled source on its own cron and zone, one of refresh that never overlaps itself, one of
    watch."""
    made = [
        ingest.to_deployment(
            name=source.name,
            schedule=Cron(source.schedule, timezone=source.zone),
            parameters={"source": source.name, "data": str(layout.data)},
            tags=["ingest", source.kind],
            description=f"{source.title}: {source.home}",
            concurrency_limit=_ONE_AT_A_TIME,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for source in catalog.enabled
    ]
    loader = refresh.to_deployment(
        name="warehouse",
        schedule=Cron(server.refresh_schedule, timezone=server.zone),
        parameters={"data": str(layout.data)},
        tags=["refresh"],
        description="Archive to warehouse, checks, published snapshot; the only writer.",
        concurrency_limit=_ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    watcher = watch.to_deployment(
        name="ledger",
        schedule=Cron(server.watch_schedule, timezone=server.zone),
        parameters={"data": str(layout.data)},
        tags=["watch"],
        description="Silence, gaps and drift of every source, from the published ledger.",
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast(list[RunnerDeployment], [*made, loader, watcher])


def up(
    catalog: SourceCatalog, layout: Layout, server: Server, tell: Callable[[str], None], theirs: str | None = None
) -> None:
    """Put the simulated stations on air, start the server (unless the operator's own is at the API address `theirs`),
    register the deployments and run what they schedule until interrupted; what was started here is stopped here. Raises
    ConfigError when a station's port is taken, NewsvaneError when the server's is or the server does not come up."""
    with on_air(catalog, tell), nullcontext(theirs) if theirs else prefect_server(layout, server, tell) as api:
        ready = deployments(catalog, layout, server)
        tell(f"{len(ready)} deployments on schedule; UI at {api.removesuffix('/api')} (Ctrl-C stops)")
        serve(*ready, print_starting_message=False, pause_on_shutdown=False)


@contextmanager
def on_air(catalog: SourceCatalog, tell: Callable[[str], None]) -> Iterator[None]:
    """The enabled simulated stations on loopback, in real time: they have been reporting for a few days."""
    start = datetime.now(UTC).date() - _ON_AIR_SINCE
    with ExitStack() as stack:
        for source in catalog.enabled:
            if source.kind == "simulated":
                stack.enter_context(station_of(source, SystemClock(), start))
                tell(f"simulated station {source.name} is on air at {source.home}")
        yield


@contextmanager
def prefect_server(layout: Layout, server: Server, tell: Callable[[str], None]) -> Iterator[str]:
    """A Prefect server of our own over <data>/prefect; yields its API address, stops it by its process at the end."""
    address = api_url(server)
    if healthy(address):
        raise NewsvaneError(
            f"port {server.port} is already served by a Prefect server: stop it, or set server.port in newsvane.toml"
        )
    tell("starting the Prefect server ...")
    log = (layout.prefect / "server.log").open("ab")
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, fixed words
        [sys.executable, "-m", "prefect", "server", "start", "--host", server.host, "--port", str(server.port)],
        env={**os.environ, "PREFECT_SERVER_UI_API_URL": address, "PREFECT_API_URL": address},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        with _interrupted_by_term():
            _await(process, address, layout)
            up_mark(layout).write_text(json.dumps({"api": address, "pid": process.pid}), "utf-8")
            yield address
    finally:
        up_mark(layout).unlink(missing_ok=True)
        _stop(process)
        log.close()


def _await(process: subprocess.Popen[bytes], address: str, layout: Layout) -> None:
    until = time.monotonic() + _START_S
    while not healthy(address):
        if process.poll() is not None or time.monotonic() > until:
            raise NewsvaneError(f"the Prefect server did not start: see {layout.prefect / 'server.log'}")
        time.sleep(0.3)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def _interrupted_by_term() -> Iterator[None]:
    """Treat SIGTERM as Ctrl-C, so that a service manager's stop also stops the server."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
