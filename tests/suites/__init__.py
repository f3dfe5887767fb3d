"""Public suites of the field, re-expressed as cases of our own; `python -m tests.suites` prints the counts."""

from __future__ import annotations

from tests.suites import encodings, feeds, robots, sitemaps

SUITES = (
    robots.DECISIONS,
    robots.DELAYS,
    robots.SITEMAPS,
    encodings.HEADS,
    encodings.NAMES,
    feeds.FEEDS,
    feeds.BROKEN,
    sitemaps.FILES,
)
