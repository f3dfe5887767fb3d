"""Lift, p-values and intervals against values computed by hand, and against chance."""

from __future__ import annotations

import numpy as np
import pytest

from flows.trends.statistics import Days, Effect, count_interval, effects

JANUARY, JULY = 19_723, 19_905  # 2024-01-01 and 2024-07-01, in days since 1970-01-01
SPELLS = {2, 3, 4, 10, 11, 18, 23, 24, 25, 29}  # an irregular pattern: it fits itself under no other shift


def one(days: list[tuple[int, bool, int, int]], permutations: int = 1000) -> Effect:
    dates, exposed, articles, tagged = zip(*days, strict=True)
    return effects(Days(dates, [1] * len(dates), exposed, articles), [tagged], permutations)[0]


def test_seasonal_topic_has_no_lift_within_its_month() -> None:
    january = [(JANUARY + at, at in SPELLS, 10, 4) for at in range(30)]
    july = [(JULY + at, False, 10, 0) for at in range(30)]
    found = one(january + july)
    assert found.lift == pytest.approx(1.0)
    assert found.p_value > 0.9


def test_topic_of_cold_days_has_lift() -> None:
    found = one([(JANUARY + at, at in SPELLS, 10, 4 if at in SPELLS else 1) for at in range(30)], 20_000)
    assert found.lift == pytest.approx(40 / (60 / 300 * 100))
    assert found.p_value == pytest.approx(1 / 30, abs=0.005)  # only one of 30 shifts is as high
    assert found.exposed_days == 10
    assert found.lift_low < 2.0 < found.lift_high


def test_busy_days_alone_produce_no_lift() -> None:
    found = one(
        [(JANUARY + at, at in SPELLS, 40 if at in SPELLS else 10, 8 if at in SPELLS else 2) for at in range(30)]
    )
    assert found.lift == pytest.approx(1.0)
    assert found.p_value > 0.9


def test_topics_are_independent_and_the_order_of_days_does_not_matter() -> None:
    rng = np.random.default_rng(5)
    order = rng.permutation(60)
    dates = [JANUARY + at for at in range(60)]
    exposed = [bool(flag) for flag in rng.random(60) < 0.3]
    topics = rng.integers(0, 4, (3, 60)).tolist()
    found = effects(Days(dates, [1] * 60, exposed, [10] * 60), topics, 99)
    assert [one(list(zip(dates, exposed, [10] * 60, topic, strict=True)), 99) for topic in topics] == found
    mixed = Days([dates[at] for at in order], [1] * 60, [exposed[at] for at in order], [10] * 60)
    again = effects(mixed, [[topic[at] for at in order] for topic in topics], 99)
    assert [effect.p_value for effect in again] == [effect.p_value for effect in found]
    assert [effect.lift for effect in again] == pytest.approx([effect.lift for effect in found])


def test_nothing_to_compare_gives_no_lift() -> None:
    found = one([(JANUARY, True, 10, 4), (JULY, False, 10, 0)])
    assert (found.lift, found.p_value, found.exposed_days) == (None, 1.0, 0)
    assert effects(Days([], [], [], []), [[]])[0].lift is None
    assert effects(Days([JANUARY, JANUARY + 1], [1, 1], [True, False], [10, 10]), []) == []
    assert one([(JANUARY, True, 0, 0), (JANUARY + 1, False, 0, 0)]).lift is None


def test_copies_of_a_source_add_no_evidence() -> None:
    rng = np.random.default_rng(6)
    exposed, tagged = rng.random(60) < 0.3, rng.integers(0, 4, 60)
    dates = JANUARY + np.arange(60)
    alone = effects(Days(dates, [1] * 60, exposed, [10] * 60), [tagged], 5000)[0]
    sources = np.repeat([1, 2, 3, 4], 60)
    copied = effects(Days(np.tile(dates, 4), sources, np.tile(exposed, 4), [10] * 240), [np.tile(tagged, 4)], 5000)[0]
    assert copied.p_value == pytest.approx(alone.p_value, abs=1e-9)
    assert copied.lift == pytest.approx(alone.lift)
    assert copied.effective_days <= 1.3 * alone.effective_days
    assert copied.lift_high - copied.lift_low == pytest.approx(alone.lift_high - alone.lift_low, rel=0.35)


def test_topics_in_parts_are_those_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    days = Days(JANUARY + np.arange(30), [1] * 30, [at in SPELLS for at in range(30)], [10] * 30)
    topics = np.random.default_rng(7).integers(0, 4, (5, 30))
    at_once = effects(days, topics, 99)
    monkeypatch.setattr("flows.trends.statistics._TOPICS", 2)
    assert effects(days, topics, 99) == at_once


def test_count_intervals_match_published_tables() -> None:
    # Exact Poisson limits: 0: 0-3.689, 10: 4.795-18.39, 100: 81.36-121.6.
    assert count_interval(0) == pytest.approx((0, 3.689), abs=0.05)
    assert count_interval(10) == pytest.approx((4.795, 18.39), abs=0.02)
    assert count_interval(100) == pytest.approx((81.36, 121.6), abs=0.05)


def test_an_interval_with_a_wider_spread_is_wider() -> None:
    assert count_interval(10, 2) == pytest.approx([2 * bound for bound in count_interval(5)])
