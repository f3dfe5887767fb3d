"""Many simulated stations in a process of their own, on clocks that lie in memory shared with their visitors."""

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
    """One clock of the farm: its visitor moves it, also by sleeping, and the site reads it."""

    def __init__(self, cells: Cells, number: int) -> None:
        self._cells, self._number = cells, number

    def now(self) -> datetime:
        return _EPOCH + timedelta(microseconds=self._cells[self._number])

    def sleep(self, seconds: float) -> None:
        self._cells[self._number] += round(seconds * 1_000_000)

    def move_to(self, now: datetime) -> None:
        """Jump forward to `now`; never back."""
        self._cells[self._number] = max(self._cells[self._number], (now - _EPOCH) // timedelta(microseconds=1))


@dataclass(frozen=True)
class Plan:
    """Which stations stand on the farm, and how they misbehave: shares of requests per kind of fault."""

    stations: int
    seed: int = 5
    rates: dict[str, float] = field(default_factory=dict)
    severity: Severity = field(default_factory=Severity)
    redesign_on: date | None = None

    def world(self, number: int) -> World:
        """The world of a station, counted from 0: the two casts in turn, a seed for each pair."""
        return World(self.seed + number // 2, KVANE if number % 2 == 0 else KGALE)

    def faults(self, number: int) -> Faults:
        """What a station does to its visitors; of three, one stays as it is and two take on a new look."""
        return Faults(
            self.seed + number,
            rates=self.rates,
            bound=1000,
            severity=self.severity,
            redesign_on=self.redesign_on if number % 3 else None,
            redesign_to="wordpress" if number % 3 == 1 else "blox",
        )

    def name(self, number: int) -> str:
        """The source's name."""
        return f"farm_{number:02}"


@dataclass
class Farm:
    """The running farm: where each site is, and the clocks. `logs` and `most_connections` are there once it ended."""

    plan: Plan
    cells: Cells
    bases: list[str]
    logs: list[list[RequestLogEntry]] = field(default_factory=list)
    most_connections: list[int] = field(default_factory=list)

    def clock(self, number: int) -> SharedClock:
        """The clock that one site reads."""
        return SharedClock(self.cells, number)


@dataclass
class Visited:
    """What the visiting processes report: the highest peak memory of one in bytes, every address connected to, and
    when each station's visits began."""

    peak_bytes: int
    connected: set[tuple[str, int]]
    begun: list[list[datetime]]


@contextmanager
def farm(plan: Plan) -> Iterator[Farm]:
    """Serve the plan's stations, each on a port of its own; the logs are fetched when the block is left."""
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
        running.logs, running.most_connections = ours.recv()
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
    """A config folder with a source for each site, made from the demo's, and those limits on top of the shipped ones;
    returns the folder."""
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


def begin(backlog_days: int) -> datetime:
    """The instant of the first visit: that many days after the stations went on the air."""
    return datetime.combine(DEFAULT_START, datetime.min.time(), UTC) + timedelta(days=backlog_days, hours=12)


def path_of(url: str) -> str:
    """The part of a URL that a site's log holds."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
