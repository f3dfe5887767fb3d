"""Fills the days on which a source was not observed: finds what it posted then, and asks the site and a web archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import cast

from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.fetch.discovery import feeds, sections, sitemaps
from flows.fetch.discovery.cdx import Capture, earliest
from flows.fetch.discovery.past_lists import PagedList, day_of, is_of, may_list, paged_lists
from flows.fetch.history_session import HistorySession
from flows.fetch.outcome import GOOD_OUTCOMES
from flows.fetch.urls import belongs, canonical, host_port, is_file, redact
from flows.model import Exchange, Find, Page, Purpose
from flows.pipeline.asked_pages import Asked, Job, Missing, Wanted, archive_session, ask_archive, ask_site
from flows.pipeline.progress import Progress
from flows.sources import Source
from flows.trends.run import run as run_trend

_MAX_DEPTH = 3  # sitemap indexes above a sitemap
_AFTER = timedelta(days=7)  # an archive often captures a page days after it was posted


@dataclass(frozen=True, slots=True)
class Gap:
    """Consecutive local days, both included, on which a source was not observed, and how many articles are known of
    them."""

    source: str
    since: date
    until: date
    known: int

    @property
    def days(self) -> int:
        """How many days."""
        return (self.until - self.since).days + 1

    def describe(self) -> str:
        """One line: `my_station: 2026-10-03 to 2026-10-05, 3 days, 12 articles known`."""
        counts = f"{count_text(self.days, 'day')}, {count_text(self.known, 'article')} known"
        return f"{self.source}: {self.since} to {self.until}, {counts}"


def find_gaps(
    layout: Layout, sources: Iterable[str], since: date | None = None, until: date | None = None
) -> list[Gap]:
    """The gaps of the sources in the published snapshot, within the days given, oldest first. Raises ConfigError when
    nothing is published."""
    wanted, found = set(sources), []
    table = run_trend(layout, "days_missing", {"top": "1000000"})
    at = {name: table.columns.index(name) for name in ("source", "from_date", "until_date", "known_articles")}
    for row in table.rows:
        first, last = cast(date, row[at["from_date"]]), cast(date, row[at["until_date"]])
        first, last = max(first, since or first), min(last, until or last)
        if row[at["source"]] in wanted and first <= last:
            found.append(Gap(str(row[at["source"]]), first, last, cast(int, row[at["known_articles"]])))
    return sorted(found, key=lambda gap: (gap.since, gap.source))


def fill_gaps(job: Job, gaps: Sequence[Gap]) -> Asked:
    """Archive what the sources posted in their gaps. Lists that reach back name the pages; these are asked for at the
    site, then at the web archive, which also has captures of lists: with one of them a day is observed. What is
    archived already is not asked for again, so the same call goes on after an interrupt."""
    asked, lacking = Asked(), list[tuple[Wanted, str]]()
    by_source: dict[str, list[Gap]] = {}
    for gap in gaps:
        by_source.setdefault(gap.source, []).append(gap)
    for name, parts in by_source.items():
        source = job.catalog.by_name(name)
        try:
            with job.session(source) as session:
                visit = _Visit(job, source, session, asked)
                for gap in parts:
                    visit.ask_site(gap, lacking)
                captured = _captures(job, source, session, parts, asked)
            archived = _fetch_captures(job, captured, asked)
            lacking = [(page, reason) for page, reason in lacking if page.url not in archived]
        except NewsvaneError as error:
            asked.notes.append(f"{name}: {error.message}")
    if lacking:
        ask_archive(job, lacking, asked)
    return asked


@dataclass(slots=True)
class _Visit:
    """One source, while its site is asked for the pages of its gaps."""

    job: Job
    source: Source
    session: HistorySession
    asked: Asked

    def ask_site(self, gap: Gap, lacking: list[tuple[Wanted, str]]) -> None:
        """Fetch the pages of a gap that the lists of the site name."""
        pages = {page.url: page for page in self._pages(gap)}
        for number, page in enumerate(pages.values(), 1):
            self.job.progress(Progress(self.source.name, number, len(pages), "pages", f"{gap.since} to {gap.until}"))
            ask_site(self.session, page, self.asked, lacking)

    def _pages(self, gap: Gap) -> Iterator[Wanted]:
        """The articles that were posted in a gap, as far as dates tell; of the others, those not fetched yet."""
        for find in self._finds(gap):
            url = redact(canonical(find.url))
            if not belongs(url, self.source) or is_file(url):
                continue
            is_wanted = is_of(find, gap.since, gap.until)
            if is_wanted or (is_wanted is None and not self.session.was_fetched(url)):
                yield Wanted(url, day_of(find.published) if is_wanted else None)

    def _finds(self, gap: Gap) -> Iterator[Find]:
        roots = self.source.sitemaps or self.session.sitemaps(self.source.home)
        yield from self._sitemaps(roots, gap, set(), 0)
        for paged in paged_lists(self.source, gap.since, gap.until):
            yield from self._paged(paged, gap)

    def _sitemaps(self, urls: Iterable[str], gap: Gap, seen: set[str], depth: int) -> Iterator[Find]:
        for url in urls:
            if url in seen:
                continue
            seen.add(url)
            children: list[sitemaps.Child] = []

            def read(page: Page, slot: str = url, children: list[sitemaps.Child] = children) -> tuple[Find, ...]:
                found = sitemaps.read(page, redact(slot), lambda link: belongs(link, self.source))
                children += found.children
                return found.finds

            yield from self._listed(self.session.fetch_page(url, "sitemap", read))
            if depth < _MAX_DEPTH:
                within = [child.url for child in children if may_list(child, gap.since, gap.until)]
                yield from self._sitemaps(within, gap, seen, depth + 1)

    def _paged(self, paged: PagedList, gap: Gap) -> Iterator[Find]:
        """The finds of a paged list, until a page has nothing new or only pages of earlier days."""
        seen: set[str] = set()
        for url in paged.pages():

            def read(page: Page, slot: str = url) -> tuple[Find, ...]:
                reader = feeds.read if paged.purpose == "feed" else sections.read
                return reader(page, redact(slot), lambda link: belongs(link, self.source)).finds

            exchange = self.session.fetch_page(url, paged.purpose, read)
            if exchange.outcome not in GOOD_OUTCOMES:
                return
            finds = [find for find in exchange.finds if find.url not in seen]
            seen |= {find.url for find in finds}
            days = [day for find in finds if (day := day_of(find.published))]
            yield from finds
            if not finds or (days and max(days) < gap.since):
                return

    def _listed(self, exchange: Exchange) -> tuple[Find, ...]:
        if exchange.outcome not in GOOD_OUTCOMES:
            self.asked.notes.append(f"{exchange.purpose} {exchange.url}: {exchange.outcome}, {exchange.reason}")
        return exchange.finds


def _captures(
    job: Job, source: Source, session: HistorySession, gaps: Sequence[Gap], asked: Asked
) -> list[tuple[Capture, Purpose]]:
    """The captures to fetch, each with its purpose: of lists one a day, and of articles that the site did not give."""
    lists = {redact(canonical(url)) for url in (source.home, *source.sections)}
    hosts = dict.fromkeys([host_port(source.home), *source.hosts])
    found: list[tuple[Capture, Purpose]] = []
    pages: dict[str, Capture] = {}
    try:
        with archive_session(job) as archive:
            for gap in gaps:
                until = gap.until + _AFTER
                captures = [each for host in hosts for each in archive.captures(host, gap.since, until, "host")]
                found += [(each, "section") for each in _one_a_day(captures, lists, gap, source)]
                for url, first in earliest(captures).items():
                    page = redact(canonical(url))
                    is_page = belongs(page, source) and sections.score(page, "") >= sections.MIN_SCORE
                    if is_page and page not in lists and not session.was_fetched(page):
                        pages.setdefault(page, first)
    except NewsvaneError as error:
        asked.notes.append(f"web archive: {error.message}")
    return [*found, *((each, "article") for each in pages.values())]


def _one_a_day(captures: Iterable[Capture], lists: set[str], gap: Gap, source: Source) -> list[Capture]:
    """The first capture of any list on each local day of a gap."""
    days: dict[date, Capture] = {}
    for capture in sorted(captures, key=lambda each: each.at):
        day = capture.at.astimezone(source.tzinfo).date()
        if gap.since <= day <= gap.until and redact(canonical(capture.url)) in lists:
            days.setdefault(day, capture)
    return list(days.values())


def _fetch_captures(job: Job, captures: Sequence[tuple[Capture, Purpose]], asked: Asked) -> set[str]:
    """Fetch the captures; returns the URLs of the pages that are archived then."""
    archived = set[str]()
    if not captures:
        return archived
    with archive_session(job) as archive:
        for number, (capture, purpose) in enumerate(captures, 1):
            job.progress(Progress("web archive", number, len(captures), "captures", host_port(capture.url)))
            if problem := archive.fetch(capture, asked, purpose):
                asked.missing.append(Missing(capture.url, capture.at.astimezone(UTC).date(), f"web archive: {problem}"))
            else:
                archived.add(redact(canonical(capture.url)))
    return archived
