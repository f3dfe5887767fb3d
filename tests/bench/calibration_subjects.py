"""The trends with a verdict, each with worlds to test it in and a plain test beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from flows.trends.alert_effect import Alerts, Articles, effects_after, latest_alert
from flows.trends.fading import fewer_now
from flows.trends.forecast_skill import error_ratio
from flows.trends.local_share import compare_shares
from flows.trends.mix_change import mix_change
from flows.trends.rising import rising
from flows.trends.statistics import Days, effects
from flows.trends.topic_pairs import count_pairs, p_more
from tests.trends.article_worlds import DAY, ArticleWorld, Link, make_articles
from tests.trends.forecast_worlds import ForecastWorld, make_forecasts
from tests.trends.worlds import FIRST_DAY, Planted, World, for_mix_change, for_rising, make_world

YEAR, QUARTER, RANGE, FADING = 365, 90, 35, 364
HOURS = 12


class Scores(NamedTuple):
    """Per tested topic: p-value of the trend, score of the plain test (higher is clearer), whether it was planted."""

    p_values: Any
    plain: Any
    planted: Any


class Subject(NamedTuple):
    """One trend: how a world of so many sources is made, with a planted effect or without, with rare topics or busy
    ones; how it is tested; and how many worlds without effect are made per number of sources."""

    make: Callable[[np.random.Generator, int, bool, bool], Any]
    test: Callable[[Any], Scores]
    worlds: dict[int, int]


def weather(world: World) -> Scores:
    """weather_and_topics against days shuffled within source and month, each source on its own."""
    at = np.nonzero(world.seen)
    tagged = np.array([counts[at] for counts in world.tagged])
    days = Days(FIRST_DAY + at[0], at[1], world.cold[at].astype(int), world.articles[at])
    p_values = [effect.p_value for effect in effects(days, tagged, 4000)]
    stratum = at[1] * 12 + at[0] * 12 // YEAR
    size, held = np.bincount(stratum), np.bincount(stratum, weights=days.exposed)
    total = np.maximum(np.bincount(stratum, weights=days.articles), 1)
    exposed = days.exposed - (held / np.maximum(size, 1))[stratum]
    shares = np.array([np.bincount(stratum, weights=counts) for counts in tagged]) / total
    excess = tagged - shares[:, stratum] * days.articles
    each = np.bincount(stratum, weights=exposed**2) / np.maximum(size - 1, 1)
    plain = excess @ exposed / np.sqrt(np.maximum(excess**2 @ each[stratum], 1e-9))
    return Scores(np.array(p_values), plain, world.planted)


def rises(world: World) -> Scores:
    """rising_topics against the z-score of the last days, over the spread of single days of the baseline."""
    until = date(1970, 1, 1) + timedelta(days=FIRST_DAY + RANGE - 1)
    found = for_rising(world)
    answer = rising(found, {"until": until, "days": 7, "top": 10_000, "show": "all"}).result
    p_values = {row[0]: row[answer.columns.index("p_value")] for row in answer.rows}
    [(known, sources, names, topic_at, day_at, articles)] = found.rows
    rates = np.zeros((len(names), len(known)))
    rates[topic_at, day_at] = articles / sources[day_at]
    now = np.asarray(known) >= FIRST_DAY + RANGE - 7
    baseline, days = rates[:, ~now], np.count_nonzero(now)
    least = np.sqrt(baseline.shape[1]) / np.asarray(sources)[~now].sum()
    spread = np.maximum(baseline.std(axis=1, ddof=1), least) / np.sqrt(days)
    plain = (rates[:, now].mean(axis=1) - baseline.mean(axis=1)) / spread
    tested = [int(name) for name in names]
    return Scores(np.array([p_values.get(name, 1.0) for name in names]), plain, world.planted[tested])


def mixes(world: World) -> Scores:
    """topic_mix_change, or towns_after_owner_change, against the difference of two independent shares."""
    found = for_mix_change(world)
    answer = mix_change(found, {"top": 10_000, "show": "all"}).result
    p_values = {(row[0], row[3]): row[answer.columns.index("p_value")] for row in answer.rows}
    plain = []
    for row in found.rows:
        (before, after), (all_before, all_after) = np.asarray(row[4])[1:3], np.asarray(row[5])[1:3]
        share = (before + after) / (all_before + all_after)
        error = np.sqrt(share * (1 - share) * (1 / all_before + 1 / all_after))
        plain.append(abs(after / all_after - before / all_before) / error)
    tested = [int(str(row[3])) for row in found.rows]
    return Scores(np.array([p_values[row[0], row[3]] for row in found.rows]), np.array(plain), world.planted[tested])


def after(world: ArticleWorld) -> Scores:
    """topics_after_alert against two independent shares of articles."""
    alerts = Alerts(world.alert_sources, world.alert_seconds, HOURS * 3600)
    articles = Articles(world.sources, world.seconds, csr_matrix(world.tagged.astype(float)))
    found = effects_after(articles, alerts, (FIRST_DAY, FIRST_DAY + world.days - 1), 4000)
    tested = np.array([effect.expected >= 1 for effect in found])
    is_after = latest_alert(articles, alerts) >= 0
    seen, size = world.tagged[:, is_after].sum(axis=1), max(1, is_after.sum())
    share = world.tagged.mean(axis=1)
    plain = (seen - share * size) / np.sqrt(np.maximum(share * (1 - share) * size, 1e-9))
    return Scores(np.array([effect.p_value for effect in found])[tested], plain[tested], world.planted[tested])


def together(world: ArticleWorld) -> Scores:
    """topic_pairs, of pairs that are expected at least once, against independent articles of the whole range."""
    first = np.unique(world.stories, return_index=True)[1]
    weeks = (world.seconds[first] // DAY - FIRST_DAY) // 7
    strata = np.unique(weeks * 1000 + world.sources[first], return_inverse=True)[1]
    topic_at, story_at = np.nonzero(world.tagged[:, first])
    met = count_pairs(strata, story_at, topic_at, len(world.tagged))
    one, other = np.triu_indices(len(world.tagged), 1)
    tested = met.expected[one, other] >= 1
    one, other = one[tested], other[tested]
    p_values = p_more(met.together[one, other], met.expected[one, other], met.variance[one, other])
    counts, tagged = world.tagged.sum(axis=1), world.tagged.astype(float)
    chance = counts[one] * counts[other] / world.tagged.shape[1]
    plain = ((tagged @ tagged.T)[one, other] - chance) / np.sqrt(chance)
    return Scores(p_values, plain, world.planted[one] & (other == one + 1))


def local(world: ArticleWorld) -> Scores:
    """local_topics against independent articles."""
    topic, article = np.nonzero(world.tagged)
    block = (world.seconds[article] // DAY - FIRST_DAY) // 28
    key, place = np.unique((topic * 100 + world.sources[article]) * 100 + block, return_inverse=True)
    own = np.bincount(place, world.local[article]).astype(int)
    shares = compare_shares(key // 10_000, key // 100 % 100, key % 100, np.bincount(place), own, len(world.tagged))
    usual, seen = world.local.mean(), world.tagged.sum(axis=1)
    plain = np.abs(world.tagged[:, world.local].sum(axis=1) - usual * seen) / np.sqrt(usual * (1 - usual) * seen + 1e-9)
    return Scores(shares.p_value, plain, world.planted)


def fades(world: World) -> Scores:
    """faded_topics, of topics that are expected at least three times now, against counts that are Poisson."""
    weekly = (world.tagged * world.seen).sum(axis=2).reshape(len(world.tagged), -1, 7).sum(axis=2)
    source_days = world.seen.sum(axis=1).reshape(-1, 7).sum(axis=1)
    share = source_days[-4:].sum() / source_days.sum()
    tested = weekly.sum(axis=1) * share >= 3
    weekly = weekly[tested]
    is_now = np.arange(len(source_days)) >= len(source_days) - 4
    now, everything = weekly[:, is_now].sum(axis=1), weekly.sum(axis=1)
    plain = (share * everything - now) / np.sqrt(share * (1 - share) * everything)
    return Scores(fewer_now(weekly, source_days, is_now).fewer, plain, world.planted[tested])


def skilled(world: ForecastWorld) -> Scores:
    """forecast_skill against a paired t-test of days."""
    dates = FIRST_DAY + np.arange(world.errors.shape[1])
    p_values = [error_ratio(dates, *pair).p_value for pair in zip(world.errors, world.baseline_errors, strict=True)]
    difference = world.errors - world.baseline_errors
    plain = np.abs(difference.mean(axis=1)) / difference.std(axis=1, ddof=1)
    return Scores(np.array(p_values), plain, world.planted)


def _counts(
    topics: int, days: int, effect: Planted, usual: float = 0.3, busy: float = 8
) -> Callable[[np.random.Generator, int, bool, bool], World]:
    return lambda rng, sources, is_planted, is_busy: make_world(
        rng, sources, topics, days, busy if is_busy else usual, effect if is_planted else None
    )


def _articles(days: int, link: Link) -> Callable[[np.random.Generator, int, bool, bool], ArticleWorld]:
    return lambda rng, sources, is_planted, is_busy: make_articles(
        rng, sources, 30, days, 0.4 if is_busy else 0.1, link if is_planted else None
    )


SUBJECTS = {
    "weather_and_topics": Subject(
        _counts(40, YEAR, Planted(cold=1.5)), weather, {1: 600, 2: 600, 5: 400, 20: 300, 50: 200}
    ),
    "rising_topics": Subject(
        _counts(100, RANGE, Planted(last_days=3)), rises, {1: 600, 2: 400, 5: 300, 20: 200, 50: 200}
    ),
    "topic_mix_change": Subject(
        _counts(60, YEAR, Planted(second_half=3)), mixes, {1: 400, 2: 200, 5: 100, 20: 40, 50: 20}
    ),
    # There are fewer towns than topics, and each is named more often; a planted one keeps a fifth of its articles.
    "towns_after_owner_change": Subject(
        _counts(40, YEAR, Planted(second_half=0.2), 0.5, 2), mixes, {1: 600, 2: 400, 5: 200, 20: 60, 50: 30}
    ),
    "topics_after_alert": Subject(_articles(QUARTER, Link(alert=3)), after, {1: 600, 2: 400, 5: 300, 20: 200, 50: 100}),
    "topic_pairs": Subject(_articles(60, Link(pair=3)), together, {1: 300, 2: 150, 5: 60, 20: 40, 50: 20}),
    "local_topics": Subject(_articles(FADING, Link(local=2)), local, {1: 300, 2: 200, 5: 150, 20: 60, 50: 20}),
    # In a busy world a provider has twenty towns, in others two.
    "forecast_skill": Subject(
        lambda rng, sources, is_planted, is_busy: make_forecasts(
            rng, sources, 90, 20 if is_busy else 2, 1.3 if is_planted else 1.0
        ),
        skilled,
        {1: 600, 2: 400, 5: 200, 20: 60, 50: 30},
    ),
    "faded_topics": Subject(
        _counts(60, FADING, Planted(last_weeks=0.2)), fades, {1: 300, 2: 200, 5: 150, 20: 80, 50: 40}
    ),
}
