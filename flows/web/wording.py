"""Words values and column names for people: numbers, shares, units, local times with their zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from flows.trends.charts import cell
from flows.trends.headings import in_words

MISSING: Final = "–"
NO_HEADINGS: Final[Mapping[str, str]] = MappingProxyType({})  # of columns that are named in words
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


def column_text(name: str, headings: Mapping[str, str] = NO_HEADINGS) -> str:
    """The heading of a column: that of the trend, else its name in words with its unit. Times are shown with their
    zone, so the heading names none."""
    return (headings.get(name) or in_words(name)).removesuffix(" (UTC)")


def is_share(column: str) -> bool:
    """Whether a column is a part of 1, shown in percent."""
    return column in _SHARES or column.endswith("_share")


def is_number(value: object) -> bool:
    """Whether a value is set to the right in tables."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def day_text(value: date | None) -> str:
    """A local day as in `Fri 2026-11-27`."""
    return MISSING if value is None else f"{value:%a %Y-%m-%d}"
