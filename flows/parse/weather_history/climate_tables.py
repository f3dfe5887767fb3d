"""Reads daily climate tables of the Iowa Environmental Mesonet: CLI and CF6 reports, cooperative observers, and its own
daily summaries. Temperatures are °F, amounts inches (0.0001 is a trace), wind mph, in the summaries knots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from flows.errors import ShapeError
from flows.parse.weather_history.columns import (
    Amounts,
    Cells,
    Problems,
    is_trace,
    mph_of_knots,
    rows_of_width,
    same,
    table_rows,
)
from flows.weather_model import StationDay, WeatherHistory

_AMOUNTS: Final = frozenset({"precip_in", "snow_in", "snow_depth_in"})
_TEMPERATURES: Final = {"max_temp_f", "min_temp_f", "mean_temp_f", "max_feels_like_f", "min_feels_like_f"}

# Method -> columns that only this table has, its station and date columns, and the field of each column that is stored.
_TABLES: Final[dict[str, tuple[tuple[str, ...], tuple[str, str], dict[str, str]]]] = {
    "cli": (
        ("product", "high_normal", "snowdepth"),
        ("station", "valid"),
        {
            "high": "max_temp_f", "low": "min_temp_f", "precip": "precip_in", "snow": "snow_in",
            "snowdepth": "snow_depth_in", "average_wind_speed": "mean_wind_mph", "highest_wind_speed": "max_wind_mph",
            "highest_gust_speed": "max_gust_mph",
        },
    ),
    "cf6": (
        ("product", "snowd_12z", "gust_smph"),
        ("station", "valid"),
        {
            "high": "max_temp_f", "low": "min_temp_f", "avg_temp": "mean_temp_f", "precip": "precip_in",
            "snow": "snow_in", "snowd_12z": "snow_depth_in", "avg_smph": "mean_wind_mph", "max_smph": "max_wind_mph",
            "gust_smph": "max_gust_mph",
        },
    ),
    "coop": (
        ("day", "high", "low", "sday"),
        ("station", "day"),
        {
            "high": "max_temp_f", "low": "min_temp_f", "precip": "precip_in", "snow": "snow_in",
            "snowd": "snow_depth_in",
        },
    ),
    "summary": (
        ("iemid", "max_tmpf", "pday"),
        ("iemid", "day"),
        {
            "max_tmpf": "max_temp_f", "min_tmpf": "min_temp_f", "max_feel": "max_feels_like_f",
            "min_feel": "min_feels_like_f", "pday": "precip_in", "snow": "snow_in", "snowd": "snow_depth_in",
            "avg_sknt": "mean_wind_mph", "max_sknt": "max_wind_mph", "max_gust": "max_gust_mph",
        },
    ),
}  # fmt: skip
_KNOTS: Final = frozenset({"avg_sknt", "max_sknt", "max_gust"})


def is_climate_table(header: str) -> bool:
    """Whether a first line is the header of such a table."""
    return _method_of(header) is not None


def _method_of(header: str) -> str | None:
    names = {name.strip() for name in header.split(",")}
    return next((method for method, (marks, _, _) in _TABLES.items() if names.issuperset(marks)), None)


def read_climate_table(text: str, first_line: int) -> WeatherHistory:
    """The days of a table, one per row. Raises ShapeError for another table."""
    problems = Problems()
    rows = table_rows(text, ",", first_line, problems)
    header = [name.strip() for name in next(rows, [])]
    method = _method_of(",".join(header))
    if method is None:
        raise ShapeError(f"not a daily climate table: it begins with {','.join(header)[:80]!r}")
    _, (station_name, date_name), fields = _TABLES[method]
    station_at, date_at = header.index(station_name), header.index(date_name)
    hour_at = header.index("temp_hour") if "temp_hour" in header else None
    columns = [
        (header.index(name), field, _cells(name, field, problems)) for name, field in fields.items() if name in header
    ]
    found = WeatherHistory(f"{method} table", "Iowa Environmental Mesonet", method)
    for row in rows_of_width(rows, len(header), problems):
        found.rows += 1
        try:
            day = date.fromisoformat(row[date_at].strip())
        except ValueError:
            problems.add(f"{date_name}: not a date", row[date_at])
            continue
        station = row[station_at].strip()
        values = StationDay(f"iem:{station}" if method == "summary" else station, day)
        for at, field, cells in columns:
            setattr(values, field, cells[row[at]])
            if field in _AMOUNTS and is_trace(row[at]):
                values.traces = (*values.traces, field)
        if hour_at is not None and row[hour_at].strip().isdigit():
            values.ends_local = f"{int(row[hour_at]):02}00"
        found.days.append(values)
    found.problems = problems.listed()
    return found


def _cells(name: str, field: str, problems: Problems) -> Cells:
    convert: Callable[[float], float] = mph_of_knots if name in _KNOTS else same
    if field in _AMOUNTS:
        return Amounts(name, problems, convert, 0, 600)
    low, high = (-130, 200) if field in _TEMPERATURES else (0, 300)
    return Cells(name, problems, convert, low, high)
