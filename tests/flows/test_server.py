"""The locked set really starts a Prefect server, registers the deployments of config and schedules their runs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.settings import ROOT

SOURCE = """
kind = "simulated"
title = "A station to schedule"
home = "http://127.0.0.1:9/"
zone = "America/New_York"
schedule = "5 */2 * * *"
allow_addresses = ["127.0.0.1/32"]
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(api: str, path: str, **body: object) -> Any:
    request = urllib.request.Request(f"{api}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("up"), free_port()
    config = Path(shutil.copytree(ROOT / "config", folder / "config"))
    shutil.rmtree(config / "sources")
    (config / "sources").mkdir()
    (config / "sources" / "scheduled.toml").write_text(SOURCE, "utf-8")
    settings = (config / "newsvane.toml").read_text("utf-8")
    (config / "newsvane.toml").write_text(settings.replace("port = 4200", f"port = {port}"), "utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    started = subprocess.Popen(
        [sys.executable, "-m", "flows", "up", "--data", str(folder / "data")],
        env={**environment, "NEWSVANE_CONFIG": str(config), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield f"http://127.0.0.1:{port}/api"
    finally:
        started.send_signal(signal.SIGINT)
        try:
            started.wait(60)
        except subprocess.TimeoutExpired:
            started.kill()


def until(question: Any, seconds: float = 120) -> Any:
    """The first true answer; fails when none comes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if answer := question():
                return answer
        except OSError:
            pass
        time.sleep(1)
    raise AssertionError("no answer in time")


@pytest.mark.prefect
def test_runs_are_really_scheduled(api: str) -> None:
    made = until(lambda: len(found := ask(api, "/deployments/filter")) == 2 and found)
    by_name = {deployment["name"]: deployment for deployment in made}
    assert by_name["scheduled"]["schedules"][0]["schedule"] == {
        "cron": "5 */2 * * *", "timezone": "America/New_York", "day_or": True,
    }  # fmt: skip
    assert by_name["scheduled"]["entrypoint"] == "flows.ingest.ingest"
    assert by_name["warehouse"]["tags"] == ["refresh"]
    assert by_name["warehouse"]["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    waiting = until(lambda: ask(api, "/flow_runs/count", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}}))
    assert waiting > 0
