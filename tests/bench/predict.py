"""Predicts one page for score.py, which calls tests.bench.predict:predict."""

from __future__ import annotations

from typing import Any

from flows.model import Moment, Page
from flows.parse.article.generic_reader import read_article
from flows.parse.page.document import Document


def predict(html: str | bytes, url: str) -> dict[str, Any]:
    """The fields that score.py scores; days as dates, moments as ISO 8601."""
    page = Page(url=url, body=html)
    parsed = read_article(Document(page), page, None)
    return {
        "title": parsed.title,
        "summary": parsed.summary,
        "authors": parsed.authors,
        "published": iso(parsed.published),
        "updated": iso(parsed.updated),
        "tags": [tag.label for tag in parsed.tags],
        "body": parsed.body,
    }


def iso(when: Moment | None) -> str | None:
    """A moment as ISO 8601, a day alone as a date."""
    if when is None:
        return None
    return when.at.date().isoformat() if when.precision == "day" else when.at.isoformat()
