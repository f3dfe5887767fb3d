"""Reads tables of METAR reports as the Iowa Environmental Mesonet prints them: comma or tab, any choice of columns."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.errors import ShapeError
from flows.parse.weather_history.apparent_temperature import feels_like_f, humidity_pct
from flows.parse.weather_history.columns import (
    INHG_HPA,
    Amounts,
    Cells,
    Problems,
    is_trace,
    mph_of_knots,
    positions_of,
    rows_of_width,
    table_rows,
)
from flows.parse.weather_history.metar_text import (
    Head,
    instant_near,
    read_head,
    read_values,
    sky_in_words,
    weather_in_words,
)
from flows.weather_model import ReportKind, StationReport, WeatherHistory

_ZONE_LINE: Final = re.compile(r"^#DEBUG: Time Zone\s*->\s*(\S+)", re.MULTILINE)
_COLUMNS: Final = (
    "station", "valid", "metar", "report_type", "tmpf", "dwpf", "relh", "feel", "sknt", "gust", "drct", "alti", "mslp",
    "vsby", "p01i", "snowdepth", "wxcodes", "skyc1", "skyc2", "skyc3", "skyc4",
)  # fmt: skip
_FIVE_MINUTE: Final = "MADISHF"
_KINDS: Final[dict[str, ReportKind]] = {"1": "five_minute", "2": "routine", "3": "routine", "4": "special"}
_QUARTER: Final = timedelta(minutes=15)


def is_metar_table(header: str) -> bool:
    """Whether a first line is the header of such a table."""
    return re.match(r"station[,\t]valid([,\t]|$)", header.strip()) is not None and ",high," not in header


def read_metar_table(text: str, first_line: int, zone: str | None) -> WeatherHistory:
    """The reports of a table. Times without an offset are in the zone of its `#DEBUG` line, else in `zone`, else the
    METAR of the row gives the instant; rows whose instant is not known are counted and left out. p01i is the total
    since the last routine report, so specials repeat it: see `StationReport.kind`. Raises ShapeError for a table
    without the columns station and valid, and for an unknown zone."""
    problems = Problems()
    rows = table_rows(text, "\t" if "\t" in text.partition("station")[2][:40] else ",", first_line, problems)
    header = [name.strip() for name in next(rows, [])]
    if header[:2] != ["station", "valid"]:
        raise ShapeError(f"not a table of METAR reports: it begins with {','.join(header)[:80]!r}")
    named = _ZONE_LINE.search(text)
    table = _Table(header, _zone_of(named[1] if named else zone), problems)
    found = WeatherHistory("metar table", "Iowa Environmental Mesonet", "metar")
    for row in rows_of_width(rows, len(header), problems):
        found.rows += 1
        if report := table.report(row):
            found.reports.append(report)
    found.reports = _with_kinds(found.reports) if table.guesses_kind else found.reports
    _count_repeats(found.reports, problems)
    found.problems = problems.listed()
    return found


def _zone_of(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo("UTC" if name == "Etc/UTC" else name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ShapeError(f"time zone {name!r} is not an IANA name, such as America/Chicago") from error


class _Table:
    """The columns of one table, and how each cell is read."""

    def __init__(self, header: list[str], zone: ZoneInfo | None, problems: Problems) -> None:
        self._at = positions_of(header, _COLUMNS)
        self._zone, self._is_utc = zone, zone is not None and zone.key == "UTC"
        self._problems = problems
        self._is_bare = "tmpf" not in header and "metar" in header
        self.guesses_kind = "report_type" not in header
        self._temp = Cells("tmpf", problems, low=-80, high=140)
        self._dewpoint = Cells("dwpf", problems, low=-100, high=110)
        self._humidity = Cells("relh", problems, lambda pct: min(pct, 100.0), 0, 100)
        self._feel = Cells("feel", problems, low=-130, high=200)
        self._wind = Cells("sknt", problems, mph_of_knots, 0, 300)
        self._gust = Cells("gust", problems, mph_of_knots, 0, 300)
        self._direction = Cells("drct", problems, low=0, high=360)
        self._altimeter = Cells("alti", problems, lambda inches: round(inches * INHG_HPA, 1), 850, 1100)
        self._sea_level = Cells("mslp", problems, low=850, high=1100)
        self._visibility = Cells("vsby", problems, low=0, high=200)
        self._rain = Amounts("p01i", problems, low=0, high=20)
        self._depth = Amounts("snowdepth", problems, low=0, high=600)

    def report(self, row: list[str]) -> StationReport | None:
        """The report of one row; None, counted, if its time is not known."""
        row.append("")
        (
            station, valid, metar, kind, temp, dewpoint, humidity, feel, wind, gust, direction, altimeter, sea_level,
            visibility, rain, depth, codes, *covers,
        ) = [row[index] for index in self._at]  # fmt: skip
        head = read_head(metar)
        at = self._instant(valid, head)
        if at is None:
            return None
        name = head.station if head else icao(station)
        if self._is_bare:
            return _bare_report(name, at, metar)
        temp_f, dewpoint_f, wind_mph = self._temp[temp], self._dewpoint[dewpoint], self._wind[wind]
        relative = self._humidity[humidity]
        feels = self._feel[feel]
        if feels is None:
            feels = feels_like_f(temp_f, wind_mph, relative or humidity_pct(temp_f, dewpoint_f))
        pressure = self._altimeter[altimeter]
        return StationReport(
            name,
            at,
            _KINDS.get(kind, "routine") if kind else "five_minute" if metar.endswith(_FIVE_MINUTE) else "routine",
            temp_f,
            feels,
            dewpoint_f,
            wind_mph,
            self._gust[gust],
            self._direction[direction] if wind_mph else None,  # 0 degrees in calm is no direction; north is 360
            relative,
            pressure if pressure is not None else self._sea_level[sea_level],
            self._visibility[visibility],
            self._rain[rain],
            is_trace(rain),
            None,
            self._depth[depth],
            _condition(codes, tuple(covers)),
        )

    def _instant(self, valid: str, head: Head | None) -> datetime | None:
        """The instant of a row; None, counted, where it cannot be known."""
        try:
            at = datetime.fromisoformat(valid.strip())
        except ValueError:
            self._problems.add("valid: not a time", valid)
            return None
        if at.tzinfo:
            return at.astimezone(UTC)
        if self._is_utc:
            return at.replace(tzinfo=UTC)
        if self._zone is not None:
            return self._from_local(at, self._zone, head)
        known = instant_near(head, at) if head else None
        if known is None:
            self._problems.add("no time zone is known: give --zone", valid)
        elif (known.replace(tzinfo=None) - at) % _QUARTER:
            self._problems.add("valid: not the time of its METAR in any zone", valid)
            return None
        return known

    def _from_local(self, local: datetime, zone: ZoneInfo, head: Head | None) -> datetime | None:
        """The instant of a local time. In the hour that is repeated when clocks are set back the METAR decides."""
        first, second = (local.replace(tzinfo=zone, fold=turn).astimezone(UTC) for turn in (0, 1))
        if first == second:
            return first
        if first > second:
            self._problems.add("valid: this hour was skipped when clocks were set forward", local.isoformat(" "))
            return None
        stated = instant_near(head, local) if head else None
        if stated not in (first, second):
            self._problems.add("valid: in the repeated hour, and no METAR says in which", local.isoformat(" "))
            return None
        return stated


@cache
def icao(station: str) -> str:
    """The ICAO id of a station: the mesonet leaves out the K of stations in the contiguous United States."""
    name = station.strip().upper()
    return f"K{name}" if len(name) == 3 and name.isalnum() else name


@cache
def _condition(codes: str, covers: tuple[str, ...]) -> str | None:
    """The weather in words, else the sky. The database prints its lists of codes as {-SN,BR}."""
    known = "" if codes in ("M", "null") else codes.strip("{}").replace(",", " ").replace('"', "")
    return weather_in_words(known) or sky_in_words(list(covers))


def _bare_report(station: str, at: datetime, metar: str) -> StationReport:
    """A report from the METAR alone, where the table has no columns of values."""
    values = read_values(metar)
    relative = humidity_pct(values.temp_f, values.dewpoint_f)
    return StationReport(
        station=station,
        observed_at=at,
        kind="five_minute" if metar.endswith(_FIVE_MINUTE) else "routine",
        temp_f=values.temp_f,
        feels_like_f=feels_like_f(values.temp_f, values.wind_mph, relative),
        dewpoint_f=values.dewpoint_f,
        wind_mph=values.wind_mph,
        gust_mph=values.gust_mph,
        wind_deg=values.wind_deg,
        humidity_pct=relative,
        pressure_hpa=values.pressure_hpa,
        visibility_mi=values.visibility_mi,
        precip_in=values.precip_in,
        is_precip_trace=values.precip_in == 0 and " P0000" in metar,
        condition=values.condition,
    )


def _with_kinds(reports: list[StationReport]) -> list[StationReport]:
    """The reports with their kind. A station sends its routine report at the same minute of every hour, the most common
    one of its month; all others are special."""
    minutes: dict[tuple[str, int, int], Counter[int]] = {}
    for report in reports:
        if report.kind != "five_minute":
            at = report.observed_at
            minutes.setdefault((report.station, at.year, at.month), Counter())[at.minute] += 1
    routine = {key: counts.most_common(1)[0][0] for key, counts in minutes.items()}

    def is_special(report: StationReport) -> bool:
        at = report.observed_at
        return report.kind == "routine" and at.minute != routine[report.station, at.year, at.month]

    return [report._replace(kind="special") if is_special(report) else report for report in reports]


def _count_repeats(reports: list[StationReport], problems: Problems) -> None:
    seen = {(report.station, report.observed_at) for report in reports}
    if repeats := len(reports) - len(seen):
        problems.add("the same station and time again: the fullest report counts", rows=repeats)
