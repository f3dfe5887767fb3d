"""Reads forecasts of api.weather.gov: named periods and hours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flows.model import Forecast
from flows.parse.nws import units
from flows.parse.nws.units import measured
from flows.parse.nws.values import instant, local, read_text


def read_forecasts(record: dict[str, Any], notes: list[str]) -> list[Forecast]:
    """The periods of one /gridpoints/…/forecast response, highs and lows in °F. `valid_date` is in the offset printed,
    which is the place's own. Notes say what was left out."""
    issued = instant(record.get("updateTime")) or instant(record.get("updated")) or instant(record.get("generatedAt"))
    periods = record.get("periods")
    if issued is None or not isinstance(periods, list):
        notes.append("forecast: without issue time or periods, left out")
        return []
    found = []
    for period in periods:
        start = local(period.get("startTime")) if isinstance(period, dict) else None
        if start is None:
            notes.append("forecast: a period without start, left out")
            continue
        found.append(_period(period, issued, start, notes))
    return found


def _period(period: dict[str, Any], issued: datetime, start: datetime, notes: list[str]) -> Forecast:
    """A daytime period forecasts the high, a night period the low; an hour, which has no name, both."""
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
