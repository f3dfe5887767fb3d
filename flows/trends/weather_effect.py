"""Computes lift, p-value and q-value of each topic under each weather condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from scipy.stats import false_discovery_control

from flows.trends.statistics import Days, Effect, Integers, count_interval, effects
from flows.warehouse.statement_query import QueryResult

COLUMNS: Final = (
    "topic", "condition", "lift", "lift_low", "lift_high", "p_value", "q_value", "articles", "expected", "exposed_days",
    "days",
)  # fmt: skip


def weather_lift(found: QueryResult, values: Mapping[str, object]) -> QueryResult:
    """One row per topic x condition: lift with source and month held fixed and its 95 % interval, one-sided permutation
    p-value and Benjamini-Hochberg q-value over all rows; smallest q first.

    `found` has one row for the days (`kind` is 'days': stratum and articles by position), one per condition (positions
    of its days, whether it held) and one per topic (positions of its days, articles on them). Conditions with fewer
    than `support` comparable exposed days are left out before the q-values are computed.
    """
    support, permutations = int(str(values["support"])), int(str(values["permutations"]))
    days, conditions, topics = (_lists(found, what) for what in ("days", "condition", "topic"))
    [(strata, articles)] = days.values()
    tagged = np.zeros((len(topics), len(strata)))
    for counts, (at, on_them) in zip(tagged, topics.values(), strict=True):
        counts[at] = on_them
    tested: list[tuple[str, str, Effect, int]] = []
    for condition, (at, exposed) in conditions.items():
        found_effects = effects(Days(strata[at], exposed, articles[at]), tagged[:, at], permutations)
        tested += [(topic, condition, effect, len(at)) for topic, effect in zip(topics, found_effects, strict=True)]
    kept = [item for item in tested if item[2].exposed_days >= support and item[2].lift is not None]
    q_values = false_discovery_control([effect.p_value for _, _, effect, _ in kept]).tolist()
    rows = [_row(*item, q_value) for item, q_value in zip(kept, q_values, strict=True)]
    rows.sort(key=lambda row: (row[6], row[5], -row[2], row[0], row[1]))
    return QueryResult(COLUMNS, tuple(rows))


def _lists(found: QueryResult, kind: str) -> dict[str, tuple[Integers, Integers]]:
    """The two lists of each row of one kind, by name, in the statement's order."""
    return {
        str(name): (_numbers(at), _numbers(counts)) for row_kind, name, at, counts in found.rows if row_kind == kind
    }


def _numbers(cell: object) -> Integers:
    return np.array([] if cell is None else cell, dtype=np.int64)


def _row(topic: str, condition: str, effect: Effect, days: int, q_value: float) -> tuple[Any, ...]:
    low, high = (round(bound / effect.expected, 4) for bound in count_interval(effect.tagged))
    p_values = round(effect.p_value, 6), round(q_value, 6)
    counts = effect.tagged, round(effect.expected, 4), effect.exposed_days, days
    return (topic, condition, round(effect.lift or 0.0, 4), low, high, *p_values, *counts)
