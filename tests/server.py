"""One `newsvane up` for a whole test run: started by the first test that needs it, stopped when the session ends."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from flows.cli.prefect_env import ENVIRONMENT
from flows.data_layout import Layout
from flows.settings import DEMO_CONFIG, ROOT
from tests.month import free_port

# Schedules that do not fire during a test run, yet soon enough for Prefect to plan their next runs.
SETTINGS = {
    'refresh_schedule = "*/15 * * * *"': 'refresh_schedule = "15 4 * * 0"',
    'watch_schedule = "7 * * * *"': 'watch_schedule = "25 4 * * 0"',
    'maintenance_schedule = "40 3 * * *"': 'maintenance_schedule = "35 4 * * 0"',
    "run_at_start = true": "run_at_start = false",
    "refresh_after_ingest = true": "refresh_after_ingest = false",
}
SOURCE = """
kind = "simulated"
title = "A station to schedule"
home = "{base}/"
zone = "America/Chicago"
call_sign = "KVANE"
feeds = ["{base}/feed.xml"]
closings = "{base}/closings.html"
schedule = "5 4 * * 0"
delay_s = 0
allow_addresses = ["127.0.0.1/32"]
"""
Result = TypeVar("Result")


@dataclass(frozen=True)
class Up:
    """A running `newsvane up` with one simulated station, `scheduled`: its process, API, config and data folder."""

    pid: int
    api: str
    config: Path
    data: Path

    @property
    def layout(self) -> Layout:
        return Layout.at(self.data)

    def post(self, path: str, **body: object) -> Any:
        """The JSON response to a POST at the API."""
        request = urllib.request.Request(
            f"{self.api}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        for _ in range(20):
            try:
                with urllib.request.urlopen(request, timeout=20) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                if error.code != 503:  # the server's database is busy
                    raise
                time.sleep(0.5)
        raise TimeoutError(f"{path}: the server stays busy")

    def newsvane(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command on the same config and data folder, in a process of its own."""
        command = [sys.executable, "-m", "flows", *arguments, "--data", str(self.data)]
        return subprocess.run(command, env=environment(self.config), capture_output=True, text=True, timeout=240)


def environment(config: Path) -> dict[str, str]:
    """The environment of a `newsvane` process that uses `config` and no Prefect settings of the test process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**kept, "NEWSVANE_CONFIG": str(config), "PYTHONPATH": str(ROOT)}


def server_at(folder: Path) -> Up:
    """The server of this test run, started in `folder` if it is not running; processes that need it share it."""
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / "server.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not record.exists():
            port, config, data = free_port(), config_in(folder), folder / "data"
            set_port(config, port)
            put_history(data)
            with (folder / "up.log").open("w") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", "flows", "up", "--data", str(data)],
                    env=environment(config),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            record.write_text(json.dumps({"pid": process.pid, "port": port}), "utf-8")
    found = json.loads(record.read_text("utf-8"))
    up = Up(found["pid"], f"http://127.0.0.1:{found['port']}/api", folder / "config", folder / "data")
    wait_for(lambda: len(up.post("/deployments/filter")) >= 4)
    return up


def put_history(data: Path) -> None:
    """Put Prefect's empty history database in the data folder, as a copy: its migrations take longer than the rest of a
    server's start, and are not ours. The first test run with a version of Prefect applies them, for all later runs."""
    made = Path(tempfile.gettempdir()) / "newsvane-tests-prefect" / f"history-{version('prefect')}.db"
    made.parent.mkdir(parents=True, exist_ok=True)
    with (made.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            home = Path(tempfile.mkdtemp(dir=made.parent))
            command = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]
            variables = {**os.environ, **ENVIRONMENT, "PREFECT_HOME": str(home)}
            subprocess.run(command, env=variables, check=True, capture_output=True)
            (home / "prefect.db").rename(made)
            shutil.rmtree(home)
    history = Layout.at(data).prefect
    history.mkdir(parents=True)
    shutil.copyfile(made, history / "prefect.db")


def stop_server(folder: Path, timeout_s: float = 60) -> None:
    """Interrupt the server of this test run, if one was started, and wait until it has ended."""
    record = folder / "server.json"
    if not record.exists():
        return
    pid = int(json.loads(record.read_text("utf-8"))["pid"])
    if is_running(pid):
        os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + timeout_s
    while is_running(pid):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            return
        time.sleep(0.2)


def wait_for(question: Callable[[], Result], timeout_s: float = 120) -> Result:
    """The first result that is true; fails when there is none in time. Asks less and less often, down to once a second:
    a question to a server costs it time too."""
    deadline, pause = time.monotonic() + timeout_s, 0.1
    while time.monotonic() < deadline:
        try:
            if result := question():
                return result
        except OSError:
            pass  # the server does not answer yet
        time.sleep(pause)
        pause = min(1.3 * pause, 1.0)
    raise AssertionError(f"no result within {timeout_s} s")


def config_in(folder: Path) -> Path:
    """The shipped config with one source, a simulated station on a free port, and without the report, which takes each
    refresh two seconds."""
    config = Path(shutil.copytree(ROOT / "config", folder / "config"))
    settings = config / "newsvane.toml"
    settings.write_text(settings.read_text("utf-8").replace("report = true", "report = false"), "utf-8")
    with (config / "places.toml").open("ab") as places:
        places.write((DEMO_CONFIG / "places.toml").read_bytes())
    shutil.rmtree(config / "sources")
    (config / "sources").mkdir()
    (config / "sources" / "scheduled.toml").write_text(SOURCE.format(base=f"http://127.0.0.1:{free_port()}"), "utf-8")
    return config


def set_port(config: Path, port: int) -> None:
    """Set the server's port, and schedules that do not fire during the tests."""
    path = config / "newsvane.toml"
    text = path.read_text("utf-8")
    for shipped, ours in {**SETTINGS, "port = 4200": f"port = {port}", "port = 8080": "port = 0"}.items():
        assert shipped in text
        text = text.replace(shipped, ours)
    path.write_text(text, "utf-8")


def is_running(pid: int) -> bool:
    """Whether the process exists and is not a zombie that its parent has not waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
