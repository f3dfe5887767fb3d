"""Defines a station's world: articles, weather, closings and banners as a pure function of seed and time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from flows.model import Banner, Closing, PanelReading
from flows.simulator import banner_schedule, closings_list
from flows.simulator.article import IDS_FIRST_DAY, IDS_LAST_DAY, Article, posted_of
from flows.simulator.fixtures import KVANE, SISTERS, Station
from flows.simulator.newsroom import Newsroom
from flows.simulator.rng import make_rng
from flows.simulator.storylines import CHAPTER_DAYS, Storylines
from flows.simulator.weather import Climate
from flows.simulator.wire import wire_stories

DEFAULT_START = date(2018, 11, 19)


class World:
    """One station over simulated time. `start` is its first local day; nothing is posted before it.

    All instants are aware; local hours and days are in the station's zone.
    """

    def __init__(
        self,
        seed: int = 5,
        station: Station = KVANE,
        start: date = DEFAULT_START,
        storylines: Storylines | None = None,
    ) -> None:
        self.seed, self.station, self.start, self.storylines = seed, station, start, storylines
        self.climate = Climate(seed, station, storylines.storm_on) if storylines else Climate(seed, station)
        self._newsroom = Newsroom(seed, station, self.climate, start, storylines)
        self._days: dict[date, tuple[Article, ...]] = {}

    @classmethod
    def ending(cls, epoch: date, seed: int = 5, station: Station = KVANE, days: int = CHAPTER_DAYS) -> World:
        """A world with storylines whose chapter 0 ends on the local date `epoch`; it starts `days` days earlier and
        goes on after it.

        A day's articles, weather and closings depend on the seed, the station, the epoch and the date alone: a longer
        `days` adds earlier days, later days change nothing before them. Keep the epoch to continue the same world.
        Raises ValueError if `days` is below 1 or the epoch lies outside the dates that native ids can express.
        """
        start = epoch - timedelta(days=days - 1)
        if days < 1 or start < IDS_FIRST_DAY or epoch > IDS_LAST_DAY:
            raise ValueError(f"a world runs from {IDS_FIRST_DAY} to {IDS_LAST_DAY}: {days} days to {epoch} do not fit")
        return cls(seed, station, start, Storylines(seed, epoch))

    @cached_property
    def sister(self) -> World:
        """The same world at the sister station."""
        other = World(self.seed, SISTERS[self.station.call_sign], self.start, self.storylines)
        other.__dict__["sister"] = self
        return other

    def hour(self, now: datetime) -> datetime:
        """The naive local hour that contains `now`."""
        return now.astimezone(self.station.tzinfo).replace(minute=0, second=0, microsecond=0, tzinfo=None)

    def day(self, day: date) -> tuple[Article, ...]:
        """The articles posted on a local day, in posting order."""
        if day < self.start:
            return ()
        if day not in self._days:
            sister_stories = self.sister._newsroom.own_stories(day)
            plans = self._newsroom.own_stories(day)
            plans += self._newsroom.sister_stories(day, sister_stories, self.sister.station)
            plans += self._newsroom.wire_stories(day, wire_stories(day, make_rng(self.seed, "wire", day)))
            self._days[day] = self._newsroom.publish(day, plans)
        return self._days[day]

    def articles(self, until: datetime, since: datetime | None = None) -> list[Article]:
        """Articles posted after `since` (None: ever) up to `until`, in posting order, removed ones included."""
        first = max(self.start, self.hour(since).date()) if since else self.start
        last = self.hour(until).date()
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        found = [article for day in days for article in self.day(day) if article.posted <= until]
        return [article for article in found if since is None or article.posted > since]

    def latest(self, now: datetime, count: int) -> list[Article]:
        """The newest articles that the site serves at `now`, newest first."""
        found: list[Article] = []
        day = self.hour(now).date()
        while len(found) < count and day >= self.start:
            found += [article for article in reversed(self.day(day)) if article.at(now)]
            day -= timedelta(days=1)
        return found[:count]

    def find(self, identifier: str) -> Article | None:
        """The article with that native id, even if it is posted later than now; None if there is none."""
        try:
            day = self.hour(posted_of(identifier)).date()
        except (ValueError, OverflowError):
            return None
        return next((article for article in self.day(day) if article.native_id == identifier), None)

    def panel(self, now: datetime) -> tuple[PanelReading, ...]:
        """The weather panel at `now`; it changes on the hour."""
        return self.climate.panel(self.hour(now))

    def forecast_text(self, now: datetime) -> str | None:
        """The forecast text below the panel at `now`; None if there is none."""
        return self.climate.forecast_text(self.hour(now))

    def closings(self, now: datetime) -> tuple[Closing, ...]:
        """The closings list at `now`; empty on most days."""
        return closings_list.rows(self.seed, self.station, self.climate, self.hour(now))

    def closings_updated(self, now: datetime) -> datetime:
        """The closings file's own timestamp at `now`, aware UTC."""
        local = closings_list.updated(self.closings(now), self.hour(now))
        return local.replace(tzinfo=self.station.tzinfo).astimezone(UTC)

    def banners(self, now: datetime) -> tuple[Banner, ...]:
        """The active banners in page order; they change on the hour."""
        hour = self.hour(now)
        found = [
            self._breaking(hour),
            banner_schedule.severe(self.seed, self.station, self.climate, hour),
            Banner("closings", "CLOSINGS") if self.closings(now) else None,
            banner_schedule.streaming(self.seed, self.station, hour),
        ]
        return tuple(banner for banner in found if banner)

    def _breaking(self, hour: datetime) -> Banner | None:
        day = hour.date()
        if not banner_schedule.has_breaking(self.seed, self.station, day):
            return None
        story = next((article for article in self.day(day) if article.section == "News"), None)
        if story is None:
            return None
        posted = story.posted.astimezone(self.station.tzinfo).replace(tzinfo=None)
        return banner_schedule.breaking(story.revisions[0].headline, posted, hour)
