"""The simulated weather over one station's towns: temperature, sky, snow days, storms, forecast words and the panel."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from functools import lru_cache

from flows.model import PanelReading
from flows.simulator.fixtures import Station, Town
from flows.simulator.rng import dice, drift, share

CONDITIONS = ("Clear", "Few Clouds", "Scattered Clouds", "Partly Cloudy", "Broken Clouds", "Overcast")
_WET = ("Sprinkles are possible through the morning.", "A few showers will cross the area.", "Drizzle lingers early.")
_DRY = ("Most of the day stays dry and sunny.", "Sunshine wins by noon.", "Clouds come and go without rain.")
_SNOW = ("Snow will pile up through the day.", "Bands of snow keep roads slick.", "Heavy snow tapers off after dark.")
_WINDS = ("Winds stay light.", "Gusts reach 25 mph.", "A steady north wind adds a chill.", "Southerly winds pick up.")
_PHRASES = ("Mostly quiet tonight", "Another cold start", "Changes by the weekend")


class Climate:
    """A station's weather as a pure function of the seed and local time. Hours are naive and local, degrees °F."""

    def __init__(self, seed: int, station: Station) -> None:
        self._seed, self._station = seed, station

    def mean_f(self, day: date) -> float:
        """The mean of a local day: the season, passing fronts, and a cold snap in some winter weeks."""
        season = 53 - 22 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 18) / 365)
        return season + 12 * drift(day.toordinal() / 4, self._seed, self._station.call_sign, "front") - self._snap(day)

    def range(self, day: date) -> tuple[int, int]:
        """The region's low and high of a local day."""
        return round(self.mean_f(day) - 8), round(self.mean_f(day) + 8)

    def is_snowy(self, day: date) -> bool:
        """Whether snow falls on a local day."""
        return self.mean_f(day) < 34 and share(self._seed, self._station.call_sign, "snow", day) < 0.3

    def is_cold(self, day: date) -> bool:
        """Whether a local day's mean stays below 20 °F."""
        return self.mean_f(day) < 20

    def is_stormy(self, day: date) -> bool:
        """Whether thunderstorms come up in the afternoon of a warm local day."""
        return self.mean_f(day) > 62 and share(self._seed, self._station.call_sign, "storm", day) < 0.2

    def temp_f(self, hour: datetime, town: Town) -> float:
        """The temperature of a town in a local hour, unrounded. Towns read by one thermometer agree."""
        day, into = hour.date(), hour.hour / 24
        mean = self.mean_f(day) * (1 - into) + self.mean_f(day + timedelta(days=1)) * into
        wobble = 3 * share(self._seed, "gauge", town.observed_by, hour) - 1.5
        return mean - 8 * math.cos(2 * math.pi * (into - 0.16)) + town.warmth + wobble

    @lru_cache(maxsize=4096)  # noqa: B019 - a climate lives as long as its world
    def panel(self, hour: datetime) -> tuple[PanelReading, ...]:
        """The panel of a local hour, one row a town."""
        return tuple(self._reading(hour, town, at) for at, town in enumerate(self._station.towns, start=1))

    def forecast_text(self, hour: datetime) -> str | None:
        """The words below the panel, rewritten at 4 and at 16 o'clock; a phrase on some days, nothing on a few."""
        shift = hour - timedelta(hours=4)
        day = shift.date()
        luck = dice(self._seed, self._station.call_sign, "forecast", day, shift.hour // 12)
        mood = luck.random()
        if mood < 0.12:
            return luck.choice(_PHRASES) if mood > 0.04 else None
        sky = _SNOW if self.is_snowy(day) else _WET if luck.random() < 0.4 else _DRY
        high = self.range(day)[1]
        return f"{luck.choice(sky)} Highs will be near {high} degrees. {luck.choice(_WINDS)} {self._outlook(day)}"

    def _reading(self, hour: datetime, town: Town, position: int) -> PanelReading:
        left = [self.temp_f(hour + timedelta(hours=ahead), town) for ahead in range(24 - hour.hour)]
        luck = dice(self._seed, "sky", town.observed_by, hour)
        temp, wind = left[0], luck.uniform(3, 18)
        condition = luck.choice(CONDITIONS)
        high, low = round(max(left)) + luck.randint(-2, 1), round(min(left)) + luck.randint(-3, 0)
        return PanelReading(
            place=town.name,
            condition="Overcast" if self.is_snowy(hour.date()) else condition,
            temp_f=round(temp),
            hi_f=max(high, low),  # near midnight little is left of the day
            lo_f=low,
            feels_like_f=round(feels_like(temp, wind)),
            position=position,
        )

    def _snap(self, day: date) -> float:
        year, week, _ = day.isocalendar()
        has_snap = day.month in (12, 1, 2) and share(self._seed, self._station.call_sign, "snap", year, week) < 0.25
        return 17.0 if has_snap else 0.0

    def _outlook(self, day: date) -> str:
        later = day + timedelta(days=2)
        change = self.mean_f(later) - self.mean_f(day)
        if abs(change) < 3:
            return "Little change is expected through the week."
        return f"It turns {'warmer' if change > 0 else 'colder'} by {later:%A}."


def feels_like(temp_f: float, wind_mph: float) -> float:
    """The NWS wind chill of 2001, defined up to 50 °F; above that the temperature itself."""
    if temp_f > 50:
        return temp_f
    speed = math.pow(wind_mph, 0.16)
    return 35.74 + 0.6215 * temp_f - 35.75 * speed + 0.4275 * temp_f * speed
