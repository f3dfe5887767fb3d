"""Tests whether a provider's forecasts are better or worse than a baseline's for the same towns and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.special import stdtr, stdtrit

from flows.trends.significance import Answer, answer_of, in_words, q_values
from flows.trends.statistics import Floats, Integers
from flows.warehouse.statement_query import QueryResult

COLUMNS: Final = (
    "provider", "kind", "lead", "baseline", "error_ratio", "ratio_low", "ratio_high", "p_value", "q_value", "verdict",
    "mean_abs_error", "baseline_abs_error", "days", "town_days", "forecasts",
)  # fmt: skip
_WEEK: Final = 7
_LEAST: Final = 4  # weeks that an interval and a test need


@dataclass(frozen=True, slots=True)
class Ratio:
    """The sum of the errors divided by that of the baseline's errors, its 95 % interval, and the two-sided p-value of
    equal means. `value` is None if all errors of the baseline are zero; the interval is None then, too, and with fewer
    than four weeks."""

    value: float | None
    low: float | None = None
    high: float | None = None
    p_value: float = 1.0


def skill(found: QueryResult, values: Mapping[str, object]) -> Answer:
    """One row per provider, high or low, lead and baseline, in the statement's order: the ratio of mean absolute errors
    with its 95 % interval, two-sided p-value, q-value over all rows tested, and verdict. Errors are in °F.

    `found` has those four, three lists (days since 1970-01-01, sums over towns of the absolute errors of the provider
    and of the baseline), the number of pairs of town and day, and that of forecasts.
    """
    given: list[Any] = list(found.rows)
    ratios = [error_ratio(row[4], row[5], row[6]) for row in given]
    rows: list[tuple[Any, ...]] = []
    for row, ratio, q_value in zip(given, ratios, q_values([one.p_value for one in ratios]), strict=True):
        means = (float(np.sum(errors)) / row[7] for errors in row[5:7])
        rows.append((
            *row[:4], *map(_rounded, (ratio.value, ratio.low, ratio.high)), round(ratio.p_value, 6),
            round(q_value, 6), in_words(q_value), *(round(mean, 2) for mean in means), len(row[4]), *row[7:],
        ))  # fmt: skip
    return answer_of(COLUMNS, rows, values["show"], len(rows))


def error_ratio(dates: Integers, errors: Floats, baseline_errors: Floats) -> Ratio:
    """The ratio of two series of daily absolute errors of the same days.

    The weather of neighboring days is alike, so days are not independent; weeks nearly are. The test of the differences
    between the errors (Diebold and Mariano 1995) is a t-test over weeks (Ibragimov and Mueller 2010), and the interval
    is that of a ratio estimator (Cochran 1977) with the variance between weeks.
    """
    week = np.unique((np.asarray(dates) - dates[0]) // _WEEK, return_inverse=True)[1]
    own, other = (np.bincount(week, of).astype(np.float64) for of in (errors, baseline_errors))
    weeks, total = len(own), float(other.sum())
    if total <= 0:
        return Ratio(None)
    value = float(own.sum()) / total
    if weeks < _LEAST:
        return Ratio(value)
    free, difference = weeks - 1, own - other
    noise = _deviation(difference)
    score = abs(float(difference.sum())) / noise if noise > 0 else 0.0
    width = float(stdtrit(free, 0.975)) * _deviation(own - value * other) / total
    return Ratio(value, max(0.0, value - width), value + width, float(2 * stdtr(free, -score)))


def _deviation(weekly: Floats) -> float:
    """The standard deviation of the sum of independent weeks."""
    return float(np.sqrt(len(weekly) * weekly.var(ddof=1)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
