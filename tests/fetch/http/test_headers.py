"""Response header fields: Retry-After."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

from flows.fetch.http.headers import retry_after
from tests.fetch.sites import (
    START,
)


def test_retry_after_in_seconds_and_as_a_date():
    assert retry_after("120", START) == 120
    assert retry_after(format_datetime(START + timedelta(minutes=5), usegmt=True), START) == 300
    assert retry_after(format_datetime(START - timedelta(minutes=5), usegmt=True), START) == 0
    assert [retry_after(value, START) for value in ("1.5", "90s", "90 seconds")] == [1.5, 90, 90]
    assert retry_after("soon", START) is None
    assert retry_after(None, START) is None
    assert retry_after("9" * 12, START) == 7 * 24 * 3600
