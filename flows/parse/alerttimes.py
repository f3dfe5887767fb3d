"""Reads when a weather alert begins and ends from its `* WHEN` words, seen from when the page was captured."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_TIME = re.compile(
    r"\b(?:(\d{1,2})(?::?(\d{2}))?\s*([AP])M|(NOON|MIDNIGHT))(?:\s+([ECMP][SD]T))?"
    r"(?:\s+(THIS (?:MORNING|AFTERNOON|EVENING)|TODAY|TONIGHT|TOMORROW|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY))?",
    re.IGNORECASE,
)


def read_when(words: str, captured_at: datetime | None, zone: tzinfo | None) -> tuple[datetime | None, datetime | None]:
    """(onset, end) in UTC of words like `From 6 PM this evening to 6 AM CST Sunday` or `Until 9 PM CST`; None for what
    is not said, and for both where the capture time or any zone is unknown. The first time that names a zone names it
    for all; a weekday is the next one."""
    found = list(_TIME.finditer(words))
    named = next((match.group(5).upper() for match in found if match.group(5)), None)
    used: tzinfo | None = timezone(timedelta(hours=_ZONES[named])) if named else zone
    if not found or captured_at is None or used is None:
        return None, None
    today = captured_at.astimezone(used).date()
    times = [at for match in found[:2] if (at := _time(match, today, used))]
    if len(times) < len(found[:2]):
        return None, None
    if not re.match(r"\W*from\b", words, re.IGNORECASE):
        return None, times[0]
    if len(times) == 1:
        return times[0], None
    start, end = times
    return start, end if end > start else end + timedelta(days=1)


def _time(match: re.Match[str], today: date, zone: tzinfo) -> datetime | None:
    hour, minute, half, word, _, day = match.groups()
    if word:
        hour, minute, half = ("12", "0", "P" if word.upper() == "NOON" else "A")
    if not 1 <= int(hour) <= 12 or int(minute or 0) > 59:
        return None
    clock = time(int(hour) % 12 + (12 if half.upper() == "P" else 0), int(minute or 0))
    at = datetime.combine(_day(day, today), clock, zone)
    is_end_of_day = bool(word) and clock == time(0)
    return (at + timedelta(days=1) if is_end_of_day else at).astimezone(UTC)


def _day(named: str | None, today: date) -> date:
    word = (named or "today").lower()
    if word == "tomorrow":
        return today + timedelta(days=1)
    return today + timedelta(days=(_DAYS.index(word[:3]) - today.weekday()) % 7) if word[:3] in _DAYS else today
