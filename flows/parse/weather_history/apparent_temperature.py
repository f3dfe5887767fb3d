"""Computes wind chill, heat index and relative humidity by the formulas of the National Weather Service."""

from __future__ import annotations

from math import exp, sqrt
from typing import Final

_CHILL_BELOW_F: Final = 50.0
_CHILL_ABOVE_MPH: Final = 3.0
_HEAT_FROM_F: Final = 80.0


def wind_chill_f(temp_f: float, wind_mph: float) -> float:
    """The wind chill of 2001, °F (NWS, "Wind Chill Temperature Index"); defined up to 50 °F and above 3 mph."""
    speed = wind_mph**0.16
    return float(35.74 + 0.6215 * temp_f - 35.75 * speed + 0.4275 * temp_f * speed)


def heat_index_f(temp_f: float, humidity_pct: float) -> float:
    """The heat index, °F, as the Weather Prediction Center computes it: Steadman's simple form, Rothfusz's regression
    (NWS technical attachment SR 90-23) from 80 °F on, with its two adjustments."""
    t, r = temp_f, humidity_pct
    simple = 0.5 * (t + 61.0 + (t - 68.0) * 1.2 + r * 0.094)
    if (simple + t) / 2 < _HEAT_FROM_F:
        return simple
    index = (
        -42.379 + 2.04901523 * t + 10.14333127 * r - 0.22475541 * t * r - 6.83783e-3 * t * t
        - 5.481717e-2 * r * r + 1.22874e-3 * t * t * r + 8.5282e-4 * t * r * r - 1.99e-6 * t * t * r * r
    )  # fmt: skip
    if r < 13 and 80 <= t <= 112:
        index -= (13 - r) / 4 * sqrt((17 - abs(t - 95)) / 17)
    elif r > 85 and 80 <= t <= 87:
        index += (r - 85) / 10 * (87 - t) / 5
    return index


def feels_like_f(temp_f: float | None, wind_mph: float | None, humidity_pct: float | None) -> float | None:
    """Wind chill in cold wind, heat index in heat, else the temperature itself, one decimal; None where a value that
    decides it is missing."""
    if temp_f is None:
        return None
    if temp_f <= _CHILL_BELOW_F:
        if wind_mph is None:
            return None
        return round(wind_chill_f(temp_f, wind_mph) if wind_mph > _CHILL_ABOVE_MPH else temp_f, 1)
    if temp_f < _HEAT_FROM_F:
        return temp_f
    return None if humidity_pct is None else round(heat_index_f(temp_f, humidity_pct), 1)


def humidity_pct(temp_f: float | None, dewpoint_f: float | None) -> float | None:
    """Relative humidity, percent, by the Magnus formula (Alduchov and Eskridge 1996); None without both values."""
    if temp_f is None or dewpoint_f is None:
        return None
    t, dew = (temp_f - 32) / 1.8, (dewpoint_f - 32) / 1.8
    return round(min(100.0, 100 * exp(17.625 * dew / (243.04 + dew) - 17.625 * t / (243.04 + t))), 1)
