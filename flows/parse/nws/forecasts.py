"""Reads forecasts of api.weather.gov: named periods, hours, and the raw grid's daily extremes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flows.model import Forecast
from flows.parse.nws import units
from flows.parse.nws.units import measured
from flows.parse.nws.values import instant, listed, local, read_text

_EXTREMES = (("maxTemperature", "Day"), ("minTemperature", "Night"))


def read_forecasts(record: dict[str, Any], notes: list[str]) -> list[Forecast]:
    """The periods of one answer of /gridpoints/…/forecast, or the daily extremes of the raw grid; notes say what was
    left out. Highs and lows in °F, `valid_date` local to the place where offsets are local."""
    issued = instant(record.get("updateTime")) or instant(record.get("updated")) or instant(record.get("generatedAt"))
    periods = record.get("periods")
    if issued and isinstance(record.get("maxTemperature"), dict):
        return _extremes(record, issued, notes)
    if issued is None or not isinstance(periods, list):
        notes.append("forecast without issue time or periods left out")
        return []
    found = []
    for period in periods:
        start = local(period.get("startTime")) if isinstance(period, dict) else None
        if start is None:
            notes.append("forecast period without start left out")
            continue
        found.append(_period(period, issued, start, notes))
    return found


def _period(period: dict[str, Any], issued: datetime, start: datetime, notes: list[str]) -> Forecast:
    """A daytime period forecasts the high, a night period the low; an hour (it has no name) both, being one value."""
    quantity = {"value": period.get("temperature"), "unitCode": period.get("temperatureUnit")}
    if isinstance(period.get("temperature"), dict):
        quantity = period["temperature"]
    temp = measured(quantity, units.TO_FAHRENHEIT, notes, "temperature")
    name = read_text(period.get("name"))
    is_day = bool(period.get("isDaytime"))
    wind = " ".join(part for key in ("windDirection", "windSpeed") if (part := read_text(period.get(key))))
    return Forecast(
        issued_at=issued,
        valid_date=start.date(),
        period=name or start.strftime("%H:%M"),
        hi_f=temp if is_day or not name else None,
        lo_f=temp if not is_day or not name else None,
        precip_pct=measured(period.get("probabilityOfPrecipitation"), units.TO_PERCENT, notes, "precipitation"),
        wind=wind or None,
        condition=read_text(period.get("shortForecast")),
        text=read_text(period.get("detailedForecast")),
    )


def _extremes(record: dict[str, Any], issued: datetime, notes: list[str]) -> list[Forecast]:
    """The grid prints `validTime` as start/duration, and its times in UTC: a low's date is the day it begins on."""
    found = []
    for key, period in _EXTREMES:
        series = record.get(key) if isinstance(record.get(key), dict) else {}
        for value in listed((series or {}).get("values")):
            start = local(str(value.get("validTime")).partition("/")[0]) if isinstance(value, dict) else None
            if start is None:
                notes.append(f"{key}: a value without time left out")
                continue
            quantity = {"value": value.get("value"), "unitCode": (series or {}).get("uom")}
            temp = measured(quantity, units.TO_FAHRENHEIT, notes, key)
            hi, lo = (temp, None) if period == "Day" else (None, temp)
            found.append(Forecast(issued, start.date(), period, hi, lo))
    return found
