"""The time of a capture: every legal and common form of WARC-Date, then the Date header, else unknown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.fetch.archive.capture_time import capture_time

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
HEADER = "Wed, 06 Mar 2024 01:00:00 GMT"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05T12:00:00Z", NOON), ("2024-03-05T12:00:00", NOON), ("2024-03-05t12:00:00z", NOON),
        ("2024-03-05 12:00:00", NOON), ("2024-03-05T12:00Z", NOON), ("20240305120000", NOON),
        ("2024-03-05T07:00:00-0500", NOON), ("2024-03-05T14:00:00+02:00", NOON), (" 2024-03-05T12:00:00Z ", NOON),
        ("2024-03-05T12:00:00.123456789Z", NOON.replace(microsecond=123456)),
        ("20240305120000123", NOON), ("Tue, 05 Mar 2024 12:00:00 GMT", NOON),
        ("2024-03-05T12:00:00 UTC", NOON), ("2024-03-05 12:00:00 GMT", NOON), ("202403051200", NOON),
        ('"2024-03-05T12:00:00Z"', NOON), ("2024-03-05T11:59:60Z", NOON.replace(hour=11, minute=59, second=59)),
        ("2024-03-05", NOON.replace(hour=0)), ("20240305", NOON.replace(hour=0)),
    ],
)  # fmt: skip
def test_a_warc_date_is_read(text: str, expected: datetime) -> None:
    assert capture_time(text, HEADER) == expected


@pytest.mark.parametrize(
    "text",
    [None, "", "2024", "2024-03", "2008-10-294T05:21:46-0700", "0000-00-00T00:00:00Z", "1970-01-01T00:00:00Z",
     "99999999999999", "٢٠٢٤٠٣٠٥١٢٠٠٠٠", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
     "9999-12-31T23:59:59Z", "yesterday"],
)  # fmt: skip
def test_without_a_usable_date_the_header_of_the_response_counts(text: str | None) -> None:
    assert capture_time(text, HEADER) == datetime(2024, 3, 6, 1, tzinfo=UTC)
    assert capture_time(text, None) is None


@pytest.mark.parametrize("header", ["", "now", "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 99 Foo 2024 99:99:99 GMT", "0"])
def test_a_header_that_is_no_date_leaves_the_time_unknown(header: str) -> None:
    assert capture_time(None, header) is None


def test_a_header_without_a_usable_zone_is_utc() -> None:
    assert capture_time(None, "Tue, 05 Mar 2024 12:00:00 -0000") == NOON
    assert capture_time(None, "2024-03-05T12:00:00Z") == NOON
