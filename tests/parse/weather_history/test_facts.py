"""Real samples of every format give the values that are stated for them in facts.json."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from flows.errors import ShapeError
from flows.model import Page
from flows.parse.weather_history.columns import Problems
from flows.parse.weather_history.history import parse_history
from flows.parse.weather_history.metar_text import read_values
from flows.parse.weather_history.open_meteo import ModelHours, read_model_hours
from flows.settings import ROOT
from flows.weather_model import StationDay, StationReport, WeatherHistory

SAMPLES = ROOT.parent / "shared" / "data" / "weather"
FACTS = json.loads((SAMPLES / "facts.json").read_text("utf-8")) if (SAMPLES / "facts.json").is_file() else []
CENTRAL = ZoneInfo("America/Chicago")

pytestmark = pytest.mark.skipif(
    not FACTS, reason="the real weather samples are in ../shared, which does not exist here"
)
FIELDS = {
    "tmpf": "temp_f", "gust": "gust_mph", "feel": "feels_like_f", "sknt": "wind_mph", "drct": "wind_deg",
    "TMAX": "max_temp_f", "TMIN": "min_temp_f", "SNOW": "snow_in", "SNWD": "snow_depth_in", "PRCP": "precip_in",
    "WSF5": "max_gust_mph", "AWND": "mean_wind_mph",
}  # fmt: skip


@cache
def history(name: str) -> WeatherHistory:
    return parse_history(Page(f"file:///{Path(name).name}", (SAMPLES / name).read_bytes()))


@cache
def model(name: str) -> ModelHours:
    return read_model_hours(json.loads((SAMPLES / name).read_bytes()), Problems())


def report(name: str, at: datetime, number: int = 0) -> StationReport:
    """The report at an instant, or at a local time of Chicago: the first one, or the second."""
    wanted = [
        r for r in history(name).reports
        if r.observed_at == at or (at.tzinfo is None and r.observed_at.astimezone(CENTRAL).replace(tzinfo=None) == at)
    ]  # fmt: skip
    return wanted[number]


def day(name: str, on: str, station: str | None = None) -> StationDay:
    wanted = date.fromisoformat(on if "-" in on else f"{on[:4]}-{on[4:6]}-{on[6:]}")
    return next(d for d in history(name).days if d.date == wanted and station in (None, d.station))


def utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def traced(record: StationDay, field: str) -> float | str | None:
    return "T" if field in record.traces else getattr(record, field)


def local_days(name: str, zone: ZoneInfo, on: date) -> list[StationReport]:
    return [r for r in history(name).reports if r.observed_at.astimezone(zone).date() == on]


def daily_value(name: str, on: date, zone: ZoneInfo, field: str) -> float:
    reports = local_days(name, zone, on)
    temps = [r.temp_f for r in reports if r.temp_f is not None]
    if field == "precipitation":
        return sum(r.precip_in or 0 for r in reports if r.kind == "routine")
    return max(temps) if field == "max tmpf" else min(temps)


def asos(name: str, key: str, field: str) -> Any:
    """The value of one fact about station reports."""
    if key == "whole file":
        reports = history(name).reports
        return {
            "p01i rows equal to T": sum(r.is_precip_trace for r in reports),
            "data rows": history(name).rows,
            "rows with a temperature": sum(r.temp_f is not None for r in reports),
        }[field]
    if key == "2020-03-08":
        return sum(r.observed_at.astimezone(CENTRAL).hour == 2 for r in local_days(name, CENTRAL, date(2020, 3, 8)))
    _, first, *rest = key.split(" ")
    if "day" in key:
        return daily_value(name, date.fromisoformat(rest[-1]), CENTRAL if first == "local" else ZoneInfo("UTC"), field)
    is_utc = "UTC" in key
    at = utc(f"{first} {rest[0]}") if is_utc else datetime.fromisoformat(f"{first} {rest[0]}")
    found = report(name, at, 1 if "second of two" in key else 0)
    if field == "p01i":
        return "T" if found.is_precip_trace else found.precip_in
    if "T-group" in field:
        return found.temp_f if "temperature" in field else found.dewpoint_f
    return getattr(found, FIELDS[field])


def ghcn(name: str, key: str, field: str) -> Any:
    if "GSOM" in name:
        with pytest.raises(ShapeError, match="monthly"):
            history(name)
        return 0
    if key == "year 2014":
        return sum(d.precip_in or 0 for d in history(name).days if d.date.year == 2014)
    try:
        return traced(day(name, key), FIELDS[field])
    except StopIteration:
        return None


def alerts(name: str, key: str, field: str) -> Any:
    if "StormEvents" in name:
        return storms(name, key, field)
    found = history(name).alerts
    if field.startswith("events by"):
        return len({a.id for a in found if a.id.startswith(("vtec:2018.DMX.TO.W", "vtec:2024.DMX.TO.W"))})
    chill = [a for a in found if a.id == f"vtec:{key.split()[4]}.DMX.WC.W.0001"]
    if field == "zones":
        return len({a.zones for a in chill})
    [zone] = [a for a in chill if a.zones == ("IAZ016",)]
    at = zone.onset_at if field == "issue" else zone.ended_at
    assert at
    return at.strftime("%Y-%m-%dT%H:%MZ")


def storms(name: str, key: str, field: str) -> Any:
    if key == "whole file":
        return len(history(name).storms)
    [storm] = [s for s in history(name).storms if key.endswith(str(s.event_id))]
    if field == "begin":
        assert storm.begin_at
        return storm.begin_at.strftime("%Y-%m-%dT%H:%MZ")
    return {
        "begin year": storm.begin_date.year, "MAGNITUDE": storm.magnitude, "DAMAGE_PROPERTY": storm.damage_usd,
    }[field]  # fmt: skip


def climate(name: str, key: str, field: str) -> Any:
    if key == "whole file":
        return sum("precip_in" in d.traces for d in history(name).days)
    if "SHEF" in name:
        found = [d for d in history(name).days if d.station == f"K{key}"]
        values = {f: getattr(d, f) for d in found for f in ("max_temp_f", "min_temp_f", "precip_in")
                  if getattr(d, f) is not None}  # fmt: skip
        if key == "STJ":
            assert {d.date: d.max_temp_f for d in found}[date(2021, 9, 21)] == 77
        if field == "24-hr precip":
            return "T" if any("precip_in" in d.traces for d in found) else values["precip_in"]
        return f"{values['max_temp_f']:.0f} / {values['min_temp_f']:.0f} / {values['precip_in']:.2f}"
    station, on = (None, key) if len(key) == 10 else (f"iem:{key[:5]}", key[-10:])
    found_day = day(name, on, station)
    if field in ("high / low", "max / min"):
        return f"{found_day.max_temp_f:.0f} / {found_day.min_temp_f:.0f}"
    if field == "WTR and SNW":
        both = {traced(found_day, "precip_in"), traced(found_day, "snow_in")}
        return both.pop() if len(both) == 1 else both
    column = {
        "snow": "snow_in",
        "precip": "precip_in",
        "highest_gust_speed": "max_gust_mph",
        "max_gust": "max_gust_mph",
    }
    return getattr(found_day, column[field])


def open_meteo(name: str, key: str, field: str) -> Any:
    found = model(name)
    if key == "current":
        assert found.current
        return found.current.observed_at.strftime("%Y-%m-%dT%H:%MZ") if field == "time" else found.current.gust_mph
    if field == "temperature_2m_min":
        return next(d.min_temp_f for d in found.days if d.date.isoformat() == key)
    if field == "temperature_2m_previous_day1":
        return found.forecast[1][datetime.fromisoformat(key).replace(tzinfo=UTC)]
    if field == "temperature_2m_max":
        on = date.fromisoformat(key[:10])
        highest = max(h.temp_f or -99 for h in found.hours if h.observed_at.astimezone(CENTRAL).date() == on)
        assert highest == next(d.max_temp_f for d in found.days if d.date == on)
        return highest
    return next(h.temp_f for h in found.hours if h.observed_at.timestamp() == int(key))


def stations(name: str, key: str, field: str) -> Any:
    listed = {p.station: p for p in history(name).positions}
    if field == "longitude error":
        true = {p.station: p for p in history("stations/ghcnd-stations_excerpt_KS_MO_NE.txt").positions}
        one, other = listed["KSTJ"], true["USW00013993"]
        half = (
            sin(radians(other.lat - one.lat) / 2) ** 2
            + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(radians(other.lon - one.lon) / 2) ** 2
        )
        return 2 * 3958.8 * asin(sqrt(half))
    return {"longitude": listed[key].lon, "elevation": listed[key].elevation_ft}[field]


READ: dict[str, Callable[[str, str, str], Any]] = {
    "asos": asos, "ghcn": ghcn, "alerts": alerts, "climate": climate, "openmeteo": open_meteo, "stations": stations,
}  # fmt: skip
TOLERANCE = {"degF": 0.06, "mph": 0.06, "inch": 0.06, "mile": 0.1, "deg": 1e-9, "ft": 0.06}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['file']} {fact['key']} {fact['field']}")
def test_a_stated_value_is_read(fact: dict[str, Any]) -> None:
    value = READ[fact["file"].partition("/")[0]](fact["file"], fact["key"], fact["field"])
    expected = fact["value"]
    if isinstance(expected, float) and value is not None:
        assert value == pytest.approx(expected, abs=0.006 if "PRCP" in fact["field"] else TOLERANCE[fact["unit"]])
    else:
        assert value == expected


def test_a_bare_report_of_variable_wind_has_no_direction() -> None:
    assert read_values("KJFK 121751Z VRB05KT 10SM CLR 03/M10 A3043 RMK AO2 T00301100").wind_deg is None
