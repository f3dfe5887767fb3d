"""Simulated daily forecast errors of providers and a baseline that are equally good, or of providers planted as worse.

Errors last (AR(1), 0.5 from day to day), as the same front is missed twice, and are mostly shared: by provider and
baseline, by towns, and by what a provider forecasts (high or low, at each lead).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.trends.worlds import lasting

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
        return np.arange(len(self.errors)) % 10 == 0


def make_forecasts(
    rng: np.random.Generator, providers: int, days: int, towns: int, factor: float = 1.0
) -> ForecastWorld:
    """A world of so many towns per provider; `factor` multiplies the planted errors."""
    rows = providers * KINDS
    weather = lasting(rng, ERRORS_LAST, days, providers, 1, 1) + 0.5 * lasting(rng, ERRORS_LAST, days, 1, 1, 1)
    both = [2 * weather + 2 * lasting(rng, ERRORS_LAST, days, providers, KINDS, towns) for _ in range(2)]
    errors, baseline_errors = (np.abs(of).sum(axis=3).reshape(days, rows).T for of in both)
    errors[np.arange(rows) % 10 == 0] *= factor
    return ForecastWorld(errors, baseline_errors)
