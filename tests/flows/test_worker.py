"""A worker of the work pool in config executes runs that the server plans: the way to a second machine."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client

from flows.data_layout import Layout
from flows.host_limits import limit_name
from flows.serve import deployments
from flows.settings import load_settings
from flows.sources import load_sources
from flows.startup import register
from tests.server import Up, config_in, environment, wait_for

pytestmark = pytest.mark.prefect

POOL = "second-machine"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A config whose runs are executed by a pool."""
    folder = config_in(tmp_path)
    path = folder / "newsvane.toml"
    path.write_text(path.read_text("utf-8").replace('# work_pool = "newsvane"', f'work_pool = "{POOL}"'), "utf-8")
    return folder


@pytest.fixture
def worker(at_server: Up, config: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the pool, as a second machine starts it, without the server's data folder."""
    command = [sys.executable, "-m", "flows", "up", "--worker", "--data", str(tmp_path / "worker")]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            command, env={**environment(config), "PREFECT_API_URL": at_server.api}, stdout=log, stderr=log, cwd=tmp_path
        )
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def test_a_worker_executes_a_run_that_the_server_planned(
    at_server: Up, config: Path, tmp_path: Path, worker: subprocess.Popen[bytes]
) -> None:
    layout, settings, sources = Layout.at(tmp_path / "data"), load_settings(config), load_sources(config)
    (nightly,) = [
        one for one in deployments(sources, str(layout.data), settings) if one.entrypoint == "flows.maintain.maintain"
    ]
    nightly.name, nightly.tags = "maintenance by a worker", ["worker"]
    (deployment,) = register(
        [nightly], layout, run_first=False, work_pool=settings.prefect.work_pool, sources=sources.enabled
    ).deployments
    try:
        run = at_server.post(f"/deployments/{deployment}/create_flow_run")
        (done,) = wait_for(
            lambda: at_server.post(
                "/flow_runs/filter",
                flow_runs={
                    "id": {"any_": [run["id"]]},
                    "state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED"]}},
                },
            )
        )
        assert done["state"]["type"] == "COMPLETED", (tmp_path / "worker.log").read_text()
        assert done["work_pool_name"] == POOL
        assert layout.warehouse.exists()
        with get_client(sync_client=True) as client:
            limit = client.read_global_concurrency_limit_by_name(limit_name(sources.by_name("scheduled")))
        assert limit.limit == 1
        (again,) = register([nightly], layout, run_first=False).deployments  # without the pool, a deployment of its own
        with get_client(sync_client=True) as client:
            assert client.read_deployment(again).work_pool_name is None
            deployment = again
    finally:
        with get_client(sync_client=True) as client:
            client.delete_deployment(deployment)
