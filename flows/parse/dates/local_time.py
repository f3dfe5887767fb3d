"""Converts an instant given in UTC to the publisher's local time, where the page reveals the offset."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from flows.model import Moment
from flows.parse.dates.moments import moment
from flows.parse.dates.visible import date_lines, dates_in_scripts, day_first_of, url_day
from flows.parse.page.document import Document

_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_QUARTER = timedelta(minutes=15)
# Printed times have no seconds.
_TOLERANCE = timedelta(seconds=60)


def in_local_time(
    document: Document, stamp: Moment, stated: Iterator[str], excludes: Callable[[LexborNode], bool]
) -> Moment:
    """The same instant with the publisher's offset, where the URL or another of the `stated` dates gives the day before
    or after the one in UTC: that is the local day. The offset is taken from a printed time of the same instant; without
    one, it is the smallest offset in whole hours that gives that day."""
    raws = list(stated)
    local_day = _other_day(document, stamp, raws)
    if local_day is None:
        return stamp
    lines = (text for text, _ in date_lines(document, excludes))
    printed = chain(raws, islice(dates_in_scripts(document), 10), islice(lines, 20))
    for raw in printed:
        offset = _offset_of(_read(document, raw), stamp)
        if offset and (stamp.at + offset).date() == local_day:
            return replace(stamp, at=stamp.at.astimezone(timezone(offset)))
    return replace(stamp, at=stamp.at.astimezone(timezone(_smallest(stamp, local_day))))


def _other_day(document: Document, stamp: Moment, raws: list[str]) -> date | None:
    """The first stated day, if it differs from the stamp's own and is the local day of that instant in some zone."""
    own = stamp.at.date()
    stated = (_read(document, raw) for raw in raws if raw[:10] != own.isoformat())
    for named in (url_day(document.url, None), *stated):
        if named is None or (named.precision != "day" and not _offset_of(named, stamp)):
            continue
        day = named.at.date()
        if day == own:
            return None
        if (stamp.at + _WEST).date() <= day <= (stamp.at + _EAST).date():
            return day
    return None


def _read(document: Document, raw: str) -> Moment | None:
    return moment(raw, None, day_first=day_first_of(document.lang, document.url))


def _offset_of(shown: Moment | None, stamp: Moment) -> timedelta | None:
    """The UTC offset under which `shown` is the stamp's instant; None if there is none."""
    if shown is None or shown.precision == "day":
        return None
    if shown.at.tzinfo:
        return shown.at.utcoffset() if abs(shown.at - stamp.at) < _TOLERANCE else None
    offset = shown.at.replace(tzinfo=UTC) - stamp.at
    whole = round(offset / _QUARTER) * _QUARTER
    return whole if abs(offset - whole) < _TOLERANCE and _WEST <= whole <= _EAST else None


def _smallest(stamp: Moment, day: date) -> timedelta:
    hours = range(1, 15) if day > stamp.at.date() else range(-1, -13, -1)
    return next(
        (timedelta(hours=hour) for hour in hours if (stamp.at + timedelta(hours=hour)).date() == day), timedelta()
    )
