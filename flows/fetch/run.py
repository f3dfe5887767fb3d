"""One run at one source: discover, fetch, archive. Writes files only, and no bad URL stops the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from flows.clock import Clock, SystemClock
from flows.errors import Transient
from flows.fetch.archive.recovery import catch_up, rebuild, recover, state_path
from flows.fetch.archive.warc_writer import Writer
from flows.fetch.discovery.channels import Discovery
from flows.fetch.discovery.nws import Weather
from flows.fetch.fetcher import Fetcher
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from flows.fetch.http.rate_limit import Locks
from flows.fetch.state.store import State
from flows.fetch.state.transitions import REVISIT_EARLY
from flows.fetch.urls import host_port
from flows.model import Exchange
from flows.settings import Layout, Settings
from flows.sources import Place, Source

_SKIPS_IN_A_ROW = 10
_CHANNELS = ("robots", "feed", "sitemap", "section")


@dataclass(slots=True)
class Visit:
    """What one run did. `found` counts article URLs not known before; outcomes count articles, closings lists and
    weather answers, and trouble (refused, unsafe, failed, skipped) with channels too. `fetched` counts entries that
    got an answer, `requests` what went over the wire, `bytes` bodies as received, `files` are the sealed archive
    files relative to the data folder. Times are aware UTC."""

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
        """Take one ledger entry into the figures."""
        self.fetched += exchange.status is not None
        self.bytes += exchange.bytes
        is_trouble = exchange.outcome in ("refused", "unsafe", "failed", "skipped")
        if is_trouble or exchange.purpose not in _CHANNELS:
            setattr(self, exchange.outcome, getattr(self, exchange.outcome) + 1)
        if is_trouble and exchange.purpose != "article":
            self.messages.append(f"{exchange.purpose} {exchange.url}: {exchange.outcome}, {exchange.reason}")


def visit(
    source: Source,
    settings: Settings,
    layout: Layout,
    places: dict[str, Place],
    clock: Clock | None = None,
    progress: Callable[[Visit], None] | None = None,
    *,
    guard: Guard | None = None,
    lock_wait_s: float = 60.0,
) -> Visit:
    """Look at every channel that is due, then ask for the pages that are; returns what came of it.

    What a killed run left behind is recovered first. Raises Transient when another run still holds the source or its
    host after `lock_wait_s` real seconds, or when the disk is full; what the site does never raises.
    """
    clock = clock or SystemClock()
    report = Visit(source.name, clock.now(), clock.now())
    locks = Locks(layout.locks, lock_wait_s, report.messages.append)
    client = Client(settings, guard or Guard(source.allow_addresses), clock)
    try:
        locks.hold(source.name, "source")
        locks.hold(host_port(source.home))
        saved = recover(layout, source.name)
        report.messages += [f"recovered {path.name} from a run that was cut off" for path in saved]
        with _opened(layout, source) as state:
            catch_up(layout, source, state)
            fetcher = Fetcher(source, settings, state, Writer(layout, source.name), client, locks, clock)
            discovery = Discovery(source, fetcher, state, clock, cut_off=bool(saved))
            for exchange in _errands(source, settings, places, fetcher, state, clock, discovery):
                report.count(exchange)
                report.found, report.requests, report.ended = fetcher.found, fetcher.requests, clock.now()
                if progress:
                    progress(report)
            fetcher.seal()
            report.due = state.count_due(clock.now())
    except Transient as error:
        error.source = error.source or source.name
        raise
    finally:
        client.close()
        locks.release()
    report.files, report.ended = fetcher.files, clock.now()
    if report.due:
        report.messages.append(f"{report.due} pages are still due: the next run goes on with them")
    return report


def _opened(layout: Layout, source: Source) -> State:
    """The source's memory, folded anew from the archive where its file is damaged."""
    path = state_path(layout, source.name)
    try:
        return State(path)
    except sqlite3.DatabaseError:
        rebuild(layout, source)
        return State(path)


def _errands(
    source: Source,
    settings: Settings,
    places: dict[str, Place],
    fetcher: Fetcher,
    state: State,
    clock: Clock,
    discovery: Discovery,
) -> Iterator[Exchange]:
    if source.kind == "nws":
        yield from Weather(source, places, fetcher, state, clock).run()
        return
    yield from discovery.run()
    if source.closings:
        yield fetcher.fetch(source.closings, "closings")[0]
    skips = 0
    limit = source.max_pages_per_run or settings.limits.max_pages_per_run
    # Entries of one instant are told apart by microseconds, so the ledger can be ahead of a clock that stands still.
    now = max(clock.now(), state.latest or clock.now())
    for url in state.due_articles(now + REVISIT_EARLY, limit):
        exchange, _ = fetcher.fetch(url, "article")
        yield exchange
        skips = skips + 1 if exchange.outcome == "skipped" else 0
        if skips >= _SKIPS_IN_A_ROW:
            return
