"""`newsvane up` starts a Prefect server, registers the deployments of config and plans their runs."""

from __future__ import annotations

import pytest

from tests.server import Up, wait_for

pytestmark = pytest.mark.prefect


def test_each_flow_has_a_deployment_with_its_schedule(up: Up) -> None:
    by_name = {deployment["name"]: deployment for deployment in up.post("/deployments/filter")}
    assert {name: found["entrypoint"] for name, found in by_name.items()} == {
        "scheduled": "flows.ingest.ingest",
        "warehouse": "flows.refresh.refresh",
        "ledger": "flows.watch.watch",
    }
    schedules = {name: found["schedules"][0]["schedule"] for name, found in by_name.items()}
    assert {name: (schedule["cron"], schedule["timezone"]) for name, schedule in schedules.items()} == {
        "scheduled": ("5 4 * * 0", "America/Chicago"),
        "warehouse": ("15 4 * * 0", "America/Chicago"),
        "ledger": ("25 4 * * 0", "America/Chicago"),
    }
    assert by_name["scheduled"]["tags"] == ["ingest", "simulated"]
    for name in ("scheduled", "warehouse"):
        assert by_name[name]["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"


def test_runs_are_planned(up: Up) -> None:
    assert wait_for(lambda: up.post("/flow_runs/count", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}}))
