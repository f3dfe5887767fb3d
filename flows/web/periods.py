"""Says which days a row of a trend counts, and which of its periods are not whole."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from flows.errors import ConfigError
from flows.trends.catalog import Trend
from flows.trends.coverage import first_of
from flows.trends.run import values_of

_DEFAULT_DAYS: Final = re.compile(r"\(none: (\d+) days up to `until`\)")
PERIOD_COLUMNS: Final = ("period", "month")


def length_of(trend: Trend, params: Mapping[str, str | None]) -> str:
    """The length of the trend's periods: day, week or month."""
    if any(param.name == "by" for param in trend.params):
        by = values_of(trend, given(trend, params)).get("by")
        return str(by)
    return "month" if trend.x == "month" else "day"


def given(trend: Trend, params: Mapping[str, str | None]) -> dict[str, str]:
    """The parameters that the user gave a value."""
    return {name: text for name, text in params.items() if text}


def last_day(start: date, by: str) -> date:
    """The last calendar day of the day, week or month that starts on `start`."""
    if by == "week":
        return start + timedelta(days=6 - start.weekday())
    if by == "month":
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return start


def range_of(trend: Trend, params: Mapping[str, str | None], last: date | None) -> tuple[date | None, date | None]:
    """First and last local day that the trend counts with these parameters; None where it has no such bound. `last` is
    the last observed day."""
    try:
        values = values_of(trend, given(trend, params))
    except ConfigError:
        return None, None
    until = values.get("until") or values.get("today") or last
    since = values.get("since")
    days = values.get("days")
    if not isinstance(until, date):
        return (since if isinstance(since, date) else None), None
    if isinstance(since, date):
        return since, until
    meaning = next((param.meaning for param in trend.params if param.name == "since"), "")
    if found := _DEFAULT_DAYS.search(meaning):
        days = int(found[1])
    return (first_of(int(str(days)), until) if days else None), until


def is_partial(start: date, by: str, days: int | None, today: date) -> bool:
    """Whether a period is not over, or only part of its days is in the range; `days` is how many are."""
    last = last_day(start, by)
    if last >= today:
        return True
    return days is not None and days < (last - start).days + 1
