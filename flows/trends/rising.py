"""Compares the last days of each topic with its own baseline: ratio, p-value, q-value, verdict and change point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import numpy as np

from flows.trends.change_points import change_point
from flows.trends.drift import Stretches, change
from flows.trends.significance import Answer, answer_of, in_words, q_values
from flows.trends.statement_lists import labels, numbers
from flows.trends.statistics import Flags, Floats, Integers
from flows.warehouse.statement_query import QueryResult

COLUMNS: Final = (
    "topic", "ratio", "ratio_low", "ratio_high", "articles", "baseline_articles", "per_day", "baseline_per_day",
    "p_value", "q_value", "verdict", "days", "baseline_days", "change_date", "before_change", "after_change",
)  # fmt: skip
_BASELINE_DAYS: Final = 7  # at least, with an observation
_P_VALUE, _RATIO = COLUMNS.index("p_value"), COLUMNS.index("ratio")


def rising(found: QueryResult, values: Mapping[str, object]) -> Answer:
    """One row per topic that is more frequent in the last `days` than before: the ratio of the rates per source day
    with its 95 % interval, one-sided p-value, q-value over all topics with `support` articles now and before together,
    and the verdict; smallest p-value first, at most `top`.

    `found` has one row of lists: the local days since 1970-01-01 in order, the sources observed on them, the labels of
    the topics; and in parallel, the position of a topic, that of a day, and the articles.
    """
    [row] = found.rows
    dates, sources, topic_at, day_at, articles = (numbers(row[at]) for at in (0, 1, 3, 4, 5))
    names = labels(row[2])
    until = values["until"]
    if not isinstance(until, date):
        return Answer(QueryResult(COLUMNS, ()))
    now = dates > (until - date(1970, 1, 1)).days - int(str(values["days"]))
    if not now.any() or (~now).sum() < _BASELINE_DAYS:
        return Answer(QueryResult(COLUMNS, ()))
    daily = np.zeros((len(names), len(dates)), dtype=np.int64)
    daily[topic_at, day_at] = articles
    exposure = sources * _weekdays(dates, sources, daily.sum(axis=0), ~now)
    rows = _rows(names, daily, sources, exposure, now)
    rows.sort(key=lambda row: (row[_P_VALUE], -row[_RATIO], row[0]))
    answer = answer_of(COLUMNS, rows, values["show"], len(names), values["top"])
    days = [date.fromordinal(int(day) + date(1970, 1, 1).toordinal()) for day in dates]
    counts_of = dict(zip(names, daily.tolist(), strict=True))
    with_points = tuple((*row, *change_point(days, counts_of[str(row[0])])) for row in answer.result.rows)
    return replace(answer, result=QueryResult(COLUMNS, with_points))


def _weekdays(dates: Integers, sources: Integers, articles: Integers, baseline: Flags) -> Floats:
    """How busy the weekday of each day is, over all topics of the baseline; one average day is added to each, so that
    a short baseline says little."""
    weekday = dates % 7
    seen, tagged = (np.bincount(weekday[baseline], weights=of[baseline], minlength=7) for of in (sources, articles))
    day = seen.sum() / baseline.sum()
    rate = max(tagged.sum(), 1) / seen.sum()
    return np.asarray(((tagged + rate * day) / (rate * (seen + day)))[weekday])


def _quiet(before: Integers, exposure: Floats, days: int) -> list[Stretches]:
    """The first and the last days of the baseline, each against its rest."""
    days = min(days, len(exposure) // 2)
    return [Stretches.of(before, exposure, part) for part in (slice(0, days), slice(len(exposure) - days, None))]


def _rows(names: list[str], daily: Integers, sources: Integers, exposure: Floats, now: Flags) -> list[tuple[Any, ...]]:
    """The topics that are more frequent now, without change points."""
    asked = Stretches.of(daily, exposure, now)
    changes = change(asked, _quiet(daily[:, ~now], exposure[~now], int(now.sum())), weight=0.5)
    articles, before = asked.inside, asked.both - asked.inside
    ratio, low, high = asked.ratio(changes.drift)
    rates = daily / sources
    per_day, baseline = rates[:, now].mean(axis=1), rates[:, ~now].mean(axis=1)
    q_of_all = q_values(changes.more.tolist())
    kept = np.flatnonzero((ratio > 1) & (articles > 0))
    ratios, rate_pairs, p_pairs = (
        np.round(np.stack(of)[:, kept], digits).T.tolist()
        for of, digits in (
            ((ratio, low, high), 3), ((per_day, baseline), 4), ((changes.more, q_of_all), 6)
        )
    )  # fmt: skip
    counts, days = np.stack((articles, before))[:, kept].T.tolist(), (int(now.sum()), int((~now).sum()))
    return [
        (names[at], *ratios[row], *counts[row], *rate_pairs[row], *p_pairs[row], in_words(q_of_all[at]), *days)
        for row, at in enumerate(kept.tolist())
    ]
