"""Ingest, refresh and watch run against a Prefect server: what they do, record and report there."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest

from flows.fetch.run import SourceRun
from flows.ingest import ingest
from flows.refresh import Refreshed, refresh
from flows.warehouse.connection import open_reader, open_writer
from flows.watch import watch
from tests.server import Up

pytestmark = pytest.mark.prefect


@dataclass(frozen=True)
class Ran:
    """What one ingest, one refresh and one watch returned, and the artifacts they left: key -> artifact."""

    visit: SourceRun
    refreshed: Refreshed
    issues: int
    artifacts: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def ran(at_server: Up) -> Ran:
    data = str(at_server.data)
    visit, refreshed, issues = ingest("scheduled", data), refresh(data), watch(data)
    return Ran(visit, refreshed, issues, latest_artifacts(at_server))


def latest_artifacts(up: Up) -> dict[str, dict[str, Any]]:
    return {found["key"]: found for found in up.post("/artifacts/latest/filter")}


def run_names(up: Up, state: str) -> list[str]:
    found = up.post("/flow_runs/filter", flow_runs={"state": {"type": {"any_": [state]}}})
    return [run["name"] for run in found]


def test_runs_are_in_the_api(ran: Ran, up: Up) -> None:
    assert {"ingest scheduled", "refresh the warehouse", "watch"} <= set(run_names(up, "COMPLETED"))


def test_ingest_reports_its_counts(ran: Ran) -> None:
    (row,) = json.loads(ran.artifacts["ingest-scheduled"]["data"])
    assert row["new"] == ran.visit.new > 10
    assert {"found", "fetched", "unchanged", "refused", "failed"} <= set(row)
    assert ran.artifacts["progress-scheduled"]["data"] == 100


def test_refresh_reports_rows_checks_and_topics(ran: Ran, up: Up) -> None:
    rows = {row["table"]: row["rows"] for row in json.loads(ran.artifacts["warehouse-rows"]["data"])}
    with open_reader(up.layout) as reader:
        assert reader.execute("select count(*) from fact_article").fetchall() == [(rows["fact_article"],)]
    assert rows["fact_article"] >= 10
    assert "| orphan\\_key |" in ran.artifacts["checks"]["data"]
    # The station has been reporting for three days and was visited today only: 27 gaps, then a count of 0 or more.
    assert re.findall(r"\| ·{27}[▁▂▃▄▅▆▇█] \| \d+ \|", ran.artifacts["topics"]["data"])


def test_watch_reports_health_and_gaps(ran: Ran) -> None:
    assert ran.issues == 0
    assert "| scheduled |" in ran.artifacts["source-health"]["data"]
    assert ran.artifacts["days-missing"]["data"] == "none"


def test_a_failed_check_fails_the_run_and_keeps_the_snapshot(ran: Ran, up: Up) -> None:
    before = up.layout.published.stat().st_ino
    with open_writer(up.layout, print) as connection:
        connection.execute("insert into fact_article select * from fact_article limit 1")
        connection.execute("delete from fact_check")  # otherwise a check that passed is not run again
    done = up.newsvane("refresh")
    assert done.returncode == 1
    assert "not published, the last good snapshot stays: duplicate_article: 1" in done.stderr
    assert "Traceback" not in done.stderr
    assert up.layout.published.stat().st_ino == before
    assert run_names(up, "FAILED") == ["refresh the warehouse"]
    artifact = latest_artifacts(up)["check-duplicate-article"]
    assert artifact["description"] == "fail: 1 rows at fault, the first 1"
    assert artifact["data"].count("\n") == 2
