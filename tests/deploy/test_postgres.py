"""Prefect keeps its history in a real PostgreSQL by one setting, and `doctor --deploy` finds it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from flows.settings import load_settings
from tests.deploy.postgres import postgres
from tests.month import free_port
from tests.server import Up, config_in, environment, set_port, wait_for

pytestmark = [pytest.mark.prefect, pytest.mark.long]

PATIENCE_S = 400  # the first start creates the tables


def count(url: str, statement: str) -> int:
    async def found() -> int:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            return int(await connection.fetchval(statement))
        finally:
            await connection.close()

    return asyncio.run(found())


def test_the_history_is_in_postgres(tmp_path: Path) -> None:
    config, data = config_in(tmp_path), tmp_path / "data"
    set_port(config, free_port())
    with postgres() as server:
        url = server.prefect_url
        path = config / "newsvane.toml"
        path.write_text(path.read_text("utf-8").replace("[prefect]\n", f'[prefect]\ndatabase = "{url}"\n'), "utf-8")
        up = Up(0, f"http://127.0.0.1:{load_settings(config).server.port}/api", config, data)
        with (tmp_path / "up.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "flows", "up", "--data", str(data)],
                env=environment(config),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            wait_for(lambda: len(up.post("/deployments/filter")) == 4, PATIENCE_S)
            wait_for(lambda: up.post("/flow_runs/count", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}}), 300)
            assert up.newsvane("ingest").returncode == 0
            done = up.newsvane("refresh")
            assert done.returncode == 0, done.stderr
            checked = up.newsvane("doctor", "--deploy")
            assert "database: PostgreSQL" in checked.stdout
        finally:
            os.kill(process.pid, signal.SIGTERM)
            assert process.wait(60) == 0
        assert count(url, "select count(*) from deployment") == 4
        assert count(url, "select count(*) from flow_run where state_type = 'COMPLETED'") == 2
        assert not list((data / "prefect").glob("*.db"))
        text = (tmp_path / "up.log").read_text() + (data / "prefect" / "server.log").read_text()
        assert "secret-word" not in text + checked.stdout
    refused = up.newsvane("doctor", "--deploy")
    assert refused.returncode == 1
    assert "no database: no answer: " in refused.stdout
