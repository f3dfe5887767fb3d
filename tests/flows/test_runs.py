"""Ingest, refresh and watch run against a Prefect server: what they do, record and report there."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest

from flows.demo import demo
from flows.errors import CheckFailed
from flows.fetch.run import SourceRun
from flows.ingest import ingest
from flows.pipeline.warehouse_refresh import Refreshed
from flows.refresh import refresh
from flows.warehouse.connection import open_reader, open_writer
from flows.watch import watch
from tests.month import free_port
from tests.server import Up, wait_for

pytestmark = pytest.mark.prefect

WEATHER = """
kind = "nws"
title = "National Weather Service"
home = "https://api.weather.gov/"
zone = "America/Chicago"
places = ["saint-joseph-mo"]
"""


@dataclass(frozen=True)
class Ran:
    """What one ingest, one refresh and one watch returned, and the artifacts they left: key -> artifact."""

    visit: SourceRun
    refreshed: Refreshed
    issues: dict[str, str]
    artifacts: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def ran(at_server: Up) -> Ran:
    data = str(at_server.data)
    ingested, refreshed, issues = ingest(["scheduled"], data), refresh(data), watch(data)
    return Ran(ingested.runs[0], refreshed, issues, latest_artifacts(at_server))


def latest_artifacts(up: Up) -> dict[str, dict[str, Any]]:
    return {found["key"]: found for found in up.post("/artifacts/latest/filter")}


def run_names(up: Up, state: str) -> list[str]:
    found = up.post("/flow_runs/filter", flow_runs={"state": {"type": {"any_": [state]}}})
    return [run["name"] for run in found]


def test_runs_are_in_the_api(ran: Ran, up: Up) -> None:
    names = run_names(up, "COMPLETED")
    for pattern in (
        rf"scheduled · \w{{3}} \d+ \d\d:\d\d · {ran.visit.new} new",
        rf"warehouse · .* · 1 file, {ran.refreshed.exchanges} exchanges",
        "health · .* · all good",
    ):
        assert [name for name in names if re.fullmatch(pattern, name)], names


def run_log(up: Up, name: str) -> list[str]:
    """The log of the latest run whose name matches the pattern, its task runs included, in order of time."""
    begun = {"start_time": {"is_null_": False}}  # planned runs have the same names
    found = up.post("/flow_runs/filter", sort="START_TIME_DESC", flow_runs=begun)
    runs = [run for run in found if re.match(name, run["name"])]
    lines = wait_for(
        lambda: up.post("/logs/filter", logs={"flow_run_id": {"any_": [runs[0]["id"]]}}, sort="TIMESTAMP_ASC")
    )
    return [line["message"] for line in lines]


def has_line(up: Up, run: str, *words: str) -> bool:
    """Whether a line of the run's log has all the words; logs arrive in batches, so it may take seconds."""
    return wait_for(lambda: any(all(word in line for word in words) for line in run_log(up, run)), timeout_s=30)


def test_the_log_of_each_run_says_what_it_did(ran: Ran, up: Up) -> None:
    assert has_line(up, "scheduled · ", "A station to schedule: reading 1 feed, 1 closings list")
    assert has_line(up, "scheduled · ", f"scheduled: {ran.visit.found} found, {ran.visit.new} new", "0 failed")
    assert has_line(up, "scheduled · ", "next: ", "newsvane refresh")
    assert has_line(up, "warehouse · ", "1 archive file to load")
    assert has_line(up, "warehouse · ", f"{ran.refreshed.exchanges} exchanges loaded", "checks")
    assert has_line(up, "health · ", "1 source checked")


def test_a_source_that_cannot_be_read_fails_the_run_and_stops_no_other(
    ran: Ran, at_server: Up, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command reaches the server also with a proxy set, which does not answer."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    (at_server.config / "sources" / "weather.toml").write_text(WEATHER, "utf-8")
    try:
        done = at_server.newsvane("ingest", "weather", "scheduled")
    finally:
        (at_server.config / "sources" / "weather.toml").unlink()
    assert done.returncode == 1
    assert "running without Prefect" not in done.stderr
    assert "newsvane: 1 of 2 sources failed: weather: nothing was requested" in done.stderr
    assert re.search(r"^scheduled: 0 found", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr
    failed = at_server.post("/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["FAILED"]}}})
    (run,) = (run for run in failed if run["name"].startswith("2 sources · "))
    assert run["state"]["message"].startswith("1 of 2 sources failed: weather: nothing was requested")
    assert "set identity.contact in" in run["state"]["message"]
    assert has_line(at_server, "2 sources · ", "weather failed: nothing was requested")


def test_ingest_reports_its_counts(ran: Ran) -> None:
    (row,) = json.loads(ran.artifacts["ingest-scheduled"]["data"])
    assert row["new"] == ran.visit.new > 10
    assert {"found", "fetched", "unchanged", "refused", "failed"} <= set(row)


def test_refresh_reports_rows_checks_and_topics(ran: Ran, up: Up) -> None:
    rows = {row["table"]: row["rows"] for row in json.loads(ran.artifacts["warehouse-changes"]["data"])}
    with open_reader(up.layout) as reader:
        assert reader.execute("select count(*) from fact_article").fetchall() == [(rows["fact_article"],)]
    assert rows["fact_article"] >= 10
    today = ran.artifacts["today"]["data"]
    assert re.search(r"^## \d+ articles came in a day$", today, re.MULTILINE)
    assert "](<http://127.0.0.1:" in today
    assert "| orphan\\_key |" in ran.artifacts["checks"]["data"]
    # The station has been reporting for three days and was visited today only: before that, there are gaps.
    assert re.findall(r"\| ·{24,27}[▁▂▃▄▅▆▇█·]*[▁▂▃▄▅▆▇█] \| \d+ \|", today)


def events(up: Up, name: str) -> list[dict[str, Any]]:
    """The events of this name, newest first, that the server has stored; it stores them in batches."""
    return up.post("/events/filter", filter={"event": {"name": [name]}})["events"]


def of_source(found: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    return [event for event in found if event["resource"]["prefect.resource.id"] == f"newsvane.source.{source}"]


def test_ingest_and_refresh_emit_events(ran: Ran, up: Up) -> None:
    observed = wait_for(lambda: of_source(events(up, "newsvane.source.observed"), "scheduled"))[-1]
    assert observed["resource"]["newsvane.data"] == str(up.data)
    assert observed["payload"]["new"] == ran.visit.new
    published = wait_for(lambda: events(up, "newsvane.snapshot.published"))[-1]
    assert published["payload"] == {"snapshot": 1, "files": 1, "exchanges": ran.refreshed.exchanges}
    assert of_source(events(up, "newsvane.source.silent"), "scheduled") == []


def test_watch_reports_health_and_gaps(ran: Ran) -> None:
    assert ran.issues == {}
    assert re.search(
        r"^\| \[scheduled\]\(<http://127.0.0.1:\d+/>\) \| good \|", ran.artifacts["source-health"]["data"], re.M
    )
    assert ran.artifacts["days-missing"]["data"] == "none"


def test_the_demo_beside_up_visits_the_stations_that_are_on_air(ran: Ran, at_server: Up) -> None:
    done = demo(str(at_server.data), beside_up=True)  # without `beside_up` the ports are taken
    assert done.published == str(at_server.layout.published)
    (row,) = json.loads(latest_artifacts(at_server)["ingest-scheduled"]["data"])
    assert row["new"] < ran.visit.new
    assert row["failed"] == 0


def test_a_failed_check_fails_the_run_and_keeps_the_snapshot(ran: Ran, at_server: Up, up: Up) -> None:
    before = up.layout.published.stat().st_ino
    with open_writer(up.layout, print) as connection:
        connection.execute("insert into fact_article select * from fact_article limit 1")
        connection.execute("delete from fact_check")  # otherwise a check that passed is not run again
    with pytest.raises(CheckFailed, match="not published, the last good snapshot stays: duplicate_article: 1"):
        refresh(str(up.data))
    assert up.layout.published.stat().st_ino == before
    (name,) = (name for name in run_names(up, "FAILED") if name.startswith("warehouse · "))
    assert has_line(up, re.escape(name), "duplicate_article: 1")
    (failed,) = up.post("/flow_runs/filter", flow_runs={"state": {"name": {"any_": ["CheckFailed"]}}})
    assert failed["name"] == name
    told = wait_for(lambda: {one["payload"]["check"]: one for one in events(up, "newsvane.check.failed")})
    assert told["duplicate_article"]["payload"]["faults"] == 1
    artifact = latest_artifacts(up)["check-duplicate-article"]
    assert artifact["description"] == "fail: 1 row at fault, the first 1"
    assert artifact["data"].count("\n") == 2
