"""Defines the simulated article: its revisions over time, its slug and its native id."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from flows.model import Origin

Layout = Literal["news", "national", "video"]
Change = Literal["first", "headline", "body", "tags", "silent"]

_IDS_BEGIN = datetime(2018, 3, 22, tzinfo=UTC)
_FIRST_ID = 477_600_000
IDS_FIRST_DAY, IDS_LAST_DAY = date(2018, 3, 23), date(2034, 10, 8)  # ids have nine digits, one per second
ALIAS_STEP = 30  # a duplicate's id is the article's id plus this; the sum is never the id of another article


@dataclass(frozen=True, slots=True)
class Revision:
    """What the site serves from `since` (aware UTC) on. `updated` (aware UTC) is the printed update time; `tags` are in
    page order; `summary` is as printed: it may be cut, equal the headline, or be None.
    """

    number: int
    since: datetime
    changes: tuple[Change, ...]
    headline: str
    summary: str | None
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]
    updated: datetime


@dataclass(frozen=True, slots=True)
class Article:
    """One article at one station. `author` is the printed byline; `picture` is a caption that the page prints twice;
    `story` is equal for copies of one story at both stations; `trailer` is a line of link labels below the body."""

    native_id: str
    path: str
    layout: Layout
    section: str
    posted: datetime
    author: str | None
    origin: Origin
    revisions: tuple[Revision, ...]
    story: str
    gone_at: datetime | None = None
    gone_status: int = 410
    picture: str | None = None
    trailer: str | None = None

    def at(self, now: datetime) -> Revision | None:
        """The revision served at `now`; None before posting and after removal."""
        if self.is_gone(now):
            return None
        return next((revision for revision in reversed(self.revisions) if revision.since <= now), None)

    def is_gone(self, now: datetime) -> bool:
        """Whether the article was removed at or before `now`."""
        return self.gone_at is not None and self.gone_at <= now


def native_id(posted: datetime, id_digit: int) -> str:
    """The nine-digit id of an article posted in that minute at the station with that `id_digit`."""
    minutes = (posted - _IDS_BEGIN) // timedelta(minutes=1)
    return f"{_FIRST_ID + minutes * 60 + id_digit:09d}"


def posted_of(identifier: str) -> datetime:
    """The minute in which an id was assigned (aware UTC)."""
    return _IDS_BEGIN + timedelta(minutes=(int(identifier) - _FIRST_ID) // 60)


def slug(headline: str) -> str:
    """The URL slug that the content system derives from the first headline."""
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[A-Za-z0-9]+", plain))[:80].strip("-")
