"""`newsvane up` from start to end: after a kill, after a polite stop, and when it cannot start."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from tests.flows.up_process import port_in, processes, started
from tests.month import free_port
from tests.server import Up, config_in, set_port, wait_for

# At 0.2 s between its 60 requests, a run takes long enough to be killed.
SLOW = "delay_s = 0\n", "delay_s = 0.2\n"
PATIENCE_S = 300  # a busy machine takes minutes to start a server and a run
INGEST = {"tags": {"all_": ["ingest"]}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a config: one slow simulated station, which is read as soon as `up` has started."""
    config = config_in(tmp_path)
    set_port(config, free_port())
    path = config / "newsvane.toml"
    text = path.read_text("utf-8").replace("run_at_start = false", "run_at_start = true")
    path.write_text(text.replace("refresh_after_ingest = false", "refresh_after_ingest = true"), "utf-8")
    source = config / "sources" / "scheduled.toml"
    source.write_text(source.read_text("utf-8").replace(*SLOW), "utf-8")
    return tmp_path


def ingests(up: Up, state: str) -> list[dict[str, Any]]:
    found = up.post("/flow_runs/filter", deployments=INGEST, flow_runs={"state": {"type": {"any_": [state]}}})
    assert isinstance(found, list)
    return found


@pytest.mark.prefect
def test_after_a_kill_the_next_start_goes_on(folder: Path) -> None:
    with started(folder) as (process, up):
        wait_for(lambda: ingests(up, "RUNNING") and list(up.layout.raw.glob("*/*/*.open")), PATIENCE_S)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        wait_for(lambda: not processes(folder), timeout_s=60)  # server and run end with it
    with started(folder) as (_, up):
        (killed,) = wait_for(lambda: ingests(up, "CRASHED"), PATIENCE_S)
        assert "newsvane up" in killed["state"]["message"]
        (completed,) = wait_for(lambda: ingests(up, "COMPLETED"), PATIENCE_S)
        assert completed["name"].startswith("scheduled · ")
        assert ingests(up, "CANCELLED") == []
        assert not list(up.layout.raw.glob("*/*/*.open"))
        # The event of the ingest starts a refresh.
        wait_for(lambda: up.layout.published.exists(), PATIENCE_S)
    assert "1 runs of an earlier `newsvane up` that was killed are marked Crashed" in (folder / "up.log").read_text()


@pytest.mark.prefect
@pytest.mark.long
def test_when_the_server_is_killed_up_ends_and_the_next_start_goes_on(folder: Path) -> None:
    with started(folder) as (process, up):
        wait_for(lambda: ingests(up, "RUNNING"), PATIENCE_S)
        os.kill(json.loads((up.layout.prefect / "up.json").read_text())["pid"], signal.SIGKILL)
        assert process.wait(120) == 1
    assert wait_for(lambda: not processes(folder), timeout_s=60)
    text = (folder / "up.log").read_text()
    assert "the Prefect server ended (killed by signal 9): see " in text
    with started(folder) as (_, up):
        wait_for(lambda: ingests(up, "COMPLETED"), PATIENCE_S)
        assert not list(up.layout.raw.glob("*/*/*.open"))


@pytest.mark.prefect
def test_a_polite_stop_leaves_no_process_and_no_warning(folder: Path) -> None:
    with started(folder) as (process, up):
        wait_for(lambda: ingests(up, "RUNNING"), PATIENCE_S)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert time.monotonic() - begun < 30
    assert wait_for(lambda: not processes(folder), timeout_s=10)
    lines = (folder / "up.log").read_text().splitlines()
    assert lines[-1] == "stopped"
    assert [line for line in lines if "WARNING" in line or "ERROR" in line or "Traceback" in line] == []


def test_a_port_taken_by_another_program_is_named_soon(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", port_in(folder / "config"))):
        begun = time.monotonic()
        with started(folder) as (process, _):
            assert process.wait(60) == 1
    text = (folder / "up.log").read_text()
    assert time.monotonic() - begun < 20
    assert "is taken by another program" in text
    assert f"set server.port in {folder / 'config' / 'newsvane.toml'}" in text
    assert "Traceback" not in text
