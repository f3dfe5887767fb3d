"""The days that a closing's status names, relative to the list's own day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows.parse.station.closings_dates import effective_dates, names_a_day

TUESDAY = date(2020, 9, 22)


def days(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range(count))


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
def test_single_days(status: str, day: date) -> None:
    assert effective_dates(status, TUESDAY) == (day,)
    assert effective_dates(status, None) == ()


@pytest.mark.parametrize(
    ("status", "read_on", "first", "count"),
    [
        ("Closed Dec 22 - Jan 3", date(2024, 1, 2), date(2023, 12, 22), 13),
        ("Closed Dec 22 - Jan 3", date(2023, 12, 20), date(2023, 12, 22), 13),
        ("Closed 12/22 through 1/3", date(2024, 1, 2), date(2023, 12, 22), 13),
        ("Closed Dec. 22nd to Jan. 3rd, 2024", date(2023, 12, 23), date(2023, 12, 22), 13),
        ("Closed Dec 28-31", date(2023, 12, 28), date(2023, 12, 28), 4),
        ("Closed Monday-Wednesday", date(2024, 1, 9), date(2024, 1, 8), 3),  # read on the Tuesday between
        ("Closed Mon thru Wed", date(2024, 1, 6), date(2024, 1, 8), 3),
        ("Closed today through Friday", TUESDAY, TUESDAY, 4),
        ("Closed through Friday", TUESDAY, TUESDAY, 4),
        ("Closed until Monday", date(2024, 1, 12), date(2024, 1, 12), 3),
        ("Closed until Jan 8", date(2024, 1, 5), date(2024, 1, 5), 3),
        ("Closed. Reopening Monday", date(2024, 1, 12), date(2024, 1, 12), 3),
        ("Closed Friday, will reopen on Tuesday", date(2024, 1, 11), date(2024, 1, 12), 4),
        ("Closed Friday until Monday", date(2024, 1, 11), date(2024, 1, 12), 3),
        ("Closed Thursday and Friday", date(2024, 1, 10), date(2024, 1, 11), 2),
        ("Closed Fri & Sat", date(2024, 1, 10), date(2024, 1, 12), 2),
        ("Closed Friday, Jan 12", date(2024, 1, 10), date(2024, 1, 12), 1),
        ("Closed Jan. 8, 9 and 10", date(2024, 1, 7), date(2024, 1, 8), 3),
        ("Closed Jan 8th & 9th", date(2024, 1, 7), date(2024, 1, 8), 2),
        ("Closed Jan 8, 2 hours late Jan 9", date(2024, 1, 7), date(2024, 1, 8), 1),
        ("Closed Jan 8, 10-minute delay on the 9th", date(2024, 1, 7), date(2024, 1, 8), 1),
        ("Closed Jan 8, 1st shift", date(2024, 1, 7), date(2024, 1, 8), 1),
        ("Closed 2024-01-08 to 2024-01-10", date(2024, 1, 7), date(2024, 1, 8), 3),
        ("Closed 2024-13-08", date(2024, 1, 7), date(2024, 1, 7), 1),
        ("Closed all week", date(2024, 1, 10), date(2024, 1, 8), 5),
        ("Closed this week", date(2024, 1, 7), date(2024, 1, 8), 5),  # on a Sunday
        ("Closed the rest of the week", date(2024, 1, 10), date(2024, 1, 10), 3),
        ("Closed next week", date(2024, 1, 10), date(2024, 1, 15), 5),
        ("Closed this weekend", date(2024, 1, 10), date(2024, 1, 13), 2),
        ("Closed Friday (1/12) and Saturday (1/13)", date(2024, 1, 10), date(2024, 1, 12), 2),
        ("Closed until Monday", date(2024, 1, 8), date(2024, 1, 7), 1),  # open on the day it names
        ("Closed 22 Dec - 3 Jan", date(2024, 1, 2), date(2023, 12, 22), 13),
        ("Closed 22 Dec – 3 Jan", date(2023, 12, 20), date(2023, 12, 22), 13),
        ("Closed 22nd December through 3rd of January", date(2023, 12, 20), date(2023, 12, 22), 13),
        ("Closed 22 Dec 2023 - 3 Jan 2024", date(2023, 12, 20), date(2023, 12, 22), 13),
        ("Closed Fri 22 Dec to Wed 3 Jan", date(2023, 12, 20), date(2023, 12, 22), 13),
        ("Closed Fri., Dec. 22 - Wed., Jan. 3", date(2023, 12, 20), date(2023, 12, 22), 13),
        ("Closed Mon. 12/25 through Fri. 12/29", date(2023, 12, 20), date(2023, 12, 25), 5),
        ("Closed between Dec 22 and Jan 3", date(2023, 12, 20), date(2023, 12, 22), 13),
        ("Closed 22-24 Dec", date(2024, 1, 2), date(2023, 12, 22), 3),
        ("Closed 22, 23 and 24 December 2023", date(2024, 1, 2), date(2023, 12, 22), 3),
        ("Closed 21/22 Dec", date(2023, 12, 20), date(2023, 12, 21), 2),
        ("Closed Dec. 22nd through the 26th", date(2023, 12, 20), date(2023, 12, 22), 5),
        ("Closed Dec 22 to 26", date(2023, 12, 20), date(2023, 12, 22), 5),
        ("Closed Dec 22 to 5 pm", date(2023, 12, 20), date(2023, 12, 22), 1),
        ("Closed 5 Dec 2 hours late", date(2023, 12, 4), date(2023, 12, 5), 1),
        ("Closed Mon 8 Jan, 2 hours late Tue 9 Jan", date(2024, 1, 5), date(2024, 1, 8), 1),
        ("2 hr delay 22 Dec", date(2023, 12, 20), date(2023, 12, 22), 1),
        ("Closed, all 3 may be extended", TUESDAY, TUESDAY, 1),
        ("Grades 5 and 6 may close early", TUESDAY, TUESDAY, 1),
        ("Closed, all 3 marching bands canceled", TUESDAY, TUESDAY, 1),
        ("Closed 3 May", date(2024, 5, 1), date(2024, 5, 3), 1),
        ("closed on the 3rd of may", date(2024, 5, 1), date(2024, 5, 3), 1),
        ("Closed Dec 22 - 3 Jan", date(2023, 12, 20), date(2023, 12, 22), 13),
        ("Closed until 3 January", date(2023, 12, 30), date(2023, 12, 30), 4),
        ("Closed. Classes resume Jan 3", date(2024, 1, 1), date(2024, 1, 1), 2),
        ("Closed. Students return Monday", date(2024, 1, 12), date(2024, 1, 12), 3),
        ("Closed Weds-Fri", date(2023, 12, 20), date(2023, 12, 20), 3),
        ("Closed Sat. & Sun.", date(2023, 12, 20), date(2023, 12, 23), 2),
        ("No school Thursday or Friday", date(2023, 12, 20), date(2023, 12, 21), 2),
        ("Closed for the week", date(2023, 12, 20), date(2023, 12, 18), 5),
        ("Closed until noon", TUESDAY, TUESDAY, 1),
        ("Closed until further notice", TUESDAY, TUESDAY, 1),
        ("Closed Jan 3 2024 - Jan 1 2024", date(2024, 1, 2), date(2024, 1, 3), 1),
    ],
)
def test_every_day_of_a_range_counts_and_the_day_of_reopening_does_not(
    status: str, read_on: date, first: date, count: int
) -> None:
    assert effective_dates(status, read_on) == days(first, count)


def test_a_weekday_with_its_date_is_one_day_even_where_they_disagree() -> None:
    assert effective_dates("Closed Monday, Jan 12", date(2024, 1, 10)) == (date(2024, 1, 12),)


def test_a_list_of_days_need_not_be_without_gaps() -> None:
    assert effective_dates("Closed Monday and Wednesday", date(2024, 1, 7)) == (date(2024, 1, 8), date(2024, 1, 10))
    assert effective_dates("Closed Dec 22 and 4 Jan", date(2023, 12, 20)) == (date(2023, 12, 22), date(2024, 1, 4))


@pytest.mark.parametrize(
    ("status", "named"),
    [("Closed Friday", True), ("Closed 1/12", True), ("Closed 12 Jan", True), ("2 Hour Delay", False)],
)
def test_whether_a_day_is_named(status: str, named: bool) -> None:
    assert names_a_day(status) is named
