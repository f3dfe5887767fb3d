"""Judges whether a difference could be chance: stratified lift, permutation p-value, false-discovery rate. Pure.

numpy carries it: a thousand shuffles of eight years of days for fifty topics take seconds there, else minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_CELLS: Final = 1_000_000  # shuffled days held in memory at once


@dataclass(frozen=True, slots=True)
class Days:
    """Observed days under one weather condition, in one order: their stratum (what is held fixed, say source and
    month), whether the condition held, and how many articles there were."""

    strata: Sequence[str] | Integers
    exposed: Sequence[bool] | Integers
    articles: Sequence[int] | Integers


@dataclass(frozen=True, slots=True)
class Effect:
    """`lift` is tagged articles on exposed days over those expected there from their own stratum's share; None when
    nothing was expected. `p_value` is one-sided (more than expected)."""

    lift: float | None
    expected: float
    tagged: int
    exposed_days: int
    p_value: float


def effects(
    days: Days, tagged: Sequence[Sequence[int]] | Floats, permutations: int = 1000, seed: int = 1
) -> list[Effect]:
    """Per topic (a row of `tagged`, one count a day) its lift on exposed days with the stratum held fixed.

    Only strata with both exposed and other days say anything, so others are left out. Exposure is shuffled within
    a stratum, the same shuffles for all topics. A p-value counts the observed arrangement too, so it is never 0
    (Phipson and Smyth 2010). Equal input gives equal output.
    """
    strata, exposed = _codes(days.strata), np.array(days.exposed, dtype=bool)
    kept = _informative(strata, exposed)
    exposed_days = int(exposed[kept].sum())
    if not exposed_days or not len(tagged):
        return [Effect(None, 0.0, 0, 0, 1.0) for _ in tagged]
    order = kept[np.argsort(strata[kept], kind="stable")]
    strata, exposed = _codes(strata[order]), exposed[order]
    articles = np.array(days.articles, dtype=float)[order]
    counts = np.array(tagged, dtype=float).reshape(len(tagged), -1)[:, order]
    expected = _expected(strata, articles, counts)
    excess = counts - expected
    as_high = _as_high(strata, exposed, excess, permutations, seed)
    return [
        _effect(counts[row, exposed].sum(), expected[row, exposed].sum(), exposed_days, as_high[row], permutations)
        for row in range(len(tagged))
    ]


def false_discovery(p_values: Sequence[float]) -> list[float]:
    """Benjamini-Hochberg adjusted p-values (q), in the order given; raises ValueError outside 0..1."""
    if any(not 0 <= p <= 1 for p in p_values):
        raise ValueError("a p-value lies between 0 and 1")
    order = sorted(range(len(p_values)), key=lambda index: p_values[index], reverse=True)
    adjusted = [1.0] * len(p_values)
    lowest = 1.0
    for position, index in enumerate(order):
        rank = len(p_values) - position
        lowest = min(lowest, p_values[index] * len(p_values) / rank)
        adjusted[index] = lowest
    return adjusted


def count_interval(count: int) -> tuple[float, float]:
    """The 95 % interval of a count (Byar's approximation to the exact Poisson limits; Breslow and Day 1987)."""
    low = count * (1 - 1 / (9 * count) - 1.96 / (3 * count**0.5)) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + 1.96 / (3 * more**0.5)) ** 3


def _codes(strata: Sequence[str] | Integers) -> Integers:
    return np.unique(np.asarray(strata), return_inverse=True)[1].astype(np.int64)


def _informative(strata: Integers, exposed: NDArray[np.bool_]) -> Integers:
    """The days of strata that hold both exposed and other days."""
    if not strata.size:
        return np.array([], dtype=np.int64)
    size, held = np.bincount(strata), np.bincount(strata, weights=exposed)
    return np.flatnonzero(((held > 0) & (held < size))[strata])


def _expected(strata: Integers, articles: Floats, counts: Floats) -> Floats:
    """Tagged articles expected on each day from its stratum's share: busy days do not count for more by being busy."""
    total = np.bincount(strata, weights=articles)
    shares = np.array([np.bincount(strata, weights=row) for row in counts]) / np.where(total > 0, total, 1)
    return np.asarray(shares[:, strata] * articles)


def _as_high(strata: Integers, exposed: NDArray[np.bool_], excess: Floats, permutations: int, seed: int) -> Integers:
    """Per topic, how many of the shuffles bring at least the excess that was seen."""
    chance = np.random.default_rng(seed)
    size = np.bincount(strata)
    seen = excess[:, exposed].sum(axis=1)
    sums = np.zeros((permutations, len(excess)))
    # Strata of one size are shuffled at once, a row each: days lie in order of stratum.
    for days in np.unique(size).tolist():
        at = np.flatnonzero(size[strata] == days)
        flags, outcome = exposed[at].astype(float).reshape(-1, days), excess[:, at].T
        block = min(permutations, max(1, _CELLS // at.size))
        shuffled = np.tile(flags, (block, 1))
        for done in range(0, permutations, block):
            chance.permuted(shuffled, axis=1, out=shuffled)  # a shuffle of what was shuffled is as good
            sums[done : done + block] += shuffled.reshape(block, at.size)[: permutations - done] @ outcome
    return np.asarray((sums >= seen - 1e-9).sum(axis=0), dtype=np.int64)


def _effect(tagged: float, expected: float, exposed_days: int, as_high: int, permutations: int) -> Effect:
    if expected <= 0:
        return Effect(None, 0.0, int(tagged), exposed_days, 1.0)
    p_value = (int(as_high) + 1) / (permutations + 1)
    return Effect(float(tagged / expected), float(expected), int(tagged), exposed_days, p_value)
