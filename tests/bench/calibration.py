"""Measures how often trends claim a difference where there is none, and how often they find one that is there.

Usage: python -m tests.bench.calibration [--worlds 1.0] [--only weather_and_topics rising_topics ...]

Per trend and number of sources: the share of p-values at most .05 and .001 in worlds without effect
(tests/trends/worlds.py, article_worlds.py), with the standard error between worlds; and the share of planted effects
found, beside a plain test that takes days, sources and articles as independent, both at the threshold that lets 5 % of
the other topics pass.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

import numpy as np

from tests.bench.calibration_subjects import SUBJECTS, Scores, Subject

SOURCES = (1, 2, 5, 20, 50)
BUSY_AT = (5, 20)  # sources of the worlds whose topics have many times as many articles


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
        f"\n{name}\nsources  topics  worlds  p-values   p <= .05          p <= .001         planted found  plain test",
        flush=True,
    )
    is_within = True
    for sources, is_busy in [*((sources, False) for sources in SOURCES), *((sources, True) for sources in BUSY_AT)]:
        rng, worlds = np.random.default_rng(sources), max(2, round(part * subject.worlds[sources] / (1 + is_busy)))
        quiet = [subject.test(subject.make(rng, sources, False, is_busy)).p_values for _ in range(worlds)]
        (often, often_error), (rarely, rarely_error) = false_rate(quiet, 0.05), false_rate(quiet, 0.001)
        planted = [subject.test(subject.make(rng, sources, True, is_busy)) for _ in range(max(2, worlds // 4))]
        ours, plain = found_at_equal_rate(planted)
        is_within &= 0.03 <= often <= 0.07 and rarely <= 0.003
        print(
            f"{sources:7}  {'busy' if is_busy else 'rare'}    {worlds:6}  {sum(map(len, quiet)):8,}   "
            f"{often:.4f} +- {often_error:.4f}  {rarely:.5f} +- {rarely_error:.5f}  {ours:12.0%}  {plain:10.0%}",
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
