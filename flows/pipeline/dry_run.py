"""Tests a source without a run: what robots.txt says, what its lists name, and what the next run would fetch."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Final

from flows.clock import Clock
from flows.counts import count_text
from flows.data_layout import Layout
from flows.fetch.archive.recovery import state_path
from flows.fetch.discovery.channels import Discovery
from flows.fetch.outcome import GOOD_OUTCOMES
from flows.fetch.robots_copy import RobotsCopies
from flows.fetch.scratch import scratch_fetcher
from flows.fetch.state.store import State
from flows.fetch.urls import host_port, origin
from flows.model import Exchange
from flows.settings import Settings
from flows.sources import Source

_MAX_MORE_LISTS: Final = 5  # that the configured lists lead to, such as the sitemaps of an index
_MAX_PAGES: Final = 100_000


@dataclass(frozen=True, slots=True)
class ListTest:
    """One list that was fetched: what it is, its URL, the pages or the sitemaps that it names, or the problem with
    it."""

    purpose: str
    url: str
    pages: int = 0
    sitemaps: int = 0
    problem: str | None = None

    def describe(self) -> str:
        """What the list names, or the problem."""
        if self.problem:
            return self.problem
        if self.sitemaps:
            return f"{_count(self.sitemaps, 'sitemap')}, the newest are read first"
        return _count(self.pages, "page")


@dataclass(slots=True)
class DryRun:
    """The test of one source. `robots` is the rule that decides on the home page, None if robots.txt was not read;
    `new` pages are not known yet, `due` ones are known and due now, `refused` ones of both are refused by robots.txt;
    `delay_s` is the time between two requests, `limit` the most pages of one run."""

    source: Source
    limit: int
    delay_s: float
    robots: str | None = None
    lists: list[ListTest] = field(default_factory=list)
    unread_lists: bool = False
    new: int = 0
    due: int = 0
    refused: int = 0
    requests: int = 0
    is_answered: bool = False
    messages: list[str] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """The pages that the next run would fetch."""
        return min(self.limit, self.new + self.due - self.refused)

    def describe(self) -> list[str]:
        """The test as lines of text."""
        lines = [f"robots.txt  {self.robots or 'was not read'}"]
        lines += [f"{one.purpose:<10}  {one.url}  {one.describe()}" for one in self.lists]
        if self.unread_lists:
            lines.append("            and more lists that these lead to; a test does not read them")
        if self.source.closings:
            lines.append(f"closings    {self.source.closings}  (not fetched in a test)")
        lines += [f"note        {message}" for message in self.messages]
        known = f"{self.new} new, {self.due} known and due" + (f", {self.refused} refused" if self.refused else "")
        lines.append(f"pages       {known}; the next run fetches {self.pages} (at most {self.limit} a run)")
        host = host_port(self.source.home)
        lines.append(
            f"pace        one request every {self.delay_s:g} s at {host}: {_duration(self.pages * self.delay_s)}"
        )
        lines.append(f"this test made {count_text(self.requests, 'request')} (robots.txt and lists); nothing was kept")
        return lines


def dry_run(
    source: Source, settings: Settings, layout: Layout, clock: Clock, notify: Callable[[str], None] = lambda _: None
) -> DryRun:
    """Fetch the robots.txt and the lists of a source, with the usual rate limit and guard, and work out what the next
    run would fetch. `notify` receives the URL of each list. Everything fetched goes to a temporary folder; the data
    folder is read only, except for the locks of the hosts. Raises Transient if another run holds the host."""
    delay_s = source.delay(settings.limits)
    test = DryRun(source, source.page_limit(settings.limits), delay_s)
    with (
        scratch_fetcher(source, settings, layout, clock, notify) as (fetcher, state, scratch),
        _known(layout, source, scratch) as known,
    ):
        _read_lists(test, Discovery(source, fetcher, state, clock, test.messages.append), notify)
        test.requests = fetcher.requests
        test.delay_s = max(delay_s, fetcher.crawl_delay(source.home) or 0.0)
        _count_pages(test, state, known, clock, settings.identity.token)
    return test


def _read_lists(test: DryRun, discovery: Discovery, notify: Callable[[str], None]) -> None:
    """Fetch the configured lists and the first few lists that these lead to."""
    configured = {*test.source.feeds, *test.source.sitemaps, *(test.source.sections or (test.source.home,))}
    for exchange in discovery.run():
        notify(f"read {exchange.purpose} {exchange.url}")
        test.is_answered |= exchange.status is not None or exchange.outcome == "refused"
        problem = None if exchange.outcome in GOOD_OUTCOMES else f"{exchange.outcome}: {exchange.reason}"
        sitemaps = discovery.indexes.get(exchange.url, 0)
        test.lists.append(ListTest(exchange.purpose, exchange.url, len(exchange.finds), sitemaps, problem))
        if len(test.lists) >= len(configured) + _MAX_MORE_LISTS:
            test.unread_lists = True
            return


def _count_pages(test: DryRun, state: State, known: State | None, clock: Clock, token: str) -> None:
    """Count the pages that the lists name and that are not known, and the known ones that are due."""
    named = state.due_articles(clock.now(), _MAX_PAGES)
    new = [url for url in named if known is None or known.page(url) is None]
    due = known.due_articles(clock.now(), _MAX_PAGES) if known else []

    def no_request(url: str) -> Exchange:
        raise AssertionError(f"{url}: a count requests nothing")

    robots, home = RobotsCopies(state, clock, token, no_request), test.source.home
    read = state.robots(origin(home))
    if read and read.good_at:
        is_allowed, rule = robots.last_good(home).decide(home, token)
        test.robots = f"{'allows' if is_allowed else 'refuses'} the home page ({rule})"
    test.refused = sum(not robots.last_good(url).decide(url, token)[0] for url in (*new, *due))
    test.new, test.due = len(new), len(due)


@contextmanager
def _known(layout: Layout, source: Source, scratch: Layout) -> Iterator[State | None]:
    """A copy of the fetch state of the source, None if it never ran: a run beside the test keeps its own."""
    path = state_path(layout, source.name)
    if not path.exists():
        yield None
        return
    copy = scratch.state / "known.sqlite"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as now, closing(sqlite3.connect(copy)) as later:
        now.backup(later)
    with State(copy) as state:
        yield state


def _count(count: int, one: str) -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def _duration(seconds: float) -> str:
    if seconds < 1:
        return "no waiting"
    minutes, rest = divmod(round(seconds), 60)
    return f"about {minutes} min {rest} s" if minutes else f"about {rest} s"
