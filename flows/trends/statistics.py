"""Tests whether a difference could be chance: stratified lift with a permutation p-value.

Vectorized with numpy: a thousand permutations of eight years of days for fifty topics take seconds, not minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_CELLS: Final = 1_000_000  # permuted days held in memory at once


@dataclass(frozen=True, slots=True)
class Days:
    """Parallel sequences over the observed days of one weather condition: the stratum (what is held fixed: source and
    month), whether the condition held, and the number of articles."""

    strata: Sequence[str] | Integers
    exposed: Sequence[bool] | Integers
    articles: Sequence[int] | Integers


@dataclass(frozen=True, slots=True)
class Effect:
    """`lift` is the tagged articles on exposed days divided by those expected there from the stratum's own share; None
    when none were expected. `p_value` is one-sided (more than expected)."""

    lift: float | None
    expected: float
    tagged: int
    exposed_days: int
    p_value: float


def effects(
    days: Days, tagged: Sequence[Sequence[int]] | Floats, permutations: int = 1000, seed: int = 1
) -> list[Effect]:
    """The effect on each topic (a row of `tagged`, one count per day) on exposed days, with the stratum held fixed.

    Only strata with both exposed and other days are used. Exposure is permuted within strata, with the same
    permutations for all topics. The p-value counts the observed arrangement too, so it is never 0 (Phipson and Smyth
    2010). Equal input gives equal output.
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


def count_interval(count: int) -> tuple[float, float]:
    """The 95 % interval of a count (Byar's approximation to the exact Poisson limits; Breslow and Day 1987)."""
    low = count * (1 - 1 / (9 * count) - 1.96 / (3 * count**0.5)) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + 1.96 / (3 * more**0.5)) ** 3


def _codes(strata: Sequence[str] | Integers) -> Integers:
    return np.unique(np.asarray(strata), return_inverse=True)[1].astype(np.int64)


def _informative(strata: Integers, exposed: NDArray[np.bool_]) -> Integers:
    """Indices of the days in strata with both exposed and other days."""
    if not strata.size:
        return np.array([], dtype=np.int64)
    size, held = np.bincount(strata), np.bincount(strata, weights=exposed)
    return np.flatnonzero(((held > 0) & (held < size))[strata])


def _expected(strata: Integers, articles: Floats, counts: Floats) -> Floats:
    """Tagged articles expected on each day: the stratum's share times the day's articles, so that busy days do not
    produce a lift by themselves."""
    total = np.bincount(strata, weights=articles)
    shares = np.array([np.bincount(strata, weights=row) for row in counts]) / np.where(total > 0, total, 1)
    return np.asarray(shares[:, strata] * articles)


def _as_high(strata: Integers, exposed: NDArray[np.bool_], excess: Floats, permutations: int, seed: int) -> Integers:
    """Per topic, the number of permutations with at least the observed excess."""
    rng = np.random.default_rng(seed)
    size = np.bincount(strata)
    seen = excess[:, exposed].sum(axis=1)
    sums = np.zeros((permutations, len(excess)))
    # Strata of equal size are permuted together, one row each: days are sorted by stratum.
    for days in np.unique(size).tolist():
        at = np.flatnonzero(size[strata] == days)
        flags, outcome = exposed[at].astype(float).reshape(-1, days), excess[:, at].T
        block = min(permutations, max(1, _CELLS // at.size))
        permuted = np.tile(flags, (block, 1))
        for done in range(0, permutations, block):
            rng.permuted(permuted, axis=1, out=permuted)  # a permutation of a permutation is as random
            sums[done : done + block] += permuted.reshape(block, at.size)[: permutations - done] @ outcome
    return np.asarray((sums >= seen - 1e-9).sum(axis=0), dtype=np.int64)


def _effect(tagged: float, expected: float, exposed_days: int, as_high: int, permutations: int) -> Effect:
    if expected <= 0:
        return Effect(None, 0.0, int(tagged), exposed_days, 1.0)
    p_value = (int(as_high) + 1) / (permutations + 1)
    return Effect(float(tagged / expected), float(expected), int(tagged), exposed_days, p_value)
