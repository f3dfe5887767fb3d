"""Reads GHCN-Daily in its three printings: access CSV by station, rows by station or year, and fixed-width .dly files
(NOAA NCEI, "GHCN-Daily readme"). Values are tenths of °C, tenths of mm (rain), mm (snow) and tenths of m/s."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, NamedTuple

from flows.errors import ShapeError
from flows.parse.weather_history.columns import (
    FEET_PER_METER,
    Problems,
    fahrenheit,
    inches_of_mm,
    mph_of_meters,
    rows_of_width,
    table_rows,
)
from flows.weather_model import StationDay, StationPosition, WeatherHistory

_ID: Final = r"[A-Z]{2}[A-Z0-9_-]\w{8}"
_ROW: Final = re.compile(rf"{_ID},\d{{8}},[A-Z0-9]{{4}},-?\d+,")
_DLY: Final = re.compile(rf"{_ID}\d{{6}}[A-Z0-9]{{4}}[ \d-]{{5}}")
_ID_IN_NAME: Final = re.compile(rf"(?<!\w)({_ID})(?![A-Z0-9])")
_WITHOUT_ID: Final = "date,attr,value,a,b,c,d"
_MISSING: Final = "-9999"
_NUMBER: Final = re.compile(r"-?\d{1,6}(\.\d+)?")
_DAYS_PER_LINE: Final = 31

# Element -> field of a day, and the conversion from its unit.
_ELEMENTS: Final[dict[str, tuple[str, Callable[[float], float]]]] = {
    "TMAX": ("max_temp_f", lambda v: fahrenheit(v / 10)),
    "TMIN": ("min_temp_f", lambda v: fahrenheit(v / 10)),
    "TAVG": ("mean_temp_f", lambda v: fahrenheit(v / 10)),
    "PRCP": ("precip_in", lambda v: inches_of_mm(v / 10)),
    "SNOW": ("snow_in", inches_of_mm),
    "SNWD": ("snow_depth_in", inches_of_mm),
    "AWND": ("mean_wind_mph", lambda v: mph_of_meters(v / 10)),
    "WSF2": ("max_wind_mph", lambda v: mph_of_meters(v / 10)),
    "WSF5": ("max_gust_mph", lambda v: mph_of_meters(v / 10)),
    "WSFG": ("max_gust_mph", lambda v: mph_of_meters(v / 10)),
}
_RANGES: Final = {"max_temp_f": (-90, 140), "min_temp_f": (-90, 140), "precip_in": (0, 60), "snow_depth_in": (0, 600)}
_WEATHER: Final = {
    "01": "Fog", "02": "Heavy Fog", "03": "Thunder", "04": "Ice Pellets", "05": "Hail", "06": "Frost", "07": "Dust",
    "08": "Haze", "09": "Blowing Snow", "10": "Tornado", "11": "Windy", "12": "Blowing Spray", "13": "Mist",
    "14": "Drizzle", "15": "Freezing Drizzle", "16": "Rain", "17": "Freezing Rain", "18": "Snow",
    "19": "Unknown Precipitation", "21": "Fog", "22": "Ice Fog",
}  # fmt: skip


class _Value(NamedTuple):
    """One value as printed, with its flags."""

    station: str
    day: str
    element: str
    value: str
    measurement: str
    quality: str
    time: str | None = None


def is_ghcn(first: str) -> bool:
    """Whether a first line opens one of the printings."""
    line = first.strip().lower()
    is_access = line.replace('"', "").startswith("station,date,")
    return is_access or line == _WITHOUT_ID or bool(_ROW.match(first) or _DLY.match(first))


def read_ghcn(text: str, first_line: int, name: str) -> WeatherHistory:
    """The days of one file; one day of one station is one record, with the traces named. A value that failed a quality
    check is counted and left out. `name` is the file's, for rows without a station id. Raises ShapeError for a monthly
    summary, for a table without the attributes that say its units, and where no station is known."""
    problems = Problems()
    found = WeatherHistory("ghcn", "NOAA NCEI", "ghcn")
    first = text.partition("\n")[0]
    if _DLY.match(first):
        found.format, values = "ghcn dly", _dly_values(text, first_line, found, problems)
    elif first.replace('"', "").startswith("STATION,DATE"):
        found.format, values = "ghcn access", _access_values(text, first_line, found, problems)
    else:
        found.format, values = "ghcn rows", _row_values(text, first_line, name, found, problems)
    found.days = _days(values, problems)
    found.problems = problems.listed()
    return found


def _row_values(text: str, first_line: int, name: str, found: WeatherHistory, problems: Problems) -> Iterator[_Value]:
    has_id = not text.startswith(_WITHOUT_ID)
    named = _ID_IN_NAME.search(name)
    if not has_id and named is None:
        raise ShapeError(f"{name}: its rows have no station id, and neither has its name: rename it to <id>.csv")
    rows = table_rows(text, ",", first_line, problems)
    if not has_id:
        next(rows)
    for row in rows_of_width(rows, 8 if has_id else 7, problems):
        found.rows += 1
        cells = row if has_id or named is None else [named[1], *row]
        station, day, element, value, measurement, quality, _, time = cells
        yield _Value(station, f"{day[:4]}-{day[4:6]}-{day[6:]}", element, value, measurement, quality, time or None)


def _dly_values(text: str, first_line: int, found: WeatherHistory, problems: Problems) -> Iterator[_Value]:
    for problems.line, line in enumerate(text.splitlines(), first_line):
        if not line.strip():
            continue
        found.rows += 1
        if not _DLY.match(line):
            problems.add("not a line of a .dly file", line)
            continue
        station, month, element = line[:11], f"{line[11:15]}-{line[15:17]}", line[17:21]
        for day in range(_DAYS_PER_LINE):
            cell = line[21 + 8 * day : 29 + 8 * day].ljust(8)
            if cell[:5].strip() not in ("", _MISSING):
                yield _Value(station, f"{month}-{day + 1:02}", element, cell[:5], cell[5].strip(), cell[6].strip())


def _access_values(text: str, first_line: int, found: WeatherHistory, problems: Problems) -> Iterator[_Value]:
    rows = table_rows(text, ",", first_line, problems)
    header = [name.strip() for name in next(rows)]
    elements = [(at, name) for at, name in enumerate(header) if f"{name}_ATTRIBUTES" in header]
    if not elements:
        raise ShapeError(
            "this table has no _ATTRIBUTES columns, so its units are not known: take the file from the access folder of"
            " GHCN-Daily, not an export"
        )
    attributes = {name: header.index(f"{name}_ATTRIBUTES") for _, name in elements}
    positions = _Positions(header, problems)
    for row in rows_of_width(rows, len(header), problems):
        found.rows += 1
        station, day = row[0].strip(), row[1].strip()
        if re.fullmatch(r"\d{4}-\d{2}", day):
            raise ShapeError(f"DATE is {day}: a monthly summary (GSOM), not daily values")
        positions.add(row, day)
        for at, name in elements:
            if row[at].strip():
                flags = [flag.strip() for flag in row[attributes[name]].split(",")] + ["", "", "", ""]
                time = flags[3] if flags[3] not in ("", "null") else None
                yield _Value(station, day, name, row[at], flags[0], flags[1], time)
    found.positions = positions.listed()


class _Positions:
    """Where the stations of an access CSV stood: a new position each time that its coordinates change."""

    _NAMES: Final = ("LATITUDE", "LONGITUDE", "ELEVATION", "NAME")

    def __init__(self, header: list[str], problems: Problems) -> None:
        self._at = [header.index(name) if name in header else None for name in self._NAMES]
        self._problems = problems
        self._found: dict[tuple[str, float, float], StationPosition] = {}

    def add(self, row: list[str], day: str) -> None:
        """Note the position of one row."""
        lat, lon, elevation, name = (None if at is None else row[at].strip() for at in self._at)
        if not lat or not lon:
            return
        try:
            key = (row[0].strip(), float(lat), float(lon))
            since = date.fromisoformat(day)
            feet = round(float(elevation) * FEET_PER_METER, 1) if elevation and float(elevation) > -999 else None
        except ValueError:
            self._problems.add("position or date of a station: not readable", ",".join(row[:6]))
            return
        known = self._found.get(key)
        if known is None or (known.from_date and since < known.from_date):
            self._found[key] = StationPosition(key[0], "ghcn", key[1], key[2], feet, name or None, None, since)

    def listed(self) -> list[StationPosition]:
        return list(self._found.values())


def _days(values: Iterator[_Value], problems: Problems) -> list[StationDay]:
    days: dict[tuple[str, str], StationDay | None] = {}
    seen: set[tuple[str, str, str]] = set()
    for value in values:
        key = (value.station, value.day)
        if (*key, value.element) in seen:
            problems.add(f"{value.element}: a second value for its day, left out", f"{value.station} {value.day}")
            continue
        seen.add((*key, value.element))
        if key not in days:
            days[key] = _new_day(value, problems)
        day = days[key]
        if day is not None:
            _put(day, value, problems)
    return [day for day in days.values() if day is not None and _has_values(day)]


def _new_day(value: _Value, problems: Problems) -> StationDay | None:
    try:
        return StationDay(value.station, date.fromisoformat(value.day))
    except ValueError:
        problems.add("not a date", value.day)
        return None


def _has_values(day: StationDay) -> bool:
    return bool(day.conditions) or any(
        getattr(day, field) is not None for field in dict.fromkeys(field for field, _ in _ELEMENTS.values())
    )


def _put(day: StationDay, value: _Value, problems: Problems) -> None:
    """Put one value into its day; what is missing, failed a check or is not stored is counted."""
    text = value.value.strip()
    if text == _MISSING:
        return
    if value.quality:
        problems.add(f"failed quality check {value.quality}: {value.element}", f"{value.station} {value.day} {text}")
    elif value.element[:2] in ("WT", "WV"):
        if text == "1":
            word = _WEATHER.get(value.element[2:], f"Weather Type {value.element[2:]}")
            day.conditions = tuple(dict.fromkeys((*day.conditions, word)))
    elif value.element in _ELEMENTS:
        _put_number(day, value, problems)
    else:
        problems.add(f"not stored: {value.element}")


def _put_number(day: StationDay, value: _Value, problems: Problems) -> None:
    field, convert = _ELEMENTS[value.element]
    text = value.value.strip()
    number = convert(float(text)) if _NUMBER.fullmatch(text) else None
    low, high = _RANGES.get(field, (float("-inf"), float("inf")))
    if number is None or not low <= number <= high:
        wrong = "not a number" if number is None else "out of range"
        problems.add(f"{value.element}: {wrong}", f"{value.station} {value.day} {text}")
        return
    known = getattr(day, field)
    setattr(day, field, number if known is None else max(known, number))  # of two kinds of gusts the stronger
    if value.measurement == "T":
        day.traces = (*day.traces, field)
    if value.time and field in ("max_temp_f", "precip_in"):
        day.ends_local = day.ends_local or value.time
