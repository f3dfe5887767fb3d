"""Judges the state of every source from the published snapshot: good, late, drifting, refused or silent, with the
reason and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from flows.data_layout import Layout
from flows.settings import ROOT
from flows.trends.charts import cell
from flows.trends.run import Table, run
from flows.warehouse.statement_query import run_query

State = Literal["good", "late", "drifting", "refused", "silent"]
_STATEMENT: Final = ROOT / "sql" / "artifacts" / "source_state.sql"
_DAY: Final = 24.0
_SLACK: Final = 0.25  # hours that a run may take
_LATE: Final = 2.0  # usual gaps between two reads
_SILENT: Final = 6.0
_QUIET: Final = 1.5  # longest gaps between two new articles
_QUIET_AT_LEAST: Final = 12.0
_NO_RUN: Final = "no run since then"


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """The state of one source, why it is not good, what to do, and when (aware UTC) it was read and brought something
    new last."""

    source: str
    state: State
    why: str
    action: str
    home: str | None
    read_at: datetime | None
    news_at: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """Every enabled source at one instant (aware), those that need a person first, and the days without an
    observation."""

    at: datetime
    sources: list[SourceHealth]
    gaps: Table

    @property
    def issues(self) -> dict[str, str]:
        """Source -> why, for each source that is not good."""
        return {one.source: f"{one.state}: {one.why}" for one in self.sources if one.state != "good"}


def read_health(layout: Layout, now: datetime | None = None) -> Health:
    """The health of every source of the published snapshot at `now` (aware), in a demo that is ahead of it at the
    instant that all sources have reached; without `now` at the newest exchange.

    Raises ConfigError when no snapshot is published yet."""
    trend = run(layout, "source_health")
    drifts = dict(zip(trend.column("source"), trend.column("issues"), strict=True))
    found = run_query(layout, _STATEMENT, {"now": now.isoformat() if now else None})
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    sources = [_judged(row, cell(drift) if (drift := drifts.get(row["source"])) else "") for row in rows]
    order = ("silent", "refused", "drifting", "late", "good")
    sources.sort(key=lambda one: (order.index(one.state), one.source))
    newest: Any = rows[0]["reference_at"] if rows else None
    at = newest or now or datetime.now(UTC)
    return Health(at, sources, run(layout, "days_missing"))


def state_of(row: dict[str, Any], drift: str) -> tuple[State, str]:
    """The state of a source and the reason for it. `row` is one of sql/artifacts/source_state.sql, `drift` what the
    trend source_health says is wrong. A source that was read at fewer than five times is given a day."""
    read, news = _hours(row, "read_at"), _hours(row, "news_at")
    usual = float(row["usual_read_gap"] or _DAY)
    problem = f"{row['refused']} refused, {row['failed']} failed, the last: {row['reason']}" if row["reason"] else ""
    if row["refused"] > row["failed"] and (read is None or read > usual + _SLACK):
        return "refused", f"refused since {_moment(row['read_at'])}: {problem}"
    if read is None:
        return "silent", f"never read in the last 28 days; {problem or 'nothing was requested'}"
    if read > _SILENT * usual + _SLACK:
        return "silent", f"not read since {_moment(row['read_at'])}, usually every {usual:.2g} h; {problem or _NO_RUN}"
    longest = row["longest_news_gap"]
    if news is not None and longest is not None and news > max(_QUIET * longest, _QUIET_AT_LEAST):
        return "silent", f"read, but nothing new since {_moment(row['news_at'])}; longest gap before: {longest:.3g} h"
    if drift:
        return "drifting", drift
    if read > _LATE * usual + _SLACK:
        return "late", f"not read since {_moment(row['read_at'])}, usually every {usual:.2g} h; {problem or _NO_RUN}"
    return "good", ""


def describe_issues(issues: dict[str, str]) -> list[str]:
    """One line per source with issues, under their number and the next command."""
    if not issues:
        return ["no source has issues"]
    lines = [f"  {source}: {text}" for source, text in issues.items()]
    return [f"sources with issues: {len(issues)}; details: newsvane trend source_health", *lines]


def _judged(row: dict[str, Any], drift: str) -> SourceHealth:
    state, why = state_of(row, drift)
    return SourceHealth(row["source"], state, why, _action(state, row), row["home"], row["read_at"], row["news_at"])


def _action(state: State, row: dict[str, Any]) -> str:
    match state:
        case "good":
            return ""
        case "drifting":
            return f"look at its newest pages; if they are read well: newsvane sources ack {row['source']}"
        case "refused":
            return "read the site's robots.txt and terms; set enabled = false in its config file if it stays so"
        case "late" if not row["reason"]:
            return "wait for its next run, or look for a failed run in the Prefect UI"
        case _:
            return f"newsvane sources check {row['home']}"


def _hours(row: dict[str, Any], name: str) -> float | None:
    """Hours between the moment in that column and the reference; None if there is none."""
    at: datetime | None = row[name]
    return None if at is None else (row["reference_at"] - at) / timedelta(hours=1)


def _moment(at: datetime | None) -> str:
    return f"{at:%b %-d %H:%M} UTC" if at else "28 days or more"
