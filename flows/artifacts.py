"""What the Prefect UI shows of a run: tables and markdown; text that came from pages is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from prefect.artifacts import create_markdown_artifact, create_progress_artifact, create_table_artifact

from flows.fetch.run import Visit
from flows.settings import ROOT, Layout
from flows.trends.charts import GAP, cell, series_of, sparkline
from flows.trends.run import run
from flows.warehouse.publish import Check
from flows.warehouse.statement_query import run_query

_SHOWN = (
    "found", "fetched", "new", "changed", "unchanged", "gone", "refused", "unsafe", "failed", "skipped", "requests",
)  # fmt: skip
_SQL = ROOT / "sql" / "artifacts"
_DAYS = 28
_TOPICS = "10"


def progress(name: str, said: str) -> UUID:
    """A progress bar for a long run, at 0 %; gives the id to update it by."""
    return cast(UUID, create_progress_artifact(0.0, key=f"progress-{slug(name)}", description=said))


def note_visit(visit: Visit) -> None:
    """One source's run: found, fetched, unchanged, refused, failed, new."""
    row = asdict(visit)
    create_table_artifact(
        key=f"ingest-{slug(visit.source)}",
        table=[{"source": visit.source, **{name: row[name] for name in _SHOWN}, "bytes": visit.bytes}],
        description=f"What the run at {visit.source} did, {visit.started:%Y-%m-%d %H:%M} to {visit.ended:%H:%M} UTC",
    )


def note_refresh(layout: Layout, files: int, exchanges: int) -> None:
    """One refresh: rows per table, and what topics came up."""
    counted = run_query(layout, _SQL / "table_rows.sql", {})
    create_table_artifact(
        key="warehouse-rows",
        table=[{"table": name, "rows": rows} for name, rows in counted.rows],
        description=f"Rows per table after {files} files, {exchanges} exchanges",
    )
    note_topics(layout)


def note_checks(checks: list[Check]) -> None:
    """The outcome of each check, the ones with faults first; and each of those with the rows at fault."""
    rows = sorted(checks, key=lambda check: (not check.faults, check.level, check.name))
    create_markdown_artifact(
        key="checks",
        markdown=markdown(
            ("check", "level", "faults", "example"), [(c.name, c.level, c.faults, c.example or "") for c in rows]
        ),
        description=f"{len(checks)} checks, {sum(c.faults > 0 for c in checks)} with faults",
    )
    for check in rows:
        if check.faults:
            create_markdown_artifact(
                key=f"check-{slug(check.name)}",
                markdown=markdown(check.columns, check.rows),
                description=f"{check.level}: {check.faults} rows at fault, the first {len(check.rows)}",
            )


def note_topics(layout: Layout) -> None:
    """How often the most frequent topics came up in the last four weeks, a sparkline each."""
    ((last,),) = run_query(layout, _SQL / "last_look.sql", {}).rows
    if not isinstance(last, date):
        return
    since = last - timedelta(days=_DAYS - 1)
    words: dict[str, str | None] = {"since": str(since), "until": str(last), "by": "day", "top": _TOPICS}
    table = run(layout, "topic_frequency", words)
    rows = []
    for topic, line in series_of(table)[1].items() if table.rows else ():
        seen = [value for value in line if value is not None]
        rows.append((sum(seen), topic, sparkline(line), cell(max(seen)) if seen else GAP))
    rows.sort(key=lambda row: (-row[0], row[1]))
    create_markdown_artifact(
        key="topics",
        markdown=markdown(("articles", "topic", f"{since:%b %-d} to {last:%b %-d}", "most a day"), rows)
        + f"\n\nArticles by posted day; {GAP} is a day that was not observed.",
        description=f"Topic frequency, {since} to {last}",
    )


def markdown(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A markdown table; every cell is escaped."""
    lines = [columns, ["---"] * len(columns), *([escaped(cell(value)) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def slug(name: str) -> str:
    """A source's name as an artifact key: Prefect takes no underscores."""
    return name.replace("_", "-")


def escaped(text: str) -> str:
    """Text from a page made harmless in markdown: no markup, no links, no table breaks."""
    safe = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|" else letter for letter in safe)[:400]
