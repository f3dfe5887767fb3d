"""Resolves the days that a closing's status names: single days, ranges, lists, and the day of reopening."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from flows.parse.dates.months import month_of
from flows.parse.dates.relative import relative_day

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"(?:{'|'.join(MONTHS)})"
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_ORDINAL: Final = r"(?:st|nd|rd|th)?\b"
_TO: Final = r"-|–|—|\b(?:to|thru|through)\b"
_NO_TIME = r"(?!\s*(?::|/|[ap]\.?m|-?\s*(?:h(?:ou)?rs?|min(?:ute)?s?)\b))"
_DAY = re.compile(
    rf"\b(?P<word>today|tonight|tomorrow|{_WEEKDAY})\b"
    rf"|\b(?P<name>{_MONTH})[a-z]*\.?\s+(?P<named>\d{{1,2}}){_ORDINAL}"
    r"(?:,?\s+(?P<named_year>20\d\d)\b)?"
    rf"(?:\s*(?:{_TO})\s*(?:the\s+)?(?P<last>\d{{1,2}}){_ORDINAL}{_NO_TIME})?"
    rf"(?P<more>(?:\s*(?:,\s*and|,|&|/|and)\s*\d{{1,2}}{_ORDINAL}{_NO_TIME})*)"
    r"|\b(?P<iso>20\d\d-\d\d-\d\d)\b"
    r"|\b(?P<month>\d{1,2})/(?P<numbered>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?\b(?!\s*-?days?\b)",
    re.IGNORECASE,
)
# `22 Dec`, `22-24 Dec 2023`, `22nd and 23rd of December`; not `Dec 22` before another date, nor the verb in `3 may`.
_DAY_FIRST = re.compile(
    rf"(?<![\d:/.])(?P<first>\d{{1,2}}){_ORDINAL}"
    rf"(?P<more>(?:\s*(?:{_TO}|,\s*and\b|,|&|/|\band\b)\s*\d{{1,2}}{_ORDINAL})*)\s+(?:of\s+|(?-i:(?!may)))"
    rf"(?P<month>{_MONTH}[a-z]{{0,6}})\b\.?(?!\s+(?:be|have)\b)(?:,?\s+(?P<year>20\d\d)\b)?(?!\.?,?\s*\d{{1,2}}{_ORDINAL}{_NO_TIME})",
    re.IGNORECASE,
)
_LAST_DAY = re.compile(rf"(\d{{1,2}}){_ORDINAL}\Z")
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}[a-z]{{0,6}}\.?\s+\Z", re.IGNORECASE)
_WEEK = re.compile(r"\b(?P<which>all|this|next|for the|rest of (?:the|this)) week(?P<end>end)?\b", re.IGNORECASE)
_SAME = re.compile(r"^[\s,.(]*$")
_THROUGH = re.compile(rf"^[\s,.)]*(?:{_TO})[\s(]*(?:on\s+)?$", re.IGNORECASE)
_AND = re.compile(r"^[\s.)]*(?:,|&|\+|/|and|or|,\s*and)[\s(]*(?:on\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_BEFORE_THROUGH = re.compile(r"\b(?:through|thru)\s+(?:on\s+)?$", re.IGNORECASE)
# The day named after these words is the first one open again.
_BEFORE_OPEN = re.compile(
    r"\b(?:(?:un)?til+|resum(?:e|es|ing)|return(?:s|ing)?|back(?:\s+in\s+session)?)\s+(?:on\s+)?$|\bre-?open(?:s|ing)?\s+(?:on\s+)?$|\b(?:clos|cancel).*\bopen(?:s|ing)?\s+(?:on\s+)?$",
    re.IGNORECASE | re.DOTALL,
)
_MAX_DAYS = 366
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Named:
    """A day as named: `today` or a weekday, or a calendar date; `before` are the words since the last day, `so_far` all
    words up to this day."""

    before: str
    so_far: str
    word: str | None = None
    fixed: date | None = None
    has_year: bool = False

    def on(self, day: date) -> date:
        """The date that is meant on `day`; a weekday is the next one, `day` included."""
        return self.fixed or relative_day(self.word or "today", day)


def effective_dates(status: str, day: date | None) -> tuple[date, ...]:
    """The local dates that a status is for, in order, relative to the list's own `day`; `day` itself where it names
    none. A weekday is the next one, `day` included, but a range begins before its end. `Closed until Monday` and
    `Reopens Monday` end on the day before; a week is its working days. Empty where the list has no day."""
    if day is None:
        return ()
    status = _with_month_first(status)
    named = _named_days(status, day)
    if not named:
        return _week(status, day) or (day,)
    first = named[0]
    if _BEFORE_OPEN.search(first.so_far):
        return _span(day, first.on(day) - _ONE_DAY) or (first.on(day) - _ONE_DAY,)
    if _BEFORE_THROUGH.search(first.before):
        return _span(day, first.on(day)) or (first.on(day),)
    if len(named) > 1 and (_THROUGH.match(named[1].before) or _is_between(named)):
        return _range(first, named[1], day)
    listed = _listed(named, day)
    reopening = next((later for later in named[1:] if _BEFORE_OPEN.search(later.so_far)), None)
    return (_span(listed[0], reopening.on(listed[0]) - _ONE_DAY) if reopening else ()) or listed


def names_a_day(status: str) -> bool:
    """Whether a status names a day at all."""
    return bool(_DAY.search(_with_month_first(status)) or _WEEK.search(status))


def _named_days(status: str, day: date) -> list[_Named]:
    """The days that a status names, in order; a weekday with its date (`Friday, Jan 12`) is one."""
    found: list[_Named] = []
    end = 0
    for match in _DAY.finditer(status):
        days = _read(match, status[end : match.start()], status[: match.start()], day)
        if not days:
            continue
        end = match.end()
        if found and found[-1].word and days[0].fixed and _SAME.match(days[0].before):
            days[0] = replace(days[0], before=found[-1].before, so_far=found[-1].so_far)
            found.pop()
        found += days
    return found


def _read(match: re.Match[str], before: str, so_far: str, day: date) -> list[_Named]:
    """The days in one match: two for `Dec 22-31`, none for a date that does not exist."""
    if match["word"]:
        return [_Named(before, so_far, word=match["word"].lower())]
    if match["iso"]:
        with suppress(ValueError):
            return [_Named(before, so_far, fixed=date.fromisoformat(match["iso"]), has_year=True)]
        return []
    month = MONTHS.index(match["name"].lower()) + 1 if match["name"] else int(match["month"])
    printed = match["named_year"] or match["year"]
    year = int(printed) + (2000 if len(printed) == 2 else 0) if printed else None
    first = _calendar_date(year, month, match["named"] or match["numbered"], day)
    last = _calendar_date(year, month, match["last"], day) if match["last"] else None
    if first is None:
        return []
    found = [_Named(before, so_far, fixed=first, has_year=bool(year))]
    if last:
        found.append(_Named("-", so_far, fixed=last, has_year=bool(year)))
    for number in re.findall(r"\d+", match["more"] or ""):
        later = found[-1].fixed
        if later is None or int(number) <= later.day:
            break  # not a day of that list, as in `Jan 5, 1st shift`
        with suppress(ValueError):
            found.append(_Named(",", so_far, fixed=later.replace(day=int(number)), has_year=bool(year)))
    return found


def _with_month_first(status: str) -> str:
    """A status in which `22-24 Dec 2023` is written as `Dec 22, 2023-24`, the form that is read."""
    return _DAY_FIRST.sub(_month_first, status)


def _month_first(match: re.Match[str]) -> str:
    if not month_of(match["month"]):  # `3 marching bands`
        return match[0]
    year = f", {match['year']}" if match["year"] else ""
    last = _LAST_DAY.search(match["more"])
    if last and _MONTH_BEFORE.search(match.string[: match.start()]):  # `Dec 22 - 3 Jan`
        return f"{match['first']}{match['more'][: last.start()]}{match['month']} {last[1]}{year}"
    return f"{match['month']} {match['first']}{year}{match['more']}"


def _is_between(named: list[_Named]) -> bool:
    """Whether two days are those of `between Dec 22 and Jan 3`."""
    return bool(_BETWEEN.search(named[0].before) and _AND.match(named[1].before))


def _week(status: str, day: date) -> tuple[date, ...]:
    """The days of a status such as `Closed all week`; none where it names no week. On a weekend, a week is the one that
    begins on Monday."""
    match = _WEEK.search(status)
    if match is None:
        return ()
    monday = day - timedelta(days=day.weekday())
    if match["end"]:
        saturday = monday + timedelta(days=5 + 7 * (match["which"].lower() == "next"))
        return _span(saturday, saturday + _ONE_DAY)
    is_later = match["which"].lower() == "next" or monday + timedelta(days=4) < day
    monday += timedelta(days=7 if is_later else 0)
    first = day if match["which"].lower().startswith("rest") and not is_later else monday
    return _span(first, monday + timedelta(days=4))


def _calendar_date(year: int | None, month: int, number: str, day: date) -> date | None:
    """A date; without a year the one nearest to `day`. None if it does not exist."""
    years = (year,) if year else (day.year - 1, day.year, day.year + 1)
    found = []
    for each in years:
        with suppress(ValueError):
            found.append(date(each, month, int(number)))
    return min(found, key=lambda each: abs(each - day)) if found else None


def _range(first: _Named, last: _Named, day: date) -> tuple[date, ...]:
    """Every day of a range. It may have begun before `day`, and may end in the next year."""
    end = last.on(day)
    weekday = first.word if first.word not in ("today", "tonight", "tomorrow") else None
    start = relative_day(weekday, end - timedelta(days=6)) if weekday else first.on(day)
    if start > end and last.fixed and not last.has_year:
        end = _calendar_date(end.year + 1, end.month, str(end.day), day) or end
    return _span(start, end) or (start,)


def _listed(named: list[_Named], day: date) -> tuple[date, ...]:
    """The first day, and those joined to it by commas and `and`."""
    found = [named[0].on(day)]
    for later in named[1:]:
        if not _AND.match(later.before):
            break
        found.append(later.on(found[-1]))
    return tuple(sorted(set(found)))


def _span(start: date, end: date) -> tuple[date, ...]:
    """Every day from start to end; empty where the end lies before the start or more than a year after it."""
    count = (end - start).days + 1
    return tuple(start + timedelta(days=n) for n in range(count)) if 1 <= count <= _MAX_DAYS else ()
