"""Tests whether two topics stand on the same articles more often than chance puts them there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import betainc, gammainc

from flows.trends.significance import Answer, answer_of, in_words, q_values
from flows.trends.statement_lists import labels, numbers
from flows.trends.statistics import Floats, Integers, count_interval
from flows.warehouse.statement_query import QueryResult

COLUMNS: Final = (
    "topic", "other", "lift", "lift_low", "lift_high", "p_value", "q_value", "verdict", "stories", "expected",
    "topic_stories", "other_stories",
)  # fmt: skip
_P_VALUE, _LIFT_LOW = COLUMNS.index("p_value"), COLUMNS.index("lift_low")
_CELLS: Final = 20_000_000  # of strata x topics, held in memory at once


@dataclass(frozen=True, slots=True)
class Pairs:
    """Topics x topics: the stories with both, and mean and variance of their number by chance."""

    together: Floats
    expected: Floats
    variance: Floats


def pairs(found: QueryResult, values: Mapping[str, object]) -> Answer:
    """One row per pair of topics with at least one story together: lift with 95 % interval, one-sided p-value, q-value
    over all pairs of the topics, also those that never met, and verdict; smallest p-value first, at most `top`.

    `found` has one row of lists: the stratum of each story; in parallel, the position of a story and that of one of its
    topics; the labels of the topics; in parallel, the positions of a topic and of its ancestor; the positions of the
    named topics, which come first in their pairs, null for all; and how many stories each one in the lists stands for.
    """
    [row] = found.rows
    strata, story_at, topic_at, below, above = (numbers(row[at]) for at in (0, 1, 2, 4, 5))
    names = labels(row[3])
    met = count_pairs(strata, story_at, topic_at, len(names))
    asked = np.triu(np.ones((len(names), len(names)), dtype=bool), 1)
    asked[below, above] = asked[above, below] = False
    is_named = np.isin(np.arange(len(names)), numbers(row[6]))
    if row[6] is not None:
        asked &= is_named[:, None] | is_named
    first, other = np.nonzero(asked & (met.together > 0))
    first, other = np.where(is_named[other], (other, first), (first, other))
    p_values = p_more(*(of[first, other] for of in (met.together, met.expected, met.variance)))
    rows = _rows(names, met, (first, other), p_values, int(asked.sum()))
    rows.sort(key=lambda row: (row[_P_VALUE], -row[_LIFT_LOW], row[:2]))
    answer = answer_of(COLUMNS, rows, values["show"], int(asked.sum()), values["top"])
    return replace(answer, notes=(*answer.notes, *_sampled(row[7])))


def count_pairs(strata: Integers, story_at: Integers, topic_at: Integers, topics: int) -> Pairs:
    """What is seen and expected of each pair; `strata` is the stratum of each story, such as its source and week, from
    0 on, and the other lists name story and topic of each link.

    Expected is that a stratum deals its topics out to its stories at random, where each story keeps its number of
    topics and each topic its number of stories: two topics that are frequent in the same week, or at the same source,
    meet by chance, and more so on stories with many topics.
    """
    tagged = csr_matrix((np.ones(len(story_at)), (story_at, topic_at)), (len(strata), topics))
    tagged = tagged[np.argsort(strata, kind="stable")]
    ends = np.cumsum(np.bincount(strata)) if len(strata) else np.zeros(0, dtype=np.int64)
    starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
    expected, variance = np.zeros((topics, topics)), np.zeros((topics, topics))
    each = max(1, _CELLS // max(1, topics))
    for at in range(0, len(ends), each):
        first, last = starts[at : at + each], ends[at : at + each]
        rows = np.repeat(np.arange(len(first)), last - first)
        group = csr_matrix((np.ones(len(rows)), (rows, np.arange(len(rows)))), (len(first), len(rows)))
        part = tagged[int(first[0]) : int(last[-1])]
        counts = np.asarray((group @ part).toarray())
        each_story = np.asarray(part.sum(axis=1)).ravel()
        stories, links, met = (
            np.bincount(rows, of, len(first)) for of in (each_story > 0, each_story, each_story * (each_story - 1))
        )
        rate = met / np.maximum(links**2 - (counts**2).sum(axis=1), 1)
        expected += counts.T @ (counts * rate[:, None])
        rest = counts * (stories[:, None] - counts)
        variance += rest.T @ (rest * (rate / np.maximum(stories * (stories - 1), 1))[:, None])
    return Pairs(np.asarray((tagged.T @ tagged).toarray()), expected, variance)


def p_more(seen: Floats, expected: Floats, variance: Floats) -> Floats:
    """The mid-p-value of at least `seen`, of a binomial count with this mean and variance, which for equal ones is that
    of Poisson: the conditional test over strata (Mantel and Haenszel 1959)."""
    mean = np.maximum(expected, 1e-12)
    narrower = np.clip(1 - variance / mean, 0, 1)
    is_poisson = narrower < 1e-3
    size = np.maximum(np.where(is_poisson, 1.0, mean / np.where(is_poisson, 1.0, narrower)), seen)
    reached, above = (
        np.where(
            is_poisson,
            gammainc(np.maximum(count, 1e-9), mean),
            betainc(np.maximum(count, 1e-9), np.maximum(size - count + 1, 1e-9), np.clip(mean / size, 0, 1)),
        )
        for count in (seen, seen + 1)
    )
    return np.asarray(np.clip((reached + np.where(seen >= size, 0, above)) / 2, 0, 1))


def _rows(
    names: list[str], met: Pairs, at: tuple[Integers, Integers], p_values: Floats, tested: int
) -> list[tuple[Any, ...]]:
    q_of_all = q_values(p_values.tolist(), tested)
    stories = np.diag(met.together)
    rows = []
    for one, other, p_value, q_value in zip(*at, p_values.tolist(), q_of_all, strict=True):
        seen, expected = met.together[one, other], max(met.expected[one, other], 1e-9)
        lift = (round(value / expected, 3) for value in (seen, *count_interval(seen)))
        counts = int(seen), round(float(expected), 2), int(stories[one]), int(stories[other])
        rows.append((names[one], names[other], *lift, round(p_value, 6), round(q_value, 6), in_words(q_value), *counts))
    return rows


def _sampled(every: Any) -> tuple[str, ...]:
    return (f"Of many stories, one in {every:,} was compared; a shorter range compares all.",) if every > 1 else ()
