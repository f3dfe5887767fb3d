"""Where news shows up: which feeds, sitemaps and section pages are due, and a look at each."""

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
_SLACK = timedelta(seconds=60)  # a schedule does not tick to the second
_FEED_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Channel:
    """One place to look; `depth` counts the sitemap indexes above it."""

    url: str
    purpose: Purpose
    depth: int = 0


class Discovery:
    """One run's look at all channels of a source; children of sitemap indexes and announced feeds follow on.

    After a run that was `cut_off` the sitemaps are looked at again, due or not: an index may have been read then and
    its children not.
    """

    def __init__(
        self, source: Source, fetcher: Fetcher, state: State, clock: Clock, *, cut_off: bool = False
    ) -> None:  # fmt: skip
        self._source, self._courier, self._state, self._clock = source, fetcher, state, clock
        self._cut_off = cut_off
        self._seen: set[str] = set()
        self._queue: list[Channel] = []
        self._children = 0

    def run(self) -> Iterator[Exchange]:
        """Look at every channel that is due, and give the entries one by one."""
        self._queue = [Channel(url, "feed") for url in self._source.feeds]
        self._queue += [Channel(url, "sitemap") for url in self._source.sitemaps]
        self._queue += [Channel(url, "section") for url in self._source.sections or (self._source.home,)]
        while self._queue:
            channel = self._queue.pop(0)
            if channel.url not in self._seen:
                self._seen.add(channel.url)
                if self._is_due(channel):
                    yield self._look(channel)

    def _is_due(self, channel: Channel) -> bool:
        if self._cut_off and channel.purpose == "sitemap" and channel.depth == 0:
            return True
        known = self._state.page(redact(channel.url))
        return known is None or known.next_due is None or known.next_due <= self._clock.now() + _SLACK

    def _look(self, channel: Channel) -> Exchange:
        def read(page: Page) -> tuple[Find, ...]:
            if channel.purpose == "feed":
                return feeds.read(page, redact(channel.url))
            if channel.purpose == "sitemap":
                return self._sitemap(channel, page)
            return self._section(channel, page)

        accept = _FEED_ACCEPT if channel.purpose == "feed" else "text/html, application/xml;q=0.9, */*;q=0.5"
        exchange, _ = self._courier.fetch(channel.url, channel.purpose, read=read, accept=accept)
        if channel.purpose == "section" and not self._source.sitemaps and not self._source.feeds:
            self._queue += [Channel(url, "sitemap") for url in self._courier.sitemaps(self._source.home)]
        return exchange

    def _sitemap(self, channel: Channel, page: Page) -> tuple[Find, ...]:
        listed = sitemaps.read(page, redact(channel.url))
        newest = sorted(listed.children, key=lambda child: child.lastmod or "9", reverse=True)
        for child in newest:
            if self._children < MAX_CHILDREN_PER_RUN and channel.depth < MAX_INDEX_DEPTH and self._is_stale(child):
                self._children += 1
                self._queue.append(Channel(child.url, "sitemap", channel.depth + 1))
        return listed.finds

    def _is_stale(self, child: sitemaps.Child) -> bool:
        """Whether a child may hold something new: never read, undated, or dated after our last good look."""
        known = self._state.page(redact(child.url))
        if known is None or known.captured_at is None or child.lastmod is None:
            return True
        try:
            changed = datetime.fromisoformat(child.lastmod.replace("Z", "+00:00"))
        except ValueError:
            return True
        day_only = timedelta(days=1) if len(child.lastmod) <= len("2026-01-01") else timedelta(0)
        changed = changed if changed.tzinfo else changed.replace(tzinfo=UTC)
        return changed + day_only >= known.captured_at

    def _section(self, channel: Channel, page: Page) -> tuple[Find, ...]:
        found = sections.read(page, redact(channel.url))
        if not self._source.feeds:
            self._queue += [Channel(url, "feed") for url in found.feeds[:5]]
        return found.finds
