"""Compares the topics or towns of a source before and after a change: difference, p-value, q-value and verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

import numpy as np

from flows.trends.drift import Stretches, change
from flows.trends.significance import Answer, answer_of, in_words, q_values
from flows.warehouse.statement_query import QueryResult

_FOUND: Final = (
    "share_before", "share_after", "difference", "difference_low", "difference_high", "p_value", "q_value", "verdict",
    "before_articles", "after_articles", "before_all", "after_all",
)  # fmt: skip
_Tested = tuple[tuple[Any, ...], float, float]  # the statement's row, its p-value and its drift


def mix_change(found: QueryResult, values: Mapping[str, object]) -> Answer:
    """One row per source, change and topic (or town): the shares before and after, their difference with its 95 %
    interval, two-sided p-value, q-value over all topics tested, verdict; per change at most `top`, smallest p-value
    first.

    `found` has one row per topic with source, day of the change, change, topic and what else names it, and three lists:
    articles with the topic and all articles in two stretches before the change and two after it, and the Wilson bounds
    of the shares before and after (low, high, low, high).
    """
    columns = (*found.columns[:-3], *_FOUND)
    p_at, difference_at = columns.index("p_value"), columns.index("difference")
    tested: list[_Tested] = []
    for _, of_change in groupby(found.rows, key=lambda row: row[:2]):
        tested += _compared(list(of_change))
    q_of_all = q_values([p_value for _, p_value, _ in tested])
    rows = [_row(*item, q_value) for item, q_value in zip(tested, q_of_all, strict=True)]
    rows.sort(key=lambda row: (row[:2], row[p_at], -abs(row[difference_at]), row[3]))
    answer = answer_of(columns, rows, values["show"], len(rows))
    top = int(str(values["top"]))
    shown = [row for _, own in groupby(answer.result.rows, key=lambda row: row[:2]) for row in list(own)[:top]]
    return replace(answer, result=QueryResult(columns, tuple(shown)))


def _compared(rows: list[Any]) -> list[_Tested]:
    """The topics of one change: the inner stretches are compared, the outer pairs show how topics drift."""
    articles = np.array([row[-3] for row in rows], dtype=np.int64)
    everything = np.array(rows[0][-2], dtype=np.int64)
    earlier, asked, later = (_stretches(articles[:, at : at + 2], everything[at : at + 2]) for at in range(3))
    changed = change(asked, [earlier, later], weight=0.5)
    p_values = np.minimum(1, 2 * np.minimum(changed.more, changed.fewer))
    return list(zip(rows, p_values.tolist(), changed.drift.tolist(), strict=True))


def _stretches(articles: Any, everything: Any) -> Stretches:
    return Stretches(articles[:, 1], articles.sum(axis=1), float(everything[1] / max(1, everything.sum())))


def _row(row: Any, p_value: float, drift: float, q_value: float) -> tuple[Any, ...]:
    """The interval of the difference is Newcombe's (1998, method 10), from the two Wilson intervals, widened by what
    the share drifts anyway."""
    before, after = row[-3][1:3]
    before_all, after_all = row[-2][1:3]
    before_low, before_high, after_low, after_high = row[-1]
    share_before, share_after = before / before_all, after / after_all
    drifted = 1.96**2 * drift * ((before + after) / (before_all + after_all)) ** 2
    low = ((share_after - after_low) ** 2 + (before_high - share_before) ** 2 + drifted) ** 0.5
    high = ((after_high - share_after) ** 2 + (share_before - before_low) ** 2 + drifted) ** 0.5
    difference = share_after - share_before
    shares = share_before, share_after, difference, max(-1, difference - low), min(1, difference + high)
    return (
        *row[:-3], *(round(float(share), 4) for share in shares), round(p_value, 6), round(q_value, 6),
        in_words(q_value), int(before), int(after), int(before_all), int(after_all),
    )  # fmt: skip
