"""Reads what any news page says of its article: the generic reader that templates refine."""

from __future__ import annotations

from datetime import tzinfo

from flows.model import Page, Parsed
from flows.parse.clean import clean_text, join_paragraphs
from flows.parse.dates import moment
from flows.parse.document import Document


def read_article(document: Document, page: Page, zone: tzinfo | None) -> Parsed:
    """Everything a generic reader finds on the page; never raises on any content. `zone` is the source's own, used
    only for times that carry none."""
    parsed = Parsed(url=page.url)
    heading = document.tree.css_first("h1")
    parsed.title = clean_text(heading.text()) or None if heading else None
    parsed.summary = next((clean_text(text) for text in document.meta.get("og:description", [])), None)
    published = next(iter(document.meta.get("article:published_time", [])), None)
    parsed.published = moment(published, zone) if published else None
    parsed.body = join_paragraphs(node.text() for node in document.tree.css("p")) or None
    parsed.notes = list(document.notes)
    return parsed
