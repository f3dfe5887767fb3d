"""Lift, p-values and intervals against values computed by hand, and against chance."""

from __future__ import annotations

import numpy as np
import pytest

from flows.trends.statistics import Days, Effect, count_interval, effects


def one(days: list[tuple[str, bool, int, int]], permutations: int = 1000) -> Effect:
    strata, exposed, articles, tagged = zip(*days, strict=True)
    return effects(Days(strata, exposed, articles), [tagged], permutations)[0]


def test_seasonal_topic_has_no_lift_within_its_month() -> None:
    january = [("jan", at % 2 == 0, 10, 4) for at in range(30)]
    july = [("jul", False, 10, 0) for _ in range(30)]
    found = one(january + july)
    assert found.lift == pytest.approx(1.0)
    assert found.p_value > 0.9


def test_topic_of_cold_days_has_lift() -> None:
    found = one([("jan", at < 10, 10, 4 if at < 10 else 1) for at in range(30)])
    assert found.lift == pytest.approx(40 / (60 / 300 * 100))
    assert found.p_value == pytest.approx(1 / 1001)
    assert found.exposed_days == 10


def test_busy_days_alone_produce_no_lift() -> None:
    found = one([("jan", at < 10, 40 if at < 10 else 10, 8 if at < 10 else 2) for at in range(30)])
    assert found.lift == pytest.approx(1.0)
    assert found.p_value > 0.9


def test_topics_are_independent_and_the_order_of_days_does_not_matter() -> None:
    rng = np.random.default_rng(5)
    order = rng.permutation(60)
    strata = [f"month {at % 3}" for at in range(60)]
    exposed = [bool(flag) for flag in rng.random(60) < 0.3]
    topics = rng.integers(0, 4, (3, 60)).tolist()
    found = effects(Days(strata, exposed, [10] * 60), topics, 99)
    assert [one(list(zip(strata, exposed, [10] * 60, topic, strict=True)), 99) for topic in topics] == found
    mixed = Days([strata[at] for at in order], [exposed[at] for at in order], [10] * 60)
    again = effects(mixed, [[topic[at] for at in order] for topic in topics], 999)
    assert [effect.lift for effect in again] == pytest.approx([effect.lift for effect in found])


def test_nothing_to_compare_gives_no_lift() -> None:
    found = one([("jan", True, 10, 4), ("jul", False, 10, 0)])
    assert (found.lift, found.p_value, found.exposed_days) == (None, 1.0, 0)
    assert effects(Days([], [], []), [[]])[0].lift is None
    assert effects(Days(["jan", "jan"], [True, False], [10, 10]), []) == []
    assert one([("jan", True, 0, 0), ("jan", False, 0, 0)]).lift is None


def test_false_positives_stay_near_their_rate() -> None:
    rng = np.random.default_rng(11)
    days = Days(["jan"] * 40, (rng.random(40) < 0.3).tolist(), [10] * 40)
    trials = effects(days, rng.integers(0, 4, (400, 40)).tolist(), 199)
    assert 8 <= sum(trial.p_value <= 0.05 for trial in trials) <= 36


def test_blocks_of_permutations_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [("jan", at < 10, 10, 4 if at < 9 else 1) for at in range(30)]
    monkeypatch.setattr("flows.trends.statistics._CELLS", 300)
    assert one(days, 105).p_value == pytest.approx(1 / 106)


def test_count_intervals_match_published_tables() -> None:
    # Exact Poisson limits: 0: 0-3.689, 10: 4.795-18.39, 100: 81.36-121.6.
    assert count_interval(0) == pytest.approx((0, 3.689), abs=0.05)
    assert count_interval(10) == pytest.approx((4.795, 18.39), abs=0.02)
    assert count_interval(100) == pytest.approx((81.36, 121.6), abs=0.05)
