"""Names the runs that Prefect plans as they are named when they start; it gives them random words and has no template
for the names of planned runs (3.9.1)."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment

from flows.ingest import subject_of
from flows.run_log import planned_name
from flows.sources import SourceCatalog

_EVERY_S: Final = 15.0
_MOST_CANCELLED: Final = 20
_MOST: Final = 200  # runs; Prefect plans the next three of a deployment, or those of the next hour


@dataclass(frozen=True, slots=True)
class Subject:
    """What the runs of a deployment are about, and the time zone of their names."""

    text: str
    zone: str


def subject(deployment: RunnerDeployment, catalog: SourceCatalog, zone: str) -> Subject:
    """The subject of a deployment's runs: its sources, else its name; `zone` is the server's."""
    if names := (deployment.parameters or {}).get("sources"):
        return Subject(*subject_of(names, catalog))
    return Subject(str(deployment.name), zone)


@contextmanager
def names_for_planned_runs(subjects: Mapping[UUID, Subject]) -> Iterator[None]:
    """In this block, runs of these deployments get their names within seconds of being planned."""
    is_over = threading.Event()

    def name_all() -> None:
        with get_client(sync_client=True) as client:
            while not is_over.wait(_EVERY_S):
                try:
                    name_planned(client, subjects)
                except httpx.HTTPError:
                    continue  # the server is busy, or about to end

    threading.Thread(target=name_all, daemon=True).start()
    try:
        yield
    finally:
        is_over.set()


def name_planned(client: SyncPrefectClient, subjects: Mapping[UUID, Subject]) -> None:
    """Name the next planned runs of the deployments that do not have their names yet, and those that Prefect cancelled
    before they began, because another run of the deployment was at work."""
    ours = DeploymentFilter(id=DeploymentFilterId(any_=list(subjects)))
    planned = client.read_flow_runs(
        deployment_filter=ours,
        flow_run_filter=FlowRunFilter.model_validate({"state": {"type": {"any_": [StateType.SCHEDULED]}}}),
        sort=FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC,
        limit=_MOST,
    )
    cancelled = client.read_flow_runs(
        deployment_filter=ours,
        flow_run_filter=FlowRunFilter.model_validate({"state": {"type": {"any_": [StateType.CANCELLED]}}}),
        sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        limit=_MOST_CANCELLED,
    )
    for run in planned:
        if (about := _about(run, subjects)) and run.next_scheduled_start_time:
            _rename(client, run, planned_name(about.text, about.zone, run.next_scheduled_start_time))
    for run in cancelled:
        about = _about(run, subjects)
        if about and run.expected_start_time and not run.name.startswith(f"{about.text} · "):
            _rename(client, run, f"{planned_name(about.text, about.zone, run.expected_start_time)} · not needed")


def _about(run: FlowRun, subjects: Mapping[UUID, Subject]) -> Subject | None:
    return subjects.get(run.deployment_id) if run.deployment_id else None


def _rename(client: SyncPrefectClient, run: FlowRun, name: str) -> None:
    if run.name != name:
        client.update_flow_run(run.id, name=name)
