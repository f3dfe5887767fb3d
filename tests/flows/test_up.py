"""`newsvane up` from start to end: after a kill, through a polite stop, and when it cannot start."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.flows.up_process import is_writing, port_in, processes, started
from tests.month import free_port
from tests.server import Up, config_in, put_history, set_port, wait_for

SLOW_S = 10  # between two requests: long enough to stop or kill a run
SLOWEST_S = 200  # longer than the time since the last request, so that the next run waits for its turn
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
    set_delay(tmp_path, SLOW_S)
    put_history(tmp_path / "data")
    return tmp_path


def set_delay(folder: Path, delay_s: int) -> None:
    """Set the time between two requests of the next run."""
    path = folder / "config" / "sources" / "scheduled.toml"
    path.write_text(re.sub(r"^delay_s = .*$", f"delay_s = {delay_s}", path.read_text("utf-8"), flags=re.M), "utf-8")


def set_explorer(folder: Path, port: int) -> None:
    """Set the port of the explorer, 0 for none."""
    path = folder / "config" / "newsvane.toml"
    head, table, rest = path.read_text("utf-8").partition("[explorer]\n")
    path.write_text(head + table + re.sub(r"^port = .*$", f"port = {port}", rest, count=1, flags=re.M), "utf-8")


def ingests(up: Up, state: str) -> list[dict[str, Any]]:
    found = up.post("/flow_runs/filter", deployments=INGEST, flow_runs={"state": {"type": {"any_": [state]}}})
    assert isinstance(found, list)
    return found


def fetching(folder: Path) -> list[int]:
    """The processes that write an archive file."""
    return [pid for pid in processes(folder) if is_writing(pid)]


@pytest.mark.prefect
def test_a_killed_run_goes_again_and_so_does_a_killed_up_and_a_polite_stop_leaves_no_process(folder: Path) -> None:
    explorer = free_port()
    set_explorer(folder, explorer)
    with started(folder) as (process, up):
        style = f"http://127.0.0.1:{explorer}/static/newsvane.css"  # pages follow with the first snapshot
        assert wait_for(lambda: urllib.request.urlopen(style, timeout=10).status) == 200
        (first,) = wait_for(lambda: fetching(folder), PATIENCE_S)
        os.kill(first, signal.SIGKILL)
        # Soon, not at the next time of its schedule; by another process, while the first is Crashed.
        wait_for(lambda: [pid for pid in fetching(folder) if pid != first], PATIENCE_S)
        (crashed,) = wait_for(lambda: ingests(up, "CRASHED"), PATIENCE_S)
        (again,) = wait_for(lambda: ingests(up, "RUNNING"), PATIENCE_S)
        assert again["parameters"] == crashed["parameters"]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        wait_for(lambda: not processes(folder), timeout_s=60)  # server, explorer and run end with it
    assert f"explorer: http://127.0.0.1:{explorer}/" in (folder / "up.log").read_text()
    set_explorer(folder, 0)
    log = folder / "up.log"
    end_of_first = log.stat().st_size
    set_delay(folder, 0)
    with started(folder) as (process, up):
        killed = wait_for(lambda: [run for run in ingests(up, "CRASHED") if run["id"] != crashed["id"]], PATIENCE_S)
        assert [run["id"] for run in killed] == [again["id"]]
        assert "newsvane up" in killed[0]["state"]["message"]
        (completed,) = wait_for(lambda: ingests(up, "COMPLETED"), PATIENCE_S)
        assert completed["name"].startswith("scheduled · ")
        assert ingests(up, "CANCELLED") == []
        assert not list(up.layout.raw.glob("*/*/*.open"))
        # The event of the ingest starts a refresh.
        wait_for(lambda: up.layout.published.exists(), PATIENCE_S)
        set_delay(folder, SLOWEST_S)
        up.post(f"/deployments/{completed['deployment_id']}/create_flow_run", state={"type": "SCHEDULED"})
        wait_for(lambda: ingests(up, "RUNNING"), PATIENCE_S)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert time.monotonic() - begun < 30
    assert wait_for(lambda: not processes(folder), timeout_s=10)
    with closing(sqlite3.connect(up.layout.prefect / "prefect.db")) as history:
        ended = history.execute("select distinct state_name from flow_run where start_time is not null").fetchall()
    assert {"Stopped", "Completed"} <= {name for (name,) in ended} <= {"Stopped", "Completed", "Crashed"}
    text = log.read_bytes()[end_of_first:].decode()
    assert "1 run of an earlier `newsvane up` had not ended: marked Crashed" in text
    lines = text.splitlines()
    assert lines[-1].startswith("stopped; what was fetched and loaded is kept")
    assert [line for line in lines if "WARNING" in line or "ERROR" in line or "Traceback" in line] == []


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
    set_delay(folder, 0)
    with started(folder) as (_, up):
        wait_for(lambda: ingests(up, "COMPLETED"), PATIENCE_S)
        assert not list(up.layout.raw.glob("*/*/*.open"))


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
