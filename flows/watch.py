"""The watch flow: reports silent, refused, drifting and late sources and missing days as artifacts and events."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow
from prefect.runtime import deployment

from flows.artifacts import note_health, note_table
from flows.counts import count_text
from flows.data_layout import Layout
from flows.events import emit_health
from flows.killed_runs import run_again
from flows.pipeline.health import describe_issues, read_health
from flows.run_log import fails_with_cause, log, log_problem, name_result, run_name
from flows.settings import load_settings

_GAPS_SHOWN = 50


def _run_name() -> str:
    return run_name("health", load_settings().server.zone)


@flow(name="watch", flow_run_name=_run_name, on_crashed=[run_again])
@fails_with_cause
def watch(data: str, now: datetime | None = None) -> dict[str, str]:
    """Judge every source of the published snapshot at `now` (aware; default: the system's time); returns source ->
    issues for each source that has any. Changes nothing but Prefect's artifacts and events. Raises ConfigError when no
    snapshot is published yet, except in a scheduled run, which is only too early then."""
    settings, layout = load_settings(), Layout.at(data)
    if deployment.id and not layout.published.exists():
        log("nothing is published yet: the first refresh does that")
        name_result("nothing published yet")
        return {}
    health = read_health(layout, now or datetime.now(UTC))
    note_health(health.sources, settings)
    note_table("days-missing", health.gaps, health.gaps.rows[:_GAPS_SHOWN])
    gaps = count_text(len(health.gaps.rows), "day")
    log(f"{count_text(len(health.sources), 'source')} checked, {gaps} without an observation")
    first, *rest = describe_issues(health.issues)
    log(first)
    for line in rest:
        log_problem(line)
    emit_health(health.sources, data)
    name_result(f"{count_text(len(health.issues), 'source')} with issues" if health.issues else "all good")
    return health.issues
