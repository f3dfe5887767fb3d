"""Simulated worlds without any effect, or with planted ones, as the arrays that the tests of trends get.

Weather lasts (AR(1), 0.8 from day to day) and is mostly shared by all sources; topics come in waves (0.9), partly
shared; wire stories are printed by many sources on one day; weekends are quiet; some source days were not observed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from flows.warehouse.statement_query import QueryResult

FIRST_DAY = 19_723  # 2024-01-01, in days since 1970-01-01
WEATHER_LASTS, TOPICS_LAST = 0.8, 0.9


@dataclass(frozen=True)
class Planted:
    """What every tenth topic gets: factors on its rate on cold days, in the last seven days, in the last four weeks,
    and from the middle on."""

    cold: float = 1.0
    last_days: float = 1.0
    last_weeks: float = 1.0
    second_half: float = 1.0


@dataclass(frozen=True)
class World:
    """Arrays of days x sources (`cold`, `articles`, `seen`) and topics x days x sources (`tagged`)."""

    cold: Any
    articles: Any
    seen: Any
    tagged: Any

    @property
    def planted(self) -> Any:
        """Which topics have the planted effect, if there is one."""
        return every_tenth(len(self.tagged))


def every_tenth(count: int) -> Any:
    """Flags of `count` rows: those that get what is planted."""
    return np.arange(count) % 10 == 0


def lasting(rng: np.random.Generator, rho: float, *shape: int) -> Any:
    """A stationary AR(1) series along the first axis with variance one."""
    noise = rng.normal(size=shape)
    series = np.empty(shape)
    series[0] = noise[0]
    for day in range(1, shape[0]):
        series[day] = rho * series[day - 1] + np.sqrt(1 - rho**2) * noise[day]
    return series


def make_world(
    rng: np.random.Generator, sources: int, topics: int, days: int, common: float = 0.3, planted: Planted | None = None
) -> World:
    """A world; `common` is the rate of the most frequent topic per source and day, the others are rarer and rarer."""
    planted = planted or Planted()
    own, shared = lasting(rng, WEATHER_LASTS, days, sources), lasting(rng, WEATHER_LASTS, days, 1)
    winter = np.cos(2 * np.pi * np.arange(days) / 365)[:, None]
    cold = 0.9 * shared + np.sqrt(1 - 0.81) * own + winter > 1.2
    weekday = np.where((np.arange(days) + 3) % 7 < 5, 1.0, 0.5)
    spread = np.array([0.2, 0.5, 0.8])[np.arange(topics) % 3]
    usual = common / np.sqrt(1 + np.arange(topics))
    rate = usual * np.exp(spread * lasting(rng, TOPICS_LAST, days, topics)) * weekday[:, None]
    has_effect = every_tenth(topics)
    rate[-7:, has_effect] *= planted.last_days
    rate[-28:, has_effect] *= planted.last_weeks
    rate[days // 2 :, has_effect] *= planted.second_half
    waves = np.exp(0.4 * lasting(rng, TOPICS_LAST, days, topics, sources))
    waves[:, has_effect] *= np.where(cold, planted.cold, 1.0)[:, None]
    tagged = rng.poisson(rate[:, :, None] * waves)
    wire = rng.poisson(rate / 2)
    tagged += rng.binomial(wire[:, :, None], 0.3, tagged.shape)
    other = rng.poisson(10 * weekday[:, None], (days, sources))
    return World(cold, other + tagged.sum(axis=1), rng.random((days, sources)) > 0.05, tagged.transpose(1, 0, 2))


def for_rising(world: World) -> QueryResult:
    """The rows of rising_topics' statement: all sources together, the last day included."""
    sources = world.seen.sum(axis=1)
    known = np.flatnonzero(sources)
    daily = (world.tagged * world.seen).sum(axis=2)[:, known]
    labels = [str(name) for name, counts in enumerate(daily) if counts.sum() > 4]
    daily = daily[[int(label) for label in labels]]
    topic_at, day_at = np.nonzero(daily)
    row = (FIRST_DAY + known, sources[known], labels, topic_at, day_at, daily[topic_at, day_at])
    return QueryResult(("dates", "sources", "labels", "topic_at", "day_at", "articles"), (row,))


def for_mix_change(world: World) -> QueryResult:
    """The rows of topic_mix_change's statement: every source changes in the middle of the world."""
    quarter = len(world.articles) // 4
    in_stretches = lambda of: of[: 4 * quarter].reshape(4, quarter, -1).sum(axis=1)  # noqa: E731
    everything = in_stretches(world.articles * world.seen)
    rows: list[tuple[object, ...]] = []
    by_topic = [in_stretches(counts * world.seen) for counts in world.tagged]
    for source in range(world.seen.shape[1]):
        for name, counts in enumerate(by_topic):
            if counts[1:3, source].sum() > 4:
                bounds = np.zeros(4)
                rows.append((source, None, "a > b", str(name), counts[:, source], everything[:, source], bounds))
    return QueryResult(("source", "since_date", "change", "topic", "articles", "all_articles", "bounds"), tuple(rows))
