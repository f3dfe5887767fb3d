"""Runs again, at once, what was killed while `newsvane up` goes on: an out-of-memory kill does not cost an interval."""

from __future__ import annotations

from typing import Any, Final

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State

AFTER_A_KILL: Final = "after-a-kill"


def run_again(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Hook for crashed runs: plan the same run for now. One that follows a killed run is not repeated: what kills every
    run would go on without end, and the schedule tries it again."""
    if flow_run.deployment_id is None or AFTER_A_KILL in flow_run.tags:
        return
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(
            flow_run.deployment_id, parameters=flow_run.parameters, tags=[AFTER_A_KILL]
        )
