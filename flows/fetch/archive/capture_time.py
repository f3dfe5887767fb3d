"""Reads the time of a capture from the date of its record, or from the HTTP response itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_YEARS = range(1990, 2200)  # outside of them no page was captured: the clock was not set, or the date is damaged
_DIGITS = re.compile("([0-9]{14}|[0-9]{12})(?:[0-9]{3})?")
_AROUND = " \t\"'\ufeff"


def capture_time(warc_date: str | None, http_date: str | None) -> datetime | None:
    """The time of a capture, aware UTC: the WARC-Date, else the HTTP Date header, else None.

    A WARC-Date is W3C-DTF (WARC 1.1), but a day alone, a missing or lower-case Z, UTC or GMT in its place, a leap
    second, the 14 digits of ARC (or 12, or 17 with milliseconds) and the form of an HTTP date are read too.
    """
    dated, header = warc_date or "", http_date or ""
    found = _parsed_warc_date(dated) or _parsed_http_date(dated)
    return found or _parsed_http_date(header) or _parsed_warc_date(header)


def _parsed_warc_date(text: str) -> datetime | None:
    text = re.sub(r"\s*(UTC|GMT)$", "Z", text.strip(_AROUND).upper())
    text = re.sub(r"(:\d\d):60(?!\d)", r"\1:59", text)
    try:
        if digits := _DIGITS.fullmatch(text):
            return _utc(datetime.strptime(f"{digits[1]:0<14}+0000", "%Y%m%d%H%M%S%z"))
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
