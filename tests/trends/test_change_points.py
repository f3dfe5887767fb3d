"""The last change point is found where a rate changes, and rarely in pure chance."""

from __future__ import annotations

import numpy as np

from flows.trends.change_points import last_change


def test_last_change_is_found_and_steady_counts_have_none() -> None:
    assert last_change([1] * 20 + [5] * 10) == 20
    assert last_change([0] * 10 + [6] * 10 + [0] * 12) == 20
    assert last_change([3] * 30) is None
    assert last_change([1, 9]) is None
    rng = np.random.default_rng(3)
    steady = [last_change(rng.poisson(2, 35).tolist()) for _ in range(100)]
    assert sum(at is not None for at in steady) <= 20
