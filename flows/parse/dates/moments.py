"""Reads a printed or machine-written date and time, with its zone and precision as far as known."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from flows.model import Moment, Precision, ZoneBasis
from flows.parse.dates.clocks import Clock, find_clock, is_joined, last_clock
from flows.parse.dates.days import FIRST_YEAR, LAST_YEAR, Day, clock_inside, compact_clock, find_day, normalized
from flows.parse.dates.zones import printed_zone
from flows.parse.page.clean import clean_text

MAX_CHARACTERS = 400
# A clock further from its day belongs to something else.
_REACH = 60
_PLAIN_ISO = re.compile(r"^\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?$")
# Seconds since 1970, also with milliseconds or finer parts, and as .NET writes them.
_EPOCH = re.compile(r"^(?:\\?/?Date\()?(\d{10})(?:\d{3}|\d{6}|\d{9}|\.\d+)?(?:[+-]\d{4})?(?:\)\\?/?)?$")


def moment(raw: str, zone: tzinfo | None, *, day_first: bool = True) -> Moment | None:
    """The first moment in `raw`, or None when it holds none from 1990 to 2100. An offset or zone name in `raw` takes
    precedence over `zone` (the source's own; None when unknown, then the result is naive). `day_first` reads 3/4/2019
    as 3 April. Precision is `day` without a clock time, `minute` without seconds. A time in the hour repeated at the
    end of daylight saving time is flagged `ambiguous` and read as the first of the two."""
    if _PLAIN_ISO.match(raw) and (found := _plain_iso(raw, zone)):
        return found
    raw = clean_text(raw[:MAX_CHARACTERS])
    text = normalized(raw)
    if epoch := _EPOCH.match(text):
        return _epoch(raw, int(epoch.group(1)))
    day = find_day(text, day_first)
    if day is None:
        return None
    following = find_day(text[day.end :], day_first)
    return moment_of(text, raw, day, (0, day.end + following.start if following else len(text)), zone)


def moment_of(text: str, raw: str, day: Day, window: tuple[int, int], zone: tzinfo | None) -> Moment | None:
    """The moment of one day in normalized text. Its clock is the one directly before it, else the first one after it,
    else one further before, all within `window`."""
    clock = _clock(text, day, *window)
    at = _datetime(day, clock)
    if at is None:
        return None
    if clock is None:
        return in_zone(at, raw, None, zone, "day")
    explicit = printed_zone(text[clock.end : max(window[1], day.end)], at)
    return in_zone(at, raw, explicit, zone, "minute" if clock.second is None else "instant")


def _clock(text: str, day: Day, start: int, end: int) -> Clock | None:
    if compact := compact_clock(text, day):
        hour, minute, second = compact.group(4), compact.group(5), compact.group(6)
        return Clock(int(hour), int(minute), int(second) if second else None, 0, compact.start(4), compact.end())
    inside = clock_inside(text, day)
    if inside is not None:
        return _shifted(find_clock(text[inside : day.end]), inside)
    before = _shifted(last_clock(text[start : day.start]), start)
    if before and is_joined(text[before.end : day.start]):
        return before
    after = _shifted(find_clock(text[day.end : min(end, day.end + _REACH)]), day.end)
    return after or before


def _shifted(clock: Clock | None, by: int) -> Clock | None:
    return clock._replace(start=clock.start + by, end=clock.end + by) if clock else None


def _plain_iso(raw: str, zone: tzinfo | None) -> Moment | None:
    """The common case: a full timestamp in RFC 3339 or ISO 8601."""
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        return None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return None
    precision: Precision = "minute" if raw.count(":", 0, 19) < 2 else "instant"
    return in_zone(at.replace(tzinfo=None), raw, at.tzinfo, zone, precision)


def in_zone(at: datetime, raw: str, explicit: tzinfo | None, zone: tzinfo | None, precision: Precision) -> Moment:
    """The moment of a local time: in the zone printed with it, else in the source's, else naive."""
    chosen = explicit or zone
    basis: ZoneBasis = "explicit" if explicit else "source_zone" if zone else "unknown"
    if chosen is None:
        return Moment(at, raw, basis, precision)
    local = at.replace(tzinfo=chosen)
    return Moment(local, raw, basis, precision, ambiguous=precision != "day" and is_ambiguous(local))


def is_ambiguous(local: datetime) -> bool:
    """Whether a local time is in the hour repeated at the end of daylight saving time."""
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def _datetime(day: Day, clock: Clock | None) -> datetime | None:
    hour, minute, second, micro = clock[:4] if clock else (0, 0, None, 0)
    try:
        if (hour, minute) == (24, 0):
            return datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001 - zone is set after
        return datetime(day.year, day.month, day.day, hour, minute, min(second or 0, 59), micro)  # noqa: DTZ001
    except ValueError:
        return None


def _epoch(raw: str, seconds: int) -> Moment | None:
    at = datetime.fromtimestamp(seconds, UTC)
    return Moment(at, raw, "explicit", "instant") if FIRST_YEAR <= at.year <= LAST_YEAR else None
