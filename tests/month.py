"""A simulated month, fetched over HTTP and loaded once per test run, with the stations' own request logs."""

from __future__ import annotations

import fcntl
import json
import shutil
import socket
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.fetch.archive.warc_reader import sealed
from flows.pipeline.load import load_batches, sync_config
from flows.pipeline.simulate import simulate
from flows.settings import DEMO_CONFIG, load_settings
from flows.simulator.site import RequestLogEntry
from flows.simulator.world import DEFAULT_START, World
from flows.sources import load_sources
from flows.warehouse.connection import open_writer
from flows.warehouse.load import refresh_rollups
from flows.warehouse.publish import publish, run_checks

DAYS = 30
EVERY = timedelta(hours=12)
SOURCES = {"demo_station": "KVANE", "demo_sister": "KGALE"}


@dataclass(frozen=True)
class Month:
    """A loaded warehouse, and per source the log of requests that the station received: simulated instant (aware UTC),
    path, status."""

    layout: Layout
    config: Path
    log: dict[str, list[tuple[datetime, str, int]]]

    def world(self, source: str) -> World:
        """The world a source reports from."""
        first = World()
        return first if first.station.call_sign == SOURCES[source] else first.sister

    def served(self, source: str) -> dict[str, list[datetime]]:
        """Path -> the instants at which its article was served, or answered with 304."""
        found: dict[str, list[datetime]] = defaultdict(list)
        for at, path, status in self.log[source]:
            if path.startswith("/content/") and status in (200, 304):
                found[path].append(at)
        return dict(found)


def month_at(folder: Path) -> Month:
    """The month in `folder`, made there if it does not exist; test processes that need it at once share one."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "log.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            made = make(folder)
            done.write_text(json.dumps({name: [(at.isoformat(), *rest) for at, *rest in rows] for name, rows in made}))
    log = {
        name: [(datetime.fromisoformat(at), path, status) for at, path, status in rows]
        for name, rows in json.loads(done.read_text("utf-8")).items()
    }
    return Month(Layout.at(folder / "data"), folder / "config", log)


def make(folder: Path) -> list[tuple[str, list[tuple[datetime, str, int]]]]:
    """Visit both stations through the month, load and publish; returns the requests they received."""
    config, layout = config_in(folder), Layout.at(folder / "data")
    # Spawned, not forked: the threads of DuckDB do not survive a fork.
    with ProcessPoolExecutor(len(SOURCES), mp_context=get_context("spawn")) as pool:
        logs = list(pool.map(visit_through_the_month, SOURCES, [config] * len(SOURCES), [layout] * len(SOURCES)))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NEWSVANE_CONFIG", str(config))
        sync_config(layout)
        load_batches(layout, sealed(layout), print)
    with open_writer(layout, print) as connection:
        refresh_rollups(connection)
        publish(connection, layout, run_checks(connection))
    return list(zip(SOURCES, logs, strict=True))


def visit_through_the_month(name: str, config: Path, layout: Layout) -> list[tuple[datetime, str, int]]:
    """Visit one station through the month; returns the requests it received."""
    catalog, entries = load_sources(config), list[RequestLogEntry]()
    source = catalog.by_name(name)
    since = datetime.combine(DEFAULT_START, datetime.min.time(), source.tzinfo) + timedelta(hours=5)
    until = since + timedelta(days=DAYS)
    simulate(source, load_settings(config), layout, catalog.places, since, until, EVERY, log=entries)
    return [(entry.at.astimezone(UTC), entry.path, entry.status) for entry in entries]


def config_in(folder: Path) -> Path:
    """The demo's config, with the simulated stations on free ports."""
    config = Path(shutil.copytree(DEMO_CONFIG, folder / "config"))
    for name in SOURCES:
        path = config / "sources" / f"{name}.toml"
        home = load_sources(DEMO_CONFIG).by_name(name).home.rstrip("/")
        path.write_text(path.read_text("utf-8").replace(home, f"http://127.0.0.1:{free_port()}"), "utf-8")
    return config


def free_port() -> int:
    """A loopback port that no process listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
