"""Which pages print the month first."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from flows.parse.dates.visible import day_first_of


@pytest.mark.parametrize(
    ("lang", "host", "zone", "day_first"),
    [
        ("en", "kxyz.tv", "America/Chicago", False),
        (None, "kxyz.news", "America/Indiana/Indianapolis", False),
        ("en", "kxyz.news", "Pacific/Honolulu", False),
        ("en", "kxyz.tv", "Europe/London", True),
        ("en", "kxyz.tv", "America/Sao_Paulo", True),
        ("en-gb", "kxyz.tv", "America/Chicago", True),
        ("es", "kxyz.tv", "America/Chicago", True),
        ("en", "kxyz.tv", None, True),
        ("en", "kxyz.com", None, False),
        ("en-us", "kxyz.co.uk", "Europe/London", False),
    ],
)
def test_the_month_comes_first_on_american_pages(
    lang: str | None, host: str, zone: str | None, day_first: bool
) -> None:
    assert day_first_of(lang, f"https://{host}/a", ZoneInfo(zone) if zone else None) is day_first
