"""The ratio of two series of forecast errors: its interval, and what too few weeks or no errors leave unsaid."""

from __future__ import annotations

import numpy as np
import pytest

from flows.trends.forecast_skill import Ratio, error_ratio

DAYS = np.arange(70)


def test_a_ratio_lies_within_its_interval_and_a_clear_one_is_told_from_chance() -> None:
    rng = np.random.default_rng(1)
    baseline = rng.gamma(4, 0.5, 70)
    found = error_ratio(DAYS, 1.5 * baseline + rng.normal(0, 0.1, 70), baseline)
    assert found.value == pytest.approx(1.5, abs=0.02)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1.5 < found.high < 1.55
    assert found.p_value < 1e-6


def test_equal_errors_have_a_ratio_of_one_and_no_evidence() -> None:
    assert error_ratio(DAYS, np.ones(70), np.ones(70)) == Ratio(1.0, 1.0, 1.0, 1.0)


def test_three_weeks_have_no_interval_and_no_errors_no_ratio() -> None:
    assert error_ratio(DAYS[:21], np.full(21, 2.0), np.ones(21)) == Ratio(2.0)
    assert error_ratio(DAYS, np.ones(70), np.zeros(70)) == Ratio(None)
