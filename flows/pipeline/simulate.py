"""Visits simulated stations over simulated time, weeks of scheduled runs in seconds, and puts stations on air."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit

from flows.clock import Clock, SimulatedClock, SystemClock
from flows.errors import ConfigError
from flows.fetch.archive.warc_reader import sealed
from flows.fetch.run import SourceRun, run_source
from flows.settings import Layout, Settings
from flows.simulator.fixtures import SISTERS
from flows.simulator.serving import serve
from flows.simulator.site import RequestLogEntry, Site
from flows.simulator.world import DEFAULT_START, World
from flows.sources import Place, Source

_FIRST_VISIT: Final = time(6)  # local time of the source
_ON_AIR_SINCE: Final = timedelta(days=3)


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
) -> SourceRun:
    """Serve the source's station on loopback and visit it at `since` (aware) and every `every` after, up to `until`.

    Visits whose archive files exist are not repeated. Returns the sum of all visits; the requests that the station
    received are appended to `log`. Raises ConfigError when the port of the source's home is taken.
    """
    clock = SimulatedClock(since)
    total = SourceRun(source.name, since, since)
    with station_of(source, clock) as site:
        for at in visits(layout, source, since, until, every):
            clock.move_to(at)
            add(total, run_source(source, settings, layout, places, clock=clock))
            if progress:
                progress(total)
    if log is not None:
        log += site.log
    return total


def first_weeks(source: Source, weeks: int) -> tuple[datetime, datetime]:
    """From 06:00 on the simulated world's first day, in the source's zone, to `weeks` weeks later (both aware)."""
    since = datetime.combine(DEFAULT_START, _FIRST_VISIT, source.tzinfo)
    return since, since + timedelta(weeks=weeks)


def visits(layout: Layout, source: Source, since: datetime, until: datetime, every: timedelta) -> Iterator[datetime]:
    """The instants (UTC) of the visits that are not in the archive yet."""
    last_file = max((path.name for path in sealed(layout, source.name)), default="")
    at = since.astimezone(UTC)
    while at <= until:
        if f"{source.name}-{at:%Y%m%dT%H%M%S%f}Z" > last_file:
            yield at
        at += every


@contextmanager
def on_air(sources: list[Source], notify: Callable[[str], None]) -> Iterator[None]:
    """Serve the simulated stations among `sources` on loopback in real time, as if they had started three days ago.
    Raises ConfigError when a station's port is taken."""
    start = datetime.now(UTC).date() - _ON_AIR_SINCE
    with ExitStack() as stack:
        for source in sources:
            if source.kind == "simulated":
                stack.enter_context(station_of(source, SystemClock(), start))
                notify(f"simulated station {source.name} is on air at {source.home}")
        yield


@contextmanager
def station_of(source: Source, clock: Clock, start: date = DEFAULT_START) -> Iterator[Site]:
    """The simulated station with the source's call sign, reporting since `start`, served at the address of the source's
    home. Raises ConfigError for a source that is not simulated, and when the port is taken."""
    home = urlsplit(source.home)
    station = {sister.call_sign: sister for sister in SISTERS.values()}.get(source.call_sign or "")
    if source.kind != "simulated" or station is None or not home.hostname:
        raise ConfigError(f"source '{source.name}' is not a simulated station")
    site = Site(World(station=station, start=start), clock, delay_s=0)
    with ExitStack() as stack:
        try:
            stack.enter_context(serve(site, host=home.hostname, port=home.port or 0))
        except OSError as error:
            raise ConfigError(
                f"{source.home}: port {home.port} is taken ({error}): stop the process on it, such as `newsvane up`"
            ) from error
        yield site


def add(total: SourceRun, done: SourceRun) -> None:
    """Add the counts of one visit to the sum."""
    total.found += done.found
    total.fetched += done.fetched
    total.new += done.new
    total.changed += done.changed
    total.unchanged += done.unchanged
    total.refused += done.refused
    total.unsafe += done.unsafe
    total.failed += done.failed
    total.gone += done.gone
    total.skipped += done.skipped
    total.bytes += done.bytes
    total.requests += done.requests
    total.due, total.ended = done.due, done.ended
    total.files += done.files
    total.messages += done.messages
