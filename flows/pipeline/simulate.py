"""Visits simulated stations over simulated time, weeks of scheduled runs in seconds, and puts stations on air."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flows.clock import Clock, SimulatedClock, SystemClock
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.fetch.archive.warc_reader import sealed
from flows.fetch.run import SourceRun, run_source
from flows.pipeline.demo_world import DemoWorld
from flows.settings import Settings
from flows.simulator.fixtures import SISTERS, Station
from flows.simulator.serving import serve
from flows.simulator.site import RequestLogEntry, Site
from flows.simulator.world import World
from flows.sources import Place, Source


def simulate(
    source: Source,
    settings: Settings,
    layout: Layout,
    places: dict[str, Place],
    since: datetime,
    until: datetime,
    every: timedelta = timedelta(hours=3),
    progress: Callable[[SourceRun], None] | None = None,
    log: list[RequestLogEntry] | None = None,
    demo: DemoWorld | None = None,
) -> SourceRun:
    """Serve the source's station on loopback and visit it at `since` (aware) and every `every` after, up to `until`.

    The station is of the demo's world, else of the default one. Visits whose archive files exist are not repeated.
    Returns the sum of all visits; the requests that the station received are appended to `log`. Raises ConfigError when
    the port of the source's home is taken.
    """
    clock = SimulatedClock(since)
    total = SourceRun(source.name, since, since)
    with station_of(source, clock, demo) as site:
        for at in visits(layout, source, since, until, every):
            clock.move_to(at)
            done = run_source(source, settings, layout, places, clock=clock)
            if not total.files:
                total.started = done.started
            add(total, done)
            if progress:
                progress(total)
    if log is not None:
        log += site.log
    return total


def visits(layout: Layout, source: Source, since: datetime, until: datetime, every: timedelta) -> Iterator[datetime]:
    """The instants (UTC) of the visits that are not in the archive yet."""
    last_file = max((path.name for path in sealed(layout, source.name)), default="")
    at = since.astimezone(UTC)
    while at <= until:
        if f"{source.name}-{at:%Y%m%dT%H%M%S%f}Z" > last_file:
            yield at
        at += every


def last_visit(layout: Layout, source: Source) -> datetime | None:
    """When the source was visited last (aware UTC), by the names of its archive files; None if never."""
    newest = max((path.name for path in sealed(layout, source.name)), default=None)
    if newest is None:
        return None
    stamp = newest.removeprefix(f"{source.name}-").partition("Z")[0]
    return datetime.strptime(stamp, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)


def is_served(source: Source) -> bool:
    """Whether a server listens at the address of the source's home."""
    home = urlsplit(source.home)
    try:
        socket.create_connection((home.hostname or "", home.port or 80), timeout=2).close()
    except OSError:
        return False
    return True


@contextmanager
def on_air(sources: list[Source], layout: Layout, notify: Callable[[str], None]) -> Iterator[None]:
    """Serve the simulated stations among `sources` on loopback in real time, in the demo's world of the data folder; a
    folder without one gets a new one. Raises ConfigError when a station's port is taken."""
    stations = [source for source in sources if source.kind == "simulated"]
    if stations and DemoWorld.read(layout) is None:
        notify("a new world starts today; for one with weeks behind it, stop this and run `newsvane demo` first")
    with ExitStack() as stack:
        for source in stations:
            world = DemoWorld.read_or_create(layout, datetime.now(UTC).date())
            stack.enter_context(station_of(source, SystemClock(), world))
            notify(f"simulated station {source.name} is on air at {source.home}")
        yield


@contextmanager
def station_of(source: Source, clock: Clock, demo: DemoWorld | None = None) -> Iterator[Site]:
    """The simulated station with the source's call sign, served at the address of the source's home. Raises ConfigError
    for a source that is not simulated, and when the port is taken."""
    home, station = urlsplit(source.home), _station_named(source.call_sign)
    if source.kind != "simulated" or station is None or not home.hostname:
        raise ConfigError(f"source '{source.name}' is not a simulated station")
    site = demo.site(source, station, clock) if demo else Site(World(station=station), clock, delay_s=0)
    with ExitStack() as stack:
        try:
            stack.enter_context(serve(site, host=home.hostname, port=home.port or 0))
        except OSError as error:
            raise ConfigError(
                f"{source.home}: port {home.port} is taken ({error}): stop the process on it, such as `newsvane up`"
            ) from error
        yield site


def _station_named(call_sign: str | None) -> Station | None:
    return next((station for station in SISTERS.values() if station.call_sign == call_sign), None)


def add(total: SourceRun, done: SourceRun) -> None:
    """Add the counts of one visit to the sum."""
    total.found += done.found
    total.fetched += done.fetched
    total.exchanges += done.exchanges
    total.new += done.new
    total.changed += done.changed
    total.unchanged += done.unchanged
    total.closings += done.closings
    total.weather += done.weather
    total.refused += done.refused
    total.unsafe += done.unsafe
    total.failed += done.failed
    total.gone += done.gone
    total.skipped += done.skipped
    total.bytes += done.bytes
    total.requests += done.requests
    total.due, total.ended = done.due, done.ended
    total.due_before += done.due_before
    total.files += done.files
    total.messages += done.messages
