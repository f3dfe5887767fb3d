"""Creates the artifacts that the Prefect UI shows of a run: tables, markdown and progress bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from prefect.artifacts import create_markdown_artifact, create_progress_artifact, create_table_artifact

from flows.fetch.run import SourceRun
from flows.pipeline.digest import recent_topics, row_counts, to_markdown, visit_row
from flows.settings import Layout
from flows.trends.charts import GAP
from flows.trends.run import Table
from flows.warehouse.publish import Check


def create_progress(name: str, description: str) -> UUID:
    """Create a progress bar at 0 % for a long run; returns the id to update it with."""
    return cast(UUID, create_progress_artifact(0.0, key=f"progress-{key_of(name)}", description=description))


def note_visit(visit: SourceRun) -> None:
    """One source's run: found, fetched, unchanged, refused, failed, new."""
    create_table_artifact(
        key=f"ingest-{key_of(visit.source)}",
        table=[visit_row(visit)],
        description=f"What the run at {visit.source} did, {visit.started:%Y-%m-%d %H:%M} to {visit.ended:%H:%M} UTC",
    )


def note_refresh(layout: Layout, files: int, exchanges: int) -> None:
    """One refresh: rows per table, and the most frequent topics of the last four weeks."""
    create_table_artifact(
        key="warehouse-rows",
        table=row_counts(layout),
        description=f"Rows per table after {files} files, {exchanges} exchanges",
    )
    topics = recent_topics(layout)
    if topics:
        create_markdown_artifact(
            key="topics",
            markdown=to_markdown(topics.columns, topics.rows)
            + f"\n\nArticles by posted day; {GAP} is a day without an observation.",
            description=f"Topic frequency, {topics.since} to {topics.until}",
        )


def note_checks(checks: list[Check]) -> None:
    """The outcome of each check, failing ones first, and for each failing check the rows at fault."""
    rows = sorted(checks, key=lambda check: (not check.faults, check.level, check.name))
    create_markdown_artifact(
        key="checks",
        markdown=to_markdown(
            ("check", "level", "faults", "example"), [(c.name, c.level, c.faults, c.example or "") for c in rows]
        ),
        description=f"{len(checks)} checks, {sum(c.faults > 0 for c in checks)} with faults",
    )
    for check in rows:
        if check.faults:
            create_markdown_artifact(
                key=f"check-{key_of(check.name)}",
                markdown=to_markdown(check.columns, check.rows),
                description=f"{check.level}: {check.faults} rows at fault, the first {len(check.rows)}",
            )


def note_table(key: str, table: Table, rows: Sequence[Sequence[object]]) -> None:
    """Rows of a trend's table under the trend's question; "none" if there are no rows."""
    text = to_markdown(table.columns, rows) if rows else "none"
    create_markdown_artifact(key=key, markdown=text, description=table.trend.question)


def key_of(name: str) -> str:
    """A name as an artifact key, in which Prefect allows no underscores."""
    return name.replace("_", "-")
