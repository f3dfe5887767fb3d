"""Simulated daily errors of providers' forecasts and of a baseline: equally good, or a tenth of them planted as worse.

Errors last (AR(1), 0.5 from day to day), because one front is missed on two days in a row. Most of an error is shared:
by provider and baseline, by towns, and by what a provider forecasts (high or low, at each lead).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.trends.worlds import every_tenth, lasting

ERRORS_LAST = 0.5
KINDS = 10  # what each provider forecasts: high or low, at five leads


@dataclass(frozen=True)
class ForecastWorld:
    """Arrays of rows (provider x kind) x days: sums over the towns of the absolute errors, in °F."""

    errors: Any
    baseline_errors: Any

    @property
    def planted(self) -> Any:
        """Which rows have the planted factor, if there is one."""
        return every_tenth(len(self.errors))


def make_forecasts(
    rng: np.random.Generator, providers: int, days: int, towns: int, factor: float = 1.0
) -> ForecastWorld:
    """A world in which each provider has `towns` towns; `factor` multiplies the planted errors."""
    rows = providers * KINDS
    weather = lasting(rng, ERRORS_LAST, days, providers, 1, 1) + 0.5 * lasting(rng, ERRORS_LAST, days, 1, 1, 1)
    both = [2 * weather + 2 * lasting(rng, ERRORS_LAST, days, providers, KINDS, towns) for _ in range(2)]
    errors, baseline_errors = (np.abs(of).sum(axis=3).reshape(days, rows).T for of in both)
    errors[every_tenth(rows)] *= factor
    return ForecastWorld(errors, baseline_errors)
