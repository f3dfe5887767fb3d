"""What an earlier `newsvane up` left on the server is put in order by the next one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client

from flows import startup
from flows.data_layout import Layout
from flows.serve import deployments
from flows.settings import load_settings
from flows.sources import load_sources
from tests.server import Up

pytestmark = pytest.mark.prefect


def test_every_missed_run_is_dropped(at_server: Up, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "_PAGE", 2)
    layout = Layout.at(tmp_path)
    ready = deployments(load_sources(), str(layout.data), load_settings())[-1:]
    ready[0].name = "missed"
    (deployment,) = startup.register(ready, layout, run_first=False).deployments
    try:
        for hours in range(1, 6):
            at = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
            state = {"type": "SCHEDULED", "state_details": {"scheduled_time": at}}
            at_server.post(f"/deployments/{deployment}/create_flow_run", state=state)
        assert startup.register(ready, layout, run_first=False).crashed == 0
        runs = at_server.post("/flow_runs/filter", deployments={"id": {"any_": [str(deployment)]}}, sort="ID_DESC")
        states = [run["state_name"] for run in runs if run["auto_scheduled"] is False]
        assert states == ["Missed"] * 5
    finally:
        with get_client(sync_client=True) as client:
            client.delete_deployment(deployment)
