"""Printed and machine-written moments: every format, zone and limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.parse.dates.days import find_day
from flows.parse.dates.moments import moment

CENTRAL = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("raw", "iso", "basis", "precision"),
    [
        ("Wed Jan 09 03:37:21 PST 2019", "2019-01-09T03:37:21-08:00", "explicit", "instant"),
        ("May. 3, 2019 6:32 AM", "2019-05-03T06:32:00-05:00", "source_zone", "minute"),
        ("Nov 9, 2018 10:47 AM", "2018-11-09T10:47:00-06:00", "source_zone", "minute"),
        ("Nov 9, 2018 12:05 AM", "2018-11-09T00:05:00-06:00", "source_zone", "minute"),
        ("Nov 9, 2018 12:05 PM", "2018-11-09T12:05:00-06:00", "source_zone", "minute"),
        ("Nov 9, 2018 at 10:47 AM EST", "2018-11-09T10:47:00-05:00", "explicit", "minute"),
        ("Published 10:32 p.m. ET Jan. 5, 2020", "2020-01-05T22:32:00-05:00", "explicit", "minute"),
        ("10:32 p.m. ET July 5, 2020", "2020-07-05T22:32:00-04:00", "explicit", "minute"),
        ("2024-05-03T15:47:42.389Z", "2024-05-03T15:47:42.389000+00:00", "explicit", "instant"),
        ("2018-11-09T10:47:00-0600", "2018-11-09T10:47:00-06:00", "explicit", "instant"),
        ("2018-11-09 10:47:00 -0600", "2018-11-09T10:47:00-06:00", "explicit", "instant"),
        ("2024-05-03 10:20", "2024-05-03T10:20:00-05:00", "source_zone", "minute"),
        ("2024-05-03", "2024-05-03T00:00:00-05:00", "source_zone", "day"),
        ("20190304T101112Z", "2019-03-04T10:11:12+00:00", "explicit", "instant"),
        ("Tue, 28 Jan 20 10:00:00 GMT", "2020-01-28T10:00:00+00:00", "explicit", "instant"),
        ("Tue, 28 Jan 2020 10:00:00 UT", "2020-01-28T10:00:00+00:00", "explicit", "instant"),
        ("Jan 28, 2020 10:00 AM, UT Tower", "2020-01-28T10:00:00-06:00", "source_zone", "minute"),
        ("2020-01-28T10:00:00[UTC]", "2020-01-28T10:00:00+00:00", "explicit", "instant"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00", "explicit", "instant"),
        ("Tue, 28 Jan 2020 10:00:00 GMT", "2020-01-28T10:00:00+00:00", "explicit", "instant"),
        ("28. Januar 2020, 14.30 Uhr", "2020-01-28T14:30:00-06:00", "source_zone", "minute"),
        ("14 de marzo de 2019", "2019-03-14T00:00:00-05:00", "source_zone", "day"),
        ("5 января 2020, 10:22", "2020-01-05T10:22:00-06:00", "source_zone", "minute"),
        ("2019年3月4日 14時30分", "2019-03-04T14:30:00-06:00", "source_zone", "minute"),
        ("۲ تیر ۱۳۹۹", "2020-06-22T00:00:00-05:00", "source_zone", "day"),
        ("১৬ ফেব্রুয়ারি ২০২০", "2020-02-16T00:00:00-06:00", "source_zone", "day"),
        ("24:00 3 May 2019", "2019-05-04T00:00:00-05:00", "source_zone", "minute"),
        ("1554370000", "2019-04-04T09:26:40+00:00", "explicit", "instant"),
        ("1554370000123", "2019-04-04T09:26:40+00:00", "explicit", "instant"),
    ],
)
def test_formats(raw: str, iso: str, basis: str, precision: str) -> None:
    found = moment(raw, CENTRAL)
    assert found is not None
    assert (found.at.isoformat(), found.zone_basis, found.precision, found.raw) == (iso, basis, precision, raw)


@pytest.mark.parametrize(
    ("raw", "at", "basis"),
    [
        ("Wed Jan 09 03:37:21 PST 2019", "2019-01-09T11:37:21+00:00", "explicit"),
        ("Mon Jul 09 03:37:21 PDT 2018", "2018-07-09T10:37:21+00:00", "explicit"),
        ("May. 3, 2019 6:32 AM", "2019-05-03T11:32:00+00:00", "source_zone"),
        ("Jan. 3, 2019 12:05 AM", "2019-01-03T06:05:00+00:00", "source_zone"),
        ("Sept. 14, 2018 12:00 PM", "2018-09-14T17:00:00+00:00", "source_zone"),
        ("Nov 9, 2018 10:47 AM", "2018-11-09T16:47:00+00:00", "source_zone"),
        ("Nov 4, 2018 1:30 AM", "2018-11-04T06:30:00+00:00", "source_zone"),
    ],
)
def test_the_three_formats_of_heartland(raw: str, at: str, basis: str) -> None:
    found = moment(raw, CENTRAL)
    assert found is not None
    assert found.at.astimezone(UTC).isoformat() == at
    assert found.zone_basis == basis
    assert found.ambiguous is (raw == "Nov 4, 2018 1:30 AM")


def test_a_printed_zone_takes_precedence_over_the_sources() -> None:
    found = moment("Wed Jan 09 03:37:21 PST 2019", ZoneInfo("America/Indiana/Indianapolis"))
    assert found is not None
    assert found.at == datetime(2019, 1, 9, 11, 37, 21, tzinfo=UTC)


def test_without_any_zone_the_moment_is_naive() -> None:
    found = moment("Nov 9, 2018 10:47 AM", None)
    assert found is not None
    assert (found.at.tzinfo, found.zone_basis) == (None, "unknown")


def test_the_hour_repeated_in_autumn_is_flagged_and_read_as_the_first() -> None:
    found = moment("Nov 3, 2019 1:30 AM", CENTRAL)
    assert found is not None
    assert found.ambiguous
    assert found.at.isoformat() == "2019-11-03T01:30:00-05:00"
    stated = moment("Nov 3, 2019 1:30 AM CST", CENTRAL)
    assert stated is not None
    assert (stated.ambiguous, stated.at.isoformat()) == (False, "2019-11-03T01:30:00-06:00")


def test_the_hour_skipped_in_spring_is_not_ambiguous() -> None:
    found = moment("Mar 10, 2019 2:30 AM", CENTRAL)
    assert found is not None
    assert not found.ambiguous


@pytest.mark.parametrize(("day_first", "month"), [(True, 4), (False, 3)])
def test_slashes_follow_the_convention_given(day_first: bool, month: int) -> None:
    found = moment("3/4/2019", None, day_first=day_first)
    assert found is not None
    assert found.at.month == month


def test_a_day_after_the_twelfth_is_unambiguous() -> None:
    found = moment("12/31/2019", None, day_first=True)
    assert found is not None
    assert (found.at.month, found.at.day) == (12, 31)


@pytest.mark.parametrize(
    "raw",
    [
        "9999-01-01",
        "1989-12-31T00:00:00Z",
        "2019-02-30",
        "0000-00-00",
        "",
        "soon",
        "99999999999999",
        "Jan 2019",
        "二〇二六年十十月二一日",
    ],
)
def test_text_without_a_valid_moment(raw: str) -> None:
    assert moment(raw, CENTRAL) is None


@given(st.text(max_size=80))
def test_never_raises(text: str) -> None:
    found = moment(text, CENTRAL)
    assert found is None or 1990 <= found.at.year <= 2101


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 12, 31)))
def test_iso_round_trip(at: datetime) -> None:
    stamped = at.replace(microsecond=0, tzinfo=UTC)
    found = moment(stamped.isoformat(), None)
    assert found is not None
    assert found.at == stamped


@pytest.mark.parametrize(
    "month", ["January", "enero", "février", "März", "kesäkuuta", "листопада", "Αυγούστου", "ocak"]
)
def test_month_names_in_many_languages(month: str) -> None:
    found = find_day(f"12 {month} 2020")
    assert found is not None
    assert found.day == 12


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("15 มี.ค. 2559 08:28 น.", "2016-03-15T08:28:00"),
        ("15 มี.ค. 59 08:28 น.", "2016-03-15T08:28:00"),
        ("15 มีนาคม พ.ศ. 2559", "2016-03-15T00:00:00"),
        ("۱۳۹۳/۰۲/۱۰ - ۱۴:۳۰", "2014-04-30T14:30:00"),
        ("27 نيسان/أبريل 2021 الساعة 18:05", "2021-04-27T18:05:00"),
        ("27 أبريل 2021 - 06:05 م", "2021-04-27T18:05:00"),
        ("27 באפריל 2021, 18:05", "2021-04-27T18:05:00"),
        ("Thứ ba, ngày 27 tháng 4 năm 2021, 18:05 (GMT+7)", "2021-04-27T18:05:00+07:00"),
        ("27 Tháng Tư, 2021", "2021-04-27T00:00:00"),
        ("令和3年4月27日 18時5分", "2021-04-27T18:05:00"),
        ("民國110年4月27日 下午6:05", "2021-04-27T18:05:00"),
        ("2021년 4월 27일 오후 6:05", "2021-04-27T18:05:00"),
        ("2021. 4. 27. 오전 6:05", "2021-04-27T06:05:00"),
        ("2021. gada 27. aprīlis, 18:05", "2021-04-27T18:05:00"),
        ("2021 m. balandžio 27 d. 18:05", "2021-04-27T18:05:00"),
        ("২৭ এপ্রিল ২০২১, ০৬:০৫ পিএম", "2021-04-27T18:05:00"),
    ],
)
def test_other_calendars_and_scripts(raw: str, iso: str) -> None:
    found = moment(raw, None)
    assert found is not None
    assert found.at.isoformat() == iso


@pytest.mark.parametrize(
    ("raw", "clock"),
    [
        ("27.04.2021, 18 Uhr", "18:00"),
        ("27 April 2021, 12.16 pm", "12:16"),
        ("27.4.2021 klo 18.05", "18:05"),
        ("27 avril 2021 à 18 h", "18:00"),
        ("27 avril 2021 à 18 h 05", "18:05"),
        ("6:05 p. m., 27 abril 2021", "18:05"),
        ("27/4/2021 6:05 μ.μ.", "18:05"),
        ("27 April 2021 06.05 BST", "06:05"),
        ("8:00 AM, April 27, 2021 9:00", "08:00"),
    ],
)
def test_clocks(raw: str, clock: str) -> None:
    found = moment(raw, None)
    assert found is not None
    assert f"{found.at:%Y-%m-%d %H:%M}" == f"2021-04-27 {clock}"


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("SELČ", 2),
        ("МСК", 3),
        ("Eastern Daylight Time", -4),
        ("Eastern Time", -4),
        ("(GMT+7)", 7),
        ("Uhr MESZ", 2),
        ("Central European Summer Time", 2),
        ("heure de Paris", 2),
        ("WITA", 8),
    ],
)
def test_printed_zones(zone: str, offset: int) -> None:
    found = moment(f"27 April 2021, 18:05 {zone}", None)
    assert found is not None
    assert found.at.utcoffset() == timedelta(hours=offset)


def test_the_clock_of_the_next_day_belongs_to_that_day() -> None:
    found = moment("April 27, 2021 | April 28, 2021 8:00 AM", None)
    assert found is not None
    assert (found.at.day, found.precision) == (27, "day")


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("21. listopadu 2023 14:05", "2023-11-21T14:05:00"),
        ("21 listopada 2023, 14:05", "2023-11-21T14:05:00"),
        ("21. listopada 2023. u 14:05", "2023-10-21T14:05:00"),
        ("21. studenoga 2023. u 14:05", "2023-11-21T14:05:00"),
        ("21 mrt 2023", "2023-03-21T00:00:00"),
        ("21 ΝΟΕΜΒΡΙΟΥ 2023", "2023-11-21T00:00:00"),
        ("21 AOUT 2023", "2023-08-21T00:00:00"),
        ("21 novembri 2023", "2023-11-21T00:00:00"),
        ("2023ko azaroaren 21a", "2023-11-21T00:00:00"),
        ("2023-yil 21-noyabr", "2023-11-21T00:00:00"),
        ("2023 ж. 21 қараша", "2023-11-21T00:00:00"),
        ("2023 оны 11-р сарын 21", "2023-11-21T00:00:00"),
        ("21 תשרי 5784, 21 בנוב׳ 2023, 14:05", "2023-11-21T14:05:00"),
        ("21 تشرين الثاني 2023", "2023-11-21T00:00:00"),
        ("21 نونبر 2023", "2023-11-21T00:00:00"),
        ("21 ਨਵੰਬਰ 2023", "2023-11-21T00:00:00"),
        ("୨୧ ନଭେମ୍ବର ୨୦୨୩", "2023-11-21T00:00:00"),
        ("2023 නොවැම්බර් 21", "2023-11-21T00:00:00"),
        ("ኖቬምበር 21, 2023", "2023-11-21T00:00:00"),
        ("ថ្ងៃទី២១ ខែវិច្ឆិកា ឆ្នាំ២០២៣", "2023-11-21T00:00:00"),
        ("2023 ခုနှစ် နိုဝင်ဘာ 21 ရက်", "2023-11-21T00:00:00"),
        ("二〇二三年十一月二十一日", "2023-11-21T00:00:00"),
        ("二○一九年十月三日", "2019-10-03T00:00:00"),
        ("21Nov2023", "2023-11-21T00:00:00"),
        ("Nov 21 '23", "2023-11-21T00:00:00"),
        ("Nov-21-2023", "2023-11-21T00:00:00"),
        ("21 maart 2023 14.05 uur", "2023-03-21T14:05:00"),
        ("ngày 21/11/2023 lúc 14 giờ 05", "2023-11-21T14:05:00"),
        ("২১ নভেম্বর, ২০২৩ দুপুর ২:০৫", "2023-11-21T14:05:00"),
        ("21 November 2023, 2.05 ptg", "2023-11-21T00:00:00"),
        ("2023-11-21T24:00:00", "2023-11-22T00:00:00"),
        ("/Date(1700575533000+0100)/", "2023-11-21T14:05:33+00:00"),
        ("1700575533123456", "2023-11-21T14:05:33+00:00"),
    ],
)
def test_days_and_clocks_of_many_languages(raw: str, iso: str) -> None:
    found = moment(raw, None)
    assert found is not None
    assert found.at.isoformat() == iso


@pytest.mark.parametrize("raw", ["0001-01-01T00:00:00Z", "0001-01-01 00:00:00", "0000-00-00"])
def test_a_programs_empty_date_is_none(raw: str) -> None:
    assert moment(raw, None) is None
