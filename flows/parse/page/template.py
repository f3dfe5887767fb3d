"""Names the template of a page: its system, the story's own id in it, and a structural print that shows a redesign."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from uuid import UUID

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.model import Moment

HEARTLAND_URL = re.compile(r"/content/(news|video|national|livestream)/(?:[^/?#]*-)?(\d{9})\.html")
# A page's head names its system; further down only other sites' names are met more.
_HEAD = 60_000
_DIGITS = re.compile(r"\d+")
_BLOX_URL = re.compile(r"/article_[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\.html")


def system_of(url: str, markup: str) -> str:
    """The template's id: system, and the year its era began where a system has several looks; `generic` if unknown."""
    markup = markup[:_HEAD]
    if HEARTLAND_URL.search(url) or "media.heartlandtv.com" in markup or "wxRotate" in markup:
        return "heartland-2017"
    if _BLOX_URL.search(url) or "tncms" in markup or "bloximages" in markup:
        return "blox-2021"
    if "/wp-content/" in markup or "/wp-json/" in markup:
        return "wordpress"
    return "generic"


def fingerprint(tree: LexborHTMLParser) -> str | None:
    """Twelve hex digits over the tags, ids and classes of the page's two outermost levels: equal for the pages of one
    template, different after a redesign. Digits in names are folded, so that post ids do not count."""
    body = tree.body
    if body is None:
        return None
    names: list[str] = []
    for child in islice(body.iter(), 40):
        names.append(_name(child))
        names += [" " + _name(inner) for inner in islice(child.iter(), 20)]
    unique = dict.fromkeys(_DIGITS.sub("0", "\n".join(dict.fromkeys(names))).split("\n"))
    kept = "\n".join(name for name in unique if "script" not in name)
    return hashlib.sha256(kept.encode("utf-8", "replace")).hexdigest()[:12]


def _name(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{node.tag}#{attributes.get('id') or ''}.{(attributes.get('class') or '')[:60]}"


_BLOX_ID = re.compile(r"/article_([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.html", re.IGNORECASE)
_POST_ID = re.compile(r"\b(?:postid|post)-(\d{1,12})\b")
_GREGORIAN = datetime(1582, 10, 15, tzinfo=UTC)
_NEAR = timedelta(days=2)


def native_id(url: str, system: str, tree: LexborHTMLParser) -> str | None:
    """The id a BLOX (UUID) or WordPress (post number) page bears, None for other systems and without one."""
    if system.startswith("blox"):
        match = _BLOX_ID.search(url)
        return match.group(1).lower() if match else None
    if system.startswith("wordpress"):
        for node in (tree.body, tree.css_first("article")):
            if node is not None and (match := _POST_ID.search(node.attributes.get("class") or node.id or "")):
                return match.group(1)
    return None


def made_at(uuid: str) -> datetime | None:
    """When a version-1 UUID was made (RFC 9562, section 5.1), aware UTC; None for other versions, which hold no time,
    and for times no page can have."""
    try:
        parsed = UUID(uuid)
        at = _GREGORIAN + timedelta(microseconds=parsed.time // 10) if parsed.version == 1 else None
    except (ValueError, OverflowError):
        return None
    return at if at and 1990 <= at.year <= 2100 else None


def clock_note(uuid: str | None, published: Moment | None) -> str | None:
    """A note where a story's id was made more than two days from its publication: one of the two dates is wrong."""
    made = made_at(uuid) if uuid else None
    if made is None:
        return None
    if published is None:
        return f"published: none printed; the page's id was made at {made.isoformat(timespec='minutes')}"
    at = published.at if published.at.tzinfo else published.at.replace(tzinfo=UTC)
    if abs(at - made) > _NEAR:
        return f"published: the page's id was made at {made.isoformat(timespec='minutes')}, days apart"
    return None
