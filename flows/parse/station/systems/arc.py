"""Arc XP, used by Gray and many newspapers: pages drawn in the browser hold their article in Fusion.globalContent."""

from __future__ import annotations

import json
from datetime import tzinfo
from typing import Any, Final

from selectolax.lexbor import LexborNode

from flows.model import Moment, Page, Parsed, Tag
from flows.parse.article.bylines import clean_names
from flows.parse.article.generic_reader import read_article
from flows.parse.article.tag_lists import clean_label
from flows.parse.dates.moments import moment
from flows.parse.page.addresses import absolute_url
from flows.parse.page.clean import clean_markup
from flows.parse.page.document import Document
from flows.parse.page.jsonld import texts

ORDER: Final = 25
_CONTENT = "Fusion.globalContent="
_MARKS = ("fusion-app", "fusion-engine", "fusion-metadata")
_DATES = ("display_date", "first_publish_date", "publish_date", "created_date")
_decode = json.JSONDecoder(strict=False).raw_decode


def matches(url: str, head: str) -> bool:
    """Whether the page loads the engine of Arc or holds its content."""
    return _CONTENT in head or ("fusion-" in head and any(mark in head for mark in _MARKS))


def native_id(parsed: Parsed, body: LexborNode | None) -> str | None:
    """None: the id is in the content that not all pages carry."""
    return None


def read(document: Document, page: Page, zone: tzinfo | None) -> Parsed:
    """What the generic reader finds, completed from the page's content where that is missing or less exact."""
    parsed = read_article(document, page, zone)
    content = _global_content(document.text)
    if content:
        _complete(parsed, content, page, zone)
    return parsed


def _global_content(markup: str) -> dict[str, Any]:
    """The story in the page's state; empty where there is none that can be read."""
    start = markup.find(_CONTENT)
    if start < 0:
        return {}
    try:
        value, _ = _decode(markup, start + len(_CONTENT))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) and value.get("headlines") else {}


def _complete(parsed: Parsed, content: dict[str, Any], page: Page, zone: tzinfo | None) -> None:
    taxonomy = _object(content.get("taxonomy"))
    parsed.title = parsed.title or _text(content.get("headlines"))
    parsed.summary = parsed.summary or _text(content.get("description")) or _text(content.get("subheadlines"))
    parsed.authors = parsed.authors or clean_names(texts(_object(content.get("credits")).get("by")))
    parsed.section = parsed.section or _text(taxonomy.get("primary_section"))
    parsed.image_url = parsed.image_url or _lead_image(content, page)
    if not parsed.tags:
        labels = dict.fromkeys(clean_label(text) for text in texts(taxonomy.get("tags"), ("text", "slug")))
        parsed.tags = [Tag(label, "embedded_state", place) for place, label in enumerate(filter(None, labels), start=1)]
    if parsed.published is None or parsed.published.precision == "day":
        parsed.published = _first_moment(content, _DATES, zone) or parsed.published
    parsed.updated = parsed.updated or _first_moment(content, ("last_updated_date",), zone)


def _first_moment(content: dict[str, Any], names: tuple[str, ...], zone: tzinfo | None) -> Moment | None:
    found = (moment(text, zone) for name in names for text in texts(content.get(name), limit=1))
    return next((when for when in found if when), None)


def _lead_image(content: dict[str, Any], page: Page) -> str | None:
    promo = _object(_object(content.get("promo_items")).get("basic"))
    return absolute_url(page.url, next(iter(texts(promo, ("url",), limit=1)), None))


def _text(value: object) -> str | None:
    found = texts(value, ("basic", "name"), limit=1)
    return (clean_markup(found[0]) or None) if found else None


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
