"""Simulates the weather of one station's towns: temperatures, snow days, storms, forecast text and the panel."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from flows.model import PanelReading
from flows.simulator.fixtures import Station, Town
from flows.simulator.rng import make_rng, smooth_noise, uniform
from flows.simulator.storms import Storm, season_f

CONDITIONS = ("Clear", "Few Clouds", "Scattered Clouds", "Partly Cloudy", "Broken Clouds", "Overcast")
_WET = ("Sprinkles are possible through the morning.", "A few showers will cross the area.", "Drizzle lingers early.")
_DRY = ("Most of the day stays dry and sunny.", "Sunshine wins by noon.", "Clouds come and go without rain.")
_SNOW = ("Snow will pile up through the day.", "Bands of snow keep roads slick.", "Heavy snow tapers off after dark.")
_WINDS = ("Winds stay light.", "Gusts reach 25 mph.", "A steady north wind adds a chill.", "Southerly winds pick up.")
_PHRASES = ("Mostly quiet tonight", "Another cold start", "Changes by the weekend")


class Climate:
    """A station's weather as a pure function of seed and local time. Hours are naive local times, temperatures °F.

    `storm_on` gives the scheduled storm of a local day, None for no storm."""

    def __init__(
        self, seed: int, station: Station, storm_on: Callable[[date], Storm | None] = lambda day: None
    ) -> None:
        self._seed, self._station, self.storm_on = seed, station, storm_on

    @lru_cache(maxsize=4096)  # noqa: B019 - a climate lives as long as its world
    def mean_f(self, day: date) -> float:
        """The mean temperature of a local day: season, passing fronts, and cold snaps in some winter weeks; on a day
        with a scheduled storm within that storm's range."""
        front = 12 * smooth_noise(day.toordinal() / 4, self._seed, self._station.call_sign, "front")
        mean = season_f(day) + front - self._cold_snap(day)
        if storm := self.storm_on(day):
            low, high = storm.mean_range_f
            return max(low, min(high, mean))
        return mean

    def low_high(self, day: date) -> tuple[int, int]:
        """The region's low and high temperature of a local day."""
        return round(self.mean_f(day) - 8), round(self.mean_f(day) + 8)

    def is_snowy(self, day: date) -> bool:
        """Whether snow falls on a local day."""
        if storm := self.storm_on(day):
            return storm.is_wintry
        return self.mean_f(day) < 34 and uniform(self._seed, self._station.call_sign, "snow", day) < 0.3

    def is_cold(self, day: date) -> bool:
        """Whether a local day's mean stays below 20 °F."""
        return self.mean_f(day) < 20

    def is_stormy(self, day: date) -> bool:
        """Whether thunderstorms form in the afternoon of a warm local day."""
        if storm := self.storm_on(day):
            return not storm.is_wintry
        return self.mean_f(day) > 62 and uniform(self._seed, self._station.call_sign, "storm", day) < 0.2

    def temp_f(self, hour: datetime, town: Town) -> float:
        """The unrounded temperature of a town in a local hour; equal for towns that share a thermometer."""
        day, part = hour.date(), hour.hour / 24
        mean = self.mean_f(day) * (1 - part) + self.mean_f(day + timedelta(days=1)) * part
        noise = 3 * uniform(self._seed, "gauge", town.thermometer, hour) - 1.5
        return mean - 8 * math.cos(2 * math.pi * (part - 0.16)) + town.offset_f + noise

    @lru_cache(maxsize=4096)  # noqa: B019 - a climate lives as long as its world
    def panel(self, hour: datetime) -> tuple[PanelReading, ...]:
        """The weather panel of a local hour, one row per town."""
        return tuple(self._reading(hour, town, at) for at, town in enumerate(self._station.towns, start=1))

    def forecast_text(self, hour: datetime) -> str | None:
        """The text below the panel, rewritten at 04:00 and 16:00; a short phrase on some days, None on a few."""
        shift = hour - timedelta(hours=4)
        day = shift.date()
        rng = make_rng(self._seed, self._station.call_sign, "forecast", day, shift.hour // 12)
        draw = rng.random()
        if draw < 0.12:
            return rng.choice(_PHRASES) if draw > 0.04 else None
        sky = self._outlooks(day, rng)
        high = self.low_high(day)[1]
        return f"{rng.choice(sky)} Highs will be near {high} degrees. {rng.choice(_WINDS)} {self._outlook(day)}"

    def closes_schools(self, day: date) -> bool:
        """Whether snow, a scheduled storm or a low below 8 °F closes schools on a local day."""
        return self.is_snowy(day) or self.storm_on(day) is not None or self.low_high(day)[0] < 8

    def winter_product(self, day: date) -> str:
        """The NWS product of a snowy or cold local day without a scheduled storm."""
        return "Winter Weather Advisory" if self.is_snowy(day) else "Wind Chill Advisory"

    def _outlooks(self, day: date, rng: Random) -> tuple[str, ...]:
        if storm := self.storm_on(day):
            return storm.outlooks
        return _SNOW if self.is_snowy(day) else _WET if rng.random() < 0.4 else _DRY

    def _reading(self, hour: datetime, town: Town, position: int) -> PanelReading:
        remaining = [self.temp_f(hour + timedelta(hours=ahead), town) for ahead in range(24 - hour.hour)]
        rng = make_rng(self._seed, "sky", town.thermometer, hour)
        temp, wind = remaining[0], rng.uniform(3, 18)
        condition = rng.choice(CONDITIONS)
        high, low = round(max(remaining)) + rng.randint(-2, 1), round(min(remaining)) + rng.randint(-3, 0)
        return PanelReading(
            place=town.name,
            condition="Overcast" if self.is_snowy(hour.date()) or self.storm_on(hour.date()) else condition,
            temp_f=round(temp),
            hi_f=max(high, low),  # near midnight the two offsets can cross
            lo_f=low,
            feels_like_f=round(feels_like(temp, wind)),
            position=position,
        )

    def _cold_snap(self, day: date) -> float:
        year, week, _ = day.isocalendar()
        has_snap = day.month in (12, 1, 2) and uniform(self._seed, self._station.call_sign, "snap", year, week) < 0.25
        return 17.0 if has_snap else 0.0

    def _outlook(self, day: date) -> str:
        later = day + timedelta(days=2)
        change = self.mean_f(later) - self.mean_f(day)
        if abs(change) < 3:
            return "Little change is expected through the week."
        return f"It turns {'warmer' if change > 0 else 'colder'} by {later:%A}."


def feels_like(temp_f: float, wind_mph: float) -> float:
    """The NWS wind chill formula of 2001, defined up to 50 °F; above that the temperature itself."""
    if temp_f > 50:
        return temp_f
    speed = math.pow(wind_mph, 0.16)
    return 35.74 + 0.6215 * temp_f - 35.75 * speed + 0.4275 * temp_f * speed
