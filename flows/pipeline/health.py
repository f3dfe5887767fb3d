"""Reads the health of every source and the days without an observation from the published snapshot."""

from __future__ import annotations

from dataclasses import dataclass

from flows.settings import Layout
from flows.trends.charts import cell
from flows.trends.run import Table, run


@dataclass(frozen=True, slots=True)
class Health:
    """The answers to source_health and days_missing, and source -> issues for each source that has any."""

    sources: Table
    gaps: Table
    issues: dict[str, str]


def read_health(layout: Layout) -> Health:
    """The health of every source of the published snapshot; raises ConfigError when none is published yet."""
    sources, gaps = run(layout, "source_health"), run(layout, "days_missing")
    pairs = zip(sources.column("source"), sources.column("ails"), strict=True)
    return Health(sources, gaps, {str(source): cell(issues) for source, issues in pairs if issues})


def describe_issues(issues: dict[str, str]) -> list[str]:
    """One line per source with issues, under their number and the next command."""
    if not issues:
        return ["no source has issues"]
    lines = [f"  {source}: {text}" for source, text in issues.items()]
    return [f"sources with issues: {len(issues)}; details: newsvane trend source_health", *lines]
