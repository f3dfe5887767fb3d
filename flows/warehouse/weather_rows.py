"""Defines the staged tables of weather history, and turns the records of one file into their rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from flows.warehouse.row_schema import Row, row_of
from flows.weather_model import WeatherHistory


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow(Row):
    """One file or response of weather history: `rows` met, `kept` records."""

    format: str
    provider: str
    method: str
    rows: int
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPlaceRow(Row):
    """One place that a file or response was asked for."""

    place_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryProblemRow(Row):
    """What a file has that could not be read, or is not stored: how often, and its first line."""

    problem: str
    rows: int
    line: int
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow(Row):
    """One report of a station, in US units."""

    station: str
    observed_at: datetime
    method: str
    kind: str
    condition: str | None
    temp_f: float | None
    feels_like_f: float | None
    dewpoint_f: float | None
    wind_mph: float | None
    gust_mph: float | None
    wind_deg: float | None
    humidity_pct: float | None
    pressure_hpa: float | None
    visibility_mi: float | None
    precip_in: float | None
    is_precip_trace: bool
    snow_in: float | None
    snow_depth_in: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StationDayRow(Row):
    """One day of a station, in US units; `date` is the station's observing day."""

    station: str
    date: date
    method: str
    max_temp_f: float | None
    min_temp_f: float | None
    mean_temp_f: float | None
    max_feels_like_f: float | None
    min_feels_like_f: float | None
    precip_in: float | None
    snow_in: float | None
    snow_depth_in: float | None
    mean_wind_mph: float | None
    max_wind_mph: float | None
    max_gust_mph: float | None
    conditions: list[str]
    traces: list[str]
    ends_local: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StationRow(Row):
    """The position of a station according to one list."""

    station: str
    listed_in: str
    lat: float
    lon: float
    elevation_ft: float | None
    name: str | None
    state: str | None
    from_date: date | None
    until_date: date | None
    ghcn_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StormRow(Row):
    """One event of the Storm Events database."""

    event_id: int
    event: str
    state: str
    zone: str | None
    area: str | None
    begin_date: date
    begin_at: datetime | None
    end_at: datetime | None
    office: str | None
    magnitude: float | None
    magnitude_unit: str | None
    magnitude_type: str | None
    tornado_scale: str | None
    injuries: int | None
    deaths: int | None
    damage_usd: float | None
    crop_damage_usd: float | None
    lat: float | None
    lon: float | None
    narrative: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastForecastRow(Row):
    """The high and low forecast for a local day, some days ahead."""

    method: str
    issued_at: datetime
    valid_date: date
    lead_days: int
    hi_f: float | None
    lo_f: float | None


NOT_READ: Final = "the format is not read"
WEATHER_TABLES: Final[dict[type[Row], str]] = {
    HistoryRow: "stage_history",
    HistoryPlaceRow: "stage_history_place",
    HistoryProblemRow: "stage_history_problem",
    ReportRow: "stage_report",
    StationDayRow: "stage_station_day",
    StationRow: "stage_station",
    StormRow: "stage_storm",
    PastForecastRow: "stage_past_forecast",
}


def history_rows(number: int, history: WeatherHistory) -> Iterator[Row]:
    """The rows of one file or response, which came with exchange `number`; its alerts are staged like all others."""
    method = history.method
    yield HistoryRow(
        fetch_no=number, format=history.format, provider=history.provider, method=method, rows=history.rows,
        kept=history.kept,
    )  # fmt: skip
    yield from (row_of(HistoryProblemRow, number, problem) for problem in history.problems)
    yield from (row_of(ReportRow, number, report, method=method) for report in history.reports)
    yield from (row_of(StationDayRow, number, day, method=method) for day in history.days)
    yield from (row_of(StationRow, number, position) for position in history.positions)
    yield from (row_of(StormRow, number, storm) for storm in history.storms)
    yield from (row_of(PastForecastRow, number, forecast, method=method) for forecast in history.forecasts)
