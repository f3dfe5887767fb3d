"""Runs one source once: recover, discover, fetch, archive. Writes files only; one bad URL never stops the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from flows.clock import Clock, SystemClock
from flows.errors import Transient
from flows.fetch.archive.recovery import catch_up, rebuild, recover, state_path
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.discovery.channels import Discovery
from flows.fetch.discovery.nws import NwsDiscovery
from flows.fetch.fetcher import Fetcher
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from flows.fetch.http.rate_limit import Locks
from flows.fetch.state.store import State
from flows.fetch.state.transitions import CHANNELS, REVISIT_EARLY
from flows.fetch.urls import host_port
from flows.model import Exchange
from flows.settings import Layout, Settings
from flows.sources import Place, Source

_MAX_CONSECUTIVE_SKIPS = 10
_LIST_PURPOSES = ("robots", *CHANNELS)
_PROBLEMS = ("refused", "unsafe", "failed", "skipped")


@dataclass(slots=True)
class SourceRun:
    """The counts of one run. `found` counts article URLs not known before. The outcomes count articles, closings lists
    and NWS responses; refused, unsafe, failed and skipped count channels too. `fetched` counts exchanges with a
    response, `requests` HTTP requests, `bytes` bodies as received; `due` is the number of pages left to the next run,
    `files` are the sealed archive files relative to the data folder. Times are aware UTC."""

    source: str
    started: datetime
    ended: datetime
    found: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    unsafe: int = 0
    failed: int = 0
    gone: int = 0
    skipped: int = 0
    bytes: int = 0
    requests: int = 0
    due: int = 0
    files: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def count(self, exchange: Exchange) -> None:
        """Add one exchange to the counts."""
        self.fetched += exchange.status is not None
        self.bytes += exchange.bytes
        is_problem = exchange.outcome in _PROBLEMS
        if is_problem or exchange.purpose not in _LIST_PURPOSES:
            setattr(self, exchange.outcome, getattr(self, exchange.outcome) + 1)
        if is_problem and exchange.purpose != "article":
            self.messages.append(f"{exchange.purpose} {exchange.url}: {exchange.outcome}, {exchange.reason}")


def run_source(
    source: Source,
    settings: Settings,
    layout: Layout,
    places: dict[str, Place],
    clock: Clock | None = None,
    progress: Callable[[SourceRun], None] | None = None,
    *,
    lock_wait_s: float = 60.0,
) -> SourceRun:
    """Read every channel that is due, then fetch the pages that are due; `progress` is called after each exchange.

    Recovers first what an interrupted run left behind. Raises Transient when another run still holds the source or its
    host after `lock_wait_s` real seconds, or when the disk is full; a failure of the site does not raise.
    """
    clock = clock or SystemClock()
    run = SourceRun(source.name, clock.now(), clock.now())
    locks = Locks(layout.locks, lock_wait_s, run.messages.append)
    client = Client(settings, Guard(source.allow_addresses), clock)
    try:
        locks.acquire(source.name, "source")
        locks.acquire(host_port(source.home))
        recovered = recover(layout, source.name)
        run.messages += [f"recovered {path.name} from an interrupted run" for path in recovered]
        with _open_state(layout, source) as state:
            catch_up(layout, source, state)
            fetcher = Fetcher(source, settings, state, WarcWriter(layout, source.name), client, locks, clock)
            for exchange in _exchanges(source, settings, places, fetcher, state, clock, bool(recovered)):
                run.count(exchange)
                run.found, run.requests, run.ended = fetcher.found, fetcher.requests, clock.now()
                if progress:
                    progress(run)
            fetcher.seal()
            run.due = state.count_due(clock.now())
    except Transient as error:
        error.source = error.source or source.name
        raise
    finally:
        client.close()
        locks.release()
    run.files, run.ended = fetcher.files, clock.now()
    if run.due:
        run.messages.append(f"{run.due} pages are still due: the next run continues with them")
    return run


def _open_state(layout: Layout, source: Source) -> State:
    """The source's fetch state, rebuilt from the archive if its file is damaged."""
    path = state_path(layout, source.name)
    try:
        return State(path)
    except sqlite3.DatabaseError:
        rebuild(layout, source)
        return State(path)


def _exchanges(
    source: Source,
    settings: Settings,
    places: dict[str, Place],
    fetcher: Fetcher,
    state: State,
    clock: Clock,
    was_interrupted: bool,
) -> Iterator[Exchange]:
    if source.kind == "nws":
        yield from NwsDiscovery(source, places, fetcher, state, clock).run()
        return
    yield from Discovery(source, fetcher, state, clock, was_interrupted=was_interrupted).run()
    if source.closings:
        yield fetcher.fetch(source.closings, "closings")[0]
    skips = 0
    limit = source.max_pages_per_run or settings.limits.max_pages_per_run
    # Exchanges at the same time differ by microseconds, so the archive can be ahead of a simulated clock.
    now = max(clock.now(), state.latest or clock.now())
    for url in state.due_articles(now + REVISIT_EARLY, limit):
        exchange, _ = fetcher.fetch(url, "article")
        yield exchange
        skips = skips + 1 if exchange.outcome == "skipped" else 0
        if skips >= _MAX_CONSECUTIVE_SKIPS:
            return
