"""Words values and column names for people: numbers, shares, units, local times with their zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from flows.trends.charts import cell

MISSING: Final = "–"
# Ends of column names -> unit; the longest end counts.
UNITS: Final = {
    "_f": "°F",
    "_mph": "mph",
    "_in": "in",
    "_pct": "%",
    "_hpa": "hPa",
    "_mi": "mi",
    "_deg": "°",
    "_ms": "ms",
    "_days": "days",
    "_hours": "h",
    "_minutes": "min",
    "bytes": "bytes",
}
_SHARES: Final = ("share", "share_low", "share_high")


def value_text(value: object, column: str = "", zone: ZoneInfo | None = None) -> str:
    """A short text for a value of a column: shares in percent, thousands separated, times in `zone` (else UTC)."""
    if value is None:
        return MISSING
    if isinstance(value, datetime):
        return moment_text(value, zone)
    if isinstance(value, bool):
        return cell(value)
    if is_share(column) and isinstance(value, int | float):
        return f"{100 * value:.1f} %"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float) and abs(value) >= 1000:
        return f"{value:,.0f}"
    if isinstance(value, list | tuple):
        return ", ".join(value_text(inner, column, zone) for inner in value) or MISSING
    return cell(value)


def moment_text(value: datetime, zone: ZoneInfo | None) -> str:
    """A time with its zone, as in `Fri 2026-11-27 15:40 CST`; a time without a zone is shown as it is."""
    if value.tzinfo is None:
        return f"{value:%a %Y-%m-%d %H:%M}"
    return f"{value.astimezone(zone or ZoneInfo('UTC')):%a %Y-%m-%d %H:%M %Z}"


def column_text(name: str) -> str:
    """A column name as a heading, with its unit: `min_temp_f` is `min temp (°F)`."""
    end = next((end for end in sorted(UNITS, key=len, reverse=True) if name.endswith(end) and name != end), None)
    if end is None:
        return name.replace("_", " ")
    return f"{name.removesuffix(end).replace('_', ' ').strip()} ({UNITS[end]})"


def is_share(column: str) -> bool:
    """Whether a column is a part of 1, shown in percent."""
    return column in _SHARES or column.endswith("_share")


def is_number(value: object) -> bool:
    """Whether a value is set to the right in tables."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def day_text(value: date | None) -> str:
    """A local day as in `Fri 2026-11-27`."""
    return MISSING if value is None else f"{value:%a %Y-%m-%d}"
