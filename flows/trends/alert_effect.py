"""Computes how many more articles of each topic follow an alert: lift, p-value, q-value, verdict and the delay.

Alerts come in spells, topics in waves, and sources of a region share both. The hours after alerts are therefore moved
by whole days, circularly within each month and by the same number for all sources: the hours of the day, what lasts
and what is shared stay as they are, and only the link between alerts and topics is cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix

from flows.trends.significance import Answer, answer_of, in_words, q_values
from flows.trends.statement_lists import lists_of
from flows.trends.statistics import Effect, Floats, Integers, Month, shifted_effects
from flows.warehouse.statement_query import QueryResult

COLUMNS: Final = (
    "event", "topic", "lift", "lift_low", "lift_high", "p_value", "q_value", "verdict", "articles_after", "expected",
    "all_after", "p50_minutes_to_first", "alerts_answered", "alerts",
)  # fmt: skip
_MINUTES: Final = 1440
_DAY: Final = 86_400
_P_VALUE, _Q_VALUE, _LIFT = (COLUMNS.index(name) for name in ("p_value", "q_value", "lift"))


@dataclass(frozen=True, slots=True)
class Articles:
    """Parallel lists: the source of each article and when it was posted, in seconds since 1970-01-01 UTC; `tagged` is
    1 for each topic (row) of each article (column)."""

    sources: Integers
    seconds: Integers
    tagged: csr_matrix


@dataclass(frozen=True, slots=True)
class Alerts:
    """The alerts of one kind: source and start of each, in seconds since 1970-01-01 UTC, and for how many seconds an
    article is after it."""

    sources: Integers
    seconds: Integers
    after: int


def after_alert(found: QueryResult, values: Mapping[str, object]) -> Answer:
    """One row per event x topic: articles in the hours after an alert against those expected in these hours of the
    days of the month, with 95 % interval, one-sided p-value, q-value over all rows and verdict; smallest q first.

    `found` has one row for the articles (`kind` is 'articles': source, second), one per event ('event': source and
    second of each alert) and one per topic ('topic': positions of its articles). Topics with fewer than `support`
    articles at the sources that had such an alert, and events without an article after one, are left out before the
    q-values are computed.
    """
    events, topics = lists_of(found, "event"), lists_of(found, "topic")
    [(sources, seconds)] = lists_of(found, "articles").values()
    at = [positions for positions, _ in topics.values()]
    rows = np.repeat(np.arange(len(at)), [len(positions) for positions in at])
    columns = np.concatenate(at) if at else np.zeros(0, dtype=np.int64)
    articles = Articles(
        sources, seconds, csr_matrix((np.ones(len(rows)), (rows, columns)), (len(at), len(sources)), dtype=float)
    )
    support, permutations = int(str(values["support"])), int(str(values["permutations"]))
    since, until = (np.datetime64(str(values[name] or "NaT"), "D").astype(int) for name in ("since", "until"))
    tested: list[tuple[Any, ...]] = []
    for event, (at_sources, starts) in events.items():
        alerts = Alerts(at_sources, starts, round(3600 * float(str(values["hours"]))))
        tested += [(event, *row) for row in _of_event(articles, alerts, (since, until), permutations, support, topics)]
    q_of_all = q_values([row[2].p_value for row in tested])
    answers = [_row(row, q_value) for row, q_value in zip(tested, q_of_all, strict=True)]
    answers.sort(key=lambda row: (row[_Q_VALUE], row[_P_VALUE], -row[_LIFT], row[:2]))
    return answer_of(COLUMNS, answers, values["show"], len(answers))


def _of_event(
    articles: Articles, alerts: Alerts, days: tuple[int, int], permutations: int, support: int, names: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Topic, effect, all articles after an alert, minutes to the first article, alerts with an article, and alerts."""
    kept = np.flatnonzero(np.isin(articles.sources, alerts.sources))
    own = Articles(articles.sources[kept], articles.seconds[kept], articles.tagged[:, kept])
    found = effects_after(own, alerts, days, permutations)
    started = latest_alert(own, alerts)
    counts, rows = np.asarray(own.tagged.sum(axis=1)).ravel(), []
    for topic, (name, effect) in enumerate(zip(names, found, strict=True)):
        if counts[topic] >= support and effect.lift is not None:
            at = own.tagged.indices[own.tagged.indptr[topic] : own.tagged.indptr[topic + 1]]
            rows.append(
                (name, effect, int((started >= 0).sum()), *_delay(own, alerts, started, at), len(alerts.seconds))
            )
    return rows


def _delay(articles: Articles, alerts: Alerts, started: Integers, at: Integers) -> tuple[float | None, int]:
    """The median minutes from an alert to the first of the articles `at` after it, and how many alerts have one."""
    at = at[started[at] >= 0]
    delay = np.maximum(0, articles.seconds[at] - alerts.seconds[started[at]])
    order = np.lexsort((delay, started[at]))
    first = delay[order][np.unique(started[at][order], return_index=True)[1]]
    return round(float(np.median(first)) / 60, 1) if len(first) else None, len(first)


def effects_after(articles: Articles, alerts: Alerts, days: tuple[int, int], permutations: int) -> list[Effect]:
    """The effect on each topic in the hours after an alert, from the first to the last of two days since 1970-01-01."""
    dates = np.arange(days[0], days[1] + 1)
    months = dates.astype("datetime64[D]").astype("datetime64[M]")
    stretches = [(own[0], len(own)) for own in np.split(dates, np.flatnonzero(np.diff(months.astype(int))) + 1)]
    shifted = [_month(articles, alerts, int(first), length) for first, length in stretches]
    return shifted_effects([month for month in shifted if month], articles.tagged.shape[0], permutations)


def latest_alert(articles: Articles, alerts: Alerts) -> Integers:
    """The position of the alert that each article was posted after, the latest of its source; -1 without one. Times
    of posting are known to the minute: an article of the minute in which an alert starts is after it."""
    started, posted = alerts.seconds // 60, articles.seconds // 60
    found = np.full(len(articles.seconds), -1)
    for source in np.unique(alerts.sources):
        at, own = np.flatnonzero(alerts.sources == source), np.flatnonzero(articles.sources == source)
        at = at[np.argsort(alerts.seconds[at], kind="stable")]
        place = np.searchsorted(started[at], posted[own], side="right") - 1
        is_after = (place >= 0) & (posted[own] < started[at[place]] + alerts.after // 60)
        found[own] = np.where(is_after, at[place], -1)
    return found


def _month(articles: Articles, alerts: Alerts, first: int, days: int) -> Month | None:
    """The sums of one month, or the part of it in the range, under each shift; None without an hour after an alert."""
    names, source = np.unique(alerts.sources, return_inverse=True)
    size = days * _MINUTES
    hours = np.zeros((len(names), size), dtype=bool)
    starts = (alerts.seconds - first * _DAY) // 60
    for at, start in zip(source, starts, strict=True):
        hours[at, max(0, start) : max(0, min(size, start + alerts.after // 60))] = True
    minutes = (articles.seconds - first * _DAY) // 60
    kept = np.flatnonzero((minutes >= 0) & (minutes < size))
    if not hours.any() or not len(kept):
        return None
    own = np.searchsorted(names, articles.sources[kept])
    is_after = hours[own[:, None], (minutes[kept, None] - _MINUTES * np.arange(days)) % size].astype(float)
    tagged = articles.tagged[:, kept]
    all_after = np.stack([np.bincount(own, column, len(names)) for column in is_after.T])
    shares = _shares(tagged, is_after.sum(axis=1), own, len(names))
    counts, expected = (tagged @ is_after).T, all_after @ shares.T
    return Month(
        tagged=counts[0],
        expected=expected[0],
        exposed_days=int(hours.any(axis=1).sum()),
        days=days * len(names),
        shifted=counts - expected,
        overlap=np.ones(days),
        variance=np.zeros(len(shares)),
        poisson=expected[0],
    )


def _shares(tagged: csr_matrix, times: Floats, own: Integers, sources: int) -> Floats:
    """The share of each topic (rows) at each source among the articles in those hours of the day; `times` is on how
    many days each article's hour is one of them."""
    by_source = csr_matrix((times, (np.arange(len(own)), own)), (len(own), sources))
    return np.asarray((tagged @ by_source).toarray() / np.maximum(np.bincount(own, times, sources), 1e-9))


def _row(tested: tuple[Any, ...], q_value: float) -> tuple[Any, ...]:
    event, topic, effect, *counts = tested
    lift = (round(value or 0.0, 3) for value in (effect.lift, effect.lift_low, effect.lift_high))
    p_values = round(effect.p_value, 6), round(q_value, 6), in_words(q_value)
    return event, topic, *lift, *p_values, effect.tagged, round(effect.expected, 2), *counts
