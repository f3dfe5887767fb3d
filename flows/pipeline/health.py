"""Reads the health of every source and the days without an observation from the published snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flows.settings import Layout
from flows.trends.charts import cell
from flows.trends.run import Table, run


@dataclass(frozen=True, slots=True)
class Health:
    """The answers to source_health and days_missing, source -> issues for each source that has any, and the sources
    without an observation since the day before the newest one of all."""

    sources: Table
    gaps: Table
    issues: dict[str, str]
    silent: frozenset[str]


def read_health(layout: Layout) -> Health:
    """The health of every source of the published snapshot; raises ConfigError when none is published yet."""
    sources, gaps = run(layout, "source_health"), run(layout, "days_missing")
    names = [str(name) for name in sources.column("source")]
    issues = {name: cell(text) for name, text in zip(names, sources.column("issues"), strict=True) if text}
    return Health(sources, gaps, issues, _silent(dict(zip(names, sources.column("last_good_date"), strict=True))))


def _silent(last: dict[str, object]) -> frozenset[str]:
    newest = max((day for day in last.values() if isinstance(day, date)), default=date.min)
    since = newest - timedelta(days=1) if newest > date.min else newest
    return frozenset(name for name, day in last.items() if not isinstance(day, date) or day < since)


def describe_issues(issues: dict[str, str]) -> list[str]:
    """One line per source with issues, under their number and the next command."""
    if not issues:
        return ["no source has issues"]
    lines = [f"  {source}: {text}" for source, text in issues.items()]
    return [f"sources with issues: {len(issues)}; details: newsvane trend source_health", *lines]
