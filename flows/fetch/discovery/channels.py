"""Reads the channels of a source that are due (feeds, sitemaps, section pages) and follows the channels they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flows.clock import Clock
from flows.counts import count_text
from flows.fetch.discovery import feeds, sections, sitemaps
from flows.fetch.fetcher import Fetcher
from flows.fetch.state.store import State
from flows.fetch.urls import belongs, host_port, is_file, is_redacted, redact
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
        self, source: Source, fetcher: Fetcher, state: State, clock: Clock, notify: Callable[[str], None],
        *, was_interrupted: bool = False,
    ) -> None:  # fmt: skip
        self._source, self._fetcher, self._state, self._clock, self._notify = source, fetcher, state, clock, notify
        self._was_interrupted = was_interrupted
        self._seen: set[str] = set()
        self._queue: list[Channel] = []
        self._children = 0
        self.indexes: dict[str, int] = {}  # sitemap index -> number of sitemaps in it

    def run(self) -> Iterator[Exchange]:
        """Fetch every channel that is due and yield its exchange; `notify` gets what was left out of a channel and why.

        Where a Crawl-delay leaves a run one request, the channel that has waited longest is first.
        """
        self._queue = [Channel(url, "feed") for url in self._source.feeds]
        self._queue += [Channel(url, "sitemap") for url in self._source.sitemaps]
        self._queue += [Channel(url, "section") for url in self._source.sections or (self._source.home,)]
        if self._fetcher.is_scarce(self._source.home):
            self._queue.sort(key=self._due_at)
        while self._queue:
            channel = self._queue.pop(0)
            if channel.url not in self._seen:
                self._seen.add(channel.url)
                if self._is_due(channel):
                    yield self._fetch(channel)

    def _due_at(self, channel: Channel) -> float:
        known = self._state.page(redact(channel.url))
        return known.next_due.timestamp() if known and known.next_due else 0.0

    def _is_ours(self, url: str) -> bool:
        return belongs(url, self._source)

    def _is_due(self, channel: Channel) -> bool:
        if self._was_interrupted and channel.purpose == "sitemap" and channel.depth == 0:
            return True
        known = self._state.page(redact(channel.url))
        return known is None or known.next_due is None or known.next_due <= self._clock.now() + _SLACK

    def _fetch(self, channel: Channel) -> Exchange:
        def read(page: Page) -> tuple[Find, ...]:
            if channel.purpose == "feed":
                feed = feeds.read(page, redact(channel.url), self._is_ours)
                return self._noted(channel, feed.finds, feed.notes)
            if channel.purpose == "sitemap":
                return self._read_sitemap(channel, page)
            return self._read_section(channel, page)

        accept = _FEED_ACCEPT if channel.purpose == "feed" else _OTHER_ACCEPT
        # An unchanged index still names the children that no run has read yet, so its body is needed.
        may_condition = channel.purpose != "sitemap" or self._state.note(_leaf(channel)) is not None
        exchange, _ = self._fetcher.fetch(
            channel.url, channel.purpose, read=read, accept=accept, may_condition=may_condition
        )
        if channel.purpose == "section" and not self._source.sitemaps and not self._source.feeds:
            self._queue += [Channel(url, "sitemap") for url in self._fetcher.sitemaps(self._source.home)]
        return exchange

    def _noted(self, channel: Channel, finds: tuple[Find, ...], notes: tuple[str, ...]) -> tuple[Find, ...]:
        """The finds; says what was left out of them, and which of them will not be fetched."""
        for note in (*notes, *self._not_fetched([find.url for find in finds])):
            self._notify(f"{channel.purpose} {redact(channel.url)}: {note}")
        return finds

    def _not_fetched(self, urls: Sequence[str]) -> Iterator[str]:
        """What kinds of entries are not fetched as articles, each with how many there are and an example."""
        ours: list[str] = []
        others: list[str] = []
        for url in urls:
            (ours if self._is_ours(url) else others).append(url)
        if others:
            hosts = ", ".join(list(dict.fromkeys(host_port(url) for url in others))[:3])
            yield f"{len(others)} of {len(urls)} entries lead to another host ({hosts}) and are not fetched"
        if files := [url for url in ours if is_file(url)]:
            yield f"{len(files)} of {len(urls)} entries are files and not pages ({files[0]}), and are not fetched"
        if redacted := [url for url in ours if is_redacted(url)]:
            named = f"{len(redacted)} of {len(urls)} entries"
            yield f"{named} have a secret in their URL ({redacted[0]}) and are not fetched"

    def _read_sitemap(self, channel: Channel, page: Page) -> tuple[Find, ...]:
        sitemap = sitemaps.read(page, redact(channel.url), self._is_ours)
        if sitemap.children:
            self.indexes[redact(channel.url)] = len(sitemap.children)
        if sitemap.children and channel.depth < MAX_INDEX_DEPTH:
            self._queue += [
                Channel(child.url, "sitemap", channel.depth + 1) for child in self._children_to_read(sitemap)
            ]
        elif sitemap.children:
            self._notify(
                f"sitemap {redact(channel.url)}: {count_text(len(sitemap.children), 'sitemap is', 'sitemaps are')} not"
                f" read, because it is below {MAX_INDEX_DEPTH} other indexes"
            )
        else:
            self._state.put_note(_leaf(channel), b"", self._clock.now())
        return self._noted(channel, sitemap.finds, sitemap.notes)

    def _children_to_read(self, sitemap: sitemaps.Sitemap) -> list[sitemaps.Child]:
        """The children of an index to read in this run, at most MAX_CHILDREN_PER_RUN over all indexes: unread ones and
        those with the newest date first, then those that have waited longest."""
        due = [child for child in _from_both_ends(sitemap.children) if self._is_child_due(child)]
        due.sort(key=self._child_order)
        chosen = due[: MAX_CHILDREN_PER_RUN - self._children]
        self._children += len(chosen)
        return chosen

    def _is_child_due(self, child: sitemaps.Child) -> bool:
        channel = Channel(child.url, "sitemap", 1)
        return child.url not in self._seen and self._is_due(channel) and self._is_stale(child)

    def _child_order(self, child: sitemaps.Child) -> tuple[int, float]:
        modified = _modified(child)
        if modified is not None:
            return 0, -modified.timestamp()
        due_at = self._due_at(Channel(child.url, "sitemap", 1))
        return (1, due_at) if due_at else (0, float("-inf"))

    def _is_stale(self, child: sitemaps.Child) -> bool:
        """Whether a child may list something new: never read, without a date, or modified since the last capture."""
        known = self._state.page(redact(child.url))
        if known is None or known.captured_at is None or child.lastmod is None:
            return True
        modified = _modified(child)
        if modified is None:
            return True
        day_only = timedelta(days=1) if len(child.lastmod) <= len("2026-01-01") else timedelta(0)
        return modified + day_only >= known.captured_at

    def _read_section(self, channel: Channel, page: Page) -> tuple[Find, ...]:
        section = sections.read(page, redact(channel.url), self._is_ours)
        if not self._source.feeds:
            self._queue += [Channel(url, "feed") for url in section.feeds[:5]]
        return section.finds


def _leaf(channel: Channel) -> str:
    """The key of the note that a sitemap has no children."""
    return f"leaf {redact(channel.url)}"


def _modified(child: sitemaps.Child) -> datetime | None:
    """The date of a child, UTC where it names no zone; None for a missing or unreadable one."""
    try:
        modified = datetime.fromisoformat((child.lastmod or "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return modified if modified.tzinfo else modified.replace(tzinfo=UTC)


def _from_both_ends(children: Sequence[sitemaps.Child]) -> list[sitemaps.Child]:
    """The last one, the first one, the last but one ...: the newest of an index without dates is at one of its ends."""
    ordered = []
    for number in range((len(children) + 1) // 2):
        ordered += [children[-1 - number], children[number]]
    return list(dict.fromkeys(ordered))
