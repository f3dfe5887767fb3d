"""Defines the kinds of storm that a storyline can schedule, and which kind fits a season."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal

_WINTER_BELOW_F, _SNOW_BELOW_F = 47.0, 38.0  # seasonal means


@dataclass(frozen=True, slots=True)
class Storm:
    """One kind of storm. Daily means stay within `mean_range_f`; `product` is the NWS product in force, `advice` the
    last paragraph of its story; `outlooks` open the forecast text; `hazard` fills a slot of the storm's stories."""

    kind: Literal["snow", "ice", "thunder"]
    mean_range_f: tuple[float, float]
    product: str
    advice: str
    outlooks: tuple[str, ...]
    hazard: str

    @property
    def is_wintry(self) -> bool:
        """Whether it brings snow or ice."""
        return self.kind != "thunder"


SNOW = Storm(
    "snow", (8.0, 24.0), "Winter Storm Warning",
    "Travel could be impossible at times. Have gloves, a blanket and a charged phone in the car.",
    ("Heavy snow and wind close in through the day.", "Snow falls an inch an hour.", "Blowing snow cuts visibility."),
    "snow",
)  # fmt: skip
ICE = Storm(
    "ice", (25.0, 31.0), "Ice Storm Warning",
    "Ice will bring down limbs and power lines. Have flashlights, water and a charged phone at hand.",
    ("Freezing rain coats roads and trees.", "Ice builds up through the day.", "Sleet turns to freezing rain by noon."),
    "ice",
)  # fmt: skip
THUNDER = Storm(
    "thunder", (64.0, 82.0), "Severe Thunderstorm Warning",
    "Go to an inside room away from windows when a warning covers your street.",
    ("Severe storms form in the afternoon.", "Storms bring hail and damaging wind.", "A second line of storms forms."),
    "wind",
)  # fmt: skip


def season_f(day: date) -> float:
    """The mean temperature of the season on a local day, °F: 31 in mid-January, 75 in mid-July."""
    return 53 - 22 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 18) / 365)


def is_winter(day: date) -> bool:
    """Whether a local day is in the season of snow and ice, early November to the end of March."""
    return season_f(day) < _WINTER_BELOW_F


def storm_of_season(day: date) -> Storm:
    """The kind of storm that fits the season of a local day."""
    if not is_winter(day):
        return THUNDER
    return SNOW if season_f(day) < _SNOW_BELOW_F else ICE
