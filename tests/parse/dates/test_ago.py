"""Times printed relative to the capture."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.parse.dates.ago import relative_moment

NOW = datetime(2024, 5, 6, 3, 30, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 days ago", "2024-05-03"), ("Posted a day ago", "2024-05-05"), ("vor 3 Tagen", "2024-05-03"),
        ("il y a 3 jours", "2024-05-03"), ("hace 3 días", "2024-05-03"), ("há 3 dias", "2024-05-03"),
        ("3 giorni fa", "2024-05-03"), ("3 dagen geleden", "2024-05-03"), ("för 3 dagar sedan", "2024-05-03"),
        ("for 3 dage siden", "2024-05-03"), ("3 päivää sitten", "2024-05-03"), ("3 dni temu", "2024-05-03"),
        ("před 3 dny", "2024-05-03"), ("3 дня назад", "2024-05-03"), ("3 gün önce", "2024-05-03"),
        ("3 hari yang lalu", "2024-05-03"), ("3 ngày trước", "2024-05-03"), ("3天前", "2024-05-03"),
        ("3日前", "2024-05-03"), ("3일 전", "2024-05-03"), ("منذ 3 أيام", "2024-05-03"), ("۳ روز پیش", "2024-05-03"),
        ("3 दिन पहले", "2024-05-03"), ("5 hours ago", "2024-05-05"), ("yesterday", "2024-05-05"),
        ("ayer", "2024-05-05"), ("昨天", "2024-05-05"), ("Heute", "2024-05-06"), ("2 weeks ago", "2024-04-22"),
        ("vor einer Woche", "2024-04-29"), ("il y a 2 semaines", "2024-04-22"), ("2週間前", "2024-04-22"),
        ("منذ أسبوعين", "2024-04-22"), ("Posted June 3", "2023-06-03"), ("3. Mai", "2024-05-03"),
        ("5月3日", "2024-05-03"), ("3 de mayo", "2024-05-03"),
    ],
)  # fmt: skip
def test_days(text: str, day: str) -> None:
    found = relative_moment(text, NOW, None)
    assert found is not None
    assert (found.at.isoformat()[:10], found.precision) == (day, "day")


def test_counted_minutes_are_an_instant() -> None:
    found = relative_moment("vor 5 Minuten", NOW, None)
    assert found is not None
    assert (found.at.isoformat(), found.precision) == ("2024-05-06T03:25:00+00:00", "minute")


def test_yesterday_takes_its_clock_and_the_sources_zone() -> None:
    found = relative_moment("Gestern, 18:05 Uhr", NOW, ZoneInfo("America/Chicago"))
    assert found is not None
    assert found.at.isoformat() == "2024-05-04T18:05:00-05:00"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Tuesday at 4:10 PM", "2024-04-30T16:10:00"),
        ("Tuesday at noon", "2024-04-30T12:00:00"),
        ("Tue, Dec 19, 6:05 AM EST", "2023-12-19T06:05:00-05:00"),
        ("Montag, 3. Juni, 18:05 Uhr", "2023-06-03T18:05:00"),
    ],
)
def test_a_day_without_its_year_is_the_latest(text: str, at: str) -> None:
    found = relative_moment(text, NOW, None)
    assert found is not None
    assert (found.at.isoformat(), found.precision) == (at, "minute")


@pytest.mark.parametrize(
    "text",
    [
        "for 3 days",
        "3 min read",
        "closed 3 hours",
        "2 months ago",
        "June 3, 2022",
        "may 44",
        "3 of 5 stories on Tuesday",
        "5 comments",
        "",
    ],
)
def test_nothing_relative(text: str) -> None:
    assert relative_moment(text, NOW, None) is None


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2 days, 3 hours ago", "2024-03-08"),
        ("vorgestern", "2024-03-08"),
        ("avant-hier", "2024-03-08"),
        ("anteayer", "2024-03-08"),
        ("前天 10:00", "2024-03-08"),
        ("позавчера", "2024-03-08"),
        ("قبل يومين", "2024-03-08"),
        ("לפני יומיים", "2024-03-08"),
        ("منذ ساعة", "2024-03-10"),
        ("刚刚", "2024-03-10"),
    ],
)
def test_days_before_yesterday_and_counted_words(raw: str, day: str) -> None:
    found = relative_moment(raw, datetime(2024, 3, 10, 12, tzinfo=UTC), None)
    assert found is not None
    assert found.at.date().isoformat() == day
