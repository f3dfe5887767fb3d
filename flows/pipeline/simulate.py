"""Visits a simulated station over simulated time: weeks of scheduled runs in seconds, for the demo and the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from flows.clock import Clock, SimulatedClock
from flows.errors import ConfigError
from flows.fetch.archive.warc_reader import sealed
from flows.fetch.run import SourceRun, run_source
from flows.settings import Layout, Settings
from flows.simulator.fixtures import SISTERS
from flows.simulator.serving import serve
from flows.simulator.site import RequestLogEntry, Site
from flows.simulator.world import DEFAULT_START, World
from flows.sources import Place, Source


def simulate(
    source: Source,
    settings: Settings,
    layout: Layout,
    places: dict[str, Place],
    since: datetime,
    until: datetime,
    every: timedelta = timedelta(hours=3),
    tell: Callable[[SourceRun], None] | None = None,
    log: list[RequestLogEntry] | None = None,
) -> SourceRun:
    """Serve the source's station on loopback and visit it at `since` (aware) and every `every` after, up to `until`.

    Visits that an earlier rehearsal made (its archive files are there) are not made again. Returns the sum of all
    visits; what the station itself saw of them is added to `log`. Raises ConfigError where the port of the source's
    home is taken.
    """
    clock = SimulatedClock(since)
    total = SourceRun(source.name, since, since)
    with station_of(source, clock) as site:
        for at in visits(layout, source, since, until, every):
            clock.move_to(at)
            done = run_source(source, settings, layout, places, clock=clock)
            add(total, done)
            if tell:
                tell(total)
    if log is not None:
        log += site.log
    return total


def visits(layout: Layout, source: Source, since: datetime, until: datetime, every: timedelta) -> Iterator[datetime]:
    """The instants still to be visited."""
    behind = max((path.name for path in sealed(layout, source.name)), default="")
    at = since.astimezone(UTC)
    while at <= until:
        if f"{source.name}-{at:%Y%m%dT%H%M%S%f}Z" > behind:
            yield at
        at += every


@contextmanager
def station_of(source: Source, clock: Clock, start: date = DEFAULT_START) -> Iterator[Site]:
    """The simulated station of that call sign, on air since `start`, served where the source's home says. Raises
    ConfigError for a source that is not simulated, and where the port is taken."""
    home = urlsplit(source.home)
    station = {sister.call_sign: sister for sister in SISTERS.values()}.get(source.call_sign or "")
    if source.kind != "simulated" or station is None or not home.hostname:
        raise ConfigError(f"source '{source.name}' is not a simulated station: only those can be rehearsed")
    site = Site(World(station=station, start=start), clock, delay_s=0)
    try:
        with serve(site, host=home.hostname, port=home.port or 0):
            yield site
    except OSError as error:
        raise ConfigError(
            f"{source.home}: port {home.port} is taken ({error}): stop what uses it, such as `newsvane up`"
        ) from error


def add(total: SourceRun, done: SourceRun) -> None:
    """Take one visit into the sum."""
    for name in ("found", "fetched", "new", "changed", "unchanged", "refused", "unsafe", "failed", "gone", "skipped"):
        setattr(total, name, getattr(total, name) + getattr(done, name))
    total.bytes += done.bytes
    total.requests += done.requests
    total.due, total.ended = done.due, done.ended
    total.files += done.files
    total.messages += done.messages
