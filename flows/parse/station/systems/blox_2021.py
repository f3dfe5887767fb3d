"""BLOX (TownNews), 2021 on: articles are named by a UUID in the URL, which may hold the time it was made."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from uuid import UUID

from selectolax.lexbor import LexborNode

from flows.model import Moment, Page, Parsed
from flows.parse.article.generic_reader import read_article
from flows.parse.page.document import Document

ORDER: Final = 20
_ARTICLE_URL = re.compile(r"/article_([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.html", re.IGNORECASE)
_GREGORIAN = datetime(1582, 10, 15, tzinfo=UTC)
_NEAR = timedelta(days=2)


def matches(url: str, head: str) -> bool:
    """Whether the URL is a BLOX article's, or the page loads BLOX assets."""
    return bool(_ARTICLE_URL.search(url)) or "tncms" in head or "bloximages" in head


def native_id(parsed: Parsed, body: LexborNode | None) -> str | None:
    """The UUID in the URL, lower case."""
    match = _ARTICLE_URL.search(parsed.url)
    return match.group(1).lower() if match else None


def read(document: Document, page: Page, zone: tzinfo | None) -> Parsed:
    """What the generic reader finds, with a note where the UUID's time and the published time disagree."""
    parsed = read_article(document, page, zone)
    if note := uuid_note(native_id(parsed, None), parsed.published):
        parsed.notes.append(note)
    return parsed


def uuid_time(uuid: str) -> datetime | None:
    """When a version-1 UUID was made (RFC 9562, section 5.1), aware UTC; None for other versions, which hold no time,
    and for years outside 1990 to 2100."""
    try:
        parsed = UUID(uuid)
        at = _GREGORIAN + timedelta(microseconds=parsed.time // 10) if parsed.version == 1 else None
    except (ValueError, OverflowError):
        return None
    return at if at and 1990 <= at.year <= 2100 else None


def uuid_note(uuid: str | None, published: Moment | None) -> str | None:
    """A note where the id was made more than two days from the publication: one of the two dates is wrong."""
    made = uuid_time(uuid) if uuid else None
    if made is None:
        return None
    stamp = made.isoformat(timespec="minutes")
    if published is None:
        return f"published: the page has no date; its id was made at {stamp}"
    at = published.at if published.at.tzinfo else published.at.replace(tzinfo=UTC)
    if abs(at - made) > _NEAR:
        return f"published: the page's id was made at {stamp}, more than two days apart"
    return None
