"""Reads a station's closings list of any make: rows, timestamp, and whether it is populated, empty, stale or broken."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo

from selectolax.lexbor import LexborHTMLParser

from flows.model import Closing, ClosingsList, Page
from flows.parse.context import Context
from flows.parse.dates.moments import moment
from flows.parse.page.charset import decode
from flows.parse.page.clean import clean_text
from flows.parse.station.closings_dates import MONTHS, effective_dates, names_a_day
from flows.parse.station.closings_exports import read_export, read_scripts
from flows.parse.station.closings_listing import Entry, Listing
from flows.parse.station.closings_pages import frames, is_list_address, read_page

STALE_AFTER = timedelta(days=3)
_MAX_CHARACTERS = 2_000_000
_UPDATED = re.compile(
    r"UPDATED\s+(?:[A-Z]+DAY,?\s+)?([A-Z]{3})[A-Z]*\.?\s+(\d{1,2})(?:,\s*(\d{4}))?\s+AT\s+(\d{1,2}):(\d{2})\s*([AP])\.?M",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\b(?:last\s+updated?|updated|as\s+of)\b(?:\s+on)?\s*:?\s*(.{8,60})", re.IGNORECASE)


def parse_closings(page: Page, context: Context) -> ClosingsList:
    """One fetch of a list. States: populated, empty (only where the list says so: by a sentence of its own, or a count
    of zero), stale (rows or sentence, but the list's own time is more than three days before the capture), broken
    (anything else: an empty response, a page that only frames the list; notes name the frames' addresses).
    `updated_at` is aware, in the source's zone; the file may print no year, then it is the latest year that does not
    put the timestamp after the capture. Days in a status are relative to the list's own day, else to the entry's; a
    list without either has days only where a status names one, relative to the capture."""
    text = (page.body if isinstance(page.body, str) else decode(page.body, page.charset)[0])[:_MAX_CHARACTERS]
    source = context.source_of(page)
    zone = source.tzinfo if source else None
    listing = read_export(text)
    tree = LexborHTMLParser(text) if listing is None else None
    printed = clean_text(tree.body.text(separator=" ")) if tree and tree.body else ""
    framed = frames(tree, page.url) if tree else []
    if listing is None and tree is not None:
        listing = read_scripts(tree) or read_page(tree)
    listing = listing or Listing()
    closings = ClosingsList("broken", _updated(printed, page.captured_at, zone), notes=listing.notes)
    days = _Days(_local_day(closings.updated_at, zone), _local_day(page.captured_at, zone))
    closings.rows = list(dict.fromkeys(days.closing(entry) for entry in listing.entries))
    if closings.rows:
        closings.state = "populated"
    elif listing.says_empty and not any(map(is_list_address, framed)):
        closings.state = "empty"
    else:
        closings.notes += _why_broken(framed)
        return closings
    if _is_stale(closings, listing, page, zone):
        closings.state = "stale"
    return closings


class _Days:
    """Gives the days of entries, by the list's own day, the entry's, or that of the capture."""

    def __init__(self, list_day: date | None, capture_day: date | None) -> None:
        self._list_day, self._capture_day = list_day, capture_day

    def closing(self, entry: Entry) -> Closing:
        """An entry as a closing."""
        day = self._list_day or entry.updated_on
        if day is None and names_a_day(entry.status):
            day = self._capture_day
        first, *further = effective_dates(entry.status, day) or (None,)
        return Closing(entry.organisation, entry.status, first, tuple(date for date in further if date))


def _why_broken(framed: list[str]) -> list[str]:
    if framed:
        return [f"closings: the page only frames the list; set `closings` of the source to {' or '.join(framed)}"]
    return ["closings: neither rows nor a sentence for an empty list"]


def _is_stale(closings: ClosingsList, listing: Listing, page: Page, zone: tzinfo | None) -> bool:
    """Whether the list's own time, or the latest day of its entries, is long before the capture."""
    if page.captured_at is None:
        return False
    if closings.updated_at:
        return page.captured_at - closings.updated_at > STALE_AFTER
    days = [entry.updated_on for entry in listing.entries if entry.updated_on]
    captured_on = _local_day(page.captured_at, zone)
    return bool(days and captured_on and captured_on - max(days) > STALE_AFTER)


def _local_day(at: datetime | None, zone: tzinfo | None) -> date | None:
    return at.astimezone(zone).date() if at and zone else None


def _updated(text: str, captured_at: datetime | None, zone: tzinfo | None) -> datetime | None:
    """The timestamp that the list prints; None without one, without a zone, and where it lies after the capture."""
    if zone is None or captured_at is None:
        return None
    local = captured_at.astimezone(zone)
    match = _UPDATED.search(text)
    if not match or match.group(1).lower() not in MONTHS:
        return _labelled(text, local, zone)
    month, day = MONTHS.index(match.group(1).lower()) + 1, int(match.group(2))
    hour = int(match.group(4)) % 12 + (12 if match.group(6).upper() == "P" else 0)
    for year in [int(match.group(3))] if match.group(3) else [local.year, local.year - 1]:
        try:
            at = datetime(year, month, day, hour, int(match.group(5)), tzinfo=zone)
        except ValueError:
            continue
        if at <= local + timedelta(hours=1):
            return at
    return None


def _labelled(text: str, local: datetime, zone: tzinfo) -> datetime | None:
    """A full date with a clock time after `Updated` or `As of`."""
    for match in _LABEL.finditer(text):
        found = moment(match.group(1), zone, day_first=False)
        if found and found.precision != "day" and found.at.tzinfo and found.at <= local + timedelta(hours=1):
            return found.at
    return None
