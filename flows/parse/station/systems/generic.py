"""Pages of no known system: metadata, JSON-LD and the visible text are all there is to go by."""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

from selectolax.lexbor import LexborNode

from flows.model import Page, Parsed
from flows.parse.article.generic_reader import read_article
from flows.parse.page.document import Document
from flows.parse.station.heartland_text import read_text

__all__ = ["ORDER", "matches", "native_id", "read", "read_text"]  # Heartland's text rendering is the only one known

ORDER: Final = 1000


def matches(url: str, head: str) -> bool:
    """Any page: this system is tried last."""
    return True


def native_id(parsed: Parsed, body: LexborNode | None) -> str | None:
    """None: an unknown system has no ids that could be trusted."""
    return None


def read(document: Document, page: Page, zone: tzinfo | None) -> Parsed:
    """What the generic reader finds."""
    return read_article(document, page, zone)
