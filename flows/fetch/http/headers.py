"""Reads the response header fields that need more than their text: Content-Type and Retry-After."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER_S = 7 * 24 * 3600.0


def media_type(content_type: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header in lower case; None for a missing one."""
    message = Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset")
    name = charset.strip().strip("'\"").lower()[:40] if isinstance(charset, str) else None
    first = content_type.partition(";")[0].strip().lower()[:100]
    return first or None, name or None


def retry_after(value: str | None, now: datetime) -> float | None:
    """The wait in seconds that a Retry-After header requests (RFC 9110 10.2.3: seconds or an HTTP date), also as a
    fraction or with its unit (`90s`), at most a week; None where the header is missing or malformed."""
    if value is None:
        return None
    value = value.strip()
    if seconds := re.fullmatch(r"(\d{1,12}(?:\.\d{1,6})?)\s*(?:s|sec|seconds)?", value, re.IGNORECASE):
        return min(float(seconds[1]), MAX_RETRY_AFTER_S)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - now).total_seconds(), 0.0), MAX_RETRY_AFTER_S)
