"""Reads a station's closings file: its own timestamp, one row an organisation, and whether the list can be believed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo

from selectolax.lexbor import LexborHTMLParser

from flows.model import Closing, ClosingsList, Page
from flows.parse.charset import decode
from flows.parse.clean import clean_text
from flows.parse.context import Context

STALE_AFTER = timedelta(days=3)
_EMPTY = ("no currently active closings or delays to report", "there are no active records at this time")
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_UPDATED = re.compile(
    r"UPDATED\s+(?:[A-Z]+DAY,?\s+)?([A-Z]{3})[A-Z]*\.?\s+(\d{1,2})(?:,\s*(\d{4}))?\s+AT\s+(\d{1,2}):(\d{2})\s*([AP])\.?M",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = re.compile(r"\b([A-Z][a-z]{2})[a-z]*\.?\s+(\d{1,2})\b|\b(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?\b")


def parse_closings(page: Page, context: Context) -> ClosingsList:
    """One look at a list. States: populated, empty (only by one of the two known sentences), stale (its own timestamp
    is more than three days before the capture), broken (anything else, an empty 200 among it). `updated_at` is aware
    UTC in the source's zone; the file prints no year, so the latest one not after the capture is taken."""
    text = page.body if isinstance(page.body, str) else decode(page.body, page.charset)[0]
    source = context.source_of(page)
    zone = source.tzinfo if source else None
    tree = LexborHTMLParser(text[:2_000_000])
    said = clean_text(tree.body.text(separator=" ")) if tree.body else ""
    looked = ClosingsList("broken", updated_at=_updated(said, page.captured_at, zone))
    looked.rows = _rows(tree, _local_day(looked.updated_at, zone))
    if looked.rows:
        looked.state = "populated"
    elif any(sentence in said.casefold() for sentence in _EMPTY):
        looked.state = "empty"
    else:
        looked.notes.append("closings: neither rows nor a sentence that says there are none")
        return looked
    if looked.updated_at and page.captured_at and page.captured_at - looked.updated_at > STALE_AFTER:
        looked.state = "stale"
    return looked


def _rows(tree: LexborHTMLParser, day: date | None) -> list[Closing]:
    names = [clean_text(node.text(separator=" ")) for node in tree.css(".orgname")]
    statuses = [clean_text(node.text(separator=" ")) for node in tree.css(".status")]
    rows = [Closing(n, s, effective_date(s, day)) for n, s in zip(names, statuses, strict=False) if n and s]
    return list(dict.fromkeys(rows))


def effective_date(status: str, day: date | None) -> date | None:
    """The local date a status speaks of, seen from the list's own day: today unless it names another; a weekday is the
    next one (today counts). None where the list has no day."""
    if day is None:
        return None
    words = status.casefold()
    if (match := _DATE.search(status)) and (found := _named_date(match, day)):
        return found
    if "tomorrow" in words:
        return day + timedelta(days=1)
    for number, name in enumerate(_DAYS):
        if re.search(rf"\b{name}\b", words):
            return day + timedelta(days=(number - day.weekday()) % 7)
    return day


def _named_date(match: re.Match[str], day: date) -> date | None:
    name, month_day, month, numbered, year = match.groups()
    if name and name.lower() not in _MONTHS:
        return None
    number = _MONTHS.index(name.lower()) + 1 if name else int(month)
    full = int(year) + (2000 if len(year) == 2 else 0) if year else day.year
    try:
        found = date(full, number, int(month_day or numbered))
        return found.replace(year=found.year + 1) if not year and found < day - timedelta(days=180) else found
    except ValueError:
        return None


def _local_day(at: datetime | None, zone: tzinfo | None) -> date | None:
    return at.astimezone(zone).date() if at and zone else None


def _updated(said: str, captured_at: datetime | None, zone: tzinfo | None) -> datetime | None:
    match = _UPDATED.search(said)
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
