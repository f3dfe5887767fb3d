"""Finds topics that faded: fewer articles in the last four weeks than before, p-value, verdict, peak and half-life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from flows.trends.drift import Change, Stretches, change
from flows.trends.significance import Answer, answer_of, in_words, q_values
from flows.trends.statement_lists import labels, numbers
from flows.trends.statistics import Flags, Integers
from flows.warehouse.statement_query import QueryResult

COLUMNS: Final = (
    "topic", "ratio", "ratio_low", "ratio_high", "p_value", "q_value", "verdict", "peak_week", "peak_per_week",
    "now_per_week", "half_life_days", "half_life_low", "half_life_high", "weeks", "articles",
)  # fmt: skip
_NOW: Final = 4  # weeks
_EXPECTED: Final = 3  # articles now, if nothing changed: of fewer, none at all would tell nothing
_P_VALUE, _PEAK = COLUMNS.index("p_value"), COLUMNS.index("peak_per_week")


def fading(found: QueryResult, values: Mapping[str, object]) -> Answer:
    """One row per topic whose last four weeks have at most `faded` of the rate of its peak week and whose rate falls
    from that week on: ratio of its rate now to that before with 95 % interval, one-sided p-value, q-value over all
    topics with `support` articles and at least three expected now, verdict, and the half-life from the peak on;
    smallest p-value first, at most `top`.

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
    ratios = np.stack(Stretches.of(weekly, source_days, is_now).ratio(fewer.drift), axis=1).round(3).tolist()
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
            p_values = round(float(fewer.fewer[at]), 6), round(q_of_all[at], 6), in_words(q_of_all[at])
            peaked = until - timedelta(days=7 * int(weeks_ago[peak[at]]) + 6)
            per_week = round(float(rates[at].max()), 2), round(float(now[at]), 2)
            counts = len(weeks_ago) - int(peak[at]), int(weekly[at].sum())
            rows.append((names[at], *ratios[at], *p_values, peaked, *per_week, *half_life, *counts))
    rows.sort(key=lambda row: (row[_P_VALUE], -row[_PEAK], row[0]))
    return answer_of(COLUMNS, rows, values["show"], len(names), values["top"])


def fewer_now(weekly: Integers, source_days: Integers, is_now: Flags) -> Change:
    """The last four weeks (`is_now`) against all before; each four weeks before, against the others, are quiet."""
    before, seen = weekly[:, ~is_now], source_days[~is_now]
    starts = range(len(seen) % _NOW, len(seen), _NOW)
    quiet = [Stretches.of(before, seen, slice(at, at + _NOW)) for at in starts]
    return change(Stretches.of(weekly, source_days, is_now), quiet, weight=1 - 1 / max(2, len(quiet)))


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
