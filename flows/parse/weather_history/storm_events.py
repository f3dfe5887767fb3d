"""Reads the details files of the NCEI Storm Events database, also those that a spreadsheet has saved again."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Literal

from flows.errors import ShapeError
from flows.parse.page.clean import clean_text
from flows.parse.us_states import STATES
from flows.parse.weather_history.columns import Cells, Problems, mph_of_knots, rows_of_width, table_rows
from flows.weather_model import StormEvent, WeatherHistory

_REQUIRED: Final = ("BEGIN_YEARMONTH", "BEGIN_DAY", "BEGIN_TIME", "EVENT_ID", "EVENT_TYPE", "STATE", "CZ_TIMEZONE")
# Hours from UTC. Times are in standard time all year in nearly all of the database; where it says CDT, it means it.
_ZONES: Final = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AST": -4,
    "HST": -10, "SST": -11, "GST": 10, "CHST": 10, "UTC": 0, "GMT": 0,
}  # fmt: skip
_ZONE: Final = re.compile(r"([A-Z]{3,4})(-?\d{1,2})?")
_DAMAGE: Final = re.compile(r"(\d*\.?\d+)([HKMBT]?)")
_FACTOR: Final = {"": 1.0, "H": 1e2, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_TERRITORIES: Final = {"PUERTO RICO": "PR", "GUAM": "GU", "VIRGIN ISLANDS": "VI", "AMERICAN SAMOA": "AS"}
_STATES: Final = {name.upper(): code for code, name in STATES.items()} | _TERRITORIES
_MAX_TEXT: Final = 2000


def is_storm_events(header: str) -> bool:
    """Whether a first line is the header of a details file."""
    return set(_REQUIRED) <= {name.strip().strip('"') for name in header.split(",")}


def read_storm_events(text: str, first_line: int) -> WeatherHistory:
    """The events of a file, one per row. Times come from the columns of year, month, day and clock, which have the
    century and survive a spreadsheet; without a known time zone they are None and counted. Magnitude is converted from
    knots for wind, is inches for hail, and 0 is unknown. Raises ShapeError for another table."""
    problems = Problems()
    rows = table_rows(text, ",", first_line, problems)
    header = [name.strip() for name in next(rows, [])]
    if not is_storm_events(",".join(header)):
        raise ShapeError(f"not a details file of Storm Events: it begins with {','.join(header)[:80]!r}")
    found = WeatherHistory("storm events", "NOAA NCEI", "storm events")
    reader = _Reader(problems)
    for row in rows_of_width(rows, len(header), problems):
        found.rows += 1
        cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
        if event := reader.event(cells):
            found.storms.append(event)
    found.problems = problems.listed()
    return found


class _Reader:
    """Reads the rows of one file."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._wind = Cells("MAGNITUDE", problems, mph_of_knots, 0, 400)
        self._hail = Cells("MAGNITUDE", problems, low=0, high=12)
        self._lat = Cells("BEGIN_LAT", problems, lambda lat: lat, -90, 90)
        self._lon = Cells("BEGIN_LON", problems, lambda lon: lon, -180, 180)
        self._counts = Cells("injuries and deaths", problems, low=0)

    def event(self, cells: dict[str, str]) -> StormEvent | None:
        """The event of one row; None, counted, without an id or a day."""
        begin = _local(cells["BEGIN_YEARMONTH"], cells["BEGIN_DAY"], cells["BEGIN_TIME"])
        if begin is None or not cells["EVENT_ID"].isdigit():
            self._problems.add("an event without id, day or time", ",".join(cells.values()))
            return None
        end = _local(cells.get("END_YEARMONTH", ""), cells.get("END_DAY", ""), cells.get("END_TIME", ""))
        zone = self._zone(cells["CZ_TIMEZONE"])
        magnitude, unit = self._magnitude(cells)
        return StormEvent(
            event_id=int(cells["EVENT_ID"]),
            event=clean_text(cells["EVENT_TYPE"]),
            state=_STATES.get(cells["STATE"].upper(), cells["STATE"]),
            zone=_ugc(cells),
            area=clean_text(cells.get("CZ_NAME", "")) or None,
            begin_date=begin.date(),
            begin_at=begin.replace(tzinfo=zone).astimezone(UTC) if zone else None,
            end_at=end.replace(tzinfo=zone).astimezone(UTC) if end and zone else None,
            office=cells.get("WFO") or None,
            magnitude=magnitude,
            magnitude_unit=unit,
            magnitude_type=cells.get("MAGNITUDE_TYPE") or None,
            tornado_scale=cells.get("TOR_F_SCALE") or None,
            injuries=self._sum(cells, "INJURIES"),
            deaths=self._sum(cells, "DEATHS"),
            damage_usd=self._damage(cells, "DAMAGE_PROPERTY"),
            crop_damage_usd=self._damage(cells, "DAMAGE_CROPS"),
            lat=self._lat[cells.get("BEGIN_LAT", "")],
            lon=self._lon[cells.get("BEGIN_LON", "")],
            narrative=clean_text(cells.get("EVENT_NARRATIVE", ""))[:_MAX_TEXT] or None,
        )

    def _zone(self, text: str) -> timezone | None:
        """The offset of CST-6, CST or CDT; None, counted, for a code that is not known."""
        match = _ZONE.fullmatch(text.upper())
        hours = _ZONES.get(match[1]) if match else None
        if match and match[2] and hours is not None:
            hours = int(match[2])
        if hours is None:
            self._problems.add(f"time zone {text!r} is not known: times left out", text)
            return None
        return timezone(timedelta(hours=hours))

    def _magnitude(self, cells: dict[str, str]) -> tuple[float | None, Literal["mph", "inch"] | None]:
        text, event = cells.get("MAGNITUDE", ""), cells["EVENT_TYPE"].lower()
        unit: Literal["mph", "inch"] | None = "inch" if "hail" in event else "mph" if "wind" in event else None
        if unit is None:
            return None, None
        value = (self._hail if unit == "inch" else self._wind)[text]
        return (value, unit) if value else (None, None)

    def _sum(self, cells: dict[str, str], name: str) -> int | None:
        values = [self._counts[cells.get(f"{name}_{kind}", "")] for kind in ("DIRECT", "INDIRECT")]
        known = [int(value) for value in values if value is not None]
        return sum(known) if known else None

    def _damage(self, cells: dict[str, str], name: str) -> float | None:
        """US dollars of a text such as 250K, .05K or 2.5M; None for an empty one."""
        text = cells.get(name, "").upper()
        if not text:
            return None
        match = _DAMAGE.fullmatch(text)
        if match is None:
            self._problems.add(f"{name}: not an amount", text)
            return None
        return round(float(match[1]) * _FACTOR[match[2]], 2)


def _local(year_month: str, day: str, clock: str) -> datetime | None:
    """The local time of the three columns: 198604, 7 and 30 are April 7 of 1986, 00:30."""
    if not (len(year_month) == 6 and f"{year_month}{day}{clock}".isdigit() and day and clock):
        return None
    hour, minute = divmod(int(clock), 100)
    try:
        return datetime.combine(
            date(int(year_month[:4]), int(year_month[4:]), int(day)), datetime.min.time()
        ) + timedelta(hours=hour, minutes=minute)
    except (ValueError, OverflowError):
        return None


def _ugc(cells: dict[str, str]) -> str | None:
    """The UGC code of the county or zone, such as IAC169; None where its state or number is not known."""
    state, kind, number = _STATES.get(cells["STATE"].upper()), cells.get("CZ_TYPE", ""), cells.get("CZ_FIPS", "")
    return f"{state}{kind}{int(number):03}" if state and kind in ("C", "Z") and number.isdigit() else None
