"""Turns the names of columns into headings that a person reads, with units; data formats keep the names."""

from __future__ import annotations

import re
from typing import Final

from flows.trends.catalog import Trend

_QUANTILE: Final = re.compile(r"p(\d\d)_(.+)")
_ENDINGS: Final = (
    ("_low", ", 95 % from"),
    ("_high", ", 95 % to"),
    ("_at", " (UTC)"),
    ("_share", ", share"),
    ("_half_width", ", 95 % ±"),
)
# Last word of column names -> unit. Days are not among them: `observed_days` counts days.
_UNITS: Final = {
    "f": "°F",
    "mph": "mph",
    "in": "in",
    "pct": "%",
    "hpa": "hPa",
    "mi": "mi",
    "deg": "°",
    "ms": "ms",
    "hours": "h",
    "minutes": "min",
    "bytes": "bytes",
}
_WORDS: Final = {"p_value": "p-value", "q_value": "q-value", "url": "URL"}


def heading(trend: Trend, column: str) -> str:
    """The heading of one column: that of the trend's header, else the name in words, with its quantile and unit."""
    return trend.headings.get(column) or in_words(column)


def in_words(column: str) -> str:
    """A column's name in words, such as `p50_minutes` as `minutes, median` and `min_temp_f` as `min temp (°F)`."""
    if column in _WORDS:
        return _WORDS[column]
    if match := _QUANTILE.fullmatch(column):
        part = "median" if match[1] == "50" else f"{int(match[1])} %"
        return f"{in_words(match[2])}, {part}"
    for ending, means in _ENDINGS:
        if column.endswith(ending):
            return in_words(column.removesuffix(ending)) + means
    name, _, last = column.rpartition("_")
    unit = _UNITS.get(last) if name else None
    return column.replace("_", " ") if unit is None else f"{name.replace('_', ' ')} ({unit})"
