"""Twenty sources at once: one connection per host at any time, within a run and between runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.fetch.run import SourceRun, run_source
from flows.simulator.faults import Faults
from flows.simulator.fixtures import KGALE, KVANE
from flows.simulator.serving import serve
from flows.simulator.site import Site
from flows.simulator.world import World
from flows.sources import Source
from tests.fetch.sites import settings

START = datetime(2018, 11, 20, 12, tzinfo=UTC)
RUNS = 2


@contextmanager
def stations(count: int) -> Iterator[list[Site]]:
    """Stations, each with its own clock; some responses break the connection."""
    sites = [
        Site(
            World(number // 2, KVANE if number % 2 else KGALE),
            SimulatedClock(START),
            Faults(number, rates={"reset": 0.05, "error_500": 0.05, "wrong_length": 0.05}),
            delay_s=0,
        )
        for number in range(count)
    ]
    with serve(*sites):
        yield sites


def source(site: Site, number: int) -> Source:
    return Source(
        name=f"s{number}", kind="simulated", title="s", home=f"{site.base}/", zone="America/Chicago", delay_s=0,
        feeds=(f"{site.base}/feed.xml",), sections=(f"{site.base}/news",), allow_addresses=("127.0.0.1/32",),
    )  # fmt: skip


def test_parallel_sources_hold_one_connection_per_host(tmp_path):
    def run_station(numbered: tuple[int, Site]) -> SourceRun:
        number, site = numbered
        for hour in range(RUNS):
            site.clock.move_to(START + timedelta(hours=2 * hour))
            done = run_source(source(site, number), settings(), Layout(tmp_path), {}, site.clock)
        return done

    gc.disable()  # connections must be closed by us, not by the garbage collector
    try:
        with stations(20) as sites, ThreadPoolExecutor(20) as pool:
            reports = list(pool.map(run_station, enumerate(sites)))
            logs = [list(site.log) for site in sites]
            most = [site.connections.most for site in sites]
            ports = {urlsplit(site.base).port for site in sites}
    finally:
        gc.enable()
    assert len(ports) == 20
    assert most == [1] * 20
    assert all(len(log) > 20 for log in logs)
    assert all(report.fetched for report in reports)
