"""Puts the Prefect server in order when `newsvane up` starts or stops: ends the runs that no process executes any more,
drops the runs that were missed, and removes deployments that config no longer has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, cast
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate, WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.states import Cancelled, Crashed

from flows.data_layout import Layout
from flows.host_limits import create_host_limits
from flows.sources import Source

_PAGE: Final = 200
_KILLED: Final = "`newsvane up` ended while this ran; the next run goes on"
_STOPPED: Final = "Stopped"  # the state of runs that a polite stop of `newsvane up` ended
_ACTIVE: Final = (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)


@dataclass(frozen=True, slots=True)
class Registered:
    """The ids of the deployments, and the number of runs of an earlier `up` that were marked Crashed."""

    deployments: list[UUID]
    crashed: int


def register(
    ready: Sequence[RunnerDeployment],
    layout: Layout,
    *,
    run_first: bool,
    work_pool: str | None = None,
    sources: Iterable[Source] = (),
) -> Registered:
    """Register the deployments, and put in order what an earlier `up` left. The caller holds the lock of `up`, so no
    run of these deployments is alive, except in a `work_pool`: its workers end their runs themselves, and a limit for
    each host of `sources` keeps them apart.

    With `run_first`, a deployment tagged `ingest` that has never run, was killed or stopped, or has missed a run, runs
    at once.
    """
    crashed = 0
    with get_client(sync_client=True) as client:
        if work_pool:
            _create_pool(client, work_pool)
            create_host_limits(client, sources)
        else:
            _leave_pools(client, ready)
        kept = {cast(UUID, deployment.apply(work_pool_name=work_pool)): deployment for deployment in ready}
        for found in _ours(client, layout):
            killed, stopped = 0, False
            if not work_pool:
                stopped = _was_stopped(client, found.id)
                killed = _end_runs(client, found.id, Crashed(message=_KILLED))
                _free_slots(client, found)
            missed = _drop_missed_runs(client, found.id)
            crashed += killed
            if found.id not in kept:
                client.delete_deployment(found.id)
                continue
            was_cut_off = killed or stopped or missed
            if run_first and "ingest" in found.tags and (was_cut_off or not _has_run(client, found.id)):
                client.create_flow_run_from_deployment(found.id)
    return Registered(list(kept), crashed)


def end_runs(layout: Layout) -> None:
    """Mark the runs of this data folder's deployments that have not ended as Cancelled, because `newsvane up`, which
    executes them, stops; the next one runs an ingest of them at once."""
    with get_client(sync_client=True) as client:
        for found in _ours(client, layout):
            _end_runs(client, found.id, Cancelled(name=_STOPPED, message="`newsvane up` was stopped while this ran"))


def _create_pool(client: SyncPrefectClient, name: str) -> None:
    """Create the process work pool unless there is one of that name."""
    with suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=name, type="process"))


def _leave_pools(client: SyncPrefectClient, ready: Iterable[RunnerDeployment]) -> None:
    """Delete the deployments of these names that are in a work pool: Prefect 3.9.1 cannot take one out of its pool."""
    for deployment in ready:
        with suppress(ObjectNotFound):
            found = client.read_deployment_by_name(deployment.full_name)
            if found.work_pool_name:
                client.delete_deployment(found.id)


def _ours(client: SyncPrefectClient, layout: Layout) -> list[DeploymentResponse]:
    """The deployments on the server whose flows are in this package and work on this data folder."""
    found = list[DeploymentResponse]()
    while page := client.read_deployments(limit=_PAGE, offset=len(found)):
        found += page
    data = str(layout.data)
    return [one for one in found if (one.entrypoint or "").startswith("flows.") and one.parameters.get("data") == data]


def _end_runs(client: SyncPrefectClient, deployment: UUID, state: State[Any]) -> int:
    """Give the runs that have not ended this state; returns their number."""
    runs = list(_runs(client, deployment, state={"type": {"any_": list(_ACTIVE)}}))
    for run in runs:
        _set_state(client, run, state)
    return len(runs)


def _drop_missed_runs(client: SyncPrefectClient, deployment: UUID) -> int:
    """Cancel the runs whose time has passed; returns their number."""
    missed = list(
        _runs(
            client,
            deployment,
            state={"type": {"any_": [StateType.SCHEDULED]}},
            expected_start_time={"before_": datetime.now(UTC)},
        )
    )
    for run in missed:
        _set_state(client, run, Cancelled(name="Missed", message="`newsvane up` was not running at that time"))
    return len(missed)


def _free_slots(client: SyncPrefectClient, deployment: DeploymentResponse) -> None:
    """Set the deployment's limit to no active run: a killed run does not give its slot back."""
    limit = deployment.global_concurrency_limit
    if limit is not None and limit.active_slots:
        client.update_global_concurrency_limit(limit.name, GlobalConcurrencyLimitUpdate(active_slots=0))


def _was_stopped(client: SyncPrefectClient, deployment: UUID) -> bool:
    """Whether a polite stop of `newsvane up` ended the last run that had begun."""
    last = next(_runs(client, deployment, start_time={"is_null_": False}), None)
    return last is not None and last.state_name == _STOPPED


def _has_run(client: SyncPrefectClient, deployment: UUID) -> bool:
    return any(_runs(client, deployment, start_time={"is_null_": False}))


def _runs(client: SyncPrefectClient, deployment: UUID, **conditions: Any) -> Iterator[FlowRun]:
    """The runs of the deployment that meet the conditions, read page by page."""
    read = 0
    while page := client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])),
        flow_run_filter=FlowRunFilter.model_validate(conditions),
        sort=FlowRunSort.ID_DESC,
        limit=_PAGE,
        offset=read,
    ):
        yield from page
        read += len(page)


def _set_state(client: SyncPrefectClient, run: FlowRun, state: State[Any]) -> None:
    client.set_flow_run_state(run.id, state, force=True)
