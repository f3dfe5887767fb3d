"""Reads the channels of a source that are due (feeds, sitemaps, section pages) and follows the channels they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flows.clock import Clock
from flows.fetch.discovery import feeds, sections, sitemaps
from flows.fetch.fetcher import Fetcher
from flows.fetch.state.store import State
from flows.fetch.urls import redact
from flows.model import Exchange, Find, Page, Purpose
from flows.sources import Source

MAX_CHILDREN_PER_RUN = 50
MAX_INDEX_DEPTH = 2
_SLACK = timedelta(seconds=60)  # a scheduled run may start a little early
_FEED_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_OTHER_ACCEPT = "text/html, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed, sitemap or section page; `depth` is the number of sitemap indexes above it."""

    url: str
    purpose: Purpose
    depth: int = 0


class Discovery:
    """The channels of a source in one run, including the children of sitemap indexes and announced feeds.

    If the last run `was_interrupted`, the configured sitemaps are read even if they are not due: that run may have read
    an index and not its children.
    """

    def __init__(
        self, source: Source, fetcher: Fetcher, state: State, clock: Clock, *, was_interrupted: bool = False
    ) -> None:  # fmt: skip
        self._source, self._fetcher, self._state, self._clock = source, fetcher, state, clock
        self._was_interrupted = was_interrupted
        self._seen: set[str] = set()
        self._queue: list[Channel] = []
        self._children = 0

    def run(self) -> Iterator[Exchange]:
        """Fetch every channel that is due and yield its exchange."""
        self._queue = [Channel(url, "feed") for url in self._source.feeds]
        self._queue += [Channel(url, "sitemap") for url in self._source.sitemaps]
        self._queue += [Channel(url, "section") for url in self._source.sections or (self._source.home,)]
        while self._queue:
            channel = self._queue.pop(0)
            if channel.url not in self._seen:
                self._seen.add(channel.url)
                if self._is_due(channel):
                    yield self._fetch(channel)

    def _is_due(self, channel: Channel) -> bool:
        if self._was_interrupted and channel.purpose == "sitemap" and channel.depth == 0:
            return True
        known = self._state.page(redact(channel.url))
        return known is None or known.next_due is None or known.next_due <= self._clock.now() + _SLACK

    def _fetch(self, channel: Channel) -> Exchange:
        def read(page: Page) -> tuple[Find, ...]:
            if channel.purpose == "feed":
                return feeds.read(page, redact(channel.url))
            if channel.purpose == "sitemap":
                return self._read_sitemap(channel, page)
            return self._read_section(channel, page)

        accept = _FEED_ACCEPT if channel.purpose == "feed" else _OTHER_ACCEPT
        exchange, _ = self._fetcher.fetch(channel.url, channel.purpose, read=read, accept=accept)
        if channel.purpose == "section" and not self._source.sitemaps and not self._source.feeds:
            self._queue += [Channel(url, "sitemap") for url in self._fetcher.sitemaps(self._source.home)]
        return exchange

    def _read_sitemap(self, channel: Channel, page: Page) -> tuple[Find, ...]:
        sitemap = sitemaps.read(page, redact(channel.url))
        newest = sorted(sitemap.children, key=lambda child: child.lastmod or "9", reverse=True)
        for child in newest:
            if self._children < MAX_CHILDREN_PER_RUN and channel.depth < MAX_INDEX_DEPTH and self._is_stale(child):
                self._children += 1
                self._queue.append(Channel(child.url, "sitemap", channel.depth + 1))
        return sitemap.finds

    def _is_stale(self, child: sitemaps.Child) -> bool:
        """Whether a child may list something new: never read, without a date, or modified since the last capture."""
        known = self._state.page(redact(child.url))
        if known is None or known.captured_at is None or child.lastmod is None:
            return True
        try:
            modified = datetime.fromisoformat(child.lastmod.replace("Z", "+00:00"))
        except ValueError:
            return True
        day_only = timedelta(days=1) if len(child.lastmod) <= len("2026-01-01") else timedelta(0)
        modified = modified if modified.tzinfo else modified.replace(tzinfo=UTC)
        return modified + day_only >= known.captured_at

    def _read_section(self, channel: Channel, page: Page) -> tuple[Find, ...]:
        section = sections.read(page, redact(channel.url))
        if not self._source.feeds:
            self._queue += [Channel(url, "feed") for url in section.feeds[:5]]
        return section.finds
