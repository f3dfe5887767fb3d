"""Converts measured values to the warehouse's units, by the unit code in the response."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isfinite
from typing import Any

Convert = Callable[[float], float]

TO_FAHRENHEIT: dict[str, Convert] = {
    "degC": lambda v: v * 9 / 5 + 32,
    "degF": lambda v: v,
    "K": lambda v: (v - 273.15) * 9 / 5 + 32,
    "C": lambda v: v * 9 / 5 + 32,
    "F": lambda v: v,
}
TO_MPH: dict[str, Convert] = {
    "km_h-1": lambda v: v / 1.609344,
    "m_s-1": lambda v: v * 3600 / 1609.344,
    "mi_h-1": lambda v: v,
    "kt": lambda v: v * 1.852 / 1.609344,
}
TO_HPA: dict[str, Convert] = {"Pa": lambda v: v / 100, "hPa": lambda v: v, "kPa": lambda v: v * 10}
TO_MILES: dict[str, Convert] = {"m": lambda v: v / 1609.344, "km": lambda v: v / 1.609344, "mi": lambda v: v}
TO_INCHES: dict[str, Convert] = {
    "mm": lambda v: v / 25.4,
    "m": lambda v: v / 0.0254,
    "cm": lambda v: v / 2.54,
    "in": lambda v: v,
}
TO_PERCENT: dict[str, Convert] = {"percent": lambda v: v}
TO_DEGREES: dict[str, Convert] = {"degree_(angle)": lambda v: v}


# What a measurement can be, in the warehouse's units. A value outside is a code for a missing one, such as -9999, or
# an error; a check of the warehouse warns of values that are possible but unlikely.
_POSSIBLE = {
    "temperature": (-150, 160), "dewpoint": (-150, 160), "heatIndex": (-150, 250), "windChill": (-200, 160),
    "windSpeed": (0, 5000), "windGust": (0, 5000), "windDirection": (0, 360), "relativeHumidity": (0, 110),
    "barometricPressure": (0, 1200), "visibility": (0, 500), "precipitationLastHour": (0, 100),
    "precipitation": (0, 100),
}  # fmt: skip
# MADIS quality control: X failed a check, Q is questioned, B was found bad by a person.
_REJECTED = frozenset("XQB")


def number(value: Any) -> float | None:
    """A finite number from JSON, also from a string, as some responses print it; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if isfinite(found) else None


def measured(quantity: Any, units: dict[str, Convert], notes: list[str], name: str) -> float | None:
    """One `{value, unitCode, qualityControl}` in the unit that `units` converts to, two decimals; None for null. A
    value that failed quality control or is impossible, and a unit code without a conversion, give None and a note."""
    if not isinstance(quantity, dict):
        return None
    value, code = number(quantity.get("value")), str(quantity.get("unitCode") or "")
    if value is None:
        if quantity.get("value") is not None:
            notes.append(f"{name}: '{str(quantity['value'])[:40]}' is not a number")
        return None
    control = str(quantity.get("qualityControl")).removeprefix("qc:")  # older responses have the prefix
    if control in _REJECTED:
        notes.append(f"{name}: failed quality control ({control}), left out")
        return None
    if isinstance(quantity["value"], str):
        notes.append(f"{name}: the value came as a string")
    convert = units.get(re.split("[:/]", code)[-1])  # wmoUnit:degC, unit:degC, http://codes.wmo.int/common/unit/degC
    if convert is None:
        notes.append(f"{name}: no conversion from unit code '{code[:60]}'")
        return None
    found = convert(value)
    low, high = _POSSIBLE.get(name, (found, found))
    if not low <= found <= high:
        notes.append(f"{name}: {value:g} ({code[:60]}) is impossible, left out")
        return None
    return round(found, 2)
