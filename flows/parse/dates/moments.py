"""Reads a printed or machine-written date and time, with its zone and precision as far as known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from flows.model import Moment, Precision, ZoneBasis
from flows.parse.page.clean import clean_text
from flows.parse.page.vocabulary import JALALI_MONTHS, MONTHS, ZONE_HOURS, ZONE_PLACES

FIRST_YEAR, LAST_YEAR = 1990, 2100
_MAX_CHARACTERS = 400
_DIGITS = {
    ord(digit): str(number) for zero in "٠۰०০๐０" for number, digit in enumerate(chr(ord(zero) + i) for i in range(10))
}

_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?=$|[Z+\-\s.])")
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:st|nd|rd|th|er|º|ª)?[\s.,/\-]*(?:de |of |d[’'])?\s*"
    r"([^\W\d_][^\s\d,.;:/()|\"<>\-]{1,14}?)(?:\.|de|(?=[\s.,/\-’']))[\s.,/\-’']*(?:de |del |of )?\s*(\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"\b([^\W\d_][^\s\d,.;:/()|\"<>\-]{1,14})\.?\s*(\d{1,2})(?:st|nd|rd|th|er)?(?!\d)[,.]?(?:\s+|\s*-\s*)(\d{4})(?!\d)",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    r"\b([^\W\d_][^\s\d,.;:/()|\"<>\-]{1,14})\.?\s+(\d{1,2})\s+(\d\d?:\d\d(?::\d\d)?)\s+(?:([A-Z]{1,5}|[+-]\d{4})\s+)?(\d{4})\b"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[.,]?\s+([^\W\d_][^\s\d,.;:/()|\"<>\-]{1,14})\.?\s+(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d])")
_JALALI = re.compile(rf"(\d{{1,2}})\s+({'|'.join(JALALI_MONTHS)})\s+(1[34]\d\d)")
_CLOCK = re.compile(
    r"(?<![\d:.+-])(\d{1,2})\s?[:h]\s?(\d{2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?(?!\d)\s*([ap])?\.?(?(5)m\b\.?)",
    re.IGNORECASE,
)
_CLOCK_DOT = re.compile(r"(?<![\d:.+-])(\d{1,2})\.(\d{2})(?![\d.])(?=\s*(?:Uhr|Hrs?\b|WIB|$|klo))", re.IGNORECASE)
_CLOCK_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})\s?([ap])\.?m\b\.?", re.IGNORECASE)
_CLOCK_CJK = re.compile(r"(?:(午前|午後|上午|下午|오전|오후)\s*)?(\d{1,2})\s*[時时시点]\s*(?:(\d{1,2})\s*[分분])?")
_OFFSET = re.compile(r"^\s*(?:\(?(?:UTC|GMT)\)?\s*([-+−]\d{1,2})(?::?(\d{2}))?|([-+−]\d{2}):?(\d{2})?)(?!\d)")
_ZONE_WORD = re.compile(r"^[\s,(]*([A-Za-z]{1,5})\b")
_PLAIN_ISO = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?$")
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day found in text, and its position in the text."""

    year: int
    month: int
    day: int
    start: int
    end: int


def moment(raw: str, zone: tzinfo | None, *, day_first: bool = True) -> Moment | None:
    """The first moment in `raw`, or None when it holds none from 1990 to 2100. An offset or zone name in `raw` takes
    precedence over `zone` (the source's own; None when unknown, then the result is naive). `day_first` reads 3/4/2019
    as 3 April. Precision is `day` without a clock time, `minute` without seconds. A time in the hour repeated at the
    end of daylight saving time is flagged `ambiguous` and read as the first of the two."""
    if _PLAIN_ISO.match(raw):
        return _plain_iso(raw, zone)
    raw = clean_text(raw[:_MAX_CHARACTERS])
    text = raw.translate(_DIGITS)
    if _EPOCH.match(text):
        return _epoch(raw, text)
    found = find_day(text, day_first)
    if found is None:
        return None
    clock, after = _clock(text, found)
    at = _datetime(found, clock)
    if at is None:
        return None
    precision: Precision = "day" if clock is None else "minute" if clock[2] is None else "instant"
    explicit = _explicit_zone(text[after:], at) if clock is not None else None
    return _in_zone(at, raw, explicit, zone, precision)


def _plain_iso(raw: str, zone: tzinfo | None) -> Moment | None:
    """The common case: a full timestamp in RFC 3339 or ISO 8601."""
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        return None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return None
    precision: Precision = "minute" if raw.count(":", 0, 19) < 2 else "instant"
    return _in_zone(at.replace(tzinfo=None), raw, at.tzinfo, zone, precision)


def _in_zone(at: datetime, raw: str, explicit: tzinfo | None, zone: tzinfo | None, precision: Precision) -> Moment:
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


def find_day(text: str, day_first: bool = True) -> Day | None:
    """The first calendar day in `text`, in any known format."""
    if not text.isascii():
        text = text.translate(_DIGITS)
    days = [day for read in (_iso, _month_name, _numeric, _jalali) if (day := read(text, day_first))]
    return min(days, key=lambda day: day.start) if days else _compact(text)


def _iso(text: str, _: bool) -> Day | None:
    for pattern, groups in ((_ISO, (1, 3, 4)), (_EAST_ASIAN, (1, 2, 3))):
        for match in pattern.finditer(text):
            if day := _day(match, *groups):
                return day
    return None


def _compact(text: str) -> Day | None:
    match = _COMPACT.search(text)
    return _day(match, 1, 2, 3) if match else None


def _month_name(text: str, _: bool) -> Day | None:
    best: Day | None = None
    for pattern, (year, month, day) in (
        (_YEAR_LAST, (5, 1, 2)), (_MONTH_DAY, (3, 1, 2)), (_DAY_MONTH, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3)),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            found = _day(match, year, month, day)
            if found:
                if best is None or found.start < best.start:
                    best = found
                break
    return best


def _jalali(text: str, _: bool) -> Day | None:
    """A day of the Iranian calendar with its month name; leap years follow a 33-year cycle in this range."""
    match = None if text.isascii() else _JALALI.search(text.replace("\u064a", "\u06cc"))
    if not match:
        return None
    day, month, year = int(match.group(1)), JALALI_MONTHS[match.group(2)], int(match.group(3))
    if not (1369 <= year <= 1478 and 1 <= day <= 31):
        return None
    past = year - 1369
    leaps = sum((1369 + i) % 33 in (1, 5, 9, 13, 17, 22, 26, 30) for i in range(past))
    days = past * 365 + leaps + (month - 1) * 31 - max(0, month - 7) + day - 1
    at = date(1990, 3, 21) + timedelta(days=days)
    return Day(at.year, at.month, at.day, match.start(), match.end())


def _numeric(text: str, day_first: bool) -> Day | None:
    for match in _NUMERIC.finditer(text):
        # dates with dots are never month-first
        order = (1, 3) if day_first or match.group(2) == "." else (3, 1)
        for day, month in (order, order[::-1]):
            if found := _day(match, 4, month, day):
                return found
    return None


def _day(match: re.Match[str], year_group: int, month_group: int, day_group: int) -> Day | None:
    name = match.group(month_group)
    month = int(name) if name.isdigit() else MONTHS.get(name.lower().rstrip("."), 0)
    year, day = int(match.group(year_group)), int(match.group(day_group))
    year += 2000 if year < 70 else 0
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Day(year, month, day, match.start(), match.end())


Clock = tuple[int, int, int | None, int]


def _clock(text: str, found: Day) -> tuple[Clock | None, int]:
    """((hour, minute, second or None, microsecond), position after it): the time printed after the day, else before
    it."""
    compact = _COMPACT.match(text[found.start :])
    if compact and compact.group(4):
        second = compact.group(6)
        end = found.start + compact.end()
        return (int(compact.group(4)), int(compact.group(5)), int(second) if second else None, 0), end
    tail = text[max(found.start, found.end - 30) :] if _YEAR_LAST.match(text[found.start :]) else text[found.end :]
    offset = len(text) - len(tail)
    clock, end = _read_clock(tail[:60])
    if clock:
        return clock, offset + end
    clock, end = _read_clock(text[: found.start])
    return clock, end


def _read_clock(text: str) -> tuple[Clock | None, int]:
    if match := _CLOCK.search(text):
        hour, minute, second, fraction, half = match.groups()
        micro = int((fraction or "0")[:6].ljust(6, "0"))
        return (_of_day(int(hour), half), int(minute), int(second) if second else None, micro), match.end()
    if match := _CLOCK_HOUR.search(text):
        return (_of_day(int(match.group(1)), match.group(2)), 0, None, 0), match.end()
    if match := _CLOCK_DOT.search(text):
        return (int(match.group(1)), int(match.group(2)), None, 0), match.end()
    if match := _CLOCK_CJK.search(text):
        half = {"午後": "p", "下午": "p", "오후": "p"}.get(match.group(1) or "", "a" if match.group(1) else None)
        return (_of_day(int(match.group(2)), half), int(match.group(3) or 0), None, 0), match.end()
    return None, 0


def _of_day(hour: int, half: str | None) -> int:
    if half is None or not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half in "pP" else 0)


def _datetime(day: Day, clock: Clock | None) -> datetime | None:
    hour, minute, second, micro = clock or (0, 0, None, 0)
    try:
        if (hour, minute) == (24, 0):
            return datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001 - zone is set after
        return datetime(day.year, day.month, day.day, hour, minute, min(second or 0, 59), micro)  # noqa: DTZ001
    except ValueError:
        return None


def _explicit_zone(tail: str, at: datetime) -> tzinfo | None:
    """The zone or offset printed right after a clock time."""
    if match := _OFFSET.match(tail):
        hours, minutes = match.group(1) or match.group(3), match.group(2) or match.group(4)
        offset = timedelta(hours=int(hours[1:]), minutes=int(minutes or 0))
        return timezone(offset if hours[0] == "+" else -offset) if offset <= timedelta(hours=14) else None
    if match := _ZONE_WORD.match(tail):
        name = match.group(1).lower()
        if name in ZONE_HOURS and (name == "z" or match.group(1).isupper()):
            return timezone(timedelta(hours=ZONE_HOURS[name]))
        if name in ZONE_PLACES and match.group(1).isupper():
            offset_at = at.replace(tzinfo=_zone(ZONE_PLACES[name])).utcoffset()
            return timezone(offset_at) if offset_at is not None else None
    return None


@lru_cache(maxsize=16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _epoch(raw: str, text: str) -> Moment | None:
    at = datetime.fromtimestamp(int(text[:10]), UTC)
    return Moment(at, raw, "explicit", "instant") if FIRST_YEAR <= at.year <= LAST_YEAR else None
