"""The simulated weather of one station's towns: temperature, sky, snow days, forecast words, panel and closings."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from flows.model import Closing, PanelReading
from flows.station.cast import Town
from flows.station.chance import dice, drift, share

CONDITIONS = ("Clear", "Few Clouds", "Scattered Clouds", "Partly Cloudy", "Broken Clouds", "Overcast")
_ORGANISATIONS = (
    "{town} Public Schools", "{town} Head Start", "{town} Senior Center", "First Church of {town}",
    "{town} Community College", "{town} County Offices",
)  # fmt: skip
_STATUSES = ("Closed Today", "Classes delayed 2 hours", "Closed Tomorrow", "No evening activities", "Opening at 10 AM")
_WET = ("Sprinkles are possible through the morning.", "A few showers will cross the area.", "Drizzle lingers early.")
_DRY = ("Most of the day stays dry and sunny.", "Sunshine wins by noon.", "Clouds come and go without rain.")
_SNOW = ("Snow will pile up through the day.", "Bands of snow keep roads slick.", "Heavy snow tapers off after dark.")
_WINDS = ("Winds stay light.", "Gusts reach 25 mph.", "A steady north wind adds a chill.", "Southerly winds pick up.")


@dataclass(frozen=True, slots=True)
class Climate:
    """All weather of one region as a pure function of (seed, zone, instant); degrees Fahrenheit."""

    seed: int
    region: str
    zone: ZoneInfo
    towns: tuple[Town, ...]

    def mean_f(self, day: date) -> float:
        """The region's mean of a local day: season, passing fronts, and cold snaps in some winter weeks."""
        season = 52 - 24 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 18) / 365)
        return season + self._front(day) - self._snap(day)

    def temp_f(self, at: datetime, town: Town) -> float:
        """The temperature at an instant, unrounded."""
        local = at.astimezone(self.zone)
        into = (local.hour + local.minute / 60) / 24
        day, after = local.date(), local.date() + timedelta(days=1)
        mean = self.mean_f(day) * (1 - into) + self.mean_f(after) * into
        wobble = 3 * share(self.seed, "gauge", town.observed_by, local.date(), local.hour) - 1.5
        return mean - 8 * math.cos(2 * math.pi * (into - 0.16)) + town.warmth + wobble

    def is_snowy(self, day: date) -> bool:
        """Whether snow falls on a local day."""
        return self.mean_f(day) < 34 and share(self.seed, self.region, "snow", day) < 0.4

    def is_cold(self, day: date) -> bool:
        """Whether the day's mean stays below 22 °F."""
        return self.mean_f(day) < 22

    def panel(self, at: datetime) -> tuple[PanelReading, ...]:
        """The panel as shown at an instant; it changes on the hour."""
        return _panel(self, at.replace(minute=0, second=0, microsecond=0))

    def forecast_text(self, at: datetime) -> str:
        """The forecast paragraph, rewritten at 4 and 16 o'clock local."""
        local = at.astimezone(self.zone) - timedelta(hours=4)
        luck = dice(self.seed, self.region, "forecast", local.date(), local.hour // 12)
        high = round(self.mean_f(local.date()) + 8)
        first = luck.choice(_SNOW if self.is_snowy(local.date()) else _WET if luck.random() < 0.4 else _DRY)
        return f"{first} Highs will be near {high} degrees. {luck.choice(_WINDS)} {self._outlook(local.date())}"

    def closings(self, at: datetime) -> tuple[datetime | None, tuple[Closing, ...]]:
        """The closings list at an instant: when it was updated (aware, None for an empty list) and its rows."""
        local = at.astimezone(self.zone)
        day = local.date()
        if not self.has_closings(at):
            return None, ()
        updated = datetime.combine(day, time(5, 10) if local.hour < 15 else time(15, 20), self.zone)
        luck = dice(self.seed, self.region, "closings", day, local.hour < 15)
        rows = []
        for town in self.towns:
            for pattern in luck.sample(_ORGANISATIONS, luck.randint(1, 3)):
                status = luck.choice(_STATUSES)
                due = day + timedelta(days=status.endswith("Tomorrow"))
                rows.append(Closing(pattern.format(town=town.name), status, due))
        return updated, tuple(rows)

    def has_closings(self, at: datetime) -> bool:
        """Whether the closings bar is up: from 5:10 to 21:00 of a snow day."""
        local = at.astimezone(self.zone)
        return self.is_snowy(local.date()) and time(5, 10) <= local.time() < time(21)

    def severe(self, at: datetime) -> str | None:
        """The products of the severe-weather bar, None where it is down."""
        local = at.astimezone(self.zone)
        if self.is_snowy(local.date()):
            both = share(self.seed, self.region, "severe", local.date()) < 0.4
            return "Winter Weather Advisory - Wind Advisory" if both else "Winter Weather Advisory"
        return "Wind Chill Advisory" if self.is_cold(local.date()) and local.hour < 12 else None

    def _front(self, day: date) -> float:
        return 13 * drift(day.toordinal() / 4, self.seed, self.region, "front")

    def _snap(self, day: date) -> float:
        year, week, _ = day.isocalendar()
        is_winter = day.month in (12, 1, 2)
        return 22.0 if is_winter and share(self.seed, self.region, "snap", year, week) < 0.35 else 0.0

    def _outlook(self, day: date) -> str:
        change = self.mean_f(day + timedelta(days=2)) - self.mean_f(day)
        if abs(change) < 3:
            return "Little change is expected through the week."
        return f"It turns {'warmer' if change > 0 else 'colder'} by {day + timedelta(days=2):%A}."


@lru_cache(maxsize=4096)
def _panel(climate: Climate, hour: datetime) -> tuple[PanelReading, ...]:
    return tuple(_reading(climate, hour, town, position) for position, town in enumerate(climate.towns, start=1))


def _reading(climate: Climate, hour: datetime, town: Town, position: int) -> PanelReading:
    local = hour.astimezone(climate.zone)
    left = [hour + timedelta(hours=ahead) for ahead in range(24 - local.hour)]
    ahead = [climate.temp_f(at, town) for at in left]
    luck = dice(climate.seed, "sky", town.observed_by, local.date(), local.hour)
    condition = "Overcast" if climate.is_snowy(local.date()) else luck.choice(CONDITIONS)
    temp = climate.temp_f(hour, town)
    wind = 3 + 15 * luck.random()
    return PanelReading(
        place=town.name,
        condition=condition,
        temp_f=round(temp),
        hi_f=round(max(ahead) + luck.randint(-2, 1)),
        lo_f=round(min(ahead) + luck.randint(-3, 0)),
        feels_like_f=round(_feels_like(temp, wind)),
        position=position,
    )


def _feels_like(temp_f: float, wind_mph: float) -> float:
    """The NWS wind chill of 2001, defined up to 50 °F; above that the temperature itself."""
    if temp_f > 50:
        return temp_f
    speed = wind_mph**0.16
    return 35.74 + 0.6215 * temp_f - 35.75 * speed + 0.4275 * temp_f * speed
