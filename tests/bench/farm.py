"""Serves many simulated stations in a process of its own, with clocks in memory shared with the fetching processes."""

from __future__ import annotations

import multiprocessing
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import Array, c_int64
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import RawArray
from pathlib import Path
from urllib.parse import urlsplit

from flows.settings import ROOT
from flows.simulator.faults import Faults, Severity
from flows.simulator.fixtures import KGALE, KVANE
from flows.simulator.serving import serve
from flows.simulator.site import RequestLogEntry, Site
from flows.simulator.world import DEFAULT_START, World

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DEMO = {KVANE.call_sign: "demo_station", KGALE.call_sign: "demo_sister"}
SPAWN = multiprocessing.get_context("spawn")
Cells = Array[c_int64]


class SharedClock:
    """One clock of the farm: the fetching process sets it, also by sleeping, and the site reads it."""

    def __init__(self, cells: Cells, number: int) -> None:
        self._cells, self._number = cells, number

    def now(self) -> datetime:
        return _EPOCH + timedelta(microseconds=self._cells[self._number])

    def sleep(self, seconds: float) -> None:
        self._cells[self._number] += round(seconds * 1_000_000)

    def move_to(self, now: datetime) -> None:
        """Set the clock forward to `now`; never back."""
        self._cells[self._number] = max(self._cells[self._number], (now - _EPOCH) // timedelta(microseconds=1))


@dataclass(frozen=True)
class Plan:
    """The stations of the farm and their faults: the share of requests per kind of fault."""

    stations: int
    seed: int = 5
    rates: dict[str, float] = field(default_factory=dict)
    severity: Severity = field(default_factory=Severity)
    redesign_on: date | None = None

    def world(self, number: int) -> World:
        """The world of a station, counted from 0: the two stations by turns, with one seed per pair."""
        return World(self.seed + number // 2, KVANE if number % 2 == 0 else KGALE)

    def faults(self, number: int) -> Faults:
        """The faults of a station; of three stations two are redesigned."""
        return Faults(
            self.seed + number,
            rates=self.rates,
            bound=1000,
            severity=self.severity,
            redesign_on=self.redesign_on if number % 3 else None,
            redesign_to="wordpress" if number % 3 == 1 else "blox",
        )

    def name(self, number: int) -> str:
        """The name of the source."""
        return f"farm_{number:02}"


@dataclass
class Farm:
    """The running farm: the base URL of each site, and the clocks. `logs` and `max_connections` are set at its end."""

    plan: Plan
    cells: Cells
    bases: list[str]
    logs: list[list[RequestLogEntry]] = field(default_factory=list)
    max_connections: list[int] = field(default_factory=list)

    def clock(self, number: int) -> SharedClock:
        """The clock of one site."""
        return SharedClock(self.cells, number)


@dataclass
class FetchReport:
    """What the fetching processes report: the highest peak memory of one in bytes, every address connected to, and
    the start times of the runs per station."""

    peak_bytes: int
    connected: set[tuple[str, int]]
    started: list[list[datetime]]


@contextmanager
def farm(plan: Plan) -> Iterator[Farm]:
    """Serve the stations, each on its own port; the logs are collected at the end of the block."""
    cells: Cells = RawArray(c_int64, plan.stations)
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=_serve, args=(plan, cells, theirs), daemon=True)
    process.start()
    theirs.close()
    running = Farm(plan, cells, ours.recv())
    try:
        yield running
    finally:
        ours.send("end")
        running.logs, running.max_connections = ours.recv()
        process.join()


def _serve(plan: Plan, cells: Cells, pipe: Connection) -> None:
    sites = [
        Site(plan.world(number), SharedClock(cells, number), plan.faults(number), delay_s=0)
        for number in range(plan.stations)
    ]
    with serve(*sites):
        pipe.send([site.base for site in sites])
        pipe.recv()
    pipe.send(([site.log for site in sites], [site.connections.most for site in sites]))


def configure(folder: Path, farm: Farm, **limits: float) -> Path:
    """Write a config folder with a source for each site, based on those of the demo, and with these limits; returns the
    folder."""
    shutil.copytree(ROOT / "config", folder, ignore=shutil.ignore_patterns("sources"))
    (folder / "sources").mkdir()
    for number, base in enumerate(farm.bases):
        demo = ROOT / "config" / "sources" / f"{_DEMO[farm.plan.world(number).station.call_sign]}.toml"
        home = tomllib.loads(demo.read_text("utf-8"))["home"].rstrip("/")
        text = demo.read_text("utf-8").replace(home, base)
        (folder / "sources" / f"{farm.plan.name(number)}.toml").write_text(text, "utf-8")
    settings = folder / "newsvane.toml"
    lines = settings.read_text("utf-8").splitlines()
    kept = [line for line in lines if line.partition("=")[0].strip() not in limits]
    at = kept.index("[limits]") + 1
    kept[at:at] = [f"{name} = {value}" for name, value in limits.items()]
    settings.write_text("\n".join(kept) + "\n", "utf-8")
    return folder


def first_run_at(backlog_days: int) -> datetime:
    """The time of the first run: so many days after the stations started."""
    return datetime.combine(DEFAULT_START, datetime.min.time(), UTC) + timedelta(days=backlog_days, hours=12)


def path_of(url: str) -> str:
    """The part of a URL that the log of a site contains."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
