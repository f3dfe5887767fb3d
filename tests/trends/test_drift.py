"""Beta-binomial p-values against scipy's, and the drift learned from quiet stretches."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import betabinom

from flows.trends.drift import DRIFTS, Stretches, _above, _beta, _log_probability, change


def test_chances_are_those_of_scipy() -> None:
    asked = Stretches(np.array([0, 3, 7, 12, 400]), np.array([5, 9, 7, 100, 1000]), 0.2)
    for drift in DRIFTS:
        law = betabinom(asked.both, *_beta(0.2, drift))
        assert _above(asked, drift) == pytest.approx(law.sf(asked.inside), abs=1e-7)
        assert np.exp(_log_probability(asked, drift)) == pytest.approx(law.pmf(asked.inside), abs=1e-7)


def test_topics_that_vary_more_in_quiet_stretches_need_more() -> None:
    rng = np.random.default_rng(1)
    asked = Stretches(np.full(200, 30), np.full(200, 75), 0.2)
    calm = rng.binomial(45, 0.25, 200)
    wild = rng.binomial(45, rng.beta(0.5, 1.5, 200))
    found = {
        name: change(asked, [Stretches(inside, np.full(200, 45), 0.25)])
        for name, inside in (("calm", calm), ("wild", wild))
    }
    assert np.median(found["calm"].more) < 0.002
    assert found["wild"].more.mean() > 0.05
    assert found["wild"].drift.mean() > 10 * found["calm"].drift.mean()
    assert found["calm"].more + found["calm"].fewer == pytest.approx(1)


def test_no_topic_and_no_quiet_stretch() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert len(change(Stretches(none, none, 0.2), []).more) == 0
    alone = change(Stretches(np.array([4]), np.array([8]), 0.5), [Stretches(np.array([0]), np.array([4]), 0.0)])
    assert alone.more[0] == pytest.approx(0.5)
