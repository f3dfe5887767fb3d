"""Emits newsvane's events to Prefect: what sources did, snapshots published, checks that failed. Automations react."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from prefect.events import emit_event

from flows.fetch.run import SourceRun
from flows.pipeline.health import SourceHealth
from flows.pipeline.source_runs import Ingested
from flows.pipeline.warehouse_refresh import Refreshed
from flows.warehouse.publish import Check

ARCHIVED: Final = "newsvane.ingest.archived"
OBSERVED: Final = "newsvane.source.observed"
REFUSED: Final = "newsvane.source.refused"
SILENT: Final = "newsvane.source.silent"
DRIFTED: Final = "newsvane.source.drifted"
PUBLISHED: Final = "newsvane.snapshot.published"
CHECK_FAILED: Final = "newsvane.check.failed"
DATA_LABEL: Final = "newsvane.data"  # of every event: the data folder
_ON_REFUSAL: Final = "read the site's robots.txt and terms"
_MESSAGES: Final = 10
_OF_STATE: Final = {"silent": SILENT, "drifting": DRIFTED, "refused": REFUSED}


def emit_ingested(ingested: Ingested, data: str) -> None:
    """An event for each source that was read or refused us, and one for the whole run if it archived anything: that
    one starts a refresh."""
    for run in ingested.runs:
        if run.fetched:
            _emit(OBSERVED, f"source.{run.source}", data, _counts(run))
        elif run.refused:
            why = {"why": run.messages[0] if run.messages else "every request was refused", "next": _ON_REFUSAL}
            _emit(REFUSED, f"source.{run.source}", data, {**_counts(run), **why})
    if files := sum(len(run.files) for run in ingested.runs):
        emit_archived(files, ingested.new, data)


def emit_archived(files: int, new: int, data: str) -> None:
    """The event that starts a refresh: so many archive files were sealed, with so many new articles."""
    _emit(ARCHIVED, "ingest", data, {"files": files, "new": new})


def emit_health(sources: list[SourceHealth], data: str) -> None:
    """One event for each source that is silent, drifting or refused."""
    for source in sources:
        if event := _OF_STATE.get(source.state):
            why = {"source": source.source, "state": source.state, "why": source.why, "next": source.action}
            _emit(event, f"source.{source.source}", data, why)


def emit_published(number: int, done: Refreshed, data: str) -> None:
    """The event of a refresh that published the snapshot with that number."""
    _emit(PUBLISHED, "snapshot", data, {"snapshot": number, "files": done.files, "exchanges": done.exchanges})


def emit_failed_checks(checks: list[Check], data: str) -> None:
    """One event for each check at level fail that found faults."""
    for check in checks:
        if check.level == "fail" and check.faults:
            payload = {"check": check.name, "faults": check.faults, "example": check.example or ""}
            _emit(CHECK_FAILED, f"check.{check.name}", data, payload)


def _counts(run: SourceRun) -> dict[str, object]:
    counts = {"new": run.new, "changed": run.changed, "refused": run.refused, "failed": run.failed}
    return {"source": run.source, **counts, "messages": run.messages[:_MESSAGES]}


def _emit(event: str, resource: str, data: str, payload: Mapping[str, object]) -> None:
    labels = {"prefect.resource.id": f"newsvane.{resource}", "prefect.resource.name": resource.rpartition(".")[2]}
    emit_event(event=event, resource={**labels, DATA_LABEL: data}, payload=dict(payload))
