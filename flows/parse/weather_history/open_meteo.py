"""Reads Open-Meteo responses: the weather of the past by hour and day, and what earlier model runs had forecast.

Units are those that the response names. Local times have one offset for the whole response, `utc_offset_seconds`, in
winter and summer alike; unix times are UTC."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.errors import ShapeError
from flows.parse.nws.units import number
from flows.parse.weather_history.apparent_temperature import feels_like_f
from flows.parse.weather_history.columns import Problems
from flows.weather_model import PastForecast, StationDay, StationReport, WeatherHistory

Convert = Callable[[float], float]
_UNITS: Final[dict[str, tuple[str, Convert]]] = {
    "°C": ("f", lambda v: v * 9 / 5 + 32),
    "°F": ("f", lambda v: v),
    "km/h": ("mph", lambda v: v / 1.609344),
    "mp/h": ("mph", lambda v: v),
    "mph": ("mph", lambda v: v),
    "m/s": ("mph", lambda v: v * 3600 / 1609.344),
    "kn": ("mph", lambda v: v * 1.852 / 1.609344),
    "mm": ("in", lambda v: v / 25.4),
    "cm": ("in", lambda v: v / 2.54),
    "m": ("in", lambda v: v / 0.0254),
    "ft": ("in", lambda v: v * 12),
    "inch": ("in", lambda v: v),
    "%": ("pct", lambda v: v),
    "hPa": ("hpa", lambda v: v),
    "°": ("deg", lambda v: v),
}
# Variable -> field of a report or day, and what its unit must measure.
_HOURLY: Final = {
    "temperature_2m": ("temp_f", "f"), "apparent_temperature": ("feels_like_f", "f"),
    "dew_point_2m": ("dewpoint_f", "f"), "dewpoint_2m": ("dewpoint_f", "f"),
    "relative_humidity_2m": ("humidity_pct", "pct"), "relativehumidity_2m": ("humidity_pct", "pct"),
    "wind_speed_10m": ("wind_mph", "mph"), "windspeed_10m": ("wind_mph", "mph"),
    "wind_gusts_10m": ("gust_mph", "mph"), "windgusts_10m": ("gust_mph", "mph"),
    "wind_direction_10m": ("wind_deg", "deg"), "surface_pressure": ("pressure_hpa", "hpa"),
    "precipitation": ("precip_in", "in"), "snowfall": ("snow_in", "in"), "snow_depth": ("snow_depth_in", "in"),
}  # fmt: skip
_DAILY: Final = {
    "temperature_2m_max": ("max_temp_f", "f"), "temperature_2m_min": ("min_temp_f", "f"),
    "temperature_2m_mean": ("mean_temp_f", "f"), "apparent_temperature_max": ("max_feels_like_f", "f"),
    "apparent_temperature_min": ("min_feels_like_f", "f"), "precipitation_sum": ("precip_in", "in"),
    "snowfall_sum": ("snow_in", "in"), "wind_speed_10m_max": ("max_wind_mph", "mph"),
    "windspeed_10m_max": ("max_wind_mph", "mph"), "wind_gusts_10m_max": ("max_gust_mph", "mph"),
    "windgusts_10m_max": ("max_gust_mph", "mph"),
}  # fmt: skip
_DECIMALS: Final = {"in": 4}
_LEAD: Final = "temperature_2m_previous_day"
_MIN_HOURS: Final = 23  # the shortest day of the year has 23


@dataclass(slots=True)
class ModelHours:
    """One response: its hours, days and current values, and per lead (days) the temperature that was forecast for each
    hour, °F."""

    hours: list[StationReport] = field(default_factory=list)
    days: list[StationDay] = field(default_factory=list)
    current: StationReport | None = None
    forecast: dict[int, dict[datetime, float | None]] = field(default_factory=dict)
    zone: ZoneInfo | None = None


def is_open_meteo(answer: Any) -> bool:
    """Whether a JSON value is such a response."""
    return isinstance(answer, dict) and "generationtime_ms" in answer and "latitude" in answer


def read_open_meteo(answer: dict[str, Any], name: str) -> WeatherHistory:
    """The records of a response. Its address, or the file's `name`, says whether it is of the archive (a reanalysis,
    which counts as observed); what earlier runs forecast becomes a high and a low per local day and lead. Any other
    forecast has no time of issue and is counted, not kept. Raises ShapeError where the arrays do not fit together."""
    problems = Problems()
    read = read_model_hours(answer, problems)
    found = WeatherHistory("open-meteo", "Open-Meteo", "reanalysis")
    found.rows = len(read.hours) + len(read.days)
    if read.forecast:
        found.method = "previous run"
        found.forecasts = list(_daily_forecasts(read, problems))
    elif "archive" in name:
        found.reports, found.days = read.hours, read.days
    elif found.rows:
        problems.add("a forecast without its time of issue: not kept (archive and previous runs are)", name, found.rows)
    found.problems = problems.listed()
    return found


def read_model_hours(answer: dict[str, Any], problems: Problems) -> ModelHours:
    """All values of a response in the warehouse's units, whatever it is of."""
    offset = timedelta(seconds=int(number(answer.get("utc_offset_seconds")) or 0))
    station = f"open-meteo:{answer['latitude']},{answer.get('longitude')}"
    found = ModelHours(zone=_zone(answer.get("timezone")))
    hourly = _Block(answer, "hourly", offset, problems)
    for index, at in enumerate(hourly.times):
        found.hours.append(_report(station, at, {name: values[index] for name, values in hourly.read(_HOURLY).items()}))
    for lead, temps in hourly.leads().items():
        found.forecast[lead] = dict(zip(hourly.times, temps, strict=True))
    daily = _Block(answer, "daily", offset, problems)
    columns = daily.read(_DAILY)
    for index, at in enumerate(daily.times):
        day = StationDay(station, (at + offset).date())
        for name, values in columns.items():
            setattr(day, name, values[index])
        found.days.append(day)
    if isinstance(answer.get("current"), dict):
        block = {name: [value] for name, value in answer["current"].items()}
        current = _Block({**answer, "current": block}, "current", offset, problems)
        now = {name: column[0] for name, column in current.read(_HOURLY).items()}
        found.current = _report(station, current.times[0], now) if current.times else None
    return found


class _Block:
    """One block of arrays: hourly, daily or current."""

    def __init__(self, answer: dict[str, Any], name: str, offset: timedelta, problems: Problems) -> None:
        block, units = answer.get(name), answer.get(f"{name}_units")
        self._name, self._problems = name, problems
        self._columns: dict[str, Any] = block if isinstance(block, dict) else {}
        self._units: dict[str, Any] = units if isinstance(units, dict) else {}
        raw = self._columns.get("time") or []
        self.times = [_instant(text, offset) for text in raw] if isinstance(raw, list) else []
        self._read: dict[str, list[float | None]] | None = None

    def read(self, fields: dict[str, tuple[str, str]]) -> dict[str, list[float | None]]:
        """Field -> values; a variable that is not stored is counted."""
        if self._read is None:
            self._read = {}
            for name in self._columns:
                if name in fields:
                    self._read[fields[name][0]] = self._values(name, fields[name][1])
                elif name not in ("time", "interval") and "_previous_day" not in name:
                    self._problems.add(f"not stored: {self._name} {name}", rows=len(self.times))
        return self._read

    def leads(self) -> dict[int, list[float | None]]:
        """Lead in days -> the temperatures that were forecast."""
        names = [name for name in self._columns if name.startswith(_LEAD) and name[len(_LEAD) :].isdigit()]
        return {int(name[len(_LEAD) :]): self._values(name, "f") for name in names}

    def _values(self, name: str, measure: str) -> list[float | None]:
        column, unit = self._columns[name], str(self._units.get(name))
        if not isinstance(column, list) or len(column) != len(self.times):
            raise ShapeError(f"{self._name}.{name} has not one value per time")
        known, convert = _UNITS.get(unit, ("", float))
        if known != measure:
            self._problems.add(f"{self._name}.{name}: no conversion from unit {unit[:20]!r}", rows=len(column))
            return [None] * len(column)
        decimals = _DECIMALS.get(measure, 2)
        return [None if (v := number(value)) is None else round(convert(v), decimals) for value in column]


def _instant(value: Any, offset: timedelta) -> datetime:
    """A unix time, or a local time with the response's offset."""
    try:
        if isinstance(value, int):
            return datetime.fromtimestamp(value, UTC)
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC) - offset
    except (ValueError, OverflowError, OSError) as error:
        raise ShapeError(f"not a time: {str(value)[:40]!r}") from error


def _report(station: str, at: datetime, values: dict[str, float | None]) -> StationReport:
    report = StationReport(station, at, "model", **values)  # type: ignore[arg-type]
    if report.feels_like_f is None:
        feels = feels_like_f(report.temp_f, report.wind_mph, report.humidity_pct)
        report = report._replace(feels_like_f=feels)
    return report


def _zone(name: Any) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if isinstance(name, str) else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _daily_forecasts(read: ModelHours, problems: Problems) -> Iterator[PastForecast]:
    """The high and low of every complete local day, per lead. The run of N days before is taken to be issued N days
    before the day begins: Open-Meteo states the lead, not the time of issue."""
    zone = read.zone or ZoneInfo("UTC")
    for lead, hours in sorted(read.forecast.items()):
        by_day: dict[date, list[float]] = defaultdict(list)
        for at, temp in hours.items():
            if temp is not None:
                by_day[at.astimezone(zone).date()].append(temp)
        for day, temps in by_day.items():
            if len(temps) < _MIN_HOURS:
                problems.add("a day with fewer than 23 hours forecast: no high and low", f"{day} at {lead} days")
                continue
            issued = datetime.combine(day - timedelta(days=lead), datetime.min.time(), zone).astimezone(UTC)
            yield PastForecast(issued, day, lead, max(temps), min(temps))
