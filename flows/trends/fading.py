"""Finds topics that faded: fewer articles in the last four weeks than before, p-value, verdict, peak and half-life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from flows.trends.drift import Change, Integers, Stretches, change
from flows.trends.significance import Answer, answer_of, in_words, q_values
from flows.trends.statement_lists import labels, numbers
from flows.warehouse.statement_query import QueryResult

COLUMNS: Final = (
    "topic", "ratio", "ratio_low", "ratio_high", "p_value", "q_value", "verdict", "peak_week", "peak_per_week",
    "now_per_week", "half_life_days", "half_life_low", "half_life_high", "weeks", "articles",
)  # fmt: skip
_NOW: Final = 4  # weeks
_EXPECTED: Final = 3  # articles now, if nothing changed: of fewer, none at all would tell nothing
_P_VALUE, _PEAK = COLUMNS.index("p_value"), COLUMNS.index("peak_per_week")


def fading(found: QueryResult, values: Mapping[str, object]) -> Answer:
    """One row per topic whose last four weeks have at most `faded` of the rate of its peak week: ratio of its rate now
    to that before with 95 % interval, one-sided p-value, q-value over all topics with `support` articles and at
    least three expected now, verdict, and the half-life from the peak on; smallest p-value first, at most `top`.

    `found` has one row of lists: the weeks, in weeks before `until`, the latest last; their source days; the labels of
    the topics; and in parallel, the position of a topic, that of a week, and the articles. Fewer than four weeks
    before the last four are too short for an answer.
    """
    [row] = found.rows
    weeks_ago, source_days, topic_at, week_at, articles = (numbers(row[at]) for at in (0, 1, 3, 4, 5))
    names, until = labels(row[2]), values["until"]
    is_now = weeks_ago < _NOW
    if not isinstance(until, date) or not is_now.any() or (~is_now).sum() < _NOW:
        return Answer(QueryResult(COLUMNS, ()))
    weekly = np.zeros((len(names), len(weeks_ago)), dtype=np.int64)
    weekly[topic_at, week_at] = articles
    is_tested = weekly.sum(axis=1) * source_days[is_now].sum() >= _EXPECTED * source_days.sum()
    weekly, names = weekly[is_tested], [name for name, kept in zip(names, is_tested.tolist(), strict=True) if kept]
    fewer = fewer_now(weekly, source_days, is_now)
    q_of_all = q_values(fewer.fewer.tolist())
    rates = 7 * weekly / source_days
    now = 7 * weekly[:, is_now].sum(axis=1) / source_days[is_now].sum()
    peak = len(weeks_ago) - 1 - rates[:, ::-1].argmax(axis=1)
    has_faded = ~is_now[peak] & (now <= float(str(values["faded"])) * rates.max(axis=1))
    rows: list[tuple[Any, ...]] = []
    for at in np.flatnonzero(has_faded).tolist():
        since = slice(int(peak[at]), None)
        half_life = half_life_of(weekly[at, since], source_days[since], -7.0 * weeks_ago[since])
        if half_life is not None:
            ratio = _ratio(weekly[at], source_days, is_now, float(fewer.drift[at]))
            p_values = round(float(fewer.fewer[at]), 6), round(q_of_all[at], 6), in_words(q_of_all[at])
            peaked = until - timedelta(days=7 * int(weeks_ago[peak[at]]) + 6)
            per_week = round(float(rates[at].max()), 2), round(float(now[at]), 2)
            counts = len(weeks_ago) - int(peak[at]), int(weekly[at].sum())
            rows.append((names[at], *ratio, *p_values, peaked, *per_week, *half_life, *counts))
    rows.sort(key=lambda row: (row[_P_VALUE], -row[_PEAK], row[0]))
    answer = answer_of(COLUMNS, rows, values["show"], len(names))
    return replace(answer, result=QueryResult(COLUMNS, answer.result.rows[: int(str(values["top"]))]))


def fewer_now(weekly: Integers, source_days: Integers, is_now: Any) -> Change:
    """The last four weeks (`is_now`) against all before; each four weeks before, against the others, are quiet."""
    before, seen = weekly[:, ~is_now], source_days[~is_now]
    asked = Stretches(
        weekly[:, is_now].sum(axis=1), weekly.sum(axis=1), float(source_days[is_now].sum() / source_days.sum())
    )
    ends = range(len(seen) % _NOW + _NOW, len(seen) + 1, _NOW)
    quiet = [
        Stretches(
            before[:, end - _NOW : end].sum(axis=1),
            before.sum(axis=1),
            float(seen[end - _NOW : end].sum() / seen.sum()),
        )
        for end in ends
    ]
    return change(asked, quiet, weight=1 - 1 / max(2, len(quiet)))


def half_life_of(counts: Integers, source_days: Integers, days: Any) -> tuple[float, float | None, float | None] | None:
    """Half-life in days with 95 % interval, None where the rate does not fall: a straight line through the logarithms
    of the weekly rates. An end of the interval is None where no half-life is that long.

    Half an article is added, so that an empty week has a logarithm. Residuals last from week to week, so there are
    fewer independent weeks than weeks: as many as their first autocorrelation says (Bretherton et al. 1999).
    """
    if len(counts) < 4:
        return None
    log_rates = np.log((counts + 0.5) / source_days)
    away = days - days.mean()
    slope = float(away @ log_rates / (away @ away))
    if slope >= 0:
        return None
    residuals = log_rates - log_rates.mean() - slope * away
    total = float(residuals @ residuals)
    lasting = max(0.0, float(residuals[1:] @ residuals[:-1]) / total) if total > 0 else 0.0
    width = 1.96 * (total / (len(counts) - 2) / (away @ away) * (1 + lasting) / (1 - lasting)) ** 0.5
    longest = round(-np.log(2) / (slope + width), 1) if slope + width < 0 else None
    return round(-np.log(2) / slope, 1), round(-np.log(2) / (slope - width), 1), longest


def _ratio(counts: Integers, source_days: Integers, is_now: Any, drift: float) -> tuple[float, float, float]:
    """The rate now divided by that before, with its 95 % interval."""
    now, before = counts[is_now].sum() + 0.5, counts[~is_now].sum() + 0.5
    ratio = now / before * source_days[~is_now].sum() / source_days[is_now].sum()
    width = np.exp(1.96 * np.sqrt(1 / now + 1 / before + drift))
    return round(float(ratio), 3), round(float(ratio / width), 3), round(float(ratio * width), 3)
