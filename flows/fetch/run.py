"""Runs one source once: recover, discover, fetch, archive. Writes files only; one bad URL never stops the rest."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from flows.clock import Clock, SystemClock
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import Transient
from flows.fetch.archive.recovery import catch_up, rebuild, recover, state_path
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.discovery.channels import Discovery
from flows.fetch.discovery.nws import NwsDiscovery
from flows.fetch.fetcher import Fetcher
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from flows.fetch.http.rate_limit import Locks
from flows.fetch.outcome import GOOD_OUTCOMES
from flows.fetch.state.store import State
from flows.fetch.state.transitions import CHANNELS, REVISIT_EARLY, ROBOTS_UNREACHABLE, correct_clock
from flows.fetch.urls import host_port
from flows.model import Exchange
from flows.settings import Settings
from flows.sources import Place, Source

_MAX_CONSECUTIVE_SKIPS = 10
_LIST_PURPOSES = ("robots", *CHANNELS)
_CLOCK_AHEAD = (
    "an earlier run had a clock ahead of this one's: {corrected} pages, hosts and robots.txt files that it put off are"
    " due now; check the time of the machine"
)
_MAX_REASONS = 10
_PROBLEMS = ("refused", "unsafe", "failed", "skipped")


@dataclass(slots=True)
class SourceRun:
    """The counts of one run; times are aware UTC.

    `found` counts article URLs not known before. New, changed and unchanged count articles; `closings` and
    `weather` count the closings lists and NWS responses that were received; the other outcomes count all of these,
    and refused, unsafe, failed and skipped channels too. `fetched` counts exchanges with a response, `exchanges`
    all, `requests` HTTP requests, `bytes` bodies as received. `due` is the number of pages still due, at the end
    those left to the next run; `due_before` those that were due when it began. `files` are the sealed archive files
    relative to the data folder.
    """

    source: str
    started: datetime
    ended: datetime
    found: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    closings: int = 0
    weather: int = 0
    refused: int = 0
    unsafe: int = 0
    failed: int = 0
    gone: int = 0
    skipped: int = 0
    bytes: int = 0
    requests: int = 0
    due: int = 0
    due_before: int = 0
    exchanges: int = 0
    files: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def count(self, exchange: Exchange, article_reasons: Counter[str]) -> None:
        """Add one exchange to the counts; an article that failed or was refused adds its reason to the others."""
        self.exchanges += 1
        self.fetched += exchange.status is not None
        self.bytes += exchange.bytes
        is_problem = exchange.outcome in _PROBLEMS
        if is_problem or exchange.purpose not in _LIST_PURPOSES:
            name = _counted_as(exchange)
            setattr(self, name, getattr(self, name) + 1)
        if is_problem and exchange.purpose == "article":
            article_reasons[f"{exchange.outcome}, {exchange.reason}"] += 1
        elif is_problem or (exchange.outcome == "gone" and exchange.purpose in CHANNELS):
            self.messages.append(f"{exchange.purpose} {exchange.url}: {exchange.outcome}, {exchange.reason}")


def _counted_as(exchange: Exchange) -> str:
    """The count that an exchange adds to: its outcome, or its purpose where a closings list or weather was received."""
    if exchange.purpose == "article" or exchange.outcome not in GOOD_OUTCOMES:
        return exchange.outcome
    return "closings" if exchange.purpose == "closings" else "weather"


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
        with open_state(layout, source, run.messages.append) as state:
            catch_up(layout, source, state)
            if corrected := correct_clock(state, source, clock.now()):
                run.messages.append(_CLOCK_AHEAD.format(corrected=corrected))
            fetcher = Fetcher(source, settings, state, WarcWriter(layout, source.name), client, locks, clock)
            visit = _Visit(source, settings, places, fetcher, state, clock, run.messages.append)
            visit.count_into(run, progress, was_interrupted=bool(recovered))
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
        run.messages.append(
            f"{count_text(run.due, 'page is', 'pages are')} still due: the next run continues with them"
        )
    return run


def open_state(layout: Layout, source: Source, notify: Callable[[str], None]) -> State:
    """The source's fetch state, rebuilt from the archive if its file is damaged."""
    path = state_path(layout, source.name)
    try:
        return State(path)
    except sqlite3.DatabaseError as error:
        files = rebuild(layout, source)
        notify(f"{path} was damaged ({error}): rebuilt from {count_text(files, 'archive file')}")
        return State(path)


@dataclass(frozen=True, slots=True)
class _Visit:
    """What one run requests from a source, in its order."""

    source: Source
    settings: Settings
    places: dict[str, Place]
    fetcher: Fetcher
    state: State
    clock: Clock
    notify: Callable[[str], None]

    def count_into(
        self, run: SourceRun, progress: Callable[[SourceRun], None] | None, *, was_interrupted: bool
    ) -> None:
        """Make every exchange and count it in `run`; `progress` is called after each."""
        run.due_before = self.state.count_due(self.clock.now() + REVISIT_EARLY)
        reasons: Counter[str] = Counter()
        for exchange in self._exchanges(was_interrupted=was_interrupted):
            run.count(exchange, reasons)
            run.found, run.requests, run.ended = self.fetcher.found, self.fetcher.requests, self.clock.now()
            if progress:
                run.due = self._due_after(exchange, run.due)
                progress(run)
        run.messages += [
            f"{count_text(count, 'article')}: {reason}" for reason, count in reasons.most_common(_MAX_REASONS)
        ]

    def _exchanges(self, *, was_interrupted: bool) -> Iterator[Exchange]:
        """Channels, closings, then articles. Where a Crawl-delay leaves a run one request, articles that are due take
        every other turn, by the clock."""
        if self.source.kind == "nws":
            yield from NwsDiscovery(self.source, self.places, self.fetcher, self.state, self.clock).run()
            return
        delay_s = self.fetcher.crawl_delay(self.source.home) or 0.0
        if self.fetcher.is_scarce(self.source.home) and int(self.clock.now().timestamp() // delay_s) % 2:
            yield from self._articles()
        yield from Discovery(
            self.source, self.fetcher, self.state, self.clock, self.notify, was_interrupted=was_interrupted
        ).run()
        if self.source.closings:
            yield self.fetcher.fetch(self.source.closings, "closings")[0]
        yield from self._articles()

    def _due_after(self, exchange: Exchange, due: int) -> int:
        """How many pages are due after an exchange, when `due` were before it: counted anew after a list."""
        if exchange.purpose == "article":
            return max(0, due - 1)
        return self.state.count_due(self.clock.now() + REVISIT_EARLY)

    def _articles(self) -> Iterator[Exchange]:
        skips = 0
        limit = self.source.page_limit(self.settings.limits)
        # Exchanges at the same time differ by microseconds, so the archive can be ahead of a simulated clock.
        now = max(self.clock.now(), self.state.latest or self.clock.now())
        for url in self.state.due_articles(now + REVISIT_EARLY, limit):
            exchange, _ = self.fetcher.fetch(url, "article")
            yield exchange
            skips = skips + 1 if _is_skip(exchange) else 0
            if skips >= _MAX_CONSECUTIVE_SKIPS:
                return


def _is_skip(exchange: Exchange) -> bool:
    """Whether nothing was requested because of the host: then the next pages would end in the same way."""
    return exchange.outcome == "skipped" or (not exchange.attempts and exchange.robots_rule == ROBOTS_UNREACHABLE)
