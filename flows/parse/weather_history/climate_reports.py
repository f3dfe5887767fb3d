"""Reads climate reports that the National Weather Service sends as text: the monthly form F-6 (CF6) and tables of
maximum and minimum temperature in SHEF (RTP). °F, inches and mph as printed; T is a trace, M and MM are missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flows.errors import ShapeError
from flows.parse.weather_history.columns import Amounts, Cells, Problems, is_trace
from flows.weather_model import StationDay, WeatherHistory

_MONTHS: Final = (
    "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER",
    "DECEMBER",
)  # fmt: skip
_CF6_ID: Final = re.compile(r"^CF6([A-Z0-9]{3})\s*$", re.MULTILINE)
_CF6_MONTH: Final = re.compile(r"MONTH:\s+([A-Z]+)\s+YEAR:\s+(\d{4})")
_CF6_DAY: Final = re.compile(r"^[ \d]\d(\s+\S+){15,18}\s*$")
# Field -> token of a day's line, from the left; the peak wind is the second token from the right.
_CF6_FIELDS: Final = {
    "max_temp_f": 1, "min_temp_f": 2, "mean_temp_f": 3, "precip_in": 7, "snow_in": 8, "snow_depth_in": 9,
    "mean_wind_mph": 10, "max_wind_mph": 11, "max_gust_mph": -2,
}  # fmt: skip
_SHEF_TABLE: Final = re.compile(r"^\.BR \w+ (\d{2})(\d{2}) \w+ (\S+)\s*$(.*?)^\.END", re.MULTILINE | re.DOTALL)
_SHEF_YEAR: Final = re.compile(r"\b(?:AM|PM) \w{3,4} \w{3} \w{3} \d{1,2} (\d{4})\b")
_SHEF_ROW: Final = re.compile(r"^(\w{3,5})\s*:[^:]*:(.*)$")
# SHEF code of a column -> field. X is the maximum, N and P the minimum of the time before.
_SHEF_FIELDS: Final = {
    "TAIRZX": "max_temp_f", "TAIRZN": "min_temp_f", "TAIRZP": "min_temp_f", "PPDRZZ": "precip_in",
    "SFDRZZ": "snow_in", "SDIRZZ": "snow_depth_in",
}  # fmt: skip
_AMOUNTS: Final = frozenset({"precip_in", "snow_in", "snow_depth_in"})


def is_climate_report(head: str) -> bool:
    """Whether the beginning of a text is one of these reports."""
    return _CF6_ID.search(head) is not None or ("\n.BR " in head and "TAIRZX" in head)


def read_climate_report(text: str, first_line: int) -> WeatherHistory:
    """The days in a report. Raises ShapeError for a report without its month or year."""
    text = text.replace("\r", "")
    problems = Problems()
    problems.line = first_line
    found = _read_cf6(text, problems) if _CF6_ID.search(text) else _read_shef(text, problems)
    found.problems = problems.listed()
    return found


class _Fields:
    """How the cells of each field are read."""

    def __init__(self, problems: Problems) -> None:
        self._cells: dict[str, Cells] = {}
        self._problems = problems

    def put(self, day: StationDay, field: str, cell: str) -> None:
        """Put one cell into its day."""
        if field not in self._cells:
            is_amount, is_wind = field in _AMOUNTS, field.endswith("_mph")
            kind, low, high = (Amounts, 0, 600) if is_amount else (Cells, 0 if is_wind else -100, 300)
            self._cells[field] = kind(field, self._problems, low=low, high=high)
        setattr(day, field, self._cells[field][cell])
        if field in _AMOUNTS and is_trace(cell):
            day.traces = (*day.traces, field)


def _read_cf6(text: str, problems: Problems) -> WeatherHistory:
    named, month = _CF6_ID.search(text), _CF6_MONTH.search(text)
    if named is None or month is None or month[1] not in _MONTHS:
        raise ShapeError("a CF6 report without MONTH and YEAR")
    found = WeatherHistory("cf6 report", "National Weather Service", "cf6")
    fields = _Fields(problems)
    start = problems.line
    for problems.line, line in enumerate(text.splitlines(), start):
        if not _CF6_DAY.match(line):
            continue
        tokens = line.split()
        found.rows += 1
        try:
            day = StationDay(f"K{named[1]}", date(int(month[2]), _MONTHS.index(month[1]) + 1, int(tokens[0])))
        except ValueError:
            problems.add("not a day of its month", line)
            continue
        for field, at in _CF6_FIELDS.items():
            fields.put(day, field, tokens[at])
        found.days.append(day)
    return found


@dataclass(frozen=True, slots=True)
class _ShefTable:
    """One table: its day, and per column the field and how many days before that day its value belongs to."""

    day: date
    columns: tuple[tuple[str | None, int], ...]


def _read_shef(text: str, problems: Problems) -> WeatherHistory:
    year = _SHEF_YEAR.search(text)
    if year is None:
        raise ShapeError("a SHEF report without the year of its issue, such as '1048 AM CDT Wed Sep 22 2021'")
    found = WeatherHistory("shef report", "National Weather Service", "shef")
    fields = _Fields(problems)
    for match in _SHEF_TABLE.finditer(text):
        try:
            day = date(int(year[1]), int(match[1]), int(match[2]))
        except ValueError:
            problems.add("a table with a day that does not exist", match[0].partition("\n")[0])
            continue
        table = _ShefTable(day, _shef_columns(match[3]))
        problems.line = 1 + text.count("\n", 0, match.start(4))
        for line in match[4].splitlines():
            problems.line += 1
            row = _SHEF_ROW.match(line)
            if row:
                found.rows += 1
                found.days += _shef_days(row[1], row[2], table, fields, problems)
    return found


def _shef_columns(codes: str) -> tuple[tuple[str | None, int], ...]:
    """The columns in order. DH00 before a code: the value is of the day that ended at that midnight."""
    columns, before = [], 0
    for code in codes.split("/"):
        if code.startswith("DH"):
            before = 1 if code.startswith("DH00") else 0
        else:
            columns.append((_SHEF_FIELDS.get(code), before))
    return tuple(columns)


def _shef_days(station: str, values: str, table: _ShefTable, fields: _Fields, problems: Problems) -> list[StationDay]:
    """The days that one row has values for: its maximum can be that of the day before."""
    name = f"K{station}" if len(station) == 3 else station
    cells = [cell.strip() for cell in values.split("/")]
    observed = cells.pop(0) if cells and cells[0].startswith("DH") else None
    if len(cells) != len(table.columns):
        problems.add(f"{len(cells)} values instead of {len(table.columns)}", values)
        return []
    days: dict[int, StationDay] = {}
    for cell, (field, before) in zip(cells, table.columns, strict=True):
        if field and cell:
            day = days.setdefault(before, StationDay(name, table.day - timedelta(days=before)))
            fields.put(day, field, cell)
            day.ends_local = observed.removeprefix("DH") if observed else day.ends_local
    return list(days.values())
