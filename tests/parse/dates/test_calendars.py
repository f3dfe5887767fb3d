"""Days of other calendars, alone and beside the civil day."""

from __future__ import annotations

import pytest

from flows.parse.dates.calendars import with_civil_days
from flows.parse.dates.days import find_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("י״ג באייר תשפ״ד", "2024-05-21"),
        ("א׳ בתשרי ה'תשפ\"ה", "2024-10-03"),
        ("כ״ה אדר ב׳ תשפ״ד", "2024-04-04"),
        ("י' בטבת תשפ״ד", "2023-12-22"),
        ("י״ד באדר תשפ״ה", "2025-03-14"),
        ("١٤ ذو القعدة ١٤٤٥ هـ", "2024-05-22"),
        ("1 محرم 1446", "2024-07-07"),
        ("२०८१ जेठ ८, मंगलबार", "2024-05-21"),
        ("८ जेठ २०८१", "2024-05-21"),
        ("ግንቦት 13, 2016", "2024-05-21"),
        ("ጳጉሜ 6, 2015", "2023-09-11"),
        ("۱ جوزا ۱۴۰۳", "2024-05-21"),
        ("۰۳/۰۳/۰۱", "2024-05-21"),
        ("입력 24.05.21 10:30", "2024-05-21"),
        ("113/05/21 18:05", "2024-05-21"),
        ("21 V 2024", "2024-05-21"),
        ("21 ΜΑΪΟΥ 2024", "2024-05-21"),
    ],
)
def test_other_calendars_and_rare_forms(text: str, day: str) -> None:
    found = find_day(text)
    assert found is not None
    assert f"{found.year}-{found.month:02}-{found.day:02}" == day


@pytest.mark.parametrize(
    "text",
    [
        "21 مايو 2024 - 13 ذو القعدة 1445", "35 رمضان 1445", "2099 चैत 33", "May 21, 2024", "ግንቦት 31, 2016",
        "ጳጉሜ 6, 2016", "ל׳ באייר תשפ״ד", "ת׳ באייר תשפ״ד",
    ],
)  # fmt: skip
def test_a_day_beside_a_civil_one_or_that_does_not_exist_stays(text: str) -> None:
    assert with_civil_days(text) == text
