"""The demo's simulated world: storylines that end on the day of the first run and go on from there on later runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Self

from flows.errors import ConfigError
from flows.settings import DEMO_MARK, Layout
from flows.simulator.fixtures import Station
from flows.simulator.storylines import Storylines
from flows.simulator.world import World
from flows.sources import Source

WEEKS: Final = 4
SEED: Final = 5
_FIRST_RUN: Final = time(6)  # local time of the source


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """Which world a demo data folder observes: `epoch` is the local day on which its first `weeks` weeks ended.

    The same values give the same stations, articles and weather, so that a later run continues the world.
    """

    epoch: date
    weeks: int = WEEKS
    seed: int = SEED

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

    def first_run(self, source: Source) -> datetime:
        """When the source is observed first (aware): 06:00 local time on the first day."""
        return datetime.combine(self.first_day, _FIRST_RUN, source.tzinfo)

    @classmethod
    def read(cls, layout: Layout) -> Self | None:
        """The world of a data folder, None if it holds no demo. Raises ConfigError for a damaged file."""
        path = demo_file(layout)
        try:
            found = json.loads(path.read_text("utf-8"))
            return cls(date.fromisoformat(found["epoch"]), int(found["weeks"]), int(found["seed"]))
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError) as error:
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
        layout.data.mkdir(parents=True, exist_ok=True)
        fresh = demo_file(layout).with_suffix(".fresh")
        fresh.write_text(json.dumps(asdict(made) | {"epoch": made.epoch.isoformat()}), "utf-8")
        fresh.replace(demo_file(layout))
        return made


def demo_file(layout: Layout) -> Path:
    """The file that marks a data folder as the demo's."""
    return layout.data / DEMO_MARK
