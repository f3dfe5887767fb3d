"""`newsvane up` starts a Prefect server, registers the deployments of config and plans their runs."""

from __future__ import annotations

import re

import pytest

from tests.server import Up, wait_for

pytestmark = pytest.mark.prefect

GROUP = "Chicago cron 5 4 * * 0"


def test_each_flow_has_a_deployment_with_its_schedule(up: Up) -> None:
    found = up.post("/deployments/filter", deployments={"tags": {"all_": ["newsvane"]}})
    by_name = {deployment["name"]: deployment for deployment in found}
    assert {name: found["entrypoint"] for name, found in by_name.items()} == {
        GROUP: "flows.ingest.ingest",
        "warehouse": "flows.refresh.refresh",
        "health": "flows.watch.watch",
        "maintenance": "flows.maintain.maintain",
    }
    schedules = {name: found["schedules"][0]["schedule"] for name, found in by_name.items()}
    assert {name: (schedule["cron"], schedule["timezone"]) for name, schedule in schedules.items()} == {
        GROUP: ("5 4 * * 0", "America/Chicago"),
        "warehouse": ("15 4 * * 0", "America/Chicago"),
        "health": ("25 4 * * 0", "America/Chicago"),
        "maintenance": ("35 4 * * 0", "America/Chicago"),
    }
    assert by_name[GROUP]["tags"] == ["newsvane", "ingest", "simulated"]
    assert by_name[GROUP]["parameters"] == {"sources": ["scheduled"], "data": str(up.data)}
    for name in by_name:
        assert by_name[name]["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"


def test_runs_are_planned_under_the_names_that_they_will_have(up: Up) -> None:
    def names() -> set[str]:
        found = up.post("/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}})
        planned = [run["name"] for run in found if run["auto_scheduled"]]
        return {name.partition(" · ")[0] for name in planned if re.search(r" · \w{3} \d+ 04:\d5$", name)}

    assert wait_for(lambda: names() >= {"scheduled", "warehouse", "health", "maintenance"})
