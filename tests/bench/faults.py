"""Benchmarks fetching under faults: runs hostile stations for simulated weeks, loads, and compares with their logs.

`python -m tests.bench.faults` (`make bench-faults`) makes about 10,000 faults in 100,000 requests on loopback, without
delays and with simulated clocks; `--stations` makes it smaller. Exits with 1 if a guarantee is broken.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flows.data_layout import Layout
from flows.fetch.archive.warc_reader import sealed
from flows.fetch.run import run_source
from flows.pipeline.load import load_batches, sync_config, unloaded
from flows.settings import load_settings
from flows.simulator.faults import FEEDS, PAGES, TRANSPORT, Severity
from flows.sources import load_sources
from flows.warehouse.connection import open_writer
from flows.warehouse.load import refresh_rollups
from flows.warehouse.publish import publish, run_checks
from tests.bench.farm import SPAWN, Cells, Farm, FetchReport, Plan, SharedClock, configure, farm, first_run_at
from tests.bench.faults_score import Score, score_run, table

WORKERS = 4
REDESIGN_AFTER = timedelta(days=4)


def rates(share: float) -> dict[str, float]:
    """The share of requests per kind of fault; `share` is the total for article pages.

    Kinds that apply to few requests are more likely there, except the 200,000 URL sitemap.
    """
    each = share / len(TRANSPORT + PAGES)
    rare = dict.fromkeys(FEEDS, 12 * each) | {"duplicate_ids": 20 * each, "robots_changes": 30 * each}
    return dict.fromkeys(TRANSPORT + PAGES, each) | rare | {"huge_sitemap": 3 * each}


@dataclass(frozen=True)
class Size:
    """The size of a benchmark: stations, days on air before the first run, and the hours after it at which the runs
    follow. Pages are fetched again after 1 h, 6 h, 1 d and 7 d, refused ones after 7 d and 14 d."""

    stations: int
    backlog_days: int
    hours: tuple[float, ...]
    share: float
    read_timeout_s: float = 1.0
    sitemap_urls: int = 200_000
    max_body_bytes: int = 16 * 1024 * 1024
    max_decoded_bytes: int = 64 * 1024 * 1024

    @property
    def limits(self) -> dict[str, float]:
        """The limits of one exchange: times in real seconds, just long enough for a response without a fault."""
        return {
            "read_timeout_s": self.read_timeout_s,
            "exchange_timeout_s": 2 * self.read_timeout_s,
            "max_body_bytes": self.max_body_bytes,
            "max_decoded_bytes": self.max_decoded_bytes,
        }

    @property
    def severity(self) -> Severity:
        """The severity of the faults: just beyond those limits."""
        return Severity(
            hang_s=1.5 * self.read_timeout_s, drip_pause_s=0.05, refuse_s=5, sitemap_urls=self.sitemap_urls
        )  # fmt: skip

    @property
    def first_run(self) -> datetime:
        """The time of the first run."""
        return first_run_at(self.backlog_days)

    @property
    def runs(self) -> list[datetime]:
        """The times of all runs."""
        return [self.first_run + timedelta(hours=hour) for hour in self.hours]


# A quick one for the tests: two weeks, with a fault in every third request.
SHORT = Size(2, 1, (0, 1, 24, 50, 170, 196, 340, 366), 0.3, 0.25, 20_000, 1_000_000, 4_000_000)
_BUSY, _CALM, _TAIL = range(0, 49, 3), range(60, 217, 12), range(240, 24 * 24, 24)
FULL = Size(22, 32, (0, 1, *_BUSY[1:], *_CALM, *_TAIL), 0.1)


def run(size: Size, data: Path, seed: int = 5) -> Score:
    """Fetch, load and score; all files stay in `data`."""
    plan = Plan(size.stations, seed, rates(size.share), size.severity, (size.first_run + REDESIGN_AFTER).date())
    layout = Layout.at(data)
    started = time.monotonic()
    with farm(plan) as running:
        os.environ["NEWSVANE_CONFIG"] = str(configure(data / "config", running, **size.limits))
        report = _fetch_all(running, size, layout)
    fetched_s = time.monotonic() - started
    notify(f"fetched in {fetched_s:.0f} s; loading {len(list(sealed(layout)))} files ...")
    load_all(layout)
    score = score_run(running, report, layout)
    score.fetch_s, score.load_s = fetched_s, time.monotonic() - started - fetched_s
    return score


def load_all(layout: Layout) -> None:
    """The refresh flow without Prefect: load new files, check, publish."""
    sync_config(layout)
    load_batches(layout, unloaded(layout, sealed(layout)), notify)
    with open_writer(layout, notify) as connection:
        refresh_rollups(connection)
        publish(connection, layout, run_checks(connection), load_settings().publish)


def _fetch_all(running: Farm, size: Size, layout: Layout) -> FetchReport:
    """All runs, in a few processes with one station at a time each."""
    with ProcessPoolExecutor(WORKERS, SPAWN, _start_worker, (running.cells, layout)) as pool:
        names = [running.plan.name(number) for number in range(size.stations)]
        results = list(pool.map(_run_station, range(size.stations), names, [size.runs] * size.stations))
    return FetchReport(
        peak_bytes=max(peak for peak, _, _ in results),
        connected={address for _, connected, _ in results for address in connected},
        started=[started for _, _, started in results],
    )


_connected: set[tuple[str, int]] = set()
_shared: tuple[Cells, Layout] | None = None


def _start_worker(cells: Cells, layout: Layout) -> None:
    """Start a fetching process: an audit hook records every connection, whichever code makes it."""
    global _shared
    _shared = cells, layout

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            _connected.add(tuple(arguments[1][:2]))

    sys.addaudithook(note)


def _run_station(number: int, name: str, times: list[datetime]) -> tuple[int, set[tuple[str, int]], list[datetime]]:
    """All runs of one station; returns peak memory and connections of the process so far, and the start times."""
    assert _shared is not None  # set by _start_worker
    cells, layout = _shared
    catalog, settings, clock = load_sources(), load_settings(), SharedClock(cells, number)
    started = []
    for at in times:
        clock.move_to(at)
        started.append(clock.now())
        run_source(catalog.by_name(name), settings, layout, catalog.places, clock)
    notify(f"{name}: {len(started)} runs done")
    return _peak_bytes(), _connected, started


def _peak_bytes() -> int:
    """The peak memory of this process. Not getrusage, which includes the memory of the parent process."""
    line = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def notify(text: str) -> None:
    """Print a progress message."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--stations", type=int, default=FULL.stations, help="about 5,000 requests each (default: %(default)s)"
    )
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--data", type=Path, help="the data folder to keep (default: a temporary one)")
    chosen = options.parse_args()
    size = replace(FULL, stations=chosen.stations)
    with tempfile.TemporaryDirectory(prefix="newsvane-faults-") as scratch:
        score = run(size, chosen.data or Path(scratch), chosen.seed)
    print(table(score))
    return 0 if score.holds else 1


if __name__ == "__main__":
    sys.exit(main())
