"""Tests which topics a newsroom covers with its own reporting more, or less, often than its other topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.special import stdtr, stdtrit

from flows.trends.significance import Answer, answer_of, in_words, q_values
from flows.trends.statement_lists import labels, numbers
from flows.trends.statistics import Floats, Integers
from flows.warehouse.statement_query import QueryResult

COLUMNS: Final = (
    "topic", "local_articles", "articles", "local_share", "share_low", "share_high", "expected_share", "p_value",
    "q_value", "verdict", "blocks", "observed_days",
)  # fmt: skip
_LOCAL: Final = COLUMNS.index("local_articles")


@dataclass(frozen=True, slots=True)
class Shares:
    """Per topic: share of local articles, that expected of the topic's sources and blocks, half width of the 95 %
    interval of the share, and two-sided p-value; `blocks` is how many blocks there were."""

    local: Floats
    expected: Floats
    half_width: Floats
    p_value: Floats
    blocks: int


def local_share(found: QueryResult, values: Mapping[str, object]) -> Answer:
    """One row per topic with a local article: articles, the local share with its 95 % interval, the share expected,
    two-sided p-value, q-value over all topics with `support` articles and verdict; most local articles first, at most
    `top`.

    `found` has one row: the labels of the topics, parallel lists (position of a topic, source, block, articles, local
    ones), and the number of observed days. A negative position is a topic with too few articles to be tested.
    """
    [row] = found.rows
    names = labels(row[0])
    topic, source, block, articles, local = (numbers(cell) for cell in row[1:6])
    shares = compare_shares(topic, source, block, articles, local, len(names))
    q_of_all = q_values(shares.p_value.tolist())
    own = topic >= 0
    counts = [np.bincount(topic[own], of[own], len(names)).astype(int) for of in (local, articles)]
    rows: list[tuple[Any, ...]] = []
    for at in np.flatnonzero(counts[0]).tolist():
        share, width = shares.local[at], shares.half_width[at]
        interval = (share, max(0.0, share - width), min(1.0, share + width), shares.expected[at])
        rows.append((
            names[at], *(int(of[at]) for of in counts), *(round(float(value), 4) for value in interval),
            round(float(shares.p_value[at]), 6), round(q_of_all[at], 6), in_words(q_of_all[at]), shares.blocks, row[6],
        ))  # fmt: skip
    rows.sort(key=lambda row: (-row[_LOCAL], row[0]))
    return answer_of(COLUMNS, rows, values["show"], len(names), values["top"])


def compare_shares(
    topic: Integers, source: Integers, block: Integers, articles: Integers, local: Integers, topics: int
) -> Shares:
    """The local share of each topic against that of all articles of the same source and block of days.

    Wire stories are printed by many sources and news lasts for days, so articles are not independent; blocks of four
    weeks nearly are. The variance is that between blocks, all sources together (Liang and Zeger 1986), and the test
    Student's with one degree of freedom less than blocks. A negative topic counts for the share of its source only.
    """
    stretch, block_at = np.unique(block, return_inverse=True)
    size = max(1, len(stretch))
    cell = np.unique(np.stack([source, block_at]), axis=1, return_inverse=True)[1].ravel() if len(topic) else topic
    usual = np.bincount(cell, local) / np.maximum(np.bincount(cell, articles), 1) if len(topic) else np.zeros(0)
    kept = topic >= 0
    expected_local = articles * usual[cell]
    excess = np.zeros((topics, size))
    np.add.at(excess, (topic[kept], block_at[kept]), (local - expected_local)[kept])
    seen, own, expected = (np.bincount(topic[kept], of[kept], topics) for of in (articles, local, expected_local))
    spread = np.sqrt(size * excess.var(axis=1, ddof=1)) if size > 1 else np.full(topics, np.inf)
    free = max(1, size - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(spread > 0, np.abs(excess.sum(axis=1)) / spread, 0.0)
    each = np.maximum(seen, 1)
    width = np.minimum(stdtrit(free, 0.975) * spread / each, 1.0)
    return Shares(own / each, expected / each, width, 2 * stdtr(free, -score), len(stretch))
