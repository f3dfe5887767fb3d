"""A first look at a site: what it offers, what its robots.txt says, and a source config drafted for review."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from flows.clock import Clock
from flows.errors import ConfigError
from flows.fetch import feeds, sections, sitemaps
from flows.fetch.client import Client
from flows.fetch.courier import Courier
from flows.fetch.guard import Guard
from flows.fetch.pace import Locks
from flows.fetch.state import State
from flows.fetch.urls import absolute, canonical, host_port, redact
from flows.fetch.writer import Writer
from flows.model import Exchange, Find, Page
from flows.settings import Layout, Settings
from flows.sources import Source

_MAX_SITEMAPS = 5
_USUAL_FEEDS = ("/feed/", "/rss", "/search/?f=rss&t=article&c=news&l=50&s=start_time&sd=desc")
_USUAL_SITEMAPS = ("/sitemap.xml", "/tncms/sitemap/news.xml")


@dataclass(slots=True)
class Offer:
    """One feed or sitemap looked at: how many articles it lists, or why it cannot be read."""

    url: str
    articles: int
    problem: str | None = None


@dataclass(slots=True)
class SourceReport:
    """What a site offers. `robots` is the rule that decides on the home page, `crawl_delay_s` what it asks for;
    `sections` are pages on the home page's menu; kind and zone cannot be seen from outside."""

    url: str
    title: str | None = None
    allowed: bool = True
    robots: str | None = None
    crawl_delay_s: float | None = None
    feeds: list[Offer] = field(default_factory=list)
    sitemaps: list[Offer] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    articles_on_home: int = 0
    messages: list[str] = field(default_factory=list)


def check(
    url: str,
    settings: Settings,
    layout: Layout,
    clock: Clock,
    allow_addresses: Sequence[str] = (),
) -> SourceReport:
    """Look at a site's robots.txt, home page, feeds and sitemaps, at the usual pace and under the usual guard.

    Nothing is kept: what was fetched goes to a scratch folder. The host's lock is the real one. Raises ConfigError
    for a URL that is not http(s).
    """
    home = absolute(url, url)
    if home is None:
        raise ConfigError(f"'{redact(url)}' is not an http(s) URL: give the home page, such as https://example.org/")
    source = Source(
        name="check", kind="site", title="check", home=home, zone="UTC", allow_addresses=tuple(allow_addresses)
    )
    locks = Locks(layout.locks)
    client = Client(settings, Guard(source.allow_addresses), clock)
    with tempfile.TemporaryDirectory() as scratch:
        place = Layout(Path(scratch))
        try:
            with State(place.state / "check.sqlite") as state:
                courier = Courier(source, settings, state, Writer(place, source.name), client, locks, clock)
                return _Look(courier, home).report()
        finally:
            client.close()
            locks.release()


class _Look:
    def __init__(self, courier: Courier, home: str) -> None:
        self._courier, self._home = courier, home
        self._report = SourceReport(redact(home))
        self._announced: tuple[str, ...] = ()

    def report(self) -> SourceReport:
        exchange, page = self._courier.fetch(self._home, "section", read=self._read_home)
        self._report.robots = exchange.robots_rule
        self._report.crawl_delay_s = self._courier.crawl_delay(self._home)
        if exchange.outcome == "refused":
            self._report.allowed = False
            self._report.messages.append(f"the home page is refused: {exchange.reason}")
            return self._report
        if page is None:
            self._report.messages.append(f"the home page: {exchange.outcome}, {exchange.reason}")
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
            exchange, _ = self._courier.fetch(url, "feed", read=_read_feed)
            self._report.feeds += self._offer(exchange, bool(self._announced))

    def _sitemaps(self) -> None:
        named = self._courier.sitemaps(self._home)[:_MAX_SITEMAPS]
        for url in named or [urljoin(self._home, path) for path in _USUAL_SITEMAPS]:
            exchange, _ = self._courier.fetch(url, "sitemap", read=_read_sitemap)
            self._report.sitemaps += self._offer(exchange, bool(named))

    @staticmethod
    def _offer(exchange: Exchange, announced: bool) -> list[Offer]:
        """An offer, or nothing where a usual place was tried in vain."""
        if exchange.outcome in ("new", "changed", "unchanged"):
            return [Offer(exchange.url, len(exchange.finds))]
        return [Offer(exchange.url, 0, f"{exchange.outcome}: {exchange.reason}")] if announced else []


def _read_feed(page: Page) -> tuple[Find, ...]:
    return feeds.read(page, page.url)


def _read_sitemap(page: Page) -> tuple[Find, ...]:
    return sitemaps.read(page, page.url).finds


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


def draft(report: SourceReport) -> str:
    """The report as a source config (TOML text) to be read, completed and enabled by a person: it ships disabled."""
    usable = [offer.url for offer in report.feeds if not offer.problem]
    maps = [offer.url for offer in report.sitemaps if not offer.problem]
    reason = "drafted: read the site's terms, set kind, zone and place, then enable"
    if not report.allowed:
        reason = f"robots.txt refuses us: {report.robots}"
    lines = [
        f"# robots.txt decides on the home page by: {_line(report.robots or 'no rule')}",
        'kind = "site" # station, newspaper or site',
        f"title = {_toml(report.title or urlsplit(report.url).hostname or report.url)}",
        f"home = {_toml(report.url)}",
        'zone = "UTC" # the site\'s own zone, such as America/Chicago',
        f"feeds = {_toml(usable)}",
        f"sitemaps = {_toml(maps)}",
        f"sections = {_toml(report.sections[:6])}",
        "enabled = false",
        f"disabled_reason = {_toml(reason)}",
        'terms = "not read yet"',
    ]
    if report.crawl_delay_s:
        lines.append(f"delay_s = {report.crawl_delay_s:g}")
    return "\n".join(lines) + "\n"


def _toml(value: str | list[str]) -> str:
    """A TOML basic string or array: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f")


def _line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", " ", text)
