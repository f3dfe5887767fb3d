"""Reads a station's closings file: its timestamp, one row per organization, and the state of the list."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo

from selectolax.lexbor import LexborHTMLParser

from flows.model import Closing, ClosingsList, Page
from flows.parse.context import Context
from flows.parse.dates.relative import relative_day
from flows.parse.page.charset import decode
from flows.parse.page.clean import clean_text

STALE_AFTER = timedelta(days=3)
_EMPTY = ("no currently active closings or delays to report", "there are no active records at this time")
_RELATIVE = re.compile(
    r"\b(today|tonight|tomorrow|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b", re.IGNORECASE
)
_UPDATED = re.compile(
    r"UPDATED\s+(?:[A-Z]+DAY,?\s+)?([A-Z]{3})[A-Z]*\.?\s+(\d{1,2})(?:,\s*(\d{4}))?\s+AT\s+(\d{1,2}):(\d{2})\s*([AP])\.?M",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})\b"
    r"|\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\b(?!\s*-?days?\b)",
    re.IGNORECASE,
)


def parse_closings(page: Page, context: Context) -> ClosingsList:
    """One fetch of a list. States: populated, empty (only by one of the two known sentences), stale (rows or sentence,
    but the list's timestamp is more than three days before the capture), broken (anything else, an empty response
    included). `updated_at` is aware, in the source's zone; the file may print no year, then it is the latest year
    that does not put the timestamp after the capture."""
    text = page.body if isinstance(page.body, str) else decode(page.body, page.charset)[0]
    source = context.source_of(page)
    zone = source.tzinfo if source else None
    tree = LexborHTMLParser(text[:2_000_000])
    printed = clean_text(tree.body.text(separator=" ")) if tree.body else ""
    closings = ClosingsList("broken", updated_at=_updated(printed, page.captured_at, zone))
    closings.rows = _rows(tree, _local_day(closings.updated_at, zone))
    if closings.rows:
        closings.state = "populated"
    elif any(sentence in printed.casefold() for sentence in _EMPTY):
        closings.state = "empty"
    else:
        closings.notes.append("closings: neither rows nor one of the sentences for an empty list")
        return closings
    if closings.updated_at and page.captured_at and page.captured_at - closings.updated_at > STALE_AFTER:
        closings.state = "stale"
    return closings


def _rows(tree: LexborHTMLParser, day: date | None) -> list[Closing]:
    """Each organization with the status of its own row; one without a status must not take its neighbor's."""
    found: list[Closing] = []
    name = ""
    for cell in tree.css(".orgname, .status"):
        text = clean_text(cell.text(separator=" "))
        if "orgname" in (cell.attributes.get("class") or "").split():
            name = text
        elif name and text:
            found.append(Closing(name, text, effective_date(text, day)))
            name = ""
    return list(dict.fromkeys(found))


def effective_date(status: str, day: date | None) -> date | None:
    """The local date a status is for, relative to the list's own `day`: the first date it names, else `day` itself. A
    weekday is the next one, `day` included. None where the list has no day."""
    if day is None:
        return None
    if (match := _DATE.search(status)) and (found := _named_date(match, day)):
        return found
    named = _RELATIVE.search(status)
    return relative_day(named.group(1), day) if named else day


def _named_date(match: re.Match[str], day: date) -> date | None:
    name, month_day, month, numbered, year = match.groups()
    number = _MONTHS.index(name.lower()) + 1 if name else int(month)
    full = int(year) + (2000 if len(year) == 2 else 0) if year else day.year
    try:
        found = date(full, number, int(month_day or numbered))
        return found.replace(year=found.year + 1) if not year and found < day - timedelta(days=180) else found
    except ValueError:
        return None


def _local_day(at: datetime | None, zone: tzinfo | None) -> date | None:
    return at.astimezone(zone).date() if at and zone else None


def _updated(text: str, captured_at: datetime | None, zone: tzinfo | None) -> datetime | None:
    match = _UPDATED.search(text)
    if not match or zone is None or captured_at is None or match.group(1).lower() not in _MONTHS:
        return None
    month, day = _MONTHS.index(match.group(1).lower()) + 1, int(match.group(2))
    hour = int(match.group(4)) % 12 + (12 if match.group(6).upper() == "P" else 0)
    local = captured_at.astimezone(zone)
    for year in [int(match.group(3))] if match.group(3) else [local.year, local.year - 1]:
        try:
            at = datetime(year, month, day, hour, int(match.group(5)), tzinfo=zone)
        except ValueError:
            continue
        if at <= local + timedelta(hours=1):
            return at
    return None
