"""Formats an article's times as the template did in each year."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flows.simulator.article import Layout

_PACIFIC = ZoneInfo("America/Los_Angeles")
_VIDEO_CHANGED = datetime(2019, 2, 28, tzinfo=UTC)
_NEWS_CHANGED = datetime(2019, 5, 27, tzinfo=UTC)


def printed(at: datetime, layout: Layout, zone: ZoneInfo) -> str:
    """The printed form of `at` (aware).

    `Wed Jan 09 03:37:21 PST 2019` on video pages until February 2019, `May. 3, 2019 6:32 AM` in local news until May
    2019, `Nov 9, 2018 10:47 AM` everywhere else. The last two are in the station's `zone` and do not name it.
    """
    if layout == "video" and at < _VIDEO_CHANGED:
        return f"{at.astimezone(_PACIFIC):%a %b %d %H:%M:%S %Z %Y}"
    local = at.astimezone(zone)
    dot = "." if layout == "news" and at < _NEWS_CHANGED else ""
    return f"{local:%b}{dot} {local.day}, {local.year} {local.hour % 12 or 12}:{local:%M %p}"
