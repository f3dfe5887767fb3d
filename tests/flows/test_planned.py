"""Runs of a deployment at the server: what Prefect cancelled gets a name, what is killed twice is not run again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.server import Up

pytestmark = pytest.mark.prefect


@pytest.fixture
def cancelled(at_server: Up) -> Iterator[dict[str, Any]]:
    """A run of the deployment `health` that was cancelled before it began."""
    from prefect.client.orchestration import get_client

    (health,) = at_server.post("/deployments/filter", deployments={"name": {"any_": ["health"]}})
    run = at_server.post(f"/deployments/{health['id']}/create_flow_run", state={"type": "CANCELLED"})
    yield run
    with get_client(sync_client=True) as client:
        client.delete_flow_run(UUID(run["id"]))


def test_a_run_that_was_cancelled_before_it_began_says_that_it_was_not_needed(cancelled: dict[str, Any]) -> None:
    from prefect.client.orchestration import get_client

    from flows.planned import Subject, name_planned

    deployment, run = UUID(cancelled["deployment_id"]), UUID(cancelled["id"])
    with get_client(sync_client=True) as client:
        for _ in range(2):  # the second time it has its name
            name_planned(client, {deployment: Subject("health", "America/Chicago")})
            name = client.read_flow_run(run).name
            assert name.startswith("health · ")
            assert name.count("· not needed") == 1


def test_a_run_that_follows_a_killed_one_is_not_repeated(at_server: Up, cancelled: dict[str, Any]) -> None:
    from prefect.client.orchestration import get_client
    from prefect.states import Crashed

    from flows.killed_runs import AFTER_A_KILL, run_again
    from flows.watch import watch

    def planned() -> int:
        return len(at_server.post("/flow_runs/filter", flow_runs={"tags": {"all_": [AFTER_A_KILL]}}))

    before = planned()
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(UUID(cancelled["id"]))
    run_again(watch, run.model_copy(update={"tags": [AFTER_A_KILL]}), Crashed())
    run_again(watch, run.model_copy(update={"deployment_id": None}), Crashed())
    assert planned() == before
