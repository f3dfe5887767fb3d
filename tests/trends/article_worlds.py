"""Simulated articles with topics and origin, and alerts, without any link between them or with planted ones.

Topics come in waves (AR(1), 0.9 from day to day), partly shared; some articles have more topics than others; wire
stories are printed by many sources on one day with the same topics; alerts come in spells that sources share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.trends.worlds import FIRST_DAY, TOPICS_LAST, WEATHER_LASTS, every_tenth, lasting

DAY = 86_400


@dataclass(frozen=True)
class Link:
    """What every tenth topic gets: a factor on its share of the articles in the twelve hours after an alert, of local
    articles, and of the articles with the topic after it in number."""

    alert: float = 1.0
    local: float = 1.0
    pair: float = 1.0


@dataclass(frozen=True)
class ArticleWorld:
    """Parallel arrays of articles: source, second of posting since 1970-01-01, story, whether it is local; `tagged` is
    topics x articles; alerts as arrays of source and second."""

    sources: Any
    seconds: Any
    stories: Any
    local: Any
    tagged: Any
    alert_sources: Any
    alert_seconds: Any
    days: int

    @property
    def planted(self) -> Any:
        """Which topics have the planted link, if there is one."""
        return every_tenth(len(self.tagged))


def make_articles(
    rng: np.random.Generator, sources: int, topics: int, days: int, common: float = 0.1, link: Link | None = None
) -> ArticleWorld:
    """A world; `common` is the share of articles with the most frequent topic, the others are rarer and rarer."""
    link = link or Link()
    alert_sources, alert_seconds = _alerts(rng, sources, days)
    weekday = np.where((np.arange(days) + 3) % 7 < 5, 1.0, 0.5)
    own = rng.poisson(5 * weekday[:, None], (days, sources))
    wire = rng.poisson(6 * weekday)
    own_at = np.repeat(np.arange(days * sources), own.ravel())
    wire_day = np.repeat(np.arange(days), wire)
    story_day = np.concatenate([own_at // sources, wire_day])
    story_second = story_day * DAY + (rng.normal(14, 4, len(story_day)) % 24 * 3600).astype(int)
    printed = rng.random((len(wire_day), sources)) < 0.3
    wire_story, wire_source = np.nonzero(printed)
    stories = np.concatenate([np.arange(len(own_at)), len(own_at) + wire_story])
    source = np.concatenate([own_at % sources, wire_source])
    seconds = story_second[stories] + np.where(stories < len(own_at), 0, rng.integers(0, 3 * 3600, len(stories)))
    usual = common / np.sqrt(1 + np.arange(topics))
    share = usual * np.exp(np.array([0.2, 0.5, 0.8])[np.arange(topics) % 3] * lasting(rng, TOPICS_LAST, days, topics))
    waves = np.exp(0.4 * lasting(rng, TOPICS_LAST, days, sources, topics)).reshape(days * sources, topics)
    chance = share[story_day] * np.exp(rng.normal(0, 0.4, len(story_day)))[:, None]
    chance[: len(own_at)] *= waves[own_at]
    has_link = every_tenth(topics)
    after = _is_after(alert_sources, alert_seconds, own_at % sources, story_second[: len(own_at)])
    chance[: len(own_at), has_link] *= np.where(after, link.alert, 1.0)[:, None] * link.local
    has_topic = rng.random(chance.shape) < np.minimum(chance, 0.9)
    partner = np.flatnonzero(has_link) + 1
    more = rng.random((len(story_day), len(partner))) < np.minimum(usual[partner] * (link.pair - 1), 0.9)
    has_topic[:, partner] |= has_topic[:, has_link] & more
    return ArticleWorld(
        source, FIRST_DAY * DAY + seconds, stories, stories < len(own_at), has_topic[stories].T,
        alert_sources, FIRST_DAY * DAY + alert_seconds, days,
    )  # fmt: skip


def _alerts(rng: np.random.Generator, sources: int, days: int) -> tuple[Any, Any]:
    """Source and second of the alerts: at the first day of a spell, and at every second day of it."""
    shared, own = lasting(rng, WEATHER_LASTS, days, 1), lasting(rng, WEATHER_LASTS, days, sources)
    in_force = 0.9 * shared + np.sqrt(1 - 0.81) * own > 0.9
    day, source = np.nonzero(in_force & (np.cumsum(in_force, axis=0) % 2 == 1))
    return source, day * DAY + (rng.normal(15, 3, days) % 24 * 3600).astype(int)[day]


def _is_after(alert_sources: Any, alert_seconds: Any, sources: Any, seconds: Any) -> Any:
    """Whether each article stands in the twelve hours after an alert of its source."""
    found = np.zeros(len(sources), dtype=bool)
    for source in np.unique(alert_sources):
        at, starts = np.flatnonzero(sources == source), np.sort(alert_seconds[alert_sources == source])
        place = np.searchsorted(starts, seconds[at], side="right") - 1
        found[at] = (place >= 0) & (seconds[at] < starts[place] + 12 * 3600)
    return found
