"""The watch flow: reads the published ledger for silence, gaps and drift, and tells them as artifacts and events."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.events import emit_event

from flows.artifacts import markdown
from flows.settings import Layout
from flows.trends.charts import cell
from flows.trends.run import Table, run

_GAPS_SHOWN = 50


@flow(name="watch", flow_run_name="watch", log_prints=True)
def watch(data: str) -> int:
    """Look at every source of the published snapshot; gives the number of sources that want attention. Changes nothing
    but Prefect's artifacts and events. Raises ConfigError where nothing is published yet."""
    layout = Layout.at(data)
    health, gaps = run(layout, "source_health"), run(layout, "days_missing")
    _note("source-health", health, health.rows)
    _note("days-missing", gaps, gaps.rows[:_GAPS_SHOWN])
    ailing = [dict(zip(health.columns, row, strict=True)) for row in health.rows]
    ailing = [row for row in ailing if row["issues"]]
    for row in ailing:
        print(f"{row['source']}: {row['issues']}")  # noqa: T201 - goes to the run's log
        emit_event(
            event="newsvane.source.ailing",
            resource={"prefect.resource.id": f"newsvane.source.{row['source']}"},
            payload={"issues": cell(row["issues"])},
        )
    return len(ailing)


def _note(key: str, table: Table, rows: tuple[tuple[object, ...], ...]) -> None:
    shown = [[cell(value) for value in row] for row in rows]
    text = markdown(table.columns, shown) if shown else "none"
    create_markdown_artifact(key=key, markdown=text, description=table.trend.question)
