"""Measures how often trends claim a difference where there is none, and how often they find one that is there.

Usage: python -m tests.bench.calibration [--worlds 1.0] [--only weather_and_topics rising_topics topic_mix_change]

Per trend and number of sources: the share of p-values at most .05 and .001 in worlds without effect
(tests/trends/worlds.py), with the standard error between worlds; and the share of planted effects found, beside a plain
test that takes days, sources and articles as independent, both at the threshold that lets 5 % of the other topics pass.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from flows.trends.mix_change import mix_change
from flows.trends.rising import rising
from flows.trends.statistics import Days, effects
from tests.trends.worlds import FIRST_DAY, Planted, World, for_mix_change, for_rising, make_world

SOURCES = (1, 2, 5, 20, 50)
YEAR, RANGE = 365, 35


class Scores(NamedTuple):
    """Per tested topic: p-value of the trend, score of the plain test (higher is clearer), whether it was planted."""

    p_values: Any
    plain: Any
    planted: Any


class Subject(NamedTuple):
    """One trend: how a world is made and tested, the effect planted, and how many worlds without effect are made."""

    make: Callable[[np.random.Generator, int, Planted | None], World]
    test: Callable[[World], Scores]
    planted: Planted
    worlds: dict[int, int]


def weather(world: World) -> Scores:
    """weather_and_topics against days shuffled within source and month, each source on its own."""
    at = np.nonzero(world.seen)
    tagged = np.array([counts[at] for counts in world.tagged])
    days = Days(FIRST_DAY + at[0], at[1], world.cold[at].astype(int), world.articles[at])
    p_values = [effect.p_value for effect in effects(days, tagged, 4000)]
    stratum = at[1] * 12 + at[0] * 12 // YEAR
    size, held = np.bincount(stratum), np.bincount(stratum, weights=days.exposed)
    total = np.maximum(np.bincount(stratum, weights=days.articles), 1)
    exposed = days.exposed - (held / np.maximum(size, 1))[stratum]
    shares = np.array([np.bincount(stratum, weights=counts) for counts in tagged]) / total
    excess = tagged - shares[:, stratum] * days.articles
    each = np.bincount(stratum, weights=exposed**2) / np.maximum(size - 1, 1)
    plain = excess @ exposed / np.sqrt(np.maximum(excess**2 @ each[stratum], 1e-9))
    return Scores(np.array(p_values), plain, world.planted)


def rises(world: World) -> Scores:
    """rising_topics against the z-score of the last days, over the spread of single days of the baseline."""
    until = date(1970, 1, 1) + timedelta(days=FIRST_DAY + RANGE - 1)
    found = for_rising(world)
    answer = rising(found, {"until": until, "days": 7, "top": 10_000, "show": "all"}).result
    p_values = {row[0]: row[answer.columns.index("p_value")] for row in answer.rows}
    [(known, sources, names, topic_at, day_at, articles)] = found.rows
    rates = np.zeros((len(names), len(known)))
    rates[topic_at, day_at] = articles / sources[day_at]
    now = np.asarray(known) >= FIRST_DAY + RANGE - 7
    baseline, days = rates[:, ~now], np.count_nonzero(now)
    least = np.sqrt(baseline.shape[1]) / np.asarray(sources)[~now].sum()
    spread = np.maximum(baseline.std(axis=1, ddof=1), least) / np.sqrt(days)
    plain = (rates[:, now].mean(axis=1) - baseline.mean(axis=1)) / spread
    tested = [int(name) for name in names]
    return Scores(np.array([p_values.get(name, 1.0) for name in names]), plain, world.planted[tested])


def mixes(world: World) -> Scores:
    """topic_mix_change against the difference of two independent shares."""
    found = for_mix_change(world)
    answer = mix_change(found, {"top": 10_000, "show": "all"}).result
    p_values = {(row[0], row[3]): row[answer.columns.index("p_value")] for row in answer.rows}
    plain = []
    for row in found.rows:
        (before, after), (all_before, all_after) = np.asarray(row[4])[1:3], np.asarray(row[5])[1:3]
        share = (before + after) / (all_before + all_after)
        error = np.sqrt(share * (1 - share) * (1 / all_before + 1 / all_after))
        plain.append(abs(after / all_after - before / all_before) / error)
    tested = [int(str(row[3])) for row in found.rows]
    return Scores(np.array([p_values[row[0], row[3]] for row in found.rows]), np.array(plain), world.planted[tested])


SUBJECTS = {
    "weather_and_topics": Subject(
        lambda rng, sources, planted: make_world(rng, sources, 40, YEAR, planted=planted), weather, Planted(cold=1.5),
        {1: 600, 2: 600, 5: 400, 20: 300, 50: 200},
    ),
    "rising_topics": Subject(
        lambda rng, sources, planted: make_world(rng, sources, 100, RANGE, planted=planted), rises,
        Planted(last_days=3), {1: 600, 2: 400, 5: 300, 20: 200, 50: 200},
    ),
    "topic_mix_change": Subject(
        lambda rng, sources, planted: make_world(rng, sources, 60, YEAR, planted=planted), mixes,
        Planted(second_half=3), {1: 400, 2: 200, 5: 100, 20: 40, 50: 20},
    ),
}  # fmt: skip


def false_rate(p_values: list[Any], level: float) -> tuple[float, float]:
    """The share of p-values at most `level`, and its standard error between worlds."""
    hits, sizes = np.array([(one <= level).sum() for one in p_values]), np.array([len(one) for one in p_values])
    rate = hits.sum() / sizes.sum()
    return rate, float(np.sqrt(((hits - rate * sizes) ** 2).sum()) / sizes.sum())


def found_at_equal_rate(scores: list[Scores]) -> tuple[float, float]:
    """The shares of planted effects that the trend and the plain test find, where both let 5 % of the rest pass."""
    planted = np.concatenate([one.planted for one in scores])
    found = []
    for score in (-np.concatenate([one.p_values for one in scores]), np.concatenate([one.plain for one in scores])):
        threshold = np.quantile(score[~planted], 0.95)
        found.append(float((score[planted] > threshold).mean()))
    return found[0], found[1]


def measure(name: str, subject: Subject, part: float) -> bool:
    """Print one row per number of sources; whether all false rates are within their bounds."""
    print(
        f"\n{name}\nsources  worlds  p-values   p <= .05          p <= .001         planted found  plain test",
        flush=True,
    )
    is_within = True
    for sources in SOURCES:
        rng, worlds = np.random.default_rng(sources), max(2, round(part * subject.worlds[sources]))
        quiet = [subject.test(subject.make(rng, sources, None)).p_values for _ in range(worlds)]
        (often, often_error), (rarely, rarely_error) = false_rate(quiet, 0.05), false_rate(quiet, 0.001)
        planted = [subject.test(subject.make(rng, sources, subject.planted)) for _ in range(max(2, worlds // 4))]
        ours, plain = found_at_equal_rate(planted)
        is_within &= 0.03 <= often <= 0.07 and rarely <= 0.003
        print(
            f"{sources:7}  {worlds:6}  {sum(map(len, quiet)):8,}   {often:.4f} +- {often_error:.4f}  "
            f"{rarely:.5f} +- {rarely_error:.5f}  {ours:12.0%}  {plain:10.0%}",
            flush=True,
        )
    return is_within


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=float, default=1.0, help="part of the worlds to simulate")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=list(SUBJECTS))
    chosen = parser.parse_args()
    began = time.process_time()
    within = [measure(name, SUBJECTS[name], chosen.worlds) for name in chosen.only]
    print(
        f"\n{time.process_time() - began:.0f} s of CPU; "
        + ("all within" if all(within) else "NOT all within")
        + " bounds"
    )
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
