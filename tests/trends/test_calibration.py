"""Trends that claim a difference: few claims in worlds without effect, and planted effects are found.

The bench tests/bench/calibration.py measures the same at full length.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from flows.trends.significance import LIKELY, UNCLEAR, answer_of, in_words, q_values
from tests.bench.calibration_subjects import SUBJECTS, after, fades, local, mixes, rises, skilled, together, weather
from tests.trends.article_worlds import Link, make_articles
from tests.trends.forecast_worlds import make_forecasts
from tests.trends.worlds import Planted, make_world

CASES = {
    "weather": (weather, lambda rng, effect: make_world(rng, 5, 20, 120, planted=effect), Planted(cold=3)),
    "rising": (rises, lambda rng, effect: make_world(rng, 5, 60, 35, planted=effect), Planted(last_days=6)),
    "mix": (mixes, lambda rng, effect: make_world(rng, 2, 40, 360, planted=effect), Planted(second_half=6)),
    "towns": (mixes, lambda rng, effect: make_world(rng, 2, 20, 360, 2, planted=effect), Planted(second_half=0.1)),
    "alert": (after, lambda rng, effect: make_articles(rng, 5, 20, 90, 0.2, effect), Link(alert=6)),
    "pairs": (together, lambda rng, effect: make_articles(rng, 5, 20, 35, 0.2, effect), Link(pair=8)),
    "local": (local, lambda rng, effect: make_articles(rng, 3, 30, 196, link=effect), Link(local=3)),
    "skill": (skilled, lambda rng, effect: make_forecasts(rng, 5, 90, 4, effect or 1.0), 1.5),
    "fading": (fades, lambda rng, effect: make_world(rng, 5, 40, 196, planted=effect), Planted(last_weeks=0.1)),
}


@pytest.mark.parametrize(("test", "make", "effect"), CASES.values(), ids=CASES)
def test_no_effect_is_rarely_called_one(test: Callable[[Any], Any], make: Callable[..., Any], effect: Any) -> None:
    rng = np.random.default_rng(2)
    p_values = np.concatenate([test(make(rng, None)).p_values for _ in range(12)])
    assert (p_values <= 0.05).mean() <= 0.09
    assert (p_values <= 0.001).mean() <= 0.008


@pytest.mark.parametrize(("test", "make", "effect"), CASES.values(), ids=CASES)
def test_a_planted_effect_is_found(test: Callable[[Any], Any], make: Callable[..., Any], effect: Any) -> None:
    rng = np.random.default_rng(3)
    scores = [test(make(rng, effect)) for _ in range(4)]
    planted = np.concatenate([one.planted for one in scores])
    p_values = np.concatenate([one.p_values for one in scores])
    assert (p_values[planted] <= 0.05).mean() >= 0.5
    assert (p_values[~planted] <= 0.05).mean() <= 0.15


def test_the_bench_covers_every_trend_with_a_verdict() -> None:
    from flows.trends.catalog import load, names

    assert set(SUBJECTS) == {name for name in names() if load(name).postprocess != "none"}


def test_rows_that_could_be_chance_are_folded_away() -> None:
    q_of_all = q_values([0.001, 0.04, 0.9])
    assert q_of_all == pytest.approx([0.003, 0.06, 0.9])
    rows = [(name, in_words(q_value)) for name, q_value in zip("abc", q_of_all, strict=True)]
    assert [row[1] for row in rows] == [LIKELY, UNCLEAR, UNCLEAR]
    folded = answer_of(("topic", "verdict"), rows, "likely", 3)
    assert folded.result.rows == (rows[0],)
    assert folded.folded == 2
    assert folded.notes[0].startswith("3 tested, 1 likely real")
    assert answer_of(("topic", "verdict"), rows, "all", 3).result.rows == tuple(rows)
    assert answer_of(("topic", "verdict"), rows, "all", 3, 2).result.rows == tuple(rows[:2])
