"""A first look at a site: what it offers and what its robots.txt says."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flows.clock import Clock
from flows.errors import ConfigError
from flows.fetch.archive.warc_writer import Writer
from flows.fetch.discovery import feeds, sections, sitemaps
from flows.fetch.fetcher import Fetcher
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from flows.fetch.http.rate_limit import Locks
from flows.fetch.state.store import State
from flows.fetch.state.transitions import ROBOTS_UNREACHABLE
from flows.fetch.urls import absolute, canonical, host_port, redact
from flows.model import Exchange, Find, Page
from flows.settings import Layout, Settings
from flows.sources import Source

_MAX_SITEMAPS = 5
_USUAL_FEEDS = ("/feed/", "/rss", "/search/?f=rss&t=article&c=news&l=50&s=start_time&sd=desc")
_USUAL_SITEMAPS = ("/sitemap.xml", "/tncms/sitemap/news.xml")


@dataclass(slots=True)
class Offer:
    """One feed or sitemap looked at: how many articles it lists, or why it cannot be read. A sitemap index lists other
    sitemaps, `children` of them, and no articles of its own."""

    url: str
    articles: int
    problem: str | None = None
    children: int = 0


@dataclass(slots=True)
class SourceReport:
    """What a site offers. `answered` says that its home page or its robots.txt was had: else nothing is known of it.
    `robots` is the rule that decides on the home page (None where robots.txt was not read),
    `crawl_delay_s` what it asks for; `sections` are pages on the home page's menu; `allow_addresses` the private
    networks it was looked at in. Kind and zone cannot be seen from outside."""

    url: str
    answered: bool = False
    title: str | None = None
    allowed: bool = True
    robots: str | None = None
    crawl_delay_s: float | None = None
    feeds: list[Offer] = field(default_factory=list)
    sitemaps: list[Offer] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    articles_on_home: int = 0
    messages: list[str] = field(default_factory=list)
    allow_addresses: tuple[str, ...] = ()


def check(
    url: str,
    settings: Settings,
    layout: Layout,
    clock: Clock,
    allow_addresses: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> SourceReport:
    """Look at a site's robots.txt, home page, feeds and sitemaps, at the usual pace and under the usual guard; `tell`
    hears of each look, for the pace makes it take a while.

    Nothing is kept: what was fetched goes to a scratch folder. The host's lock is the real one. Raises ConfigError
    for a URL that is not http(s), and for an address range that is none.
    """
    home = absolute(url, url)
    if home is None:
        raise ConfigError(f"'{redact(url)}' is not an http(s) URL: give the home page, such as https://example.org/")
    for network in allow_addresses:
        try:
            ip_network(network)
        except ValueError as error:
            raise ConfigError(f"'{network}' is not a network such as 127.0.0.1/32 or 10.0.0.0/8: {error}") from error
    source = Source(
        name="check", kind="site", title="check", home=home, zone="UTC", allow_addresses=tuple(allow_addresses)
    )
    locks = Locks(layout.locks)
    client = Client(settings, Guard(source.allow_addresses), clock)
    with tempfile.TemporaryDirectory() as scratch:
        place = Layout(Path(scratch))
        try:
            with State(place.state / "check.sqlite") as state:
                fetcher = Fetcher(source, settings, state, Writer(place, source.name), client, locks, clock)
                report = _Look(fetcher, home, tell).report()
        finally:
            client.close()
            locks.release()
    report.allow_addresses = source.allow_addresses
    return report


class _Look:
    def __init__(self, fetcher: Fetcher, home: str, tell: Callable[[str], None]) -> None:
        self._courier, self._home, self._tell = fetcher, home, tell
        self._report = SourceReport(redact(home))
        self._announced: tuple[str, ...] = ()

    def report(self) -> SourceReport:
        self._tell(f"looking at {redact(self._home)} and its robots.txt ...")
        exchange, page = self._courier.fetch(self._home, "section", read=self._read_home)
        self._report.robots = None if exchange.robots_rule == ROBOTS_UNREACHABLE else exchange.robots_rule
        self._report.answered = page is not None or (exchange.outcome == "refused" and self._report.robots is not None)
        self._report.crawl_delay_s = self._courier.crawl_delay(self._home)
        if exchange.outcome == "refused":
            self._report.allowed = False
            self._report.messages.append(f"the home page is refused: {exchange.reason}")
            return self._report
        if page is None:
            hint = "; if that is meant, name the network (--allow)" if exchange.outcome == "unsafe" else ""
            self._report.messages.append(f"the home page: {exchange.outcome}, {exchange.reason}{hint}")
            return self._report
        self._report.articles_on_home = len(exchange.finds)
        body = page.body if isinstance(page.body, bytes) else page.body.encode()
        self._report.title = _title(body)
        self._report.sections = _menu(body, page.url)
        self._feeds()
        self._sitemaps()
        return self._report

    def _read_home(self, page: Page) -> tuple[Find, ...]:
        section = sections.read(page, page.url)
        self._announced = section.feeds
        return section.finds

    def _feeds(self) -> None:
        """Feeds the page announces; where it announces none, the places where such systems keep them."""
        for url in self._announced or tuple(urljoin(self._home, path) for path in _USUAL_FEEDS):
            self._tell(f"looking at {redact(url)} ...")
            exchange, _ = self._courier.fetch(url, "feed", read=_read_feed)
            self._report.feeds += self._offer(exchange, bool(self._announced))

    def _sitemaps(self) -> None:
        named = self._courier.sitemaps(self._home)[:_MAX_SITEMAPS]
        for url in named or [urljoin(self._home, path) for path in _USUAL_SITEMAPS]:
            self._tell(f"looking at {redact(url)} ...")
            self._children = 0
            exchange, _ = self._courier.fetch(url, "sitemap", read=self._read_sitemap)
            self._report.sitemaps += self._offer(exchange, bool(named), self._children)

    def _read_sitemap(self, page: Page) -> tuple[Find, ...]:
        listed = sitemaps.read(page, page.url)
        self._children = len(listed.children)
        return listed.finds

    @staticmethod
    def _offer(exchange: Exchange, announced: bool, children: int = 0) -> list[Offer]:
        """An offer, or nothing where a usual place was tried in vain."""
        if exchange.outcome in ("new", "changed", "unchanged"):
            return [Offer(exchange.url, len(exchange.finds), children=children)]
        return [Offer(exchange.url, 0, f"{exchange.outcome}: {exchange.reason}")] if announced else []


def _read_feed(page: Page) -> tuple[Find, ...]:
    return feeds.read(page, page.url)


def _title(body: bytes) -> str | None:
    match = re.search(rb"<title[^>]*>([^<]{1,300})", body[: 256 * 1024], re.IGNORECASE)
    return " ".join(match[1].decode("utf-8", "replace").split()) or None if match else None


def _menu(body: bytes, base: str) -> list[str]:
    """Links one level below the home page, in page order: what a site calls its sections."""
    found: list[str] = []
    for link in re.findall(rb"""<a\b[^>]{0,500}?href\s*=\s*["']([^"'#]{1,300})""", body)[:2000]:
        url = absolute(base, link.decode("utf-8", "replace"))
        if url is None or host_port(url) != host_port(base):
            continue
        plain = canonical(url)
        segments = [segment for segment in urlsplit(plain).path.split("/") if segment]
        is_section = 1 <= len(segments) <= 2 and sections.score(plain, "") < sections.ENOUGH
        if is_section and not urlsplit(plain).query and not sections.is_furniture(plain) and plain not in found:
            found.append(plain)
    return found[:20]
