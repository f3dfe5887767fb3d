"""Defines the records of weather history, into which files and services of the past are read. Plain data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from flows.model import Alert

ReportKind = Literal["routine", "special", "five_minute", "model"]


class StationReport(NamedTuple):
    """One report of a station, in the units of the field names; None where it has no value. `observed_at` is aware UTC.
    `precip_in` of a special report is the total since the last routine one; a trace is 0 with `is_precip_trace`."""

    station: str
    observed_at: datetime
    kind: ReportKind = "routine"
    temp_f: float | None = None
    feels_like_f: float | None = None
    dewpoint_f: float | None = None
    wind_mph: float | None = None
    gust_mph: float | None = None
    wind_deg: float | None = None
    humidity_pct: float | None = None
    pressure_hpa: float | None = None
    visibility_mi: float | None = None
    precip_in: float | None = None
    is_precip_trace: bool = False
    snow_in: float | None = None
    snow_depth_in: float | None = None
    condition: str | None = None


@dataclass(slots=True)
class StationDay:
    """One day of a station as its observers sum it up; `date` is the station's own observing day. A trace is 0 with the
    name of its field in `traces`. `ends_local` is the local time (HHMM) at which the day ended, where it is given."""

    station: str
    date: date
    max_temp_f: float | None = None
    min_temp_f: float | None = None
    mean_temp_f: float | None = None
    max_feels_like_f: float | None = None
    min_feels_like_f: float | None = None
    precip_in: float | None = None
    snow_in: float | None = None
    snow_depth_in: float | None = None
    mean_wind_mph: float | None = None
    max_wind_mph: float | None = None
    max_gust_mph: float | None = None
    conditions: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    ends_local: str | None = None


@dataclass(frozen=True, slots=True)
class StationPosition:
    """Where a station stands, from `from_date` to `until_date` (None: not given), according to one list of stations.
    Elevation in feet. `ghcn_id` is the id that the list says GHCN-Daily knows the station by."""

    station: str
    listed_in: str
    lat: float
    lon: float
    elevation_ft: float | None = None
    name: str | None = None
    state: str | None = None
    from_date: date | None = None
    until_date: date | None = None
    ghcn_id: str | None = None


@dataclass(frozen=True, slots=True)
class StormEvent:
    """One event of the NCEI Storm Events database. Times are aware UTC, None where the time zone is not known;
    `begin_date` is local. `magnitude` is in `magnitude_unit`: mph for wind, inch for hail."""

    event_id: int
    event: str
    state: str
    zone: str | None
    area: str | None
    begin_date: date
    begin_at: datetime | None = None
    end_at: datetime | None = None
    office: str | None = None
    magnitude: float | None = None
    magnitude_unit: Literal["mph", "inch"] | None = None
    magnitude_type: str | None = None
    tornado_scale: str | None = None
    injuries: int | None = None
    deaths: int | None = None
    damage_usd: float | None = None
    crop_damage_usd: float | None = None
    lat: float | None = None
    lon: float | None = None
    narrative: str | None = None


@dataclass(frozen=True, slots=True)
class PastForecast:
    """The high and low that a model forecast for a local day, `lead_days` days ahead; `issued_at` is aware UTC."""

    issued_at: datetime
    valid_date: date
    lead_days: int
    hi_f: float | None
    lo_f: float | None


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """What could not be read or is not stored: a kind, how often it was met, and its first line, from 1."""

    problem: str
    rows: int
    line: int
    sample: str


@dataclass(slots=True)
class WeatherHistory:
    """The records of one file or response. `provider` made it, `method` says how its values came about; `rows` are the
    data rows met. Only the lists that its format has are filled."""

    format: str
    provider: str
    method: str
    rows: int = 0
    reports: list[StationReport] = field(default_factory=list)
    days: list[StationDay] = field(default_factory=list)
    positions: list[StationPosition] = field(default_factory=list)
    storms: list[StormEvent] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    forecasts: list[PastForecast] = field(default_factory=list)
    problems: list[ReadProblem] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """How many records were read."""
        lists = (self.reports, self.days, self.positions, self.storms, self.alerts, self.forecasts)
        return sum(len(records) for records in lists)
