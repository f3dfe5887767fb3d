"""Expresses an instant stamped in UTC on the publisher's own clock, where the page shows what that clock said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone
from itertools import chain, islice

from flows.model import Moment
from flows.parse.dates.visible import dates_in_scripts, dates_in_text, read_date, url_day
from flows.parse.page.document import Document

_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_QUARTER = timedelta(minutes=15)
# A printed clock has no seconds.
_NEAR = timedelta(seconds=60)


def in_local_time(document: Document, stamp: Moment, stated: Iterator[str]) -> Moment:
    """The same instant with the publisher's offset, where the address or another of the `stated` dates names the day
    before or after the one in UTC: then it is the local day. The offset is that of a printed clock that shows this
    instant; without one, the smallest in whole hours that leads to that day."""
    raws = list(stated)
    local_day = _other_day(document, stamp, raws)
    if local_day is None:
        return stamp
    document.prune()
    printed = chain(raws, islice(dates_in_scripts(document), 10), islice(dates_in_text(document), 10))
    for raw in printed:
        offset = _offset_of(read_date(document, raw, None), stamp)
        if offset and (stamp.at + offset).date() == local_day:
            return replace(stamp, at=stamp.at.astimezone(timezone(offset)))
    return replace(stamp, at=stamp.at.astimezone(timezone(_smallest(stamp, local_day))))


def _other_day(document: Document, stamp: Moment, raws: list[str]) -> date | None:
    """The day beside the stamp's own that the page gives instead, if some zone's clock showed it at that instant."""
    own = stamp.at.date()
    stated = (read_date(document, raw, None) for raw in raws if raw[:10] != own.isoformat())
    for named in (url_day(document.url, None), *stated):
        if named is None or (named.precision != "day" and not _offset_of(named, stamp)):
            continue
        day = named.at.date()
        if day == own:
            return None
        if (stamp.at + _WEST).date() <= day <= (stamp.at + _EAST).date():
            return day
    return None


def _offset_of(shown: Moment | None, stamp: Moment) -> timedelta | None:
    """How far a clock that shows `shown` at the stamp's instant is from UTC; None if it cannot be the same instant."""
    if shown is None or shown.precision == "day":
        return None
    if shown.at.tzinfo:
        return shown.at.utcoffset() if abs(shown.at - stamp.at) < _NEAR else None
    offset = shown.at.replace(tzinfo=UTC) - stamp.at
    whole = round(offset / _QUARTER) * _QUARTER
    return whole if abs(offset - whole) < _NEAR and _WEST <= whole <= _EAST else None


def _smallest(stamp: Moment, day: date) -> timedelta:
    hours = range(1, 15) if day > stamp.at.date() else range(-1, -13, -1)
    return next(
        (timedelta(hours=hour) for hour in hours if (stamp.at + timedelta(hours=hour)).date() == day), timedelta()
    )
