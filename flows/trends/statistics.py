"""Judges whether a difference could be chance: stratified lift, permutation p-value, false-discovery rate. Pure."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Day:
    """One observed day: its stratum (what is held fixed, say a calendar month), whether the weather condition held,
    how many articles there were, and how many of them bear the tag."""

    stratum: Hashable
    exposed: bool
    articles: int
    tagged: int


@dataclass(frozen=True, slots=True)
class Effect:
    """`lift` is tagged articles on exposed days over those expected there from their own stratum's share; None when
    nothing was expected. `p_value` is one-sided (more than expected)."""

    lift: float | None
    expected: float
    tagged: int
    exposed_days: int
    p_value: float


def effect(days: Sequence[Day], *, permutations: int = 2000, seed: int = 1) -> Effect:
    """The lift of a tag on exposed days with the stratum held fixed, and its permutation p-value.

    Only strata with both exposed and other days say anything, so others are left out. Exposure is shuffled within
    a stratum. The p-value counts the observed arrangement too, so it is never 0 (Phipson and Smyth 2010).
    """
    strata = _informative(days)
    tagged = sum(day.tagged for group in strata for day in group if day.exposed)
    expected = sum(_expected(group) for group in strata)
    exposed_days = sum(day.exposed for group in strata for day in group)
    if not strata or expected <= 0:
        return Effect(None, expected, tagged, exposed_days, 1.0)
    excess = [(_excess(group), sum(day.exposed for day in group)) for group in strata]
    seen = sum(
        value
        for group, (values, _) in zip(strata, excess, strict=True)
        for day, value in zip(group, values, strict=True)
        if day.exposed
    )
    chance = random.Random(seed)  # noqa: S311  shuffles days, guards nothing
    as_high = sum(
        sum(sum(chance.sample(values, count)) for values, count in excess) >= seen - 1e-9 for _ in range(permutations)
    )
    return Effect(tagged / expected, expected, tagged, exposed_days, (as_high + 1) / (permutations + 1))


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


def _informative(days: Sequence[Day]) -> list[list[Day]]:
    groups: dict[Hashable, list[Day]] = defaultdict(list)
    for day in days:
        groups[day.stratum].append(day)
    return [group for group in groups.values() if 0 < sum(day.exposed for day in group) < len(group)]


def _share(group: Sequence[Day]) -> float:
    articles = sum(day.articles for day in group)
    return sum(day.tagged for day in group) / articles if articles else 0.0


def _expected(group: Sequence[Day]) -> float:
    return _share(group) * sum(day.articles for day in group if day.exposed)


def _excess(group: Sequence[Day]) -> list[float]:
    """Per day, tagged articles beyond the stratum's share: busy days do not count for more by being busy."""
    share = _share(group)
    return [day.tagged - share * day.articles for day in group]
