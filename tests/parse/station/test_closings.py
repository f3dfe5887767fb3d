"""Closings files: rows, the two sentences that mean none, stale, broken, and days relative to the list's own day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.model import ClosingsList, Page
from flows.parse import Context, load_context, parse_closings
from flows.parse.station.closings import effective_date

STAMP = '<table><tr><td class="timestamp">UPDATED TUESDAY, SEP 22 AT 10:10 AM</td></tr>'
TUESDAY = date(2020, 9, 22)


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context()


def read(
    context: Context, body: str, captured: datetime | None = datetime(2020, 9, 22, 16, tzinfo=UTC)
) -> ClosingsList:
    url = "https://ftp2.kq2.com/closings.html"
    return parse_closings(Page(url, body.encode(), captured_at=captured), context)


def row(name: str, status: str) -> str:
    return f'<tr><td class="orgname">{name}</td><td class="status">{status}</td></tr>'


def test_rows_with_the_lists_own_time(context: Context) -> None:
    closings = read(
        context, STAMP + row("Oak &amp; Elm School", "Classes delayed 2 hours") + row("Ash Church", "Closed Tomorrow")
    )
    assert closings.state == "populated"
    assert closings.updated_at == datetime(2020, 9, 22, 15, 10, tzinfo=UTC)
    assert [(r.organisation, r.status, r.effective_date) for r in closings.rows] == [
        ("Oak & Elm School", "Classes delayed 2 hours", TUESDAY),
        ("Ash Church", "Closed Tomorrow", date(2020, 9, 23)),
    ]


@pytest.mark.parametrize(
    "sentence",
    ["No currently active closings or delays to report.", "There are no active records at this time."],
)
def test_two_sentences_mean_empty(context: Context, sentence: str) -> None:
    assert read(context, f"{STAMP}<tr><td>{sentence}</td></tr>").state == "empty"


@pytest.mark.parametrize("body", ["", "   ", "<html></html>", STAMP, "<h1>502 Bad Gateway</h1>", "\x00\xff"])
def test_anything_else_is_broken_not_empty(context: Context, body: str) -> None:
    closings = read(context, body)
    assert closings.state == "broken"
    assert closings.notes


def test_a_list_days_older_than_its_capture_is_stale(context: Context) -> None:
    body = STAMP + row("Ash Church", "Closed")
    assert read(context, body, datetime(2020, 9, 25, 14, tzinfo=UTC)).state == "populated"
    late = read(context, body, datetime(2020, 9, 26, 14, tzinfo=UTC))
    assert late.state == "stale"
    assert late.rows[0].effective_date == TUESDAY


def test_year_is_the_nearest_in_the_past(context: Context) -> None:
    body = STAMP.replace("TUESDAY, SEP 22 AT 10:10 AM", "THURSDAY, DEC 31 AT 11:50 PM") + row(
        "Ash Church", "Closed Tomorrow"
    )
    closings = read(context, body, datetime(2021, 1, 1, 7, tzinfo=UTC))
    assert closings.updated_at == datetime(2021, 1, 1, 5, 50, tzinfo=UTC)
    assert closings.rows[0].effective_date == date(2021, 1, 1)


def test_without_capture_time_there_is_no_effective_date(context: Context) -> None:
    closings = read(context, STAMP + row("Ash Church", "Closed Tomorrow"), captured=None)
    assert (closings.state, closings.updated_at, closings.rows[0].effective_date) == ("populated", None, None)


def test_a_row_without_status_takes_none_from_its_neighbor(context: Context) -> None:
    half = '<tr><td class="orgname">Half School</td></tr>'
    closings = read(context, STAMP + half + row("Ash Church", "Closed") + row("Ash Church", "Closed"))
    assert [(r.organisation, r.status) for r in closings.rows] == [("Ash Church", "Closed")]


@pytest.mark.parametrize(
    ("status", "day"),
    [
        ("Closed", TUESDAY),
        ("Closed Today", TUESDAY),
        ("Closed today, open tomorrow", TUESDAY),
        ("CLOSED TOMORROW", date(2020, 9, 23)),
        ("Closed Friday", date(2020, 9, 25)),
        ("Closed Mon", date(2020, 9, 28)),
        ("Closed Tuesday", TUESDAY),
        ("Closed Sept. 24", date(2020, 9, 24)),
        ("Closed 9/25", date(2020, 9, 25)),
        ("Closed 9/25/20", date(2020, 9, 25)),
        ("Closed Jan 4", date(2021, 1, 4)),
        ("1/2 day, dismissing at noon", TUESDAY),
        ("Closed 13/45", TUESDAY),
    ],
)
def test_relative_days(status: str, day: date) -> None:
    assert effective_date(status, TUESDAY) == day
    assert effective_date(status, None) is None
