"""What the Prefect UI shows of a run: tables and markdown; text that came from pages is escaped."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.fetch.visit import Visit
from flows.settings import Layout
from flows.warehouse.connect import open_reader
from flows.warehouse.publish import Check

_SHOWN = (
    "found",
    "fetched",
    "new",
    "changed",
    "unchanged",
    "gone",
    "refused",
    "unsafe",
    "failed",
    "skipped",
    "requests",
)


def note_visit(visit: Visit) -> None:
    """One source's run: found, fetched, unchanged, refused, failed, new."""
    row = asdict(visit)
    create_table_artifact(
        key=f"ingest-{visit.source.replace('_', '-')}",
        table=[{"source": visit.source, **{name: row[name] for name in _SHOWN}, "bytes": visit.bytes}],
        description=f"What the run at {visit.source} did, {visit.started:%Y-%m-%d %H:%M} to {visit.ended:%H:%M} UTC",
    )


def note_refresh(layout: Layout, files: int, exchanges: int, checks: list[Check]) -> None:
    """One refresh: rows per table, and the checks."""
    with open_reader(layout) as connection:
        counted: list[tuple[Any, ...]] = connection.execute(
            "select table_name, estimated_size from duckdb_tables() where not temporary order by table_name"
        ).fetchall()
    create_table_artifact(
        key="warehouse-rows",
        table=[{"table": name, "rows": rows} for name, rows in counted],
        description=f"Rows per table after {files} files, {exchanges} exchanges",
    )
    lines = ["| check | level | faults | example |", "|---|---|---|---|"]
    lines += [f"| {c.name} | {c.level} | {c.faults} | {escaped(c.example or '')} |" for c in checks]
    create_markdown_artifact(key="checks", markdown="\n".join(lines), description="Checks of the last refresh")


def escaped(text: str) -> str:
    """Text from a page made harmless in markdown: no markup, no links, no table breaks."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|" else letter for letter in safe)[:400]
