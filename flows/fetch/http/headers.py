"""Reads the response header fields that need more than their text: Content-Type and Retry-After."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_TYPE = re.compile(r"(?:^|,)\s*([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)", re.ASCII)
_CHARSET = re.compile(r"""\bcharset\s*=\s*["']?\s*([^\s;,"'\x00-\x1f]{1,40})""", re.IGNORECASE)
_WAIT = re.compile(
    r"(\d{1,15}(?:\.\d{1,6})?)\s*(s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:ours?)?)?(?:\s*,.*)?", re.IGNORECASE
)
_UNIT_S = {"s": 1.0, "m": 60.0, "h": 3600.0}
_EPOCH_S, _EPOCH_MS = 1e9, 1e12  # from these values on, a number is a Unix time and not a wait
MAX_RETRY_AFTER_S = 7 * 24 * 3600.0


def media_type(content_type: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header in lower case; None for a missing one. Of several types, as of a
    header that was sent twice, the last one counts (Fetch standard, "extract a MIME type")."""
    types = [kind for kind in _TYPE.findall(content_type) if kind != "*/*"]
    charset = _CHARSET.search(content_type)
    return (types[-1].lower()[:100] if types else None), (charset[1].lower() if charset else None)


def retry_after(value: str | None, now: datetime) -> float | None:
    """The wait in seconds that a Retry-After header requests (RFC 9110 10.2.3: seconds or an HTTP date), also as a
    fraction, with its unit (`90s`, `5 min`), as a Unix time or an ISO date, at most a week; None where the header is
    missing or malformed."""
    if value is None:
        return None
    value = value.strip()
    if wait := _WAIT.fullmatch(value):
        seconds = float(wait[1])
        if seconds >= _EPOCH_S:
            seconds = seconds / (1000 if seconds >= _EPOCH_MS else 1) - now.timestamp()
        unit = (wait[2] or "s")[0].lower()
        return min(max(seconds * _UNIT_S[unit], 0.0), MAX_RETRY_AFTER_S)
    at = _date(value)
    return None if at is None else min(max((at - now).total_seconds(), 0.0), MAX_RETRY_AFTER_S)


def _date(value: str) -> datetime | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            at = read(value)
            return at if at.tzinfo else at.replace(tzinfo=UTC)
    return None
