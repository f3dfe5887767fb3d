"""The scoreboard of fetching: hostile stations visited over simulated weeks, loaded, and judged by what they logged.

`python -m tests.bench.faults` (`make bench-faults`) makes some 10 000 faults over 100 000 exchanges on loopback, with
delays of zero and simulated clocks; `--stations` makes it smaller. Exits with 1 where a promise is broken.
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

from flows.fetch.archive.warc_reader import sealed
from flows.fetch.run import visit
from flows.pipeline.load import load_batches, sync_config, unloaded
from flows.settings import Layout, load_settings
from flows.simulator.faults import FEEDS, PAGES, TRANSPORT, Severity
from flows.sources import load_sources
from flows.warehouse.connection import open_writer
from flows.warehouse.load import refresh_rollups
from flows.warehouse.publish import publish, run_checks
from tests.bench.farm import SPAWN, Cells, Farm, Plan, SharedClock, Visited, begin, configure, farm
from tests.bench.faults_judge import Score, judge, table

WORKERS = 4
REDESIGN_AFTER = timedelta(days=4)


def rates(share: float) -> dict[str, float]:
    """The share of requests per kind of fault; `share` is that of all together on an article's page.

    Kinds that only few requests can meet are made more likely there, the 200 000 URL sitemap is not.
    """
    each = share / len(TRANSPORT + PAGES)
    rare = dict.fromkeys(FEEDS, 12 * each) | {"duplicate_ids": 20 * each, "robots_changes": 30 * each}
    return dict.fromkeys(TRANSPORT + PAGES, each) | rare | {"huge_sitemap": 3 * each}


@dataclass(frozen=True)
class Size:
    """How large a run is: stations, how many days each was on the air before the first visit, and the hours after it
    at which visits follow. Pages are asked for again 1 h, 6 h, 1 d and 7 d later, refused ones after 7 d and 14 d."""

    stations: int
    backlog_days: int
    hours: tuple[float, ...]
    share: float
    silence_s: float = 1.0
    sitemap_urls: int = 200_000

    @property
    def limits(self) -> dict[str, float]:
        """What an exchange may cost in time: real seconds, as little as keeps sound answers from being cut."""
        return {"read_timeout_s": self.silence_s, "exchange_timeout_s": 2 * self.silence_s}

    @property
    def severity(self) -> Severity:
        """How hard faults hit: just beyond those limits, and all sizes as on a real web."""
        return Severity(
            hang_s=1.5 * self.silence_s, drip_pause_s=0.05, refuse_s=5, sitemap_urls=self.sitemap_urls
        )  # fmt: skip

    @property
    def begin(self) -> datetime:
        """The instant of the first visit."""
        return begin(self.backlog_days)

    @property
    def visits(self) -> list[datetime]:
        """The instants of all visits."""
        return [self.begin + timedelta(hours=hour) for hour in self.hours]


# A quick one for the tests: two weeks' news, harmed on every third request.
SHORT = Size(2, 1, (0, 1, 24, 26, 50, 170, 172, 196, 220, 340, 342, 366), 0.3, silence_s=0.25, sitemap_urls=20_000)
_BUSY, _CALM, _TAIL = range(0, 49, 3), range(60, 217, 12), range(240, 24 * 24, 24)
FULL = Size(22, 32, (0, 1, *_BUSY[1:], *_CALM, *_TAIL), 0.1)


def run(size: Size, data: Path, seed: int = 5) -> Score:
    """Visit, load and judge; everything is left in `data`."""
    plan = Plan(size.stations, seed, rates(size.share), size.severity, (size.begin + REDESIGN_AFTER).date())
    layout = Layout.at(data)
    started = time.monotonic()
    with farm(plan) as running:
        os.environ["NEWSVANE_CONFIG"] = str(configure(data / "config", running, **size.limits))
        visited = _visit_all(running, size, layout)
    fetched_s = time.monotonic() - started
    say(f"fetched in {fetched_s:.0f} s; loading {len(list(sealed(layout)))} files ...")
    load_all(layout)
    score = judge(running, visited, layout)
    score.fetch_s, score.load_s = fetched_s, time.monotonic() - started - fetched_s
    return score


def load_all(layout: Layout) -> None:
    """What the refresh flow does, without Prefect: load what is new, check it, publish it."""
    sync_config(layout)
    load_batches(layout, unloaded(layout, sealed(layout)), say)
    with open_writer(layout, say) as connection:
        refresh_rollups(connection)
        publish(connection, layout, run_checks(connection), load_settings().publish.keep)


def _visit_all(running: Farm, size: Size, layout: Layout) -> Visited:
    """All visits, one station at a time in each of a few processes, as ingest runs are."""
    with ProcessPoolExecutor(WORKERS, SPAWN, _enter, (running.cells, layout)) as pool:
        names = [running.plan.name(number) for number in range(size.stations)]
        told = list(pool.map(_visits, range(size.stations), names, [size.visits] * size.stations))
    return Visited(
        peak_bytes=max(peak for peak, _, _ in told),
        connected={address for _, connected, _ in told for address in connected},
        begun=[begun for _, _, begun in told],
    )


_connected: set[tuple[str, int]] = set()
_shared: tuple[Cells, Layout] | None = None


def _enter(cells: Cells, layout: Layout) -> None:
    """Begin a visiting process: Python itself will tell of every connection it makes, whoever makes it."""
    global _shared
    _shared = cells, layout

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            _connected.add(tuple(arguments[1][:2]))

    sys.addaudithook(note)


def _visits(number: int, name: str, instants: list[datetime]) -> tuple[int, set[tuple[str, int]], list[datetime]]:
    """All visits at one station; returns the process's peak memory and connections so far, and when visits began."""
    assert _shared is not None  # set as the process began
    cells, layout = _shared
    catalog, settings, clock = load_sources(), load_settings(), SharedClock(cells, number)
    begun = []
    for at in instants:
        clock.move_to(at)
        begun.append(clock.now())
        visit(catalog.by_name(name), settings, layout, catalog.places, clock)
    say(f"{name}: {len(begun)} visits done")
    return _peak_bytes(), _connected, begun


def _peak_bytes() -> int:
    """The most memory this process held. Not getrusage: there a new process is charged with what its parent held."""
    line = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def say(text: str) -> None:
    """A line for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--stations", type=int, default=FULL.stations, help="some 5 000 exchanges each (default: %(default)s)"
    )
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--data", type=Path, help="keep archive and warehouse here (default: thrown away)")
    chosen = options.parse_args()
    size = replace(FULL, stations=chosen.stations)
    with tempfile.TemporaryDirectory(prefix="newsvane-faults-") as scratch:
        score = run(size, chosen.data or Path(scratch), chosen.seed)
    print(table(score))
    return 0 if score.holds else 1


if __name__ == "__main__":
    sys.exit(main())
