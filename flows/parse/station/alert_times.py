"""Reads the times in the text of weather service products: onset, end, and time of issue."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from flows.parse.dates.relative import relative_day
from flows.parse.dates.zones import ZONE_HOURS

_ZONES = ZONE_HOURS | {"hdt": -9.0, "sst": -11.0, "chst": 10.0}  # of the Aleutians, Samoa and Guam
_ZONE_NAME = r"(?:[ECMP][SD]T|AK[SD]T|H[SD]T|AST|SST|ChST)"
_TIME = re.compile(
    rf"\b(?:(\d{{1,2}})(?::?(\d{{2}}))?\s*([AP])M|(NOON|MIDNIGHT))(?:\s+({_ZONE_NAME}))?"
    r"(?:\s+(THIS (?:MORNING|AFTERNOON|EVENING)|TODAY|TONIGHT|TOMORROW|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY))?",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    rf"\b(\d{{1,2}}):?(\d{{2}}) ([AP]M) ({_ZONE_NAME}) [A-Z][a-z]{{2}} ([A-Z][a-z]{{2}}) (\d{{1,2}}) (20\d\d)\b",
    re.IGNORECASE,
)
# `7 PM CST /8 PM EST/`: an office with two zones prints both; the first is its own.
_OTHER_ZONE = re.compile(r"/\s*(?:\d{1,2}(?::?\d{2})?\s*[AP]M|NOON|MIDNIGHT)\b[^/]*/", re.IGNORECASE)
_ONE_DAY, _HALF_DAY, _WEEK = timedelta(days=1), timedelta(hours=12), timedelta(days=7)
_MOST_AHEAD = timedelta(days=5)  # no product names its onset by a weekday so far ahead: it is over


def read_issued(text: str) -> datetime | None:
    """The time of issue in UTC, from a line like `443 PM CDT Thu Jun 15 2023`; None without one."""
    match = _ISSUED.search(text)
    if match is None:
        return None
    hour, minute, half, name, month, day, year = match.groups()
    try:
        at = datetime.strptime(f"{year} {month} {day} {hour}:{minute} {half}", "%Y %b %d %I:%M %p")  # noqa: DTZ007
    except ValueError:
        return None
    return at.replace(tzinfo=_fixed(name)).astimezone(UTC)


def read_when(text: str, read_at: datetime | None, zone: tzinfo | None) -> tuple[datetime | None, datetime | None]:
    """(onset, end) in UTC of a text like `From 6 PM this evening to 6 AM CST Sunday` or `Until 9 PM CST`, written at or
    shortly before `read_at`. None for a time that is not given; both None where `read_at` or the zone is unknown. The
    first zone named applies to both times. The end is on the next weekday of its name, today included; the onset is
    before it, and may be past. Both are past where the onset would lie more than five days ahead. An onset without a
    day is on the day of the end, or the one before it."""
    found = list(_TIME.finditer(_OTHER_ZONE.sub("", text)))[:2]
    named = next((match.group(5) for match in found if match.group(5)), None)
    chosen = _fixed(named) if named else zone
    if not found or read_at is None or chosen is None or any(_clock(match) is None for match in found):
        return None, None
    today = read_at.astimezone(chosen).date()
    first = _at(found[0], today, chosen)
    if not re.match(r"\W*from\b", text, re.IGNORECASE):
        is_tomorrow = not found[0].group(6) and first < read_at - _HALF_DAY
        return None, first + _ONE_DAY if is_tomorrow else first
    if len(found) == 1:
        return first, None
    onset, ends = _period(found[0], found[1], today, chosen)
    is_over = _is_weekday(found[1]) and onset > read_at + _MOST_AHEAD
    return (onset - _WEEK, ends - _WEEK) if is_over else (onset, ends)


def _period(start: re.Match[str], end: re.Match[str], today: date, zone: tzinfo) -> tuple[datetime, datetime]:
    if not end.group(6):
        onset = _at(start, today, zone)
        ends = _at(end, onset.astimezone(zone).date(), zone)
        return onset, ends if ends > onset else ends + _ONE_DAY
    ends = _at(end, today, zone)
    last_day = relative_day(end.group(6), today)
    is_weekday = _is_weekday(start)
    onset = _at(start, last_day - timedelta(days=6) if is_weekday else today if start.group(6) else last_day, zone)
    while onset > ends:
        onset -= _WEEK if is_weekday else _ONE_DAY
    return onset, ends


def _is_weekday(match: re.Match[str]) -> bool:
    word = (match.group(6) or "").lower()
    return word.endswith("day") and word != "today"


def _at(match: re.Match[str], today: date, zone: tzinfo) -> datetime:
    """The instant in UTC that a time names on `today`; midnight is the end of its day."""
    clock = _clock(match) or time(0)
    at = datetime.combine(relative_day(match.group(6) or "today", today), clock, zone)
    is_end_of_day = bool(match.group(4)) and clock == time(0)
    return (at + _ONE_DAY if is_end_of_day else at).astimezone(UTC)


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, half, word = match.group(1, 2, 3, 4)
    if word:
        return time(12 if word.upper() == "NOON" else 0)
    if not 1 <= int(hour) <= 12 or int(minute or 0) > 59:
        return None
    return time(int(hour) % 12 + (12 if half.upper() == "P" else 0), int(minute or 0))


def _fixed(name: str) -> tzinfo:
    return timezone(timedelta(hours=_ZONES[name.lower()]))
