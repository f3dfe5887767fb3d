"""Reads the time of a capture from the date of its record, or from the HTTP response itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_YEARS = range(1990, 2200)  # outside of them no page was captured: the clock was not set, or the date is damaged
_DIGITS = re.compile("([0-9]{14})(?:[0-9]{3})?")


def capture_time(warc_date: str | None, http_date: str | None) -> datetime | None:
    """The time of a capture, aware UTC: the WARC-Date, else the HTTP Date header, else None.

    A WARC-Date is W3C-DTF (WARC 1.1), but a day alone, a missing or lower-case Z, the 14 digits of ARC (or 17, with
    milliseconds) and the form of an HTTP date are read too.
    """
    dated, header = warc_date or "", http_date or ""
    return _parsed_warc_date(dated) or _parsed_http_date(dated) or _parsed_http_date(header)


def _parsed_warc_date(text: str) -> datetime | None:
    text = text.strip().upper()
    try:
        if digits := _DIGITS.fullmatch(text):
            return _utc(datetime.strptime(f"{digits[1]}+0000", "%Y%m%d%H%M%S%z"))
        return _utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def _parsed_http_date(text: str) -> datetime | None:
    try:
        return _utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _utc(at: datetime) -> datetime | None:
    """In UTC, which a time without a zone is taken to be; None if no web page can have been captured then."""
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at if at.year in _YEARS else None
