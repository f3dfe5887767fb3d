"""Expected values for the trends, computed from the state and the logs of the simulated stations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

import pytest

from flows.settings import DEMO_CONFIG
from flows.simulator import truth
from flows.simulator.world import World
from flows.sources import load_sources
from flows.topic_config import load_topics
from flows.trends.run import run
from flows.warehouse.connection import open_reader
from tests.month import SOURCES, Month

Value = TypeVar("Value")
LISTS = ("/feed.xml", "/sitemap", "/news", "/weather", "/sports", "/national")


def second(at: datetime) -> datetime:
    """The instant without the microseconds that separate simultaneous ledger entries."""
    return at.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Seen:
    """One article as fetched: its state at each fetch, in order, and what follows from them."""

    source: str
    origin_story: str  # equal for copies of one story, by the simulator
    story: int  # the warehouse's cluster; `test_clusters_are_stories` says what it may be
    posted: datetime
    local: datetime
    fetch_times: tuple[datetime, ...]
    states: tuple[truth.ExpectedRevision, ...]
    leaves: frozenset[str]
    gone_at: datetime | None

    @property
    def day(self) -> date:
        return self.local.date()

    @property
    def last(self) -> truth.ExpectedRevision:
        return self.states[-1]

    @property
    def changes(self) -> list[tuple[truth.ExpectedRevision, truth.ExpectedRevision]]:
        return [(old, new) for old, new in pairwise(self.states) if old.number != new.number]


@dataclass(frozen=True)
class Truth:
    """The simulated month, both stations together."""

    month: Month

    @cached_property
    def articles(self) -> list[Seen]:
        """Every article that was fetched."""
        return [seen for source in SOURCES for seen in self._articles(source)]

    def of(self, source: str | None) -> list[Seen]:
        """The articles of one source, of all if None."""
        return [seen for seen in self.articles if source in (None, seen.source)]

    @cached_property
    def _clusters(self) -> dict[tuple[str, str], int]:
        with open_reader(self.month.layout) as reader:
            rows = reader.execute(
                "select name, native_id, story_id from fact_story join fact_article using (article_id)"
                " join dim_source using (source_id)"
            ).fetchall()
        return {(source, native_id): story for source, native_id, story in rows}

    @cached_property
    def days(self) -> dict[str, list[date]]:
        """Per source the local days on which a list was read, in order."""
        return {
            source: sorted(
                {
                    self.local(source, at).date()
                    for at, path, status in self.month.log[source]
                    if status in (200, 304) and (path == "/" or path.startswith(LISTS))
                }
            )
            for source in SOURCES
        }

    @cached_property
    def last_day(self) -> date:
        return max(day for days in self.days.values() for day in days)

    def world(self, source: str) -> World:
        return self.month.world(source)

    def local(self, source: str, at: datetime) -> datetime:
        return at.astimezone(self.world(source).station.tzinfo).replace(tzinfo=None)

    def pages(self, source: str) -> list[datetime]:
        """The instants at which a page with panel and banners was served."""
        return sorted(
            second(at)
            for at, path, status in self.month.log[source]
            if status == 200 and (path.startswith(("/content/", *LISTS[2:])) or path == "/")
        )

    def polls(self, source: str) -> list[datetime]:
        """The instants at which the closings list was read or found unchanged."""
        log = self.month.log[source]
        return sorted(second(at) for at, path, status in log if path == "/closings.html" and status in (200, 304))

    def firsts(self, source: str | None) -> set[int]:
        """Indices into `of(source)` of the first articles of their stories, by local day and time."""
        first: dict[int, tuple[tuple[object, ...], int]] = {}
        for at, seen in enumerate(self.of(source)):
            place = (seen.day, seen.local, seen.source, seen.last.native_id)
            first[seen.story] = min(first.get(seen.story, (place, at)), (place, at))
        return {at for _, at in first.values()}

    def leaf_counts(self, source: str | None, since: date, until: date) -> Counter[str]:
        """Articles per tag posted from `since` to `until`, where the tag is no parent of another tag of the article."""
        return Counter(tag for seen in self.of(source) if since <= seen.day <= until for tag in seen.leaves)

    def _articles(self, source: str) -> list[Seen]:
        world, served = self.world(source), self.month.served(source)
        gone: dict[str, datetime] = {}
        for at, path, status in sorted(self.month.log[source]):
            if path in served and status in (404, 410) and at > max(served[path]):
                gone.setdefault(path, second(at))
        above = load_topics(self.month.config).parents
        found = []
        for path, instants in served.items():
            article = world.find(path.rpartition("-")[2].removesuffix(".html"))
            assert article is not None
            states = [
                truth.expected_revision(world, article, state) for at in sorted(instants) if (state := article.at(at))
            ]
            parents = {parent for tag in states[-1].tags for parent in above.get(tag, ())}
            local = self.local(source, article.posted)
            leaves = frozenset(states[-1].tags) - parents
            times = tuple(map(second, sorted(instants)))
            story = self._clusters[source, article.native_id]
            found.append(
                Seen(
                    source, article.story, story, article.posted, local, times, tuple(states), leaves, gone.get(path)
                )
            )  # fmt: skip
        return found


def intervals(values: list[tuple[datetime, object]]) -> list[tuple[object, datetime, datetime, datetime | None]]:
    """Equal values in a row: value, first and last instant, and when the next one began (None: never)."""
    found: list[tuple[object, datetime, datetime]] = []
    for at, value in values:
        if found and found[-1][0] == value:
            found[-1] = (value, found[-1][1], at)
        else:
            found.append((value, at, at))
    begins = [start for _, start, _ in found[1:]]
    return [(*interval, after) for interval, after in zip(found, [*begins, None], strict=True)]


def quantile(values: list[float], part: float) -> float:
    """The value below which `part` of them lie, interpolated between neighbours."""
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def own_town(source: str) -> str:
    """The name of the town a source is at."""
    catalog = load_sources(DEMO_CONFIG)
    return catalog.places[str(catalog.by_name(source).place)].name


def grouped(pairs: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    """Values by name."""
    found: dict[str, list[Value]] = defaultdict(list)
    for name, value in pairs:
        found[name].append(value)
    return dict(found)


def rows_of(truth: Truth, name: str, **given: str | None) -> list[dict[str, Any]]:
    """The warehouse's answer to a trend, one dict a row."""
    table = run(truth.month.layout, name, given)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def near(value: float, digits: int) -> Any:
    """Equal to what is rounded to so many digits."""
    return pytest.approx(value, abs=0.6 * 10**-digits)
