"""Statistics against numbers worked out by hand, and against chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.trends.change_points import last_change
from flows.trends.statistics import Days, Effect, count_interval, effects, false_discovery


def one(days: list[tuple[str, bool, int, int]], permutations: int = 1000) -> Effect:
    strata, exposed, articles, tagged = zip(*days, strict=True)
    return effects(Days(strata, exposed, articles), [tagged], permutations)[0]


def test_a_seasonal_topic_has_no_lift_once_the_month_is_held_fixed() -> None:
    january = [("jan", at % 2 == 0, 10, 4) for at in range(30)]
    july = [("jul", False, 10, 0) for _ in range(30)]
    found = one(january + july)
    assert found.lift == pytest.approx(1.0)
    assert found.p_value > 0.9


def test_a_topic_of_cold_days_rises() -> None:
    found = one([("jan", at < 10, 10, 4 if at < 10 else 1) for at in range(30)])
    assert found.lift == pytest.approx(40 / (60 / 300 * 100))
    assert found.p_value == pytest.approx(1 / 1001)
    assert found.exposed_days == 10


def test_a_busy_day_does_not_count_for_more_by_being_busy() -> None:
    found = one([("jan", at < 10, 40 if at < 10 else 10, 8 if at < 10 else 2) for at in range(30)])
    assert found.lift == pytest.approx(1.0)
    assert found.p_value > 0.9


def test_topics_do_not_disturb_each_other_and_days_may_come_in_any_order() -> None:
    chance = np.random.default_rng(5)
    order = chance.permutation(60)
    strata = [f"month {at % 3}" for at in range(60)]
    exposed = [bool(flag) for flag in chance.random(60) < 0.3]
    topics = chance.integers(0, 4, (3, 60)).tolist()
    found = effects(Days(strata, exposed, [10] * 60), topics, 99)
    assert [one(list(zip(strata, exposed, [10] * 60, topic, strict=True)), 99) for topic in topics] == found
    mixed = Days([strata[at] for at in order], [exposed[at] for at in order], [10] * 60)
    again = effects(mixed, [[topic[at] for at in order] for topic in topics], 999)
    assert [effect.lift for effect in again] == pytest.approx([effect.lift for effect in found])


def test_nothing_to_compare_says_nothing() -> None:
    found = one([("jan", True, 10, 4), ("jul", False, 10, 0)])
    assert (found.lift, found.p_value, found.exposed_days) == (None, 1.0, 0)
    assert effects(Days([], [], []), [[]])[0].lift is None
    assert effects(Days(["jan", "jan"], [True, False], [10, 10]), []) == []
    assert one([("jan", True, 0, 0), ("jan", False, 0, 0)]).lift is None


def test_false_alarms_stay_near_their_rate() -> None:
    chance = np.random.default_rng(11)
    days = Days(["jan"] * 40, (chance.random(40) < 0.3).tolist(), [10] * 40)
    trials = effects(days, chance.integers(0, 4, (400, 40)).tolist(), 199)
    assert 8 <= sum(trial.p_value <= 0.05 for trial in trials) <= 36


def test_the_blocks_of_shuffles_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [("jan", at < 10, 10, 4 if at < 9 else 1) for at in range(30)]
    monkeypatch.setattr("flows.trends.statistics._CELLS", 300)
    assert one(days, 105).p_value == pytest.approx(1 / 106)


def test_benjamini_and_hochberg_by_hand() -> None:
    assert false_discovery([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert false_discovery([]) == []
    with pytest.raises(ValueError, match="between 0 and 1"):
        false_discovery([float("nan")])


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusted_values_never_fall_below_the_raw_and_keep_their_order(p_values: list[float]) -> None:
    adjusted = false_discovery(p_values)
    assert all(p <= q + 1e-12 <= 1 + 1e-9 for p, q in zip(p_values, adjusted, strict=True))
    assert [q for _, q in sorted(zip(p_values, adjusted, strict=True))] == sorted(adjusted)


def test_intervals_of_counts_as_tabled() -> None:
    # Exact Poisson limits: 0: 0-3.689, 10: 4.795-18.39, 100: 81.36-121.6.
    assert count_interval(0) == pytest.approx((0, 3.689), abs=0.05)
    assert count_interval(10) == pytest.approx((4.795, 18.39), abs=0.02)
    assert count_interval(100) == pytest.approx((81.36, 121.6), abs=0.05)


def test_a_change_is_found_where_it_is_and_none_where_there_is_none() -> None:
    assert last_change([1] * 20 + [5] * 10) == 20
    assert last_change([0] * 10 + [6] * 10 + [0] * 12) == 20
    assert last_change([3] * 30) is None
    assert last_change([1, 9]) is None
    chance = np.random.default_rng(3)
    steady = [last_change(chance.poisson(2, 35).tolist()) for _ in range(100)]
    assert sum(at is not None for at in steady) <= 20
