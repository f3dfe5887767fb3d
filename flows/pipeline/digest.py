"""Condenses runs and the published snapshot into small tables, and tables into markdown that is safe to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from flows.data_layout import Layout
from flows.fetch.run import SourceRun
from flows.settings import ROOT
from flows.trends.charts import GAP, cell, series_of, sparkline
from flows.trends.run import run
from flows.warehouse.statement_query import run_query

_SQL: Final = ROOT / "sql" / "artifacts"
_VISIT_COLUMNS: Final = (
    "source", "found", "fetched", "new", "changed", "unchanged", "closings", "weather", "gone", "refused", "unsafe",
    "failed", "skipped", "requests", "bytes",
)  # fmt: skip
_DAYS: Final = 28
_TOPICS: Final = "10"
_CELL_CHARACTERS: Final = 400


@dataclass(frozen=True, slots=True)
class TopicDigest:
    """The most frequent topics between two local days (both included): article total, topic, sparkline, maximum."""

    since: date
    until: date
    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


def visit_row(visit: SourceRun) -> dict[str, Any]:
    """The counts of one run, by column."""
    counts = asdict(visit)
    return {name: counts[name] for name in _VISIT_COLUMNS}


def row_counts(layout: Layout) -> dict[str, int]:
    """Table -> number of rows in the published snapshot; empty if none is published."""
    if not layout.published.exists():
        return {}
    return {str(name): int(str(rows)) for name, rows in run_query(layout, _SQL / "table_rows.sql", {}).rows}


def changed_rows(before: dict[str, int], after: dict[str, int]) -> list[dict[str, Any]]:
    """The tables whose number of rows changed, with the change and the number now; the largest change first."""
    changes = {name: rows - before.get(name, 0) for name, rows in after.items()}
    changed = sorted((name for name in changes if changes[name]), key=lambda name: (-abs(changes[name]), name))
    return [{"table": name, "change": f"{changes[name]:+,}", "rows": after[name]} for name in changed]


def recent_topics(layout: Layout) -> TopicDigest | None:
    """The ten most frequent topics of the last 28 days of the published snapshot, None if it has no articles."""
    ((until,),) = run_query(layout, _SQL / "last_observed_day.sql", {}).rows
    if not isinstance(until, date):
        return None
    since = until - timedelta(days=_DAYS - 1)
    params = {"since": str(since), "until": str(until), "by": "day", "top": _TOPICS}
    table = run(layout, "topic_frequency", params)
    rows: list[tuple[Any, ...]] = []
    for topic, counts in series_of(table)[1].items() if table.rows else ():
        known = [count for count in counts if count is not None]
        rows.append((sum(known), topic, sparkline(counts), cell(max(known)) if known else GAP))
    rows.sort(key=lambda row: (-row[0], row[1]))
    return TopicDigest(since, until, ("articles", "topic", f"{since:%b %-d} to {until:%b %-d}", "most per day"), rows)


def to_markdown(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A markdown table; the text of every cell is escaped."""
    lines = [columns, ["---"] * len(columns), *([escaped(cell(value)) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escaped(text: str) -> str:
    """Text from a page, safe in markdown: no markup, links or table breaks; cut at 400 characters."""
    safe = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|" else letter for letter in safe)[:_CELL_CHARACTERS]
