"""The watch flow: reports silent sources, missing days and drift of the published ledger as artifacts and events."""

from __future__ import annotations

from prefect import flow
from prefect.events import emit_event

from flows.artifacts import note_table
from flows.settings import Layout
from flows.trends.charts import cell
from flows.trends.run import run

_GAPS_SHOWN = 50


@flow(name="watch", flow_run_name="watch", log_prints=True)
def watch(data: str) -> int:
    """Check every source of the published snapshot; returns the number of sources with issues. Changes nothing but
    Prefect's artifacts and events. Raises ConfigError when no snapshot is published yet."""
    layout = Layout.at(data)
    health, gaps = run(layout, "source_health"), run(layout, "days_missing")
    note_table("source-health", health, health.rows)
    note_table("days-missing", gaps, gaps.rows[:_GAPS_SHOWN])
    pairs = zip(health.column("source"), health.column("ails"), strict=True)
    issues = {str(source): cell(text) for source, text in pairs if text}
    for source, text in issues.items():
        print(f"{source}: {text}")  # noqa: T201 - goes to the run's log
        emit_event(
            event="newsvane.source.issues",
            resource={"prefect.resource.id": f"newsvane.source.{source}"},
            payload={"issues": text},
        )
    return len(issues)
