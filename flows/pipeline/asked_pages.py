"""Fetches pages given by URL: politely from their sites, and what is missing there from a web archive."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path

from flows.clock import Clock
from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import NewsvaneError, ShapeError
from flows.fetch.discovery.cdx import Capture, earliest, query, read
from flows.fetch.history_session import HistorySession, history_session
from flows.fetch.outcome import GOOD_OUTCOMES
from flows.fetch.urls import canonical, host_port, redact
from flows.model import Purpose
from flows.pipeline.progress import Notify, Progress, Report
from flows.pipeline.route import URL_LIST, WEB_ARCHIVE
from flows.settings import Settings
from flows.sources import Source, SourceCatalog

_MAX_REASONS = 10
_ANSWER_AGE = timedelta(days=7)
_MAX_ANSWERS = 20  # of the index of the web archive, for one question
# The site does not have the page, or does not answer; what it refuses is not asked of an archive instead.
_LACKING = ("gone", "failed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is wanted, and the day it is of, as far as that is known."""

    url: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A page that could not be fetched, and why."""

    url: str
    day: date | None
    reason: str


@dataclass(slots=True)
class Asked:
    """The result for the pages that were wanted: counts, and each one that could not be fetched."""

    fetched: int = 0
    known: int = 0
    captures: int = 0
    missing: list[Missing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Asked) -> None:
        """Add what another call has brought."""
        self.fetched, self.known = self.fetched + other.fetched, self.known + other.known
        self.captures += other.captures
        self.missing += other.missing
        self.notes += other.notes

    def describe(self) -> list[str]:
        """The counts, and the reasons for what is missing, one line each."""
        counts = f"{count_text(self.fetched, 'page')} from their sites, {self.captures} from the web archive"
        reasons = Counter(each.reason for each in self.missing)
        return [
            f"{counts}, {self.known} known before, {len(self.missing)} not available",
            *(f"  {count_text(count, 'page')}: {reason}" for reason, count in reasons.most_common(_MAX_REASONS)),
            *self.notes,
        ]

    def write(self, path: Path) -> None:
        """Write what could not be fetched as CSV: url, day, reason."""
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(("url", "day", "reason"))
            table.writerows((each.url, each.day or "", each.reason) for each in self.missing)


@dataclass(frozen=True, slots=True)
class Job:
    """What asking for pages needs: where to archive, the clock, who the sources are, and who is told."""

    layout: Layout
    settings: Settings
    catalog: SourceCatalog
    clock: Clock
    notify: Notify
    progress: Report

    def session(self, source: Source) -> AbstractContextManager[HistorySession]:
        """The archive of one source, opened; raises Transient while another run holds it."""
        return history_session(source, self.settings, self.layout, self.clock, self.notify)


def ask_for_pages(job: Job, wanted: Sequence[Wanted]) -> Asked:
    """Fetch pages from their sites, those of a configured source under its name; then ask the web archive for what is
    gone or does not answer. What is archived already is not asked for again, so the same call goes on after an
    interrupt. A site that refuses is not asked for in another way."""
    asked, lacking = Asked(), list[tuple[Wanted, str]]()
    total, done = len(wanted), 0
    for source, pages in _by_source(job.catalog, wanted):
        try:
            with job.session(source) as session:
                for page in _interleaved(pages):
                    done += 1
                    job.progress(Progress("pages", done, total, "pages", host_port(page.url)))
                    ask_site(session, page, asked, lacking)
        except NewsvaneError as error:
            asked.missing += [Missing(page.url, page.day, error.message) for page in pages]
    if lacking:
        ask_archive(job, lacking, asked)
    return asked


def ask_site(session: HistorySession, page: Wanted, asked: Asked, lacking: list[tuple[Wanted, str]]) -> None:
    """Fetch one page from its site, unless that was done before; what an archive may have is added to `lacking`."""
    url = redact(canonical(page.url))
    if session.was_fetched(url):
        asked.known += 1
        return
    exchange = session.fetch_page(url)
    if exchange.outcome in GOOD_OUTCOMES:
        asked.fetched += 1
    elif exchange.outcome in _LACKING:
        lacking.append((page, f"{exchange.outcome}, {exchange.reason}"))
    else:
        asked.missing.append(Missing(page.url, page.day, f"{exchange.outcome}, {exchange.reason}"))


def ask_archive(job: Job, lacking: Sequence[tuple[Wanted, str]], asked: Asked) -> None:
    """Ask the web archive for the first capture of each page, from its day on."""
    today = job.clock.now().date()
    with archive_session(job) as archive:
        for number, (page, reason) in enumerate(lacking, 1):
            job.progress(Progress("web archive", number, len(lacking), "pages", host_port(page.url)))
            try:
                found = archive.captures(page.url, page.day or date(1996, 1, 1), today, "exact")
            except NewsvaneError as error:
                asked.missing.append(Missing(page.url, page.day, f"{reason}; web archive: {error.message}"))
                continue
            first = next(iter(earliest(found).values()), None)
            if problem := archive.fetch(first, asked) if first else "no capture":
                asked.missing.append(Missing(page.url, page.day, f"{reason}; web archive: {problem}"))


class WebArchive:
    """The web archive that config names, asked politely under a name of its own."""

    def __init__(self, session: HistorySession, settings: Settings, notify: Notify) -> None:
        self._session, self._config, self._notify = session, settings.web_archive, notify

    def captures(self, url: str, since: date, until: date, match: str) -> list[Capture]:
        """The captures of a page, host or domain (`match`) on these days (UTC); an answer of the last week is not asked
        for again. Raises ShapeError for an answer that cannot be fetched or read."""
        found: list[Capture] = []
        resume = None
        for _ in range(_MAX_ANSWERS):
            address = query(self._config.cdx, url, since, until, match, resume)
            exchange, body = self._session.listing(address, "file_list", (), _ANSWER_AGE)
            if body is None:
                raise ShapeError(f"{exchange.outcome}, {exchange.reason}" if exchange else "no answer")
            captures, resume = read(body)
            found += captures
            if resume is None:
                return found
        self._notify(
            f"{url}: the web archive lists more captures from {since} to {until}; these were left out: fill fewer days"
        )
        return found

    def fetch(self, capture: Capture, asked: Asked, purpose: Purpose = "article") -> str | None:
        """Fetch and archive one capture, unless that was done before, and count it in `asked`; returns why it cannot be
        fetched, None if it can."""
        address = redact(capture.address(self._config.replay))
        if self._session.is_known(address):
            asked.known += 1
            return None
        exchange = self._session.fetch_page(address, purpose)
        asked.captures += exchange.outcome in GOOD_OUTCOMES
        return None if exchange.outcome in GOOD_OUTCOMES else f"{exchange.outcome}, {exchange.reason}"


@contextmanager
def archive_session(job: Job) -> Iterator[WebArchive]:
    """The web archive, opened. Raises Transient while another run asks it."""
    config = job.settings.web_archive
    source = given_source(WEB_ARCHIVE, "Web archive", config.replay, config.delay_s, config.allow_addresses)
    with job.session(source) as session:
        yield WebArchive(session, job.settings, job.notify)


def given_source(name: str, title: str, home: str, delay_s: float | None, allowed: tuple[str, ...] = ()) -> Source:
    """A source that no file of config describes: pages of any site are archived under its name."""
    return Source(
        name=name, kind="site", title=title, home=home, zone="UTC", enabled=False, disabled_reason="asked on demand",
        delay_s=delay_s, allow_addresses=allowed,
    )  # fmt: skip


_ANY_SITE = given_source(URL_LIST, "Pages of a list", "https://url-list.invalid/", None)


def _by_source(catalog: SourceCatalog, wanted: Iterable[Wanted]) -> Iterator[tuple[Source, list[Wanted]]]:
    """The pages, each once, by the source that they are fetched under."""
    groups: dict[str, tuple[Source, list[Wanted]]] = {}
    seen = set()
    for page in wanted:
        if page.url not in seen:
            seen.add(page.url)
            source = catalog.by_url(page.url) or _ANY_SITE
            groups.setdefault(source.name, (source, []))[1].append(page)
    yield from groups.values()


def _interleaved(pages: Iterable[Wanted]) -> Iterator[Wanted]:
    """The pages so that one host after the other is asked: while one has its pause, others answer."""
    hosts: dict[str, list[Wanted]] = {}
    for page in pages:
        hosts.setdefault(host_port(page.url), []).append(page)
    for turn in zip_longest(*hosts.values()):
        yield from (page for page in turn if page is not None)
