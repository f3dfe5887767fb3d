"""The locked set really starts a Prefect server, registers the deployments of config and schedules their runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.settings import ROOT, Layout
from flows.warehouse.connection import open_writer
from tests.month import free_port

SOURCE = """
kind = "simulated"
title = "A station to schedule"
home = "{base}/"
zone = "America/Chicago"
call_sign = "KVANE"
feeds = ["{base}/feed.xml"]
closings = "{base}/closings.html"
schedule = "5 */2 * * *"
delay_s = 0
allow_addresses = ["127.0.0.1/32"]
"""


def ask(api: str, path: str, **body: object) -> Any:
    request = urllib.request.Request(f"{api}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


@dataclass(frozen=True)
class Up:
    """A running `newsvane up`: its API, its data folder, and the words to run commands beside it."""

    api: str
    data: Path
    environment: dict[str, str]

    def newsvane(self, *words: str, status: int = 0) -> str:
        command = [sys.executable, "-m", "flows", *words, "--data", str(self.data)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=240)
        assert done.returncode == status, done.stderr
        return done.stderr


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    folder, port = tmp_path_factory.mktemp("up"), free_port()
    config = Path(shutil.copytree(ROOT / "config", folder / "config"))
    shutil.rmtree(config / "sources")
    (config / "sources").mkdir()
    (config / "sources" / "scheduled.toml").write_text(SOURCE.format(base=f"http://127.0.0.1:{free_port()}"), "utf-8")
    settings = (config / "newsvane.toml").read_text("utf-8")
    (config / "newsvane.toml").write_text(settings.replace("port = 4200", f"port = {port}"), "utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environment |= {"NEWSVANE_CONFIG": str(config), "PYTHONPATH": str(ROOT)}
    data, log = folder / "data", (folder / "up.log").open("w")
    started = subprocess.Popen(
        [sys.executable, "-m", "flows", "up", "--data", str(data)], env=environment, stdout=log, stderr=log
    )
    try:
        yield Up(f"http://127.0.0.1:{port}/api", data, environment)
    finally:
        started.send_signal(signal.SIGINT)
        try:
            started.wait(60)
        except subprocess.TimeoutExpired:
            started.kill()
        log.close()


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
def test_runs_are_really_scheduled(up: Up) -> None:
    made = until(lambda: len(found := ask(up.api, "/deployments/filter")) == 3 and found)
    by_name = {deployment["name"]: deployment for deployment in made}
    assert by_name["scheduled"]["schedules"][0]["schedule"] == {
        "cron": "5 */2 * * *", "timezone": "America/Chicago", "day_or": True,
    }  # fmt: skip
    assert by_name["scheduled"]["entrypoint"] == "flows.ingest.ingest"
    assert by_name["warehouse"]["tags"] == ["refresh"]
    assert by_name["warehouse"]["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert by_name["ledger"]["entrypoint"] == "flows.watch.watch"
    waiting = until(lambda: ask(up.api, "/flow_runs/count", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}}))
    assert waiting > 0


@pytest.mark.prefect
def test_runs_and_artifacts_stand_in_the_api(up: Up) -> None:
    until(lambda: len(ask(up.api, "/deployments/filter")) == 3)
    said = up.newsvane("ingest", "scheduled")
    assert " new" in said
    up.newsvane("refresh")
    assert up.newsvane("watch").strip() == "every source is well"
    done = ask(up.api, "/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}})
    assert {"ingest scheduled", "refresh the warehouse", "watch"} <= {run["name"] for run in done}
    artifacts = {found["key"]: found for found in ask(up.api, "/artifacts/latest/filter")}
    (row,) = json.loads(artifacts["ingest-scheduled"]["data"])
    assert row["new"] > 10
    assert {"found", "fetched", "unchanged", "refused", "failed"} <= set(row)
    assert artifacts["progress-scheduled"]["data"] == 100
    rows = {row["table"]: row["rows"] for row in json.loads(artifacts["warehouse-rows"]["data"])}
    assert rows["fact_article"] == row_count(up, "select count(*) as n from fact_article") >= 10
    assert "| orphan\\_key |" in artifacts["checks"]["data"]
    # The station is on the air since three days, and was looked at today only: 27 gaps, then a count, 0 or more.
    assert re.findall(r"\| ·{27}[▁▂▃▄▅▆▇█] \| \d+ \|", artifacts["topics"]["data"])
    assert "| scheduled |" in artifacts["source-health"]["data"]
    assert artifacts["days-missing"]["data"] == "none"


@pytest.mark.prefect
def test_a_failed_check_ends_the_run_failed_with_the_rows_at_fault(up: Up) -> None:
    up.newsvane("ingest", "scheduled")
    up.newsvane("refresh")
    published = up.data / "warehouse" / "newsvane.duckdb"
    before = published.stat().st_ino
    with open_writer(Layout.at(up.data), print) as connection:
        connection.execute("insert into fact_article select * from fact_article limit 1")
        connection.execute("delete from fact_check")  # what was checked and found sound is not looked at again
    said = up.newsvane("refresh", status=1)
    assert "not published, the last good snapshot stays: duplicate_article: 1" in said
    assert "Traceback" not in said
    assert published.stat().st_ino == before
    failed = ask(up.api, "/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["FAILED"]}}})
    assert [run["name"] for run in failed] == ["refresh the warehouse"]
    artifacts = {found["key"]: found for found in ask(up.api, "/artifacts/latest/filter")}
    assert artifacts["check-duplicate-article"]["description"] == "fail: 1 rows at fault, the first 1"
    assert artifacts["check-duplicate-article"]["data"].count("\n") == 2


def row_count(up: Up, sql: str) -> int:
    command = [sys.executable, "-m", "flows", "sql", sql, "--format", "json", "--data", str(up.data)]
    said = subprocess.run(command, env=up.environment, capture_output=True, text=True, check=True)
    return int(json.loads(said.stdout)[0]["n"])


@pytest.mark.prefect
@pytest.mark.parametrize("word", ["up", "refresh"])
def test_a_silent_server_of_the_operator_is_named(tmp_path: Path, word: str) -> None:
    address = f"http://127.0.0.1:{free_port()}/api"
    done = subprocess.run(
        [sys.executable, "-m", "flows", word, "--data", str(tmp_path)],
        env={**os.environ, "PREFECT_API_URL": address, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"newsvane: no Prefect server answers at PREFECT_API_URL ({address}): start it, or unset that variable"
    ]
