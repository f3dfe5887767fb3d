"""Folds days of weather and topics into one judged row per topic and condition."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from flows.trends.library import Trend
from flows.trends.statistics import Day, Effect, effect, false_discovery
from flows.warehouse.answer import Answer

NAME: Final = "weather_and_topics"
COLUMNS: Final = ("topic", "condition", "lift", "p_value", "q_value", "articles", "expected", "exposed_days", "days")


def judge(found: Answer, trend: Trend, support: int) -> Answer:
    """One row per topic x condition: lift with source and calendar month held fixed, one-sided permutation p-value and
    Benjamini-Hochberg q-value over all rows; smallest q first.

    Pairs with fewer than `support` exposed days that can be compared are left out before the q-values are taken.
    """
    at = {name: found.columns.index(name) for name in found.columns}
    days: dict[tuple[str, str], list[Day]] = defaultdict(list)
    for row in found.rows:
        counts = int(str(row[at["articles"]])), int(str(row[at["tagged"]]))
        pair = str(row[at[trend.x]]), str(row[at["condition"]])
        days[pair].append(Day(str(row[at["stratum"]]), row[at["exposed"]] is True, *counts))
    judged = {pair: effect(listed) for pair, listed in days.items()}
    kept = {pair: seen for pair, seen in judged.items() if seen.exposed_days >= support and seen.lift is not None}
    q_values = false_discovery([seen.p_value for seen in kept.values()])
    rows = [
        _row(pair, seen, q_value, len(days[pair])) for (pair, seen), q_value in zip(kept.items(), q_values, strict=True)
    ]
    rows.sort(key=lambda row: (row[4], row[3], row[0], row[1]))
    return Answer(COLUMNS, tuple(rows))


def _row(
    pair: tuple[str, str], seen: Effect, q_value: float, days: int
) -> tuple[str, str, float, float, float, int, float, int, int]:
    lift = round(seen.lift or 0.0, 4)
    expected = round(seen.expected, 4)
    return (*pair, lift, round(seen.p_value, 6), round(q_value, 6), seen.tagged, expected, seen.exposed_days, days)
