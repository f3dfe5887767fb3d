"""Response header fields: Content-Type and Retry-After."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from flows.fetch.http.headers import media_type, retry_after
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


def test_retry_after_in_other_units_and_forms():
    values = ("5 min", "1 hour", "120, 120", "2026-01-05T12:05:00Z", f"{START.timestamp() + 60:.0f}", "1767614460000")
    assert [retry_after(value, START) for value in values] == [300, 3600, 120, 300, 60, 60]
    assert retry_after("1000000000", START) == 0


@pytest.mark.parametrize(
    ("header", "kind", "charset"),
    [
        ("Text/HTML; Charset=UTF-8", "text/html", "utf-8"), ("text/html charset=utf-8", "text/html", "utf-8"),
        ("text/html, text/html; charset=utf-8", "text/html", "utf-8"), ("text/plain, text/html", "text/html", None),
        ("text/html, */*", "text/html", None), ("text/html\0; charset='utf-8", "text/html", "utf-8"),
        ('text/html;; charset = "windows-1252"; x=y', "text/html", "windows-1252"), ("charset=utf-8", None, "utf-8"),
        ("text/html:charset=utf-8", "text/html", "utf-8"), ("text/html; charset=", "text/html", None),
        ("application/rss+xml;charset=utf-8;charset=latin1", "application/rss+xml", "utf-8"), ("", None, None),
        (";;;=", None, None),
    ],
)  # fmt: skip
def test_a_content_type_is_read_whatever_its_form(header: str, kind: str | None, charset: str | None):
    assert media_type(header) == (kind, charset)
