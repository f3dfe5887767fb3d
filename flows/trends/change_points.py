"""Finds the last change point in the daily article counts of a topic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import ruptures

_SHORTEST: Final = 3  # observed days on either side of a change


def change_point(dates: Sequence[date], counts: Sequence[int]) -> tuple[date | None, float | None, float | None]:
    """The local day of the last change in articles per observed day, None if there was none, and the mean articles per
    observed day before and after it."""
    at = last_change(counts)
    if at is None:
        return None, None, None
    return dates[at], round(float(np.mean(counts[:at])), 4), round(float(np.mean(counts[at:])), 4)


def last_change(counts: Sequence[int]) -> int | None:
    """The index of the first day after the last change in daily counts, None if there was no change.

    The variance of the counts is stabilized (Anscombe 1948: 2 sqrt(x + 3/8) has variance near 1), then the series is
    split by penalized least squares (ruptures, Truong et al. 2020) with the BIC penalty, 2 ln n per change.
    """
    if len(counts) < 2 * _SHORTEST:
        return None
    stabilized = 2 * np.sqrt(np.array(counts, dtype=float) + 3 / 8)
    ends = ruptures.KernelCPD(kernel="linear", min_size=_SHORTEST).fit_predict(
        stabilized, pen=2 * math.log(len(counts))
    )
    return int(ends[-2]) if len(ends) > 1 else None
