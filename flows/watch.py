"""The watch flow: reports silent sources, missing days and drift of the published ledger as artifacts and events."""

from __future__ import annotations

from prefect import flow
from prefect.events import emit_event

from flows.artifacts import note_table
from flows.pipeline.health import describe_issues, read_health
from flows.run_log import fails_with_cause, log, name_result, run_name
from flows.settings import Layout, load_settings

_GAPS_SHOWN = 50


def _run_name() -> str:
    return run_name("health", load_settings().server.zone)


@flow(name="watch", flow_run_name=_run_name)
@fails_with_cause
def watch(data: str) -> dict[str, str]:
    """Check every source of the published snapshot; returns source -> issues for each source that has any. Changes
    nothing but Prefect's artifacts and events. Raises ConfigError when no snapshot is published yet."""
    health = read_health(Layout.at(data))
    note_table("source-health", health.sources, health.sources.rows)
    note_table("days-missing", health.gaps, health.gaps.rows[:_GAPS_SHOWN])
    log(f"{len(health.sources.rows)} sources checked, {len(health.gaps.rows)} days without an observation")
    for line in describe_issues(health.issues):
        log(line)
    for source, issues in health.issues.items():
        emit_event(
            event=f"newsvane.source.{'silent' if source in health.silent else 'drifted'}",
            resource={"prefect.resource.id": f"newsvane.source.{source}"},
            payload={"issues": issues},
        )
    name_result(f"{len(health.issues)} sources with issues" if health.issues else "all good")
    return health.issues
