"""Computes lift, p-value, q-value and verdict of each topic under each weather condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from flows.trends.significance import Answer, answer_of, in_words, q_values
from flows.trends.statement_lists import lists_of
from flows.trends.statistics import Days, Effect, effects
from flows.warehouse.statement_query import QueryResult

COLUMNS: Final = (
    "topic", "condition", "lift", "lift_low", "lift_high", "p_value", "q_value", "verdict", "articles", "expected",
    "exposed_days", "days", "effective_days",
)  # fmt: skip


def weather_lift(found: QueryResult, values: Mapping[str, object]) -> Answer:
    """One row per topic x condition: lift with source and month held fixed and its 95 % interval, one-sided permutation
    p-value, Benjamini-Hochberg q-value over all rows and the verdict; smallest q first.

    `found` has one row for the articles (`kind` is 'articles': position of each source day, articles on it), one for
    the calendar ('calendar': local day since 1970-01-01, source), one per condition (positions of its days, whether it
    held) and one per topic (positions of its days, articles on them). Conditions with fewer than `support` comparable
    exposed days are left out before the q-values are computed.
    """
    support, permutations = int(str(values["support"])), int(str(values["permutations"]))
    articles, calendar, conditions, topics = (
        lists_of(found, kind) for kind in ("articles", "calendar", "condition", "topic")
    )
    [(_, counts)], [(dates, sources)] = articles.values(), calendar.values()
    tagged = np.zeros((len(topics), len(dates)))
    for row, (at, on_them) in zip(tagged, topics.values(), strict=True):
        row[at] = on_them
    tested: list[tuple[str, str, Effect, int]] = []
    for condition, (at, exposed) in conditions.items():
        days = Days(dates[at], sources[at], exposed, counts[at])
        found_effects = effects(days, tagged[:, at], permutations)
        tested += [(topic, condition, effect, len(at)) for topic, effect in zip(topics, found_effects, strict=True)]
    kept = [item for item in tested if item[2].exposed_days >= support and item[2].lift is not None]
    q_of_all = q_values([effect.p_value for _, _, effect, _ in kept])
    rows = [_row(*item, q_value) for item, q_value in zip(kept, q_of_all, strict=True)]
    rows.sort(key=lambda row: (row[6], row[5], -row[2], row[0], row[1]))
    return answer_of(COLUMNS, rows, values["show"], len(rows))


def _row(topic: str, condition: str, effect: Effect, days: int, q_value: float) -> tuple[Any, ...]:
    lift = (round(value or 0.0, 4) for value in (effect.lift, effect.lift_low, effect.lift_high))
    p_values = round(effect.p_value, 6), round(q_value, 6), in_words(q_value)
    counts = effect.tagged, round(effect.expected, 4), effect.exposed_days, days, round(effect.effective_days, 1)
    return (topic, condition, *lift, *p_values, *counts)
