"""The demo's simulated world: storylines that end on the day of the first run and go on from there on later runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Self

from flows.clock import Clock, StoppedClock
from flows.data_layout import DEMO_MARK, Layout
from flows.errors import ConfigError
from flows.simulator.faults import Faults
from flows.simulator.fixtures import Station
from flows.simulator.site import Site
from flows.simulator.storylines import Storylines
from flows.simulator.world import World
from flows.sources import Source

WEEKS: Final = 4
SEED: Final = 5
_FIRST_RUN: Final = time(6)  # local time of the source


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """Which world a demo data folder observes: `epoch` is the local day on which its first `weeks` weeks ended.

    The same values give the same stations, articles and weather, so that a later run continues the world. `redesigned`
    and `stopped` (source -> local day) say from when a station has other templates, or publishes nothing new.
    """

    epoch: date
    weeks: int = WEEKS
    seed: int = SEED
    redesigned: dict[str, date] = field(default_factory=dict)
    stopped: dict[str, date] = field(default_factory=dict)

    @property
    def first_day(self) -> date:
        """The first local day of the stations."""
        return self.epoch - timedelta(weeks=self.weeks) + timedelta(days=1)

    @property
    def storylines(self) -> Storylines:
        """What happens in the world."""
        return Storylines(self.seed, self.epoch)

    def world(self, station: Station) -> World:
        """The world as this station reports it."""
        return World(self.seed, station, self.first_day, self.storylines)

    def site(self, source: Source, station: Station, clock: Clock) -> Site:
        """The station as a site, with its redesign and its end."""
        day = self.redesigned.get(source.name)
        faults = Faults(rates={}, redesign_on=day) if day else None
        if stop := self.stopped.get(source.name):
            clock = StoppedClock(clock, datetime.combine(stop, time(0), source.tzinfo))
        return Site(self.world(station), clock, faults, delay_s=0)

    def first_run(self, source: Source) -> datetime:
        """When the source is observed first (aware): 06:00 local time on the first day."""
        return datetime.combine(self.first_day, _FIRST_RUN, source.tzinfo)

    @classmethod
    def read(cls, layout: Layout) -> Self | None:
        """The world of a data folder, None if it holds no demo. Raises ConfigError for a damaged file."""
        path = demo_file(layout)
        try:
            found = json.loads(path.read_text("utf-8"))
            events = (_days(found.get(name, {})) for name in ("redesigned", "stopped"))
            return cls(date.fromisoformat(found["epoch"]), int(found["weeks"]), int(found["seed"]), *events)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(
                f"{path}: damaged ({error}): give another folder with --data, or delete this one"
            ) from error

    @classmethod
    def read_or_create(cls, layout: Layout, today: date, weeks: int = WEEKS) -> Self:
        """The world of a data folder; a folder without one gets a world of `weeks` weeks that ends today.

        Raises ConfigError for a folder that holds the data of real sources.
        """
        if found := cls.read(layout):
            return found
        if layout.raw.exists():
            raise ConfigError(
                f"{layout.data}: holds data that is not of the demo: leave out --data, or give a new folder"
            )
        made = cls(today, weeks)
        made.write(layout)
        return made

    def write(self, layout: Layout) -> None:
        """Make this the world of the data folder."""
        layout.data.mkdir(parents=True, exist_ok=True)
        fresh = demo_file(layout).with_suffix(".fresh")
        fresh.write_text(json.dumps(asdict(self), default=date.isoformat), "utf-8")
        fresh.replace(demo_file(layout))


def _days(found: dict[str, str]) -> dict[str, date]:
    return {source: date.fromisoformat(day) for source, day in found.items()}


def demo_file(layout: Layout) -> Path:
    """The file that marks a data folder as the demo's."""
    return layout.data / DEMO_MARK
