"""Chooses the article's summary among its descriptions in Open Graph, metadata and JSON-LD."""

from __future__ import annotations

from flows.parse import jsonld
from flows.parse.clean import clean_markup
from flows.parse.document import Document
from flows.parse.title import key


def read_summary(document: Document, title: str | None) -> str | None:
    """The editors' summary, in one line; None where the page has none or only repeats its title."""
    node = document.article_node
    stated = [
        *jsonld.texts(node.get("description"), limit=1),
        document.meta_first("og:description"),
        document.meta_first("description"),
        document.meta_first("twitter:description"),
        document.meta_first("dc.description", "dcterms.description", "sailthru.description"),
    ]
    for text in stated:
        if text and (cleaned := clean_markup(text[:5000])) and key(cleaned) != key(title or ""):
            return cleaned
    return None
