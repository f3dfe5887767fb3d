"""WordPress: known by its asset paths; posts are numbered in the classes of the body or the article."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import Final

from selectolax.lexbor import LexborNode

from flows.model import Page, Parsed
from flows.parse.article.generic_reader import read_article
from flows.parse.page.document import Document

ORDER: Final = 30
_POST_ID = re.compile(r"\b(?:postid|post)-(\d{1,12})\b")


def matches(url: str, head: str) -> bool:
    """Whether the page loads WordPress assets or links its API."""
    return "/wp-content/" in head or "/wp-json/" in head


def native_id(parsed: Parsed, body: LexborNode | None) -> str | None:
    """The post's number."""
    for node in (body, body.css_first("article")) if body is not None else ():
        if node is not None and (match := _POST_ID.search(node.attributes.get("class") or node.id or "")):
            return match.group(1)
    return None


def read(document: Document, page: Page, zone: tzinfo | None) -> Parsed:
    """What the generic reader finds: WordPress pages state their facts in metadata."""
    return read_article(document, page, zone)
