"""Finds since when a topic runs at another rate: the last change point of its daily counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import ruptures

from flows.warehouse.statement_query import QueryResult

_ADDED: Final = ("change_date", "before_change", "after_change")
_SHORTEST: Final = 3  # observed days on either side of a change


def change_point(found: QueryResult) -> QueryResult:
    """The rows without their last two columns (observed dates, articles on them) and with the day since which the
    topic runs at its present rate, None where it never changed, and the articles an observed day before and after."""
    rows = [(*row[:-2], *_change(row[-2], row[-1])) for row in found.rows]
    return QueryResult((*found.columns[:-2], *_ADDED), tuple(rows))


def last_change(counts: Sequence[int]) -> int | None:
    """The index at which the present rate of daily counts began, None if they never changed.

    Counts are made even in spread (Anscombe 1948: 2 sqrt(x + 3/8) has variance near 1), then split by penalised least
    squares (ruptures, Truong et al. 2020) with the penalty 2 ln n per change, which is that of BIC at variance 1.
    """
    if len(counts) < 2 * _SHORTEST:
        return None
    even = 2 * np.sqrt(np.array(counts, dtype=float) + 3 / 8)
    ends = ruptures.KernelCPD(kernel="linear", min_size=_SHORTEST).fit_predict(even, pen=2 * math.log(len(counts)))
    return int(ends[-2]) if len(ends) > 1 else None


def _change(dates: Any, counts: Any) -> tuple[date | None, float | None, float | None]:
    at = last_change(counts)
    if at is None:
        return None, None, None
    return dates[at], round(float(np.mean(counts[:at])), 4), round(float(np.mean(counts[at:])), 4)
