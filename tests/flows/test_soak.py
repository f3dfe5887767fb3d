"""Weeks of the demo at speed on the real server, with kills, a restart, a redesign and a station that stops: in the end
the warehouse has what an undisturbed run has, and health, events and notices say what happened."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.pipeline.demo_world import DemoWorld
from flows.pipeline.health import read_health
from flows.pipeline.simulate import last_visit, simulate
from flows.pipeline.warehouse_refresh import refresh_warehouse
from flows.settings import load_settings
from flows.sources import load_sources
from flows.warehouse.connection import open_reader
from tests.flows.up_process import processes, started
from tests.inbox import Inbox, listening
from tests.month import config_in, free_port
from tests.server import Up, wait_for

pytestmark = [pytest.mark.prefect, pytest.mark.long]

PATIENCE_S = 1200
WEEKS_AHEAD = timedelta(days=19)
STATION, SISTER = "demo_station", "demo_sister"
ARTICLES = """
    select source.name, article.article_key, article.title, article.posted_at, article.gone_at is null
    from fact_article as article join dim_source as source on source.source_id = article.source_id order by all
"""


def config_at(folder: Path, inbox: Inbox) -> Path:
    """The demo's config on ports of its own, with notices to the inbox."""
    config = config_in(folder)
    path = config / "newsvane.toml"
    text = path.read_text("utf-8").replace("port = 4201", f"port = {free_port()}").replace("port = 8081", "port = 0")
    path.write_text(f'{text}\n[notices]\nurl = "{inbox.url.get_secret_value()}"\n', "utf-8")
    return config


def is_at(layout: Layout, when: datetime) -> bool:
    """Whether both stations were visited until `when`."""
    visits = [last_visit(layout, source) for source in load_sources().enabled]
    return all(at is not None and at >= when - timedelta(hours=3) for at in visits)


def running(up: Up, since: datetime) -> bool:
    """Whether a run that started after `since` visits the stations at this moment."""
    started_later = {"start_time": {"after_": since.isoformat()}, "state": {"type": {"any_": ["RUNNING"]}}}
    runs = up.post("/flow_runs/filter", flows={"name": {"any_": ["demo days"]}}, flow_runs=started_later)
    return bool(runs) and bool(list(up.layout.raw.glob("*/*/*.open")))


def articles(layout: Layout) -> list[tuple[object, ...]]:
    with open_reader(layout) as reader:
        return reader.execute(ARTICLES).fetchall()


def undisturbed(world: DemoWorld, layout: Layout, disturbed: Layout) -> Layout:
    """The same world, visited as often as the disturbed one, without a server and without kills."""
    world.write(layout)
    catalog = load_sources()
    for source in catalog.enabled:
        first, until = world.first_run(source), last_visit(disturbed, source)
        assert until is not None
        simulate(source, load_settings(), layout, catalog.places, first, until, demo=world)
    refresh_warehouse(layout, notify=lambda _: None)
    return layout


def test_weeks_with_kills_end_as_weeks_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = datetime.now(UTC).date()
    end = datetime.now(UTC) + WEEKS_AHEAD
    layout = Layout.at(tmp_path / "data")
    world = DemoWorld(
        today,
        weeks=2,
        redesigned={STATION: today + timedelta(days=15)},
        stopped={SISTER: today + timedelta(days=14)},
    )
    world.write(layout)
    with listening("word") as inbox:
        monkeypatch.setenv("NEWSVANE_CONFIG", str(config_at(tmp_path, inbox)))
        for _ in range(3):
            since = datetime.now(UTC)
            with started(tmp_path, "--demo", "--speed", "7") as (process, up):
                wait_for(partial(running, up, since), PATIENCE_S)
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                wait_for(lambda: not processes(tmp_path), 60)
        since = datetime.now(UTC)
        with started(tmp_path, "--demo", "--speed", "7") as (process, up):
            wait_for(partial(running, up, since), PATIENCE_S)
        assert process.returncode == 0  # stopped by SIGTERM
        with started(tmp_path, "--demo", "--speed", "7") as (_, up):
            wait_for(lambda: is_at(layout, end), PATIENCE_S)
        with started(tmp_path, "--demo", "--speed", "1") as (_, up):
            wait_for(lambda: up.post("/deployments/filter"), PATIENCE_S)
            assert up.newsvane("refresh").returncode == 0
            told = up.newsvane("watch").stderr
            assert f"{SISTER}: silent: read, but nothing new since" in told
            assert f"{STATION}: drifting: " in told
            wait_for(lambda: inbox.titled(f"newsvane: {SISTER} is silent"))
            wait_for(lambda: inbox.titled(f"newsvane: {STATION} is drifting"))
            assert up.post("/flow_runs/count", flow_runs={"state": {"type": {"any_": ["CRASHED"]}}}) >= 3
        states = {one.source: one.state for one in read_health(layout, datetime.now(UTC)).sources}
        assert states == {STATION: "drifting", SISTER: "silent"}
        refresh_warehouse(layout, notify=lambda _: None)
        found, expected = articles(layout), articles(undisturbed(world, Layout.at(tmp_path / "calm"), layout))
        assert len(found) > 500
        assert found == expected
