"""Answers requests for one station's site at simulated time and logs them."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from flows.clock import Clock, SystemClock
from flows.simulator import closings_list, lists, pages, redesign
from flows.simulator.article import ALIAS_STEP, Article
from flows.simulator.connections import Connections
from flows.simulator.faults import Faults, Template
from flows.simulator.world import World

_ARTICLE = re.compile(r"^/content/(?:news|national|video)/[^/]*?(\d{9})\.html$")
_MONTH = re.compile(r"^/sitemap-(\d{4}-\d{2})\.xml$")
_CACHE_SIZE = 4000
HTML, XML, RSS = "text/html; charset=utf-8", "application/xml; charset=utf-8", "application/rss+xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Response:
    """A complete response before it is sent. Without validators `etag` and `modified` (aware) are None."""

    status: int
    media_type: str
    body: bytes
    etag: str | None = None
    modified: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RequestLogEntry:
    """One request in the site's own log. `at` is simulated time; `open_connections` counts all connections open then;
    `status` is 0 where a fault sent none."""

    at: datetime
    path: str
    user_agent: str
    status: int
    open_connections: int
    fault: str | None = None


@dataclass
class Site:
    """One station's site. `base` (scheme, host, port) is set by `serving.serve`; `delay_s` is the Crawl-delay of its
    robots.txt; `faults` apply only when it is served."""

    world: World
    clock: Clock = field(default_factory=SystemClock)
    faults: Faults | None = None
    delay_s: float = 1.0
    base: str = ""
    log: list[RequestLogEntry] = field(default_factory=list)
    connections: Connections = field(default_factory=Connections)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _frame_cache: tuple[datetime, pages.Frame] | None = None
    _pages: OrderedDict[tuple[object, ...], Response] = field(default_factory=OrderedDict)

    def respond(self, path: str, now: datetime) -> Response:
        """The response for a path (its query is ignored) at `now`."""
        path = urlsplit(path).path
        match = _ARTICLE.match(path)
        if identifier := match.group(1) if match else redesign.id_in(path):
            return self._article(path, identifier, now)
        minute = now.replace(second=0, microsecond=0)
        return self._cached((path, minute), minute, lambda: self._relinked(self._listing(path, minute)))

    def path_of(self, article: Article) -> str:
        """The path an article is published under; it follows the new pattern if posted after the redesign."""
        if self.faults and self.faults.is_redesigned(self.world.hour(article.posted).date()):
            return redesign.path_of(article, self.world, self.faults.redesign_to)
        return article.path

    def log_request(self, path: str, user_agent: str, status: int, fault: str | None = None) -> None:
        """Add one entry to the log."""
        with self._lock:
            self.log.append(RequestLogEntry(self.clock.now(), path, user_agent, status, len(self.connections), fault))

    def _article(self, path: str, identifier: str, now: datetime) -> Response:
        article, is_alias = self._article_at(path, identifier)
        if article is None or article.posted > now:
            return _MISSING
        if article.is_gone(now):
            return Response(article.gone_status, HTML, b"<html><head><title>Not found</title></head></html>")
        revision = article.at(now)
        if revision is None:
            return _MISSING
        hour = now.replace(minute=0, second=0, microsecond=0)
        stamp = max(hour, revision.since)
        template = self._template(now)
        key = (path, revision.number, hour, template)

        def render() -> tuple[str, str]:
            if template:
                url = self.base + self.path_of(article)
                return HTML, redesign.article_page(article, revision, self.world, url, template)
            page = pages.article_page(article, revision, self._frame(now, hour))
            canonical = f'<head><link rel="canonical" href="{self.base}{article.path}">'
            return HTML, page.replace("<head>", canonical, 1) if is_alias else page

        return self._cached(key, revision.since if template else stamp, render)

    def _article_at(self, path: str, identifier: str) -> tuple[Article | None, bool]:
        """The article that a path names, and whether the path holds its alias id (see the fault `duplicate_ids`)."""
        article = self.world.find(identifier)
        if article:
            return (article, False) if path == self.path_of(article) else (None, False)
        article = self.world.find(f"{int(identifier) - ALIAS_STEP:09d}")
        if article and path == article.path.replace(article.native_id, identifier):
            return article, True
        return None, False

    def _template(self, now: datetime) -> Template | None:
        """The template of the redesign if it is in force at `now`, else None."""
        is_new = self.faults and self.faults.is_redesigned(self.world.hour(now).date())
        return self.faults.redesign_to if self.faults and is_new else None

    def _relinked(self, rendered: tuple[str, str] | None) -> tuple[str, str] | None:
        """A list page with its links rewritten to each article's published path."""
        if rendered is None or self.faults is None or self.faults.redesign_on is None:
            return rendered
        text = redesign.relink(rendered[1], self.world, self.faults.redesign_on, self.faults.redesign_to)
        return rendered[0], text

    def _frame(self, now: datetime, hour: datetime) -> pages.Frame:
        cached = self._frame_cache
        if cached is None or cached[0] != hour:
            cached = (hour, pages.build_frame(self.world, now))
            self._frame_cache = cached
        return cached[1]

    def _listing(self, path: str, now: datetime) -> tuple[str, str] | None:
        """Media type and text of a list page; None if the site has no such page."""
        if path == "/" or path in lists.SECTIONS:
            name, template = lists.SECTIONS.get(path), self._template(now)
            if template:
                rows = lists.newest(name, self.world, now)
                links = [(article.path, revision.headline) for article, revision in rows]
                return HTML, redesign.index_page(name, links, self.world, template)
            return HTML, lists.section_page(name, self._frame(now, now.replace(minute=0)), now)
        if match := _MONTH.match(path):
            text = lists.month_sitemap(self.world, self.base, now, match.group(1))
            return (XML, text) if text else None
        renderers: dict[str, Callable[[], tuple[str, str]]] = {
            "/feed.xml": lambda: (RSS, lists.feed(self.world, self.base, now)),
            "/sitemap-news.xml": lambda: (XML, lists.news_sitemap(self.world, self.base, now)),
            "/sitemap.xml": lambda: (XML, lists.sitemap_index(self.world, self.base, now)),
            "/robots.txt": lambda: (PLAIN, lists.robots(self.base, self.delay_s)),
            "/closings.html": lambda: (HTML, closings_list.page(self.world.closings(now), self.world.hour(now))),
        }
        return renderers[path]() if path in renderers else None

    def _cached(
        self, key: tuple[object, ...], stamp: datetime, render: Callable[[], tuple[str, str] | None]
    ) -> Response:
        """The response cached under `key`, made on first use; the oldest responses are evicted."""
        with self._lock:
            if key in self._pages:
                return self._pages[key]
        rendered = render()
        if rendered is None:
            return _MISSING
        body = rendered[1].encode()
        etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        response = Response(200, rendered[0], body, etag, stamp.replace(microsecond=0))
        with self._lock:
            self._pages[key] = response
            if len(self._pages) > _CACHE_SIZE:
                self._pages.popitem(last=False)
        return response


def is_unchanged(response: Response, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether to answer 304 (RFC 9110, 13.2.2): If-None-Match takes precedence over If-Modified-Since."""
    if response.status != 200 or response.etag is None or response.modified is None:
        return False
    if if_none_match is not None:
        etags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return "*" in etags or response.etag in etags
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return response.modified <= (since if since.tzinfo else since.replace(tzinfo=UTC))


_MISSING = Response(404, HTML, b"<html><head><title>404 Not Found</title></head><body>Not found</body></html>")
