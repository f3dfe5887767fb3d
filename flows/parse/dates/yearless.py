"""Reads a day printed without its year, or a weekday with its clock, as the latest one before the capture."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from flows.model import Moment
from flows.parse.dates.calendars import CIVIL_YEAR
from flows.parse.dates.clocks import find_clock
from flows.parse.dates.moments import in_zone
from flows.parse.dates.months import month_of
from flows.parse.dates.zones import printed_zone

_NAME = r"([^\W\d_]{3,14})"
_DAY_MONTH = re.compile(
    rf"(?<![\d.:])(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|of\s+)?{_NAME}(?!\w)", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"(?<!\w){_NAME}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\w:.]\d|\d)", re.IGNORECASE)
_EAST_ASIAN = re.compile(r"(?<!\d)(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_WEEKDAY_NAMES = (
    r"mon(?:day)?|montag|lundi|lunes|lunedì|maandag|måndag|mandag",
    r"tue(?:s(?:day)?)?|dienstag|mardi|martes|martedì|dinsdag|tisdag|tirsdag",
    r"wed(?:nesday)?|mittwoch|mercredi|miércoles|mercoledì|woensdag|onsdag",
    r"thu(?:rs(?:day)?)?|donnerstag|jeudi|jueves|giovedì|donderdag|torsdag",
    r"fri(?:day)?|freitag|vendredi|viernes|venerdì|vrijdag|fredag",
    r"sat(?:urday)?|samstag|sonnabend|samedi|sábado|sabato|zaterdag|lördag|lørdag",
    r"sun(?:day)?|sonntag|dimanche|domingo|domenica|zondag|söndag|søndag",
)
_WEEKDAYS = tuple(re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE) for names in _WEEKDAY_NAMES)
# A longer text without a clock is about something else.
MAX_BARE = 40
_AHEAD = timedelta(days=1)


def yearless_moment(text: str, raw: str, now: datetime, zone: tzinfo | None) -> Moment | None:
    """The moment of a normalized text that names a day and month but no year, or a weekday with a clock time: the
    latest that is at most a day after `now`, the capture in local time."""
    if CIVIL_YEAR.search(text):
        return None
    clock = find_clock(text)
    if clock is None and len(text) > MAX_BARE:
        return None
    day = _named_day(text, now) or (_weekday(text, now) if clock else None)
    if day is None:
        return None
    if clock is None or clock.hour > 23:
        return in_zone(day, raw, None, zone, "day")
    at = day.replace(hour=clock.hour, minute=clock.minute)
    return in_zone(at, raw, printed_zone(text[clock.end :], at), zone, "minute")


def _named_day(text: str, now: datetime) -> datetime | None:
    for pattern, month_group, day_group in ((_EAST_ASIAN, 1, 2), (_MONTH_DAY, 1, 2), (_DAY_MONTH, 2, 1)):
        for match in pattern.finditer(text):
            name = match.group(month_group)
            month = int(name) if name.isdigit() else month_of(name)
            if month and (day := _latest(month, int(match.group(day_group)), now)):
                return day
    return None


def _latest(month: int, day: int, now: datetime) -> datetime | None:
    for year in (now.year + 1, now.year, now.year - 1):
        try:
            found = datetime(year, month, day)  # noqa: DTZ001 - zone is set after
        except ValueError:
            continue
        if found <= now.replace(tzinfo=None) + _AHEAD:
            return found
    return None


def _weekday(text: str, now: datetime) -> datetime | None:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    for number, pattern in enumerate(_WEEKDAYS):
        if pattern.search(text):
            return today - timedelta(days=(today.weekday() - number) % 7)
    return None
