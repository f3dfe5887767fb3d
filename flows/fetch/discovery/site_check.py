"""Checks an unknown site before it becomes a source: its robots.txt, home page, feeds and sitemaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from urllib.parse import urljoin, urlsplit

from flows.clock import Clock
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.fetch.discovery import feeds, sections, sitemaps
from flows.fetch.fetcher import Fetcher
from flows.fetch.outcome import GOOD_OUTCOMES
from flows.fetch.scratch import scratch_fetcher
from flows.fetch.state.transitions import ROBOTS_UNREACHABLE
from flows.fetch.urls import absolute, belongs, canonical, host_port, redact
from flows.model import Exchange, Find, Page
from flows.settings import Settings
from flows.sources import Source

_MAX_SITEMAPS = 5
_MAX_SECTIONS = 20
_USUAL_FEEDS = ("/feed/", "/rss", "/search/?f=rss&t=article&c=news&l=50&s=start_time&sd=desc")
_USUAL_SITEMAPS = ("/sitemap.xml", "/tncms/sitemap/news.xml")


@dataclass(slots=True)
class ChannelReport:
    """One feed or sitemap: the number of articles it lists, or the problem with it. A sitemap index lists other
    sitemaps, `children` of them, and no articles."""

    url: str
    articles: int
    problem: str | None = None
    children: int = 0


@dataclass(slots=True)
class SourceReport:
    """What a site provides. `answered` is false if neither the home page nor robots.txt could be fetched: then nothing
    is known about the site. `robots` is the robots.txt rule that decides on the home page (None if robots.txt was not
    read), `crawl_delay_s` its Crawl-delay; `page` is the home page, None if it was not fetched; `sections` are the
    pages in its menu; `allow_addresses` are the private networks that were allowed."""

    url: str
    answered: bool = False
    title: str | None = None
    page: Page | None = None
    allowed: bool = True
    robots: str | None = None
    crawl_delay_s: float | None = None
    feeds: list[ChannelReport] = field(default_factory=list)
    sitemaps: list[ChannelReport] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    articles_on_home: int = 0
    messages: list[str] = field(default_factory=list)
    allow_addresses: tuple[str, ...] = ()


def check_site(
    url: str,
    settings: Settings,
    layout: Layout,
    clock: Clock,
    allow_addresses: Sequence[str] = (),
    notify: Callable[[str], None] = lambda _: None,
) -> SourceReport:
    """Fetch a site's robots.txt, home page, feeds and sitemaps, with the usual rate limit and guard; `notify` receives
    a message before each request, because the rate limit makes the check slow.

    Everything fetched goes to a temporary folder; only the host's lock is the real one. Raises ConfigError for a URL
    that is not http(s) and for a malformed network.
    """
    source = _source(url, allow_addresses)
    with scratch_fetcher(source, settings, layout, clock) as scratch:
        report = _SiteCheck(scratch.fetcher, source, notify).run()
    report.allow_addresses = source.allow_addresses
    return report


def _source(url: str, allow_addresses: Sequence[str]) -> Source:
    home = absolute(url, url)
    if home is None:
        raise ConfigError(f"'{redact(url)}' is not an http(s) URL: give the home page, such as https://example.org/")
    for network in allow_addresses:
        try:
            ip_network(network)
        except ValueError as error:
            raise ConfigError(f"'{network}' is not a network such as 127.0.0.1/32 or 10.0.0.0/8: {error}") from error
    return Source(
        name="check", kind="site", title="check", home=home, zone="UTC", allow_addresses=tuple(allow_addresses)
    )


class _SiteCheck:
    def __init__(self, fetcher: Fetcher, source: Source, notify: Callable[[str], None]) -> None:
        self._fetcher, self._source, self._home, self._notify = fetcher, source, source.home, notify
        self._report = SourceReport(redact(source.home))
        self._announced: tuple[str, ...] = ()
        self._children = 0

    def run(self) -> SourceReport:
        """Check the home page, then feeds and sitemaps unless the home page is refused or failed."""
        self._notify(f"checking {redact(self._home)} and its robots.txt ...")
        exchange, page = self._fetcher.fetch(self._home, "section", read=self._read_home)
        report = self._report
        report.robots = None if exchange.robots_rule == ROBOTS_UNREACHABLE else exchange.robots_rule
        report.answered = page is not None or (exchange.outcome == "refused" and report.robots is not None)
        report.crawl_delay_s = self._fetcher.crawl_delay(self._home)
        if page is None:
            report.allowed = exchange.outcome != "refused"
            report.messages.append(_home_problem(exchange))
            return report
        report.page = page
        report.articles_on_home = len(exchange.finds)
        body = page.body if isinstance(page.body, bytes) else page.body.encode()
        report.title = _title(body)
        report.sections = [url for url in _menu(body, page.url) if self._is_ours(url)][:_MAX_SECTIONS]
        self._check_feeds()
        self._check_sitemaps()
        return report

    def _read_home(self, page: Page) -> tuple[Find, ...]:
        section = sections.read(page, page.url, self._is_ours)
        self._announced = section.feeds
        return section.finds

    def _read_feed(self, page: Page) -> tuple[Find, ...]:
        return feeds.read(page, page.url, self._is_ours).finds

    def _is_ours(self, url: str) -> bool:
        return belongs(url, self._source)

    def _check_feeds(self) -> None:
        """The feeds that the page announces; without any, the usual places of common site systems."""
        for url in self._announced or tuple(urljoin(self._home, path) for path in _USUAL_FEEDS):
            self._notify(f"checking {redact(url)} ...")
            exchange, _ = self._fetcher.fetch(url, "feed", read=self._read_feed)
            self._report.feeds += self._channel(exchange, bool(self._announced))

    def _check_sitemaps(self) -> None:
        named = self._fetcher.sitemaps(self._home)[:_MAX_SITEMAPS]
        for url in named or [urljoin(self._home, path) for path in _USUAL_SITEMAPS]:
            self._notify(f"checking {redact(url)} ...")
            self._children = 0
            exchange, _ = self._fetcher.fetch(url, "sitemap", read=self._read_sitemap)
            self._report.sitemaps += self._channel(exchange, bool(named), self._children)

    def _read_sitemap(self, page: Page) -> tuple[Find, ...]:
        sitemap = sitemaps.read(page, page.url, self._is_ours)
        self._children = len(sitemap.children)
        return sitemap.finds

    @staticmethod
    def _channel(exchange: Exchange, is_announced: bool, children: int = 0) -> list[ChannelReport]:
        """The report on one channel; empty if there is nothing at a usual place that the site does not announce."""
        if exchange.outcome in GOOD_OUTCOMES:
            return [ChannelReport(exchange.url, len(exchange.finds), children=children)]
        problem = f"{exchange.outcome}: {exchange.reason}"
        return [ChannelReport(exchange.url, 0, problem)] if is_announced else []


def _home_problem(exchange: Exchange) -> str:
    if exchange.outcome == "refused":
        return f"the home page is refused: {exchange.reason}"
    if exchange.outcome == "failed" and exchange.status is None:
        cause = (exchange.reason or "").partition(": ")[2] or exchange.reason
        return f"nobody answers at {host_port(exchange.url)}: {cause}"
    hint = "; if that is intended, name the network (--allow)" if exchange.outcome == "unsafe" else ""
    return f"the home page: {exchange.outcome}, {exchange.reason}{hint}"


def _title(body: bytes) -> str | None:
    match = re.search(rb"<title[^>]*>([^<]{1,300})", body[: 256 * 1024], re.IGNORECASE)
    return " ".join(match[1].decode("utf-8", "replace").split()) or None if match else None


def _menu(body: bytes, base: str) -> list[str]:
    """Links to section pages in page order: paths of one or two segments that do not look like an article."""
    found: list[str] = []
    for link in re.findall(rb"""<a\b[^>]{0,500}?href\s*=\s*["']([^"'#]{1,300})""", body)[:2000]:
        url = absolute(base, link.decode("utf-8", "replace"))
        if url is None:
            continue
        plain = canonical(url)
        if _is_section(plain) and plain not in found:
            found.append(plain)
    return found


def _is_section(url: str) -> bool:
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    is_short = 1 <= len(segments) <= 2 and not parts.query
    return is_short and sections.score(url, "") < sections.MIN_SCORE and not sections.is_boilerplate(url)
