"""Statistics against numbers worked out by hand, and against chance."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.trends.statistics import Day, effect, false_discovery


def test_a_seasonal_topic_has_no_lift_once_the_month_is_held_fixed() -> None:
    january = [Day(1, at % 2 == 0, 10, 4) for at in range(30)]
    july = [Day(7, False, 10, 0) for _ in range(30)]
    found = effect(january + july)
    assert found.lift == pytest.approx(1.0)
    assert found.p_value > 0.9


def test_a_topic_of_cold_days_rises() -> None:
    found = effect([Day(1, at < 10, 10, 4 if at < 10 else 1) for at in range(30)])
    assert found.lift == pytest.approx(40 / (60 / 300 * 100))
    assert found.p_value == pytest.approx(1 / 2001)
    assert found.exposed_days == 10


def test_nothing_to_compare_says_nothing() -> None:
    found = effect([Day(1, True, 10, 4), Day(7, False, 10, 0)])
    assert (found.lift, found.p_value, found.exposed_days) == (None, 1.0, 0)


def test_equal_input_gives_equal_output() -> None:
    chance = random.Random(5)
    days = [Day(1, chance.random() < 0.3, 10, chance.randrange(4)) for _ in range(60)]
    assert effect(days) == effect(days)


def test_false_alarms_stay_near_their_rate() -> None:
    chance = random.Random(11)
    trials = [
        effect([Day(1, chance.random() < 0.3, 10, chance.randrange(4)) for _ in range(40)], permutations=199)
        for _ in range(200)
    ]
    assert 2 <= sum(trial.p_value <= 0.05 for trial in trials) <= 22


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
