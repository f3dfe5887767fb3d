"""Tests whether more articles on days of a condition could be chance: lift, with the calendar shifted month by month.

Weather lasts for days, news events last for days, and sources of a region share both, so days and sources are not
independent. Exposure is therefore moved by whole days, circularly within each month and by the same number of days for
all sources: what lasts and what is shared stays as it is, and only the link between weather and topics is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
_TOPICS: Final = 200  # topics whose shifted sums are held in memory at once
_TIE: Final = 1e-9  # sums in another order differ by rounding


@dataclass(frozen=True, slots=True)
class Days:
    """Parallel sequences over the observed source days of one weather condition: the local day (days since 1970-01-01),
    the source, whether the condition held, and the number of articles. Held fixed are source and month."""

    dates: Sequence[int] | Integers
    sources: Sequence[int] | Integers
    exposed: Sequence[bool] | Integers
    articles: Sequence[int] | Integers


@dataclass(frozen=True, slots=True)
class Effect:
    """`lift` is the tagged articles on exposed days divided by those expected there from the share of the source's
    month; None when none were expected. `lift_low` and `lift_high` are its 95 % interval, `p_value` is one-sided (more
    than expected), `effective_days` the number of independent source days that would tell as much as the days do."""

    lift: float | None
    lift_low: float
    lift_high: float
    expected: float
    tagged: int
    exposed_days: int
    effective_days: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Month:
    """One month: sums per topic of the observed arrangement, and for each shift what was seen more than expected and
    how much was compared (`overlap`). Only sources with both exposed and other days count. `variance` is that of the
    sums if source days were independent, `poisson` if articles were as well."""

    tagged: Floats
    expected: Floats
    exposed_days: int
    days: int
    shifted: Floats
    overlap: Floats
    variance: Floats
    poisson: Floats


def effects(
    days: Days, tagged: Sequence[Sequence[int]] | Floats, permutations: int = 10_000, seed: int = 1
) -> list[Effect]:
    """The effect on each topic (a row of `tagged`, one count per day) on exposed days.

    The calendar of each month is shifted at random, all sources and topics together (the toroidal shift test of Lotwick
    and Silverman 1982, along time). The p-value counts the observed arrangement too, so it is never 0 (Phipson and
    Smyth 2010). The interval is that of a count with the spread of the shifted sums. Equal input gives equal output.
    """
    if not len(tagged):
        return []
    counts = np.array(tagged, dtype=float).reshape(len(tagged), -1)
    return shifted_effects(_months(days, counts) if counts.size else [], len(counts), permutations, seed)


def shifted_effects(months: Sequence[Month], topics: int, permutations: int, seed: int = 1) -> list[Effect]:
    """The effect on each topic, from its sums under each shift of each month; the shifts of months are independent."""
    if not months:
        return [Effect(None, 0.0, 0.0, 0.0, 0, 0, 0.0, 1.0)] * topics
    rng = np.random.default_rng(seed)
    shifts = [rng.integers(0, len(month.shifted), permutations) for month in months]
    overlap = sum(month.overlap[at] for month, at in zip(months, shifts, strict=True))
    # A day of a source that was not observed meets nothing: the sum over fewer days is scaled up.
    scale = sum(month.overlap[0] for month in months) / np.maximum(overlap, 1)
    found: list[Effect] = []
    for first in range(0, topics, _TOPICS):
        part = slice(first, first + _TOPICS)
        sums = sum(month.shifted[at, part] for month, at in zip(months, shifts, strict=True)) * scale[:, None]
        found += _found(months, part, sums)
    return found


def count_interval(count: float, spread: float = 1.0) -> tuple[float, float]:
    """The 95 % interval of a count (Byar's approximation to the exact Poisson limits; Breslow and Day 1987) whose
    variance is `spread` times its mean (quasi-Poisson; Wedderburn 1974)."""
    known, more = count / spread, count / spread + 1
    low = known * (1 - 1 / (9 * known) - 1.96 / (3 * known**0.5)) ** 3 if known else 0.0
    return spread * max(low, 0.0), spread * more * (1 - 1 / (9 * more) + 1.96 / (3 * more**0.5)) ** 3


def _months(days: Days, counts: Floats) -> list[Month]:
    """The months in which a source has both exposed and other days."""
    dates, sources = np.asarray(days.dates, dtype=np.int64), np.asarray(days.sources, dtype=np.int64)
    exposed, articles = np.array(days.exposed, dtype=bool), np.array(days.articles, dtype=float)
    month = dates.astype("datetime64[D]").astype("datetime64[M]")
    found = []
    for at in np.split(
        order := np.argsort(month, kind="stable"), np.flatnonzero(np.diff(month[order].astype(int))) + 1
    ):
        if exposed[at].any() and not exposed[at].all():
            found.append(_month(dates[at], sources[at], exposed[at], articles[at], counts[:, at]))
    return [month for month in found if month.exposed_days]


def _month(dates: Integers, sources: Integers, exposed: Flags, articles: Floats, counts: Floats) -> Month:
    """`exposed` minus its share at the source, and `counts` minus those expected, on a grid of days x sources: both
    have mean zero at each source, and are zero where a source was not observed."""
    source, rows = np.unique(sources, return_inverse=True)[1], np.unique(dates, return_inverse=True)[1]
    size, held = np.bincount(source), np.bincount(source, weights=exposed)
    kept = ((held > 0) & (held < size))[source]
    total = np.bincount(source, weights=articles)
    shares = np.array([np.bincount(source, weights=row) for row in counts]) / np.where(total > 0, total, 1)
    expected = np.where(kept, shares[:, source] * articles, 0.0)
    excess = np.where(kept, counts - expected, 0.0)
    share_exposed = np.where(kept, exposed - (held / size)[source], 0.0)
    shape = (int(rows.max()) + 1, len(size))
    grid, known = np.zeros(shape), np.zeros(shape)
    grid[rows, source], known[rows, source] = share_exposed, kept
    outcome = np.zeros((len(counts), *shape))
    outcome[:, rows, source] = excess
    back = (np.arange(shape[0]) - np.arange(shape[0])[:, None]) % shape[0]
    exposed_kept = exposed & kept
    spread = np.bincount(source, weights=share_exposed**2) / np.maximum(size - 1, 1)
    return Month(
        tagged=counts[:, exposed_kept].sum(axis=1),
        expected=expected[:, exposed_kept].sum(axis=1),
        exposed_days=int(exposed_kept.sum()),
        days=int(kept.sum()),
        shifted=grid[back].reshape(shape[0], -1) @ outcome.reshape(len(counts), -1).T,
        overlap=known[back].reshape(shape[0], -1) @ known.reshape(-1),
        variance=excess**2 @ spread[source],
        poisson=expected @ share_exposed**2,
    )


def _found(months: Sequence[Month], part: slice, sums: Floats) -> list[Effect]:
    """The effects of some topics, given their sums under each random shift (permutations x topics)."""
    seen = sum(month.shifted[0, part] for month in months)
    p_values = ((sums >= seen - _TIE).sum(axis=0) + 1) / (len(sums) + 1)
    tagged, expected = (sum(getattr(month, of)[part] for month in months) for of in ("tagged", "expected"))
    variance, poisson = (sum(getattr(month, of)[part] for month in months) for of in ("variance", "poisson"))
    lasting = np.maximum((sums**2).mean(axis=0), variance)
    spreads = np.maximum(lasting / np.where(poisson > 0, poisson, 1), 1)
    exposed_days, days = sum(month.exposed_days for month in months), sum(month.days for month in months)
    effective = days * variance / np.where(lasting > 0, lasting, 1)
    found = []
    for at in range(len(p_values)):
        if expected[at] <= 0:
            found.append(Effect(None, 0.0, 0.0, 0.0, int(tagged[at]), exposed_days, 0.0, 1.0))
            continue
        low, high = (bound / expected[at] for bound in count_interval(tagged[at], spreads[at]))
        numbers = float(tagged[at] / expected[at]), float(low), float(high), float(expected[at]), int(tagged[at])
        found.append(Effect(*numbers, exposed_days, float(effective[at]), float(p_values[at])))
    return found
